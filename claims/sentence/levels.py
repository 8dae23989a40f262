"""Two amounts of one thing that a sentence sets against each other: "twelve weeks worked as well as 24".

Such a claim is not about what the thing does, but about whether more of it does more. It is met with the
result that sets the same two amounts against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from claims import quantities
from claims.joining import THAN
from claims.quantities.patterns import WORDS
from claims.sentence.change import change_cues

__all__ = ["Level", "levels_compared", "says_of_levels"]

Level = tuple[str, Decimal]  # unit, number of it

_SET_AGAINST = re.compile(
    rf"\b(?:{THAN}|v\.?|over|as)\s(?:[a-z-]+\s){{0,6}}?$"
    r"|\bbetween\s[^.;:]{0,60}\band\s(?:[a-z-]+\s){0,3}?$",
    re.IGNORECASE,
)
# the second amount without its unit: "as well as 24", "more than one"
_BARE = re.compile(
    rf"\b(?:{THAN}|over|as)\s(?:(?:only|just|the)\s)?"
    r"(?P<number>\d[\d,]*(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
    r"(?=\s*(?:$|[.;,(\[]|did\b|does\b|do\b|was\b|were\b))",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:more|better|less|fewer|greater|superior|stronger|outdid|beats?|further|faster)\b", re.IGNORECASE
)
_SAME = re.compile(
    r"\b(?:no (?:more|better|further|extra|additional|greater)|nothing|not (?:any )?(?:more|better)"
    r"|as (?:good|well|much|effective(?:ly)?|far|fast) as|equally|the same|just as|similar(?:ly)?|alike)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def levels_compared(text: str) -> tuple[Level, Level] | None:
    """The two amounts of one unit that a sentence sets against each other; None without just two.

    >>> levels_compared("Twelve weeks of yoga worked as well as 24.")
    (('week', Decimal('12')), ('week', Decimal('24')))
    """
    found = list(_levels(text))
    units = {unit for _, (unit, _) in found}
    for unit in sorted(units):
        of_unit = [(at, level) for at, level in found if level[0] == unit]
        if len(of_unit) == 2 and of_unit[0][1] != of_unit[1][1]:
            (_, first), (at, second) = of_unit
            if _SET_AGAINST.search(text, max(0, at - 80), at):
                return first, second
    return None


def _levels(text: str) -> Iterator[tuple[int, Level]]:
    """The doses and lengths of time of a sentence, and a number that takes up the unit of the first."""
    first: str | None = None
    for one in quantities.find(text):
        if one.role in ("dose", "duration") and one.unit is not None and one.high is None:
            first = first or one.unit
            yield one.start, (one.unit, one.value)
    bare = _BARE.search(text)
    if bare is not None and first is not None:
        number = bare["number"].lower()
        value = Decimal(WORDS[number] if number in WORDS else number.replace(",", ""))
        yield bare.start("number"), (first, value)


def says_of_levels(text: str) -> str | None:
    """same or differs: what a sentence says of the two amounts it compares; None where it says neither."""
    if _SAME.search(text) or any(cue.meaning == "no-difference" for cue in change_cues(text)):
        return "same"
    return "differs" if _MORE.search(text) else None
