"""Two values and what is printed to follow from them: "from 82 to 107 kg, a rise of 50 %".

What may be adjusted, annualised or pooled is given room or left alone: there the two need not follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from claims import magnitude
from claims.statistics.fault import Fault, half, read

__all__ = ["contrasts"]

_N = r"\d{1,3}(?:,\d{3})+(?:[.·]\d+)?|\d{1,6}(?:[.·]\d{1,3})?"
_NO_UNIT = r"(?:per|in|of|on|to|for|at|with|a|an|and|or|the|by|as|after|out|among)\b"
_U = rf"%|per ?cent\b|(?!{_NO_UNIT})[a-zA-Zµ]{{1,10}}(?:/[a-zA-Z]{{1,4}})?(?![\w-])"
_ABOUT = r"(?:about |around |roughly |some |an average of |a (?:mean|median) of )?"
_JOIN = r"(?:versus|vs\.?|as against|against|compared (?:with|to)|as opposed to|rather than|instead of|but)"
_FREE = r"[^\d.;:()]{0,45}?"
_ALONE = r"(?<![\w.,·/-])"
_FROM = re.compile(
    rf"\bfrom {_ABOUT}(?P<a>{_N})(?:\s?(?P<ua>{_U}))? "
    rf"(?:down |up )?to {_ABOUT}(?P<b>{_N})(?:\s?(?P<ub>{_U}))?"
    rf"|\bto {_ABOUT}(?P<b2>{_N})(?:\s?(?P<ub2>{_U}))?,? "
    rf"(?:down |up )?from {_ABOUT}(?P<a2>{_N})(?:\s?(?P<ua2>{_U}))?",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    rf"{_ALONE}(?P<a>{_N})(?:\s?(?P<ua>{_U})){_FREE}\b{_JOIN}\s{_FREE}(?P<b>{_N})(?:\s?(?P<ub>{_U}))?",
    re.IGNORECASE,
)
_SHARE = re.compile(rf"{_ALONE}(?P<x>{_N})\s?(?:%|per ?cent\b)(?!\s?(?:CI|CrI|conf|cred))", re.IGNORECASE)
_POINTS = re.compile(
    rf"(?<![\w.,·–−-])[-−]?(?P<x>{_N})[\s-](?:(?:percentage|absolute)[\s-]points?|points)\b", re.IGNORECASE
)
_NEEDED = re.compile(
    rf"\b(?:numbers? needed to (?:treat|benefit|harm)(?: \(NN[TBH]+\))?|NN[TH]B?H?)\s?(?:=|:|,|is|was|of)?\s?"
    rf"{_ABOUT}(?P<x>{_N})(?!\s?(?:to|-|–)\s?\d)(?![^.;]{{0,20}}\b(?:per|a|each|every) (?:year|month))",
    re.IGNORECASE,
)
_RATIO = re.compile(
    rf"(?P<name>\brisk ratio|\brelative risk|(?<!a)\bRR|\bodds ratio|(?<!a)\bOR)\)?\s?(?:=|:|,|of|was)?\s?"
    rf"(?P<x>{_N})(?!\s?%)"
)
_MORE = (
    r"(?:lower|higher|shorter|longer|fewer|more|less|greater|faster|slower|earlier|later|lighter|heavier"
    r"|sooner)"
)
_LESS = (
    r"(?:saving|difference|gap|increase|rise|fall|drop|reduction|decrease|gain|loss|improvement|cut"
    r"|decline|lead)"
)
_SAME_UNIT = re.compile(
    rf"\b{_LESS} of {_ABOUT}(?P<x>{_N})\s?(?P<u>{_U})|(?<![\w.,·])(?P<x2>{_N})\s?(?P<u2>{_U})\s{_MORE}\b",
    re.IGNORECASE,
)
_ADJUSTED = re.compile(
    r"\b(?:adjusted|a[HO]R|odds|hazard|model|median|pooled|standardi[sz]ed|log|per year|person[- ]years?)\b",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"\b(?:more than|over|at least|up to|under|less than|fewer than|nearly|almost)\s$", re.IGNORECASE
)
_LINK = re.compile(
    r"(?:\s(?:per|out of|in) \d[\d,]*(?: [a-z-]+)?)?[\s,(:–—-]*"
    r"(?:(?:that is|that['’]s|or|i\.e\.|ie|which is|meaning|giving|a|an|so a|so an|the|by|it|of"
    r"|about|around|some|only|just|relative|absolute|roughly|is|was|for|in|on|average|down|up"
    rf"|{_LESS}|change|[a-z]+(?:ed|fell|rose|grew))[\s,]*){{0,5}}[(]?"
)
_THREE_DIGITS = re.compile(r"\d\D*\d\D*\d")
_NEAR = 30  # characters between a pair and what follows from it
_LOOSE = Decimal("1.3")  # a risk told beside two shares may be adjusted for other things
_ODDS = Decimal("1.4")


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two values of one unit ("" without one); ``ordered``: the first is what the second came from;
    ``loose``: nothing joins them but their sentence."""

    first: str
    second: str
    unit: str
    start: int
    end: int
    ordered: bool = False
    loose: bool = False

    def is_of_dates(self) -> bool:
        """Whether they are years, or nothing of which a share could be taken."""
        values = read(self.first), read(self.second)
        return min(values) <= 0 or (self.unit == "" and all(1800 <= one <= 2100 for one in values))

    def ends(self) -> Iterator[tuple[Decimal, Decimal]]:
        """The values that rounding may have come from, at their extremes."""
        for one, other in product((-1, 1), (-1, 1)):
            yield (
                read(self.first) + one * half(self.first),
                read(self.second) + other * half(self.second),
            )


