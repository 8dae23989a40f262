"""Recompute the p values of test statistics as they are printed.

``t(44) = 2.10, p = .04`` says three things, of which each follows from the other two. The printed
statistic is rounded, so a range of p values is compatible with it; a printed p outside that range is
inconsistent, and when only one of the two lies below .05 it is a decision error. A p that is right
for a one-tailed test is called consistent where the text says that the test was one-tailed.

The idea is that of Nuijten et al. 2016, Behav Res Methods 48:1205. The tail areas are computed here
with the incomplete beta and gamma functions (continued fractions and series, DLMF 8.9, 8.17), since
scipy would cost more to import than an audit takes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

ALPHA = 0.05
_LONGEST = 2_000_000  # characters read; a long paper has a tenth of it


@dataclass(frozen=True, slots=True)
class StatisticCheck:
    """One reported test, at ``text[start:end]``, and what its p value comes to.

    ``test``: t, F, r, chi2, z or Q. ``df1``/``df2`` as printed (t, r, chi2, Q have df1 only; z none).
    ``comparison`` and ``p_comparison`` are <, = or >; ``p_value`` None means "ns" was printed.
    ``p_low`` to ``p_high`` is what the rounded statistic allows, ``p_computed`` for the printed value.
    ``result``: consistent, inconsistent, decision-error. ``one_tailed``: the verdict rests on that.
    """

    start: int
    end: int
    text: str
    test: str
    df1: Decimal | None
    df2: Decimal | None
    comparison: str
    value: Decimal
    p_comparison: str
    p_value: Decimal | None
    p_computed: float
    p_low: float
    p_high: float
    result: str
    one_tailed: bool = False
    sample_size: int | None = None


# Signs that fonts turn into other characters when a PDF is read; each stands for one, so places hold.
_FONT_DEBRIS = str.maketrans(
    {
        "ϭ": "=", "⫽": "=", "＝": "=", "¼": "=", "Ͻ": "<", "⬍": "<", "＜": "<", "Ͼ": ">", "⬎": ">", "＞": ">",
        "Ϫ": "-", "⫺": "-", "\uf02d": "-", "␹": "χ", "\uf063": "χ", "𝜒": "χ", "𝑡": "t", "𝐹": "F", "𝑟": "r",
        "𝑧": "z", "𝑝": "p", "𝑄": "Q", "\t": " ", "\u00a0": " ", "\u2009": " ", "\u202f": " ",
    }
)  # fmt: skip
# One publisher's font: "t(43) p \x01 2.57, p ! .05" for "t(43) = −2.57, p < .05".
_P_FOR_EQUALS = re.compile(r"(?<=[\])N]) p (?=[\x01 ]{0,2}[\d.])|(?<= p) p (?=\.)|(?<=p) ! (?=[\d.])")
_MINUS_AFTER = re.compile(r"(?<== )\x01(?=\s?[\d.])")

_MINUS = "-−–‐‑‒"
_NOISE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u00ad\u200b-\u200d\ufeff]")
# A number as statistics print it: no leading zero, odd minus signs, thousands with a comma.
_NUMBER = rf"(?:[{_MINUS}]\s?)?(?:\d{{1,3}}(?:,\d{{3}}){{1,3}}(?!\d)|\d{{1,8}})?(?:[.·]\s?\d{{1,12}}|(?<=\d))"
_COMPARE = r"(?P<{name}>≤|≥|<\s?=|>\s?=|<|>|=|≈|[Bb](?=\s?[\d.])|[Nn](?=\s?[.0])|&lt;|&gt;|¼)"
_ANY_COMPARISON = re.compile(r"[≤≥<>=≈¼]|&[lg]t;|[BbNn]\s?[\d.]")  # no test is printed without one
_DF = r"(?:\d{1,3}(?:,\d{3}){1,3}(?![\d,])|\d{1,7})(?:[.·]\d{1,6})?|[lIi](?=\s?,)"
_P = (
    r"(?:"
    r"(?P<ns>[nN]\.?\s?[sS]\.?(?![A-Za-z]))|(?:[pP]s?|[pP](?:[ -]?(?:value|rep))?)\s?"
    + _COMPARE.format(name="p_comparison")
    + rf"\s?(?P<p>{_NUMBER})(?P<exponent>\s?[eE×x]\s?(?:10)?\s?\^?\s?[{_MINUS}]\s?\d{{1,3}})?"
    r"|[pP]s?\s?[=>]?\s?(?P<ns2>[nN]\.?\s?[sS]\.?)(?![A-Za-z])"
    r")"
)
# What may stand between the statistic and its p: an effect size, an interval, "MSE = …".
_BETWEEN = (
    r"\s?[,;:.]?\s?(?:(?![pP]s?\s?[=<>])[\[(]?[^\n<>=]{0,30}?\s?=\s?[^\n=<>]{1,40}?[,;]\s?){0,2}?"
    r"(?:and|with|two-tailed|one-tailed)?[\s,;(\[]{0,3}"
)
_TESTS = (
    ("t", rf"(?<![\w])[tT]s?\s?[\[(]\s?(?P<df1>{_DF})\s?[\])]"),
    ("F", rf"(?<![\w])[fF]s?\s?[\[(]\s?(?P<df1>{_DF})\s?[,;]\s?(?P<df2>{_DF})\s?[\])]"),
    ("r", rf"(?<![\w])[rR]s?\s?[\[(]\s?(?:(?:df\s?=\s?)?(?P<df1>{_DF}))\s?[\])]"),
    (
        "chi2",
        r"(?:[χΧΧχx𝜒?]|(?<![A-Za-z])(?:chi|Chi|X|c))\s?-?(?:\^?[²2]|squared?|-squared?|\s?square)?\s?(?:2\s?)?[\[(]\s?(?:df\s?=\s?)?"
        rf"(?P<df1>{_DF})\s?(?:[,;]\s?[nN]\s?=\s?(?P<n>\d{{1,3}}(?:,\d{{3}}){{1,2}}(?!\d)|\d{{1,8}})\s?)?[\])]",
    ),
    ("Q", rf"(?<![\w])Q[A-Za-z-]{{0,10}}\s?[\[(]\s?(?P<df1>{_DF})\s?[\])]"),
    ("z", r"(?<![\w])[zZ]s?(?=\s?(?:=|<|>))"),
    # Degrees of freedom set low and brought up to the line: "t30 = 2.90", "F2,57 = 4.31". T4 is a hormone,
    # t1 a time, "at t12" another.
    ("t", r"(?<![\w])(?<!\bat\s)t_?\{?(?P<df1>[1-9]\d{1,4}(?:[.·]\d{1,3})?|[5-9])\}?(?=\s?[=<>])"),
    ("F", r"(?<![\w])F_?\{?(?P<df1>[1-9]\d{0,2}),\s?(?P<df2>[1-9]\d{0,5}(?:[.·]\d{1,3})?)\}?(?=\s?[=<>])"),
)


def _compile(head: str) -> re.Pattern[str]:
    value = rf"(?P<value>{_NUMBER})"
    return re.compile(rf"{head}\s?{_COMPARE.format(name='comparison')}\s?{value}{_BETWEEN}{_P}")


def _compile_spelt(head: str, degrees: str) -> re.Pattern[str]:
    """The long form: "t = 2.30, df = 40, p = .03"."""
    value = rf"(?P<value>{_NUMBER})"
    sign = _COMPARE.format(name="comparison")
    df = rf"\s?[,;]?\s?[\[(]?\s?(?:df|d\.f\.)\s?=\s?{degrees}\s?[\])]?"
    return re.compile(rf"{head}\s?{sign}\s?{value}{df}{_BETWEEN}{_P}")


_SPELT = (
    ("t", r"(?<![\w])t", rf"(?P<df1>{_DF})"),
    ("F", r"(?<![\w])F", rf"(?P<df1>{_DF})\s?[,;]\s?(?P<df2>{_DF})"),
    ("chi2", r"(?<![\w])(?:[χΧ]|[Cc]hi)\s?-?(?:\^?[²2]|-?squared?)", rf"(?P<df1>{_DF})"),
    ("Q", r"(?<![\w])Q", rf"(?P<df1>{_DF})"),
)
# A correlation with its number of pairs, from which the degrees of freedom follow: "r = .41, n = 60".
_OF_PAIRS = re.compile(
    rf"(?<![\w])[rR]s?\s?{_COMPARE.format(name='comparison')}\s?(?P<value>{_NUMBER})"
    rf"\s?[,;(]?\s?\(?[nN]\s?=\s?(?P<n>\d{{1,6}})\)?{_BETWEEN}{_P}"
)
_PATTERNS = (
    *((name, _compile(head)) for name, head in _TESTS),
    *((name, _compile_spelt(head, degrees)) for name, head, degrees in _SPELT),
    ("r", _OF_PAIRS),
)
_ONE_TAILED = re.compile(r"\bone[- ]?(?:tailed|sided)\b|\bdirectional (?:test|hypothes)", re.IGNORECASE)


def check(text: str) -> tuple[StatisticCheck, ...]:
    """Every test statistic of ``text`` that is printed with a p value, in reading order.

    >>> [(one.test, one.result) for one in check("t(28) = 2.20, p = .036; F(1, 40) = 1.10, p = .03")]
    [('t', 'consistent'), ('F', 'decision-error')]
    """
    clean, places = _cleaned(text[:_LONGEST])
    if not _ANY_COMPARISON.search(clean):
        return ()
    one_tailed = _ONE_TAILED.search(clean) is not None
    found: list[StatisticCheck] = []
    for name, pattern in _PATTERNS:
        if name[0].lower() not in clean.lower() and name != "chi2":
            continue
        for match in pattern.finditer(clean):
            checked = _checked(name, match, text, places, one_tailed)
            if checked is not None:
                found.append(checked)
    return tuple(_without_overlaps(sorted(found, key=lambda one: (one.start, -one.end))))


def _without_overlaps(found: list[StatisticCheck]) -> Iterator[StatisticCheck]:
    end = -1
    for one in found:
        if one.start >= end:
            end = one.end
            yield one


def _cleaned(text: str) -> tuple[str, list[int] | None]:
    """The text without control characters and double blanks (PDF debris); where each character stood."""
    text = text.translate(_FONT_DEBRIS)
    if " p " in text or " ! " in text:
        debris = _P_FOR_EQUALS.search(text) is not None
        text = _P_FOR_EQUALS.sub(lambda match: " < " if "!" in match[0] else " = ", text)
        text = _MINUS_AFTER.sub("-", text) if debris else text
    if not _NOISE.search(text) and "  " not in text:
        return text, None
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if _NOISE.match(character) or (character == " " and kept and kept[-1] == " "):
            continue
        kept.append(character)
        places.append(place)
    places.append(len(text))
    return "".join(kept), places


def _checked(
    name: str, match: re.Match[str], text: str, places: list[int] | None, one_tailed: bool
) -> StatisticCheck | None:
    groups = match.groupdict()
    value, step = _number(groups["value"])
    df1, df2 = _degrees(groups.get("df1")), _degrees(groups.get("df2"))
    if name == "r" and df1 is None and groups.get("n"):
        df1 = Decimal(max(0, int(groups["n"] or 0) - 2))
    if value is None or (name != "z" and not df1) or (name == "F" and not df2):
        return None
    if name == "r" and abs(value) > 1:
        return None
    if name in ("F", "chi2", "Q") and value < 0:
        return None
    p_value, p_step = _p_of(groups)
    if p_value is not None and not 0 <= p_value <= 1:
        return None
    comparison = _sign(groups["comparison"])
    p_comparison = _sign(groups["p_comparison"] or ">")
    size = abs(float(value))
    half = float(step) / 2
    computed = _tail(name, size, df1, df2)
    high = _tail(name, max(0.0, size - half), df1, df2)
    low = _tail(name, size + half, df1, df2)
    result, tailed = _verdict(
        comparison,
        p_comparison,
        p_value,
        p_step,
        (low, computed, high),
        one_tailed and name in ("t", "r", "z"),
    )
    start, end = match.span()
    if places is not None:
        start, end = places[start], places[end - 1] + 1
    return StatisticCheck(
        start,
        end,
        text[start:end],
        name,
        df1,
        df2,
        comparison,
        value,
        p_comparison,
        p_value,
        computed,
        low,
        high,
        result,
        tailed,
        int(groups["n"].replace(",", "")) if groups.get("n") else None,
    )


def _sign(printed: str) -> str:
    compact = printed.replace(" ", "")
    if compact in ("<", "≤", "<=", "b", "B", "&lt;"):
        return "<"
    if compact in (">", "≥", ">=", "N", "n", "&gt;"):
        return ">"
    return "="


def _number(printed: str) -> tuple[Decimal | None, Decimal]:
    plain = re.sub(rf"[{_MINUS}]", "-", printed).replace(" ", "").replace("·", ".").replace(",", "")
    if not re.fullmatch(r"-?(?:\d+(?:\.\d+)?|\.\d+)", plain):
        return None, Decimal(1)
    value = Decimal(plain)
    exponent = value.as_tuple().exponent
    return value, Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _degrees(printed: str | None) -> Decimal | None:
    if not printed:
        return None
    return Decimal(1) if printed in "lIi" else Decimal(printed.replace(",", "").replace("·", "."))


def _p_of(groups: dict[str, str | None]) -> tuple[Decimal | None, Decimal]:
    printed = groups["p"]
    if printed is None:
        return None, Decimal(1)
    value, step = _number(printed)
    if value is not None and groups["exponent"]:
        power = -int(re.sub(r"\D", "", groups["exponent"].replace("10", "", 1)) or 0)
        value, step = value.scaleb(power), step.scaleb(power)
    return value, step


def _verdict(
    comparison: str,
    p_comparison: str,
    p_value: Decimal | None,
    p_step: Decimal,
    tails: tuple[float, float, float],
    one_tailed: bool,
) -> tuple[str, bool]:
    if _agrees(comparison, p_comparison, p_value, p_step, tails):
        return "consistent", False
    halves = (tails[0] / 2, tails[1] / 2, tails[2] / 2)
    if one_tailed and _agrees(comparison, p_comparison, p_value, p_step, halves):
        return "consistent", True
    computed = tails[1] < ALPHA
    if comparison != "=":
        return "inconsistent", False
    claimed = _claims_significance(p_comparison, p_value)
    return ("decision-error" if claimed is not None and claimed != computed else "inconsistent"), False


def _claims_significance(p_comparison: str, p_value: Decimal | None) -> bool | None:
    if p_value is None:
        return False
    value = float(p_value)
    if p_comparison == "<":
        return True if value <= ALPHA else None
    if p_comparison == ">":
        return False if value >= ALPHA else None
    return value <= ALPHA


def _agrees(
    comparison: str,
    p_comparison: str,
    p_value: Decimal | None,
    p_step: Decimal,
    tails: tuple[float, float, float],
) -> bool:
    low, _, high = tails
    if comparison == "<":  # a smaller statistic has a larger p
        high = 1.0
    elif comparison == ">":
        low = 0.0
    if p_value is None:
        return high > ALPHA
    value, slack = float(p_value), float(p_step) / 2
    tiny = 1e-12
    if p_comparison == "<":
        return low < value + tiny
    if p_comparison == ">":
        return high > value - tiny
    return low - slack - tiny <= value <= high + slack + tiny


def _tail(test: str, value: float, df1: Decimal | None, df2: Decimal | None) -> float:
    """The two-tailed p of t, r and z, the upper tail of F, chi-squared and Q."""
    first = float(df1) if df1 is not None else 0.0
    if test == "z":
        return math.erfc(value / math.sqrt(2))
    if test == "t":
        return incomplete_beta(first / (first + value * value), first / 2, 0.5)
    if test == "r":
        return incomplete_beta(max(0.0, 1 - min(value, 1.0) ** 2), first / 2, 0.5)
    if test == "F":
        second = float(df2) if df2 is not None else 0.0
        return incomplete_beta(second / (second + first * value), second / 2, first / 2)
    return upper_gamma(first / 2, value / 2)


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b).

    >>> round(incomplete_beta(0.5, 2, 2), 6)
    0.5
    """
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1) / (a + b + 2):
        return min(1.0, front * _beta_fraction(x, a, b) / a)
    return max(0.0, 1.0 - front * _beta_fraction(1 - x, b, a) / b)


