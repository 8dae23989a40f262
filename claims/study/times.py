"""The times that a text gives, in days: how long people were followed or treated, when they were seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from claims import quantities
from claims.concepts import fold
from claims.findings.outcome_sentences import stem
from claims.quantities.patterns import WORDS

__all__ = ["Time", "alike", "times"]


@dataclass(frozen=True, slots=True)
class Time:
    """A time as printed at ``start`` to ``end``: ``low`` to ``high`` days, ``value`` of ``unit`` as printed.

    ``role``: followed (until when people were seen), given (how long something was done, "a 12-week trial"),
    seen (when it was measured) or None. ``anchors``: the stems of what it is counted from ("after the
    operation") or of what lasts so long ("an 8-week clerkship"). ``near``: the stems of the words around it.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    value: Decimal
    unit: str
    comparison: str | None = None
    role: str | None = None
    led: bool = False  # by a preposition of time: "after", "at", "within"
    anchors: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()


_UNITS = ("s", "min", "h", "day", "night", "week", "month", "year")
_NAMED = {"night": "day", "fortnight": "week", "decade": "year"}
_TIMES = {"fortnight": 2, "decade": 10}
# "after a year", "for a whole month", "in the first week", "a week of short nights": a time without a number
_FILLER = r"(?:just|only|about|over|nearly|almost|the)"
_SINGLE = re.compile(
    rf"\b(?:(?:after|within|for|over|lasted|lasting|took|spanned|in(?=\s(?:just|only)\b))\s(?:{_FILLER}\s)*(?:half\s)?"
    r"(?:an?|one|the (?:whole|full))"
    r"|(?:in|during|over|within|for|those in)\s(?:the\s)?(?:very\s)?(?:first|whole|full)"
    r"|(?:was|is|of)\s(?:an?|one)(?=\s\w+\sof\b))\s"
    r"(?:single\s|whole\s|full\s)?(?P<unit>day|night|week|fortnight|month|year|decade)\b"
    r"(?![-\s](?:old|a|of age|round|before|later)\b)",
    re.IGNORECASE,
)
# "week 12", "by day 3"
_AT = re.compile(
    rf"\b(?P<unit>day|week|month|year)s?[\s-](?P<number>\d{{1,3}}|{'|'.join(WORDS)})\b", re.IGNORECASE
)
# "between the 24th and the 28th week", "the twelfth week of pregnancy"
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "twentieth": 20,
}  # fmt: skip
_ORDINAL = re.compile(
    rf"\b(?P<number>\d{{1,3}}(?=(?:st|nd|rd|th)\b)|{'|'.join(_ORDINALS)})(?:st|nd|rd|th)?\b"
    r"(?=(?:\s(?:and|to|or|the|\d{1,3}(?:st|nd|rd|th)|[a-z]{3,14}|postoperative|gestational)){0,4}?\s(?P<unit>day|week|month|year)s?\b)",
    re.IGNORECASE,
)
_LIST = re.compile(r"\s?,?\s?(?:(?:and|or|to)\s)?")
_NOT_OF_STUDY = re.compile(
    r"\s(?:ago|old|of age|earlier in life|younger|older|longer|shorter|less|more|sooner|earlier)\b"
    r"|[-\s](?:old|olds|risk|survival)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:(?:past|last|previous|recent|every|each|per)\s|(?:median|mean|average|by)\s(?:\w+\s){0,2}"
    r"|(?:adults|people|women|men|patients|children|persons|participants)\s(?:of|over|under|above)\s)$",
    re.IGNORECASE,
)
_FOLLOWED = re.compile(
    r"\b(?:followed|follow(?:ing)?-?\s?up|tracked|watched|observed|monitored|seen again|last seen"
    r"|for the last time|re-?examined|came back"
    r"|(?:final|last) (?:visit|check|check-?up|look|assessment|measurements?))\b",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\b(?:took|taken|taking|given|received|receive|treated|treatment|therapy|ran|lasted|lasting|course|plan"
    r"|programmes?|programs?|intervention|supplement\w*|dosed|doses?|trained|training|exercised|practi[sc]ed"
    r"|daily|administered|swallowed|drank|ate|wore|kept|applied|sessions?|phases?|running)\b",
    re.IGNORECASE,
)
_SEEN = re.compile(
    r"\b(?:measured|assessed|counted|recorded|checked|tested|retested|asked|questionnaires?|evaluated|examined"
    r"|compared|collected|scanned|rated|re-?measured)\b",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"[- ](?:(?!of\b|on\b|after\b|following\b|in\b|with\b|for\b|to\b|from\b|and\b)[\w-]+[- ]){0,3}?"
    r"(?:trial|study|programme|program|course|intervention|treatment|follow-up|phase)\b",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"[\s,)-]{0,2}(?:of|after|since|from|following|post|before|prior to|into|on|beyond|past|in|during)[\s-]"
    r"(?P<what>(?:[^\W\d_][\w'’-]*[\s-]?){1,6})",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_SILENT = frozenset(
    stem(fold(word))
    for word in """
    after before within since from following prior period time times first second third last next final later
    day days week weeks month months year years hour hours minute minutes fortnight decade night nights
    the this that these those they them their there were was been being have having with over about around
    only just more less least most when where which while what whom whose than then some each both study
    studies trial trials patients patient people participants participant group groups women adults children
    subjects mean median average total range during all everything other others also again once still very
    such into onto upon between among against until through took taken taking given received came come place
    """.split()  # noqa: SIM905
)


@lru_cache(maxsize=2048)
def times(text: str, of_anything: bool = False) -> tuple[Time, ...]:
    """The times of a text, in order; no ages.

    Also no results ("a median of 12 days"), no doses ("half an hour of walking") and nothing that is long
    past, unless times ``of_anything`` are asked for.

    >>> [(str(one.value), one.unit, one.role) for one in times("They were followed for 3 years.")]
    [('3', 'year', 'followed')]
    """
    return tuple(sorted(_found(text, of_anything), key=lambda one: one.start))


_SHORT = ("s", "min", "h")
_COUNTED_FROM = re.compile(
    r"\b(?:after|within|at|before|until)\s(?:about\s|around\s|no more than\s|up to\s|another\s)?$",
    re.IGNORECASE,
)


def _lasts(text: str, one: quantities.FoundQuantity) -> bool:
    """Whether minutes or hours are counted from something, and no dose: "72 h after surgery"."""
    if one.role == "duration":
        return True
    left = text[max(0, one.start - 30) : one.start]
    after = re.match(r"[\s-](?:after|before|from|since|later|post)\b", text[one.end : one.end + 12])
    return after is not None or (_COUNTED_FROM.search(left) is not None)


def _found(text: str, of_anything: bool) -> Iterator[Time]:
    taken: list[tuple[int, int]] = []
    found = quantities.find(text)
    for index, one in enumerate(found):
        unit = (one.unit or "").split("/")[0]
        if one.unit is not None and one.role in ("duration", "dose", "other") and unit in _UNITS:
            if "/" in one.unit and not one.unit.endswith("/session") and not of_anything:
                continue
            if unit in _SHORT and not of_anything and not _lasts(text, one):
                continue
        else:
            unit = _of_list(text, found, index)
            if not unit:
                continue
        if one.role == "age" or (not of_anything and _elsewhere(text, one.start, one.end)):
            continue
        taken.append((one.start, one.end))
        value, high = one.value, one.high
        turned = _TURNED.match(text, one.start, one.end)
        if turned is not None and high is not None and Decimal(turned["first"]) > value:
            high = None  # "96 to 12 months": of 96 people
        yield _time(text, one.start, one.end, value, high, unit, one.comparison)
    for match in _AT.finditer(text):
        if not any(low < match.end() and match.start() < high for low, high in taken):
            taken.append(match.span())
            number = match["number"].lower()
            value = Decimal(WORDS.get(number, 0) or number)
            yield _time(text, match.start(), match.end(), value, None, match["unit"].lower(), None)
    for match in _ORDINAL.finditer(text) if of_anything else ():
        number = match["number"].lower()
        value = Decimal(_ORDINALS.get(number, 0) or number)
        yield _time(text, match.start(), match.end(), value, None, match["unit"].lower(), None)
    for match in _SINGLE.finditer(text):
        start, end = match.start("unit"), match.end("unit")
        if any(low < end and match.start() < high for low, high in taken) or _elsewhere(
            text, match.start(), end
        ):
            continue
        word = match["unit"].lower()
        value = Decimal(_TIMES.get(word, 1)) / (2 if "half" in match[0].lower() else 1)
        yield _time(text, start, end, value, None, _NAMED.get(word, word), None)


_TURNED = re.compile(r"(?P<first>\d+) to (?=\d)")


def _of_list(text: str, found: tuple[quantities.FoundQuantity, ...], index: int) -> str:
    """The unit of time that a bare number of a list takes from the last of it: "8, 26 and 52 weeks"."""
    one = found[index]
    if one.unit is not None or one.role not in ("other", "count"):
        return ""
    end = one.end
    for later in found[index + 1 : index + 6]:
        if not _LIST.fullmatch(text, end, later.start):
            return ""
        if later.unit is not None:
            return later.unit if later.unit in _UNITS else ""
        end = later.end
    return ""


def _elsewhere(text: str, start: int, end: int) -> bool:
    if _NOT_OF_STUDY.match(text, end):
        return True
    return _PAST.search(text, max(0, start - 24), start) is not None


def _time(
    text: str, start: int, end: int, value: Decimal, high: Decimal | None, unit: str, comparison: str | None
) -> Time:
    plain = _NAMED.get(unit, unit)
    low_days = quantities.convert(value, plain, "day") or Decimal(0)
    high_days = quantities.convert(high, plain, "day") if high is not None else None
    first = max(text.rfind(sign, 0, start) for sign in (". ", "; ", ": ")) + 1
    before = text[max(first, start - 70) : start]
    last = min(
        (at for sign in (". ", "; ", ", and ") if (at := text.find(sign, end)) >= 0), default=len(text)
    )
    after = text[end : min(last, end + 70)]
    anchor = _FROM.match(text, end)
    lasting = _LASTING.match(text, end) or ("-" in text[start:end] and _LASTS.match(text, end)) or None
    return Time(
        start,
        end,
        low_days,
        high_days or low_days,
        value,
        plain,
        comparison,
        _role(before, after),
        _LED.search(before) is not None or _LATER.match(after) is not None,
        _anchors(anchor["what"] if anchor else lasting["what"] if lasting else ""),
        _stems(f"{before} {after}"),
    )


# "an 8-week clerkship", "two weeks' leave": what lasts so long
_LASTING = re.compile(r"(?:-(?:long\s)?|['’]\s)(?P<what>(?:[^\W\d_][\w-]*\s?){1,3})", re.IGNORECASE)
_LASTS = re.compile(r"\s(?P<what>(?:[^\W\d_][\w-]*\s?){1,3})")
_ALSO_CALLED = {
    stem(word): stem(known)
    for known, words in {
        "surgery": "operation operations operated procedure theatre",
        "birth": "delivery childbirth giving born",
        "discharge": "home leaving",
        "injection": "jab shot injected",
        "enrolment": "entry joining recruitment",
    }.items()
    for word in words.split()
}


def _anchors(text: str) -> frozenset[str]:
    return frozenset(_ALSO_CALLED.get(one, one) for one in _stems(text))


_LED = re.compile(
    r"\b(?:after|at|by|within|over|for|during|in|lasting|lasted|until|up to)\s"
    r"(?:(?:the|just|only|about|around|some|another|first|next|following|full|nearly|almost)\s){0,3}"
    r"(?:\d+(?:\.\d+)?(?:,\s(?:and\s)?|\s(?:and|or|to)\s))*$",
    re.IGNORECASE,
)
_LATER = re.compile(r"\s(?:later|on|afterwards|out|in)\b", re.IGNORECASE)


def _role(before: str, after: str) -> str | None:
    """What a time is of, by the nearest word that says so; one behind it counts as further off."""
    length = _LENGTH.match(after)
    if length is not None:
        return "followed" if length[0].lower().endswith("follow-up") else "given"
    best: tuple[int, str] | None = None
    for name, pattern in (("followed", _FOLLOWED), ("given", _GIVEN), ("seen", _SEEN)):
        places = [len(before) - match.end() for match in pattern.finditer(before)]
        places += [match.start() + 15 for match in pattern.finditer(after)]
        if places and (best is None or min(places) < best[0]):
            best = min(places), name
    return best[1] if best else None


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(_AGAIN.sub("", fold(word))) for word in _WORD.findall(text)) - _SILENT


_AGAIN = re.compile(r"^re-?(?=test|measur|assess|examin|check|scan)")  # "retested"


_NEAR = Decimal("1.14")  # six months are 24 to 26 weeks, a year is 12 times four of them


def alike(said: Time, given: Time) -> bool:
    """Whether two times are the same as people print them: six months and 26 weeks."""
    near = Decimal("1.25") if said.comparison == "about" else _NEAR
    if said.low <= given.high * near and given.low <= said.high * near:
        return True
    if said.comparison == "more-than":
        return said.low <= given.high <= said.low * Decimal("1.4")
    if said.comparison == "less-than":
        return said.high * Decimal("0.7") <= given.low <= said.high
    return False
