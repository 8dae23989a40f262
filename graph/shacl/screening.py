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
from graph.shacl.plans import Ask, Plan, plan_of
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


def screen(store: EmbeddedStore, turtle: str, odd: Collection[ox.Triple] | None = None) -> Iterator[Breach]:
    """The breaches of the shapes in a store and in the shipped vocabulary.

    ``odd``: the misspelt triples of the store, where they are known.

    Raises:
        Unsupported: the shapes use what is not compiled.
    """
    shapes = compiled(turtle)
    data = Neighbourhood((), store)
    below = _below(store)
    plan = plan_of(turtle, tuple(sorted((str(up), str(low)) for up in below for low in below[up])))
    odd = misspelt(store) if odd is None else odd
    subjects = {triple.subject for triple in odd}
    properties = {triple.predicate for triple in odd} | set(_shipped_properties())
    unsettled = set(shipped().out) if below else changed(store, turtle)
    candidates: list[dict[Node, None]] = [{} for _ in shapes]
    for number, shape in enumerate(shapes):
        if number in plan.all_of or plan.deep.get(number, set()) & properties:
            candidates[number] |= dict.fromkeys(_chosen(store, shape, data))
        candidates[number] |= dict.fromkeys([*subjects, *unsettled])
        if any(kind == "targetObjectsOf" for kind, _ in shape.targets):
            candidates[number] |= dict.fromkeys(shipped().out)
        candidates[number] |= {node: None for kind, node in shape.targets if kind == "targetNode"}
    usage = _usage(store)
    by_value = {
        key: wanted
        for key, numbers in plan.by_value.items()
        if (wanted := [number for number in numbers if _may_have(shapes[number], key[0], usage, data)])
    }
    for prop, condition in _bad_values(store, by_value):
        wanted = by_value[prop, condition]
        # each value once, however many nodes have it; most are of a handful
        values = f"{{ SELECT DISTINCT ?v WHERE {{ ?any {prop} ?v }} }} FILTER({condition})"
        chosen = either([_chooses(shapes[number], below) for number in wanted])
        query = f"SELECT DISTINCT ?this WHERE {{ {{ {values} }} ?this {prop} ?v FILTER({chosen}) }}"
        _add(candidates, wanted, _nodes(store, query))
    for prop, numbers in plan.by_count.items():
        wanted = [n for n in numbers if _may_have(shapes[n], prop, usage, data, several=True)]
        if wanted:
            several = (
                f"SELECT ?this WHERE {{ ?this {prop} ?v }} GROUP BY ?this HAVING(COUNT(DISTINCT ?v) > 1)"
            )
            chosen = either([_chooses(shapes[number], below) for number in wanted])
            query = f"SELECT DISTINCT ?this WHERE {{ {{ {several} }} FILTER({chosen}) }}"
            _add(candidates, wanted, _nodes(store, query))
    for (prop, kinds), numbers in plan.by_class.items():
        for node in _outside(store, data, prop, kinds, below):
            _add(candidates, numbers, (quad.subject for quad in _match(store, None, prop, node)))
    for number, kind, prop in _beyond(shapes, plan, data, usage):
        query = f"SELECT DISTINCT ?this WHERE {{ ?this {TYPE} {kind} ; {prop} ?v }}"
        candidates[number] |= dict.fromkeys(_nodes(store, query))
    asked = [ask for ask in plan.by_node if not _holds_of_all(ask, usage)]
    bad_ends = set(_bad_values(store, dict.fromkeys(ask.bad_end for ask in asked if ask.bad_end)))
    for ask in asked:
        if ask.bad_end is None or ask.bad_end in bad_ends:
            candidates[ask.number] |= dict.fromkeys(_nodes(store, ask.query))
    for shape, nodes, settled in zip(shapes, candidates, alone(turtle), strict=True):
        for node, breaches in settled.items():
            if node not in unsettled:
                yield from breaches
        for node in nodes:
            if node in settled and node not in unsettled:
                continue
            if shape.chooses(data, node):
                # only what somebody described is reported, here as beside a store
                for breach in shape.run(data, node):
                    if breach.focus in subjects or data.out[breach.focus]:
                        yield breach


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


def _add(candidates: list[dict[Node, None]], numbers: Iterable[int], nodes: Iterable[Node]) -> None:
    found = dict.fromkeys(nodes)
    for number in numbers:
        candidates[number] |= found


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


def _may_have(shape: Shape, prop: Node, usage: Usage, data: Data, *, several: bool = False) -> bool:
    """Whether a node that the shape chooses may have the property, or may have ``several`` values of it."""
    if any(kind != "targetClass" for kind, _ in shape.targets):
        return True
    used = [usage.get((kind, prop)) for _, node in shape.targets for kind in data.subclasses(node)]
    return any(one is not None and (one[1] or not several) for one in used)


def _holds_of_all(ask: Ask, usage: Usage) -> bool:
    """Whether the counts tell that a query finds nothing."""
    if ask.kind is None:
        return False
    nodes, _ = usage.get((ask.kind, TYPE), (0, False))
    return nodes == 0 or any(usage.get((ask.kind, way), (0, False))[0] == nodes for way in ask.ways)


def _beyond(
    shapes: tuple[Shape, ...], plan: Plan, data: Data, usage: Usage
) -> Iterator[tuple[int, Node, Node]]:
    """Closed shapes with a class that they choose, and a property that its nodes may not have but do."""
    for number, allowed in plan.closed.items():
        kinds = {kind for target, one in shapes[number].targets for kind in data.subclasses(one)}
        for kind, prop in usage:
            if kind in kinds and prop not in allowed and isinstance(kind, ox.NamedNode):
                yield number, kind, prop


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
