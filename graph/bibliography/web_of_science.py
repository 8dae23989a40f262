"""Records as Web of Science writes them as plain text (``savedrecs.txt``, ``.ciw``)."""

from __future__ import annotations

import re

from graph.bibliography import names
from graph.bibliography.collected import Collected
from graph.bibliography.tagged import parse_isi
from graph.evidence import Iri, Work

_KINDS = {"J": "journal-article", "B": "book", "S": "book"}


def is_isi(text: str) -> bool:
    """Whether tagged text is that of Web of Science: tags without a dash, records of a kind (``PT``)."""
    return re.match(r"\s*(?:FN\s[^\n]*\n\s*VR\s|PT [JBSP]\s*\n)", text) is not None


def read_isi(text: str, found: Collected) -> None:
    """Read the records into ``found``."""
    records, strays = parse_isi(text)
    for line, said in strays:
        found.fault(line, None, f"this line belongs to no record: {said[:60]!r}")
    for record in records:
        one = record.one
        first, last = one("BP"), one("EP")
        pages, article = names.pages(f"{first}-{last}" if first and last and first != last else first)
        key = one("UT")
        doi, year = names.doi(one("DI")), names.year(one("PY"), one("EA"))
        found.unread(record.line, key, "doi", one("DI"), doi)
        found.unread(record.line, key, "year", one("PY"), year)
        work = Work(
            Iri(""),
            title=names.clean(" ".join(record.all("TI"))),
            authors=tuple(names.from_text(name) for name in (record.all("AF") or record.all("AU"))),
            year=year,
            journal=names.clean(" ".join(record.all("SO"))),
            volume=names.clean(one("VL")),
            issue=names.clean(one("IS")),
            pages=pages,
            article_number=names.clean(one("AR")) or article,
            doi=doi,
            pmid=names.pmid(one("PM")),
            work_type="review" if one("DT") == "Review" else _KINDS.get(one("PT") or ""),
            abstract=names.clean(" ".join(record.all("AB"))),
            language=names.clean(one("LA")),
        )
        found.add(key, record.line, work)
