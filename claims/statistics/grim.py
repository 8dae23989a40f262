"""Whether a mean can come from the number of people it is said to come from."""

from __future__ import annotations

import math
from decimal import Decimal


def grim(mean: Decimal, size: int, *, items: int = 1) -> bool:
    """Whether a mean of whole numbers, printed with its decimals, can come from ``size`` people.

    ``items`` is how many whole-number answers are averaged per person. After Brown and Heathers 2017,
    Soc Psychol Personal Sci 8:363.

    Raises:
        ValueError: ``size`` or ``items`` is not positive.

    >>> grim(Decimal("3.45"), 20), grim(Decimal("3.48"), 20)
    (True, False)
    """
    if size <= 0 or items <= 0:
        raise ValueError("size and items are positive")
    exponent = mean.as_tuple().exponent
    half = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) / 2
    units = size * items
    low, high = (mean - half) * units, (mean + half) * units
    return math.floor(high) >= math.ceil(low)
