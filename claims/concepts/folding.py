"""The words of a text and of a label, folded so that the same word is the same however it is written."""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "mice": "mouse",
    "teeth": "tooth",
    "feet": "foot",
    "programme": "program",
    "slept": "sleep",
    "ran": "run",
    "sat": "sit",
    "swam": "swim",
}


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word without case, number, possessive and national spelling: ``Fibres`` → ``fiber``."""
    word = word.lower()
    for mark in ("'", "’"):
        if mark in word:
            word = word.split(mark, 1)[0]
    word = _IRREGULAR.get(word, word)
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        if word.endswith("ies") and len(word) > 4:
            word = word[:-3] + "y"
        elif word.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
            word = word[:-2]
        else:
            word = word[:-1]
    if word.endswith("ie") and len(word) > 4:
        word = word[:-2] + "y"
    word = _IRREGULAR.get(word, word)
    if len(word) > 4:
        word = word.replace("ae", "e").replace("oe", "e").replace("our", "or").replace("ulph", "ulf")
        word = word.replace("isation", "ization").replace("ising", "izing")
        if word.endswith(("bre", "tre")):
            word = word[:-2] + "er"
        if word.endswith(("ise", "ised")):
            word = word.replace("is", "iz")
    return word


def folded(text: str) -> tuple[str, ...]:
    """The words of a text, each folded."""
    return tuple(fold(word) for word in WORD.findall(text))
