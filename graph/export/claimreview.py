"""schema.org ClaimReview: of the claims of the graph, and of the claims of an audited article.

What is rated is the evidence, not the truth: the name of each rating says so, and a claim about which
too little is known gets no number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from graph.certainty import LEVELS, Judgement, certainty
from graph.errors import ClaimspineError
from graph.evidence import GraphClaim
from graph.export.publishing import SOFTWARE, Publisher
from graph.export.selecting import Selection
from graph.tracing import Trace, traces_in

_NAMES = {level: f"{level.replace('-', ' ')} certainty of the evidence".capitalize() for level in LEVELS}
_VERDICTS = {
    "supported": 5,
    "partly supported": 4,
    "overstated": 3,
    "unsupported": 2,
    "contradicted": 1,
}


def write(selection: Selection, by: Publisher) -> bytes:
    """A review of each claim and recommendation, as a JSON-LD list.

    Raises:
        ClaimspineError: ``nothing-to-export``.
    """
    claims = selection.evidence.claims
    wanted = [iri for iri in claims if selection.root is None or iri == selection.root]
    if not wanted:
        raise ClaimspineError(
            "nothing-to-export", "there is no claim to review", hint="ask for a claim or a recommendation"
        )
    return _document(
        _of_claim(claims[iri], followed, certainty(followed, iri), by)
        for iri, followed in zip(wanted, traces_in(selection.evidence, wanted), strict=True)
    )


def write_report(report: Mapping[str, Any], by: Publisher, *, address: str | None = None) -> bytes:
    """A review of each claim of an audit, from the JSON of ``claimspine audit``.

    ``address`` is where the article is published.

    Raises:
        ClaimspineError: ``report-unreadable``: this is no such JSON.
    """
    try:
        document, claims = report["document"], report["claims"]
        reviews = [_of_assessment(claim, document, by, address) for claim in claims]
    except (KeyError, TypeError, AttributeError) as exc:
        raise ClaimspineError(
            "report-unreadable",
            f"this is no audit report: {exc}",
            hint="write one with `claimspine audit ARTICLE --format json`",
        ) from exc
    return _document(reviews)


def _document(reviews: Iterable[dict[str, Any]]) -> bytes:
    said = {"@context": "https://schema.org", "@graph": list(reviews)}
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def _review(identifier: str, text: str, by: Publisher) -> dict[str, Any]:
    author = {"@type": "Organization", "name": by.name or "Claimspine", "url": by.url or SOFTWARE}
    if by.iri:
        author["@id"] = by.iri
    said: dict[str, Any] = {
        "@type": "ClaimReview",
        "@id": f"{identifier}#review",
        "url": by.url or identifier,
        "claimReviewed": text,
        "author": author,
    }
    if by.date:
        said["datePublished"] = by.date[:10]
    if by.license:
        said["license"] = by.license
    return said


def _of_claim(claim: GraphClaim, followed: Trace, judged: Judgement, by: Publisher) -> dict[str, Any]:
    said = _review(claim.iri, claim.text, by)
    said["reviewAspect"] = "certainty of the evidence (GRADE)"
    rating: dict[str, Any] = {"@type": "Rating", "bestRating": len(LEVELS), "worstRating": 1}
    if judged.level in LEVELS:
        rating["ratingValue"] = LEVELS.index(judged.level) + 1
        name = _NAMES[judged.level]
        rating["alternateName"] = f"At most {name[0].lower()}{name[1:]}" if judged.bounded else name
    else:
        rating["alternateName"] = "Not enough information"
    rating["ratingExplanation"] = "; ".join(judged.told)
    said["reviewRating"] = rating
    item: dict[str, Any] = {"@type": "Claim", "@id": claim.iri, "text": claim.text}
    papers = [_paper(node.value) for node in followed.of_kind("work")]
    if papers:
        item["citation"] = papers
    said["itemReviewed"] = item
    return said


def _paper(work: Any) -> dict[str, Any]:
    said: dict[str, Any] = {"@type": "ScholarlyArticle"}
    if work is None:
        return said
    said["@id"] = work.iri
    if work.title:
        said["name"] = work.title
    if work.doi:
        said["sameAs"] = f"https://doi.org/{work.doi}"
    if work.year:
        said["datePublished"] = str(work.year)
    if work.standing and work.standing != "current":
        said["creativeWorkStatus"] = work.standing.capitalize()
    return said


def _of_assessment(
    claim: Mapping[str, Any], document: Mapping[str, Any], by: Publisher, address: str | None
) -> dict[str, Any]:
    said = _review(f"{document['id']}/{claim['id']}", str(claim["text"]), by)
    verdict = str(claim["verdict"])
    rating: dict[str, Any] = {"@type": "Rating", "bestRating": 5, "worstRating": 1}
    if verdict in _VERDICTS:
        rating["ratingValue"] = _VERDICTS[verdict]
    rating["alternateName"] = verdict.capitalize()
    certainty_ = claim.get("certainty") or {}
    if certainty_.get("reasons"):
        rating["ratingExplanation"] = "; ".join(map(str, certainty_["reasons"]))
    said["reviewAspect"] = "what the cited and stored evidence licenses"
    said["reviewRating"] = rating
    article: dict[str, Any] = {"@type": "Article", "@id": document["id"]}
    if document.get("title"):
        article["name"] = document["title"]
    if address:
        article["url"] = address
    papers = {
        str(work["id"]): {"@type": "ScholarlyArticle", "@id": work["id"], "name": work.get("title")}
        for item in claim.get("evidence") or ()
        if isinstance(work := item.get("work"), Mapping) and work.get("id")
    }
    item: dict[str, Any] = {
        "@type": "Claim",
        "@id": f"{document['id']}/{claim['id']}#claim",
        "text": claim["text"],
        "appearance": article,
    }
    if papers:
        item["citation"] = [
            {key: value for key, value in papers[iri].items() if value} for iri in sorted(papers)
        ]
    said["itemReviewed"] = item
    return said
