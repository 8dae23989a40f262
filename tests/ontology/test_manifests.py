"""Shapes and policies against W3C test manifests: one valid thing and one fault for each shape."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from pyshacl import validate
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, SH

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
SPINE = Namespace("https://w3id.org/claimspine/ns#")
HERE = Path(__file__).parent
MANIFESTS = sorted((HERE / "manifests").glob("*.ttl"))
ONTOLOGY = HERE.parents[1] / "ontology"

Result = tuple[str, str, str, str]


@cache
def graph(path: Path) -> Graph:
    return Graph().parse(path, format="turtle", publicID=path.resolve().as_uri())


def file_of(iri: object) -> Path:
    return Path(unquote(urlsplit(str(iri)).path))


def data(path: Path) -> Graph:
    read = graph(path)
    merged = Graph() + read
    for imported in read.objects(URIRef(path.resolve().as_uri()), OWL.imports):
        merged += graph(file_of(imported))
    return merged


def results(report: Graph, node: object) -> Counter[Result]:
    """Focus, shape, component and severity of each result of a report."""
    return Counter(
        (
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.sourceShape)),
            str(report.value(result, SH.sourceConstraintComponent)),
            str(report.value(result, SH.resultSeverity)),
        )
        for result in report.objects(node, SH.result)
    )


@cache
def entries(path: Path) -> tuple[URIRef, ...]:
    manifest = graph(path)
    (first,) = manifest.objects(None, MF.entries)
    return tuple(node for node in Collection(manifest, first) if isinstance(node, URIRef))


CASES = [
    pytest.param(path, entry, id=f"{path.stem}:{str(entry).rpartition('/')[2]}")
    for path in MANIFESTS
    for entry in entries(path)
]


@pytest.mark.parametrize(("path", "entry"), CASES)
def test_manifest(path: Path, entry: URIRef) -> None:
    manifest = graph(path)
    action = manifest.value(entry, MF.action)
    expected = manifest.value(entry, MF.result)
    shapes = graph(file_of(manifest.value(action, SHT.shapesGraph)))
    conforms, report, text = validate(
        data(file_of(manifest.value(action, SHT.dataGraph))), shacl_graph=shapes, inference="none"
    )
    (root,) = report.subjects(RDF.type, SH.ValidationReport)
    got, wanted = results(report, root), results(manifest, expected)
    assert got == wanted, f"not seen: {wanted - got}\nnot expected: {got - wanted}"
    assert Literal(conforms) == manifest.value(expected, SH.conforms), text


def expected_results() -> Counter[str]:
    """How often each shape's fault is expected over all manifests."""
    return Counter(str(shape) for path in MANIFESTS for shape in graph(path).objects(None, SH.sourceShape))


@pytest.mark.parametrize("name", ["shapes.ttl", "policies.ttl"])
def test_every_shape_has_a_fault(name: str) -> None:
    shapes = graph(ONTOLOGY / name)
    with_message = {str(shape) for shape in shapes.subjects(SH.message, None)}
    assert with_message - set(expected_results()) == set()


def test_the_manifests_are_all_run() -> None:
    assert len(MANIFESTS) >= 28
    assert sum(expected_results().values()) >= 280


def test_every_shape_can_be_named_and_speaks_to_the_curator() -> None:
    for name in ("shapes.ttl", "policies.ttl"):
        shapes = graph(ONTOLOGY / name)
        declared = {
            shape for kind in (SH.PropertyShape, SH.NodeShape) for shape in shapes.subjects(RDF.type, kind)
        }
        assert not [shape for shape in declared if isinstance(shape, BNode)]
        in_use = {shape for shape in shapes.objects(None, SH.property) if isinstance(shape, URIRef)}
        assert in_use <= declared, "named in sh:property but not defined"
        loose = set(shapes.subjects(RDF.type, SH.PropertyShape)) - in_use
        assert not loose, "defined but used by no node shape"
        for shape in declared:
            speaks = shapes.value(shape, SH.message) is not None
            assert speaks or (shape, SH.property, None) in shapes, shape
            if speaks:
                assert shapes.value(shape, SH.severity) in {SH.Violation, SH.Warning, SH.Info}, shape
                assert str(shape).startswith((SPINE + "shape-", SPINE + "policy-"))


def test_policies_only_warn() -> None:
    assert set(graph(ONTOLOGY / "policies.ttl").objects(None, SH.severity)) == {SH.Warning}


def test_an_organisation_turns_a_rule_off_with_one_triple() -> None:
    policies = Graph() + graph(ONTOLOGY / "policies.ttl")
    policies.add((SPINE["policy-refuting-line-answered"], SH.deactivated, Literal(True)))
    broken = data(HERE / "manifests" / "policies.ttl")
    _, report, _ = validate(broken, shacl_graph=policies, inference="none")
    shapes = set(report.objects(None, SH.sourceShape))
    assert SPINE["policy-refuting-line-answered"] not in shapes
    assert SPINE["policy-step-has-evidence-line"] in shapes
