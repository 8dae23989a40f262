# ruff: noqa: E501 - tables of patterns read better unwrapped
"""What the others got, as a sentence says it: a placebo, a place on a waiting list, usual care, nothing."""

from __future__ import annotations

import re

from claims.abstracts.passages import LONGEST
from claims.alignment import content_words
from claims.expressions import expression
from claims.findings.sections import sentences

__all__ = ["given_to_controls", "kinds_named", "unknown_kind"]

# How each kind of comparison is called, in papers and elsewhere.
_KINDS: dict[str, re.Pattern[str]] = {
    name: expression(pattern, re.IGNORECASE)
    for name, pattern in (
        (
            "a placebo",
            r"\bplacebos?\b|\b(?:dummy|sham|inert|inactive|fake|look-?alike|blank) (?:\w+\s)?(?:pills?|tablets?|capsules?|drugs?|treatments?|medicines?|jabs?"
            r"|injections?|creams?|drops|sessions?|needles?|acupuncture|stimulation|patch(?:es)?|version|drinks?|powders?|surgery|procedures?|infusions?)\b|\bsugar pills?\b|\bsham\b",
        ),
        (
            "a waiting list",
            r"\bwait(?:ing)?[- ]?list(?:s|ed)?\b(?! for (?:surgery|an? |the |transplant|operation))|\bwaitlist\w*",
        ),
        (
            "usual care",
            r"\b(?:usual|standard|routine|ordinary|normal|conventional|existing|regular) (?:\w+\s)?(?:care|treatments?|therap(?:y|ies)|management|practice|follow-?up|programmes?|services?)\b"
            r"|\b(?:treatment|care|practice|therapy) as usual\b",
        ),
    )
}
# Kinds that nobody has by another name: where an abstract tells of none of the three, who says one is wrong.
_SPECIFIC = ("a placebo", "a waiting list")
# Where a placebo may be meant without its name: a blind trial that does not say what its groups were.
_OTHERWISE_NAMED = expression(
    r"\b(?:vehicle|saline|matching|control (?:pill|tablet|capsule|drink|injection|diet|cream|product|supplement|bar))",
    re.IGNORECASE,
)
_NO_TREATMENT = expression(r"\bno[- ](?:treatment|intervention)\b(?! effects?)", re.IGNORECASE)
_BLIND = expression(r"\b(?:un)?(?:blind|mask)\w*|-blind", re.IGNORECASE)
_BOTH_NAMED = expression(
    r"\b(?:versus|vs)\b|\b(?:either|compared? (?:with|to|the)|comparing|comparison (?:of|with)|random\w* (?:assigned |allocated )?to)\s[^.;:]{2,120}?\s(?:or|and|with)\s",
    re.IGNORECASE,
)
# What the controls got may be left unsaid, and a review sums up comparisons of every kind.
_UNSAID = expression(r"\bcontrols?\b|\bmeta-?analy|\breview\b", re.IGNORECASE)
_COMPARES = expression(
    r"\b(?:random\w*|trial|versus|vs|compared|comparing|comparison|controls?|both groups|two groups|three groups|between[- ]group|arms?)\b",
    re.IGNORECASE,
)
_CONTROLS = expression(
    r"\b(?:controls\b|(?:control|comparison|comparator|other|others|untreated|reference)[- ](?:groups?|arms?|clusters?|schools?|wards?|practices?|villages?|clinics?"
    r"|participants|patients|women|men|children|subjects|half|one|ones|counties|areas|units|families|pupils|people))\b",
    re.IGNORECASE,
)
_GOT = expression(
    r"\b(?:receiv(?:ed?|ing)|got|get|had|were (?:given|offered|taught|trained|treated|shown|sent|provided|allowed)|was (?:given|offered)|underwent|continued|attended|followed|served|assigned|allocated|took)\b",
    re.IGNORECASE,
)
_NONE = expression(
    r"\b(?:no|not|nothing|none|neither|nor|never|without|n['’]t|untreated|went without|left alone|empty-handed)\b",
    re.IGNORECASE,
)
_NOTHING_AT_ALL = expression(
    r"\b(?:nothing(?: at all| whatsoever)?|no \w+(?: \w+){0,3} (?:at all|whatsoever|of any (?:kind|sort))|no (?:care|treatment|help|support|intervention) of any (?:kind|sort))\b",
    re.IGNORECASE,
)
_PART = expression(
    r";|,\s|\sand\s(?=(?:\w+\s){1,4}(?:received|got|had|were|was|underwent)\b)|\s(?:while|whereas|but)\s",
    re.IGNORECASE,
)


def kinds_named(text: str) -> tuple[str, ...]:
    """The kinds of comparison that a text names.

    >>> kinds_named("The rest swallowed a dummy pill or waited on a waiting list.")
    ('a placebo', 'a waiting list')
    """
    return tuple(name for name, pattern in _KINDS.items() if pattern.search(text))


def unknown_kind(text: str, abstract: str) -> tuple[str, tuple[str, ...]] | None:
    """The kind that ``text`` says the others got and the abstract does not know, with those that it names.

    None where the abstract names it, may mean it by other words, or compares nothing.
    """
    said = kinds_named(text)
    if len(said) != 1 or not _COMPARES.search(abstract):
        return None
    (kind,) = said
    known = kinds_named(abstract[:LONGEST])
    untreated = _NO_TREATMENT.search(abstract, 0, LONGEST)
    if kind == "usual care" and not known and untreated is not None:
        return kind, (untreated[0].lower(),)
    if kind in known or (not known and _UNSAID.search(abstract)):
        return None
    if kind == "a placebo" and (
        _OTHERWISE_NAMED.search(abstract) or (_BLIND.search(abstract) and not _BOTH_NAMED.search(abstract))
    ):
        return None
    if kind in _SPECIFIC or known:
        return kind, known
    return None


def given_to_controls(text: str, abstract: str) -> str | None:
    """What an abstract says that the controls had, where ``text`` says that they went without it.

    >>> abstract = "In the control group doctors received no visit and nurses received a short course."
    >>> given_to_controls("In the control group not even the nurses were given a course.", abstract)
    'nurses received a short course.'
    >>> given_to_controls("In the control group the doctors were given no visit.", abstract) is None
    True
    """
    if not (_CONTROLS.search(text) and _NONE.search(text) and _GOT.search(text)):
        return None
    wanted = content_words(_CONTROLS.sub(" ", text))
    parts = []
    for one in sentences(abstract[:LONGEST]):
        sentence = abstract[one.start : one.end]
        if one.section == "background" or not _CONTROLS.search(sentence):
            continue
        about = False
        for part in _PART.split(sentence):
            about = about or _CONTROLS.search(part) is not None
            if about and _GOT.search(part):
                parts.append((len(wanted & content_words(part)), part.strip()))
    if not parts:
        return None
    shared, best = max(parts, key=lambda one: one[0])
    whole = _NOTHING_AT_ALL.search(text) is not None and all(not _NONE.search(part) for _, part in parts)
    if _NONE.search(best) or not (shared >= 2 or (whole and shared >= 1)):
        return None
    return best
