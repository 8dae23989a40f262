from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import ClaimspineError, InvalidEvidence
from graph.reading import read_evidence
from graph.sources import list_sources, load, remove
from graph.sources.source_files import graph_name, read_source
from graph.store import Store, open_store

TURTLE = '<https://w3id.org/claimspine/id/work/t> a spine:Work ; dcterms:title "T" .'
PREFIXES = (
    "@prefix spine: <https://w3id.org/claimspine/ns#> . @prefix dcterms: <http://purl.org/dc/terms/> .\n"
)


def test_loading_twice_changes_nothing(store: Store, evidence: Path) -> None:
    first = load(store, [evidence], validate=False, at="2026-01-02T03:04:05Z")
    assert {(s.name, s.status) for s in first.sources} == {("advice", "added"), ("okafor2021sleep", "added")}
    before = store.dump("nquads")
    again = load(store, [evidence], validate=False, at="2027-01-01T00:00:00Z")
    assert {s.status for s in again.sources} == {"unchanged"}
    assert store.dump("nquads") == before


def test_a_changed_file_replaces_its_graph_whole(store: Store, evidence: Path) -> None:
    load(store, [evidence], validate=False)
    file = evidence / "okafor2021sleep.yaml"
    file.write_text(file.read_text().replace("heart-rate", "mood"), encoding="utf-8")
    report = load(store, [file], validate=False)
    assert [s.status for s in report.sources] == ["replaced"]
    names = [iri.rpartition("/")[2] for iri in read_evidence(store).findings]
    assert names == ["mood", "systolic"]


def test_provenance_is_in_the_graph(store: Store, evidence: Path) -> None:
    load(store, [evidence], validate=False, at="2026-01-02T03:04:05Z")
    held = list_sources(store)
    assert [source.name for source in held] == ["advice", "okafor2021sleep"]
    assert held[1].path == (evidence / "okafor2021sleep.yaml").as_posix()
    assert held[1].loaded_at == "2026-01-02T03:04:05Z"
    assert len(held[1].sha256 or "") == 64


def test_removing_names_who_pointed_in(loaded: Store) -> None:
    removal = remove(loaded, "okafor2021sleep")
    assert loaded.graph_names() == (graph_name("advice"),)
    assert removal.triples > 50
    pointers = {(p.subject.rpartition("/id/")[2], p.object.rpartition("/id/")[2]) for p in removal.dangling}
    assert ("line/pressure/for", "finding/okafor2021sleep/systolic") in pointers
    assert {p.source for p in removal.dangling} == {"advice"}


def test_removing_leaves_alone_what_others_describe_too(loaded: Store, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("{id: finding/okafor2021sleep/systolic, type: Finding, label: again}", encoding="utf-8")
    load(loaded, [other], validate=False)
    pointed = {p.object.rpartition("/")[2] for p in remove(loaded, "okafor2021sleep").dangling}
    assert "systolic" not in pointed


def test_removing_what_is_not_there(loaded: Store) -> None:
    with pytest.raises(ClaimspineError, match="the store holds advice, okafor2021sleep"):
        remove(loaded, "okafor")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.yaml", b"id: [", "yaml-syntax"),
        ("a.yaml", b"", "nothing-to-load"),
        ("a.yaml", b"id: work/x\nlabel: caf\xe9\n", "not-utf-8"),
        ("a.yaml", "id: work/x\nlabel: x\n".encode("utf-16"), "not-utf-8"),
        ("a.yaml", b"\x89PNG\x00\x01", "not-text"),
        ("a.ttl", b"<a> <b> .", "rdf-syntax"),
        ("a.ttl", b"", "nothing-to-load"),
        ("a.rdf", b"<rdf:RDF>", "rdf-syntax"),
        ("a.jsonld", b"{", "json-syntax"),
        ("a.jsonld", b"[" * 100_000, "json-too-deep"),
        ("a.jsonld", b'{"@context": "http://a.example/c", "@id": "x"}', "json-ld-remote-context"),
        ("a.jsonld", b'{"a": {"@context": [{}, "http://a.example/c"]}}', "json-ld-remote-context"),
        ("a.bib", b"no entries here", "not-a-bibliography"),
        ("a.json", b'{"x": 1}', "not-a-bibliography"),
        ("a.xml", b"<a/>", "not-a-bibliography"),
        ("a.docx", b"x", "unknown-format"),
    ],
)
def test_one_bad_file_and_nothing_is_written(
    store: Store, evidence: Path, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ClaimspineError) as caught:
        load(store, [evidence, tmp_path / name], validate=False)
    assert caught.value.code == code
    assert caught.value.path == (tmp_path / name).as_posix()
    assert store.graph_names() == ()


