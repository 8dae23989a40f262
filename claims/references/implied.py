"""References that an article makes without printing a list: keys, links, author and year.

They let an article that is checked against a bibliography ("[@pocovi2024]") be linked to works.
"""

from __future__ import annotations

from claims.marks import Mark, find_marks
from claims.model import Author, Document, Reference, ReferenceFields
from claims.references.naming import by_locator, entries_named
from claims.references.parsing import parse


def implied_references(document: Document, printed: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """One reference for every key, DOI, PubMed link or locator that the printed list does not hold.

    Where no list is printed at all, author–year marks make references too.
    """
    known_dois = {one.fields.doi.lower() for one in printed if one.fields.doi}
    known_pmids = {one.fields.pmid for one in printed if one.fields.pmid}
    known_pmcids = {one.fields.pmcid for one in printed if one.fields.pmcid}
    keys = {one.label for one in printed}
    found: dict[str, Reference] = {}
    index = len(printed)
    for mark in find_marks(document):
        if (mark.doi and mark.doi.lower() in known_dois) or (mark.pmid and mark.pmid in known_pmids):
            continue
        if mark.pmcid and mark.pmcid in known_pmcids:
            continue
        if mark.style == "link" and entries_named(mark, printed):
            continue
        if mark.style == "locator" and by_locator(mark, printed):
            continue
        label = _label(mark, list_printed=bool(printed))
        if label is None or label in found or (mark.key and label in keys):
            continue
        index += 1
        found[label] = Reference(index, label, mark.text, mark.span, _fields(mark), implied=True)
    return tuple(found.values())


def _label(mark: Mark, *, list_printed: bool) -> str | None:
    if mark.style in ("footnote", "label", "again", "code"):
        return None
    if mark.style == "locator":
        return mark.text
    if mark.key:
        return f"@{mark.key}"
    if mark.doi:
        return mark.doi
    if mark.pmid:
        return f"PMID {mark.pmid}"
    if mark.pmcid:
        return mark.pmcid
    if mark.style == "author-year" and mark.certain and mark.year and not list_printed:
        return f"{mark.names[0]} {mark.when}"
    return None


def _fields(mark: Mark) -> ReferenceFields:
    if mark.style == "link":
        return ReferenceFields(doi=mark.doi, pmid=mark.pmid, pmcid=mark.pmcid)
    if mark.style == "locator":
        return parse(mark.text)
    names = tuple(Author(name) for name in mark.names)
    return ReferenceFields(authors=names, et_al=mark.et_al, year=mark.year)
