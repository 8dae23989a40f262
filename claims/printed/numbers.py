# ruff: noqa: E501 - tables of patterns read better unwrapped
"""The results that a text prints, number by number, each with the words that it stands with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from claims import quantities
from claims.joining import SET_AGAINST, THAN
from claims.printed.contexts import VERB, contexts_of, listed
from claims.printed.plainer import without_spreads
from claims.quantities import FoundQuantity
from claims.quantities.patterns import P_BEFORE
from claims.quantities.units import KINDS

__all__ = ["PrintedNumber", "read_numbers", "with_shared_units"]


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A result at ``start`` of sentence ``sentence``, which is ``around``.

    ``kind``: percent, a unit, count (a whole number without a unit) or plain. ``own``: the words that stand with
    it alone, ``shared`` those that it takes over from another of a list, ``about`` what it is the number of. ``against``: the number that it is
    printed against ("66 vs 51 %"), None without one.
    """

    value: Decimal
    kind: str
    start: int
    end: int
    own: str
    shared: str
    about: str
    listed: bool  # among several of its kind in the sentence, so that ``own`` tells it from them
    quantity: FoundQuantity | None = None
    against: Decimal | None = None
    change: bool = False  # what something went from, or to
    unnamed: bool = False  # of a pair of which the sentence does not say whose is which
    found: bool = True  # in a sentence that tells what was found, not what was known or done
    around: str = ""
    sentence: int = 0
    named: str = ""  # what its short forms and the codes of groups stand for


# "steps 1 and 2", "group 3"
_NAME = re.compile(
    r"\b(?:steps?|groups?|arms?|visits?|weeks?|days?|months?|years?|phases?|stages?|grades?|class(?:es)?|types?|levels?|"
    r"sessions?|doses?|periods?|waves?)\s(?:\d+(?:,\s\d+)*,?\s(?:and|or|to)\s)?$",
    re.IGNORECASE,
)
_SIZE = re.compile(r"(?:\b[nN]|[χχ²]|\b(?:df|t|F|I2|I²))\s?=\s?$")
_MEASURED = re.compile(
    r"\b(?:median|mean|average|took|lasted|by|was|were|averaged|at least|minimum of)\s(?:of\s|an?\s|about\s|around\s|only\s|just\s|little\s|over\s"
    r"|under\s|more than\s|nearly\s|almost\s|roughly\s|some\s)*$",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"[^A-Za-z]*(?:\((?:[^()]|\([^()]*\))*\)\W*)?(?:(?!respectively)[A-Za-z/%]{1,12}\W+)?"
    rf"(?:{SET_AGAINST}|v\.?|as (?:against|compared (?:with|to)|opposed to)|rather than"
    r"|instead of)\s(?:an?\s|the\s|about\s|around\s|only\s|just\s|mean\s|median\s|\(sd\)\s)*[^A-Za-z]*",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\W{0,2}\s(?:in|with|for|among|on|given|without|after)\s[^,;:()]{3,60}", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s(?:an?\s|about\s|around\s|mean\s|median\s)*$", re.IGNORECASE)
_TO = re.compile(
    r"[^A-Za-z]*\sto\s(?:an?\s|about\s|around\s|just\s|only\s|mean\s|median\s)*[^A-Za-z]*", re.IGNORECASE
)
# what shares its unit: "68 % and specificity at 88", "7.9 mmol/L with one and 6.9 with the other"
_JOINED = re.compile(
    r"[^.;]{0,60}(?:,|\sand|\sagainst|\sversus|\svs\.?|\sbut|\swhile|\swhereas|\scompared (?:with|to))\s(?:[a-z-]+\s){0,3}",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"\s?(?:$|[.,;)]|(?:with|in|for|on|among|after|at|when|under)\s|without\b)", re.IGNORECASE
)
_RESPECTIVELY = re.compile(r",?\srespectively,?(?=\s|$)")
_PART = re.compile(r"(?:[/:]|\bof\s)$")
_COMMA = re.compile(r"\s?,\s?[-−+]?")
_COUPLE = re.compile(r"[^A-Za-z]*\sand\s[^A-Za-z]*")
_THAN = re.compile(
    rf"\b(?P<joint>{THAN}|as compared (?:with|to)|relative to)\s(?!\d)"
    r"(?P<other>(?:(?!\s\d)[^,;:()]){2,70})",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"\b(?:with|in|for|of|on|among|by|after|from|under|at|to|during)\s")
