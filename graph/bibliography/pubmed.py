"""PubMed XML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from graph.bibliography import names
from graph.bibliography.collected import READABLE, Collected
from graph.bibliography.xml_records import records
from graph.errors import ClaimspineError
from graph.evidence import Iri, Work

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


_KINDS = (
    ("practice guideline", "guideline"),
    ("guideline", "guideline"),
    ("clinical trial protocol", "protocol"),
    ("preprint", "preprint"),
    ("editorial", "editorial"),
    ("news", "news"),
    ("systematic review", "review"),
    ("meta-analysis", "review"),
    ("review", "review"),
    ("journal article", "journal-article"),
)


def publication_kind(kinds: Iterable[str]) -> str | None:
    """PubMed's publication types as one work type, the most telling first.

    >>> publication_kind(["Journal Article", "Systematic Review"])
    'review'
    """
    given = {kind.lower() for kind in kinds}
    return next((ours for theirs, ours in _KINDS if theirs in given), None)


# PubMed's comments and corrections on an article, in XML and as tags of NBIB, the gravest first. A part
# withdrawn is told as a correction: the rest stands.
_STANDINGS = (
    ("retracted", ("RetractionIn", "RIN")),
    ("concern", ("ExpressionOfConcernIn", "ECI")),
    ("superseded", ("UpdateIn", "UIN")),
    ("corrected", ("ErratumIn", "EIN", "CorrectedandRepublishedIn", "CRI")),
    ("corrected", ("PartialRetractionIn", "PRIN")),
)


def publication_standing(kinds: Sequence[str], notes: Iterable[str | None]) -> str | None:
    """The gravest that PubMed's types and notes say of an article; otherwise unknown, not current.

    >>> publication_standing(["Journal Article"], ["ErratumIn", "CommentIn"])
    'corrected'
    """
    given = set(notes)
    if any(kind.lower() == "retracted publication" for kind in kinds):
        return "retracted"
    return next((standing for standing, marks in _STANDINGS if given & set(marks)), None)


def read_xml(text: str, found: Collected) -> None:
    """Read a PubmedArticleSet into ``found``.

    Raises:
        ClaimspineError: not well-formed, holds entities, or is another kind of XML.
    """
    seen = 0
    for element in records(text, ("PubmedArticle", "PubmedBookArticle"), found.path, allow_dtd=True):
        seen += 1
        found.add(element.findtext(".//PMID"), None, _work(element))
    if not seen:
        raise ClaimspineError(
            "not-a-bibliography", "this XML holds no PubMed records", path=found.path, hint=READABLE
        )


def pubmed_title(text: str | None) -> str | None:
    """A title without the stop and the brackets that PubMed puts around a translated one.

    >>> pubmed_title("[Light and sleep]."), pubmed_title("Light and sleep [corrected].")
    ('Light and sleep', 'Light and sleep [corrected]')
    """
    title = (text or "").strip().rstrip(".")
    if title.startswith("[") and title.endswith("]") and "]" not in title[:-1]:
        title = title[1:-1].rstrip(".")
    return names.clean(title)


def _text(element: Element, path: str) -> str | None:
    node = element.find(path)
    return None if node is None else names.clean("".join(node.itertext()))


def _work(record: Element) -> Work:
    ids = {
        node.get("IdType"): names.clean(node.text)
        for node in record.findall("./PubmedData/ArticleIdList/ArticleId")
    }
    kinds = ["".join(node.itertext()) for node in record.findall(".//PublicationType")]
    notes = {node.get("RefType") for node in record.findall(".//CommentsCorrections")}
    pages, article = names.pages(_text(record, ".//Pagination/MedlinePgn"))
    doi = names.doi(ids.get("doi"))
    for node in record.findall(".//ELocationID"):
        if node.get("EIdType") == "doi":
            doi = doi or names.doi(node.text)
    title = _text(record, ".//ArticleTitle") or _text(record, ".//BookTitle")
    return Work(
        Iri(""),
        title=pubmed_title(title),
        authors=_authors(record),
        year=names.year(
            _text(record, ".//JournalIssue/PubDate/Year"),
            _text(record, ".//JournalIssue/PubDate/MedlineDate"),
            _text(record, ".//ArticleDate/Year"),
            _text(record, ".//Book/PubDate/Year"),
        ),
        journal=_text(record, ".//Journal/Title") or _text(record, ".//Journal/ISOAbbreviation"),
        volume=_text(record, ".//JournalIssue/Volume"),
        issue=_text(record, ".//JournalIssue/Issue"),
        pages=pages,
        article_number=article,
        doi=doi,
        pmid=names.pmid(record.findtext(".//PMID")),
        work_type=publication_kind(kinds),
        standing=publication_standing(kinds, notes),
        abstract=_abstract(record),
        published_online=_online(record),
        pmcid=names.pmcid(ids.get("pmc")),
        language=_text(record, ".//Article/Language"),
    )


def _authors(record: Element) -> tuple[str, ...]:
    found = []
    for author in record.findall(".//Article/AuthorList/Author") or record.findall(".//AuthorList/Author"):
        family = _text(author, "LastName")
        if family:
            found.append(names.person(family, _text(author, "Initials") or _text(author, "ForeName") or ""))
        else:
            found.append(_text(author, "CollectiveName") or "")
    return tuple(name for name in found if name)


def _abstract(record: Element) -> str | None:
    parts = []
    for node in record.findall(".//Abstract/AbstractText"):
        text = names.clean("".join(node.itertext()))
        if text:
            label = node.get("Label")
            parts.append(f"{label}: {text}" if label and label != "UNLABELLED" else text)
    return "\n".join(parts) or None


def _online(record: Element) -> str | None:
    for node in record.findall(".//ArticleDate"):
        if node.get("DateType") == "Electronic":
            parts = [node.findtext(part) or "" for part in ("Year", "Month", "Day")]
            if all(part.isdigit() for part in parts):
                return f"{int(parts[0]):04}-{int(parts[1]):02}-{int(parts[2]):02}"
    return None
