"""Whether a claim says more, the same or less than the source it rests on, by causal strength."""

from __future__ import annotations

import re

from claims.model import CausalStrength
from claims.wording.strength import causal_cue

RANKS = {
    CausalStrength.NONE: 0,
    CausalStrength.CORRELATIONAL: 1,
    CausalStrength.CONDITIONAL_CAUSAL: 2,
    CausalStrength.CAUSAL: 3,
}


_CAN = re.compile(r"\bcan\b[^.;]{0,40}$", re.IGNORECASE)


def _rank(text: str) -> int:
    """The rank of a text's strength; what something *can* do ranks with what it may do."""
    cue = causal_cue(text)
    if cue is None:
        return 0
    if cue.strength == CausalStrength.CAUSAL and _CAN.search(text, max(0, cue.start - 60), cue.start):
        return RANKS[CausalStrength.CONDITIONAL_CAUSAL]
    return RANKS[cue.strength]


def compare_strength(claim: str, source: str) -> str:
    """How the claim's wording stands to the source's: "exaggerates", "same" or "downplays".

    >>> compare_strength("Tea lowers blood pressure.", "Tea drinking was associated with lower pressure.")
    'exaggerates'
    """
    difference = _rank(claim) - _rank(source)
    if difference > 0:
        return "exaggerates"
    return "downplays" if difference < 0 else "same"
