"""Find magnitude words; the words themselves, their ranges and the reasons are in ``words.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources

from claims import quantities
from claims.alternatives import lowered, number_of, one_of


@dataclass(frozen=True, slots=True)
class MagnitudeCue:
    """Magnitude words at ``text[start:end]`` and the ratios they can stand for, ``low`` to ``high``.

    ``kind``: ratio (low and high bound exposed over unexposed), folded (they bound min(r, 1/r)),
    percent (a printed percentage with a direction). ``direction`` is down, up, or None when the
    words do not say. ``name`` is the entry of the table; ``grammar`` what a better wording replaces.
    """

    start: int
    end: int
    text: str
    low: Decimal
    high: Decimal
    kind: str
    name: str
    grammar: str
    direction: str | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    name: str
    grammar: str
    ratio: Decimal | None
    low: Decimal
    high: Decimal
    direction: str | None
    signed: bool
    after: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class _Table:
    pattern: re.Pattern[str]
    words: tuple[_Word, ...]
    spread: dict[str, Decimal]


@cache
def _table() -> _Table:
    raw = tomllib.loads(
        resources.files("claims.magnitude").joinpath("words.toml").read_text("utf-8"), parse_float=Decimal
    )
    words = tuple(
        _Word(
            entry["name"],
            entry["grammar"],
            Decimal(entry["ratio"]) if "ratio" in entry else None,
            Decimal(entry.get("low", 0)),
            Decimal(entry.get("high", 0)),
            entry.get("direction"),
            entry.get("signed", False),
            re.compile(entry["after"], re.IGNORECASE) if "after" in entry else None,
        )
        for entry in raw["word"]
    )
    patterns = (entry["pattern"] for entry in raw["word"])
    spread = {name: Decimal(value) for name, value in raw["spread"].items()}
    return _Table(one_of(patterns, before=r"(?<![\w-])", after=r"(?![\w-])"), words, spread)


_NEARLY = re.compile(r"\b(?:nearly|almost|close to|just under|virtually|practically)\s$", re.IGNORECASE)
_ABOUT = re.compile(r"(?:\b(?:about|approximately|roughly|around|some|effectively)\s|~\s?)$", re.IGNORECASE)
_MORE = re.compile(r"\b(?:more than|over|at least|well over)\s$", re.IGNORECASE)
_LESS = re.compile(r"\b(?:(?:less|fewer) than|under|below|barely|not even|no more than)\s$", re.IGNORECASE)
_NOUN_BEFORE = re.compile(
    r"\b(?:linked to|tied to|associated with|had|have|has|having|at|with|faces?|faced|of"
    r"|carr(?:y|ies|ied)|runs?|ran)\s$",
    re.IGNORECASE,
)
_BY_MODIFIER = re.compile(
    r"^by (?:(?P<nearly>nearly|almost|close to|just under)|(?P<about>about|approximately|roughly|around)"
    r"|(?P<more>more than|over|at least))\s",
    re.IGNORECASE,
)
_DOWN = (
    r"reduc\w{1,5}|lower\w{0,3}|decreas\w{1,3}|cuts?|cutting|slash\w{0,3}|drop\w{0,4}|fell|falls?|fallen|falling"
    r"|declin\w{1,3}|shr[aiu]nk\w{0,3}|diminish\w{0,3}|less|fewer|smaller|shorter|shorten\w{0,3}|protect\w{0,4}"
    r"|lessen\w{0,3}|curb\w{0,3}|trim\w{0,4}|weaken\w{0,3}|prevent\w{0,3}"
)
_UP = (
    r"increas\w{1,3}|rais\w{1,3}|rises?|rose|risen|rising|higher|more|greater|boost\w{0,3}|grew|grows?|growing"
    r"|climb\w{0,3}|larger|elevat\w{1,3}|jump\w{0,3}|gain\w{0,3}|longer|improv\w{1,4}|extend\w{0,3}|excess"
    r"|prolong\w{0,3}|lengthen\w{0,3}"
)
_DIRECTION = re.compile(rf"\b(?:(?P<down>{_DOWN})|(?P<up>{_UP}))\b", re.IGNORECASE)
_PERCENT_AFTER = re.compile(
    rf"\s?(?:(?:relative|absolute|overall|average|further)\s)?(?:(?P<down>{_DOWN})|(?P<up>{_UP}))\b",
    re.IGNORECASE,
)
_FOLD = re.compile(
    r"(?P<number>(?<![\d.·])\d{1,9}(?:[.·]\d{1,6})?|two|three|four|five|six|seven|eight|nine|ten)"
    r"(?:[- ]?fold|"
    r" times)(?=\s(?:as (?:likely|high|common|many|much|often)|the (?:risk|rate|odds|chance)"
    r"|(?:increase|rise|higher|more|greater)))",
    re.IGNORECASE,
)
_LONGEST = 50_000  # characters read; no sentence is longer
_NUMBERS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[MagnitudeCue, ...]:
    """The magnitude words of ``text`` in reading order, percentages with a direction among them.

    >>> [(cue.text, cue.kind) for cue in words("a dramatic drop, 30 % lower risk, twice as likely")]
    [('dramatic', 'folded'), ('30 %', 'percent'), ('twice as', 'ratio')]
    """
    text = text[:_LONGEST]
    found = [*_named(text), *_percents(text)]
    taken = [(cue.start, cue.end) for cue in found]
    found.extend(
        cue for cue in _folds(text) if not any(start < cue.end and cue.start < end for start, end in taken)
    )
    return tuple(sorted(found, key=lambda cue: (cue.start, cue.end)))


def _named(text: str) -> Iterator[MagnitudeCue]:
    table = _table()
    spread = table.spread
    for match in table.pattern.finditer(lowered(text)):
        word = table.words[number_of(match)]
        start = match.start()
        left = text[max(0, start - 96) : start]
        if word.after is not None and not word.after.search(left):
            continue
        if word.ratio is None:
            kind = "ratio" if word.direction == "down" and word.grammar == "verb" else "folded"
            yield MagnitudeCue(
                start,
                match.end(),
                text[start : match.end()],
                word.low,
                word.high,
                kind,
                word.name,
                word.grammar,
                word.direction,
            )
            continue
        ratio = word.ratio
        if word.signed and _nearest_direction(left, text[match.end() : match.end() + 24]) == "up":
            ratio = 2 - ratio
        inside = _BY_MODIFIER.match(match[0])
        modifier = None if inside is None else inside.lastgroup
        for name, pattern in (("nearly", _NEARLY), ("about", _ABOUT), ("more", _MORE), ("less", _LESS)):
            before = None if inside else pattern.search(left)
            if before is not None:
                modifier = name
                start -= len(left) - before.start()
                break
        low, high = _bounds(ratio, modifier, spread, of_ratio=word.grammar == "times")
        end, grammar = match.end(), word.grammar
        if grammar == "verb" and text.startswith(" the ", end) and _NOUN_BEFORE.search(text[:start][-24:]):
            end, grammar = end + len(" the"), "times"  # "linked to double the risk" has no verb in it
        yield MagnitudeCue(
            start,
            end,
            text[start:end],
            low,
            high,
            "ratio",
            word.name,
            grammar,
            "down" if ratio < 1 else "up",
        )


def _bounds(
    ratio: Decimal, modifier: str | None, spread: dict[str, Decimal], *, of_ratio: bool = False
) -> tuple[Decimal, Decimal]:
    """The ratios that a word can stand for; ``of_ratio``: it names the ratio ("half the risk"), no change."""
    change = ratio - 1
    if modifier == "less" or (modifier == "more" and of_ratio and change < 0):
        # "less than half the risk" lies below it, "less than doubled" between it and one
        below = modifier == "less" and of_ratio and change < 0
        edge = 1 + change * (1 + spread["beyond"] * (-1 if below else 1))
        ends = (Decimal(0) if below else Decimal(1), edge)
        low, high = sorted(ends)
        return _short(low), _short(high)
    if of_ratio and ratio < Decimal("0.5") and modifier != "more":
        share = 2 * spread["about" if modifier in ("about", "nearly") else "exact"]
        return _short(ratio * (1 - share)), _short(ratio * (1 + share))
    if modifier == "nearly":
        ends = (1 + change * (1 + spread["nearly_over"]), 1 + change * (1 - spread["nearly"]))
    elif modifier == "more":
        edge = 1 + change * (1 - spread["beyond"])
        ends = (Decimal(0), edge) if change < 0 else (edge, Decimal("Infinity"))
    else:
        share = spread["about" if modifier == "about" else "exact"]
        ends = (1 + change * (1 + share), 1 + change * (1 - share))
    low, high = sorted(ends)
    return _short(max(low, Decimal(0))), _short(high)


def _short(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.0001")).normalize() + 0 if value.is_finite() else value


def _nearest_direction(left: str, right: str) -> str | None:
    """Which way the words nearest before (else just after) point."""
    last = None
    for last in _DIRECTION.finditer(left):  # noqa: B007 - the last one is wanted
        pass
    match = last or _DIRECTION.search(right)
    return None if match is None else "down" if match["down"] else "up"


def _percents(text: str) -> Iterator[MagnitudeCue]:
    if "%" not in text and "per" not in text.lower():
        return
    for quantity in quantities.find(text):
        if quantity.role != "percent" or quantity.unit != "percent":
            continue
        direction = _percent_direction(text, quantity.start, quantity.end)
        if direction is None or quantity.value < 0:
            continue
        step = _rounding(quantity.value)
        low, high = quantity.value, quantity.high if quantity.high is not None else quantity.value
        if quantity.comparison == "about":
            step = max(step, low / 10)
        sign = -1 if direction == "down" else 1
        ends = sorted((1 + sign * (low - step) / 100, 1 + sign * (high + step) / 100))
        if quantity.comparison in quantities.ABOVE:
            ends[0 if sign < 0 else 1] = Decimal(0) if sign < 0 else Decimal("Infinity")
        elif quantity.comparison in quantities.BELOW:
            ends[1 if sign < 0 else 0] = Decimal(1)
        yield MagnitudeCue(
            quantity.start,
            quantity.end,
            quantity.text,
            max(ends[0], Decimal(0)),
            ends[1],
            "percent",
            "percent",
            "percent",
            direction,
        )


def _rounding(value: Decimal) -> Decimal:
    """Half of the last printed digit's worth: 23 may be 22.5 to 23.5."""
    exponent = value.as_tuple().exponent
    return Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)


