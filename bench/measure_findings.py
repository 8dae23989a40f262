"""What is read from abstracts, field by field, against labels by hand.

    python bench/measure_findings.py [--part first|second|third] [--misses]

The abstracts (``bench/labels/abstracts.json``) are our own, of studies that do not exist, in the styles of
general and nutrition journals, reviews, cohorts, screening and trials of many kinds. Each part was labelled
before it was run, and mended for afterwards.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from claims.findings import ExtractedFinding, extract
from graph.evidence import EffectEstimate

LABELS = Path(__file__).parent / "labels" / "abstracts.json"
STUDY = {"design": "design", "n": "sample_size", "species": "species"}
Field = tuple[str, bool, str]  # name, whether it was read right, what was meant


def fields_of(row: Mapping[str, Any]) -> Iterator[Field]:
    """Each labelled field of an abstract; what was read and is not labelled is a field ``nothing more``."""
    found = extract(row["abstract"], title=row["title"])
    yield from _effects(row, [one.effect for one in found if one.effect is not None])
    yield from _groups(row, found)
    for name, attribute in STUDY.items():
        if name in row["study"]:
            read = getattr(found[0], attribute) if found else None
            yield name, read == row["study"][name], f"{row['study'][name]}, read {read}"


def _effects(row: Mapping[str, Any], found: list[EffectEstimate]) -> Iterator[Field]:
    left = list(found)
    for label in row["effects"]:
        value = Decimal(label["value"])
        same = [one for one in left if one.value is not None and abs(one.value) == abs(value)]
        same.sort(key=lambda one: (one.low is None) != (label["low"] is None))
        one = same[0] if same else None
        if one is not None:
            left.remove(one)
        said = f"{label['measure']} {label['value']}"
        yield "estimate", one is not None and one.value == value, said
        yield "measure", one is not None and one.measure == label["measure"], said
        if label["low"] is not None:
            ends = (Decimal(label["low"]), Decimal(label["high"]))
            yield "interval", one is not None and (one.low, one.high) == ends, said
        if label["p"] is not None:
            yield "p", one is not None and one.p_value == Decimal(label["p"]), said
        if label["unit"] is not None:
            yield "unit", one is not None and one.unit == label["unit"], said
    for one in left:
        yield "nothing more", False, f"{one.measure} {one.value}"


def _groups(row: Mapping[str, Any], found: tuple[ExtractedFinding, ...]) -> Iterator[Field]:
    left = [one.groups for one in found if one.groups]
    for label in row["groups"]:
        values = [Decimal(group["value"]) for group in label]
        said = " and ".join(group["value"] for group in label)
        read = next((groups for groups in left if [group.value for group in groups] == values), None)
        yield "groups", read is not None, said
        if read is None:
            continue
        left.remove(read)
        for group, meant in zip(read, label, strict=True):
            if meant["unit"] is not None:
                yield "unit of a group", group.unit == meant["unit"], said
            if meant.get("size") is not None:
                yield "size of a group", group.size == meant["size"], said
    for groups in left:
        yield "nothing more", False, " and ".join(str(group.value) for group in groups)


def main() -> None:
    """Print how many labelled fields were read right, and on request which were not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--part", choices=("first", "second", "third"))
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    right: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    rows = [row for row in json.loads(LABELS.read_text("utf-8")) if options.part in (None, row["part"])]
    for row in rows:
        for name, read, said in fields_of(row):
            tried[name] += 1
            right[name] += read
            if options.misses and not read:
                print(f"{row['name']}: {name}: {said}")
    print(f"{len(rows)} abstracts")
    for name in tried:
        print(f"{name}: {right[name]} of {tried[name]}")
    labelled = tried.total() - tried["nothing more"]
    print(f"all: {right.total()} of {labelled}, {tried['nothing more']} read beside")


if __name__ == "__main__":
    main()
