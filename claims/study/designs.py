# ruff: noqa: E501 - tables of patterns read better unwrapped
"""The features of a study's design: how a sentence tells of one, how a source gives it, which ones rule it out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from claims.alternatives import lowered, one_of
from claims.study.design_features import ALL, FEATURES, NOT_CURATED, OF_CURATED

__all__ = ["OF_OTHERS", "cannot_be", "designs_told", "feature_named", "given", "never_said", "ruled_out"]
_SAID = tuple((one.name, re.compile(one.said, re.IGNORECASE)) for one in ALL if one.said)
_STRICT = {one.name: re.compile(one.strict, re.IGNORECASE) for one in ALL}
_LOOSE = {one.name: re.compile(one.loose, re.IGNORECASE) for one in ALL}

# a design that somebody wants, or that others had, or that this study did not
_NOT_TOLD = re.compile(
    r"\b(?:not|no|non|never|without|nobody|none|nor|rather than|instead of|unlike|cannot|lacks?|lacking|needs?|needed"
    r"|await\w*|future|further|more|earlier|previous|other|until|only|\w+n['’]t|mendelian|if|should|would|could)"
    r"[\s,-]+(?:[\w-]+\s){0,3}$",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"[^.;]{0,40}?\b(?:trials?|stud(?:y|ies)) (?:is|are|were|was|would be|to)\b[^.;]{0,20}?"
    r"\b(?:needed|wanted|awaited|lacking|missing|called for|required|come)\b",
    re.IGNORECASE,
)
# lines of an abstract that tell of other studies than this one
OF_OTHERS = re.compile(
    r"\b(?:previous(?:ly)?|earlier|prior|other|recent|future|further|additional|few|lack of)\s(?:[\w,-]+\s){0,5}"
    r"(?:trials?|stud(?:y|ies)|reports?|work|research|literature|published)\b"
    r"|\b(?:needed|warranted|required|called for|ongoing|under way)\b",
    re.IGNORECASE,
)


def cannot_be(name: str, design: str) -> bool:
    """Whether a study of a curated design cannot have had a feature.

    >>> cannot_be("randomised", "cohort"), cannot_be("randomised", "crossover-trial")
    (True, False)
    """
    if name in feature_named(design):
        return False
    return design in NOT_CURATED.get(name, ()) or any(
        one in feature_named(design) for one in FEATURES[name].apart
    )


_ANY_SAID = one_of(one.said for one in ALL if one.said)


@lru_cache(maxsize=2048)
def designs_told(text: str) -> tuple[tuple[str, int, int], ...]:
    """The features that a sentence tells of the study it cites, each with where it does.

    >>> [name for name, *_ in designs_told("In a randomised trial, 40 adults walked.")]
    ['randomised', 'trial']
    >>> designs_told("No randomised trial has looked at it.")
    ()
    """
    return tuple(_told(text)) if _ANY_SAID.search(lowered(text)) else ()


def _told(text: str) -> Iterator[tuple[str, int, int]]:
    for name, pattern in _SAID:
        for match in pattern.finditer(text):
            if _NOT_TOLD.search(text, max(0, match.start() - 60), match.start()) and name != "all randomised":
                continue
            if not _WANTED.match(text, match.end()):
                yield name, match.start(), match.end()
                break


def feature_named(design: str | None) -> tuple[str, ...]:
    """The features that a curated design surely has."""
    return OF_CURATED.get(design or "", ())


def given(name: str, lines: Sequence[str]) -> tuple[bool, str] | None:
    """Whether a source surely gives the feature, and its line; None where nothing in it may be meant for it."""
    for sure, pattern in ((True, _STRICT[name]), (False, _LOOSE[name])):
        line = next((line for line in lines if pattern.search(line) and not OF_OTHERS.search(line)), None)
        if line is not None:
            return sure, line
    return None


def ruled_out(name: str, lines: Sequence[str]) -> tuple[str, str] | None:
    """The words of a source that rule a feature out, and their line; None where none do."""
    for other in FEATURES[name].apart:
        for line in lines:
            match = _STRICT[other].search(line)
            if match is not None and not OF_OTHERS.search(line):
                return match[0], line
    return None


# what an abstract of some length does not leave unsaid: by whatever words it may be meant
_ALWAYS_SAID = {"randomised": re.compile(
    r"random|\bRCTs?\b|\btrial|\bassign|\ballocat|\ballott|\bplacebo|\bsham\b|cross-?over|\blot\b|\blots\b|coin", re.IGNORECASE
)}  # fmt: skip
_WHOLE = 600  # characters of an abstract that tells of its methods


def never_said(name: str, lines: Sequence[str]) -> bool:
    """Whether a source of some length has no word that may be meant for a feature that is never left unsaid."""
    words = _ALWAYS_SAID.get(name)
    return words is not None and sum(map(len, lines)) >= _WHOLE and not any(map(words.search, lines))
