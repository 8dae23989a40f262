"""N102: magnitude words that the estimate does not bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from claims import magnitude
from claims.abstracts.passages import passages
from claims.alignment import NUMBERS
from claims.findings import change_in_words, estimate_in_words, group_ratio
from claims.findings.choosing import told_findings, told_with_numbers
from claims.findings.sizes import LARGE, beyond_all, of_another_size, told_small, without_share
from claims.magnitude import MagnitudeComparison, MagnitudeCue
from claims.model import (
    CitedSentence,
    Confidence,
    Diagnostic,
    Document,
    Fix,
    LinkedClaim,
    LinkedFinding,
    Severity,
)
from claims.pointing import path_to, sentence_pointer, source_of, work_pointer
from claims.printed.words import words_of
from claims.rule import Facts, Rule, rule
from graph.contrasts import includes_no_effect
from graph.evidence import EffectEstimate, Finding
from graph.naming import known_as

_TIME = re.compile(
    r"\b(?:time|days?|weeks?|months?|years?|duration|length|interval|survival|hours?|minutes?)\b",
    re.IGNORECASE,
)
# "in the 24 hours after it", "over two years": when it was so, not what changed
_WHEN = re.compile(
    r"\b(?:in|over|after|within|for|during|by|at|of|a|an|per|each|every)\s(?:the\s)?(?:(?:first|next|following|last)\s)?"
    r"(?:[\d.]+[\s-]|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s)?"
    r"(?:days?|weeks?|months?|years?|hours?|minutes?)\b",
    re.IGNORECASE,
)
_CHANGED_WORD = re.compile(
    r"\b(?:risks?|odds|chances?|likelihood|likely|rates?|incidence|probability|mortality|deaths?|hazard|danger"
    r"|cases|prevalence|number|frequency|recurrences?|relapses?|attacks?|events?|falls?|fractures?|often|frequent(?:ly)?|common)\b",
    re.IGNORECASE,
)
_COMPARATIVE = re.compile(r"\s(?:more|less|fewer|higher|lower|greater|smaller)\b", re.IGNORECASE)
_WINDOW = 110


@dataclass(frozen=True, slots=True)
class _Held:
    """A cue held against one finding."""

    linked: LinkedFinding
    estimate: EffectEstimate
    comparison: MagnitudeComparison
    from_groups: bool


@rule(
    "N102",
    "magnitude-word-differs",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "Cochrane Handbook, chapter 15.3: interpreting results (Schünemann et al. 2023)",
        "GRADE guidelines 26: informative statements to communicate findings (Santesso et al. 2020, "
        "J Clin Epidemiol 119:126-135)",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterator[Diagnostic]:
    """A magnitude word says another size of effect than the finding."""
    for linked in facts.claims:
        text = linked.claim.sentence.text
        for cue in magnitude.words(text):
            if cue.kind == "percent" or not _speaks_of_outcome(text, cue, linked):
                continue
            held = _held(text, cue, linked)
            if not held and cue.kind == "ratio":
                if (one := without_share(linked, cue)) is not None:
                    yield _no_share(rule, linked, cue, one)
                elif not told_with_numbers(linked) and (one := beyond_all(linked, cue)) is not None:
                    yield _too_large(rule, linked, cue, one)
            if not held and cue.kind == "folded" and (one := of_another_size(linked, cue)) is not None:
                yield _another_size(rule, linked, cue, one)
            elif not held and cue.kind == "folded" and (small := told_small(linked, cue)) is not None:
                yield _called_small(rule, linked, cue, *small)
            if not held or any(one.comparison.relation in ("agrees", "reciprocal") for one in held):
                continue
            worst = held[0]
            if worst.comparison.relation == "opposite":
                continue  # the direction is N103's question
            if worst.comparison.relation == "understates" and cue.kind == "folded" and cue.low == 0:
                continue
            yield _diagnostic(rule, facts, linked, cue, worst)
    for cited in facts.cited:
        if cited.claim is None or not told_with_numbers(cited.claim):
            yield from _of_sentence(rule, cited)


_SLIGHTLY = re.compile(
    r"\b(?:only |just |very )?"
    r"(?:slight(?:ly)?|marginal(?:ly)?|modest(?:ly)?|minimal(?:ly)?|negligibl[ey]|trivial(?:ly)?)\b",
    re.IGNORECASE,
)


def _of_sentence(rule: Rule, cited: CitedSentence) -> Iterator[Diagnostic]:
    """What a sentence calls large and the sentence of its abstract that tells it calls small."""
    if cited.abstract is None or not _SLIGHTLY.search(cited.abstract):
        return
    large = [cue for cue in magnitude.words(cited.text) if cue.name.split()[0] in LARGE]
    if not large:
        return
    said = set(words_of(cited.text))
    known = said & set(words_of(cited.abstract))
    for passage in passages(cited.abstract):
        small, shared = _SLIGHTLY.search(passage.text), known & set(words_of(passage.text))
        if small is None or len(shared) < 2 or (len(shared) < 3 and 2 * len(shared) < len(known)):
            continue
        cue, work = large[0], cited.works[0]
        yield rule.diagnostic(
            f"“{cue.text}” is said of what {known_as(work)} calls “{small[0]}”",
            cited.sentence.span_of(cue.start, cue.end),
            claim=cited.claim.claim.id if cited.claim is not None else None,
            evidence=(work_pointer(work), sentence_pointer(work, passage.text)),
            confidence=Confidence.MEDIUM,
        )
        return


def _no_share(rule: Rule, linked: LinkedClaim, cue: MagnitudeCue, one: LinkedFinding) -> Diagnostic:
    said = f"says {_range(cue)}; {source_of(one)} found {_found(one)}"
    return _of_the_word(rule, linked, cue, one, f"{said}, and no share of anything follows from that")


def _too_large(rule: Rule, linked: LinkedClaim, cue: MagnitudeCue, one: LinkedFinding) -> Diagnostic:
    said = f"says {_range(cue)}; the largest that {source_of(one)} found is {_found(one)}"
    return _of_the_word(rule, linked, cue, one, said)


def _called_small(
    rule: Rule, linked: LinkedClaim, cue: MagnitudeCue, one: LinkedFinding, words: str
) -> Diagnostic:
    found = f" ({_found(one)})" if one.finding.effect is not None else ""
    return _of_the_word(rule, linked, cue, one, f"is said of what {source_of(one)} calls “{words}”{found}")


def _another_size(rule: Rule, linked: LinkedClaim, cue: MagnitudeCue, one: LinkedFinding) -> Diagnostic:
    assert one.finding.effect is not None
    size = abs(one.finding.effect.value or Decimal(0))
    name = "small" if size < Decimal("0.35") else "small to medium" if size < Decimal("0.6") else "large"
    said = f"is said of what {source_of(one)} found: {_found(one)}, a {name} difference"
    return _of_the_word(rule, linked, cue, one, said)


def _found(one: LinkedFinding) -> str:
    assert one.finding.effect is not None
    return estimate_in_words(one.finding.effect)


def _of_the_word(
    rule: Rule, linked: LinkedClaim, cue: MagnitudeCue, one: LinkedFinding, said: str
) -> Diagnostic:
    """What is said of a word of size beside a finding that it was not measured by."""
    return rule.diagnostic(
        f"“{cue.text}” {said}",
        linked.claim.sentence.span_of(cue.start, cue.end),
        claim=linked.claim.id,
        evidence=path_to(one),
        confidence=Confidence.MEDIUM,
    )


def _speaks_of_outcome(text: str, cue: MagnitudeCue, linked: LinkedClaim) -> bool:
    """Whether what is halved is a risk, or the claim's outcome, and not a dose or a recipe."""
    if cue.start == 0 and text[: cue.end].endswith("ing") and _taken_at(text, cue.end, linked):
        return False  # "Doubling the inhaled steroid prevents attacks"
    if cue.text.endswith(" as") and not _taken_at(text, cue.end, linked):
        return True  # "less than half as high": what is compared so is no dose
    if cue.kind == "folded" and _COMPARATIVE.match(text, cue.end) and not _taken_at(text, cue.end, linked):
        return True  # "dramatically more muscle symptoms"
    window = text[max(0, cue.start - 60) : cue.end + _WINDOW]
    if _CHANGED_WORD.search(window):
        return True
    if cue.grammar == "verb" and any(one.aligned == NUMBERS for one in told_findings(linked)):
        return True  # "halves drinking, by 20 g a week": the number of the finding stands beside the word
    span = linked.claim.sentence.span_of(max(0, cue.start - 60), min(len(text), cue.end + _WINDOW))
    return any(
        "outcome" in mention.roles and span.start <= mention.span.start < span.end
        for mention in linked.claim.mentions
    )


