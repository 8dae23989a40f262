"""Articles over fictitious studies, as an editor would see them: planted faults are met, the rest is let be.

A line with a planted fault ends with ``<!-- expect: CODE -->``, which is taken away before the audit. Every
other line must stay free of anything at warning or above.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claims.audit import Checker
from claims.model import Diagnostic, Severity
from claims.reading import read_text

HERE = Path(__file__).parent / "articles"
EXPECT = re.compile(r"[ \t]*<!-- expect: ([A-Z0-9, ]+) -->")
MEDIA = {".md": "text/markdown", ".html": "text/html", ".txt": "text/plain"}
ARTICLES = sorted(HERE.glob("*/article.*"))
#: planted faults that are not met yet, as folder:line, with the reason
MISSED: dict[str, str] = {}


def read(path: Path) -> tuple[dict[int, set[str]], dict[int, list[Diagnostic]]]:
    """The codes planted on each line, and what is said of each."""
    source = path.read_text(encoding="utf-8")
    planted = {
        number: {code.strip() for code in match[1].split(",")}
        for number, line in enumerate(source.splitlines(), 1)
        if (match := EXPECT.search(line))
    }
    text = EXPECT.sub("", source)
    checker = Checker.of(refs=[path.parent / "references.bib"])
    said: dict[int, list[Diagnostic]] = {}
    for one in checker.check(read_text(text, MEDIA[path.suffix], path.name)).diagnostics:
        said.setdefault(text.count("\n", 0, one.span.start) + 1, []).append(one)
    return planted, said


def test_there_are_articles_clean_and_faulty() -> None:
    faulty = [path for path in ARTICLES if EXPECT.search(path.read_text(encoding="utf-8"))]
    assert len(ARTICLES) >= 12
    assert len(faulty) >= 6
    assert len(ARTICLES) - len(faulty) >= 6


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.parent.name)
def test_planted_faults_are_met_and_the_rest_is_let_be(path: Path) -> None:
    planted, said = read(path)
    missed = [
        f"line {number}: {code}"
        for number, codes in planted.items()
        for code in codes - {one.code for one in said.get(number, ())}
        if f"{path.parent.name}:{number}" not in MISSED
    ]
    alarms = [
        f"line {number}: {one.code} {one.message}"
        for number, found in said.items()
        for one in found
        if number not in planted and one.severity is not Severity.INFO
    ]
    assert not missed
    assert not alarms
