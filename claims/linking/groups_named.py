# ruff: noqa: E501 - tables of patterns read better unwrapped
"""By what a piece of a sentence names a group of people: its telling words, men and women, controls, codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from claims.linking.results import naming_words

__all__ = ["names_of"]

# those of whom much is told, whose names the list of general words has
_PEOPLE = re.compile(
    r"\b(?:(?P<men>m[ea]n|males?|boys?)|(?P<women>wom[ea]n|females?|girls?)|(?P<control>controls?|placebo|sham|dummy)"
    r"|(?P<intervention>intervention)|(?P<older>older|elderly)|(?P<younger>younger))\b",
    re.IGNORECASE,
)


_WITHOUT = re.compile(r"\b(?:non-|without (?:the |an? )?|(?-i:[Nn]o) )([^\W\d_][\w'’]*)", re.IGNORECASE)
_CODE = re.compile(r"\b[Gg]roups? ([A-Z0-9]{1,3})\b")


@lru_cache(maxsize=4096)
def names_of(text: str) -> Mapping[str, str]:
    """The telling words of a text and the groups of people that it names."""
    names = dict(naming_words(text))
    for match in _WITHOUT.finditer(text):
        for one in naming_words(match[1]):
            names.pop(one, None)
            names[f"no {one}"] = f"no {one}"
    people = {match.lastgroup or "" for match in _PEOPLE.finditer(text)}
    codes = {f"group {match[1]}" for match in _CODE.finditer(text)}
    return names | {one: one for one in sorted(people | codes)}
