"""Three ways to validate give one answer: in memory, by the store's engine, and by pySHACL.

Shapes and data are drawn at random from the constructs that the compiler claims; the cases by hand
follow the sections of the SHACL recommendation (W3C, 2017), part 2, 3 and 4, in our own data.
"""

# ruff: noqa: E501 - a case a line reads best

import re

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.embedded.store import EmbeddedStore
from graph.shacl import constraints, neighbourhood
from graph.shacl.compiling import compiled
from graph.shacl.shapes_graph import Unsupported
from graph.store import open_store
from graph.validation import Fault, validate

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix : <urn:x:> .
"""

# Spelt as the engine spells them, so that what is stored is what was read.
LITERALS = ['"x"', '"abc"', '"y"@en', '"z"@en', '"z"@de', "1", "2", "7", "1.5", "true", '""', '"a b"']
# pySHACL takes a date for comparable with a number; by the recommendation (4.3) that is a breach.
DATES = ['"2020-01-01"^^xsd:date', '"2021-01-01"^^xsd:date', '"2020"^^xsd:gYear']
NODES = [":a", ":b", ":c", ":d", "_:n"]
PROPERTIES = [":p", ":q", ":r", ":s"]


def _data(values: list[str]) -> st.SearchStrategy[str]:
    triples = st.one_of(
        st.tuples(st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(values)),
        st.tuples(st.sampled_from(NODES), st.just("a"), st.sampled_from([":T", ":U", ":V"])),
        st.tuples(st.just(":V"), st.just("rdfs:subClassOf"), st.just(":U")),
    )
    return st.lists(triples, min_size=1, max_size=24).map(
        lambda them: "\n".join(f"{s} {p} {o} ." for s, p, o in them)
    )


DATA, DATED = _data(LITERALS + NODES), _data(LITERALS + DATES + NODES)

SIMPLE = st.sampled_from(
    [
        "sh:nodeKind sh:IRI",
        "sh:nodeKind sh:Literal",
        "sh:nodeKind sh:BlankNodeOrIRI",
        "sh:nodeKind sh:IRIOrLiteral",
        "sh:datatype xsd:integer",
        "sh:datatype xsd:string",
        "sh:datatype xsd:gYear",
        "sh:datatype rdf:langString",
        "sh:class :U",
        "sh:class :T",
        "sh:minLength 2",
        "sh:maxLength 1",
        'sh:pattern "^[a-z]+$"',
        'sh:pattern "b"',
        'sh:pattern "A" ; sh:flags "i"',
        "sh:in ( :a 'x' 'z'@en )",
        "sh:in ( 1 :b )",
        "sh:minInclusive 2",
        "sh:minExclusive 1.5",
        "sh:maxInclusive 2",
        "sh:maxExclusive 7",
        "sh:languageIn ( 'en' 'de' )",
    ]
)
COUNTS = st.sampled_from(
    [
        "sh:minCount 1",
        "sh:minCount 2",
        "sh:maxCount 1",
        "sh:maxCount 0",
        "sh:maxCount 2",
        "sh:hasValue :a",
        "sh:hasValue 'x'",
        "sh:hasValue 1",
        "sh:uniqueLang true",
        "sh:lessThan :q",
        "sh:lessThanOrEquals :r",
        "sh:equals :q",
        "sh:disjoint :q",
    ]
)
PATHS = st.sampled_from(
    [
        ":p",
        ":p",
        ":q",
        "[ sh:inversePath :r ]",
        "( :p :q )",
        "( :r [ sh:zeroOrMorePath :s ] :p )",
        "[ sh:alternativePath ( :p :q ) ]",
        "[ sh:oneOrMorePath :s ]",
        "[ sh:zeroOrOnePath :r ]",
        "( [ sh:inversePath :s ] :q )",
    ]
)


def _property(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(PATHS, inner).map(lambda two: f"sh:path {two[0]} ; {two[1]}")


def _nest(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    shapes = st.lists(st.one_of(inner, _property(st.one_of(inner, COUNTS))), min_size=1, max_size=2)
    listed = shapes.map(lambda them: " ".join(f"[ {one} ]" for one in them))
    node = st.one_of(inner, _property(COUNTS).map(lambda one: f"sh:property [ {one} ]"))
    node = node.map(lambda one: f"[ {one} ]")
    return st.one_of(
        listed.map(lambda them: f"sh:or ( {them} )"),
        listed.map(lambda them: f"sh:and ( {them} )"),
        listed.map(lambda them: f"sh:xone ( {them} )"),
        node.map(lambda one: f"sh:not {one}"),
        node.map(lambda one: f"sh:node {one}"),
    )


CONSTRAINTS = st.recursive(SIMPLE, _nest, max_leaves=4)
QUALIFIED = st.tuples(CONSTRAINTS, st.sampled_from(["Min", "Max"]), st.integers(0, 2), st.booleans()).map(
    lambda four: (
        f"sh:qualifiedValueShape [ {four[0]} ] ; sh:qualified{four[1]}Count {four[2]}"
        + (" ; sh:qualifiedValueShapesDisjoint true" if four[3] else "")
    )
)
KINDS = st.sampled_from(["sh:class :T", "sh:class :U", "sh:nodeKind sh:IRI", "sh:datatype xsd:integer"])
QUALIFIERS = st.sampled_from([f"sh:qualified{end}Count {n}" for end in ("Min", "Max") for n in (0, 1, 2)])
TARGETS = st.sampled_from(
    [
        "sh:targetClass :T",
        "sh:targetClass :U",
        "sh:targetSubjectsOf :p",
        "sh:targetObjectsOf :r",
        "sh:targetNode :a",
    ]
)
PARTS = st.lists(
    st.one_of(
        CONSTRAINTS, COUNTS, QUALIFIED, CONSTRAINTS.map(lambda one: f"sh:property [ sh:path :s ; {one} ]")
    ),
    min_size=1,
    max_size=2,
    unique=True,
)


@st.composite
def shapes(draw: st.DrawFn) -> str:
    """One node shape with one or two property shapes, perhaps closed."""
    target, own = draw(TARGETS), draw(st.one_of(st.none(), CONSTRAINTS))
    text = f":S a sh:NodeShape ; {target} ; sh:property :P, :Q . "
    if own:
        text += f":S {own} . "
    if draw(st.booleans()):
        text += ":S sh:closed true ; sh:ignoredProperties ( rdf:type :q ) . "
    for name in (":P", ":Q"):
        parts = draw(PARTS)
        # one pattern, one qualified shape and one list of flags a shape: SHACL has no more
        kept = [p for n, p in enumerate(parts) if not any(p.split()[0] == q.split()[0] for q in parts[:n])]
        text += f"{name} sh:path {draw(PATHS)} ; {' ; '.join(kept)} . "
    return text


def _triples(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE)]


def _keys(faults: tuple[Fault, ...]) -> set[tuple[str | None, ...]]:
    """Blank nodes are told by nothing: each way names them anew."""
    named = {(f.shape, f.severity, f.focus, f.path, f.value) for f in faults}
    return {
        tuple(
            None if n in (0, 2, 4) and (not part or (len(part) >= 24 and ":" not in part)) else part
            for n, part in enumerate(key)
        )
        for key in named
    }


def _stored(triples: list[ox.Triple]) -> EmbeddedStore:
    store = open_store()
    assert isinstance(store, EmbeddedStore)
    store.bulk_load("urn:one", triples[::2])
    store.bulk_load("urn:two", triples[1::2])
    return store


def _all_ways(shape: str, data: str) -> set[tuple[str | None, ...]]:
    text, triples = PREFIXES + shape, _triples(data)
    compiled(text)
    memory = validate(triples, shapes=text)
    assert _keys(memory) == _keys(validate(triples, shapes=text, reference=True))
    engine = validate(_stored(triples), shapes=text)
    assert {f.focus for f in memory} == {f.focus for f in engine}
    assert _keys(memory) == _keys(engine)
    return _keys(memory)


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(shapes(), DATA)
def test_random_shapes_on_random_data(shape: str, data: str) -> None:
    if "lessThan" in shape:
        # pySHACL orders words with a language and without; SPARQL's < has no such order (4.5.3: a breach);
        # and it gives up where a node without a name is to be compared
        data = "\n".join(line for line in data.splitlines() if '"@' not in line and "_:" not in line)
    _all_ways(shape, data)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(shapes(), DATED)
def test_the_engine_finds_what_memory_finds(shape: str, data: str) -> None:
    text, triples = PREFIXES + shape, _triples(data)
    assert _keys(validate(triples, shapes=text)) == _keys(validate(_stored(triples), shapes=text))


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(shapes(), DATED, DATED)
def test_an_article_beside_a_store_is_judged_as_within_it(shape: str, old: str, new: str) -> None:
    """The results of the whole store, kept to the article's own focus nodes."""
    text = PREFIXES + shape
    before, article = _triples(old.replace("_:n", ":e")), _triples(new.replace("_:n", ":f"))
    beside = validate(article, beside=_stored(before), shapes=text)
    whole = validate(before + article, shapes=text)
    own = {triple.subject.value for triple in article if isinstance(triple.subject, ox.NamedNode)}
    assert {k for k in _keys(beside) if k[2] in own} == {k for k in _keys(whole) if k[2] in own}
    assert {fault.focus for fault in beside} <= own