def _beta_fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method."""
    tiny = 1e-300
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    result = d
    for step in range(1, 500):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for term in (even, odd):
            d = 1 + term * d
            d = 1 / (d if abs(d) > tiny else tiny)
            c = 1 + term / (c if abs(c) > tiny else tiny)
            result *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return result


def upper_gamma(a: float, x: float) -> float:
    """The regularised upper incomplete gamma function Q(a, x).

    >>> round(upper_gamma(0.5, 1.920729), 4)  # chi-squared 3.841458 with one degree of freedom
    0.05
    """
    if x <= 0:
        return 1.0
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        for step in range(1, 2000):
            term *= x / (a + step)
            total += term
            if term < total * 1e-16:
                break
        return max(0.0, 1 - front * total)
    tiny = 1e-300
    b = x + 1 - a
    c, d = 1 / tiny, 1 / b
    result = d
    for step in range(1, 2000):
        term = -step * (step - a)
        b += 2
        d = 1 / (term * d + b or tiny)
        c = b + term / c or tiny
        result *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return min(1.0, front * result)


def grim(mean: Decimal, size: int, *, items: int = 1) -> bool:
    """Whether a mean of whole numbers, printed with its decimals, can come from ``size`` people.

    ``items`` is how many whole-number answers are averaged per person. After Brown and Heathers 2017,
    Soc Psychol Personal Sci 8:363.

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
