# ruff: noqa: E501 - tables of patterns read better unwrapped
"""Whom a study took: the animals that a sentence tells of, and kinds of people that exclude one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from claims.alternatives import lowered
from claims.concepts import fold
from claims.findings.outcome_sentences import stem

__all__ = ["animals_told", "groups_told", "opposed", "tells_of_animal"]

_ANIMALS = {
    "mouse": r"mice|mouse|murine",
    "rat": r"rats?",
    "rabbit": r"rabbits?",
    "pig": r"pigs?|piglets?|porcine",
    "monkey": r"monkeys?|macaques?",
    "zebrafish": r"zebrafish",
    "hamster": r"hamsters?",
    "sheep": r"sheep|lambs?|ovine",
    "dog": r"dogs?|canine",
    "cat": r"cats?|feline",
}
_NAMED = {name: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for name, pattern in _ANIMALS.items()}
_NUMBER = r"\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty"
_STUDIED = re.compile(
    rf"\b(?:in|on|of|from|were|are|was|is|with|used|using|studied|{_NUMBER})\s(?:[\w-]+\s){{0,3}}?"
    rf"(?P<animal>{'|'.join(_ANIMALS.values())})\b",
    re.IGNORECASE,
)
_NOT_STUDIED = re.compile(
    r"\b(?:unlike|not|no|never|than|earlier|previous|other|instead of|rather than|if|like|her|his|my|your|their|our|the family"
    r"|walk\w*|pet|guide|therapy)\s(?:[\w-]+\s){0,3}$",
    re.IGNORECASE,
)
_PEOPLE_TOO = re.compile(r"\b(?:humans?|people|men|women|patients|persons)\b", re.IGNORECASE)
# lines of an abstract on what others found
_OF_OTHERS = re.compile(
    r"\b(?:previous(?:ly)?|earlier|prior|have (?:been )?(?:shown|demonstrated|found|suggested|reported)|known to"
    r"|investigations in|studies in)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def animals_told(text: str) -> tuple[tuple[str, int, int], ...]:
    """The animals that a sentence says were studied, each with where; nothing where it names people as well.

    >>> [name for name, *_ in animals_told("That work was done in ten paralysed rats lying down.")]
    ['rat']
    """
    return () if _PEOPLE_TOO.search(text) else tuple(_animals(text))


def _animals(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _STUDIED.finditer(text):
        start, end = match.span("animal")
        if _NOT_STUDIED.search(text, max(0, match.start() - 40), start):
            continue
        name = next(name for name, pattern in _NAMED.items() if pattern.fullmatch(text, start, end))
        yield name, start, end


def tells_of_animal(name: str, lines: Sequence[str]) -> bool:
    """Whether a source names the animal, other than in telling of others' work."""
    return any(_NAMED[name].search(line) and not _OF_OTHERS.search(line) for line in lines)


# what nobody, and nothing, is at once
_PAIRS = (
    (
        r"keyhole|laparoscop\w+",
        r"open(?![- ]label)(?=\s(?:\w+\s){0,2}(?:repairs?|surgery|operations?|hernio\w+|proced\w+|inguinal))",
    ),
    (
        r"high[- ]risk|complicated (?=pregnan)",
        r"low[- ]risk|uncomplicated|(?:free of|without) (?:any )?(?:complications|risk factors)",
    ),
    (
        r"first[- ](?:ever|time)|(?:a|the|their) first (?=attack|episode|stroke|heart|infarct|event)|first episode",
        r"(?:repeat|recurrent|second|another) (?=attack|episode|stroke|heart|infarct|event|myocard)",
    ),
    (r"episodic", r"chronic"),
    (
        r"(?:motor-|motor |spinal |sensori\w+ )?complete (?=motor|spinal|cord|injur|lesion|paraly)|motor-complete",
        r"(?:motor-|motor )?(?:incomplete|partial) (?=motor|spinal|cord|injur|lesion|paraly)|(?:left|spared|kept) some (?:movement|function|feeling)",
    ),
    (r"type 1", r"type 2"),
    (r"pre-?menopausal", r"post-?menopausal|(?:after|past|through) the menopause"),
    (r"in-?patients?|hospitali[sz]ed|admitted", r"out-?patients?"),
    (r"urban|in (?:the |towns and )?cit(?:y|ies)", r"rural|in villages|in the countryside"),
    (r"non-?smokers?|never[- ]smok\w+", r"(?<!non-)(?<!non)(?<!never )smokers"),
    (
        r"pre-?term|premature(?= infants| babies| newborns)",
        r"full[- ]term|born at term|term (?=infants|babies|newborns)",
    ),
    (r"elective|planned", r"emergency"),
    (
        r"newly diagnosed|treatment-na[iï]ve|previously untreated|never (?:been )?treated",
        r"previously treated|pre-?treated|already (?:been )?treated",
    ),
    (r"benign", r"malignant|cancerous"),
    (r"single(?:ton)? (?=pregnan|births?)|singletons?", r"twin(?:s| pregnan\w+)"),
)
# people told as ill, of a source that took the healthy only
_ILL = "ill"
_ILL_TOLD = re.compile(
    r"\bpatients\b(?=\s(?:with|who had)\b)|\b(?:with|had|have|having|suffer(?:ed|ing) from)\s(?:a history of\s)?(?:an?\s|the\s|sore\s|bad\s)?"
    r"(?:[\w-]+\s){0,3}?(?:pain|asthma|diabetes|arthritis|disease|disorder|cancer|stroke|migraine|hypertension|depression"
    r"|injur(?:y|ies)|backs|knees|hips|necks)\b",
    re.IGNORECASE,
)
_HEALTHY = re.compile(
    r"\b(?:healthy|unimpaired)\s(?:[\w-]+\s){0,3}?(?:volunteers?|participants?|subjects|men|women|adults|students|people"
    r"|individuals|males|females|children)\b",
    re.IGNORECASE,
)
_ANY_ILL = re.compile(
    r"\bpatients?\b|\bcontrols?\b|\bdiagnos|\bdisease|\bsyndrome|\bdisorder|\bdisab|\bpeople with\b",
    re.IGNORECASE,
)
_SIDES = tuple(
    (
        f"{index}{side}",
        re.compile(rf"\b(?:{mine})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{its})\b", re.IGNORECASE),
    )
    for index, (one, other) in enumerate(_PAIRS)
    for side, mine, its in (("a", one, other), ("b", other, one))
)
_SIGNED = re.compile(r"\b(?P<of>[A-Za-z][\w/]{1,11})[-\s]?(?P<sign>positive|negative)\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:not|no|non|never|neither|nor|without|rather than|instead of|unlike|than|compared with|versus|against|or|and|between|false|true|test)[\s-](?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_SILENT = frozenset(
    stem(word)
    for word in [
        "with",
        "were",
        "that",
        "this",
        "they",
        "them",
        "from",
        "have",
        "been",
        "people",
        "patients",
        "participants",
        "women",
        "children",
        "adults",
        "study",
        "trial",
        "group",
        "groups",
        "those",
        "after",
        "before",
        "first",
        "first-ever",
        "second",
        "among",
    ]
)
_NEAR = 60


