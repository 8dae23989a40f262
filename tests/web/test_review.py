"""Reviewing an article: from pasting it to exporting it edited."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TEA = """# Tea and sleep

Green tea proves to cure insomnia, and studies show it always works.

Adults who drank green tea slept 12 minutes longer (Okafor and Lind, 2021).

## References

Okafor A, Lind P. (2021). Green tea and sleep in adults: a trial. Journal of Sleep Trials, 4(2), 11-19.
"""
BIB = """@article{okafor2021, author = {Okafor, Ada and Lind, Pia}, year = {2021},
 volume = {4}, number = {2}, pages = {11--19},
 title = {Green tea and sleep in adults: a trial}, journal = {Journal of Sleep Trials}}
"""


def opened_count(page: Any) -> int:
    return int(page.locator(".tally b").inner_text())


def test_a_pasted_article_is_checked_with_its_references(
    site: Any, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    page = open_page(site, "review")
    button = page.get_by_role("button", name="Check the article")
    assert button.is_disabled()
    page.get_by_label("Article", exact=True).fill(TEA)
    bib = tmp_path / "tea.bib"
    bib.write_text(BIB, encoding="utf-8")
    page.locator("input[type=file]").nth(1).set_input_files(bib)
    page.get_by_text("tea.bib").wait_for()
    button.click()
    page.get_by_role("heading", name="Tea and sleep").first.wait_for()
    assert re.search(r"#/review/[0-9a-f]{64}$", page.url)
    assert page.locator("mark").count() >= 2
    page.get_by_role("tab", name="References 1").click()
    page.get_by_role("button", name="Okafor").click()
    page.locator(".badge.verified").wait_for()
    page.get_by_text("Journal of Sleep Trials").first.wait_for()


def test_files_are_taken_by_their_kind(site: Any, open_page: Callable[..., Any], tmp_path: Path) -> None:
    page = open_page(site, "review")
    strange = tmp_path / "song.mp3"
    strange.write_bytes(b"ID3")
    page.locator("input[type=file]").first.set_input_files(strange)
    assert "song.mp3 is no article" in page.get_by_role("alert").inner_text()
    saved = tmp_path / "saved.html"
    saved.write_text("<html><body><h1>Salt</h1><p>Salt causes gout.</p></body></html>", encoding="utf-8")
    page.locator("input[type=file]").first.set_input_files(saved)
    page.get_by_role("button", name="Remove saved.html").wait_for()
    page.get_by_role("button", name="Check the article").click()
    page.get_by_role("heading", name="Salt").first.wait_for()


def test_what_cannot_be_read_is_said_and_nothing_is_lost(
    site: Any, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    page = open_page(site, "review")
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 not really")
    page.locator("input[type=file]").first.set_input_files(broken)
    page.get_by_role("button", name="Check the article").click()
    page.get_by_role("alert").wait_for()
    page.get_by_role("button", name="Remove broken.docx").click()
    page.get_by_label("Article", exact=True).fill(TEA)
    page.route("**/api/audits?*", lambda route: route.abort())
    page.get_by_role("button", name="Check the article").click()
    page.get_by_text("The service does not answer").wait_for()


def test_a_report_that_is_no_longer_kept_says_so(site: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(site, "review/" + "0" * 64)
    page.get_by_text("it is no longer kept").wait_for()
    page.get_by_role("button", name="Check the article").wait_for()


def test_the_tour_shows_the_four_references_that_are_not_what_they_say(example: Callable[..., Any]) -> None:
    page = example(toured=False)
    tour = page.get_by_role("region", name="Tour of the example")
    assert "Four of these five references" in tour.inner_text()
    tour.get_by_role("button", name="Show the first").click()
    seen = []
    for at in range(4):
        heading = tour.get_by_role("heading", name=f"{at + 1} of 4")
        heading.wait_for()
        seen.append(heading.inner_text())
        assert len(tour.locator("p").first.inner_text()) > 40
        assert page.locator(".panel .badge").first.inner_text().strip()[1:].strip() in {
            "mismatched",
            "not found",
        }
        tour.get_by_role("button", name=re.compile("Next|Done")).click()
    assert "MacKay" not in " ".join(seen)
    assert tour.count() == 0
    page.reload()
    page.locator("mark").first.wait_for()
    assert page.get_by_role("region", name="Tour of the example").count() == 0


def test_a_point_shows_its_claim_its_evidence_and_its_rule(example: Callable[..., Any]) -> None:
    page = example()
    page.locator("mark", has_text="nearly halved").click()
    panel = page.locator(".panel")
    assert "0.72" in panel.locator(".message").first.inner_text()
    for part in ("What it says", "What it cites", "Certainty of the evidence", "Evidence that bears on it"):
        panel.get_by_text(part).first.wait_for()
    plot = panel.locator("svg.forest").first
    assert plot.locator(".claimed").count() >= 1
    assert plot.locator("g.supports").count() >= 1
    assert "nearly halved" in plot.locator("desc").text_content()
    panel.get_by_text("Why is this a point?").click()
    panel.get_by_role("heading", name="Why is this bad?").wait_for()
    panel.get_by_role("button", name=re.compile("reference 1")).first.click()
    table = panel.get_by_role("table")
    table.get_by_role("row", name=re.compile("Authors.*Halliday.*Pocovi.*differs")).wait_for()


def test_no_mark_begins_with_the_space_behind_a_number(example: Callable[..., Any]) -> None:
    page = example()
    page.locator("mark", has_text="nearly halved").wait_for()
    begun = """[...document.querySelectorAll('mark')]
      .filter((one) => one.previousElementSibling?.matches('.pin, .seal') && /^\\s/.test(one.textContent))
      .map((one) => one.textContent)"""
    assert page.locator(".pin + mark, .seal + mark").count() >= 1
    assert page.evaluate(begun) == []


def test_a_fix_is_made_undone_and_exported(example: Callable[..., Any]) -> None:
    page = example()
    before = opened_count(page)
    page.locator("mark", has_text="nearly halved").click()
    page.get_by_role("button", name="Accept the fix").click()
    assert opened_count(page) == before - 1
    # what it replaces is struck out as one run, though only its first words are marked
    assert page.locator("article del").all_inner_texts() == [
        "nearly halved the risk of recurrent low back pain"
    ]
    assert "28 %" in page.locator("article ins").inner_text()
    page.keyboard.press("u")
    assert opened_count(page) == before
    assert page.locator("article ins").count() == 0
    page.keyboard.press("a")
    assert opened_count(page) == before - 1
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as got:
        page.get_by_role("button", name=re.compile("Article, with 1 fix")).click()
    text = Path(got.value.path()).read_text(encoding="utf-8")
    assert got.value.suggested_filename.endswith("-edited.md")
    assert "nearly halved" not in text
    assert "about 28 % (hazard ratio 0.72" in text
    assert "stretched the median pain-free time from 112 to 208 days" in text
    page.reload()
    page.locator("article ins").wait_for()
    page.get_by_role("button", name="Check the edited article").click()
    page.get_by_text(re.compile(r"Checked again: \d+ points before, \d+ now")).wait_for()
    assert page.locator("mark", has_text="nearly halved").count() == 0


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("read or print", "<!doctype html>"),
        ("programs", '"schema_version"'),
        ("code scanners", '"2.1.0"'),
        ("pull request", "#"),
    ],
)
def test_the_report_is_exported(example: Callable[..., Any], name: str, marks: str) -> None:
    page = example()
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as got:
        page.get_by_role("button", name=re.compile(name)).click()
    assert marks in Path(got.value.path()).read_text(encoding="utf-8")


def test_the_list_of_exports_is_whole_on_a_phone(example: Callable[..., Any]) -> None:
    page = example(width=390)
    page.locator("mark", has_text="nearly halved").click()
    page.get_by_role("button", name="Accept the fix").click()
    page.evaluate("scrollTo(0, 0)")
    page.get_by_role("button", name="Export").click()
    page.locator("#export-list").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    last = page.get_by_role("button", name=re.compile("code scanners"))
    assert last.evaluate(
        "one => { const at = one.getBoundingClientRect();"
        " return one.contains(document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2)); }"
    ), "something lies over it"


def test_a_decision_without_a_token_stays_in_this_browser(example: Callable[..., Any]) -> None:
    page = example()
    before = opened_count(page)
    page.keyboard.press("j")
    page.keyboard.press("d")
    box = page.get_by_label("Why does this point not hold?")
    assert box.evaluate("one => one === document.activeElement")
    assert page.get_by_role("button", name="Dismiss", exact=True).is_disabled()
    box.fill("our house style allows it here")
    page.get_by_role("button", name="Dismiss", exact=True).click()
    page.get_by_text("you, in this browser").wait_for()
    assert opened_count(page) == before - 1
    page.reload()
    page.locator("mark").first.wait_for()
    assert opened_count(page) == before - 1
    page.keyboard.press("j")
    assert "our house style allows it here" in page.locator(".decided").inner_text()
    page.get_by_role("button", name="Take back").click()
    assert opened_count(page) == before


def test_a_decision_with_a_token_is_kept_with_who_and_when(serve: Any, walking: Path, open_page: Any) -> None:
    own = serve(walking / "evidence")
    page = open_page(own, "review", token=True)
    page.get_by_role("button", name="Open the example").click()
    page.locator("mark", has_text="nearly halved").click()
    page.keyboard.press("q")
    page.get_by_label(re.compile("What do you want to know")).fill("Was this the primary outcome?")
    page.get_by_role("button", name="Ask", exact=True).click()
    assert "Asked by editor" in page.locator(".decided").inner_text()
    before = opened_count(page)
    page.get_by_role("button", name=re.compile("^Accept$|^Accept a$")).click()
    page.locator(".decided", has_text="Accepted by editor").wait_for()
    assert opened_count(page) == before - 1
    held = json.loads(page.request.get(f"{own.url}/api/decisions").text())["graph"]
    assert [one["decision"].rpartition("-")[2] for one in held] == ["asked", "accepted"]
    page.reload()
    page.locator("mark", has_text="nearly halved").click()
    assert "Accepted by editor" in page.locator(".decided").inner_text()


def test_a_decision_expires_when_the_evidence_changes(example: Callable[..., Any]) -> None:
    page = example()
    page.locator("mark", has_text="nearly halved").click()
    page.get_by_role("button", name="Accept", exact=True).click()
    before = opened_count(page)
    page.evaluate(
        """() => {
        const held = JSON.parse(localStorage.getItem('claimspine-decisions'));
        for (const one of held) one.message = 'what the evidence said last year';
        localStorage.setItem('claimspine-decisions', JSON.stringify(held));
    }"""
    )
    page.reload()
    page.locator("mark", has_text="nearly halved").click()
    assert "Expired: the evidence has changed" in page.locator(".decided").inner_text()
    assert opened_count(page) == before + 1


def test_filters_and_keys(example: Callable[..., Any]) -> None:
    page = example()
    entries = page.locator(".list .entry")
    total = entries.count()
    page.get_by_role("button", name=re.compile("warning")).first.click()
    assert 0 < entries.count() < total
    page.get_by_role("button", name=re.compile("warning")).first.click()
    page.keyboard.press("/")
    page.keyboard.type("contested")
    assert 0 < entries.count() < total
    page.get_by_label("Find a point").fill("")
    page.get_by_label("Find a point").press("Tab")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.get_by_role("heading", name="Point 2").wait_for()
    page.keyboard.press("k")
    page.get_by_role("heading", name="Point 1").wait_for()
    page.keyboard.press("Escape")
    assert entries.count() == total
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keys").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog", name="Keys").wait_for(state="hidden")
    page.get_by_role("tab", name=re.compile("Points")).focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("tab", name=re.compile("Claims")).get_attribute("aria-selected") == "true"


def test_characters_beyond_the_first_plane_do_not_shift_the_marks(
    site: Any, open_page: Callable[..., Any]
) -> None:
    page = open_page(site, "review")
    page.get_by_label("Article", exact=True).fill(
        "# Salt 🧂🧂🧂\n\n🧂 Science shows that salt 🧂 causes gout.\n\n𝔖cience shows it again.\n"
    )
    page.get_by_role("button", name="Check the article").click()
    page.locator("mark").first.wait_for()
    assert "Science shows" in page.locator("mark").all_inner_texts()
