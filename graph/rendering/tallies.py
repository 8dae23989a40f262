"""Counts in words, and those under a trace."""

from __future__ import annotations

from graph import wording
from graph.tracing import Trace


def summary(trace: Trace) -> str:
    """The counts under a trace, and the steps that nothing supports."""
    steps = [trace.node(step).label for step in trace.unsupported_steps]
    if not steps:
        return counts(trace)
    untested = many(len(steps), "mechanism step", "mechanism steps")
    return f"{counts(trace)}\n{untested} without support: {'; '.join(steps)}"


def counts(trace: Trace) -> str:
    """How many evidence lines, studies and works a trace holds, its mechanisms included."""
    counting = [edge for edge in trace.edges if edge.target not in trace.withdrawn]
    lines = {sign: sum(edge.relation == sign for edge in counting) for sign in wording.SIGNS}
    gone = len({edge.line.iri for edge in trace.edges if edge.line and edge.target in trace.withdrawn})
    withdrawn = f" ({many(gone, 'line', 'lines')} on retracted works left out)" if gone else ""
    return (
        f"{many(lines['supports'], 'evidence line supports', 'evidence lines support')}, "
        f"{many(lines['refutes'], 'refutes', 'refute')}, "
        f"{many(lines['neutral'], 'is neutral', 'are neutral')}{withdrawn}; "
        f"{many(len(trace.of_kind('study')), 'study', 'studies')} in "
        f"{many(len(trace.of_kind('work')), 'work', 'works')}."
    )


def many(count: int, one: str, several: str) -> str:
    """A count with its noun: "1 study", "2 studies"."""
    return f"{count} {one if count == 1 else several}"
