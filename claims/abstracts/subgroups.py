# ruff: noqa: E501 - tables of patterns read better unwrapped
"""In which of two opposed groups a result was found: "in men, but not in women", "in those under 65".

The pairs are of people that a study may set apart, by their words. A group that a sentence compares with is
none that it tells the result of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from claims.abstracts.passages import passages
from claims.expressions import expression
from claims.findings import direction_words
from claims.findings.outcome_sentences import tokens_of
from claims.linking.passages import likeness
from claims.sentence.comparators import comparator_regions

__all__ = ["Elsewhere", "found_elsewhere"]

_UNITS = r"\b(?! ?(?:%|percent|per cent|mg|kg|points?|ml|days|weeks|months|minutes|patients|people|cases))"
_OLD = (
    r"(?:\b(?:over|above|past|beyond|older than|at least)|[≥>]|> ?or ?=) ?(?:the age of )?[4-9]\d"
    + _UNITS
    + r"|\b[4-9]\d (?:years )?(?:and|or) (?:over|older|above|more)\b|\bolder (?:people|patients|adults|women|men|participants|age|ones|group)\b|\b(?:the )?elderly\b|\b(?:seniors|pensioners)\b"
)
_YOUNG = (
    r"(?:\b(?:under|below|younger than|less than|before)|<|< ?or ?=|≤) ?(?:the age of )?[3-9]\d"
    + _UNITS
    + r"|\b[3-9]\d (?:years )?(?:and|or) (?:under|younger|below)\b|\byounger (?:people|patients|adults|women|men|participants|age|ones|group)\b|\bthe young\b"
)

# Both sides of each pair; the words of one hold none of the other.
_PAIRS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (expression(one, re.IGNORECASE), expression(other, re.IGNORECASE))
    for one, other in (
        (
            r"\b(?:men|males?|boys|blokes|fathers|husbands|gentlemen)\b",
            r"\b(?:women|females?|girls|ladies|mothers|wives)\b",
        ),
        (_OLD, _YOUNG),
        (
            r"\b(?:at[- ]risk\W{0,2}(?: (?:group|people|volunteers|participants|adults))?|cases|migraineurs|sufferers|those (?:with the (?:disease|condition|illness)|affected)|affected (?:people|families|children))\b",
            r"\b(?:controls|control (?:group|participants|subjects|people)|healthy (?:people|volunteers|subjects|participants|adults|comparison)|people without)\b",
        ),
        (
            r"\b(?<!non-)(?<!non )(?<!ex-)(?<!former )(?:smokers|smoking (?:men|women|mothers))\b",
            r"\b(?:non-?smok(?:ers|ing)|never[- ]smok(?:ers|ed)|people who (?:had )?never smoked)\b",
        ),
        (
            r"\b(?:obese|overweight|heavier|fat(?:ter)?) (?:people|patients|women|men|children|adults|participants|group|subjects|mothers|ones)?",
            r"\b(?:normal[- ]weight|lean(?:er)?|slim(?:mer)?|non-?obese|thin(?:ner)?)\b",
        ),
        (
            r"\b(?:pre-?menopausal|before the menopause)\b",
            r"\b(?:post-?menopausal|after the menopause|past the menopause)\b",
        ),
        (
            r"\b(?:people|patients|those|women|men|adults|participants|group) with (?:type [12] )?diabetes\b|(?<!non-)\bdiabetics?\b",
            r"\b(?:without diabetes|non-?diabetic\w*)\b",
        ),
        (
            r"\b(?:nullipar\w+|primipar\w+|first-time mothers|first pregnanc\w+|first babies)\b",
            r"\b(?:multipar\w+|(?:mothers|women) (?:with|who had) (?:earlier|other|previous) (?:children|births))\b",
        ),
        (r"\b(?:rural|country ?side|villages?)\b", r"\b(?:urban|cit(?:y|ies)|towns?)\b"),
        (r"\b(?:severe|severely|worst|most severe)\b", r"\b(?:mild|mildly|mildest|less severe)\b"),
        (
            r"\b(?<!non-)(?<!non)(?:participating|enrolled|took part in the study)\b",
            r"\b(?:non-?participating|not (?:enrolled|taking part|participating)|outside the study)\b",
        ),
    )
)
_NONE = expression(
    r"\b(?:(?:did|do|does|was|were|is|are|had|has|have|could|but|and|though) (?:\w+ly )?(?:not|no)|not (?:in|among|for|significant)|neither|nor|never|n['’]t|unrelated|similar|alike"
    r"|the same|absent|lack of|no (?:\w+ ){0,3}(?:differen\w+|correlat\w+|associat\w+|effects?|changes?|links?|relation\w*|increases?|decreases?|benefits?|improvements?|trends?|evidence))\b|^\W*not\b",
    re.IGNORECASE,
)
_CLAUSES = expression(
    r";\s|,\s(?=(?:but|whereas|while|and not|although|however|yet|in contrast|compared)\b)|\s(?=(?:but not|but|whereas|while)\s)",
    re.IGNORECASE,
)
_CONCEDES = expression(r"\W*(?:although|while|whereas|though)\b[^,;]{10,160},\s", re.IGNORECASE)
_NEAR = 0.5  # likeness from which on a passage tells what the sentence says
_TOLD_APART = 0.4  # the same, where that passage denies it of the one group and says it of the other
_NEARER = 0.1  # a passage on neither group may be nearer by that much
_APART = 0.15  # a passage less alike by that much tells something else


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A result that a sentence tells of one group (``said``) and its abstract of the opposed one (``found``)."""

    said: str
    start: int
    found: str
    passage: str


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause of an abstract without what it compares with; ``whole`` is its sentence, short forms written out."""

    text: str
    sentence: str
    whole: str


@lru_cache(maxsize=256)
def _clauses(abstract: str) -> tuple[_Clause, ...]:
    return tuple(
        _Clause(_without_comparator(part), one.text, one.words)
        for one in passages(abstract)
        for part in _parts(one.text)
    )


def _parts(sentence: str) -> list[str]:
    """The clauses of a sentence: "Although none did in men, women slept longer" has two."""
    cut = _CONCEDES.match(sentence)
    if cut is None:
        return _CLAUSES.split(sentence)
    return [cut[0], *_CLAUSES.split(sentence[cut.end() :])]


def found_elsewhere(text: str, abstract: str) -> Elsewhere | None:
    """Where an abstract has found in the opposed group what ``text`` tells of one; None where it is not sure.

    >>> told = "Kelp was given. Rash after kelp was more frequent in males. Nausea was rare."
    >>> found_elsewhere("Rash after kelp was more frequent in women.", told).found
    'males'
    >>> found_elsewhere("Rash after kelp was more frequent in men.", told) is None
    True
    """
    own = _without_comparator(text)
    for pair in _PAIRS:
        for mine, other in (pair, pair[::-1]):
            said = mine.search(own)
            if said is None or other.search(text):
                continue
            found = _found(own, said, mine, other, abstract)
            if found is not None:
                return found
    return None


def _found(
    text: str, said: re.Match[str], mine: re.Pattern[str], other: re.Pattern[str], abstract: str
) -> Elsewhere | None:
    clauses = [one for one in _clauses(abstract) if mine.search(one.text) or other.search(one.text)]
    if not any(other.search(one.text) for one in clauses):
        return None
    denied = _NONE.search(text) is not None
    same = [one for one in clauses if (_NONE.search(one.text) is not None) == denied]
    theirs = [one for one in same if _tells_of(other, one.text) and not mine.search(one.text)]
    if not theirs:
        return None
    fit, best = max(((likeness(text, one.whole), one) for one in theirs), key=lambda one: one[0])
    if {_way(text), _way(best.text)} == {"more", "less"}:
        return None  # "fewer in women" is not other than "more in men"
    denied_here = any(
        one.sentence == best.sentence
        and one not in same
        and mine.search(one.text)
        and not other.search(one.text)
        for one in clauses
    )
    if not (fit >= _TOLD_APART and denied_here):
        own = [one for one in clauses if mine.search(one.text) and (one in same or other.search(one.text))]
        against = max((likeness(text, one.whole) for one in own), default=0.0)
        nearest = max(likeness(text, one.words) for one in passages(abstract))
        if fit < _NEAR or against > fit - _APART or nearest > fit + _NEARER:
            return None
    who = other.search(best.text)
    return Elsewhere(said[0], said.start(), who[0] if who else "", best.sentence)


def _way(text: str) -> str | None:
    """Whether a text says "more" or "less" of what it tells; None where neither or both."""
    tokens = {token.lower() for token in tokens_of(text)}
    more, less = bool(tokens & direction_words.MORE), bool(tokens & direction_words.LESS)
    return None if more == less else "more" if more else "less"


def _tells_of(group: re.Pattern[str], text: str) -> bool:
    """Whether a clause tells its result of a group, and not of more than it: "particularly women"."""
    return any(not _ABOVE_ALL.search(text, 0, match.start()) for match in group.finditer(text))


_ABOVE_ALL = expression(
    r"\b(?:particularly|especially|including|notably|above all|such as)\s(?:\w+\s){0,2}$", re.IGNORECASE
)


def _without_comparator(text: str) -> str:
    for low, high in comparator_regions(text):
        text = text[:low] + " " * (high - low) + text[high:]
    return text
