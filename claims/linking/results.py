# ruff: noqa: E501 - tables of patterns read better unwrapped
"""What an abstract says of differences, result by result, with the words that tell which result it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from claims.abstracts.passages import passages
from claims.alignment import GENERAL
from claims.concepts import fold
from claims.findings.outcome_sentences import stem
from claims.linking.nearness import SILENT
from claims.sentence.change import change_cues
from claims.sentence.differing import BOTH, NONE, SOME, said, stretches

__all__ = ["Result", "naming_words", "results_of", "telling_words"]

# what a study set out to find, or took into account, is no result
_ASIDE = re.compile(
    r"\b(?:aim(?:s|ed)?|objective|purpose|hypothes\w+|to (?:determine|evaluate|assess|investigate|examine|compare|test|explore|study|establish)"
    r"|whether|we (?:sought|studied|investigated|compared|evaluated|examined)|(?:was|were) (?:used|compared|calculated|determined|performed|adjusted|evaluated|assessed"
    r"|randomi[sz]ed|considered|enrolled|recruited|divided|(?:randomly )?(?:allocated|assigned))|ha(?:s|ve) been|remains? unclear|little is known|further (?:research|studies)|future|(?:may|might|could|should|would)\s)\b",
    re.IGNORECASE,
)
_FOUND = re.compile(
    r"\b[pP]\s?[<>=≤]\s?0?[.·]\d|\b(?:CI|confidence interval)\b|\bsignifican|\b(?:OR|RR|HR)\b\s?[=:]?\s?\d"
)
_COMPARES = re.compile(
    r"\b(?:than|versus|vs|compared|less|more|lower|higher|fewer|greater|smaller|longer|shorter|rarer|commoner)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’]*")
# "interleukin-6": which of its kind
_NUMBERED = re.compile(r"\b[^\W\d_]{2,}-(\d{1,3})\b(?![-.]\d|\s?%|-)")
_WHEN = re.compile(r"\b(\d+)(?:\s|-)(hour|day|week|month|year)s?\b", re.IGNORECASE)
_SIDE_EFFECT = re.compile(r"\bside effects?\b", re.IGNORECASE)
# words of any report that the list for whole sentences does not hold
_EMPTY = frozenset(
    """
    they them she its who which mind also even here there one three four five six seven eight nine ten ones all off turned came
    went out set side part did done had has being neither still whatever said though yet according judged authors team
    took say says put get got see saw seen look looked became become remained remain ended ending end start started
    whereas while although however thus hence therefore respectively either point measurement interval kept keep left right way ways kind sort thing things rest picture story case finding findings
    versus use used uses using reach reached achieve achieved statistical statistically significance rated rating ratings mere merely instead already spent spend contrast subject subjects
    whereby whom hand serve served apart alone felt margin extent degree
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Result:
    """A stretch of an abstract. ``kind``: none, some, or None where it says nothing of a difference.

    ``words``: those that tell which result it is, folded, by their stem; where it has none, those of its
    sentence, or of the one before. ``sentence``: the whole of it.
    """

    kind: str | None
    text: str
    words: Mapping[str, str]
    sentence: str


@lru_cache(maxsize=512)
def results_of(abstract: str) -> tuple[Result, ...]:
    """The results of an abstract in order; no background, no aim, no method."""
    found: list[Result] = []
    before: Mapping[str, str] = {}
    for one in passages(abstract):
        if one.section != "results" and _ASIDE.search(one.text) and not _FOUND.search(one.text):
            continue
        whole = telling_words(one.words)
        for stretch in stretches(one.words):
            words = telling_words(stretch.text)
            if stretch.kind == NONE and not words and found and found[-1].sentence == one.text:
                last = found[-1]  # "was less frequent, but the difference was not significant"
                kind = NONE if _COMPARES.search(last.text) else BOTH
                found[-1] = replace(last, kind=kind if last.kind == SOME else last.kind)
                continue
            if not words and all(sign.judged for sign in said(stretch.text)):
                continue  # a p value in brackets, parted from what it is of
            found.append(Result(stretch.kind, stretch.text.strip(" ,;"), words or whole or before, one.text))
        before = whole or before
    return tuple(found)


@lru_cache(maxsize=4096)
def telling_words(text: str) -> Mapping[str, str]:
    """The words of a text that say what it is about, folded, by their stem; no words of change.

    >>> sorted(telling_words("Fewer of the walkers had significantly less knee pain.").values())
    ['knee', 'pain', 'walker']
    """
    text = _SIDE_EFFECT.sub("adverse events", text)
    return _words(text, tuple((one.start, one.end) for one in said(text)))


@lru_cache(maxsize=4096)
def naming_words(text: str) -> Mapping[str, str]:
    """The same of a piece of a text, words of change among them: quicker, where it is only looked for others."""
    return _words(_SIDE_EFFECT.sub("adverse events", text), ())


def _words(text: str, changes: tuple[tuple[int, int], ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for match in _WHEN.finditer(text):
        when = f"{match[1]} {match[2].lower()}"
        found[when] = when
    for match in _NUMBERED.finditer(text):
        found[f"-{match[1]}"] = match[0].lower()
    for match in _WORD.finditer(text):
        plain = match[0].lower()
        word = fold(plain)
        short = len(word) < (2 if match[0].isupper() else 3)
        if short or word in SILENT or word in GENERAL or not _EMPTY.isdisjoint((word, plain)):
            continue
        if any(low <= match.start() < high for low, high in changes) and _of_change(word):
            continue
        found.setdefault(stem(word), word)
    return found


@lru_cache(maxsize=1 << 14)
def _of_change(word: str) -> bool:
    """Whether a word by itself says that something differed or changed, or would deny it."""
    return bool(change_cues(word) or said(word) or said(f"not {word}"))
