"""pySHACL, the reference engine: asked where shapes use what is not compiled, and by the tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph.errors import ClaimspineError
from graph.shacl.messages import asked
from graph.shacl.shape import Breach
from graph.shacl.triples import Node
from graph.terms import SH

if TYPE_CHECKING:  # both take long to import, and most runs need neither
    import rdflib


def breaches(triples: Iterable[ox.Triple], shapes: str) -> Iterator[Breach]:
    """The results of pySHACL for the shapes of a Turtle text, not what it tells as details of another.

    Raises:
        ClaimspineError: ``shapes-unreadable``, or ``not-comparable`` where it would compare unlike values.
    """
    import rdflib

    report, graph = _report(triples, shapes)
    sh = rdflib.Namespace(SH)
    for result in report.objects(None, sh.result):
        focus = report.value(result, sh.focusNode)
        if focus is None:
            continue
        path = report.value(result, sh.resultPath)
        value = report.value(result, sh.value)
        shape = report.value(result, sh.sourceShape)
        severity = str(report.value(result, sh.resultSeverity) or "").rpartition("#")[2]
        named = str(path) if isinstance(path, rdflib.URIRef) else None
        yield Breach(
            shape=_of_rdflib(shape),
            severity=severity,
            focus=_of_rdflib(focus),
            path=None if path is None else _of_rdflib(path),
            value=None if value is None else _of_rdflib(value),
            messages=tuple(_messages(report, graph, result, named)),
        )


def _report(triples: Iterable[ox.Triple], shapes: str) -> tuple[rdflib.Graph, rdflib.Graph]:
    """The report, and the shapes as pySHACL has read them."""
    import rdflib
    from pyshacl import validate as run
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError

    graph = rdflib.Graph()
    for triple in triples:
        graph.add(tuple(map(_to_rdflib, (triple.subject, triple.predicate, triple.object))))
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


def _to_rdflib(node: Any) -> Any:
    import rdflib

    if isinstance(node, ox.NamedNode):
        return rdflib.URIRef(node.value)
    if not isinstance(node, ox.Literal):
        return rdflib.BNode(str(node).removeprefix("_:"))
    if node.language:
        return rdflib.Literal(node.value, lang=node.language)
    if node.datatype.value.endswith("#string"):
        return rdflib.Literal(node.value)
    return rdflib.Literal(node.value, datatype=rdflib.URIRef(node.datatype.value), normalize=False)


def _of_rdflib(node: Any) -> Node:
    import rdflib

    if isinstance(node, rdflib.URIRef):
        return ox.NamedNode(str(node))
    if not isinstance(node, rdflib.Literal):
        return ox.BlankNode(str(node))
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)) if node.datatype else None)


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
