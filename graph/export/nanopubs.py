"""Nanopublications (nanopub.net, guidelines of 2015): one for each claim, with what bears on it.

Assertion: the claim and its evidence lines. Provenance: the findings, studies and papers it comes from,
and the sources of the graph. Publication info: who made the nanopublication, when, with what. Its name is
made of its content, so the same content has the same name; there are no blank nodes in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from graph.abbreviating import abbreviated
from graph.errors import ClaimspineError
from graph.export.publishing import SOFTWARE, Publisher
from graph.export.selecting import Selection
from graph.jsonld import expand, term
from graph.sparql import prefixes as standard
from graph.terms import ATTRIBUTED_TO, LABEL, TYPE, XSD
from ontology.loader import DATA_BASE

TEMPORARY = "http://purl.org/nanopub/temp/"  # what signing replaces by the hash of the signed content
_NP = "http://www.nanopub.org/nschema#"
_PAV = "http://purl.org/pav/"
_DERIVED = ox.NamedNode(expand("prov:wasDerivedFrom"))
_ASSERTED, _PROVED = ox.NamedNode("urn:assertion"), ox.NamedNode("urn:provenance")
_PARTS = ("certainty", "adjustments", "reasons", "dose", "comparatorDose", "effect", "groups", "span")

_Statements = dict[str, list[ox.Triple]]


@dataclass(frozen=True, slots=True)
class _Held:
    """The triples by subject, the lines on each claim, and the source of each triple."""

    by_subject: _Statements
    on: dict[str, list[str]]
    graphs: dict[ox.Triple, set[str]]


def write(selection: Selection, quads: Iterable[ox.Quad], by: Publisher, *, base: str = DATA_BASE) -> bytes:
    """The nanopublications of all claims, as TriG.

    Raises:
        ClaimspineError: ``nothing-to-export``.
    """
    found = [quad for one in build(selection, quads, by, under=f"{base}nanopub/") for quad in one]
    return serialize(found, base)


def serialize(quads: Iterable[ox.Quad], base: str = DATA_BASE) -> bytes:
    """TriG with the prefixes of nanopublications."""
    prefixes = {**standard(base), "np": _NP, "pav": _PAV, "npx": "http://purl.org/nanopub/x/"}
    return abbreviated(list(quads), ox.RdfFormat.TRIG, prefixes)


def build(
    selection: Selection, quads: Iterable[ox.Quad], by: Publisher, *, under: str
) -> list[list[ox.Quad]]:
    """The quads of each nanopublication, by claim; ``under`` is what their names begin with.

    Raises:
        ClaimspineError: ``nothing-to-export``, there is no claim.
    """
    held = _held(quads)
    claims = [iri for iri in selection.evidence.claims if f"<{iri}>" in held.by_subject]
    if not claims:
        raise ClaimspineError(
            "nothing-to-export", "there is no claim to publish", hint="ask for a claim or a recommendation"
        )
    return [_one(iri, selection, held, by, under) for iri in claims]


def _held(quads: Iterable[ox.Quad]) -> _Held:
    bears = term("bearsOn")
    by_subject: _Statements = {}
    on: dict[str, list[str]] = {}
    graphs: dict[ox.Triple, set[str]] = {}
    for quad in quads:
        triple = quad.triple
        sources = graphs.setdefault(triple, set())
        if isinstance(quad.graph_name, ox.NamedNode):
            sources.add(quad.graph_name.value)
        if len(sources) > 1:
            continue
        by_subject.setdefault(str(triple.subject), []).append(triple)
        if triple.predicate.value == bears:
            on.setdefault(str(triple.object), []).append(str(triple.subject))
    return _Held(by_subject, on, graphs)


def _one(claim: str, selection: Selection, held: _Held, by: Publisher, under: str) -> list[ox.Quad]:
    key = f"<{claim}>"
    assertion = set(_whole(held, key))
    provenance: set[ox.Triple] = set()
    works: set[str] = set()
    for line in held.on.get(key, ()):
        assertion.update(_whole(held, line))
        for triple in held.by_subject.get(line, ()):
            if triple.predicate.value == term("finding"):
                provenance.update(_whole(held, str(triple.object)))
    for triple in list(provenance):
        if triple.predicate.value == term("study"):
            provenance.update(_whole(held, str(triple.object)))
        elif triple.predicate.value == term("reportedIn"):
            works.add(str(triple.object)[1:-1])
    sources = {name for t in assertion | provenance for name in held.graphs.get(t, ())}
    content = _canonical(assertion, provenance)
    digest = hashlib.sha256("\n".join(sorted(map(str, content))).encode()).hexdigest()[:40]
    np = f"{under}{digest}/"
    head, asserted, proved, info = (
        ox.NamedNode(np + name) for name in ("Head", "assertion", "provenance", "pubinfo")
    )
    quads = {
        ox.Quad(_named(t.subject, np), t.predicate, _named(t.object, np), graph)
        for t, graph in ((q.triple, proved if q.graph_name == _PROVED else asserted) for q in content)
    }
    this = ox.NamedNode(np)
    quads.add(ox.Quad(this, TYPE, ox.NamedNode(_NP + "Nanopublication"), head))
    for name, graph in (("hasAssertion", asserted), ("hasProvenance", proved), ("hasPublicationInfo", info)):
        quads.add(ox.Quad(this, ox.NamedNode(_NP + name), graph, head))
    for source in sorted(works) + sorted(sources):
        quads.add(ox.Quad(asserted, _DERIVED, ox.NamedNode(_reachable(source, selection)), proved))
    if not works and not sources:
        quads.add(ox.Quad(asserted, ATTRIBUTED_TO, ox.NamedNode(by.iri or SOFTWARE), proved))
    quads.update(_published(this, selection.evidence.claims[claim].text, by, info))  # type: ignore[index]
    return sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad)))


def _whole(held: _Held, subject: str) -> Iterator[ox.Triple]:
    """What is said of a thing and of its parts: doses, estimates, lists and nodes without a name."""
    inside = {term(key) for key in _PARTS}
    queue, seen = [subject], {subject}
    while queue:
        for triple in held.by_subject.get(queue.pop(), ()):
            yield triple
            node = triple.object
            part = isinstance(node, ox.BlankNode) or triple.predicate.value in inside
            if part and str(node) not in seen:
                seen.add(str(node))
                queue.append(str(node))


def _canonical(assertion: set[ox.Triple], provenance: set[ox.Triple]) -> list[ox.Quad]:
    """Both as quads whose blank nodes are named by RDFC-1.0, so that order of loading does not count."""
    dataset = ox.Dataset()
    for graph, triples in ((_ASSERTED, assertion), (_PROVED, provenance - assertion)):
        for t in triples:
            dataset.add(ox.Quad(t.subject, t.predicate, t.object, graph))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(dataset, key=str)


def _named(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, np: str) -> Any:
    """Blank nodes as parts of the nanopublication; all else as it is."""
    if isinstance(node, ox.BlankNode):
        return ox.NamedNode(f"{np}part-{node.value}")
    return node


def _reachable(iri: str, selection: Selection) -> str:
    """The DOI of a work, which others know too, rather than our own name for it."""
    work = selection.evidence.works.get(iri)  # type: ignore[call-overload]
    if work is not None and work.doi:
        try:
            return str(ox.NamedNode(f"https://doi.org/{work.doi}").value)
        except ValueError:
            return iri
    return iri


def _published(this: ox.NamedNode, text: str, by: Publisher, info: ox.NamedNode) -> Iterator[ox.Quad]:
    yield ox.Quad(this, LABEL, ox.Literal(text), info)
    yield ox.Quad(this, ox.NamedNode(_PAV + "createdWith"), ox.NamedNode(SOFTWARE), info)
    if by.iri:
        yield ox.Quad(this, ox.NamedNode(expand("dcterms:creator")), ox.NamedNode(by.iri), info)
        yield ox.Quad(this, ATTRIBUTED_TO, ox.NamedNode(by.iri), info)
        if by.name:
            yield ox.Quad(ox.NamedNode(by.iri), LABEL, ox.Literal(by.name), info)
    if by.date:
        kind = XSD + ("dateTime" if "T" in by.date else "date")
        created = ox.Literal(by.date, datatype=ox.NamedNode(kind))
        yield ox.Quad(this, ox.NamedNode(expand("dcterms:created")), created, info)
    if by.license:
        yield ox.Quad(this, ox.NamedNode(expand("dcterms:license")), ox.NamedNode(by.license), info)
