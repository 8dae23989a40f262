"""Articles that say what their (fictitious) studies found: let be when clean, caught when damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.audit import Checker
from claims.model import AuditReport, Severity
from claims.reading import read_article, read_text

FICTITIOUS = Path(__file__).parents[1] / "data" / "fictitious"
ARTICLES = sorted(path for path in FICTITIOUS.glob("*/*") if path.suffix in (".md", ".txt", ".html"))
MEDIA = {".md": "text/markdown", ".txt": "text/plain", ".html": "text/html"}


@pytest.fixture(scope="module")
def checkers() -> dict[tuple[str, str], Checker]:
    """By subject and by what is known: curated evidence, or the bibliography with abstracts."""
    made = {}
    for folder in sorted({path.parent for path in ARTICLES}):
        made[folder.name, "curated"] = Checker.of(evidence=[folder / "evidence.yaml"])
        made[folder.name, "library"] = Checker.of(refs=[folder / "library.bib"])
    return made


def loud(report: AuditReport) -> set[str]:
    return {one.code for one in report.diagnostics if one.severity is not Severity.INFO}


def test_there_are_articles_in_several_styles() -> None:
    assert len(ARTICLES) >= 9
    assert {path.suffix for path in ARTICLES} == {".md", ".txt", ".html"}
    assert len({path.parent for path in ARTICLES}) >= 5


@pytest.mark.parametrize("known", ["curated", "library"])
@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_clean_article_is_let_be(checkers: dict[tuple[str, str], Checker], path: Path, known: str) -> None:
    report = checkers[path.parent.name, known].check(read_article(path))
    said = [one for one in report.diagnostics if one.severity is not Severity.INFO]
    assert said == [], [f"{one.code}: {one.message}" for one in said]
    assert len(report.claims) >= 3
    assert {one.status for one in report.references} == {"verified"}


DAMAGE = [
    ("sleep/article.md", "28% higher", "45% higher", "N101"),
    ("sleep/article.md", "cut sleep duration by 62 minutes", "cut sleep duration by 155 minutes", "N101"),
    ("sleep/article.md", "SMD −0.84", "SMD −2.02", "N101"),
    ("sleep/article.md", "cut sleep duration", "raised sleep duration", "N103"),
    ("sleep/article.md", "28% higher", "28% lower", "N103"),
    ("sleep/article.md", "older adults with insomnia, 320", "pregnant women, 320", "P101"),
    ("sleep/article.md", "320 mg of magnesium", "1280 mg of magnesium", "P103"),
    ("sleep/article.md", "was associated with a 28% higher", "causes a 28% higher", "C101"),
    ("pressure/article.md", "14% lower", "more than halved", "N102"),
    ("pressure/article.md", "the rate of stroke", "the rate of dementia", "P102"),
    ("pressure/article.md", "lowered systolic", "more than halved systolic", "N102"),
    ("pressure/article.md", "people with hypertension", "pregnant women", "P101"),
    ("pressure/page.html", "had fewer strokes", "had more strokes", "N103"),
    ("vitamind/article.md", "slightly lower odds", "dramatically lower odds", "N102"),
    ("vitamind/article.md", "Women with vitamin D deficiency", "Men with vitamin D deficiency", "P101"),
    ("vitamind/article.md", "2000 IU a day as", "200 IU a day as", "P103"),
    ("mood/article.md", "did not lower the risk", "lowered the risk", "E102"),
    ("mood/article.md", "at 38% in the running", "at 69% in the running", "N101"),
    ("mood/article.md", "less likely to report", "more likely to report", "N103"),
    ("backdrugs/article.md", "Exercise combined with education cut", "Exercise cut", "P104"),
    ("backdrugs/article.md", "alone did not lower the risk", "alone lowered the risk", "E102"),
    ("backdrugs/article.md", "Exercise probably reduces", "Exercise probably increases", "N103"),
    ("backdrugs/article.md", "probably reduces chronic", "probably more than halves chronic", "N102"),
    ("alcohol/article.md", "a 9% higher risk", "a 32% higher risk", "N101"),
    ("alcohol/article.md", "a 46% higher risk", "a threefold higher risk", "N102"),
    ("alcohol/article.md", "were not more likely", "were more likely", "E102"),
    ("alcohol/article.md", "brief advice probably reduces", "brief advice probably increases", "N103"),
    ("hearing/article.md", "26.5 points lower", "26.5 points higher", "N103"),
    ("hearing/article.md", "Earplugs reduced", "Earplugs increased", "N103"),
    ("hearing/article.md", "977 older adults", "977 pregnant women", "P101"),
    ("hearing/article.md", "slightly better as well", "dramatically better as well", "N102"),
    ("backdrugs/article.md", "placebo after six weeks", "placebo after 36 weeks", "P105"),
    ("backdrugs/article.md", "after 16 days on placebo [2]", "after 16 days on placebo", "S201"),
    ("screens/page.html", "17 minutes less", "17 minutes more", "N103"),
    ("screens/page.html", "9 minutes sooner", "9 minutes later", "N103"),
    ("screens/page.html", "9 minutes sooner", "22 minutes sooner", "N101"),
    ("diet/article.md", "34% more likely", "64% more likely", "N101"),
    ("diet/article.md", "45 g of nuts", "200 g of nuts", "P103"),
    ("diet/article.md", "Hofer M, Sato N.", "Brandvold M, Sato N.", "S102"),
    ("diet/article.md", "10.5555/nf.2020.0377", "10.5555/rim.2019.0411", "S107"),
]


@pytest.mark.parametrize(
    ("name", "before", "after", "code"), DAMAGE, ids=[f"{one[3]}-{one[2][:24]}" for one in DAMAGE]
)
def test_damage_is_caught(
    checkers: dict[tuple[str, str], Checker], name: str, before: str, after: str, code: str
) -> None:
    path = FICTITIOUS / name
    text = path.read_text("utf-8")
    assert before in text
    document = read_text(text.replace(before, after, 1), MEDIA[path.suffix])
    report = checkers[path.parent.name, "curated"].check(document)
    assert code in loud(report), [f"{one.code}: {one.message}" for one in report.diagnostics]


def test_a_clean_article_on_walking_is_let_be(walking: Path) -> None:
    checker = Checker.of(evidence=[walking / "evidence"])
    report = checker.check(read_article(Path(__file__).parent / "clean" / "walking.md"))
    assert loud(report) == set(), [f"{one.code}: {one.message}" for one in report.diagnostics]
