# ruff: noqa: E501 - tables of patterns read better unwrapped
"""Everyday words by which one thing is said to bring about another: "is what brought on", "kept people from".

They say it as plainly as "causes" does, but research papers seldom write them, so the model of causal
strength (``claims.wording.strength``), which knows papers, is not sure of them.
"""

from __future__ import annotations

import re

from claims.alternatives import lowered

__all__ = ["everyday_cause", "taken_back"]

_PEOPLE = (
    r"(?:them|him|her|you|us|it|(?:the |these |those |many |some |most |more |fewer |other |young |older |their |his )?(?:\w+ )?"
    r"(?:people|patients|women|men|adults|children|kids|babies|infants|mothers|teenagers|pupils|students|workers|nurses|doctors|farmers"
    r"|residents|drivers|smokers|drinkers|users|survivors|boys|girls|parents|families|employees|staff|volunteers|participants))"
)
_THEY = r"(?:them|him|us|you)"
_CAUSE = re.compile(
    r"\b(?:"
    # what did it, and to what it is put down; what people gave as their reasons is none of that
    r"(?:is|was|are|were|['’]s) (?:\w+ly |thus |then )?what (?:\w+ly )?(?!(?:they|we|the|it|you|one|people|he|she|that|this|these|those|an?|is|was|are|were|happen\w*|matter\w*|[a-z]+s (?:said|told|report\w*|found|want\w*|need\w*|did|do|had|have|were|are|was|is|call\w*|use\w*|mean\w*|think|thought|expect\w*|saw|see|show\w*|say))\b)[a-z]+(?:s|ed|ght|de|ke|ve|le|ost|et|ut|un|an|ew|ot|ank|ong|d)\b"
    r"|(?:is|was|are|were|['’]s) (?:\w+ly )?the (?:main |real |sole |chief )?(?:thing|factor) that (?:\w+ly )?(?:brought|brings|drove|drives|caused|causes|made|makes|kept|keeps|pushed|pushes|sent|sends|led|triggered|sparked|tipped|did|does|set|put|puts|protected|protects|saved|saves|lowered|raised|cut)\b"
    r"|(?:is|was|are|were) (?:\w+ly )?(?:the (?:main |real |chief |likely )?culprits?|the root cause|to blame|responsible for|behind (?:the|this|these|that|it|most|much)\b|down to (?!\d|about|around|just|under|below|some|an?\b|nearly|almost|one|two|three|four|five|half))"
    r"|(?:that|this|which) (?:is|was) why\b|explains? why|(?:brought|brings?|bring) (?:(?:this|that|it|them|these|those) )?(?:about|on)\b"
    r"|(?:it (?:is|was)|it['’]s) (?:the |being |having |their |this |these )?[^,.;]{2,60}? (?:that|which|who) (?:won|earned|made|makes|kept|keeps|cost|saved|saves|gave|gives|drove|drives|pushed|pushes|caused|causes|brought|brings|spared|protected|protects|did the trick)\b"
    # to what one owes it, and what one does to oneself: "the more you eat, the lower your blood pressure"
    r"|ow(?:e|es|ed) (?:(?:their|his|her|its|our|your|the|much|part) )[^,.;]{2,60}? to\b"
    r"|the (?:more|less|fewer|longer|earlier|later|harder|faster) (?:[^\s,.;]+ ){0,8}?you (?:[^\s,.;]+ ){0,4}?[^\s,.;]+, the (?:[^\s,.;]+ ){1,4}?your\b"
    r"|thanks to|all because of|courtesy of|(?:did|does|do) the trick|takes? its toll|took its toll|(?:pays?|paid) off\b|(?:does|do|did|works?|worked) wonders"
    # what is done to people
    rf"|(?:keeps?|kept|keeping|stops?|stopped|prevents?|prevented|protects?|protected|shields?|shielded|guards?|guarded|spares?|spared|saves?|saved) {_PEOPLE} (?:\w+ )?from\b"
    rf"|(?:keeps?|kept) {_PEOPLE} (?:in|out of|off|away|awake|alive|healthy|healthier|going|well|slim|at)\b"
    rf"|(?:pushe[sd]|push|pushing|drives?|drove|driving|force[sd]?|forcing|sends?|sent|sending|tips?|tipped|lands?|landed|puts?|lead|leads|led) {_PEOPLE} (?:\w+ )?(?:out of|into|to|off|over|towards?|in hospital|onto|at risk)\b"
    rf"|(?:makes?|made|making) {_PEOPLE} (?:\w+ly )?(?:more|less|[a-z]+er|ill|sick|tired|fat|depressed|anxious|better|worse|[a-z]+ (?:more|less|longer|sooner|earlier|better|worse))\b"
    rf"|(?:leaves?|left) {_PEOPLE} (?:with|in|more|less|[a-z]+er)\b|(?:does|do|did) {_PEOPLE} (?:good|harm|a power of good)\b"
    rf"|(?:won|wins?|earned|earns?|cost|costs|bought|buys?|robbed|robs?) {_THEY} (?:the|an?|their|his|some|of|more|extra|years|[a-z]+)\b"
    r"|(?:wards?|warded|fends?|fended|staves?|staved|keeps?|kept|holds?|held) (?:off|at bay)\b|keeps? [^,.;]{2,40} at bay"
    r"|(?:fuels?|fuelled|fueled|sparks?|sparked|breeds?|bred) (?!(?:by|cell))(?:the |an? |more |their )?\w+"
    r"|takes? (?:years|months|days) off|adds? (?:years|months) to"
    r")".replace(" ", r"\s+")
)
_DENIED = re.compile(
    r"\b(?:not|no|never|nor|neither|n['’]t|nothing|cannot|whether|if|may|might|could|can|possibly|perhaps|probably|seems?|seemed|appears?|appeared|partly|partially|likely|hardly|wasn['’]t|isn['’]t)\b[^.;:]{0,50}$"
)


def everyday_cause(sentence: str) -> tuple[int, int] | None:
    """Where a sentence says in everyday words that one thing brought about another; None where it does not.

    >>> everyday_cause("The rain is what brought on the cough."), everyday_cause("It may be what brought it on.")
    ((9, 24), None)
    """
    text = lowered(sentence)
    return next(
        (match.span() for match in _CAUSE.finditer(text) if not taken_back(text, match.start())), None
    )


def taken_back(sentence: str, at: int) -> bool:
    """Whether a denial or a hedge stands before the words at ``at``, in their clause."""
    return _DENIED.search(sentence.lower(), max(0, at - 60), at) is not None
