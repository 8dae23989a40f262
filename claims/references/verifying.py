"""A printed reference beside the record of the work it means, field by field."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from claims.journals import same_journal
from claims.library import Library, first_page, plain_doi, recorded, signing
from claims.model import (
    FieldComparison,
    Reference,
    ReferenceFields,
    ReferenceStatus,
    Span,
    VerifiedReference,
)
from claims.names import corporate, same_family
from claims.references.asides import is_online_first
from claims.references.author_lists import added, all_printed, authors_agree, left_out, more_authors
from claims.references.identifiers import preprint_server
from claims.references.matching import Match, match
from claims.references.parsing import parse
from claims.references.recorded import fields_of
from claims.references.registrants import foreign_doi
from claims.references.titles import is_main_title, same_title, stands_in, translated
from graph.evidence import Work


def verify(record: Reference | ReferenceFields | Work | str, library: Library) -> VerifiedReference:
    """Find the work a reference means and compare every field it prints with the library's record.

    ``record``: an entry of an article, its fields, a printed string, or a work as a bibliography has
    it. A field that the library's record holds unconfirmed is compared, but decides nothing.
    """
    reference = _as_reference(record)
    found = _by_key(reference, library) or match(reference.fields, library)
    if found.work is None:
        missing = ReferenceStatus.NOT_FOUND if library.works else ReferenceStatus.UNCHECKED
        status = ReferenceStatus.AMBIGUOUS if found.ambiguous else missing
        return VerifiedReference(reference, status, None, (), (), found.candidates)
    fields = tuple(
        _doi_in_library(row, found.work, library) if row.field == "doi" else row
        for row in compare(reference.fields, found.work, reference.raw)
    )
    return VerifiedReference(
        reference,
        _status(fields, found),
        found.work,
        found.by,
        fields,
        tuple(dict.fromkeys(iri for _, iri in found.elsewhere)),
    )


def _as_reference(record: Reference | ReferenceFields | Work | str) -> Reference:
    if isinstance(record, Reference):
        return record
    if isinstance(record, str):
        return Reference(1, "", record, Span(0, 0), parse(record))
    fields = record if isinstance(record, ReferenceFields) else fields_of(record)
    return Reference(1, "", "", Span(0, 0), fields)


def _by_key(reference: Reference, library: Library) -> Match | None:
    """What a citation key ("@pocovi2024") names; None for any other reference, or where an entry has it that
    the library does not."""
    if not reference.label.startswith("@"):
        return None
    works = library.with_key(reference.label[1:])
    if len(works) == 1:
        return Match(works[0], ("identifier",))
    if not works and not reference.implied:
        return None  # the key is the list's own: what is printed behind it tells
    return Match(None, (), tuple(sorted(work.iri for work in works)), ambiguous=len(works) > 1)


def compare(fields: ReferenceFields, work: Work, raw: str = "") -> tuple[FieldComparison, ...]:
    """Each printed field beside the record's, in the order they are printed in most styles.

    ``raw`` is the entry as printed: a recorded title or list of authors that stands in it word for word
    agrees, even where the border between two fields was misjudged.
    """
    rows = [
        _authors(fields, work, raw),
        _year(fields, work, raw),
        _title(fields, work, raw),
        _journal(fields, work),
        _volume(fields, work),
        _plain("issue", fields.issue, work, _same_issue),
        _place(fields, work),
        _plain("doi", fields.doi, work, lambda one, other: plain_doi(one) == plain_doi(other)),
        _plain("pmid", fields.pmid, work, _same_number),
    ]
    return tuple(row for row in rows if row is not None)


def _status(fields: tuple[FieldComparison, ...], found: Match) -> ReferenceStatus:
    differs = any(row.agrees is False and row.confirmed for row in fields)
    if found.work is not None and found.work.standing == "retracted" and found.by != ("context",):
        return ReferenceStatus.RETRACTED
    if differs or found.elsewhere or found.by == ("context",):
        return ReferenceStatus.MISMATCH
    return ReferenceStatus.VERIFIED


def _authors(fields: ReferenceFields, work: Work, raw: str) -> FieldComparison | None:
    if not fields.authors:
        return None
    printed = "; ".join(f"{one.family} {one.initials}".strip() for one in fields.authors)
    if fields.et_al:
        printed += " et al."
    if not work.authors:
        return FieldComparison("authors", printed, None, None)
    agrees = (
        _signed(fields, work)
        or authors_agree(fields.authors, work.authors, cut=fields.et_al, more=more_authors(work))
        or (
            all_printed(work.authors, raw)
            and not added(fields.authors, work.authors, f"{work.title or ''} {fields.title or ''}")
        )
    )
    note = ""
    if not agrees and left_out(fields.authors, work.authors):
        note = f"{len(fields.authors)} of {len(work.authors)} authors are printed, without “et al.”"
    return FieldComparison("authors", printed, "; ".join(work.authors), agrees, note=note)


def _signed(fields: ReferenceFields, work: Work) -> bool:
    """Whether all that is printed is the body that signs for the authors: "SPRINT Research Group"."""
    (name, *others) = (one.family for one in fields.authors)
    return not others and corporate(name) and any(same_family(name, one) for one in signing(work))


def _year(fields: ReferenceFields, work: Work, raw: str) -> FieldComparison | None:
    if fields.year is None:
        return None
    online = (recorded(work, "published_online")[0] or "")[:4]
    value, confirmed = recorded(work, "year")
    if value is None:
        return FieldComparison("year", str(fields.year), None, None)
    agrees = str(fields.year) in (value, online)
    if not agrees and fields.volume is None and value == str(fields.year + 1) and is_online_first(raw):
        note = "it was published online in the year before"
        return FieldComparison("year", str(fields.year), value, None, confirmed, note=note)
    return FieldComparison("year", str(fields.year), value, agrees, confirmed)


def _title(fields: ReferenceFields, work: Work, raw: str) -> FieldComparison | None:
    if not fields.title:
        return None
    value, confirmed = recorded(work, "title")
    if value is None:
        return FieldComparison("title", fields.title, None, None)
    agrees = (
        same_title(fields.title, value)
        or stands_in(value, raw)
        or (work.journal is None and is_main_title(fields.title, value) and _by_its_authors(fields, work))
    )
    if not agrees and (translated(value, fields.title) or translated(fields.title, value)):
        note = "one of the titles is a translation of the other"
        return FieldComparison("title", fields.title, value, None, confirmed, note=note)
    return FieldComparison("title", fields.title, value, agrees, confirmed)


def _by_its_authors(fields: ReferenceFields, work: Work) -> bool:
    return authors_agree(fields.authors, work.authors, cut=fields.et_al, more=more_authors(work))


def _journal(fields: ReferenceFields, work: Work) -> FieldComparison | None:
    """The journal; a preprint's record has its server for one."""
    server = preprint_server(work)
    if not fields.journal or server is None or recorded(work, "journal")[0]:
        return _plain("journal", fields.journal, work, _same_journal_at_end)
    agrees = any(one in fields.journal.lower() for one in server.lower().split(" or "))
    note = "" if agrees else f"the record is that of a preprint on {server}"
    return FieldComparison("journal", fields.journal, server, agrees, note=note)


