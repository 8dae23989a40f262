# ruff: noqa: E501 - command-line script with wide tables
"""Measure the language functions on labelled development sets.

    python bench/measure_language.py DATA

DATA is the folder of development sets. Prints, for each task, the number of rows, macro-F1, each class's F1 and the
time a call takes. Sets under the GPL or CC BY are only measured on; nothing of them is in the product. The rules were
tuned by eye on these rows, so that their scores here are above those on unseen rows; ``--half NAME`` shows a fixed
part of a set (by hash of its id): ``first``, ``second``, ``third``, ``fourth`` quarter.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from claims import wording
from claims.support import citation_accuracy, judge

Row = dict[str, Any]
PARTS = ("first", "second", "third", "fourth")


def rows(data: Path, name: str, part: str | None) -> list[Row]:
    """The rows of one set, or one quarter of them."""
    found = [json.loads(line) for line in (data / name / "dev.jsonl").open(encoding="utf-8")]
    if part is None:
        return found
    wanted = PARTS.index(part)
    return [
        one for one in found if int(hashlib.sha256(str(one["id"]).encode()).hexdigest(), 16) % 4 == wanted
    ]


def report(name: str, pairs: Iterable[tuple[str, str]], seconds: float) -> float:
    """Print macro-F1 and each class's F1 over (gold, predicted) pairs; return macro-F1."""
    seen = Counter(pairs)
    labels = sorted({gold for gold, _ in seen})
    each = {}
    for label in labels:
        gold = sum(n for (one, _), n in seen.items() if one == label)
        said = sum(n for (_, one), n in seen.items() if one == label)
        each[label] = 2 * seen[label, label] / (gold + said)
    total = sum(seen.values())
    macro = sum(each.values()) / len(each)
    told = "  ".join(f"{label} {value:.3f}" for label, value in each.items())
    print(f"{name:28} n {total:5}  macro-F1 {macro:.3f}  {told}  {seconds / total * 1000:.2f} ms", flush=True)
    return macro


def measure(name: str, found: list[Row], gold: Callable[[Row], str], said: Callable[[Row], str]) -> float:
    """Run one function over the rows and report."""
    started = time.perf_counter()
    pairs = [(gold(row), said(row)) for row in found]
    return report(name, pairs, time.perf_counter() - started)


def is_causal(text: str) -> str:
    """The two-class reading of causal strength."""
    return (
        "causal" if wording.causal_strength(text).value in ("causal", "conditional_causal") else "not_causal"
    )


def relation(text: str) -> str:
    """The three-class reading of causal strength."""
    return {"none": "other", "correlational": "correlation"}.get(
        wording.causal_strength(text).value, "causation"
    )


def main() -> None:
    """Measure every task."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--half", choices=PARTS)
    options = parser.parse_args()

    def part(name: str) -> list[Row]:
        return rows(options.data, name, options.half)

    def label(row: Row) -> str:
        return str(row["label"])

    measure(
        "causal strength (PubMed)",
        part("causal_pubmed"),
        label,
        lambda r: wording.causal_strength(r["text"]).value,
    )
    measure("causal or not (social)", part("causal_socialscience"), label, lambda r: is_causal(r["text"]))
    measure("relation (SciClaim)", part("sciclaim"), label, lambda r: relation(r["text"]))
    measure(
        "hedging (BioScope)",
        part("bioscope_hedging"),
        label,
        lambda r: "speculative" if wording.hedged(r["text"]) else "certain",
    )
    measure(
        "exaggeration",
        part("exaggeration"),
        label,
        lambda r: wording.compare_strength(r["press_release"], r["abstract"]),
    )
    measure(
        "judge (trained on these)",
        part("check_covid"),
        label,
        lambda r: judge(r["claim"], r["evidence"]).relation.replace("information", "info"),
    )
    measure(
        "citation (trained on these)",
        part("citation_integrity"),
        label,
        lambda r: citation_accuracy(r["claim"], r["evidence"]),
    )
    clean = part("consort_sentences")
    for name, function in (
        ("absolute", wording.absolute_cues),
        ("vague authority", wording.vague_authority_cues),
    ):
        flagged = sum(bool(function(row["text"])) for row in clean)
        print(f"{name} words in trial reports: {flagged} of {len(clean)} sentences")
    print("judge and citation_accuracy in cross-validation: python bench/train_support.py DATA --check")


if __name__ == "__main__":
    main()
