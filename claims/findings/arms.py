"""How the groups of a study are named in a sentence, and by which summary their values are told."""

from __future__ import annotations

import re

from claims.expressions import expression

# what stands where a group's name would, but is a time: "7.9 % at baseline and 7.1 % after treatment"
TIME = (
    r"(?:the\s)?(?:baseline|(?:study\s)?entry|enrol|admission|start|beginning|end|follow|week|month|year|day|pre|post"
    r"|before|after|initial|previous|first\s(?:week|month|visit)|last\s(?:week|month|visit)|(?:study\s)?completion)"
)

PEOPLE = r"(?:patients|participants|people|children|infants|women|men|adults|subjects|persons|girls|boys)\b"
SUMMARY = expression(r"\b(?P<word>medians?|means?|average[sd]?|geometric mean)\b", re.IGNORECASE)


def summary_before(sentence: str, end: int) -> str | None:
    """ "median" or "mean", by the last such word before; None without one."""
    found = list(SUMMARY.finditer(sentence, max(0, end - 200), end))
    if not found:
        return None
    return "median" if found[-1]["word"].lower().startswith("median") else "mean"


_PEOPLE_OF = expression(
    rf"(?:{PEOPLE}|those|individuals) (?:in|on|with|of|receiving|taking|given"
    r"|(?:randomly )?(?:assigned|allocated) to)"
    r" (?:the )?(?=\S)",
    re.IGNORECASE,
)


def label_of(printed: str | None) -> str | None:
    """A group's name without what stands around it: "patients in the aspirin group" is the aspirin group."""
    if printed is None:
        return None
    printed = _PEOPLE_OF.sub("", printed.strip(), count=1) if _PEOPLE_OF.match(printed.strip()) else printed
    return re.sub(r"\s+(?:and|as|vs\.?|versus|compared|while|whereas)$", "", printed.strip()) or None
