"""What the checker notices of damage done to clean articles, one statement at a time.

    python bench/mutations.py [--only KIND] [--misses] [--from curated|library] [--seed 7] [--articles FOLDER]
    python bench/mutations.py --from blind --data FOLDER [--part read|held] ...

The clean articles are our own (``tests/data``, ``tests/corpus``): what they say, their studies found; or the
right claims of the articles written blind (blind_articles.py), against the evidence that those cite. Each
mutation makes one edit of one kind; it counts as caught when the audit says something at warning or above
about that claim or reference that it did not say of the clean article. ``right`` is the share caught by a
rule that asks just this question, ``noted`` the share that is only said at info. Clean claims with anything
at warning or above are false alarms.
"""

from __future__ import annotations

import argparse
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import blind_articles
from damage import Edit, edits, mutated
from damage_words import RIGHT

from claims.audit import Checker
from claims.model import AuditReport, Diagnostic, Document, Severity, Span
from claims.reading import read_article
from graph.errors import ClaimspineError

ROOT = Path(__file__).parents[1]
FICTITIOUS = ROOT / "tests" / "data" / "fictitious"
TEXTS = (".md", ".txt", ".html")


def new_points(before: AuditReport, after: AuditReport, edit: Edit) -> list[Diagnostic]:
    """What is said at warning or above about the edited place and was not said there before."""
    shift = sum(
        len(new) - (span.end - span.start)
        for span, new in [(edit.span, edit.text), *edit.also]
        if span.end <= edit.about.end
    )
    early = sum(len(new) - (span.end - span.start) for span, new in edit.also if span.end <= edit.about.start)
    start, end = edit.about.start + early - 60, edit.about.end + shift + 60
    said = Counter(
        one.code for one in loud(before) if edit.about.start - 60 <= one.span.start < edit.about.end + 60
    )
    found = []
    for one in loud(after):
        if start <= one.span.start < end:
            if said[one.code] > 0:
                said[one.code] -= 1
            else:
                found.append(one)
    if edit.also:  # a name changed in text and list: what is said of the citation counts too
        known = Counter(one.code for one in loud(before))
        found += [one for one in loud(after) if one.code in ("S202", "S203") and not known[one.code]]
    return found


def said_of(report: AuditReport, edit: Edit) -> set[tuple[str, str]]:
    """Codes and messages about the edited place, whatever their severity."""
    shift = len(edit.text) - (edit.span.end - edit.span.start)
    return {
        (one.code, one.message)
        for one in report.diagnostics
        if edit.about.start - 60 <= one.span.start < edit.about.end + max(shift, 0) + 60
    }


def loud(report: AuditReport) -> list[Diagnostic]:
    return [one for one in report.diagnostics if one.severity is not Severity.INFO]


@dataclass(frozen=True)
class Subject:
    """A clean article and the checker that has its evidence; ``wrong`` parts are not counted."""

    name: str
    document: Document
    checker: Checker
    wrong: tuple[tuple[int, int], ...] = ()

    def counts(self, span: Span) -> bool:
        """Whether what stands there is clean."""
        return not any(start <= span.start < end for start, end in self.wrong)


def sources(way: str, subjects: Path = FICTITIOUS) -> Iterator[Subject]:
    """The clean articles of each subject in a folder; ``way`` is curated or library."""
    for folder in sorted(subjects.iterdir()):
        if folder.is_dir():
            if way == "curated":
                checker = Checker.of(evidence=[folder / "evidence.yaml"])
            else:
                checker = Checker.of(refs=[folder / "library.bib"])
            for path in sorted(folder.iterdir()):
                if path.suffix in TEXTS:
                    yield Subject(f"{folder.name}/{path.name}", read_article(path), checker)
    if subjects != FICTITIOUS or way != "curated":
        return
    checker = Checker.of(evidence=[blind_articles.EVIDENCE])
    for path in sorted((ROOT / "tests" / "corpus" / "clean").glob("walking*")):
        yield Subject(f"walking/{path.name}", read_article(path), checker)


def written_blind(part: str, data: Path) -> Iterator[Subject]:
    """The articles written blind, each with its own evidence, without what is wrong in them."""
    curated = Checker.of(evidence=[blind_articles.EVIDENCE])
    for article in blind_articles.part(part):
        document, told, checker = blind_articles.opened(article, data, curated)
        wrong = tuple((one.start, one.end) for one in told if not one.right)
        yield Subject(article, document, checker, wrong)


@dataclass
class Score:
    """Counts of one run."""

    claims: int = 0
    false_alarms: int = 0
    references: int = 0
    false_references: int = 0
    tried: Counter[str] = None  # type: ignore[assignment]
    caught: Counter[str] = None  # type: ignore[assignment]
    noted: Counter[str] = None  # type: ignore[assignment]
    right: Counter[str] = None  # type: ignore[assignment]
    misses: dict[str, list[str]] = None  # type: ignore[assignment]
    codes: Counter[tuple[str, str]] = None  # type: ignore[assignment]
    clean: Counter[str] = None  # type: ignore[assignment]
    alarms: list[str] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        self.tried, self.caught, self.right, self.noted = Counter(), Counter(), Counter(), Counter()
        self.codes, self.clean = Counter(), Counter()
        self.misses, self.alarms = defaultdict(list), []


