"""The words of a sentence that stand with each of several numbers alone.

``printed/contexts`` asks the same and cuts finer, also what one number takes over from another. Tried in
place of this it questioned as many right claims, though others, and missed one more that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.alignment import content_words
from claims.expressions import expression

__all__ = ["contexts_of"]


_BEHIND = expression(
    r"(?:[^.;()\[\]]{0,60}[)\]]|[)\]])?\s?,?\s?(?:(?!(?:and|but|while|whereas|or)\b)\w+\s){0,2}?(?:in|among|for|with|at|on|of|to|after|from|when|by)\s",
    re.IGNORECASE,
)


_SENTENCE = expression(r"[.;]\s+(?=[A-Z])|;\s")


_RESPECTIVELY = expression(r"\brespectively\b", re.IGNORECASE)


_LISTED = expression(r",\s(?:and\s)?|\sand\s|\sor\s")


def contexts_of(sentence: str, places: Sequence[tuple[int, int]]) -> list[str]:
    """The words that stand with each of several numbers alone; all words where there is just one."""
    if len(places) < 2:
        return [sentence for _ in places]
    starts, ends = [low for low, _ in places], [high for _, high in places]
    after = [sentence[a:b] for a, b in zip(ends, [*starts[1:], len(sentence)], strict=True)]
    after = [_SENTENCE.split(one)[0] for one in after]
    respectively = _RESPECTIVELY.search(sentence, ends[-1])
    if respectively is not None:
        named = _listed(sentence[ends[-1] : respectively.start()], len(places), last=False)
        named = named or _listed(sentence[: starts[0]], len(places), last=True)
        return named or ["" for _ in places]
    behind = [_BEHIND.match(one) is not None for one in after]
    if all(behind):
        return after
    if any(behind[:-1]):
        return ["" for _ in places]  # told in more ways than one
    before = [sentence[a:b] for a, b in zip([0, *ends[:-1]], starts, strict=True)]
    before = [_SENTENCE.split(_outside_brackets(one))[-1] for one in before]
    if behind[-1] and not content_words(before[-1]):  # "92 % with X against 76 % with Y"
        before[-1] = after[-1]
    return before


_HALF_OPEN = expression(r"^[^()]*\)|\((?:[^()]|\([^()]*\))*$")


def _outside_brackets(text: str) -> str:
    """A stretch of a sentence without the half brackets that it begins and ends with.

    >>> _outside_brackets("; 46 trials, RR 1.02) and with tea (11 dead/97 (12%); 26 trials, RR ")
    ' and with tea '
    """
    return _HALF_OPEN.sub("", text) or text


def _listed(text: str, count: int, *, last: bool) -> list[str]:
    """The ``count`` things that a text lists, at its end where ``last``; [] where it lists another number."""
    parts = [part for part in _LISTED.split(re.sub(r"^[\s)\]]+", "", text)) if part.strip(" ,(")]
    if len(parts) == count:
        return parts
    return parts[-count:] if last and len(parts) > count else []
