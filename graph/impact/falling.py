"""The evidence as it would be if works were withdrawn, or numbers in it corrected. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from graph.certainty import Judgement
from graph.contrasts import side_of
from graph.evidence import (
    EffectEstimate,
    Evidence,
    EvidenceLine,
    GraphClaim,
    Iri,
)
from graph.impact.reach import Reach
from graph.tracing import Trace

__all__ = ["OPPOSITE", "as_current", "uncurated", "with_levels", "without"]

OPPOSITE = {"supports": "refutes", "refutes": "supports"}


def as_current(evidence: Evidence, reached: Reach) -> Evidence:
    """As if the works were current: what falls must have stood before."""
    works = {
        iri: replace(work, standing=None)
        if work.standing == "retracted" and _of(reached, evidence, iri)
        else work
        for iri, work in evidence.works.items()
    }
    return replace(evidence, works=works)


def _of(reached: Reach, evidence: Evidence, work: Iri) -> bool:
    return any(
        (finding := evidence.findings.get(iri)) is not None and finding.work == work
        for iri in reached.findings
    )


def without(evidence: Evidence, fallen: set[Iri], new: Mapping[Iri, EffectEstimate]) -> Evidence:
    """The evidence without the lines of ``fallen`` findings, and with the ``new`` estimates."""
    findings = {
        iri: replace(finding, effect=new[iri]) if iri in new else finding
        for iri, finding in evidence.findings.items()
    }
    lines = tuple(_turned(line, evidence, new) for line in evidence.lines if line.finding not in fallen)
    return replace(evidence, findings=findings, lines=lines)


def _turned(line: EvidenceLine, evidence: Evidence, new: Mapping[Iri, EffectEstimate]) -> EvidenceLine:
    """A line whose number is corrected, as it counts until a person has judged it again.

    What no longer excludes no effect carries nothing; what now lies on the other side, clear of no
    effect, speaks for the opposite.
    """
    finding = evidence.findings.get(line.finding)
    if line.finding not in new or finding is None or line.direction not in OPPOSITE:
        return line
    match side_of(new[line.finding]):
        case None:
            return line
        case 0:
            return replace(line, direction="neutral", strength=None)
        case side:
            was = side_of(finding.effect, by_value=True) if finding.effect else None
            return replace(line, direction=OPPOSITE[line.direction]) if was and was != side else line


def with_levels(evidence: Evidence, judged: Mapping[Iri, Judgement]) -> Evidence:
    """Curated levels replaced by what is left of them, for what rests on these claims."""
    claims = dict(evidence.claims)
    for iri, judgement in judged.items():
        if iri in claims and claims[iri].certainty_level:
            claims[iri] = replace(claims[iri], certainty_level=judgement.level)
    return replace(evidence, claims=claims)


def uncurated(trace: Trace, claim: Iri) -> Trace:
    """The trace with the claim's own curated level put aside: it was given with the work in mind."""
    nodes = tuple(
        replace(node, value=replace(node.value, certainty_level=None, certainty_reasons=()))
        if node.iri == claim and isinstance(node.value, GraphClaim)
        else node
        for node in trace.nodes
    )
    return replace(trace, nodes=nodes)
