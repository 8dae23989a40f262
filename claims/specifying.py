"""What a claim says more closely than its concepts do, and so which findings of its sources it tells of.

A source that set walking against nothing and against other exercise answers two questions. A claim that says
"alone", or names what it compares with, or one outcome among several, asks only one of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from claims.alignment import content_words
from claims.alternatives import lowered, one_of
from claims.concepts import CLOSE, Fit, Vocabulary, fold
from claims.joining import THAN
from claims.linking.fitting import turned_around
from claims.model import Claim, LinkedFinding
from graph.evidence import Finding, Iri

__all__ = ["alone_told", "closer", "outcome_by_words", "says_alone", "told_apart"]

_ALONE = one_of(
    [
        r"\b(?:(?<!left )(?<!leave )(?<!let )(?<!living )(?<!lived )(?<!lives )alone|"
        r"on (?:its|their) own|by (?:itself|themselves)|in isolation|unaided|single-handed(?:ly)?|"
        r"(?:with|and|needs?|takes?|adding) (?:nothing|no(?:thing)? (?:other|extra|additional)|no extras?)\b"
        r"[^.;:,]{0,20}?(?:else|added|other|extra|more|help|support|treatment|care)|"
        r"without (?:any(?:thing|one)?|other|further|extra|additional|the)\b[^.;:,]{0,30}?"
        r"(?:else|added|help|support|treatment|care|extras?|coaching|guidance|supervision|advice|lessons?))\b",
    ]
)
# "advice with walking did more than advice alone": what it is compared with
_OF_THE_OTHERS = re.compile(rf"\b(?:{THAN}|from)\s[^,;:.]{{0,60}}$", re.IGNORECASE)
_EITHER = re.compile(r"\b(?:alone|or|either|each|both|by itself|on its own)\b", re.IGNORECASE)
_SET_APART = 0.55  # below what any rule takes for the finding that a claim tells of
_NAMED_ITSELF = 0.03
_NAMED_CLOSELY = 0.04  # of equal fits, the one whose outcome the claim names by more of its words
# words of an outcome's name that say how it was measured, not what it is
_MEASURES = content_words("intensity severity activity function status health intake use rate duration onset")


# what a comparison of sizes measures: "taller" is of a height
_SIZES: Mapping[str, frozenset[str]] = {
    form: content_words(measured)
    for forms, measured in (
        ("taller smaller", "height stature"),
        ("longer shorter", "length"),
        ("heavier lighter", "weight mass"),
        ("thicker thinner", "thickness"),
        ("wider narrower", "width"),
        ("denser", "density"),
        ("stiffer", "stiffness"),
        ("faster slower", "speed pace"),
        ("stronger weaker", "strength force"),
    )
    for form in forms.split()
}
_SIZE = re.compile(rf"\b(?:{'|'.join(_SIZES)})\b", re.IGNORECASE)


def outcome_by_words(claim: Claim, outcomes: Sequence[Iri], vocabulary: Vocabulary) -> Iri | None:
    """Of the outcomes a source studied, the one whose name the claim uses without its being a label.

    "Switches on the erector spinae" names "erector spinae activity", "a longer spine" "spinal length". None
    where two are named alike.
    """
    mine = content_words(claim.text)
    sized = [_SIZES[match.group().lower()] for match in _SIZE.finditer(claim.text)]
    named: dict[Iri, int] = {}
    for iri in dict.fromkeys(outcomes):
        label = content_words(vocabulary.label(iri))
        words = label - _MEASURES
        if words and words <= mine:
            named[iri] = len(words)
        elif any(label & measured for measured in sized):
            named[iri] = len(words & mine)
    most = max(named.values(), default=0)
    best = [iri for iri, words in named.items() if words == most]
    return best[0] if len(best) == 1 else None


def says_alone(text: str) -> bool:
    """Whether a sentence says of what it tells about that nothing else was given with it.

    >>> says_alone("Walking by itself eased pain."), says_alone("Walking did more than advice alone.")
    (True, False)
    """
    return alone_told(text) is not None


def alone_told(text: str) -> re.Match[str] | None:
    """Where a sentence says so; None where it does not."""
    return next(
        (one for one in _ALONE.finditer(lowered(text)) if not _OF_THE_OTHERS.search(text, 0, one.start())),
        None,
    )


def closer(claim: Claim, found: Sequence[LinkedFinding], vocabulary: Vocabulary) -> list[LinkedFinding]:
    """The findings of the cited works, those set apart that answer another question than the claim asks.

    Set apart are those of another comparator, and of another dose, where one of the claim's own is there
    too; of a claim that says "alone", those of two treatments together, where one of the first by itself is
    there too; of a claim on two treatments, those of one of them where one of both is there too; and those of
    another kind or group, where the claim names one of several that a sentence tells apart.
    """
    said = claim.proposition
    kept = list(found)
    if said.comparator:
        fits = [
            Fit.SAME
            if turned_around(claim, one.finding, vocabulary)
            else vocabulary.best_fit(said.comparator, one.finding.comparator)
            for one in kept
        ]
        if any(fit in CLOSE for fit in fits):
            kept = [
                one if fit is None or fit in CLOSE else _apart(one)
                for one, fit in zip(kept, fits, strict=True)
            ]
    if says_alone(claim.text) and not said.co_intervention:
        single = [one for one in kept if not one.finding.co_intervention]
        kept = [
            _apart(one)
            if one.finding.co_intervention and any(_same_question(one, other, vocabulary) for other in single)
            else one
            for one in kept
        ]
    elif said.co_intervention or (len(said.exposure) > 1 and not _EITHER.search(claim.text)):
        named = (*said.exposure, *said.co_intervention)
        both = [one for one in kept if vocabulary.best_fit(named, one.finding.co_intervention) in CLOSE]
        kept = [
            _apart(one)
            if not one.finding.co_intervention
            and any(_same_question(one, other, vocabulary) for other in both)
            else one
            for one in kept
        ]
    kept = _of_printed_dose(claim, kept, vocabulary)
    mine = content_words(claim.text)
    kept = [
        _apart(one)
        if any(told_apart(one.finding, other.finding, mine) for other in kept if other is not one)
        else one
        for one in kept
    ]
    return [_named_closely(claim, one, vocabulary) for one in kept]


def told_apart(finding: Finding, other: Finding, mine: frozenset[str]) -> bool:
    """Whether a sentence of a source gives a finding beside another of the same, and ``mine``, a claim's
    content words, name the other only: "0.73 for ground coffee and 0.89 for instant coffee".
    """
    if finding.quote is None or finding.quote != other.quote or finding.outcome != other.outcome:
        return False
    one, two = _own_words(finding), _own_words(other)
    return bool(two & mine) and bool(one) and not one & mine


def _own_words(finding: Finding) -> frozenset[str]:
    """The content words of a finding's label that its sentence has nowhere else."""
    label, quote = finding.label or "", finding.quote or ""
    return content_words(label) - content_words(quote.replace(label, " ", 1)) if label else frozenset()


