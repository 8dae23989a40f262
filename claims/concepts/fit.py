"""How the concept that a claim names stands to the one that the evidence measured."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Fit(StrEnum):
    """How a claim's concept stands to the evidence's."""

    SAME = "same"
    BROADER = "broader"  # the claim says more than was measured
    NARROWER = "narrower"
    SIBLING = "sibling"
    SURROGATE = "surrogate"  # the evidence measured a stand-in for what the claim names
    UNRELATED = "unrelated"


# one is the other, or part of it
CLOSE = frozenset({Fit.SAME, Fit.NARROWER, Fit.BROADER})
FIT_SCORE: Mapping[Fit, float] = {
    Fit.SAME: 1.0,
    Fit.NARROWER: 0.8,
    Fit.BROADER: 0.75,
    Fit.SURROGATE: 0.5,
    Fit.SIBLING: 0.35,
    Fit.UNRELATED: 0.0,
}
