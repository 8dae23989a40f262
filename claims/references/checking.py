"""A whole list of references against a library: the standing of each, and what may be corrected from it.

A field is corrected only from the record of the work that is surely meant; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from claims.library import Library, plain_doi, recorded
from claims.model import FieldComparison, Reference, ReferenceStatus, VerifiedReference
from claims.names import same_family
from claims.references.identifiers import Contradiction, contradictions
from claims.references.titles import is_slip, title_similarity
from claims.references.verifying import same_pages, verify
from graph.evidence import Work

STANDINGS = ("retracted", "concern", "superseded", "corrected")
_MOST_COMPARED = 2000  # entries among which duplicates are looked for


class CheckStatus(StrEnum):
    """What is known of a reference. ``unchecked``: nothing answered that could have known it."""

    VERIFIED = "verified"
    MISMATCH = "mismatch"
    NOT_FOUND = "not-found"
    AMBIGUOUS = "ambiguous"
    RETRACTED = "retracted"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Correction:
    """One field as printed (None: missing) and as the matched record has it."""

    field: str
    printed: str | None
    recorded: str


@dataclass(frozen=True, slots=True)
class CheckedReference:
    """One reference with all that was found out about it.

    ``uncorrected`` says why differing fields are left alone. ``answered`` and ``silent`` name the online
    sources that did, and did not, answer about it.
    """

    verified: VerifiedReference
    status: CheckStatus
    key: str | None = None
    corrections: tuple[Correction, ...] = ()
    uncorrected: str | None = None
    contradictions: tuple[Contradiction, ...] = ()
    repeats: int | None = None  # the index of the entry that this is again
    answered: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    candidates: tuple[Work, ...] = ()  # works that may be meant, or that a part of it leads to as well

    @property
    def reference(self) -> Reference:
        """The reference as printed."""
        return self.verified.reference

    @property
    def work(self) -> Work | None:
        """The work that is meant, where one is."""
        return self.verified.work

    @property
    def faulty(self) -> bool:
        """Whether a person should look at it."""
        wrong = self.status not in (CheckStatus.VERIFIED, CheckStatus.UNCHECKED)
        grave = self.work is not None and self.work.standing in ("retracted", "concern")
        return wrong or grave or bool(self.contradictions) or self.repeats is not None


def check(
    references: Sequence[Reference],
    library: Library,
    *,
    keys: Sequence[str | None] = (),
    answered: Sequence[tuple[str, ...]] = (),
    silent: Sequence[tuple[str, ...]] = (),
    this_year: int | None = None,
) -> tuple[CheckedReference, ...]:
    """Each reference with its record and what differs.

    ``keys``, ``answered`` and ``silent`` go with ``references``, one each, where they are given. Where
    nothing that could know the work was there to be asked it is unchecked, not missing. ``this_year`` lets
    years that are yet to come be told; next year's is let pass, since issues are dated ahead.
    """
    repeated = _repeats(references)
    works = {work.iri: work for work in library.works}
    found = []
    for number, reference in enumerate(references):
        verified = _other_than(reference, verify(reference, library))
        asked = answered[number] if answered else ()
        mute = silent[number] if silent else ()
        corrections, why_not = corrections_of(verified)
        found.append(
            CheckedReference(
                verified,
                _status(verified, bool(library.works) or bool(asked), mute),
                keys[number] if keys else None,
                corrections,
                why_not,
                (*contradictions(reference.fields, reference.raw), *_yet_to_come(reference, this_year)),
                repeated.get(number),
                asked,
                mute,
                tuple(works[iri] for iri in verified.candidates if iri in works),
            )
        )
    return tuple(found)


def _yet_to_come(reference: Reference, this_year: int | None) -> Iterable[Contradiction]:
    year = reference.fields.year
    if year is not None and this_year is not None and year > this_year + 1:
        yield Contradiction(str(year), "that year is yet to come")


def _other_than(reference: Reference, verified: VerifiedReference) -> VerifiedReference:
    """A match by subject alone names a work that may be meant; for a list that is a candidate, no match."""
    if verified.matched_by != ("context",) or verified.work is None:
        return verified
    return VerifiedReference(reference, ReferenceStatus.NOT_FOUND, None, (), (), (verified.work.iri,))


def _status(verified: VerifiedReference, asked: bool, silent: tuple[str, ...]) -> CheckStatus:
    if verified.status in (ReferenceStatus.NOT_FOUND, ReferenceStatus.UNCHECKED):
        return CheckStatus.UNCHECKED if silent or not asked else CheckStatus.NOT_FOUND
    return CheckStatus(verified.status.value)


def corrections_of(verified: VerifiedReference) -> tuple[tuple[Correction, ...], str | None]:
    """What may be corrected from the record, and a reason where differing fields are left alone."""
    work = verified.work
    if work is None:
        return (), None
    differing = [row for row in verified.fields if row.agrees is False and row.confirmed and row.recorded]
    why_not = _unsure(verified) if differing else None
    if why_not:
        return (), why_not
    corrections = [Correction(row.field, row.printed, row.recorded or "") for row in differing]
    doi, confirmed = recorded(work, "doi")
    if doi and confirmed and not verified.reference.fields.doi and _unsure(verified) is None:
        corrections.append(Correction("doi", None, doi))
    return tuple(corrections), None


def _unsure(verified: VerifiedReference) -> str | None:
    """Why the record may not be that of the work meant; None where it surely is."""
    agrees = {row.field: row.agrees for row in verified.fields}
    by = set(verified.matched_by)
    title = next((row for row in verified.fields if row.field == "title"), None)
    if title is not None and is_slip(title.printed or "", title.recorded or ""):
        agrees["title"] = True  # a word or two is a slip in the title of the work that is meant
    rest = sum(agrees.get(name) is True for name in ("authors", "year", "journal"))
    if verified.candidates:
        return "what is printed leads to more than one work"
    if agrees.get("title") is True and (rest or by & {"identifier", "locator"}):
        return None
    if "identifier" in by and agrees.get("title") is not False and rest:
        return None
    if agrees.get("title") is False:
        return "the title printed is not that of the record, so another work may be meant"
    return "too little of what is printed agrees with the record"


def _repeats(references: Sequence[Reference]) -> dict[int, int]:
    """For places in the list, the index of the earlier entry of the same work."""
    first: dict[str, Reference] = {}
    found: dict[int, int] = {}
    by_year: dict[int | None, list[Reference]] = {}
    for number, reference in enumerate(references[:_MOST_COMPARED]):
        fields = reference.fields
        keys = [f"doi:{plain_doi(fields.doi)}"] if fields.doi else []
        keys += [f"pmid:{fields.pmid}"] if fields.pmid else []
        earlier = next((first[key] for key in keys if key in first), None)
        earlier = earlier or next(
            (one for one in by_year.get(fields.year, ()) if _same(one, reference)), None
        )
        for key in keys:
            first.setdefault(key, reference)
        by_year.setdefault(fields.year, []).append(reference)
        if earlier is not None:
            found[number] = earlier.index
    return found


def same_work(first: VerifiedReference, second: VerifiedReference) -> bool:
    """Whether two entries are of one work: by what they print, or as they surely mean the same record."""
    one, other = first.reference.fields, second.reference.fields
    if first.work is not None and first.work == second.work and _surely(first) and _surely(second):
        return True
    if one.doi and other.doi:
        return plain_doi(one.doi) == plain_doi(other.doi)
    if one.pmid and other.pmid:
        return one.pmid == other.pmid
    return one.year == other.year and _same(first.reference, second.reference)


def _surely(one: VerifiedReference) -> bool:
    """Whether all that is printed is as recorded, and more than the first author and the year."""
    known = one.status in (ReferenceStatus.VERIFIED, ReferenceStatus.RETRACTED)
    return known and one.matched_by != ("author-year",)


def _same(one: Reference, other: Reference) -> bool:
    """Whether two entries without a common identifier print one title, its author and its place."""
    first, second = one.fields, other.fields
    if (first.doi and second.doi) or (first.pmid and second.pmid):
        return False  # told by the identifiers already
    if not first.title or not second.title or not first.authors or not second.authors:
        return False
    if not same_family(first.authors[0].family, second.authors[0].family):
        return False
    # Parts of a series differ in a number or a letter, which a similarity would pass over.
    if first.volume != second.volume:
        return False
    if first.pages and second.pages and not same_pages(first.pages, second.pages):
        return False
    return title_similarity(first.title, second.title) >= 97


def differing(one: CheckedReference) -> Iterable[FieldComparison]:
    """The fields that differ from a confirmed record."""
    return (row for row in one.verified.fields if row.agrees is False and row.confirmed)


def with_keys(checked: Iterable[CheckedReference]) -> tuple[CheckedReference, ...]:
    """Every reference with a key of its own: its bibliography's, else family and year ("hale2019b")."""
    used: set[str] = set()
    found = []
    for one in checked:
        fields = one.reference.fields
        stem = one.key or "".join(
            character
            for character in (fields.authors[0].family if fields.authors else "entry").lower()
            if character.isascii() and character.isalnum()
        ) + (str(fields.year) if fields.year else str(one.reference.index))
        key, letter = stem, ord("b")
        while key in used:
            key, letter = f"{stem}{chr(letter)}" if letter <= ord("z") else f"{stem}-{letter}", letter + 1
        used.add(key)
        found.append(replace(one, key=key))
    return tuple(found)
