"""Whether a sentence of an article and a finding of the source it cites tell of the same result.

Two tell-tales that need no vocabulary: the numbers that both print, and the words that both use. They carry
a claim to its finding where a concept is not in the vocabulary, or was only taken over from the text around.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from claims.concepts import fold
from claims.magnitude import ratio_of, words
from claims.model import Claim, Quantity
from claims.sentence.change import change_cues
from claims.sentence.levels import levels_compared
from graph.evidence import EffectEstimate, Finding, GroupValue

__all__ = [
    "ALL_WORDS",
    "GENERAL",
    "LEVELS",
    "NONE",
    "NUMBERS",
    "WORDS",
    "alignment",
    "content_words",
    "same_change",
]

# how surely: not at all, by words, by all of them, by the very numbers, by the two amounts that both compare
NONE, WORDS, ALL_WORDS, NUMBERS, LEVELS = range(5)

_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 5
_ENOUGH = 3  # words that say what a sentence is about
_ENDING = re.compile(r"(?<=[^\W\d_]{4})(?:ing|ed)$")  # "growing" is "grow"
# Words that any two reports of research may share: they say nothing of what was studied.
GENERAL = frozenset(
    fold(word)
    for word in """
    about above abstract academic according across active added adjusted adult adults after again
    against all along also although among amount analysis and another any are around assigned associated
    association average away back based baseline because been before being below benefit best better
    between both but can cannot case cases cause causes certainty chance change clear clearly clinical
    cohort common compared comparison concluded confidence consistent control controlled could daily
    data day days decrease decreased design did differ difference differences different does dose doses
    double doubled down due during each early effect effective effects either else enough even every extra
    evidence evidently fall fell few fewer first follow followed following for found four frequent
    frequently from further gave given good great greater group groups had half hardly has have health
    healthy help helped helps her here high higher his hour hours how however hundred increase increased
    interval into its just kept large larger last later least less level levels like likely little long
    longer look lot low lower lowered made main make makes many may mean means measure measured median
    men might mild minute minutes moderate month months more most much nearly never new next no non none
    nor not nothing number observed occurred odds often old once one only onset other others our outcome
    outcomes over own participants patients people per percent percentage period person persons placebo
    point points pooled population possible probably quarter quite random randomised randomly rate rates
    rather ratio received receiving recent reduce reduced reduces reduction related relative report
    reported research result results review reviews rise risk risks rose same scale score scores
    searched second seemed sham share short show showed shown significant significantly similar since
    slightly small smaller some sometimes source still studied studies study such systematic taken
    taking than that the their them then there these they third this those though thought thousand three
    through time times together told too took total treated treatment trial trials twice two type under
    until usual using very was weak week weekly weeks well were what when where whether which while who
    whole whose why wide will with within without women worse would year years yet you your zero
    """.split()  # noqa: SIM905
)
_COMMON = frozenset(_ENDING.sub("", word)[:_STEM] for word in GENERAL)


@lru_cache(maxsize=4096)
def content_words(text: str) -> frozenset[str]:
    """The beginnings of a text's words that say what it is about.

    >>> sorted(content_words("Walking lowered the risk of falls in older adults."))
    ['older', 'walk']
    """
    stems = {_ENDING.sub("", fold(word))[:_STEM] for word in _WORD.findall(text)}
    return frozenset(stems - _COMMON)


def alignment(claim: Claim, finding: Finding, title: str | None) -> int:
    """LEVELS where both set the same two amounts against each other, NUMBERS where the claim prints the
    finding's own estimate or groups, WORDS where they share what they are about, ALL_WORDS where nothing that
    the claim is about is missing from the finding and its title, else NONE. ``title`` is the work's.
    """
    if _same_levels(claim, finding):
        return LEVELS
    if _same_numbers(claim, finding):
        return NUMBERS
    quote = " ".join(
        filter(None, (finding.quote or finding.text, *(group.label for group in finding.groups)))
    )
    mine = content_words(claim.text)
    shared = mine & content_words(quote)
    titled = mine & content_words(title or "")
    if shared and _one_group(claim, finding):
        return WORDS
    if len(shared) >= _ENOUGH and _subject_words(claim) <= shared | titled:
        return ALL_WORDS
    many = len(shared | titled) >= 3
    return WORDS if (shared and many) or len(shared & titled) >= 2 else NONE


def _same_levels(claim: Claim, finding: Finding) -> bool:
    """Whether a claim and a finding compare the same two amounts: "twice a week" and "once a week"."""
    said = levels_compared(claim.text)
    if said is None:
        return False
    found = levels_compared(finding.quote or finding.text or "")
    return found is not None and set(found) == set(said)


def _subject_words(claim: Claim) -> frozenset[str]:
    """The content words of a claim without the names it cites and the words that say what happens."""
    text = claim.text
    silent = [(cue.start, cue.end) for cue in change_cues(text)]
    spans = [citation.span for citation in claim.citations]
    if claim.proposition.causal_span is not None:
        spans.append(claim.proposition.causal_span)
    silent += map(claim.sentence.place, spans)
    for low, high in silent:
        text = text[:low] + " " * len(text[low:high]) + text[high:]
    return content_words(text)


def _same_numbers(claim: Claim, finding: Finding) -> bool:
    """Whether numbers too particular to agree by chance stand in both: an interval, a ratio, both groups."""
    effect = finding.effect
    values = {quantity.value for quantity in claim.quantities if quantity.role != "year"}
    if effect is not None and effect.low is not None and effect.high is not None:
        ends = sorted((abs(effect.low), abs(effect.high)))
        for quantity in claim.quantities:
            if quantity.high is not None and _ends_at(quantity.value, quantity.high, ends):
                return True
    if (
        effect is not None
        and effect.value is not None
        and effect.value in values
        and _particular(effect.value)
        and effect.measure.endswith(("-ratio", "-difference"))
    ):
        return True
    if effect is not None and effect.value is not None and effect.measure in _DIFFERENCES:
        for quantity in claim.quantities:
            if quantity.role == "other" and _same_amount(quantity, effect.value, effect.unit):
                return True
    if effect is not None and same_change(claim, effect, particular=True):
        return True
    if any(_same_value(claim, group) for group in finding.groups):
        return True
    groups = [group.value for group in finding.groups if group.value is not None]
    met = [value for value in groups if value in values or -value in values]
    return len(groups) >= 2 and (len(met) >= 2 or any(_particular(value) or value % 1 for value in met))


def _same_value(claim: Claim, group: GroupValue) -> bool:
    """Whether the claim prints the value of a group with its unit: "0.3 MPa". Whole numbers are too many."""
    return (
        group.value is not None
        and group.value % 1 != 0
        and group.unit is not None
        and any(
            one.unit == group.unit != "percent" and abs(one.value) == abs(group.value)
            for one in claim.quantities
        )
    )


def same_change(claim: Claim, effect: EffectEstimate, *, particular: bool) -> bool:
    """Whether the claim prints the change in percent that the estimate is: "58 % lower" of a ratio of 0.42.

    A ``particular`` one has neither one digit nor is a round ten: others will be just as large.
    """
    ratio = ratio_of(effect)
    if ratio is None:
        return False
    change = round(abs(1 - ratio[0]) * 100)
    return (
        change > 0
        and (not particular or (change > 10 and change % 10 != 0))
        and any(
            cue.kind == "percent"
            and cue.low < ratio[0] < cue.high
            and abs((cue.low + cue.high) / 2 - ratio[0]) < _MEANT  # "about 30 %" is not the 33 % of another
            for cue in words(claim.text)
        )
    )


_MEANT = Decimal("0.02")  # how far a printed change may be from the one it tells
_DIFFERENCES = frozenset({"mean-difference", "median-difference"})


def _same_amount(quantity: Quantity, value: Decimal, unit: str | None) -> bool:
    """Whether an amount with its unit is an estimate's, as it stands or rounded: "26.5 points" of 26.47.

    One digit is too few: others will be just as large.
    """
    if quantity.unit is None or quantity.unit != (unit or "point") or quantity.unit == "percent":
        return False
    said, places = abs(quantity.value), _places(quantity.value)
    return len(said.as_tuple().digits) >= 2 and round(abs(value), places) == said


def _ends_at(low: Decimal, high: Decimal, ends: Sequence[Decimal]) -> bool:
    """Whether a printed range is an interval, as it stands or rounded to the places printed."""
    printed = sorted((abs(low), abs(high)))
    return all(
        one == end or (_places(end) > _places(one) and round(end, _places(one)) == one)
        for one, end in zip(printed, ends, strict=True)
    )


def _places(value: Decimal) -> int:
    """The decimals that a number is printed with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _one_group(claim: Claim, finding: Finding) -> bool:
    """Whether the share of one of a finding's groups stands among several of the claim."""
    values = {quantity.value for quantity in claim.quantities if quantity.role == "percent"}
    return len(values) >= 2 and any(group.value in values for group in finding.groups)


def _particular(value: Decimal) -> bool:
    """Whether a number has two decimals or three digits: few others will be just this."""
    digits = value.as_tuple()
    return (isinstance(digits.exponent, int) and digits.exponent <= -2) or len(digits.digits) >= 3
