"""A printed reference beside the record of the work it means, field by field."""

from __future__ import annotations

import re
from collections.abc import Callable

from claims.journals import same_journal
from claims.library import Library, first_page, plain_doi, recorded, title_words
from claims.model import (
    Author,
    FieldComparison,
    Reference,
    ReferenceFields,
    ReferenceStatus,
    Span,
    VerifiedReference,
)
from claims.names import fold, initials_of, recorded_author, same_family
from claims.references.matching import TITLE_AGREES, Match, match, title_similarity
from graph.evidence import Work


def verify(reference: Reference | ReferenceFields, library: Library) -> VerifiedReference:
    """Find the work a printed reference means and compare every printed field with its record.

    A field that the record holds unconfirmed is compared, but a difference there decides nothing.
    """
    if isinstance(reference, ReferenceFields):
        reference = Reference(1, "", "", Span(0, 0), reference)
    found = _by_key(reference, library) or match(reference.fields, library)
    if found.work is None:
        status = ReferenceStatus.AMBIGUOUS if found.ambiguous else ReferenceStatus.NOT_FOUND
        return VerifiedReference(reference, status, None, (), (), found.candidates)
    fields = compare(reference.fields, found.work, reference.raw)
    return VerifiedReference(
        reference,
        _status(fields, found),
        found.work,
        found.by,
        fields,
        tuple(dict.fromkeys(iri for _, iri in found.elsewhere)),
    )


def _by_key(reference: Reference, library: Library) -> Match | None:
    """What a citation key ("@pocovi2024") names; None for any other reference."""
    if not reference.label.startswith("@"):
        return None
    works = library.with_key(reference.label[1:])
    if len(works) == 1:
        return Match(works[0], ("identifier",))
    return Match(None, (), tuple(sorted(work.iri for work in works)), ambiguous=len(works) > 1)


def compare(fields: ReferenceFields, work: Work, raw: str = "") -> tuple[FieldComparison, ...]:
    """Each printed field beside the record's, in the order they are printed in most styles.

    ``raw`` is the entry as printed: a recorded title that stands in it word for word agrees, even
    where the border between title and journal was misjudged.
    """
    rows = [
        _authors(fields, work),
        _year(fields, work),
        _title(fields, work, raw),
        _plain("journal", fields.journal, work, _same_journal_at_end),
        _plain("volume", fields.volume, work, _same_number),
        _plain("issue", fields.issue, work, _same_number),
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


def _authors(fields: ReferenceFields, work: Work) -> FieldComparison | None:
    if not fields.authors:
        return None
    printed = "; ".join(f"{one.family} {one.initials}".strip() for one in fields.authors)
    if fields.et_al:
        printed += " et al."
    if not work.authors:
        return FieldComparison("authors", printed, None, None)
    return FieldComparison(
        "authors", printed, "; ".join(work.authors), authors_agree(fields.authors, work.authors)
    )


def authors_agree(printed: tuple[Author, ...], record: tuple[str, ...]) -> bool:
    """Whether the printed names are the recorded ones, in order; a list may be cut short."""
    recorded_names = [recorded_author(name) for name in record]
    position = 0
    for number, author in enumerate(printed):
        while position < len(recorded_names) and not _same_author(author, recorded_names[position]):
            if number == 0:
                return False
            position += 1
        if position >= len(recorded_names):
            return False
        position += 1
    return True


def _same_author(printed: Author, record: Author) -> bool:
    if same_family(printed.family, record.family):
        first, second = fold(printed.initials), fold(record.initials)
        return (
            not first
            or not second
            or first[0] == second[0]
            or set(first) <= set(second)
            or set(second) <= set(first)
        )
    # Family and given name the other way round ("Wei Zhang" printed "Wei, Z.").
    return bool(
        printed.initials
        and record.initials
        and len(record.family.split()) == 1
        and fold(printed.family) == fold(record.family + record.initials)
    ) or _corporate_agree(printed, record)


def _corporate_agree(printed: Author, record: Author) -> bool:
    if printed.initials or " " not in f"{printed.family} {record.family}".strip():
        return False
    one, other = printed.family, record.family
    short, long = sorted((one, other), key=len)
    return short.isupper() and fold(short) == fold(
        initials_of(re.sub(r"\b(?:of|the|for|and|on)\b", "", long))
    )


def _year(fields: ReferenceFields, work: Work) -> FieldComparison | None:
    if fields.year is None:
        return None
    online = (recorded(work, "published_online")[0] or "")[:4]
    value, confirmed = recorded(work, "year")
    if value is None:
        return FieldComparison("year", str(fields.year), None, None)
    agrees = str(fields.year) in (value, online)
    return FieldComparison("year", str(fields.year), value, agrees, confirmed)


def _title(fields: ReferenceFields, work: Work, raw: str) -> FieldComparison | None:
    if not fields.title:
        return None
    value, confirmed = recorded(work, "title")
    if value is None:
        return FieldComparison("title", fields.title, None, None)
    agrees = title_similarity(fields.title, value) >= TITLE_AGREES or _stands_in(value, raw)
    return FieldComparison("title", fields.title, value, agrees, confirmed)


def _stands_in(title: str, raw: str) -> bool:
    """Whether a title of four words or more stands whole in a printed entry."""
    words = title_words(title)
    return len(words) >= 4 and f" {' '.join(words)} " in f" {' '.join(title_words(raw))} "


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


def same_pages(one: str, other: str) -> bool:
    """Whether two page ranges agree: "134-44" is "134-144", "e5592" is "5592", a first page alone will do."""
    (first, last), (first_other, last_other) = _ends(one), _ends(other)
    if first.lstrip("e") != first_other.lstrip("e"):
        return False
    if not last or not last_other:
        return True
    return _full(first, last) == _full(first_other, last_other)


def _ends(pages: str) -> tuple[str, str]:
    parts = re.split(r"\s*[-–—‐−]+\s*", pages.strip(), maxsplit=1)
    return first_page(parts[0]) or parts[0].lower(), parts[1].lower().strip(" .") if len(parts) > 1 else ""


def _full(first: str, last: str) -> str:
    digits = re.sub(r"^[a-z]+", "", last)
    start = re.sub(r"^[a-z]+", "", first)
    return start[: len(start) - len(digits)] + digits if len(digits) < len(start) else digits


def _same_number(one: str, other: str) -> bool:
    return re.sub(r"\W", "", one).lower().lstrip("0") == re.sub(r"\W", "", other).lower().lstrip("0")
