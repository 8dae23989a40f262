"""How well a test finds what it looks for: sensitivity, specificity and their kin, as abstracts print them.

STARD 2015 (Bossuyt et al., BMJ 351:h5527) asks for each with its interval; here each becomes an estimate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from claims.expressions import expression
from claims.findings.printed import ESTIMATE, number_of
from graph.evidence import EffectEstimate

__all__ = ["ACCURACY", "SHARES", "accuracies_of", "as_percent"]

# of those who have it, of those who do not, of the positive, of the negative: shares of people
SHARES = ("sensitivity", "specificity", "positive-predictive-value", "negative-predictive-value")
ACCURACY = frozenset({*SHARES, "area-under-curve", "likelihood-ratio-positive", "likelihood-ratio-negative"})
# "insulin sensitivity", "sensitivity analyses", "tooth sensitivity": not of a test
_OF_A_BODY = (
    r"(?<!insulin )(?<!insulin-)(?<!tooth )(?<!teeth )(?<!dentine )(?<!dentin )(?<!dental )(?<!pain )"
    r"(?<!skin )"
    r"(?<!gluten )(?<!wheat )(?<!anxiety )(?<!contrast )(?<!light )(?<!cold )(?<!salt )(?<!baroreflex )"
    r"(?<!glucose )(?<!chemical )(?<!drug )(?<!postoperative )(?<!hyper)(?<!hyper-)"
)
_NAMES: tuple[tuple[str, str], ...] = (
    (
        "sensitivity",
        rf"{_OF_A_BODY}sensitivit(?:y|ies)\b(?!\s(?:analys|to\b|C[- ]reactive|CRP|(?:cardiac )?troponin))"
        r"|true[- ]positive rates?|detection rates?",
    ),
    ("specificity", r"specificit(?:y|ies)\b|true[- ]negative rates?"),
    ("positive-predictive-value", r"positive predictive values?(?:\s?\(PPV\))?|\bPPVs?\b"),
    ("negative-predictive-value", r"negative predictive values?(?:\s?\(NPV\))?|\bNPVs?\b"),
    (
        "area-under-curve",
        r"areas? under (?:the )?(?:summary )?(?:receiver[- ]operating[- ]characteristics? )?(?:ROC )?curves?"
        r"(?:\s?\((?:AUC|AUROC)\))?|\b(?:AUCs?|AUROCs?)\b|\b[cC][- ]statistics?\b",
    ),
    ("likelihood-ratio-positive", r"positive likelihood ratios?|\bLR\s?\+|\bPLR\b"),
    ("likelihood-ratio-negative", r"negative likelihood ratios?|\bLR\s?[-−–](?!\d)|\bNLR\b"),
)
_NAME = expression(
    "|".join(f"(?P<n{number}>{pattern})" for number, (_, pattern) in enumerate(_NAMES)), re.IGNORECASE
)
_JOINED = expression(r"\s?(?:,|/|&|and|,\sand)\s?(?:an?\s|the\s)?", re.IGNORECASE)
_BARE = expression(
    r"(?<![\d.·,/=<>≤≥±-])(?P<value>\d{1,3}(?:[.·]\d{1,4})?)(?P<unit>\s?(?:%|per\s?cent\b))?(?![\d·]|\.\d)"
    r"(?!\s?%?\s?-?\s?(?:CIs?\b|CrI|confidence|credible))"
)
# "at a prevalence of 10%", "a cut-off of 0.5": numbers that stand beside an accuracy and are none
_OTHER = expression(
    r"(?:(?:prevalence|threshold|cut-?(?:off|point)s?|pretest probability|I2|I²"
    r"|(?:scores?|level|values?) (?:of|above|below))"
    r"\s?(?:\w+\s){0,2}(?:of|was|at|[≥≤<>=])?\s?(?:about\s|or\s)?"
    r"|\b[pnP]\s?[=<>]\s?|\b(?:over|under|aged?|least|than)\s)$"
)
_REACH = 130  # characters from a name to its number
_MOST = 60


@dataclass(frozen=True, slots=True)
class _Value:
    start: int
    end: int
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    percent: bool


def as_percent(value: Decimal, unit: str | None) -> Decimal:
    """An accuracy in percent, however it was printed.

    >>> as_percent(Decimal("0.88"), None), as_percent(Decimal("72.0"), "percent")
    (Decimal('88.00'), Decimal('72.0'))
    """
    return value if unit == "percent" else 100 * value


def accuracies_of(sentence: str) -> Iterator[tuple[EffectEstimate, int, int]]:
    """The accuracies of a sentence of an abstract, each with its interval and where it is printed.

    >>> text = "Sensitivity and specificity were 0.88 (95% CI, 0.83-0.92) and 0.85 (95% CI, 0.82-0.88)."
    >>> [(one.measure, str(one.value), str(one.low)) for one, *_ in accuracies_of(text)]
    [('sensitivity', '0.88', '0.83'), ('specificity', '0.85', '0.82')]
    """
    names = list(islice(_NAME.finditer(sentence), _MOST))
    if not names:
        return
    values = _values(sentence)
    runs = _runs(sentence, names)
    for number, run in enumerate(runs):
        until = runs[number + 1][0].start() if number + 1 < len(runs) else len(sentence)
        before = _just_before(sentence, run, values)
        if before is not None:  # "with 88% sensitivity and 85% specificity"
            yield _estimate(_measure(run[0]), before, run[0].end())
            continue
        own = [one for one in values if run[-1].end() <= one.start < until]
        own = [one for one in own if not any(_leads(sentence, one, name) for name in names)]
        yield from _told(sentence, run, own)


def _told(
    sentence: str, run: list[re.Match[str]], own: list[_Value]
) -> Iterator[tuple[EffectEstimate, int, int]]:
    """The values behind a run of names: one for each in turn, or all of the one name."""
    measures = [_measure(name) for name in run]
    fitting = [one for one in own if all(_may_be(measure, one) for measure in measures)]
    if not fitting or fitting[0].start - run[-1].end() > _REACH:
        return
    if len(fitting) < len(run):  # "at high specificity, sensitivity was 90.3%"
        measures = measures[-1:]
    last: _Value | None = None
    for index, one in enumerate(fitting):
        if last is not None and (
            one.percent != last.percent
            or (one.low is None) != (last.low is None)
            or one.start - last.end > _REACH
            or ";" in sentence[last.end : one.start]
        ):
            return
        yield _estimate(measures[index % len(measures)], one, one.end)
        last = one


def _estimate(measure: str, one: _Value, end: int) -> tuple[EffectEstimate, int, int]:
    estimate = EffectEstimate(
        measure,
        one.value,
        one.low,
        one.high,
        Decimal(95) if one.low is not None else None,
        "percent" if one.percent else None,
    )
    return estimate, one.start, max(end, one.end)


def _may_be(measure: str, one: _Value) -> bool:
    if measure.startswith("likelihood"):
        return not one.percent
    return 0 <= one.value <= 100 if one.percent else 0 <= one.value <= 1 and one.value % 1 != 0


def _measure(match: re.Match[str]) -> str:
    return _NAMES[int((match.lastgroup or "n0")[1:])][0]


def _runs(sentence: str, names: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Names that follow one another: "sensitivity, specificity and PPV"."""
    runs: list[list[re.Match[str]]] = []
    for name in names:
        joined = bool(runs) and _JOINED.fullmatch(sentence, runs[-1][-1].end(), name.start())
        if joined:
            runs[-1].append(name)
        else:
            runs.append([name])
    return runs


