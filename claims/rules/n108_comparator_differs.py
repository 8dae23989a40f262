# ruff: noqa: E501 - tables of patterns read better unwrapped
"""N108: the claim compares with something else than the study did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claims.abstracts.comparisons import given_to_controls, unknown_kind
from claims.abstracts.set_against import set_against_unknown
from claims.alignment import content_words
from claims.concepts import Fit, Vocabulary, vocabulary_of
from claims.findings.choosing import told_findings
from claims.linking.indexing import index_of
from claims.model import (
    CitedSentence,
    Confidence,
    Diagnostic,
    LinkedClaim,
    LinkedFinding,
    Mention,
    Severity,
    Span,
)
from claims.pointing import path_to, sentence_pointer, source_of, work_pointer
from claims.rule import Facts, Rule, rule
from graph.evidence import Iri
from graph.naming import known_as

# Comparison groups whose names say too little to differ from another.
_VAGUE = ("control-group", "comparison-group", "inactive-people", "lowest-intake")

_WITH_OR_WITHOUT = re.compile(r"\bwith (?:or|and) without\b", re.IGNORECASE)


@rule(
    "N108",
    "comparator-differs",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Guyatt et al. 2011, GRADE guidelines 8: rating the quality of evidence, indirectness. "
        "J Clin Epidemiol 64:1303-1310",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterator[Diagnostic]:
    """The comparison is not the one that was made."""
    said = list(_by_findings(rule, facts))
    yield from said
    vocabulary = vocabulary_of(facts.evidence)
    for cited in facts.cited_without(said):
        yield from list(_by_abstract(rule, cited)) or _of_unknown(rule, cited, vocabulary)
        yield from _by_record(rule, cited, facts)


# what a sentence says that the others had
_OTHERS_HAD = (
    re.compile(
        r"\b(?:control|comparison|other) (?:group|arm|half|side|people)\b[^.;:,]{0,12}?\s(?:had been|have been|had|got|was|were|did"
        r"|received|took|kept)\s(?P<what>[^.;:,()]{3,60})",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:compared|measured|set|judged) (?:with|against)(?: there| here)?\s(?:had|was|were|did|got)\s(?P<what>[^.;:,()]{3,60})", re.IGNORECASE),
    re.compile(r"\b(?:yardstick|comparator|comparison group|benchmark)\b[^.;:,]{0,20}?\s(?:was|were)\s(?P<what>[^.;:,()]{3,60})", re.IGNORECASE),
    re.compile(r"\b(?:comes?|came|is|was|are|were) (?:from )?(?:a |the )?comparisons? with\s(?P<what>[^.;:,()]{3,60})", re.IGNORECASE),
    re.compile(r"\beither\b[^.;:]{3,60}?\sor (?:were )?(?:given|offered|sent to|put on|assigned to)\s(?P<what>[^.;:,()]{3,60})", re.IGNORECASE),
)  # fmt: skip
_NOTHING = re.compile(
    r"\b(?:nothing|none|no (?:treatment|intervention|exercise|care|therapy|training|programme)|did no \w+|not treated|left alone)\b",
    re.IGNORECASE,
)


def _by_record(rule: Rule, cited: CitedSentence, facts: Facts) -> Iterator[Diagnostic]:
    """What a cited sentence says that the others had, of a work whose curated findings compare with else only."""
    told = next((match for one in _OTHERS_HAD if (match := one.search(cited.text))), None)
    if told is None or len(cited.works) != 1:
        return
    work, vocabulary = cited.works[0], vocabulary_of(facts.evidence)
    found = [
        one
        for one in index_of(facts.evidence).by_work.get(work.iri, ())
        if one.method == "curated" and one.comparator
    ]
    if not found or any(_vague(one.comparator) for one in found):
        return
    known = [iri for one in found for iri in (*one.comparator, *one.exposure, *one.co_intervention)]
    nothing = vocabulary.named("no-treatment")
    if _NOTHING.search(told["what"]):
        said = "nothing"
        if nothing is None or vocabulary.best_fit((nothing,), known) in (Fit.SAME, Fit.BROADER, Fit.NARROWER):
            return
    else:
        named = [one for one in vocabulary.find(told["what"]) if "exposure" in one.roles]
        said = told["what"].strip()
        if not named or any(vocabulary.best_fit((one.concept,), known) not in _OTHER for one in named):
            return
        words = content_words(" ".join(one.label for one in named))
        texts = [text for one in found for text in (one.label, one.text, one.comparator_note) if text]
        if words & content_words(" ".join(texts)):
            return
    others = tuple(dict.fromkeys(iri for one in found for iri in one.comparator))
    yield rule.diagnostic(
        f"the sentence has “{said}” for the others; {known_as(work)} compared with {vocabulary.labels(others)}",
        cited.sentence.span_of(*told.span("what")),
        claim=cited.claim.claim.id if cited.claim is not None else None,
        evidence=(work_pointer(work),),
    )


_OTHER = (None, Fit.UNRELATED, Fit.SIBLING)


def _by_findings(rule: Rule, facts: Facts) -> Iterator[Diagnostic]:
    """Claims held against the findings that they tell."""
    vocabulary = vocabulary_of(facts.evidence)
    for linked in facts.claims:
        said = linked.claim.proposition
        if not said.comparator or not linked.works or _vague(said.comparator):
            continue
        told = [one for one in told_findings(linked) if one.finding.comparator]
        if not told or any(_vague(one.finding.comparator) for one in told):
            continue
        fits = [vocabulary.best_fit(said.comparator, one.finding.comparator) for one in told]
        if any(fit not in (Fit.UNRELATED, Fit.SIBLING) for fit in fits):
            continue
        if any(_same_thing(said.comparator, one.finding.exposure, vocabulary) for one in told):
            continue  # told from the other group's side
        if any(_same_thing(said.comparator, one.finding.co_intervention, vocabulary) for one in told):
            continue  # "without the coaching" that all of them had: P104 says so
        if _in_the_name(said.comparator, told, vocabulary):
            continue  # "stretching", of a study of "calf stretching"
        if _named_by_source(said.comparator, told, vocabulary):
            continue  # an abstract may compare with more than one thing
        if _WITH_OR_WITHOUT.search(linked.claim.text):
            continue  # what was added to one of two like groups is what was tried
        one = told[0]
        yield rule.diagnostic(
            f"the claim compares with {vocabulary.labels(said.comparator)}; "
            f"{source_of(one)} compared with "
            f"{one.finding.comparator_note or vocabulary.labels(one.finding.comparator)}",
            _span(linked, said.comparator),
            claim=linked.claim.id,
            evidence=path_to(one),
        )


def _by_abstract(rule: Rule, cited: CitedSentence) -> Iterator[Diagnostic]:
    """A cited sentence that gives the others something, or nothing, held against the one abstract cited."""
    if cited.abstract is None or (cited.claim is not None and cited.claim.claim.kind == "recommendation"):
        return
    work = cited.works[0]
    unknown = unknown_kind(cited.text, f"{work.title or ''}. {cited.abstract}")
    got = given_to_controls(cited.text, cited.abstract) if unknown is None else None
    if unknown is not None:
        kind, known = unknown
        other = f": it has {' and '.join(known)}" if known else ""
        message, quote = f"the sentence has {kind}; the abstract of {known_as(work)} has none{other}", kind
    elif got is not None:
        message, quote = f"the sentence leaves the others without; {known_as(work)} says: “{got}”", got
    else:
        return
    yield rule.diagnostic(
        message,
        cited.sentence.span,
        claim=cited.claim.claim.id if cited.claim is not None else None,
        evidence=(work_pointer(work), sentence_pointer(work, quote)),
    )


def _of_unknown(rule: Rule, cited: CitedSentence, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    """A cited sentence that sets its result against what the one abstract cited does not know."""
    if cited.abstract is None or cited.text.rstrip().endswith("?"):
        return
    if cited.claim is not None and cited.claim.claim.kind == "recommendation":
        return
    work = cited.works[0]
    place = set_against_unknown(cited.text, work.title or "", cited.abstract, vocabulary)
    if place is not None:
        said = cited.text[place[0] : place[1]]
        yield rule.diagnostic(
            f"the sentence compares with “{said}”, which the abstract of {known_as(work)} does not name",
            cited.sentence.span_of(*place),
            claim=cited.claim.claim.id if cited.claim is not None else None,
            evidence=(work_pointer(work),),
        )


def _in_the_name(claimed: Sequence[Iri], told: Sequence[LinkedFinding], vocabulary: Vocabulary) -> bool:
    """Whether all words of what the claim compares with are in the name of what was compared with."""
    names = [content_words(vocabulary.label(iri)) for one in told for iri in one.finding.comparator]
    mine = [words for iri in claimed if (words := content_words(vocabulary.label(iri)))]
    return any(words <= name for words in mine for name in names)


def _named_by_source(claimed: Sequence[Iri], told: Sequence[LinkedFinding], vocabulary: Vocabulary) -> bool:
    """Whether an abstract read by machine, or a curator's own words, name what the claim compares with."""
    if any(_in_its_words(claimed, one, vocabulary) for one in told if one.finding.method == "curated"):
        return True
    works = {one.work.iri: one.work for one in told if one.work and one.finding.method == "automatic"}
    return any(
        _same_thing(claimed, [mention.concept for mention in vocabulary.find(text)], vocabulary)
        for work in works.values()
        for text in (work.title, work.abstract)
        if text
    )


def _in_its_words(claimed: Sequence[Iri], one: LinkedFinding, vocabulary: Vocabulary) -> bool:
    """Whether the sentence of a curated finding names it: "alike with walking, a class and physiotherapy"."""
    finding = one.finding
    mentioned = [
        m.concept for text in (finding.text, finding.comparator_note) if text for m in vocabulary.find(text)
    ]
    others = [iri for iri in mentioned if iri not in finding.exposure]
    return vocabulary.best_fit(claimed, others) in (Fit.SAME, Fit.BROADER)


def _vague(comparators: Sequence[Iri]) -> bool:
    return any(iri.rsplit("/", 1)[-1] in _VAGUE for iri in comparators)


def _same_thing(claimed: Sequence[Iri], studied: Sequence[Iri], vocabulary: Vocabulary) -> bool:
    return vocabulary.best_fit(claimed, studied) in (Fit.SAME, Fit.NARROWER, Fit.BROADER)


def _span(linked: LinkedClaim, comparators: Sequence[Iri]) -> Span:
    """Where the comparator is named."""
    named: list[Mention] = [one for one in linked.claim.mentions if one.concept in comparators]
    return named[-1].span if named else linked.claim.span
