"""What a number counts, by the noun behind it: the people of a study, or the studies of a review."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims import quantities

__all__ = ["PEOPLE", "STUDIES", "THINGS", "counted", "counts", "noun_end", "thing_counted"]

PEOPLE, STUDIES, THINGS = "people", "studies", "things"
_PEOPLE = (
    r"participants?|people|persons?|adults?|patients?|men|women|subjects?|individuals|volunteers?|children|adolescents"
    r"|teenagers?|students|pupils?|nurses|doctors|physicians|workers|employees|staff|infants|babies|newborns|toddlers"
    r"|mothers|fathers|parents|mice|rats|rabbits|animals|males|females|boys|girls|athletes|players?|runners?|cyclists?"
    r"|residents|veterans|soldiers?|recruits|survivors|smokers|drinkers|members|farmers|twins|professors|respondents"
    r"|enrollees|cases|controls|carriers|walkers|users|couples|gps|practitioners|seniors|inhabitants|hearts"
)
_STUDIES = r"studies|trials|rcts|cohorts|reviews|meta-analyses|papers|articles"
_NOUN = re.compile(
    rf"(?:\s[(\[]\d[\d.]*\s?%[)\]])?(?:\s|-)(?:(?!(?:of|in|out|per|or|and|with|from|at|on|to|for|who|as|were|was|by|had|have)\b)[^\W\d][\w'’-]{{0,20}}\s){{0,4}}?"
    rf"(?:(?P<people>{_PEOPLE})|(?P<studies>{_STUDIES}))\b(?![-‐– ](?:years?|months?|days?)\b)",
    re.IGNORECASE,
)
_ANY = re.compile(rf"\b(?:{_PEOPLE}|groups?|arms?)\b", re.IGNORECASE)
# "per 1000 people", "one more for every 24 treated": no group that was there
_RATE_BEFORE = re.compile(
    r"\b(?:per|each|every|(?:in|of|out of|among)\s(?:every|each))\s(?:additional\s|further\s)?$",
    re.IGNORECASE,
)
_ROUND = frozenset({100, 1_000, 10_000, 100_000, 1_000_000})
_RATE = re.compile(r"\b(?:per|in|of|for)\s(?:an?\s)?$", re.IGNORECASE)
_SAMPLE = re.compile(r"\b[nN]\s?=\s?$")


def counted(text: str, one: quantities.FoundQuantity) -> str | None:
    """Whether a number counts people or studies; None where it does neither.

    >>> text = "A review of seven trials with 869 patients."
    >>> [counted(text, one) for one in quantities.find(text)]
    ['studies', 'people']
    """
    if one.high is not None or one.unit is not None or one.role not in ("count", "other", "year"):
        return None
    noun = _NOUN.match(text, one.end, one.end + 80)
    if noun is None:
        return None
    left = text[max(0, one.start - 30) : one.start]
    if _RATE_BEFORE.search(left) or (one.value in _ROUND and _RATE.search(left)):
        return None
    return PEOPLE if noun["people"] else STUDIES


_WORDS = re.compile(
    r"(?:\s(?!(?:of|in|out|per|or|and|with|from|at|on|to|for|who|that|which|as|were|was|by|had|have|are|is|than|more"
    r"|less|fewer|times|points|years|days|weeks|months|hours|minutes)\b)[^\W\d][\w'’-]*){1,5}",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\s([^\W\d_]{3,}(?<![su])(?<!i)s)\b")


def noun_end(text: str, end: int) -> int:
    """Where the words end that say what the number before them counts; its own end where none do."""
    match = _NOUN.match(text, end, end + 80)
    if match is not None:
        return match.end()
    word = re.match(r"(?:\s[^\W\d]+){1,2}", text[end : end + 60])
    return end + (word.end() if word else 0)


def thing_counted(text: str, end: int) -> str | None:
    """The plural noun behind a number ("procedures" of "2,027 consecutive procedures"); None without one."""
    words = _WORDS.match(text, end, end + 80)
    plural = _PLURAL.findall(words[0]) if words else []
    return str(plural[-1]).lower() if plural else None


def counts(text: str) -> Iterator[tuple[quantities.FoundQuantity, str | None]]:
    """The numbers of a text that stand for so many of something, with what each counts where that is told."""
    for one in quantities.find(text):
        if one.high is not None or one.unit is not None or one.value != one.value.to_integral_value():
            continue
        if one.role in ("count", "other", "year"):
            sampled = _SAMPLE.search(text, 0, one.start)
            about = counted(text, one)
            if about is None and sampled:
                about = PEOPLE if _ANY.search(text, 0, one.start) else THINGS
            yield one, about
