"""What an edit changed: claims aligned whatever moved, slots compared, diagnostics that came and went."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from claims.audit import Checker
from claims.diffing import Difference, compare
from claims.reading import read_text
from claims.reports.difference import render_difference
from graph.errors import ClaimspineError

FICTITIOUS = Path(__file__).parents[1] / "data" / "fictitious"
Edit = Callable[..., Difference]


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker.of(evidence=[FICTITIOUS / "sleep" / "evidence.yaml"])


@pytest.fixture
def edit(checker: Checker) -> Edit:
    old = (FICTITIOUS / "sleep" / "article.md").read_text("utf-8")

    def made(*changes: tuple[str, str]) -> Difference:
        new = old
        for before, after in changes:
            assert before in new
            new = new.replace(before, after)
        return compare(
            checker.check(read_text(old, path="old.md")),
            checker.check(read_text(new, path="new.md")),
            checker.evidence.concepts,
        )

    return made


def kinds(difference: Difference) -> set[str]:
    return {one.kind for one in difference.changes}


def test_no_edit_changes_nothing(edit: Edit) -> None:
    difference = edit()
    assert difference.changes == difference.raised == difference.settled == ()
    assert "nothing" in render_difference(difference, "text")


def test_a_moved_paragraph_is_no_change(checker: Checker) -> None:
    old = (FICTITIOUS / "sleep" / "article.md").read_text("utf-8")
    parts = old.split("\n## ")
    moved = "\n## ".join([parts[0], parts[3], parts[1], parts[2], *parts[4:]])
    difference = compare(checker.check(read_text(old)), checker.check(read_text(moved)))
    assert difference.changes == ()


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("was associated with a 28% higher", "causes a 28% higher", "wording-strengthened"),
        ("320 mg of magnesium", "500 mg of magnesium", "dose-changed"),
        (" (Petrov & Asante, 2019)", "", "citation-dropped"),
        ("by about 17 minutes", "by about 30 minutes", "number-changed"),
        ("older adults with insomnia, 320", "children with insomnia, 320", "population-changed"),
        ("cut sleep duration", "raised sleep duration", "direction-changed"),
        ("28% higher", "28% lower", "direction-changed"),
        ("a 28% higher", "a threefold higher", "magnitude-changed"),
        ("compared with placebo (Petrov", "(Petrov", "comparator-changed"),
    ],
)
def test_what_changed_is_named(edit: Edit, before: str, after: str, kind: str) -> None:
    assert kind in kinds(edit((before, after)))


def test_a_hedge_that_went_is_a_warning(checker: Checker) -> None:
    cited = "Barros AL. (2022). Cognitive behavioural therapy for insomnia. Rev Imaginary Med, 5, 310."
    old = f"Melatonin may shorten the time to fall asleep (Barros, 2022).\n\n## References\n\n{cited}\n"
    new = old.replace("may shorten", "shortens")
    difference = compare(checker.check(read_text(old)), checker.check(read_text(new)))
    (gone,) = [one for one in difference.changes if one.kind == "hedge-removed"]
    assert gone.severity == "warning"
    back = compare(checker.check(read_text(new)), checker.check(read_text(old)))
    assert "hedge-added" in kinds(back)


def test_diagnostics_that_the_edit_brought_and_settled(edit: Edit, checker: Checker) -> None:
    worse = edit(("was associated with a 28% higher", "causes a 28% higher"))
    assert "C101" in {one.code for one in worse.raised}
    assert not worse.settled
    better = compare(worse.new, worse.old)
    assert "C101" in {one.code for one in better.settled}
    assert not better.raised


def test_claims_that_came_and_went(edit: Edit) -> None:
    sentence = "Sleep efficiency did not differ between the groups (Okafor et al., 2021)."
    assert "claim-removed" in kinds(edit((" " + sentence, "")))
    added = edit((sentence, sentence + " Alcohol raises the risk of insomnia by 40% (Haugen et al., 2020)."))
    assert "claim-added" in kinds(added)


@pytest.mark.parametrize("format_", ["text", "json", "markdown", "github"])
def test_every_format_tells_it(edit: Edit, format_: str) -> None:
    difference = edit(("was associated with a 28% higher", "causes a 28% higher"))
    written = render_difference(difference, format_)
    assert "C101" in written
    assert "wording-strengthened" in written
    if format_ == "json":
        whole = json.loads(written)
        assert [one["code"] for one in whole["raised"]].count("C101") == 1
        assert whole["new"]["path"] == "new.md"


def test_hostile_words_stay_words_in_markdown_and_github(checker: Checker) -> None:
    old = "Zinc lowers the risk of influenza."
    new = "Zinc | <b>x</b> ::error::pwned lowers the risk of influenza.\n\n%0A::error::x raises `pain`."
    difference = compare(checker.check(read_text(old)), checker.check(read_text(new)))
    for line in render_difference(difference, "github").splitlines():
        assert line.startswith(("::notice ", "::warning ", "::error "))
    assert "<b>" not in render_difference(difference, "markdown")


def test_another_format_is_an_error(edit: Edit) -> None:
    with pytest.raises(ClaimspineError):
        render_difference(edit(), "html")
