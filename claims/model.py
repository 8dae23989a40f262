"""The values that the checker's stages hand to one another. All frozen; offsets are characters
into the original text of the article, end exclusive; ``None`` and ``()`` mean unknown."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from graph.evidence import Dose, Finding, Iri, Study, Work
from ontology.loader import DATA_BASE


class Severity(StrEnum):
    """How bad for the reader."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Confidence(StrEnum):
    """How sure the tool is of its own diagnostic (never the certainty of evidence)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class CausalStrength(StrEnum):
    """Strength of the main claim's language, after Yu, Li and Wang (EMNLP 2019)."""

    NONE = "none"
    CORRELATIONAL = "correlational"
    CONDITIONAL_CAUSAL = "conditional_causal"
    CAUSAL = "causal"


class Verdict(StrEnum):
    """What the stored evidence lets us say of a claim."""

    SUPPORTED = "supported"
    PARTLY_SUPPORTED = "partly supported"
    OVERSTATED = "overstated"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    NOT_ENOUGH_INFORMATION = "not enough information"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters in the original article text."""

    start: int
    end: int

    def holds(self, inner: Span) -> bool:
        """Whether ``inner`` lies within this span."""
        return self.start <= inner.start and inner.end <= self.end


def _span_of(offsets: tuple[int, ...], start: int, end: int) -> Span:
    return Span(offsets[start], offsets[end - 1] + 1 if end > start else offsets[start])


@dataclass(frozen=True, slots=True)
class Block:
    """A run of the article: ``kind`` is title, heading, paragraph, list-item, table or reference.

    ``text`` is what a reader sees; ``offsets[i]`` is where its i-th character stands in the
    original (one more entry than characters, the last being the end).
    """

    kind: str
    text: str
    offsets: tuple[int, ...]
    level: int = 0

    def span_of(self, start: int, end: int) -> Span:
        """The article's span of ``text[start:end]``."""
        return _span_of(self.offsets, start, end)


@dataclass(frozen=True, slots=True)
class Document:
    """An article as read: ``text`` is the original, decoded; blocks are in reading order."""

    text: str
    blocks: tuple[Block, ...]
    title: str | None
    path: str
    sha256: str  # of the original bytes
    media_type: str  # text/markdown, text/plain, text/html, application/vnd...docx
    taken_for: str | None = None  # the encoding that the bytes were taken for, where nothing says which it is


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, with the heading or run-in lead ("Lowers risk of back pain:") above it."""

    text: str
    span: Span
    offsets: tuple[int, ...]  # as Block.offsets, for this text
    block: int
    lead: str | None = None
    lead_span: Span | None = None
    is_lead: bool = False  # this sentence is itself a lead or a heading

    def span_of(self, start: int, end: int) -> Span:
        """The article's span of ``text[start:end]``."""
        return _span_of(self.offsets, start, end)

    def place(self, span: Span) -> tuple[int, int]:
        """Where a span of the article starts and ends in ``text``: ``span_of`` the other way."""
        return bisect_left(self.offsets, span.start), bisect_left(self.offsets, span.end)


@dataclass(frozen=True, slots=True)
class Author:
    """One printed or recorded author; ``initials`` without points or spaces."""

    family: str
    initials: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceFields:
    """What a printed reference says, field by field, with nothing corrected.

    ``pages`` is what stands in the place of pages; where that is the number of an article it is
    ``article_number`` as well.
    """

    authors: tuple[Author, ...] = ()
    et_al: bool = False
    year: int | None = None
    title: str | None = None
    journal: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    article_number: str | None = None
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None
    publisher: str | None = None
    kind: str | None = None  # article, book, chapter, web, report
    container: str | None = None  # the book or the proceedings that a chapter stands in
    pmcid: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the article's reference list, as printed."""

    index: int  # from 1
    label: str  # "Halliday 2024", or the printed number or footnote mark
    raw: str
    span: Span
    fields: ReferenceFields
    implied: bool = False  # named by the text alone, in no printed list

    @property
    def name(self) -> str:
        """How a reader is told of it: "Halliday 2024", also where its label is a number, a mark or a key."""
        named = self.fields.authors or self.fields.title
        if any(sign.isalpha() for sign in self.label) and (" " in self.label or not named):
            return self.label
        who = self.fields.authors[0].family if self.fields.authors else (self.fields.title or "")
        return f"{who} {self.fields.year or ''}".strip() or self.label


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """One printed field beside the record's. ``agrees`` None: could not be compared."""

    field: str
    printed: str | None
    recorded: str | None
    agrees: bool | None
    confirmed: bool = True  # False: the record holds this field unconfirmed
    note: str = ""  # why it differs, where the record's value alone does not say it


