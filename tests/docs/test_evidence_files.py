"""The page on writing evidence files: its example is sound, and it tells of every key."""

from __future__ import annotations

import re
from pathlib import Path

from graph.jsonld import definitions
from graph.sources import load
from graph.store import open_store

PAGE = (Path(__file__).parents[2] / "docs" / "evidence-files.md").read_text("utf-8")
OF_THE_PROGRAM = {"Audit", "Diagnostic", "Decision", "Document"}  # written by audits, not by curators


def test_the_example_is_sound(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.M | re.S)
    file = tmp_path / "light.yaml"
    file.write_text(example, encoding="utf-8")
    report = load(open_store(), [file])
    assert report.faults == ()
    assert report.sources[0].triples > 60


def test_every_key_of_a_curated_type_is_in_its_table() -> None:
    tables = dict(re.findall(r"^### (\w+)\n(.*?)(?=^### |\Z)", PAGE, re.M | re.S))
    assert len(tables) >= 17
    assert not OF_THE_PROGRAM & set(tables)
    listed = {name: set(re.findall(r"^\| `(\w+)`", text, re.M)) for name, text in tables.items()}
    assert {"design", "sampleSize", "registration", "riskOfBias"} <= listed["Study"]
    assert {"direction", "strength", "directness", "method", "finding", "bearsOn"} <= listed["EvidenceLine"]
    assert {"measure", "value", "low", "high", "level", "pValue", "pBound"} <= listed["EffectEstimate"]
    assert {"cause", "stepEffect"} <= listed["MechanismStep"]
    assert set().union(*listed.values()) <= set(definitions())
