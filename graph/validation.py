"""SHACL: content against the ontology's shapes, policies apart from structure.

A fault is a value. Validation reads what was parsed, before it is stored (the engine keeps numbers,
not their digits). pySHACL is the reference engine and is imported only when it is needed.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph.errors import ClaimspineError
from graph.jsonld import BASE, by_property, definitions
from graph.neighbourhood import Neighbourhood, declared, shipped_concepts
from graph.nodes import last_part
from graph.shape_words import asked
from graph.shapes import Breach, Shape, Unsupported, parsed, run
from graph.shapes import compiled as shapes_compiled
from graph.spelling import is_misspelt, wanted
from graph.store import EmbeddedStore, Store

if TYPE_CHECKING:
    import rdflib

SH = "http://www.w3.org/ns/shacl#"
_PATH, _DATATYPE, _MESSAGE = (ox.NamedNode(SH + name) for name in ("path", "datatype", "message"))
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
Where = Mapping[tuple[str, str | None], tuple[str, int]]  # (subject, property) → (file, line)


@dataclass(frozen=True, slots=True)
class Fault:
    """One breach of a shape. ``severity`` is error, warning or info; ``line`` counts from 1.

    ``near``: the line is where the thing is described in an RDF file, whose parser tells no lines.
    """

    shape: str
    severity: str
    focus: str
    path: str | None
    value: str | None
    message: str
    file: str | None = None
    line: int | None = None
    near: bool = False

    def __str__(self) -> str:
        """``file:line: severity: message (node, key: value)``, spelt as in evidence files."""
        line = "" if not self.line else f" near line {self.line}:" if self.near else f"{self.line}:"
        where = "" if self.file is None else f"{self.file}:{line} "
        said = self.focus.removeprefix(BASE)
        key = next((d for d in by_property().get(self.path or "", ()) if not d.reverse), None)
        if key is not None and not self.message.startswith(key.key):
            said += f", {key.key}"
        if self.value is not None and self.value != self.focus:
            said += f": {self.value.removeprefix((key and key.scheme) or BASE).removeprefix(BASE)}"
        return f"{where}{self.severity}: {self.message} ({said})"


def validate(
    data: Store | Iterable[ox.Triple],
    *,
    beside: Store | None = None,
    without: Collection[str] = (),
    lines: Where | None = None,
    shapes: str | None = None,
    reference: bool = False,
) -> tuple[Fault, ...]:
    """The faults of ``data``: a whole store, or triples not yet stored.

    ``beside`` is a store that the triples refer to; what they point at is taken from there (and from
    the shipped vocabulary), but only nodes that ``data`` itself describes are reported. ``without``
    names graphs of ``beside`` that are about to be replaced and do not count. ``lines`` says
    where a triple stood. ``shapes`` is Turtle; by default the ontology's shapes. ``reference``
    asks pySHACL even where the shapes can be compiled (``graph.shapes``).

    Raises:
        ClaimspineError: the shapes themselves cannot be read.
    """
    text = _resource("shapes.ttl") if shapes is None else shapes
    return _validate(data, beside, without, lines or {}, text, reference)


def check_policies(
    data: Store | Iterable[ox.Triple],
    *,
    beside: Store | None = None,
    without: Collection[str] = (),
    lines: Where | None = None,
    policies: str | None = None,
    reference: bool = False,
) -> tuple[Fault, ...]:
    """As :func:`validate`, for editorial policies (``ontology/policies.ttl``, or an organisation's own)."""
    text = _resource("policies.ttl") if policies is None else policies
    return _validate(data, beside, without, lines or {}, text, reference)


def _validate(
    data: Store | Iterable[ox.Triple],
    beside: Store | None,
    without: Collection[str],
    lines: Where,
    shapes: str | None,
    reference: bool,
) -> tuple[Fault, ...]:
    if shapes is None:
        return ()
    compiled = None
    if not reference:
        with suppress(Unsupported):
            compiled = shapes_compiled(shapes)
    if isinstance(data, EmbeddedStore) and compiled is not None:
        return _screened(data, shapes, lines)
    triples = _of_store(data) if hasattr(data, "graph_names") else list(data)
    focus = {str(triple.subject) for triple in triples}
    broken = {id(triple): fault for triple in triples if (fault := _misspelt(triple, lines, shapes))}
    sound = [declared(t) for t in triples if id(t) not in broken]
    if compiled is not None and (beside is None or isinstance(beside, EmbeddedStore)):
        breaches = _beside(compiled, sound, beside, without)
        found = list(_of_breaches((b for b in breaches if str(b.focus) in focus), lines))
    else:
        sound += [] if hasattr(data, "graph_names") else _around(triples, beside, without)
        if compiled is None:
            found = list(_faults(*_pyshacl(sound, shapes), focus, lines))
        else:
            breaches = (b for b in run(compiled, sound) if str(b.focus) in focus)
            found = list(_of_breaches(breaches, lines))
    return tuple(sorted([*broken.values(), *dict.fromkeys(found)], key=_order))


def _screened(store: EmbeddedStore, shapes: str, lines: Where) -> tuple[Fault, ...]:
    from graph.screening import misspelt, screen

    odd = misspelt(store)
    broken = [fault for triple in odd if (fault := _misspelt(triple, lines, shapes))]
    found = _of_breaches(screen(store, shapes, odd), lines)
    return tuple(sorted(dict.fromkeys([*broken, *found]), key=_order))


def _beside(
    compiled: tuple[Shape, ...],
    sound: list[ox.Triple],
    beside: EmbeddedStore | None,
    without: Collection[str],
) -> Iterable[Breach]:
    """Only nodes that the triples describe are judged, so the size of the store does not matter."""
    data = Neighbourhood(sound, beside, without)
    by_class: dict[object, list[Shape]] = {}
    others: list[Shape] = []
    for shape in compiled:
        if all(kind == "targetClass" for kind, _ in shape.targets):
            for one in {one for _, node in shape.targets for one in data.subclasses(node)}:
                by_class.setdefault(one, []).append(shape)
        else:
            others.append(shape)
    for node in data.near:
        types = data.out[node].get(_TYPE, ())
        chosen = {id(shape): shape for kind in types for shape in by_class.get(kind, ())}
        for shape in chosen.values():
            yield from shape.run(data, node)
        for shape in others:
            if shape.chooses(data, node):
                yield from shape.run(data, node)


def _of_breaches(breaches: Iterable[Breach], lines: Where) -> Iterable[Fault]:
    for breach in breaches:
        node, shape = _bare(breach.focus), breach.shape
        path = breach.path.value if isinstance(breach.path, ox.NamedNode) else None
        value = None if breach.value is None else _bare(breach.value)
        message = "; ".join(breach.messages)
        file, line = _where(lines, node, path or _property_named(message), value)
        yield Fault(
            shape=shape.value if isinstance(shape, ox.NamedNode) else "",
            severity={"Warning": "warning", "Info": "info"}.get(breach.severity, "error"),
            focus=node,
            path=path,
            value=value,
            message=message,
            file=file,
            line=line,
        )


def _bare(node: Any) -> str:
    return str(getattr(node, "value", node)) if not isinstance(node, ox.BlankNode) else node.value


@lru_cache(maxsize=8)
def _asking_for_datatypes(shapes: str) -> dict[tuple[str, str], set[str]]:
    """The messages of the shapes that ask for a datatype, by property and datatype."""
    found: dict[tuple[str, str], set[str]] = {}
    for said in parsed(shapes).out.values():
        for path, datatype in itertools.product(said.get(_PATH, ()), said.get(_DATATYPE, ())):
            found.setdefault((_bare(path), _bare(datatype)), set()).update(map(_bare, said.get(_MESSAGE, ())))
    return found


def _misspelt(triple: ox.Triple, lines: Where, shapes: str) -> Fault | None:
    """A literal that its own datatype does not allow. pySHACL cannot compare such literals at all."""
    node = triple.object
    if not isinstance(node, ox.Literal) or not is_misspelt(node):
        return None
    focus = getattr(triple.subject, "value", str(triple.subject))
    path = triple.predicate.value
    key = next((d.key for d in by_property().get(path, ())), last_part(path))
    file, line = _where(lines, focus, path, None)
    messages = _asking_for_datatypes(shapes).get((path, node.datatype.value), set())
    return Fault(
        shape=node.datatype.value,
        severity="error",
        focus=focus,
        path=path,
        value=node.value,
        message=min(messages) if len(messages) == 1 else f"{key}: write {wanted(node)}.",
        file=file,
        line=line,
    )


def _order(fault: Fault) -> tuple[str, int, str, str, str, str]:
    return (
        fault.file or "",
        fault.line or 0,
        fault.focus,
        fault.path or "",
        fault.message,
        fault.value or "",
    )


def _resource(name: str) -> str | None:
    resource = files("ontology").joinpath(name)
    return resource.read_text(encoding="utf-8") if resource.is_file() else None


@cache
def _shipped_by_subject() -> dict[str, list[ox.Triple]]:
    found: dict[str, list[ox.Triple]] = {}
    for triple in shipped_concepts():
        found.setdefault(str(triple.subject), []).append(triple)
    return found


def _of_store(store: Any) -> list[ox.Triple]:
    seen = [triple for name in store.graph_names() for triple in store.read_graph(name)]
    return seen + list(shipped_concepts())


def _around(triples: list[ox.Triple], beside: Store | None, without: Collection[str]) -> list[ox.Triple]:
    """What the triples point at, and what points at them, one step away."""
    described = {str(t.subject) for t in triples}
    wanted = {str(t.object): t.object for t in triples if isinstance(t.object, ox.NamedNode)}
    for key in described:
        wanted.pop(key, None)
    found: list[ox.Triple] = []
    shipped = _shipped_by_subject()
    for key in sorted(wanted):
        found += shipped.get(key, ())
    if beside is not None and set(beside.graph_names()) - set(without):
        found += _neighbours(beside, set(wanted), described, without)
    return found


_OUTBOUND = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { %s } GRAPH ?g { ?s ?p ?o } %s }"
_INBOUND = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?o { %s } GRAPH ?g { ?s ?p ?o } %s }"


