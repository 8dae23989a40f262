"""Which way a sentence of a health article says that something went: how often the checker reads it right.

    python bench/ways_told.py [--show]

``bench/ways/`` holds three lists of 240 sentences in as many wordings, a third each of which say that
something rose, fell or made no difference, written without knowledge of the checker. The second was asked for
in turns of phrase as far from the first as could be. All three have been read by now: the figures are
development figures.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from pathlib import Path

from claims.audit import Checker
from claims.reading import read_text

WAYS = Path(__file__).parent / "ways"
_MEANS = {"more": "increases", "less": "decreases", "none": "no-difference"}
_CITED = re.compile(r"\((?P<name>[^\W\d_][\w'’-]+)[^()]*?,? (?P<year>\d{4})\)\.?$")


def said(sentence: str, checker: Checker) -> str | None:
    """Which way the checker takes a cited sentence to go; None where it takes it to say nothing of it."""
    cited = _CITED.search(sentence)
    name, year = (cited["name"], cited["year"]) if cited else ("Lee", "2019")
    entry = f"- {name}, A., Roe, B., & Doe, C. ({year}). Of one thing and another. J Steps, 1, 1-2."
    report = checker.check(read_text(f"# Ways\n\n{sentence}\n\n## References\n\n{entry}\n", path="ways.md"))
    return report.claims[0].claim.proposition.effect_direction if report.claims else None


def measured(path: Path, show: bool = False) -> Counter[tuple[str, str]]:
    """How many sentences of a list were read right, not at all, or wrong, by what they say."""
    checker = Checker.of(evidence=[])
    found: Counter[tuple[str, str]] = Counter()
    with path.open(encoding="utf-8", newline="") as lines:
        for way, sentence in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            read = said(sentence, checker)
            how = "right" if read == _MEANS[way] else "not read" if read is None else "wrong"
            found[way, how] += 1
            if show and how != "right":
                print(f"{way}, {how} ({read}): {sentence}")
    return found


def table(show: bool = False) -> list[str]:
    """A Markdown table over the lists."""
    lines = ["| list | says | sentences | read right | not read | wrong |", "|---|---|---|---|---|---|"]
    for path in sorted(WAYS.glob("*.tsv")):
        found = measured(path, show)
        for way in _MEANS:
            counts = [found[way, how] for how in ("right", "not read", "wrong")]
            lines.append(f"| {path.stem} | {way} | {sum(counts)} | {' | '.join(map(str, counts))} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--show", action="store_true", help="print what was not read right")
    print("\n".join(table(parser.parse_args().show)))


if __name__ == "__main__":
    main()
