"""S206: words in quotation marks that the cited source does not have so."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rapidfuzz import fuzz

from claims.linking.indexing import index_of
from claims.model import Claim, Confidence, Diagnostic, Document, Severity, Span
from claims.pointing import work_pointer
from claims.rule import Facts, Rule, rule
from graph.evidence import Work
from graph.naming import known_as

_QUOTED = re.compile(
    r"[“\"]([^“”\"]{20,600})[”\"]|„([^„“”\"]{20,600})[“”]|«([^«»]{20,600})»"
    r"|(?<!\w)‘((?:[^‘’]|’(?=\w)){20,600})’(?!\w)"
)
_ELEMENT = re.compile(r"<q(?:\s[^<>]*)?>(?P<words>.{20,600}?)</q>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]{1,200}>")
_SET_APART = re.compile(r"[ \t]*>")  # how Markdown begins the lines of a passage set apart
_SOURCE_BEHIND = re.compile(r"[\s\W]*[\[(][^\[\]()]{1,80}[\])]\W*$")
# What a writer may change within a quotation: letters in brackets are the source's, words in brackets the
# writer's, dots leave words out.
_LETTER = re.compile(r"\[(\w?)\](?=\w)|(?<=\w)\[(\w{0,3}|[^\w\s]?)\]")
_LEFT_OUT = re.compile(r"\s*[\[(]?(?:…|\.\s?\.\s?\.)[\])]?\s*|\s*\[[^\[\]]*\]\s*")
_SLIP = 75.0  # likeness in 0..100 from which a passage is the quoted one, altered
_SLIP_SET_APART = 80.0  # the same, of a passage that may be a summary
_FEWEST = 5  # words; fewer in quotation marks are a term and not a quotation


@rule(
    "S206",
    "quote-not-in-source",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "American Psychological Association 2020, Publication Manual, 7th edition, sections 8.25 and 8.30: "
        "quotations and changes to them",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """A quotation is not what its source says.

    A passage of the abstract or of a recorded quote that is nearly the quoted one is a warning;
    where nothing like it is known it may stand in the full text, so that is only a note.
    """
    for linked in facts.claims:
        claim = linked.claim
        known = [(work, text) for work in linked.works for text in _texts(work, facts)]
        if not known or claim.citations_inherited or not claim.citations:
            continue
        for quote, span, certain in _quotations(claim, facts.document):
            if any(_has(text, quote) for _, text in known):
                continue
            best, work, passage = _best(quote, known)
            evidence = (work_pointer(work),)
            if best >= (_SLIP if certain else _SLIP_SET_APART):
                said = f"{known_as(work)} says “{passage}”, which is not what stands in quotation marks here"
                yield rule.diagnostic(said, span, claim=claim.id, evidence=evidence)
            elif certain:
                names = " or ".join(dict.fromkeys(known_as(work) for work, _ in known))
                said = f"these words are not in what is known of {names} (abstract, recorded quotes)"
                yield replace(
                    rule.diagnostic(said, span, claim=claim.id, evidence=evidence, confidence=Confidence.LOW),
                    severity=Severity.INFO,
                )


def _quotations(claim: Claim, document: Document) -> Iterator[tuple[str, Span, bool]]:
    """Words told as a source's own, where they stand, and whether they surely are.

    In quotation marks of any kind or in HTML's element for them; a passage that Markdown sets apart may be a
    summary too. (In plain text such marks are a letter's that is answered.)
    """
    sentence, text = claim.sentence, document.text
    for match in _QUOTED.finditer(sentence.text):
        group = match.lastindex or 1
        if len(match.group(group).split()) >= _FEWEST:
            yield match.group(group).strip(" ,."), sentence.span_of(*match.span(group)), True
    start, end = sentence.span.start, sentence.span.end
    for match in _ELEMENT.finditer(text, start, end):
        words = html.unescape(_TAG.sub("", match["words"]))
        if len(words.split()) >= _FEWEST:
            yield words.strip(" ,."), Span(*match.span("words")), True
    if document.media_type != "text/markdown":
        return
    if _SET_APART.match(text, text.rfind("\n", 0, start) + 1) and not _QUOTED.search(sentence.text):
        words = _SOURCE_BEHIND.sub("", sentence.text)
        if len(words.split()) >= _FEWEST:
            yield words.strip(" ,."), sentence.span, False


def _has(text: str, quote: str) -> bool:
    """Whether a text has a quotation, its parts in their order where words are left out or put in."""
    whole, at = f" {_plain(text)} ", 0
    for part in _LEFT_OUT.split(_LETTER.sub(r"\1\2", quote)):
        words = _plain(part)
        found = whole.find(words, at)
        if found < 0:
            return False
        at = found + len(words)
    return True


def _texts(work: Work, facts: Facts) -> Iterator[str]:
    if work.abstract:
        yield work.abstract
    for finding in index_of(facts.evidence).by_work.get(work.iri, ()):
        if finding.quote:
            yield finding.quote


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _best(quote: str, known: list[tuple[Work, str]]) -> tuple[float, Work, str]:
    """How near the likest passage of any source comes, whose it is, and its words."""
    best = (-1.0, known[0][0], "")
    for work, text in known:
        found = fuzz.partial_ratio_alignment(_plain(quote), _plain(text))
        if found is not None and found.score > best[0]:
            best = (found.score, work, _plain(text)[found.dest_start : found.dest_end].strip())
    return best
