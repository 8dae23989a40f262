"""The age group that a text names by its years: "aged 70 and over" are older adults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from claims import quantities
from claims.concepts import Vocabulary
from claims.model import Mention, Span

__all__ = ["age_groups", "ages_of", "ages_printed"]

_OR_OLDER = re.compile(
    r"\s?(?:years?\s)?(?:of age\s)?(?:\+|(?:or|and)\s(?:older|over|above|more|up)\b)", re.I
)
_OR_YOUNGER = re.compile(r"\s?(?:years?\s)?(?:of age\s)?(?:or|and)\s(?:younger|under|below|less)\b", re.I)
_OVER_THE_AGE = re.compile(r"\b(?:over|above|past|beyond|older than)\sthe\sage\sof\s$", re.IGNORECASE)
_AVERAGE = re.compile(
    r"\b(?:mean|median|average|typical)\s(?:[\w()\[\]]+\s){0,3}$|\bSD\b[^.;]{0,8}$", re.IGNORECASE
)
_OLD, _GROWN, _MIDDLE, _YOUNG = Decimal(60), Decimal(18), Decimal(40), Decimal(35)
_MIDDLE_END = Decimal(65)


def age_groups(text: str, vocabulary: Vocabulary) -> Iterator[Mention]:
    """The groups of people whose ages a text prints, as mentions with the span of the years.

    None for an average, and for ages that span more than one group ("18 to 75"). The limits are those of the
    World Health Organization (older adults from 60, adolescents from 10 to 19) and of MeSH (middle-aged from
    45, here 40 since cohorts start there).
    """
    for found, low, high in ages_printed(text):
        name = _group(low, high)
        concept = vocabulary.named(name) if name else None
        if concept is not None:
            yield Mention(concept, found.text, ("population",), Span(found.start, found.end))


def ages_of(text: str) -> tuple[Decimal, Decimal | None] | None:
    """The youngest and the oldest age in years at which a study took people; None where it does not say.

    >>> ages_of("We assigned 7447 participants (55 to 80 years of age).")
    (Decimal('55'), Decimal('80'))
    >>> ages_of("Adults were 70 years of age or older, or 65 years or older among some.")
    (Decimal('65'), None)
    """
    taken = [(low, high) for found, low, high in ages_printed(text) if found.unit == "year"]
    youngest = [low for low, high in taken if low is not None and low != high]
    oldest = [high for low, high in taken if low != high]
    if not youngest:
        return None
    known = [high for high in oldest if high is not None]
    return min(youngest), max(known) if len(known) == len(oldest) else None


def ages_printed(text: str) -> Iterator[tuple[quantities.FoundQuantity, Decimal | None, Decimal | None]]:
    """The ages of a text that are no averages, each with the youngest and the oldest it stands for."""
    for found in quantities.find(text):
        if found.role == "age" and not _AVERAGE.search(text, max(0, found.start - 40), found.start):
            yield found, *_ends(text, found)


def _ends(text: str, found: quantities.FoundQuantity) -> tuple[Decimal | None, Decimal | None]:
    """The youngest and the oldest that an age stands for; None where it is open."""
    if found.high is not None:
        return found.value, found.high
    if (
        found.comparison in quantities.ABOVE
        or _OR_OLDER.match(text, found.end)
        or _OVER_THE_AGE.search(text, max(0, found.start - 30), found.start)
    ):
        return found.value, None
    if found.comparison in quantities.BELOW or _OR_YOUNGER.match(text, found.end):
        return None, found.value
    return found.value, found.value


def _group(low: Decimal | None, high: Decimal | None) -> str | None:
    if low is not None and low >= _OLD:
        return "older-adults"
    if high is None:
        return None
    if high <= _GROWN:
        return "adolescents" if low is not None and low >= 10 else "children"
    if low is None or low < _GROWN:
        return None
    if high <= _YOUNG:
        return "young-adults"
    return "middle-aged-adults" if low >= _MIDDLE and high <= _MIDDLE_END else None
