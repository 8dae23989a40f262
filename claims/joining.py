"""Words that set what follows them against what stands before, as parts of patterns.

Each pattern adds what its own question allows besides: "from", "over", "while". Where one leaves some of
these out on purpose, it says why.
"""

from __future__ import annotations

__all__ = ["SET_AGAINST", "THAN"]

#: "5 % versus 2 %", "tea against water"
SET_AGAINST = r"versus|vs\.?|compared (?:with|to)|against"
#: the same, and behind a comparative: "more than water"
THAN = rf"than|{SET_AGAINST}"
