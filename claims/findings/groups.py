"""What two groups measured, where a sentence sets their values against each other."""

from __future__ import annotations

import re
from decimal import Decimal

from claims.expressions import expression
from claims.findings.arms import PEOPLE, SUMMARY, TIME, label_of, summary_before
from claims.findings.printed import INTERVAL, NUM, UNIT, number_of, unit_of
from claims.findings.rows import in_a_row, one_after_another, row_behind
from graph.evidence import GroupValue


def _value_of(side: str) -> str:
    spread = (
        rf"(?:\s?(?:±|\+/-)\s?{NUM})?(?P<{side}after>{UNIT})"
        rf"(?P<{side}per>(?:\s[a-z]{{3,15}})?\sper\s1?[\d,]*\s?[a-z]+(?:[-‐ ][a-z]+)?)?"
    )
    bracket = rf"(?:\s?[\[(](?P<{side}extra>[^()\[\]]{{1,70}})[\])])?"
    return rf"(?P<{side}value>{NUM})(?P<{side}unit>{UNIT}){spread}{bracket}"


def _label_of(side: str) -> str:
    words_of = (
        rf"(?P<{side}label>(?!{TIME})(?:[A-Za-z]|\d[\d,.]{{0,8}}\s?(?:m?c?g|mcg|IU|mL|ml|kcal|hours?)\b)"
        rf"(?:[^,;().\d]|\d[\d.]{{0,6}}\s?(?:m?c?g|IU|mL|ml)\b){{0,60}}?)"
    )
    return rf"\s(?:of|in|for|among|with|at|on)\s(?:the\s)?{words_of}"


_VERSUS = expression(
    rf"{_value_of('a')}(?:{_label_of('a')}(?:\s\([^()]{{1,70}}\))?)?"
    rf"\s?,?\s(?P<sep>v(?:(?:ersu)?s)?\.?|compared (?:with|to)|against"
    r"|and)"
    rf"\s(?:an?\s|only\s|the\s|by\s|just\s|in\s)?{_value_of('b')}"
    rf"(?:{_label_of('b')}(?=\s?[,;.()\]]|$|\s(?:and|but|at|after|over|during|while|respectively)\b)"
    rf"|(?=[\s,;.)\]]|$))"
)
# each value behind its group: faster with cherry (3.02 ± 0.11 s) than with placebo (3.09 ± 0.12 s)
_BRACKETED = expression(
    rf"\s(?:with|in|for|on|among|after)\s(?:the\s)?(?P<alabel>(?!{TIME})[A-Za-z][^,;().\d]{{1,50}}?)\s"
    rf"[\[(](?P<avalue>{NUM})(?P<aunit>{UNIT})(?:\s?(?:±|\+/-|\[|\()\s?{NUM}[\])]?)?(?P<aafter>{UNIT})[\])]\s"
    rf"(?P<sep>than|v(?:(?:ersu)?s)?\.?|compared (?:with|to)|and)\s(?:with|in|for|on|among|after)\s(?:the\s)?"
    rf"(?P<blabel>(?!{TIME})[A-Za-z][^,;().\d]{{1,50}}?)\s"
    rf"[\[(](?P<bvalue>{NUM})(?P<bunit>{UNIT})(?:\s?(?:±|\+/-|\[|\()\s?{NUM}[\])]?)?(?P<bafter>{UNIT})(?=\s?[\])),;])"
)
_COUNT = expression(r"^\s?(?:n\s?=\s?)?\d+\s?(?:/|of|out of)\s?\d+")


# "-0.04 mmol/L with 0 g, -0.19 mmol/L with 3 g and ...": the last two of three
_THIRD = expression(rf"{NUM}{UNIT}\s(?:with|in|for|among|on|after)\s[^,;.()]{{1,40}},\s$")


