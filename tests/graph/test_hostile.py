"""Long and twisted input ends soon: each of these once took minutes, or would in a naive reader."""

import pytest

from graph.bibliography import read_bibliography_bytes
from graph.errors import ClaimspineError
from graph.sparql import refuse_remote

N = 100_000


@pytest.mark.timeout(60)  # a hang is a failure; how fast it is stands in bench/
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ris", "TY  - JOUR\nTI  - x\n" + " y\n" * N),
        ("a.ris", "TY  - JOUR\n" * N),
        ("a.bib", "@article{a, title=" + "x # " * N + "}"),
        ("a.bib", "@article{a, title={" + "{" * N),
        ("a.bib", "@article{a, title={" + "\\a{" * 20_000 + "}" * 20_000 + "}}"),
        ("a.xml", "<PubmedArticleSet>" + "<a>" * N),
    ],
)
def test_bibliographies(name: str, text: str) -> None:
    try:
        found = read_bibliography_bytes(text.encode(), name, source="a")
    except ClaimspineError:
        pass
    else:
        assert len(found.faults) <= 1001


@pytest.mark.timeout(60)  # a hang is a failure; how fast it is stands in bench/
@pytest.mark.parametrize("piece", ['"""', '"""a', "'''\\", "a.", "<a", "a:", "\\u0041", '"\n', "@a-"])
def test_queries(piece: str) -> None:
    refuse_remote(piece * (N // len(piece)))
