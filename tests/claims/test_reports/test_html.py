"""The page: whole, inert, linked, readable."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.model import AuditReport, Block, Confidence, Diagnostic, Document, Severity, Span
from claims.reports import render
from claims.reports.article import mark

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """Elements, attributes and text of a page; notes every element that is not closed in order."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.stack: list[str] = []
        self.misnested: list[str] = []
        self.text = ""
        self.feed(source)
        self.close()
        self.misnested += self.stack

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            self.misnested.append(tag)

    def handle_data(self, data: str) -> None:
        if not self.stack or self.stack[-1] not in ("style", "title"):
            self.text += data


@pytest.fixture
def page(report: AuditReport) -> Page:
    return Page(render(report, "html"))


def test_the_page_is_well_formed_and_its_links_lead_somewhere(page: Page) -> None:
    assert page.misnested == []
    ids = Counter(attributes["id"] for _, attributes in page.elements if "id" in attributes)
    assert max(ids.values()) == 1
    links = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
    assert len(links) > 20
    for link in links:
        assert link.startswith(("#", "https://doi.org/", "https://pubmed.ncbi.nlm.nih.gov/"))
        if link.startswith("#"):
            assert link[1:] in ids, link
    for _, attributes in page.elements:
        for name in ("aria-labelledby", "aria-describedby"):
            for wanted in attributes.get(name, "").split():
                assert wanted in ids


def test_nothing_runs_and_nothing_is_fetched(report: AuditReport) -> None:
    source = render(report, "html")
    page = Page(source)
    assert not {tag for tag, _ in page.elements} & {
        "script",
        "img",
        "iframe",
        "link",
        "object",
        "form",
        "base",
    }
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert not [
        attributes for _, attributes in page.elements if "style" in attributes
    ]  # the policy forbids it
    policy = next(a["content"] for tag, a in page.elements if tag == "meta" and "http-equiv" in a)
    style = re.search(r"<style>(.*?)</style>", source, re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style[1]
    assert "@import" not in style[1]


def test_landmarks_headings_and_language(page: Page) -> None:
    tags = [tag for tag, _ in page.elements]
    for landmark in ("header", "nav", "main", "footer"):
        assert landmark in tags
    assert tags.count("h1") == 1
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels)), levels
    assert ("html", {"lang": "en"}) in page.elements
    skip = next(attributes for tag, attributes in page.elements if tag == "a")
    assert skip == {"class": "skip", "href": "#article"}


def test_the_page_tells_everything(page: Page) -> None:
    text = " ".join(page.text.split())
    for expected in (
        "Beetroot juice, blood pressure and sleep",
        "“nearly halved” stands for a ratio of 0.50 to 0.60",
        "overstated",
        "contradicted",
        "not enough information",
        "very low",
        "one trial, not masked",
        "systolic blood pressure",
        "1 glass/day",
        "Refutes",
        "HR 1.20 (interval not recorded)",
        "VESSEL: randomised controlled trial, n = 240",
        "What it actually is (differs in title)",
        "Dietary nitrate and clinic blood pressure in adults with hypertension: a randomised trial",
        "✖ differs",
        "✔ agrees",
        "? not compared",
        "(unconfirmed)",
        "retracted",
        "No such work in the library given to this run.",
        "Other points",
        "“Science shows” names no study",
        "What was not checked",
        "This is not medical advice.",
        "1 effect estimate recorded without an interval.",
    ):
        assert expected in text, expected


def test_each_point_is_told_once_in_full_and_marked_in_the_article(page: Page) -> None:
    ids = [attributes.get("id", "") for _, attributes in page.elements]
    for number in range(1, 6):
        assert f"point-{number}" in ids
        assert f"at-{number}" in ids
    pins = [attributes for tag, attributes in page.elements if "pin" in attributes.get("class", "").split()]
    assert [attributes["aria-label"] for attributes in pins][:2] == [
        "Error 1: absolute wording",
        "Warning 2: magnitude word differs",
    ]


def test_a_fix_is_shown_before_and_after(report: AuditReport) -> None:
    source = render(report, "html")
    assert "<del>cures</del>" in source
    assert "<ins>lowers</ins>" in source