def groups_of(sentence: str) -> tuple[GroupValue, ...]:
    """What groups measured, where a sentence sets their values against each other."""
    several = one_after_another(sentence) or in_a_row(sentence) or row_behind(sentence)
    if several:
        return several
    counted = _counted(sentence)
    if counted:
        return counted
    for match in _VERSUS.finditer(sentence):
        if _before_and_after(sentence, match) or _THIRD.search(
            sentence, max(0, match.start() - 80), match.start()
        ):
            continue
        if (
            match["sep"] == "and"
            and not (match["alabel"] and match["blabel"])
            and not re.search(r"\brespectively\b", sentence)
        ):
            continue
        units = _units(match)
        if len(units) > 1:
            continue
        unit = next(iter(units), None)
        if unit in _OF_TIME and _WHEN.search(sentence, max(0, match.start() - 12), match.start()):
            continue  # "had it at 12 months compared with 18 of ...": when, not how much
        if unit == "percent" and any(number_of(match[side]) > 100 for side in ("avalue", "bvalue")):
            continue  # "45.6% of 149 on diet, 4% of 149 on usual care": how many they were
        summary = summary_before(sentence, match.start())
        near = sentence[max(0, match.start() - 60) : match.start()]
        rates = match["aper"] is not None and match["bper"] is not None
        if match["sep"] == "and" and unit is None and not rates and not SUMMARY.search(near):
            continue  # "differences of 0.36, 0.21 and 0.23, respectively"
        measure = "percent" if unit == "percent" else ("median" if summary == "median" else "mean")
        if measure == "mean" and summary is None and unit is None and not rates and "±" not in match[0]:
            continue
        labels = [label_of(match["alabel"]), label_of(match["blabel"])]
        if labels == [None, None]:
            labels = _named_before(sentence, match.start())
        values = []
        for side, label, name in (("a", labels[0], "first group"), ("b", labels[1], "second group")):
            low, high, level = _inner(match[f"{side}extra"])
            values.append(
                GroupValue(
                    label or name,
                    measure,
                    number_of(match[f"{side}value"]),
                    low,
                    high,
                    level,
                    unit,
                    _size(match[f"{side}extra"]),
                )
            )
        return tuple(values)
    return _bracketed(sentence)


_OF_TIME = frozenset({"day", "week", "month", "year"})
_WHEN = expression(r"\b(?:at|after|for|over|within|by|until|aged?)\s$", re.IGNORECASE)


def _units(match: re.Match[str]) -> set[str]:
    """The units of two values: none where neither has one, two where they do not compare."""
    units = (unit_of(match[f"{side}unit"]) or unit_of(match[f"{side}after"]) for side in ("a", "b"))
    return {unit for unit in units if unit}


def _bracketed(sentence: str) -> tuple[GroupValue, ...]:
    """What two groups measured, each behind its name."""
    match = _BRACKETED.search(sentence)
    if match is None:
        return ()
    units = _units(match)
    if len(units) != 1:
        return ()
    (unit,) = units
    median = summary_before(sentence, match.start()) == "median"
    measure = "percent" if unit == "percent" else "median" if median else "mean"
    return tuple(
        GroupValue(
            label_of(match[f"{side}label"]) or name, measure, number_of(match[f"{side}value"]), unit=unit
        )
        for side, name in (("a", "first group"), ("b", "second group"))
    )


_IN_THE_GROUPS = expression(
    r"\b(?:in|with|among) (?:the )?(?P<a>[A-Za-z][\w -]{1,40}?)(?: (?:group|arm))? than "
    r"(?:in|with|among) (?:the )?(?P<b>[A-Za-z][\w -]{1,40}?)(?: (?:group|arm))?\s?[,(\[]"
)
# with both named before: among participants in the intermittent and continuous groups (8.0 kg versus 9.0 kg
_BOTH_GROUPS = expression(
    r"\b(?:of|in|with|between|among) (?:the )?(?P<a>[a-zA-Z][\w-]{1,30}(?: [\w-]{2,20})?) and (?:the )?"
    r"(?P<b>[a-zA-Z][\w-]{1,30}(?: [\w-]{2,20}){0,2}?) (?:groups|arms|diets|participants)\s?[,(\[]"
)


def _named_before(sentence: str, at: int) -> list[str | None]:
    """The groups of "higher in the aspirin group than in the placebo group (3.8% vs. 2.8%"."""
    for pattern in (_IN_THE_GROUPS, _BOTH_GROUPS):
        named = None
        for named in pattern.finditer(sentence, max(0, at - 140), at):  # noqa: B007 - the last one before
            pass
        if named is not None and at - named.end() <= 12:
            return [label_of(named["a"]), label_of(named["b"])]
    return [None, None]


_BEFORE = expression(
    r"\b(?:from|at baseline|before(?: treatment| the)?|pre-?(?:test|treatment|intervention)|initially)"
    r"(?:\s(?:a|an|the|mean|median|of|value|score|was|were))*\s?[\[(]?$",
    re.IGNORECASE,
)
_AFTER = expression(
    rf"\s?[\])]?\s?,?\s(?:(?:points?|units?)\s)?(?:at|by|in|after|before|during|on)?\s?(?:{TIME})\b|"
    rf"\s?\(?(?:before|baseline|pre)\b",
    re.IGNORECASE,
)


