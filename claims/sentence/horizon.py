"""How long after something was done a sentence says that the effect holds, in days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from claims import quantities
from claims.alternatives import lowered, one_of

__all__ = ["horizon_days"]


_HORIZON = re.compile(
    r"\b(?:after|over|within|in|for|at|during|lasting|up to)\s+(?:the\s+|about\s+|a\s+|just\s+)*$",
    re.IGNORECASE,
)
# "three years on", "a decade later"
_LATER = re.compile(
    r"\s(?:on|later|afterwards|down the (?:line|road|track))\b(?!\s(?:from|in life))", re.IGNORECASE
)
# "Five years of drops slow it": how long it was done; not years of research
_USED_FOR = re.compile(
    r"\sof\s(?!(?:age|research|data|stud|work|follow|experience|evidence|life|trial)\w*)", re.IGNORECASE
)
# times said without a number: what lasts for years lasts two of them at the least
_YEARS, _LIFELONG = Decimal(730), Decimal(3650)
_LASTS_YEARS = one_of(
    [
        r"\b(?:last(?:s|ed|ing)?|keep(?:s|ing)?|kept|remain(?:s|ed)?|stay(?:s|ed)?|persist(?:s|ed)?"
        r"|endur(?:es?|ed)|holds?|held|safe|safely|protect(?:s|ed)?|works?|worked)\b[^.;:]{0,50}?"
        r"\bfor (?:many |several )?(?:years|decades)\b(?! (?:ago|of))",
    ]
)
_FOR_GOOD = one_of(
    [
        r"\b(?:permanent(?:ly)?|for good|for life|forever|lifelong"
        r"|for the rest of (?:your|their|his|her) (?:life|lives))\b"
        r"(?! (?:smokers?|users?|drinkers?|residents?|teeth|magnets?|disabilit))",
    ]
)


def horizon_days(text: str, found: Sequence[quantities.FoundQuantity]) -> Decimal | None:
    """The longest stretch of time after which the claim says the effect holds."""
    days = []
    for quantity in found:
        if quantity.role != "duration" or quantity.unit is None:
            continue
        if not (
            _HORIZON.search(text[max(0, quantity.start - 30) : quantity.start])
            or _LATER.match(text, quantity.end)
            or (not text[: quantity.start].strip("*_ ") and _USED_FOR.match(text, quantity.end))
        ):
            continue
        value = quantities.convert(quantity.high or quantity.value, quantity.unit, "day")
        if value is not None:
            days.append(value)
    small = lowered(text)
    if _FOR_GOOD.search(small):
        days.append(_LIFELONG)
    elif _LASTS_YEARS.search(small):
        days.append(_YEARS)
    return max(days, default=None)
