# ruff: noqa: E501 - tables of patterns read better unwrapped
"""Whether words say that something differed, or that nothing did: of an article and of an abstract alike.

A wider look than ``claims.sentence.direction``, which asks what happened to one outcome: an association, a p
value, an interval, any comparison counts. A text that says both is cut between the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claims.findings import direction_words
from claims.joining import THAN
from claims.sentence.change import change_cues
from claims.sentence.going import AMOUNTS

__all__ = ["BOTH", "NONE", "SOME", "Said", "Stretch", "compares", "said", "stretches"]

NONE, SOME, BOTH = "none", "some", "both"
LONGEST = 4000  # characters that are read

_NEGATES = (
    r"(?<!who have )(?<!who had )(?<!who did )(?<!who do )(?<!who could )(?<!that could )(?<!who were )(?<!who are )(?<!those )"
    r"(?:\b(?-i:[Nn]o)\b(?!\s(?:less|more|later|fewer)\b)|\bnot\b(?! (?:only|just|merely|received?|given|taking|taken|until|known|have|part|eat|use)\b)"
    r"|\bnor\b|\bneither\b|\bnone\b|\bwithout\b(?=\s(?:[a-z-]+\s){0,2}(?:effects?|side|differ|affect|impact|chang|influenc|alter|improv|reduc|increas|rais|lower))|\black(?:ed|s)?\b|n['’]t\b|\bfail(?:ed|s)? to\b|\bnever\b|\bcannot\b"
    r"|\bnothing\b|\bunlikely\b|\bhardly\b|\bbarely\b|\bnobody\b)"
)
_ER = (
    r"(?:bigg|larg|great|small|high|low|long|short|fast|quick|slow|few|likeli|rar|dri|wett|strong|weak|thick|thinn|heavi|light|nic|saf|easi|hard|dens"
    r"|warm|cool|cold|happi|calm|sharp|clear|poor|rich|bright|old|young|fitt|health|steep|deep|late|earli|soon|broad|wid|narrow|tall)"
)
_TELLS = (
    r"(?:significan\w+|differ(?!ential)\w*|associat\w+|correlat\w+|relat(?:ed|ion\w*)|predict\w*|effects?\b|effective\w*|affect\w*|impact\w*"
    r"|chang\w+|influenc\w+|modif\w+|budge\w*|alter\w*|improve\w*|enhanc\w*|promot\w*|worsen\w*|reduc\w+|increas\w+|decreas\w+|lower\w*|higher|better|worse|superior\w*|link\w*"
    r"|tied\b|benefit\w*|advantage\w*|help\w*|matter\w*|gain\w*|rise\b|fall\b|drop\b|shift\w*|move\w*|raise\w*|greater|fewer|longer|shorter|evidence\b"
    rf"|(?:commoner|{_ER}(?:er|ier))\b"
    r"|trend\b|connect\w*|bearing\b|correspond\w*|depend\w*|prevent\w*|cut\b|ease\b|relieve\w*)"
)
_DENIES = re.compile(
    rf"{_NEGATES}(?:(?!\b(?:but|whereas|while|although|however)\b)[^.;:()]){{0,60}}?\b{_TELLS}(?:\s(?:[a-z]+\s){{0,2}}?{_TELLS})*",
    re.IGNORECASE,
)
_ALIKE = re.compile(
    r"\b(?:unrelated|unaffected|unchanged|insignificant(?:ly)?|non-?significan\w+|(?:similar(?:ly|ity)?|comparabl[ey])(?! or\b)|equivalen\w+"
    r"|equal(?:ly|led)?|identical(?:ly)?|alike|independent(?:ly)? of|no different(?:ly)?|on a par|neck and neck|level pegging"
    r"|(?:much|all|very|more or less) (?:of a muchness|alike)|untouched|unmoved|no odds|in line with|(?:gave|gives|got|gets|did|does) nothing (?:out of|for|to)|neither here nor there|made no dent|no sign of"
    r"|(?:is|are|was|were|stay(?:s|ed)?|remain(?:s|ed)?|look(?:s|ed)?|about|much|roughly|nearly|practically|just|exactly|almost|fared|did|felt|scored) the same"
    r"|stayed (?:put|flat|level|steady|as)|held steady|remained (?:stable|constant|steady|as)|nothing to do with|to choose between"
    rf"|no (?:better|worse|more|less|commoner|{_ER}(?:er|ier)))\b(?! than (?:about |around )?\d)"
    rf"|\b(?:nor|neither|not|n['’]t)\b[^.;:()]{{0,50}}? any (?:better|worse|more|less|commoner|{_ER}(?:er|ier))\b"
    r"|\bn\.s\."
    r"|(?<!twice )(?<!times )(?<!half )\b(?:just )?as (?!well as\b)(?:common|often|likely|frequent|many|much|high|low|well|good|effective|safe)\w* (?:as|in|with|among)\b(?!\s(?:\d|[a-z]+ly\s\d))",
    re.IGNORECASE,
)
# that something differed, was linked to something, was the more
_APART = re.compile(
    r"\b(?<!\bat )(?:significant(?:ly)?|differ(?:s|ed|ent|ently|ence|ences)?|associat(?:ed|ions?)|correlat\w+|linked|tied|related|predict(?:ed|ors?|s)?|ahead(?! of (?:it|time|schedule|them)\b)"
    r"|outperform\w*|outdid|beat|won|surpass\w*|superior\w*|best|worst|most|fewest|least|commoner|inclined"
    rf"|{_ER}(?:er|ier|est|iest))\b",
    re.IGNORECASE,
)
# of the words of change those that mostly name something else: "double reading", "a control"
_NO_CHANGE = re.compile(
    r"(?:double|controls?|blocks?|treat(?:ed|s)?|support(?:ed|s|ing)?|protective|powerful|(?:similar|comparable) or\b.*)$",
    re.IGNORECASE,
)
# "was noted, although not significant, in": nothing differed in the whole of it
_THOUGH_NOT = re.compile(
    r",?\s(?:but|although|though|albeit|yet|if),?\s(?:(?:it|this|these|they|the|was|were|is|are|did|differences?|changes?)\s)*"
    r"(?:not\s|non-?|in)(?:(?:quite|statistically|clinically|always|to)\s)*(?:reach(?:ing)?\s(?:statistical\s)?)?significan(?:t(?:ly)?|ce)(?:\sso)?(?=\s?[,;.(]|$)",
    re.IGNORECASE,
)
_PART_ENDS = re.compile(r"[;.](?=\s|$)|,?\s(?:whereas|while|but|however)\s|,\sand\s", re.IGNORECASE)
# "older adults", "an earlier group": who they were
_OF_WHOM = re.compile(
    r"\s(?:groups?|cohorts?|patients|people|adults|women|men|children|age|ages|studies|study|trials?|work|reports?|papers?)\b",
    re.IGNORECASE,
)
_AGES = ("earlier", "later", "older", "younger", "oldest", "youngest")
_UP_TO = re.compile(r"\s(?:\d|[a-z]+ly\s\d)")  # "as many as 30 %"
_WITH_NONE = re.compile(rf"\b(?:{THAN})\s$", re.IGNORECASE)
_NOT_NOT = re.compile(
    r"\bnot (?:(?:statistically|quite|at all|entirely|exactly|all) )?"
    r"(?:non-?inferior|unrelated|insignificant|dissimilar|unlike|alike|identical|equal|comparable|the same|similar)",
    re.IGNORECASE,
)
# a breath between what a text says of one thing and of another
_BREAK = re.compile(
    r"(?P<clear>;|\s[–—]\s|,?\s(?:but|whereas|while|whilst|although|though|however|yet|except|despite|in contrast)\b,?)"
    r"|:|\.\s|,\s(?:and|with|which|as were|nor|neither|only)\b|,\s|\sand\s"
)
_BOUND = re.compile(r"\s(?:than\s)?(?:about\s)?(?:\d|once\b|twice\b|one\b|two\b|three\b)|-")


@dataclass(frozen=True, slots=True)
class Said:
    """Words that say that something differed (``SOME``) or that nothing did (``NONE``); ``judged``: by a p value
    or an interval, which is of what stands before it."""

    kind: str
    start: int
    end: int
    judged: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a text that says one of the two; ``kind`` is None where it says neither, ``BOTH`` where it has p
    values or intervals of both kinds."""

    kind: str | None
    text: str


