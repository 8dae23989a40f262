"""N109: how well a test does is told as another of its measures, or by another number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from claims import quantities
from claims.findings.accuracy import ACCURACY, SHARES, as_percent
from claims.findings.choosing import cited_findings
from claims.findings.telling import estimate_in_words
from claims.model import Confidence, Diagnostic, LinkedClaim, LinkedFinding, Severity
from claims.pointing import path_to, source_of
from claims.rule import Facts, Rule, rule
from claims.sentence.accuracy import AccuracyTold, accuracies_told, rules_out

_PLAIN = {
    "sensitivity": "the sensitivity (how many of those who have it are found)",
    "specificity": "the specificity (how many of those without it are cleared)",
    "positive-predictive-value": "the positive predictive value (how many who test positive have it)",
    "negative-predictive-value": "the negative predictive value (how many who test negative do not have it)",
    "accuracy": "the accuracy (how often the test is right)",
}
_SURE = Decimal(95)  # percent found from which a negative test may be said to rule a thing out


@rule(
    "N109",
    "test-accuracy-differs",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    status="preview",
    sources=(
        "Bossuyt et al. 2015, STARD 2015: essential items for reporting diagnostic accuracy. BMJ 351:h5527",
        "Gigerenzer et al. 2007, Helping doctors and patients make sense of health statistics. "
        "Psychol Sci Public Interest 8:53-96",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterator[Diagnostic]:
    """A test's sensitivity, specificity or predictive value is told as another, or differs."""
    for linked in facts.claims:
        if not linked.works or linked.claim.citations_inherited:
            continue
        known = [one for one in cited_findings(linked) if _measure(one) in ACCURACY]
        if not known:
            continue
        text = linked.claim.sentence.text
        for told in accuracies_told(text, quantities.find(text)):
            said = _misread(told, known)
            if said is not None:
                yield _diagnostic(rule, linked, told.quantity.start, told.quantity.end, *said)
        out = rules_out(text)
        if out is not None:
            missed = _leaves_room(known)
            if missed is not None:
                yield _diagnostic(
                    rule,
                    linked,
                    out.start("words"),
                    out.end("words"),
                    f"“{out['words']}” says that a negative test leaves no doubt; by {source_of(missed)} the "
                    f"test finds {_number(missed)} of those who have it and misses the rest",
                    missed,
                )


def _measure(one: LinkedFinding) -> str | None:
    return one.finding.effect.measure if one.finding.effect is not None else None


def _percent(one: LinkedFinding) -> Decimal:
    effect = one.finding.effect
    if effect is None or effect.value is None:
        return Decimal(-1)  # known without a value: no share is it
    return as_percent(effect.value, effect.unit)


def _number(one: LinkedFinding) -> str:
    """A figure with its interval, without the name of its measure."""
    effect = one.finding.effect
    return estimate_in_words(effect).removeprefix(effect.measure.replace("-", " ")).strip() if effect else ""


def _misread(told: AccuracyTold, known: Sequence[LinkedFinding]) -> tuple[str, LinkedFinding] | None:
    """What is wrong with a share that a claim gives of a test, and the finding that says so."""
    own = [one for one in known if _measure(one) == told.measure]
    if any(_is(told, one) for one in own):
        return None
    others = [one for one in known if _measure(one) in SHARES and one not in own and _is(told, one)]
    printed, numbers = told.quantity.text, "; ".join(dict.fromkeys(_number(one) for one in own[:3]))
    if others:
        one = others[0]
        it_is = _PLAIN[_measure(one) or "accuracy"]
        said = f"“{printed}” is told as {_PLAIN[told.measure]}; in {source_of(one)} it is {it_is}"
        if own:
            said += f". {told.measure.replace('-', ' ').capitalize()} there is {numbers}"
        elif told.measure == "positive-predictive-value":
            said += ". How many of the positive have it depends on how common it is among those tested"
        return said, one
    if own:
        return f"“{printed}” is not {_PLAIN[told.measure]} of {source_of(own[0])}, which is {numbers}", own[0]
    return None


def _is(told: AccuracyTold, one: LinkedFinding) -> bool:
    """Whether a share is this figure, as far as printing rounds."""
    places = told.quantity.value.as_tuple().exponent
    slack = Decimal(5).scaleb((places if isinstance(places, int) else 0) - 1)
    if told.quantity.comparison == "about" or told.quantity.text[:1].isalpha():
        slack = max(slack, Decimal(5))
    elif told.quantity.comparison is not None:
        slack = max(slack, Decimal(2))
    return abs(told.percent - _percent(one)) <= slack


def _leaves_room(known: Sequence[LinkedFinding]) -> LinkedFinding | None:
    """The sensitivity too low for a negative test to rule a thing out; None where one is high enough."""
    found = [one for one in known if _measure(one) == "sensitivity"]
    negative = [one for one in known if _measure(one) == "negative-predictive-value"]
    if not found or any(_percent(one) >= _SURE for one in (*found, *negative)):
        return None
    return found[0]


def _diagnostic(
    rule: Rule, linked: LinkedClaim, start: int, end: int, message: str, one: LinkedFinding
) -> Diagnostic:
    return rule.diagnostic(
        message,
        linked.claim.sentence.span_of(start, end),
        claim=linked.claim.id,
        evidence=path_to(one),
        confidence=Confidence.HIGH if one.finding.method == "curated" else Confidence.MEDIUM,
    )
