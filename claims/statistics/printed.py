"""Test statistics as they are printed with a p value, debris of PDFs included, and what each part says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_LONGEST = 2_000_000  # characters read; a long paper has a tenth of it


@dataclass(frozen=True, slots=True)
class PrintedTest:
    """One reported test, at ``text[start:end]``.

    ``test``: t, F, r, chi2, z or Q. ``df1``/``df2`` as printed (t, r, chi2, Q have df1 only; z none).
    ``comparison`` and ``p_comparison`` are <, = or >; ``p_value`` None means "ns" was printed.
    ``step`` and ``p_step`` are the last place printed of the value and of p: 0.01 for 2.10.
    """

    start: int
    end: int
    test: str
    df1: Decimal | None
    df2: Decimal | None
    comparison: str
    value: Decimal
    step: Decimal
    p_comparison: str
    p_value: Decimal | None
    p_step: Decimal
    sample_size: int | None


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


def printed_tests(text: str) -> tuple[PrintedTest, ...]:
    """Every test statistic of ``text`` that is printed with a p value and can be one, in reading order."""
    clean, places = _cleaned(text[:_LONGEST])
    if not _ANY_COMPARISON.search(clean):
        return ()
    lowered = clean.lower()
    found: list[PrintedTest] = []
    for name, pattern in _PATTERNS:
        if name[0].lower() not in lowered and name != "chi2":
            continue
        for match in pattern.finditer(clean):
            read = _read(name, match, places)
            if read is not None:
                found.append(read)
    return tuple(_without_overlaps(sorted(found, key=lambda one: (one.start, -one.end))))


def _without_overlaps(found: list[PrintedTest]) -> Iterator[PrintedTest]:
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


def _read(name: str, match: re.Match[str], places: list[int] | None) -> PrintedTest | None:
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
    start, end = match.span()
    if places is not None:
        start, end = places[start], places[end - 1] + 1
    return PrintedTest(
        start=start,
        end=end,
        test=name,
        df1=df1,
        df2=df2,
        comparison=_sign(groups["comparison"]),
        value=value,
        step=step,
        p_comparison=_sign(groups["p_comparison"] or ">"),
        p_value=p_value,
        p_step=p_step,
        sample_size=int(groups["n"].replace(",", "")) if groups.get("n") else None,
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
