"""Works of RIS records, as most databases export them."""

from __future__ import annotations

import re

from graph.bibliography import names, tagged
from graph.bibliography.collected import Collected
from graph.errors import ClaimspineError
from graph.evidence import Iri, Work

__all__ = ["read_ris"]


_RIS_TYPES = {
    "JOUR": "journal-article",
    "EJOUR": "journal-article",
    "BOOK": "book",
    "EBOOK": "book",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "CONF": "conference-abstract",
    "CPAPER": "conference-abstract",
    "THES": "thesis",
    "RPRT": "report",
    "ELEC": "web-page",
    "NEWS": "news",
    "MGZN": "news",
    "BLOG": "web-page",
    "UNPB": "preprint",
}


def read_ris(text: str, found: Collected) -> None:
    """Collect the works of a file's records; a line outside of any is named.

    Raises:
        ClaimspineError: there is no record.
    """
    records, strays = tagged.parse_ris(text)
    if not records:
        raise ClaimspineError("not-a-bibliography", "there is no RIS record (TY  - ) here", path=found.path)
    for line, said in strays:
        found.fault(line, None, f"this line belongs to no record: {said[:60]!r}")
    for record in records:
        one = record.one
        key = one("ID", "LB")
        if not one("TI", "T1", "CT", "DO", "UR", "L3", "AN"):
            found.fault(record.line, key, "there is no title or DOI; it is left out", left_out=True)
            continue
        first, last = one("SP"), one("EP")
        pages, article = names.pages(f"{first}-{last}" if first and last and last != first else first)
        if not record.complete:
            found.fault(record.line, key, "the record is not closed by ER; it is kept, please check it")
        doi = next(filter(None, map(names.doi, (one("DO"), one("UR"), one("L3"), one("M3")))), None)
        database = (one("DB", "DP") or "").lower()
        notes = "\n".join(record.all("N1"))
        year = names.year(one("PY", "Y1"), one("DA"))
        found.unread(record.line, key, "doi", one("DO"), doi)
        found.unread(record.line, key, "year", one("PY", "Y1"), year)
        work = Work(
            Iri(""),
            title=names.clean(names.without_markup(one("TI", "T1", "CT"))),
            authors=tuple(names.from_text(a) for a in [*record.all("AU", "A1")]),
            year=year,
            journal=names.clean(one("JO", "T2", "JF", "JA", "BT")),
            volume=names.clean(one("VL")),
            issue=names.clean(one("IS")),
            pages=pages,
            article_number=names.clean(one("C7")) or article,
            doi=doi,
            pmid=names.pmid(
                one("AN")
                if database == "nlm"
                or "pubmed" in database
                or (not database and re.fullmatch(r"\d{7,8}", one("AN") or ""))
                else names.noted(notes, "PMID")
            ),
            pmcid=names.pmcid(one("C2")) if (one("C2") or "").startswith("PMC") else None,
            isbn=names.clean(one("SN")) if one("TY") in ("BOOK", "CHAP", "EBOOK") else None,
            url=names.clean(one("UR")),
            work_type=_RIS_TYPES.get(one("TY") or ""),
            abstract=names.clean(names.without_markup(one("AB", "N2"))),
            language=names.clean(one("LA")),
        )
        found.add(key, record.line, work)
