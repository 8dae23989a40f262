"""What the nodes of a store say as values, and the same again after a write, where only it is read anew.

A value is made of a node and of its parts (doses, effects, certainties, lists ...). What a write touched
leads up to the nodes that it is a part of, and these are read again; all others stay as they were.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, fields
from functools import cache
from typing import TypeVar

import pyoxigraph as ox

from graph.embedded.touched import Subject
from graph.evidence import EvidenceLine, Finding, GraphClaim, Iri, Mechanism, MechanismStep, Study, Work
from graph.jsonld import definitions
from graph.reading.kept_nodes import Said
from graph.reading.nodes import Nodes
from graph.reading.values import claim_of, finding_of, lines_of, mechanism_of, step_of, study_of, work_of
from graph.sparql import PREFIXES, stored
from graph.terms import FIRST, REST
from ontology.terms import Class

Value = TypeVar("Value")
_NODE = (ox.NamedNode, ox.BlankNode)
_VALUES = re.compile(r"VALUES \?\w+ \{([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Values:
    """What the nodes of each class say, by IRI, sorted; records of one paper are not merged yet."""

    works: dict[Iri, Work]
    studies: dict[Iri, Study]
    findings: dict[Iri, Finding]
    claims: dict[Iri, GraphClaim]
    mechanisms: dict[Iri, Mechanism]
    steps: dict[Iri, MechanismStep]
    lines: dict[Iri, tuple[EvidenceLine, ...]]


def values_of(nodes: Nodes, only: Collection[str] | None = None) -> Values:
    """The values of gathered nodes, of all or of ``only`` some."""

    def made(make: Callable[[Nodes, str], Value], *classes: str) -> dict[Iri, Value]:
        found = nodes.of_class(*classes)
        return {Iri(node): make(nodes, node) for node in found if only is None or node in only}

    claims = made(claim_of, Class.CLAIM, Class.RECOMMENDATION)
    return Values(
        works=made(work_of, Class.WORK),
        studies=made(study_of, Class.STUDY),
        findings=made(finding_of, Class.FINDING),
        claims={n: claim for n, claim in claims.items() if not nodes.is_a(n, Class.MECHANISM_STEP)},
        mechanisms=made(mechanism_of, Class.MECHANISM),
        steps=made(step_of, Class.MECHANISM_STEP),
        lines=made(lines_of, Class.EVIDENCE_LINE),
    )


def renewed(engine: ox.Store, values: Values, touched: Iterable[Subject]) -> Values:
    """The values after writes that touched these subjects; what they did not change is the same object."""
    owners = _owners(engine, touched)
    names = {_text(node) for node in owners}
    new = values_of(_gathered(engine, owners), names)
    found = Values(
        works=_over(values.works, new.works, names),
        studies=_over(values.studies, new.studies, names),
        findings=_over(values.findings, new.findings, names),
        claims=_over(values.claims, new.claims, names),
        mechanisms=_over(values.mechanisms, new.mechanisms, names),
        steps=_over(values.steps, new.steps, names),
        lines=_over(values.lines, new.lines, names),
    )
    same = all(getattr(found, one.name) is getattr(values, one.name) for one in fields(Values))
    return values if same else found


def _over(old: dict[Iri, Value], new: dict[Iri, Value], names: Iterable[str]) -> dict[Iri, Value]:
    """The old values without those of the names, and the new ones in their place."""
    gone = [Iri(name) for name in names if name in old and name not in new]
    if not gone and all(iri in old and old[iri] == value for iri, value in new.items()):
        return old
    found = old | new
    for iri in gone:
        del found[iri]
    return found if new.keys() <= old.keys() else {iri: found[iri] for iri in sorted(found)}


def _owners(engine: ox.Store, touched: Iterable[Subject]) -> set[Subject]:
    """These nodes, and those that they are parts of, or items of a list of theirs."""
    found = set(touched)
    queue = list(found)
    ways = (*_parts(), *_lists(), REST)
    while queue:
        node = queue.pop()
        for way in ways:
            for quad in engine.quads_for_pattern(None, way, node):
                if quad.subject not in found:
                    found.add(quad.subject)
                    queue.append(quad.subject)
    return found


def _gathered(engine: ox.Store, owners: Iterable[Subject]) -> Nodes:
    """What the store says of these nodes, their parts and their lists, as ``Nodes.of`` gathers it of all."""
    nodes, seen = Nodes(), set[Subject]()
    parts, lists = _parts(), _lists()
    queue = list(owners)
    while queue:
        node = queue.pop()
        if node in seen:
            continue
        seen.add(node)
        said = Said()
        for quad in engine.quads_for_pattern(node, None, None):
            prop, target = quad.predicate, quad.object
            said.add(prop.value, _text(target))
            if isinstance(target, _NODE):
                if prop in parts:
                    queue.append(target)
                elif prop in lists:
                    queue += _items(engine, nodes, target)
        nodes.take([(_text(node), said)])
    return nodes


def _items(engine: ox.Store, nodes: Nodes, head: Subject) -> list[Subject]:
    """The items of a list that are nodes; its cells are taken in."""
    found: list[Subject] = []
    seen: set[Subject] = set()
    while head not in seen:
        seen.add(head)
        firsts = {_text(quad.object): quad.object for quad in engine.quads_for_pattern(head, FIRST, None)}
        rests = {_text(quad.object): quad.object for quad in engine.quads_for_pattern(head, REST, None)}
        nodes.take_cells((_text(head), one, rest) for one in firsts for rest in rests)
        found += [one for one in firsts.values() if isinstance(one, _NODE)]
        following = rests.get(min(rests, default=""))
        if isinstance(following, _NODE):
            head = following
    return found


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


@cache
def _parts() -> frozenset[ox.NamedNode]:
    """The properties that lead to parts, as ``parts.rq`` lists them."""
    found = _VALUES.search(stored("parts"))
    assert found is not None, "parts.rq lists no properties"
    pairs = [name.partition(":") for name in found[1].split()]
    return frozenset(ox.NamedNode(PREFIXES[prefix] + name) for prefix, _, name in pairs)


@cache
def _lists() -> frozenset[ox.NamedNode]:
    """The properties whose values are lists."""
    return frozenset(ox.NamedNode(key.iri) for key in definitions().values() if key.ordered)
