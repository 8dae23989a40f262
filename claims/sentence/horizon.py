# ruff: noqa: E501 - tables of patterns read better unwrapped
"""How long after something was done a sentence says that the effect holds, in days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from claims import quantities
from claims.alternatives import lowered, one_of

__all__ = ["horizon_days", "unnumbered"]


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
# times said without a number: what lasts for years lasts two of them at least; half a year is not long
_YEARS, _LIFELONG, _LONG_TERM = Decimal(730), Decimal(3650), Decimal(180)
_LASTS_YEARS = one_of(
    [
        r"\b(?:last(?:s|ed|ing)?|keep(?:s|ing)?|kept|remain(?:s|ed)?|stay(?:s|ed)?|persist(?:s|ed)?"
        r"|endur(?:es?|ed)|holds?|held|safe|safely|protect(?:s|ed)?|works?|worked)\b[^.;:]{0,50}?"
        r"\bfor (?:many |several )?(?:years|decades)\b(?! (?:ago|of))"
        r"|(?<!\d )\b(?:years|decades) (?:on|later|afterwards|down the (?:line|road|track))\b(?! (?:from|in life))",
    ]
)
_FOR_GOOD = one_of(
    [
        r"\b(?:permanent(?:ly)?|for good|for life|forever|lifelong"
        r"|for the rest of (?:your|their|his|her) (?:life|lives))\b"
        r"(?! (?:smokers?|users?|drinkers?|residents?|teeth|magnets?|disabilit))",
    ]
)
_LASTS_LONG = one_of(
    [
        r"\b(?:in|over) the (?:long(?:er)? (?:term|run|haul)|long-term)\b"
        r"|\blong-term (?:relief|benefits?|gains?|improvements?|weight loss|results?|success|remission|protection|recovery)\b",
    ]
)
_OPEN = re.compile(
    r"\b(?:unknown|unclear|uncertain|not known|not clear|whether|nobody|no one|no (?:data|evidence|studies|trials?)|yet to|remains?"
    r"|may|might|could|n['’]t|not|little is known|if)\b",
    re.IGNORECASE,
)


def unnumbered(text: str) -> tuple[Decimal, int, int] | None:
    """A time for which an effect is said to last without a number: its least days, and where it stands.

    >>> unnumbered("Decades later it still protects them.")
    (Decimal('730'), 0, 13)
    """
    small = lowered(text)
    for pattern, days in ((_FOR_GOOD, _LIFELONG), (_LASTS_YEARS, _YEARS), (_LASTS_LONG, _LONG_TERM)):
        match = pattern.search(small)
        if match is not None and not (days is _LONG_TERM and _OPEN.search(small)):
            return days, *match.span()
    return None


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
    lasting = unnumbered(text)
    if lasting is not None:
        days.append(lasting[0])
    return max(days, default=None)