def _before_and_after(sentence: str, match: re.Match[str]) -> bool:
    """Whether the two values are one group's at two times: "7.9 % at baseline and 7.1 % at week 12"."""
    if _BEFORE.search(sentence, max(0, match.start() - 40), match.start()):
        return True
    if match["alabel"] is None and _AFTER.match(sentence, match.end("aunit")):
        return True
    return (
        match["blabel"] is None
        and match["alabel"] is None
        and _AFTER.match(sentence, match.end()) is not None
    )


_FEW = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"


def _share_of(side: str) -> str:
    count = (
        rf"(?P<{side}count>\d{{1,6}}|{_FEW})(?:\s(?:of|out of)\s(?P<{side}size>\d{{1,6}})"
        rf"|/(?P<{side}size2>\d{{1,6}}))?"
    )
    share = (
        rf"[\[(](?:(?P<{side}c3>\d+)(?:/|\sof\s)(?P<{side}size3>\d+)[;,]\s)?"
        rf"(?P<{side}share>\d{{1,3}}(?:[.·]\d{{1,2}})?)\s?%[^\])]{{0,40}}[\])]"
    )
    return rf"{count}(?:\s[a-z][a-z-]*){{0,3}}\s?{share}(?:\sof\s(?P<{side}size4>\d{{1,6}})(?:\s{PEOPLE})?)?"


# "given 5 days", "with 20 mg": a group that is named by what it got
_AMOUNT = r"\d{1,4}(?:\.\d+)?\s?(?:days?|weeks?|months?|hours?|min(?:utes)?|m?c?g|mL|ml|IU|doses?)\b"


def _who(side: str) -> str:
    return (
        rf"(?:\s(?:(?!in\b|on\b|with\b|of\b|and\b)[a-z][a-z-]*\s){{0,2}}(?:in|on|with|of|among|given"
        rf"|taking|receiving|assigned to)"
        rf"\s(?:the\s|those\s|an?\s)?(?P<{side}label>(?!{TIME})"
        rf"(?:[A-Za-z][^,;().\[\d]{{1,60}}?|{_AMOUNT}[^,;().\[\d]{{0,60}}?))"
        rf"|\s(?P<{side}kind>cases|controls|boys|girls|men|women|(?:non-?)?users|(?:non-?)?smokers)\b)?"
    )


_WHO_ENDS = (
    r"(?=\s?[,;.()\[\]]|$"
    r"|\s(?:and|but|at|after|over|during|while|came|had|developed|used|were|respectively)\b)"
)
# "had an egg allergy at 12 months compared with"
_HAD = r"(?:\s(?:had|developed|got|experienced|reported|were|was)\s[^,;().]{1,60}?)?"
_COUNTED = expression(
    rf"{_share_of('a')}{_who('a')}{_HAD}\s?,?\s"
    rf"(?:v(?:(?:ersu)?s)?\.?|compared (?:with|to)|against|and|than)\s"
    rf"(?:(?:in|for|with|only|the)\s)?{_share_of('b')}"
    rf"(?:{_who('b')}{_WHO_ENDS}|(?=\W|$))"
)


def _counted(sentence: str) -> tuple[GroupValue, ...]:
    """ "15 of 752 women (2.0%) in the aspirin group and 34 of 760 (4.5%) in the placebo group"."""
    if "%" not in sentence:
        return ()
    match = _COUNTED.search(sentence)
    if match is None:
        return ()
    values = []
    for side, name in (("a", "first group"), ("b", "second group")):
        size = next((match[f"{side}size{n}"] for n in ("", "2", "3", "4") if match[f"{side}size{n}"]), None)
        values.append(
            GroupValue(
                label_of(match[f"{side}label"]) or match[f"{side}kind"] or name,
                "percent",
                number_of(match[f"{side}share"]),
                unit="percent",
                size=int(size) if size else None,
            )
        )
    return tuple(values)


def _inner(extra: str | None) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """The interval in the bracket after a group's value."""
    if extra is None:
        return None, None, None
    match = re.search(INTERVAL, extra)
    if match is not None:
        return (
            number_of(match["low"]),
            number_of(match["high"]),
            number_of(match["level"]) if match["level"] else Decimal(95),
        )
    bare = re.fullmatch(rf"\s?({NUM}){UNIT}\s?(?:[-–—‐‑]|to)\s?({NUM}){UNIT}\s?", extra)
    if bare is not None and not re.search(r"\bIQR\b|SD", extra):
        return number_of(bare[1]), number_of(re.sub(r"^[-−–]\s?", "", bare[2])), None
    return None, None, None


def _size(extra: str | None) -> int | None:
    match = re.search(r"(?:/|of|out of)\s?(\d{1,6})\b", extra or "") if _COUNT.match(extra or "") else None
    return int(match[1]) if match else None
