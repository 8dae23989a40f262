"""Forest plots: where the marks stand, what is hollow, what is escaped."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from decimal import Decimal

import pytest

from claims.forest import Claimed, Plot, Row, svg
from claims.model import AuditReport, LinkedFinding
from claims.reports.estimates import claimed_of, plots
from graph.evidence import EffectEstimate, Finding, Iri

SVG = "{http://www.w3.org/2000/svg}"
LOWERED = Row("Adair 2019", "stroke", 0.5, 0.25, 1.0, "HR 0.50 (0.25 to 1.00)", "supports")
RAISED = Row("Choi 2021", "stroke", 2.0, 1.0, 4.0, "HR 2.00 (1.00 to 4.00)", "refutes")
BARE = Row("Dietz 2020", "stroke", 1.5, None, None, "OR 1.50", "neutral")
RATIOS = Plot("Stroke", (LOWERED, RAISED, BARE), True, 1.0)


def _tree(plot: Plot, width: int = 640) -> ElementTree.Element:
    return ElementTree.fromstring(svg(plot, width))


def _no_effect(tree: ElementTree.Element) -> float:
    return next(
        float(line.attrib["x1"]) for line in tree.iter(f"{SVG}line") if line.get("class") == "no-effect"
    )


def _whiskers(tree: ElementTree.Element, direction: str) -> tuple[float, float]:
    group = next(one for one in tree.iter(f"{SVG}g") if one.attrib["class"] == f"estimate {direction}")
    line = next(group.iter(f"{SVG}line"))
    return float(line.attrib["x1"]), float(line.attrib["x2"])


@pytest.mark.parametrize("width", [330, 640, 900])
def test_ratios_lie_on_a_logarithmic_axis(width: int) -> None:
    tree = _tree(RATIOS, width)
    none = _no_effect(tree)
    low, high = _whiskers(tree, "supports")
    assert high == pytest.approx(none, abs=0.2)  # the interval ends at 1
    other_low, other_high = _whiskers(tree, "refutes")
    assert other_low == pytest.approx(none, abs=0.2)
    assert none - low == pytest.approx(other_high - none, abs=0.3)  # a quarter is as far from 1 as four


def test_differences_lie_on_a_linear_axis() -> None:
    rows = (
        Row("A", "pain", -2.0, -4.0, 0.0, "", "supports"),
        Row("B", "pain", 1.0, 0.0, 2.0, "", "refutes"),
    )
    tree = _tree(Plot("Pain", rows, False, 0.0))
    none = _no_effect(tree)
    low, _ = _whiskers(tree, "supports")
    _, high = _whiskers(tree, "refutes")
    assert none - low == pytest.approx(2 * (high - none), abs=0.3)


def test_a_missing_interval_is_a_hollow_mark_without_whiskers() -> None:
    tree = _tree(RATIOS)
    group = next(one for one in tree.iter(f"{SVG}g") if one.attrib["class"] == "estimate neutral")
    assert list(group.iter(f"{SVG}line")) == []
    circle = next(group.iter(f"{SVG}circle"))
    assert circle.attrib["fill"] == "none"
    assert "hollow" in circle.attrib["class"]


def test_shapes_tell_directions_apart_without_colour() -> None:
    shapes = {
        group.attrib["class"]: {child.tag.removeprefix(SVG) for child in group} - {"title", "line"}
        for group in _tree(RATIOS).iter(f"{SVG}g")
    }
    assert shapes == {
        "estimate supports": {"rect"},
        "estimate refutes": {"path"},
        "estimate neutral": {"circle"},
    }


def test_the_articles_own_words_are_a_band() -> None:
    tree = _tree(replace(RATIOS, claimed=Claimed("nearly halved", 0.5, 0.6)))
    band = next(one for one in tree.iter(f"{SVG}rect") if one.get("class") == "claimed")
    low, high = _whiskers(tree, "supports")
    assert low < float(band.attrib["x"]) < high
    assert "“nearly halved” (about 0.5 to 0.6)" in "".join(tree.itertext())
    assert "about 0.77" in "".join(_tree(replace(RATIOS, claimed=Claimed("23 %", 0.765, 0.775))).itertext())


def test_it_is_told_to_those_who_cannot_see_it() -> None:
    tree = _tree(RATIOS)
    assert tree.attrib["role"] == "img"
    told = next(tree.iter(f"{SVG}desc")).text or ""
    assert "Adair 2019, stroke: HR 0.50 (0.25 to 1.00) (supports)." in told


@pytest.mark.parametrize("value", [0.0, -1.0, math.nan, math.inf])
def test_what_has_no_place_on_the_axis_is_not_drawn(value: float) -> None:
    assert svg(Plot("x", (replace(LOWERED, value=value),), True, 1.0)) == ""


def test_an_interval_that_runs_off_ends_in_an_arrow() -> None:
    wide = replace(RAISED, low=0.0, high=1e7)
    tree = _tree(Plot("x", (wide, LOWERED), True, 1.0))
    group = next(one for one in tree.iter(f"{SVG}g") if one.attrib["class"] == "estimate refutes")
    assert len(list(group.iter(f"{SVG}path"))) == 3  # two arrows and the diamond


@pytest.mark.parametrize("value", [1.0, 1e-12, 1e12])
def test_one_lonely_row_still_has_an_axis(value: float) -> None:
    tree = _tree(Plot("x", (replace(LOWERED, value=value, low=None, high=None),), True, 1.0))
    assert not re.search(r"nan|inf", ElementTree.tostring(tree, encoding="unicode").replace("info", ""))


def test_every_text_is_escaped() -> None:
    nasty = "<script>&\"'"
    row = replace(LOWERED, name=nasty, detail=nasty, shown=nasty, direction='x" onload="y')
    drawn = svg(Plot(nasty, (row,), True, 1.0, claimed=Claimed(nasty, 0.5, 0.6)), name='f"g')
    assert "<script" not in drawn
    assert 'onload="' not in drawn
    ElementTree.fromstring(drawn)


# which findings go into which plot


def _linked(
    number: int, measure: str, value: str, *, via: str = "topic", unit: str | None = None
) -> LinkedFinding:
    found = Finding(
        Iri(f"urn:f{number}"), f"outcome {number}", effect=EffectEstimate(measure, Decimal(value), unit=unit)
    )
    return LinkedFinding(found, None, None, "supports", via, 0.5)


def test_ratios_share_an_axis_and_differences_do_not(report: AuditReport) -> None:
    linked = replace(
        report.claims[0],
        findings=(
            _linked(1, "mean-difference", "-3", unit="mmHg"),
            _linked(2, "odds-ratio", "0.8"),
            _linked(3, "hazard-ratio", "0.7"),
            _linked(4, "mean-difference", "-1", unit="kg"),
            _linked(5, "f-statistic", "14.4"),
            _linked(6, "percent-reduction", "28"),
        ),
    )
    drawn = plots(linked, {})
    assert [(plot.logarithmic, len(plot.rows)) for plot in drawn] == [(False, 1), (True, 3), (False, 1)]
    reduced = drawn[1].rows[2]
    assert reduced.value == pytest.approx(0.72)
    assert reduced.shown == "reduction 28 %"


def test_cited_estimates_come_first_and_the_rest_is_counted(report: AuditReport) -> None:
    many = tuple(_linked(number, "risk-ratio", "0.9") for number in range(20))
    cited = _linked(99, "risk-ratio", "0.5", via="citation")
    (plot,) = plots(replace(report.claims[0], findings=(*many, cited, cited)), {})
    assert plot.rows[0].detail == "outcome 99"
    assert len(plot.rows) == 12
    assert plot.left_out == 9


def test_magnitude_words_are_turned_into_a_band(report: AuditReport) -> None:
    claimed = claimed_of(report.claims[1].claim)
    assert claimed is not None
    assert claimed.words == "nearly halved"
    assert 0.4 < claimed.low < 0.5 < claimed.high < 0.7
    assert claimed_of(report.claims[2].claim) is None
