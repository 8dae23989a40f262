# ruff: noqa: E501 - tables of patterns read better unwrapped
"""Which way the parts of a text say that amounts went, and of whom beside whom: up or down, no good or bad.

"Pain was lower with A than with B" goes down on the side of A, up on the side of B.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["AMOUNTS", "THAN", "Going", "goes_together", "goings", "sides", "told_amounts"]

_DOWN = (
    r"to a lesser (?:extent|degree)|less(?! than)|lesser|fewer|lower(?:ed|s|ing)?|reduc(?:es?|ed|ing|tions?)|decreas(?:es?|ed|ing)|declin(?:es?|ed|ing)|fell|falls?|fallen|drop(?:s|ped)?|smaller"
    r"|shorter(?:ed|s)?|rarer|diminish\w*|slower|weaker|halved|shrank|shrunk|shrinks?|lowest|fewest|smallest|shortest|came down|come down|went down|going down"
    r"|slipped|dipped|dwindled|thinner|lighter|narrower|slowest|weakest|cut(?: down)?|sank|scarcer|seldomer|down by"
)
_UP = (
    r"(?<!nothing )(?<!anything )more(?! than| so)|higher|greater|larger|bigger|increas(?:es?|ed|ing)|rose|risen|rises?|rising|raised|raises|climb(?:s|ed|ing)?|grew|grown|growing|longer|commoner|likelier"
    r"|highest|greatest|largest|biggest|longest|commonest|likeliest|went up|going up|gone up|doubled|tripled|trebled|stronger|strongest|elevated|exceeded|thicker|heavier"
    r"|drier|steeper|heaviest|thickest|wider|deeper|worse(?=\b.{0,20}\b(?:pain|symptoms))|mounted|soared|swelled|up by"
)
AMOUNTS = re.compile(rf"\b(?:(?P<down>{_DOWN})|(?P<up>{_UP}))\b", re.IGNORECASE)
# "more slowly", "more rarely" is less; "less rarely" more
_OF_LITTLE = re.compile(
    r"\s(?:slow\w*|rare\w*|seldom|infrequent\w*|weak\w*|brief\w*|small|short)\b", re.IGNORECASE
)
# "18 or more", "with more severe illness", "at higher doses": how much of something else, no result
_ELSE = re.compile(
    r"(?:\bor|(?<!associated )(?<!linked )(?<!came )(?<!went )(?<!along )(?<!together )(?<!tied )(?<!correlated )\bwith|\bat|\bno|\bnot|\bwithout|-)\s?(?:(?:an?|the|any|much|even|significant(?:ly)?)\s)?$",
    re.IGNORECASE,
)
_BOUND = re.compile(r"\s(?:than\s)?(?:about\s)?(?:\d|once\b|twice\b|one\b|two\b|three\b)|-", re.IGNORECASE)
# "a greater reduction": the noun says which way; "the change was greater" does not
_HOW_MUCH = re.compile(
    r"\s(?:\w+\s)?(?:reductions?|decreases?|declines?|drops?|falls?|increases?|rises?|improvements?|relief|changes?|differences?)\b",
    re.IGNORECASE,
)
_OF_CHANGE = re.compile(
    r"\b(?:changes?|differences?|reductions?|improvements?|decreases?|declines?|increases?|(?<!side )(?<!adverse )effects?) [^;:]*\b(?:was|were|is|are)\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\((?=[^()]*\d)[^()]*\)|\[[^\[\]]*\]")
# what else is said to have happened, no amount: it stands apart from what went up or down
_OTHERWISE = re.compile(
    r"\b(?:enhanc\w+|improv\w+|benefi\w+|better|worse|poorer|superior\w*|inferior\w*|favou?r\w*|prevent\w*|unchanged|similar\w*|(?:more|less) (?:effective|efficacious)|no (?:change|difference)s?)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r";|:|,\s|\s(?:and|but|whereas|while|although|though)\s")
THAN = re.compile(
    r"\b(?:than|(?:as )?compared (?:with|to)|in comparison (?:with|to)|versus|vs\b\.?|relative to|as opposed to|rather than|unlike"
    r"|against(?= (?:\d|the\b|those\b|an?\b)))(?=\W)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"[;:,]|\s(?:but|whereas|while|although|and (?=(?:the|no|there|in|a)\b)|with re(?:gard|spect)|regarding|in terms)"
)
# what stands there after the one it is compared with: when and where
_THERE = re.compile(
    r"(?:\s[\w+.'’%-]+){2,}?(?=\s(?:in|for|at|after|during|over|within|among)\b)|(?:\s[\w+.'’%-]+){1,9}"
)


@dataclass(frozen=True, slots=True)
class Going:
    """A part of a text of which all goes one way: ``up`` or down. ``beside``: what it is compared with."""

    up: bool
    text: str
    beside: str


@lru_cache(maxsize=2048)
def goings(text: str) -> tuple[Going, ...]:
    """The parts of a text that go up or down, in order; what stands in brackets is left out.

    >>> [(one.up, one.beside.strip()) for one in goings("Pain was lower with A than with B, and sleep rose.")]
    [(False, 'with B'), (True, '')]
    """
    text = _ASIDE.sub(" ", text)
    told = sorted([*told_amounts(text), *_otherwise(text)], key=lambda one: one[1:])
    if all(up is None for up, _, _ in told):
        return ()
    found: list[Going] = []
    low, held = 0, [told[0]]
    for one in told[1:]:
        breaks = [match.start() for match in _BREAK.finditer(text, held[-1][2], one[1])]
        if one[0] != held[-1][0] and not breaks:
            return tuple(found)  # which of the two is said of what nobody can tell
        if breaks:
            found += _going(text[low : breaks[-1]], held[0][0])
            low, held = breaks[-1], []
        held.append(one)
    return (*found, *_going(text[low:], held[0][0]))


def _otherwise(text: str) -> Iterator[tuple[None, int, int]]:
    for match in _OTHERWISE.finditer(text):
        yield None, match.start(), match.end()


def told_amounts(text: str) -> Iterator[tuple[bool, int, int]]:
    """Each word of amounts that says which way a result went: up or down, and where it stands.

    One of which nobody can tell the way ("a smaller decrease") is given twice, once for each.
    """
    for match in AMOUNTS.finditer(text):
        noun = _HOW_MUCH.match(text, match.end())
        if noun is not None and (match["up"] is None):
            yield True, match.start(), match.end()
            yield False, match.start(), match.end()  # "a smaller decrease": nobody can tell
            continue
        if noun is not None or _OF_CHANGE.search(text, max(0, match.start() - 80), match.start()):
            continue
        if _BOUND.match(text, match.end()) or _ELSE.search(text, max(0, match.start() - 24), match.start()):
            continue
        up = match["up"] is not None
        if _OF_LITTLE.match(text, match.end()):
            up = not up
        yield up, match.start(), match.end()


def _going(text: str, up: bool | None) -> tuple[Going, ...]:
    if up is None:
        return ()
    return (Going(up, *sides(text)),)


_THE_MORE = re.compile(
    r"\bthe (?:more|less|fewer|\w{3,}er)\b[^.;:]{2,80}?, the (?:more|less|fewer|\w{3,}er)\b", re.IGNORECASE
)


def goes_together(text: str) -> bool:
    """Whether a text says what goes with what, and not which way either went.

    >>> goes_together("The more it rained, the more they coughed."), goes_together("They coughed more.")
    (True, False)
    """
    return _THE_MORE.search(text) is not None


def sides(text: str) -> tuple[str, str]:
    """What a text speaks of, and what it sets that beside.

    >>> sides("Pain fell with A, compared with the B group.")
    ('Pain fell with A,  ', ' the B group.')
    """
    main, beside, at = "", "", 0
    for match in THAN.finditer(text):
        if match.start() < at:
            continue
        ending = _ENDS.search(text, match.end())
        end = ending.start() if ending else len(text)
        there = _THERE.match(text, match.end(), end)
        end = there.end() if there else end
        main += text[at : match.start()] + " "
        beside += text[match.end() : end]
        at = end
    return main + text[at:], beside
