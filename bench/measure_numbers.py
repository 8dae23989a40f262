"""Measure what reads numbers on the development sets: test statistics, directions, speed.

    python bench/measure_numbers.py FOLDER [--rules-only]

FOLDER holds ``statcheck_strings`` and ``evidence_inference`` (each with ``dev.jsonl``). The shipped
direction model was trained on the latter, so its figure here is no estimate of what it does on unseen
text: ``bench/train_direction.py`` cross-validates it by document.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path

from claims.findings import directing, extract
from claims.statistics import StatisticCheck, check

ASKED = ("intervention", "comparator", "outcome")
LABELS = ("decreased", "increased", "no_difference")


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    lines = (folder / name / "dev.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def same(read: object, gold: str) -> bool:
    if gold == "":
        return read is None
    return read is not None and abs(float(str(read)) - float(gold)) < 1e-9


def agrees(row: dict[str, str], found: StatisticCheck) -> bool:
    degrees = (None, found.df1) if found.test == "t" else (found.df1, found.df2)
    p_comparison = "ns" if found.p_value is None else found.p_comparison
    return (
        {"chi2": "Chi2"}.get(found.test, found.test) == row["test_type"]
        and same(degrees[0], row["df1"])
        and same(degrees[1], row["df2"])
        and same(found.value, row["test_value"])
        and found.comparison == row["test_comparison"]
        and p_comparison == row["p_comparison"]
        and same(found.p_value, row["p"])
    )


def statistics(folder: Path) -> None:
    rows = rows_of(folder, "statcheck_strings")
    right = sum(1 for row in rows if any(agrees(row, found) for found in check(row["text"])))
    results = Counter(found.result for row in rows for found in check(row["text"]))
    print(
        f"statistics: {right} of {len(rows)} read in every field ({right / len(rows):.3f}); {dict(results)}"
    )


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    scores = []
    for label in LABELS:
        hit = sum(1 for gold, said in pairs if gold == said == label)
        wrong = sum(1 for gold, said in pairs if (gold == label) != (said == label))
        scores.append(2 * hit / (2 * hit + wrong) if hit + wrong else 0.0)
    return sum(scores) / len(scores)


def directions(folder: Path, *, rules_only: bool) -> None:
    model = directing.by_hand() if rules_only else directing.shipped()
    rows = rows_of(folder, "evidence_inference")
    for field in ("evidence", "abstract"):
        pairs = [
            (
                row["label"],
                directing.explain(*(row[name] for name in ASKED), row[field], model=model).direction,
            )
            for row in rows
            if row[field] and row[field] != "None"
        ]
        print(f"direction from the {field}: macro-F1 {macro_f1(pairs):.3f} on {len(pairs)} rows")


def speed(folder: Path) -> None:
    abstracts = sorted({row["abstract"] for row in rows_of(folder, "evidence_inference") if row["abstract"]})
    began = time.perf_counter()
    found = sum(len(extract(abstract)) for abstract in abstracts[:200])
    each = (time.perf_counter() - began) / len(abstracts[:200]) * 1000
    print(f"extract: {found} findings from {len(abstracts[:200])} abstracts, {each:.1f} ms each")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rules-only", action="store_true", help="directions by hand-made weights alone")
    options = parser.parse_args()
    statistics(options.folder)
    directions(options.folder, rules_only=options.rules_only)
    speed(options.folder)


if __name__ == "__main__":
    main()
