# ruff: noqa: E501 - command-line script's rows
"""Rows that ``train_support.py`` trains on beside a task's own, made from the same MIT sets.

They are never tested on where they are beside, nor trained on where one of their documents is held out.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import train_direction
from trial_claims import read_prompts, trial_claims, unseeing

from claims.support.citing import cited_part
from claims.support.features import heaviest, read, sentences_of, share
from claims.support.judging import cited_features, judged_features

Row = dict[str, Any]
Features = Callable[[str, str, Mapping[str, float]], dict[str, float]]
TRIAL, STRANGER = 0.14, 0.2  # what a row weighs; one of a task's own weighs 1
PAIRINGS = 2  # with other works, of each citing sentence
LOOKED_THROUGH = 60  # sentences of another work
FEWEST = 8  # sentences that a work is lent with


@dataclass(frozen=True)
class Beside:
    """A row: its features and label, the documents it comes from, its weight, and whether it is kept for measuring."""

    features: dict[str, float]
    label: str
    documents: tuple[str, ...]
    weight: float
    kept: bool = False


def about_trials(prompts: Path, weights: Mapping[str, float]) -> tuple[Beside, ...]:
    """Claims about trials; those in plain wordings are kept for measuring."""
    models = unseeing(train_direction.read(prompts))
    return tuple(
        Beside(
            judged_features(one.claim, one.text, weights, model=one.model),
            one.label,
            (f"trial {one.trial}",),
            TRIAL,
            one.plain,
        )
        for one in trial_claims(read_prompts(prompts), models)
    )


def concluded(
    asked: Sequence[Row],
    names: Mapping[str, str],
    weights: Mapping[str, float],
    features: Features,
    weight: float,
) -> tuple[Beside, ...]:
    """Questions beside the authors' own conclusions, which say plainly what the results only show."""
    return tuple(
        Beside(features(row["claim"], row["conclusion"], weights), names[row["label"]], (row["id"],), weight)
        for row in asked
    )


def strangers(
    cited: Sequence[Row], groups: Sequence[str], weights: Mapping[str, float], seed: int = 0
) -> tuple[Beside, ...]:
    """Citing sentences beside those sentences of another work that have most words of theirs: irrelevant."""
    drawn, default = random.Random(seed), heaviest(weights)
    sentences: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for row, group in zip(cited, groups, strict=True):
        for sentence in sentences_of(row["evidence"]):
            if len(sentence) > 40:
                sentences[group][sentence] = read(sentence).content
    lenders = [group for group in sorted(sentences) if len(sentences[group]) >= FEWEST]
    found = []
    for row, group in zip(cited, groups, strict=True):
        content = read(cited_part(row["claim"])).content
        for _ in range(PAIRINGS):
            lender = drawn.choice([one for one in lenders if one != group])
            lent = list(sentences[lender])
            if len(lent) > LOOKED_THROUGH:
                lent = drawn.sample(lent, LOOKED_THROUGH)
            lent.sort(key=lambda one: -share(content, sentences[lender][one], weights, default))
            text = " ".join(lent[: len(sentences_of(row["evidence"]))])
            features = cited_features(row["claim"], text, weights)
            found.append(Beside(features, "irrelevant", (group, lender), STRANGER))
    return tuple(found)
