"""What hangs on a work or a study: the lines that fall with it, and everything above them.

From a store it is a query bounded to what the work reaches, never a reading of the whole graph.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.evidence import Evidence, Iri, MechanismStep
from graph.jsonld import namespace
from graph.merging import kept_apart
from graph.nodes import Nodes, last_part, natural
from graph.results import Term
from graph.sparql import stored
from graph.store import Store
from graph.tracing import evidence_of
from graph.values import step_of
from graph.walking import below

WEIGHTS = {"strong": 3, "moderate": 2, "weak": 1}


@dataclass(frozen=True, slots=True)
class Reach:
    """What some works and studies reach, all by IRI.

    ``lines`` are the evidence lines that hang on them: line → (finding, weight of its support).
    ``targets``: claim, recommendation or step → its lines among these. ``syntheses``: reviews that
    include one of the studies → the studies. ``through``: claim → the syntheses it stands on.
    """

    lines: dict[Iri, tuple[Iri, int]]
    targets: dict[Iri, tuple[Iri, ...]]
    syntheses: dict[Iri, tuple[Iri, ...]]
    through: dict[Iri, tuple[Iri, ...]]

    def weight(self, target: Iri) -> int:
        """The weight of the support that the target loses: strong 3, moderate 2, weak 1."""
        return sum(self.lines[line][1] for line in self.targets.get(target, ()))


def reach_in_store(store: Store, roots: Iterable[Iri]) -> Reach:
    """What the works and studies reach in a store."""
    lines: dict[Iri, tuple[Iri, int]] = {}
    targets: dict[str, set[str]] = {}
    syntheses: dict[str, set[str]] = {}
    for root in roots:
        bound = {"root": Term.iri(root)}
        for target, line, finding, direction, strength, _ in store.rows(stored("reach"), bound):
            if target is None or line is None or finding is None:
                continue
            lines[Iri(line)] = (Iri(finding), _weight(direction, strength))
            targets.setdefault(target, set()).add(line)
        for synthesis, study, _ in store.rows(stored("syntheses"), bound):
            syntheses.setdefault(synthesis or "", set()).add(study or "")
    through: dict[str, set[str]] = {}
    for synthesis in syntheses:
        for row in store.rows(stored("reach"), {"root": Term.iri(synthesis)}):
            through.setdefault(row[0] or "", set()).add(synthesis)
    return Reach(lines, _sorted(targets), _sorted(syntheses), _sorted(through))


def reach_in(evidence: Evidence, roots: Iterable[Iri]) -> Reach:
    """The same from evidence already read."""
    wanted = set(roots)
    studies = {
        iri for root in wanted for iri in [root, *_reported(evidence, root)] if iri in evidence.studies
    }
    syntheses: dict[str, set[str]] = {}
    found, rising = set(studies), True
    while rising:
        rising = False
        for study in evidence.studies.values():
            inner = found.intersection(study.includes)
            if inner - syntheses.get(study.iri, set()):
                syntheses.setdefault(study.iri, set()).update(inner)
                rising = True
                found.add(study.iri)
    lines: dict[Iri, tuple[Iri, int]] = {}
    targets: dict[str, set[str]] = {}
    through: dict[str, set[str]] = {}
    for line in evidence.lines:
        finding = evidence.findings.get(line.finding)
        if finding is None:
            continue
        if wanted.intersection((finding.work or "", finding.study or "")):
            lines[line.iri] = (line.finding, _weight(line.direction, line.strength))
            targets.setdefault(line.bears_on, set()).add(line.iri)
        if finding.study in syntheses:
            through.setdefault(line.bears_on, set()).add(finding.study)
    return Reach(lines, _sorted(targets), _sorted(syntheses), _sorted(through))


def above_in_store(store: Store, targets: Iterable[Iri]) -> set[Iri]:
    """The claims and recommendations that rest on these, directly, through others or a mechanism."""
    return {
        Iri(row[0])
        for target in targets
        for row in store.rows(stored("resting"), {"root": Term.iri(target)})
        if row[0]
    }


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
    nodes, seen = Nodes(), set[object]()
    for target in targets:
        nodes.take(below(store, "standing", target, seen=seen))
    steps = tuple(step_of(nodes, node) for node in nodes.of_class(namespace() + "MechanismStep"))
    return evidence_of(nodes), steps


def named_in_store(store: Store, root: Iri) -> Evidence:
    """What the store says of one thing itself."""
    nodes = Nodes()
    nodes.add(row[:3] for row in store.rows(stored("describe"), {"root": Term.iri(root)}))
    return evidence_of(nodes)


def same_works(store: Store, root: Iri) -> tuple[Iri, ...]:
    """The records of one paper: those that carry the same DOI or PubMed id, the asked one first."""
    others = {row[0] for row in store.rows(stored("same_work"), {"root": Term.iri(root)}) if row[0]}
    if others - {root}:
        apart = kept_apart(store)
        others = {iri for iri in others if frozenset((root, iri)) not in apart}
    return (root, *(Iri(iri) for iri in sorted(others - {root}, key=natural)))


def _reported(evidence: Evidence, root: Iri) -> set[Iri]:
    work = evidence.works.get(root)
    found = set(work.reports) if work is not None else set()
    return found | {f.study for f in evidence.findings.values() if f.work == root and f.study}


def _weight(direction: str | None, strength: str | None) -> int:
    """Only support has weight to lose; of an unknown strength it counts as weak."""
    if last_part(direction or "").removeprefix("direction-") != "supports":
        return 0
    return WEIGHTS.get(last_part(strength or "").removeprefix("strength-"), 1)


def _sorted(found: dict[str, set[str]]) -> dict[Iri, tuple[Iri, ...]]:
    return {Iri(key): tuple(Iri(value) for value in sorted(found[key])) for key in sorted(found)}
