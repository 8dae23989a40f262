"""What carries a recommendation or a claim, followed down to the papers."""

from graph.tracing.following import Trace, TraceEdge, TraceNode, trace, trace_in, traces_in

__all__ = ["Trace", "TraceEdge", "TraceNode", "trace", "trace_in", "traces_in"]
