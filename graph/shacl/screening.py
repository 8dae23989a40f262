"""SHACL over a whole store, at the speed of its engine: shapes compiled to SPARQL.

First it is counted how classes use properties, which answers most of what shapes ask of a sound store.
Then queries name the nodes that may break a shape: all that do, and now and then one that does not.
These few are judged by the compiled shape itself (``graph.shacl.shape``), so that the results are the same as
anywhere else, while Python holds no more than what is broken and its surroundings. Where a
constraint cannot be told in SPARQL without missing a breach (``graph.shacl.conditions``), all nodes that its
shape chooses are judged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox

from graph.embedded.store import EmbeddedStore
from graph.shacl.compiling import compiled
from graph.shacl.neighbourhood import Neighbourhood, shipped
from graph.shacl.plans import Ask, plan_of
from graph.shacl.settled import alone, changed
from graph.shacl.shape import Breach, Shape
from graph.shacl.sparql_terms import Below, either, kinds_of, of_class
from graph.shacl.spelling import is_misspelt
from graph.shacl.triples import Data, Node
from graph.terms import SUBCLASS_OF, TYPE, XSD

# Literals of the datatypes whose spelling is checked; numbers that the engine could read are well spelt.
# An engine fetches the text of whatever it is asked about, so each object is looked at once; leaving out what
# is described, which is no literal, takes longer. It works out both sides of an && but one branch of an IF.
_MISSPELT = f"""IF(!isLiteral(?o), false, IF(isNumeric(?o), false, IF(DATATYPE(?o) = <{XSD}string>, false,
  IF(DATATYPE(?o) IN (<{XSD}date>, <{XSD}dateTime>), !COALESCE(DAY(?o) > 0, false),
  IF(DATATYPE(?o) = <{XSD}gYear>, !REGEX(STR(?o), "^[0-9]{{4}}$"),
  IF(DATATYPE(?o) = <{XSD}boolean>, STR(?o) NOT IN ("true", "false"),
     DATATYPE(?o) IN (<{XSD}decimal>, <{XSD}integer>, <{XSD}nonNegativeInteger>, <{XSD}positiveInteger>)
  ))))))"""
_OBJECTS = "{ SELECT DISTINCT ?o WHERE { ?any ?way ?o } }"
_ODD = f"""SELECT ?s ?p ?o WHERE {{
  {{ SELECT ?o WHERE {{ {{ SELECT ?o ({_MISSPELT} AS ?odd) WHERE {{ {_OBJECTS} }} }} FILTER(?odd) }} }}
  ?s ?p ?o }}"""
_USAGE = """SELECT ?class ?property (COUNT(*) AS ?all) (COUNT(DISTINCT ?s) AS ?nodes)
WHERE { ?s a ?class ; ?property ?o } GROUP BY ?class ?property"""
# (class, property) → how many nodes of the class have it, and whether any has it more than once
Usage = dict[tuple[Node, Node], tuple[int, bool]]
_Found = tuple[Iterable[int], Iterable[Node]]


def screen(store: EmbeddedStore, turtle: str, odd: Collection[ox.Triple] | None = None) -> Iterator[Breach]:
    """The breaches of the shapes in a store and in the shipped vocabulary.

    ``odd``: the misspelt triples of the store, where they are known.

    Raises:
        Unsupported: the shapes use what is not compiled.
    """
    ways = _Ways(store, turtle)
    odd = misspelt(store) if odd is None else odd
    subjects = {triple.subject for triple in odd}
    properties = {triple.predicate for triple in odd} | set(_shipped_properties())
    unsettled = set(shipped().out) if ways.below else changed(store, turtle)
    candidates = ways.candidates([*subjects, *unsettled], properties)
    for shape, nodes, settled in zip(ways.shapes, candidates, alone(turtle), strict=True):
        for node, breaches in settled.items():
            if node not in unsettled:
                yield from breaches
        for node in nodes:
            if node in settled and node not in unsettled:
                continue
            if shape.chooses(ways.data, node):
                # only what somebody described is reported, here as beside a store
                for breach in shape.run(ways.data, node):
                    if breach.focus in subjects or ways.data.out[breach.focus]:
                        yield breach


class _Ways:
    """The ways to find the few nodes that may break a shape. Each gives numbers of shapes, and nodes."""

    def __init__(self, store: EmbeddedStore, turtle: str) -> None:
        self.store = store
        self.shapes = compiled(turtle)
        self.data = Neighbourhood((), store)
        self.below = _below(store)
        pairs = ((str(up), str(low)) for up in self.below for low in self.below[up])
        self.plan = plan_of(turtle, tuple(sorted(pairs)))
        self.usage = _usage(store)

    def candidates(self, always: Iterable[Node], odd: set[Node]) -> list[dict[Node, None]]:
        """The nodes to ask each shape of: ``always`` these; all that it chooses where it looks at odd values.

        ``odd``: the properties with values that are misspelt, or that the store does not hold.
        """
        found: list[dict[Node, None]] = [{} for _ in self.shapes]
        for number, shape in enumerate(self.shapes):
            if number in self.plan.all_of or self.plan.deep.get(number, set()) & odd:
                found[number] |= dict.fromkeys(_chosen(self.store, shape, self.data))
            found[number] |= dict.fromkeys(always)
            if any(kind == "targetObjectsOf" for kind, _ in shape.targets):
                found[number] |= dict.fromkeys(shipped().out)
            found[number] |= {node: None for kind, node in shape.targets if kind == "targetNode"}
        for way in (self._by_value, self._by_count, self._by_class, self._by_use, self._by_node):
            for numbers, nodes in way():
                several = dict.fromkeys(nodes)
                for number in numbers:
                    found[number] |= several
        return found

    def _by_value(self) -> Iterator[_Found]:
        by_value = {
            key: wanted
            for key, numbers in self.plan.by_value.items()
            if (wanted := [number for number in numbers if self._may_have(number, key[0])])
        }
        for prop, condition in _bad_values(self.store, by_value):
            wanted = by_value[prop, condition]
            # each value once, however many nodes have it; most are of a handful
            values = f"{{ SELECT DISTINCT ?v WHERE {{ ?any {prop} ?v }} }} FILTER({condition})"
            chosen = self._choose(wanted)
            query = f"SELECT DISTINCT ?this WHERE {{ {{ {values} }} ?this {prop} ?v FILTER({chosen}) }}"
            yield wanted, _nodes(self.store, query)

    def _by_count(self) -> Iterator[_Found]:
        for prop, numbers in self.plan.by_count.items():
            wanted = [number for number in numbers if self._may_have(number, prop, several=True)]
            if wanted:
                several = (
                    f"SELECT ?this WHERE {{ ?this {prop} ?v }} GROUP BY ?this HAVING(COUNT(DISTINCT ?v) > 1)"
                )
                query = f"SELECT DISTINCT ?this WHERE {{ {{ {several} }} FILTER({self._choose(wanted)}) }}"
                yield wanted, _nodes(self.store, query)

    def _by_class(self) -> Iterator[_Found]:
        for (prop, kinds), numbers in self.plan.by_class.items():
            for node in _outside(self.store, self.data, prop, kinds, self.below):
                yield numbers, (quad.subject for quad in _match(self.store, None, prop, node))

    def _by_use(self) -> Iterator[_Found]:
        """Closed shapes, and nodes of a class that they choose with a property that those may not have."""
        for number, allowed in self.plan.closed.items():
            kinds = {kind for _, one in self.shapes[number].targets for kind in self.data.subclasses(one)}
            for kind, prop in self.usage:
                if kind in kinds and prop not in allowed and isinstance(kind, ox.NamedNode):
                    query = f"SELECT DISTINCT ?this WHERE {{ ?this {TYPE} {kind} ; {prop} ?v }}"
                    yield (number,), _nodes(self.store, query)

    def _by_node(self) -> Iterator[_Found]:
        asked = [ask for ask in self.plan.by_node if not _holds_of_all(ask, self.usage)]
        bad_ends = set(_bad_values(self.store, dict.fromkeys(ask.bad_end for ask in asked if ask.bad_end)))
        for ask in asked:
            if ask.bad_end is None or ask.bad_end in bad_ends:
                yield (ask.number,), _nodes(self.store, ask.query)

    def _choose(self, numbers: Iterable[int]) -> str:
        return either([_chooses(self.shapes[number], self.below) for number in numbers])

    def _may_have(self, number: int, prop: Node, *, several: bool = False) -> bool:
        """Whether a node that the shape chooses may have the property, or ``several`` values of it."""
        targets = self.shapes[number].targets
        if any(kind != "targetClass" for kind, _ in targets):
            return True
        used = [self.usage.get((kind, prop)) for _, node in targets for kind in self.data.subclasses(node)]
        return any(one is not None and (one[1] or not several) for one in used)


def _bad_values(store: EmbeddedStore, conditions: Iterable[tuple[Node, str]]) -> Iterator[tuple[Node, str]]:
    """The conditions of the properties that have a bad value; those of one property are asked together."""
    by_property: dict[Node, list[str]] = {}
    for prop, condition in conditions:
        by_property.setdefault(prop, []).append(condition)
    for prop, told in by_property.items():
        values = f"SELECT DISTINCT ?v WHERE {{ ?any {prop} ?v }}"
        query = f"SELECT ?v WHERE {{ {{ {values} }} FILTER({either(told)}) }} LIMIT 1"
        if any(True for _ in _nodes(store, query)):
            yield from ((prop, one) for one in told)


def misspelt(store: EmbeddedStore) -> list[ox.Triple]:
    """The triples of a store whose literal is not one of its datatype."""
    found = store.engine.query(_ODD, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    triples = dict.fromkeys(ox.Triple(row[0], row[1], row[2]) for row in found)
    return [t for t in triples if isinstance(t.object, ox.Literal) and is_misspelt(t.object)]


def _match(
    store: EmbeddedStore, subject: Node | None, prop: Node | None, node: Node | None
) -> Iterator[ox.Quad]:
    return store.engine.quads_for_pattern(subject, prop, node)  # type: ignore[arg-type]


def _nodes(store: EmbeddedStore, query: str) -> Iterator[Node]:
    found = store.engine.query(query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return (row[0] for row in found)


def _below(store: EmbeddedStore) -> dict[Node, list[Node]]:
    """The classes that the data puts right below others."""
    found: dict[Node, list[Node]] = {}
    for quad in _match(store, None, SUBCLASS_OF, None):
        found.setdefault(quad.object, []).append(quad.subject)
    return found


def _shipped_properties() -> set[Node]:
    return {prop for said in shipped().out.values() for prop in said} - {TYPE}


def _chooses(shape: Shape, below: Below) -> str:
    said = {
        "targetClass": lambda node: of_class("?this", node, below),
        "targetNode": lambda node: (
            f"sameTerm(?this, {node})" if not isinstance(node, ox.BlankNode) else "false"
        ),
        "targetSubjectsOf": lambda node: f"EXISTS {{ ?this {node} ?any }}",
        "targetObjectsOf": lambda node: f"EXISTS {{ ?any {node} ?this }}",
    }
    return either([said[kind](node) for kind, node in shape.targets])


def _chosen(store: EmbeddedStore, shape: Shape, data: Data) -> Iterator[Node]:
    for kind, node in shape.targets:
        if kind == "targetClass":
            for one in data.subclasses(node):
                yield from (q.subject for q in _match(store, None, TYPE, one))
        elif kind == "targetSubjectsOf":
            yield from (q.subject for q in _match(store, None, node, None))
        elif kind == "targetObjectsOf":
            yield from (q.object for q in _match(store, None, node, None))
        else:
            yield node


def _usage(store: EmbeddedStore) -> Usage:
    """How the store uses its classes and properties: of a sound store that tells most of what is asked."""
    found = store.engine.query(_USAGE, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    usage: Usage = {}
    for kind, prop, every, nodes in found:
        usage[kind, prop] = int(nodes.value), int(every.value) > int(nodes.value)
    return usage


def _holds_of_all(ask: Ask, usage: Usage) -> bool:
    """Whether the counts tell that a query finds nothing."""
    if ask.kind is None:
        return False
    nodes, _ = usage.get((ask.kind, TYPE), (0, False))
    return nodes == 0 or any(usage.get((ask.kind, way), (0, False))[0] == nodes for way in ask.ways)


def _outside(
    store: EmbeddedStore, data: Data, prop: Node, kinds: Iterable[Node], below: Below
) -> Iterator[Node]:
    """Values of a property that are of none of these classes, the shipped vocabulary seen."""
    query = f"SELECT DISTINCT ?v WHERE {{ {{ SELECT DISTINCT ?v WHERE {{ ?s {prop} ?v }} }}"
    named = [one for kind in kinds for one in kinds_of(kind, below) if isinstance(one, ox.NamedNode)]
    query += "".join(f" MINUS {{ ?v {TYPE} {one} }}" for one in named) + " }"
    allowed = {one for kind in kinds for one in data.subclasses(kind)}
    for value in _nodes(store, query):
        if allowed.isdisjoint(data.out[value].get(TYPE, ())):
            yield value
