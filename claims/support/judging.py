"""Does this text support this claim? Is this citing sentence true to what it cites?

Two small models over the named features of ``claims.support.features``: logistic regression for ``judge``, a
forest of short decision trees for ``citation_accuracy``. Their numbers lie in ``claims/data/support.json``,
made by ``bench/train_support.py`` from Check-COVID and Citation-Integrity (both MIT). Each answer comes with
the features that led to it, in words. They read words, not meaning: heed the confidence, let a person look.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TypedDict

from claims.support.features import cited_part, citing_features, compare, vector


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a text stands to a claim.

    ``relation``: supports, refutes, not_enough_information. ``confidence``: the model's own probability
    of it, about right in cross-validation. ``reasons``: the features that told most for it, in words.
    """

    relation: str
    confidence: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CitationJudgement:
    """How true a citing sentence is to the cited text: accurate, not_accurate or irrelevant."""

    accuracy: str
    confidence: float
    reasons: tuple[str, ...] = ()


class _Linear(TypedDict):
    names: list[str]
    classes: list[str]
    mean: list[float]
    scale: list[float]
    weights: list[list[float]]
    intercept: list[float]


class _Forest(TypedDict):
    names: list[str]
    classes: list[str]
    factors: list[float]
    trees: list[list[list[float]]]  # node: [feature or -1, threshold, left, right, *class shares in %]


class _Models(TypedDict):
    about: str
    weights: dict[str, float]
    judge: _Linear
    citation: _Forest


_WORDS: Mapping[str, str] = {
    "coverage": "how many of the claim's words the text has",
    "coverage_best": "how many of the claim's words its nearest sentence has",
    "coverage_second": "how many of the claim's words a second sentence has",
    "coverage_best_squared": "how many of the claim's words its nearest sentence has",
    "coverage_two": "how many of the claim's words its two nearest sentences have",
    "pairs": "word pairs in common",
    "reverse": "how much of the nearest sentence the claim takes up",
    "heavy_missing": "rare words of the claim that the text lacks",
    "missing_count": "words of the claim that the text lacks",
    "names_missing": "names of the claim that the text lacks",
    "has_names": "names in the claim",
    "has_numbers": "numbers in the claim",
    "numbers_met": "numbers in common",
    "numbers_unmet": "a number of the claim that the text gives otherwise or not",
    "numbers_absent": "a number in the claim and none in the text",
    "negation_claim_only": "a negation in the claim alone",
    "negation_text_only": "a negation in the text alone",
    "negation_both": "a negation in both",
    "direction_same": "the same direction",
    "direction_opposed": "the opposite direction",
    "direction_near_same": "the same direction of the same thing",
    "direction_near_opposed": "the opposite direction of the same thing",
    "direction_claim_only": "a direction in the claim alone",
    "opposites": "a word in one and its opposite in the other",
    "hedge_gap_up": "the text hedges more than the claim",
    "hedge_gap_down": "the claim hedges more than the text",
    "strength_up": "the claim is worded more causally than the text",
    "strength_down": "the text is worded more causally than the claim",
    "strong_words": "strong words in the claim",
    "strong_words_missing": "strong words in the claim that the text lacks",
    "overlap_and_negation": "the same words, but one of the two denies",
    "overlap_and_opposite": "the same words with an opposite among them",
    "overlap_and_direction": "the same words in opposite directions",
    "overlap_and_unmet": "the same words with another number",
    "grouped": "one of several works cited together",
    "others": "other works cited in the same sentence",
    "part_of_sentence": "how much of the sentence the citation stands for",
    "at_end": "the citation closes the sentence",
    "citing_length": "the length of the citing sentence",
    "several_sentences": "several sentences before the citation",
    "length_claim": "the claim's length",
    "length_text": "the text's length",
    "sentences": "the number of sentences in the text",
}


@cache
def _models() -> _Models:
    text = resources.files("claims.data").joinpath("support.json").read_text(encoding="utf-8")
    loaded: _Models = json.loads(text)
    return loaded


def judge(claim: str, evidence_text: str) -> Judgement:
    """How ``evidence_text`` stands to ``claim``.

    >>> judge("Zinc shortens colds.", "The trains were late on Monday.").relation
    'not_enough_information'
    """
    models = _models()
    model = models["judge"]
    features = compare(claim, evidence_text, models["weights"])
    if features["coverage"] == 0.0:
        return Judgement("not_enough_information", 0.99, ("no word of the claim is in the text",))
    values = vector(features, model["names"])
    scaled = [(v - m) / s for v, m, s in zip(values, model["mean"], model["scale"], strict=True)]
    sums = [
        b + sum(w * x for w, x in zip(weights, scaled, strict=True))
        for weights, b in zip(model["weights"], model["intercept"], strict=True)
    ]
    top = max(sums)
    shares = [math.exp(one - top) for one in sums]
    best = max(range(len(shares)), key=lambda i: (shares[i], -i))
    average = [sum(row[i] for row in model["weights"]) / len(model["weights"]) for i in range(len(scaled))]
    told = [(w - mean) * x for w, mean, x in zip(model["weights"][best], average, scaled, strict=True)]
    return Judgement(
        model["classes"][best], round(shares[best] / sum(shares), 3), _reasons(model["names"], told)
    )


def citation_judgement(citing: str, source_text: str) -> CitationJudgement:
    """As ``citation_accuracy``, with the confidence and the reasons."""
    models = _models()
    model = models["citation"]
    part = compare(cited_part(citing), source_text, models["weights"])
    whole = compare(citing, source_text, models["weights"])
    features = {**part, **citing_features(citing), **{f"w_{name}": value for name, value in whole.items()}}
    if features["coverage"] == 0.0:
        return CitationJudgement("irrelevant", 0.99, ("no word of the claim is in the text",))
    values = vector(features, model["names"])
    sums = [0.0] * len(model["classes"])
    told = [[0.0] * len(values) for _ in model["classes"]]
    for tree in model["trees"]:
        node = tree[0]
        while node[0] >= 0:
            feature = int(node[0])
            following = tree[int(node[2] if values[feature] <= node[1] else node[3])]
            for i in range(len(sums)):
                told[i][feature] += following[4 + i] - node[4 + i]
            node = following
        for i in range(len(sums)):
            sums[i] += node[4 + i]
    weighed = [one * factor for one, factor in zip(sums, model["factors"], strict=True)]
    best = max(range(len(weighed)), key=lambda i: (weighed[i], -i))
    return CitationJudgement(
        model["classes"][best],
        round(weighed[best] / (sum(weighed) or 1.0), 3),
        _reasons(model["names"], told[best]),
    )


def citation_accuracy(citing: str, source_text: str) -> str:
    """Whether the citing sentence is true to the cited text: "accurate", "not_accurate" or "irrelevant".

    In ``citing``, ``<|cit|>`` marks the citation judged (``<|multi_cit|>`` where it is one of a group) and
    ``<|other_cit|>`` others; without a mark the whole sentence is judged.

    >>> citation_accuracy("Naps lower blood pressure <|cit|>.", "The harbour freezes in winter.")
    'irrelevant'
    """
    return citation_judgement(citing, source_text).accuracy


def _reasons(names: list[str], told: list[float]) -> tuple[str, ...]:
    """The three features that spoke most for the answer, each once, in words."""
    order = sorted(range(len(names)), key=lambda i: (-told[i], names[i]))
    found: dict[str, None] = {}
    for i in order[:8]:
        if told[i] > 0:
            name = names[i].removeprefix("w_")
            found.setdefault(_WORDS.get(name, name.replace("_", " ")))
    return tuple(found)[:3]
