"""How strongly a sentence's main claim is worded: none, correlational, conditional causal or causal.

The four levels are those of Yu, Li and Wang (EMNLP 2019). A small linear model weighs a sentence's
words, its build and what the rules found in it (``claims.wording.signs``), a second one its words in
runs (``claims.wording.runs``), and a small network its windows of three words by what the words mean
(``claims.wording.windows``). Their weights lie in ``claims/data/strength.json`` and ``windows.json``, made by
``bench/train_wording.py`` and ``train_windows.py`` from sentences that this project labelled. Every answer
other than none has a cue, the words that carry it: a candidate of the rules where there is one, else the
word that weighed most. An answer without a cue is not given.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from claims.alternatives import lowered
from claims.model import CausalStrength
from claims.wording import cues
from claims.wording.candidates import Candidate, candidates, first_statement, is_apparatus
from claims.wording.runs import run_scores
from claims.wording.signs import Token, signs, tokens, word_signs
from claims.wording.windows import Windows, window_scores, windows_from

MAXIMUM_LENGTH = 4000  # a longer "sentence" is a table or an attack; only its head is read
LEVELS = (
    CausalStrength.NONE,
    CausalStrength.CORRELATIONAL,
    CausalStrength.CONDITIONAL_CAUSAL,
    CausalStrength.CAUSAL,
)
# What can carry each level, best first.
_CARRIERS = {
    CausalStrength.CORRELATIONAL: ("correlational", "compared"),
    CausalStrength.CONDITIONAL_CAUSAL: ("causal", "hinted"),
    CausalStrength.CAUSAL: ("causal", "hinted"),
}
_PLACES = ("main", "before", "silent")
_SAME_CLAUSE = 80  # characters from a modal to the word it makes conditional


@dataclass(frozen=True, slots=True)
class WordCue:
    """The words that carry a strength; offsets are the sentence's own, end exclusive."""

    strength: CausalStrength
    start: int
    end: int


def causal_strength(sentence: str) -> CausalStrength:
    """The strength of the sentence's main claim.

    >>> causal_strength("Coffee drinking was associated with fewer strokes.").value
    'correlational'
    """
    cue = causal_cue(sentence)
    return CausalStrength.NONE if cue is None else cue.strength


def causal_cue(sentence: str) -> WordCue | None:
    """The words that carry the sentence's strength, or None where it claims no relation.

    >>> cue = causal_cue("Zinc may shorten a cold.")
    >>> cue.strength.value, "Zinc may shorten a cold."[cue.start:cue.end]
    ('conditional_causal', 'may shorten')
    """
    return _read(sentence)[0]


def strength_shares(sentence: str) -> tuple[float, float, float, float]:
    """The model's probability of each of ``LEVELS``, in their order.

    >>> shares = strength_shares("Zinc shortens colds.")
    >>> shares.index(max(shares)), round(sum(shares), 6)
    (3, 1.0)
    """
    return _read(sentence)[1]


_Shares = tuple[float, float, float, float]
_SILENT: _Shares = (1.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Model:
    bias: tuple[float, ...]
    weights: dict[str, list[int]]
    runs: dict[str, list[int]]
    scale: float


@cache
def _model() -> _Model:
    stored = json.loads(resources.files("claims.data").joinpath("strength.json").read_text("utf-8"))
    return _Model(tuple(stored["bias"]), stored["signs"], stored["runs"], stored["scale"])


@cache
def _windows() -> Windows:
    return windows_from(
        json.loads(resources.files("claims.data").joinpath("windows.json").read_text("utf-8"))
    )


@lru_cache(maxsize=4096)
def _read(sentence: str) -> tuple[WordCue | None, _Shares]:
    text = lowered(sentence[:MAXIMUM_LENGTH])
    if is_apparatus(text):
        return None, _SILENT
    text = first_statement(text)
    found = candidates(text)
    words = tokens(text)
    model = _model()
    known = filter(None, map(model.weights.get, signs(text, words, found)))
    sums = [sum(column) for column in zip(*known, strict=True)] or [0, 0, 0, 0]
    second = run_scores(text, model.runs, model.scale)
    third = window_scores(words, _windows())
    raised = [
        math.exp(bias + one * model.scale + other + windows)
        for bias, one, other, windows in zip(model.bias, sums, second, third, strict=True)
    ]
    total = sum(raised)
    shares = (raised[0] / total, raised[1] / total, raised[2] / total, raised[3] / total)
    for i in sorted(range(4), key=lambda i: (-shares[i], i)):
        if i == 0:
            return None, shares
        if LEVELS[i] is CausalStrength.CORRELATIONAL and any(_outright(one, text) for one in found):
            continue  # "causes a 28 % higher risk": what is counted behind it makes it no association
        span = _carrier(LEVELS[i], text, words, found)
        if span is not None:
            return WordCue(LEVELS[i], *span), shares
    return None, shares


_CAUSES = re.compile(r"caus(?:es?|ed|ing)\b(?! (?:of|by))")


def _outright(one: Candidate, text: str) -> bool:
    """Whether a sentence says in so many words that one thing causes another."""
    plain = one.kind == "causal" and one.place == "main" and one.modal is None
    return plain and _CAUSES.match(text, one.start) is not None


def _carrier(
    level: CausalStrength, text: str, words: list[Token], found: list[Candidate]
) -> tuple[int, int] | None:
    """The words that carry a level, or None."""
    span: tuple[int, int] | None = None
    for kind in _CARRIERS[level]:
        fitting = [one for one in found if one.kind == kind]
        if fitting:
            chosen = min(fitting, key=lambda one: (_PLACES.index(one.place), one.start))
            span = chosen.start, chosen.end
            if level is CausalStrength.CONDITIONAL_CAUSAL and chosen.modal is not None:
                return min(chosen.modal, chosen.start), chosen.end
            break
    if span is None:
        span = _weightiest(LEVELS.index(level), words)
    if span is None or level is not CausalStrength.CONDITIONAL_CAUSAL:
        return span
    modals = [match.span() for match in cues.MODAL.finditer(text)]
    if not modals:
        return None
    nearest = min(modals, key=lambda one: (abs(one[0] - span[0]), one[0]))
    if nearest[0] <= span[0] <= nearest[1] + _SAME_CLAUSE:
        return nearest[0], max(nearest[1], span[1])
    return nearest


def _weightiest(level: int, words: list[Token]) -> tuple[int, int] | None:
    """The word whose own signs speak most for a level against the other three, or None where none does."""
    weights = _model().weights
    best: tuple[int, int] | None = None
    most = 0
    for word, own in word_signs(words):
        rows = [weights[sign] for sign in own if sign in weights]
        each = [sum(row[i] for row in rows) for i in range(4)]
        lead = each[level] - max(each[:level] + each[level + 1 :])
        if lead > most:
            best, most = (word.start, word.end), lead
    return best
