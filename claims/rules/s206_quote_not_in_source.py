"""S206: words in quotation marks that the cited source does not have so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rapidfuzz import fuzz

from claims.linking.indexing import index_of
from claims.model import Claim, Confidence, Diagnostic, Severity, Span
from claims.pointing import work_pointer
from claims.rule import Facts, Rule, rule
from graph.evidence import Work
from graph.naming import known_as

_QUOTED = re.compile(r"[“\"]([^“”\"]{20,600})[”\"]")
_SLIP = 75.0  # likeness in 0..100 from which a passage is the quoted one, altered
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
        for quote, span in _quotations(claim):
            if any(_plain(quote) in _plain(text) for _, text in known):
                continue
            best, work, passage = _best(quote, known)
            evidence = (work_pointer(work),)
            if best >= _SLIP:
                said = f"{known_as(work)} says “{passage}”, which is not what stands in quotation marks here"
                yield rule.diagnostic(said, span, claim=claim.id, evidence=evidence)
            else:
                names = " or ".join(dict.fromkeys(known_as(work) for work, _ in known))
                said = f"these words are not in what is known of {names} (abstract, recorded quotes)"
                yield replace(
                    rule.diagnostic(said, span, claim=claim.id, evidence=evidence, confidence=Confidence.LOW),
                    severity=Severity.INFO,
                )


def _quotations(claim: Claim) -> Iterator[tuple[str, Span]]:
    sentence = claim.sentence
    for match in _QUOTED.finditer(sentence.text):
        if len(match.group(1).split()) >= _FEWEST:
            yield match.group(1).strip(" ,."), sentence.span_of(*match.span(1))


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
