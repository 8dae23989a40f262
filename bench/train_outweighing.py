"""Learn what counts between a word of more or less in a sentence and one in its source.

    python bench/train_outweighing.py --data FOLDER

For ``claims/linking/outweighing.py``. Only sentences that say what their source says are used: citing
sentences judged accurate (Citation-Integrity), claims that their evidence supports (Check-COVID), conclusions
of abstracts against the rest of them (PubMedQA, Evidence Inference); all MIT. Abstracts that the articles of
``bench/blind`` cite are left out. For each word of more or less of such a sentence, what agrees should
outweigh what does not; the weights that make it so are printed, with how often it is so in a third held out,
and how many would be caught turned around.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

from claims.linking.outweighing import pulls
from claims.sentence.going import goes_together

WORKS = Path(__file__).parent / "blind" / "works.tsv"
_STEPS, _RATE, _DECAY = 250, 0.1, 0.002
_START = {"bias": -2.0, "near": 2.0, "whole": 2.0}
_MARK = re.compile(r"\[?<\|[a-z_]+\|>\]?")
_TITLED = re.compile(r"\s*TITLE:\s*(.+?)\n+(.*)", re.DOTALL)
_CONCLUSION = re.compile(r"\bCONCLUSIONS?:+\s*")
_AFTERWARDS = re.compile(r"\b(?:ABSTRACT\.|TRIAL REG|FUNDING|REGISTRATION)")
_STOP = re.compile(r"(?<=[a-z)\]%])\.\s+(?=[A-Z])")

Sample = list[tuple[int, dict[str, float]]]


def rows(data: Path) -> Iterator[tuple[str, str, str]]:
    """Sentence, title and text of what it rests on."""
    with WORKS.open(encoding="utf-8", newline="") as lines:
        blind = {(row["set"], row["id"]) for row in csv.DictReader(lines, delimiter="\t")}
    for row in _read(data, "citation_integrity"):
        if row["label"] == "accurate":
            yield _MARK.sub("", row["claim"]), "", row["evidence"]
    for row in _read(data, "check_covid"):
        if row["label"] == "supports":
            yield row["claim"], row["title"], row["evidence"]
    for row in _read(data, "pubmedqa"):
        if ("pubmedqa", row["id"]) not in blind and row["conclusion"]:
            for sentence in _sentences(row["conclusion"]):
                yield sentence, row["claim"], row["evidence"]
    seen: set[str] = set()
    for row in _read(data, "evidence_inference"):
        number, titled = row["pmcid"], _TITLED.match(row["abstract"] or "")
        if titled is None or number in seen or ("evidence_inference", number) in blind:
            continue
        seen.add(number)
        body = re.sub(r"\bABSTRACT\.?(\w+):", r"\1:", " ".join(titled[2].split()))
        concluded = _CONCLUSION.search(body)
        if concluded is not None:
            for sentence in _sentences(_AFTERWARDS.split(body[concluded.end() :])[0]):
                yield sentence, " ".join(titled[1].split()), body[: concluded.start()]


def _read(data: Path, name: str) -> Iterator[dict[str, str]]:
    for line in (data / name / "dev.jsonl").open(encoding="utf-8"):
        yield json.loads(line)


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in _STOP.split(text + " ") if 40 < len(one) < 400]


def samples(data: Path) -> list[Sample]:
    """What pulls at each word of more or less of each sentence, 1 for it, -1 against."""
    return [
        [(1 if pull.agrees else -1, dict(pull.signs)) for pull in found]
        for sentence, title, text in rows(data)
        if not goes_together(sentence)
        for _, found in pulls(sentence, title, text)
    ]


def balance(sample: Sample, weights: dict[str, float]) -> float:
    """By how much what agrees outweighs what does not."""
    return sum(way * math.exp(min(3.0, _total(signs, weights))) for way, signs in sample)


def _total(signs: dict[str, float], weights: dict[str, float]) -> float:
    return sum(weights[name] * value for name, value in signs.items())


def learned(train: list[Sample]) -> dict[str, float]:
    """Weights that make what agrees outweigh the rest, by gradient descent on the logistic loss."""
    names = sorted({name for sample in train for _, signs in sample for name in signs})
    weights = {name: _START.get(name, 0.0) for name in names}
    mean, spread = dict.fromkeys(names, 0.0), dict.fromkeys(names, 0.0)
    for _ in range(_STEPS):
        slope = {name: _DECAY * weights[name] for name in names}
        for sample in train:
            each = [way * math.exp(min(3.0, _total(signs, weights))) for way, signs in sample]
            pushed = 1 / (1 + math.exp(max(-30.0, min(30.0, sum(each))))) / len(train)
            for own, (_, signs) in zip(each, sample, strict=True):
                for name, value in signs.items():
                    slope[name] -= pushed * own * value
        for name in names:
            mean[name] = 0.9 * mean[name] + 0.1 * slope[name]
            spread[name] = 0.99 * spread[name] + 0.01 * slope[name] ** 2
            weights[name] -= _RATE * mean[name] / (math.sqrt(spread[name]) + 1e-8)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("CLAIMSPINE_DATA", ".")))
    every = samples(parser.parse_args().data)
    random.Random(1).shuffle(every)
    third = len(every) // 3
    held, train = every[:third], every[third:]
    weights = learned(train)
    balances = [balance(sample, weights) for sample in held]
    for least in (0.5, 1.0, 1.5, 2.0):
        caught, wrong = (sum(way * one > least for one in balances) / len(held) for way in (1, -1))
        print(f"outweighed by {least}: {caught:.1%} of {len(held)} turned around, {wrong:.1%} as they are")
    for name, value in learned(every).items():
        print(f'    "{name}": {value:.2f},')


if __name__ == "__main__":
    main()
