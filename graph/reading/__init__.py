"""What a store says, read as the frozen values of ``graph.evidence``."""

from graph.reading.whole import read_concepts, read_evidence, shipped

__all__ = ["read_concepts", "read_evidence", "shipped"]
