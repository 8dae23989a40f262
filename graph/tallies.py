"""The counts under a trace, in words."""

from __future__ import annotations

from graph import wording
from graph.tracing import Trace


def summary(trace: Trace) -> str:
    """The counts under a trace, and the steps that nothing supports."""
    steps = [trace.node(step).label for step in trace.unsupported_steps]
    if not steps:
        return counts(trace)
    untested = _many(len(steps), "mechanism step", "mechanism steps")
    return f"{counts(trace)}\n{untested} without support: {'; '.join(steps)}"


def counts(trace: Trace) -> str:
    """How many evidence lines, studies and works a trace holds, its mechanisms included."""
    lines = {sign: sum(edge.relation == sign for edge in trace.edges) for sign in wording.SIGNS}
    return (
        f"{_many(lines['supports'], 'evidence line supports', 'evidence lines support')}, "
        f"{_many(lines['refutes'], 'refutes', 'refute')}, "
        f"{_many(lines['neutral'], 'is neutral', 'are neutral')}; "
        f"{_many(len(trace.of_kind('study')), 'study', 'studies')} in "
        f"{_many(len(trace.of_kind('work')), 'work', 'works')}."
    )


def _many(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
