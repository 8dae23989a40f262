"""The index of words after writes finds what one made anew finds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.search import REPLACED, Index
from api.service import Service
from api.settings import Settings
from graph.evidence import Concept, Evidence, GraphClaim, Iri, Mechanism, MechanismStep, Study, Work
from graph.reading.differences import difference
from graph.store import Store

MANY = 60


def step(name: str, label: str) -> MechanismStep:
    return MechanismStep(Iri(f"urn:step/{name}"), label)


@pytest.fixture
def before() -> Evidence:
    claims = {
        Iri(f"urn:c{n:02}"): GraphClaim(Iri(f"urn:c{n:02}"), f"Walking helps in case {n}.")
        for n in range(MANY)
    }
    works = {Iri(f"urn:w{n}"): Work(Iri(f"urn:w{n}"), f"A trial of walking, part {n}") for n in range(MANY)}
    shared = step("b", "Discs are loaded")
    mechanisms = {
        Iri("urn:m1"): Mechanism(Iri("urn:m1"), "Loading", steps=(step("a", "Legs swing"), shared)),
        Iri("urn:m2"): Mechanism(
            Iri("urn:m2"), "Unloading", steps=(shared, step("c", "Discs take up water"))
        ),
    }
    concepts = {Iri("urn:k"): Concept(Iri("urn:k"), "backache")}
    return Evidence(concepts=concepts, works=works, claims=claims, mechanisms=mechanisms)


def everything(index: Index) -> set[tuple[str, str, str]]:
    words = (
        "walking",
        "trial",
        "discs",
        "legs",
        "loading",
        "unloading",
        "backache",
        "swim",
        "bones",
        "sciatica",
        "water",
    )
    return {(hit.iri, hit.kind, hit.label) for word in words for hit in index.find(word, limit=500)}


def changed(before: Evidence) -> dict[str, Evidence]:
    c, w, m1 = Iri("urn:c01"), Iri("urn:w1"), Iri("urn:m1")
    claims, works, mechanisms = before.claims, before.works, before.mechanisms
    loading = replace(mechanisms[m1], steps=(step("d", "Bones are loaded"),))
    return {
        "a claim says something else": replace(before, claims={**claims, c: GraphClaim(c, "One may swim.")}),
        "a claim is a recommendation": replace(
            before, claims={**claims, c: replace(claims[c], kind="recommendation")}
        ),
        "works are gone": replace(before, works={iri: one for iri, one in works.items() if iri > w}),
        "a study is new": replace(before, studies={Iri("urn:s"): Study(Iri("urn:s"), "A trial of sciatica")}),
        "a work has the name of a claim": replace(before, works={**works, c: Work(c, "To swim")}),
        "a mechanism loses its steps": replace(before, mechanisms={**mechanisms, m1: loading}),
        "a mechanism is gone": replace(before, mechanisms={Iri("urn:m2"): mechanisms[Iri("urn:m2")]}),
    }


@pytest.mark.parametrize(
    "name",
    changed(
        Evidence(
            claims={Iri("urn:c01"): GraphClaim(Iri("urn:c01"), "")},
            mechanisms={Iri(f"urn:m{n}"): Mechanism(Iri(f"urn:m{n}"), "") for n in (1, 2)},
        )
    ),
)
def test_what_was_written_is_found(before: Evidence, name: str) -> None:
    after = changed(before)[name]
    index = Index(before)
    assert everything(index) == everything(Index(before))
    assert index.renew(before, after, difference(before, after))
    assert everything(index) == everything(Index(after)) != everything(Index(before))
    assert index.count("walking") == Index(after).count("walking")
    assert index.renew(after, before, difference(after, before))
    assert everything(index) == everything(Index(before))


def test_it_is_made_anew_where_much_changes_or_names_do(before: Evidence) -> None:
    index = Index(before)
    named = replace(before, concepts={Iri("urn:k"): Concept(Iri("urn:k"), "sciatica")})
    assert not index.renew(before, named, difference(before, named))
    size = len(before.claims) + len(before.works) + 1 + 2 + 4
    one = replace(
        before, claims={**before.claims, Iri("urn:c01"): GraphClaim(Iri("urn:c01"), "One may swim.")}
    )
    states = (before, one)
    for number in range(size // REPLACED):
        old, new = states[number % 2], states[(number + 1) % 2]
        assert index.renew(old, new, difference(old, new))
    last = states[(size // REPLACED) % 2]
    other = replace(last, works={})
    assert not index.renew(last, other, difference(last, other))
    assert everything(index) == everything(Index(last))


def test_the_service_takes_its_index_on(store: Store) -> None:
    service = Service(store, Settings())
    index = service.index()
    with service.writing() as held:
        held.update(
            "INSERT DATA { GRAPH <urn:g> { <urn:a> a spine:Claim ; spine:text 'Swimming is new here.' } }"
        )
    assert service.index() is index
    assert [hit.iri for hit in index.find("swimming new here")] == ["urn:a"]
    with service.writing() as held:
        held.update(
            "INSERT DATA { GRAPH <urn:g> { <urn:k> a skos:Concept ; skos:prefLabel 'pearl diving'@en } }"
        )
    made = service.index()
    assert made is not index
    assert [hit.iri for hit in made.find("pearl diving")] == ["urn:k"]
