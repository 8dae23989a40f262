"""C105: what was modelled, or only supposed, told as if it had been measured."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims import wording
from claims.alignment import content_words
from claims.alternatives import lowered, one_of
from claims.concepts import FIT_SCORE, Fit, Vocabulary, vocabulary_of
from claims.findings.telling import told
from claims.linking.supposing import is_modelled, modelled_about, supposed_about
from claims.model import (
    CausalStrength,
    CitedSentence,
    Claim,
    Confidence,
    Diagnostic,
    LinkedClaim,
    LinkedFinding,
    Severity,
    Span,
)
from claims.pointing import paths_to, sentence_pointer, source_of, work_pointer
from claims.rule import Facts, Rule, rule
from graph.designs import in_group
from graph.evidence import Iri
from graph.naming import known_as

_CLOSE = frozenset({Fit.SAME, Fit.NARROWER, Fit.BROADER})
_REPORTS = re.compile(
    r"\b(?:confirm(?:s|ed)|prove[sd]?|demonstrat(?:es|ed)|show(?:s|ed|n)|found|finds|establish(?:es|ed)|reveal(?:s|ed)|"
    r"measured|observed|recorded|documented|reported|discovered)\b(?:\s+that\b)?",
    re.IGNORECASE,
)
# The sentence itself says where its words come from.
_SAYS_SO = one_of(
    [
        r"\b(?:model(?:s|led|ling|ed|ing)?|simulat\w+|computer|in silico|calculat\w+|estimat\w+|"
        r"hypothes\w+|theor\w+|speculat\w+|propos\w+|suppos\w+|suspect\w*|believe[sd]?|thought to|"
        r"predict\w*|projected|assum\w+|suggest\w*)\b",
    ]
)


@rule(
    "C105",
    "hypothesis-as-finding",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1",
    sources=(
        "ICMJE Recommendations 2024, section IV.A.3.f (discussion: separate results from speculation)",
        "Hicks et al. 2015, J Biomech Eng 137:020905 (what a musculoskeletal simulation can show)",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """What a source only modelled or supposed is told as measured."""
    said = list(_by_findings(rule, facts))
    yield from said
    for cited in facts.cited_without(said):
        yield from _by_sentences(rule, cited)


def _by_findings(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Claims held against the findings that they are linked with."""
    vocabulary = vocabulary_of(facts.evidence)
    for linked in facts.claims:
        claim = linked.claim
        if (
            claim.kind == "recommendation"
            or wording.hedge_level(claim.text) >= 1
            or _SAYS_SO.search(lowered(claim.text))
        ):
            continue
        supposed = _explained(linked, vocabulary)
        if supposed is not None:
            yield _because(rule, facts, claim, *supposed)
            continue
        if not _asserts(claim):
            continue
        cited = _about_this(linked, vocabulary)
        if not cited or not all(_not_measured(one) for one in cited):
            continue
        measured = [
            one
            for one in linked.findings
            if one.direction == "supports" and one.via != "citation" and not _not_measured(one)
        ]
        if measured and not _attributes(claim):
            continue
        yield _say(rule, facts, claim, cited, measured)


def _by_sentences(rule: Rule, cited: CitedSentence) -> Iterable[Diagnostic]:
    """A cited sentence held against the sentences of its abstract: what it tells was thought, or modelled."""
    linked, abstract = cited.claim, cited.abstract
    if linked is None or abstract is None or linked.claim.kind == "recommendation":
        return
    text = cited.text
    if wording.hedge_level(text) >= 1 or _SAYS_SO.search(lowered(text)) or text.rstrip(" .").endswith("?"):
        return
    work = cited.works[0]
    found, how = supposed_about(text, abstract), "put forward as a possible explanation"
    if found is None:
        found, how = modelled_about(text, abstract, work.title), "worked out with a model"
    if found is None:
        return
    yield rule.diagnostic(
        f"told as measured; {known_as(work)} {how}: “{found.passage.rstrip('.')}”",
        _place(linked.claim),
        claim=linked.claim.id,
        evidence=(work_pointer(work), sentence_pointer(work, found.passage)),
        confidence=Confidence.MEDIUM,
    )


_BECAUSE = re.compile(
    r"\b(?:because(?: of)?|due to|thanks to|owing to|as a result of|the reason (?:is|being)(?: that)?|"
    r"(?:caused|brought about|driven|explained) by|comes? (?:down to|from)|stems? from)\b",
    re.IGNORECASE,
)


