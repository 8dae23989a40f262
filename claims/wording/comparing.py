"""Whether a claim says more, the same or less than the source it rests on, by causal strength."""

from __future__ import annotations

from claims.model import CausalStrength
from claims.wording.strength import causal_strength

RANKS = {
    CausalStrength.NONE: 0,
    CausalStrength.CORRELATIONAL: 1,
    CausalStrength.CONDITIONAL_CAUSAL: 2,
    CausalStrength.CAUSAL: 3,
}


def compare_strength(claim: str, source: str) -> str:
    """How the claim's wording stands to the source's: "exaggerates", "same" or "downplays".

    >>> compare_strength("Tea lowers blood pressure.", "Tea drinking was associated with lower pressure.")
    'exaggerates'
    """
    difference = RANKS[causal_strength(claim)] - RANKS[causal_strength(source)]
    if difference > 0:
        return "exaggerates"
    return "downplays" if difference < 0 else "same"