def test_a_horizon_is_told_in_whole_days(report: AuditReport) -> None:
    linked = report.claims[0]
    said = replace(linked.claim.proposition, horizon_days=Decimal("182.6250"))
    claims = (replace(linked, claim=replace(linked.claim, proposition=said)), *report.claims[1:])
    page = render(replace(report, claims=claims), "html")
    assert "183 days" in page
    assert "182.6" not in page


def test_a_work_that_was_only_guessed_is_not_told_as_certain(report: AuditReport) -> None:
    guessed = replace(report.references[0], matched_by=("author-year",))
    text = Page(render(replace(report, references=(guessed,)), "html")).text
    assert "Most likely meant, by author and year (differs in title):" in text
    assert "What it actually is" not in text


def test_forest_plots_are_drawn_and_told_in_a_table(report: AuditReport) -> None:
    source = render(report, "html")
    assert source.count('<svg class="forest"') == 4  # two plots, wide and narrow
    assert "article: “nearly halved”" in source
    assert "hollow mark: interval not recorded" in source
    assert source.count("The same numbers as a table") == 2


def test_hostile_text_is_inert(make_document: Callable[..., Document], report: AuditReport) -> None:
    nasty = '<script>alert(\'x\')</script>"onmouseover="y" {{ 7*7 }} </style><svg onload=z> \x00 \u202eabc'
    hit = Diagnostic(
        "C103", nasty, Severity.ERROR, Confidence.HIGH, nasty, Span(0, 20), report.claims[0].claim.id
    )
    first = report.claims[0]
    broken = replace(
        report,
        document=replace(make_document(nasty + " " + report.document.text, title=nasty), path=nasty),
        diagnostics=(hit,),
        references=tuple(
            replace(one, reference=replace(one.reference, raw=nasty, label=nasty), work=None)
            for one in report.references
        ),
        claims=(replace(first, claim=replace(first.claim, text=nasty)),),
    )
    source = render(broken, "html")
    page = Page(source)
    assert page.misnested == []
    assert not {tag for tag, _ in page.elements} & {"script", "img"}
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert "\x00" not in source
    assert "\u202e" not in source
    assert "{{ 7*7 }}" in page.text


def test_a_recorded_doi_cannot_make_a_hostile_link(report: AuditReport) -> None:
    first = report.references[0]
    assert first.work is not None
    nasty = replace(first.work, doi='10.1/x" onclick="y<z>')  # type: ignore[arg-type]
    source = render(replace(report, references=(replace(first, work=nasty),)), "html")
    assert Page(source).misnested == []
    assert 'href="https://doi.org/10.1/x%22%20onclick%3D%22y%3Cz%3E"' in source


def _colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", css))


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_every_colour_of_text_is_told_from_its_ground_in_light_and_dark(report: AuditReport) -> None:
    css = render(report, "html").partition("<style>")[2].partition("</style>")[0]
    light, dark = css.partition("@media screen and (prefers-color-scheme: dark)")[::2]
    for colours in (_colours(light), _colours(dark.partition("* {")[0])):
        tones = ["error", "warning", "info", "good", "neutral", "partly"]
        for ground in ("paper", "card"):
            for tone in [*tones, "ink", "soft", "accent"]:
                assert _contrast(colours[tone], colours[ground]) >= 4.5, (tone, ground)
        for tone in tones:
            for text in (tone, "ink", "soft"):
                assert _contrast(colours[text], colours[f"{tone}-tint"]) >= 4.5, (text, tone)


# the article with its marks


def _document(text: str) -> Document:
    block = Block("paragraph", text, tuple(range(len(text) + 1)))
    return Document(text, (block,), None, "a.txt", "", "text/plain")


def _points(*spans: tuple[int, int]) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic("C103", "x", Severity.WARNING, Confidence.HIGH, "m", Span(start, end))
        for start, end in spans
    )


def _pieces(text: str, *spans: tuple[int, int]) -> list[tuple[str, tuple[int, ...]]]:
    points = _points(*spans)
    blocks = mark(AuditReport(_document(text), (), (), (), points, ()), points)
    return [(piece.text, piece.points) for piece in blocks[0].pieces]


def test_overlapping_and_nested_spans_are_cut_into_pieces() -> None:
    assert _pieces("abcdefgh", (1, 5), (3, 7)) == [
        ("a", ()),
        ("bc", (1,)),
        ("de", (1, 2)),
        ("fg", (2,)),
        ("h", ()),
    ]
    assert _pieces("abcdefgh", (0, 8), (2, 4)) == [("ab", (1,)), ("cd", (2, 1)), ("efgh", (1,))]
    assert _pieces("abc", (0, 3), (0, 3)) == [("abc", (1, 2))]


