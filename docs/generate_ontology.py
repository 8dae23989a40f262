"""Write the ontology's reference page: ``python docs/generate_ontology.py > docs/ontology.md``.

Everything on the page is read from the files of ``ontology/``; a test regenerates it and allows no
difference.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from rdflib import RDF, RDFS, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, OWL, SH, SKOS
from rdflib.term import Node

from ontology.loader import NAMESPACE, context, text

SPINE = Namespace(NAMESPACE)
MAPPINGS = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch, RDFS.subClassOf)
MAPPING_WORDS = {
    SKOS.exactMatch: "the same as",
    SKOS.closeMatch: "close to",
    SKOS.broadMatch: "narrower than",
    SKOS.relatedMatch: "related to",
    RDFS.subClassOf: "a kind of",
}
INTRODUCTION = """# The ontology

<!-- Written by docs/generate_ontology.py from the files in ontology/. Change those, not this page. -->

Namespace `https://w3id.org/claimspine/ns#`, prefix `spine:`. Ids of data are
words under a base (`https://w3id.org/claimspine/id/` unless you set your own), or whole IRIs. The ontology
is OWL 2 RL, the values are SKOS schemes, and what a curator may write is in SHACL. Evidence files are YAML,
read as JSON-LD through `ontology/context.jsonld`, so a *key* below is the name that such a file uses.

| file | holds |
|---|---|
| `spine.ttl` | the classes and properties |
| `schemes.ttl` | the values that properties may take, with what the checker must know of them |
| `shapes.ttl` | what evidence must look like: structure, faults stop a load |
| `policies.ttl` | editorial policies: judgement, faults warn |
| `alignments.ttl` | how the terms line up with SEPIO, STATO, PICO, PROV-O and others |
| `concepts.ttl` | the vocabulary of exposures, outcomes, populations and so on that is shipped |
| `concept_links.ttl` | where that vocabulary meets MeSH and UBERON |
"""

EXAMPLE_POLICY = """A policy of your own, here that a recommendation says whom it is for:

