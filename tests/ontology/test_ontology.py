"""The ontology's files agree with one another, with the context, and with ontology.terms."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import owlrl
import pyoxigraph
import pytest
from pyshacl import validate
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, OWL, SH, SKOS

from ontology import loader, terms

SPINE = Namespace(loader.NAMESPACE)
ROOT = Path(__file__).parents[2]
VALID = Path(__file__).parent / "manifests" / "valid.ttl"
OWN_FILES = ("spine.ttl", "schemes.ttl", "shapes.ttl", "policies.ttl", "alignments.ttl")
DATATYPES = {f"xsd:{n}" for n in ("anyURI", "boolean", "date", "dateTime", "decimal", "gYear", "integer")}
DATATYPES |= {"xsd:nonNegativeInteger", "xsd:positiveInteger"}
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


def read(*names: str) -> Graph:
    graph = Graph()
    for name in names:
        graph.parse(data=loader.text(name), format="turtle")
    return graph


@pytest.fixture(scope="module")
def spine() -> Graph:
    return read("spine.ttl")


@pytest.fixture(scope="module")
def schemes() -> Graph:
    return read("schemes.ttl")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return read("shapes.ttl", "policies.ttl")


def own_terms(spine: Graph) -> set[URIRef]:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
    return {
        term
        for kind in kinds
        for term in spine.subjects(RDF.type, kind)
        if isinstance(term, URIRef) and term.startswith(loader.NAMESPACE)
    }


# Files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OWN_FILES)
def test_files_parse_and_bind_the_prefix(name: str) -> None:
    graph = read(name)
    assert len(graph) > 50
    assert dict(graph.namespaces())["spine"] == URIRef(loader.NAMESPACE)


@pytest.mark.parametrize("name", OWN_FILES)
def test_another_parser_reads_the_same(name: str) -> None:
    parsed = {quad.triple for quad in pyoxigraph.parse(loader.text(name), format=pyoxigraph.RdfFormat.TURTLE)}
    assert len(parsed) == len(read(name))


@pytest.mark.parametrize("name", ["../pyproject.toml", "/etc/hostname", "..", "", "no-such.ttl"])
def test_text_reads_only_files_of_the_package(name: str) -> None:
    with pytest.raises(FileNotFoundError):
        loader.text(name)


def test_context_is_a_fresh_copy() -> None:
    loader.context().clear()
    assert "@context" in loader.context()


def test_nothing_but_the_standard_library_is_imported() -> None:
    for path in (ROOT / "ontology").glob("*.py"):
        imported = set(re.findall(r"^(?:from|import) (\w+)", path.read_text(), re.MULTILINE))
        assert imported <= {"__future__", "functools", "importlib", "json", "ontology", "typing"}, path


# Terms ------------------------------------------------------------------------------------------


def test_every_term_is_named_defined_and_sourced(spine: Graph) -> None:
    found = own_terms(spine)
    assert len(found) >= 140
    for term in found:
        assert len(list(spine.objects(term, RDFS.label))) == 1, term
        definition = spine.value(term, SKOS.definition)
        assert definition is not None, term
        assert str(definition).endswith("."), term
        assert len(str(definition)) > 15, term
        assert list(spine.objects(term, DCTERMS.source)), term
        assert spine.value(term, RDFS.isDefinedBy) == URIRef(loader.NAMESPACE.rstrip("#")), term


def test_no_term_is_used_that_is_not_defined(spine: Graph, schemes: Graph, shapes: Graph) -> None:
    known = set(own_terms(spine)) | {s for s in schemes.subjects() if isinstance(s, URIRef)}
    known |= {s for s in shapes.subjects() if isinstance(s, URIRef)}
    everywhere = spine + schemes + shapes + read("alignments.ttl", "concepts.ttl")
    used = {
        node
        for triple in everywhere
        for node in triple
        if isinstance(node, URIRef) and node.startswith(loader.NAMESPACE)
    }
    assert used - known == set()


def test_constants_and_ontology_agree_both_ways(spine: Graph) -> None:
    def constants(holder: type) -> dict[str, str]:
        return {name: iri for name, iri in vars(holder).items() if name.isupper()}

    classes = {str(term) for term in spine.subjects(RDF.type, OWL.Class)}
    assert set(constants(terms.Class).values()) == classes | {str(SKOS.Concept)}
    properties = {str(term) for term in own_terms(spine)} - classes
    assert set(constants(terms.Property).values()) == properties
    borrowed = {str(term) for term in spine.subjects(SKOS.scopeNote)}
    assert borrowed <= set(constants(terms.Adopted).values())
    for holder in (terms.Class, terms.Property, terms.Adopted):
        for name, iri in constants(holder).items():
            local = re.split(r"[#/]", iri)[-1]
            assert name == re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", local).upper()


def test_the_constants_of_values_name_values(schemes: Graph) -> None:
    assert (URIRef(terms.value("design", "cohort")), RDF.type, SKOS.Concept) in schemes


# The JSON-LD context ------------------------------------------------------------------------------


def context_terms() -> dict[str, object]:
    held = loader.context()["@context"]
    assert isinstance(held, dict)
    return held


def prefixes() -> dict[str, str]:
    return {k: v for k, v in context_terms().items() if isinstance(v, str) and v.endswith(("#", "/"))}


def expand(compact: str) -> str:
    prefix, _, local = compact.partition(":")
    return prefixes()[prefix] + local


KEYS = [
    key
    for key, value in context_terms().items()
    if not key.startswith("@") and key not in prefixes() and not str(value).startswith("@")
]


def test_all_keys_are_looked_at() -> None:
    assert len(KEYS) >= 120


SCHEME_OF = {"includedDesign": "design"}  # keys that take their values from another key's scheme


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_a_defined_term(key: str, spine: Graph, schemes: Graph) -> None:
    definition = context_terms()[key]
    if isinstance(definition, str):
        definition = {"@id": definition}
    assert isinstance(definition, dict)
    iri = expand(definition.get("@id") or definition["@reverse"])
    if iri.startswith(loader.NAMESPACE):
        assert URIRef(iri) in own_terms(spine)
    else:
        standard = (str(SKOS), str(RDFS))
        declared = (URIRef(iri), SKOS.scopeNote, None) in spine
        assert declared or iri.startswith(standard) or URIRef(iri) == DCTERMS.source
    kind = definition.get("@type")
    if kind not in (None, "@id", "@vocab"):
        assert kind in DATATYPES
    if kind == "@vocab":
        scoped = dict(definition["@context"])
        scheme = SCHEME_OF.get(key, key)
        assert scoped.pop("@vocab") == f"{loader.NAMESPACE}{scheme}-"
        assert all(iri == f"spine:{scheme}-{value}" for value, iri in scoped.items())
        assert (SPINE[f"scheme-{scheme}"], RDF.type, SKOS.ConceptScheme) in schemes


@pytest.mark.parametrize("key", KEYS)
def test_keys_and_ranges_agree(key: str, spine: Graph) -> None:
    definition = context_terms()[key]
    if not isinstance(definition, dict) or "@reverse" in definition:
        return
    term, kind = URIRef(expand(definition["@id"])), definition.get("@type")
    if kind in ("@id", "@vocab"):
        assert (term, RDF.type, OWL.DatatypeProperty) not in spine or term == expand("schema:url")
    elif kind is not None:
        assert (term, RDF.type, OWL.ObjectProperty) not in spine
        range_ = spine.value(term, RDFS.range)
        assert range_ in (None, URIRef(expand(kind)))


def test_every_property_of_ours_can_be_written(spine: Graph) -> None:
    """Each property has a key, save those that schemes alone use."""
    written = {
        expand(
            d["@id"] if isinstance(d, dict) and "@id" in d else d["@reverse"] if isinstance(d, dict) else d
        )
        for d in (context_terms()[key] for key in KEYS)
    }
    for_schemes = {SPINE[name] for name in ("startingCertainty", "licenses", "nullValue", "contrast", "rank")}
    properties = own_terms(spine) - set(spine.subjects(RDF.type, OWL.Class)) - for_schemes
    assert {str(p) for p in properties} - written == set()


@pytest.mark.parametrize("name", sorted(n for n in vars(terms.Class) if n.isupper()))
def test_types_are_written_by_their_name(name: str) -> None:
    iri = getattr(terms.Class, name)
    document = loader.context() | {"@id": "https://example.org/x", "type": re.split("#", iri)[-1]}
    parsed = list(pyoxigraph.parse(json.dumps(document), format=pyoxigraph.RdfFormat.JSON_LD))
    assert [quad.object.value for quad in parsed] == [iri]


def test_every_value_is_written_by_its_name(schemes: Graph) -> None:
    """Also where a key has the same name: ``low`` is a number's key and a risk of bias."""
    told = 0
    for value, notation in schemes.subject_objects(SKOS.notation):
        key = str(schemes.value(value, SKOS.inScheme)).partition("scheme-")[2]
        document = loader.context() | {"@id": "https://example.org/x", key: str(notation)}
        parsed = pyoxigraph.parse(json.dumps(document), format=pyoxigraph.RdfFormat.JSON_LD)
        assert [quad.object.value for quad in parsed] == [str(value)], f"{key}: {notation}"
        told += 1
    assert told >= 125