def test_an_empty_span_marks_the_character_after_it_and_one_outside_marks_nothing() -> None:
    assert _pieces("abc", (1, 1)) == [("a", ()), ("b", (1,)), ("c", ())]
    assert _pieces("abc", (30, 40)) == [("abc", ())]


def test_the_pieces_of_a_block_make_up_its_text(report: AuditReport) -> None:
    blocks = mark(report, report.diagnostics)
    shown = [block for block in report.document.blocks if block.text]
    assert ["".join(piece.text for piece in block.pieces) for block in blocks] == [one.text for one in shown]


def test_a_span_over_several_blocks_is_marked_in_each_and_anchored_once() -> None:
    text = "Tea helps.\n\nMilk helps."
    blocks = (
        Block("paragraph", "Tea helps.", tuple(range(11))),
        Block("paragraph", "Milk helps.", tuple(range(12, 24))),
    )
    points = _points((4, 16), (0, 3))
    document = Document(text, blocks, None, "a.txt", "", "text/plain")
    first, second = mark(AuditReport(document, (), (), (), points, ()), points)
    assert [(piece.text, piece.starts) for piece in first.pieces if piece.points] == [
        ("Tea", (2,)),
        ("helps.", (1,)),
    ]
    assert [(piece.text, piece.starts) for piece in second.pieces if piece.points] == [("Milk", ())]
    assert (first.points, second.points) == ((1, 2), ())


def test_a_block_within_another_is_marked_too() -> None:
    whole = Block("table", "Tea | cures", tuple(range(12)))
    cell = Block("paragraph", "cures", tuple(range(6, 12)))
    points = _points((0, 3), (6, 11))
    document = Document("Tea | cures", (whole, cell), None, "a.txt", "", "text/plain")
    outer, inner = mark(AuditReport(document, (), (), (), points, ()), points)
    assert [piece.text for piece in outer.pieces if piece.points] == ["Tea", "cures"]
    assert [piece.text for piece in inner.pieces if piece.points] == ["cures"]


@given(
    text=st.text(min_size=1, max_size=60),
    spans=st.lists(st.tuples(st.integers(-2, 70), st.integers(-2, 70)), max_size=8),
)
@settings(max_examples=150, deadline=None)
def test_whatever_the_spans_the_article_is_whole_and_the_page_well_formed(
    text: str, spans: list[tuple[int, int]]
) -> None:
    points = _points(*((max(start, 0), end) for start, end in spans))
    report = AuditReport(_document(text), (), (), (), points, ())
    (block,) = mark(report, points)
    assert "".join(piece.text for piece in block.pieces) == text
    for number, point in enumerate(points, start=1):
        covered = sum(len(piece.text) for piece in block.pieces if number in piece.points)
        wanted = min(max(point.span.end, point.span.start + 1), len(text)) - min(point.span.start, len(text))
        assert covered == wanted
    assert Page(render(report, "html")).misnested == []


def test_marks_carry_their_points_leads_and_claims(report: AuditReport) -> None:
    pieces = [piece for block in mark(report, report.diagnostics) for piece in block.pieces]
    points = {piece.text: piece.points for piece in pieces if piece.points}
    assert points["cures"] == (1,)
    assert points["halved"] == (2, 3)
    assert [piece.text for piece in pieces if piece.lead] == ["Lowers blood pressure:"]
    assert [claim for piece in pieces for claim in piece.claims_end] == [1, 2, 3]


def test_two_hundred_marks_are_all_drawn(report: AuditReport) -> None:
    text = "\n\n".join(f"Paragraph {n} says that tea cures colds and lowers risk." for n in range(200))
    blocks, at = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block("paragraph", part, tuple(range(at, at + len(part) + 1))))
        at += len(part) + 2
    document = Document(text, tuple(blocks), "Tea", "tea.txt", "", "text/plain")
    points = tuple(
        Diagnostic(
            "C103", "absolute-wording", Severity.ERROR, Confidence.HIGH, "m", Span(found.start(), found.end())
        )
        for found in re.finditer("cures", text)
    )
    many = AuditReport(document, (), (), (), points, ())
    page = render(many, "html")
    assert len(points) == 200
    assert page.count("<mark") >= 200
