"""Several records of one paper read as one: by identifier, then by title, author and year together.

Merging happens when evidence is read; the store keeps every record as it was loaded, so that a merge
is undone by one statement (``differentFrom``) and nothing is lost. A title alone never merges.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from graph.evidence import Finding, Iri, Work
from graph.reading.nodes import Nodes
from graph.reading.values import finding_of, work_of
from graph.sparql import stored
from graph.store import Store
from ontology.terms import Class

Pair = frozenset[str]
_ALIKE = 0.5  # of difflib's ratio: a subtitle more or less is still alike, another paper is not
_SHORT = 15  # characters; shorter titles ("Walking", "Editorial") say too little


@dataclass(frozen=True, slots=True)
class Merge:
    """Two records read as one. ``kept`` gives its id; ``by`` says what they share, in words."""

    kept: Iri
    other: Iri
    by: str


def merge(
    works: dict[Iri, Work], findings: dict[Iri, Finding], apart: Collection[Pair] = ()
) -> tuple[dict[Iri, Work], dict[Iri, Finding], tuple[Merge, ...]]:
    """The works with one record a paper, the findings on the records that stayed, and the merges.

    A record that findings hang on comes first and is filled from the others where it is silent. Records
    that differ in an identifier, and pairs in ``apart``, stay apart.
    """
    used = {found.work for found in findings.values()}
    best: dict[str, list[Iri]] = {}
    same: dict[Iri, Merge] = {}
    members: dict[Iri, list[Iri]] = {}
    merged: dict[Iri, Work] = {}
    for work in sorted(works.values(), key=lambda w: (w.iri not in used and not w.reports, w.iri)):
        keys = dict(_keys(work))
        found = _fitting(work, keys, best, merged, members, apart)
        if found is None:
            merged[work.iri] = work
            members[work.iri] = [work.iri]
        else:
            kept, by = found
            same[work.iri] = Merge(kept, work.iri, by)
            members[kept].append(work.iri)
            merged[kept] = _filled(merged[kept], work)
        for key in keys:
            holder = found[0] if found else work.iri
            if holder not in best.setdefault(key, []):
                best[key].append(holder)
    if not same:
        return works, findings, ()
    findings = {
        iri: replace(f, work=same[f.work].kept) if f.work in same else f for iri, f in findings.items()
    }
    return {iri: merged[iri] for iri in sorted(merged)}, findings, tuple(same[iri] for iri in sorted(same))


def merges(store: Store) -> tuple[Merge, ...]:
    """The merges that reading this store makes, by the record that gives way."""
    nodes = Nodes.of(store, "records")
    works = {Iri(node): work_of(nodes, node) for node in nodes.of_class(Class.WORK)}
    used = {Iri(node): finding_of(nodes, node) for node in nodes.of_class(Class.FINDING)}
    return merge(works, used, kept_apart(store))[2]


def kept_apart(store: Store) -> frozenset[Pair]:
    """The pairs that a person said are not the same work."""
    return frozenset(frozenset((one, other)) for one, other in store.rows(stored("apart")) if one and other)


def _fitting(
    work: Work,
    keys: dict[str, str],
    best: dict[str, list[Iri]],
    merged: dict[Iri, Work],
    members: dict[Iri, list[Iri]],
    apart: Collection[Pair],
) -> tuple[Iri, str] | None:
    """The record that this one is another of, and why; the first of its keys decides."""
    for key, by in keys.items():
        for kept in best.get(key, ()):
            told_apart = any(frozenset((work.iri, member)) in apart for member in members[kept])
            if not told_apart and not _conflict(merged[kept], work):
                return kept, by + _unlike(merged[kept], work)
    return None


def _unlike(one: Work, other: Work) -> str:
    """A doubt about records that share an identifier but not a title: one of them may be mistyped."""
    titles = [_plain(work.title or "") for work in (one, other)]
    if not all(titles) or difflib.SequenceMatcher(None, titles[0], titles[1]).ratio() >= _ALIKE:
        return ""
    return f"; check it, since their titles differ: {one.title!r} and {other.title!r}"


def _keys(work: Work) -> Iterator[tuple[str, str]]:
    """What one paper is known by: identifiers, else title, year and first author together."""
    if work.doi:
        yield f"doi:{work.doi.lower()}", f"the same DOI, {work.doi}"
    if work.pmid:
        yield f"pmid:{work.pmid}", f"the same PubMed number, {work.pmid}"
    title = _plain(work.title or "")
    if len(title) > _SHORT and work.year and work.authors:
        author = _author(work.authors[0])
        if author:
            said = f"the same title, year ({work.year}) and first author ({work.authors[0]})"
            yield f"title:{title}|{work.year}|{author}", said


def _plain(title: str) -> str:
    return re.sub(r"\W+", " ", title.casefold()).strip()


def _author(name: str) -> str:
    """Family name and first initial, however they are printed: ``Okafor NA``, ``Okafor, Ngozi A.``"""
    family, comma, given = name.partition(",")
    if not comma:
        parts = name.split()
        initials = [part for part in parts[1:] if part.isupper() and len(part) <= 4]
        family = " ".join(part for part in parts if part not in initials)
        given = initials[0] if initials else ""
    plain = re.sub(r"\W+", " ", family.casefold()).strip()
    return f"{plain} {given.strip()[:1].casefold()}".strip()


def _conflict(one: Work, other: Work) -> bool:
    """Whether two records differ in an identifier: then they stay apart, whatever else they share."""
    return bool(
        (one.doi and other.doi and one.doi.lower() != other.doi.lower())
        or (one.pmid and other.pmid and one.pmid != other.pmid)
    )


def _filled(kept: Work, other: Work) -> Work:
    values = {
        name: getattr(other, name)
        for name in Work.__dataclass_fields__
        if name not in ("iri", "unconfirmed") and not getattr(kept, name) and getattr(other, name)
    }
    return replace(kept, **values)
