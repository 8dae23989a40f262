"""Which way a sentence says that an outcome goes: the words of change that are said of it.

Good and bad are kept apart from more and less: "improves blood pressure" is a decrease because less of it is
better (``Concept.valence``), "supports bone density" an increase. Where the way cannot be told, None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.alternatives import lowered, one_of
from claims.sentence.change import ChangeCue, change_cues
from claims.sentence.change_words import BETTER, DECREASES, INCREASES, NO_DIFFERENCE
from claims.sentence.returning import comes_later
from claims.sentence.two_groups import of_two_groups

__all__ = ["benefit", "direction"]


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
    in_numbers = of_two_groups(text, tried)
    way = _said_of(text, outcome, valence, ignore, tried, in_numbers is not None) or in_numbers
    if way in _TURNED and valence == "lower" and comes_later(text, *outcome):
        return _TURNED[way]
    return way


def benefit(direction_: str | None, valence: str | None) -> int | None:
    """1 when the change is good for the reader, -1 when bad, 0 for no difference, None when unknown."""
    if direction_ == NO_DIFFERENCE:
        return 0
    if valence is None or direction_ not in (DECREASES, INCREASES):
        return None
    return 1 if (direction_ == INCREASES) == (valence == "higher") else -1


_TURNED = {INCREASES: DECREASES, DECREASES: INCREASES}


def _said_of(
    text: str,
    outcome: tuple[int, int],
    valence: str | None,
    ignore: Sequence[tuple[int, int]],
    tried: Sequence[tuple[int, int]],
    in_numbers: bool,
) -> str | None:
    """What the words of change say of an outcome.

    A word of change that the name begins with decides ("fewer falls"), else the last before the name,
    else the first after it; a no-difference wins over the change it denies. Other words within the
    name ("time to fall asleep") and within the stretches ``ignore`` ("cutting salt", an exposure) are
    no words of change, nor are those that say how much was done of what stands at ``tried``, where others
    or numbers (``in_numbers``) say what came of it.
    """
    start, end = outcome
    every = change_cues(text)
    cues = _of_what_came(text, every, start, [(start, end), *ignore], tried, in_numbers)
    before = [cue for cue in cues if cue.start < start]
    after = [cue for cue in cues if cue.start >= end]
    own = [
        cue
        for cue in every
        if cue.start == start and cue.end < end and text[start : cue.end].lower() not in _NAMES
    ]
    if before and before[-1].end > start:  # "did not reduce falls", where the name begins with "reduce"
        return _oriented(before[-1].meaning, valence)
    if own and not (before and _PROCESS.match(text, start) and _governs(text, before[-1], start)):
        return _oriented(own[0].meaning, valence)
    if before:
        together = _together(text, before, start)
        if together is not None:
            return together
        chosen = _behind(text, outcome, before[-1], after, ignore) if after else before[-1]
    elif after:
        chosen = _contrasted(text, after[0], after[1:], ignore, start) or after[0]
    else:  # "live longer": the name itself ends with what happens
        ending = [cue for cue in every if start < cue.start and cue.end == end]
        return _oriented(ending[0].meaning, valence) if ending else None
    if valence == "higher" and _GUARDS.match(text, chosen.start):
        return INCREASES
    return _oriented(chosen.meaning, valence)


_NAMES = ("lower", "fall", "falls")  # "lower back pain", "falls": names, where an outcome's begins so
# "growth of the eye", "relief from pain": a name, which what stands before it may make more or less
_PROCESS = re.compile(
    r"(?:growth|loss|gain|rise|drop|decline|relief|increase|decrease|[a-z]+(?:ing|tion|ment))"
    r"\s(?:of|in|from)\s",
    re.IGNORECASE,
)
_WITHIN = 30  # characters
# what is good is not made less by being protected: "protects your heart", "protects memory"
_GUARDS = re.compile(r"protect|treat(?:s|ed|ing)?\s+your\b", re.IGNORECASE)


def _governs(text: str, cue: ChangeCue, start: int) -> bool:
    """Whether a word of change stands so close before a name that it is said of it: "0.3 mm less growth"."""
    return start - cue.end <= _WITHIN and not set(",;:.()") & set(text[cue.end : start])


def _oriented(meaning: str, valence: str | None) -> str | None:
    if meaning in (DECREASES, INCREASES, NO_DIFFERENCE):
        return meaning
    if valence is None:
        return None
    return INCREASES if (meaning == BETTER) == (valence == "higher") else DECREASES


def _of_what_came(
    text: str,
    every: Sequence[ChangeCue],
    start: int,
    silent: Sequence[tuple[int, int]],
    tried: Sequence[tuple[int, int]],
    in_numbers: bool,
) -> list[ChangeCue]:
    """The words of change but for those in names, those of what was not so, and those of what people did."""
    unsaid = [match.span() for match in _NOT_SO.finditer(lowered(text))]
    cues = [cue for cue in every if not any(low <= cue.start < high for low, high in (*silent, *unsaid))]
    own_amounts = [cue for cue in cues if _how_much_was_done(text, cue, tried)]
    if in_numbers or len(own_amounts) < len(cues):
        cues = [cue for cue in cues if cue not in own_amounts]
    return [cue for cue in cues if not _did(text, cue, start, tried)]


# "far from lowering pain, it", "hoped that it would help, but": what was not so
_NOT_SO = one_of(
    [
        r"\b(?:far from|rather than|instead of)\s\w+ing\b[^,;.]{0,60},"
        r"|\b(?:thought|hoped|believed|expected|claimed|supposed|meant|intended|billed)\s(?:that|to|as)\b"
        r"[^,;.]{0,80}[,;]\s(?=but|yet|and yet|still)",
    ]
)


def _how_much_was_done(text: str, cue: ChangeCue, tried: Sequence[tuple[int, int]]) -> bool:
    """ "Fewer of those who spent more time outdoors became ill": more of it, and not of what came of it."""
    return _AMOUNT_OF.fullmatch(text, cue.start, cue.end) is not None and any(
        low - cue.end in (0, 1) or (high <= cue.start and _FOR_LONGER.fullmatch(text, high, cue.start))
        for low, high in tried
    )


_AMOUNT_OF = re.compile(
    r"more|less|fewer|longer|greater|higher|lower|larger|faster|slower|quicker|extra\s", re.IGNORECASE
)
_FOR_LONGER = re.compile(
    r"\s(?:(?:for|much|far|even|a bit|a little|the)\s)*", re.IGNORECASE
)  # "walked for longer"


def _did(text: str, cue: ChangeCue, start: int, tried: Sequence[tuple[int, int]]) -> bool:
    """ "Those who stepped up their walking got neck pain", "the group that cut its hours": what they did."""
    if any(cue.end <= low != start and _DID_MORE.fullmatch(text, cue.end, low) for low, _ in tried):
        return True
    if not _WHO_DID.search(text, max(0, cue.start - 20), cue.start):
        return False
    theirs = _THEIR_OWN.match(text, cue.end) is not None
    return _ENDS.match(text, cue.end) is not None or (
        theirs and not _THEIR_OWN.fullmatch(text, cue.end, start)
    )


_DID_MORE = re.compile(r"\s?(?:(?:up|down|out|on|their|his|her|your|our|its|daily)\s)+", re.IGNORECASE)
_ENDS = re.compile(r"\w{0,2}\s*(?:[,;)]|$)")  # "those who stepped up,"
_WHO_DID = re.compile(r"\b(?:who|that)\s(?:[a-z]+ly\s)?$", re.IGNORECASE)
_THEIR_OWN = re.compile(r"\s(?:up\s|down\s)?(?:their|its|his|her)\s", re.IGNORECASE)


def _together(text: str, before: Sequence[ChangeCue], start: int) -> str | None:
    """What the last two words of change before a name say together; None where the last one says it alone."""
    if len(before) < 2:
        return None
    outer, inner = before[-2:]
    if outer.meaning == NO_DIFFERENCE and (
        inner.start - outer.end < _NEAR or _AT_DOING.fullmatch(text, outer.end, inner.start)
    ):
        return NO_DIFFERENCE
    if outer.meaning == DECREASES and (
        (inner.meaning == INCREASES and _OF_A_RISE.fullmatch(text, outer.end, inner.start))
        or _of_what_worsens(text, outer, inner, start)
    ):
        return DECREASES
    return None


_NEAR = 25  # characters
# "no worse than heparin at preventing", "as effective as tea in lowering"
_AT_DOING = re.compile(r"(?:\s[\w-]+){1,6}\s(?:at|in|for)\s")
# "prevents a rise in", "protects against rising": a decrease that governs an increase
_OF_A_RISE = re.compile(r"\s+(?:(?:a|an|the|any|in|of|against|further|their|its)\s+){0,3}", re.IGNORECASE)


def _of_what_worsens(text: str, outer: ChangeCue, inner: ChangeCue, start: int) -> bool:
    """ "Lowered the risk of worsening heart failure": it is the worsening that there is less of."""
    return (
        text[inner.start : inner.end].lower() == "worsening"
        and start - inner.end <= 2
        and inner.start - outer.end <= 40
    )


def _behind(
    text: str,
    outcome: tuple[int, int],
    last: ChangeCue,
    after: Sequence[ChangeCue],
    ignore: Sequence[tuple[int, int]],
) -> ChangeCue:
    """The word of change that is said of an outcome: the last before it, or one behind instead."""
    start, end = outcome
    following = after[0]
    if _NEW_CLAUSE.search(text, last.end, start) and not _NEW_CLAUSE.search(text, end, following.start):
        return following  # "worked better than tea: the pain was lower"
    contrasted = _contrasted(text, last, after, ignore, start)
    if contrasted is not None:
        return contrasted
    between = text[last.end : start]
    if (
        (_MAKES.match(text, last.start) and _TO.fullmatch(text, end, following.start))
        or _THAT_WAS.fullmatch(text, end, following.start)
        or (_AND.search(between) and _SAID_NEXT.fullmatch(text, end, following.start))
        or (_LED_TO.fullmatch(text, last.start, start) and _SIZED.fullmatch(text, end, following.start))
    ):
        return following
    return last


_NEW_CLAUSE = re.compile(r"[;:—]|\)\s|\.\s")
# "caused blood pressure to fall"
_MAKES = re.compile(r"(?:caus|led|lead|prompt|stimulat|trigger|induc)", re.IGNORECASE)
_TO = re.compile(r"\s(?:levels?\s|scores?\s)?to\s(?:\w+ly\s)?", re.IGNORECASE)
# "led to a blood pressure that was 7 mm Hg lower"
_THAT_WAS = re.compile(r"\s(?:that|which)\s(?:was|were|is|are)\s[^,;.]{0,30}?(?:\d[\d.]*[^,;.]{0,20})?")
# "slept longer, and fell asleep 9 minutes sooner"
_AND = re.compile(r"\b(?:and|but|while|whereas)\b", re.IGNORECASE)
_SAID_NEXT = re.compile(
    r"\s(?:(?:about|around|some|on average)\s)*(?:[\d.]+|[a-z]+)\s(?:minutes?|hours?|days?|weeks?)\s"
    r"|\s(?:was|were|is|are)\s(?:(?:also|slightly|much|clearly|[\d.]+ ?%)\s)*",
    re.IGNORECASE,
)
# "led to heel pain 29 points lower"
_LED_TO = re.compile(r"(?:led to|leads? to|leading to|produced|left)\s(?:[\w-]+\s){0,2}", re.IGNORECASE)
_SIZED = re.compile(r"\s(?:that was\s)?(?:about\s|some\s)?[\d.]+\s?(?:%|[a-z]+)?\s", re.IGNORECASE)


def _contrasted(
    text: str, said: ChangeCue, after: Sequence[ChangeCue], named: Sequence[tuple[int, int]], start: int
) -> ChangeCue | None:
    """The words behind a change that say it was as great without ("fell, but just as much with rest"), or
    those behind a denial that say what there was instead ("did not lower it; it raised it").

    Not where another thing is ``named`` between, one that does not stand at ``start``: "fell, and sleep was
    much the same".
    """
    if said.meaning == NO_DIFFERENCE:
        return after[0] if after and _IT_DID.fullmatch(text, said.end, after[0].start) else None
    if _EACH.search(text, 0, said.start):
        return None  # "each improved it, by much the same amount"
    for one in after:
        if one.meaning == NO_DIFFERENCE and _JUST_AS.match(text, one.start):
            another = _OF_ANOTHER.search(text, said.end, one.start) is not None or any(
                said.end <= low < one.start and low != start and text[low - 5 : low] != "with "
                for low, _ in named
            )
            return None if another else one
    return None


_IT_DID = re.compile(
    r"[^.]{0,80}[;,—]\s(?:but\s|instead\s|if anything,?\s)?(?:it|they)\s(?:\w+ly\s)?", re.IGNORECASE
)
_JUST_AS = re.compile(
    r"just as|equally|alike|(?:nothing|little|not much) (?:to choose )?between"
    r"|(?:(?:about|much|exactly) )?the same|identical|as much|no more|no less|neither",
    re.IGNORECASE,
)
_EACH = re.compile(r"\b(?:each|both|all)\b", re.IGNORECASE)
_OF_ANOTHER = re.compile(
    r"\b(?:and|but|while|whereas|though|yet)\s(?!(?:it|they|that|this|these|did|just|no|so|about|much|to)\b)[^,;]*$",
    re.IGNORECASE,
)
