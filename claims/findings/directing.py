"""Which way an intervention moved an outcome, read from a trial's text.

Rules find the sentences that speak of the outcome, mark where intervention, comparator and outcome
are named, and read the signs: words of less and more, words of no difference, p values, intervals,
the groups' values in their order. A small linear model, trained on the Evidence Inference data (MIT
licence; ``bench/train_direction.py``), weighs these signs; ``explain`` names those that decided.
Without its data file the signs vote by themselves.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from zlib import crc32

from claims.findings.direction_signs import NAMED, features
from claims.findings.outcome_sentences import relevant

BUCKETS = 1 << 16  # places for the weights of signs, by their hash


@dataclass(frozen=True, slots=True)
class Explanation:
    """``direction`` with the model's probability and the signs that weighed most, best first.

    ``sentences`` are those that fit best; ``told``: the first says itself which way it went.
    ``differs``: how probable it is that there was a difference at all, whichever way.
    """

    direction: str
    probability: float
    signs: tuple[str, ...]
    sentences: tuple[str, ...]
    told: bool = False
    differs: float = 0.0


def direction(intervention: str, comparator: str, outcome: str, text: str) -> str:
    """What ``text`` says the intervention did to the outcome, against the comparator.

    One of increased, decreased, no_difference, unknown; "increased" is of the outcome as named, so
    less pain is "decreased". Unknown where the text is empty or says nothing that bears on it.

    >>> said = "Falls were significantly fewer with tai chi than with stretching."
    >>> direction("tai chi", "stretching", "falls", said)
    'decreased'
    """
    return explain(intervention, comparator, outcome, text).direction


def explain(
    intervention: str, comparator: str, outcome: str, text: str, *, model: Model | None = None
) -> Explanation:
    """As ``direction``, with what decided it; by the shipped model unless another is given."""
    signs = features(intervention, comparator, outcome, text)
    chosen = tuple(text_of for text_of, _ in relevant(intervention, comparator, outcome, text)[:3])
    if not signs:
        return Explanation("unknown", 0.0, (), chosen)
    model = shipped() if model is None else model
    none, up = model.bias
    weighed: list[tuple[float, float, str]] = []
    for sign, value in sorted(signs.items()):
        row = model.weights.get(crc32(sign.encode()) % BUCKETS)
        if row is not None:
            none += row[0] * value
            up += row[1] * value
            weighed.append((row[0] * value, row[1] * value, sign))
    if none > 0:
        said, probability, part = "no_difference", _share(none), [(one[0], one[2]) for one in weighed]
    elif up > 0:
        said, probability, part = (
            "increased",
            _share(-none) * _share(up),
            [(one[1], one[2]) for one in weighed],
        )
    else:
        said, probability, part = (
            "decreased",
            _share(-none) * _share(-up),
            [(-one[1], one[2]) for one in weighed],
        )
    spoken = any(sign.startswith(("lex:", "p:", "ci:", "est:", "pair:", "armnum:")) for sign in signs)
    if not spoken and (probability < 0.5 or not signs.keys() & NAMED):
        return Explanation("unknown", probability, (), chosen)
    deciding = sorted(part, key=lambda one: (-one[0], one[1]))
    telling = tuple(sign for weight, sign in deciding[:8] if weight > 0)
    told = any(sign.startswith("top:") for sign in signs)
    return Explanation(said, probability, telling, chosen, told, _share(-none))


def leaning(outcome: str, text: str, *, model: Model | None = None) -> tuple[float, float]:
    """Log odds that ``text`` tells of no difference in ``outcome``; and of a rise, if there is one.

    Asks nothing of who was compared with whom, so ``outcome`` may be a whole claim or question; by the
    shipped model unless another is given.
    """
    model = shipped() if model is None else model
    none, up = model.bias
    for sign, value in sorted(features("", "", outcome, text).items()):
        row = model.weights.get(crc32(sign.encode()) % BUCKETS)
        if row is not None:
            none += row[0] * value
            up += row[1] * value
    return none, up


def _share(total: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))


@dataclass(frozen=True, slots=True)
class Model:
    """Two linear judgements: is there no difference; and where there is one, is it a rise."""

    weights: dict[int, tuple[float, float]]
    bias: tuple[float, float]


_BY_HAND = {
    "lex:none": (2.0, 0.0),
    "p:not": (2.0, 0.0),
    "ci:null": (2.0, 0.0),
    "p:yes": (-2.0, 0.0),
    "net:less:arm": (-0.5, -1.5),
    "net:more:arm": (-0.5, 1.5),
    "lex:less": (-0.5, -1.0),
    "lex:more": (-0.5, 1.0),
}


def by_hand() -> Model:
    """A few weights set by hand: the rules alone."""
    return Model({crc32(name.encode()) % BUCKETS: row for name, row in _BY_HAND.items()}, (0.0, 0.0))


@cache
def shipped() -> Model:
    """The shipped weights; without their file, those set by hand."""
    source = resources.files("claims.findings").joinpath("direction_weights.json")
    if not source.is_file():
        return by_hand()
    stored = json.loads(source.read_text("utf-8"))
    scale = stored["scale"]
    weights = {
        bucket: (row[0] * scale, row[1] * scale)
        for bucket, row in zip(_unpacked(stored["buckets"]), stored["weights"], strict=True)
    }
    none, up = stored["bias"]
    return Model(weights, (none, up))


def _unpacked(steps: Sequence[int]) -> Iterable[int]:
    """Bucket numbers are stored as the steps between them."""
    total = 0
    for step in steps:
        total += step
        yield total