class ReferenceStatus(StrEnum):
    """Outcome of verifying a printed reference against the library."""

    VERIFIED = "verified"
    MISMATCH = "mismatch"
    NOT_FOUND = "not-found"
    AMBIGUOUS = "ambiguous"
    RETRACTED = "retracted"
    UNCHECKED = "unchecked"  # there was no library to look in


@dataclass(frozen=True, slots=True)
class VerifiedReference:
    """A reference with the work it points to (or the works it may be taken for)."""

    reference: Reference
    status: ReferenceStatus
    work: Work | None
    matched_by: tuple[str, ...]  # identifier, locator, title, author-year, context
    fields: tuple[FieldComparison, ...]
    candidates: tuple[Iri, ...] = ()  # ambiguous: the works that fit as well


@dataclass(frozen=True, slots=True)
class InTextCitation:
    """A citation in running text, resolved to entries of the reference list (by index)."""

    text: str
    span: Span
    style: str  # author-year, numeric, superscript, label, footnote, pandoc, link, locator
    keys: tuple[str, ...]  # "Shang 2025", "3", "@pocovi2024", a DOI
    references: tuple[int, ...]
    ambiguous: bool = False
    year_differs: bool = False  # the entry of these authors that it leads to is of the year before or after


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a sentence. ``value`` is the printed one; ``high`` the other end of a range."""

    text: str
    span: Span
    value: Decimal
    high: Decimal | None
    unit: str | None  # pint expression, "percent", or None
    role: str  # dose, percent, count, duration, interval, year, statistic, age, other
    comparison: str | None = None  # more-than, less-than, about, at-least, at-most


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept found in the text."""

    concept: Iri
    label: str
    roles: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Proposition:
    """A claim's content. An empty slot is unknown. Slots hold concept IRIs."""

    exposure: tuple[Iri, ...] = ()
    co_intervention: tuple[Iri, ...] = ()
    comparator: tuple[Iri, ...] = ()
    outcome: tuple[Iri, ...] = ()
    population: tuple[Iri, ...] = ()
    dose: tuple[Dose, ...] = ()
    effect_direction: str | None = None  # increases, decreases, no-difference
    magnitude: str | None = None  # the magnitude words, as printed ("nearly halved")
    magnitude_span: Span | None = None
    causal_strength: CausalStrength = CausalStrength.NONE
    causal_span: Span | None = None  # the words that carry it
    hedged: bool = False
    horizon_days: Decimal | None = None


