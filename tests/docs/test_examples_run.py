"""Each example in a docstring runs and gives what it says."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHOWING = sorted(
    path.relative_to(ROOT)
    for package in ("ontology", "graph", "claims", "api")
    for path in (ROOT / package).rglob("*.py")
    if ">>> " in path.read_text("utf-8")
)


@pytest.mark.parametrize("path", SHOWING, ids=str)
def test_examples_in_docstrings_run(path: Path) -> None:
    module = import_module(".".join(path.with_suffix("").parts).removesuffix(".__init__"))
    ran = doctest.testmod(module)
    assert ran.attempted
    assert not ran.failed


def test_examples_are_found() -> None:
    assert len(SHOWING) >= 60
