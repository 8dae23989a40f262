"""What the wording of a sentence claims: causal strength, hedges, absolutes, vague authority."""

from claims.wording.certainty_words import AbsoluteCue, AuthorityCue, absolute_cues, vague_authority_cues
from claims.wording.comparing import compare_strength
from claims.wording.hedges import HedgeCue, hedge_cues, hedge_level, hedged
from claims.wording.strength import WordCue, causal_cue, causal_strength, strength_shares

__all__ = [
    "AbsoluteCue",
    "AuthorityCue",
    "HedgeCue",
    "WordCue",
    "absolute_cues",
    "causal_cue",
    "causal_strength",
    "compare_strength",
    "hedge_cues",
    "hedge_level",
    "hedged",
    "strength_shares",
    "vague_authority_cues",
]
