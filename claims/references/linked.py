"""Entries and the links of the text that lead to the same work: told by the record that both answer to.

An entry may print a DOI where the text links to PubMed, or no identifier at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from claims.model import Reference, ReferenceStatus, VerifiedReference

_SURE = (ReferenceStatus.VERIFIED, ReferenceStatus.MISMATCH, ReferenceStatus.RETRACTED)


def each_once(verified: Iterable[VerifiedReference]) -> tuple[VerifiedReference, ...]:
    """The verified references without the links of the text whose work a printed entry has."""
    found = tuple(verified)
    printed = {one.work.iri for one in found if one.work and not one.reference.implied}
    kept = [one for one in found if not (_is_link(one.reference) and one.work and one.work.iri in printed)]
    return tuple(
        one if one.reference.index == index else replace(one, reference=replace(one.reference, index=index))
        for index, one in enumerate(kept, 1)
    )


def _is_link(reference: Reference) -> bool:
    fields = reference.fields
    return reference.implied and bool(fields.doi or fields.pmid or fields.pmcid)


def with_identifiers(verified: Iterable[VerifiedReference]) -> tuple[Reference, ...]:
    """The references, each with the identifiers that its record has and it does not print."""
    return tuple(_with_recorded(one) for one in verified)


def _with_recorded(one: VerifiedReference) -> Reference:
    work, fields = one.work, one.reference.fields
    if work is None or one.status not in _SURE or (fields.doi and fields.pmid):
        return one.reference
    return replace(
        one.reference,
        fields=replace(
            fields,
            doi=fields.doi or work.doi,
            pmid=fields.pmid or work.pmid,
            pmcid=fields.pmcid or work.pmcid,
        ),
    )
