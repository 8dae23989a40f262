"""Which work of a library a printed reference means, by what it prints.

Evidence for a work, strongest first: an identifier, the place (journal, volume, first page), the
title, first author with year, and, weakest, journal with year and subject. An invented reference
often keeps one of these from the work it was made after, so the keys may lead to different works.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from claims.journals import same_journal
from claims.library import Library, recorded, signing, title_words
from claims.model import ReferenceFields
from claims.names import corporate, recorded_author, same_family
from claims.references.titles import TITLE_AGREES, title_similarity
from graph.evidence import Iri, Work

_TITLE_LIKE = 80.0
_SUBJECT = 0.55  # part of the printed title's telling words that the record's title must share
_MARGIN = 0.12  # by how much the best subject must lead the second


@dataclass(frozen=True, slots=True)
class Match:
    """The work meant (None: none, or several as well), by what, and the others that fit.

    ``elsewhere`` maps a printed key (doi, pmid, locator) to the work it leads to when that is not
    the work meant.
    """

    work: Work | None
    by: tuple[str, ...] = ()
    candidates: tuple[Iri, ...] = ()
    ambiguous: bool = False
    elsewhere: tuple[tuple[str, Iri], ...] = ()


def match(fields: ReferenceFields, library: Library) -> Match:
    """Find the work that a printed reference means, or say that none or several fit."""
    keyed = _keyed(fields, library)
    titled = _titled(fields, library)
    authored = _authored(fields, library)
    scores: dict[Iri, float] = {}
    by: dict[Iri, list[str]] = {}
    works: dict[Iri, Work] = {}
    for how, weight, found in (
        ("identifier", 5.0, [work for name, work in keyed if name in ("doi", "pmid", "pmcid")]),
        ("locator", 4.0, [work for name, work in keyed if name == "locator"]),
        ("title", 5.0, titled),
        ("author-year", 2.0, authored),
    ):
        for work in found:
            works[work.iri] = work
            if how not in by.setdefault(work.iri, []):
                by[work.iri].append(how)
                scores[work.iri] = scores.get(work.iri, 0.0) + weight
    if not works:
        return _by_subject(fields, library)
    for iri, work in works.items():
        scores[iri] += _agreement(fields, work)
    ranked = sorted(works.values(), key=lambda work: (-scores[work.iri], work.iri))
    best = ranked[0]
    if by[best.iri] == ["author-year"] and len(ranked) == 1:
        subject = _by_subject(fields, library)
        if subject.work is not None and subject.work.iri != best.iri:
            return Match(None, (), tuple(sorted((best.iri, subject.work.iri))), ambiguous=True)
    own = {name for name, work in keyed if work.iri == best.iri}  # the place of two works is that of either
    elsewhere = tuple(
        sorted(
            (name, work.iri)
            for name, work in keyed
            if work.iri != best.iri and name not in own and not _same_work(work, best)
        )
    )
    rivals = [
        work
        for work in ranked[1:]
        if scores[best.iri] - scores[work.iri] < 1.0 and not _same_work(work, best)
    ]
    if rivals:
        return Match(
            None,
            (),
            tuple(sorted([best.iri, *(work.iri for work in rivals)])),
            ambiguous=True,
            elsewhere=elsewhere,
        )
    return Match(best, tuple(by[best.iri]), elsewhere=elsewhere)


def subject_overlap(printed: str, record: str, library: Library) -> float:
    """The part, 0 to 1, of the printed title's telling words that the record's title has too."""
    wanted = {_stem(word): library.weight(word) for word in title_words(printed)}
    have = {_stem(word) for word in title_words(record)}
    total = sum(wanted.values())
    if not total:
        return 0.0
    return sum(weight for word, weight in wanted.items() if word in have) / total


def _keyed(fields: ReferenceFields, library: Library) -> list[tuple[str, Work]]:
    found = []
    if fields.doi:
        found += [("doi", work) for work in library.with_doi(fields.doi)]
    if fields.pmid:
        found += [("pmid", work) for work in library.with_pmid(fields.pmid)]
    if fields.pmcid:
        found += [("pmcid", work) for work in library.with_pmcid(fields.pmcid)]
    placed = library.at_locator(fields.journal, fields.volume, fields.pages, fields.article_number)
    found += [("locator", work) for work in placed]
    return found


def _titled(fields: ReferenceFields, library: Library) -> list[Work]:
    if not fields.title or len(title_words(fields.title)) < 2:
        return []
    liked = []
    for work in library.like_title(fields.title):
        alike = title_similarity(fields.title, recorded(work, "title")[0] or "")
        if alike >= TITLE_AGREES or (
            alike >= _TITLE_LIKE and (_first_author_agrees(fields, work) or _journal_agrees(fields, work))
        ):
            liked.append((alike, work))
    top = max((alike for alike, _ in liked), default=0.0)
    return [work for alike, work in liked if alike >= top - 3.0]


def _authored(fields: ReferenceFields, library: Library) -> list[Work]:
    """Works of the first author and year whose subject or journal agrees too."""
    if not fields.authors:
        return []
    found = []
    for work in library.by_first_author(fields.authors[0].family, fields.year):
        if not _first_author_agrees(fields, work):
            continue
        if not fields.title and not fields.journal:
            # "(Tanaka et al., 2018)" without a list: the year must be right, the other names too.
            if work.year == fields.year and _names_agree(fields, work):
                found.append(work)
            continue
        overlap = subject_overlap(fields.title, work.title or "", library) if fields.title else 0.0
        journal = _journal_agrees(fields, work)
        if overlap >= _SUBJECT or (journal and (overlap >= 0.35 or not fields.title)):
            found.append(work)
    return found


def _names_agree(fields: ReferenceFields, work: Work) -> bool:
    record = [recorded_author(name).family for name in work.authors]
    names = [author.family for author in fields.authors]
    if len(names) == 1 and corporate(names[0]):
        return True  # a body stands for all of its members
    if fields.et_al:
        return len(record) > len(names)
    return len(record) == len(names) and all(map(same_family, names, record))


def _by_subject(fields: ReferenceFields, library: Library) -> Match:
    """The one work of that journal and year about that subject; nothing when two come near."""
    if not fields.journal or not fields.year or not fields.title:
        return Match(None)
    ranked = sorted(
        (
            (-subject_overlap(fields.title, work.title or "", library), work.iri, work)
            for work in library.in_journal(fields.journal, fields.year)
        ),
        key=lambda entry: entry[:2],
    )
    if not ranked or -ranked[0][0] < _SUBJECT or len(title_words(fields.title)) < 3:
        return Match(None)
    if len(ranked) > 1 and ranked[1][0] - ranked[0][0] < _MARGIN:
        return Match(None, (), tuple(sorted(entry[1] for entry in ranked[:2])), ambiguous=True)
    return Match(ranked[0][2], ("context",))


def _agreement(fields: ReferenceFields, work: Work) -> float:
    """Small change that decides between works: author, year, journal, and how alike the titles are."""
    score = 0.0
    if fields.title and work.title:
        score += 2.0 * title_similarity(fields.title, work.title) / 100
    if _first_author_agrees(fields, work):
        score += 1.5
    if fields.year and work.year:
        score += 1.0 if fields.year == work.year else (0.4 if abs(fields.year - work.year) == 1 else 0.0)
    if _journal_agrees(fields, work):
        score += 1.0
    return score


def _first_author_agrees(fields: ReferenceFields, work: Work) -> bool:
    if not fields.authors or not work.authors:
        return False
    return any(same_family(fields.authors[0].family, name) for name in signing(work))


def _journal_agrees(fields: ReferenceFields, work: Work) -> bool:
    journal = recorded(work, "journal")[0]
    return bool(fields.journal and journal and same_journal(fields.journal, journal))


def _same_work(one: Work, other: Work) -> bool:
    """Two records of one paper (a bibliography and the evidence both hold it)."""
    if one.doi and other.doi:
        return one.doi.lower() == other.doi.lower()
    return bool(
        one.title
        and other.title
        and (one.year == other.year or None in (one.year, other.year))
        and fuzz.ratio(one.title.lower(), other.title.lower()) >= 97
        and (
            not one.authors
            or not other.authors
            or same_family(recorded_author(one.authors[0]).family, recorded_author(other.authors[0]).family)
        )
    )


def _stem(word: str) -> str:
    return word[:6] if len(word) > 6 else word
