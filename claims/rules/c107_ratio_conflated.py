"""C107: an odds ratio or a hazard ratio told as a change in risk where the outcome is common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from claims import magnitude, quantities
from claims.alignment import content_words
from claims.findings.sections import sentences
from claims.findings.telling import finding_in_words
from claims.model import Claim, Confidence, Diagnostic, Fix, LinkedFinding, Severity, Span
from claims.pointing import described, paths_to, source_of
from claims.rule import Facts, Rule, rule
from graph.evidence import GroupValue

_COMMON = Decimal("0.10")  # above this an odds ratio no longer stands for a risk ratio
_COMMON_FOR_HAZARD = Decimal("0.20")
_MATTERS = Decimal(5)  # percentage points between the change told and the change in risk

_RISK = re.compile(r"\b(?:risks?|chances?|likely|likelihood|probability|probable|danger)\b", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:odds|hazard|hazards|rate|rates)\b", re.IGNORECASE)
_ODDS = re.compile(r"\bodds\b|\bOR\b", re.IGNORECASE)
_RATIO = re.compile(
    r"\b(?:relative risk|risk ratio|RR)(?: (?:of|was|is|being))?[\s:=(,]{1,3}(\d{1,2}[.·]\d{1,3})",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(an?\s)$")
_BEFORE_RISK = re.compile(
    r"\s*(?:lower|higher|reduced|increased|greater|smaller|less)\s+(risk)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A change told as one in risk, at ``span``: the ratios that its words can stand for."""

    span: Span
    low: Decimal
    high: Decimal


