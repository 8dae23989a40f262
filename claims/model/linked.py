"""Claims with the evidence that bears on them."""

from __future__ import annotations

from dataclasses import dataclass

from claims.model.article import Sentence
from claims.model.claim import Claim, StudyStatement
from graph.evidence import Finding, Iri, Study, Work


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
