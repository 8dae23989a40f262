# ruff: noqa: E501 - tables of patterns read better unwrapped
"""The sentences of an abstract that say what was found and what is made of it, as they can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from claims.abstracts.group_codes import with_groups_named
from claims.expressions import expression
from claims.findings.sections import sentences

__all__ = ["LONGEST", "Passage", "passages", "written_out"]

LONGEST = 6000  # characters of an abstract that are read
_SILENT = ("background", "methods", "title", "other")
# what a study set out to do, and how it went about it
_AIM = expression(
    r"^\W*(?:abstract\.?)?(?:[A-Z/ ]+:\s*)?(?:(?:in order )?to (?:\w+ly )?(?:assess|examine|determine|evaluate|investigate|compare|study|explore"
    r"|analy[sz]e|test|identify|describe|establish|estimate|measure|review|find out|characteri[sz]e|clarify|report|define|quantify|verify|ascertain)\b"
    r"|(?:the |our |this )?(?:main |primary |specific |overall )?(?:aims?|purpose|objectives?|goals?|intention|hypothesis) (?:of|was|were|is)\b)"
    r"|\b(?:we|study|trial|paper|analysis|article|review|work|report|research) (?:therefore |thus |also |here |hereby |then |further |present )*"
    r"(?:sought|aimed|aims|hypothesi[sz]ed|set out|wished|wanted|attempted|was (?:designed|undertaken|conducted|performed|carried out)|intended) "
    r"|\b(?:the|this|our) (?:present )?(?:aim|purpose|objective|goal)\b"
    # whom a series of cases is of
    r"|^\W*(?:here,? )?we (?:report|describe|present)(?: on)? (?:the |our |an? )?(?:\w+ ){0,3}(?:cases?|patients?|people|persons|women|men|children|adults|infants)\b",
    re.IGNORECASE,
)
_SHORT = expression(r"\(([A-Z][A-Za-z-]{0,7}[A-Z]s?)(?:[,;]\s[^()]{1,60})?\)")

# short forms that abstracts leave undefined and articles write out
_USUAL = {
    "IL": "interleukin",
    "TNF": "tumour necrosis factor",
    "CRP": "C-reactive protein",
    "BMI": "body mass index",
    "BP": "blood pressure",
    "SBP": "systolic blood pressure",
    "DBP": "diastolic blood pressure",
    "QoL": "quality of life",
    "QOL": "quality of life",
    "ICU": "intensive care unit",
    "ECG": "electrocardiogram",
    "GP": "general practitioner",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of an abstract. ``words``: the same, the short forms that the abstract defines written out."""

    text: str
    words: str
    section: str | None
    last: bool  # of the last three, or in the conclusions


@lru_cache(maxsize=512)
def passages(abstract: str) -> tuple[Passage, ...]:
    """The sentences that tell what was found or concluded, in order: no background, no aim, no method.

    >>> [one.text for one in passages("We aimed to test tea. Tea cut colds (TC). TC may help.")]
    ['Tea cut colds (TC).', 'TC may help.']
    """
    body = abstract[:LONGEST]
    long_forms = _long_forms(body)
    parts = sentences(body)
    aims = [number for number, part in enumerate(parts) if _AIM.search(body[part.start : part.end])]
    sectioned = any(part.section in ("results", "conclusions") for part in parts)
    first = 0 if sectioned or not aims or aims[0] > len(parts) // 2 else aims[0]
    kept = []
    for number, part in enumerate(parts):
        silent = part.section in _SILENT and (sectioned or part.section != "background")
        if silent or number < first or number in aims:
            continue
        text = body[part.start : part.end]
        last = part.section == "conclusions" or (not sectioned and number >= len(parts) - 3)
        words = with_groups_named(_written_out(text, long_forms), body)
        kept.append(Passage(text, words, part.section, last))
    return tuple(kept)


def written_out(text: str, abstract: str) -> str:
    """A text with the short forms and the codes of groups that an abstract defines written out.

    >>> written_out("PD cut it.", "We studied peritoneal dialysis (PD).")
    'peritoneal dialysis cut it.'
    """
    body = abstract[:LONGEST]
    return with_groups_named(_written_out(text, _long_forms(body)), body)


@lru_cache(maxsize=512)
def _long_forms(text: str) -> dict[str, str]:
    """What the short forms that a text defines stand for: "peritoneal dialysis (PD)"."""
    found = {short: long for short, long in _USUAL.items() if short in text}
    for match in _SHORT.finditer(text):
        short = match[1].removesuffix("s")
        if short in found and short not in _USUAL:
            continue
        letters = [letter.lower() for letter in short if letter.isalpha()]
        before = re.findall(r"[^\W_]+", text[max(0, match.start() - 120) : match.start()])
        for count in range((len(letters) + 1) // 2, len(letters) + 4):
            words = before[-count:]
            if len(words) == count and _abbreviates(letters, words):
                found[short] = " ".join(words)
                break
        else:
            if before and _shortens(letters, before[-1].lower()):
                found[short] = before[-1]
    return found


def _shortens(letters: list[str], word: str) -> bool:
    """Whether letters stand in a word in their order, from its first on: "etanercept (ETN)"."""
    left = iter(word)
    return len(word) >= 2 * len(letters) and word[:1] == letters[0] and all(one in left for one in letters)


_CAPITALS = expression(r"\b[A-Z][A-Za-z-]*[A-Z]\b")
_TWICE = expression(r"\b([^\W\d_][\w -]{2,60}) \(\1\)")  # "interleukin (interleukin)-6", where it was defined
_JOINING = frozenset("of and the in for with to on or by from".split())  # noqa: SIM905


def _abbreviates(letters: list[str], words: list[str]) -> bool:
    """Whether the letters begin the words in order, joining words passed over; a word may give two of them."""
    at = 0
    telling = [word.lower() for word in words if word.lower() not in _JOINING]
    if not telling or words[0].lower() in _JOINING:
        return False
    for number, word in enumerate(telling):
        if at >= len(letters) or word[0] != letters[at]:
            return False
        at += 1
        inside = word[1:]
        while len(letters) - at > len(telling) - number - 1:  # more letters than words are left
            place = inside.find(letters[at])
            if place < 0:
                return False
            inside, at = inside[place + 1 :], at + 1
    return at == len(letters)


def _written_out(text: str, long_forms: dict[str, str]) -> str:
    if not long_forms:
        return text
    written = _CAPITALS.sub(lambda match: long_forms.get(match[0], match[0]), text)
    return _TWICE.sub(r"\1", written)