@pytest.mark.parametrize("few", [0, 20])
def test_an_old_version_does_not_count_and_other_sources_do(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbourhood, "FEW", few)
    store = _stored([])
    store.bulk_load("urn:old", _triples(":a a :T ; :p 1 ; :q :c . :b a :T ; :p 1 ."))
    store.bulk_load("urn:other", _triples(":a :p 2 . :c a :U ; :p 3, 'few'^^xsd:integer . :d a :U ."))
    text = PREFIXES + (
        ":S a sh:NodeShape ; sh:targetClass :T ; sh:property [ sh:path :p ; sh:maxCount 1 ],"
        " [ sh:path :q ; sh:class :U ], [ sh:path ( :q :p ) ; sh:maxCount 1 ; sh:datatype xsd:integer ],"
        " [ sh:path :q ; sh:node [ sh:closed true ; sh:ignoredProperties ( rdf:type :p ) ] ] ."
    )
    article = _triples(":a a :T ; :p 4 ; :q :c . :b a :T ; :p 5 ; :q :d, :b .")
    found = validate(article, beside=store, without=["urn:old"], shapes=text)
    [several] = [fault for fault in found if fault.focus == "urn:x:a"]
    assert several.path == "urn:x:p"
    assert sorted(fault.value or "" for fault in found if fault.focus == "urn:x:b") == ["urn:x:b", "urn:x:b"]


