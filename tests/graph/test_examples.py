"""The example queries run, answer something on the walking example, and need no help of ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib.plugins.sparql

from graph.errors import ClaimspineError
from graph.examples import Example, all_examples, example
from graph.results import Bindings
from graph.sources import load
from graph.sparql import refuse_remote
from graph.store import Store, open_store


@pytest.fixture(scope="module")
def walking_store() -> Iterator[Store]:
    folder = Path(__file__).parents[2] / "examples" / "walking-spine"
    with open_store() as store:
        load(
            store,
            [folder / "evidence", folder / "references.bib"],
            validate=False,
            at="2026-01-01T00:00:00+00:00",
        )
        yield store


def test_there_are_twenty_and_more() -> None:
    found = all_examples()
    assert len(found) >= 20
    assert len({one.name for one in found}) == len({one.title for one in found}) == len(found)


@pytest.mark.parametrize("one", all_examples(), ids=lambda one: one.name)
def test_an_example_answers_on_the_walking_example(one: Example, walking_store: Store) -> None:
    refuse_remote(one.sparql)
    answer = walking_store.query(one.sparql)
    assert isinstance(answer, Bindings)
    assert one.question.endswith(("?", ")"))
    if one.empty is None:
        assert answer.rows
        assert all(any(row[column] for row in answer.rows) for column in range(len(answer.variables)))
    else:
        assert not answer.rows, "it answers now: drop the reason why not"


@pytest.mark.parametrize("one", all_examples(), ids=lambda one: one.name)
def test_an_example_is_standard_sparql_with_its_own_prefixes(one: Example) -> None:
    rdflib.plugins.sparql.prepareQuery(one.sparql)
    for line in one.sparql.splitlines():
        if line.startswith("PREFIX "):
            assert one.sparql.count(line.split()[1]) > 1, f"{line} is not used"


def test_empty_ones_answer_where_there_is_something(loaded: Store, tmp_path: Path) -> None:
    file = tmp_path / "more.yaml"
    file.write_text("""\
- id: study/cats
  type: Study
  label: CATS
  species: concept/cat
- id: finding/cats
  type: Finding
  label: cats walked
  study: study/cats
  reportedIn: work/withdrawn
  effect: {type: EffectEstimate, measure: hazard-ratio, value: 0.9, low: 0.7, high: 1.1}
- id: line/cats
  type: EvidenceLine
  bearsOn: mechanism/night-dipping/dip
  finding: finding/cats
  direction: supports
- {id: work/withdrawn, type: Work, title: Withdrawn, standing: retracted}
""")
    load(loaded, [file], validate=False)
    for one in all_examples():
        if one.empty:
            answer = loaded.query(one.sparql)
            assert isinstance(answer, Bindings)
            assert len(answer.rows) == 1, one.name


def test_names_that_are_none_are_told_with_those_there_are() -> None:
    assert example("contested-claims").title == "Contested claims"
    with pytest.raises(ClaimspineError, match="single-study-claims"):
        example("no-such")
