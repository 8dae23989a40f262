# ruff: noqa: E501 - command-line script with wide tables
"""Make ``claims/data/support.json``: the models and word weights behind ``claims.support``.

    python bench/train_support.py DATA [--check] [--seeds 3]

DATA is the folder of development sets; used are ``check_covid``, ``pubmedqa``, ``evidence_inference`` and
``citation_integrity``, all four under the MIT licence. Questions are trained on beside the results and once more beside the
authors' conclusions, claims on those of Check-COVID and beside them on claims about trials (``trial_claims``) and on questions
with conclusions; what is beside is not tested on, nor trained on where its document is held out. Needs scikit-learn and LightGBM, which the product does not. Deterministic: the same data and library
versions give the same file. Run it again after ``train_direction.py``: ``judge`` looks at that model's leanings too.

``--check`` only measures, in nested cross-validation: folds keep a source document and a claim together, each outer
fold's class factors come from its own training rows, and every seed deals the groups anew. Word weights, which know no
labels, come from all texts. Claims about trials are measured too: in wordings and of trials not trained on. Beside the trained models it prints the plain rules that they have to beat.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold, KFold
from sklearn.preprocessing import StandardScaler
from support_rows import Beside, about_trials, concluded, strangers

from claims.support.features import read, sentences_of
from claims.support.judging import answering_features, cited_features, judged_features

TARGET = Path(__file__).parent.parent / "claims" / "data" / "support.json"
BOOSTING = {
    "objective": "multiclass", "learning_rate": 0.04, "min_data_in_leaf": 20, "feature_fraction": 0.25,
    "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 10.0, "seed": 0, "deterministic": True, "num_threads": 1,
    "verbose": -1,
}  # fmt: skip
NAMES = {
    "not_enough_info": "not_enough_information",
    "yes": "supports",
    "no": "refutes",
    "maybe": "not_enough_information",
}
Row = dict[str, Any]
Features = Callable[[str, str, dict[str, float]], dict[str, float]]


@dataclass(frozen=True)
class Task:
    """One model: its rows, its parts and how they are fitted."""

    name: str
    rows: list[Row]
    groups: list[str]
    features: Features
    penalty: float | None = None  # C of the linear part
    rounds: int = 0  # of boosting
    leaves: int = 7  # of a tree
    balance: float = 0.0  # 1: classes weigh alike while fitting; 0: as often as they occur
    beside: tuple[Beside, ...] = ()

    @property
    def labels(self) -> np.ndarray:
        return np.array([NAMES.get(row["label"], row["label"]) for row in self.rows])


def rows(data: Path, name: str) -> list[Row]:
    """The rows of one set."""
    return [json.loads(line) for line in (data / name / "dev.jsonl").open(encoding="utf-8")]


def word_weights(texts: Iterable[str]) -> dict[str, float]:
    """Inverse sentence frequency of each stem seen in three sentences or more."""
    seen: Counter[str] = Counter()
    total = 0
    for text in texts:
        for sentence in sentences_of(text):
            total += 1
            seen.update(read(sentence).content)
    return {word: round(math.log(1 + total / (1 + n)), 2) for word, n in sorted(seen.items()) if n >= 3}


def together(items: Sequence[Row], keys: Callable[[Row], Iterable[Hashable]]) -> list[str]:
    """A group per row: rows that share a key, directly or through others, are in one group."""
    parent: dict[Hashable, Hashable] = {}

    def find(one: Hashable) -> Hashable:
        while parent.setdefault(one, one) != one:
            one = parent[one]
        return one

    for i, row in enumerate(items):
        for key in keys(row):
            parent[find(("row", i))] = find(key)
    return [str(find(("row", i))) for i in range(len(items))]


def in_order(groups: Sequence[str]) -> list[str]:
    """Groups whose rows lie among one another made one.

    Citation-Integrity lists the citations of one work together, and some share no sentence with the others.
    """
    last = {group: i for i, group in enumerate(groups)}
    found: list[str] = []
    end, name = -1, ""
    for i, group in enumerate(groups):
        if i > end:
            name = group
        end = max(end, last[group])
        found.append(name)
    return found


class Fitted:
    """A fitted model; ``shares`` are the mean of its parts' probabilities."""

    def __init__(self, task: Task, x: np.ndarray, y: np.ndarray) -> None:
        self.classes, counts = np.unique(y, return_counts=True)
        weigh = dict(zip(self.classes, (len(y) / len(counts) / counts) ** task.balance, strict=True))
        weights = np.array([weigh[one] for one in y])
        if task.beside:
            x = np.vstack([x, columns((one.features for one in task.beside), names_of(task))])
            y = np.concatenate([y, [one.label for one in task.beside]])
            weights = np.concatenate([weights, [one.weight for one in task.beside]])
        self.scaler = StandardScaler().fit(x)
        self.linear = self.trees = None
        if task.penalty:
            self.linear = LogisticRegression(C=task.penalty, max_iter=1000)
            self.linear.fit(self.scaler.transform(x), y, sample_weight=weights)
        if task.rounds:
            data = lightgbm.Dataset(x, np.searchsorted(self.classes, y), weight=weights)
            self.trees = lightgbm.train(
                {**BOOSTING, "num_leaves": task.leaves, "num_class": len(self.classes)}, data, task.rounds
            )

    def shares(self, x: np.ndarray) -> np.ndarray:
        found = []
        if self.linear is not None:
            found.append(self.linear.predict_proba(self.scaler.transform(x)))
        if self.trees is not None:
            found.append(self.trees.predict(x))
        return np.mean(found, axis=0)

    def written(self) -> dict[str, Any]:
        """The parts as plain numbers."""
        parts: dict[str, Any] = {}
        if self.linear is not None:
            parts["linear"] = {
                "mean": [round(float(one), 5) for one in self.scaler.mean_],
                "scale": [round(float(one), 5) for one in self.scaler.scale_],
                "weights": [[round(float(one), 5) for one in row] for row in self.linear.coef_],
                "intercept": [round(float(one), 5) for one in self.linear.intercept_],
            }
        if self.trees is not None:
            kinds = len(self.classes)
            grown = [nodes(tree["tree_structure"]) for tree in self.trees.dump_model()["tree_info"]]
            parts["trees"] = [grown[number::kinds] for number in range(kinds)]
        return parts


