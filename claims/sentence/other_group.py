"""Whether a sentence tells of the group that did without, and not of the one that was treated."""

from __future__ import annotations

import re

from claims.model import Claim
from claims.sentence.change import change_cues

__all__ = ["speaks_of_the_others"]

_OTHERS = re.compile(
    r"(?:[^,.;]{0,60},\s)?(?:but |and |while |whereas )?"
    r"(?:(?:most|more|fewer|half|some|\d+ ?%) (?:of )?)?"
    r"(?:(?:the |those |people |participants |patients )?(?:(?:in|of) the )?"
    r"(?:untreated|controls?(?: (?:group|arm|participants|subjects))?|(?:comparison|placebo) (?:group|arm))|"
    r"(?:the |those |people |participants |patients |workers |adults |men |women |children )+"
    r"(?:left (?:alone|to (?:themselves|(?:their|its) own devices))|(?:given|offered) nothing|"
    r"without (?:the|any|a) |"
    r"who (?:got|were given|received|did|had) (?:nothing|no )))\b",
    re.IGNORECASE,
)


def speaks_of_the_others(claim: Claim) -> bool:
    """Whether it is the comparison group to which something happened: "the controls got worse".

    Not where the sentence names what the other group did before it says what happened.
    """
    found = _OTHERS.match(claim.text)
    if found is None:
        return False
    cue = next((one.start for one in change_cues(claim.text) if one.start >= found.end()), len(claim.text))
    tried = (*claim.proposition.exposure, *claim.proposition.co_intervention)
    return not any(
        mention.concept in tried and claim.sentence.place(mention.span)[0] < cue for mention in claim.mentions
    )
