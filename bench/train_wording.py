# ruff: noqa: E501 - command-line script with wide tables
"""Make ``claims/data/strength.json``: the weights behind ``claims.wording.strength``.

    python bench/train_wording.py DATA [--check]

DATA is the folder of development sets. The sentences are from PubMedQA, Evidence Inference, Check-COVID,
Citation-Integrity and the CONSORT sentences (all MIT); the levels are this project's own, in
``bench/labels/causal_strength.tsv``, which points at each sentence and holds none. Beside them stand plain
sentences of health writing, ours too, in ``bench/labels/plain_sentences.tsv``: abstracts hold few; and conclusions
in the manner of abstracts that this project wrote, in ``bench/labels/written_conclusions.tsv``, since the sets
hold no more of them, in ``written_look_alikes.tsv`` conclusions and everyday sentences that are easily taken for
another level, and in ``written_wordings.tsv`` some with verbs and builds that the others lack. Needs scikit-learn, which the product does not. The same data and library versions give
the same file.

``--check`` prints instead of writing: cross-validation on our own labels (sentences of one document in one
fold; the written ones are never tested on), with and without the rules' signs, beside the rules alone; and, measured only, never trained on,
``causal_pubmed`` (GPL). The rules were tuned by eye on those rows: there only the row without the rules'
signs says what to expect of rows that nobody has seen.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from claims.alternatives import lowered
from claims.model import CausalStrength
from claims.wording.candidates import candidates, first_statement, strongest
from claims.wording.runs import runs_of
from claims.wording.signs import signs, tokens
from claims.wording.strength import LEVELS

HERE = Path(__file__).parent
LABELS = HERE / "labels" / "causal_strength.tsv"
PLAIN = HERE / "labels" / "plain_sentences.tsv"
WRITTEN = HERE / "labels" / "written_conclusions.tsv"
LOOK_ALIKES = HERE / "labels" / "written_look_alikes.tsv"
WORDINGS = HERE / "labels" / "written_wordings.tsv"
TARGET = HERE.parent / "claims" / "data" / "strength.json"
SCALE = 0.01  # weights are stored as whole hundredths
PENALTY = 0.15  # scikit-learn's C, from cross-validation
SEEN = 4  # sentences a sign must be in
RUN_PENALTY = 8.0
RUN_SEEN = 2  # sentences a run of words must be in
SHARE, RUN_SHARE = 0.8, 0.45  # of the log odds of each of the two, from cross-validation
ELSEWHERE = 0.4  # weight of a sentence that is not from an abstract's conclusion, from cross-validation
AS_WRITTEN = 0.5  # weight of a conclusion that this project wrote, from cross-validation
AS_LOOK_ALIKE = 0.3  # weight of one that is easily mistaken, from cross-validation
PLAINLY = 3.0  # weight of a plain sentence: they are few, and articles are full of their like
NAMES = [level.value for level in LEVELS]


@dataclass(frozen=True)
class Labelled:
    """One sentence: what it says first, its signs, its level's place in ``LEVELS``, its weight and its document."""

    text: str
    said: str
    there: frozenset[str]
    level: int
    weight: float
    document: str


def read(text: str) -> tuple[str, frozenset[str]]:
    """A sentence's first statement and its signs, as ``claims.wording.strength`` takes them."""
    low = first_statement(lowered(text))
    return low, frozenset(signs(low, tokens(low), candidates(low)))


def by_rules(text: str) -> int:
    """The level the rules alone would give, which the model has to beat."""
    chosen = strongest(candidates(lowered(text)))
    if chosen is None:
        return 0
    if chosen.kind not in ("causal", "hinted"):
        return 1
    return 2 if chosen.modal is not None else 3


def labelled(data: Path) -> list[Labelled]:
    """The labelled sentences; one whose text has changed since it was labelled is left out, and counted."""
    rows: dict[tuple[str, str], Any] = {}
    found, missing = [], 0
    with LABELS.open(encoding="utf-8", newline="") as file:
        for label in csv.DictReader(file, delimiter="\t"):
            name = label["set"]
            if (name, "") not in rows:
                for line in (data / name / "dev.jsonl").open(encoding="utf-8"):
                    row = json.loads(line)
                    rows[name, str(row["id"])] = row
                rows[name, ""] = None
            row = rows.get((name, label["row"])) or {}
            part = row.get(label["field"], "")[int(label["start"]) : int(label["end"])]
            text = re.sub(r"\s+", " ", part).strip()
            if hashlib.sha256(text.encode()).hexdigest()[:8] != label["sha256"]:
                missing += 1
                continue
            weight = 1.0 if label["part"] == "conclusion" else ELSEWHERE
            document = f"{name} {row.get('pmcid') or row.get('doc') or label['row']}"
            found.append(Labelled(text, *read(text), NAMES.index(label["level"]), weight, document))
    print(f"{len(found)} labelled sentences, {missing} not found")
    return found


def written(path: Path, weight: float) -> list[Labelled]:
    """The sentences of this project's own writing in one file, each a document of its own."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Labelled(
                row["sentence"],
                *read(row["sentence"]),
                NAMES.index(row["level"]),
                weight,
                f"{path.stem} {i}",
            )
            for i, row in enumerate(csv.DictReader(file, delimiter="\t"))
        ]


def written_here() -> list[Labelled]:
    """All sentences of this project's own writing."""
    return [
        *written(PLAIN, PLAINLY),
        *written(WRITTEN, AS_WRITTEN),
        *written(LOOK_ALIKES, AS_LOOK_ALIKE),
        *written(WORDINGS, AS_LOOK_ALIKE),
    ]


def matrix(rows: list[frozenset[str]], names: dict[str, int]) -> csr_matrix:
    """Present signs as ones."""
    indices, starts = [], [0]
    for row in rows:
        indices.extend(sorted(names[sign] for sign in row if sign in names))
        starts.append(len(indices))
    return csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(rows), len(names)))