CASES = [
    # 2.1.3 targets
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:minCount 1 ]", ":a :q 1 .", {":a"}),
    ("sh:targetClass :U ; sh:nodeKind sh:BlankNode", ":V rdfs:subClassOf :U . :a a :V .", {":a"}),
    ("sh:targetSubjectsOf :p ; sh:nodeKind sh:BlankNode", ":a :p :b .", {":a"}),
    ("sh:targetObjectsOf :p ; sh:nodeKind sh:BlankNode", ":a :p :b . :b :q 1 .", {":b"}),
    # 2.1.4 severity, 2.1.6 deactivated
    ("sh:targetNode :a ; sh:nodeKind sh:Literal ; sh:severity sh:Info", ":a :p 1 .", {":a"}),
    ("sh:targetNode :a ; sh:nodeKind sh:Literal ; sh:deactivated true", ":a :p 1 .", set()),
    # 2.3.1 paths
    ("sh:targetNode :a ; sh:property [ sh:path ( :p :q ) ; sh:maxCount 1 ]", ":a :p :b, :c . :b :q 1 . :c :q 1 .", set()),
    ("sh:targetNode :a ; sh:property [ sh:path ( :p :q ) ; sh:maxCount 1 ]", ":a :p :b, :c . :b :q 1 . :c :q 2 .", {":a"}),
    ("sh:targetNode :a ; sh:property [ sh:path [ sh:zeroOrMorePath :p ] ; sh:class :T ]", ":a a :T ; :p :b . :b :p :a .", {":a"}),
    ("sh:targetNode :a ; sh:property [ sh:path [ sh:oneOrMorePath :p ] ; sh:hasValue :a ]", ":a :p :b . :b :p :a .", set()),
    ("sh:targetNode :a ; sh:property [ sh:path [ sh:zeroOrOnePath :p ] ; sh:maxCount 1 ]", ":a :p :a .", set()),
    # 4.1 value types, 4.3 ranges: what cannot be compared is a breach
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:minInclusive 1 ]", ":a :p 'two' .", {":a"}),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:maxExclusive 2.0 ]", ":a :p 2 .", {":a"}),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:maxInclusive 2.0 ]", ":a :p 2 .", set()),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:minExclusive 2.0 ]", ":a :p 2 .", {":a"}),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:minExclusive 2 ]", ":a :p 2.5 .", set()),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:datatype xsd:integer ]", ":a :p 1.5 .", {":a"}),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:datatype xsd:integer ]", ":a :p 1 .", set()),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:datatype rdf:langString ]", ":a :p 'x'@en, 'y' .", {":a"}),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:datatype xsd:string ]", ":a :p :b .", {":a"}),
    # 4.4 strings: blank nodes have no string; IRIs have
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:minLength 1 ]", ":a :p [] .", {":a"}),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:pattern '^urn:' ]", ":a :p :b .", set()),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:maxLength 7 ]", ":a :p :b, 'seven--' .", set()),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:maxLength 6 ]", ":a :p :b .", {":a"}),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:uniqueLang false ]", ":a :p 'x'@en, 'y'@en .", set()),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:uniqueLang true ]", ":a :p 'x'@en, 'y'@en, 'x'@de .", {":a"}),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:languageIn ( 'en' 'de' ) ]", ":a :p 'x'@en, 'y'@DE, 'z'@en-GB .", set()),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:languageIn ( 'en' ) ]", ":a :p 'x'@eng .", {":a"}),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:languageIn ( '*' ) ]", ":a :p 'x' .", {":a"}),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:languageIn ( '*' ) ]", ":a :p 'x'@fi .", set()),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:languageIn ( 'en' ) ]", ":a :p :b .", {":a"}),
    # 4.5 pairs
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:lessThan :q ]", ":a :p 1, 3 ; :q 2, 4 .", {":a"}),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:lessThanOrEquals :q ]", ":a :p 2 ; :q 2 .", set()),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:equals :q ]", ":a :p 1, 'x'@en ; :q 'x'@en, 1 .", set()),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:equals :q ]", ":a :p 1 ; :q 1, 2 .", {":a"}),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:equals :q ]", ":a :p 1 .", {":a"}),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:equals :q ]", ":a :q 1 .", {":a"}),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:equals :q ]", ":b :q 1 .", set()),
    ("sh:targetNode :a ; sh:property [ sh:path ( :p :q ) ; sh:equals :r ]", ":a :p :b ; :r 1 . :b :q 1 .", set()),
    ("sh:targetNode :a ; sh:property [ sh:path ( :p :q ) ; sh:equals :r ]", ":a :p :b ; :r 1, 2 . :b :q 1 .", {":a"}),
    ("sh:targetClass :T ; sh:equals :p", ":a a :T ; :p :a . :b a :T ; :p :a .", {":b"}),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:disjoint :q ]", ":a :p 1, 2 ; :q 2, 3 .", {":a"}),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:disjoint :q ]", ":a :p 1 ; :q '1' .", set()),
    ("sh:targetNode :a ; sh:property [ sh:path [ sh:zeroOrMorePath :p ] ; sh:disjoint :q ]", ":a :p :b ; :q :a .", {":a"}),
    ("sh:targetClass :T ; sh:disjoint :p", ":a a :T ; :p :b . :b a :T ; :p :b .", {":b"}),
    # a comparison turned round, and twice: what cannot be compared is a breach, so its contrary holds
    ("sh:targetNode :a ; sh:not [ sh:path :p ; sh:lessThan :q ]", ":a :p 1 ; :q 2 .", {":a"}),
    ("sh:targetNode :a ; sh:not [ sh:path :p ; sh:lessThan :q ]", ":a :p 2 ; :q 1 .", set()),
    ("sh:targetNode :a ; sh:not [ sh:path :p ; sh:lessThan :q ]", ":a :p 2 ; :q :b .", set()),
    ("sh:targetNode :a ; sh:not [ sh:path :p ; sh:lessThan :q ]", ":a :p '2020-01-01'^^xsd:date ; :q '2021-01-01'^^xsd:date .", {":a"}),
    ("sh:targetNode :a ; sh:not [ sh:not [ sh:path :p ; sh:lessThan :q ] ]", ":a :p 2 ; :q :b .", {":a"}),
    (
        "sh:targetClass :T ; sh:property [ sh:path :p ; sh:or ( [ sh:class :U ] [ sh:class :V ] ) ]",
        ":a a :T ; :p :b . :b a :U . :c a :T ; :p :d . :d a :V . :e a :T ; :p :f, :b, 1 . :W rdfs:subClassOf :V . :g a :T ; :p :h . :h a :W .",
        {":e"},
    ),
    ("sh:targetNode :a ; sh:or ( [ sh:path :p ; sh:lessThan :q ] [ sh:path :r ; sh:minCount 1 ] )", ":a :p 2 ; :q 1 .", {":a"}),
    ("sh:targetNode :a ; sh:xone ( [ sh:path :p ; sh:lessThan :q ] [ sh:path :r ; sh:minCount 1 ] )", ":a :p 2 ; :q 1 ; :r 1 .", set()),
    # 4.6 logic, plain alternatives among them
    ("sh:targetClass :T ; sh:or ( [ sh:path :p ; sh:minCount 1 ] [ sh:path :q ; sh:hasValue :b ] )", ":a a :T . :b a :T ; :q :b . :c a :T ; :q :a .", {":a", ":c"}),
    ("sh:targetClass :T ; sh:or ( [ sh:not [ sh:path :p ; sh:hasValue :b ] ] [ sh:path :q ; sh:maxCount 0 ] )", ":a a :T ; :p :b ; :q 1 . :b a :T ; :p :b . :c a :T ; :q 1 .", {":a"}),
    ("sh:targetClass :T ; sh:or ( [ sh:class :U ] [ sh:class :V ] )", ":a a :T, :W . :W rdfs:subClassOf :V . :b a :T .", {":b"}),
    ("sh:targetSubjectsOf :p ; sh:class :U", ":V rdfs:subClassOf :U . :a a :V ; :p 1 . :b :p 1 .", {":b"}),
    ("sh:targetClass :T ; sh:or ( [ sh:path :p ; sh:minCount 1 ; sh:deactivated true ] )", ":a a :T .", set()),
    ("sh:targetNode :a ; sh:xone ( [ sh:nodeKind sh:IRI ] [ sh:class :T ] )", ":a a :T .", {":a"}),
    ("sh:targetNode :a ; sh:and ( [ sh:nodeKind sh:IRI ] [ sh:class :T ] )", ":a a :T .", set()),
    ("sh:targetNode :a ; sh:not [ sh:or ( [ sh:class :U ] [ sh:class :T ] ) ]", ":a a :T .", {":a"}),
    # 4.7 shapes of values, counted or not
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:node [ sh:closed true ] ]", ":a :p :b . :b :q 1 .", {":a"}),
    (
        "sh:targetNode :a ; sh:property [ sh:path :p ; sh:qualifiedValueShape [ sh:class :T ] ; sh:qualifiedMaxCount 1 ]",
        ":a :p :b, :c . :b a :T . :c a :T .",
        {":a"},
    ),
    # 4.8 the rest: closed names the value, and only shapes with an IRI path count
    ("sh:targetClass :T ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path :p ]", ":a a :T ; :p 1 ; :q 2 .", {":a"}),
    ("sh:targetClass :T ; sh:closed true ; sh:ignoredProperties ( rdf:type :q )", ":a a :T ; :q 2 .", set()),
    ("sh:targetNode :a ; sh:property [ sh:path :p ; sh:in ( 1 ) ]", ":a :p '1' .", {":a"}),
]  # fmt: skip