@lru_cache(maxsize=2048)
def said(text: str) -> tuple[Said, ...]:
    """What a text says of differences, in order; what stands within a denial says nothing of its own.

    >>> [one.kind for one in said("Pain was lower; the doses did not differ.")]
    ['some', 'none']
    """
    text = text[:LONGEST]
    found = [Said(NONE, *match.span()) for pattern in (_DENIES, _ALIKE) for match in pattern.finditer(text)]
    found += _judged(text)
    found += [
        Said(NONE if cue.meaning == "no-difference" else SOME, cue.start, cue.end)
        for cue in change_cues(text)
        if text[cue.start - 1 : cue.start] != "-"
        and not _NO_CHANGE.match(text, cue.start, cue.end)
        and not (cue.meaning == "no-difference" and _UP_TO.match(text, cue.end))
    ]
    found += [Said(SOME, *match.span()) for match in _apart(text)]
    # "compared with no change": what it is compared with
    found = [
        one
        for one in found
        if one.kind != NONE or one.judged or not _WITH_NONE.search(text, max(0, one.start - 16), one.start)
    ]
    denied = [one for one in found if one.kind == NONE]
    denied += [Said(NONE, *where) for where in _denied_throughout(text)]
    if _NOT_NOT.search(text):
        return ()
    kept = {
        one
        for one in found
        if one.kind == NONE or not any(one.start < other.end and one.end > other.start for other in denied)
    }
    return tuple(sorted(kept, key=lambda one: (one.start, one.end, one.kind)))


