"""Which of our labelled sentences are taken for claims.

    python bench/measure_claims.py [--part first|between|second] [--misses]

The sentences (``bench/labels/claim_sentences.tsv``) are our own, in six voices, half claims and half not,
with a source or bare; each is read alone. They were written before they were run; ``first`` and ``between``
were then mended for, ``second`` was not.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path

from claims import citations, propositions, references, sentences
from claims.model import Claim
from claims.reading import read_text
from graph.evidence import Evidence
from graph.reading import shipped

LABELS = Path(__file__).parent / "labels" / "claim_sentences.tsv"
_LISTED = "\n\n## References\n\n1. Lee A. A study. J Health. 2020;1:1-9.\n"


def claims_of(sentence: str, cited: bool, evidence: Evidence) -> tuple[Claim, ...]:
    """The claims of an article of this one sentence."""
    text = f"{sentence[:-1]} [1]{sentence[-1]}{_LISTED}" if cited else f"{sentence}\n"
    document = read_text(text, "text/markdown")
    split = sentences.split(document)
    printed = references.find(document)
    return propositions.extract(document, split, citations.find(document, printed), evidence)


def main() -> None:
    """Print precision and recall, the slots filled, and on request what was got wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--part", choices=("first", "between", "second"))
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    evidence = Evidence(concepts=shipped())
    with LABELS.open(encoding="utf-8", newline="") as handle:
        rows = [
            row
            for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
            if options.part in (None, row["part"])
        ]
    counts: Counter[tuple[bool, bool]] = Counter()
    slots: Counter[str] = Counter()
    for row in rows:
        found = claims_of(row["sentence"], row["cited"] == "1", evidence)
        meant = row["label"] == "claim"
        counts[meant, bool(found)] += 1
        if meant and found:
            said = found[0].proposition
            slots["exposure"] += bool(said.exposure)
            slots["outcome"] += bool(said.outcome)
            slots["direction"] += said.effect_direction is not None
        if options.misses and meant != bool(found):
            print("missed" if meant else "taken ", row["voice"], row["sentence"])
    taken = counts[True, True] + counts[False, True]
    print(f"{len(rows)} sentences, {counts[True, True] + counts[True, False]} of them claims")
    print(f"precision {counts[True, True] / max(1, taken):.3f}", end=", ")
    print(f"recall {counts[True, True] / max(1, counts[True, True] + counts[True, False]):.3f}")
    print("of the claims found: " + ", ".join(f"{name} {slots[name]}" for name in sorted(slots)))


if __name__ == "__main__":
    main()