def _volume(fields: ReferenceFields, work: Work) -> FieldComparison | None:
    """The volume; where the recorded one is the year, many print year and issue: "2021;6:CD011234"."""
    row = _plain("volume", fields.volume, work, _same_number)
    if row is None or row.agrees is not False or fields.issue or row.recorded != str(work.year):
        return row
    issue = recorded(work, "issue")[0]
    return replace(row, agrees=None) if issue and _same_number(row.printed or "", issue) else row


def _doi_in_library(row: FieldComparison, work: Work, library: Library) -> FieldComparison:
    """A DOI that the record lacks: what the journal's other works say of it."""
    if row.recorded is not None or row.agrees is not None:
        return row
    why = foreign_doi(row.printed or "", work, library)
    return replace(row, agrees=False, note=why) if why else row


def _same_journal_at_end(printed: str, record: str) -> bool:
    """Whether two journals agree; what was misread as a journal may begin with the title's last words."""
    if same_journal(printed, record):
        return True
    cuts = [match.end() for match in re.finditer(r"[.?!:,]\s+", printed)]
    return any(same_journal(printed[cut:], record) for cut in cuts)


def _plain(
    name: str, printed: str | None, work: Work, same: Callable[[str, str], bool]
) -> FieldComparison | None:
    if not printed:
        return None
    value, confirmed = recorded(work, name)
    if value is None:
        return FieldComparison(name, printed, None, None)
    return FieldComparison(name, printed, value, bool(same(printed, value)), confirmed)


def _place(fields: ReferenceFields, work: Work) -> FieldComparison | None:
    """First (and last) page, or article number, whichever way each side calls it."""
    printed = fields.article_number or fields.pages
    if not printed:
        return None
    name = "article_number" if fields.article_number else "pages"
    record = [recorded(work, one) for one in ("pages", "article_number")]
    known = [(value, confirmed) for value, confirmed in record if value]
    if not known:
        return FieldComparison(name, printed, None, None)
    for value, confirmed in known:
        if same_pages(printed, value):
            return FieldComparison(name, printed, value, True, confirmed)
    value, confirmed = known[0]
    return FieldComparison(name, printed, value, False, confirmed)


_ONLINE = re.compile(r"\.e\d+\Z")  # pages that are not printed: "88-97.e4"


def same_pages(one: str, other: str) -> bool:
    """Whether two page ranges agree: "134-44" is "134-144", "e5592" is "5592", a first page alone will do."""
    (first, last), (first_other, last_other) = _ends(one), _ends(other)
    if first.lstrip("e0") != first_other.lstrip("e0"):  # "5270" for "e05270"
        return False
    if not last or not last_other:
        return True
    if (_ONLINE.search(last) is None) != (_ONLINE.search(last_other) is None):
        last, last_other = _ONLINE.sub("", last), _ONLINE.sub("", last_other)
    return _full(first, last) == _full(first_other, last_other)


def _ends(pages: str) -> tuple[str, str]:
    parts = re.split(r"\s*[-–—‐‑−]+\s*", pages.strip(), maxsplit=1)
    return first_page(parts[0]) or parts[0].lower(), parts[1].lower().strip(" .") if len(parts) > 1 else ""


def _full(first: str, last: str) -> str:
    digits = re.sub(r"^[a-z]+", "", last)
    start = re.sub(r"^[a-z]+", "", first)
    return start[: len(start) - len(digits)] + digits if len(digits) < len(start) else digits


def _same_issue(one: str, other: str) -> bool:
    """Whether two issues agree; "Suppl 1", "Supplement 1", "S1" and "1" behind "Suppl." are one."""
    return _same_number(
        *(re.sub(r"(?i)\bs(?:uppl(?:ement)?)?\b\.?|\bs(?=\d)", "", each) for each in (one, other))
    ) or (_same_number(one, other))


def _same_number(one: str, other: str) -> bool:
    return re.sub(r"\W", "", one).lower().lstrip("0") == re.sub(r"\W", "", other).lower().lstrip("0")
