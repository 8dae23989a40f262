# ruff: noqa: E501 - tables of patterns read better unwrapped
"""The animals that a sentence says were studied, and whether a source names one as its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from claims.findings.study_facts import ANIMALS

__all__ = ["NO_PEOPLE", "animals_told", "tells_of_animal"]

# words by which a sentence says itself that no people were studied
NO_PEOPLE = re.compile(
    r"\b(?:mice|mouse|murine|rats?|rodents?|animals?|in vitro|in vivo|ex vivo|test tubes?|petri|dish(?:es)?|laborator(?:y|ies)"
    r"|(?:cultured|isolated) (?:\w+ )?cells?|cell[- ](?:lines?|cultures?|models?)|in (?:cell )?cultures?|in (?:\w+ )?cells"
    r"|tissue cultures?|cats?|dogs?|pigs?|piglets?|rabbits?|monkeys?|primates?|worms?|flies|zebrafish|sheep|lambs?|hamsters?|fish)\b",
    re.IGNORECASE,
)

_NAMED = {name: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for name, pattern in ANIMALS.items()}
_ANY = re.compile(rf"\b(?:{'|'.join(ANIMALS.values())})\b", re.IGNORECASE)
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
    for match in _ANY.finditer(text):
        start, end = match.span()
        if _NOT_STUDIED.search(text, max(0, start - 40), start):
            continue
        name = next(name for name, pattern in _NAMED.items() if pattern.fullmatch(text, start, end))
        yield name, start, end


def tells_of_animal(name: str, lines: Sequence[str]) -> bool:
    """Whether a source names the animal, other than in telling of others' work."""
    return any(_NAMED[name].search(line) and not _OF_OTHERS.search(line) for line in lines)
