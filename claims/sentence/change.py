"""Which way a claim says that its outcome changes: the words of change nearest the outcome.

Good and bad are kept apart from more and less: "improves blood pressure" is a decrease because less of it is
better (``Concept.valence``), "supports bone density" an increase. Where the way cannot be told, None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from claims.alternatives import lowered, number_of, one_of
from claims.quantities.patterns import WORDS
from claims.sentence import everyday
from claims.sentence.change_words import BETTER, DECREASES, INCREASES, MEANINGS, NO_DIFFERENCE
from claims.sentence.returning import comes_later
from claims.sentence.two_groups import CONTROLS, of_two_groups

__all__ = ["ChangeCue", "benefit", "change_cues", "direction"]


# everyday phrases before the single words that may stand in them ("no better than", "keeps pain down")
_ALL = tuple(one for one in everyday.patterns() if one[0] != everyday.SOME_CHANGE) + MEANINGS
_CUES = one_of(pattern for _, pattern in _ALL)
# "more detailed analysis", "less research": of the study, not of the outcome
_OF_STUDY = re.compile(
    r"\s+(?:\w+ly\s+)?(?:detailed|research|stud(?:y|ies)|evidence|data|recent|information|work|effective|"
    r"important|complex|robust|rigorous|trials?|definitive|accurate|powerful|useful|interesting)\b",
    re.IGNORECASE,
)
# "a greater reduction in attacks": the noun says which way
_HOW_MUCH = re.compile(
    r"\s+(?:\w+\s)?(?:reductions?|decreases?|declines?|drops?|falls?|improvements?|benefits?|relief|worsening)\b",
    re.IGNORECASE,
)
# "a first worsening of heart failure happened in 10 %": what happened, not how much of it
_HAPPENED = re.compile(
    r"\s[^.;,]{0,50}\b(?:happened|occurred|(?:was|were) (?:seen|reported|recorded|diagnosed))\b",
    re.IGNORECASE,
)
# "fell asleep 9 minutes sooner", "recovered faster": what is reached sooner has to be wanted
_TIMED = ("sooner", "faster", "quicker", " later")
_GETS_WELL = re.compile(
    r"\b(?:(?:f[ae]ll|drop|dr[io]ft)\w* (?:asleep|off)|sleep\w*|slept|recover\w*|heal\w*|"
    r"(?:got|gets?|getting) (?:better|well)|return\w*|(?:went|goes|go|sent) (?:back|home)|walk\w*)\b[^.;]*$",
    re.IGNORECASE,
)
_A_TIME = re.compile(r"\btimes?\b[^.;]*$", re.IGNORECASE)  # slower times are longer ones
# "more than 100 minutes", "less than 78": a bound of a number, not a change
_BOUND = re.compile(
    rf"\s+(?:than\s+)?(?:about\s+|~\s?)?\d|\s+than\s+(?:about\s+)?(?:an?|half|dozens?|{'|'.join(WORDS)})\b",
    re.IGNORECASE,
)


# "125 minutes or more a day": a bound as well
_OR_MORE = re.compile(
    r"(?:\d|\b(?:minutes?|hours?|days?|weeks?|months?|years?|times?|steps|km|miles))\sor\s$", re.I
)
# "pregnancy-induced", "drug-related": which it is, not what is done to it
_HYPHENS = ("-", "‐", "‑")
_MADE = ("induc", "caus", "trigger", "activat", "stimulat", "reliev", "control", "block", "treat")


@dataclass(frozen=True, slots=True)
class ChangeCue:
    """Words of change. ``meaning``: decreases, increases, no-difference, better or worse."""

    meaning: str
    start: int
    end: int


# "did not keep infections away", but not "those who did not"
_DENIED = re.compile(
    r"(?<!\bwho )(?<!\bthat )\b(?:did|does|do|could|can|will|would|has|have|had)(?: not|n['’]t)\s"
    r"(?:(?!only\b)\w+ly\s)?$",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def change_cues(text: str) -> tuple[ChangeCue, ...]:
    """The words of change in a sentence, in reading order."""
    found = []
    for match in _CUES.finditer(lowered(text[:4000])):
        word = match.group()
        if text[match.start() - 1 : match.start()] in _HYPHENS and word.startswith(_MADE):
            continue
        if word in (
            "more",
            "less",
            "fewer",
            "longer",
            "higher",
            "lower",
            "greater",
            "larger",
            "smaller",
        ) and _BOUND.match(text, match.end()):
            continue
        if word in ("more", "less", "longer", "fewer") and _OR_MORE.search(text, 0, match.start()):
            continue
        if word == "worsening" and _HAPPENED.match(text, match.end()):
            continue
        if word in ("more", "less", "larger", "greater", "longer") and _OF_STUDY.match(text, match.end()):
            continue
        if word in ("greater", "larger", "higher") and _HOW_MUCH.match(text, match.end()):
            continue
        if word.endswith(_TIMED) and not _GETS_WELL.search(text, max(0, match.start() - 60), match.start()):
            continue
        if word == "slower" and _A_TIME.search(text, max(0, match.start() - 30), match.start()):
            continue
        denied = _DENIED.search(text, max(0, match.start() - 30), match.start()) is not None
        meaning = NO_DIFFERENCE if denied else _ALL[number_of(match)][0]
        found.append(ChangeCue(meaning, match.start(), match.end()))
    return tuple(found)


def direction(
    text: str,
    outcome: tuple[int, int],
    valence: str | None,
    ignore: Sequence[tuple[int, int]] = (),
    tried: Sequence[tuple[int, int]] = (),
) -> str | None:
    """What the sentence says happens to the outcome that it names at ``outcome`` (start and end).

    As ``_said_of``; of what comes back the later there is the less: "longer before the pain returned".

    >>> direction("Zinc shortens colds.", (14, 19), "lower")
    'decreases'
    >>> direction("The wait before pain came back grew.", (16, 20), "lower")
    'decreases'
    """
    way = of_two_groups(text, tried)
    cues = change_cues(text)
    # told of the controls first, in words ("the controls had it more often"): turned where it meets a finding
    if way is not None and cues and CONTROLS.search(text, 0, min(cue.start for cue in cues)):
        way = None
    # "38 % halved their migraine days, against 12 %": who had less of it was counted
    if way is None or any(_COUNTED.search(text, 0, cue.start) and cue.end <= outcome[0] for cue in cues):
        way = _said_of(text, outcome, valence, ignore, tried)
    if way in _TURNED and valence == "lower" and comes_later(text, *outcome):
        return _TURNED[way]
    return way


_COUNTED = re.compile(r"\d\s?(?:%|per ?cent)[^,;.]*$|\d (?:in|of|out of) \d+[^,;.]*$", re.IGNORECASE)
_TURNED = {INCREASES: DECREASES, DECREASES: INCREASES}


def _said_of(
    text: str,
    outcome: tuple[int, int],
    valence: str | None,
    ignore: Sequence[tuple[int, int]] = (),
    tried: Sequence[tuple[int, int]] = (),
) -> str | None:
    """What the sentence says happens to the outcome that it names at ``outcome`` (start and end).

    A word of change that the name begins with decides ("fewer falls"), else the last before the name,
    else the first after it; a no-difference wins over the change it denies. Other words within the
    name ("time to fall asleep") and within the stretches ``ignore`` ("cutting salt", an exposure) are
    no words of change, nor are those that say how much was done of what stands at ``tried``.
    """
    start, end = outcome
    silent = [(start, end), *ignore]
    every = change_cues(text)
    unsaid = [match.span() for match in _NOT_SO.finditer(lowered(text))]
    cues = [cue for cue in every if not any(low <= cue.start < high for low, high in (*silent, *unsaid))]
    # "fewer of those who spent more time outdoors became ill": how much of it, not what came of it
    own_amounts = [
        cue
        for cue in cues
        if _AMOUNT_OF.fullmatch(text, cue.start, cue.end)
        and any(
            low - cue.end in (0, 1) or (high <= cue.start and _FOR_LONGER.fullmatch(text, high, cue.start))
            for low, high in tried
        )
    ]
    if len(own_amounts) < len(cues):
        cues = [cue for cue in cues if cue not in own_amounts]
    # "those who stepped up their walking got neck pain": what they did, not what came of it
    cues = [
        cue
        for cue in cues
        if not any(
            cue.end <= low != start and _DID_MORE.fullmatch(text, cue.end, low) is not None
            for low, _ in tried
        )
    ]
    cues = [
        cue
        for cue in cues
        if not (_THEIR_OWN.match(text, cue.end) and _WHO_DID.search(text, max(0, cue.start - 20), cue.start))
        or _THEIR_OWN.fullmatch(text, cue.end, start) is not None
    ]
    before = [cue for cue in cues if cue.start < start]
    after = [cue for cue in cues if cue.start >= end]
    own = [
        cue
        for cue in every
        if cue.start == start
        and cue.end < end
        and text[start : cue.end].lower() not in ("lower", "fall", "falls")
    ]
    if before and before[-1].end > start:  # "did not reduce falls", where the name begins with "reduce"
        return _oriented(before[-1].meaning, valence)
    if own and not (before and _names_a_process(text, start) and _governs(text, before[-1], start)):
        return _oriented(own[0].meaning, valence)
    if before:
        chosen = before[-1]
        if len(before) > 1:
            outer = before[-2]
            if outer.meaning == NO_DIFFERENCE and (
                chosen.start - outer.end < 25 or _AT_DOING.fullmatch(text, outer.end, chosen.start)
            ):
                return NO_DIFFERENCE
            if _negates_harm(text, outer, chosen) or _of_what_worsens(text, outer, chosen, start):
                return DECREASES
        if (
            after
            and _NEW_CLAUSE.search(text, chosen.end, start)
            and not _NEW_CLAUSE.search(text, end, after[0].start)
        ):
            chosen = after[0]  # "worked better than tea: the pain was lower"
        elif after and (alike := _just_as(text, chosen, after, ignore, start)):
            chosen = alike
        elif (
            after and chosen.meaning == NO_DIFFERENCE and _IT_DID.fullmatch(text, chosen.end, after[0].start)
        ):
            chosen = after[0]  # "did not lower the pulse; it raised it"
        elif after and _MAKES.match(text, chosen.start) and _TO.fullmatch(text, end, after[0].start):
            chosen = after[0]  # "caused blood pressure to fall"
        elif after and _THAT_WAS.fullmatch(text, end, after[0].start):
            chosen = after[0]  # "led to a blood pressure that was 7 mm Hg lower"
        elif (
            after and _AND.search(text, chosen.end, start) and _SAID_NEXT.fullmatch(text, end, after[0].start)
        ):
            chosen = after[0]  # "slept longer, and fell asleep 9 minutes sooner"
        elif (
            after
            and _LED_TO.fullmatch(text, chosen.start, start)
            and _SIZED.fullmatch(text, end, after[0].start)
        ):
            chosen = after[0]  # "led to heel pain 29 points lower"
    elif after:
        chosen = _just_as(text, after[0], after[1:], ignore, start) or after[0]
        if (
            chosen.meaning == NO_DIFFERENCE
            and len(after) > 1
            and _IT_DID.fullmatch(text, chosen.end, after[1].start)
        ):
            chosen = after[1]
    else:  # "live longer": the name itself ends with what happens
        ending = [cue for cue in every if start < cue.start and cue.end == end]
        return _oriented(ending[0].meaning, valence) if ending else None
    if valence == "higher" and _GUARDS.match(text, chosen.start):
        return INCREASES
    return _oriented(chosen.meaning, valence)


# "far from lowering pain, it", "hoped that it would help, but": what was not so
_NOT_SO = one_of(
    [
        r"\b(?:far from|rather than|instead of)\s\w+ing\b[^,;.]{0,60},"
        r"|\b(?:thought|hoped|believed|expected|claimed|supposed|meant|intended|billed)\s(?:that|to|as)\b"
        r"[^,;.]{0,80}[,;]\s(?=but|yet|and yet|still)",
    ]
)
_IT_DID = re.compile(
    r"[^.]{0,80}[;,—]\s(?:but\s|instead\s|if anything,?\s)?(?:it|they)\s(?:\w+ly\s)?", re.IGNORECASE
)
_JUST_AS = re.compile(
    r"just as|equally|alike|(?:(?:about|much|exactly) )?the same|identical|as much|no more|no less|neither",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\b(?:and|but|while|whereas|though|yet)\s(?!(?:it|they|that|this|these|did|just|no|so|about|much|to)\b)[^,;]*$",
    re.IGNORECASE,
)


def _just_as(
    text: str, chosen: ChangeCue, after: Sequence[ChangeCue], named: Sequence[tuple[int, int]], start: int
) -> ChangeCue | None:
    """The words behind a change that say it was as great without: "fell, but fell just as much with rest".

    Not where another thing is ``named`` between, one that does not stand at ``start``: "fell, and sleep was
    much the same".
    """
    if chosen.meaning == NO_DIFFERENCE:
        return None
    for one in after:
        if one.meaning == NO_DIFFERENCE and _JUST_AS.match(text, one.start):
            between = _OF_ANOTHER.search(text, chosen.end, one.start) is not None or any(
                chosen.end <= low < one.start and low != start and text[low - 5 : low] != "with "
                for low, _ in named
            )
            return None if between else one
    return None


# "growth of the eye", "relief from pain": a name, which what stands before it may make more or less
_PROCESS = re.compile(
    r"(?:growth|loss|gain|rise|drop|decline|relief|increase|decrease|[a-z]+(?:ing|tion|ment))"
    r"\s(?:of|in|from)\s",
    re.IGNORECASE,
)
_WITHIN = 30  # characters


def _names_a_process(text: str, start: int) -> bool:
    return _PROCESS.match(text, start) is not None


def _governs(text: str, cue: ChangeCue, start: int) -> bool:
    """Whether a word of change stands so close before a name that it is said of it: "0.3 mm less growth"."""
    return start - cue.end <= _WITHIN and not set(",;:.()") & set(text[cue.end : start])


_DID_MORE = re.compile(r"\s?(?:(?:up|down|out|on|their|his|her|your|our|its|daily)\s)+", re.IGNORECASE)
# "the group that raised its steps", "those who cut their hours": what they did, whatever it is called
_WHO_DID = re.compile(r"\b(?:who|that)\s(?:[a-z]+ly\s)?$", re.IGNORECASE)
_THEIR_OWN = re.compile(r"\s(?:up\s|down\s)?(?:their|its|his|her)\s", re.IGNORECASE)
_FOR_LONGER = re.compile(
    r"\s(?:(?:for|much|far|even|a bit|a little|the)\s)*", re.IGNORECASE
)  # "walked for longer"
_AMOUNT_OF = re.compile(
    r"more|less|fewer|longer|greater|higher|lower|larger|faster|slower|quicker|extra\s", re.IGNORECASE
)


# what is good is not made less by being protected: "protects your heart", "protects memory"
_GUARDS = re.compile(r"protect|treat(?:s|ed|ing)?\s+your\b", re.IGNORECASE)


# "no worse than heparin at preventing", "as effective as tea in lowering"
_AT_DOING = re.compile(r"(?:\s[\w-]+){1,6}\s(?:at|in|for)\s")
_NEW_CLAUSE = re.compile(r"[;:—]|\)\s|\.\s")
_MAKES = re.compile(r"(?:caus|led|lead|prompt|stimulat|trigger|induc)", re.IGNORECASE)
_TO = re.compile(r"\s(?:levels?\s|scores?\s)?to\s(?:\w+ly\s)?", re.IGNORECASE)
_THAT_WAS = re.compile(r"\s(?:that|which)\s(?:was|were|is|are)\s[^,;.]{0,30}?(?:\d[\d.]*[^,;.]{0,20})?")
_LED_TO = re.compile(r"(?:led to|leads? to|leading to|produced|left)\s(?:[\w-]+\s){0,2}", re.IGNORECASE)
_SIZED = re.compile(r"\s(?:that was\s)?(?:about\s|some\s)?[\d.]+\s?(?:%|[a-z]+)?\s", re.IGNORECASE)
_AND = re.compile(r"\b(?:and|but|while|whereas)\b", re.IGNORECASE)
_SAID_NEXT = re.compile(
    r"\s(?:(?:about|around|some|on average)\s)*(?:[\d.]+|[a-z]+)\s(?:minutes?|hours?|days?|weeks?)\s"
    r"|\s(?:was|were|is|are)\s(?:(?:also|slightly|much|clearly|[\d.]+ ?%)\s)*",
    re.IGNORECASE,
)
_OF_A_RISE = re.compile(r"\s+(?:(?:a|an|the|any|in|of|against|further|their|its)\s+){0,3}", re.IGNORECASE)


def _negates_harm(text: str, outer: ChangeCue, inner: ChangeCue) -> bool:
    """ "Prevents a rise in", "protects against rising": a decrease that governs an increase."""
    governs = _OF_A_RISE.fullmatch(text, outer.end, inner.start) is not None
    return governs and outer.meaning == DECREASES and inner.meaning == INCREASES


def _of_what_worsens(text: str, outer: ChangeCue, inner: ChangeCue, start: int) -> bool:
    """ "Lowered the risk of worsening heart failure": it is the worsening that there is less of."""
    return (
        outer.meaning == DECREASES
        and text[inner.start : inner.end].lower() == "worsening"
        and start - inner.end <= 2
        and inner.start - outer.end <= 40
    )


def _oriented(meaning: str, valence: str | None) -> str | None:
    if meaning in (DECREASES, INCREASES, NO_DIFFERENCE):
        return meaning
    if valence is None:
        return None
    return INCREASES if (meaning == BETTER) == (valence == "higher") else DECREASES


def benefit(direction_: str | None, valence: str | None) -> int | None:
    """1 when the change is good for the reader, -1 when bad, 0 for no difference, None when unknown."""
    if direction_ == NO_DIFFERENCE:
        return 0
    if valence is None or direction_ not in (DECREASES, INCREASES):
        return None
    return 1 if (direction_ == INCREASES) == (valence == "higher") else -1