```turtle
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix spine: <https://w3id.org/claimspine/ns#> .
@prefix our: <https://example.org/policies#> .

our:audience-named a sh:NodeShape ;
    sh:targetClass spine:Recommendation ;
    sh:property our:audience-named-once .

our:audience-named-once a sh:PropertyShape ;
    sh:path spine:audience ;
    sh:minCount 1 ;
    sh:severity sh:Warning ;
    sh:message "audience: say whom the recommendation is for."@en .
```
"""


def read(*names: str) -> Graph:
    """The named files of the package as one graph."""
    graph = Graph()
    for name in names:
        graph.parse(data=text(name), format="turtle")
    return graph


def keys() -> dict[URIRef, list[str]]:
    """Property IRI → keys of the JSON-LD context that stand for it."""
    terms = context()["@context"]
    assert isinstance(terms, dict)
    prefixes = {name: iri for name, iri in terms.items() if isinstance(iri, str) and iri[-1] in "#/"}
    found: dict[URIRef, list[str]] = {}
    for key, definition in terms.items():
        if isinstance(definition, dict):
            compact = str(definition.get("@id") or definition.get("@reverse") or "")
        else:
            compact = str(definition)
        prefix, colon, local = compact.partition(":")
        if colon and prefix in prefixes and not local.startswith("//"):
            found.setdefault(URIRef(prefixes[prefix] + local), []).append(key)
    return found


class Page:
    """The graphs that the page draws on, and how to write their terms."""

    def __init__(self) -> None:
        """Read the files."""
        self.spine = read("spine.ttl")
        self.schemes = read("schemes.ttl")
        self.shapes = read("shapes.ttl")
        self.policies = read("policies.ttl")
        self.alignments = read("alignments.ttl")
        self.keys = keys()

    def short(self, term: Node) -> str:
        """A compact name such as ``spine:Claim``."""
        if str(term).startswith(NAMESPACE):
            return "spine:" + str(term).removeprefix(NAMESPACE)
        for graph in (self.alignments, self.spine):
            for prefix, namespace in sorted(graph.namespaces()):
                local = str(term).removeprefix(str(namespace))
                if prefix and local != str(term) and "/" not in local and "#" not in local:
                    return f"{prefix}:{local}"
        return f"<{term}>"

    def classes(self) -> list[URIRef]:
        """The classes, by IRI."""
        return iris(self.spine.subjects(RDF.type, OWL.Class))

    def properties(self) -> list[URIRef]:
        """The properties that the ontology defines itself."""
        defined = self.spine.subjects(RDFS.isDefinedBy, URIRef(NAMESPACE.rstrip("#")))
        return iris(set(defined) - set(self.classes()))

    def mapped(self, term: URIRef) -> str:
        """What the term is aligned with, in words."""
        said = []
        for mapping in MAPPINGS:
            others = sorted(self.short(other) for other in self.alignments.objects(term, mapping))
            if others:
                said.append(f"{MAPPING_WORDS[mapping]} " + ", ".join(f"`{other}`" for other in others))
        return "; ".join(said) or "minted here"

    def sources(self, graph: Graph, term: URIRef) -> str:
        """Where the idea of a term comes from."""
        return ", ".join(f"<{source}>" for source in iris(graph.objects(term, DCTERMS.source)))

    def members(self, head: Node | None) -> list[Node]:
        """The members of an RDF list of the shapes."""
        return [] if head is None else list(Collection(self.shapes, head))


def rules_of(page: Page, target: URIRef) -> Iterator[tuple[str, URIRef]]:
    """Severity and shape of each rule whose focus is ``target``, property shapes first."""
    nodes = iris(page.shapes.subjects(SH.targetClass, target))
    for node in nodes:
        for shape in iris(page.shapes.objects(node, SH.property)):
            yield str(page.shapes.value(shape, SH.severity)).rpartition("#")[2], shape
    for node in nodes:
        if page.shapes.value(node, SH.message) is not None:
            yield str(page.shapes.value(node, SH.severity)).rpartition("#")[2], node


def edges(page: Page) -> Iterator[tuple[str, str, str]]:
    """Class, key and class, from the shapes that say what a property points at."""
    for node, target in page.shapes.subject_objects(SH.targetClass):
        if not str(target).startswith(NAMESPACE):
            continue
        for shape in page.shapes.objects(node, SH.property):
            path = page.shapes.value(shape, SH.path)
            wanted = [*page.shapes.objects(shape, SH["class"])]
            for option in page.members(page.shapes.value(shape, SH["or"])):
                wanted += page.shapes.objects(option, SH["class"])
            for property_ in properties_in(page, path):
                label = page.keys.get(property_, [str(property_).rpartition("#")[2]])[-1]
                for other in wanted:
                    if str(other).startswith(NAMESPACE):
                        yield local(target), label, local(other)


def properties_in(page: Page, path: Node | None) -> list[URIRef]:
    """The spine and borrowed properties in a path, without those that walk a list."""
    if isinstance(path, URIRef):
        return [path] if not str(path).startswith(str(RDF)) else []
    found: list[URIRef] = []
    if isinstance(path, BNode):
        alternatives = page.shapes.value(path, SH.alternativePath)
        if alternatives is not None:
            for step in page.members(alternatives):
                found += properties_in(page, step)
        elif (path, RDF.first, None) in page.shapes:
            for step in page.members(path):
                found += properties_in(page, step)
    return found


def iris(nodes: Iterable[Node]) -> list[URIRef]:
    """The IRIs among nodes, each once, sorted."""
    return sorted({node for node in nodes if isinstance(node, URIRef)})


def local(term: Node) -> str:
    """A term of ours without its namespace."""
    return str(term).removeprefix(NAMESPACE)


def value_name(value: Node | None) -> str:
    """A value as an evidence file spells it, a number as it is, or nothing."""
    if value is None:
        return ""
    return local(value).partition("-")[2] if isinstance(value, URIRef) else str(value)


def cell(words: Iterable[str] | str) -> str:
    """Words made safe for a cell of a table."""
    joined = words if isinstance(words, str) else ", ".join(words)
    return joined.replace("|", "\\|").replace("\n", " ")


def diagram(page: Page) -> Iterator[str]:
    """The classes and what they point at, as Mermaid."""
    yield "## How it hangs together\n"
    yield "```mermaid"
    yield "classDiagram"
    yield "    direction LR"
    for child in iris(page.spine.subjects(RDFS.subClassOf)):
        for parent in iris(page.spine.objects(child, RDFS.subClassOf)):
            yield f"    {local(parent)} <|-- {local(child)}"
    for one, label, other in sorted(set(edges(page))):
        yield f"    {one} --> {other} : {label}"
    yield "```\n"
    yield "Concepts are `skos:Concept`; they fill the slots of claims, findings, studies and steps.\n"


def class_sections(page: Page) -> Iterator[str]:
    """Each class with its definition and its rules."""
    yield "## Classes\n"
    concept = [(SKOS.Concept, "Concept", "A SKOS concept: exposure, outcome, population and so on.")]
    own = [(c, local(c), str(page.spine.value(c, SKOS.definition))) for c in page.classes()]
    for term, name, definition in sorted(own + concept, key=lambda row: row[1]):
        yield f"### {name}\n"
        yield definition + "\n"
        if term != SKOS.Concept:
            yield f"Source: {page.sources(page.spine, term)}. Alignment: {page.mapped(term)}.\n"
        rows = list(rules_of(page, term))
        if rows:
            yield "| rule | severity | what it asks |"
            yield "|---|---|---|"
            for severity, shape in rows:
                name = local(shape).removeprefix("shape-").partition("-")[2]
                yield f"| `{name}` | {severity} | {cell(str(page.shapes.value(shape, SH.message)))} |"
            yield ""


def property_table(page: Page) -> Iterator[str]:
    """Our own properties, then the borrowed ones."""
    yield "## Properties\n"
    yield "| property | key | means | on | points at | alignment |"
    yield "|---|---|---|---|---|---|"
    for term in page.properties():
        domain = [page.short(d) for d in page.spine.objects(term, RDFS.domain)]
        range_ = [page.short(r) for r in page.spine.objects(term, RDFS.range)]
        used = [f"`{key}`" for key in sorted(page.keys.get(term, []))]
        definition = str(page.spine.value(term, SKOS.definition))
        row = [f"`{page.short(term)}`", cell(used), cell(definition), cell(domain), cell(range_)]
        yield "| " + " | ".join([*row, cell(page.mapped(term))]) + " |"
    yield ""
    yield "### Properties taken from elsewhere\n"
    yield "| property | key | used for |"
    yield "|---|---|---|"
    for term in iris(page.spine.subjects(SKOS.scopeNote)):
        note = page.spine.value(term, SKOS.scopeNote)
        used = [f"`{key}`" for key in sorted(page.keys.get(term, []))]
        yield f"| `{page.short(term)}` | {cell(used)} | {cell(str(note))} |"
    yield ""


def scheme_sections(page: Page) -> Iterator[str]:
    """Each scheme with its values, weakest first where they are ordered."""
    yield "## Values\n"
    for scheme in iris(page.schemes.subjects(RDF.type, SKOS.ConceptScheme)):
        yield f"### {local(scheme).removeprefix('scheme-')}\n"
        yield f"{page.schemes.value(scheme, SKOS.definition)} Source: {page.sources(page.schemes, scheme)}.\n"
        values = iris(page.schemes.subjects(SKOS.inScheme, scheme))
        said = iris(predicate for value in values for predicate in page.schemes.predicates(value))
        facts = [predicate for predicate in said if predicate.startswith(NAMESPACE)]
        heads = ["value", "means", *(local(fact) for fact in facts), "alignment"]
        yield "| " + " | ".join(heads) + " |"
        yield "|" + "---|" * len(heads)
        ranked = sorted(values, key=lambda v: (int(str(page.schemes.value(v, SPINE.rank) or 0)), v))
        for value in ranked:
            notation = page.schemes.value(value, SKOS.notation)
            name = f"`{notation}`" if notation else f"({page.schemes.value(value, SKOS.prefLabel)})"
            told = [value_name(page.schemes.value(value, fact)) for fact in facts]
            mapped = page.mapped(value).replace("minted here", "")
            definition = str(page.schemes.value(value, SKOS.definition))
            yield "| " + " | ".join([name, cell(definition), *told, cell(mapped)]) + " |"
        yield ""


def policy_section(page: Page) -> Iterator[str]:
    """The editorial policies that are shipped."""
    yield "## Editorial policies\n"
    yield (
        "Each is a warning. An organisation adds policies of its own as SHACL in a file, and turns one of"
        " these off with a triple such as `spine:policy-design-named sh:deactivated true`.\n"
    )
    yield EXAMPLE_POLICY
    yield "| policy | asks | source |"
    yield "|---|---|---|"
    for policy in iris(page.policies.subjects(SH.targetClass)):
        if (label := page.policies.value(policy, RDFS.label)) is not None:
            yield f"| `{page.short(policy)}` | {cell(str(label))} | {page.sources(page.policies, policy)} |"
    yield ""


def page_text() -> str:
    """The whole page, ending in one newline."""
    page = Page()
    parts = [INTRODUCTION]
    for section in (diagram, class_sections, property_table, scheme_sections, policy_section):
        parts.append("\n".join(section(page)))
    return "\n".join(parts).rstrip() + "\n"


if __name__ == "__main__":
    sys.stdout.write(page_text())