def _taken_at(text: str, end: int, linked: LinkedClaim) -> bool:
    """Whether what is taken or done is named right behind a word."""
    exposure = linked.claim.proposition.exposure
    places = (linked.claim.sentence.place(m.span)[0] for m in linked.claim.mentions if m.concept in exposure)
    return any(end < at <= end + 25 and not re.search(r"[,.;]", text[end:at]) for at in places)


def _held(text: str, cue: MagnitudeCue, linked: LinkedClaim) -> list[_Held]:
    about_time = _is_about_time(text, cue)
    held = []
    for one in told_with_numbers(linked):
        found = _estimate(one.finding, about_time)
        if found is None:
            continue
        comparison = magnitude.compare(cue, found)
        if comparison is not None:
            held.append(_Held(one, found, comparison, found is not one.finding.effect))
    effects = [one for one in held if not one.from_groups]
    return sorted(effects or held, key=lambda one: one.estimate.low is None)  # with an interval for choice


def _estimate(finding: Finding, about_time: bool) -> EffectEstimate | None:
    """The finding's ratio: its effect, or its two groups' values; of times only where time is meant."""
    timed = any(_is_time(group.unit) for group in finding.groups)
    if finding.effect is not None and magnitude.ratio_of(finding.effect) is not None:
        return None if about_time else finding.effect
    ratio = group_ratio(finding)
    if ratio is None or timed != about_time:
        return None
    return EffectEstimate("ratio", ratio.quantize(Decimal("0.01")))


