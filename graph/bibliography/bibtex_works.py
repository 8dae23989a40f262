"""Works of the entries of a BibTeX file."""

from __future__ import annotations

from graph.bibliography import bibtex, names
from graph.bibliography.collected import Collected
from graph.errors import ClaimspineError
from graph.evidence import Iri, UnconfirmedField, Work

__all__ = ["read_bibtex"]


_BIBTEX_TYPES = {
    "article": "journal-article",
    "book": "book",
    "booklet": "book",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "conference-abstract",
    "conference": "conference-abstract",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "online": "web-page",
    "www": "web-page",
    "electronic": "web-page",
}


def read_bibtex(text: str, found: Collected) -> None:
    """Collect the works of a file's entries; broken ones are named.

    Raises:
        ClaimspineError: there is neither an entry nor the beginning of one.
    """
    entries, broken = bibtex.parse(text)
    for fault in broken:
        found.fault(fault.line, fault.key, fault.message, left_out=fault.left_out)
    if not entries and not broken and text.strip() and "@" not in text:
        raise ClaimspineError("not-a-bibliography", "there is no BibTeX entry in this file", path=found.path)
    entries.reverse()
    while entries:
        entry = entries.pop()  # freed when its work is made
        get = entry.fields.get
        authors = _authors(entry.raw.get("author") or entry.raw.get("editor") or "")
        pages, article = names.pages(get("pages"))
        kind = _BIBTEX_TYPES.get(entry.kind)
        if (get("archiveprefix") or get("eprinttype") or "").lower() in ("arxiv", "medrxiv", "biorxiv"):
            kind = "preprint"
        title = get("title")
        if title and get("subtitle"):
            title = f"{title}: {get('subtitle')}"
        doi = names.doi(get("doi")) or names.doi(get("url"))
        year = names.year(get("year"), get("date"))
        found.unread(entry.line, entry.key, "doi", get("doi"), doi)
        found.unread(entry.line, entry.key, "year", get("year") or get("date"), year)
        found.unread(entry.line, entry.key, "pmid", get("pmid"), names.pmid(get("pmid")))
        note = " ".join(filter(None, (get("note"), get("annote"), get("extra"))))
        work = Work(
            Iri(""),
            title=names.clean(title),
            authors=authors,
            unconfirmed=_more_authors(entry.raw.get("author") or entry.raw.get("editor") or ""),
            year=year,
            journal=names.clean(get("journal") or get("journaltitle") or get("booktitle")),
            volume=names.clean(get("volume")),
            issue=names.clean(get("number") or get("issue")),
            pages=pages,
            article_number=names.clean(get("eid") or get("articleno") or get("article-number")) or article,
            doi=doi,
            pmid=names.pmid(get("pmid") or names.noted(note, "PMID")),
            isbn=names.clean(get("isbn")),
            url=names.clean(get("url")),
            work_type=kind,
            abstract=names.clean(get("abstract")),
            pmcid=names.pmcid(get("pmcid") or names.noted(note, "PMCID")),
            language=names.clean(get("langid") or get("language")),
        )
        found.add(entry.key or None, entry.line, work)


def _more_authors(raw: str) -> tuple[UnconfirmedField, ...]:
    """That the list of authors goes on ("and others"), so that nobody takes it for whole."""
    last = bibtex.split_names(raw)[-1:]
    return (UnconfirmedField("authors", "and others"),) if last and _others(bibtex.plain(last[0])) else ()


def _others(name: str) -> bool:
    return name.lower() in ("others", "et al", "et al.")


def _authors(raw: str) -> tuple[str, ...]:
    authors = []
    for name in bibtex.split_names(raw):
        text = bibtex.plain(name)
        if _others(text):
            continue
        authors.append(text if _is_whole(name) else names.from_text(text))
    return tuple(author for author in authors if author)


def _is_whole(name: str) -> bool:
    """Whether a name stands in braces as a whole: a body's, with braces inside or not."""
    depth = 0
    for place, character in enumerate(name):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return place > 0 and place == len(name) - 1
    return False
