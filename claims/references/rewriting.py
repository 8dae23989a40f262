"""A checked list as corrected BibTeX: a bibliography edited in place, or any other list written as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from claims.model import Author
from claims.names import recorded_author
from claims.references.author_lists import authors_agree
from claims.references.checking import CheckedReference
from graph.bibliography import bibtex, bibtex_editing, names
from graph.evidence import Work

_JOURNAL_NAMES = ("journal", "journaltitle", "booktitle")
_KINDS = {"article": "article", "book": "book", "chapter": "incollection", "report": "techreport"}


def corrected_bibtex(text: str, checked: Iterable[CheckedReference]) -> str:
    """A BibTeX text with the corrections made; all else in it stays as it is, byte for byte."""
    wanted = {one.key: one for one in checked if one.key and one.corrections}
    changes: dict[str, Mapping[str, str]] = {}
    for place in bibtex_editing.places(text):
        one = wanted.pop(place.key, None)
        if one is not None:
            found = {name: text[start:end] for name, (start, end) in place.fields.items()}
            changes[place.key] = _changes(one, found)
    return bibtex_editing.edited(text, changes)


def as_bibtex(checked: Iterable[CheckedReference]) -> str:
    """A list of any other kind as BibTeX, corrected where a record allows it; keys are as given."""
    return "\n".join(_entry(one) for one in checked)


def _changes(one: CheckedReference, fields: Mapping[str, str]) -> dict[str, str]:
    """The corrections under the names that this entry uses."""
    changes: dict[str, str] = {}
    for correction in one.corrections:
        name = _name_of(correction.field, fields)
        if correction.field == "authors" and one.work is not None:
            changes[name] = _authors(one.work, bibtex.split_names(_bare(fields.get(name, ""))))
        elif correction.field in ("pages", "article_number"):
            changes[name] = re.sub(r"\s*[-–]+\s*", "--", correction.recorded)
        else:
            changes[name] = correction.recorded
    return changes


def _name_of(field: str, fields: Mapping[str, str]) -> str:
    """What BibTeX, or this entry, calls a field."""
    match field:
        case "authors":
            return "author" if "author" in fields or "editor" not in fields else "editor"
        case "journal":
            return next((name for name in _JOURNAL_NAMES if name in fields), "journal")
        case "year":
            return "date" if "date" in fields and "year" not in fields else "year"
        case "issue":
            return "issue" if "issue" in fields and "number" not in fields else "number"
        case "article_number":
            others = ("eid", "articleno", "article-number")
            return next((name for name in others if name in fields), "pages")
        case _:
            return field


def _bare(value: str) -> str:
    """A value without its outer braces or quotes."""
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] in '{"' and value[-1] in '}"' else value


def _authors(work: Work, printed: Sequence[str]) -> str:
    """The recorded authors; a name that is printed right keeps its printed form."""
    names_printed = [(bibtex.plain(name), name) for name in printed]
    found = []
    for name in work.authors:
        kept = next(
            (
                raw
                for plain, raw in names_printed
                if "\\" not in raw and authors_agree((recorded_author(names.from_text(plain)),), (name,))
            ),
            None,
        )
        found.append(_plain_name(kept) if kept else _inverted(recorded_author(name)))
    return " and ".join(found)


def _plain_name(raw: str) -> str:
    return bibtex.plain(raw)


def _inverted(author: Author) -> str:
    """ "Pocovi, N. C."; a body's name alone."""
    if not author.initials:
        return author.family
    return f"{author.family}, {' '.join(f'{letter}.' for letter in author.initials if letter.isalpha())}"


def _entry(one: CheckedReference) -> str:
    fields, right = one.reference.fields, {c.field: c.recorded for c in one.corrections}
    work = one.work
    listed = " and ".join(_inverted(author) for author in fields.authors)
    if fields.et_al and listed:
        listed += " and others"
    if "authors" in right and work is not None:
        listed = " and ".join(_inverted(recorded_author(name)) for name in work.authors)
    kind = _KINDS.get(fields.kind or "", "article" if fields.journal else "misc")
    place = right.get("pages") or right.get("article_number") or fields.pages or fields.article_number
    venue = "booktitle" if kind == "incollection" else "journal"
    values = {
        "author": listed,
        "title": right.get("title") or fields.title or "",
        venue: right.get("journal") or fields.journal or fields.container or "",
        "publisher": fields.publisher or "",
        "year": right.get("year") or str(fields.year or ""),
        "volume": right.get("volume") or fields.volume or "",
        "number": right.get("issue") or fields.issue or "",
        "pages": re.sub(r"\s*[-–]+\s*", "--", place or ""),
        "doi": right.get("doi") or fields.doi or "",
        "pmid": right.get("pmid") or fields.pmid or "",
        "url": fields.url or "",
    }
    if not any(values.values()):
        values["note"] = " ".join(one.reference.raw.split())
    return bibtex_editing.written(kind, one.key or f"entry{one.reference.index}", values)
