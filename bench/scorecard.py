# ruff: noqa: E501 - tables
"""How good each stage and each rule is: precision, recall, F1, abstention, false alarms on clean text.

    python bench/scorecard.py --data FOLDER [--quick] [--write docs/scorecard.md]

FOLDER (or the environment variable CLAIMSPINE_DATA) holds the labelled sets, each ``NAME/dev.jsonl``; they
are not part of the repository. Every figure says whether its rows were seen in training or while tuning by
eye. Cross-validated figures come from the training scripts themselves and need scikit-learn; ``--quick``
leaves them out.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import blind_articles
import measure_numbers
import mutations
import ways_told
from damage_words import RIGHT
from first_runs import FIRST_RUN, HELD_OUT, WAYS_BEFORE
from reference_fields import FIELDS, LABELS, f1, measured

from claims import references, statistics, wording
from claims.audit import Checker
from claims.findings import direction
from claims.library import Library
from claims.model import Author, ReferenceFields, ReferenceStatus, Severity
from claims.reading import read_text
from claims.support import citation_accuracy, judge
from graph.bibliography import read_bibliography
from graph.errors import ClaimspineError

Row = dict[str, Any]
TUNED = "tuned on by eye"
SEEN = "seen in training"
UNSEEN = "not looked at"


@dataclass(frozen=True)
class Score:
    """Per label precision, recall and F1 over (gold, said) pairs; said None is an abstention."""

    stage: str
    data: str
    rows: str
    pairs: tuple[tuple[str, str | None], ...]
    seconds: float

    def labels(self) -> list[str]:
        return sorted({gold for gold, _ in self.pairs})

    def of(self, label: str) -> tuple[float, float, float]:
        both = sum(gold == said == label for gold, said in self.pairs)
        said = sum(one == label for _, one in self.pairs)
        gold = sum(one == label for one, _ in self.pairs)
        precision, recall = both / said if said else 0.0, both / gold if gold else 0.0
        return precision, recall, 2 * both / (said + gold) if said + gold else 0.0

    def lines(self) -> Iterable[str]:
        labels = self.labels()
        macro = sum(self.of(label)[2] for label in labels) / len(labels)
        silent = sum(said is None for _, said in self.pairs) / len(self.pairs)
        for number, label in enumerate(labels):
            precision, recall, f1 = self.of(label)
            first = (
                [self.stage, self.data, self.rows, str(len(self.pairs)), f"**{macro:.3f}**"]
                if not number
                else ["", "", "", "", ""]
            )
            cells = [*first, label, f"{precision:.3f}", f"{recall:.3f}", f"{f1:.3f}"]
            cells.append(f"{silent:.1%}" if not number else "")
            cells.append(f"{1000 * self.seconds / len(self.pairs):.1f}" if not number else "")
            yield "| " + " | ".join(cells) + " |"


def rows(data: Path, name: str) -> list[Row]:
    return [json.loads(line) for line in (data / name / "dev.jsonl").open(encoding="utf-8")]


def measure(
    stage: str,
    data: Path,
    name: str,
    status: str,
    said: Callable[[Row], str | None],
    gold: Callable[[Row], str] = lambda row: str(row["label"]),
) -> Score:
    found = rows(data, name)
    began = time.perf_counter()
    pairs = tuple((gold(row), said(row)) for row in found)
    print(f"{stage}, {name}: {len(found)} rows", file=sys.stderr, flush=True)
    return Score(stage, name, status, pairs, time.perf_counter() - began)


def language(data: Path) -> list[Score]:
    """Wording and support."""
    two = {"causal": "causal", "conditional_causal": "causal"}
    three = {"none": "other", "correlational": "correlation"}
    judged = {"supports": "supports", "refutes": "refutes", "not_enough_information": "not_enough_info"}
    answers = {"supports": "yes", "refutes": "no", "not_enough_information": "maybe"}

    def strength(row: Row) -> str:
        return wording.causal_strength(row["text"]).value

    return [
        measure("causal strength", data, "causal_pubmed", TUNED, strength),
        measure(
            "causal or not", data, "causal_socialscience", TUNED, lambda r: two.get(strength(r), "not_causal")
        ),
        measure(
            "causal or not (news)", data, "causal_news", UNSEEN, lambda r: two.get(strength(r), "not_causal")
        ),
        measure("relation", data, "sciclaim", TUNED, lambda r: three.get(strength(r), "causation")),
        measure(
            "hedging",
            data,
            "bioscope_hedging",
            TUNED,
            lambda r: "speculative" if wording.hedged(r["text"]) else "certain",
        ),
        measure(
            "exaggeration",
            data,
            "exaggeration",
            TUNED,
            lambda r: str(wording.compare_strength(r["press_release"], r["abstract"])),
        ),
        measure(
            "support", data, "check_covid", SEEN, lambda r: judged[judge(r["claim"], r["evidence"]).relation]
        ),
        measure(
            "support (questions)",
            data,
            "pubmedqa",
            SEEN,
            lambda r: answers[judge(r["claim"], r["evidence"]).relation],
        ),
        measure(
            "citation accuracy",
            data,
            "citation_integrity",
            SEEN,
            lambda r: str(citation_accuracy(r["claim"], r["evidence"])),
        ),
    ]


def numbers(data: Path) -> list[Score]:
    """Directions and statistics."""

    def way(row: Row, field: str) -> str | None:
        if not row[field] or row[field] == "None":
            return None
        said = str(direction(row["intervention"], row["comparator"], row["outcome"], row[field]))
        return None if said == "unknown" else said

    return [
        measure("direction, from the span", data, "evidence_inference", SEEN, lambda r: way(r, "evidence")),
        measure(
            "direction, from the abstract", data, "evidence_inference", SEEN, lambda r: way(r, "abstract")
        ),
        measure(
            "test statistics",
            data,
            "statcheck_strings",
            TUNED,
            lambda r: (
                "read in every field"
                if any(measure_numbers.agrees(r, one) for one in statistics.check(r["text"]))
                else None
            ),
            lambda r: "read in every field",
        ),
    ]


def checkworthy(data: Path) -> list[Score]:
    """Which sentences are taken as claims: of any subject, and so below what a model of that subject gives."""
    checker = Checker.of()

    def claims(row: Row) -> bool:
        try:
            return bool(checker.check(read_text(row["text"], "text/plain")).claims)
        except ClaimspineError:
            return False

    return [
        measure(
            "is a (health) claim",
            data,
            "claimbuster",
            UNSEEN,
            lambda r: "check_worthy" if claims(r) else "not_check_worthy",
        ),
        measure(
            "is a (health) claim",
            data,
            "scitweets",
            UNSEEN,
            lambda r: "science_related" if claims(r) else "not_science_related",
        ),
    ]


def reference_fields(data: Path) -> list[str]:
    """F1 of each field of a printed reference; what is made equal first stands in reference_fields.py."""
    lines = ["| set | rows | " + " | ".join(FIELDS) + " |", "|---" * (len(FIELDS) + 2) + "|"]
    for name in LABELS:
        found = [{**row, "set": name} for row in rows(data, name)]
        scores = [f"{f1(one):.3f}" for one in measured(found, references.parse)[name].values()]
        lines.append(f"| {name} | {len(found)}, {SEEN} | " + " | ".join(scores) + " |")
        print(name, file=sys.stderr, flush=True)
    return lines


def verified(data: Path) -> list[str]:
    """HALLMARK: entries against a library of its valid ones; an invented entry must not be verified."""
    found = rows(data, "hallmark_refs")
    valid = [row for row in found if row["label"] == "valid"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "valid.bib"
        path.write_text("\n".join(_bibtex(row) for row in valid), "utf-8")
        library = Library.of(read_bibliography(path).works)
    kinds: dict[str, Counter[str]] = {}
    for row in found:
        status = references.verify(_fields(row), library).status
        kind = row["hallucination_type"] or "valid"
        kinds.setdefault(kind, Counter())["verified" if status == ReferenceStatus.VERIFIED else "not"] += 1
    lines = ["| entry | rows | verified |", "|---|---|---|"]
    for kind, counts in sorted(kinds.items(), key=lambda one: (one[0] != "valid", one[0])):
        total = counts.total()
        lines.append(f"| {kind.replace('_', ' ')} | {total} | {counts['verified'] / total:.1%} |")
    return lines


def _bibtex(row: Row) -> str:
    inner = ",\n".join(f"  {key} = {{{value}}}" for key, value in row["fields"].items())
    return f"@{row['bibtex_type']}{{{row['bibtex_key']},\n{inner}\n}}\n"


def _fields(row: Row) -> ReferenceFields:
    held = row["fields"]
    authors = []
    for name in re.split(r"\s+and\s+", held.get("author", "")):
        family, _, given = name.partition(",") if "," in name else ("", "", "")
        if not family:
            *first, family = name.split() or [""]
            given = " ".join(first)
        initials = "".join(part[0] for part in re.findall(r"\w+", given))
        if family and family.lower() != "others":
            authors.append(Author(family.strip(), initials))
    year = held.get("year", "")
    return ReferenceFields(
        authors=tuple(authors),
        et_al=held.get("author", "").endswith(" and others"),
        year=int(year) if year.isdigit() else None,
        title=held.get("title"),
        journal=held.get("journal") or held.get("booktitle"),
        volume=held.get("volume"),
        pages=held.get("pages"),
        doi=held.get("doi"),
    )


def bibliographies(data: Path) -> list[str]:
    """Odd .bib files: none may crash the reader; what is kept, and what is named as faulty."""
    works = faults = entries = refused = 0
    found = rows(data, "bibtex_files")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "odd.bib"
        for row in found:
            path.write_bytes(row["text"].encode(row["encoding"], "replace"))
            entries += row["n_at"]
            try:
                read = read_bibliography(path)
            except ClaimspineError:
                refused += 1
                continue
            works, faults = works + len(read.works), faults + len(read.faults)
    return [
        f"{len(found)} odd .bib files with about {entries} entries: no crash, {refused} refused with a "
        f"message, {works} works kept, {faults} faults named."
    ]


def clean_text(data: Path) -> list[str]:
    """What is said, with no evidence at all, of sentences of trial reports, which are worded with care."""
    checker = Checker.of(ignore=("S201",))  # a trial report does not cite itself
    found = [row["text"] for row in rows(data, "consort_sentences")]
    said: Counter[str] = Counter()
    flagged = 0
    for text in found:
        try:
            report = checker.check(read_text(text, "text/plain"))
        except ClaimspineError:
            continue
        codes = {one.code for one in report.diagnostics if one.severity is not Severity.INFO}
        said.update(codes)
        flagged += bool(codes)
    told = ", ".join(f"{code} {number}" for code, number in sorted(said.items())) or "none"
    return [
        f"Sentences of randomised trials' reports (consort_sentences) with anything at warning or above, no "
        f"evidence given: {flagged} of {len(found)} ({flagged / len(found):.1%}); by rule: {told}."
    ]


def cross_validated(data: Path) -> list[str]:
    """What the training scripts say of rows held out in turn."""
    bench = Path(__file__).parent
    runs = [
        ("direction", [str(bench / "train_direction.py"), str(data / "evidence_inference" / "dev.jsonl")]),
        ("support and citation accuracy", [str(bench / "train_support.py"), str(data), "--check"]),
    ]
    lines = []
    for name, arguments in runs:
        print(f"cross-validation: {name}", file=sys.stderr, flush=True)
        done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)
        if done.returncode:
            said = (done.stderr.strip().splitlines() or ["no word"])[-1]
            lines.append(f"- {name}: not run ({said})")
        lines += [f"- {name}: {line}" for line in done.stdout.strip().splitlines()]
    return lines


def by_rule() -> list[str]:
    """Per rule: of the mutations that ask its question, how many it caught; what it said of clean text."""
    scores = {way: mutations.run(mutations.sources(way), 7) for way in ("curated", "library")}
    lines = []
    for way, score in scores.items():
        title = "curated evidence" if way == "curated" else "a bibliography with abstracts, nothing curated"
        lines += [f"### Mutations, {title}", "", mutations.table(score), ""]
        lines += ["| rule | mutations that ask it | caught by it | clean claims and references it flags |"]
        lines += ["|---|---|---|---|"]
        codes = sorted({code for said in RIGHT.values() for code in said.split()})
        for code in codes:
            asked = [kind for kind, said in RIGHT.items() if code in said.split()[:1]]
            tried = sum(score.tried[kind] for kind in asked)
            if tried:
                caught = sum(score.codes[kind, code] for kind in asked)
                lines.append(f"| {code} | {tried} | {caught / tried:.0%} | {score.clean[code]} |")
        lines.append("")
    return lines


def blind(data: Path) -> list[str]:
    """Claims of articles whose writers did not know the checker, flagged by set, part and kind."""
    found = {name: blind_articles.measured(blind_articles.part(name), data) for name in ("read", "held")}
    return [
        *blind_articles.table(found),
        "",
        "Held articles:",
        "",
        *blind_articles.kinds_table(found["held"]),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("CLAIMSPINE_DATA"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", type=Path)
    parser.add_argument(
        "--folds", type=Path, help="what the training scripts printed, instead of running them"
    )
    parser.add_argument("--date", default="", help="when the sets were taken, for the page")
    options = parser.parse_args()
    if options.data is None:
        parser.error("give --data FOLDER, or set CLAIMSPINE_DATA")
    data = Path(options.data)
    page = [
        "# Scorecard",
        "",
        "Written by `bench/scorecard.py` by hand, since the labelled sets are not in the repository"
        + (f"; sets as of {options.date}." if options.date else "."),
        "Development figures: where rows were tuned on or trained on, the figure is above what unseen rows give.",
        "",
        "## Stages",
        "",
        "| stage | set | its rows were | n | macro-F1 | label | precision | recall | F1 | abstains | ms a row |",
        "|---" * 11 + "|",
    ]
    for score in [*language(data), *numbers(data), *checkworthy(data)]:
        page += score.lines()
    page += ["", "### Cross-validated, on rows held out in turn", ""]
    if options.folds:
        page += [f"- {line}" for line in options.folds.read_text("utf-8").strip().splitlines()]
    else:
        page += ["left out (`--quick`)"] if options.quick else cross_validated(data)
    page += ["", "## References", "", "### Fields of printed references, F1", "", *reference_fields(data)]
    page += ["", "### Invented entries (HALLMARK), against a library of its valid ones", "", *verified(data)]
    page += ["", "### Odd bibliographies", "", *bibliographies(data)]
    page += ["", "## Clean text", "", *clean_text(data)]
    page += ["", "## Rules, on damaged and on clean text", "", *HELD_OUT, "", *by_rule()]
    page += ["", "## Articles written blind", "", *FIRST_RUN, "", *blind(data)]
    page += ["", "## Which way a sentence goes", "", *WAYS_BEFORE, "", *ways_told.table()]
    text = "\n".join(page).rstrip() + "\n"
    if options.write:
        options.write.write_text(text, "utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
