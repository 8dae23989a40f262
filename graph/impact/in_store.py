"""A store as an impact asks it: what hangs on works and studies, and what rests on that."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from graph.embedded.kept_lines import lines_on, weight_of
from graph.embedded.line_index import Hanging
from graph.embedded.store import EmbeddedStore
from graph.errors import UnknownIdentifier
from graph.evidence import Evidence, Iri, MechanismStep
from graph.impact.reach import Reach, index_of, reached
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
from graph.tracing.identifiers import resolve
from graph.tracing.walking import above, below
from ontology.terms import Class


class InStore:
    """Looked up in a store: only what is asked for is read."""

    def __init__(self, store: Store) -> None:
        """Over an open store."""
        self._store = store
        self.base = store.base

    def resolve(self, identifier: str) -> Iri:
        """The work or study that is meant.

        Raises:
            UnknownIdentifier: nothing, or more than one thing, has this id.
        """
        try:
            return resolve(self._store, identifier)
        except UnknownIdentifier as exc:
            work = f"{self.base}work/{identifier.strip()}"
            if work in exc.candidates and exc.code == "ambiguous-identifier":
                return Iri(work)  # a paper and its study often share their last part
            raise

    def same_works(self, root: Iri) -> tuple[Iri, ...]:
        """The records of one paper: those that carry the same DOI or PubMed id, the asked one first."""
        others, dois = set[str](), set[str]()
        for other, doi, *_ in self._store.rows(stored("same_work"), {"root": Term.iri(root)}):
            others |= {other} if other else set()
            dois |= {doi} if doi else set()
        for doi in dois:
            others |= set(works_with_doi(self._store, doi))
        if others - {root}:
            apart = kept_apart(self._store)
            others = {iri for iri in others if frozenset((root, iri)) not in apart}
        return (root, *(Iri(iri) for iri in sorted(others - {root}, key=natural)))

    def siblings(self, findings: Collection[Iri]) -> set[Iri]:
        """These findings and the others of their papers."""
        rows = (
            row for one in findings for row in self._store.rows(stored("siblings"), {"root": Term.iri(one)})
        )
        return {Iri(row[0]) for row in rows if row[0]}.union(findings)

    def reach(self, roots: Collection[Iri], limit: int | None, staying: Collection[Iri] | None) -> Reach:
        """What the works and studies reach: see ``graph.impact.reach.reached``."""
        found: dict[str, None] = {}
        syntheses: dict[str, list[str]] = {}
        for root in roots:
            found |= dict.fromkeys(self._findings(root))
            for synthesis, *_ in self._store.rows(stored("syntheses"), {"root": Term.iri(root)}):
                if synthesis:
                    syntheses.setdefault(synthesis, [])
        for synthesis in syntheses:
            syntheses[synthesis] = self._findings(synthesis)
        findings = list(found)
        if isinstance(self._store, EmbeddedStore):
            if (kept := self._store.lines()) is not None:
                try:
                    return reached(kept, findings, syntheses, limit, staying)
                except sqlite3.Error:  # given up meanwhile; look the lines up
                    pass
            wanted = dict.fromkeys([*findings, *chain.from_iterable(syntheses.values())])
            lines = index_of(lines_on(self._store.engine, wanted))
        else:
            lines = index_of(self._asked([*roots, *syntheses]))
        return reached(lines, findings, syntheses, limit, staying)

    def above(self, targets: Iterable[Iri]) -> set[Iri]:
        """The claims and recommendations that rest on these, directly, through others or a mechanism."""
        return {Iri(node) for node in above(self._store, "resting", targets)}

    def standing(self, targets: Iterable[Iri]) -> tuple[Evidence, tuple[MechanismStep, ...]]:
        """The evidence that these claims and steps stand on, each part read once, and all steps in it."""
        nodes, seen = Nodes(), set[str]()
        for target in targets:
            nodes.take(below(self._store, "standing", target, seen=seen))
        steps = nodes.values(step_of, Class.MECHANISM_STEP)
        return _evidence_of(nodes), tuple(steps.values())

    def named(self, root: Iri) -> Evidence:
        """What the store says of one thing itself."""
        nodes = Nodes()
        nodes.take(below(self._store, "describe", root))
        return _evidence_of(nodes)

    def _findings(self, root: str) -> list[str]:
        rows = self._store.rows(stored("findings"), {"root": Term.iri(root)})
        return [row[0] for row in rows if row[0]]

    def _asked(self, roots: Iterable[str]) -> Iterator[Hanging]:
        for root in roots:
            for target, line, finding, direction, strength, _ in self._store.rows(
                stored("reach"), {"root": Term.iri(root)}
            ):
                if target and line and finding:
                    yield finding, target, line, weight_of(direction or "", strength)


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
