# ruff: noqa: E501 - wordings read better in wide tables
"""Claims about trials, for ``support_rows.py``: the prompts of Evidence Inference (MIT) put into sentences.

A prompt says what was given, against what, and what was measured; its label says which way that went. Each is told
in one of our own wordings, as the label has it or otherwise, beside the span that the label rests on or the abstract
(supports, refutes), or beside a span that does not name what was measured (not enough information). Which way the
results lean is read by a model that has not seen the trial, as it will be of new trials.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import train_direction

from claims.findings.directing import Model
from claims.support.features import read

FOLDS = 4  # of the models that tell which way results lean
WORDINGS = {
    "increased": (
        "{i} increased {o}.", "{i} increases {o} compared with {c}.", "{o} was higher with {i} than with {c}.",
        "{i} raises {o}.", "Compared with {c}, {i} led to more {o}.", "{o} rose with {i}.",
        "{i} results in greater {o} than {c}.", "{i} can increase {o}.",
    ),
    "decreased": (
        "{i} reduced {o}.", "{i} lowers {o} compared with {c}.", "{o} was lower with {i} than with {c}.",
        "{i} decreases {o}.", "Compared with {c}, {i} led to less {o}.", "{o} fell with {i}.",
        "{i} results in smaller {o} than {c}.", "{i} may reduce {o}.",
    ),
    "no_difference": (
        "{i} had no effect on {o}.", "{i} does not change {o} compared with {c}.",
        "{o} did not differ between {i} and {c}.", "{i} makes no difference to {o}.",
        "{o} was similar with {i} and with {c}.", "There is no evidence that {i} affects {o}.",
        "{i} is no different from {c} for {o}.", "{o} is not affected by {i}.",
    ),
}  # fmt: skip
#: in the manner of plain health writing; ``--check`` trains on none of them and measures on them
PLAIN_WORDINGS = {
    "increased": (
        "People given {i} had more {o} than those given {c}.", "{i} boosts {o}.", "You can expect higher {o} after {i}.",
        "{i} drives {o} up.", "{o} went up in those who received {i}.",
    ),
    "decreased": (
        "People given {i} had less {o} than those given {c}.", "{i} cuts {o}.", "You can expect lower {o} after {i}.",
        "{i} brings {o} down.", "{o} went down in those who received {i}.",
    ),
    "no_difference": (
        "{i} and {c} came out alike on {o}.", "{i} does nothing for {o}.",
        "{o} stayed the same whether people got {i} or {c}.",
        "{i} is no better or worse than {c} when it comes to {o}.", "{o} is unaffected by {i}.",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class TrialClaim:
    """A claim beside a text; ``model`` has not seen the trial."""

    trial: str
    claim: str
    text: str
    label: str
    plain: bool
    model: Model


def read_prompts(path: Path) -> list[dict[str, Any]]:
    """The prompts, with a span of evidence each."""
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [row for row in found if row["evidence"] and row["evidence"] != "None"]


def trial_claims(rows: list[dict[str, Any]], models: Mapping[str, Model], seed: int = 1) -> list[TrialClaim]:
    """Two claims in the wordings of reports and one in plain ones for each prompt."""
    drawn = random.Random(seed)
    by_trial: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_trial[row["pmcid"]].append(row)
    found = []
    for row in rows:
        measured = read(row["outcome"]).content
        silent = [one for one in by_trial[row["pmcid"]] if not measured <= read(one["evidence"]).content]
        for wordings in (WORDINGS, WORDINGS, PLAIN_WORDINGS):
            others = sorted(wordings.keys() - {row["label"]})
            said = row["label"] if drawn.random() < 0.5 else drawn.choice(others)
            text, label = row["evidence"], "supports" if said == row["label"] else "refutes"
            if drawn.random() < 0.25:
                text = drawn.choice(silent if silent and drawn.random() < 0.7 else rows)["evidence"]
                label = "not_enough_information"
                if measured <= read(text).content:
                    continue
            elif drawn.random() < 0.33 and len(row["abstract"] or "") > 200:
                text = row["abstract"]
            claim = drawn.choice(wordings[said]).format(
                i=row["intervention"], o=row["outcome"], c=row["comparator"]
            )
            plain = wordings is PLAIN_WORDINGS
            found.append(TrialClaim(row["pmcid"], claim, text, label, plain, models[row["pmcid"]]))
    return found


def unseeing(read_set: tuple[list[dict[str, float]], np.ndarray, np.ndarray, np.ndarray]) -> dict[str, Model]:
    """For each trial a direction model trained without it; ``read_set`` is what ``train_direction.read`` gives."""
    signs, labels, trials, _ = read_set
    x, numbered = train_direction.matrix(signs), sorted(set(trials))
    random.Random(0).shuffle(numbered)
    found: dict[str, Model] = {}
    for fold in range(FOLDS):
        kept_out = numbered[fold::FOLDS]
        seen = ~np.isin(trials, kept_out)
        fitted = train_direction.fitted(x[seen], labels[seen], train_direction.PENALTIES)
        found |= dict.fromkeys(kept_out, train_direction.in_memory(fitted))
    return found
