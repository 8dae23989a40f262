"""Whether a claim says more, the same or less than the source it rests on, by causal strength."""

from __future__ import annotations

import re

from claims.model import CausalStrength
from claims.wording.strength import causal_cue, strength_shares

RANKS = {
    CausalStrength.NONE: 0,
    CausalStrength.CORRELATIONAL: 1,
    CausalStrength.CONDITIONAL_CAUSAL: 2,
    CausalStrength.CAUSAL: 3,
}

# A claim and the source named for it say something: that they claim no relation is a reading of last resort.
_SAYS_NOTHING = 0.1
# Two wordings are the same unless one is clearly stronger.
_SAME = 3.0
_CAN = re.compile(r"\bcan\b[^.;]{0,40}$", re.IGNORECASE)


def _shares(text: str) -> list[float]:
    """Probabilities of the levels; what something *can* do ranks with what it may do (Sumner et al. 2014)."""
    none, correlational, conditional, causal = strength_shares(text)
    cue = causal_cue(text)
    if cue is not None and _CAN.search(text, max(0, cue.start - 60), cue.start):
        conditional, causal = conditional + causal, 0.0
    return [none * _SAYS_NOTHING, correlational, conditional, causal]


def compare_strength(claim: str, source: str) -> str:
    """How the claim's wording stands to the source's: "exaggerates", "same" or "downplays".

    >>> compare_strength("Tea lowers blood pressure.", "Tea drinking was associated with lower pressure.")
    'exaggerates'
    """
    ours, theirs = _shares(claim), _shares(source)
    more = sum(a * b for i, a in enumerate(ours) for b in theirs[:i])
    less = sum(a * b for i, a in enumerate(ours) for b in theirs[i + 1 :])
    same = sum(a * b for a, b in zip(ours, theirs, strict=True)) * _SAME
    if same >= max(more, less):
        return "same"
    return "exaggerates" if more > less else "downplays"
