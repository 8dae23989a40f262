"""What the checker notices of damage done to clean articles, one statement at a time.

    python bench/mutations.py [--only KIND] [--misses] [--from curated|library] [--seed 7]

The clean articles are our own (``tests/data``, ``tests/corpus``): what they say, their studies found. Each
mutation makes one edit of one kind; it counts as caught when the audit says something at warning or above
about that claim or reference that it did not say of the clean article. ``right`` is the share caught by a
rule that asks just this question, ``noted`` the share that is only said at info. Clean claims with anything
at warning or above are false alarms.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from claims.audit import Checker
from claims.model import AuditReport, Diagnostic, Document, Severity, Span
from claims.reading import read_article, read_text
from graph.errors import ClaimspineError

ROOT = Path(__file__).parents[1]
FICTITIOUS = ROOT / "tests" / "data" / "fictitious"
TEXTS = (".md", ".txt", ".html")


@dataclass(frozen=True)
class Edit:
    """One mutation: put ``text`` where ``span`` stands. ``about`` is the statement's place."""

    kind: str
    span: Span
    text: str
    about: Span
    also: tuple[tuple[Span, str], ...] = ()  # edits that go with it (a name in text and list alike)


RIGHT = {
    "inflate-number": "N101 N102 N106 N107",
    "inflate-word": "N102 N101 N104 E106",
    "flip-direction": "N103 E102 N101 N106",
    "effect-from-none": "N103 E102 N104 C106",
    "shift-dose": "P103 N101 N107",
    "swap-population": "P101",
    "swap-outcome": "P102 S301 E102 N103",
    "causal": "C101 E105 E106 C102",
    "drop-hedge": "C102 E106 C101 C103",
    "drop-partner": "P104 P103",
    "drop-citation": "S201",
    "author": "S102 S101 S107 S202",
    "year": "S104 S101 S108 S107 S202",
    "title": "S103 S101 S107",
    "journal": "S105 S101 S107",
    "locator": "S106 S101 S107",
    "doi": "S107 S106 S101 S108",
    "doi-of-another": "S107 S101",
}
_FLIPS = [
    ("lower", "higher"),
    ("reduced", "increased"),
    ("reduce", "increase"),
    ("lowered", "raised"),
    ("fell by", "rose by"),
    ("less", "more"),
    ("fewer", "more"),
    ("shortened", "lengthened"),
    ("sooner", "later"),
    ("cut", "raised"),
    ("eased", "worsened"),
    ("eases", "worsens"),
    ("less common", "more common"),
    ("less likely", "more likely"),
    ("more likely", "less likely"),
    ("higher", "lower"),
    ("milder", "worse"),
    ("more frequent", "less frequent"),
]
_FLIP = re.compile(
    r"\b(?:" + "|".join(sorted((a for a, _ in _FLIPS), key=len, reverse=True)) + r")\b(?! than \w+ h)"
)
_FROM_NONE = [
    (r"\bdid not reduce\b", "reduced"),
    (r"\bdid not lower\b", "lowered"),
    (r"\bdid not differ\b", "improved"),
    (r"\bmade no difference to\b", "improved"),
    (r"\bfound no difference in\b", "found far less"),
    (r"\bwas about the same\b", "was much lower"),
]
_CAUSAL = [
    (
        r"\b(?:is|was|were) (?:associated with|linked to) (?:a )?(?:\d+ ?% )?(?:higher|increased)\b",
        "raises the",
    ),
    (r"\b(?:is|was|were) (?:associated with|linked to) (?:a )?(?:\d+ ?% )?(?:lower|less)\b", "lowers the"),
    (r"\bgo along with less\b", "prevent"),
]
_HEDGES = [(r"\bmay reduce\b", "reduces"), (r"\bmay lower\b", "lowers"), (r"\bmay help\b", "helps")]
_WORDS = [
    (r"\b(?:shortened|cut|lowered|reduced|eased)\b(?! accidental)", "more than halved"),
    (r"\bslightly lower\b", "dramatically lower"),
    (r"\bwas (?:about )?\d+ ?% lower\b", "was less than half as high"),
    (r"\ba (\d+) ?% higher\b", "a threefold higher"),
]
_PEOPLE = {
    "older adults": "pregnant women",
    "people with hypertension": "pregnant women",
    "adults with untreated hypertension": "healthy children",
    "young adults": "older adults",
    "older women": "young men",
    "women with": "men with",
    "people with insomnia": "people with dementia",
    "adults with obesity": "pregnant women",
    "students": "older adults",
    "health workers": "people with cancer",
    "adults with depression": "adolescents with anxiety",
    "adults": "children",
}
_OUTCOMES = {
    "type 2 diabetes": "breast cancer",
    "stroke": "dementia",
    "strokes": "broken hips",
    "hypertension": "asthma",
    "systolic blood pressure": "LDL cholesterol",
    "respiratory infection": "cancer",
    "depression": "dementia",
    "hip fracture": "heart attack",
    "anxiety": "migraine",
    "stress": "back pain",
    "sleep duration": "blood pressure",
    "falls": "stroke",
}
_PARTNERS = [
    (r" (?:combined|together) with (?:supervised )?exercise\b", ""),
    (r"1\.2 g of calcium and (?=800 IU)", ""),
    (r" plus (?:patient )?education\b", ""),
    (r" and education\b", ""),
]
_NAMES = ["Brandvold", "Achterberg", "Mukherjee", "Rosenthal", "Villanueva", "Grzybowski"]
_JOURNALS = ["The Lancet", "JAMA Network Open", "BMJ Open", "Nutrients"]
_TITLES = [
    "A new look at old habits: results from a national survey",
    "Effects of daily routines on wellbeing in later life",
    "Cellular pathways of recovery in a laboratory model",
]