def nodes(root: dict[str, Any]) -> list[list[float]]:
    """A tree's nodes; the value of an inner one is the mean of its leaves, so that paths can be explained."""
    found: list[list[float]] = []

    def add(node: dict[str, Any]) -> tuple[int, float, float]:
        place = len(found)
        found.append([])
        if "split_feature" not in node:
            found[place] = [-1, 0, 0, 0, round(node["leaf_value"], 5)]
            return place, node["leaf_value"], node.get("leaf_count", 1)
        (left, one, many), (right, other, more) = add(node["left_child"]), add(node["right_child"])
        value = (one * many + other * more) / (many + more)
        found[place] = [node["split_feature"], round(node["threshold"], 10), left, right, round(value, 5)]
        return place, value, many + more

    add(root)
    return found


def best_factors(shares: np.ndarray, y: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """Class factors that give these shares the best macro-F1, found one class at a time."""
    number = np.searchsorted(classes, y)

    def macro(factors: np.ndarray) -> float:
        said = (shares * factors).argmax(1)
        return float(
            np.mean(
                [
                    2 * ((said == k) & (number == k)).sum() / max(1, (said == k).sum() + (number == k).sum())
                    for k in range(len(classes))
                ]
            )
        )

    factors = np.ones(len(classes))
    best = macro(factors)
    for _ in range(3):
        for k in range(len(classes)):
            for exponent in np.arange(-1.2, 1.21, 0.15):
                tried = factors.copy()
                tried[k] = math.exp(exponent)
                if macro(tried) > best + 1e-9:
                    best, factors = macro(tried), tried
    return factors / factors.max()


def outside(task: Task, groups: Iterable[str]) -> Task:
    """The task without what is beside it from these documents, nor what is kept for measuring."""
    held = set(groups)
    beside = tuple(one for one in task.beside if not one.kept and held.isdisjoint(one.documents))
    return replace(task, beside=beside)


def dealt(task: Task, x: np.ndarray, y: np.ndarray, groups: np.ndarray, seed: int) -> np.ndarray:
    """Cross-validated shares of each row."""
    shares = np.zeros((len(y), len(np.unique(y))))
    for train, test in GroupKFold(4, shuffle=True, random_state=seed).split(x, y, groups):
        shares[test] = Fitted(outside(task, groups[test]), x[train], y[train]).shares(x[test])
    return shares


def checked(task: Task, x: np.ndarray, seeds: int) -> None:
    """Print nested cross-validated macro-F1, seed by seed."""
    y, groups = task.labels, np.array(task.groups)
    scores, each = [], []
    for seed in range(seeds):
        predicted = np.empty(len(y), dtype=object)
        for train, test in GroupKFold(5, shuffle=True, random_state=seed).split(y, y, groups):
            apart = outside(task, groups[test])
            fitted = Fitted(apart, x[train], y[train])
            shares = dealt(apart, x[train], y[train], groups[train], seed)
            factors = best_factors(shares, y[train], fitted.classes)
            predicted[test] = fitted.classes[(fitted.shares(x[test]) * factors).argmax(1)]
        each.append(f1_score(y, predicted, average=None))
        scores.append(each[-1].mean())
    told = ", ".join(f"{one} {f:.3f}" for one, f in zip(np.unique(y), np.mean(each, axis=0), strict=True))
    by_seed = " ".join(f"{score:.3f}" for score in scores)
    print(f"{task.name}, trained: macro-F1 {np.mean(scores):.3f} (seeds {by_seed}; {told})", flush=True)


def checked_trials(task: Task, x: np.ndarray, seeds: int) -> None:
    """Print macro-F1 on claims about trials that were not trained on, in wordings that were not."""
    kept = [one for one in task.beside if one.kept]
    scores, trials = [], sorted({one.documents for one in kept})
    for seed in range(seeds):
        said, true = [], []
        for _, test in KFold(5, shuffle=True, random_state=seed).split(trials):
            held = {trials[i] for i in test}
            asked = [one for one in kept if one.documents in held]
            fitted = Fitted(outside(task, (name for names in held for name in names)), x, task.labels)
            shares = fitted.shares(columns((one.features for one in asked), names_of(task)))
            said.extend(fitted.classes[shares.argmax(1)])
            true.extend(one.label for one in asked)
        scores.append(f1_score(true, said, average="macro"))
    by_seed = " ".join(f"{score:.3f}" for score in scores)
    print(
        f"claims about trials, trained: macro-F1 {np.mean(scores):.3f} on {len(true)} rows (seeds {by_seed})",
        flush=True,
    )


def names_of(task: Task) -> list[str]:
    """The features of a task that count, by name."""
    row = task.rows[0]
    return sorted(task.features(row["claim"], row["evidence"], {}))


def columns(features: Iterable[dict[str, float]], names: Sequence[str]) -> np.ndarray:
    return np.array([[one.get(name, 0.0) for name in names] for one in features])


def matrix(task: Task, weights: dict[str, float]) -> tuple[np.ndarray, list[str]]:
    """The features of every row, and their names."""
    names = names_of(task)
    return columns((task.features(row["claim"], row["evidence"], weights) for row in task.rows), names), names


def judged_by_rules(features: dict[str, float]) -> str:
    """The plain rule that the trained judge has to beat."""
    if features["coverage_best"] < 0.3:
        return "not_enough_information"
    denied = features["negation_claim_only"] + features["negation_text_only"] + features["opposites"]
    return "refutes" if denied + features["direction_near_opposed"] > 0 else "supports"


def cited_by_rules(features: dict[str, float]) -> str:
    """The plain rule that the trained citation model has to beat."""
    if features["words_met"] < 0.2:
        return "irrelevant"
    return "not_accurate" if features["grouped"] and features["words_met"] < 0.5 else "accurate"


def main() -> None:
    """Measure, or train and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    covid, asked, cited = (
        rows(options.data, name) for name in ("check_covid", "pubmedqa", "citation_integrity")
    )
    tasks = [
        Task(
            "claims",
            covid,
            together(covid, lambda row: [("title", row["title"]), ("claim", row["claim"])]),
            judged_features,
            rounds=250,
            leaves=15,
        ),
        Task("questions", asked, [row["id"] for row in asked], answering_features, penalty=0.003),
        Task(
            "citations",
            cited,
            in_order(
                together(
                    cited,
                    lambda row: [
                        ("claim", row["claim"]),
                        *(("s", s) for s in sentences_of(row["evidence"]) if len(s) > 60),
                    ],
                )
            ),
            cited_features,
            penalty=0.004,
            balance=0.7,
        ),
    ]
    weights = word_weights(
        text for task in tasks for row in task.rows for text in (row["claim"], row["evidence"])
    )
    beside = (
        about_trials(options.data / "evidence_inference" / "dev.jsonl", weights)
        + concluded(asked, NAMES, weights, judged_features, 0.25),
        concluded(asked, NAMES, weights, answering_features, 2.0),
        strangers(cited, tasks[2].groups, weights),
    )
    tasks = [replace(task, beside=one) for task, one in zip(tasks, beside, strict=True)]
    if options.check:
        for task in tasks:
            rule = cited_by_rules if task.name == "citations" else judged_by_rules
            seen = cited_features if task.name == "citations" else judged_features
            found = [seen(row["claim"], row["evidence"], weights) for row in task.rows]
            plain = f1_score(task.labels, [rule(one) for one in found], average="macro")
            print(f"{task.name}, rules: macro-F1 {plain:.3f}", flush=True)
            x, _ = matrix(task, weights)
            checked(task, x, options.seeds)
            kept = [one for one in task.beside if one.kept]
            if kept:
                told = [judged_by_rules(one.features) for one in kept]
                plain = f1_score([one.label for one in kept], told, average="macro")
                print(f"claims about trials, rules: macro-F1 {plain:.3f}", flush=True)
                checked_trials(task, x, options.seeds)
        return
    written: dict[str, Any] = {
        "about": "Made by bench/train_support.py from Check-COVID, PubMedQA, Evidence Inference and "
        "Citation-Integrity (all MIT). "
        "No text of theirs is in this file.",
        "weights": weights,
    }
    for task in tasks:
        x, names = matrix(task, weights)
        y, groups = task.labels, np.array(task.groups)
        fitted = Fitted(task, x, y)
        factors = np.mean(
            [best_factors(dealt(task, x, y, groups, seed), y, fitted.classes) for seed in range(3)], axis=0
        )
        written[task.name] = {
            "names": names,
            "classes": [str(one) for one in fitted.classes],
            "factors": [round(float(one), 4) for one in factors],
            **fitted.written(),
        }
    text = json.dumps(written, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    TARGET.write_text(text + "\n", encoding="utf-8")
    print(f"wrote {TARGET.name}: {TARGET.stat().st_size / 1e6:.2f} MB, {len(weights)} words")


if __name__ == "__main__":
    main()
