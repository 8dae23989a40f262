"""The sentences of a trial's text that speak of an outcome."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from claims.expressions import expression
from claims.findings import direction_words as words
from claims.findings.sections import sentences

__all__ = ["LONGEST", "relevant", "short_forms", "stem", "stems_of", "token_starts", "tokens_of"]

LONGEST = 40_000  # characters of a text that are read
_WORD = expression(r"[A-Za-zα-ωΑ-Ωµ]+(?:['’][a-z]+)?|\d+(?:[.,·]\d+)*|[<>=≤≥±%+]")


def tokens_of(text: str) -> list[str]:
    """The words, numbers and signs of comparison of a text, in order."""
    return [match[0] for match in _WORD.finditer(text)]


def token_starts(text: str) -> list[int]:
    """Where each of ``tokens_of`` begins."""
    return [match.start() for match in _WORD.finditer(text)]


@lru_cache(maxsize=4096)
def stems_of(text: str) -> tuple[str, ...]:
    """The content words of a name, each once, as stems."""
    stems = []
    for token in tokens_of(text):
        lowered = token.lower()
        if lowered in words.STOP or (len(lowered) < 2 and not lowered.isdigit()):
            continue
        stems.append(stem(lowered))
    return tuple(dict.fromkeys(stems))


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """A lower-case word without its ending, at most eight letters.

    >>> stem("walking"), stem("walks")
    ('walk', 'walk')
    """
    for ending in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word[:8]


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence and what is asked of it time and again; ``said``: it has words of change or a p value."""

    text: str
    tokens: frozenset[str]
    stems: frozenset[str]
    said: bool
    worth: float  # by the section it stands in, and how late


@lru_cache(maxsize=128)
def _read(body: str) -> tuple[_Read, ...]:
    parts = sentences(body)
    read = []
    for number, part in enumerate(parts):
        text = body[part.start : part.end]
        tokens = tokens_of(text)
        lowered = {token.lower() for token in tokens}
        said = bool(lowered & _OF_CHANGE) or bool(words.P.search(text))
        worth = _WORTH.get(part.section or "", 0.0) + 0.1 * number / max(1, len(parts))
        read.append(_Read(text, frozenset(tokens), frozenset(map(stem, lowered)), said, worth))
    return tuple(read)


_OF_CHANGE = words.LESS | words.MORE | words.NONE
_WORTH = {
    "results": 0.35,
    "conclusions": 0.3,
    "background": -0.5,
    "methods": -0.5,
    "title": -0.1,
    "other": -1.0,
}


@lru_cache(maxsize=256)
def relevant(intervention: str, comparator: str, outcome: str, text: str) -> tuple[tuple[str, float], ...]:
    """The sentences of ``text`` that speak of the outcome, with their fit, best first."""
    body = text[:LONGEST]
    wanted = set(stems_of(outcome))
    arms = set(stems_of(intervention)) | set(stems_of(comparator))
    abbreviations = short_forms(body, outcome)
    scored: list[tuple[float, int, str]] = []
    for number, one in enumerate(_read(body)):
        met = len(wanted & one.stems) / max(1, len(wanted))
        if abbreviations & one.tokens:
            met = max(met, 0.9)
        arm = len(arms & one.stems) / max(1, len(arms))
        fit = 1.6 * met + 0.35 * arm + (0.45 if one.said else 0.0) + one.worth
        scored.append((fit, number, one.text))
    ordered = sorted(scored, key=lambda one: (-one[0], one[1]))
    return tuple((sentence, fit) for fit, _, sentence in ordered)


def short_forms(text: str, outcome: str) -> set[str]:
    """Short forms that the text defines for the outcome: "systolic blood pressure (SBP)"."""
    found = set()
    wanted = set(stems_of(outcome))
    for match in re.finditer(r"\(([A-Z][A-Za-z0-9-]{1,9})\)", text):
        before = text[max(0, match.start() - 80) : match.start()]
        stems = [stem(token.lower()) for token in tokens_of(before)[-5:]]
        if wanted and len(wanted & set(stems)) >= max(1, (len(wanted) + 1) // 2):
            found.add(match[1])
    return found
