"""Claimspine: an evidence knowledge graph and claim checker for health content.

The front door. The four packages ``ontology``, ``graph``, ``claims`` and ``api`` lie beside this
folder in the repository and inside it in the wheel, so that nothing generic lands in
site-packages; in the wheel this folder is put on ``sys.path`` to make them importable.
"""

from __future__ import annotations

import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
if (_HERE / "graph").is_dir() and str(_HERE) not in sys.path:
    sys.path.insert(0, str(_HERE))

__version__ = "0.1.0"
__all__ = ["__version__", "audit", "open_store", "trace"]


def __getattr__(name: str) -> object:
    """Load the three doors when they are first asked for (PEP 562)."""
    if name == "audit":
        from claims.audit import audit

        return audit
    if name == "trace":
        from graph.tracing import trace

        return trace
    if name == "open_store":
        from graph.store import open_store

        return open_store
    raise AttributeError(f"module 'claimspine' has no attribute {name!r}")
