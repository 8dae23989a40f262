"""Numbers that a text prints beside one another: whether p values follow from their statistics, estimates fit
their intervals, shares their counts and changes what changed, and whether a mean can be."""

from claims.statistics.checking import ALPHA, StatisticCheck, check
from claims.statistics.contrasts import contrasts
from claims.statistics.fault import Fault
from claims.statistics.grim import grim
from claims.statistics.intervals import intervals
from claims.statistics.shares import shares
from claims.statistics.tails import incomplete_beta, upper_gamma

__all__ = [
    "ALPHA",
    "Fault",
    "StatisticCheck",
    "check",
    "contrasts",
    "grim",
    "incomplete_beta",
    "intervals",
    "shares",
    "upper_gamma",
]
