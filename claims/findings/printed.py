"""How estimates are printed: names of measures, numbers, units, intervals. A table of patterns."""

from __future__ import annotations

import re
from decimal import Decimal

from claims.expressions import expression

NUM = r"(?:(?:[-−–]\s?)?(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d{1,12})(?:[.·∙]\s?\d{1,12})?|[-−–]?[.·∙]\d{1,12})"
MEASURES: tuple[tuple[str, str], ...] = (
    (
        "standardised-mean-difference",
        r"standardi[sz]ed (?:mean )?(?:difference|effect)s?|\bSMDs?\b|Hedges['’]? ?g\b|Cohen['’]?s ?d\b"
        r"|\beffect sizes?\b|\b[dg](?=\s?=\s?[-−–]?\d?[.·]\d)",
    ),
    ("hazard-ratio", r"hazards? ratios?|\b(?:a|adj|s|m|c)?HRs?\b|\bAHRs?\b"),
    ("odds-ratio", r"odds ratios?|\b(?:a|adj|m|c|u)?ORs?\b|\bAORs?\b|\bPORs?\b"),
    (
        "risk-ratio",
        r"(?:relative|risk|rate|prevalence|incidence(?:[- ]rate)?) (?:risks?|ratios?)|relative risks?"
        r"|relative rates?"
        r"|\b(?:a|adj|m)?(?:RR|IRR|PR|SIR|SMR|ARR)s?\b",
    ),
    (
        "risk-difference",
        r"(?:absolute )?risk (?:difference|reduction)s?|absolute (?:rate )?differences?"
        r"|\brate differences?|\bA?RDs?\b|\bARR\b",
    ),
    (
        "percent-reduction",
        r"prevented fractions?|(?:vaccine |protective |relative )(?:efficacy|effectiveness)"
        r"|(?:efficacy|effectiveness)"
        r"(?= (?:of [\w -]{3,40} )?(?:against [\w -]{3,60} )?(?:was|were)\b)",
    ),
    (
        "number-needed-to-treat",
        r"numbers? needed to (?:treat|harm)(?: for an additional (?:beneficial|harmful) outcome)?"
        r"(?: [\[(]NNT[BH]?[\])])?"
        r"|\bNNT[BH]?\b|\bNNH\b",
    ),
    ("median-difference", r"(?:difference (?:in|between) medians?|median difference)s?"),
    (
        "mean-difference",
        r"(?:weighted |adjusted |estimated |net |pooled |between[- ]group |overall |treatment )*(?:mean "
        r"|group )?differences?\b"
        r"|\bW?MDs?\b|mean (?:change|reduction|increase|decrease)s?|treatment effects?|(?:mean|net) changes?",
    ),
    ("correlation", r"correlation coefficients?|\b[rρ](?=\s?=)|\brho\b|correlat(?:ed|ion)"),
    ("other", r"\bbeta\b|[βΒ](?=\s?[=:,])|regression coefficients?|coefficients?"),
)
MEASURE = expression(
    "|".join(f"(?P<m{number}>{pattern})" for number, (_, pattern) in enumerate(MEASURES)), re.IGNORECASE
)
# "HR", "OR" and the like count in capitals only: "or" is a word.
CASED = expression(
    r"(?:[a-z]{0,3})?(?:HR|OR|RR|IRR|PR|SIR|SMR|ARR|ARD|RD|SMD|MD|WMD|NNT|NNH|NNTB|AHR|AOR|POR)s?"
)
LEVEL = (
    r"(?P<level>\d{2}(?:[.·]\d)?)\s?(?:%|per\s?cent)\s?-?\s?(?:CrI|CIs?|C\.I\.|UI|confidence\s(?:intervals?|limits)"
    r"|credible intervals?|uncertainty intervals?)(?:\s?[\[(](?:\d{2}\s?%\s?)?(?:CrI|CIs?|UI)[\])])?"
)
NAMED_CI = r"(?:CrI|CIs?|C\.I\.|confidence (?:intervals?|limits))"
SEP = r"\s?(?:[-–—‐‑−]{1,2}|to|,|;|and|through|\.\.\.)\s?"
UNITS = (
    r"percentage points?|points?|kg/m2|kg/m²|kg|g|mg/dL|mg|mm\s?Hg|mmol/L|mmol/mol|nmol/L|pg/mL|ng/mL|cm|mm|m"
    r"|min(?:utes?)?|h(?:ours?)?|s|d(?:ays?)?|weeks?|months?|years?|bpm|kcal|beats/min|ml|mL|L"
)
EACH = r"(?:(?:\s?/\s?|\s(?:per|an?|each)\s)(?:day|night|week|month|year)\b)?"
UNIT = rf"(?:\s?(?:%|{UNITS})(?![A-Za-z]){EACH})?"
INTERVAL = (
    rf"(?:{LEVEL}|{NAMED_CI})\s?\)?[\]\s:=,;]{{0,3}}(?:\s?(?:was|of|from|ranging from|range)\s)?[\[(]?\s?"
    rf"(?P<low>{NUM}){UNIT}{SEP}(?P<high>{NUM})"
)
# "hazard ratio 1.06, 1.03 to 1.09)": within the bracket that names the measure
COMMA_INTERVAL = rf",\s(?P<clow>{NUM}){UNIT}(?:\s?[-–—‐‑]\s?|\sto\s)(?P<chigh>{NUM}){UNIT}(?=\s?[)\];,])"
# "(0.75 to 1.03; I2=56%, n=6)": how alike the studies were, and how many, in the same bracket
_BESIDE = r"(?:[;,]\s?(?:I2|I²|n\s?=|[pP]\s?[=<>]|\d+\s(?:studies|trials|cohorts))[^()\[\]]{0,40})?"
BARE_INTERVAL = (
    rf"[\[(]\s?(?P<blow>{NUM}){UNIT}(?:\s?(?:[-–—‐‑]|to|,|;)\s?)(?P<bhigh>{NUM}){UNIT}{_BESIDE}\s?[\])]"
)
# "8.7 points on a scale of 100, 95% CI ...", "0.9 attacks; 95% CI ...": what was counted, before the interval
COUNTED = (
    rf"(?:(?:\sper\s(?:\d[\d.]{{0,5}}\s?)?[a-z%][\w/%-]{{0,15}}|(?:\s[a-z][a-z-]{{1,20}}){{0,3}}?)(?:\son\san?\s[\w–-]+(?:\s[\w–-]+){{0,3}}?"
    rf"[\s-](?:scale|scale\sof\s\d+|visual\sanalogue\sscale))?(?:\s\((?:on|out\sof)\s[^()]{{1,40}}\))?(?=\s?[,;]\s"
    rf"|\s?[\[(])(?=.{{1,4}}{LEVEL.replace('?P<level>', '?:')}))?"
)
ESTIMATE = expression(
    rf"(?P<value>{NUM})(?P<unit>{UNIT})(?:{COUNTED}\s?(?:[,;:]\s?|\s)?(?:[\[(]\s?|with\s(?:an?\s)?)?(?:{INTERVAL}"
    rf"|{BARE_INTERVAL})|{COMMA_INTERVAL})"
)
VALUE_AFTER = expression(
    rf"\s?(?:[\[(][A-Za-z\s,.'’]{{1,25}}[\])]\s?)?(?:\s?(?:for|of|in|between|was|were|is|are|=|:|,"
    rf"|at)\s?)?(?:[A-Za-z' -]{{0,60}}?\s?(?:was|were|of|="
    rf"|:)\s?)?[\[(]?\s?(?P<value>{NUM})(?![\d.·])(?P<unit>{UNIT})(?!\s?%?\s?(?:CI|confidence))"
)
P = expression(
    r"\b[Pp](?:[ -]?values?)?(?:\s(?:for|of)\s\w+)?\s?(?P<sign>=|<|>|≤|≥|was"
    r"|of)\s?(?:less than\s)?(?P<p>\d?[.·]\s?\d+)"
)
ADJUSTED = expression(
    r"\badjust(?:ed|ing|ment)|\bmultivariable|\bmultivariate|\ba(?:HR|OR|RR|PR)\b|\bAORs?\b|\bAHRs?\b",
    re.IGNORECASE,
)
TRIM = expression(r"[\s,]")


