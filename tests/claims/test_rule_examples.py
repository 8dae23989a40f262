"""The examples on every rule's page are its tests: bad lines are caught, good articles are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from claims.audit import audit
from claims.catalogue import all_rules, page

SECTIONS = ("## Why is this bad?", "## How to fix", "## Known limits", "## Examples", "## References")
FENCE = re.compile(r"^```(\w+) (evidence|refs|article)\n(.*?)^```$", re.M | re.S)
EXPECT = re.compile(r"[ \t]*<!-- expect: ([A-Z0-9, ]+) -->")


@dataclass(frozen=True)
class Case:
    code: str
    kind: str
    number: int
    article: str
    suffix: str
    evidence: str | None
    refs: str | None


def cases_of(code: str, text: str) -> list[Case]:
    examples = text.split("## Examples", 1)[1].rsplit("\n## References", 1)[0]
    parts = re.split(r"^### (Bad|Good)\n", examples, flags=re.M)[1:]
    found = []
    for kind, body in zip(parts[::2], parts[1::2], strict=True):
        evidence = refs = None
        for language, role, content in FENCE.findall(body):
            if role == "evidence":
                evidence = content
            elif role == "refs":
                refs = content
            else:
                suffix = {"markdown": ".md", "text": ".txt", "html": ".html"}[language]
                found.append(Case(code, kind, len(found) + 1, content, suffix, evidence, refs))
                evidence = refs = None
    return found


RULES = all_rules()
CASES = [case for rule in RULES for case in cases_of(rule.code, page(rule))]


def test_there_are_rules_and_cases() -> None:
    assert len(RULES) >= 17
    assert len(CASES) >= 4 * len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_page_is_whole(rule) -> None:
    text = page(rule)
    positions = [text.find(f"\n{section}\n") for section in SECTIONS]
    assert -1 not in positions, f"{rule.code}: the page lacks {SECTIONS[positions.index(-1)]}"
    assert positions == sorted(positions)
    kinds = [case.kind for case in cases_of(rule.code, text)]
    assert kinds.count("Bad") >= 2, f"{rule.code} needs two bad examples"
    assert kinds.count("Good") >= 2, f"{rule.code} needs two good examples"
    assert rule.status == "preview" or rule.sources, f"{rule.code} has no source, so it must be in preview"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.kind.lower()}-{case.number}")
def test_example(case: Case, tmp_path: Path) -> None:
    expected = {
        number: {code.strip() for code in match[1].split(",")}
        for number, line in enumerate(case.article.splitlines(), 1)
        if (match := EXPECT.search(line))
    }
    article = tmp_path / f"article{case.suffix}"
    article.write_text(EXPECT.sub("", case.article), encoding="utf-8")
    evidence, refs = [], []
    if case.evidence:
        evidence.append(tmp_path / "evidence.yaml")
        evidence[0].write_text(case.evidence, encoding="utf-8")
    if case.refs:
        refs.append(tmp_path / "refs.bib")
        refs[0].write_text(case.refs, encoding="utf-8")
    report = audit(article, evidence=evidence, refs=refs)
    said: dict[int, set[str]] = {}
    for diagnostic in report.diagnostics:
        line = report.document.text.count("\n", 0, diagnostic.span.start) + 1
        said.setdefault(line, set()).add(diagnostic.code)
    everything = [f"{one.code}: {one.message}" for one in report.diagnostics]
    assert not any("X900" in codes for codes in said.values()), everything
    if case.kind == "Bad":
        assert any(case.code in codes for codes in expected.values()), "a bad example expects its own code"
        for line, codes in expected.items():
            assert codes <= said.get(line, set()), f"line {line}: wanted {codes}; said {everything}"
    else:
        assert not any(case.code in codes for codes in said.values()), everything