def _is_time(unit: str | None) -> bool:
    return unit in ("day", "week", "month", "year", "h", "min")


def _is_about_time(text: str, cue: MagnitudeCue) -> bool:
    after = re.split(r"[,;:.()—–]", text[cue.end : cue.end + 60], maxsplit=1)[0]
    found = _TIME.search(_WHEN.sub(lambda when: " " * len(when[0]), after))
    risk = _CHANGED_WORD.search(after)
    return found is not None and (risk is None or found.start() < risk.start())


def _diagnostic(rule: Rule, facts: Facts, linked: LinkedClaim, cue: MagnitudeCue, held: _Held) -> Diagnostic:
    estimate, comparison = held.estimate, held.comparison
    said = estimate_in_words(estimate)
    licensed = change_in_words(estimate)
    source = source_of(held.linked)
    message = f"“{cue.text}” says {_range(cue)}; {source} found {said}"
    if licensed:
        message += f", that is {licensed}"
    if held.from_groups:
        message = f"“{cue.text}” says {_range(cue)}; the groups of {source} differ by a {said}"
    if includes_no_effect(estimate):
        message += ", and the interval includes no effect"
    times = _times(linked)
    if times and not held.from_groups:
        message += f"; {times}"
    confidence = Confidence.HIGH if _far(cue, comparison) else Confidence.MEDIUM
    return rule.diagnostic(
        message,
        linked.claim.sentence.span_of(cue.start, cue.end),
        claim=linked.claim.id,
        evidence=path_to(held.linked),
        fix=_fix(facts.document, linked, cue, held, said),
        confidence=confidence,
    )


def _range(cue: MagnitudeCue) -> str:
    """The cue's range in words: "a fall of 40 to 53 %"."""
    if cue.kind == "folded" or not cue.high.is_finite() or cue.low == 0:
        if cue.kind == "folded" and cue.low > 0:
            return "a small change"
        edge = cue.high if cue.high.is_finite() and (cue.kind == "folded" or cue.high < 1) else cue.low
        if edge < 1:
            least = f"at least {_whole(100 * (1 - edge))} %"
            return f"a fall of {least}" if cue.kind != "folded" or cue.direction else f"a change of {least}"
        return f"at least {_short(edge)} times as much"
    if cue.high <= 1:
        return f"a fall of {_whole(100 * (1 - cue.high))} to {_whole(100 * (1 - cue.low))} %"
    return f"{_short(cue.low)} to {_short(cue.high)} times as much"


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), rounding=ROUND_HALF_UP)


def _short(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"))


def _far(cue: MagnitudeCue, comparison: MagnitudeComparison) -> bool:
    """Whether the estimate lies well outside what the words can stand for."""
    value = min(comparison.ratio, 1 / comparison.ratio) if cue.kind == "folded" else comparison.ratio
    if value > cue.high:
        return value / cue.high >= Decimal("1.1")
    return value > 0 and cue.low / value >= Decimal("1.1")


def _times(linked: LinkedClaim) -> str | None:
    """A ratio of times in the same source, which is no ratio of risks though it may look like one."""
    for one in told_findings(linked):
        ratio = group_ratio(one.finding)
        if ratio is not None and all(_is_time(group.unit) for group in one.finding.groups):
            first, second = (group.value for group in one.finding.groups)
            return f"{first} against {second} {one.finding.groups[0].unit}s is a ratio of times, not of risks"
    return None


def _fix(document: Document, linked: LinkedClaim, cue: MagnitudeCue, held: _Held, said: str) -> Fix | None:
    comparison = held.comparison
    if held.from_groups or includes_no_effect(held.estimate):
        return None
    percent = (
        "%" if re.search(r"\d%", document.text) and not re.search(r"\d[\s\u202f]%", document.text) else " %"
    )
    if percent == "%":
        said = said.replace(" %", "%")
    edit = magnitude.reword(linked.claim.sentence.text, cue, comparison.ratio, said, percent=percent)
    if edit is None:
        return None
    span = linked.claim.sentence.span_of(edit.start, edit.end)
    kept = ""
    if edit.keep_end > edit.keep_start:
        keep = linked.claim.sentence.span_of(edit.keep_start, edit.keep_end)
        kept = document.text[keep.start : keep.end]
    return Fix(span, f"{edit.head}{kept}{edit.tail}")