def _explained(linked: LinkedClaim, vocabulary: Vocabulary) -> tuple[str, LinkedFinding] | None:
    """The words by which a claim gives as the reason what its source only supposed, and that supposition.

    The reason has to be told by words that the supposition has and none of the source's results: "because
    the muscles contract", of a source that measured a length and supposed the muscles behind it.
    """
    claim = linked.claim
    because = _BECAUSE.search(claim.text)
    if because is None or claim.citations_inherited:
        return None
    reason = content_words(re.split(r"[,;:(\[]", claim.text[because.end() :], maxsplit=1)[0])
    cited = [one for one in linked.findings if one.via == "citation"]
    known: frozenset[str] = frozenset()
    for one in cited:
        if one.finding.quote_role != "hypothesis":
            known |= _words_of(one, vocabulary)
    for one in cited:
        if one.finding.quote_role == "hypothesis" and len(reason & (_words_of(one, vocabulary) - known)) >= 2:
            return because[0], one
    return None


def _words_of(one: LinkedFinding, vocabulary: Vocabulary) -> frozenset[str]:
    finding = one.finding
    named = (finding.text, finding.label, finding.quote, vocabulary.labels(finding.exposure))
    return content_words(" ".join(filter(None, named)))


def _because(rule: Rule, facts: Facts, claim: Claim, words: str, one: LinkedFinding) -> Diagnostic:
    offsets, start = claim.sentence.offsets, claim.text.index(words)
    span = Span(offsets[start], offsets[start + len(words) - 1] + 1)
    return rule.diagnostic(
        f"“{facts.document.text[span.start : span.end]}” tells as known what {source_of(one)} {_how(one)}: "
        f"“{told(one.finding)}”",
        span,
        claim=claim.id,
        evidence=paths_to([one]),
        confidence=Confidence.HIGH,
    )


def _asserts(claim: Claim) -> bool:
    return claim.proposition.causal_strength != CausalStrength.NONE or _REPORTS.search(claim.text) is not None


def _attributes(claim: Claim) -> bool:
    """Whether the sentence says that the study it cites found it."""
    return not claim.citations_inherited and _REPORTS.search(claim.text) is not None


def _about_this(linked: LinkedClaim, vocabulary: Vocabulary) -> list[LinkedFinding]:
    """The cited findings that the claim can rest on: those on its outcomes or processes, else all of them."""
    cited = [one for one in linked.findings if one.via == "citation"]
    named = set(linked.claim.proposition.outcome)
    named |= {
        mention.concept for mention in linked.claim.mentions if {"outcome", "process"} & set(mention.roles)
    }
    on_outcome = [one for one in cited if vocabulary.best_fit(sorted(named), one.finding.outcome) in _CLOSE]
    best = sorted(on_outcome, key=lambda one: -_fit(one, named, vocabulary))
    return best or ([] if linked.claim.citations_inherited else cited)


def _fit(one: LinkedFinding, named: set[Iri], vocabulary: Vocabulary) -> float:
    fit = vocabulary.best_fit(sorted(named), one.finding.outcome)
    return FIT_SCORE[fit] if fit else 0.0


def _not_measured(one: LinkedFinding) -> bool:
    finding = one.finding
    if finding.method == "automatic" and one.work is not None and one.work.abstract:
        # what is concluded from a model was not measured either
        return finding.quote_role == "hypothesis" or is_modelled(one.work.abstract, one.work.title)
    if finding.quote_role in ("synthesis", "background"):
        return False
    if finding.quote_role == "hypothesis" or finding.obtained_by in ("modelled", "inferred"):
        return True
    return finding.obtained_by is None and one.study is not None and one.study.design in in_group("modelling")


def _say(
    rule: Rule, facts: Facts, claim: Claim, cited: list[LinkedFinding], measured: list[LinkedFinding]
) -> Diagnostic:
    span = _place(claim)
    words = facts.document.text[span.start : span.end]
    first = cited[0]
    how = _how(first)
    found = told(first.finding).rstrip(".")
    message = f"“{words}” tells as measured what {source_of(first)} {how}: “{found}”"
    if measured:
        message += f". {source_of(measured[0])} measured it; cite that for it"
    return rule.diagnostic(
        message,
        span,
        claim=claim.id,
        evidence=paths_to([*cited, *measured[:3]]),
        confidence=Confidence.MEDIUM if measured else Confidence.HIGH,
    )


def _how(one: LinkedFinding) -> str:
    if one.finding.obtained_by == "modelled" or (
        one.study is not None and one.study.design in in_group("modelling")
    ):
        return "worked out with a model"
    if one.finding.quote_role == "hypothesis":
        return "put forward as a possible explanation"
    return "inferred and did not measure"


def _place(claim: Claim) -> Span:
    """The reporting verb, else the words that carry the claim's strength, else the claim."""
    match = _REPORTS.search(claim.text)
    if match is not None and match.end() <= len(claim.sentence.offsets):
        return claim.sentence.span_of(*match.span())
    return claim.proposition.causal_span or claim.span
