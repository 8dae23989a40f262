# ruff: noqa: E501 - tables of patterns read better unwrapped
"""Kinds of people and cases that exclude one another: which one a sentence tells of, which one its source had.

The kinds stand in ``data/groups.toml``. Two more are known by form: tumours and such that are positive or
negative for something, and people told as ill of a source that took the healthy only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from claims.study.kinds import EXCLUDED, denied, held, kinds_told, other_kind, stems

__all__ = ["groups_told", "opposed", "tells_of_them"]


# people told as ill, of a source that took the healthy only
_ILL = "ill"
_ILL_TOLD = re.compile(
    r"\bpatients\b(?=\s(?:with|who had)\b)|\b(?:with|had|have|having|suffer(?:ed|ing) from|living with)\s(?:already\s|been\s)?(?:a history of\s)?(?:an?\s|the\s|sore\s|bad\s|early\s|mild\s|severe\s)?"
    r"(?:[\w'’-]+\s){0,3}?(?:pain|asthma|diabetes|arthritis|disease|disorder|cancer|stroke|migraine|hypertension|depression|epilepsy|dementia"
    r"|injur(?:y|ies)|backs|knees|hips|necks)\b"
    r"|\b(?:living with|a history of|already had)\s(?:[\w'’-]+\s){0,3}[\w'’-]{4,}",
    re.IGNORECASE,
)
_HEALTHY = re.compile(
    r"\b(?:healthy|unimpaired)\s(?:[\w-]+\s){0,3}?(?:volunteers?|participants?|subjects|men|women|adults|students|people"
    r"|individuals|males|females|children)\b",
    re.IGNORECASE,
)
_ANY_ILL = re.compile(
    r"(?<!no )\bpatients\b|\bcases\b|\bcontrols\b|\bdiagnosed\b|\bdisab\w+|\bsufferers\b"
    r"|\b(?:people|persons|subjects|individuals|adults|participants|those|volunteers|men|women|children) (?:with|suffering|who had)\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\b(?P<of>[A-Za-z][\w/]{1,11})[-\s]?(?P<sign>positive|negative)\b", re.IGNORECASE)
# which of the sexes most of them were
_SEXES = {"women": r"women|females?|girls", "men": r"men|males?|boys"}
_MOSTLY = re.compile(
    rf"\b(?:overwhelmingly|mostly|mainly|predominantly|chiefly|largely|(?:nearly|almost) all(?: of them)?(?: were)?|(?:most|the majority)(?: of them| of the \w+)? were)"
    rf"\s(?:(?P<women>{_SEXES['women']})|(?P<men>{_SEXES['men']}))\b",
    re.IGNORECASE,
)
_SHARED = {
    sex: re.compile(
        rf"\b(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<percent>%)?\s?(?:\(\d[^()]*\)\s?)?(?:were\s|of them\s)?(?:{names})\b"
        rf"|\b(?:{names})\s?[:,(]?\s?(?:n\s?=\s?)?(?P<behind>\d[\d,]*(?:\.\d+)?)\s?(?P<behind_percent>%)?",
        re.IGNORECASE,
    )
    for sex, names in _SEXES.items()
}
# how many in a hundred of them were of one sex
_PARTS = {"half": 50, "a third": 33, "one third": 33, "two thirds": 67, "two-thirds": 67, "a quarter": 25, "one in four": 25,
          "three quarters": 75, "three-quarters": 75, "a fifth": 20, "one in five": 20, "four in five": 80, "one in ten": 10}  # fmt: skip
_PART = rf"(?P<part>{'|'.join(_PARTS)})|(?P<number>\d\d?(?:\.\d+)?)\s?(?:%|per ?cent)"
_SEX = rf"(?:(?P<women>{_SEXES['women']})|(?P<men>{_SEXES['men']}))"
_OF_A_SEX = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_SEX}\s(?:made up|accounted for|formed|were)\s(?:about\s|around\s|some\s|nearly\s|just\s|over\s|roughly\s)*(?:{_PART})",
        rf"\b(?:{_PART})\s(?:of (?:them|the \w+|those \w+)\s)?were\s{_SEX}\b",
    )
)
_OTHERWISE = 15  # points from the share of the source: no rounding makes them
# told of all who were studied
_THEM = re.compile(
    r"\b(?:participants?|volunteers?|enrolled|recruited|took part|were studied|cases|all|every\w*|those|they|these|come from|whom|subjects|took|in question"
    r"|(?:the|its|their) (?:patients|people|women|men|children|group|sample|cohort|guidance|recommendation))\b"
    r"|\b(?:trial|study|studies|review|survey|research|sample|cohort|studied|followed|tested|tracked|surveyed|randomi[sz]ed|made|done|given|taken|collected|carried out|conducted)\b[^.;:]{0,40}?\b(?:in|of|on|with|among|from|at|covered)\b"
    r"|^\W*(?:in|among|for)\b"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|sixty|\d+)\s(?:[\w-]+\s){0,2}(?:patients|people|men|women|adults|volunteers|students|children|workers|nurses|pupils)\b",
    re.IGNORECASE,
)


def tells_of_them(text: str) -> bool:
    """Whether a sentence speaks of those who were studied: "all had", "the participants were".

    >>> tells_of_them("They had all been operated on."), tells_of_them("Tea raised the pulse.")
    (True, False)
    """
    return _THEM.search(text) is not None


@lru_cache(maxsize=2048)
def groups_told(text: str) -> tuple[tuple[str, int, int], ...]:
    """The kinds of people or cases that a sentence tells of and that exclude another, each with where.

    >>> [name for name, *_ in groups_told("All of them had HER2-positive tumours.")]
    ['her2+']
    """
    return tuple(_groups(text))


def _groups(text: str) -> Iterator[tuple[str, int, int]]:
    yield from kinds_told(text)
    ill = _ILL_TOLD.search(text)
    if (
        ill is not None
        and not _HEALTHY.search(text)
        and not denied(text, ill.start())
        and tells_of_them(text)
    ):
        yield _ILL, ill.start(), ill.end()
    most = _MOSTLY.search(text)
    if most is not None:
        yield f"mostly {'women' if most['women'] else 'men'}", most.start(), most.end()
    part = next((match for one in _OF_A_SEX if (match := one.search(text))), None)
    if part is not None:
        share = round(float(part["number"] or _PARTS[part["part"].lower()]))
        yield f"share {share if part['women'] else 100 - share}", part.start(), part.end()
    for match in _SIGNED.finditer(text):
        if not denied(text, match.start()):
            yield match["of"].lower() + _sign(match["sign"]), match.start(), match.end()


def _sign(printed: str) -> str:
    return "+" if printed.lower() == "positive" else "-"


def opposed(name: str, text: str, start: int, end: int, lines: Sequence[str]) -> tuple[bool, str, str] | None:
    """Whether a source has the kind that a sentence tells of (True) or only one that excludes it, told of the same
    thing, with its words and its line; None where neither is plain."""
    if name == _ILL:
        return _only_healthy(text, start, end, lines)
    if name.startswith("mostly "):
        return _of_which_sex(name.removeprefix("mostly "), lines)
    if name.startswith("share "):
        counted = _share_of_women(lines)
        if counted is None:
            return None
        return abs(counted[0] - float(name.removeprefix("share "))) < _OTHERWISE, *counted[1:]
    if name[-1] in "+-":
        return _other_sign(name, lines)
    return other_kind(name, text, start, end, lines)


def _of_which_sex(sex: str, lines: Sequence[str]) -> tuple[bool, str, str] | None:
    """Which of the sexes the first line that counts them has more of; half of them and few more is neither."""
    counted = _share_of_women(lines)
    if counted is None or 40 < counted[0] < 60:
        return None
    return (counted[0] >= 50) == (sex == "women"), *counted[1:]


def _share_of_women(lines: Sequence[str]) -> tuple[float, str, str] | None:
    """How many in a hundred were women, by the first line that counts the sexes, with its words."""
    for line in lines:
        counted: dict[str, float] = {}
        quotes: dict[str, str] = {}
        for one, pattern in _SHARED.items():
            match = pattern.search(line)
            if match is None:
                continue
            value = float((match["number"] or match["behind"]).replace(",", ""))
            quotes[one] = match[0]
            if match["percent"] or match["behind_percent"]:
                counted = {one: value, ("men" if one == "women" else "women"): 100 - value}
                break
            counted[one] = value
        if len(counted) == 2 and sum(counted.values()) > 0:
            quote = quotes.get(max(counted, key=lambda one: counted[one])) or next(iter(quotes.values()))
            return 100 * counted["women"] / sum(counted.values()), quote, line
    return None


# told of how they were when it began
_AT_FIRST = re.compile(
    r"\b(?:already|at the (?:outset|start|beginning)|when (?:it|the \w+|they) (?:began|started|joined)|to begin with"
    r"|from the (?:outset|start)|at baseline|history of|living with|beforehand|on entry|at enrol\w+|had been)\b",
    re.IGNORECASE,
)
_FREE = re.compile(r"\b(?:without|free (?:of|from)|no history of)\s(?P<of>[^.;:,()]{3,60})", re.IGNORECASE)


def _only_healthy(text: str, start: int, end: int, lines: Sequence[str]) -> tuple[bool, str, str] | None:
    """Where all whom the source took were healthy, or, of how they were at first, free of just this."""
    healthy = next(((match, line) for line in lines if (match := _HEALTHY.search(line))), None)
    if healthy is not None and not any(_ANY_ILL.search(line) for line in lines):
        return False, healthy[0][0], healthy[1]
    told = stems(text[start:end]) if _AT_FIRST.search(text) else frozenset()
    for line in lines:
        for match in _FREE.finditer(line):
            free = stems(match["of"])
            if told and free and len(free & told) * 2 >= len(free) and _TOOK_FREE.search(line):
                return False, match[0].strip(), line
    return None


_TOOK_FREE = re.compile(
    r"^people without|\b(?:participants?|adults|people|men|women|persons|volunteers|included|recruited|enrolled|cohort)\b",
    re.IGNORECASE,
)


def _other_sign(name: str, lines: Sequence[str]) -> tuple[bool, str, str] | None:
    found = [
        (match, line)
        for line in lines
        for match in _SIGNED.finditer(line)
        if match["of"].lower() == name[:-1]
    ]
    same = [pair for pair in found if _sign(pair[0]["sign"]) == name[-1]]
    others = [pair for pair in found if pair not in same and not EXCLUDED.search(pair[1])]
    return held(same, others) if same or others else None
