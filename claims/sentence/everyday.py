"""Everyday wording of effects ("takes the edge off", "brings cortisol down"), from ``data/everyday.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources

from claims.wording.cues import forms

__all__ = ["SOME_CHANGE", "patterns"]

SOME_CHANGE = "some-change"  # what is changed, or judged, without a way
_BETWEEN = r"(?:[^\s,;:]+ ){0,8}?"
_LICENSE = r"(?:can|may|might|could|will|would|help|helps|helped|also|not) "
_OBJECT = (
    r"(?= (?:your|the|our|their|his|her|people|you|them|us|an?|some|most|many|those|this|these|any|all|"
    r"skin|mood|spirits|appetite|pain|blood|muscles?|wrinkles|bowels?|nerves|stress|inflammation|weight|fat)\b)"
)


@cache
def patterns() -> tuple[tuple[str, str], ...]:
    """(meaning, regular expression for text in lower case), a word boundary taken as read at its start.

    >>> [meaning for meaning, _ in patterns()][:2]
    ['no-difference', 'decreases']
    """
    read = tomllib.loads(resources.files("claims.data").joinpath("everyday.toml").read_text("utf-8"))
    irregular: Mapping[str, str] = read.pop("irregular")
    return tuple(
        (meaning, "|".join(_of(section, irregular)).replace(" ", r"\s")) for meaning, section in read.items()
    )


def _of(section: Mapping[str, Sequence[str]], irregular: Mapping[str, str]) -> Iterator[str]:
    """The patterns of one meaning, the longer wordings first."""
    yield from section.get("fixed", ())
    for phrase in section.get("phrases", ()):
        verb, _, rest = phrase.partition(" ")
        yield rf"{_any(verb, irregular)} {rest}\b" if rest else rf"{_any(verb, irregular)}\b"
    for verb, particles in _by_verb(section.get("apart", ())):
        yield rf"{_any(verb, irregular)} (?={_BETWEEN}(?:{'|'.join(particles)})\b)"
    for verb in section.get("verbs", ()):
        yield rf"{_any(verb, irregular)}\b"
    for verb in section.get("doubtful", ()):
        yield rf"{_written(_forms(verb, irregular)[1:])}\b(?= \w)"
    bare = "|".join(section.get("doubtful", ()))
    if bare:
        yield rf"(?:{bare})\b{_OBJECT}"
        yield rf"{_LICENSE}(?:{bare})\b(?= \w)"


def _by_verb(apart: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The particles of each verb together, so that the text behind it is looked at once."""
    found: dict[str, list[str]] = {}
    for one in apart:
        verb, _, particle = one.partition(" ")
        found.setdefault(verb, []).append(particle)
    yield from found.items()


def _any(verb: str, irregular: Mapping[str, str]) -> str:
    return _written(_forms(verb, irregular))


def _written(forms_: Sequence[str]) -> str:
    """Forms of one verb with what they begin with written once: quicker to compile, and to search."""
    first, last = min(forms_), max(forms_)
    stem = first[
        : next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    ]
    ends = [one[len(stem) :] for one in forms_]
    return f"{stem}(?:{'|'.join(sorted(ends, reverse=True))})"


def _forms(verb: str, irregular: Mapping[str, str]) -> tuple[str, ...]:
    return (verb, *irregular[verb].split()) if verb in irregular else forms(verb)