# Schemes ------------------------------------------------------------------------------------------


def test_values_are_named_after_their_scheme(schemes: Graph) -> None:
    values = set(schemes.subjects(RDF.type, SKOS.Concept))
    assert len(values) >= 130
    for value in values:
        (scheme,) = schemes.objects(value, SKOS.inScheme)
        name = str(scheme).removeprefix(loader.NAMESPACE + "scheme-")
        notation = schemes.value(value, SKOS.notation)
        if notation is not None:
            assert str(value) == terms.value(name, str(notation))
        assert schemes.value(value, SKOS.prefLabel) is not None
        assert schemes.value(value, SKOS.definition) is not None
        for wider in schemes.objects(value, SKOS.broader):
            assert (wider, SKOS.inScheme, scheme) in schemes


def listed(shapes: Graph) -> dict[str, set[str]]:
    """Property name → values that the shapes allow, over all shapes of evidence."""
    found: dict[str, set[str]] = {}
    for shape, head in shapes.subject_objects(SH["in"]):
        path = shapes.value(shape, SH.path)
        if not isinstance(shape, URIRef) or not isinstance(path, URIRef):
            continue
        for value in Collection(shapes, head):
            if isinstance(value, URIRef):
                name, _, local = str(value).removeprefix(loader.NAMESPACE).partition("-")
                key = str(path).removeprefix(loader.NAMESPACE)
                assert SCHEME_OF.get(key, key) == name, f"{shape}: {value} is of another scheme"
                found.setdefault(name, set()).add(local)
    return found


