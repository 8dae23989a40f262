"""Findings from the text of an abstract: estimates with their intervals, groups' values, doses, direction.

What is printed is read, nothing is computed. Every finding keeps the sentence it came from, so that a
person can look. Findings made here are automatic; curated ones always win over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from claims import quantities
from claims.findings.abstracts import Part, StudyFacts, sentences, study_facts
from claims.magnitude import words
from graph.evidence import Dose, EffectEstimate, GroupValue

_LONGEST = 60_000  # characters of an abstract that are read; the longest in PubMed are a tenth of it


@dataclass(frozen=True, slots=True)
class ExtractedFinding:
    """One result read from ``text[start:end]`` of an abstract (a sentence).

    ``effect`` is the contrast, ``effect_start``/``effect_end`` where it is printed; ``groups`` what
    each group measured. ``direction``: increases, decreases, no-difference or None (not clear).
    ``quote_role``: result, background, synthesis, hypothesis. The rest is what the abstract says of
    its study as a whole.
    """

    start: int
    end: int
    text: str
    quote_role: str
    section: str | None = None
    effect: EffectEstimate | None = None
    effect_start: int | None = None
    effect_end: int | None = None
    groups: tuple[GroupValue, ...] = ()
    doses: tuple[Dose, ...] = ()
    direction: str | None = None
    hedged: bool = False
    design: str | None = None
    sample_size: int | None = None
    species: str | None = None
    follow_up_days: Decimal | None = None

    @property
    def measure(self) -> str | None:
        """The effect's measure, else the groups'."""
        if self.effect is not None:
            return self.effect.measure
        return self.groups[0].measure if self.groups else None

    @property
    def value(self) -> Decimal | None:
        """The estimate."""
        return None if self.effect is None else self.effect.value

    @property
    def interval(self) -> tuple[Decimal, Decimal] | None:
        """Lower and upper end of the confidence interval."""
        if self.effect is None or self.effect.low is None or self.effect.high is None:
            return None
        return self.effect.low, self.effect.high

    @property
    def level(self) -> Decimal | None:
        """Of the interval, in percent."""
        return None if self.effect is None else self.effect.level

    @property
    def p_value(self) -> Decimal | None:
        """As printed; ``effect.p_bound`` says less-than or greater-than."""
        return None if self.effect is None else self.effect.p_value


_NUM = r"(?:(?:[-−–]\s?)?(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d{1,12})(?:[.·∙]\s?\d{1,12})?|[-−–]?[.·∙]\d{1,12})"
_MEASURES: tuple[tuple[str, str], ...] = (
    (
        "standardised-mean-difference",
        r"standardi[sz]ed (?:mean )?(?:difference|effect)s?|\bSMDs?\b|Hedges['’]? ?g\b|Cohen['’]?s ?d\b"
        r"|\beffect sizes?\b",
    ),
    ("hazard-ratio", r"hazards? ratios?|\b(?:a|adj|s|m|c)?HRs?\b|\bAHRs?\b"),
    ("odds-ratio", r"odds ratios?|\b(?:a|adj|m|c|u)?ORs?\b|\bAORs?\b|\bPORs?\b"),
    (
        "risk-ratio",
        r"(?:relative|risk|rate|prevalence|incidence(?:[- ]rate)?) (?:risks?|ratios?)|relative risks?"
        r"|relative rates?"
        r"|\b(?:a|adj|m)?(?:RR|IRR|PR|SIR|SMR|ARR)s?\b",
    ),
    ("risk-difference", r"(?:absolute )?risk (?:difference|reduction)s?|\bA?RDs?\b|\bARR\b"),
    ("number-needed-to-treat", r"numbers? needed to (?:treat|harm)|\bNNT[BH]?\b|\bNNH\b"),
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
_MEASURE = re.compile(
    "|".join(f"(?P<m{number}>{pattern})" for number, (_, pattern) in enumerate(_MEASURES)), re.IGNORECASE
)
# "HR", "OR" and the like count in capitals only: "or" is a word.
_CASED = re.compile(
    r"(?:[a-z]{0,3})?(?:HR|OR|RR|IRR|PR|SIR|SMR|ARR|ARD|RD|SMD|MD|WMD|NNT|NNH|NNTB|AHR|AOR|POR)s?"
)
_LEVEL = (
    r"(?P<level>\d{2}(?:[.·]\d)?)\s?%\s?-?\s?(?:CrI|CIs?|C\.I\.|UI|confidence\s(?:intervals?|limits)"
    r"|credible intervals?|uncertainty intervals?)"
)
_NAMED_CI = r"(?:CrI|CIs?|C\.I\.|confidence (?:intervals?|limits))"
_SEP = r"\s?(?:[-–—‐‑−]{1,2}|to|,|;|and|through|\.\.\.)\s?"
_UNIT = (
    r"(?:\s?(?:%|percentage points?|points?|kg/m2|kg/m²|kg|g|mg/dL|mg|mm\s?Hg|mmol/L|mmol/mol|nmol/L"
    r"|pg/mL|ng/mL|cm|mm|m|min(?:utes)?|h(?:ours)?|s|d(?:ays)?|days|weeks|months|years|bpm|kcal|beats/min|ml"
    r"|mL|L)(?![A-Za-z]))?"
)
_INTERVAL = (
    rf"(?:{_LEVEL}|{_NAMED_CI})\s?\)?[\]\s:=,;]{{0,3}}(?:\s?(?:was|of|from|ranging from|range)\s)?[\[(]?\s?"
    rf"(?P<low>{_NUM}){_UNIT}{_SEP}(?P<high>{_NUM})"
)
_BARE_INTERVAL = (
    rf"[\[(]\s?(?P<blow>{_NUM}){_UNIT}(?:\s?(?:[-–—‐‑]|to|,|;)\s?)(?P<bhigh>{_NUM}){_UNIT}\s?[\])]"
)
_ESTIMATE = re.compile(
    rf"(?P<value>{_NUM})(?P<unit>{_UNIT})\s?(?:[,;:]\s?|\s)?(?:[\[(]\s?|with\s(?:an?\s)?)?(?:{_INTERVAL}"
    rf"|{_BARE_INTERVAL})"
)
_VALUE_AFTER = re.compile(
    rf"\s?(?:[\[(][A-Za-z\s,.'’]{{1,25}}[\])]\s?)?(?:\s?(?:for|of|in|between|was|were|is|are|=|:|,"
    rf"|at)\s?)?(?:[A-Za-z' -]{{0,60}}?\s?(?:was|were|of|="
    rf"|:)\s?)?[\[(]?\s?(?P<value>{_NUM})(?P<unit>{_UNIT})(?!\s?%?\s?(?:CI|confidence))"
)
_P = re.compile(
    r"\b[Pp](?:[ -]?values?)?(?:\s(?:for|of)\s\w+)?\s?(?P<sign>=|<|>|≤|≥|was"
    r"|of)\s?(?:less than\s)?(?P<p>\d?[.·]\s?\d+)"
)
_ADJUSTED = re.compile(
    r"\badjust(?:ed|ing|ment)|\bmultivariable|\bmultivariate|\ba(?:HR|OR|RR|PR)\b|\bAORs?\b|\bAHRs?\b",
    re.IGNORECASE,
)
_TRIM = re.compile(r"[\s,]")


def extract(abstract: str, *, title: str | None = None) -> tuple[ExtractedFinding, ...]:
    """The findings that an abstract reports, in reading order. Offsets are into ``abstract``.

    >>> found = extract("Falls were fewer with tai chi (RR=0·77; 95% CI: 0.70–0.84; p<0.001).")
    >>> found[0].measure, str(found[0].value), [str(end) for end in found[0].interval or ()]
    ('risk-ratio', '0.77', ['0.70', '0.84'])
    """
    text = abstract[:_LONGEST]
    study = study_facts(text, title)
    found: list[ExtractedFinding] = []
    for part in sentences(text):
        if part.section in ("other", "title"):
            continue
        found.extend(_of_sentence(text, part, study))
    return tuple(found)


def _of_sentence(text: str, part: Part, study: StudyFacts) -> Iterator[ExtractedFinding]:
    sentence = text[part.start : part.end]
    numeric = any(character.isdigit() for character in sentence)
    effects = list(_effects(sentence)) if numeric else []
    groups = _groups(sentence) if numeric else ()
    role = _role(sentence, part.section, bool(effects or groups))
    direction = sentence_direction(sentence)
    if not effects and not groups and (role not in ("result", "synthesis") or direction is None):
        return
    if part.section == "methods" and not effects and not groups:
        return
    from claims import wording  # the lexicons behind it are not needed by those who read numbers only

    base = ExtractedFinding(
        start=part.start,
        end=part.end,
        text=sentence,
        quote_role=role,
        section=part.section,
        groups=groups,
        doses=quantities.to_doses(sentence) if numeric else (),
        hedged=wording.hedged(sentence),
        design=study.design,
        sample_size=study.sample_size,
        species=study.species,
        follow_up_days=study.follow_up_days,
        direction=direction,
    )
    if not effects:
        yield base
    for number, (effect, low, high) in enumerate(effects):
        yield replace(
            base,
            effect=effect,
            effect_start=part.start + low,
            effect_end=part.start + high,
            direction=_direction_of(effect, direction),
            groups=groups if number == 0 else (),
        )


def _role(sentence: str, section: str | None, numeric: bool) -> str:
    if section == "results":
        return "result"
    if section == "conclusions":
        return "result" if numeric else "synthesis"
    if section in ("background", "methods"):
        return "background"
    if _GUESS.search(sentence):
        return "hypothesis"
    if numeric or _RESULT.search(sentence):
        return "result"
    return "synthesis" if _CONCLUDES.search(sentence) else "background"


_GUESS = re.compile(
    r"\b(?:hypothesi[sz]ed?|we speculate|might be explained|possibl[ey] (?:due|because))\b", re.IGNORECASE
)
_RESULT = re.compile(
    r"\b(?:significant(?:ly)?|no differences?|did not differ|compared (?:with|to)|was (?:higher|lower"
    r"|associated)"
    r"|were (?:higher|lower|associated)|increased|decreased|reduced|improved|we found|resulted in)\b",
    re.IGNORECASE,
)
_CONCLUDES = re.compile(
    r"\b(?:conclude|in conclusion|suggest|our (?:findings|results|data)|these (?:findings|results|data))\b",
    re.IGNORECASE,
)


def _number(printed: str) -> Decimal:
    plain = _TRIM.sub("", printed)
    plain = re.sub(r"[·∙]", ".", plain)
    plain = re.sub(r"^[-−–]", "-", plain)
    return Decimal(plain)


def _effects(sentence: str) -> Iterator[tuple[EffectEstimate, int, int]]:
    """The estimates of a sentence: first those with an interval, then named ones without."""
    named = [match for match in _MEASURE.finditer(sentence) if _is_measure(match)]
    taken: list[tuple[int, int]] = []
    found: list[tuple[EffectEstimate, int, int]] = []
    for match in _ESTIMATE.finditer(sentence):
        name = _name_for(named, match, sentence)
        if name is None and match["level"] is None and match["low"] is None:
            continue  # two numbers in brackets after a third may be anything
        effect = _with_interval(sentence, match, name)
        if effect is None:
            continue
        taken.append((match.start(), match.end()))
        found.append((effect, match.start(), match.end()))
    for match in named:
        value = _VALUE_AFTER.match(sentence, match.end())
        if value is None or any(
            low <= value.start("value") < high or (match.start() >= low and match.end() <= high)
            for low, high in taken
        ):
            continue
        if any(other.start() > match.start() and other.end() <= value.start("value") for other in named):
            continue  # another name stands between
        effect = _bare(sentence, match, value)
        if effect is not None:
            taken.append((match.start(), value.end()))
            found.append((effect, match.start(), value.end()))
    for effect, low, high in _percent_effects(sentence):
        if not any(start < high and low < end for start, end in taken):
            found.append((effect, low, high))
    ordered = sorted(found, key=lambda one: one[1])
    for index, (effect, low, high) in enumerate(ordered):
        until = ordered[index + 1][1] if index + 1 < len(ordered) else len(sentence)
        yield _with_p(sentence, effect, high, min(until, high + 60)), low, high


def _is_measure(match: re.Match[str]) -> bool:
    printed = match[0]
    if printed.isupper() or not printed.isalpha() or len(printed) > 5:
        return True
    return bool(_CASED.fullmatch(printed)) or printed.lower() in ("rho", "beta")


def _measure_name(match: re.Match[str]) -> str:
    return _MEASURES[int((match.lastgroup or "m0")[1:])][0]


def _name_for(named: list[re.Match[str]], match: re.Match[str], sentence: str) -> str | None:
    """The measure named last before the number; a name inside the bracket after it wins."""
    inside = [one for one in named if match.start("value") <= one.start() < match.end()]
    if inside:
        return _measure_name(inside[0])
    after = [one for one in named if 0 <= one.start() - match.end() <= 4]
    before = [one for one in named if one.end() <= match.start("value") + 1]
    if before and match.start() - before[-1].end() <= 160:
        return _measure_name(before[-1])
    return _measure_name(after[0]) if after else None


def _with_interval(sentence: str, match: re.Match[str], name: str | None) -> EffectEstimate | None:
    low_text, high_text = match["low"] or match["blow"], match["high"] or match["bhigh"]
    value, low = _number(match["value"]), _number(low_text)
    high = _number(re.sub(r"^[-−–]\s?", "", high_text) if _is_dash(sentence, match) else high_text)
    if low > high and value < 0 and high > 0:
        high = -high
    if low > high:
        low, high = high, low
    slack = abs(value) * Decimal("0.02")
    if value > 0 and high <= 0 and low - slack <= -value <= high + slack:
        value = -value  # "fell by 5.2 (95 % CI −7.1 to −3.3)"
    if not low - slack <= value <= high + slack:
        return None
    unit = _unit(match["unit"])
    if name is None:
        if match["level"] is None or _groupish(sentence, match):
            return None
        if unit is None or unit == "percent" or not _BY.search(sentence[: match.start("value")]):
            return None  # percentages with a direction are read by themselves
        name = "mean-difference"
    level = _number(match["level"]) if match["level"] else (Decimal(95) if match["low"] else None)
    return EffectEstimate(
        measure=name,
        value=value,
        low=low,
        high=high,
        level=level,
        unit=unit,
        adjusted=True if _ADJUSTED.search(sentence, 0, match.end()) else None,
    )


def _is_dash(sentence: str, match: re.Match[str]) -> bool:
    """Whether the sign before the upper end is really the dash of the range ("0.60-0.85")."""
    group = "high" if match["high"] else "bhigh"
    before = sentence[: match.start(group)].rstrip()
    return before[-1:].isdigit()


_BY = re.compile(r"\bby\s(?:an?\s(?:mean|average)\s(?:of\s)?|about\s|approximately\s)?$", re.IGNORECASE)
_GROUPISH = re.compile(r"\b(?:median|mean|prevalence|incidence|proportion|rate|average)\b", re.IGNORECASE)


def _groupish(sentence: str, match: re.Match[str]) -> bool:
    return _GROUPISH.search(sentence, max(0, match.start() - 60), match.start()) is not None


def _bare(sentence: str, name: re.Match[str], value: re.Match[str]) -> EffectEstimate | None:
    measure = _measure_name(name)
    number = _number(value["value"])
    unit = _unit(value["unit"])
    if measure in ("hazard-ratio", "risk-ratio", "odds-ratio") and (unit is not None or not 0 < number < 200):
        return None
    if measure == "correlation" and abs(number) > 1:
        return None
    if (
        measure in ("mean-difference", "other", "median-difference")
        and value.start("value") - name.end() > 25
    ):
        return None
    if re.match(r"\s?(?:years?|patients|participants|studies|trials|groups)\b", sentence[value.end() :]):
        return None
    return EffectEstimate(
        measure=measure,
        value=number,
        unit=unit,
        adjusted=True if _ADJUSTED.search(sentence, 0, value.end()) else None,
    )


_UNITS = {
    "%": "percent", "points": "point", "point": "point", "percentage points": "percentage_point",
    "percentage point": "percentage_point", "minutes": "min", "hours": "h", "days": "day", "d": "day",
    "weeks": "week", "months": "month", "years": "year", "kg/m2": "kg/m**2", "kg/m²": "kg/m**2",
    "beats/min": "bpm", "mm Hg": "mmHg", "ml": "mL",
}  # fmt: skip


def _unit(printed: str | None) -> str | None:
    plain = (printed or "").strip()
    return _UNITS.get(plain, plain) or None


def _with_p(sentence: str, effect: EffectEstimate, start: int, end: int) -> EffectEstimate:
    match = _P.search(sentence, start, max(start, end))
    if match is None or effect.p_value is not None:
        return effect
    bound = {"<": "less-than", "≤": "less-than", ">": "greater-than", "≥": "greater-than"}.get(match["sign"])
    return replace(effect, p_value=_number(match["p"]), p_bound=bound)


_PERCENT_INTERVAL = re.compile(rf"\s?[,;]?\s?[\[(]?\s?{_INTERVAL}")


def _percent_effects(sentence: str) -> Iterator[tuple[EffectEstimate, int, int]]:
    """ "reduced by 12% (95% CI 8 to 16)" and "a 23 % lower risk"."""
    for cue in words(sentence):
        if cue.kind != "percent" or cue.low <= 0 or not cue.high.is_finite():
            continue
        quantity = next(
            (one for one in quantities.find(sentence[cue.start : cue.end]) if one.unit == "percent"), None
        )
        if quantity is None or quantity.high is not None:
            continue
        tail = sentence[cue.end : cue.end + 80]
        match = re.match(rf"[^\d;.]{{0,50}}?{_PERCENT_INTERVAL.pattern}", tail)
        low = high = level = None
        end = cue.end
        if match is not None:
            low, high = sorted((abs(_number(match["low"])), abs(_number(match["high"]))))
            level = _number(match["level"]) if match["level"] else Decimal(95)
            end = cue.end + match.end()
            if not low <= quantity.value <= high:
                low = high = level = None
        measure = "percent-reduction" if cue.direction == "down" else "percent-change"
        yield EffectEstimate(measure, quantity.value, low, high, level, "percent"), cue.start, end


def _value_of(side: str) -> str:
    spread = rf"(?:\s?(?:±|\+/-)\s?{_NUM})?{_UNIT}"
    bracket = rf"(?:\s?[\[(](?P<{side}extra>[^()\[\]]{{1,70}})[\])])?"
    return rf"(?P<{side}value>{_NUM})(?P<{side}unit>{_UNIT}){spread}{bracket}"


def _label_of(side: str) -> str:
    words_of = rf"(?P<{side}label>(?!baseline)[A-Za-z][^,;().\d]{{1,60}}?)"
    return rf"\s(?:of|in|for|among|with|at|on)\s(?:the\s)?{words_of}"


_VERSUS = re.compile(
    rf"{_value_of('a')}(?:{_label_of('a')})?\s?,?\s(?P<sep>v(?:ersu)?s\.?|compared (?:with|to)|against|and)"
    rf"\s(?:an?\s|only\s|the\s|by\s|just\s)?{_value_of('b')}"
    rf"(?:{_label_of('b')}(?=\s?[,;.()\]]|$|\s(?:and|but|at|after|over|during|while|respectively)\b)"
    rf"|(?=[\s,;.)\]]|$))"
)
_SUMMARY = re.compile(r"\b(?P<word>medians?|means?|average[sd]?|geometric mean)\b", re.IGNORECASE)
_COUNT = re.compile(r"^\s?(?:n\s?=\s?)?\d+\s?(?:/|of|out of)\s?\d+")


def _groups(sentence: str) -> tuple[GroupValue, ...]:
    """What two groups measured, where a sentence sets their values against each other."""
    for match in _VERSUS.finditer(sentence):
        if (
            match["sep"] == "and"
            and not (match["alabel"] and match["blabel"])
            and not re.search(r"\brespectively\b", sentence)
        ):
            continue
        units = [_unit(match["aunit"]), _unit(match["bunit"])]
        unit = units[0] or units[1]
        if units[0] and units[1] and units[0] != units[1]:
            continue
        summary = None
        for summary in _SUMMARY.finditer(sentence, max(0, match.start() - 200), match.start()):  # noqa: B007 - the last one before
            pass
        near = sentence[max(0, match.start() - 60) : match.start()]
        if match["sep"] == "and" and unit is None and not _SUMMARY.search(near):
            continue  # "differences of 0.36, 0.21 and 0.23, respectively"
        measure = (
            "percent"
            if unit == "percent"
            else ("median" if summary and summary["word"].lower().startswith("median") else "mean")
        )
        if measure == "mean" and summary is None and unit is None and "±" not in match[0]:
            continue
        labels = [_label(match["alabel"]), _label(match["blabel"])]
        values = []
        for side, label, name in (("a", labels[0], "first group"), ("b", labels[1], "second group")):
            low, high, level = _inner(match[f"{side}extra"])
            values.append(
                GroupValue(
                    label or name,
                    measure,
                    _number(match[f"{side}value"]),
                    low,
                    high,
                    level,
                    unit,
                    _size(match[f"{side}extra"]),
                )
            )
        return tuple(values)
    return ()


def _label(printed: str | None) -> str | None:
    if printed is None:
        return None
    return re.sub(r"\s+(?:and|vs\.?|versus|compared|while|whereas)$", "", printed.strip()) or None


def _inner(extra: str | None) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """The interval in the bracket after a group's value."""
    if extra is None:
        return None, None, None
    match = re.search(_INTERVAL, extra)
    if match is not None:
        return (
            _number(match["low"]),
            _number(match["high"]),
            _number(match["level"]) if match["level"] else Decimal(95),
        )
    bare = re.fullmatch(rf"\s?({_NUM}){_UNIT}\s?(?:[-–—‐‑]|to)\s?({_NUM}){_UNIT}\s?", extra)
    if bare is not None and not re.search(r"\bIQR\b|SD", extra):
        return _number(bare[1]), _number(re.sub(r"^[-−–]\s?", "", bare[2])), None
    return None, None, None