def edits(report: AuditReport, chance: random.Random) -> Iterator[Edit]:
    """Every mutation that the article offers, in reading order of kinds and places."""
    text = report.document.text
    for linked in report.claims:
        claim = linked.claim
        if not claim.citations or claim.kind == "lead":
            continue
        yield from _of_claim(report, claim.span, chance)
        for quantity in claim.quantities:
            if quantity.role == "dose" and quantity.high is None and text[quantity.span.start].isdigit():
                number = re.match(r"[\d,.]*\d", text[quantity.span.start : quantity.span.end])
                if number is None:
                    continue
                value = float(number[0].replace(",", ""))
                for factor in (4, 0.2):
                    shifted = f"{value * factor:g}"
                    at = Span(quantity.span.start, quantity.span.start + number.end())
                    yield Edit("shift-dose", at, shifted, claim.span)
        own = [one for one in claim.citations if claim.span.start <= one.span.start < claim.span.end + 40]
        beside = [
            one
            for other in report.claims
            if other.claim.sentence.block == claim.sentence.block
            for one in other.claim.citations
            if one.span not in [mine.span for mine in own]
        ]
        if own and not claim.citations_inherited and len(own) == 1 and not beside:
            mark = re.search(
                r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|<sup>[^<]*</sup>|[¹²³⁴⁵⁶⁷⁸⁹]+)",
                text[own[0].span.start - 2 : own[0].span.end + 8],
            )
            if mark is not None:
                start = own[0].span.start - 2
                yield Edit("drop-citation", Span(start + mark.start(), start + mark.end()), "", claim.span)
    for verified in report.references:
        yield from _of_reference(report, verified.reference.span, verified.reference.label, chance)


def _of_claim(report: AuditReport, place: Span, chance: random.Random) -> Iterator[Edit]:
    text = report.document.text[place.start : place.end]

    def at(match: re.Match[str], new: str, kind: str) -> Edit:
        return Edit(kind, Span(place.start + match.start(), place.start + match.end()), new, place)

    for match in re.finditer(r"(?<![\d.])(\d+)(?= ?%(?! ?CI))", text):
        value = int(match[1])
        raised = value + chance.choice((17, 23, 31)) if value < 60 else value - 25
        yield at(match, str(raised), "inflate-number")
    for match in re.finditer(r"(?<=by )(?:about )?(\d+(?:\.\d+)?)(?= (?:mm|minutes))", text):
        yield at(match, f"{float(match[1]) * 2.5:g}", "inflate-number")
    for match in re.finditer(r"(?:(?<=ratio )|(?<=OR )|(?<=of ))(0\.\d\d|1\.\d\d)\b", text):
        value = float(match[1])
        yield at(match, f"{value * 0.6 if value < 1 else value * 1.9:.2f}", "inflate-number")
    for match in re.finditer(r"(?<=SMD −)(0\.\d\d)\b", text):
        yield at(match, f"{float(match[1]) * 2.4:.2f}", "inflate-number")
    for pattern, new in _WORDS:
        for match in re.finditer(pattern, text):
            if not re.search(r"\bnot\s+(?:\w+\s+)?$", text[: match.start()]):
                yield at(match, new, "inflate-word")
    flips = dict(_FLIPS)
    first = next((m for m in _FLIP.finditer(text) if not re.search(r"\bnot $", text[: m.start()])), None)
    if first is not None:
        yield at(first, flips[first[0]], "flip-direction")
    for kind, table in (
        ("effect-from-none", _FROM_NONE),
        ("causal", _CAUSAL),
        ("drop-hedge", _HEDGES),
        ("drop-partner", _PARTNERS),
    ):
        for pattern, new in table:
            for match in re.finditer(pattern, text):
                yield at(match, new, kind)
    for kind, words in (("swap-population", _PEOPLE), ("swap-outcome", _OUTCOMES)):
        done: list[tuple[int, int]] = []
        for old, new in words.items():
            match = re.search(rf"\b{old}\b", text, re.IGNORECASE)
            if match is None or any(a < match.end() and match.start() < b for a, b in done):
                continue
            done.append(match.span())
            yield at(match, new, kind)


