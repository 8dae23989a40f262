"""What a message tells of a source: what it has, with the line that says so where that says more."""

from __future__ import annotations

import pytest

from claims.model import Span, StudyComparison, StudyStatement
from claims.pointing import study_told
from graph.evidence import Iri, Work


@pytest.mark.parametrize(
    ("recorded", "line", "told"),
    [
        ("20 mg", None, "20 mg"),
        ("20 mg", "20 mg", "20 mg"),
        ("20 mg", " 20  MG. ", "20 mg"),
        ("20 mg", "Half of them took 20 mg.", "20 mg (“Half of them took 20 mg.”)"),
    ],
)
def test_a_line_that_is_no_more_than_what_was_recorded_is_not_repeated(
    recorded: str, line: str | None, told: str
) -> None:
    statement = StudyStatement("dose", "80 mg", Span(0, 5))
    assert study_told(StudyComparison(statement, False, Work(Iri("w")), None, recorded, line)) == told
