"""Articles by writers who did not know the checker: of their wrong claims how many are flagged, of the right ones how many.

    python bench/blind_articles.py --data FOLDER [--part read|held] [--only trials-03 ...] [--show]

``bench/blind/`` holds 116 articles in as many voices. Behind each cited claim stands a tag: ``{{R}}`` where
the evidence lets it stand, ``{{W kind}}`` where it is wrong in the one way that the kind names. Thirty cite
the curated evidence of the example; forty-three cite abstracts of PubMedQA and forty-three those of Evidence
Inference (both MIT), which are read from FOLDER and stand in ``works.tsv`` by their ids, with authors and
years made up, since the sets have none. Most were read, whole or in part, while the checker was mended. Of those that are
held only what was flagged in articles 20 to 24 was looked at, once: let them stay so, and run counts alone.
"""  # noqa: E501

from __future__ import annotations

import argparse
import csv
import functools
import json
import os
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claims.audit import Checker
from claims.model import AuditReport, Diagnostic, Document, Severity
from claims.reading import read_text

BLIND = Path(__file__).parent / "blind"
EVIDENCE = Path(__file__).parents[1] / "examples" / "walking-spine" / "evidence"
_HELD = {
    "curated": frozenset({*range(20, 25), 28, 29, 30}),
    "questions": frozenset({*range(20, 25), *range(35, 45)}),
    "trials": frozenset({*range(20, 25), *range(35, 45)}),
}
SETS = ("curated", "questions", "trials")
_TAG = re.compile(r"\s*\{\{([RW])(?: ([^}]+))?\}\}")
_TITLED = re.compile(r"\s*TITLE:\s*(.+?)\n+(.*)", re.DOTALL)
_COAUTHORS = (("Moor", "K."), ("Tann", "L."))
_JOURNAL = "Journal of Fictional Trials"


@dataclass(frozen=True)
class Told:
    """One tagged claim: where it stands, whether it is right, and if not, in what it errs."""

    start: int
    end: int
    right: bool
    kind: str


@dataclass
class Counts:
    """Of one set of articles: claims and those flagged, right ones and wrong ones by kind."""

    right: int = 0
    right_flagged: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    def wrong(self) -> tuple[int, int]:
        """Wrong claims flagged, and all."""
        return sum(hit for hit, _ in self.kinds.values()), sum(n for _, n in self.kinds.values())


def untagged(raw: str) -> tuple[str, list[Told]]:
    """The article without its tags, and what they say of the text before them."""
    claims: list[Told] = []
    text, last = "", 0
    for tag in _TAG.finditer(raw):
        text, last = text + raw[last : tag.start()], tag.end()
        begin = max(text.rfind("\n") + 1, claims[-1].end if claims else 0)
        claims.append(Told(begin, len(text), tag[1] == "R", (tag[2] or "").strip()))
    return text + raw[last:], claims