def test_several_bad_files_are_told_together(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("id: [")
    (tmp_path / "b.yaml").write_text("x: 1\ny: 2\nid: work/z\n")
    with pytest.raises(ExceptionGroup) as caught:
        load(store, [tmp_path], validate=False)
    assert len(caught.value.exceptions) == 3
    assert store.graph_names() == ()


def test_missing_and_empty(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ClaimspineError, match="no-such-file"):
        load(store, [tmp_path / "none.yaml"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(ClaimspineError, match="nothing-to-load"):
        load(store, [tmp_path / "empty"])


def test_two_files_of_one_name(store: Store, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.yaml").write_text("id: work/x\nlabel: x\n")
    with pytest.raises(ClaimspineError, match="source-name-twice"):
        load(store, [tmp_path / "one", tmp_path / "two"], validate=False)
    report = load(store, [tmp_path], validate=False)
    assert [source.name for source in report.sources] == ["one/x", "two/x"]


def test_each_rdf_format_says_the_same(tmp_path: Path) -> None:
    import pyoxigraph as ox

    turtle = tmp_path / "x.ttl"
    turtle.write_text(PREFIXES + TURTLE, encoding="utf-8")
    wanted = {str(triple) for triple in read_source(turtle).triples}
    assert len(wanted) == 2
    quads = list(ox.parse(PREFIXES + TURTLE, format=ox.RdfFormat.TURTLE))
    for suffix, format in (
        (".nt", ox.RdfFormat.N_TRIPLES),
        (".nq", ox.RdfFormat.N_QUADS),
        (".trig", ox.RdfFormat.TRIG),
        (".jsonld", ox.RdfFormat.JSON_LD),
        (".rdf", ox.RdfFormat.RDF_XML),
    ):
        file = tmp_path / f"x{suffix}"
        file.write_bytes(ox.serialize(quads, format=format) or b"")
        assert {str(triple) for triple in read_source(file).triples} == wanted
    plain = tmp_path / "plain.jsonld"
    plain.write_text('{"id": "work/t", "type": "Work", "title": "T"}')
    assert {str(triple) for triple in read_source(plain).triples} == wanted


def test_entities_in_rdf_xml_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "x.rdf"
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 9))
    file.write_text(
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "x">{entities}]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="urn:a"><p xmlns="urn:">&e8;</p></rdf:Description></rdf:RDF>'
    )
    with pytest.raises(ClaimspineError, match="xml-entities"):
        read_source(file)
    short = '<!DOCTYPE r [<!ENTITY ex "urn:x:">]>'
    body = '<rdf:Description rdf:about="&ex;a"><p xmlns="urn:">v</p></rdf:Description></rdf:RDF>'
    file.write_text(short + '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' + body)
    assert str(read_source(file).triples[0].subject) == "<urn:x:a>"


def test_a_breach_of_a_shape_writes_nothing(store: Store, evidence: Path) -> None:
    file = evidence / "okafor2021sleep.yaml"
    file.write_text(file.read_text().replace("value: -3.10", "value: small"), encoding="utf-8")
    with pytest.raises(InvalidEvidence) as caught:
        load(store, [evidence])
    assert store.graph_names() == ()
    [fault] = [f for f in caught.value.faults if getattr(f, "value", None) == "small"]
    line = file.read_text().splitlines().index("      value: small") + 1
    assert (fault.file, fault.line) == (file.as_posix(), line)  # type: ignore[attr-defined]
    assert f"{file.as_posix()}:{line}: error" in str(caught.value)


def test_valid_evidence_loads(store: Store, evidence: Path) -> None:
    told: list[tuple[str, int, int]] = []
    report = load(store, [evidence], progress=lambda *step: told.append(step))
    assert len(report.sources) == 2
    assert not [fault for fault in report.faults if fault.severity == "error"]
    assert told == [("advice.yaml", 0, 2), ("okafor2021sleep.yaml", 1, 2), ("", 2, 2)]


def test_a_bibliography_is_a_source(store: Store, tmp_path: Path) -> None:
    bib = tmp_path / "refs.bib"
    bib.write_text(
        "@article{k1, title={Naps}, year=2020, author={Lind, Sara}}\n@article{k2, title={Broken}\n"
    )
    report = load(store, [bib])
    [work] = read_evidence(store).works.values()
    assert (work.title, work.year, work.authors) == ("Naps", 2020, ("Lind S",))
    [fault] = report.faults
    assert (fault.line, fault.severity) == (2, "warning")
    assert "k2" in str(fault)


def test_a_folder_store_takes_it_all(evidence: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        load(store, [evidence], validate=False)
    with open_store(tmp_path / "store", read_only=True) as store:
        assert len(read_evidence(store).findings) == 2


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.lists(st.sampled_from(["a.yaml", "b.yaml", "c.bib"]), min_size=1, max_size=6))
def test_order_and_repetition_of_loads_do_not_matter(tmp_path: Path, order: list[str]) -> None:
    (tmp_path / "a.yaml").write_text("id: work/a\ntype: Work\nauthors: [A B, C D]\n")
    (tmp_path / "b.yaml").write_text("id: work/b\ntype: Work\ntitle: B\n")
    (tmp_path / "c.bib").write_text("@book{c, title = {C}, author = {Lind, S. and Okafor, N.}}")
    with open_store() as one, open_store() as other:
        for name in order:
            load(one, [tmp_path / name], validate=False)
        load(other, [tmp_path / name for name in sorted(set(order))], validate=False)
        assert read_evidence(one) == read_evidence(other)
        assert one.graph_names() == other.graph_names()