_CLAUSE = re.compile(r"[,;:()—]|\b(?:and|but|while|whereas)\b")
_BY = re.compile(
    r"\bby\s(?:about\s|around\s|roughly\s|nearly\s|almost\s|up to\s|as much as\s|some\s|an?\s|~)*$",
    re.IGNORECASE,
)


def _percent_direction(text: str, start: int, end: int) -> str | None:
    after = _PERCENT_AFTER.match(text, end)
    if after is not None:
        return "down" if after["down"] else "up"
    left = text[max(0, start - 96) : start]
    if _BY.search(left):
        boundaries = [match.end() for match in _CLAUSE.finditer(left)]
        clause = left[boundaries[-1] :] if boundaries else left
        return _nearest_direction(clause, "") or _nearest_direction(left, "")
    if re.search(
        r"\b(?:reductions?|decreases?|drops?|falls?|declines?)\s(?:in\s[\w\s-]{1,40}\s)?of\s(?:about\s|around\s)?$",
        left,
    ):
        return "down"
    if re.search(
        r"\b(?:increases?|rises?|gains?|improvements?)\s(?:in\s[\w\s-]{1,40}\s)?of\s(?:about\s|around\s)?$",
        left,
    ):
        return "up"
    return None


def _folds(text: str) -> Iterator[MagnitudeCue]:
    spread = _table().spread
    small = lowered(text)
    if "fold" not in small and " times" not in small:
        return
    for pattern in (_FOLD, _FOLD_LESS):
        for match in pattern.finditer(small):
            printed = match["number"]
            number = Decimal(_NUMBERS.get(printed, 0)) or Decimal(printed.replace("·", "."))
            if number <= 1:
                continue
            less = pattern is _FOLD_LESS
            if less and match["how"] is None and not _falls_before(text, match.start()):
                continue
            low, high = _bounds(1 / number if less else number, None, spread)
            way, grammar = ("down", "other") if less else ("up", "times")
            if less and match["how"] in ("less", "fewer", "lower"):
                grammar = "percent-word"
            start, end = match.span()
            yield MagnitudeCue(start, end, text[start:end], low, high, "ratio", "fold", grammar, way)


# "five times less likely", "reduces falls fivefold": one fifth of what it was
_FOLD_LESS = re.compile(
    r"(?P<number>(?<![\d.·])\d{1,9}(?:[.·]\d{1,6})?|two|three|four|five|six|seven|eight|nine"
    r"|ten)(?:[- ]?fold|(?P<times> times))"
    r"(?:(?=\s(?P<how>less|fewer|lower|decrease|reduction|drop|decline)\b)|(?(times)(?!)|(?=[\s,.;)]|$)))",
    re.IGNORECASE,
)


def _falls_before(text: str, start: int) -> bool:
    """Whether the clause before says that something was made less: "reduces falls fivefold"."""
    clause = re.split(r"[,;:()—]|\b(?:and|but)\b", text[max(0, start - 70) : start])[-1]
    verb = re.search(r"\b(?:reduc|lower|decreas|cut|slash|shr[aiu]nk)\w*", clause, re.IGNORECASE)
    return verb is not None
