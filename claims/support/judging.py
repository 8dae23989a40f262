"""Does this text support this claim? Is this citing sentence true to what it cites?

Small models over named features (``claims.support.models``), made by ``bench/train_support.py`` from
Check-COVID, PubMedQA, Evidence Inference and Citation-Integrity (all MIT): boosted trees for claims, logistic
regression for questions and citations. Each answer comes with the features that led to it,
in words. They read words, not meaning: heed the confidence, let a person look.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from claims.findings.directing import Model
from claims.support.citing import cited_part, citing_features
from claims.support.features import compare, meets
from claims.support.models import answer, stored
from claims.support.opposing import opposing_features
from claims.support.overlap import overlap_features
from claims.support.phrases import in_words
from claims.support.results import asked_features, is_question, result_features

_NOTHING = ("no word of the claim is in the text",)


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a text stands to a claim.

    ``relation``: supports, refutes, not_enough_information. ``confidence``: the model's own probability
    of it; a rarer relation is chosen at less. ``reasons``: the features that told most for it, in words.
    """

    relation: str
    confidence: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CitationJudgement:
    """How true a citing sentence is to the cited text: accurate, not_accurate or irrelevant."""

    accuracy: str
    confidence: float
    reasons: tuple[str, ...] = ()


def judged_features(
    claim: str, text: str, weights: Mapping[str, float], *, model: Model | None = None
) -> dict[str, float]:
    """What ``judge`` looks at in a claim.

    ``weights`` are those of words; ``model`` tells which way results lean (the shipped one if not given).
    """
    return {
        **compare(claim, text, weights),
        **opposing_features(claim, text, weights),
        **answering_features(claim, text, weights, model=model),
    }


def answering_features(
    question: str, text: str, weights: Mapping[str, float], *, model: Model | None = None
) -> dict[str, float]:
    """What ``judge`` looks at in a question: what it asks for and what the results say."""
    return {**result_features(question, text, weights, model=model), **asked_features(question)}


def cited_features(citing: str, source_text: str, weights: Mapping[str, float]) -> dict[str, float]:
    """What ``citation_accuracy`` looks at: the cited part, and as ``w_…`` the whole sentence."""
    whole = overlap_features(citing, source_text, weights)
    return {
        **overlap_features(cited_part(citing), source_text, weights),
        **citing_features(citing),
        **{f"w_{name}": value for name, value in whole.items()},
    }


def judge(claim: str, evidence_text: str) -> Judgement:
    """How ``evidence_text`` stands to ``claim``, a statement or a question.

    A question is supported where the answer is yes and refuted where it is no.

    >>> judge("Zinc shortens colds.", "The trains were late on Monday.").relation
    'not_enough_information'
    """
    if not meets(claim, evidence_text):
        return Judgement("not_enough_information", 0.99, _NOTHING)
    models = stored()
    if is_question(claim):
        found = answer(models["questions"], answering_features(claim, evidence_text, models["weights"]))
    else:
        found = answer(models["claims"], judged_features(claim, evidence_text, models["weights"]))
    return Judgement(found.label, found.confidence, in_words(found.told_by))


def citation_judgement(citing: str, source_text: str) -> CitationJudgement:
    """As ``citation_accuracy``, with the confidence and the reasons."""
    if not meets(cited_part(citing), source_text):
        return CitationJudgement("irrelevant", 0.99, _NOTHING)
    models = stored()
    found = answer(models["citations"], cited_features(citing, source_text, models["weights"]))
    return CitationJudgement(found.label, found.confidence, in_words(found.told_by))


def citation_accuracy(citing: str, source_text: str) -> str:
    """Whether the citing sentence is true to the cited text: "accurate", "not_accurate" or "irrelevant".

    In ``citing``, ``<|cit|>`` marks the citation judged (``<|multi_cit|>`` where it is one of a group) and
    ``<|other_cit|>`` others; without a mark the whole sentence is judged.

    >>> citation_accuracy("Naps lower blood pressure <|cit|>.", "The harbour freezes in winter.")
    'irrelevant'
    """
    return citation_judgement(citing, source_text).accuracy
