import random
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph import yamlld
from graph.errors import ClaimspineError
from graph.shacl.compiling import compiled
from graph.shacl.shapes_graph import Unsupported
from graph.store import Store
from graph.validation import Fault, check_policies, validate

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix : <urn:x:> .
"""

DATA = """
:a a :T ; :p 1, 2, "x", "y"@en, "z"@en, :b, 1.5 ; :q 5 ; :r :b, :c, [] .
:a :t true, "2020-01-01"^^xsd:date .
:b a :T, :U ; :p 7 ; :q 3 ; :s :a ; :list ( 1 "two" :c ) .
:c a :V ; :p "long enough text" ; :q "text", 4 ; :s :b .
:V rdfs:subClassOf :U . :U rdfs:subClassOf :W .
:d a :T .
"""

CONSTRAINTS = [
    "sh:minCount 2",
    "sh:maxCount 1",
    "sh:datatype xsd:integer",
    "sh:datatype xsd:string",
    "sh:class :U",
    "sh:class :W",
    "sh:nodeKind sh:IRI",
    "sh:nodeKind sh:BlankNodeOrIRI",
    "sh:nodeKind sh:BlankNodeOrLiteral",
    "sh:minInclusive 2",
    "sh:minExclusive 2",
    "sh:maxInclusive 2",
    "sh:maxExclusive 2.5",
    "sh:minLength 2",
    "sh:maxLength 3",
    'sh:pattern "^[a-z]"',
    'sh:pattern "^X" ; sh:flags "i"',
    "sh:in ( 1 :b )",
    "sh:hasValue 1",
    "sh:uniqueLang true",
    "sh:lessThan :q",
    "sh:lessThanOrEquals :q",
    "sh:equals :q",
    "sh:disjoint :r",
    "sh:languageIn ( 'en' )",
    "sh:node [ sh:property [ sh:path :p ; sh:minCount 1 ] ]",
    "sh:not [ sh:datatype xsd:integer ]",
    "sh:or ( [ sh:datatype xsd:integer ] [ sh:class :U ] )",
    "sh:and ( [ sh:nodeKind sh:IRI ] [ sh:class :T ] )",
    "sh:xone ( [ sh:nodeKind sh:IRI ] [ sh:class :U ] )",
    "sh:qualifiedValueShape [ sh:datatype xsd:integer ] ; sh:qualifiedMinCount 3",
    "sh:qualifiedValueShape [ sh:datatype xsd:integer ] ; sh:qualifiedMaxCount 1",
    "sh:property :inner",
    "sh:minCount 3 ; sh:severity sh:Warning",
    "sh:minCount 9 ; sh:deactivated true",
]
PATHS = [
    ":p",
    ":r",
    "[ sh:inversePath :s ]",
    "( :r :p )",
    "[ sh:alternativePath ( :p :q ) ]",
    "[ sh:zeroOrMorePath :s ]",
    "[ sh:oneOrMorePath :s ]",
    "[ sh:zeroOrOnePath :s ]",
]
TARGETS = [
    "sh:targetClass :T",
    "sh:targetClass :W",
    "sh:targetSubjectsOf :p",
    "sh:targetObjectsOf :s",
    "sh:targetNode :d",
]


def _triples(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE)]


def _keys(faults: tuple[Fault, ...]) -> set[tuple[str | None, ...]]:
    return {(f.shape, f.severity, f.focus, f.path, f.value) for f in faults}


def _both(shapes: str, data: list[ox.Triple]) -> set[tuple[str | None, ...]]:
    compiled(PREFIXES + shapes)
    ours = _keys(validate(data, shapes=PREFIXES + shapes))
    assert ours == _keys(validate(data, shapes=PREFIXES + shapes, reference=True)), shapes
    return ours


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_each_constraint_is_what_the_reference_says(constraint: str) -> None:
    found = _both(
        ":S a sh:NodeShape ; sh:targetClass :T ; sh:property :P . "
        f":P sh:path :p ; sh:message 'm' ; {constraint} ."
        ":inner sh:path :q ; sh:minCount 3 ; sh:message 'i' .",
        _triples(DATA),
    )
    assert bool(found) != ("deactivated" in constraint)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("target", TARGETS)
def test_each_path_and_target_is_what_the_reference_says(path: str, target: str) -> None:
    shape = f":S a sh:NodeShape ; {target} ; sh:property :P . :P sh:path {path} ; sh:message 'm' ; "
    found = _both(shape + "sh:minCount 8 .", _triples(DATA))
    _both(shape + "sh:nodeKind sh:Literal .", _triples(DATA))
    assert found


def test_closed_shapes_and_lists() -> None:
    assert _both(
        ":S a sh:NodeShape ; sh:targetClass :T ; sh:closed true ; sh:ignoredProperties ( rdfs:label :r ) ;"
        " sh:property [ sh:path :p ] , [ sh:path ( :list [ sh:zeroOrMorePath rdfs:rest ] ) ] .",
        _triples(DATA),
    )


def test_what_is_not_compiled_goes_to_the_reference() -> None:
    shapes = (
        PREFIXES + ":S a sh:NodeShape ; sh:targetClass :T ; sh:sparql ["
        " sh:select 'SELECT $this WHERE { $this <urn:x:p> ?o FILTER(!isIRI(?o)) }' ] ."
    )
    with pytest.raises(Unsupported):
        compiled(shapes)
    data = _triples(":a a :T ; :p 1 ; :q 1 .")
    assert len(validate(data, shapes=shapes)) == 1


def test_the_ontologys_own_shapes_are_compiled(walking: Path) -> None:
    from importlib.resources import files

    for name in ("shapes.ttl", "policies.ttl"):
        assert len(compiled(files("ontology").joinpath(name).read_text(encoding="utf-8"))) >= 5


def test_mutated_evidence_is_judged_as_the_reference_judges_it(walking: Path) -> None:
    triples: list[ox.Triple] = []
    for file in sorted((walking / "evidence").glob("*.yaml"))[:12]:
        triples += yamlld.read(file.read_text(encoding="utf-8"), file).triples
    objects = [t.object for t in triples if not isinstance(t.object, ox.BlankNode)]
    for seed in range(2):
        chance = random.Random(seed)
        mutated = []
        for triple in triples:
            kind = chance.random()
            if kind < 0.05:
                mutated.append(ox.Triple(triple.subject, triple.predicate, chance.choice(objects)))
            if kind < 0.07:
                mutated.append(ox.Triple(triple.subject, chance.choice(triples).predicate, triple.object))
            if kind > 0.03:
                mutated.append(triple)
        mutated = [t for t in mutated if "ns#low" not in str(t) or not isinstance(t.object, ox.BlankNode)]
        for judge in (validate, check_policies):
            faults = judge(mutated)
            assert _keys(faults) == _keys(judge(mutated, reference=True))
        assert len(validate(mutated)) > 30


def test_what_is_valid_has_no_errors(evidence: Path) -> None:
    triples = [t for f in evidence.iterdir() for t in yamlld.read(f.read_text(), f).triples]
    assert [fault for fault in validate(triples) if fault.severity == "error"] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("year: 2021", "year: 20021", "year:"),
        ("doi: 10.5555/sleep.2021.100", "doi: sleep.2021", "doi:"),
        ("design: randomised-controlled-trial", "design: best-design-ever", "design:"),
        ("sampleSize: 120", "sampleSize: about 120", "as a whole number above 0"),
        ("low: -5.00", "low: 9", "low"),
        ("value: -3.10", "value: small", "value: write one number"),
    ],
)
def test_one_thing_broken_is_one_error_on_its_line(evidence: Path, old: str, new: str, said: str) -> None:
    file = evidence / "okafor2021sleep.yaml"
    text = file.read_text().replace(old, new)
    reading = yamlld.read(text, file)
    lines = {key: ("f.yaml", line) for key, line in reading.lines.items()}
    errors = [fault for fault in validate(reading.triples, lines=lines) if fault.severity == "error"]
    assert errors
    assert any(said in fault.message for fault in errors)
    wanted = next(n for n, line in enumerate(text.splitlines(), 1) if new in line)
    assert any(abs((fault.line or 0) - wanted) <= 1 for fault in errors)


def test_a_store_is_validated_as_its_files_were(loaded: Store) -> None:
    """The engine gives back derived integers as xsd:integer; that is no fault of the evidence."""
    assert [fault for fault in validate(loaded) if fault.severity == "error"] == []


def test_only_what_is_new_is_reported(loaded: Store) -> None:
    old = "<https://w3id.org/claimspine/id/work/old>"
    loaded.update(f"INSERT DATA {{ GRAPH <urn:old> {{ {old} a spine:Work ; dcterms:title 1, 2 . }} }}")
    new = yamlld.read("id: work/new\ntype: Work\nreports: study/routine\nreplacedBy: work/old\n").triples
    assert {fault.focus.rpartition("/")[2] for fault in validate(new, beside=loaded)} <= {"new"}
    assert any(fault.focus.endswith("work/old") for fault in validate(loaded))


def test_references_are_looked_up_in_the_store_beside(loaded: Store) -> None:
    triples = yamlld.read("id: work/new\ntype: Work\ntitle: T\nreports: study/routine\n").triples
    alone = {f.message for f in validate(triples) if f.value and f.value.endswith("study/routine")}
    assert alone
    assert not [f for f in validate(triples, beside=loaded) if f.value and f.value.endswith("study/routine")]
    without = [name for name in loaded.graph_names() if name.endswith("okafor2021sleep")]
    again = validate(triples, beside=loaded, without=without)
    assert {f.message for f in again if f.value and f.value.endswith("study/routine")} == alone


def test_a_store_may_hold_a_policy_of_its_own(loaded: Store) -> None:
    policy = PREFIXES + (
        "@prefix spine: <https://w3id.org/claimspine/ns#> . "
        ":Own a sh:NodeShape ; sh:targetClass spine:Study ;"
        " sh:property :big . :big sh:path spine:sampleSize ; sh:minInclusive 500 ; sh:severity sh:Warning ;"
        " sh:message 'too small for us' ."
    )
    [fault] = check_policies(loaded, policies=policy)
    assert (fault.severity, fault.message, fault.value) == ("warning", "too small for us", "120")


def test_shapes_that_are_no_turtle() -> None:
    with pytest.raises(ClaimspineError, match="shapes-unreadable"):
        validate([], shapes="nonsense")
