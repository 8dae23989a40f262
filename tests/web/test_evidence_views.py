"""Recommendations, mechanisms, works and studies; asking; sources."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WALK = "recommendations/walking-most-days"


def test_a_recommendation_is_drawn_down_to_its_papers(site: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(site, "recommendations")
    page.get_by_role("link", name=re.compile("Walk for 20 to 30 minutes")).click()
    picture = page.get_by_role("region", name=re.compile("Evidence path"))
    picture.wait_for()
    for sign, shape in (("supports", "rect"), ("refutes", "path.filled")):
        assert picture.locator(f"g.edge.{sign} > {shape}").count() > 0, sign
    dashes = [
        picture.locator(f"g.edge.{sign} > path").first.evaluate(
            "one => getComputedStyle(one).strokeDasharray"
        )
        for sign in ("supports", "refutes")
    ]
    assert dashes[0] == "none"
    assert dashes[1] != "none"
    for part in ("Certainty", "What carries it", "Where it may break"):
        page.get_by_role("heading", name=part).wait_for()
    page.get_by_text(re.compile(r"\d+ gaps")).wait_for()
    page.get_by_role("button", name=re.compile("mechanism: central pattern")).click()
    assert picture.locator("g.node.gap").count() >= 1
    page.get_by_role("button", name=re.compile("Show all")).click()
    assert picture.locator("g.node").count() > 150


@pytest.mark.parametrize("width", [1280, 390])
def test_a_certainty_is_told_domain_by_domain(site: Any, open_page: Callable[..., Any], width: int) -> None:
    page = open_page(site, WALK, width=width)
    page.get_by_role("button", name="Claim by claim, domain by domain").click()
    exercise = page.get_by_role("region", name=re.compile("Certainty of: Exercise, alone or with education"))
    exercise.get_by_text("as curated; computed: at most high").wait_for()
    told = exercise.get_by_role("list", name="Domains of GRADE").get_by_role("listitem").all_inner_texts()
    said = [re.sub(r"\s+", " ", one) for one in told]
    assert any("not serious" in one and "Imprecision: 3 of 3 intervals" in one for one in said)
    assert any("not judged" in one and "Risk of bias: not recorded" in one for one in said)
    guidelines = page.get_by_role("region", name=re.compile("Certainty of: Guidelines advise exercise"))
    guidelines.get_by_text("at most low").wait_for()
    office = page.get_by_role("region", name=re.compile("Certainty of: Walking more steps"))
    office.get_by_role("listitem").filter(has_text="2 steps down").get_by_text("Imprecision").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_if_a_study_fell(site: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(site, WALK)
    page.get_by_role("button", name=re.compile("claim: Walking lowers the risk")).click()
    page.get_by_role("button", name=re.compile("study: WalkBack")).press("Enter")
    card = page.get_by_role("region", name="About this study")
    assert "randomised controlled trial" in card.inner_text()
    card.get_by_role("button", name="What if it fell?").click()
    told = card.locator(".what-if")
    told.wait_for()
    assert "to look at again" in told.inner_text()
    assert "Walk for 20 to 30 minutes" in told.inner_text()
    for changed in told.locator(".fell").all():  # what stayed as it was is not shown as a loss
        before = changed.locator("xpath=../b[1]").inner_text()
        assert changed.inner_text() != before
    card.get_by_role("link", name="Open its page").click()
    page.get_by_role("heading", name="What it found").wait_for()


def test_the_path_is_a_list_too(site: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(site, WALK, width=390)
    tree = page.locator(".tree")
    tree.wait_for()
    tree.get_by_text("Walking lowers the risk that low back pain comes back").click()
    assert tree.locator("li.supports:visible").count() >= 1


def test_mechanisms_show_their_gaps(site: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(site, "mechanisms")
    page.get_by_text("Not tested from end to end.").wait_for()
    page.get_by_role("link", name=re.compile("Cyclic spinal loading")).click()
    page.get_by_role("heading", name="Cyclic spinal loading").wait_for()
    assert page.locator(".step.gap").count() == 1
    assert page.locator(".step:not(.gap)").count() == 3
    page.locator(".step a").first.click()
    page.get_by_role("heading", name="What rests on it").wait_for()


def test_works_are_found_and_tell_what_rests_on_them(site: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(site, "library")
    page.get_by_text(re.compile(r"\d+ found")).wait_for()
    page.get_by_label("Search", exact=True).fill("WalkBack")
    page.get_by_role("link", name="Pocovi et al. 2024, The Lancet").click()
    page.get_by_role("heading", name=re.compile("walking and education intervention")).wait_for()
    page.get_by_text("to look at again").wait_for()
    assert page.locator(".finding").count() >= 4
    page.goto(f"{site.url}/#/library")
    page.get_by_label("Search", exact=True).fill("zzyzx quux")
    page.get_by_text("Nothing fits").wait_for()


def test_a_retracted_work_heads_the_list_to_look_at_again(
    serve: Callable[..., Any], walking: Path, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    fallen = tmp_path / "evidence"
    fallen.mkdir()
    for path in (walking / "evidence").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if path.name == "pocovi2024walkback.yaml":
            text = re.sub(r"^standing:.*\n", "", text, flags=re.M)
            text = text.replace("type: Work\n", "type: Work\nstanding: retracted\n", 1)
        (fallen / path.name).write_text(text, encoding="utf-8")
    page = open_page(serve(fallen), "library")
    listed = page.get_by_role("region", name=re.compile("To look at again"))
    listed.wait_for()
    assert "Pocovi et al. 2024" in listed.inner_text()
    listed.get_by_text("What to look at").click()
    assert "Walk for 20 to 30 minutes" in listed.inner_text()
    page.get_by_label("Standing").select_option("retracted")
    page.get_by_text("1 found").wait_for()


def test_questions_are_answered_as_a_table_and_as_a_graph(site: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(site, "ask")
    editor = page.get_by_role("textbox", name="SPARQL query")
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("SELECT ?w ?t WHERE { ?w a <https://w3id.org/claimspine/ns#Work> ; ?p ?t } LIMIT 7")
    page.keyboard.press("Control+Enter")
    page.get_by_text("7 rows").wait_for()
    assert page.locator(".answer tbody tr").count() == 7
    page.locator(".answer").get_by_role("button", name="graph").click()
    assert page.locator(".answer circle").count() >= 1
    with page.expect_download() as got:
        page.get_by_role("button", name="CSV").click()
    assert Path(got.value.path()).read_text(encoding="utf-8").count("\n") == 8
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("SELECT ?s WHERE { ?s ?p ")
    page.keyboard.press("Control+Enter")
    page.get_by_role("alert").wait_for()
    page.locator("button.example").first.click()
    page.locator(".answer").get_by_text(re.compile(r"\d+ rows?")).wait_for()


def test_a_source_is_held_to_the_shapes_beside_its_lines(
    serve: Callable[..., Any], built: None, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    own = serve()
    page = open_page(own, "sources", token=True)
    page.get_by_role("heading", name="No source yet").wait_for()
    bad = tmp_path / "lee2020nuts.yaml"
    good = (
        "id: work/lee2020nuts\ntype: Work\nworkType: journal-article\n"
        'title: "Nuts and mood"\nauthors: [Lee K]\nyear: 2020\n'
    )
    spoilt = good.replace("journal-article", "journal-articl").replace("2020\n", "20x\n")
    bad.write_text(spoilt, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(bad)
    page.get_by_role("button", name="Check and load").click()
    page.get_by_text("2 messages beside the lines above; nothing was stored").wait_for()
    beside = page.locator(".cs-message").all_inner_texts()
    assert any("workType" in one for one in beside)
    lines = page.locator(".cs-line").all_inner_texts()
    assert lines == ["workType: journal-articl", "year: 20x"]
    page.get_by_role("textbox", name="Text of lee2020nuts").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(good)
    page.get_by_role("button", name="Check and load").click()
    page.get_by_text(re.compile("Loaded lee2020nuts: \\d+ statements")).wait_for()
    page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Open lee2020nuts").click()
    page.get_by_role("button", name="Check and replace").click()
    page.get_by_text(re.compile("(Nothing changed in|Replaced) lee2020nuts")).wait_for()
    page.get_by_role("button", name="Remove lee2020nuts").click()
    page.get_by_role("button", name="Remove it").click()
    page.get_by_text("Removed lee2020nuts").wait_for()
    page.get_by_role("heading", name="No source yet").wait_for()


def test_without_a_token_nothing_is_written_and_the_page_says_why(
    bare: Any, open_page: Callable[..., Any]
) -> None:
    page = open_page(bare, "sources")
    page.get_by_role("button", name="Write one here").click()
    page.get_by_role("button", name="Check and load").click()
    assert "Set an access token" in page.get_by_role("alert").inner_text()
    page.get_by_role("button", name="Token").click()
    page.get_by_label("Token", exact=True).fill(bare.token)
    page.get_by_role("button", name="Use this token").click()
    page.get_by_role("button", name="Token set").wait_for()


def test_a_service_that_holds_nothing_says_what_to_do(bare: Any, open_page: Callable[..., Any]) -> None:
    for place, said in (
        ("recommendations", "No recommendation is stored yet"),
        ("mechanisms", "No mechanism is stored yet"),
        ("library", "Nothing is stored yet"),
        ("sources", "No source yet"),
    ):
        page = open_page(bare, place)
        page.get_by_text(said).wait_for()
    page = open_page(bare, "recommendations/none-such")
    page.get_by_role("alert").wait_for()
    page = open_page(bare, "review")
    page.get_by_role("button", name="Open the example").click()
    page.locator("mark", has_text="nearly halved").wait_for()
