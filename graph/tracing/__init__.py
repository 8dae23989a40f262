"""What carries a recommendation or a claim, followed down to the papers."""

from graph.tracing.following import Traces, trace, trace_in, traces_in
from graph.tracing.values import Trace, TraceEdge, TraceNode

__all__ = ["Trace", "TraceEdge", "TraceNode", "Traces", "trace", "trace_in", "traces_in"]