@rule(
    "C107",
    "risk-odds-hazard-conflated",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1",
    sources=(
        "Zhang and Yu 1998, JAMA 280:1690-1691",
        "Davies, Crombie and Tavakoli 1998, BMJ 316:989-991",
        "Cochrane Handbook 6.5, section 6.4.1",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """An odds or hazard ratio is told as a change in risk."""
    for linked in facts.claims:
        claim = linked.claim
        if _ODDS.search(claim.text):
            continue
        for told in _told(claim):
            found = _conflated(told, linked.findings, claim.text)
            if found is not None:
                yield _say(rule, facts, claim, told, *found)
                break


def _told(claim: Claim) -> Iterator[_Told]:
    """The changes that a claim tells by a percentage, in words of size or as a ratio of risks."""
    near = Decimal("0.006")
    for quantity in claim.quantities:
        if quantity.role == "percent":
            part = quantity.value / 100
            yield _Told(quantity.span, 1 - part - near, 1 - part + near)
            yield _Told(quantity.span, 1 + part - near, 1 + part + near)
    for cue in magnitude.words(claim.text):
        if cue.kind == "ratio" and cue.end <= len(claim.sentence.offsets):
            yield _Told(claim.sentence.span_of(cue.start, cue.end), cue.low, cue.high)
    match = _RATIO.search(claim.text)
    if match is not None and match.end() <= len(claim.sentence.offsets):
        ratio = Decimal(match[1].replace("·", "."))
        yield _Told(claim.sentence.span_of(*match.span()), ratio - near, ratio + near)


def _conflated(
    told: _Told, findings: Iterable[LinkedFinding], text: str
) -> tuple[LinkedFinding, Decimal, Decimal, bool] | None:
    """The finding whose odds or hazard ratio is told as this change, the baseline risk, the risk ratio.

    Last whether the risk is that of all the people, for want of the two groups'.
    """
    for one in findings:
        effect = one.finding.effect
        if one.via == "topic" or effect is None or effect.value is None or effect.value <= 0:
            continue
        if not told.low <= effect.value <= told.high:
            continue
        if effect.measure == "hazard-ratio" and (_NAMED.search(text) or not _RISK.search(text)):
            continue
        design = one.study.design if one.study is not None else None
        baseline, of_all = _baseline(one.finding.groups, effect.value), False
        if baseline is None and effect.measure == "odds-ratio" and design != "case-control":
            baseline, of_all = _printed(one, effect.value)  # of cases and controls no share is a risk
        if baseline is None:
            continue
        if effect.measure == "odds-ratio":
            limit, ratio = _COMMON, effect.value / (1 - baseline + baseline * effect.value)
        elif effect.measure == "hazard-ratio":
            limit = _COMMON_FOR_HAZARD
            ratio = (1 - Decimal(float(1 - baseline) ** float(effect.value))) / baseline
        else:
            continue
        if baseline > limit and abs(effect.value - ratio) * 100 >= _MATTERS:
            return one, baseline, ratio, of_all
    return None


_HAD_IT = re.compile(
    r"\b(?:had|has|have|reported|suffered|experienced|developed|attended|died|were|was|prevalence|incidence|affected|relapsed)\b",
    re.IGNORECASE,
)


def _printed(one: LinkedFinding, ratio: Decimal) -> tuple[Decimal | None, bool]:
    """The risk by the shares that the abstract prints: of two groups beside the ratio, else of all."""
    finding, work = one.finding, one.work
    if finding.method != "automatic" or not finding.quote or work is None or not work.abstract:
        return None, False
    beside = _shares(finding.quote)
    if len(beside) == 2:
        return max(beside) if ratio < 1 else min(beside), False
    lines = [work.abstract[part.start : part.end] for part in sentences(work.abstract)]
    words = content_words(finding.quote)
    if beside or finding.quote not in lines:
        return None, False
    at = lines.index(finding.quote)
    for line in lines[max(0, at - 2) : at]:
        shares = _shares(line)
        if len(shares) == 1 and _HAD_IT.search(line) and len(words & content_words(line)) >= 2:
            return shares[0], True
    return None, False


def _shares(line: str) -> list[Decimal]:
    """The percentages of a sentence that may be shares of people, without levels of intervals."""
    return [
        one.value / 100
        for one in quantities.find(line)
        if one.role == "percent"
        and one.high is None
        and 0 < one.value < 100
        and not _LEVEL.match(line, one.end)
    ]


_LEVEL = re.compile(
    r"\s?(?:CI\b|C\.I|confidence|credible|uncertainty|less\b|more\b|lower\b|higher\b)", re.IGNORECASE
)


def _baseline(groups: Iterable[GroupValue], ratio: Decimal) -> Decimal | None:
    """The risk without the exposure: the higher of two when the ratio is below 1, else the lower."""
    risks = []
    for group in groups:
        if group.value is None:
            continue
        if group.measure == "percent":
            risks.append(group.value / 100)
        elif group.measure == "count" and group.size:
            risks.append(group.value / group.size)
    if len(risks) != 2 or not all(0 < risk < 1 for risk in risks):
        return None
    return max(risks) if ratio < 1 else min(risks)


def _say(
    rule: Rule,
    facts: Facts,
    claim: Claim,
    told: _Told,
    one: LinkedFinding,
    baseline: Decimal,
    ratio: Decimal,
    of_all: bool,
) -> Diagnostic:
    kind = "odds" if one.finding.effect and one.finding.effect.measure == "odds-ratio" else "rate"
    change = round((ratio - 1) * 100)
    way = "lower" if change < 0 else "higher"
    words = facts.document.text[told.span.start : told.span.end]
    affected = f"{round(baseline * 100)} % affected {'in all' if of_all else 'without it'}"
    message = (
        f"“{words}” is the change in {kind} ({finding_in_words(one.finding)}), told as risk; "
        f"with {affected}, the risk is about {abs(change)} % {way}: "
        f"{source_of(one)} ({described(one.study)})"
    )
    return rule.diagnostic(
        message, told.span, claim=claim.id, evidence=paths_to([one]), fix=_fix(facts, told.span, kind)
    )


def _fix(facts: Facts, span: Span, kind: str) -> Fix | None:
    """ "a 50 % lower risk" becomes "50 % lower odds" (or "a 50 % lower rate")."""
    text = facts.document.text
    after = _BEFORE_RISK.match(text, span.end)
    if after is None:
        return None
    article = _ARTICLE.search(text, max(0, span.start - 4), span.start)
    if kind == "odds" and article is not None:
        return Fix(Span(article.start(1), after.end(1)), text[span.start : after.start(1)] + kind)
    return Fix(Span(after.start(1), after.end(1)), kind)