def _size(extra: str | None) -> int | None:
    match = re.search(r"(?:/|of|out of)\s?(\d{1,6})\b", extra or "") if _COUNT.match(extra or "") else None
    return int(match[1]) if match else None


_NONE = re.compile(
    r"\b(?:no (?:statistically )?(?:significant |clear |overall |measurable )?(?:differences?|effects?"
    r"|associations?|changes?|improvements?|reductions?|increases?|benefits?)"
    r"|(?:did|does|do|was|were) not (?:\w+ )?(?:significantly )?(?:differ|affect|improve|reduce|increase"
    r"|change|alter|associated|different|influence)"
    r"|not (?:statistically )?significant(?:ly)?|non-?significant(?:ly)?|similar (?:in|between|across)"
    r"|comparable between|unchanged|neither\b)",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:reduc(?:e|ed|es|tion|tions|ing)|lower(?:ed|s|ing)?|decreas(?:ed|es|e|ing)|declin(?:ed|es|e)|fewer"
    r"|less|fell|dropped|shorter|smaller"
    r"|protective|inversely|attenuated|prevent(?:ed|s)|diminished|halved)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:increas(?:ed|es|e|ing)|higher|greater|more|rose|elevated|longer|larger|improv(?:ed|es|ement"
    r"|ements)|raised|enhanced|gained|doubled)\b",
    re.IGNORECASE,
)


def sentence_direction(sentence: str) -> str | None:
    """increases, decreases or no-difference, where a sentence says just one of them."""
    if _NONE.search(sentence):
        return "no-difference"
    less, more = _LESS.search(sentence), _MORE.search(sentence)
    if (less is None) == (more is None):
        return None
    return "decreases" if less else "increases"


def _direction_of(effect: EffectEstimate, said: str | None) -> str | None:
    """An interval that includes no effect is not evidence of none; one that does not says the way."""
    null = {"hazard-ratio": 1, "risk-ratio": 1, "odds-ratio": 1, "ratio": 1}.get(effect.measure, 0)
    if effect.value is None or effect.measure in ("number-needed-to-treat", "percent-reduction"):
        return said
    if effect.low is not None and effect.high is not None:
        if effect.low <= null <= effect.high:
            return "no-difference" if said == "no-difference" else None
        if null == 1:
            return "decreases" if effect.high < null else "increases"
    return said