@dataclass(frozen=True, slots=True)
class StudyStatement:
    """One thing that a sentence says of the study it cites, not of what that found.

    ``about``: people, studies, things (counted), design, time, dose, species, group, age, moment ("in the
    morning"), route ("by mouth"). A number has ``value``, a design its ``name`` ("randomised"), a thing the
    noun, a time its role. ``whole``: told as all that the study had ("enrolled 426 people"), not perhaps as a
    part of it.
    """

    about: str
    text: str  # as printed
    span: Span
    value: Decimal | None = None
    high: Decimal | None = None  # the other end of a range
    unit: str | None = None
    comparison: str | None = None  # as of a Quantity
    name: str | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class StudyComparison:
    """What a sentence says of its study beside what the source says of the same, in words and as quoted."""

    statement: StudyStatement
    agrees: bool
    work: Work
    study: Study | None
    recorded: str
    quote: str | None = None
    other_unit: bool = False  # the same number, in another unit or over another period


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that asserts something checkable.

    ``kind``: lead, claim, recommendation, or study, where it only says of its study what that was. ``study``:
    what it says of the study, where it has a citation of its own.
    """

    id: str  # "claim-1", in reading order
    text: str
    span: Span
    kind: str
    sentence: Sentence
    proposition: Proposition
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    citations: tuple[InTextCitation, ...]  # its own, else those of its paragraph (see inherited)
    citations_inherited: bool = False
    study: tuple[StudyStatement, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """Words of a claim that were taken for words of its source, which are only near in meaning."""

    said: str
    meant: str
    nearness: float  # 0..1 (``claims.linking.nearness``)


@dataclass(frozen=True, slots=True)
class LinkedFinding:
    """A finding that bears on a claim, and how: reached by citation, by graph line, or by topic."""

    finding: Finding
    study: Study | None
    work: Work | None
    direction: str  # supports, refutes, neutral
    via: str  # citation, recommendation, mechanism, topic
    score: float  # fit of exposure, outcome, population in 0..1
    line: Iri | None = None
    aligned: int = 0  # how surely claim and finding tell the same result (``claims.alignment``)
    taken: Taken | None = None  # what ties the two, where it is nearness in meaning alone
    # what the claim says (increases, decreases, no-difference, changes), where the abstract was read for it
    # alone (``claims.linking.asking``)
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class LinkedClaim:
    """A claim with the works it cites and the findings that bear on it, best first."""

    claim: Claim
    works: tuple[Work, ...]
    findings: tuple[LinkedFinding, ...]
    graph_claims: tuple[Iri, ...] = ()  # claims, recommendations, steps of the graph it restates
    left_out: int = 0  # findings that bear on it too, not shown in a report
    study: tuple[StudyComparison, ...] = ()  # what it says of its study beside what the source says


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence with a citation of its own, be it a claim or not; ``text`` is without the citation.

    ``text`` is as long as the sentence's, so that places in it are places in the sentence.
    """

    sentence: Sentence
    text: str
    works: tuple[Work, ...]
    claim: LinkedClaim | None

    @property
    def abstract(self) -> str | None:
        """The abstract of the one work cited, where nothing else is known of it."""
        work = self.works[0] if len(self.works) == 1 else None
        return work.abstract if work is not None and not work.reports else None


@dataclass(frozen=True, slots=True)
class EvidencePointer:
    """One place of the evidence path: IRI, what it is (work, study, finding, taken, line), what it says."""

    iri: Iri
    kind: str
    quote: str


@dataclass(frozen=True, slots=True)
class Fix:
    """An edit of the article: put ``text`` where ``span`` stands."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What one rule says about one place. Never raised. ``id`` is given by the engine."""

    code: str
    name: str
    severity: Severity
    confidence: Confidence
    message: str
    span: Span
    claim: str | None = None  # Claim.id
    reference: int | None = None  # Reference.index
    evidence: tuple[EvidencePointer, ...] = ()
    fix: Fix | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdict on one claim, with the certainty of the body of evidence behind it."""

    claim: str
    verdict: Verdict
    certainty: str | None  # high, moderate, low, very-low; None: unknown
    certainty_reasons: tuple[str, ...]
    diagnostics: tuple[str, ...]  # Diagnostic.id


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Everything that the reports draw on."""

    document: Document
    references: tuple[VerifiedReference, ...]
    citations: tuple[InTextCitation, ...]
    claims: tuple[LinkedClaim, ...]
    diagnostics: tuple[Diagnostic, ...]
    assessments: tuple[Assessment, ...]
    base: str = DATA_BASE  # what the document's id stands under