_LOWER = re.compile(
    r"\b(?:lower|fewer|less|smaller|shorter|reduced|decreased|inferior|faster|quicker|quick|lowest|smallest|fell|lesser)\b",
    re.IGNORECASE,
)
_HIGHER = re.compile(
    r"\b(?:higher|more|greater|larger|longer|increased|slower|highest|greatest|rose|bigger|slow)\b",
    re.IGNORECASE,
)


def _kind(one: FoundQuantity) -> str:
    if one.unit is None:
        return "count" if one.value == one.value.to_integral_value() and "." not in one.text else "plain"
    return "percent" if one.unit == "percentage_point" else one.unit


def with_shared_units(text: str, found: Sequence[FoundQuantity]) -> list[FoundQuantity]:
    """The quantities of a text, the unit of another given to those that share it: "14 v 27 hours"."""
    kept = list(found)
    for index in range(len(kept) - 2, -1, -1):
        one, later = kept[index], kept[index + 1]
        gap = text[one.end : later.start]
        if (
            one.unit is None
            and later.unit is not None
            and _PART.search(text, max(0, one.start - 4), one.start) is None  # "6 of 174, 3.4 %"
            and any(joint.fullmatch(gap) for joint in (_PAIR, _COUPLE, _COMMA))
        ):
            kept[index] = replace(one, unit=later.unit, role=later.role)
    for index in range(1, len(kept)):
        before, one = kept[index - 1], kept[index]
        bare = one.unit is None and one.role == "other" and _ALONE.match(text, one.end)
        alike = before.unit is not None and KINDS.get(before.unit, "measure") in ("measure", "percent")
        if (
            bare
            and alike
            and _places(one.value) == _places(before.value)
            and _JOINED.fullmatch(text[before.end : one.start])
        ):
            kept[index] = replace(one, unit=before.unit, role=before.role)
    return kept


def _results(text: str) -> list[FoundQuantity]:
    """The quantities of a sentence that may be results, units given to those that share another's."""
    kept: list[FoundQuantity] = []
    for one in quantities.find(text):
        left = text[max(0, one.start - 24) : one.start]
        if one.role in ("year", "interval", "age") or P_BEFORE.search(left) or _SIZE.search(left):
            continue
        if one.high is not None or (one.unit is None and _NAME.search(left)):
            continue
        if kept and _counted_out(kept[-1], one):
            kept.pop()
        kept.append(one)
    kept = with_shared_units(text, kept)
    return [
        one
        for index, one in enumerate(kept)
        if one.role not in ("duration", "dose")
        or one.value % 1
        or _MEASURED.search(text, max(0, one.start - 40), one.start)
        or any(
            _PAIR.fullmatch(text[a.end : b.start])
            for a, b in zip(kept[max(0, index - 1) : index + 1], kept[index : index + 2], strict=False)
            if a is not b
        )
    ]


def _counted_out(before: FoundQuantity, one: FoundQuantity) -> bool:
    """Whether a share is the one that the count before it makes: "28 out of 36 cases (77.8 %)"."""
    return (
        before.unit == one.unit == "percent"
        and re.search(r"\b(?:out of|in)\b", before.text) is not None
        and one.start - before.end < _NEXT
        and abs(before.value - one.value) < 1
    )


_NEXT = 30


def _consistent(before: str, first: Decimal, second: Decimal) -> bool | None:
    """Whether the last comparison before two numbers goes the way that the first lies to the second; None
    where none says a way."""
    lower = max((match.start() for match in _LOWER.finditer(before)), default=-1)
    higher = max((match.start() for match in _HIGHER.finditer(before)), default=-1)
    if lower == higher:
        return None
    return (first < second) == (lower > higher)


def _groups(
    text: str, places: Sequence[tuple[int, int]], values: Sequence[Decimal]
) -> tuple[str, str] | None:
    """The names of the two groups that the numbers of a pair are of, in their order; None where not told."""
    start = places[0][0]
    for match in _THAN.finditer(text):
        if (
            any(low - 3 <= match.start("other") <= high + 30 for low, high in places)
            and match.start() > start
        ):
            continue
        before = text[max(0, match.start() - 70) : match.start()]
        *_, last = [""] + [part for part in _PREPOSITION.split(before) if part.strip()]
        if match["joint"].lower() == "than" and _consistent(text[:start], *values) is False:
            return None
        joined = _PREPOSITION.search(before) is not None
        one = last if joined else re.split(r"[,;:()]", text[: match.start()])[-1]
        verb = VERB.search(one)
        one = one[: verb.start()] if verb is not None and verb.start() > 3 else one
        return one, _PREPOSITION.sub(" ", match["other"])
    head = re.split(r"[;:]", text[:start])[-1]
    tail, verb = _TAIL.match(text, places[1][1]), VERB.search(head)
    if tail is not None and not re.search(
        r"\band\b|\brespectively\b", tail[0]
    ):  # "91 % vs 34 % in the others"
        return head[: verb.start()] if verb is not None else "", tail[0]
    if verb is not None and _consistent(head, *values):
        return head[: verb.start()], ""
    return None


