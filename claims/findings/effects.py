"""Effect estimates in a sentence, with their intervals and p values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from claims import quantities
from claims.findings.accuracy import accuracies_of
from claims.findings.printed import (
    ADJUSTED,
    CASED,
    EACH,
    ESTIMATE,
    INTERVAL,
    LEVEL,
    MEASURE,
    MEASURES,
    NUM,
    UNIT,
    UNITS,
    VALUE_AFTER,
    P,
    number_of,
    unit_of,
)
from claims.magnitude import words
from graph.evidence import EffectEstimate

_MOST = 300  # estimates looked at in one sentence: no sentence of an abstract holds a tenth of it


def effects_of(sentence: str, spoken: str | None = None) -> Iterator[tuple[EffectEstimate, int, int]]:
    """The estimates of a sentence: first those with an interval, then named ones without.

    ``spoken``: the ratio that the sentence before gave; "and 1.34 (1.18 to 1.52) for more" is one too.
    """
    named = [match for match in islice(MEASURE.finditer(sentence), _MOST) if _is_measure(match)]
    found = list(accuracies_of(sentence))
    taken = [(low, high) for _, low, high in found]
    for match in islice(ESTIMATE.finditer(sentence), _MOST):
        name = _name_for(named, match)
        if name is None and not named and spoken is not None and _is_ratio(match):
            name = spoken
        if name is None and match["level"] is None and match["low"] is None:
            continue  # two numbers in brackets after a third may be anything
        effect = _with_interval(sentence, match, name)
        if effect is None or any(low <= match.start() < high for low, high in taken):
            continue
        taken.append((match.start(), match.end()))
        found.append((effect, match.start(), match.end()))
    in_words = list(_told_lower_or_higher(sentence))
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
    for effect, low, high in (
        *_before_their_way(sentence),
        *_plain_differences(sentence),
        *_with_error(sentence),
    ):
        if not any(start < high and low < end for start, end in taken):
            taken.append((low, high))
            found.append((effect, low, high))
    for effect, low, high in _percent_effects(sentence):
        if not any(start < high and low < end for start, end in taken):
            found.append((effect, low, high))
    ordered = sorted(found, key=lambda one: one[1])
    for index, (effect, low, high) in enumerate(ordered):
        until = ordered[index + 1][1] if index + 1 < len(ordered) else len(sentence)
        yield _with_p(sentence, effect, high, min(until, high + 60)), low, high


PRINTED_RATIOS = frozenset({"hazard-ratio", "odds-ratio", "risk-ratio"})  # as abstracts name them
_RATIO_LIKE = re.compile(r"\d{1,2}[.·]\d{1,3}")


def _is_ratio(match: re.Match[str]) -> bool:
    """Whether an estimate with a bare interval looks like a ratio: "1.08 (0.95 to 1.23)", without a unit."""
    numbers = (match["value"], match["blow"] or match["clow"], match["bhigh"] or match["chigh"])
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
        if match["low"] is None or _groupish(sentence, match):
            return None
        percent = unit == "percent" or _PERCENT.match(sentence, match.end("value")) is not None
        if percent or not _BY.search(sentence[: match.start("value")]):
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


_PERCENT = re.compile(r"\s?(?:%|per\s?cent\b)", re.IGNORECASE)
_UNIT_BEHIND = re.compile(rf"\s?[)\]]\s?(?P<unit>{UNITS})(?![A-Za-z])")


def _is_dash(sentence: str, match: re.Match[str]) -> bool:
    """Whether the sign before the upper end is really the dash of the range ("0.60-0.85")."""
    group = "high" if match["high"] else "bhigh"
    before = sentence[: match.start(group)].rstrip()
    return before[-1:].isdigit()


_BY = re.compile(r"\bby\s(?:an?\s(?:mean|average)\s(?:of\s)?|about\s|approximately\s)?$", re.IGNORECASE)
_WITHOUT_UNIT = PRINTED_RATIOS | {"standardised-mean-difference"}
_GROUPISH = re.compile(r"\b(?:median|mean|prevalence|incidence|proportion|rate|average)\b", re.IGNORECASE)


def _falls(sentence: str, end: int) -> bool:
    """Whether the last verb of change before ``end`` is one of less: "shortened latency by"."""
    last = None
    for last in _CHANGES.finditer(sentence, max(0, end - 80), end):  # noqa: B007 - the last one is wanted
        pass
    return last is not None and _DOWN.match(last[0]) is not None


_CHANGES = re.compile(
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


_CHANGE = re.compile(r"(?:mean|net)\s(?:change|reduction|increase|decrease)", re.IGNORECASE)
_OTHER_GROUP = re.compile(
    r"[^.;]{0,60}?\s(?:vs?\.?|versus|compared (?:with|to)|and|against)\s", re.IGNORECASE
)


def _with_p(sentence: str, effect: EffectEstimate, start: int, end: int) -> EffectEstimate:
    match = P.search(sentence, start, max(start, end))
    if match is None or effect.p_value is not None:
        return effect
    bound = {"<": "less-than", "≤": "less-than", ">": "greater-than", "≥": "greater-than"}.get(match["sign"])
    return replace(effect, p_value=number_of(match["p"]), p_bound=bound)


def _amount(side: str) -> str:
    return rf"(?P<{side}value>\d{{1,5}}(?:[.·]\d{{1,3}})?)(?P<{side}unit>\s?(?:{UNITS}))(?![A-Za-z])"


# "MD 0.02 points lower, 95% CI 0.06 lower to 0.02 higher": signs in words
_WAYS = "lower|higher|fewer|more|shorter|longer"
_IN_WORDS = re.compile(
    r"(?P<name>SMD|MD|(?:standardi[sz]ed )?mean difference(?: \(S?MD\))?|difference)\s?[:=]?\s"
    rf"(?P<value>{NUM})(?P<unit>{UNIT})(?:\s[a-z]+)?\s(?P<way>{_WAYS}),?\s[\[(]?{LEVEL}\s?[:=]?\s?"
    rf"(?P<low>{NUM}){UNIT}(?:\s(?P<lowway>{_WAYS}))?\sto\s(?P<high>{NUM}){UNIT}\s(?P<highway>{_WAYS})\b"
)
_BELOW = frozenset({"lower", "fewer", "shorter"})


def _told_lower_or_higher(sentence: str) -> Iterator[tuple[EffectEstimate, int, int]]:
    """Differences whose signs are told in words, as summaries of reviews do."""
    for match in islice(_IN_WORDS.finditer(sentence), _MOST):
        signed = [
            -number_of(match[side]) if (match[way] or match["highway"]) in _BELOW else number_of(match[side])
            for side, way in (("value", "way"), ("low", "lowway"), ("high", "highway"))
        ]
        low, high = sorted(signed[1:])
        if not low <= signed[0] <= high:
            continue
        name = "standardised-mean-difference" if match["name"].lower().startswith("s") else "mean-difference"
        yield (
            EffectEstimate(name, signed[0], low, high, number_of(match["level"]), unit_of(match["unit"])),
            match.start(),
            match.end(),
        )


# how much before which way: LDL was 0.15 mmol/L (95% CI: 0.03, 0.27; P = 0.014) lower with 3 g/d
_BEFORE_ITS_WAY = re.compile(
    rf"{_amount('told')}\s[\[(]\s?{INTERVAL}{UNIT}(?P<rest>[^()\[\]]{{0,40}})[)\]]\s"
    r"(?P<way>lower|less|shorter|smaller|fewer|higher|more|longer|greater|larger)\b"
)


def _before_their_way(sentence: str) -> Iterator[tuple[EffectEstimate, int, int]]:
    """Differences that are told as more or less behind the bracket with their interval."""
    for match in islice(_BEFORE_ITS_WAY.finditer(sentence), _MOST):
        value = number_of(match["toldvalue"])
        low, high = sorted((number_of(match["low"]), number_of(match["high"])))
        if not low <= value <= high:
            continue
        if _DOWN.match(match["way"]):
            value, low, high = -value, -high, -low
        level = number_of(match["level"]) if match["level"] else Decimal(95)
        effect = EffectEstimate("mean-difference", value, low, high, level, unit_of(match["toldunit"]))
        yield _with_p(sentence, effect, match.start("rest"), match.end("rest")), match.start(), match.end()


_DIFFERENCE = re.compile(
    r"(?:\b(?P<verb>fell|dropped|decreas\w+|declin\w+|reduc\w+|lower\w*|shorten\w*|cut|rose|increas\w+"
    r"|rais\w+|lengthen\w*|extend\w*|prolong\w*|gain\w*|los\w+)\b[^.;\d]{0,60}?"
    rf"\bby\s(?:an?\s(?:mean|average)\sof\s|about\s|approximately\s)?{_amount('by')}"
    rf"|\b(?:was|were)\s(?:about\s|approximately\s|on average\s)?{_amount('was')}"
    r"\s(?P<way>lower|less|shorter|smaller|fewer|higher|more|longer|greater|larger)\b"
    rf"|{_amount('told')}(?:\s(?:per|an?|each|every)\s\w+)?"
    r"\s(?P<how>lower|less|shorter|fewer|lighter|sooner|faster|earlier|higher|more|longer|later|heavier)\b)",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"\b(?:than|compared (?:with|to)|versus|vs\.?|relative to)\b", re.IGNORECASE)
_THEN_INTERVAL = re.compile(rf"[^\d;.]{{0,90}}?[\[(]\s?{INTERVAL}")
_NEXT_INTERVAL = re.compile(rf"(?:\s[a-z][\w-]*){{0,6}}\s?[\[(]\s?{INTERVAL}")
_DOWN = re.compile(
    r"fell|dropped|decreas|declin|reduc|lower|shorten|cut|los|less|shorter|smaller|fewer|lighter|sooner|faster"
    r"|earlier",
    re.IGNORECASE,
)


def _plain_differences(sentence: str) -> Iterator[tuple[EffectEstimate, int, int]]:
    """ "fell by 7.7 mm Hg more than with placebo (95% CI 3.6 to 11.8)", "was 9 minutes shorter than ...".

    Only between groups: a change since the start of a study is no effect.
    """
    for match in _DIFFERENCE.finditer(sentence):
        rest = sentence[match.end() : match.end() + 200]
        contrast = match["way"] is not None and (
            _AGAINST.search(sentence[: match.start()]) is not None or _THEN_INTERVAL.match(rest) is not None
        )
        if match["how"]:  # "slept 21 minutes longer (95% CI 11 to 31)": only with its own interval
            if not _NEXT_INTERVAL.match(rest):
                continue
        elif not contrast and not _AGAINST.search(rest):
            continue
        value = number_of(match["byvalue"] or match["wasvalue"] or match["toldvalue"])
        unit = unit_of(match["byunit"] or match["wasunit"] or match["toldunit"])
        sign = -1 if _DOWN.match(match["way"] or match["how"] or match["verb"]) else 1
        inner = _THEN_INTERVAL.match(rest)
        low = high = level = None
        end = match.end()
        if inner is not None:
            low, high = sorted((number_of(inner["low"]), number_of(inner["high"])))
            if low <= value <= high:
                level = number_of(inner["level"]) if inner["level"] else Decimal(95)
                end += inner.end()
                low, high = sorted((sign * low, sign * high))
            elif low <= sign * value <= high:
                level = number_of(inner["level"]) if inner["level"] else Decimal(95)
                end += inner.end()
            else:
                low = high = None
        yield EffectEstimate("mean-difference", sign * value, low, high, level, unit), match.start(), end


# as in: intake was greater on the one diet (508 ± 106 kcal/day; p = 0.0001), with more fat (230 ± 53 ...)
_MORE_OR_LESS = re.compile(
    r"\b(?:was|were)\s(?:\w+ly\s)?(?P<way>greater|higher|larger|longer|more|lower|less|smaller|shorter|fewer)\b"
    r"|\b(?P<again>increased|decreased|reduced|greater|higher|lower|more|less)\b"
)
_ERROR_IN_BRACKET = re.compile(
    rf"[\[(](?P<value>{NUM})\s?(?:±|\+/-)\s?{NUM}(?P<unit>\s?(?:{UNITS})(?![A-Za-z]){EACH})\s?[;,]\s?(?=[pP]\s?[=<>])"
)


def _with_error(sentence: str) -> Iterator[tuple[EffectEstimate, int, int]]:
    """Differences with a standard error in one bracket behind "was greater" or "was lower"."""
    if "±" not in sentence and "+/-" not in sentence:
        return
    first = next((one for one in _MORE_OR_LESS.finditer(sentence) if one["way"]), None)
    if first is None:
        return
    way = first["way"]
    last = first.end()
    for match in islice(_ERROR_IN_BRACKET.finditer(sentence, first.end()), _MOST):
        again = list(_MORE_OR_LESS.finditer(sentence, last, match.start()))
        if again:
            way = again[-1]["way"] or again[-1]["again"]
        value = number_of(match["value"])
        if value > 0 and _DOWN.match(way):
            value = -value
        yield (
            EffectEstimate("mean-difference", value, unit=unit_of(match["unit"])),
            match.start("value"),
            match.end(),
        )
        last = match.end()


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
_AND_BY = re.compile(
    r"[)\]]?\s?,?\s(?:and|but|while|whereas)\s(?:[a-z][\w-]*\s){1,6}?by\s(?P<value>\d{1,3}(?:[.·]\d{1,2})?)\s?(?:%|per\s?cent)",
    re.IGNORECASE,
)
_THEN_PERCENT_INTERVAL = re.compile(
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
