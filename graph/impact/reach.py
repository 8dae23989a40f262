"""What hangs on works and studies: the lines that fall with them, counted and put in order.

Only what will be shown is read: see ``graph.embedded.line_index``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from graph.embedded.line_index import Hanging, LineIndex
from graph.evidence import Iri


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


def reached(
    index: LineIndex,
    findings: list[str],
    syntheses: Mapping[str, list[str]],
    limit: int | None,
    staying: Collection[str] | None,
) -> Reach:
    """What ``findings`` reach, and ``syntheses`` by theirs; of the targets the first ``limit``.

    ``staying``: those of the findings that do not count, since their numbers stay; what stands on reviews
    alone is then left out.
    """
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


def index_of(rows: Iterable[Hanging]) -> LineIndex:
    """An index of these lines alone."""
    index = LineIndex()
    with index.writing():
        index.add(rows)
    return index