def _apart(text: str) -> Iterator[re.Match[str]]:
    """Words of difference that are no bound of a number and do not tell who people were."""
    for match in _APART.finditer(text):
        who = match[0].lower() in _AGES and _OF_WHOM.match(text, match.end()) is not None
        if not who and not _BOUND.match(text, match.end()):
            yield match


def _denied_throughout(text: str) -> list[tuple[int, int]]:
    """The parts of a text that are denied by an aside: "improvement, although not significant, was noted"."""
    found = []
    for match in _THOUGH_NOT.finditer(text):
        before = [one.end() for one in _PART_ENDS.finditer(text, 0, match.start())]
        behind = _PART_ENDS.search(text, match.end())
        found.append((before[-1] if before else 0, behind.start() if behind else len(text)))
    return found


def compares(text: str) -> bool:
    """Whether a text says in so many words that something was the more, the better, or differed.

    >>> compares("They walked or took an inhibitor."), compares("Fewer of them fell.")
    (False, True)
    """
    return (
        AMOUNTS.search(text) is not None
        or any(True for _ in _apart(text))
        or any(
            cue.meaning in ("better", "worse") or text[: cue.end].endswith("ed")
            for cue in change_cues(text)
            if cue.meaning != "no-difference" and not _NO_CHANGE.match(text, cue.start, cue.end)
        )
    )


def _judged(text: str) -> list[Said]:
    """P values and intervals."""
    found = []
    for match in direction_words.P.finditer(text):
        value = float("0" + re.sub(r"[·,]", ".", match["p"]).replace(" ", "").lstrip("0"))
        above = match["sign"] in (">", "≥") and value >= 0.05
        if above or (match["sign"] == "=" and value > 0.05):
            found.append(Said(NONE, *match.span(), True))
        elif value <= 0.05:
            found.append(Said(SOME, *match.span(), True))
    ratio = direction_words.RATIO.search(text) is not None
    if ratio or "difference" in text:
        null = 1.0 if ratio else 0.0
        for match in direction_words.CI.finditer(text):
            low, high = (
                float(re.sub(r"[−–\s]", "-", one).replace("·", ".").replace("--", "-"))
                for one in match.group("low", "high")
            )
            found.append(Said(NONE if low <= null <= high else SOME, *match.span(), True))
    return found


@lru_cache(maxsize=2048)
def stretches(text: str) -> tuple[Stretch, ...]:
    """A text cut between what it says to differ and what it says not to, in order.

    Where no breath stands between the two they stay together, and the denial counts.

    >>> [(one.kind, one.text) for one in stretches("Pain was lower, but sleep did not change.")]
    [('some', 'Pain was lower'), ('none', ', but sleep did not change.')]
    """
    text = text[:LONGEST]
    told = said(text)
    if not told:
        return (Stretch(None, text),)
    found: list[Stretch] = []
    low, held = 0, [told[0]]
    for one in told[1:]:
        cut = _between(text, held[-1].end, one) if one.kind != held[-1].kind else None
        if cut is not None:
            found.append(Stretch(_kind(held), text[low:cut]))
            low, held = cut, []
        held.append(one)
    found.append(Stretch(_kind(held), text[low:]))
    return tuple(found)


def _kind(told: Sequence[Said]) -> str:
    """A denial counts over a difference; of numbers that say both neither does."""
    if len({one.kind for one in told if one.judged}) == 2:
        return BOTH
    return NONE if any(one.kind == NONE for one in told) else SOME


def _between(text: str, low: int, following: Said) -> int | None:
    """Where the text is cut before ``following``: at the first clear break, else at the last of the others."""
    if following.judged:
        return None  # a p value is of what stands before it
    if text.startswith("without", following.start):
        return following.start
    breaks = list(_BREAK.finditer(text, low, following.start))
    clear = [match for match in breaks if match["clear"]]
    if clear:
        return clear[0].start()
    return breaks[-1].start() if breaks else None
