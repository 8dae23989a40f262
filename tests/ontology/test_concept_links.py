"""The links of the shipped vocabulary to MeSH and UBERON: of concepts that are there, one to each."""

from __future__ import annotations

import re
from collections import Counter

from rdflib import Graph, Namespace
from rdflib.namespace import RDF, SKOS

from graph.shacl.neighbourhood import shipped_concepts
from ontology.loader import text

MESH, OBO = "http://id.nlm.nih.gov/mesh/", "http://purl.obolibrary.org/obo/"
CONCEPT = Namespace("https://w3id.org/claimspine/id/concept/")
LINKS = Graph().parse(data=text("concept_links.ttl"), format="turtle")
CONCEPTS = Graph().parse(data=text("concepts.ttl"), format="turtle")


def test_each_link_is_of_a_concept_and_to_a_number() -> None:
    assert len(LINKS) >= 770
    assert set(LINKS.predicates()) == {SKOS.exactMatch, SKOS.closeMatch}
    for concept, _, other in LINKS:
        assert (concept, RDF.type, SKOS.Concept) in CONCEPTS, concept
        assert re.fullmatch(rf"{MESH}D\d{{6}}(\d{{3}})?|{OBO}UBERON_\d{{7}}", str(other)), other


def test_one_link_to_each_thesaurus_and_no_two_concepts_are_the_same_as_one_heading() -> None:
    systems = Counter((concept, str(other)[:25]) for concept, _, other in LINKS)
    assert [key for key, count in systems.items() if count > 1] == []
    exact = Counter(LINKS.objects(None, SKOS.exactMatch))
    assert [other for other, count in exact.items() if count > 1] == []


def test_every_link_names_its_heading() -> None:
    lines = [line for line in text("concept_links.ttl").splitlines() if line.startswith("concept:")]
    assert len(lines) == len(LINKS)
    assert all(re.search(r" \.  # \S", line) for line in lines)


def test_the_vocabulary_is_read_with_its_links() -> None:
    held = {(str(t.subject), str(t.object)) for t in shipped_concepts()}
    assert (f"<{CONCEPT['low-back-pain']}>", f"<{MESH}D017116>") in held
    assert (f"<{CONCEPT.spine}>", f"<{OBO}UBERON_0001130>") in held
