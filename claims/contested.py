"""What is said of a claim whose evidence is divided: how many findings support it, and how many refute it.

A verdict alone would hide it: "partly supported" is said of a claim that goes a little too far, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from claims.model import Assessment, LinkedClaim, LinkedFinding

__all__ = ["note", "with_notes"]

BEARS = 0.5  # a finding below this score is about something else; as in ``claims.verdicts``
SHARE = 3  # contested: at least one in three findings that decide refutes the claim


def note(findings: Iterable[LinkedFinding]) -> str | None:
    """ "contested: 5 findings support it and 4 refute it"; None where a third or more do not refute it."""
    ways: dict[str, set[str]] = {"supports": set(), "refutes": set()}
    for one in findings:
        if one.score >= BEARS and one.direction in ways:
            ways[one.direction].add(one.finding.iri)
    support, refute = len(ways["supports"]), len(ways["refutes"])
    if not support or refute * SHARE < support + refute:
        return None
    first = "1 finding supports" if support == 1 else f"{support} findings support"
    return f"contested: {first} it and {refute} {'refutes' if refute == 1 else 'refute'} it"


def with_notes(assessments: Sequence[Assessment], claims: Sequence[LinkedClaim]) -> tuple[Assessment, ...]:
    """The assessments, those of divided evidence with the note as their first reason."""
    said = {linked.claim.id: note(linked.findings) for linked in claims}
    return tuple(
        replace(one, certainty_reasons=(found, *one.certainty_reasons))
        if (found := said.get(one.claim))
        else one
        for one in assessments
    )
