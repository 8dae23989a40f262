"""Faults of RDF files lead near the line: of the value, else of the property, else of the thing."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InvalidEvidence
from graph.rdf_lines import RdfLines, owner_of, pointing_in
from graph.sources import load
from graph.store import Store
from graph.validation import validate

TURTLE = """\
@prefix spine: <https://w3id.org/claimspine/ns#> .
PREFIX id: <https://w3id.org/claimspine/id/>

# id:line\\/x is named in a comment first
id:claim\\/x a spine:Claim ;
    spine:text \"\"\"A claim.
id:line/x a spine:EvidenceLine . spine:direction \"\"\" .

id:line\\/x a spine:EvidenceLine ; spine:bearsOn id:claim\\/x ;
    spine:direction spine:direction-supports ,
        spine:direction-supportz .

<finding/f> a spine:Finding ;
    spine:effect [ a spine:EffectEstimate ; spine:low 1.2 ; spine:high 1.0 ] .
"""
ID, NS = "https://w3id.org/claimspine/id/", "https://w3id.org/claimspine/ns#"


@pytest.mark.parametrize(
    ("subject", "prop", "value", "line"),
    [
        ("line/x", None, None, 9),
        ("line/x", "direction", None, 10),
        ("line/x", "direction", NS + "direction-supportz", 11),
        ("line/x", "direction", NS + "direction-supports", 10),
        ("line/x", "strength", None, 9),
        ("claim/x", "text", None, 6),
        ("claim/x", "direction", None, 5),
        ("finding/f", "effect", None, 14),
        ("line", None, None, None),
        ("nothing", "text", None, None),
    ],
)
def test_turtle(subject: str, prop: str | None, value: str | None, line: int | None) -> None:
    held = RdfLines(TURTLE, ".ttl", ID)
    assert held.near(ID + subject, prop and NS + prop, value) == line


def test_each_statement_of_n_quads_has_its_line() -> None:
    text = '<urn:a> <urn:p> "x. <urn:b> <urn:p>" <urn:g> .\n'
    text += '<urn:a> <urn:q> "2" <urn:g> .\n<urn:a> <urn:q> "3" <urn:g> .\n'
    held = RdfLines(text, ".nq", ID)
    assert [held.near("urn:a", "urn:q", value) for value in ("2", "3", None)] == [2, 3, 2]
    assert held.near("urn:b") is None


def test_a_name_in_quotes_elsewhere() -> None:
    held = RdfLines('[\n {"id": "claim/x"},\n {"id": "claim/xy"}]', ".jsonld", ID)
    assert held.near(ID + "claim/xy", NS + "text") == 3


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=".<>{}[]\"'#\\ \n:ab@;,", max_size=60))
def test_no_text_crashes_it(text: str) -> None:
    RdfLines(text, ".ttl", ID).near("urn:a", "urn:b", "a:b")


def test_a_long_file_is_read_in_time() -> None:
    """Quadratic reading of half a megabyte of each would not end."""
    for text in (
        '"' * 500_000,
        "'''" * 200_000,
        "a:" * 250_000,
        ".a" * 250_000,
        "<" * 500_000,
        "{ " * 250_000,
    ):
        RdfLines(text, ".ttl", ID).near("urn:a", "urn:b")


def test_a_load_says_near_which_line(store: Store, tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text(TURTLE, encoding="utf-8")
    with pytest.raises(InvalidEvidence) as caught:
        load(store, [tmp_path / "bad.ttl"])
    said = str(caught.value)
    assert "bad.ttl: near line 11: error: direction: write exactly one of" in said
    assert "bad.ttl: near line 14: error: low: the interval is upside down" in said


def test_a_part_without_a_name_is_told_by_what_it_is_part_of(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    with pytest.raises(InvalidEvidence) as raised:
        load(store, [path])
    assert "upside down" in str(raised.value)
    assert "(effect of finding/f" in str(raised.value)
    load(store, [path], validate=False)
    held = [fault for fault in validate(store) if "upside down" in fault.message]
    assert [fault.part for fault in held] == ["effect of finding/f"]
    assert "effect of finding/f" in str(held[0])


def test_a_part_of_a_part_and_a_circle_of_parts() -> None:
    text = "@prefix : <urn:> . :a :b [ :c [ :d 1 ] ] . _:x :e _:y . _:y :e _:x ."
    triples = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]
    inner = next(t.subject.value for t in triples if t.predicate.value == "urn:d")
    assert owner_of(inner, pointing_in(triples)) == ("urn:a", "urn:b")
    circle = next(t.subject.value for t in triples if t.predicate.value == "urn:e")
    assert owner_of(circle, pointing_in(triples)) is None
    assert owner_of("nothing", pointing_in(triples)) is None
