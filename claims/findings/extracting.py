"""Findings from the text of an abstract: estimates with their intervals, groups' values, doses, direction.

What is printed is read, nothing is computed. Every finding keeps the sentence it came from, so that a
person can look. Findings made here are automatic; curated ones always win over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from claims import quantities
from claims.expressions import expression
from claims.findings.accuracy import ACCURACY
from claims.findings.effects import PRINTED_RATIOS, effects_of
from claims.findings.groups import groups_of
from claims.findings.sections import Part, sentences
from claims.findings.study_facts import StudyFacts, study_facts
from claims.joining import THAN
from graph.contrasts import is_ratio, side_of
from graph.evidence import Dose, EffectEstimate, GroupValue

_CARRIED = PRINTED_RATIOS | {"mean-difference", "standardised-mean-difference"}  # need not be named again
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


def extract(abstract: str, *, title: str | None = None) -> tuple[ExtractedFinding, ...]:
    """The findings that an abstract reports, in reading order. Offsets are into ``abstract``.

    >>> found = extract("Falls were fewer with tai chi (RR=0·77; 95% CI: 0.70–0.84; p<0.001).")
    >>> found[0].measure, str(found[0].value), [str(end) for end in found[0].interval or ()]
    ('risk-ratio', '0.77', ['0.70', '0.84'])
    """
    text = abstract[:_LONGEST]
    study = study_facts(text, title)
    found: list[ExtractedFinding] = []
    spoken: str | None = None  # the measure of the last sentence with effects
    parts = sentences(text)
    begins = _first_of_its_own(text, parts)
    for part in parts:
        if part.section in ("other", "title") or (part.section is None and part.start < begins):
            continue
        own = list(_of_sentence(text, part, study, spoken))
        ratios = [one.effect.measure for one in own if one.effect and one.effect.measure in _CARRIED]
        if any(one.effect is not None for one in own):
            spoken = ratios[-1] if ratios and own[-1].interval is not None else None
        found.extend(own)
    return tuple(found)


def _of_sentence(text: str, part: Part, study: StudyFacts, spoken: str | None) -> Iterator[ExtractedFinding]:
    sentence = text[part.start : part.end]
    numeric = any(character.isdigit() for character in sentence)
    effects = list(effects_of(sentence, spoken)) if numeric else []
    of_a_test = any(effect.measure in ACCURACY for effect, *_ in effects)
    groups = groups_of(sentence) if numeric and not of_a_test else ()
    role = _role(sentence, part.section, bool(effects or groups))
    direction = sentence_direction(sentence)
    if not effects and not groups and (role not in ("result", "synthesis") or direction is None):
        return
    if not effects and not groups and (part.section == "methods" or _OF_THE_STUDIES.search(sentence)):
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
    if len({effect.value > 0 for effect, *_ in effects if _is_difference(effect) and effect.value}) > 1:
        direction = None  # "longer, and fell asleep sooner": of which of them the words cannot say
    beside = _doses_beside(sentence, [(low, high) for _, low, high in effects])
    for number, (effect, low, high) in enumerate(effects):
        yield replace(
            base,
            doses=beside[number] if beside else base.doses,
            effect=effect,
            effect_start=part.start + low,
            effect_end=part.start + high,
            direction=_direction_of(effect, direction),
            groups=groups if number == 0 else (),
        )


# how good the studies were, not what came of them
_OF_THE_STUDIES = expression(
    r"\b(?:risk of bias|publication bias|heterogeneity|certainty of (?:the )?evidence was"
    r"|quality of (?:the )?(?:studies|trials))\b",
    re.IGNORECASE,
)
# where an abstract without sections begins to tell of its own study
_BEGINS = expression(
    r"\b(?:we|here|our|participants|volunteers|subjects|patients were|randomi[sz]ed|aim(?:ed|s)?|objective"
    r"|(?:this|the (?:present|current)) (?:\w+ )?(?:study|trial|review|(?:meta-)?analysis|work|report|paper)"
    r"|were (?:included|recruited|enrolled|assigned|identified))\b|\d",
    re.IGNORECASE,
)


def _first_of_its_own(text: str, parts: Sequence[Part]) -> int:
    """Where an abstract without sections begins to tell of its own study; 0 where that cannot be told.

    "The hippocampus shrinks in late adulthood ... Here we show": what stands before was known.
    """
    if any(part.section in ("results", "methods", "conclusions") for part in parts):
        return 0
    return next((part.start for part in parts if _BEGINS.search(text, part.start, part.end)), 0)


def _is_difference(effect: EffectEstimate) -> bool:
    return effect.measure == "mean-difference" and effect.low is not None


def _doses_beside(sentence: str, places: Sequence[tuple[int, int]]) -> list[tuple[Dose, ...]]:
    """The dose of each of several estimates, where one stands by each: all before them, or all behind.

    "0.85 for 3 cups a day and 0.83 for 2", "at 3.5 cups/day (RR 0.85) and at 2.5 cups/day (RR 0.83)".
    """
    if len(places) < 2:
        return []
    starts, ends = [low for low, _ in places], [high for _, high in places]
    before = [quantities.to_doses(sentence[a:b]) for a, b in zip([0, *ends[:-1]], starts, strict=True)]
    behind = [
        quantities.to_doses(sentence[a:b]) for a, b in zip(ends, [*starts[1:], len(sentence)], strict=True)
    ]
    found = before if before[0] else behind
    return found if all(found) and len(set(found)) > 1 else []


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


_GUESS = expression(
    r"\b(?:hypothesi[sz]ed?|we speculate|might be explained|possibl[ey] (?:due|because))\b", re.IGNORECASE
)
_RESULT = expression(
    r"\b(?:significant(?:ly)?|no differences?|did not differ|compared (?:with|to)|was (?:higher|lower"
    r"|associated)"
    r"|were (?:higher|lower|associated)|p\s?[<=]\s?0?[.·]\d"
    r"|than (?:in |with )?(?:the )?(?:controls?|placebo|sham|usual care|comparison)"
    r"|increased|decreased|reduced|improved|we found|resulted in)\b",
    re.IGNORECASE,
)
_CONCLUDES = expression(
    r"\b(?:conclude|in conclusion|suggest|our (?:findings|results|data)|these (?:findings|results|data))\b",
    re.IGNORECASE,
)


_NONE = expression(
    r"\b(?:no (?:such )?(?:statistically )?(?:significant |clear |overall |measurable )?"
    r"(?:differences?|effects?"
    r"|associations?|changes?|improvements?|reductions?|increases?|benefits?)"
    r"|(?:did|does|do|was|were) not (?:\w+ )?(?:significantly )?(?:differ|affect|improve|reduce|increase"
    r"|change|alter|associated|different|influence|lower|raise|prevent|shorten|lengthen"
    r"|ease|cut|protect|lead to|result in|decrease|relieve|alleviate|help|prolong|extend|delay|slow)"
    r"|(?:was|were|is|are) (?:non-?inferior|not (?:\w+ )?(?:inferior|superior|better|more effective))\b"
    r"|no (?:clear |good |strong |convincing |consistent )?evidence (?:of|for|that|to (?:suggest|support))"
    r"(?! (?:\w+ ){0,3}(?:bias|heterogene\w+|interaction|modification|inconsistency|non-?linear\w*))"
    r"|(?:not|no longer) (?:statistically )?significant(?:ly)?|non-?significant(?:ly)?"
    r"|(?:was|were|is|are) similar"
    r"|similar (?:in|between|across|with)"
    r"|(?:similar|comparable|equivalent|equal|identical) "
    r"(?:(?:mean|median|relative|absolute|overall|clinical) ){0,2}"
    r"(?:reductions?|decreases?|declines?|increases?|improvements?|changes?|gains?|losses)\b"
    r"|(?:reductions?|decreases?|declines?|increases?|improvements?|changes?|gains?) (?:[\w-]+ ){0,4}?"
    r"(?:were|was|are|is) (?:similar|comparable|equivalent|the same)\b"
    r"|(?:was|were|is|are) (?:comparable|equivalent|equal) (?:with|to|in|across)\b"
    r"|(?:do|does|did) not support (?:the|a|an) (?:hypothesis|idea|notion|claim|view|belief)"
    r"|comparable between|unchanged|neither\b)",
    re.IGNORECASE,
)
# "lowered it by 5.5 mmHg compared with no change in diet": the others' lot, not the finding
_NO_CHANGE = expression(
    rf"\b(?:{THAN}|than with|or) no (?:change|improvement"
    r"|reduction|increase)s?\b",
    re.IGNORECASE,
)
_LESS = expression(
    r"\b(?:reduc(?:e|ed|es|tion|tions|ing)|lower(?:ed|s|ing)?|decreas(?:ed|es|e|ing)|declin(?:ed|es|e)|fewer"
    r"|less|fell|dropped|shorter|smaller"
    r"|protective|inversely|attenuated|prevent(?:ed|s)|diminished|halved)\b",
    re.IGNORECASE,
)
_MORE = expression(
    r"\b(?:increas(?:ed|es|e|ing)|higher|greater|more|rose|elevated|longer|larger|improv(?:ed|es|ement"
    r"|ements)|raised|enhanced|gained|doubled|advantages? (?:of|for))\b",
    re.IGNORECASE,
)


# "removed more plaque", "lost more weight": there is less of it
_MORE_AWAY = expression(
    r"\b(?:remov(?:e|ed|es|ing)|lost|los(?:e|es|ing)|shed(?:s|ding)?|clear(?:ed|s|ing)|burn(?:ed|s|t|ing)) "
    r"(?:\w+ly )?(?:more|greater)\b",
    re.IGNORECASE,
)


# "reduced sleep by more than 1 hour": a bound of a number
_BOUND = expression(
    r"\b(?:more|less|fewer|greater|higher|lower|longer) than "
    r"(?=(?:about |around )?(?:\d|(?:an?|one|two|half|twice)\b))",
    re.IGNORECASE,
)


# "the effect was larger in those with more symptoms": in whom, not which way
_IN_WHOM = expression(
    r"\b(?:effects?|benefits?|associations?)\b[^.;]{0,40}\b(?:was|were|is|are) (?:\w+ )?"
    r"(?:larger|greater|smaller|stronger|weaker|most pronounced|more pronounced) (?:in|among|for)\b",
    re.IGNORECASE,
)


def sentence_direction(sentence: str) -> str | None:
    """increases, decreases or no-difference, where a sentence says just one of them."""
    if _IN_WHOM.search(sentence):
        return None
    sentence = _BOUND.sub("", _MORE_AWAY.sub("reduced", sentence))
    if _NONE.search(_NO_CHANGE.sub("", sentence)):
        return "no-difference"
    less, more = _LESS.search(sentence), _MORE.search(sentence)
    if (less is None) == (more is None):
        return None
    return "decreases" if less else "increases"


def _direction_of(effect: EffectEstimate, said: str | None) -> str | None:
    """An interval that includes no effect is not evidence of none; one that does not says the way."""
    if effect.measure in ACCURACY:
        return None
    if effect.value is None:
        return said
    if effect.measure == "percent-reduction":
        sure = effect.value > 0 and (effect.low is None or effect.low > 0)
        return "decreases" if sure and said != "no-difference" else said
    side = side_of(effect)
    if side is None:
        return said if said == "no-difference" or not _by_chance(effect) else None
    if side == 0:
        return "no-difference" if said == "no-difference" else None
    counted = "decreases" if side < 0 else "increases"
    if is_ratio(effect.measure):
        return counted
    if said == "no-difference":
        said = None  # the sentence says it of something else
    return counted if said is None and effect.measure == "mean-difference" else said


def _by_chance(effect: EffectEstimate) -> bool:
    """Whether the p value printed beside an estimate is one of 5 % or more."""
    return effect.p_value is not None and effect.p_bound != "less-than" and effect.p_value >= Decimal("0.05")