def test_shapes_allow_just_the_values_of_the_schemes(shapes: Graph, schemes: Graph) -> None:
    allowed = listed(shapes)
    assert len(allowed) >= 22
    for name, values in allowed.items():
        in_scheme = {
            str(schemes.value(value, SKOS.notation))
            for value in schemes.subjects(SKOS.inScheme, SPINE[f"scheme-{name}"])
            if schemes.value(value, SKOS.notation) is not None
        }
        assert values == in_scheme, name


def test_every_design_says_where_certainty_starts_and_what_it_licenses(schemes: Graph) -> None:
    levels = set(schemes.subjects(SKOS.inScheme, SPINE["scheme-certaintyLevel"]))
    strengths = set(schemes.subjects(SKOS.inScheme, SPINE["scheme-causalStrength"]))
    for design in schemes.subjects(SKOS.inScheme, SPINE["scheme-design"]):
        if (design, SKOS.notation, Literal("unknown")) in schemes:
            assert schemes.value(design, SPINE.startingCertainty) is None, "unknown is not very low"
            assert schemes.value(design, SPINE.licenses) is None
        elif schemes.value(design, SKOS.notation) is not None:
            assert schemes.value(design, SPINE.startingCertainty) in levels
            assert schemes.value(design, SPINE.licenses) in strengths
            assert schemes.value(design, SKOS.broader) is not None