@lru_cache(maxsize=2048)
def groups_told(text: str) -> tuple[tuple[str, int, int], ...]:
    """The kinds of people or cases that a sentence tells of and that exclude another, each with where.

    >>> [name for name, *_ in groups_told("All of them had HER2-positive tumours.")]
    ['her2+']
    """
    low = lowered(text)
    return tuple(_groups(text)) if any(word in low for word in _WORDS) else ()


# a sentence without any of these tells of none
_WORDS = (
    "keyhole", "laparoscop", "open ", "risk", "complicat", "first", "repeat", "recurrent", "second ", "another ",
    "episodic", "chronic", "complete", "partial", "some ", "type ", "menopaus", "patient", "hospital", "admitted",
    "urban", "rural", " cit", "village", "countryside", "smok", "term", "premature", "elective", "planned", "emergency",
    "diagnosed", "treated", "treatment-na", "benign", "with ", " had ", " have ", "having ", "suffer", "malignant", "cancerous", "single", "twin", "positive", "negative",
)  # fmt: skip


def _groups(text: str) -> Iterator[tuple[str, int, int]]:
    for name, mine, its in _SIDES:
        match = mine.search(text)
        if match is not None and not its.search(text) and not _DENIED.search(text, 0, match.start()):
            yield name, match.start(), match.end()
    ill = _ILL_TOLD.search(text)
    if (
        ill is not None
        and not _HEALTHY.search(text)
        and not _DENIED.search(text, 0, ill.start())
        and _STUDIED_WERE.search(text)
    ):
        yield _ILL, ill.start(), ill.end()
    for match in _SIGNED.finditer(text):
        if not _DENIED.search(text, 0, match.start()):
            yield match["of"].lower() + _sign(match["sign"]), match.start(), match.end()


# told of those who were in the study
_STUDIED_WERE = re.compile(
    r"\b(?:participants?|volunteers?|enrolled|recruited|took part|were studied|cases|all|those|they|these|come from)\b"
    r"|\b(?:(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\s(?:[\w-]+\s)?(?:patients|people|men|women|adults|volunteers))\b",
    re.IGNORECASE,
)


def _sign(printed: str) -> str:
    return "+" if printed.lower() == "positive" else "-"


def opposed(name: str, text: str, start: int, end: int, lines: Sequence[str]) -> tuple[bool, str, str] | None:
    """Whether a source has the kind that a sentence tells of (True) or only its opposite, told of the same thing,
    with its words and its line; None where neither is plain."""
    if name == _ILL:
        healthy = next(((match, line) for line in lines if (match := _HEALTHY.search(line))), None)
        if healthy is None or any(_ANY_ILL.search(line) for line in lines):
            return None
        return False, healthy[0][0], healthy[1]
    signed = name[-1] in "+-"
    side = next((one for one in _SIDES if one[0] == name), None)
    if signed:
        found = [
            (match, line)
            for line in lines
            for match in _SIGNED.finditer(line)
            if match["of"].lower() == name[:-1]
        ]
        same = [pair for pair in found if _sign(pair[0]["sign"]) == name[-1]]
        others = [pair for pair in found if pair not in same]
    elif side is not None:
        same = [(match, line) for line in lines if (match := side[1].search(line))]
        others = [(match, line) for line in lines if (match := side[2].search(line))]
    else:
        return None
    if same:
        return None if others else (True, same[0][0][0], same[0][1])
    around = _stems(text[max(0, start - _NEAR) : start] + " " + text[end : end + _NEAR])
    for match, line in others:
        if _EXCLUDED.search(line):
            continue
        near = _stems(
            line[max(0, match.start() - _NEAR) : match.start()]
            + " "
            + line[match.end() : match.end() + _NEAR]
        )
        if signed or around & near:
            return False, match[0], line
    return None


_EXCLUDED = re.compile(r"\bexclu\w+|\bnot (?:eligible|included)\b", re.IGNORECASE)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in _WORD.findall(text)) - _SILENT
