# ruff: noqa: E501 - tables of patterns read better unwrapped
"""Which way a sentence advises: for something, or against it.

"The WHO favours a lumbar belt" and "steers people away from back braces" say the opposite of one another without
a word of change in either.
"""

from __future__ import annotations

from claims.alternatives import lowered, one_of

__all__ = ["AGAINST", "FOR", "stance"]

FOR, AGAINST = "for", "against"

_VERBS = r"recommend(?:ed)?|advis(?:e|ed)|suggest(?:ed)?|favou?r(?:ed)?|endorsed?|back(?:ed)?|support(?:ed)?|offer(?:ed)?"
_AGAINST = (
    r"\b(?:advis(?:es?|ed|ing)|recommend(?:s|ed|ing)?|warn(?:s|ed|ing)?|caution(?:s|ed)?|counsel(?:s|led)?|com(?:es?|ing)"
    r"|came|speaks?|spoke|decid(?:es|ed)|is|are|was|were|guidance|recommendation)"
    r"\s(?:(?:people|patients|doctors|clinicians|strongly|firmly|out|down)\s){0,2}(?:against|off)\b"
    r"|\bsteer(?:s|ed|ing)?\s(?:[\w-]+\s){0,3}?(?:away from|clear of)\b|\b(?:things?|treatments?|what|ones?) (?:to|not to) avoid\b|\bto be avoided\b|\bsa(?:ys|id) no to\b|\bthumbs[- ]down\b|\bshun(?:s|ned)?\b"
    r"|\b(?:discourag(?:es?|ed|ing)|rejects?|rejected|frown(?:s|ed)? (?:on|upon)|argu(?:es|ed) against|last resort"
    r"|ha(?:s|ve) no (?:time|place|room)|sees? no (?:place|role|point))\b"
    r"|\brul(?:es|ed)\s(?:[\w-]+\s){1,3}?out\b|\bleave\s(?:[\w-]+\s){1,3}?(?:until|for last|till)\b"
    r"|\b(?:do(?:es)?|did|is|are|was|were|should|would|can|could|has|have)(?:n['’]t|\snot|\sno longer|\snever)\s(?:\w+ly\s)?"
    rf"(?:be\s)?(?:{_VERBS}|used|given|worn|prescribed|worth|want|encouraged?)\b"
)
_FOR = (
    r"\b(?:recommend(?:s|ed|ing)?|advis(?:es?|ed|ing)|favou?r(?:s|ed|ing)?|endors(?:es?|ed|ing)|in favou?r of|gives? the (?:nod|green light)|sa(?:ys|id) yes to|thumbs[- ]up|welcom(?:es|ed)|suggests?|suggested"
    r"|urg(?:es|ed)|encourag(?:es|ed|ing)|prefers?|preferred|approv(?:es|ed) of|call(?:s|ed) for|asks? for|offers?|offered"
    r"|comes? first|first[- ]line|first (?:options?|choices?|things?|steps?)|worth (?:wearing|using|trying|doing|taking|a try)"
    r"|(?:should|can|may|could) be (?:offered|used|given|worn|prescribed|tried)|(?:is|are) built on|builds? (?:\w+\s){0,2}on"
    r"|advisable)\b"
)
_ADVICE = (one_of([_AGAINST]), one_of([_FOR]))


def stance(text: str) -> str | None:
    """``FOR``, ``AGAINST``, or None where a sentence advises neither way, or both.

    >>> stance("The WHO favours belts."), stance("It steers people away from belts."), stance("Belts are worn.")
    ('for', 'against', None)
    """
    against, towards = ([match.span() for match in one.finditer(lowered(text))] for one in _ADVICE)
    towards = [one for one in towards if not any(low <= one[0] < high for low, high in against)]
    if against and towards:
        return None
    return AGAINST if against else FOR if towards else None
