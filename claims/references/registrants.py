"""Whether a DOI that a record lacks can be of its journal, by the DOIs of that journal's other works."""

from __future__ import annotations

from collections import Counter

from claims.library import Library, plain_doi, recorded
from claims.references.identifiers import preprint_server
from graph.evidence import Work

_LEAST = 5  # works of a journal from which its habit can be read
_LEAST_PART = 0.25  # of a library that must have DOIs before their absence says anything
_LEAST_SHARE = 0.5  # and of its other journals of those years with several works


def foreign_doi(doi: str, work: Work, library: Library) -> str | None:
    """Why a printed DOI is no DOI of a work's journal, as a clause for a reader; None if it may be one.

    A journal has its DOIs from one registrant (the number before the slash), or has none at all. Both are
    read from the works of the journal in the library, of the year and its neighbours; few works say nothing.
    """
    journal = recorded(work, "journal")[0]
    if not journal or not work.year:
        return None
    others = [one for one in library.in_journal(journal, work.year) if one.iri != work.iri]
    # what stands on a preprint server under the journal's name has the server's DOI
    registrants = Counter(_registrant(one.doi) for one in others if one.doi and not preprint_server(one))
    if registrants and registrants.total() >= _LEAST and _registrant(doi) not in registrants:
        usual = registrants.most_common(1)[0][0]
        return f"the record has no DOI, and those of {journal} begin with {usual}"
    if not registrants and len(others) >= _LEAST and _keeps_dois(library, journal, work.year):
        return f"the record has no DOI, nor have the {len(others)} other works of {journal} of those years"
    return None


def _registrant(doi: str) -> str:
    return plain_doi(doi).split("/")[0]


def _keeps_dois(library: Library, journal: str, year: int) -> bool:
    """Whether a library holds the DOIs that there are: most of its other journals of those years have some.

    A bibliography exported without DOIs says nothing by their absence, also beside one that has them.
    """
    if len(library.by_doi) < _LEAST_PART * len(library.works):
        return False
    held: dict[str, list[bool]] = {}
    for (_, when), positions in library.by_journal_year.items():
        if abs(when - year) <= 1:
            for position in positions:
                work = library.works[position]
                held.setdefault((recorded(work, "journal")[0] or "").casefold(), []).append(bool(work.doi))
    others = [dois for name, dois in held.items() if name != journal.casefold() and len(dois) > 1]
    known = sum(map(sum, others))
    return known >= _LEAST and sum(map(any, others)) >= _LEAST_SHARE * len(others)
