"""An impact as frozen values: what stood how before, and stands how after."""

from __future__ import annotations

from dataclasses import dataclass

from graph.certainty import LEVELS
from graph.evidence import Iri
from ontology.loader import DATA_BASE


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands: certainty (None: nothing to judge), independent studies, its lines.

    ``level`` is a person's where ``curated``; ``computed`` is what the evidence gives.
    """

    level: str | None
    curated: bool
    computed: str | None
    independent: int
    supports: int
    refutes: int
    neutral: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Affected:
    """A claim, recommendation or step before and after. ``lost``: its own lines that fall.

    ``weight``: of the support that falls, strong 3, moderate 2, weak 1. ``judge_again``: its certainty
    is a person's, who counted with the work.
    """

    iri: Iri
    kind: str
    label: str
    before: Standing
    after: Standing
    lost: tuple[Iri, ...]
    weight: int
    judge_again: bool
    reasons: tuple[str, ...] = ()

    @property
    def levels_lost(self) -> int:
        """Levels of certainty lost; from any level to nothing at all counts as one more than all."""
        if self.before.level not in LEVELS:
            return 0
        was = LEVELS.index(self.before.level)
        if self.after.level is None:
            return len(LEVELS) + 1
        return was - LEVELS.index(self.after.level)

    @property
    def independent_lost(self) -> int:
        """Independent studies lost."""
        return self.before.independent - self.after.independent

    @property
    def changed(self) -> bool:
        """Whether certainty, independent studies or lines differ."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Impact:
    """What changes, most weight lost first. ``exact``: False where ``after`` is the worst case.

    ``also``: other records and works that fall with it. ``not_judged``: claims beyond the limit, each
    losing no more line weight than the last one judged.
    """

    root: Iri
    label: str
    kind: str
    change: str
    exact: bool
    also: tuple[Iri, ...]
    findings: tuple[Iri, ...]
    lines: int
    syntheses: tuple[Iri, ...]
    affected: tuple[Affected, ...]
    not_judged: int = 0
    base: str = DATA_BASE  # what the ids stand under

    def of_kind(self, kind: str) -> tuple[Affected, ...]:
        """The affected of one kind: recommendation, claim or step."""
        return tuple(one for one in self.affected if one.kind == kind)