@pytest.mark.parametrize(("shape", "data", "found"), CASES)
def test_cases_after_the_recommendation(shape: str, data: str, found: set[str]) -> None:
    keys = _all_ways(f":S a sh:NodeShape ; {shape} .", data)
    assert {key[2] for key in keys} == {node.replace(":", "urn:x:") for node in found}


def test_each_construct_that_is_compiled_has_a_case_by_hand() -> None:
    compiled_ones = {*constraints.OF_SET, *constraints.OF_VALUES, "property"}
    by_hand = " ".join(shape for shape, _, _ in CASES)
    assert {name for name in compiled_ones if not re.search(rf"sh:{name}\b", by_hand)} == set()


def test_a_range_of_languages_with_a_region() -> None:
    """4.4.4, by langMatches; pySHACL compares the first part of a tag alone."""
    text = (
        PREFIXES
        + ":S a sh:NodeShape ; sh:targetNode :a ; sh:property [ sh:path :p ; sh:languageIn ( 'en-GB' ) ] ."
    )
    triples = _triples(":a :p 'x'@en-GB-oxendict, 'y'@en .")
    for data in (triples, _stored(triples)):
        assert {f.value for f in validate(data, shapes=text)} == {"y"}


@pytest.mark.parametrize(
    ("data", "broken"),
    [
        (":a :p :b . :b a :T, :U .", 2),  # one that is both counts for neither
        (":a :p :b, :c . :b a :T . :c a :U .", 0),
        (":a :p :b, :c . :b a :T, :U . :c a :U .", 1),
        (":a :p :b, :c, :d . :b a :T, :U . :c a :U . :d a :T .", 0),
    ],
)
def test_qualified_shapes_that_exclude_one_another(data: str, broken: int) -> None:
    """4.7.3."""
    parts = (
        f"[ sh:path :p ; sh:qualifiedValueShape [ sh:class {kind} ] ; sh:qualifiedMinCount 1 ;"
        " sh:qualifiedValueShapesDisjoint true ; "
        f" sh:message 'a {kind}' ]"
        for kind in (":T", ":U")
    )
    shape = f":S a sh:NodeShape ; sh:targetNode :a ; sh:property {' , '.join(parts)} ."
    _all_ways(shape, data)
    assert len(validate(_triples(data), shapes=PREFIXES + shape)) == broken


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(KINDS, QUALIFIERS, st.booleans(), PATHS), min_size=2, max_size=3), TARGETS, DATA)
def test_random_qualified_shapes_that_exclude_one_another(
    parts: list[tuple[str, str, bool, str]], target: str, data: str
) -> None:
    written = [
        f"[ sh:path {path} ; sh:qualifiedValueShape [ {kind} ] ; {count} ;"
        f" sh:qualifiedValueShapesDisjoint {str(disjoint).lower()} ; sh:message '{place}' ]"
        for place, (kind, count, disjoint, path) in enumerate(parts)
    ]
    _all_ways(f":S a sh:NodeShape ; {target} ; sh:property {' , '.join(written)} .", data)


