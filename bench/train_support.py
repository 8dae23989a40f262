# ruff: noqa: E501 - command-line script with wide tables
"""Make ``claims/data/support.json``: the weights behind ``claims.support``.

    python bench/train_support.py DATA [--check]

DATA is the folder of development sets; used are ``check_covid`` and ``citation_integrity`` (labels) and ``pubmedqa``
(word frequencies), all three under the MIT licence. Needs scikit-learn, which the product does not. Deterministic:
the same data and library versions give the same file. ``--check`` also prints cross-validated scores, in folds that
keep a source document and a claim together, beside the plain rules the models have to beat.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from claims.support.features import cited_part, citing_features, compare, read, sentences_of, vector

TARGET = Path(__file__).parent.parent / "claims" / "data" / "support.json"
FACTORS = {"accurate": 1.15, "irrelevant": 0.9, "not_accurate": 1.0}  # class factors, from cross-validation
# Features that told nothing of a citation's truth in cross-validation.
UNUSED = ("hedge", "strength", "negation", "direction", "opposite", "numbers_absent", "has_names")
NAMES = {"not_enough_info": "not_enough_information"}
Row = dict[str, Any]


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


def citation_features(row: Row, weights: dict[str, float]) -> dict[str, float]:
    """As ``claims.support.judging.citation_judgement`` puts them together."""
    part = compare(cited_part(row["claim"]), row["evidence"], weights)
    whole = compare(row["claim"], row["evidence"], weights)
    return {**part, **citing_features(row["claim"]), **{f"w_{name}": value for name, value in whole.items()}}


def linear() -> LogisticRegression:
    """The model behind ``judge``."""
    return LogisticRegression(C=0.3, max_iter=3000)


def forest() -> RandomForestClassifier:
    """The model behind ``citation_accuracy``."""
    return RandomForestClassifier(
        150, max_depth=9, min_samples_leaf=6, class_weight="balanced", random_state=0, n_jobs=1
    )


def exported_trees(model: RandomForestClassifier) -> list[list[list[float]]]:
    """Each tree as rows [feature or -1, threshold, left, right, class shares in per cent]."""
    trees = []
    for estimator in model.estimators_:
        tree = estimator.tree_
        nodes = []
        for i in range(tree.node_count):
            share = tree.value[i][0] / tree.value[i][0].sum() * 100
            leaf = tree.children_left[i] < 0
            nodes.append(
                [
                    -1 if leaf else int(tree.feature[i]),
                    0 if leaf else round(float(tree.threshold[i]), 5),
                    0 if leaf else int(tree.children_left[i]),
                    0 if leaf else int(tree.children_right[i]),
                    *(round(float(one), 1) for one in share),
                ]
            )
        trees.append(nodes)
    return trees


def judged_by_rules(features: dict[str, float]) -> str:
    """The plain rule that the trained judge has to beat."""
    if features["coverage_best"] < 0.3:
        return "not_enough_info"
    denied = features["negation_claim_only"] + features["negation_text_only"] + features["opposites"]
    return "refutes" if denied + features["direction_near_opposed"] > 0 else "supports"


def cited_by_rules(features: dict[str, float]) -> str:
    """The plain rule that the trained citation model has to beat."""
    if features["coverage"] < 0.2:
        return "irrelevant"
    return "not_accurate" if features["grouped"] and features["coverage"] < 0.4 else "accurate"


def score(name: str, labels: Any, predicted: Any) -> None:
    """Print macro-F1 and each class's F1."""
    each = {
        str(one): round(f1_score(labels, predicted, labels=[one], average="macro"), 3)
        for one in sorted(set(labels))
    }
    print(f"{name:32} macro-F1 {f1_score(labels, predicted, average='macro'):.3f} {each}", flush=True)


def main() -> None:
    """Train, write, and with ``--check`` measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    covid, cited, asked = (
        rows(options.data, name) for name in ("check_covid", "citation_integrity", "pubmedqa")
    )
    weights = word_weights(
        text for row in (*covid, *cited, *asked) for text in (row["claim"], row["evidence"])
    )

    judged = [compare(row["claim"], row["evidence"], weights) for row in covid]
    names = sorted(judged[0])
    x, y = np.array([vector(one, names) for one in judged]), np.array([row["label"] for row in covid])
    scaler = StandardScaler().fit(x)
    model = linear().fit(scaler.transform(x), y)

    citing = [citation_features(row, weights) for row in cited]
    citing_names = [name for name in sorted(citing[0]) if not any(part in name for part in UNUSED)]
    cx, cy = (
        np.array([vector(one, citing_names) for one in citing]),
        np.array([row["label"] for row in cited]),
    )
    trees = forest().fit(cx, cy)

    if options.check:
        predicted = np.empty(len(y), dtype=object)
        groups = together(covid, lambda row: [("title", row["title"]), ("claim", row["claim"])])
        for train, test in GroupKFold(5).split(x, y, groups):
            fold = StandardScaler().fit(x[train])
            predicted[test] = (
                linear().fit(fold.transform(x[train]), y[train]).predict(fold.transform(x[test]))
            )
        score("judge: rules", y, [judged_by_rules(one) for one in judged])
        score("judge: trained", y, predicted)
        predicted = np.empty(len(cy), dtype=object)
        groups = together(
            cited,
            lambda row: [
                ("claim", row["claim"]),
                *(("s", s) for s in sentences_of(row["evidence"]) if len(s) > 60),
            ],
        )
        for train, test in GroupKFold(5).split(cx, cy, groups):
            fitted = forest().fit(cx[train], cy[train])
            weighed = fitted.predict_proba(cx[test]) * [FACTORS[one] for one in fitted.classes_]
            predicted[test] = fitted.classes_[weighed.argmax(1)]
        score("citation_accuracy: rules", cy, [cited_by_rules(one) for one in citing])
        score("citation_accuracy: trained", cy, predicted)

    written = {
        "about": "Made by bench/train_support.py from Check-COVID (MIT), Citation-Integrity (MIT) and, for word "
        "frequencies, PubMedQA (MIT). No text of theirs is in this file.",
        "weights": weights,
        "judge": {
            "names": names,
            "classes": [NAMES.get(one, str(one)) for one in model.classes_],
            "mean": [round(float(one), 5) for one in scaler.mean_],
            "scale": [round(float(one), 5) for one in scaler.scale_],
            "weights": [[round(float(one), 5) for one in row] for row in model.coef_],
            "intercept": [round(float(one), 5) for one in model.intercept_],
        },
        "citation": {
            "names": citing_names,
            "classes": [str(one) for one in trees.classes_],
            "factors": [FACTORS[one] for one in trees.classes_],
            "trees": exported_trees(trees),
        },
    }
    text = json.dumps(written, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    TARGET.write_text(text + "\n", encoding="utf-8")
    print(f"wrote {TARGET.name}: {TARGET.stat().st_size / 1e6:.2f} MB, {len(weights)} words")


if __name__ == "__main__":
    main()