def run(subjects: Iterable[Subject], seed: int, only: str | None = None) -> Score:
    """Audit the clean articles, then every mutation of them."""
    score = Score()
    for subject in subjects:
        name, checker = subject.name, subject.checker
        chance = random.Random(f"{seed} {name}".replace("/", " "))
        before = checker.check(subject.document)
        alarms = [one for one in loud(before) if subject.counts(one.span)]
        score.claims += sum(subject.counts(one.claim.span) for one in before.claims)
        score.false_alarms += len({one.claim for one in alarms if one.claim})
        printed = [one for one in before.references if one.reference.raw.strip()]
        score.references += len(printed)
        score.false_references += len({one.reference for one in alarms if one.reference})
        score.clean.update(one.code for one in alarms)
        score.alarms += [f"{name}: {one.code} {one.message}" for one in alarms]
        for edit in edits(before, chance):
            if not subject.counts(edit.about) or (only and edit.kind != only):
                continue
            try:
                after = checker.check(mutated(before.document, edit))
            except ClaimspineError:
                continue
            score.tried[edit.kind] += 1
            found = new_points(before, after, edit)
            if found:
                score.caught[edit.kind] += 1
                score.right[edit.kind] += any(one.code in RIGHT[edit.kind] for one in found)
                score.codes.update((edit.kind, code) for code in {one.code for one in found})
            else:
                noted = said_of(after, edit) - said_of(before, edit)
                score.noted[edit.kind] += bool(set(RIGHT[edit.kind].split()) & {c for c, _ in noted})
                text = before.document.text
                around = text[max(edit.about.start, edit.span.start - 60) : edit.span.start]
                was = text[edit.span.start : edit.span.end]
                score.misses[edit.kind].append(
                    f"{name}: …{around}[{was} → {edit.text}]"
                    f"{text[edit.span.end : edit.span.end + 50]}…".replace("\n", " ")
                )
    return score


def table(score: Score) -> str:
    """The score as Markdown."""
    lines = ["| mutation | tried | caught | by the right rule | noted only |", "|---|---|---|---|---|"]
    for kind in [*RIGHT, *sorted(set(score.tried) - set(RIGHT))]:
        if tried := score.tried[kind]:
            caught, right = score.caught[kind], score.right[kind]
            noted = score.noted[kind]
            lines.append(
                f"| {kind} | {tried} | {caught / tried:.0%} | {right / tried:.0%} | {noted / tried:.0%} |"
            )
    counters = (score.tried, score.caught, score.right, score.noted)
    total, caught, right, noted = (sum(one.values()) for one in counters)
    if total:
        shares = f"**{caught / total:.1%}** | {right / total:.1%} | {noted / total:.1%}"
        lines.append(f"| **all** | {total} | {shares} |")
    lines += [
        "",
        f"Clean claims flagged at warning or above: {score.false_alarms} of {score.claims} "
        f"({score.false_alarms / max(score.claims, 1):.1%}); clean references: "
        f"{score.false_references} of {score.references}.",
    ]
    return "\n".join(lines)


WAYS = {
    "curated": "Curated evidence",
    "library": "A library with abstracts, nothing curated",
    "read": "Articles written blind, read while mending",
    "held": "Articles written blind, held",
}


def subjects(way: str, folder: Path, data: Path) -> Iterator[Subject]:
    """What one of the ways damages."""
    return written_blind(way, data) if way in ("read", "held") else sources(way, folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--from", dest="way", choices=("curated", "library", "blind"))
    parser.add_argument("--only", help="one kind of damage")
    parser.add_argument("--subject", help="articles whose name begins so")
    parser.add_argument("--articles", type=Path, default=FICTITIOUS)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("CLAIMSPINE_DATA", ".")))
    parser.add_argument("--part", choices=("read", "held"), help="of the articles written blind")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    ways = (options.way,) if options.way else ("curated", "library")
    if ways == ("blind",):
        ways = (options.part,) if options.part else ("read", "held")
    for way in ways:
        chosen = (
            one
            for one in subjects(way, options.articles, options.data)
            if one.name.startswith(options.subject or "")
        )
        score = run(chosen, options.seed, options.only)
        print(f"### {WAYS[way]}\n\n{table(score)}\n")
        if options.misses and way != "held":  # those are counted and not read
            for alarm in score.alarms:
                print("FALSE", alarm)
            for kind, missed in score.misses.items():
                for one in missed:
                    print(f"MISS {kind}: {one}")


if __name__ == "__main__":
    main()
