"""Read the files of this package, wherever it is installed.

>>> context()["@context"]["spine"] == NAMESPACE
True
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any, Final

NAMESPACE: Final = "https://w3id.org/claimspine/ns#"
"""Namespace of the ontology (prefix ``spine``)."""

DATA_BASE: Final = "https://w3id.org/claimspine/id/"
"""Default base of data IRIs; an installation may set its own."""


@cache
def text(name: str) -> str:
    """The file ``name`` of this package, such as ``shapes.ttl``, as text.

    Raises FileNotFoundError when the package has no such file. A name with a slash is no name
    of ours and is refused in the same way, so that nothing outside the package can be read.
    """
    if "/" in name or "\\" in name or name in {"", ".", ".."}:
        raise FileNotFoundError(name)
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def context() -> dict[str, Any]:
    """The JSON-LD context document (``{"@context": {...}}``), a fresh copy at each call."""
    loaded: dict[str, Any] = json.loads(text("context.jsonld"))
    return loaded
