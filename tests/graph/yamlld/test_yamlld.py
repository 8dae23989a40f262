from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.compare import isomorphic

from graph import yamlld
from graph.errors import ClaimspineError
from graph.jsonld import definitions, term
from graph.yamlld.writing import to_yaml
from ontology.loader import DATA_BASE

SPINE = "https://w3id.org/claimspine/ns#"


def _objects(text: str, subject: str, key: str) -> list[ox.NamedNode | ox.Literal]:
    wanted = ox.NamedNode(DATA_BASE + subject), ox.NamedNode(term(key))
    return [
        t.object  # type: ignore[misc]
        for t in yamlld.read(text).triples
        if (t.subject, t.predicate) == wanted
    ]


def _graph(triples: list[ox.Triple]) -> Graph:
    return Graph().parse(
        data=(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode(), format="nt"
    )


@pytest.mark.parametrize(
    ("written", "key", "value", "datatype"),
    [
        ("0.60", "low", "0.60", "decimal"),
        ("1e3", "low", "1e3", "decimal"),
        ("007", "volume", "007", "string"),
        ("NO", "country", "NO", "string"),
        ("12:30", "note", "12:30", "string"),
        ("2024-06-19", "publishedOnline", "2024-06-19", "date"),
        ("true", "adjusted", "true", "boolean"),
        ("'null'", "label", "null", "string"),
        ("''", "label", "", "string"),
        ("2024", "year", "2024", "gYear"),
    ],
)
def test_scalars_stay_as_written(written: str, key: str, value: str, datatype: str) -> None:
    [found] = _objects(f"id: work/x\n{key}: {written}\n", "work/x", key)
    assert isinstance(found, ox.Literal)
    assert found.value == value
    assert found.datatype.value.rpartition("#")[2] == datatype


@pytest.mark.parametrize("nothing", ["", "~", "null", "[]", "[null, ~]"])
def test_nulls_are_left_out(nothing: str) -> None:
    assert _objects(f"id: work/x\nlabel: {nothing}\n", "work/x", "label") == []


def test_parts_are_named_after_what_they_belong_to() -> None:
    text = "id: finding/x\neffect: {value: 1}\ndose: [{low: 1}, {low: 2}]\n"
    assert _objects(text, "finding/x", "effect") == [ox.NamedNode(DATA_BASE + "finding/x/effect")]
    assert [str(t) for t in _objects(text, "finding/x", "dose")] == [
        f"<{DATA_BASE}finding/x/dose/1>",
        f"<{DATA_BASE}finding/x/dose/2>",
    ]


def test_reverse_keys_point_back() -> None:
    text = "id: work/x\nfindings:\n  - {id: finding/y, label: a}\n"
    assert _objects(text, "finding/y", "reportedIn") == [ox.NamedNode(DATA_BASE + "work/x")]


def test_scheme_values_win_over_keys_of_the_same_name() -> None:
    """`cohort`, `low` and `high` are keys of the context too."""
    assert _objects("id: study/x\ndesign: cohort\n", "study/x", "design") == [
        ox.NamedNode(SPINE + "design-cohort")
    ]
    assert _objects("id: claim/x\ncertaintyLevel: low\n", "claim/x", "certaintyLevel") == [
        ox.NamedNode(SPINE + "certaintyLevel-low")
    ]


def test_several_documents_and_lists_of_nodes() -> None:
    for text in (
        "id: work/a\nlabel: a\n---\nid: work/b\nlabel: b\n",
        "- {id: work/a, label: a}\n- {id: work/b, label: b}\n",
        "graph:\n  - {id: work/a, label: a}\n  - {id: work/b, label: b}\n",
    ):
        assert len(yamlld.read(text).triples) == 2


def test_another_base() -> None:
    reading = yamlld.read("id: work/a\nreports: study/b\n", base="https://data.example/")
    assert str(reading.triples[0].object) == "<https://data.example/study/b>"


def test_lines_are_kept() -> None:
    text = "id: work/x\nfindings:\n  - id: finding/y\n    label: l\n    effect:\n      value: 1\n"
    lines = yamlld.read(text).lines
    assert lines[DATA_BASE + "finding/y", None] == 3
    assert lines[DATA_BASE + "finding/y", term("label")] == 4
    assert lines[DATA_BASE + "finding/y/effect", term("value")] == 6


@pytest.mark.parametrize(
    ("text", "code", "line", "said"),
    [
        ("id: work/x\nautors: [A B]\n", "yaml-unknown-key", 2, "did you mean authors?"),
        ("id: work/x\n'@context': http://x.example/c\n", "yaml-keyword", 2, "the ontology's own"),
        ("id: work/x\n'@id': y\n", "yaml-keyword", 2, "write id"),
        ("type: Work\n", "yaml-no-id", 1, "work/"),
        ("just words\n", "yaml-not-a-mapping", 1, ""),
        ("id: work/x\nreports: low back pain\n", "yaml-not-an-id", 2, "low-back-pain"),
        ("id: work/x\nstanding: quite good\n", "yaml-not-a-term", 2, "standing"),
        ("id: work/x\ntitle: {a: b}\n", "yaml-not-a-value", 2, "title"),
        ("id: work/x\nsource: [[a]]\n", "yaml-nested-list", 2, "source"),
        ("id: work/x\ntype: a journal article\n", "yaml-not-a-type", 2, "write one of Assessment"),
        ("id: work/x\nlabel: a\nlabel: b\n", "yaml-duplicate-key", 3, "first on line 2"),
        ("id: work/x\nlabel: 'open\nnote: more\n", "yaml-syntax", 2, "never closed"),
        ("id: work/x\ntype: Finding\nlabel: a: b\n", "yaml-syntax", 3, 'write label: "a: b"'),
        ("id: work/x\n\tlabel: a\n", "yaml-syntax", 2, "a tab"),
        ('id: work/x\nlabel: "a "b" c"\n', "yaml-syntax", 2, "single quotes"),
        ("id: work/x\nlabel: a\n  note: b\n", "yaml-syntax", 3, "the same column"),
        ("id: work/x\nauthors: [A B, C D\nlabel: a\n", "yaml-syntax", 3, "not closed"),
        ("id: work/x\nlabel: @home\n", "yaml-syntax", 2, "in quotes"),
        ("id: work/x\ntype: Findng\n", "yaml-not-a-type", 2, "did you mean Finding?"),
        ("id: study/x\ndesign: Cohort study!\n", "yaml-not-a-term", 2, "write one of"),
        ("id: study/x\ndesign: case control\n", "yaml-not-a-term", 2, "write case-control"),
        ("id: finding/x\noutcome: blood pressure\n", "yaml-not-an-id", 2, "write concept/blood-pressure"),
        ("id: finding/x\noutcome: inner peace\n", "yaml-not-an-id", 2, "concept/inner-peace"),
        ("id: [1\n", "yaml-syntax", 2, ""),
        ("id: !!python/object:os.system {}\n", "yaml-tag", 1, "tags"),
        ("a: &a [*a]\n", "yaml-syntax", 1, "alias"),
        ("[" * 60 + "]" * 60, "yaml-too-deep", 1, ""),
    ],
)
def test_a_fault_names_file_and_line(text: str, code: str, line: int, said: str) -> None:
    with pytest.raises(ClaimspineError) as caught:
        yamlld.read(text, "f.yaml")
    assert (caught.value.code, caught.value.path, caught.value.line) == (code, "f.yaml", line)
    assert said in str(caught.value)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(ExceptionGroup) as caught:
        yamlld.read("id: work/x\nautors: a\nyeer: 2020\n", "f.yaml")
    assert [fault.line for fault in caught.value.exceptions] == [2, 3]  # type: ignore[attr-defined]


def test_an_alias_bomb_is_refused() -> None:
    rows = ["- &a [x,x,x,x,x,x,x,x,x,x]"]
    rows += [f"- &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 10)}]" for i in range(9)]
    with pytest.raises(ClaimspineError, match="yaml-too-large"):
        yamlld.read("\n".join(rows))


def test_an_alias_is_read_where_it_is_harmless() -> None:
    text = "- {id: work/a, authors: &them [A B, C D]}\n- {id: work/b, authors: *them}\n"
    assert sum(str(t.object) == '"C D"' for t in yamlld.read(text).triples) == 2


def test_the_walking_evidence_round_trips(walking) -> None:  # type: ignore[no-untyped-def]
    files = sorted((walking / "evidence").glob("*.yaml"))
    assert len(files) >= 56
    for file in files:
        before = yamlld.read(file.read_text(encoding="utf-8"), file).triples
        after = yamlld.read(to_yaml(before)).triples
        assert isomorphic(_graph(before), _graph(after)), file


def test_what_yaml_cannot_say_is_refused() -> None:
    for turtle in (
        '<urn:a> <http://www.w3.org/2004/02/skos/core#prefLabel> "Schlaf"@de .',
        "<urn:a> <urn:unknown> 1 .",
        '[] <http://www.w3.org/2000/01/rdf-schema#label> "nameless" .',
    ):
        triples = [quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]
        with pytest.raises(ClaimspineError, match="not-writable-as-yaml"):
            to_yaml(triples)


_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
_IDS = st.from_regex(r"[a-z][a-z0-9-]{0,6}", fullmatch=True).map("concept/{}".format)
_NUMBERS = st.decimals(-1000, 1000, places=2, allow_nan=False).map(str)
_SCHEMES = {
    key: values
    for key, values in {"direction": ["supports", "refutes"], "measure": ["odds-ratio", "mean"]}.items()
    if definitions()[key].scheme
}


@st.composite
def _nodes(draw: st.DrawFn, depth: int = 2) -> dict[str, object]:
    node: dict[str, object] = {"type": draw(st.sampled_from(["Finding", "Work", "Claim"]))}
    for key in draw(st.sets(st.sampled_from(["label", "note", "country"]))):
        node[key] = draw(_TEXT)
    for key in draw(st.sets(st.sampled_from(["low", "high", "value"]))):
        node[key] = draw(_NUMBERS)
    for key in draw(st.sets(st.sampled_from(["exposure", "outcome"]))):
        node[key] = draw(st.lists(_IDS, min_size=1, max_size=3, unique=True))
    if draw(st.booleans()):
        node["authors"] = draw(st.lists(_TEXT, min_size=1, max_size=3))
    if draw(st.booleans()):
        node["measure"] = draw(st.sampled_from(_SCHEMES["measure"]))
    if depth:
        for key in draw(
            st.sets(st.sampled_from(["effect", "dose", "groups", "findings", "steps"]), max_size=2)
        ):
            node[key] = draw(st.lists(_nodes(depth=depth - 1), min_size=1, max_size=2))
    return node


@settings(max_examples=60, deadline=None)
@given(_nodes())
def test_any_evidence_round_trips(node: dict[str, object]) -> None:
    import yaml

    text = yaml.safe_dump({"id": "work/x", **node}, allow_unicode=True, default_style='"')
    before = yamlld.read(text).triples
    after = yamlld.read(to_yaml(before)).triples
    assert isomorphic(_graph(before), _graph(after))


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200) | st.text(list("{}[]:-&*!'\"\n ,#|>%@`a1\t"), max_size=60))
def test_no_text_crashes_the_reader(text: str) -> None:
    faults: list[BaseException] = []
    try:
        yamlld.read(text, "f.yaml")
    except ClaimspineError as error:
        faults = [error]
    except ExceptionGroup as group:
        faults = list(group.exceptions)
    assert all(isinstance(fault, ClaimspineError) and fault.path == "f.yaml" for fault in faults)


def test_numbers_keep_their_size_in_the_store(loaded) -> None:  # type: ignore[no-untyped-def]
    from graph.reading import read_evidence

    effect = next(f.effect for f in read_evidence(loaded).findings.values() if f.effect)
    assert (effect.value, effect.low, effect.high) == (Decimal("-3.1"), Decimal("-5"), Decimal("-1.2"))
