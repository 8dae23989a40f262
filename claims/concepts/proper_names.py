"""Names of bodies and journals: "the American Heart Association" speaks of no heart."""

from __future__ import annotations

import re

_BODY = (
    "Academy|Agency|Alliance|Association|Board|Cent(?:er|re)s?|Charity|Charities|Clinic|College|Commission|Committee"
    "|Confederation|Council|Department|Federation|Foundation|Fund|Guild|Institutes?|League|Ministry|Office"
    r"|Organi[sz]ation|Partnership|Society|Task\sForce|Trust|Union|UK|Working\sGroup"
)
_PAPER = "Journal|Annals|Archives|Bulletin|Transactions"
_WORD = r"(?:[A-Z][a-z]+|[A-Z]{2,})(?:['’]s?)?"
_LINK = "(?:of|on|for|in|and|the|&)"
# "World Cancer Research Fund"; what follows belongs to the name: "Centers for Disease Control and Prevention"
_NAME = re.compile(
    rf"\b(?:{_WORD}\s(?:{_LINK}\s){{0,2}}){{0,6}}(?:{_BODY}|{_PAPER})\b"
    rf"(?:\s(?:of|on|for)\s(?:the\s)?{_WORD}(?:(?:,?\s(?:and|of|&)|,)?\s{_WORD}){{0,5}})?"
)
_HEAD = re.compile(rf"\b(?:{_BODY}|{_PAPER})\b")
_LONG_WORD = re.compile(r"\b[A-Za-z]{4,}")


def proper_names(text: str) -> tuple[tuple[int, int], ...]:
    """Where ``text`` names a body or a journal: starts and ends in characters, by place.

    A title whose every long word is written large names nothing that way.

    >>> text = "The American Heart Association advises brisk walking."
    >>> [text[start:end] for start, end in proper_names(text)]
    ['The American Heart Association']
    >>> proper_names("Walking in the Cardiac Centre: Effects on Heart Failure")
    ()
    """
    if _HEAD.search(text) is None or all(word[0].isupper() for word in _LONG_WORD.findall(text)):
        return ()
    return tuple(match.span() for match in _NAME.finditer(text) if " " in match.group())
