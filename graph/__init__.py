"""The evidence graph: store, sources, validation, tracing."""
