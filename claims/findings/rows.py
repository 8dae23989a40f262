"""What three groups or more measured, told one after the other, or in one row."""

from __future__ import annotations

import re
from dataclasses import replace

from claims.expressions import expression
from claims.findings.arms import PEOPLE, TIME, label_of, summary_before
from claims.findings.printed import NUM, UNIT, number_of, unit_of
from graph.evidence import GroupValue

_N = r"\d[\d,]{0,9}"
_OF_WHOM = rf"(?:\s(?:of\s)?(?:the\s)?(?:{_N}\s)?(?:{PEOPLE}|those\b|events\b|cases\b|deaths\b)|\sof\s{_N})?"
_ARM = (
    rf"\s(?:in|with|for|among|on|after|at)\s(?:the\s|those\s)?(?P<label>(?!{TIME})"
    r"(?:[A-Za-z]|\d[\d.]{0,6}\s?(?:m?c?g|IU|mL|ml|kcal|hours?|min)\b)[^,;().\d]{0,70}?)"
)
# "12 of 100 patients (12%) in the A group", "-0.4 mmol/L with 3 g": a value, then whose it is
_COUNTED = rf"{_N}(?:\s?/\s?\d{{1,7}}|\sof\s{_N})?(?:\s(?!in\b|with\b|on\b)[a-z]{{1,20}}){{0,2}}"
_SHARE = rf"\s\((?P<share>{NUM})\s?%[^()]{{0,40}}\)"
_VALUE = (
    rf"(?P<value>{NUM})(?P<unit>{UNIT})(?:\s?(?:±|\+/-)\s?{NUM}{UNIT})?"
    rf"(?:\s[\[(][^()\[\]]{{1,50}}[\])])?{_OF_WHOM}"
)
_VALUE_THEN_ARM = expression(
    rf"(?<![\d,.·])(?:{_COUNTED}{_SHARE}|{_VALUE}){_ARM}"
    r"(?=\s?[,;.)]|\sand\s|\s(?:compared|versus|vs)\b|$)"
)
# "96 events in the group assigned to oil (3.8%)": whose it is, then the value
_ARM_THEN_VALUE = expression(rf"(?<![\d,.·]){_COUNTED}{_ARM}{_SHARE}")
# "11.0, 7.8, and 4.8 cases per 100 person-years in the placebo, metformin, and lifestyle groups"
_ROW = rf"{NUM}{UNIT}(?:\s?(?:±|\+/-)\s?{NUM}{UNIT})?"
_NAME = r"[A-Za-z][\w -]{0,40}?"
_IN_A_ROW = expression(
    rf"(?<![\d,.·])(?P<values>{_ROW}(?:,\s{_ROW}){{0,4}},?\sand\s{_ROW})"
    rf"(?P<rest>[^,;.()\d]{{0,40}}(?:\sper\s1?[\d,]{{0,9}}\s?[a-z-]{{1,30}}(?:\sof\s[a-z-]{{1,20}})?)?)"
    rf"\s(?:in|with|for|among|on|after)\s(?:the\s)?"
    rf"(?P<labels>{_NAME}(?:,\s(?:the\s)?{_NAME}){{0,4}},?\sand\s(?:the\s)?{_NAME})"
    r"(?:\s(?:groups|arms))?(?=,\srespectively|\s(?:groups|arms)\b|\s?\(|[;.]|$)"
)
_ONE_OF_ROW = expression(rf"(?P<value>{NUM})(?P<unit>{UNIT})(?:\s?(?:±|\+/-)\s?{NUM}{UNIT})?")
_NEXT_LABEL = expression(r",\s(?:and\s)?(?:the\s)?|\sand\s(?:the\s)?")


def in_a_row(sentence: str) -> tuple[GroupValue, ...]:
    """What groups measured, where first the values are told and then, in the same order, whose they are."""
    if "respectively" not in sentence and " groups" not in sentence and " arms" not in sentence:
        return ()
    for match in _IN_A_ROW.finditer(sentence):
        values = list(_ONE_OF_ROW.finditer(match["values"]))
        labels = _NEXT_LABEL.split(match["labels"])
        units = {unit for one in values if (unit := unit_of(one["unit"]))}
        if len(values) != len(labels) or len(units) > 1 or re.match(TIME, match["labels"]):
            continue
        unit = next(iter(units), None)
        summary = summary_before(sentence, match.start())
        if unit is None and summary is None and " per " not in match["rest"] and "±" not in match["values"]:
            continue
        measure = "percent" if unit == "percent" else "median" if summary == "median" else "mean"
        return tuple(
            GroupValue(label, measure, number_of(one["value"]), unit=unit)
            for one, label in zip(values, labels, strict=True)
        )
    return ()


# as in: the control, statin, and diet groups had decreases of 8.0% (2.1%), 30.9% (3.6%), and 28.6% (3.2%)
_ASIDE = r"(?:\s?[\[(][^()\[\]]{1,30}[\])]){0,2}"
_ROW_BEHIND = expression(
    rf"\b[Tt]he\s(?P<labels>{_NAME}(?:,\s(?:the\s)?{_NAME}){{0,4}},?\sand\s(?:the\s)?{_NAME})\s(?:groups|arms)\b"
    rf"[^.;\d]{{1,120}}?(?P<values>{_ROW}{_ASIDE}(?:,\s{_ROW}{_ASIDE}){{0,4}},?\sand\s{_ROW}{_ASIDE}),?\srespectively"
)


def row_behind(sentence: str) -> tuple[GroupValue, ...]:
    """What groups measured, where first the groups are named and then, in the same order, their values."""
    match = _ROW_BEHIND.search(sentence) if "respectively" in sentence else None
    if match is None:
        return ()
    plain = re.sub(r"[\[(][^()\[\]]*[\])]", "", match["values"])
    values = list(_ONE_OF_ROW.finditer(plain))
    labels = _NEXT_LABEL.split(match["labels"])
    units = {unit_of(one["unit"]) for one in values}
    if len(values) != len(labels) or len(units) != 1 or None in units:
        return ()
    (unit,) = units
    return tuple(
        GroupValue(label, "percent" if unit == "percent" else "mean", number_of(one["value"]), unit=unit)
        for one, label in zip(values, labels, strict=True)
    )


_NEXT_ARM = expression(
    r"\s?[,;]?\s?(?:(?:and|as compared with|compared with|versus|vs\.?)\s)?(?:only\s|by\s)?$"
)


def one_after_another(sentence: str) -> tuple[GroupValue, ...]:
    """What three groups or more measured, one after the other."""
    for pattern in (_VALUE_THEN_ARM, _ARM_THEN_VALUE):
        row: list[re.Match[str]] = []
        for match in pattern.finditer(sentence):
            if row and not _NEXT_ARM.fullmatch(sentence[row[-1].end() : match.start()]):
                if len(row) > 2:
                    break
                row = []
            row.append(match)
        found = [_of_arm(one) for one in row] if len(row) > 2 else []
        if found and len({group.unit for group in found}) == 1 and found[0].unit is not None:
            summary = summary_before(sentence, row[0].start())
            if summary == "median":
                found = [replace(one, measure="median") if one.measure == "mean" else one for one in found]
            return tuple(found)
    return ()


def _of_arm(match: re.Match[str]) -> GroupValue:
    named = label_of(match["label"]) or ""
    if match["share"] is not None:
        return GroupValue(named, "percent", number_of(match["share"]), unit="percent")
    unit = unit_of(match["unit"])
    return GroupValue(named, "percent" if unit == "percent" else "mean", number_of(match["value"]), unit=unit)
