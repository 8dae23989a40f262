"""Light and dark, narrow and wide, by keys and by ear; hostile text; a long article."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

PLACES = {
    "start": "review",
    "recommendations": "recommendations",
    "evidence-path": "recommendations/walking-most-days",
    "mechanisms": "mechanisms",
    "library": "library",
    "work": "library/work/pocovi2024walkback",
    "ask": "ask",
    "sources": "sources",
}
SERIOUS = {"serious", "critical"}


def settled(page: Any) -> None:
    page.wait_for_load_state("networkidle")
    page.locator("main h1").first.wait_for()
    page.wait_for_timeout(150)


def faults(page: Any) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    found = axe.Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:160]}"
        for one in found
        if one["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", sorted(PLACES))
def test_every_view_is_clean(
    site: Any, open_page: Callable[..., Any], picture: Callable[[Any, str], None], name: str, width: int
) -> None:
    page = open_page(site, PLACES[name], width=width)
    settled(page)
    picture(page, f"{name}-{width}")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "the page scrolls sideways"
    assert faults(page) == []


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, False), (1280, True), (390, True)])
def test_the_review_is_clean(
    example: Callable[..., Any], picture: Callable[[Any, str], None], width: int, dark: bool
) -> None:
    page = example(width=width, dark=dark)
    settled(page)
    look = "-dark" if dark else ""
    picture(page, f"review-{width}{look}")
    assert faults(page) == []
    page.locator("mark", has_text="nearly halved").click()
    page.get_by_text("Why is this a point?").wait_for()
    page.wait_for_timeout(150)
    picture(page, f"point-{width}{look}")
    assert faults(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "the page scrolls sideways"


@pytest.mark.parametrize("name", ["evidence-path", "mechanisms", "ask"])
def test_the_dark_views_are_clean(
    site: Any, open_page: Callable[..., Any], picture: Callable[[Any, str], None], name: str
) -> None:
    page = open_page(site, PLACES[name], dark=True)
    settled(page)
    picture(page, f"{name}-1280-dark")
    assert faults(page) == []


def test_the_colours_can_be_chosen(site: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(site, "review")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    button = page.get_by_role("button", name="Colours")
    button.click()
    button.click()
    dark = page.evaluate(ground)
    assert dark != light
    page.reload()
    assert page.evaluate(ground) == dark


HELD = "document.activeElement.textContent"


def test_the_focus_is_never_lost(site: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(site, "review")
    page.get_by_role("button", name="Open the example").focus()
    page.keyboard.press("Enter")
    page.locator("mark").first.wait_for()
    page.locator("main:focus").wait_for()
    page.locator(".pin").nth(3).focus()
    page.keyboard.press("Enter")
    page.locator("h2:focus", has_text="Point").wait_for()
    page.locator(".pin").nth(1).focus()
    page.keyboard.press("j")
    page.locator("h2:focus", has_text="Point").wait_for()
    page = open_page(site, "recommendations")
    page.get_by_role("link", name="Walk for 20 to 30 minutes").focus()
    page.keyboard.press("Enter")
    page.locator("main:focus").wait_for()
    node = page.get_by_role("button", name="mechanism: trunk muscle activation")
    node.focus()
    page.keyboard.press("Enter")
    page.locator("aside:focus").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate(HELD).startswith("Close")
    page.keyboard.press("Escape")
    assert node.evaluate("(one) => one === document.activeElement")


def test_keys_alone_are_enough(site: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(site, "review")
    page.get_by_role("button", name="Open the example").focus()
    page.keyboard.press("Enter")
    page.locator("mark").first.wait_for()
    page.keyboard.press("j")
    page.get_by_role("heading", name="Point 1").wait_for()
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement?.textContent?.trim().slice(0, 20) ?? ''")
        if here.startswith("Dismiss"):
            break
    else:
        pytest.fail("Tab never reached the decision")
    page.keyboard.press("Enter")
    page.keyboard.type("by keys alone")
    page.keyboard.press("Control+Enter")
    page.get_by_text("by keys alone").first.wait_for()
    assert "by keys alone" in page.evaluate(HELD)
    page.keyboard.press("Escape")
    page.locator("button.entry:focus").wait_for()
    page.keyboard.press("Enter")
    page.locator("h2:focus", has_text="Point 1").wait_for()
    first = open_page(site, "mechanisms")
    first.keyboard.press("Tab")
    assert first.evaluate("document.activeElement.className").startswith("skip")
    first.keyboard.press("Enter")
    assert first.evaluate("document.activeElement.id") == "content"


HOSTILE = """# <img src=x onerror="window.hit=1"> Salt {{7*7}}

