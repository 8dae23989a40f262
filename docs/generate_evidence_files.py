"""The page on writing evidence files: an example that is sound, and the keys of each type from the shapes."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rdflib import URIRef
from rdflib.namespace import RDFS, SH, SKOS

from graph.jsonld import definitions
from ontology.loader import NAMESPACE

TYPES = (
    "Work",
    "UnconfirmedField",
    "Study",
    "Cohort",
    "Laboratory",
    "Finding",
    "EffectEstimate",
    "GroupValue",
    "Dose",
    "Claim",
    "EvidenceLine",
    "Certainty",
    "CertaintyAdjustment",
    "Recommendation",
    "Mechanism",
    "MechanismStep",
    "Concept",
)
_CONCEPT = "http://www.w3.org/2004/02/skos/core#Concept"

INTRODUCTION = """# Writing evidence files

Evidence is YAML: one file for each paper, and files for claims, mechanisms and recommendations. It is read
as JSON-LD, so each key is a property of the [ontology](ontology.md), and checked with SHACL:

    claimspine validate evidence/

Each fault names the file, the line, what is wrong and what to write; exit status 0 means no error, 1 that
there are some, 2 that a file cannot be read at all. A **warning** is shown and does not stop a load.
Of RDF files (Turtle, N-Quads, JSON-LD and others), whose parsers tell no lines, a fault says near which
line the thing is described.

## A whole example

```yaml
id: work/berg2021light
type: Work
workType: journal-article
title: "Morning light and sleep: a randomised trial"
authors: [Berg A, Holm B]
year: 2021
journal: Journal of Made-up Results
doi: 10.5555/light.2021.7
source: https://example.org/light
reports:
  - id: study/berg2021light
    type: Study
    label: morning light in shift workers
    design: randomised-controlled-trial
    species: concept/human
    population: concept/adults
    sampleSize: 240
    registration: NCT01234567
    riskOfBias: some-concerns
findings:
  - id: finding/berg2021light/sleep
    type: Finding
    label: hours of sleep
    text: Sleep was 24 minutes longer with morning light.
    study: study/berg2021light
    exposure: concept/light-exposure
    outcome: concept/sleep-duration
    population: concept/adults
    effectDirection: increases
    quoteRole: result
    obtainedBy: measured
    method: curated
    dose:
      - {type: Dose, doseRole: target, low: 30, high: 30, unit: min/day}
    effect:
      type: EffectEstimate
      measure: mean-difference
      value: 24
      low: 9
      high: 39
      level: 95
      unit: min
      better: higher
---
id: concept/light-exposure
type: Concept
prefLabel: light exposure
altLabel: [bright light, morning light]
conceptRole: exposure
---
id: claim/light-lengthens-sleep
type: Claim
text: Morning light lengthens sleep a little.
exposure: concept/light-exposure
outcome: concept/sleep-duration
effectDirection: increases
causalStrength: causal
evidence:
  - id: line/light-lengthens-sleep/berg2021light
    type: EvidenceLine
    finding: finding/berg2021light/sleep
    direction: supports
    strength: moderate
    directness: direct
    method: curated
    reviewedBy: A. Curator
    reviewedOn: 2026-02-14
    rationale: A trial of just this, in people who work shifts.
```

## How it is read

- **Ids** are words with slashes (`finding/berg2021light/sleep`) under one base
  (`https://w3id.org/claimspine/id/`, or [one of your own](deployment.md#a-base-of-your-own)), or whole IRIs.
  A mapping without an id is named after where it stands (`finding/berg2021light/sleep/dose/1`). Things may be
  written where they are used or in any other file; an id means the same everywhere.
- **Scalars stay as written**: `0.60` keeps its nought, `NO` is Norway, `2021-02-30` is a fault. A text that
  holds `: ` or begins with `[ { @ & * ! % | > #` stands in quotes. Tags are refused; anchors are not.
- **Unknown is left out**, never guessed. What was noted down but not seen in a source stands under
  `unconfirmed`.
- **Direction** of a line is supports, refutes or neutral; the first two have a `strength`, the last has none.
- **Several values** are a list where the table allows it. `authors`, `steps` and `reasons` keep their order.
- **One thing in two files** is one thing; what may be written once is then said twice: the fault names both.
- A work's `findings` and a claim's or step's `evidence` hold the things that point at it: the short way to
  write `reportedIn` on a finding, `bearsOn` on a line.
- Any thing may have `label`, `note` and `source`.
- **Concepts of your own** stand in files of your own, under ids of your own. Under the id of a shipped
  concept `altLabel` (or a `prefLabel` in another language) gives it further names; an English `prefLabel`
  replaces it whole, and the load tells which of its names no longer count. `otherSense` lists
  expressions that hold a name and mean something else ("on balance", of balance).

## The keys of each type

A star: must be there.
"""


def page_text() -> str:
    """The page."""
    ontology = _beside("generate_ontology")
    page = ontology.Page()
    lines = [INTRODUCTION]
    for name in TYPES:
        target = URIRef(_CONCEPT if name == "Concept" else NAMESPACE + name)
        said = page.spine.value(target, SKOS.definition)
        lines += [f"### {name}", "", *([f"{said}", ""] if said else [])]
        lines += ["| key | means | what to write |", "|---|---|---|"]
        rows = dict(sorted(_rows(ontology, page, target)))
        lines += [f"| {key} | {means} | {written} |" for key, (means, written) in rows.items()]
        lines.append("")
    return "\n".join(lines)


def _rows(ontology: Any, page: Any, target: URIRef) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each key that a type may have: a star where it must be there, what it means, what is written."""
    asked: dict[URIRef, tuple[str, bool]] = {}
    rules = [shape for _, shape in ontology.rules_of(page, target)]
    for shape in rules:
        path = page.shapes.value(shape, SH.path)
        if not isinstance(path, URIRef) or (shape, SH.group, None) in page.shapes:
            continue
        keys, _, message = str(page.shapes.value(shape, SH.message)).partition(": ")
        must = int(page.shapes.value(shape, SH.minCount) or 0) > 0
        own = any(str(shape).endswith(f"-{key}") for key in page.keys.get(path, ()))
        if own or path not in asked:
            asked[path] = (message.removeprefix("write ") if " " not in keys else "", must)
    for closed in (shape for shape in rules if str(shape).endswith("-closed")):
        for inner in page.shapes.objects(closed, SH.property):
            path = page.shapes.value(inner, SH.path)
            domains = set(page.spine.objects(path, RDFS.domain))
            if not domains or target in domains:
                asked.setdefault(path, ("", False))
    for path, (message, must) in asked.items():
        means = page.spine.value(path, SKOS.definition) or page.spine.value(path, SKOS.scopeNote)
        for key in page.keys.get(path, ()):
            defined = definitions()[key]
            if not defined.reverse:
                of_concepts = defined.links and URIRef(_CONCEPT) in set(page.spine.objects(path, RDFS.range))
                written = message or ("concept ids (concept/...)" if of_concepts else "")
                said = str(means or "A name for people.")
                yield f"`{key}`{'*' if must else ''}", (ontology.cell(said), ontology.cell(written))


def _beside(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