def _of_printed_dose(
    claim: Claim, found: Sequence[LinkedFinding], vocabulary: Vocabulary
) -> list[LinkedFinding]:
    """The findings, those of another strength set apart where the claim prints the strength of one of them.

    "The 0.1 % drops" are not the 0.5 % drops; what is a share elsewhere is a dose where a finding has it.
    """
    printed = {(quantity.value, quantity.unit) for quantity in claim.quantities if quantity.unit is not None}
    met = [
        one
        for one in found
        if any(dose.low == dose.high and (dose.low, dose.unit) in printed for dose in one.finding.dose)
    ]
    return [
        _apart(one)
        if one.finding.dose
        and one not in met
        and any(_same_question(one, other, vocabulary) and _other_dose(one, other) for other in met)
        else one
        for one in found
    ]


def _other_dose(one: LinkedFinding, other: LinkedFinding) -> bool:
    """Whether two findings give doses in one unit that are not the same."""
    mine = {(dose.low, dose.high, dose.unit) for dose in one.finding.dose}
    units = {dose.unit for dose in other.finding.dose}
    return bool(units & {dose.unit for dose in one.finding.dose}) and not mine & {
        (dose.low, dose.high, dose.unit) for dose in other.finding.dose
    }


def _apart(one: LinkedFinding) -> LinkedFinding:
    return replace(one, direction="neutral", score=min(one.score, _SET_APART))


def _same_question(one: LinkedFinding, other: LinkedFinding, vocabulary: Vocabulary) -> bool:
    return (
        vocabulary.best_fit(one.finding.exposure, other.finding.exposure) in CLOSE
        and vocabulary.best_fit(one.finding.outcome, other.finding.outcome) in CLOSE
    )


def _named_closely(claim: Claim, one: LinkedFinding, vocabulary: Vocabulary) -> LinkedFinding:
    """ "Pain intensity" is nearer to "neck pain intensity" than to "neck pain"."""
    said = claim.proposition
    if vocabulary.best_fit(said.outcome, one.finding.outcome) not in CLOSE:
        return one
    mine = content_words(claim.text)
    names = [vocabulary.label(iri) for iri in one.finding.outcome if iri not in said.outcome]
    if names and one.finding.label:
        names.append(one.finding.label)
    shares = [len(words & mine) / len(words) for name in names if (words := content_words(name))]
    share = max(shares, default=1.0)
    # of two results on one outcome, the one whose own name the claim uses: "average pain", not "worst pain"
    own = _all_words(one.finding.label or "")
    named = len(own & _all_words(claim.text)) / len(own) if own else 0.0
    value = one.score - _NAMED_CLOSELY * (1 - share) + _NAMED_ITSELF * named
    return replace(one, score=round(min(1.0, value), 4))


def _all_words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in re.findall(r"[^\W\d_]{4,}", text))