def _same(one: str | None, other: str | None) -> str | None:
    """The unit of both; empty where neither has one; None where they differ."""
    plain = [_plain(unit) for unit in (one, other) if unit]
    return None if len(set(plain)) > 1 else plain[0] if plain else ""


def _plain(unit: str) -> str:
    low = unit.lower().replace(" ", "")
    return "%" if low in ("%", "percent") else low.removesuffix("s")


def contrasts(text: str) -> Iterator[Fault]:
    """What is printed as the change, difference or ratio of two values of a sentence, and is not.

    >>> [one.says for one in contrasts("Strength rose from 80 kg to 100 kg, an increase of 50%.")]
    ['“50%”: from 80 to 100 is a rise of 25 %']
    """
    if _THREE_DIGITS.search(text) is None:
        return
    pairs = _pairs(text)
    for pair in pairs:
        yield from _sizes(text, pair)
    if len(pairs) == 1:
        yield from _differences(text, pairs[0])
        yield from _of_shares(text, pairs[0])


def _pairs(text: str) -> list[_Pair]:
    found = [_pair(one, True) for one in _FROM.finditer(text)]
    spans = [pair and (pair.start, pair.end) for pair in found]
    for one in _AGAINST.finditer(text):
        if not any(span and span[0] < one.end() and one.start() < span[1] for span in spans):
            found.append(_pair(one, False))
    shares = list(_SHARE.finditer(text))
    if not found and len(shares) == 2:
        first, second = shares
        found.append(_Pair(first["x"], second["x"], "%", first.start(), second.end(), loose=True))
    return [pair for pair in found if pair is not None and not pair.is_of_dates()]


def _pair(match: re.Match[str], ordered: bool) -> _Pair | None:
    side = "" if match["a"] else "2"
    unit = _same(match[f"ua{side}"], match[f"ub{side}"])
    if unit is None or unit == "year":
        return None
    return _Pair(match[f"a{side}"], match[f"b{side}"], unit, *match.span(), ordered)


def _beside(text: str, pair: _Pair, start: int, end: int) -> bool:
    """Whether something stands next to a pair, with nothing but joining words between."""
    between = text[pair.end : start] if start >= pair.end else text[end : pair.start]
    return (start >= pair.end or end <= pair.start) and _LINK.fullmatch(between.lower()) is not None


def _sizes(text: str, pair: _Pair) -> Iterator[Fault]:
    """Words and percentages of change beside a pair: "halved, from 40 to 32"."""
    if not pair.ordered and (pair.loose or _ADJUSTED.search(text)):
        return
    for cue in magnitude.words(text):
        if not _beside(text, pair, cue.start, cue.end) or not _changes(text, pair, cue):
            continue
        ratios = [b / a for a, b in pair.ends() if a > 0]
        if not pair.ordered:
            ratios += [1 / one for one in ratios if one > 0]
        if cue.kind == "folded":
            ratios = [min(one, 1 / one) for one in ratios if one > 0]
        room = Decimal("1.04") if pair.ordered else _LOOSE
        low, high = cue.low / room, cue.high * room
        if not ratios or any(low <= one <= high for one in ratios) or min(ratios) < low < max(ratios):
            continue
        if pair.unit == "%" and cue.kind == "percent" and _is_points(cue.text, pair):
            continue
        yield Fault(f"“{cue.text}”: {_told(pair)}", cue.start, cue.end)


