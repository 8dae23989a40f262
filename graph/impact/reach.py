"""What hangs on a work or a study: the lines that fall with it, and everything above them.

Lines are counted and put in order first (``graph.embedded.line_index``); only what will be shown is read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from graph.embedded.kept_lines import lines_on, weight_of
from graph.embedded.line_index import Hanging, LineIndex
from graph.embedded.store import EmbeddedStore
from graph.evidence import Evidence, Iri, MechanismStep
from graph.reading.dois import works_with_doi
from graph.reading.merging import kept_apart
from graph.reading.nodes import Nodes, natural
from graph.reading.values import (
    claim_of,
    finding_of,
    lines_of,
    mechanism_of,
    step_of,
    study_of,
    with_study,
    work_of,
)
from graph.results import Term
from graph.sparql import stored
from graph.store import Store
from graph.tracing.walking import above, below
from ontology.terms import Class


@dataclass(frozen=True, slots=True)
class Reach:
    """What some works and studies reach, all by IRI.

    ``findings``: theirs that lines hang on; ``lines``: how many. ``direct``: how many claims,
    recommendations and steps are borne on, by these lines or through a synthesis. Of the first of these
    in order (most weight first) ``targets`` names the lines, each with its finding, ``weights`` the weight
    of the support that hangs on them (strong 3, moderate 2, weak 1), ``through`` the syntheses.
    ``syntheses``: reviews that include one of the studies.
    """

    findings: tuple[Iri, ...]
    lines: int
    direct: int
    first: tuple[Iri, ...]
    targets: dict[Iri, dict[Iri, Iri]]
    weights: dict[Iri, int]
    syntheses: tuple[Iri, ...]
    through: dict[Iri, tuple[Iri, ...]]

    def weight(self, target: Iri) -> int:
        """The weight of the support that the target loses."""
        return self.weights.get(target, 0)


def reach_in_store(
    store: Store, roots: Iterable[Iri], limit: int | None = None, *, staying: Collection[Iri] | None = None
) -> Reach:
    """What the works and studies reach in a store, of their targets the first ``limit``.

    ``staying``: those of their findings that do not count, since their numbers stay; what stands on reviews
    alone is then left out.
    """
    findings: dict[str, None] = {}
    syntheses: dict[str, list[str]] = {}
    for root in roots:
        findings |= dict.fromkeys(_findings(store, root))
        for synthesis, *_ in store.rows(stored("syntheses"), {"root": Term.iri(root)}):
            if synthesis:
                syntheses.setdefault(synthesis, [])
    for synthesis in syntheses:
        syntheses[synthesis] = _findings(store, synthesis)
    if isinstance(store, EmbeddedStore):
        if (kept := store.lines()) is not None:
            try:
                return _reach(kept, list(findings), syntheses, limit, staying)
            except sqlite3.Error:  # given up meanwhile; look the lines up
                pass
        wanted = dict.fromkeys([*findings, *(one for found in syntheses.values() for one in found)])
        return _reach(_index(lines_on(store.engine, wanted)), list(findings), syntheses, limit, staying)
    return _reach(_index(_asked(store, [*roots, *syntheses])), list(findings), syntheses, limit, staying)


def siblings_in_store(store: Store, findings: Iterable[Iri]) -> set[Iri]:
    """These findings and the others of their papers."""
    rows = (row for one in findings for row in store.rows(stored("siblings"), {"root": Term.iri(one)}))
    return {Iri(row[0]) for row in rows if row[0]}.union(findings)


def siblings_in(evidence: Evidence, findings: Iterable[Iri]) -> set[Iri]:
    """The same from evidence already read."""
    papers = {evidence.findings[iri].work for iri in findings if iri in evidence.findings} - {None}
    return {iri for iri, finding in evidence.findings.items() if finding.work in papers}.union(findings)


def _findings(store: Store, root: str) -> list[str]:
    return [row[0] for row in store.rows(stored("findings"), {"root": Term.iri(root)}) if row[0]]


def _asked(store: Store, roots: Iterable[str]) -> Iterator[Hanging]:
    for root in roots:
        for target, line, finding, direction, strength, _ in store.rows(
            stored("reach"), {"root": Term.iri(root)}
        ):
            if target and line and finding:
                yield finding, target, line, weight_of(direction or "", strength)


def _index(rows: Iterable[Hanging]) -> LineIndex:
    index = LineIndex()
    with index.writing():
        index.add(rows)
    return index


def _reach(
    index: LineIndex,
    findings: list[str],
    syntheses: Mapping[str, list[str]],
    limit: int | None,
    staying: Collection[str] | None,
) -> Reach:
    owners: dict[str, list[str]] = {}
    for synthesis, found in syntheses.items() if staying is None else ():
        for finding in found:
            owners.setdefault(finding, []).append(synthesis)
    counted = [one for one in findings if one not in (staying or ())]
    heaviest = index.heaviest(counted, limit)
    lines, _ = index.count(findings)
    _, direct = index.count(counted)
    first = [target for target, _ in heaviest]
    if owners:
        _, direct = index.count([*counted, *owners])
        if limit is None or len(first) < limit:
            more = sorted({target for target, _ in index.heaviest(list(owners), None)} - set(first))
            first += more if limit is None else more[: limit - len(first)]
    hanging = index.lines_on(counted, first)
    through: dict[str, set[str]] = {}
    for target, borne in index.lines_on(list(owners), first).items() if owners else ():
        through[target] = {one for _, finding in borne for one in owners[finding]}
    return Reach(
        findings=tuple(Iri(finding) for finding in index.used(findings)),
        lines=lines,
        direct=direct,
        first=tuple(Iri(target) for target in first),
        targets={Iri(target): {Iri(line): Iri(f) for line, f in hanging[target]} for target, _ in heaviest},
        weights={Iri(target): weight for target, weight in heaviest},
        syntheses=tuple(Iri(one) for one in sorted(syntheses)),
        through={Iri(target): tuple(Iri(one) for one in sorted(through[target])) for target in through},
    )


def reach_in(
    evidence: Evidence,
    roots: Iterable[Iri],
    limit: int | None = None,
    *,
    staying: Collection[Iri] | None = None,
) -> Reach:
    """The same from evidence already read."""
    wanted = set(roots)
    studies = {
        iri for root in wanted for iri in [root, *_reported(evidence, root)] if iri in evidence.studies
    }
    syntheses: dict[str, list[str]] = {}
    found, rising = set(studies), True
    while rising:
        rising = False
        for study in evidence.studies.values():
            if study.iri not in syntheses and found.intersection(study.includes):
                syntheses[study.iri] = []
                rising = True
                found.add(study.iri)
    findings = []
    for finding in evidence.findings.values():
        if wanted.intersection((finding.work or "", finding.study or "")):
            findings.append(str(finding.iri))
        if finding.study in syntheses:
            syntheses[finding.study].append(finding.iri)
    rows = (
        (
            line.finding,
            line.bears_on,
            line.iri,
            weight_of(f"direction-{line.direction}", f"strength-{line.strength}"),
        )
        for line in evidence.lines
        if line.finding in evidence.findings
    )
    return _reach(_index(rows), findings, syntheses, limit, staying)


def above_in_store(store: Store, targets: Iterable[Iri]) -> set[Iri]:
    """The claims and recommendations that rest on these, directly, through others or a mechanism."""
    return {Iri(node) for node in above(store, "resting", targets)}


def above_in(evidence: Evidence, targets: Iterable[Iri]) -> set[Iri]:
    """The same from evidence already read."""
    owners: dict[Iri, set[Iri]] = {}
    for mechanism in evidence.mechanisms.values():
        for step in mechanism.steps:
            owners.setdefault(step.iri, set()).add(mechanism.iri)
    for claim in evidence.claims.values():
        for part in (*claim.based_on, *claim.explained_by):
            owners.setdefault(part, set()).add(claim.iri)
    found: set[Iri] = set()
    queue = list(targets)
    while queue:
        above = owners.get(queue.pop(), set()) - found
        found |= above
        queue += above
    return found.intersection(evidence.claims)


def standing_in_store(store: Store, targets: Iterable[Iri]) -> tuple[Evidence, tuple[MechanismStep, ...]]:
    """The evidence that these claims and steps stand on, each part read once, and all steps in it."""
    nodes, seen = Nodes(), set[str]()
    for target in targets:
        nodes.take(below(store, "standing", target, seen=seen))
    steps = nodes.values(step_of, Class.MECHANISM_STEP)
    return _evidence_of(nodes), tuple(steps.values())


def named_in_store(store: Store, root: Iri) -> Evidence:
    """What the store says of one thing itself."""
    nodes = Nodes()
    nodes.take(below(store, "describe", root))
    return _evidence_of(nodes)


def same_works(store: Store, root: Iri) -> tuple[Iri, ...]:
    """The records of one paper: those that carry the same DOI or PubMed id, the asked one first."""
    others, dois = set[str](), set[str]()
    for other, doi, *_ in store.rows(stored("same_work"), {"root": Term.iri(root)}):
        others |= {other} if other else set()
        dois |= {doi} if doi else set()
    for doi in dois:
        others |= set(works_with_doi(store, doi))
    if others - {root}:
        apart = kept_apart(store)
        others = {iri for iri in others if frozenset((root, iri)) not in apart}
    return (root, *(Iri(iri) for iri in sorted(others - {root}, key=natural)))


def _reported(evidence: Evidence, root: Iri) -> set[Iri]:
    work = evidence.works.get(root)
    found = set(work.reports) if work is not None else set()
    return found | {f.study for f in evidence.findings.values() if f.work == root and f.study}


def _evidence_of(nodes: Nodes) -> Evidence:
    """What gathered nodes say of works, studies, findings, claims, mechanisms and lines."""
    works = nodes.values(work_of, Class.WORK)
    claims = nodes.values(claim_of, Class.CLAIM, Class.RECOMMENDATION)
    return Evidence(
        works=works,
        studies=nodes.values(study_of, Class.STUDY),
        findings=with_study(works, nodes.values(finding_of, Class.FINDING)),
        claims={n: claim for n, claim in claims.items() if not nodes.is_a(n, Class.MECHANISM_STEP)},
        mechanisms=nodes.values(mechanism_of, Class.MECHANISM),
        lines=tuple(chain.from_iterable(nodes.values(lines_of, Class.EVIDENCE_LINE).values())),
    )