def _neighbours(
    store: Store, wanted: set[str], described: set[str], without: Collection[str]
) -> list[ox.Triple]:
    """Asked in one query each way; blank nodes of the store are not followed."""
    found: list[ox.Triple] = []
    names = ", ".join(str(ox.NamedNode(name)) for name in sorted(without))
    kept = f"FILTER(?g NOT IN ({names}))" if names else ""
    for template, keys in ((_OUTBOUND, wanted), (_INBOUND, described)):
        iris = " ".join(sorted(key for key in keys if key.startswith("<")))
        if iris:  # terms serialised by the engine, so nothing can break out of VALUES
            text = store.query_serialized(template % (iris, kept), "ntriples")
            found += [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]
    return found


def _pyshacl(triples: list[ox.Triple], shapes: str) -> tuple[rdflib.Graph, rdflib.Graph]:
    """The report, and the shapes as pySHACL has read them."""
    import rdflib
    from pyshacl import validate as run
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError

    graph = rdflib.Graph()
    for triple in triples:
        graph.add((_node(triple.subject), _node(triple.predicate), _literal(triple.object)))
    try:
        shapes_graph = rdflib.Graph().parse(data=shapes, format="turtle")
        _, report, _ = run(
            graph, shacl_graph=shapes_graph, inference="none", advanced=True, meta_shacl=False, js=False
        )
    except (ShapeLoadError, ReportableRuntimeError, SyntaxError) as exc:
        raise ClaimspineError("shapes-unreadable", f"the shapes cannot be used: {exc}") from exc
    except TypeError as exc:  # pySHACL compares values of unlike datatypes without a guard
        raise ClaimspineError(
            "not-comparable", f"values of unlike datatypes stand where numbers are compared: {exc}"
        ) from exc
    if not isinstance(report, rdflib.Graph):
        raise ClaimspineError("shapes-unreadable", f"the shapes cannot be used: {report!r}")
    return report, shapes_graph