@pytest.mark.parametrize(
    ("measure", "null"),
    [("hazard-ratio", 1), ("odds-ratio", 1), ("risk-ratio", 1), ("mean-difference", 0), ("correlation", 0)],
)
def test_null_values(measure: str, null: int, schemes: Graph) -> None:
    found = schemes.value(SPINE[f"measure-{measure}"], SPINE.nullValue)
    assert isinstance(found, Literal)
    assert found.value == null


@pytest.mark.parametrize("measure", ["median", "mean", "percent", "count", "number-needed-to-treat"])
def test_measures_without_a_null_value_claim_none(measure: str, schemes: Graph) -> None:
    assert schemes.value(SPINE[f"measure-{measure}"], SPINE.nullValue) is None


# Alignments and logic -----------------------------------------------------------------------------


def test_every_term_is_aligned_or_said_to_be_minted(spine: Graph) -> None:
    alignments = read("alignments.ttl")
    assert own_terms(spine) - set(alignments.subjects()) == set()
    for term in alignments.subjects(SKOS.editorialNote):
        assert len(list(alignments.predicates(term))) == 1, f"{term} is both aligned and minted"


def closure(*more: str) -> Graph:
    graph = read("spine.ttl", "schemes.ttl", "alignments.ttl").parse(VALID)
    for turtle in more:
        graph.parse(data=turtle, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def complaints(graph: Graph) -> list[str]:
    """What the OWL 2 RL rules found inconsistent; notes on datatypes they cannot read are left out."""
    said = [str(message) for _, message in graph.subject_objects(ERROR)]
    return [message for message in said if "Lexical value" not in message]


def test_owl_rl_finds_no_contradiction_and_infers_what_we_mean() -> None:
    graph = closure()
    assert complaints(graph) == []
    example = Namespace("https://example.org/")
    assert (example.step, RDF.type, SPINE.Claim) in graph
    assert (example.work, RDF.type, URIRef("http://purl.org/spar/fabio/Expression")) in graph


def test_owl_rl_sees_a_contradiction() -> None:
    """The test above would be worth nothing if nothing could fail it."""
    graph = closure(
        "@prefix spine: <https://w3id.org/claimspine/ns#> ."
        "<https://example.org/x> a spine:Finding , spine:Work ."
    )
    assert complaints(graph) != []


# The reference page -------------------------------------------------------------------------------


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_ontology", ROOT / "docs/generate_ontology.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_page_is_up_to_date() -> None:
    written = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    assert written == generator().page_text(), "run: python docs/generate_ontology.py > docs/ontology.md"


def test_the_reference_page_names_every_term(spine: Graph) -> None:
    written = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    classes = set(spine.subjects(RDF.type, OWL.Class))
    for term in own_terms(spine):
        local = str(term).removeprefix(loader.NAMESPACE)
        assert (f"### {local}\n" if term in classes else f"`spine:{local}`") in written


def test_the_example_policy_of_the_page_works() -> None:
    turtle = re.findall(r"```turtle\n(.*?)```", generator().EXAMPLE_POLICY, re.DOTALL)
    policy = Graph().parse(data=turtle[0], format="turtle")
    silent = Graph().parse(
        data=f"<https://example.org/r> a <{SPINE.Recommendation}> .",
        format="turtle",
    )
    conforms, report, _ = validate(silent, shacl_graph=policy, inference="none")
    assert not conforms
    assert [str(m) for m in report.objects(None, SH.resultMessage)] == [
        "audience: say whom the recommendation is for."
    ]
    assert validate(Graph().parse(VALID), shacl_graph=policy, inference="none")[0]
