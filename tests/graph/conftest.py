"""Small evidence of our own, valid by default: a test builds it and breaks one thing."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from graph.store import Store, open_store

EVIDENCE = """\
id: work/okafor2021sleep
type: Work
workType: journal-article
title: Bedtime routines and blood pressure in shift workers
authors: [Okafor NA, van der Meer J, Lind S]
year: 2021
journal: Journal of Invented Sleep
volume: 12
pages: 100-109
doi: 10.5555/sleep.2021.100
reports:
  - id: study/routine
    type: Study
    label: ROUTINE
    design: randomised-controlled-trial
    species: concept/human
    population: concept/adults
    sampleSize: 120
findings:
  - id: finding/okafor2021sleep/systolic
    type: Finding
    label: systolic pressure after twelve weeks
    study: study/routine
    exposure: concept/sleep
    comparator: concept/usual-care
    outcome: concept/blood-pressure
    population: concept/adults
    effectDirection: decreases
    quoteRole: result
    obtainedBy: measured
    method: curated
    dose:
      - {type: Dose, doseRole: target, low: 30, high: 30, unit: min/day}
      - {type: Dose, doseRole: reached, low: 4, unit: session/week}
    effect:
      type: EffectEstimate
      measure: mean-difference
      value: -3.10
      low: -5.00
      high: -1.2
      level: 95
      unit: mmHg
      better: lower
    groups:
      - {type: GroupValue, label: routine, measure: mean, value: 128, unit: mmHg, groupSize: 60}
      - {type: GroupValue, label: usual care, measure: mean, value: 131, unit: mmHg, groupSize: 60}
  - id: finding/okafor2021sleep/heart-rate
    type: Finding
    label: resting heart rate
    study: study/routine
    exposure: concept/sleep
    outcome: concept/heart-rate
    effectDirection: no-difference
    quoteRole: result
    obtainedBy: measured
    method: curated
"""

ADVICE = """\
- id: recommendation/keep-a-bedtime
  type: Recommendation
  text: Keep a regular bedtime.
  audience: patients
  exposure: concept/sleep
  outcome: concept/blood-pressure
  basedOn: claim/routine-lowers-pressure
  explainedBy: mechanism/night-dipping
- id: claim/routine-lowers-pressure
  type: Claim
  text: A bedtime routine lowers blood pressure in shift workers.
  exposure: concept/sleep
  outcome: concept/blood-pressure
  effectDirection: decreases
  causalStrength: causal
  certainty:
    type: Certainty
    certaintyLevel: low
    reasons: [one small trial, the interval is wide]
  evidence:
    - id: line/pressure/for
      type: EvidenceLine
      finding: finding/okafor2021sleep/systolic
      direction: supports
      strength: moderate
      directness: direct
      method: curated
      rationale: The trial measured just this.
    - id: line/pressure/against
      type: EvidenceLine
      finding: finding/okafor2021sleep/heart-rate
      direction: refutes
      strength: weak
      directness: indirect
      method: curated
- id: mechanism/night-dipping
  type: Mechanism
  label: night dipping
  exposure: concept/sleep
  outcome: concept/blood-pressure
  steps:
    - id: mechanism/night-dipping/deeper-sleep
      type: MechanismStep
      label: a routine deepens sleep
      cause: concept/sleep
      stepEffect: concept/sleep-quality
      species: concept/human
      evidence:
        - id: line/dipping/open
          type: EvidenceLine
          finding: finding/okafor2021sleep/heart-rate
          direction: neutral
          directness: indirect
          method: curated
    - id: mechanism/night-dipping/dip
      type: MechanismStep
      label: deep sleep lowers pressure at night
      cause: concept/sleep-quality
      stepEffect: concept/blood-pressure
      species: concept/human
"""

LATER = """\
id: line/later
type: EvidenceLine
bearsOn: claim/routine-lowers-pressure
finding: finding/okafor2021sleep/systolic
direction: neutral
directness: direct
method: curated
"""


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """A file with one more line on the claim."""
    path = tmp_path / "later.yaml"
    path.write_text(LATER, encoding="utf-8")
    return path


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """A folder with one work and one recommendation on it."""
    folder = tmp_path / "evidence"
    folder.mkdir()
    (folder / "okafor2021sleep.yaml").write_text(EVIDENCE, encoding="utf-8")
    (folder / "advice.yaml").write_text(ADVICE, encoding="utf-8")
    return folder


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    with open_store() as opened:
        yield opened


@pytest.fixture
def loaded(store: Store, evidence: Path) -> Store:
    """The evidence, in memory."""
    from graph.sources import load

    load(store, [evidence], validate=False)
    return store


@pytest.fixture(scope="session")
def generator() -> ModuleType:
    """The maker of graphs of any size, ``bench/generate_graph.py``."""
    spec = importlib.util.spec_from_file_location(
        "generate_graph", Path(__file__).parents[2] / "bench/generate_graph.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
