"""Effect estimates in a sentence, with their intervals and p values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from claims import quantities
from claims.expressions import expression
from claims.findings.accuracy import accuracies_of
from claims.findings.differences import DOWN, MOST, differences_of, told_lower_or_higher, with_p
from claims.findings.printed import (
    ADJUSTED,
    CASED,
    ESTIMATE,
    INTERVAL,
    MEASURE,
    MEASURES,
    UNITS,
    VALUE_AFTER,
    number_of,
    unit_of,
)
from claims.joining import SET_AGAINST
from claims.magnitude import words
from graph.evidence import EffectEstimate


def effects_of(sentence: str, spoken: str | None = None) -> Iterator[tuple[EffectEstimate, int, int]]:
    """The estimates of a sentence: first those with an interval, then named ones without.

    ``spoken``: the measure that the sentence before gave; "and 1.34 (1.18 to 1.52) for more" is one too.
    """
    named = [match for match in islice(MEASURE.finditer(sentence), MOST) if _is_measure(match)]
    found = list(accuracies_of(sentence))
    taken = [(low, high) for _, low, high in found]
    for match in islice(ESTIMATE.finditer(sentence), MOST):
        name = _name_for(named, match) or _carried(named, found, match)
        if name is None and not named and spoken is not None and _is_as_spoken(sentence, match, spoken):
            name = spoken
        if name is None and match["level"] is None and match["low"] is None:
            if _DECLARED.search(sentence, 0, match.start()) and (effect := _declared(match)) is not None:
                taken.append((match.start(), match.end()))
                found.append((effect, match.start(), match.end()))
            continue  # two numbers in brackets after a third may be anything
        effect = _with_interval(sentence, match, name)
        if effect is None or any(low <= match.start() < high for low, high in taken):
            continue
        taken.append((match.start(), match.end()))
        found.append((effect, match.start(), match.end()))
    in_words = list(told_lower_or_higher(sentence))
    taken += [(low, high) for _, low, high in in_words]
    found += in_words
    for match in named:
        value = VALUE_AFTER.match(sentence, match.end())
        if value is None or any(
            low <= value.start("value") < high or (match.start() >= low and match.end() <= high)
            for low, high in taken
        ):
            continue
        if any(other.start() > match.start() and other.end() <= value.start("value") for other in named):
            continue  # another name stands between
        effect = _bare(sentence, match, value)
        if effect is not None:
            taken.append((match.start(), value.end()))
            found.append((effect, match.start(), value.end()))
    for effect, low, high in differences_of(sentence):
        if not any(start < high and low < end for start, end in taken):
            taken.append((low, high))
            found.append((effect, low, high))
    for effect, low, high in _percent_effects(sentence):
        if not any(start < high and low < end for start, end in taken):
            taken.append((low, high))
            found.append((effect, low, high))
    ordered = sorted(found, key=lambda one: one[1])
    for index, (effect, low, high) in enumerate(ordered):
        until = ordered[index + 1][1] if index + 1 < len(ordered) else len(sentence)
        yield with_p(sentence, effect, high, min(until, high + 60)), low, high


# "(means (95% CI))": the brackets that follow are intervals
_DECLARED = expression(
    r"\((?:mean|median)?(?:s|\s?differences?)?\s?[,;]?\s?[\[(]?(?:\d{2}\s?%\s?)?"
    r"(?:CIs?|confidence intervals?)[\])]{1,2}",
    re.IGNORECASE,
)


def _declared(match: re.Match[str]) -> EffectEstimate | None:
    """A difference with the bare bracket behind it, where the sentence says that such are intervals."""
    if not match["blow"] or not (match["unit"] or "").strip():
        return None
    value = number_of(match["value"])
    low, high = number_of(match["blow"]), number_of(match["bhigh"])
    if not low <= value <= high:
        return None
    return EffectEstimate("mean-difference", value, low, high, Decimal(95), unit_of(match["unit"]))


PRINTED_RATIOS = frozenset({"hazard-ratio", "odds-ratio", "risk-ratio"})  # as abstracts name them
_RATIO_LIKE = expression(r"\d{1,2}[.·]\d{1,3}")


def _is_as_spoken(sentence: str, match: re.Match[str], spoken: str) -> bool:
    """Whether an estimate that names no measure may have that of the sentence before."""
    if spoken in PRINTED_RATIOS:
        return _is_ratio(match)
    return match["clow"] is not None and sentence[: match.start()].endswith(("(", "["))


def _is_ratio(match: re.Match[str]) -> bool:
    """Whether an estimate with a bare interval looks like a ratio: "1.08 (0.95 to 1.23)", without a unit."""
    numbers = (
        match["value"],
        match["low"] or match["blow"] or match["clow"],
        match["high"] or match["bhigh"] or match["chigh"],
    )
    plain = all(one is not None and _RATIO_LIKE.fullmatch(one.strip()) for one in numbers)
    return plain and not (match["unit"] or "").strip() and 0 < number_of(match["value"]) < 20


def _is_measure(match: re.Match[str]) -> bool:
    printed = match[0]
    if printed.isupper() or not printed.isalpha() or len(printed) > 5:
        return True
    return bool(CASED.fullmatch(printed)) or printed in ("rho", "beta", "Rho", "Beta", "d", "g")


def _measure_name(match: re.Match[str]) -> str:
    return MEASURES[int((match.lastgroup or "m0")[1:])][0]


def _name_for(named: list[re.Match[str]], match: re.Match[str]) -> str | None:
    """The measure named last before the number; a name inside the bracket after it wins."""
    inside = [one for one in named if match.start("value") <= one.start() < match.end()]
    if inside:
        return _measure_name(inside[0])
    after = [one for one in named if 0 <= one.start() - match.end() <= 4]
    before = [one for one in named if one.end() <= match.start("value") + 1]
    if before and match.start() - before[-1].end() <= 160:
        return _measure_name(before[-1])
    return _measure_name(after[0]) if after else None


def _carried(
    named: list[re.Match[str]], found: list[tuple[EffectEstimate, int, int]], match: re.Match[str]
) -> str | None:
    """The ratio of the estimate before, in a list whose first alone names it."""
    if not found or not _is_ratio(match):
        return None
    effect, _, end = found[-1]
    between = match.start() - end
    if effect.measure not in PRINTED_RATIOS or effect.low is None or not 0 <= between <= 80:
        return None
    return None if any(end <= one.start() < match.start() for one in named) else effect.measure


def _with_interval(sentence: str, match: re.Match[str], name: str | None) -> EffectEstimate | None:
    low_text = match["low"] or match["blow"] or match["clow"]
    high_text = match["high"] or match["bhigh"] or match["chigh"]
    value, low = number_of(match["value"]), number_of(low_text)
    high = number_of(re.sub(r"^[-−–]\s?", "", high_text) if _is_dash(sentence, match) else high_text)
    if low > high and value < 0 and high > 0:
        high = -high
    if low > high:
        low, high = high, low
    slack = abs(value) * Decimal("0.02")
    if value > 0 and high <= 0 and low - slack <= -value <= high + slack:
        value = -value  # "fell by 5.2 (95 % CI −7.1 to −3.3)"
    if not low - slack <= value <= high + slack:
        return None
    unit = unit_of(match["unit"])
    if unit is None and (behind := _UNIT_BEHIND.match(sentence, match.end())):
        unit = unit_of(behind["unit"])  # "by 19.03 (95% CI, 14.12 to 23.93) minutes"
    if name in _WITHOUT_UNIT and unit is not None and _BY.search(sentence[: match.start("value")]):
        name = None  # "(g = −0.85; ...) and shortened latency by 19 minutes": an effect of its own
    if name is None:
        if match["low"] is None or (_groupish(sentence, match) and not _told_better(sentence, match)):
            return None
        percent = unit == "percent" or _PERCENT.match(sentence, match.end("value")) is not None
        by = _BY.search(sentence[: match.start("value")]) or _told_better(sentence, match)
        if percent or not by:
            return None  # percentages with a direction are read by themselves
        name = "mean-difference"
        if value > 0 and low >= 0 and _falls(sentence, match.start("value")):
            value, low, high = -value, -high, -low
    if name == "percent-reduction" and unit != "percent":
        return None
    if name == "risk-difference" and unit not in (None, "percent", "percentage_point"):
        name = "mean-difference"  # "absolute difference, 3 mm Hg"
    level = number_of(match["level"]) if match["level"] else (Decimal(95) if match["low"] else None)
    return EffectEstimate(
        measure=name,
        value=value,
        low=low,
        high=high,
        level=level,
        unit=unit,
        adjusted=True if ADJUSTED.search(sentence, 0, match.end()) else None,
    )


_BETTER = expression(r"\s(?:better|worse)\b", re.IGNORECASE)


def _told_better(sentence: str, match: re.Match[str]) -> bool:
    """Whether an amount is told as so much better or worse: "8.7 points better (on a scale of 0 to 100)"."""
    return bool((match["unit"] or "").strip()) and _BETTER.match(sentence, match.end("unit")) is not None


_PERCENT = expression(r"\s?(?:%|per\s?cent\b)", re.IGNORECASE)
_UNIT_BEHIND = expression(rf"\s?[)\]]\s?(?P<unit>{UNITS})(?![A-Za-z])")


def _is_dash(sentence: str, match: re.Match[str]) -> bool:
    """Whether the sign before the upper end is really the dash of the range ("0.60-0.85")."""
    group = "high" if match["high"] else "bhigh"
    before = sentence[: match.start(group)].rstrip()
    return before[-1:].isdigit()


_BY = expression(r"\bby\s(?:an?\s(?:mean|average)\s(?:of\s)?|about\s|approximately\s)?$", re.IGNORECASE)
_WITHOUT_UNIT = PRINTED_RATIOS | {"standardised-mean-difference"}
_GROUPISH = expression(r"\b(?:median|mean|prevalence|incidence|proportion|rate|average)\b", re.IGNORECASE)


def _falls(sentence: str, end: int) -> bool:
    """Whether the last verb of change before ``end`` is one of less: "shortened latency by"."""
    last = None
    for last in _CHANGES.finditer(sentence, max(0, end - 80), end):  # noqa: B007 - the last one is wanted
        pass
    return last is not None and DOWN.match(last[0]) is not None


_CHANGES = expression(
    r"\b(?:fell|dropped|decreas|declin|reduc|lower|shorten|cut|los[et]|less|rose|increas|rais|lengthen"
    r"|extend|prolong|gain|improv)\w*",
    re.IGNORECASE,
)


def _groupish(sentence: str, match: re.Match[str]) -> bool:
    return _GROUPISH.search(sentence, max(0, match.start() - 60), match.start()) is not None


def _bare(sentence: str, name: re.Match[str], value: re.Match[str]) -> EffectEstimate | None:
    measure = _measure_name(name)
    number = number_of(value["value"])
    unit = unit_of(value["unit"])
    if measure in PRINTED_RATIOS and (unit is not None or not 0 < number < 200):
        return None
    if measure == "correlation" and abs(number) > 1:
        return None
    if measure == "percent-reduction" and unit != "percent":
        return None
    if (
        measure in ("mean-difference", "other", "median-difference")
        and value.start("value") - name.end() > 25
    ):
        return None
    if re.match(r"\s?(?:years?|patients|participants|studies|trials|groups)\b", sentence[value.end() :]):
        return None
    if measure == "mean-difference" and _CHANGE.match(name[0]) and _OTHER_GROUP.match(sentence, value.end()):
        return None  # "mean change, −0.24 mm vs −0.13 mm": what each group changed, not how they differ
    return EffectEstimate(
        measure=measure,
        value=number,
        unit=unit,
        adjusted=True if ADJUSTED.search(sentence, 0, value.end()) else None,
    )


_CHANGE = expression(r"(?:mean|net)\s(?:change|reduction|increase|decrease)", re.IGNORECASE)
_OTHER_GROUP = expression(rf"[^.;]{{0,60}}?\s(?:{SET_AGAINST}|v\.?|and)\s", re.IGNORECASE)


def _percent_effects(sentence: str) -> Iterator[tuple[EffectEstimate, int, int]]:
    """ "reduced by 12% (95% CI 8 to 16)" and "a 23 % lower risk"."""
    for cue in words(sentence):
        if cue.kind != "percent" or cue.low <= 0 or not cue.high.is_finite():
            continue
        quantity = next(
            (one for one in quantities.find(sentence[cue.start : cue.end]) if one.unit == "percent"), None
        )
        if quantity is None or quantity.high is not None:
            continue
        measure = "percent-reduction" if cue.direction == "down" else "percent-change"
        effect, end = _percent(sentence, measure, quantity.value, cue.end)
        yield effect, cue.start, end
        again = _AND_BY.match(sentence, end)
        while again is not None:
            effect, end = _percent(sentence, measure, number_of(again["value"]), again.end())
            yield effect, again.start("value"), end
            again = _AND_BY.match(sentence, end)


# "reduced it by 58 percent (...) and metformin by 31 percent (...)": the verb is not said again
_AND_BY = expression(
    r"[)\]]?\s?,?\s(?:and|but|while|whereas)\s(?:[a-z][\w-]*\s){1,6}?by\s(?P<value>\d{1,3}(?:[.·]\d{1,2})?)\s?(?:%|per\s?cent)",
    re.IGNORECASE,
)
_THEN_PERCENT_INTERVAL = expression(
    rf"[^\d;.]{{0,50}}?\s?[,;]?\s?[\[(]?\s?{INTERVAL}(?:\s?(?:%|per\s?cent))?"
)


def _percent(sentence: str, measure: str, value: Decimal, end: int) -> tuple[EffectEstimate, int]:
    """A change in percent with the interval behind it, and where that ends."""
    match = _THEN_PERCENT_INTERVAL.match(sentence, end, end + 90)
    low = high = level = None
    if match is not None:
        low, high = sorted((abs(number_of(match["low"])), abs(number_of(match["high"]))))
        level = number_of(match["level"]) if match["level"] else Decimal(95)
        end = match.end()
        if not low <= value <= high:
            low = high = level = None
    return EffectEstimate(measure, value, low, high, level, "percent"), end
