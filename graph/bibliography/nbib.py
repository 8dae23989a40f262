"""Works of the records of PubMed's own format, NBIB."""

from __future__ import annotations

from graph.bibliography import names, tagged
from graph.bibliography.collected import Collected
from graph.evidence import Iri, Work

__all__ = ["read_nbib"]


def read_nbib(text: str, found: Collected) -> None:
    """Collect the works of a file's records, with their kind and standing; a line outside of any is named."""
    from graph.bibliography.pubmed import publication_kind, publication_standing, pubmed_title

    records, strays = tagged.parse_nbib(text)
    for line, said in strays:
        found.fault(line, None, f"this line belongs to no record: {said[:60]!r}")
    for record in records:
        one = record.one
        ids = [*record.values.get("LID", ()), *record.values.get("AID", ())]
        doi = next((names.doi(i.removesuffix("[doi]").strip()) for i in ids if i.endswith("[doi]")), None)
        pages, article = names.pages(one("PG"))
        kinds = record.all("PT")
        full = record.all("FAU")
        authors = [names.from_text(name) for name in (full or record.all("AU"))]
        year = names.year(one("DP"), one("DEP"))
        found.unread(record.line, one("PMID"), "pmid", one("PMID"), names.pmid(one("PMID")))
        found.unread(record.line, one("PMID"), "year", one("DP"), year)
        work = Work(
            Iri(""),
            title=pubmed_title(one("TI", "BTI")) or names.clean(one("TT")),
            authors=(*authors, *record.all("CN")),
            year=year,
            journal=names.clean(one("JT", "TA")),
            volume=names.clean(one("VI")),
            issue=names.clean(one("IP")),
            pages=pages,
            article_number=article,
            doi=doi,
            pmid=names.pmid(one("PMID")),
            work_type=publication_kind(kinds),
            standing=publication_standing(kinds, record.values),
            abstract=names.clean(one("AB")),
            pmcid=names.pmcid(one("PMC")),
            language=names.clean(one("LA")),
        )
        found.add(names.pmid(one("PMID")), record.line, work)
