"""Differences that a sentence tells in words: more, less, sooner, so many to be treated for one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from claims.expressions import expression
from claims.findings.printed import EACH, INTERVAL, LEVEL, NUM, UNIT, UNITS, P, number_of, unit_of
from graph.evidence import EffectEstimate

__all__ = ["DOWN", "differences_of", "told_lower_or_higher", "with_p"]

MOST = 300  # estimates looked at in one sentence: no sentence of an abstract holds a tenth of it


def differences_of(sentence: str) -> Iterator[tuple[EffectEstimate, int, int]]:
    """The differences between groups that a sentence tells without naming a measure, and where they stand."""
    yield from _before_their_way(sentence)
    yield from _plain_differences(sentence)
    yield from _with_error(sentence)
    yield from _to_prevent_one(sentence)
    yield from _led_to(sentence)


def with_p(sentence: str, effect: EffectEstimate, start: int, end: int) -> EffectEstimate:
    """The estimate with the p value printed between two places, where it has none of its own."""
    match = P.search(sentence, start, max(start, end))
    if match is None or effect.p_value is not None:
        return effect
    bound = {"<": "less-than", "≤": "less-than", ">": "greater-than", "≥": "greater-than"}.get(match["sign"])
    return replace(effect, p_value=number_of(match["p"]), p_bound=bound)


def _amount(side: str) -> str:
    return rf"(?P<{side}value>\d{{1,5}}(?:[.·]\d{{1,3}})?)(?P<{side}unit>\s?(?:{UNITS}))(?![A-Za-z])"


# "MD 0.02 points lower, 95% CI 0.06 lower to 0.02 higher": signs in words
_WAYS = "lower|higher|fewer|more|shorter|longer"
_IN_WORDS = expression(
    r"(?P<name>SMD|MD|(?:standardi[sz]ed )?mean difference(?: \(S?MD\))?|difference)\s?[:=]?\s"
    rf"(?P<value>{NUM})(?P<unit>{UNIT})(?:\s[a-z]+)?\s(?P<way>{_WAYS}),?\s[\[(]?{LEVEL}\s?[:=]?\s?"
    rf"(?P<low>{NUM}){UNIT}(?:\s(?P<lowway>{_WAYS}))?\sto\s(?P<high>{NUM}){UNIT}\s(?P<highway>{_WAYS})\b"
)
_BELOW = frozenset({"lower", "fewer", "shorter"})


def told_lower_or_higher(sentence: str) -> Iterator[tuple[EffectEstimate, int, int]]:
    """Differences whose signs are told in words, as summaries of reviews do."""
    for match in islice(_IN_WORDS.finditer(sentence), MOST):
        signed = [
            -number_of(match[side]) if (match[way] or match["highway"]) in _BELOW else number_of(match[side])
            for side, way in (("value", "way"), ("low", "lowway"), ("high", "highway"))
        ]
        low, high = sorted(signed[1:])
        if not low <= signed[0] <= high:
            continue
        name = "standardised-mean-difference" if match["name"].lower().startswith("s") else "mean-difference"
        yield (
            EffectEstimate(name, signed[0], low, high, number_of(match["level"]), unit_of(match["unit"])),
            match.start(),
            match.end(),
        )


# how much before which way: LDL was 0.15 mmol/L (95% CI: 0.03, 0.27; P = 0.014) lower with 3 g/d
_BEFORE_ITS_WAY = expression(
    rf"{_amount('told')}\s[\[(]\s?{INTERVAL}{UNIT}(?P<rest>[^()\[\]]{{0,40}})[)\]]\s"
    r"(?P<way>lower|less|shorter|smaller|fewer|higher|more|longer|greater|larger)\b"
)


def _before_their_way(sentence: str) -> Iterator[tuple[EffectEstimate, int, int]]:
    """Differences that are told as more or less behind the bracket with their interval."""
    for match in islice(_BEFORE_ITS_WAY.finditer(sentence), MOST):
        value = number_of(match["toldvalue"])
        low, high = sorted((number_of(match["low"]), number_of(match["high"])))
        if not low <= value <= high:
            continue
        if DOWN.match(match["way"]):
            value, low, high = -value, -high, -low
        level = number_of(match["level"]) if match["level"] else Decimal(95)
        effect = EffectEstimate("mean-difference", value, low, high, level, unit_of(match["toldunit"]))
        yield with_p(sentence, effect, match.start("rest"), match.end("rest")), match.start(), match.end()


_DIFFERENCE = expression(
    r"(?:\b(?P<verb>fell|dropped|decreas\w+|declin\w+|reduc\w+|lower\w*|shorten\w*|cut|rose|increas\w+"
    r"|rais\w+|lengthen\w*|extend\w*|prolong\w*|gain\w*|los\w+)\b[^.;\d]{0,60}?"
    rf"\bby\s(?:an?\s(?:mean|average)\sof\s|about\s|approximately\s)?{_amount('by')}"
    rf"|\b(?:was|were)\s(?:about\s|approximately\s|on average\s)?{_amount('was')}"
    r"\s(?P<way>lower|less|shorter|smaller|fewer|higher|more|longer|greater|larger)\b"
    rf"|{_amount('told')}(?:\s(?:per|an?|each|every)\s\w+)?"
    r"\s(?P<how>lower|less|shorter|fewer|lighter|sooner|faster|earlier|higher|more|longer|later|heavier)\b)",
    re.IGNORECASE,
)
_AGAINST = expression(r"\b(?:than|compared (?:with|to)|versus|vs\.?|relative to)\b", re.IGNORECASE)
_THEN_INTERVAL = expression(rf"[^\d;.]{{0,90}}?[\[(]\s?{INTERVAL}")
_NEXT_INTERVAL = expression(rf"(?:\s[a-z][\w-]*){{0,6}}\s?[\[(]\s?{INTERVAL}")
DOWN = expression(
    r"fell|dropped|decreas|declin|reduc|lower|shorten|cut|los|less|shorter|smaller|fewer|lighter|sooner|faster"
    r"|earlier",
    re.IGNORECASE,
)


_AND_MORE = expression(
    rf"\s[^.;\d]{{0,60}}?,?\sand\s{_amount('was')}\s(?P<way>lower|less|shorter|smaller|fewer|higher|more|longer|greater|larger)\b"
)


def _plain_differences(sentence: str) -> Iterator[tuple[EffectEstimate, int, int]]:
    """ "fell by 7.7 mm Hg more than with placebo (95% CI 3.6 to 11.8)", "was 9 minutes shorter than ...".

    Only between groups: a change since the start of a study is no effect.
    """
    for match in _DIFFERENCE.finditer(sentence):
        rest = sentence[match.end() : match.end() + 200]
        contrast = match["way"] is not None and (
            _AGAINST.search(sentence[: match.start()]) is not None or _THEN_INTERVAL.match(rest) is not None
        )
        if match["how"]:  # "slept 21 minutes longer (95% CI 11 to 31)": only with its own interval
            if not _NEXT_INTERVAL.match(rest):
                continue
        elif not contrast and not _AGAINST.search(rest):
            continue
        value = number_of(match["byvalue"] or match["wasvalue"] or match["toldvalue"])
        unit = unit_of(match["byunit"] or match["wasunit"] or match["toldunit"])
        sign = -1 if DOWN.match(match["way"] or match["how"] or match["verb"]) else 1
        inner = _THEN_INTERVAL.match(rest)
        low = high = level = None
        end = match.end()
        if inner is not None:
            low, high = sorted((number_of(inner["low"]), number_of(inner["high"])))
            if low <= value <= high:
                level = number_of(inner["level"]) if inner["level"] else Decimal(95)
                end += inner.end()
                low, high = sorted((sign * low, sign * high))
            elif low <= sign * value <= high:
                level = number_of(inner["level"]) if inner["level"] else Decimal(95)
                end += inner.end()
            else:
                low = high = None
        yield EffectEstimate("mean-difference", sign * value, low, high, level, unit), match.start(), end
        again = _AND_MORE.match(sentence, end) if match["way"] else None
        if again is not None:  # "7.1 mm Hg lower in the one, and 11.5 mm Hg lower in the other"
            value = number_of(again["wasvalue"])
            sign = -1 if DOWN.match(again["way"]) else 1
            yield (
                EffectEstimate("mean-difference", sign * value, unit=unit_of(again["wasunit"])),
                again.start("wasvalue"),
                again.end(),
            )


# as in: intake was greater on the one diet (508 ± 106 kcal/day; p = 0.0001), with more fat (230 ± 53 ...)
_MORE_OR_LESS = expression(
    r"\b(?:was|were)\s(?:\w+ly\s)?(?P<way>greater|higher|larger|longer|more|lower|less|smaller|shorter|fewer)\b"
    r"|\b(?P<again>increased|decreased|reduced|greater|higher|lower|more|less)\b"
)
_ERROR_IN_BRACKET = expression(
    rf"[\[(](?P<value>{NUM})\s?(?:±|\+/-)\s?{NUM}(?P<unit>\s?(?:{UNITS})(?![A-Za-z]){EACH})\s?[;,]\s?(?=[pP]\s?[=<>])"
)


_THAN = expression(r"\b(?:than|versus|vs)\b")


def _with_error(sentence: str) -> Iterator[tuple[EffectEstimate, int, int]]:
    """Differences with a standard error in one bracket behind "was greater" or "was lower"."""
    if "±" not in sentence and "+/-" not in sentence:
        return
    first = next((one for one in _MORE_OR_LESS.finditer(sentence) if one["way"]), None)
    if first is None:
        return
    way = first["way"]
    last = first.end()
    for match in islice(_ERROR_IN_BRACKET.finditer(sentence, first.end()), MOST):
        if _THAN.search(sentence, last, match.start()):
            return  # "(612 ± 98 s) than with placebo (574 ± 91 s; P = 0.01)": what each group had
        again = list(_MORE_OR_LESS.finditer(sentence, last, match.start()))
        if again:
            way = again[-1]["way"] or again[-1]["again"]
        value = number_of(match["value"])
        if value > 0 and DOWN.match(way):
            value = -value
        yield (
            EffectEstimate("mean-difference", value, unit=unit_of(match["unit"])),
            match.start("value"),
            match.end(),
        )
        last = match.end()


# "to prevent one case during three years, 6.9 persons would have to take part in one, and 13.9 in the other"
_TO_PREVENT_ONE = expression(
    rf"\bto (?:prevent|avoid|avert|spare|save) (?:one|a single|1)\b[^.;\d]{{0,90}}?"
    rf"(?:,|\bis\b|\bwas\b)?\s(?P<value>{NUM})\s"
    r"(?:more |additional )?(?:persons|people|patients|participants|men|women|adults|children)\b",
    re.IGNORECASE,
)
_AND_SO_MANY = expression(rf",?\sand\s(?P<value>{NUM})\s(?:would|persons|people|patients|have)\b")


def _to_prevent_one(sentence: str) -> Iterator[tuple[EffectEstimate, int, int]]:
    """Numbers needed to treat that are told in words."""
    match = _TO_PREVENT_ONE.search(sentence)
    while match is not None:
        value = number_of(match["value"])
        if value >= 1:
            yield EffectEstimate("number-needed-to-treat", value), match.start("value"), match.end()
        match = _AND_SO_MANY.search(sentence, match.end())


# as in: reducing salt reduced the pressure by 2.1 mm Hg (P<0.001) on the one diet, and by 1.3 mm Hg ...
_LED_TO = expression(
    rf"\b(?P<verb>reduc|lower|decreas|increas|rais)(?:ed|ing)\b[^.;\d]{{0,70}}?\bby\s{_amount('by')}"
    r"(?=\s?[\[(]\s?[pP]\s?[=<])"
)
_AND_BY_AMOUNT = expression(
    rf"[^.;\d]{{0,60}}?\band\s(?:by\s)?{_amount('by')}(?=\s?[\[(]\s?[pP]\s?[=<]|\s(?:during|with|on|in)\s)"
)
_P_IN_BRACKET = expression(r"\s?[\[(]\s?[pP]\s?[=<>≤]\s?\d?[.·]\d+\s?[\])]")
_TRIED_FIRST = expression(
    r"^\W*(?!during|following|according)(?:[a-z][\w-]*ing|supplement\w*|treatment|consum\w+"
    r"|(?:an? |the )?(?:intake|diet|reduction|increase))\b",
    re.IGNORECASE,
)


def _led_to(sentence: str) -> Iterator[tuple[EffectEstimate, int, int]]:
    """What a change of what was tried did: "reducing salt reduced it by 2.1 mm Hg (P<0.001)".

    Only where the sentence begins with what was tried: else it may be a change since the beginning.
    """
    match = _LED_TO.search(sentence) if _TRIED_FIRST.match(sentence) else None
    if match is None:
        return
    sign = -1 if DOWN.match(match["verb"]) else 1
    found: re.Match[str] | None = match
    while found is not None:
        value = sign * number_of(found["byvalue"])
        yield (
            EffectEstimate("mean-difference", value, unit=unit_of(found["byunit"])),
            found.start("byvalue"),
            found.end(),
        )
        p_value = _P_IN_BRACKET.match(sentence, found.end())
        found = _AND_BY_AMOUNT.match(sentence, p_value.end() if p_value else found.end())
