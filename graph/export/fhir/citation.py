"""A paper as a FHIR Citation."""

from __future__ import annotations

from graph.evidence import Work
from graph.export.fhir.coded import (
    Resource,
    head,
)
from graph.export.publishing import Publisher
from graph.naming import work_label

__all__ = ["citation_of"]


def citation_of(work: Work, by: Publisher) -> Resource:
    """The Citation of a paper, with what is known of where it stands."""
    said = head("Citation", work.iri, work_label(work), by)
    said["status"] = "active"
    artifact: Resource = {}
    identifiers = [
        {"system": system, "value": value}
        for system, value in (
            ("https://doi.org", work.doi),
            ("https://pubmed.ncbi.nlm.nih.gov", work.pmid),
            ("https://www.ncbi.nlm.nih.gov/pmc", work.pmcid),
        )
        if value
    ]
    if identifiers:
        artifact["identifier"] = identifiers
    if work.standing in ("retracted", "corrected", "concern", "superseded"):
        artifact["currentState"] = [{"text": work.standing}]
    if work.title:
        artifact["title"] = [{"text": work.title}]
    if work.abstract:
        artifact["abstract"] = [{"text": work.abstract}]
    form: Resource = {}
    if work.journal:
        form["publishedIn"] = {"title": work.journal}
    pages = (work.pages or "").partition("-")
    fields = {
        "volume": work.volume,
        "issue": work.issue,
        "articleDate": work.published_online,
        "publicationDateText": None if work.year is None else str(work.year),
        "pageString": work.pages or work.article_number,
        "firstPage": pages[0] if pages[2] else None,
        "lastPage": pages[2] or None,
    }
    form |= {key: value for key, value in fields.items() if value}
    if form:
        artifact["publicationForm"] = [form]
    if work.url:
        artifact["webLocation"] = [{"url": work.url}]
    if work.authors:
        artifact["contributorship"] = {
            "entry": [
                {"contributor": {"display": name}, "rankingOrder": number}
                for number, name in enumerate(work.authors, 1)
            ]
        }
    if artifact:
        said["citedArtifact"] = artifact
    return said
