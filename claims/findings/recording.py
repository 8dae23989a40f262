"""Extracted findings as values of the graph, marked automatic."""

from __future__ import annotations

from claims.findings.abstracts import study_facts
from claims.findings.extracting import extract
from graph.evidence import Finding, Iri, Study, Work

_BASE = "/work/"


def as_evidence(work: Work) -> tuple[Study | None, tuple[Finding, ...]]:
    """The study and the findings that a work's abstract lets be read; (None, ()) without an abstract.

    Slots that need a vocabulary (exposure, outcome, comparator, population) are left empty for the
    caller to fill from each finding's ``quote``; numbers, direction, quote role and doses are filled.
    IRIs follow from the work's and the order in the abstract, so the same abstract gives the same IRIs.

    >>> iri = Iri("https://example.org/id/work/ito2019")
    >>> study, findings = as_evidence(Work(iri, abstract="Falls were fewer (RR 0.77; 0.70-0.84)."))
    >>> findings[0].iri, findings[0].method, findings[0].effect.measure
    ('https://example.org/id/finding/ito2019/automatic-1', 'automatic', 'risk-ratio')
    """
    if not work.abstract:
        return None, ()
    extracted = extract(work.abstract, title=work.title)
    facts = study_facts(work.abstract, work.title)
    study_iri = _near(work.iri, "study", "automatic")
    study = Study(
        iri=study_iri,
        label=work.title,
        design=facts.design,
        included_designs=facts.included_designs,
        sample_size=facts.sample_size,
        included_studies=facts.included_studies,
        follow_up_days=facts.follow_up_days,
    )
    findings = tuple(
        Finding(
            iri=_near(work.iri, "finding", f"automatic-{number}"),
            work=work.iri,
            study=study_iri,
            dose=one.doses,
            effect_direction=one.direction,
            effect=one.effect,
            groups=one.groups,
            quote_role=one.quote_role,
            method="automatic",
            quote=one.text,
        )
        for number, one in enumerate(extracted, start=1)
    )
    return study, findings


def _near(work: Iri, kind: str, name: str) -> Iri:
    """An IRI beside the work's: …/work/x → …/finding/x/name."""
    head, found, last = work.rpartition(_BASE)
    if found:
        return Iri(f"{head}/{kind}/{last}/{name}")
    return Iri(f"{work}#{kind}-{name}")
