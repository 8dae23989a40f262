"""Evidence that was read, as an impact asks it: the same questions as ``graph.impact.in_store``."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from graph.embedded.kept_lines import weight_of
from graph.errors import ClaimspineError
from graph.evidence import Evidence, Iri, MechanismStep
from graph.impact.reach import Reach, index_of, reached


class InEvidence:
    """Looked up in evidence that was read."""

    def __init__(self, evidence: Evidence) -> None:
        """Over evidence, which is not changed."""
        self._evidence = evidence
        self.base = evidence.base

    def resolve(self, identifier: str) -> Iri:
        """The work or study that is meant.

        Raises:
            ClaimspineError: ``unknown-identifier``.
        """
        kinds = (f"{self.base}work/{identifier}", f"{self.base}study/{identifier}")
        for candidate in (identifier, self.base + identifier, *kinds):
            if candidate in self._evidence.works or candidate in self._evidence.studies:
                return Iri(candidate)
        raise ClaimspineError("unknown-identifier", f"no work and no study is called {identifier!r}")

    def same_works(self, root: Iri) -> tuple[Iri, ...]:
        """The work alone: evidence that was read has one record of a paper."""
        return (root,)

    def siblings(self, findings: Collection[Iri]) -> set[Iri]:
        """These findings and the others of their papers."""
        held = self._evidence.findings
        papers = {held[iri].work for iri in findings if iri in held} - {None}
        return {iri for iri, finding in held.items() if finding.work in papers}.union(findings)

    def reach(self, roots: Collection[Iri], limit: int | None, staying: Collection[Iri] | None) -> Reach:
        """What the works and studies reach: see ``graph.impact.reach.reached``."""
        evidence, wanted = self._evidence, set(roots)
        reporting = [iri for root in wanted for iri in (root, *self._reported(root))]
        syntheses: dict[str, list[str]] = {}
        found, rising = {iri for iri in reporting if iri in evidence.studies}, True
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
        return reached(index_of(rows), findings, syntheses, limit, staying)

    def above(self, targets: Iterable[Iri]) -> set[Iri]:
        """The claims and recommendations that rest on these, directly, through others or a mechanism."""
        owners: dict[Iri, set[Iri]] = {}
        for mechanism in self._evidence.mechanisms.values():
            for step in mechanism.steps:
                owners.setdefault(step.iri, set()).add(mechanism.iri)
        for claim in self._evidence.claims.values():
            for part in (*claim.based_on, *claim.explained_by):
                owners.setdefault(part, set()).add(claim.iri)
        found: set[Iri] = set()
        queue = list(targets)
        while queue:
            above = owners.get(queue.pop(), set()) - found
            found |= above
            queue += above
        return found.intersection(self._evidence.claims)

    def standing(self, targets: Iterable[Iri]) -> tuple[Evidence, tuple[MechanismStep, ...]]:
        """The evidence, which has its steps in its mechanisms."""
        return self._evidence, ()

    def named(self, root: Iri) -> Evidence:
        """The evidence, which holds what is said of the thing."""
        return self._evidence

    def _reported(self, root: Iri) -> set[Iri]:
        work = self._evidence.works.get(root)
        found = set(work.reports) if work is not None else set()
        return found | {f.study for f in self._evidence.findings.values() if f.work == root and f.study}