def _of_reference(report: AuditReport, place: Span, label: str, chance: random.Random) -> Iterator[Edit]:
    document = report.document
    text = document.text[place.start : place.end]
    verified = next(one for one in report.references if one.reference.span == place)
    fields = verified.reference.fields
    if verified.work is None or not fields.authors or not text.strip() or len(text) < 40:
        return

    def swap(kind: str, old: str | None, new: str) -> Iterator[Edit]:
        found = text.find(old) if old else -1
        if old and found >= 0 and old != new:
            start = place.start + found
            yield Edit(kind, Span(start, start + len(old)), new, place)

    name = chance.choice(_NAMES)
    family = fields.authors[0].family
    cited = [
        (Span(match.start(), match.end()), name)
        for match in re.finditer(rf"\b{re.escape(family)}\b", document.text)
        if not place.start <= match.start() < place.end and match.start() < place.start
    ]
    for edit in swap("author", family, name):
        yield Edit(edit.kind, edit.span, edit.text, place, tuple(cited))
    if fields.year:
        year = fields.year + chance.choice((-4, -3, 2, 3))
        for edit in swap("year", str(fields.year), str(year)):
            beside = rf"({re.escape(family)}[^()\n]{{0,40}}?\(?){fields.year}"
            also = [
                (Span(m.end() - 4, m.end()), str(year))
                for m in re.finditer(beside, document.text[: place.start])
            ]
            yield Edit(edit.kind, edit.span, edit.text, place, tuple(also))
    yield from swap("title", fields.title, chance.choice(_TITLES))
    yield from swap("journal", fields.journal, chance.choice(_JOURNALS))
    if fields.pages and fields.pages[0].isdigit():
        first = re.match(r"\d+", fields.pages)
        assert first is not None
        yield from swap(
            "locator", fields.pages[: first.end()], str(int(first[0]) + chance.choice((40, 57, 311)))
        )
    if fields.doi:
        yield from swap(
            "doi",
            fields.doi,
            fields.doi[:-2] + f"{(int(fields.doi[-2:]) + 37) % 100:02d}"
            if fields.doi[-2:].isdigit()
            else fields.doi + "7",
        )
        others = [
            one.work.doi
            for one in report.references
            if one.work is not None and one.work.doi and one.work.doi != verified.work.doi
        ]
        if others:
            yield from swap("doi-of-another", fields.doi, chance.choice(sorted(set(others))))


def mutated(document: Document, edit: Edit) -> Document:
    """The article with the edit made."""
    text = document.text
    for span, new in sorted([(edit.span, edit.text), *edit.also], reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return read_text(text, document.media_type, document.path)


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


def sources(way: str) -> Iterator[tuple[str, list[Path], Checker]]:
    """(name, clean articles, checker) of each subject; ``way`` is curated or library."""
    for folder in sorted(FICTITIOUS.iterdir()):
        if folder.is_dir():
            articles = [path for path in sorted(folder.iterdir()) if path.suffix in TEXTS]
            if way == "curated":
                yield folder.name, articles, Checker.of(evidence=[folder / "evidence.yaml"])
            else:
                yield folder.name, articles, Checker.of(refs=[folder / "library.bib"])
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


def run(way: str, seed: int, only: str | None = None, subject: str | None = None) -> Score:
    """Audit the clean articles, then every mutation of them."""
    score = Score()
    for name, articles, checker in sources(way):
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
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    for way in (options.way,) if options.way else ("curated", "library"):
        score = run(way, options.seed, options.only, options.subject)
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
