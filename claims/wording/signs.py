"""What the strength model sees of a sentence: its words, its build, and what the rules found.

Signs are plain strings, present or absent. ``w:`` a word · ``q:`` classes of words
in a row · ``p:`` classes in order with gaps · ``x:`` a stem of some class among its neighbours'
classes · ``r:`` what the rules found (candidates by kind and place, modality, their own answer).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from claims.wording import cues
from claims.wording.candidates import Candidate, strongest
from claims.wording.word_classes import word_class

_LONGEST = 1500  # characters read: a sentence that goes on is a table
_TOKEN = re.compile(r"[a-z]+(?:['’][a-z]+)?|\d+(?:[.,]\d+)*|[%<>=;:,.?()]")
_ENDINGS = tuple(
    "ations ation ments ment ings ing ies ied ously ally ively ly ness edly ed es s e".split()  # noqa: SIM905
)
_REACH = 4  # classes in a row


class Token(NamedTuple):
    """A word or mark, its class (None where it is passed over) and its place in the sentence."""

    word: str
    kind: str | None
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words and marks of a sentence in lower case."""
    return [
        Token(match.group(), word_class(match.group()), match.start(), match.end())
        for match in _TOKEN.finditer(text[:_LONGEST])
    ]


def signs(text: str, read: list[Token], found: list[Candidate]) -> set[str]:
    """The signs of a sentence in lower case, from its tokens and candidates."""
    there = {f"w:{'0' if one.word[0].isdigit() else one.word}" for one in read}
    if read:
        there.add(f"w1:{read[0].word}")
    build = _build(read)
    kinds = ["^", *(one.kind or "" for one in build), "$"]
    for reach in range(1, _REACH + 1):
        rows = zip(*(kinds[i:] for i in range(reach)), strict=False)
        there.update(map("q:".__add__, map(" ".join, rows)))
    telling = [kind for kind in kinds if kind[0].isupper()]
    for i, kind in enumerate(telling):
        there.update(f"p:{kind}>{later}" for later in telling[i + 1 : i + 4])
    if telling:
        there.update((f"p1:{telling[0]}", f"p9:{telling[-1]}"))
    for i, one in enumerate(build):
        there.update(_around(one, kinds, i + 1))
    there.update(_ruled(text, found))
    return there


def word_signs(read: list[Token]) -> list[tuple[Token, tuple[str, ...]]]:
    """Each telling word with the signs that are its own: what a cue can be taken from."""
    build = _build(read)
    kinds = ["^", *(one.kind or "" for one in build), "$"]
    return [
        (one, (f"w:{one.word}", *_around(one, kinds, i + 1)))
        for i, one in enumerate(build)
        if (one.kind or "")[:1].isupper()
    ]


def _build(read: list[Token]) -> list[Token]:
    """The tokens that have a class, runs of content, of numbers and of marks taken as one."""
    kept: list[Token] = []
    for one in read:
        if one.kind is None or (kept and one.kind == kept[-1].kind and one.kind in ("_", "0", ".")):
            continue
        kept.append(one)
    return kept


def _around(one: Token, kinds: list[str], at: int) -> tuple[str, ...]:
    if not (one.kind or "")[:1].isupper():
        return ()
    stem, before, after = _stem(one.word), kinds[at - 1], kinds[at + 1]
    further = kinds[at + 2] if at + 2 < len(kinds) else "$"
    return (
        f"x:{before} {stem}",
        f"x:{stem} {after}",
        f"x:{before} {stem} {after}",
        f"x:{stem} {after} {further}",
    )


def _ruled(text: str, found: list[Candidate]) -> set[str]:
    there: set[str] = set()
    counted: dict[str, int] = {}
    for one in found:
        name = f"r:{one.place} {one.kind}"
        counted[name] = counted.get(name, 0) + 1
        if one.modal is not None:
            there.add(f"r:modal {one.place} {one.kind}")
    for name, count in counted.items():
        there.update(f"{name} {step}" for step in range(1, min(count, 4) + 1))
    spoken = sorted({one.kind for one in found if one.place == "main"})
    there.add(f"r:kinds {'+'.join(spoken)}")
    first = next((one.kind for one in found if one.place == "main"), "none")
    there.add(f"r:first {first}")
    chosen = strongest(found)
    answer = "none" if chosen is None else chosen.kind
    there.add(f"r:answer {answer}{' modal' if chosen is not None and chosen.modal is not None else ''}")
    if cues.MODAL.search(text):
        there.add("r:modal")
    if cues.ASSERTS_NOTHING.search(text):
        there.add("r:silent")
    if cues.REPORTING.match(text):
        there.add("r:reporting")
    return there


@lru_cache(maxsize=16384)
def _stem(word: str) -> str:
    if word[0].isdigit():
        return "0"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
