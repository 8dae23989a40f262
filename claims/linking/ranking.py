# ruff: noqa: E501 - tables of patterns read better unwrapped
"""Which group a sentence sets over the others, and whether its abstract sets another one there.

"The rise was steepest on A", "it was the B group that slept longer", "A outdid B": each names the group that
had the more of something, the less, or fared the better. An abstract that says so of another group, of the
same outcome, says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from claims.abstracts.passages import LONGEST, written_out
from claims.findings.sections import sentences
from claims.linking.groups_named import names_of
from claims.linking.results import Result, results_of
from claims.linking.weighing import Weighed, of_another, same, weighed
from claims.printed.told import told_in
from claims.printed.words import near_in_meaning
from claims.sentence.differing import NONE, said
from claims.sentence.going import AMOUNTS, THAN, sides

__all__ = ["Outranked", "outranked"]

Words = Mapping[str, str]

_WORTH = re.compile(
    r"\b(?:(?P<down>worse|worst|inferior|poorer|poorest|less (?:effective(?:ly)?|efficacious|successful(?:ly)?|well)|came off worse|lagged behind|fared badly)"
    r"|(?P<up>better|best|superior|more (?:effective(?:ly)?|efficacious|successful(?:ly)?)|(?P<verb>outdid|outdoes|outperform(?:s|ed)?|outshone|outstripped|surpass(?:es|ed)|beats?|trumped|bested)"
    r"|won|came out (?:ahead|on top)|comes out (?:ahead|on top)|had the (?:edge|upper hand)|pulled ahead|the winner))\b(?! than (?:cure|nothing))",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r";|:\s|,?\s(?:but(?! not)|whereas|while|although|though)\s|,\s(?=(?:and|with|so|which|who|giving|as)\s)"
)
_ASIDE = re.compile(r"\((?=[^()]*\d)[^()]*\)|\[[^\[\]]*\]")
# "more than 200 mg": no comparison
_BOUND = re.compile(
    r"\b(?:more|less|fewer|greater|longer|higher|lower|older|younger|shorter|better|later) than (?=(?:about |around |an? )?(?:[\d£$€]|once|twice|one|two|three|four|half|third|quarter|hour|day|week|month|year))",
    re.IGNORECASE,
)
# "in the oil group", "by those on oil"
_IN_WHOM = re.compile(
    r"\b(?:in|with|on|among|under|by|for|after|following|from|of|where|when)\s(?:(?:the|those|people|patients|participants|who|children|adults|given|taking|on|in|with|had|been|were|was|got|using|receiving"
    r"|assigned|to|an?|use of|it was)\s)*(?P<name>[^,;:()]{2,60}?(?:\s(?:who|that|whose)\s[^,;:()]{2,50}?(?=$|[,;:.()]|\sthan\b))?)(?=$|[,;:.()]|\s(?:in|with|on|among|at|by|for|after|during|within|over|from|of|than|when|was|were|had|is|are)\b)",
    re.IGNORECASE,
)
_CLEFT = re.compile(
    r"\bit (?:was|is)(?: mostly| in fact| actually| only)? (?:(?:the|in|with|on|among|for|those|people|who|were|given|by)\s)*(?P<name>[^,;:()]{2,60}?) (?:that|who|which|where|in whom)\b",
    re.IGNORECASE,
)
_WHO_HAD = re.compile(
    r"(?:^|[,;:]\s|\b(?:and|but|that)\s)(?P<name>[^,;:()]{2,70}?)\s(?:had|has|have|showed|shows|got|gave|gives|gained|saw|reported|recorded|took|needed|required|experienced|produced|came with|received|did"
    r"|brought|led to|elicited|achieved|reached|slept|scored|lived|felt|spent|used|lost)\s(?:\w+ly\s|also\s|the\s|an?\s|much\s|far\s|no\s|slightly\s|rather\s|by far\s)*$",
    re.IGNORECASE,
)
# which of several words of a clause says how it compares: "the rise was steepest"
_COMPARES = re.compile(r"(?:\w+(?:er|est)|more|most|less|least|fewe\w+)", re.IGNORECASE)
_NOT = re.compile(r"(?:,|\band|\bbut)\s(?:not|never)\s(?:in|with|on|after|for|among)\b")
_OF_A_GROUP = re.compile(
    r"[\s-](?:(?:dose|risk|intensity|level|CRP)\s)?(?:groups?|arms?|quartiles?|tertiles?|cohort)\b"
    r"|[\s-](?:radiation\s)?(?:doses?|dosages?)\b"
)  # "the elevated group", "the lower dose"
_ABOVE_ALL = re.compile(r"\w+est|most|least|best|worst", re.IGNORECASE)
_PLACED = re.compile(
    r"\s(?:\w+ly\s)?(?:in|with|on|among|under|by|for|after|without|from|to|at|when|where|during|over)\b|\W*$",
    re.IGNORECASE,
)
_ALL_OF_THEM = re.compile(r"(?:both|each|all|either|every|the two|the three)\b", re.IGNORECASE)
_OVER = re.compile(r"\b(?:in|on|at|for|when|after|over)\b|[,;:]")
_JOINT = re.compile(
    r"(?:\s|^)(?:and|or|versus|vs\.?|than|to|with|from|compared|against)(?:\s|$)|[,;/]", re.IGNORECASE
)
_LISTED = 90  # characters between two groups that one sentence names beside one another
_ANCHORED = 0.25  # of what a sentence says beside the groups that a result has to have


@dataclass(frozen=True, slots=True)
class _Ranked:
    """``up``: whether the group ``name`` had the more, or fared the better (``worth``), than ``beside``."""

    worth: bool
    up: bool
    name: Words
    beside: Words
    loosely: bool = (
        False  # ``name`` has what was measured as well: "the women's pain was lower than the men's"
    )
    plainly: bool = True  # by a comparison or by numbers, not by what something did ("A raised it")
    alone: bool = False  # above all others: "the steepest", "it was A that"
    counted: bool = False  # by a number for each: where both texts do so, N101 holds the numbers themselves


@dataclass(frozen=True, slots=True)
class Outranked:
    """A result that sets another group where the sentence sets its own; ``up``: over the others, or under."""

    up: bool
    result: Result
    share: float
    words: Words


@lru_cache(maxsize=512)
def outranked(text: str, title: str, abstract: str) -> Outranked | None:
    """The result nearest to a sentence that sets another group over the others; None where none does."""
    text = written_out(text, abstract)
    mine = [one for one in _ranked(text) if one.name or one.beside]
    found = weighed(text, title, abstract) if len(mine) == 1 else None
    if found is None:
        return None
    (claim,) = mine
    every = {stem: word for result in results_of(abstract) for stem, word in result.words.items()}
    best: tuple[float, Outranked | None] = (0.0, None)
    for result in results_of(abstract):
        for part in _ranked(result.text):
            anchored = _anchored(found, claim, result.words, every) if part.worth == claim.worth else 0.0
            if anchored < _ANCHORED or result.kind == NONE or not part.plainly:
                continue
            if (claim.counted and part.counted) or of_another(text, result.text):
                continue
            against = _against(claim, part, result, title, abstract)
            if against is not None and (anchored > best[0] or (anchored == best[0] and not against)):
                told = Outranked(claim.up, result, round(anchored, 4), result.words) if against else None
                best = (anchored, told)
    return best[1]


def _ranked(text: str) -> tuple[_Ranked, ...]:
    """The groups that the clauses of a text set over or under others, in order."""
    found: list[_Ranked] = []
    for clause in _CLAUSE.split(_BOUND.sub(" ", _ASIDE.sub(" ", text))):
        if any(one.kind == NONE for one in said(clause)):
            continue
        for worth, pattern in ((False, AMOUNTS), (True, _WORTH)):
            cues = [one for one in pattern.finditer(clause) if not _OF_A_GROUP.match(clause, one.end())]
            if len({cue["up"] is not None for cue in cues}) == 1:
                comparing = [cue for cue in cues if _COMPARES.fullmatch(cue[0])]
                found.append(_of_clause(clause, (comparing or cues)[-1 if comparing else 0], worth))
                break
    if not any(one.plainly and (one.name or one.beside) for one in found):
        return _by_numbers(text) or tuple(found)
    return tuple(found)


def _by_numbers(text: str) -> tuple[_Ranked, ...]:
    """The two groups of which a sentence tells a number each, the higher first."""
    if any(one.kind == NONE for one in said(text)):
        return ()
    told = [one for one in told_in(text) if one.value is not None and one.kind != "count"]
    if len(told) != 2 or told[0].value == told[1].value or any(one.number.change for one in told):
        return ()
    if told[0].kind != told[1].kind:
        return ()
    under, over = sorted(told, key=lambda one: one.value or 0)
    names = names_of(over.number.own), names_of(under.number.own)
    if not (_only(*names) and _only(*reversed(names))):
        return ()
    return (_Ranked(False, True, names[0], names[1], counted=True),)


def _of_clause(clause: str, cue: re.Match[str], worth: bool) -> _Ranked:
    before, after = clause[: cue.start()], clause[cue.end() :]
    up = cue["up"] is not None
    if worth and cue["verb"]:
        ending = _OVER.search(after)
        return _Ranked(worth, up, names_of(before), names_of(after[: ending.start()] if ending else after))
    before, beside = sides(before)
    parted = THAN.search(after) or _NOT.search(after)
    behind = after[: parted.start()] if parted is not None else after
    if parted is not None:
        beside = f"{beside} {after[parted.end() :]}"
    plainly = worth or bool(beside.strip()) or _COMPARES.fullmatch(cue[0]) is not None
    cleft = _CLEFT.search(before)
    alone = cleft is not None or _ABOVE_ALL.fullmatch(cue[0]) is not None
    named = cleft or _WHO_HAD.search(before)
    if named is None and (plainly or _PLACED.match(after)):
        named = _IN_WHOM.search(behind)
        if named is None and not beside.strip():
            named = _last(_IN_WHOM, before)
    if named is not None and _ALL_OF_THEM.match(named["name"]):
        return _Ranked(worth, up, {}, {})
    if named is None:
        return _Ranked(worth, up, names_of(before), names_of(beside), True, plainly)
    return _Ranked(worth, up, names_of(named["name"]), names_of(beside), False, plainly, alone)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    *_, last = [None, *pattern.finditer(text)]
    return last


def _anchored(found: Weighed, claim: _Ranked, words: Words, every: Words) -> float:
    """How much of what a sentence says beside the groups, in words that any result has, one result has; 1 where
    it says nothing else."""
    names = {} if claim.loosely else claim.name
    rest = [one for one in found.words if not same(one, names) and not same(one, claim.beside)]
    known = [one for one in rest if same(one, every)]
    if not rest:
        return 1.0
    whole = sum(found.shares[one] for one in known)
    return sum(found.shares[one] for one in known if same(one, words)) / whole if whole else 0.0


def _against(claim: _Ranked, part: _Ranked, result: Result, title: str, abstract: str) -> bool | None:
    """Whether a result sets another group where the claim sets its own; None where nobody can tell."""
    own, theirs = _only(claim.name, claim.beside), _only(part.name, part.beside)
    under, below = _only(claim.beside, claim.name), _only(part.beside, part.name)
    loosely = claim.loosely or part.loosely
    alike = _meet(under, below) or (not loosely and _meet(own, theirs))
    if not loosely and _denied(own, theirs):
        return claim.up == part.up
    crossed = _meet(own, below), _meet(under, theirs)
    if all(crossed) or (any(crossed) and not alike):
        return claim.up == part.up
    if alike:
        return False if claim.up == part.up or any(crossed) else None
    if claim.up != part.up or not claim.alone or loosely or _meet(own, names_of(result.sentence)):
        return None
    if any(near_in_meaning(word, dict(theirs)) for word in own.values()):
        return None
    return True if _listed(own, theirs, title, abstract) else None


def _denied(one: Words, other: Words) -> bool:
    """Whether one names those who have what the others are without: carriers, people who carry nothing."""
    return any(
        same(stem.removeprefix("no "), mine)
        for mine, theirs in ((one, other), (other, one))
        for stem in theirs
        if stem.startswith("no ")
    )


def _only(one: Words, other: Words) -> Words:
    return {stem: word for stem, word in one.items() if not same(stem, other)}


def _meet(one: Words, other: Words) -> bool:
    return any(same(stem, other) for stem in one)


def _listed(one: Words, other: Words, title: str, abstract: str) -> bool:
    """Whether the source names two groups beside one another: "randomised to A or B"."""
    if not one or not other:
        return False
    body = abstract[:LONGEST]
    for text in (title, *(written_out(body[part.start : part.end], body) for part in sentences(body))):
        places: tuple[list[tuple[int, int]], ...] = ([], [])
        for match in re.finditer(r"[^\W\d_][\w'’]*", text):
            words = names_of(match[0])
            for group, where in zip((one, other), places, strict=True):
                if any(same(stem, group) for stem in words):
                    where.append((match.start(), match.end()))
        for low, high in places[0]:
            for start, end in places[1]:
                gap = text[high:start] if high < start else text[end:low]
                if low != start and len(gap) <= _LISTED and _JOINT.search(gap):
                    return True
    return False
