"""The words of change in a sentence: more, less, no different, better, worse.

Which of them is said of an outcome is told by ``claims.sentence.direction``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from claims.alternatives import lowered, number_of, one_of
from claims.quantities.patterns import WORDS
from claims.sentence import everyday
from claims.sentence.change_words import MEANINGS, NO_DIFFERENCE

__all__ = ["ChangeCue", "change_cues"]


# everyday phrases before the single words that may stand in them ("no better than", "keeps pain down")
_ALL = tuple(one for one in everyday.patterns() if one[0] != everyday.SOME_CHANGE) + MEANINGS
_CUES = one_of(pattern for _, pattern in _ALL)
# "more detailed analysis", "less research": of the study, not of the outcome
_OF_STUDY = re.compile(
    r"\s+(?:\w+ly\s+)?(?:detailed|research|stud(?:y|ies)|evidence|data|recent|information|work|effective|"
    r"important|complex|robust|rigorous|trials?|definitive|accurate|powerful|useful|interesting)\b",
    re.IGNORECASE,
)
# "a greater reduction in attacks": the noun says which way
_HOW_MUCH = re.compile(
    r"\s+(?:\w+\s)?(?:reductions?|decreases?|declines?|drops?|falls?|improvements?|benefits?|relief|worsening|extent|degree)\b",
    re.IGNORECASE,
)
# "a first worsening of heart failure happened in 10 %": what happened, not how much of it
_HAPPENED = re.compile(
    r"\s[^.;,]{0,50}\b(?:happened|occurred|(?:was|were) (?:seen|reported|recorded|diagnosed))\b",
    re.IGNORECASE,
)
# "fell asleep 9 minutes sooner", "recovered faster": what is reached sooner has to be wanted
_TIMED = ("sooner", "faster", "quicker", " later")
_GETS_WELL = re.compile(
    r"\b(?:(?:f[ae]ll|drop|dr[io]ft)\w* (?:asleep|off)|sleep\w*|slept|recover\w*|heal\w*|"
    r"(?:got|gets?|getting) (?:better|well)|return\w*|(?:went|goes|go|sent) (?:back|home)|walk\w*)\b[^.;]*$",
    re.IGNORECASE,
)
_A_TIME = re.compile(r"\btimes?\b[^.;]*$", re.IGNORECASE)  # slower times are longer ones
# "more than 100 minutes", "less than 78": a bound of a number, not a change
_BOUND = re.compile(
    rf"\s+(?:than\s+)?(?:about\s+|~\s?)?\d|\s+than\s+(?:about\s+)?(?:an?|half|dozens?|{'|'.join(WORDS)})\b",
    re.IGNORECASE,
)


# "125 minutes or more a day": a bound as well
_OR_MORE = re.compile(
    r"(?:\d|\b(?:minutes?|hours?|days?|weeks?|months?|years?|times?|steps|km|miles))\sor\s$", re.I
)
# "three months of it, then three more": a number of what was named before
_SO_MANY = re.compile(rf"(?:\b(?:{'|'.join(WORDS)}|few|several|many)|\d)\s(?:or\s)?$", re.IGNORECASE)
_CLOSES = re.compile(r"\s*(?:[.,;:()\[]|$)|\s[a-z]+\sacts?\b")
# "pregnancy-induced", "drug-related": which it is, not what is done to it
_HYPHENS = ("-", "‐", "‑")
_MADE = (
    *("induc", "caus", "trigger", "activat", "stimulat", "reliev", "control", "block", "treat"),
    *("suppress", "lower", "reduc", "enhanc", "boost", "prevent", "promot", "rais"),
)


@dataclass(frozen=True, slots=True)
class ChangeCue:
    """Words of change. ``meaning``: decreases, increases, no-difference, better or worse."""

    meaning: str
    start: int
    end: int


# "did not keep infections away", but not "those who did not"
_DENIED = re.compile(
    r"(?<!\bwho )(?<!\bthat )\b(?:did|does|do|could|can|will|would|has|have|had)(?: not|n['’]t)\s"
    r"(?:(?!only\b)\w+ly\s)?$",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def change_cues(text: str) -> tuple[ChangeCue, ...]:
    """The words of change in a sentence, in reading order."""
    found = []
    for match in _CUES.finditer(lowered(text[:4000])):
        word = match.group()
        if text[match.start() - 1 : match.start()] in _HYPHENS and word.startswith(_MADE):
            continue
        if word in (
            "more",
            "less",
            "fewer",
            "longer",
            "higher",
            "lower",
            "greater",
            "larger",
            "smaller",
        ) and _BOUND.match(text, match.end()):
            continue
        if word == "more" and _SO_MANY.search(text, 0, match.start()) and _CLOSES.match(text, match.end()):
            continue
        if word in ("more", "less", "longer", "fewer") and _OR_MORE.search(text, 0, match.start()):
            continue
        if word == "worsening" and _HAPPENED.match(text, match.end()):
            continue
        if word in ("more", "less", "larger", "greater", "longer") and _OF_STUDY.match(text, match.end()):
            continue
        if word in ("greater", "larger", "higher") and _HOW_MUCH.match(text, match.end()):
            continue
        if word.endswith(_TIMED) and not _GETS_WELL.search(text, max(0, match.start() - 60), match.start()):
            continue
        if word == "slower" and _A_TIME.search(text, max(0, match.start() - 30), match.start()):
            continue
        denied = _DENIED.search(text, max(0, match.start() - 30), match.start()) is not None
        meaning = NO_DIFFERENCE if denied else _ALL[number_of(match)][0]
        found.append(ChangeCue(meaning, match.start(), match.end()))
    return tuple(found)
