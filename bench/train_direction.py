"""Train the small linear model behind ``claims.findings.direction``, and cross-validate it by document.

    python bench/train_direction.py DATA/evidence_inference/dev.jsonl [--write] [--folds 5] [--seeds 1]

Data: Evidence Inference (Lehman et al. 2019, DeYoung et al. 2020), MIT licence. Needs scikit-learn,
which the product does not. Every row is used twice, with its gold span and with its abstract; all rows
of a document stay in one fold, and every seed deals the documents anew. What is written is a plain JSON
file of rounded weights.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from claims.findings import directing as model
from claims.findings.direction_signs import features

TARGET = Path(model.__file__).with_name("direction_weights.json")
LABELS = ("decreased", "increased", "no_difference")
PENALTIES = (0.05, 0.1)  # C of the two judgements


def matrix(rows: list[dict[str, float]]) -> csr_matrix:
    data, indices, starts = [], [], [0]
    for row in rows:
        merged: dict[int, float] = {}
        for sign, value in row.items():
            bucket = crc32(sign.encode()) % model.BUCKETS
            merged[bucket] = merged.get(bucket, 0.0) + value
        indices.extend(merged)
        data.extend(merged.values())
        starts.append(len(indices))
    return csr_matrix((data, indices, starts), shape=(len(rows), model.BUCKETS))


def read(path: Path) -> tuple[list[dict[str, float]], np.ndarray, np.ndarray, np.ndarray]:
    signs, labels, groups, kinds = [], [], [], []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        for kind, text in (("span", row["evidence"]), ("abstract", row["abstract"])):
            if not text or text == "None":
                continue
            signs.append(features(row["intervention"], row["comparator"], row["outcome"], text))
            labels.append(LABELS.index(row["label"]))
            groups.append(row["pmcid"])
            kinds.append(kind)
    return signs, np.array(labels), np.array(groups), np.array(kinds)


def fitted(x: csr_matrix, y: np.ndarray, c: tuple[float, float]) -> tuple[LogisticRegression, ...]:
    """One judgement of whether there is a difference, one of which way it goes where there is one."""
    none = LABELS.index("no_difference")
    differs = LogisticRegression(C=c[0], max_iter=400).fit(x, y == none)
    moved = y != none
    way = LogisticRegression(C=c[1], max_iter=400).fit(x[moved], y[moved] == LABELS.index("increased"))
    return differs, way


def guess(trained: tuple[LogisticRegression, ...], x: csr_matrix) -> np.ndarray:
    none, up = (one.decision_function(x) > 0 for one in trained)
    decreased, increased, same = (
        LABELS.index(label) for label in ("decreased", "increased", "no_difference")
    )
    return np.where(none, same, np.where(up, increased, decreased))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--c", type=float, nargs=2, default=PENALTIES)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    strength = tuple(options.c)
    signs, y, groups, kinds = read(options.data)
    x = matrix(signs)
    for seed in range(options.seeds):
        guessed = np.zeros_like(y)
        for train, test in GroupKFold(options.folds, shuffle=True, random_state=seed).split(x, y, groups):
            guessed[test] = guess(fitted(x[train], y[train], strength), x[test])
        for kind in ("span", "abstract"):
            chosen = kinds == kind
            each = f1_score(y[chosen], guessed[chosen], average=None)
            told = ", ".join(f"{label} {score:.3f}" for label, score in zip(LABELS, each, strict=True))
            print(f"seed {seed}, {kind}: macro-F1 {each.mean():.3f} on {chosen.sum()} rows ({told})")
    if options.write:
        write(fitted(x, y, strength))


def in_memory(trained: tuple[LogisticRegression, ...]) -> model.Model:
    """What was fitted, as the product's model, not rounded."""
    weights = np.vstack([one.coef_ for one in trained]).T
    none, up = (float(one.intercept_[0]) for one in trained)
    used = np.flatnonzero(weights.any(axis=1))
    return model.Model({int(i): (float(weights[i, 0]), float(weights[i, 1])) for i in used}, (none, up))


def write(trained: tuple[LogisticRegression, ...]) -> None:
    scale = 0.002
    rounded = np.rint(np.vstack([one.coef_ for one in trained]).T / scale).astype(int)
    kept = np.flatnonzero(np.abs(rounded).sum(axis=1) > 1)
    TARGET.write_text(
        json.dumps(
            {
                "source": "Evidence Inference, MIT licence; made by bench/train_direction.py",
                "scale": scale,
                "bias": [round(float(one.intercept_[0]), 4) for one in trained],
                "buckets": np.diff(kept, prepend=0).tolist(),
                "weights": rounded[kept].tolist(),
            },
            separators=(",", ":"),
        )
        + "\n",
        "utf-8",
    )
    print(f"{TARGET.name}: {len(kept)} of {model.BUCKETS} buckets, {TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