@dataclass(frozen=True)
class Trained:
    """The two models and what they look at; ``shares`` are their log odds added up, by ``SHARE`` and ``RUN_SHARE``."""

    names: dict[str, int]
    by_signs: LogisticRegression
    vectors: TfidfVectorizer
    by_runs: LogisticRegression

    def log_odds(self, read: list[tuple[str, frozenset[str]]]) -> np.ndarray:
        """(sentences, levels): both models' log odds, each by its share."""
        one = self.by_signs.decision_function(matrix([there for _, there in read], self.names))
        other = self.by_runs.decision_function(self.vectors.transform([said for said, _ in read]))
        return SHARE * one + RUN_SHARE * other

    def guess(self, read: list[tuple[str, frozenset[str]]]) -> np.ndarray:
        """The level of each sentence."""
        return self.log_odds(read).argmax(axis=1)


def train(rows: list[Labelled], without: str = "") -> Trained:
    """Fit both models; signs that begin with ``without`` are left out."""
    counted: dict[str, int] = {}
    for row in rows:
        for sign in row.there:
            counted[sign] = counted.get(sign, 0) + 1
    kept = sorted(
        sign for sign, n in counted.items() if n >= SEEN and not (without and sign.startswith(without))
    )
    names = {sign: i for i, sign in enumerate(kept)}
    levels, weights = [row.level for row in rows], [row.weight for row in rows]
    by_signs = LogisticRegression(C=PENALTY, max_iter=400, tol=1e-4)
    by_signs.fit(matrix([row.there for row in rows], names), levels, sample_weight=weights)
    vectors = TfidfVectorizer(analyzer=runs_of, sublinear_tf=True, min_df=RUN_SEEN)
    by_runs = LogisticRegression(C=RUN_PENALTY, max_iter=400, tol=1e-4)
    by_runs.fit(vectors.fit_transform([row.said for row in rows]), levels, sample_weight=weights)
    return Trained(names, by_signs, vectors, by_runs)


def report(name: str, gold: list[int], said: list[int]) -> None:
    """Print macro-F1 and each level's F1."""
    each = f1_score(gold, said, average=None, labels=range(4))
    told = "  ".join(f"{level} {value:.3f}" for level, value in zip(NAMES, each, strict=True))
    print(f"{name:44} n {len(gold):5}  macro-F1 {np.mean(each):.3f}  {told}", flush=True)


def check(rows: list[Labelled], ours: list[Labelled], data: Path) -> None:
    """Cross-validate, and measure on rows that are never trained on."""
    main = [row for row in rows if row.weight == 1.0]
    rows = rows + ours
    gold = [row.level for row in main]
    report("own labels: rules alone", gold, [by_rules(row.text) for row in main])
    with (data / "causal_pubmed" / "dev.jsonl").open(encoding="utf-8") as file:
        unseen = [json.loads(line) for line in file]
    others = [NAMES.index(row["label"]) for row in unseen]
    theirs = [read(row["text"]) for row in unseen]
    for name, without in (("without the rules' signs", "r:"), ("all signs", "")):
        said = np.zeros(len(main), dtype=int)
        documents = [row.document for row in main]
        for _, test in GroupKFold(5).split(main, gold, documents):
            held = {documents[i] for i in test}
            model = train([row for row in rows if row.document not in held], without)
            said[test] = model.guess([(main[i].said, main[i].there) for i in test])
        report(f"own labels, cross-validated: {name}", gold, [int(one) for one in said])
        said = train(rows, without).guess(theirs)
        report(f"causal_pubmed, never trained on: {name}", others, [int(one) for one in said])


def centred(model: LogisticRegression) -> np.ndarray:
    """Its weights less their mean over the levels, which changes no answer."""
    return model.coef_ - model.coef_.mean(axis=0)


def write(rows: list[Labelled]) -> None:
    """Train on everything and write the weights."""
    model = train(rows)
    stored = np.rint(SHARE * centred(model.by_signs) / SCALE).astype(int)
    kept = {sign: stored[:, i].tolist() for sign, i in model.names.items() if np.abs(stored[:, i]).max() > 0}
    runs = np.rint(RUN_SHARE * centred(model.by_runs) / SCALE).astype(int)
    rarity = np.rint(model.vectors.idf_ / SCALE).astype(int)
    rows_of_runs = {
        run: [int(rarity[i]), *runs[:, i].tolist()] for run, i in sorted(model.vectors.vocabulary_.items())
    }
    bias = SHARE * model.by_signs.intercept_ + RUN_SHARE * model.by_runs.intercept_
    written = {
        "about": "Made by bench/train_wording.py from sentences of PubMedQA, Evidence Inference, Check-COVID, "
        "Citation-Integrity and RCT-Transparency (all MIT), labelled by this project, and of its own writing. No "
        "text of theirs is in it beyond runs of at most three words.",
        "levels": NAMES,
        "bias": [round(float(one), 4) for one in bias],
        "scale": SCALE,
        "signs": kept,
        "runs": rows_of_runs,
    }
    text = json.dumps(written, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    TARGET.write_text(text + "\n", encoding="utf-8")
    print(
        f"wrote {TARGET.name}: {TARGET.stat().st_size / 1e6:.2f} MB, {len(kept)} signs, {len(runs[0])} runs"
    )


def main() -> None:
    """Train and write, or check."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    assert [CausalStrength(name) for name in NAMES] == list(LEVELS)
    rows = labelled(options.data)
    ours = written_here()
    print(f"{len(ours)} sentences written here")
    if options.check:
        check(rows, ours, options.data)
    else:
        write(rows + ours)


if __name__ == "__main__":
    main()