Science shows that <script>window.hit=1</script> salt causes gout <svg onload="window.hit=1">.

[Salt](javascript:window.hit=1) harms </textarea><iframe srcdoc="<script>parent.hit=1</script>"></iframe>.

\u202eSalt reversed\u202c always cures "onmouseover="window.hit=1" gout (Evil, 2020).

## References

Evil E. (2020). <b onclick=window.hit=1>Salt</b> "><script>window.hit=1</script>. Journal of Harm, 1(1), 1-2.
"""


def test_hostile_text_is_inert(site: Any, open_page: Callable[..., Any]) -> None:
    page = open_page(site, "review")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.get_by_label("Article", exact=True).fill(HOSTILE)
    page.get_by_role("button", name="Check the article").click()
    page.locator("mark").first.wait_for()
    for _ in range(5):
        page.keyboard.press("j")
        page.wait_for_timeout(60)
    assert page.evaluate("window.hit") is None
    assert page.locator("article :is(img, script, iframe, svg, b)").count() == 0
    assert all(one.startswith(site.url) for one in asked), asked


def long_article() -> str:
    """About 10,000 words with two points in each of a hundred paragraphs."""
    filler = "The house was quiet and the garden lay in the late light of the day while people talked. " * 5
    parts = ["# A long article\n"]
    for number in range(104):
        parts.append(
            f"Science shows that walking proves to cure low back pain in case {number}. {filler}"
            "Research proves that it always works.\n"
        )
    return "\n".join(parts)


def test_a_long_article_scrolls_and_answers_at_once(
    site: Any, open_page: Callable[..., Any], record_property: Callable[[str, object], None]
) -> None:
    text = long_article()
    assert len(text.split()) >= 9_900
    page = open_page(site, "review")
    page.get_by_label("Article", exact=True).fill(text)
    page.get_by_role("button", name="Check the article").click()
    page.locator("mark").first.wait_for(timeout=30_000)
    marks = page.locator("article .pin").count()
    assert marks >= 200
    # From the click to the frame that shows its answer; then the frames of a scroll over the whole article.
    clicked = page.evaluate(
        """async () => {
        const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        const pins = [...document.querySelectorAll('.pin')];
        const times = [];
        for (const at of [10, 60, 120, 180, 30]) {
          pins[at].scrollIntoView({ block: 'center' });
          await frame(); await frame();
          const began = performance.now();
          pins[at].click();
          await frame();
          times.push(performance.now() - began);
        }
        return times.sort((a, b) => a - b);
    }"""
    )
    worst = page.evaluate(
        """async () => {
        const high = document.documentElement.scrollHeight;
        const gaps = [];
        let last = performance.now();
        for (let at = 0; at <= 60; at++) {
          scrollTo(0, (high * at) / 60);
          await new Promise(requestAnimationFrame);
          gaps.push(performance.now() - last);
          last = performance.now();
        }
        return gaps.sort((a, b) => a - b);
    }"""
    )
    middle = clicked[len(clicked) // 2]
    record_property("click_ms", round(middle))
    record_property("scroll_p95_ms", round(worst[int(len(worst) * 0.95)]))
    record_property("points", marks)
    print(f"{marks} points: a click is answered in {middle:.0f} ms; 95 % of frames within {worst[57]:.0f} ms")
    # A tenth of a second is not noticed; a machine that does other things at once is given twice that.
    assert middle < 200
    assert worst[57] < 150
