"""The models behind ``judge`` and ``citation_accuracy``: a linear part, a part of boosted trees, or both.

Their numbers lie in ``claims/data/support.json``, made by ``bench/train_support.py``. Where a model has
both parts, the mean of their probabilities counts; class factors then weigh the classes for macro-F1.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NotRequired, TypedDict


class Linear(TypedDict):
    """Multinomial logistic regression over scaled features."""

    mean: list[float]
    scale: list[float]
    weights: list[list[float]]
    intercept: list[float]


class Model(TypedDict):
    """A model over named features.

    ``trees`` are boosted regression trees, a list a class; a node is
    [feature or -1, threshold, left, right, value].
    """

    names: list[str]
    classes: list[str]
    factors: list[float]
    linear: NotRequired[Linear]
    trees: NotRequired[list[list[list[list[float]]]]]


class _Stored(TypedDict):
    about: str
    weights: dict[str, float]
    claims: Model
    questions: Model
    citations: Model


@dataclass(frozen=True, slots=True)
class Answer:
    """The likeliest class, its probability, and the names of the features that told for it, most first."""

    label: str
    confidence: float
    told_by: tuple[str, ...]


@cache
def stored() -> _Stored:
    """The shipped models and word weights."""
    text = resources.files("claims.data").joinpath("support.json").read_text(encoding="utf-8")
    loaded: _Stored = json.loads(text)
    return loaded


def answer(model: Model, features: Mapping[str, float]) -> Answer:
    """What the model says of these features; one that is not there is 0."""
    values = [features.get(name, 0.0) for name in model["names"]]
    count = len(model["classes"])
    shares = [0.0] * count
    told = [[0.0] * len(values) for _ in range(count)]
    for part in (
        _linear(model["linear"], values, told) if "linear" in model else None,
        _boosted(model["trees"], values, told) if "trees" in model else None,
    ):
        if part is not None:
            shares = [old + new for old, new in zip(shares, part, strict=True)]
    weighed = [one * factor for one, factor in zip(shares, model["factors"], strict=True)]
    best = max(range(count), key=lambda i: (weighed[i], -i))
    mean = [sum(row[i] for row in told) / count for i in range(len(values))]
    speaks = [one - other for one, other in zip(told[best], mean, strict=True)]
    order = sorted(range(len(values)), key=lambda i: (-speaks[i], model["names"][i]))
    return Answer(
        model["classes"][best],
        round(shares[best] / sum(shares), 3),
        tuple(model["names"][i] for i in order[:12] if speaks[i] > 0),
    )


def _linear(part: Linear, values: Sequence[float], told: list[list[float]]) -> list[float]:
    scaled = [(v - m) / s for v, m, s in zip(values, part["mean"], part["scale"], strict=True)]
    sums = []
    for row, weights, intercept in zip(told, part["weights"], part["intercept"], strict=True):
        products = [w * x for w, x in zip(weights, scaled, strict=True)]
        for i, product in enumerate(products):
            row[i] += product
        sums.append(intercept + sum(products))
    return _softmax(sums)


def _boosted(
    part: list[list[list[list[float]]]], values: Sequence[float], told: list[list[float]]
) -> list[float]:
    sums = [0.0] * len(part)
    for number, trees in enumerate(part):
        row = told[number]
        for tree in trees:
            node = tree[0]
            while node[0] >= 0:
                feature = int(node[0])
                following = tree[int(node[2] if values[feature] <= node[1] else node[3])]
                row[feature] += following[4] - node[4]
                node = following
            sums[number] += node[4]
    return _softmax(sums)


def _softmax(sums: Sequence[float]) -> list[float]:
    top = max(sums)
    raised = [math.exp(one - top) for one in sums]
    whole = sum(raised)
    return [one / whole for one in raised]