def test_what_is_not_compiled_goes_to_the_reference() -> None:
    """SHACL-SPARQL."""
    text = PREFIXES + (
        ":S a sh:NodeShape ; sh:targetNode :a ; sh:sparql ["
        " sh:select 'SELECT $this WHERE { $this <urn:x:p> ?o FILTER(isIRI(?o)) }' ] ."
    )
    with pytest.raises(Unsupported):
        compiled(text)
    triples = _triples(":a :p :b . :b a :T, :U .")
    assert {f.focus for f in validate(triples, shapes=text)} == {"urn:x:a"}


def test_a_misspelt_number_is_found_by_the_engine_too() -> None:
    shape = ":S a sh:NodeShape ; sh:targetClass :T ; sh:property [ sh:path :p ; sh:minCount 1 ] ."
    triples = _triples(":a a :T ; :p 'few'^^xsd:integer . :b a :T ; :p '-1'^^xsd:boolean . :c a :T ; :p 2 .")
    memory = validate(triples, shapes=PREFIXES + shape)
    assert {f.focus for f in memory} == {"urn:x:a", "urn:x:b"}
    assert _keys(memory) == _keys(validate(_stored(triples), shapes=PREFIXES + shape))


MOMENTS = [
    ("'2020-01-01T12:00:00Z'", "'2020-01-01T11:00:00-02:00'", True),  # 13:00 in Greenwich: later, though "11" < "12"
    ("'2020-01-01T11:00:00-02:00'", "'2020-01-01T12:00:00Z'", False),
    ("'2020-01-01T12:00:00.5Z'", "'2020-01-01T12:00:00.25Z'", False),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "fine"), MOMENTS)
def test_moments_are_compared_across_time_zones(first: str, second: str, fine: bool) -> None:
    """4.5.3, by the order that SPARQL gives to dateTime."""
    shape = ":S a sh:NodeShape ; sh:targetNode :a ; sh:property [ sh:path :p ; sh:lessThan :q ] ."
    assert (_all_ways(shape, f":a :p {first}^^xsd:dateTime ; :q {second}^^xsd:dateTime .") == set()) == fine


def test_days_and_moments_that_are_not_in_the_calendar_are_found_by_the_engine_too() -> None:
    shape = ":S a sh:NodeShape ; sh:targetClass :T ; sh:property [ sh:path :p ; sh:minCount 1 ] ."
    triples = _triples(
        ":a a :T ; :p '2023-02-29'^^xsd:date . :b a :T ; :p '2024-02-29'^^xsd:date ."
        " :c a :T ; :p 'noon'^^xsd:dateTime . :d a :T ; :p '2024-06-19T12:00:00Z'^^xsd:dateTime ."
    )
    memory = validate(triples, shapes=PREFIXES + shape)
    assert {f.focus for f in memory} == {"urn:x:a", "urn:x:c"}
    assert _keys(memory) == _keys(validate(_stored(triples), shapes=PREFIXES + shape))
