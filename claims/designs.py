"""Which study designs can carry a causal claim."""

from __future__ import annotations

from graph.evidence import Evidence, Study

EXPERIMENTAL = frozenset(
    {
        "experimental",
        "laboratory",
        "randomised-controlled-trial",
        "cluster-randomised-trial",
        "non-randomised-trial",
        "crossover-trial",
        "within-person-experiment",
        "laboratory-experiment",
        "animal-experiment",
    }
)
SYNTHESIS = frozenset({"systematic-review", "meta-analysis", "network-meta-analysis", "clinical-guideline"})
OBSERVATIONAL = frozenset({"observational", "cohort", "case-control", "cross-sectional", "case-series"})
MODELLING = frozenset({"modelling", "biomechanical-model", "simulation"})
OPINION = frozenset({"opinion", "narrative-review", "expert-opinion"})


def observational_only(study: Study | None, evidence: Evidence) -> bool:
    """Whether the study can only show an association; so too a synthesis of nothing but such studies."""
    if study is None or study.design is None:
        return False
    if study.design in OBSERVATIONAL:
        return True
    if study.design in SYNTHESIS and study.includes:
        included = [evidence.studies.get(iri) for iri in study.includes]
        return all(one is not None and one.design in OBSERVATIONAL for one in included)
    return False


def may_license_cause(study: Study | None, evidence: Evidence) -> bool:
    """Whether the study can carry a causal verb; an unknown design may, so that we do not accuse."""
    if study is None or study.design is None:
        return True
    if study.design in OPINION or study.design in MODELLING:
        return False
    return not observational_only(study, evidence)