def _changes(text: str, pair: _Pair, cue: magnitude.MagnitudeCue) -> bool:
    """Whether "from 5 to 20" is what changed so, and no range: "doses from 5 to 20 mg halved the risk"."""
    if not pair.ordered:
        return True
    rises = read(pair.second) > read(pair.first)
    if cue.direction not in (None, "up" if rises else "down"):
        return False
    return cue.end <= pair.start or re.search(r"[,(:–—]|\bor\b", text[pair.end : cue.start]) is not None


def _told(pair: _Pair) -> str:
    a, b = read(pair.first), read(pair.second)
    if pair.ordered:
        way = "rise" if b > a else "fall"
        return f"from {pair.first} to {pair.second} is a {way} of {_brief(abs(b - a) / a * 100)} %"
    low, high = sorted((a, b))
    return (
        f"{pair.first} and {pair.second} are {_brief((high - low) / high * 100)} % apart, or "
        f"{_brief((high - low) / low * 100)} % told from the lower one"
    )


def _brief(value: Decimal) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}".removesuffix(".0")


def _is_points(said: str, pair: _Pair) -> bool:
    """Whether a percentage is the difference of two shares in points, loosely told."""
    number = re.search(_N, said)
    return number is not None and _follows(number[0], [abs(a - b) for a, b in pair.ends()])


def _follows(printed: str, values: list[Decimal], room: Decimal = Decimal("0.02")) -> bool:
    slack = half(printed) + room * read(printed)
    return min(values) - slack <= read(printed) <= max(values) + slack


def _differences(text: str, pair: _Pair) -> Iterator[Fault]:
    """Differences in the unit of the pair itself: "4.5 rather than 7.0 days, a saving of 3.5 days"."""
    if _ADJUSTED.search(text):
        return
    for match in _SAME_UNIT.finditer(text):
        group = "x" if match["x"] else "x2"
        unit = _plain(match["u"] or match["u2"])
        if unit != pair.unit or unit == "%" or _BOUND.search(text[: match.start(group)]):
            continue
        if _near(pair, *match.span()) and not _follows(match[group], [abs(a - b) for a, b in pair.ends()]):
            yield _not_apart(pair, match[group], match.group().strip(), match.span())
    if pair.unit == "%":
        for match in _POINTS.finditer(text):
            if _BOUND.search(text[: match.start("x")]) or not _near(pair, *match.span(), 2 * _NEAR):
                continue
            if not _follows(match["x"], [abs(a - b) for a, b in pair.ends()]):
                yield _not_apart(pair, match["x"], match.group().strip(), match.span())


def _not_apart(pair: _Pair, printed: str, words: str, where: tuple[int, int]) -> Fault:
    apart = abs(read(pair.first) - read(pair.second)).normalize() + 0
    return Fault(f"“{words}”: {pair.first} and {pair.second} are {apart:f} apart, not {printed}", *where)


def _near(pair: _Pair, start: int, end: int, most: int = _NEAR) -> bool:
    return 0 <= start - pair.end <= most or 0 <= pair.start - end <= most


def _of_shares(text: str, pair: _Pair) -> Iterator[Fault]:
    """Ratios and numbers needed to treat beside the two shares they come from."""
    if pair.unit != "%" or len(_SHARE.findall(text)) > 2:
        return
    if _ADJUSTED.search(text.replace("odds ratio", "")):
        return
    shares = list(pair.ends())
    for match in _NEEDED.finditer(text):
        apart = [abs(a - b) for a, b in shares]
        if min(apart) <= 0 or _follows(match["x"], [100 / one for one in apart], Decimal("0.2")):
            continue
        needed = 100 / abs(read(pair.first) - read(pair.second))
        yield Fault(
            f"“{match[0]}”: {pair.first} % against {pair.second} % is one more in {_brief(needed)}",
            *match.span(),
        )
    for match in _RATIO.finditer(text):
        if not 0 <= match.start() - pair.end <= _NEAR:
            continue
        is_odds = match["name"].lower().startswith("o")
        made = [_odds(a) / _odds(b) if is_odds else a / b for a, b in shares if 0 < a < 100 > b > 0]
        made += [1 / one for one in made]
        x, room = read(match["x"]), _ODDS if is_odds else _LOOSE
        if not made or x <= 0 or any(1 / room <= one / x <= room for one in made):
            continue
        nearest = min(made, key=lambda one: abs(one - x))
        yield Fault(
            f"“{match[0]}”: {pair.first} % against {pair.second} % is a ratio of about {nearest:.2f}",
            *match.span(),
        )


def _odds(share: Decimal) -> Decimal:
    return share / (100 - share)
