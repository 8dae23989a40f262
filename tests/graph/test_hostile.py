"""Long and twisted input ends soon: each of these once took minutes, or would in a naive reader."""

import pytest

from graph import yamlld
from graph.bibliography import read_bibliography_bytes
from graph.errors import ClaimspineError
from graph.evidence import GraphClaim
from graph.sparql import refuse_remote
from graph.store import open_store
from graph.tracing import trace
from graph.yamlld import to_yaml

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


def test_numbers_longer_than_python_reads_are_put_in_order() -> None:
    long = "9" * 5_000
    read = yamlld.read(
        f"id: claim/a\ntype: Claim\ntext: T\nexposure: [concept/x{long}, concept/x10, concept/x9]\n"
    )
    with open_store() as store:
        store.replace_graph("https://example.org/g", read.triples)
        claim = trace(store, "claim/a").nodes[0].value
        assert isinstance(claim, GraphClaim)
        assert [one.rpartition("/x")[2] for one in claim.exposure] == ["9", "10", long]
    assert to_yaml(read.triples).count(long) == 1
