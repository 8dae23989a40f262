"""What a guideline advises, held against a sentence that tells of its advice."""

from __future__ import annotations

from claims.concepts import CLOSE, Vocabulary
from claims.model import LinkedClaim, LinkedFinding
from claims.sentence.advising import stance
from graph.evidence import Iri

__all__ = ["advised_otherwise"]


def advised_otherwise(linked: LinkedClaim, vocabulary: Vocabulary) -> LinkedFinding | None:
    """The curated advice of a cited guideline that is the opposite of what the claim says that it advises.

    None where the claim advises nothing, names nothing that the advice is on, or some advice cited for it
    goes its way. Advice is on all that its sentence names: "against belts, as against traction".
    """
    claim = linked.claim
    said = stance(claim.text)
    if said is None or claim.citations_inherited:
        return None
    tried = (*claim.proposition.exposure, *claim.proposition.co_intervention)
    named = tuple(one.concept for one in claim.mentions if one.concept in tried)
    on_it = [
        (one, stance(one.finding.text or ""))
        for one in linked.findings
        if one.via == "citation"
        and one.finding.method == "curated"
        and one.study is not None
        and one.study.design == "clinical-guideline"
        and vocabulary.best_fit(named, _advised_on(one, vocabulary)) in CLOSE
    ]
    given = [(one, way) for one, way in on_it if way is not None]
    if not given or any(way == said for _, way in given):
        return None
    return given[0][0]


def _advised_on(one: LinkedFinding, vocabulary: Vocabulary) -> tuple[Iri, ...]:
    told = [
        mention.concept for mention in vocabulary.find(one.finding.text or "") if "exposure" in mention.roles
    ]
    return (*one.finding.exposure, *told)