@functools.cache
def abstracts(data: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """Title and abstract of each record of the two sets, by set and id."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for line in (data / "pubmedqa" / "dev.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        found["pubmedqa", row["id"]] = (
            row["claim"].rstrip("?"),
            f"{row['evidence']} {row['conclusion'] or ''}",
        )
    for line in (data / "evidence_inference" / "dev.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        if titled := _TITLED.match(row["abstract"] or ""):
            body = re.sub(r"\bABSTRACT\.?(\w+):", r"\1:", " ".join(titled[2].split()))
            found["evidence_inference", row["pmcid"]] = " ".join(titled[1].split()), body
    return found


def works(article: str, data: Path) -> list[dict[str, Any]]:
    """The works that an article cites, as CSL-JSON."""
    texts = abstracts(data)
    with (BLIND / "works.tsv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["article"] == article]
    return [
        {
            "id": f"{row['family']}{row['year']}".lower(),
            "type": "article-journal",
            "title": texts[row["set"], row["id"]][0],
            "abstract": texts[row["set"], row["id"]][1],
            "container-title": _JOURNAL,
            "author": [
                {"family": f, "given": g} for f, g in ((row["family"], row["given"] + "."), *_COAUTHORS)
            ],
            "issued": {"date-parts": [[int(row["year"])]]},
        }
        for row in rows
    ]


def printed(work: dict[str, Any]) -> str:
    """A work as a line of a reference list."""
    authors = ", ".join(f"{one['family']}, {one['given']}" for one in work["author"])
    return f"- {authors} ({work['issued']['date-parts'][0][0]}). {work['title']}. {_JOURNAL}."


def opened(article: str, data: Path, curated: Checker) -> tuple[Document, list[Told], Checker]:
    """One article without its tags, what they said, and the checker that has its evidence."""
    text, claims = untagged((BLIND / f"{article}.md").read_text("utf-8"))
    if article.startswith("curated"):
        return read_text(text, path=f"{article}.md"), claims, curated
    cited = works(article, data)
    text += "\n## References\n\n" + "\n".join(map(printed, cited)) + "\n"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "works.json"
        file.write_text(json.dumps(cited), "utf-8")
        return read_text(text, path=f"{article}.md"), claims, Checker.of(refs=[file])


def loud(report: AuditReport, told: Told) -> list[Diagnostic]:
    """What is said of a claim at warning or above."""
    return [
        one
        for one in report.diagnostics
        if told.start <= one.span.start < told.end and one.severity is not Severity.INFO
    ]  # fmt: skip


def measured(articles: Iterable[str], data: Path, show: bool = False) -> dict[str, Counts]:
    """Counts by set; with ``show`` the claims that were judged otherwise than their tag are printed."""
    curated = Checker.of(evidence=[EVIDENCE])
    found = {name: Counts() for name in SETS}
    for article in articles:
        counts = found[article.split("-")[0]]
        document, claims, checker = opened(article, data, curated)
        report = checker.check(document)
        for told in claims:
            flags = loud(report, told)
            if told.right:
                counts.right += 1
                counts.right_flagged += bool(flags)
                counts.codes.update({one.code for one in flags})
            else:
                counts.kinds[told.kind][0] += bool(flags)
                counts.kinds[told.kind][1] += 1
            if show and told.right == bool(flags):
                text = report.document.text[told.start : told.end].strip()
                print(f"{article} {'right' if told.right else told.kind}: {text}")
                for one in flags:
                    print(f"    {one.code} {one.message}")
    return found


def part(name: str) -> list[str]:
    """The articles of one part: read or held."""
    articles = (path.stem.split("-") for path in sorted(BLIND.glob("*.md")))
    return [
        f"{kind}-{number}" for kind, number in articles if (int(number) in _HELD[kind]) == (name == "held")
    ]


def table(found: dict[str, dict[str, Counts]]) -> list[str]:
    """A Markdown table of the parts measured."""
    lines = [
        "| claims cite | articles were | wrong claims | flagged | right claims | flagged | by |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, sets in found.items():
        for kind, counts in sets.items():
            hit, wrong = counts.wrong()
            if not wrong:
                continue
            codes = ", ".join(f"{code} {n}" for code, n in counts.codes.most_common(6))
            flagged = f"{counts.right_flagged} ({counts.right_flagged / counts.right:.0%})"
            cells = (
                _CITE[kind],
                _PART[name],
                wrong,
                f"{hit} ({hit / wrong:.0%})",
                counts.right,
                flagged,
                codes,
            )
            lines.append("| " + " | ".join(map(str, cells)) + " |")
    return lines


def kinds_table(*parts: dict[str, Counts]) -> list[str]:
    """A Markdown table of wrong claims flagged by the kind of error, over all sets of some parts."""
    by_kind: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for counts in (one for sets in parts for one in sets.values()):
        for kind, (hit, wrong) in counts.kinds.items():
            by_kind[kind] = [by_kind[kind][0] + hit, by_kind[kind][1] + wrong]
    rows = [f"| {kind} | {wrong} | {hit} |" for kind, (hit, wrong) in sorted(by_kind.items())]
    return ["| wrong in its | claims | flagged |", "|---|---|---|", *rows]


_CITE = {
    "curated": "curated evidence",
    "questions": "abstracts (PubMedQA)",
    "trials": "abstracts (Evidence Inference)",
}
_PART = {"read": "read while mending", "held": "held"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("CLAIMSPINE_DATA", ".")))
    parser.add_argument("--part", choices=list(_PART), action="append")
    parser.add_argument("--only", nargs="+", metavar="ARTICLE", help="only these; see --show")
    parser.add_argument(
        "--show", action="store_true", help="print what was missed and what was flagged wrongly"
    )
    given = parser.parse_args()
    if given.only:
        print("\n".join(table({"read": measured(given.only, given.data, given.show)})))
        return
    parts = given.part or list(_PART)
    found = {name: measured(part(name), given.data, given.show and name == "read") for name in parts}
    print("\n".join([*table(found), "", *kinds_table(*(found[name] for name in parts if name != "read"))]))


if __name__ == "__main__":
    main()
