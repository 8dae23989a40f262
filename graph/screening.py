"""SHACL over a whole store, at the speed of its engine: shapes compiled to SPARQL.

Each query names the nodes that may break a shape: all that do, and now and then one that does not.
These few are then judged by the compiled shape itself (``graph.shapes``), so that the results are the
same as anywhere else, while memory holds no more than what is broken and its surroundings. Where a
constraint cannot be told in SPARQL without missing a breach (``graph.conditions``), all nodes that its
shape chooses are judged.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pyoxigraph as ox

from graph.conditions import Plan, either, of_class, plan_of
from graph.jsonld import RDF, XSD
from graph.neighbourhood import Neighbourhood, shipped
from graph.shapes import Breach, Data, Node, Shape, compiled
from graph.spelling import is_misspelt
from graph.store import EmbeddedStore

_TYPE = ox.NamedNode(RDF + "type")
_SUBCLASS = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")

# Literals of the datatypes whose spelling is checked; numbers that the engine could read are well spelt.
# Engines work out both sides of an && but only one branch of an IF: three in four literals stop early.
_ODD = f"""SELECT ?s ?p ?o WHERE {{ ?s ?p ?o FILTER(
  IF(!isLiteral(?o), false, IF(isNumeric(?o), false, IF(DATATYPE(?o) = <{XSD}string>, false,
  IF(DATATYPE(?o) IN (<{XSD}date>, <{XSD}dateTime>), !COALESCE(DAY(?o) > 0, false),
  IF(DATATYPE(?o) = <{XSD}gYear>, !REGEX(STR(?o), "^[0-9]{{4}}$"),
  IF(DATATYPE(?o) = <{XSD}boolean>, STR(?o) NOT IN ("true", "false"),
     DATATYPE(?o) IN (<{XSD}decimal>, <{XSD}integer>, <{XSD}nonNegativeInteger>, <{XSD}positiveInteger>)
  )))))) ) }}"""
COPIED = 1_000_000  # quads: some 40,000 claims, half a gigabyte for the time of the validation
_USED = "SELECT DISTINCT ?class ?property WHERE { ?s a ?class ; ?property ?o }"


def screen(store: EmbeddedStore, turtle: str) -> Iterator[Breach]:
    """The breaches of the shapes in a store and in the shipped vocabulary.

    Raises:
        Unsupported: the shapes use what is not compiled.
    """
    shapes = compiled(turtle)
    store = _nearer(store)
    data = Neighbourhood((), store)
    below = _below(store)
    plan = plan_of(turtle, tuple(sorted((str(up), str(low)) for up in below for low in below[up])))
    odd = misspelt(store)
    subjects = {triple.subject for triple in odd}
    properties = {triple.predicate for triple in odd} | set(_shipped_properties())
    both = [node for node in shipped().out if _describes(store, node)]
    candidates: list[dict[Node, None]] = [{} for _ in shapes]
    for number, shape in enumerate(shapes):
        if number in plan.all_of or plan.deep.get(number, set()) & properties:
            candidates[number] |= dict.fromkeys(_chosen(store, shape, data))
        candidates[number] |= dict.fromkeys([*subjects, *both])
        candidates[number] |= dict.fromkeys(shape.focus_nodes(shipped()))
        if any(kind == "targetObjectsOf" for kind, _ in shape.targets):
            candidates[number] |= dict.fromkeys(shipped().out)
        candidates[number] |= {node: None for kind, node in shape.targets if kind == "targetNode"}
    for (path, condition), numbers in plan.by_value.items():
        chosen = either([_chooses(shapes[number], below) for number in numbers])
        query = f"SELECT DISTINCT ?this WHERE {{ ?this {path} ?v FILTER(IF({condition}, {chosen}, false)) }}"
        found = list(_nodes(store, query))
        for number in numbers:
            candidates[number] |= dict.fromkeys(found)
    for (prop, kind), numbers in plan.by_class.items():
        for node in _outside(store, data, prop, kind, below):
            quads = _match(store, None, prop, node)
            found = [quad.subject for quad in quads]
            for number in numbers:
                candidates[number] |= dict.fromkeys(found)
    for number, kind, prop in _beyond(store, shapes, plan, data):
        query = f"SELECT DISTINCT ?this WHERE {{ ?this {_TYPE} {kind} ; {prop} ?v }}"
        candidates[number] |= dict.fromkeys(_nodes(store, query))
    for number, query in plan.by_node:
        candidates[number] |= dict.fromkeys(_nodes(store, query))
    for shape, nodes in zip(shapes, candidates, strict=True):
        for node in nodes:
            if shape.chooses(data, node):
                # only what somebody described is reported, here as beside a store
                for breach in shape.run(data, node):
                    if breach.focus in subjects or data.out.get(breach.focus):
                        yield breach


def _nearer(store: EmbeddedStore) -> EmbeddedStore:
    """A copy in memory of a store on disk that is small enough: the many look-ups are then far quicker."""
    if store.where == "memory":
        return store
    quads = list(itertools.islice(store.engine, COPIED + 1))
    if len(quads) > COPIED:
        return store
    copy = ox.Store()
    copy.bulk_extend(quads)
    return EmbeddedStore(copy, "memory", None, read_only=True)


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


def _describes(store: EmbeddedStore, node: Node) -> bool:
    return any(True for _ in _match(store, node, None, None))


def _nodes(store: EmbeddedStore, query: str) -> Iterator[Node]:
    found = store.engine.query(query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return (row[0] for row in found)


def _below(store: EmbeddedStore) -> dict[Node, list[Node]]:
    """The classes that the data puts right below others."""
    found: dict[Node, list[Node]] = {}
    for quad in _match(store, None, _SUBCLASS, None):
        found.setdefault(quad.object, []).append(quad.subject)
    return found


def _shipped_properties() -> set[Node]:
    return {prop for said in shipped().out.values() for prop in said} - {_TYPE}


def _chooses(shape: Shape, below: dict[Node, list[Node]]) -> str:
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
                yield from (q.subject for q in _match(store, None, _TYPE, one))
        elif kind == "targetSubjectsOf":
            yield from (q.subject for q in _match(store, None, node, None))
        elif kind == "targetObjectsOf":
            yield from (q.object for q in _match(store, None, node, None))
        else:
            yield node


def _beyond(
    store: EmbeddedStore, shapes: tuple[Shape, ...], plan: Plan, data: Data
) -> Iterator[tuple[int, Node, Node]]:
    """Closed shapes with a class that they choose, and a property that its nodes may not have but do."""
    if not plan.closed:
        return
    found = store.engine.query(_USED, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    used = [(row[0], row[1]) for row in found]
    for number, allowed in plan.closed.items():
        kinds = {kind for target, one in shapes[number].targets for kind in data.subclasses(one)}
        for kind, prop in used:
            if kind in kinds and prop not in allowed and isinstance(kind, ox.NamedNode):
                yield number, kind, prop


def _outside(
    store: EmbeddedStore, data: Data, prop: Node, kind: Node, below: dict[Node, list[Node]]
) -> Iterator[Node]:
    """Values of a property that are not of a class, the shipped vocabulary seen."""
    query = f"SELECT DISTINCT ?v WHERE {{ {{ SELECT DISTINCT ?v WHERE {{ ?s {prop} ?v }} }}"
    query += f" FILTER(!({of_class('?v', kind, below)})) }}"
    allowed = data.subclasses(kind)
    for value in _nodes(store, query):
        if allowed.isdisjoint(data.out.get(value, {}).get(_TYPE, ())):
            yield value