def _node(node: Any) -> Any:
    import rdflib

    if isinstance(node, ox.NamedNode):
        return rdflib.URIRef(node.value)
    return rdflib.BNode(str(node).removeprefix("_:"))


def _literal(node: Any) -> Any:
    import rdflib

    if not isinstance(node, ox.Literal):
        return _node(node)
    if node.language:
        return rdflib.Literal(node.value, lang=node.language)
    if node.datatype.value.endswith("#string"):
        return rdflib.Literal(node.value)
    return rdflib.Literal(node.value, datatype=rdflib.URIRef(node.datatype.value), normalize=False)


def _faults(report: rdflib.Graph, shapes: rdflib.Graph, focus: set[str], lines: Where) -> Iterable[Fault]:
    import rdflib

    sh = rdflib.Namespace(SH)
    for result in report.objects(None, sh.result):  # not what is told as a detail of another result
        node = report.value(result, sh.focusNode)
        if node is None or node.n3() not in focus:
            continue
        path = report.value(result, sh.resultPath)
        value = report.value(result, sh.value)
        shape = report.value(result, sh.sourceShape)
        named = str(path) if isinstance(path, rdflib.URIRef) else None
        messages = _messages(report, shapes, result, named)
        severity = str(report.value(result, sh.resultSeverity) or "").rpartition("#")[2]
        meant = named or _property_named("; ".join(messages))
        file, line = _where(lines, str(node), meant, None if value is None else str(value))
        yield Fault(
            shape=str(shape or ""),
            severity={"Warning": "warning", "Info": "info"}.get(severity, "error"),
            focus=str(node),
            path=named,
            value=None if value is None else str(value),
            message="; ".join(messages),
            file=file,
            line=line,
        )


def _messages(report: rdflib.Graph, shapes: rdflib.Graph, result: Any, path: str | None) -> list[str]:
    """What the shape says, or its constraint; not what pySHACL makes up where neither says anything."""
    import rdflib

    sh = rdflib.Namespace(SH)

    def said(node: Any, name: str) -> list[str]:
        both = (shapes, report)  # a shape without a name is copied into the report
        return sorted({str(value) for graph in both for value in graph.objects(node, sh[name])})

    shape, constraint = report.value(result, sh.sourceShape), report.value(result, sh.sourceConstraint)
    if said(shape, "message") or said(constraint, "message"):
        return sorted(str(message) for message in report.objects(result, sh.resultMessage))
    return [asked(lambda name: said(shape, name), path)]


def _property_named(message: str) -> str | None:
    """The property of the key that a message begins with (``value: ...``, ``low, high: ...``)."""
    key = message.partition(":")[0].partition(",")[0]
    known = definitions().get(key)
    return None if known is None or known.reverse else known.iri


def _where(lines: Where, subject: str, path: str | None, value: str | None) -> tuple[str | None, int | None]:
    """The line of the value, else of the property, of its node, of the node that owns it."""
    found = lines.get((subject, value)) if value is not None else None
    found = found or lines.get((subject, path)) or lines.get((subject, None))
    while found is None and "/" in subject:
        subject = subject.rpartition("/")[0]
        found = lines.get((subject, None))
    return found or (None, None)
