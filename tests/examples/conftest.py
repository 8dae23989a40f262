"""The walking-spine evidence set, loaded once and read in two ways: as values and as written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from graph import sources
from graph.evidence import Evidence
from graph.reading import read_evidence
from graph.sources import LoadReport
from graph.store import Store, open_store


@pytest.fixture(scope="session")
def loaded(walking: Path) -> tuple[Store, LoadReport]:
    store = open_store("memory")
    return store, sources.load(store, [walking / "evidence"])


@pytest.fixture(scope="session")
def evidence(loaded: tuple[Store, LoadReport]) -> Evidence:
    return read_evidence(loaded[0])


@pytest.fixture(scope="session")
def written(walking: Path) -> dict[str, list[dict[str, Any]]]:
    """File name → the mappings at its top, as YAML has them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted((walking / "evidence").glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        found[path.name] = content if isinstance(content, list) else [content]
    return found


@pytest.fixture(scope="session")
def works(written: dict[str, list[dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """File name → the one work of the file."""
    return {name: nodes[0] for name, nodes in written.items() if str(nodes[0]["id"]).startswith("work/")}