def _values(sentence: str) -> list[_Value]:
    found: list[_Value] = []
    for match in islice(ESTIMATE.finditer(sentence), _MOST):
        low_text = match["low"] or match["blow"] or match["clow"]
        high_text = match["high"] or match["bhigh"] or match["chigh"]
        value = abs(number_of(match["value"]))
        low, high = sorted((abs(number_of(low_text)), abs(number_of(high_text))))
        percent = _PERCENT.match(sentence, match.end("value")) is not None
        start = match.end("value") - len(match["value"].lstrip("-−– "))
        if low <= value <= high and not _OTHER.search(sentence[max(0, start - 50) : start]):
            found.append(_Value(start, match.end(), value, low, high, percent))
    taken = [(one.start, one.end) for one in found]
    for match in islice(_BARE.finditer(sentence), _MOST):
        start = match.start()
        if any(low <= start < high for low, high in taken):
            continue
        if not _OTHER.search(sentence[max(0, start - 50) : start]):
            percent = match["unit"] is not None
            found.append(_Value(start, match.end(), number_of(match["value"]), None, None, percent))
    return sorted(found, key=lambda one: one.start)


_PERCENT = expression(r"\s?(?:%|per\s?cent\b)")
_GAP = expression(r"[)\]]?\s?-?(?:\s(?:pooled|overall|estimated))?\s?")


def _just_before(sentence: str, run: list[re.Match[str]], values: list[_Value]) -> _Value | None:
    """The value that a single name follows at once: "88% sensitivity", "88% sensitivity (83% to 92%)"."""
    if len(run) > 1:
        return None
    leading = (one for one in values if _leads(sentence, one, run[0]))
    return next((one for one in leading if _may_be(_measure(run[0]), one)), None)


def _leads(sentence: str, one: _Value, name: re.Match[str]) -> bool:
    inside = one.start < name.start() < one.end
    return inside or (one.end <= name.start() and _GAP.fullmatch(sentence, one.end, name.start()) is not None)
