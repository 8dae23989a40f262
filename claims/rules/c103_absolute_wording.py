"""C103: wording that leaves no doubt where every study leaves some."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from claims import wording
from claims.cited import all_known, measured
from claims.concepts import vocabulary_of
from claims.findings.telling import change_in_words, finding_in_words
from claims.magnitude import ratio_of
from claims.model import (
    CausalStrength,
    Claim,
    Confidence,
    Diagnostic,
    Fix,
    LinkedClaim,
    LinkedFinding,
    Sentence,
    Severity,
)
from claims.pointing import path_to, source_of
from claims.rule import Facts, Rule, rule

_WHY = {
    "proof": "studies raise or lower confidence; none proves",
    "certainty": "studies make a result more or less likely; none puts it beyond doubt",
    "cure": "a cure for all who have it is more than any study linked here reports",
    "guarantee": "no study finds an effect in everyone, every time",
    "universal": "no study finds an effect in everyone",
    "total": "an effect or a safety without exception is more than any study can show",
}
_ON_HEALTH_ALONE = frozenset({"cure", "total", "proof"})  # said of health even where no concept was found

_PREVENTS = re.compile(r"prevent(?P<ending>s|ed|)", re.IGNORECASE)
_LOWERS = {"s": "lowers the risk of", "ed": "lowered the risk of", "": "lower the risk of"}
_NEARLY_NONE = Decimal("0.1")  # nine of ten prevented: few would quarrel with the word


@rule(
    "C103",
    "absolute-wording",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1",
    sources=(
        "Regulation (EC) No 1924/2006 on nutrition and health claims, articles 3 and 12",
        "FTC Health Products Compliance Guidance 2022, section III",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Wording that leaves no room for doubt."""
    printed = [one.reference.span for one in facts.references]
    for sentence in facts.sentences:
        if any(span.holds(sentence.span) for span in printed):
            continue
        for cue in wording.absolute_cues(sentence.text):
            claim = facts.claim_at(sentence.offsets[cue.start])
            if (
                claim is None
                and cue.kind not in _ON_HEALTH_ALONE
                and not (cue.kind in ("certainty", "guarantee") and _cites(facts, sentence))
                and not _of_exposure(facts, sentence, cue.start)
            ):
                continue
            if cue.kind == "cure" and claim is not None and _counted(claim):
                continue  # "56 % said that they were cured"
            if _quoted(sentence, cue.start):
                continue
            span = sentence.span_of(cue.start, cue.end)
            words = sentence.text[cue.start : cue.end]
            yield rule.diagnostic(f"“{words}”: {_WHY[cue.kind]}", span, claim=claim.id if claim else None)
    for linked in facts.claims:
        yield from _prevents(rule, facts, linked)


def _prevents(rule: Rule, facts: Facts, linked: LinkedClaim) -> Iterator[Diagnostic]:
    """ "Prevents", of what the cited works found to happen less often and not never."""
    said = linked.claim.proposition
    if said.causal_span is None or said.causal_strength is not CausalStrength.CAUSAL or said.magnitude:
        return
    if said.effect_direction == "no-difference" or said.hedged:
        return  # "does not prevent", "may prevent"
    words = facts.document.text[said.causal_span.start : said.causal_span.end]
    match = _PREVENTS.fullmatch(words)
    if match is None or not all_known(linked):
        return
    partly = [one for one in measured(linked) if one.direction == "supports" and _leaves_some(one)]
    if not partly:
        return
    best = next((one for one in partly if _interval_known(one)), partly[0])
    change = change_in_words(best.finding.effect) if best.finding.effect is not None else None
    yield rule.diagnostic(
        f"“{words}” says that it then happens to nobody; {source_of(best)} found "
        f"{finding_in_words(best.finding)}" + (f": {change}" if change else ""),
        said.causal_span,
        claim=linked.claim.id,
        evidence=path_to(best),
        fix=Fix(said.causal_span, _LOWERS[match["ending"]]),
    )


def _interval_known(one: LinkedFinding) -> bool:
    return one.finding.effect is not None and one.finding.effect.low is not None


def _leaves_some(one: LinkedFinding) -> bool:
    """Whether the effect is a ratio of risks or rates that leaves a good part of them."""
    ratio = ratio_of(one.finding.effect) if one.finding.effect is not None else None
    return ratio is not None and _NEARLY_NONE < ratio[0] < 1


def _cites(facts: Facts, sentence: Sentence) -> bool:
    """Whether a sentence has a citation of its own."""
    return any(sentence.span.holds(one.span) for one in facts.citations)


def _counted(claim: Claim) -> bool:
    """Whether a claim says of how many it holds."""
    return any(one.role == "percent" for one in claim.quantities)


def _of_exposure(facts: Facts, sentence: Sentence, at: int) -> bool:
    """Whether what is done or taken stands right before the words: "Zinc always works"."""
    return any(
        "exposure" in mention.roles and not sentence.text[mention.span.end : at].strip()
        for mention in vocabulary_of(facts.evidence).find(sentence.text[:at])
    )


def _quoted(sentence: Sentence, at: int) -> bool:
    """Whether the words stand in quotation marks: somebody else's, held up to be looked at."""
    before = sentence.text[:at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
