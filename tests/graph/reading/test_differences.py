"""What differs between two states, put over the older one, gives the newer one."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.evidence import Concept, Evidence, EvidenceLine, Finding, GraphClaim, Iri, Mechanism, Study, Work
from graph.reading.differences import PARTS, applied, difference

KINDS: dict[str, Any] = {
    "concepts": lambda iri, text: Concept(iri, text),
    "works": lambda iri, text: Work(iri, text),
    "studies": lambda iri, text: Study(iri, text),
    "findings": lambda iri, text: Finding(iri, text),
    "claims": lambda iri, text: GraphClaim(iri, text),
    "mechanisms": lambda iri, text: Mechanism(iri, text),
}
IRIS = st.integers(0, 30).map(lambda number: Iri(f"urn:x{number:02}"))
TEXTS = st.sampled_from(["a", "b", "c"])


@st.composite
def evidence(draw: st.DrawFn) -> Evidence:
    parts: Any = {
        name: {
            iri: made(iri, text)
            for iri, text in sorted(draw(st.dictionaries(IRIS, TEXTS, max_size=6)).items())
        }
        for name, made in KINDS.items()
    }
    on = draw(st.dictionaries(IRIS, st.lists(TEXTS, min_size=1, max_size=3), max_size=6))
    lines = [EvidenceLine(iri, Iri(text), Iri("urn:f"), "supports") for iri in sorted(on) for text in on[iri]]
    return Evidence(**parts, lines=tuple(lines))


def in_order(held: Evidence) -> list[object]:
    """All of it; the order counts."""
    return [
        list(value.items()) if isinstance(value := getattr(held, one.name), dict) else value
        for one in fields(held)
    ]


@given(evidence(), evidence())
def test_the_older_one_with_what_differs_is_the_newer_one(old: Evidence, new: Evidence) -> None:
    differs = pickle.loads(pickle.dumps(difference(old, new)))
    assert in_order(applied(old, differs)) == in_order(new)
    assert bool(len(differs)) == (old != new)


@given(evidence())
def test_what_is_the_same_stays_the_same_object(held: Evidence) -> None:
    equal = pickle.loads(pickle.dumps(held))
    assert applied(held, difference(held, equal)) is held
    more = replace(equal, works={**equal.works, Iri("urn:y"): Work(Iri("urn:y"))})
    found = applied(held, difference(held, more))
    assert found == more
    assert all(getattr(found, name) is getattr(held, name) for name in PARTS if name != "works")
    assert found.lines is held.lines


def test_other_bases_are_not_compared() -> None:
    with pytest.raises(ValueError, match="urn:b"):
        difference(Evidence(), Evidence(base="urn:b"))
