"""Where an estimate lies to "no effect": the null value of its measure, and the ends of its interval."""

from __future__ import annotations

from decimal import Decimal

import pytest

from graph.contrasts import includes_no_effect, is_difference, is_ratio, null_value, side_of
from graph.evidence import EffectEstimate
from graph.examples import example
from graph.vocabulary import triples
from ontology.terms import Property


def estimate(measure: str, low: str | None, high: str | None, **more: object) -> EffectEstimate:
    ends = (None if end is None else Decimal(end) for end in (low, high))
    return EffectEstimate(measure, Decimal("0.9"), *ends, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("measure", "low", "high", "includes", "side"),
    [
        ("hazard-ratio", "0.60", "0.85", False, -1),
        ("risk-ratio", "1.02", "1.40", False, 1),
        ("rate-ratio", "0.43", "0.79", False, -1),
        ("odds-ratio", "0.74", "1.10", True, 0),
        ("ratio", "0.64", "1.00", True, 0),
        ("ratio", "1.00", "1.31", True, 0),
        ("mean-difference", "-1.7", "0.5", True, 0),
        ("mean-difference", "0.2", "0.9", False, 1),
        ("percent-reduction", "0", "31", True, 0),
        ("correlation", "-0.4", "-0.1", False, -1),
        ("median", "-2", "3", None, None),
        ("number-needed-to-treat", "8", "40", None, None),
        ("hazard-ratio", "0.60", None, None, None),
    ],
)
def test_an_interval_lies_below_above_or_across(
    measure: str, low: str | None, high: str | None, includes: bool | None, side: int | None
) -> None:
    effect = estimate(measure, low, high)
    assert includes_no_effect(effect) is includes
    assert side_of(effect) == side


@pytest.mark.parametrize(
    ("p", "bound", "level", "includes"),
    [
        ("0.048", None, "95", False),
        ("0.05", "less-than", None, False),
        ("0.05", None, "95", True),
        ("0.06", None, "95", True),
        ("0.01", "greater-than", "95", True),
        ("0.048", None, "99", True),
    ],
)
def test_an_interval_that_touches_by_rounding_excludes_no_effect(
    p: str, bound: str | None, level: str | None, includes: bool
) -> None:
    at = None if level is None else Decimal(level)
    effect = estimate("risk-ratio", "0.64", "1.00", p_value=Decimal(p), p_bound=bound, level=at)
    assert includes_no_effect(effect) is includes
    assert side_of(effect) == (0 if includes else -1)


def test_a_small_p_moves_no_interval_that_runs_across() -> None:
    assert includes_no_effect(estimate("risk-ratio", "0.64", "1.10", p_value=Decimal("0.01")))


def test_without_an_interval_the_estimate_may_say_the_side() -> None:
    assert side_of(estimate("risk-ratio", None, None)) is None
    assert side_of(estimate("risk-ratio", None, None), by_value=True) == -1
    assert side_of(estimate("mean", None, None), by_value=True) is None


def test_the_example_query_knows_the_null_value_of_each_measure() -> None:
    measures = {
        triple.subject.value.rpartition("measure-")[2]
        for triple in triples("schemes.ttl")
        if triple.predicate.value == Property.NULL_VALUE
    }
    assert len(measures) >= 12
    text = example("imprecise-estimates").sparql
    for one in measures:
        assert is_ratio(one) != is_difference(one)
        assert f"(spine:measure-{one} {null_value(one):.0f})" in text