def read_numbers(text: str, sentence: int = 0) -> tuple[PrintedNumber, ...]:
    """The results of one sentence in reading order.

    >>> [(str(one.value), one.own.strip(" ,(")) for one in read_numbers("It was 5 % in men and 9 % in women.")]
    [('5', 'in men'), ('9', 'in women.')]
    """
    plain, places = without_spreads(text)
    by_kind: dict[str, list[FoundQuantity]] = {}
    for one in _results(plain):
        by_kind.setdefault(_kind(one), []).append(one)
    read = [
        replace(one, start=places[one.start], end=places[one.end - 1] + 1, around=text, sentence=sentence)
        for kind, found in by_kind.items()
        for one in _of_kind(plain, kind, found)
    ]
    return tuple(sorted(read, key=lambda one: one.start))


def _of_kind(text: str, kind: str, found: Sequence[FoundQuantity]) -> list[PrintedNumber]:
    """The results of one kind, each with the words that tell it from the others."""
    units: list[list[FoundQuantity]] = []
    paired = False
    changes: list[FoundQuantity] = []  # "from 33 % to 29 %": where it came to
    for one in found:
        gap = text[units[-1][0].end : one.start] if units and len(units[-1]) == 1 else "."
        if _PAIR.fullmatch(gap):
            units[-1].append(one)
            paired = True
        elif _TO.fullmatch(gap) and _FROM.search(text, max(0, units[-1][0].start - 24), units[-1][0].start):
            units[-1].append(one)
            changes.append(one)
        else:
            units.append([one])
    both: tuple[str, ...] | None = None
    if not paired and not changes and len(found) > 3:
        couples = _couples(text, found)
        units = couples or units
        both = _of_both(text, found[-1].end) if couples else None
        text = _RESPECTIVELY.sub(lambda match: " " * len(match[0]), text) if couples else text
    contexts = contexts_of(text, [(unit[0].start, unit[-1].end) for unit in units])
    read: list[PrintedNumber] = []
    for unit, context in zip(units, contexts, strict=True):
        names: tuple[str, ...] | None = None
        if len(unit) == 2 and paired and unit[1] not in changes:
            names = _groups(text, [(one.start, one.end) for one in unit], [one.value for one in unit]) or (
                "",
                "",
            )
        if len(unit) == 2 and both is not None:
            names = both
        for order, one in enumerate(unit):
            own, shared, about = context.own, context.shared, f"{context.own} {context.shared}"
            if names is not None:
                own = names[order] if len(units) == 1 or both is not None else f"{names[order]} {own}"
                about = f"{names[order]} {about}"
            if len(units) == 1:
                shared, about = "" if names is not None else shared, text
            against = unit[1 - order].value if names is not None else None
            change = len(unit) == 2 and unit[1] in changes
            listed = len(found) > 1
            places = (one.start, one.end)
            unnamed = names == ("", "")
            read.append(
                PrintedNumber(
                    abs(one.value), kind, *places, own, shared, about, listed, one, against, change, unnamed
                )
            )
    return read


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _of_both(text: str, end: int) -> tuple[str, ...] | None:
    """The two groups that a list of couples ends with: "5 and 9 % for X, 3 and 4 % for Y in A and B, respectively"."""
    said = re.compile(r"\brespectively\b", re.IGNORECASE).search(text, end)
    names = listed(text[end : said.start()], 2, last=False) if said is not None else []
    return tuple(names) or None


def _couples(text: str, found: Sequence[FoundQuantity]) -> list[list[FoundQuantity]] | None:
    """The numbers two by two, where a sentence prints all of them so: "5 % and 9 % with X, 3 % and 4 % with Y"."""
    twos = [list(found[at : at + 2]) for at in range(0, len(found), 2)]
    if len(found) % 2 or not all(_COUPLE.fullmatch(text[one.end : other.start]) for one, other in twos):
        return None
    return twos
