"""Records of one paper become one, for a reason that is told, and apart again when a person says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.evidence import Doi, Iri, Pmid, Work
from graph.impact import impact
from graph.reading import read_evidence
from graph.reading.merging import Merge, merge, merges
from graph.sources import load
from graph.store import Store
from ontology.loader import DATA_BASE

TITLE = "Evening light and the sleep of older adults"


def _work(name: str, **said: object) -> Work:
    return Work(Iri(name), **said)  # type: ignore[arg-type]


def _merges(*works: Work, apart: tuple[tuple[str, str], ...] = ()) -> list[tuple[str, str]]:
    found = merge({w.iri: w for w in works}, {}, [frozenset(pair) for pair in apart])[2]
    return [(one.kept, one.other) for one in found]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"doi": Doi("10.1/A")}, {"doi": Doi("10.1/a")}, True),
        ({"pmid": Pmid("5")}, {"pmid": Pmid("5")}, True),
        ({"doi": Doi("10.1/a"), "pmid": Pmid("5")}, {"doi": Doi("10.1/a"), "pmid": Pmid("6")}, False),
        ({"title": TITLE}, {"title": TITLE}, False),  # a title alone never
        ({"title": TITLE, "year": 2020}, {"title": TITLE, "year": 2020}, False),
        (
            {"title": TITLE, "year": 2020, "authors": ("Berg AB",)},
            {"title": TITLE + ".", "year": 2020, "authors": ("Berg, Anna B.", "Ito K")},
            True,
        ),
        (
            {"title": TITLE, "year": 2020, "authors": ("Berg AB",)},
            {"title": TITLE, "year": 2020, "authors": ("Berg CD",)},
            False,
        ),
        (
            {"title": TITLE, "year": 2020, "authors": ("Berg AB",)},
            {"title": TITLE, "year": 2021, "authors": ("Berg AB",)},
            False,
        ),
        (
            {"title": "Editorial", "year": 2020, "authors": ("Berg AB",)},
            {"title": "Editorial", "year": 2020, "authors": ("Berg AB",)},
            False,
        ),
        (
            {"title": TITLE, "year": 2020, "authors": ("Berg AB",), "doi": Doi("10.1/a")},
            {"title": TITLE, "year": 2020, "authors": ("Berg AB",), "doi": Doi("10.1/b")},
            False,
        ),
        (
            {"title": TITLE, "year": 2020, "authors": ("van der Berg A",)},
            {"title": TITLE, "year": 2020, "authors": ("van der Berg, Anna",)},
            True,
        ),
    ],
)
def test_what_makes_two_records_one(one: dict[str, object], other: dict[str, object], same: bool) -> None:
    found = _merges(_work("urn:a", **one), _work("urn:b", **other))
    assert found == ([("urn:a", "urn:b")] if same else [])


def test_a_person_keeps_two_apart() -> None:
    works = [_work(name, doi=Doi("10.1/a")) for name in ("urn:a", "urn:b", "urn:c")]
    assert _merges(*works) == [("urn:a", "urn:b"), ("urn:a", "urn:c")]
    assert _merges(*works, apart=(("urn:b", "urn:a"),)) == [("urn:a", "urn:c")]
    # c may be a or b, not a bridge between them
    assert len(_merges(*works, apart=(("urn:a", "urn:b"), ("urn:a", "urn:c")))) == 1


def test_a_store_tells_its_merges_and_undoes_them(loaded: Store, tmp_path: Path) -> None:
    bib = tmp_path / "refs.bib"
    bib.write_text(
        "@article{o21, title={Bedtime routines and blood pressure in shift workers}, author={Okafor, N. A.},"
        " year={2021}, doi={10.5555/sleep.2021.100}, abstract={Filled from here.}}"
    )
    load(loaded, [bib], validate=False)
    [found] = merges(loaded)
    assert found.kept == DATA_BASE + "work/okafor2021sleep"
    assert isinstance(found, Merge)
    assert found.by == "the same DOI, 10.5555/sleep.2021.100"
    assert read_evidence(loaded).works[found.kept].abstract == "Filled from here."
    assert found.other not in read_evidence(loaded).works
    apart = tmp_path / "apart.yaml"
    apart.write_text(f"id: work/okafor2021sleep\ntype: Work\ndifferentFrom: {found.other}\n")
    load(loaded, [apart])
    assert merges(loaded) == ()
    assert found.other in read_evidence(loaded).works
    assert impact(loaded, found.other).affected == ()


def test_one_doi_with_two_titles_is_read_as_one_and_doubted() -> None:
    first = _work("a", doi=Doi("10.1/a"), title=TITLE)
    alike = _work("b", doi=Doi("10.1/a"), title=TITLE + ": a cohort")
    other = _work("c", doi=Doi("10.1/a"), title="Vitamin D and broken bones")
    found = merge({w.iri: w for w in (first, alike, other)}, {})[2]
    doubt = f"; check it, since their titles differ: {TITLE!r} and 'Vitamin D and broken bones'"
    assert [one.by for one in found] == ["the same DOI, 10.1/a", "the same DOI, 10.1/a" + doubt]
