"""Records of several sources as one record for each work, and such records beside the evidence at hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from claims.journals import same_journal
from claims.names import recorded_author, same_family
from claims.references.titles import title_similarity
from claims.references.verifying import same_pages
from graph.evidence import Evidence, Iri, UnconfirmedField, Work
from graph.retractions import graver

_KEPT = ("iri", "unconfirmed", "standing", "standing_note", "recorded_by", "reports", "replaced_by")
_SAME_TITLE = 95.0


def one_each(works: Iterable[Work]) -> tuple[Work, ...]:
    """One record for each work, in the order first met; the first record's fields, filled from the others.

    Works are one by DOI or PubMed id, or, where these do not tell, by title, year and first author. The
    gravest standing counts. Where two sources give different places or journals neither is confirmed.
    """
    merged: list[Work] = []
    places: dict[str, list[int]] = {}
    for work in works:
        keys = _keys(work)
        near = sorted({place for key in keys for place in places.get(key, ())})
        at = next((place for place in near if same(merged[place], work)), None)
        if at is None:
            at = len(merged)
            merged.append(work)
        else:
            merged[at] = _joined(merged[at], work)
        for key in {*keys, *_keys(merged[at])}:
            if at not in places.setdefault(key, []):
                places[key].append(at)
    return tuple(merged)


def _keys(work: Work) -> set[str]:
    """Under what a record of the same work may be found."""
    keys = {f"doi:{work.doi.lower()}" if work.doi else "", f"pmid:{work.pmid}" if work.pmid else ""}
    if work.year:
        keys |= {f"year:{year}" for year in (work.year - 1, work.year, work.year + 1)}
    return keys - {""}


def same(one: Work, other: Work) -> bool:
    """Whether two records are of one work."""
    if one.doi and other.doi:
        return one.doi.lower() == other.doi.lower()
    if one.pmid and other.pmid:
        return one.pmid == other.pmid
    if not one.title or not other.title or not one.year or not other.year:
        return False
    if abs(one.year - other.year) > 1 or not one.authors or not other.authors:
        return False
    first, second = (recorded_author(work.authors[0]).family for work in (one, other))
    return same_family(first, second) and title_similarity(one.title, other.title) >= _SAME_TITLE


def _joined(kept: Work, other: Work) -> Work:
    """Two records of one work from outside sources; what they contradict each other in is not confirmed."""
    found = filled(kept, other)
    names = [kept.recorded_by, other.recorded_by]
    found = replace(found, recorded_by=", ".join(dict.fromkeys(name for name in names if name)) or None)
    if kept.abstract and other.abstract and "PubMed" in (other.recorded_by or ""):
        found = replace(found, abstract=other.abstract)  # PubMed keeps the abstract's own headings
    if kept.year and other.year and kept.year != other.year and abs(kept.year - other.year) <= 2:
        online = kept.published_online or ""
        if not online.startswith(str(other.year)):
            found = replace(found, published_online=str(other.year))
    for name in ("journal", "volume", "issue", "pages"):
        one, two = getattr(kept, name), getattr(other, name)
        if one and two and not _agree(name, one, two):
            unsure = (*found.unconfirmed, UnconfirmedField(name, one))
            found = replace(found, unconfirmed=unsure)
            found = _without(found, name)
    return found


def _without(work: Work, name: str) -> Work:
    match name:
        case "journal":
            return replace(work, journal=None)
        case "volume":
            return replace(work, volume=None)
        case "issue":
            return replace(work, issue=None)
        case _:
            return replace(work, pages=None)


def _agree(name: str, one: str, other: str) -> bool:
    if name == "journal":
        return same_journal(one, other)
    if name == "pages":
        return same_pages(one, other)
    return one.strip().lower().lstrip("0") == other.strip().lower().lstrip("0")


def filled(kept: Work, other: Work) -> Work:
    """A record with what it leaves open filled from another of the same work; the graver standing counts."""
    unsure = {one.field for one in kept.unconfirmed}
    values = {
        name: getattr(other, name)
        for name in Work.__dataclass_fields__
        if name not in _KEPT and name not in unsure and not getattr(kept, name) and getattr(other, name)
    }
    found = replace(kept, **values)
    if graver(kept.standing, other.standing) != kept.standing:
        found = replace(found, standing=other.standing, standing_note=other.standing_note)
    return found


def with_records(evidence: Evidence, records: Sequence[Work]) -> Evidence:
    """The evidence with records from outside: works it knows keep what they say, filled; others are added.

    A standing that is graver than the recorded one replaces it; a milder one never does.
    """
    works = dict(evidence.works)
    dois: dict[str, Iri] = {}
    pmids: dict[str, Iri] = {}
    by_year: dict[int, list[Iri]] = {}
    for iri, work in works.items():
        if work.doi:
            dois.setdefault(work.doi.lower(), iri)
        if work.pmid:
            pmids.setdefault(work.pmid, iri)
        if work.year and not (work.doi and work.pmid):
            by_year.setdefault(work.year, []).append(iri)
    for record in records:
        at = dois.get((record.doi or "").lower()) or pmids.get(record.pmid or "")
        if at is None and record.year:
            near = [iri for year in range(record.year - 1, record.year + 2) for iri in by_year.get(year, ())]
            at = next((iri for iri in near if same(works[iri], record)), None)
        if at is None:
            works[record.iri] = record
        else:
            works[at] = filled(works[at], record)
    return replace(evidence, works=dict(sorted(works.items())))
