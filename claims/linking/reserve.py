# ruff: noqa: E501 - tables of patterns read better unwrapped
"""What a source holds back from and an article says without reserve, by the sentences of the abstract.

The sentence of the abstract that tells what the article says is found by its words and what they mean
(``claims.linking.passages``). It counts where it is clearly nearer than any that says the same outright.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims import quantities, wording
from claims.abstracts.passages import passages
from claims.linking.passages import likeness
from claims.sentence.voice import reports_a_study

__all__ = ["RATED", "Held", "held_about", "held_back"]

# Verbs by which any paper reports its result; they hold back nothing about the effect itself.
_REPORTING = ("suggest", "indicat", "support", "impl", "propos", "whether", "determine", "hypothes")
RATED = re.compile(
    r"\b(?:very[- ]low|low|moderate|high)(?:\s?(?:to|-|or)\s?(?:low|moderate|high))?[- ](?:certainty|quality)"
    r"(?:\s(?:of\s)?(?:the\s)?evidence)?",
    re.IGNORECASE,
)
# How alike a passage has to be that tells what the sentence says, and by how much less those without reserve
_ENOUGH = ((0.5, 0.15), (0.4, 0.2))
# Words that hold back about how the thing is called, known or thought of, or that are no hedge here.
_NO_RESERVE = re.compile(
    r"(?:thought|believed|assumed|considered|felt|said|expected|proposed|early (?:signs|data)|whether|not |little"
    r"|unknown|determine|investigat|examin|assess|evaluat|hypothes|speculat|potential )",
    re.IGNORECASE,
)
# A hedge about what has happened: a sentence in the past may have lost it too.
_HAPPENED = re.compile(
    r"\b(?:(?:may|might|could) have|(?:appear|seem)(?:s|ed)? to have|(?:appeared|seemed)|(?:possibly|perhaps) \w+ed"
    r"|(?:may|might|could) be (?:(?:an?|the) (?:result|consequence|cause|effect)|due to|because of|explained by|attribut\w+))\b",
    re.IGNORECASE,
)
_CLAUSES = re.compile(
    r"(?:;|,)\s(?=(?:however|but|whereas|while|although|though|yet|which|and)\b)|;\s|\s(?=and (?:may|might|could)\b)",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|didn['’]t|wasn['’]t|weren['’]t|[a-z]{2,}ed|fell|rose|got|came|went|made|kept|took|gave|led|cut"
    r"|slept|felt|found|saw|ran|grew|shrank|lost|won|brought|stood|held|left|turned)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"\b(?:is|are|has|have|does|do|will|can)\b", re.IGNORECASE)
_WAS = re.compile(r"\b(?:was|were|had|did)\b", re.IGNORECASE)
# what one should do, or what is possible, is not said to be so
_ADVISES = re.compile(r"\b(?:should|must|ought|recommend\w*|advis\w+|can|cannot|can['’]t)\b", re.IGNORECASE)
_OF_RESULTS = ("percent", "statistic", "interval")
_FOUND = re.compile(
    r"\b(?:found|showed|shown|reported|according to|conclu\w+|say|says|said)\b", re.IGNORECASE
)
# whose finding it is, before or behind what is said: "Abel found that tea helps", "tea helps, says a trial"
_FINDS = (
    r"(?:found|finds|showed|shows|reported|reports?|conclude[sd]?|confirm(?:s|ed)?|demonstrate[sd]?"
    r"|reveal(?:s|ed)|established|say|says|said)"
)
_ATTRIBUTED = re.compile(
    rf"^[^.;:]{{0,120}}?\b{_FINDS} that\b|^according to [^,.;]{{1,100}},|,? according to [^,.;]{{1,100}}"
    rf"|,\s(?:[\w’'.]+\s){{1,6}}{_FINDS}\b(?=[^\w]*$|,)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence of an abstract that holds back, and the words by which it does."""

    words: str
    passage: str


def held_back(text: str) -> str:
    """The first words of ``text`` that hold back about the effect, or ""."""
    for cue in wording.hedge_cues(text):
        words = text[cue.start : cue.end]
        if cue.level >= 2 and not words.lower().startswith(_REPORTING):
            return words
    return ""


def held_about(text: str, abstract: str) -> Held | None:
    """How an abstract holds back from what ``text`` says flatly; None where it does not, or is not sure to.

    >>> told = "Tea was given to 90 people. Colds did not differ. Green tea might make gums healthier."
    >>> held_about("Green tea makes your gums healthier.", told).words
    'might'
    >>> held_about("Green tea might make your gums healthier.", told) is None
    True
    """
    if wording.hedge_level(text) > 0 or text.rstrip().endswith("?") or _ADVISES.search(text):
        return None
    plain = _ATTRIBUTED.sub(" ", text)
    attributed = plain != text or _FOUND.search(text) is not None or reports_a_study(text)
    as_found = attributed or any(one.role in _OF_RESULTS for one in quantities.find(text))
    told = passages(abstract)
    anyhow = _general(plain)
    if as_found:
        if not anyhow or _PAST.search(plain):
            return None  # told as it was found
        # told as what is so: what the source makes of its results counts, and no longer how they came out
        told = tuple(one for one in told if one.last and (_reserve(one.words) or _general(one.words)))
    held = [
        (clause, words, one.text)
        for one in told
        if anyhow or _HAPPENED.search(one.text)
        for clause, words in _held_clauses(one.words)
    ]
    if not held:
        return None
    fit, words, passage = max((likeness(plain, clause), words, passage) for clause, words, passage in held)
    free = max((likeness(plain, part) for one in told for part in _free(one.words)), default=0.0)
    if not any(fit >= enough and fit - free >= apart for enough, apart in _ENOUGH):
        return None
    return Held(words, passage)


def _held_clauses(text: str) -> Iterator[tuple[str, str]]:
    """The clauses of a sentence that hold back, with the words by which they do."""
    for clause in _CLAUSES.split(text):
        words = _reserve(clause)
        if words:
            yield clause, words


def _free(text: str) -> list[str]:
    """What a sentence says without reserve: the whole, or those of its clauses that do not hold back."""
    clauses = _CLAUSES.split(text)
    free = [clause for clause in clauses if not _reserve(clause)]
    return [text] if len(free) == len(clauses) else free


def _reserve(text: str) -> str:
    """The first words that hold back about the thing itself, or ""; a rating of evidence is none of them."""
    plain = RATED.sub("", text)
    for cue in wording.hedge_cues(plain):
        words = plain[cue.start : cue.end]
        if cue.level >= 2 and not words.lower().startswith(_REPORTING) and not _NO_RESERVE.match(words):
            return words
    return ""


def _general(text: str) -> bool:
    """Whether a sentence says what is so, not what happened in a study."""
    if _WAS.search(text):
        return False
    return _PAST.search(text) is None or _PRESENT.search(text) is not None
