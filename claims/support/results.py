"""What a text's result sentences say, and what a claim or question asks of them."""

from __future__ import annotations

import math
from collections.abc import Mapping

from claims.findings.directing import Model, leaning
from claims.support import cues
from claims.support.features import MAXIMUM_LENGTH, heaviest, read, sentences_of, share

_LOOKED_AT = 3  # result sentences


def is_question(claim: str) -> bool:
    """Whether the claim is put as a question.

    >>> is_question("Does tea lower blood pressure?")
    True
    """
    return "?" in claim


def asked_features(claim: str) -> dict[str, float]:
    """What a claim or question is about, and how a question opens: 0 or 1 each."""
    found = {f"asks_{name}": float(bool(sign.search(claim))) for name, (sign, _) in cues.ASKED.items()}
    found |= {f"opens_{name}": float(bool(sign.search(claim))) for name, sign in cues.OPENINGS.items()}
    return found


def result_features(
    claim: str, text: str, weights: Mapping[str, float], *, model: Model | None = None
) -> dict[str, float]:
    """What the sentences that report, and that share most with the claim, say of a difference.

    ``leans_*`` are log odds of "no difference" and of a rise, by ``claims.findings.directing`` (``model``
    as there).
    """
    claim = claim[:MAXIMUM_LENGTH]
    said, default = read(claim), heaviest(weights)
    parts = sentences_of(text)
    kinds = [_kind(part) for part in parts]
    fit = [
        reports
        + numbers
        + 0.7 * differs
        - prepares
        + i / len(parts)
        + 1.5 * share(said.content, read(part).content, weights, default)
        for i, (part, (reports, numbers, differs, prepares)) in enumerate(zip(parts, kinds, strict=True))
    ]
    order = sorted(range(len(parts)), key=lambda i: (-fit[i], i))[:_LOOKED_AT]
    features: dict[str, float] = {}
    for name, (sign, _) in cues.RESULT_CUES.items():
        counts = [len(sign.findall(part)) for part in parts]
        features[f"best_{name}"] = min(2, counts[order[0]])
        features[f"top_{name}"] = min(3, sum(counts[i] for i in order))
        features[f"all_{name}"] = min(5, sum(counts))
        features[f"last_{name}"] = min(2, counts[-1])
    leanings = [leaning(claim, parts[i], model=model) for i in order]
    heights = (1.0, 0.7, 0.5)[: len(order)]
    none = [one for one, _ in leanings]
    features["leans_none_best"] = none[0]
    features["leans_none_most"] = max(none)
    features["leans_none_least"] = min(none)
    features["leans_none_mean"] = sum(h * one for h, one in zip(heights, none, strict=True)) / sum(heights)
    features["leans_up_mean"] = sum(h * up for h, (_, up) in zip(heights, leanings, strict=True)) / sum(
        heights
    )
    features["leans_none_last"] = leaning(claim, parts[-1], model=model)[0]
    for place, name in enumerate(("reporting", "numbers", "differing", "preparing")):
        features[f"share_{name}"] = sum(kind[place] for kind in kinds) / len(kinds)
        features[f"any_{name}"] = float(any(kind[place] for kind in kinds))
    features["text_opens_preparing"] = float(bool(cues.OPENS_PREPARING.match(text)))
    features["text_opens_reporting"] = float(bool(cues.OPENS_REPORTING.match(text)))
    features["claim_words"] = math.log1p(len(said.stems))
    return features


def _kind(sentence: str) -> tuple[float, float, float, float]:
    """Whether a sentence reports, gives a result's numbers, tells of a difference or none, prepares."""
    return (
        float(bool(cues.REPORTING.search(sentence))),
        float(bool(cues.RESULT_NUMBER.search(sentence))),
        float(any(cues.RESULT_CUES[name][0].search(sentence) for name in ("none", "same", "significant"))),
        float(bool(cues.PREPARING.search(sentence))),
    )
