"""EndNote's own formats: tagged with per cent signs (``%A Lee, A.``, as Google Scholar too) and XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.bibliography import names
from graph.bibliography.collected import Collected
from graph.bibliography.tagged import parse_percent
from graph.bibliography.xml_records import records
from graph.evidence import Iri, Work

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_KINDS = {
    "journal article": "journal-article", "electronic article": "journal-article", "book": "book",
    "edited book": "book", "electronic book": "book", "book section": "chapter",
    "conference proceedings": "conference-abstract", "conference paper": "conference-abstract",
    "thesis": "thesis", "report": "report", "government document": "report", "web page": "web-page",
    "newspaper article": "news",
    "magazine article": "news", "unpublished work": "preprint",
}  # fmt: skip


def is_percent(text: str) -> bool:
    """Whether a text is tagged with per cent signs."""
    return re.match(r"\s*%0\s", text) is not None


def read_percent(text: str, found: Collected) -> None:
    """Read the records of ``.enw`` into ``found``."""
    records, strays = parse_percent(text)
    for line, said in strays:
        found.fault(line, None, f"this line belongs to no record: {said[:60]!r}")
    for record in records:
        one = record.one
        pages, article = names.pages(one("%P"))
        key, year = one("%F", "%L"), names.year(one("%D"), one("%8"))
        doi = names.doi(one("%R")) or names.doi(one("%U"))
        found.unread(record.line, key, "doi", one("%R"), doi)
        found.unread(record.line, key, "year", one("%D"), year)
        work = Work(
            Iri(""),
            title=names.clean(one("%T")),
            authors=tuple(names.from_text(name) for name in record.all("%A")),
            year=year,
            journal=names.clean(one("%J", "%B")),
            volume=names.clean(one("%V")),
            issue=names.clean(one("%N")),
            pages=pages,
            article_number=article,
            doi=doi,
            pmid=names.pmid(one("%M")) if (one("%M") or "").isdigit() else None,
            pmcid=names.pmcid(one("%2")) if (one("%2") or "").startswith("PMC") else None,
            url=names.clean(one("%U")),
            work_type=_KINDS.get((one("%0") or "").lower()),
            abstract=names.clean(one("%X")),
            language=names.clean(one("%G")),
        )
        found.add(key, record.line, work)


def is_xml(text: str) -> bool:
    """Whether XML is an EndNote library."""
    return re.search(r"<xml>\s*<records>|<source-app[^<>]*EndNote", text[:5000], re.IGNORECASE) is not None


def read_xml(text: str, found: Collected) -> None:
    """Read an EndNote library exported as XML into ``found``.

    Raises:
        ClaimspineError: not well-formed, or it holds entities.
    """
    for element in records(text, ("record",), found.path, allow_dtd=False):
        found.add(_text(element, "rec-number"), None, _work(element))


def _text(record: Element, path: str) -> str | None:
    """The words of an element, whatever styles EndNote sets them in."""
    node = record.find(path)
    return None if node is None else names.clean("".join(node.itertext()))


def _work(record: Element) -> Work:
    pages, article = names.pages(_text(record, "pages"))
    kind = record.find("ref-type")
    provider = " ".join(_text(record, f"remote-database-{what}") or "" for what in ("name", "provider"))
    number = _text(record, "accession-num")
    from_pubmed = number is not None and number.isdigit() and re.search(r"NLM|PubMed|Medline", provider, re.I)
    url = _text(record, "urls/related-urls/url")
    pmcid = _text(record, "custom2") or ""
    return Work(
        Iri(""),
        title=_text(record, "titles/title"),
        authors=tuple(
            names.from_text(name)
            for node in record.findall("contributors/authors/author")
            if (name := names.clean("".join(node.itertext())))
        ),
        year=names.year(_text(record, "dates/year")),
        journal=_text(record, "periodical/full-title") or _text(record, "titles/secondary-title"),
        volume=_text(record, "volume"),
        issue=_text(record, "number"),
        pages=pages,
        article_number=_text(record, "custom7") or article,
        doi=names.doi(_text(record, "electronic-resource-num")) or names.doi(url),
        pmid=names.pmid(number) if from_pubmed else None,
        pmcid=names.pmcid(pmcid) if pmcid.startswith("PMC") else None,
        url=url,
        work_type=_KINDS.get((kind.get("name") or "").lower()) if kind is not None else None,
        abstract=_text(record, "abstract"),
        language=_text(record, "language"),
    )
