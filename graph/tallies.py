"""The counts under a trace, in words."""

from __future__ import annotations

from graph import wording
from graph.tracing import Trace


def summary(trace: Trace) -> str:
    """The counts under a trace."""
    counts = {sign: sum(edge.relation == sign for edge in trace.edges) for sign in wording.SIGNS}
    studies, works = len(trace.of_kind("study")), len(trace.of_kind("work"))
    said = (
        f"{_many(counts['supports'], 'line supports', 'lines support')}, "
        f"{_many(counts['refutes'], 'refutes', 'refute')}, "
        f"{_many(counts['neutral'], 'is neutral', 'are neutral')}; "
        f"{_many(studies, 'study', 'studies')} in {_many(works, 'work', 'works')}."
    )
    steps = trace.unsupported_steps
    if steps:
        said += f"\n{len(steps)} mechanism steps without support: " + "; ".join(
            trace.node(step).label for step in steps
        )
    return said


def _many(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
