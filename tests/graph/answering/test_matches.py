"""What fits a pattern is written byte for byte as the engine writes it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.answering.matches import FEW, Pattern, written

SUBJECT, PREDICATE, GRAPH = (ox.NamedNode("urn:" + name) for name in ("s", "p", "g"))
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES = st.one_of(
    TEXT.map(ox.Literal),
    st.builds(ox.Literal, TEXT, language=st.sampled_from(["en", "de-CH", "zh-Hant"])),
    st.integers(-(10**6), 10**6).map(ox.Literal),
    st.sampled_from(
        [ox.Literal(True), ox.Literal(0.5), ox.Literal("07", datatype=ox.NamedNode("urn:d\u00e9"))]
    ),
    st.sampled_from([ox.NamedNode("urn:a'\u00e9#"), ox.BlankNode("b1"), ox.BlankNode()]),
)


def filled(values: list[ox.NamedNode | ox.BlankNode | ox.Literal]) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(SUBJECT, PREDICATE, value, GRAPH) for value in values)
    store.add(ox.Quad(SUBJECT, PREDICATE, ox.Literal("in the default graph")))
    return store


@given(
    st.lists(VALUES, max_size=FEW - 1),
    st.sampled_from([1, 3, 200]),
    st.sampled_from(["?o", "?p ?o", "?o ?s ?p"]),
)
def test_as_the_engine_writes_it(
    values: list[ox.NamedNode | ox.BlankNode | ox.Literal], limit: int, wanted: str
) -> None:
    store = filled(values)
    subject = "?s" if "?s" in wanted else f"<{SUBJECT.value}>"
    query = f"SELECT {wanted} {{ {subject} ?p ?o }} LIMIT {limit}"
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    places = {"s": 0, "p": 1, "o": 2}
    names = tuple((name, places[name]) for name in wanted.replace("?", "").split())
    pattern = Pattern((None if "?s" in wanted else SUBJECT, None, None), names, limit)
    assert written(store, pattern) == found.serialize(format=ox.QueryResultsFormat.JSON)


def test_of_many_rows_the_engine_writes_all() -> None:
    store = filled([ox.Literal(number) for number in range(FEW)])
    pattern = Pattern((SUBJECT, None, None), (("o", 2),), FEW)
    assert written(store, pattern) is not None
    assert written(store, pattern._replace(limit=FEW + 1)) is None


@pytest.mark.parametrize(
    "value",
    [ox.Triple(SUBJECT, PREDICATE, GRAPH), ox.Literal("a", language="en", direction=ox.BaseDirection.LTR)],
)
def test_other_terms_are_for_the_engine(value: ox.Triple | ox.Literal) -> None:
    store = ox.Store()
    store.add(ox.Quad(SUBJECT, PREDICATE, value, GRAPH))
    assert written(store, Pattern((SUBJECT, None, None), (("o", 2),), 5)) is None
