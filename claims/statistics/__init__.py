"""Test statistics that a text prints: whether their p values follow, and whether a mean can be."""

from claims.statistics.checking import ALPHA, StatisticCheck, check
from claims.statistics.grim import grim
from claims.statistics.tails import incomplete_beta, upper_gamma

__all__ = ["ALPHA", "StatisticCheck", "check", "grim", "incomplete_beta", "upper_gamma"]
