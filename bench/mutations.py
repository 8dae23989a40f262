"""What the checker notices of damage done to clean articles, one statement at a time.

    python bench/mutations.py [--only KIND] [--misses] [--from curated|library] [--seed 7] [--articles FOLDER]

The clean articles are our own (``tests/data``, ``tests/corpus``): what they say, their studies found. Each
mutation makes one edit of one kind; it counts as caught when the audit says something at warning or above
about that claim or reference that it did not say of the clean article. ``right`` is the share caught by a
rule that asks just this question, ``noted`` the share that is only said at info. Clean claims with anything
at warning or above are false alarms.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from damage import Edit, edits, mutated
from damage_words import RIGHT

from claims.audit import Checker
from claims.model import AuditReport, Diagnostic, Severity
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


Source = tuple[str, Path, Callable[[], Checker]]


def sources(way: str, subjects: Path = FICTITIOUS) -> Iterator[tuple[str, list[Path], Checker]]:
    """(name, clean articles, checker) of each subject in a folder; ``way`` is curated or library."""
    for folder in sorted(subjects.iterdir()):
        if folder.is_dir():
            articles = [path for path in sorted(folder.iterdir()) if path.suffix in TEXTS]
            if way == "curated":
                yield folder.name, articles, Checker.of(evidence=[folder / "evidence.yaml"])
            else:
                yield folder.name, articles, Checker.of(refs=[folder / "library.bib"])
    if subjects != FICTITIOUS:
        return
    walking = ROOT / "examples" / "walking-spine"
    articles = sorted((ROOT / "tests" / "corpus" / "clean").glob("walking*"))
    if articles and way == "curated":
        yield "walking", articles, Checker.of(evidence=[walking / "evidence"])


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


def run(
    way: str, seed: int, only: str | None = None, subject: str | None = None, subjects: Path = FICTITIOUS
) -> Score:
    """Audit the clean articles, then every mutation of them."""
    score = Score()
    for name, articles, checker in sources(way, subjects):
        if subject and name != subject:
            continue
        for path in articles:
            chance = random.Random(f"{seed} {name} {path.name}")
            before = checker.check(read_article(path))
            flagged = {one.claim for one in loud(before) if one.claim}
            score.claims += len(before.claims)
            score.false_alarms += len(flagged)
            printed = [one for one in before.references if one.reference.raw.strip()]
            score.references += len(printed)
            score.false_references += len({one.reference for one in loud(before) if one.reference})
            score.clean.update(one.code for one in loud(before))
            score.alarms += [f"{name}/{path.name}: {one.code} {one.message}" for one in loud(before)]
            for edit in edits(before, chance):
                if only and edit.kind != only:
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
                        f"{name}/{path.name}: …{around}[{was} → {edit.text}]"
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


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--from", dest="way", choices=("curated", "library"))
    parser.add_argument("--only")
    parser.add_argument("--subject")
    parser.add_argument("--articles", type=Path, default=FICTITIOUS)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    for way in (options.way,) if options.way else ("curated", "library"):
        score = run(way, options.seed, options.only, options.subject, options.articles)
        title = "Curated evidence" if way == "curated" else "A library with abstracts, nothing curated"
        print(f"### {title}\n\n{table(score)}\n")
        if options.misses:
            for alarm in score.alarms:
                print("FALSE", alarm)
            for kind, missed in score.misses.items():
                for one in missed:
                    print(f"MISS {kind}: {one}")


if __name__ == "__main__":
    main()
