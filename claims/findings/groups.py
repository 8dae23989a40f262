"""What two groups measured, where a sentence sets their values against each other."""

from __future__ import annotations

import re
from decimal import Decimal

from claims.findings.printed import INTERVAL, NUM, UNIT, number_of, unit_of
from graph.evidence import GroupValue


def _value_of(side: str) -> str:
    spread = rf"(?:\s?(?:±|\+/-)\s?{NUM})?{UNIT}"
    bracket = rf"(?:\s?[\[(](?P<{side}extra>[^()\[\]]{{1,70}})[\])])?"
    return rf"(?P<{side}value>{NUM})(?P<{side}unit>{UNIT}){spread}{bracket}"


def _label_of(side: str) -> str:
    words_of = rf"(?P<{side}label>(?!baseline)[A-Za-z][^,;().\d]{{1,60}}?)"
    return rf"\s(?:of|in|for|among|with|at|on)\s(?:the\s)?{words_of}"


_VERSUS = re.compile(
    rf"{_value_of('a')}(?:{_label_of('a')})?\s?,?\s(?P<sep>v(?:(?:ersu)?s)?\.?|compared (?:with|to)|against"
    r"|and)"
    rf"\s(?:an?\s|only\s|the\s|by\s|just\s|in\s)?{_value_of('b')}"
    rf"(?:{_label_of('b')}(?=\s?[,;.()\]]|$|\s(?:and|but|at|after|over|during|while|respectively)\b)"
    rf"|(?=[\s,;.)\]]|$))"
)
_SUMMARY = re.compile(r"\b(?P<word>medians?|means?|average[sd]?|geometric mean)\b", re.IGNORECASE)
_COUNT = re.compile(r"^\s?(?:n\s?=\s?)?\d+\s?(?:/|of|out of)\s?\d+")


def groups_of(sentence: str) -> tuple[GroupValue, ...]:
    """What two groups measured, where a sentence sets their values against each other."""
    for match in _VERSUS.finditer(sentence):
        if (
            match["sep"] == "and"
            and not (match["alabel"] and match["blabel"])
            and not re.search(r"\brespectively\b", sentence)
        ):
            continue
        units = [unit_of(match["aunit"]), unit_of(match["bunit"])]
        unit = units[0] or units[1]
        if units[0] and units[1] and units[0] != units[1]:
            continue
        summary = None
        for summary in _SUMMARY.finditer(sentence, max(0, match.start() - 200), match.start()):  # noqa: B007 - the last one before
            pass
        near = sentence[max(0, match.start() - 60) : match.start()]
        if match["sep"] == "and" and unit is None and not _SUMMARY.search(near):
            continue  # "differences of 0.36, 0.21 and 0.23, respectively"
        measure = (
            "percent"
            if unit == "percent"
            else ("median" if summary and summary["word"].lower().startswith("median") else "mean")
        )
        if measure == "mean" and summary is None and unit is None and "±" not in match[0]:
            continue
        labels = [_label(match["alabel"]), _label(match["blabel"])]
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
    return ()


def _label(printed: str | None) -> str | None:
    if printed is None:
        return None
    return re.sub(r"\s+(?:and|vs\.?|versus|compared|while|whereas)$", "", printed.strip()) or None


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