def number_of(printed: str) -> Decimal:
    """A printed number: any dash for the minus, a middle dot for the point."""
    plain = TRIM.sub("", printed)
    plain = re.sub(r"[·∙]", ".", plain)
    plain = re.sub(r"^[-−–]", "-", plain)
    return Decimal(plain)


_UNITS = {
    "%": "percent", "points": "point", "point": "point", "percentage points": "percentage_point",
    "percentage point": "percentage_point", "minutes": "min", "minute": "min", "hours": "h",
    "hour": "h", "days": "day", "d": "day", "weeks": "week", "months": "month", "years": "year",
    "kg/m2": "kg/m**2", "kg/m²": "kg/m**2",
    "beats/min": "bpm", "mm Hg": "mmHg", "ml": "mL",
}  # fmt: skip


_PER = expression(r"\s?/\s?|\s(?:per|an?|each)\s")
_AMOUNTS = frozenset({"g", "mg", "kcal", "mL", "ml", "L"})


def unit_of(printed: str | None) -> str | None:
    """The pint expression of a printed unit; None without one. A time "per night" is that time."""
    plain = (printed or "").strip()
    base, *period = _PER.split(plain) if plain not in _UNITS else [plain]
    if period and base in _AMOUNTS and period[0] in ("day", "night", "week", "month", "year"):
        return f"{_UNITS.get(base, base)}/{'day' if period[0] == 'night' else period[0]}"
    if period and period[0] in ("day", "night", "week", "month", "year"):
        plain = base
    return _UNITS.get(plain, plain) or None
