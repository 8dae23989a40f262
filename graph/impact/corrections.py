"""Numbers of findings as a person corrects them: ``finding/x=0.95,0.80,1.12``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import ClaimspineError
from graph.evidence import EffectEstimate, Iri
from graph.jsonld import definitions
from graph.reading.nodes import to_decimal
from graph.results import Term
from graph.sparql import stored
from graph.store import Store
from graph.tracing.identifiers import resolve

_HINT = "write FINDING=VALUE or FINDING=VALUE,LOW,HIGH, such as finding/x/pain=-0.5,-1.2,0.2"


@dataclass(frozen=True, slots=True)
class Corrections:
    """New estimates by finding, and the works that the findings were read in."""

    works: tuple[Iri, ...]
    estimates: dict[Iri, EffectEstimate]


def corrections(store: Store, written: Sequence[str]) -> Corrections:
    """The corrections that a person wrote; measure, unit and level stay those of the finding.

    Its p value is left out: it belonged to the old numbers.

    Raises:
        UnknownIdentifier: no finding has the id.
        ClaimspineError: ``not-a-correction``, ``not-a-finding``, ``no-estimate``.
    """
    works: dict[Iri, None] = {}
    estimates: dict[Iri, EffectEstimate] = {}
    for one in written:
        name, _, numbers = one.rpartition("=")
        parts = [to_decimal(part.strip().replace("−", "-")) for part in numbers.split(",")]
        if not name.strip() or None in parts or len(parts) not in (1, 3):
            raise ClaimspineError("not-a-correction", f"{one!r} is no correction", hint=_HINT)
        value, low, high = parts if len(parts) == 3 else (parts[0], None, None)
        if low is not None and not (value is not None and high is not None and low <= value <= high):
            raise ClaimspineError(
                "not-a-correction", f"{one!r}: the value must lie between low and high", hint=_HINT
            )
        finding = resolve(store, name)
        work, estimate = _now(store, finding)
        works[work] = None
        estimates[finding] = EffectEstimate(
            estimate.measure,
            value,
            low,
            high,
            level=estimate.level,
            unit=estimate.unit,
            adjusted=estimate.adjusted,
            better=estimate.better,
        )
    return Corrections(tuple(works), estimates)


def _now(store: Store, finding: Iri) -> tuple[Iri, EffectEstimate]:
    rows = sorted(store.rows(stored("estimate"), {"finding": Term.iri(finding)}), key=str)
    if not rows:
        raise ClaimspineError(
            "not-a-finding", f"{finding.removeprefix(store.base)} is no finding of a work", hint=_HINT
        )
    work, measure, level, unit, better, adjusted, _ = rows[0]
    if measure is None:
        raise ClaimspineError(
            "no-estimate",
            f"{finding.removeprefix(store.base)} has no estimate whose numbers could be corrected",
            hint="write it into the evidence file, in a copy of the folder, and trace that",
        )
    return Iri(work or ""), EffectEstimate(
        measure.removeprefix(definitions()["measure"].scheme or ""),
        level=to_decimal(level),
        unit=unit,
        adjusted=None if adjusted is None else adjusted in ("true", "1"),
        better=None if better is None else better.removeprefix(definitions()["better"].scheme or ""),
    )
