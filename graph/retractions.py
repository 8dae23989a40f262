"""Retraction data that the user gives (the Retraction Watch CSV) as the standing of works.

A work is matched by its DOI or its PubMed id, never by its title. A work of which the data says
nothing keeps the standing it has: absence from a list is no proof of good standing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from os import PathLike, fspath
from urllib.parse import quote

from graph import files
from graph.bibliography import names
from graph.errors import ClaimspineError
from graph.evidence import Evidence, Iri, UnconfirmedField, Work

# What a notice does to a work; "reinstated" takes back what came before it.
_NATURES = {
    "retraction": "retracted",
    "expression of concern": "concern",
    "correction": "corrected",
    "reinstatement": "reinstated",
}
_GRAVEST = ("retracted", "concern", "superseded", "corrected")
_NEEDED = ("RetractionNature", "OriginalPaperDOI", "OriginalPaperPubMedID")
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})|(\d{4})-(\d{2})-(\d{2})")
_NO_DATE = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """One row: what was done to a work, when (ISO, "" unknown), why, and where that is said."""

    what: str  # retracted, concern, corrected, reinstated
    date: str
    reasons: tuple[str, ...] = ()
    doi: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    journal: str | None = None
    year: int | None = None
    original_doi: str | None = None
    original_pmid: str | None = None


@dataclass(frozen=True, slots=True)
class Retractions:
    """Notices by the DOI (lower case) and the PubMed id of the works that they are about."""

    by_doi: Mapping[str, tuple[Notice, ...]] = field(default_factory=dict)
    by_pmid: Mapping[str, tuple[Notice, ...]] = field(default_factory=dict)
    rows: int = 0
    unread: int = 0  # rows whose nature is not known, or that name no work

    def about(self, doi: str | None, pmid: str | None) -> tuple[Notice, ...]:
        """The notices about the work with these identifiers, oldest first.

        A row whose other identifier contradicts is about another work: it is left out. The one identifier
        that is not known is taken from rows that name both.
        """
        doi, pmid = self.identifiers(doi, pmid)
        found = []
        for notice in self.by_doi.get((doi or "").lower(), ()) if doi else ():
            if not (pmid and notice.original_pmid and notice.original_pmid != pmid):
                found.append(notice)
        for notice in self.by_pmid.get(pmid or "", ()) if pmid else ():
            if not (doi and notice.original_doi and notice.original_doi.lower() != doi.lower()):
                found.append(notice)
        return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.date, one.what, one.doi or "")))

    def identifiers(self, doi: str | None, pmid: str | None) -> tuple[str | None, str | None]:
        """A DOI and a PubMed id; the unknown one is that of the rows that name the other, if they agree."""
        if doi and not pmid:
            pmids = {one.original_pmid for one in self.by_doi.get(doi.lower(), ()) if one.original_pmid}
            pmid = pmids.pop() if len(pmids) == 1 else None
        elif pmid and not doi:
            dois = {one.original_doi for one in self.by_pmid.get(pmid, ()) if one.original_doi}
            doi = dois.pop() if len(dois) == 1 else None
        return doi, pmid

    def work(self, doi: str | None, pmid: str | None, base: str) -> Work | None:
        """The work with these identifiers as far as the data describes it; None where it says nothing.

        Only its identifiers and its title are taken for sure: the data is about notices, and its other
        fields are often cut or abbreviated.
        """
        notices = self.about(doi, pmid)
        standing, note = standing_of(notices)
        if standing is None:
            return None
        one = notices[-1]
        known = one.original_doi or f"pmid-{one.original_pmid}"
        unsure = (
            ("journal", one.journal),
            ("year", str(one.year) if one.year else None),
        )
        return Work(
            Iri(f"{base}work/retractions/{quote(known, safe='-._~')}"),
            title=one.title,
            doi=names.doi(one.original_doi),
            pmid=names.pmid(one.original_pmid),
            standing=standing,
            unconfirmed=tuple(UnconfirmedField(name, value) for name, value in unsure if value),
            recorded_by="retraction data",
            standing_note=note,
        )


def read_retractions(path: str | PathLike[str]) -> Retractions:
    """Read a CSV with the columns of Retraction Watch (as Crossref publishes it).

    Raises:
        ClaimspineError: the file cannot be read, is no CSV, or lacks the columns that are needed.
    """
    data = files.read_bytes(path)
    if b"\0" in data:
        raise ClaimspineError("not-text", "this is a binary file", path=path, hint="give the CSV file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:  # published files have held Windows bytes; identifiers are ASCII anyway
        text = data.decode("cp1252", errors="replace")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        given = tuple(name.strip() for name in reader.fieldnames or ())
        missing = [name for name in _NEEDED if name not in given]
        if missing:
            raise ClaimspineError(
                "not-retraction-data",
                f"this is no retraction data: it has no column {', '.join(missing)}",
                path=path,
                hint="give the Retraction Watch CSV, with its first line",
            )
        reader.fieldnames = given
        return _indexed(reader)
    except csv.Error as exc:
        raise ClaimspineError(
            "csv-syntax", f"not well-formed CSV: {exc}", path=fspath(path), line=reader.line_num
        ) from exc


def _indexed(rows: Iterable[Mapping[str, str | None]]) -> Retractions:
    by_doi: dict[str, list[Notice]] = {}
    by_pmid: dict[str, list[Notice]] = {}
    count = unread = 0
    for row in rows:
        count += 1
        notice = _notice(row)
        if notice is None:
            unread += 1
            continue
        if notice.original_doi:
            by_doi.setdefault(notice.original_doi.lower(), []).append(notice)
        if notice.original_pmid:
            by_pmid.setdefault(notice.original_pmid, []).append(notice)
    return Retractions(
        {key: tuple(found) for key, found in by_doi.items()},
        {key: tuple(found) for key, found in by_pmid.items()},
        count,
        unread,
    )


def _notice(row: Mapping[str, str | None]) -> Notice | None:
    what = _NATURES.get((row.get("RetractionNature") or "").strip().lower())
    doi = names.doi(row.get("OriginalPaperDOI"))
    pmid = _pmid(row.get("OriginalPaperPubMedID"))
    # A row that names itself as its original says nothing of another work, and yet is about that DOI.
    if what is None or (doi is None and pmid is None):
        return None
    reasons = [reason.strip(" +") for reason in (row.get("Reason") or "").split(";")]
    return Notice(
        what,
        _date(row.get("RetractionDate")),
        tuple(dict.fromkeys(reason for reason in reasons if reason)),
        names.doi(row.get("RetractionDOI")),
        names.clean(row.get("Title")),
        tuple(name.strip() for name in (row.get("Author") or "").split(";") if name.strip()),
        names.clean(row.get("Journal")),
        names.year(row.get("OriginalPaperDate")),
        doi,
        pmid,
    )


def _pmid(text: str | None) -> str | None:
    """A PubMed id; the data writes 0 for none, and spreadsheets a decimal point."""
    found = re.fullmatch(r"\s*0*([1-9]\d{0,7})(?:\.0)?\s*", text or "")
    return found[1] if found else None


def _date(text: str | None) -> str:
    """``3/1/2024 0:00`` (month first) or an ISO date, as ISO."""
    found = _DATE.match((text or "").strip())
    if not found:
        return _NO_DATE
    month, day, year, iso_year, iso_month, iso_day = found.groups()
    if iso_year:
        return f"{iso_year}-{iso_month}-{iso_day}"
    return f"{year}-{int(month):02}-{int(day):02}"


def standing_of(notices: Iterable[Notice]) -> tuple[str | None, str | None]:
    """The standing after a run of notices (oldest first), the gravest that holds, and a line that says why.

    A reinstatement takes back retractions and concerns before it; corrections stay. None: not known.
    """
    holding: list[Notice] = []
    for notice in notices:
        if notice.what == "reinstated":
            holding = [one for one in holding if one.what == "corrected"]
        else:
            holding.append(notice)
    if not holding:
        return None, None
    gravest = min(holding, key=lambda one: (_GRAVEST.index(one.what), one.date))
    parts = [gravest.date, "; ".join(gravest.reasons)[:300], f"doi:{gravest.doi}" if gravest.doi else ""]
    return gravest.what, ", ".join(part for part in parts if part) or None


def graver(one: str | None, other: str | None) -> str | None:
    """The graver of two standings; a known one is graver than an unknown one.

    >>> graver("current", "retracted"), graver("concern", None), graver(None, None)
    ('retracted', 'concern', None)
    """
    known = [standing for standing in (one, other) if standing]
    rank = {name: place for place, name in enumerate(_GRAVEST)}
    return min(known, key=lambda standing: rank.get(standing, len(rank)), default=None)


def with_retractions(
    evidence: Evidence,
    retractions: Retractions,
    identifiers: Iterable[tuple[str | None, str | None]] = (),
) -> Evidence:
    """The evidence with each work's standing as the data has it, where that is graver than recorded.

    ``identifiers`` are pairs of DOI and PubMed id that an article prints: a work known only from the
    data is added for those, so that its citation can be spoken of.
    """
    works = dict(evidence.works)
    for iri, work in evidence.works.items():
        standing, note = standing_of(retractions.about(work.doi, work.pmid))
        if standing is not None:  # so that it is known by the other identifier too
            doi, pmid = retractions.identifiers(work.doi, work.pmid)
            works[iri] = work = replace(work, doi=names.doi(doi), pmid=names.pmid(pmid))
        if standing is not None and graver(work.standing, standing) != work.standing:
            works[iri] = replace(work, standing=standing, standing_note=note)
    known = {key for work in works.values() for key in _keys(work.doi, work.pmid)}
    for doi, pmid in identifiers:
        keys = set(_keys(doi, pmid))
        work_found = retractions.work(doi, pmid, evidence.base) if keys and not keys & known else None
        if work_found is not None:
            works[work_found.iri] = work_found
            known |= set(_keys(work_found.doi, work_found.pmid))
    return replace(evidence, works=dict(sorted(works.items())))


def _keys(doi: str | None, pmid: str | None) -> Iterator[str]:
    if doi:
        yield f"doi:{doi.lower()}"
    if pmid:
        yield f"pmid:{pmid}"
