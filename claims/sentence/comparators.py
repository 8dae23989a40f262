"""Where a sentence speaks of what was compared with, and which of two things so set it is itself about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from claims.alternatives import lowered, one_of
from claims.model import Mention

__all__ = ["WITHOUT", "comparator_regions", "set_first", "swapped"]


# narrower than ``joining``: "than" and "against" only before what can be a comparison group
_COMPARATOR = one_of(
    [
        r"\b(?:(?:while|whereas)(?= the [\w-]+ (?:control )?(?:group|arm))"
        r"|(?:as |when )?compared (?:with|to)|in comparison (?:with|to)|versus|vs\.?|relative to|"
        r"as opposed to|rather than|(?:(?:more|less) effective than|superior to|inferior to)"
        r"|instead of|against(?= (?:placebo|sham|usual|no |those|a control))"
        r"|than(?= (?:those|people|participants|adults|women|men|patients|non|a control|controls|placebo|"
        r"sham|usual|no |in the|other |another |any other |alternative |doing |little |drugs?\b|medication"
        r"|the control|the placebo|did|among|with|walking|sitting|doing|eating|drinking|taking|who)))\b"
    ]
)
# "twice as many respond to the one as to the other"
_AS_MANY = re.compile(
    r"\bas (?:many|much|likely|often|common|frequent|high|low|large|effective|good|well|far)\b[^.;,:]{0,60}?"
    r"\b(?P<other>as (?:to|with|on|in|for|among|after|those|people|patients|from)\b)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"(?:(?<=placebo)|(?<=sham)|(?<=pills)|(?<=usual care)|(?<=no treatment)|(?<=controls))"
    r"\s(?:for|at|in|on)\s"
    r"|,(?!\d)|[;:()—]|–(?!\d)|\s(?:and|but|which|who were|over|after|during|in a)\s",
    re.IGNORECASE,
)
WITHOUT = re.compile(r"\bwithout\s+(?:the need (?:for|of)\s+)?(?:\w+\s+){0,2}$", re.IGNORECASE)


def set_first(
    text: str, compared: Sequence[tuple[int, int]], comparator: list[Mention]
) -> tuple[list[Mention], list[Mention]]:
    """What a sentence speaks of and what it sets it against, where both may be compared with.

    "Other treatments did more than walking did": it speaks of the others.
    """
    beyond = [one for one in comparator if any(low <= one.span.start < high for low, high in compared)]
    first = (
        [one for one in comparator if one not in beyond and one.span.end <= compared[0][0]]
        if compared
        else []
    )
    if not first or not any("exposure" in one.roles for one in beyond):
        return [], comparator
    if WITHOUT.search(text, 0, first[0].span.start) is not None:
        return [], comparator
    return first, beyond


_SWAP = re.compile(
    r"\b(?:swap(?:s|ped|ping)?|replac(?:e|es|ed|ing)|exchang(?:e|es|ed|ing))\s(?:[\w-]+\s){0,2}$", re.I
)


def swapped(text: str, mention: Mention) -> bool:
    """Whether a mention is what something else takes the place of: "swapping salt for a substitute"."""
    start, end = mention.span.start, mention.span.end
    return (
        _SWAP.search(text[max(0, start - 50) : start]) is not None
        and re.match(r"\s(?:\w+\s)?(?:for|with|by)\b", text[end : end + 20]) is not None
    )


@lru_cache(maxsize=2048)
def comparator_regions(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentence speaks of what was compared with; to the clause's end, 90 characters at most."""
    regions = []
    starts = [match.span() for match in _COMPARATOR.finditer(lowered(text))]
    starts += [match.span("other") for match in _AS_MANY.finditer(text)]
    for start, begin in sorted(starts):
        end = _CLAUSE_END.search(text, begin)
        regions.append((start, min(end.start() if end else len(text), begin + 90)))
    return tuple(regions)
