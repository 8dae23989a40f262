"""Exports are read back, or held to the rules of those who read them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from base64 import decodebytes, encodebytes
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.errors import ClaimspineError
from graph.export import FORMATS, Publisher, export
from graph.export.claimreview import write_report
from graph.export.fhir import check as check_fhir
from graph.export.fhir.coded import resource_id
from graph.export.tables import COLUMNS, safe
from graph.sources import load
from graph.sources.uploads import read
from graph.store import Store, open_store
from ontology.loader import DATA_BASE, NAMESPACE

BY = Publisher("Example House", "https://example.org", "https://orcid.org/0000-0002-1825-0097", "2026-02-03")
CLAIM = DATA_BASE + "claim/routine-lowers-pressure"
SPINE = NAMESPACE


def _content(triples: object) -> set[str]:
    """The triples, nodes without a name named alike, less those about the files they were read from."""
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)  # type: ignore[attr-defined]
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(q.triple) for q in dataset if "/source/" not in str(q.subject)}


def _held(store: Store) -> set[str]:
    return _content([t for name in store.graph_names() for t in store.read_graph(name)])


# RDF ----------------------------------------------------------------------------------------------


def test_trig_reads_back_as_the_same_store(loaded: Store) -> None:
    again = ox.Store()
    again.load(export(loaded, "trig"), format=ox.RdfFormat.TRIG)
    assert {str(g) for g in again.named_graphs()} == {f"<{name}>" for name in loaded.graph_names()}
    assert _content(q.triple for q in again) == _held(loaded)


@pytest.mark.parametrize(
    ("format", "suffix"), [("turtle", "ttl"), ("jsonld", "jsonld"), ("trig", "trig"), ("yaml", "yaml")]
)
def test_what_was_exported_can_be_loaded(loaded: Store, tmp_path: Path, format: str, suffix: str) -> None:
    file = tmp_path / f"all.{suffix}"
    file.write_bytes(export(loaded, format))
    with open_store() as other:
        load(other, [file], validate=False)
        held = {t for t in _held(other) if "#Source" not in t}
    assert held >= _held(loaded)


def test_json_ld_is_in_the_keys_of_the_context(loaded: Store) -> None:
    said = json.loads(export(loaded, "jsonld"))
    by_id = {one["id"]: one for one in said["graph"] if "id" in one}
    assert by_id["claim/routine-lowers-pressure"]["causalStrength"].endswith("causalStrength-causal")
    assert by_id["claim/routine-lowers-pressure/certainty"]["reasons"] == [
        "one small trial",
        "the interval is wide",
    ]
    assert by_id["work/okafor2021sleep"]["authors"] == ["Okafor NA", "van der Meer J", "Lind S"]


def test_json_ld_loses_nothing_that_the_context_has_no_key_for() -> None:
    from graph.export.linked import linked

    turtle = """
    @prefix ex: <http://example.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    ex:a ex:says "x"@de, "1"^^xsd:byte, "plain" ; ex:list ( 1 [ ex:in "deep" ] ex:c ) ; ex:twice _:t .
    ex:b ex:twice _:t ; ex:empty () . _:t ex:v "shared" . _:u ex:round _:w . _:w ex:round _:u .
    ex:c <http://purl.org/dc/terms/title> "t"@en, "u" ; <https://w3id.org/claimspine/ns#low> 3 .
    """
    triples = [q.triple for q in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]
    text = json.dumps(linked(triples))
    assert _content(q.triple for q in ox.parse(text, format=ox.RdfFormat.JSON_LD)) == _content(triples)


def test_one_thing_brings_what_it_rests_on_and_no_more(loaded: Store, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("id: claim/other\ntype: Claim\ntext: Another thing.\n")
    load(loaded, [tmp_path / "other.yaml"], validate=False)
    text = export(loaded, "turtle", "keep-a-bedtime").decode()
    assert "Journal of Invented Sleep" in text
    assert "Another thing" not in text
    assert "Another thing" in export(loaded, "turtle").decode()


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_store_gives_the_same_bytes_in_another_process(evidence: Path, format: str) -> None:
    code = (
        "import sys, hashlib\nfrom graph.export import export, Publisher\n"
        "from graph.sources import load\nfrom graph.store import open_store\n"
        "with open_store() as store:\n"
        "    load(store, [sys.argv[1]], validate=False)\n"
        "    by = Publisher(date='2026-02-03')\n"
        "    print(hashlib.sha256(export(store, sys.argv[2], publisher=by)).hexdigest())\n"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, str(evidence), format], capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    ]
    assert runs[0] == runs[1] != ""


def test_unknown_formats_and_empty_stores_are_told(store: Store, loaded: Store) -> None:
    with pytest.raises(ClaimspineError, match="cannot be exported as word"):
        export(loaded, "word")
    with open_store() as empty:
        for format in ("nanopub", "claimreview", "fhir"):
            with pytest.raises(ClaimspineError, match="nothing-to-export"):
                export(empty, format)
        assert export(empty, "csv").decode().count("\n") == 1


# Nanopublications ---------------------------------------------------------------------------------


def _nanopubs(data: bytes) -> list[list[ox.Quad]]:
    """The quads of each nanopublication, by the name that its graphs begin with."""
    found: dict[str, list[ox.Quad]] = {}
    for quad in ox.parse(data, format=ox.RdfFormat.TRIG):
        name = quad.graph_name.value
        found.setdefault(name.rpartition("#")[0] or name.rpartition("/")[0], []).append(quad)
    return [found[name] for name in sorted(found)]


def test_nanopublications_hold_to_the_library(loaded: Store) -> None:
    signing = pytest.importorskip("graph.export.signing")
    pytest.importorskip("nanopub")
    found = _nanopubs(export(loaded, "nanopub", publisher=BY))
    assert len(found) == 2
    for one in found:
        signing.check(one)
        assert not [
            q for q in one if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)
        ]
    broken = [quad for quad in found[0] if not quad.graph_name.value.endswith("provenance")]
    with pytest.raises(ClaimspineError, match="nanopub-malformed"):
        signing.check(broken)


def test_a_nanopublication_says_the_claim_its_lines_and_its_papers(loaded: Store) -> None:
    text = export(loaded, "nanopub", CLAIM, publisher=BY).decode()
    [quads] = _nanopubs(text.encode())
    by_graph: dict[str, set[str]] = {}
    for quad in quads:
        by_graph.setdefault(quad.graph_name.value.rpartition("/")[2], set()).add(str(quad.triple))
    assert any("line/pressure/against" in t and "direction-refutes" in t for t in by_graph["assertion"])
    assert any(
        "doi.org/10.5555/sleep.2021.100" in t and "wasDerivedFrom" in t for t in by_graph["provenance"]
    )
    assert any("effectDirection" in t for t in by_graph["provenance"])
    assert any("0000-0002-1825-0097" in t and "creator" in t for t in by_graph["pubinfo"])


def test_the_name_of_a_nanopublication_is_made_of_its_content(loaded: Store, evidence: Path) -> None:
    once = export(loaded, "nanopub", CLAIM)
    assert export(loaded, "nanopub", CLAIM) == once
    file = evidence / "advice.yaml"
    file.write_text(file.read_text().replace("measured just this", "measured exactly this"))
    load(loaded, [evidence], validate=False)
    names = [
        {q.graph_name.value.rpartition("/")[0] for q in ox.parse(text, format=ox.RdfFormat.TRIG)}
        for text in (once, export(loaded, "nanopub", CLAIM))
    ]
    assert names[0] != names[1]


def test_nanopublications_are_signed_with_the_users_key(loaded: Store, tmp_path: Path) -> None:
    nanopub = pytest.importorskip("nanopub")
    from Crypto.Hash import SHA256
    from Crypto.PublicKey import RSA
    from Crypto.Signature import PKCS1_v1_5
    from nanopub.trustyuri.rdf import RdfHasher, RdfUtils

    from graph.export.signing import _rdflib, signed_nanopubs

    key = RSA.generate(1024)
    pem, line = tmp_path / "key.pem", tmp_path / "id_rsa"
    pem.write_bytes(key.export_key("PEM"))
    line.write_text(encodebytes(key.export_key("DER", pkcs=8)).decode().replace("\n", ""))
    for file in (pem, line):
        [quads] = _nanopubs(signed_nanopubs(loaded, file, BY, CLAIM))
        made = nanopub.Nanopub(rdf=_rdflib(quads))
        assert made.is_valid
        assert made.has_valid_trusty
        # the library's own check of a signature does not look at the answer: look here
        signature = decodebytes(made.metadata.signature.encode())
        unsigned = _rdflib(q for q in quads if not q.predicate.value.endswith("hasSignature"))
        normal = RdfHasher.normalize_quads(
            RdfUtils.get_quads(unsigned), baseuri=str(made.metadata.namespace), hashstr=" "
        )
        base = str(made.metadata.namespace).removesuffix("#")
        temporary = normal.replace(base + "#", base)
        verifier = PKCS1_v1_5.new(key.publickey())
        assert any(verifier.verify(SHA256.new(t.encode()), signature) for t in (normal, temporary))


def test_a_key_that_is_none_and_a_signer_without_a_name(loaded: Store, tmp_path: Path) -> None:
    pytest.importorskip("nanopub")
    from graph.export.signing import signed_nanopubs

    (tmp_path / "key").write_text("not a key")
    with pytest.raises(ClaimspineError, match="not an RSA private key"):
        signed_nanopubs(loaded, tmp_path / "key", BY)
    with pytest.raises(ClaimspineError, match="cannot read the key"):
        signed_nanopubs(loaded, tmp_path / "nowhere", BY)
    with pytest.raises(ClaimspineError, match="names who signs"):
        signed_nanopubs(loaded, tmp_path / "key", Publisher("Nobody"))


# ClaimReview --------------------------------------------------------------------------------------


def _reviews(data: bytes) -> list[dict[str, object]]:
    said = json.loads(data)
    assert said["@context"] == "https://schema.org"
    for review in said["@graph"]:  # what search engines demand of a ClaimReview
        assert {"@type", "url", "claimReviewed", "reviewRating", "author", "itemReviewed"} <= set(review)
        assert review["author"]["name"]
        assert review["reviewRating"]["alternateName"]
        value = review["reviewRating"].get("ratingValue")
        assert value is None or 1 <= value <= review["reviewRating"]["bestRating"]
        assert review["itemReviewed"]["@type"] == "Claim"
    return said["@graph"]


def test_a_claim_review_rates_the_certainty_of_the_evidence(loaded: Store) -> None:
    [review] = _reviews(export(loaded, "claimreview", CLAIM, publisher=BY))
    assert review["reviewRating"] == {
        "@type": "Rating",
        "bestRating": 4,
        "worstRating": 1,
        "ratingValue": 2,
        "alternateName": "Low certainty of the evidence",
        "ratingExplanation": "one small trial; the interval is wide",
    }
    assert review["datePublished"] == "2026-02-03"
    assert review["itemReviewed"]["citation"][0]["sameAs"] == "https://doi.org/10.5555/sleep.2021.100"  # type: ignore[index]


def test_where_nothing_is_known_no_number_is_given(store: Store, tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("id: claim/bare\ntype: Claim\ntext: Tea cures colds.\n")
    load(store, [tmp_path / "c.yaml"], validate=False)
    [review] = _reviews(export(store, "claimreview"))
    assert review["reviewRating"]["alternateName"] == "Not enough information"  # type: ignore[index]
    assert "ratingValue" not in review["reviewRating"]  # type: ignore[operator]


def _report(verdict: str) -> dict[str, object]:
    work = {"id": DATA_BASE + "work/okafor2021sleep", "title": "Bedtime routines"}
    return {
        "document": {
            "id": DATA_BASE + "document/abc",
            "title": "Sleep well",
            "path": "a.md",
            "sha256": "abc",
        },
        "claims": [
            {
                "id": "claim-1",
                "text": "A fixed bedtime cures high blood pressure.",
                "verdict": verdict,
                "certainty": {"level": "low", "reasons": ["one small trial"]},
                "evidence": [{"direction": "supports", "work": work}, {"direction": "neutral", "work": None}],
            }
        ],
    }


def test_an_audit_is_written_as_reviews() -> None:
    [review] = _reviews(write_report(_report("overstated"), BY, address="https://example.org/sleep"))
    assert review["reviewRating"]["ratingValue"] == 3  # type: ignore[index]
    item = review["itemReviewed"]
    assert item["appearance"]["url"] == "https://example.org/sleep"  # type: ignore[index]
    assert [one["name"] for one in item["citation"]] == ["Bedtime routines"]  # type: ignore[index]
    [open_] = _reviews(write_report(_report("not enough information"), BY))
    assert "ratingValue" not in open_["reviewRating"]  # type: ignore[operator]
    for wrong in ({}, {"document": {}, "claims": [1]}, {"document": None, "claims": [{}]}):
        with pytest.raises(ClaimspineError, match="no audit report"):
            write_report(wrong, BY)


@pytest.fixture
def bounded() -> Store:
    """A claim of at most moderate certainty, one of whose two trials is retracted."""
    parts = "\n---\n".join(
        f"""id: work/{name}
type: Work
workType: journal-article
title: Tea and gout {name}
standing: {standing}
reports:
  - {{id: study/{name}, type: Study, label: {name}, design: randomised-controlled-trial, sampleSize: 200}}
findings:
  - id: finding/{name}
    type: Finding
    label: gout in {name}
    study: study/{name}
    quoteRole: result
    method: curated
---
id: line/{name}
type: EvidenceLine
bearsOn: claim/tea
finding: finding/{name}
direction: supports
strength: strong
directness: direct
method: curated"""
        for name, standing in (("first", "retracted"), ("second", "current"))
    )
    text = f"id: claim/tea\ntype: Claim\ntext: Tea prevents gout.\n---\n{parts}"
    source = read("tea", text.encode(), ".yaml", DATA_BASE)
    store = open_store("memory")
    store.replace_graph(source.graph, source.triples)
    return store


def test_a_level_that_is_a_bound_is_called_one_everywhere(bounded: Store) -> None:
    [review] = _reviews(export(bounded, "claimreview", publisher=BY))
    rating = review["reviewRating"]
    assert rating["alternateName"] == "At most moderate certainty of the evidence"  # type: ignore[index]
    explained = rating["ratingExplanation"]  # type: ignore[index]
    assert "at most, since this was not judged: risk of bias: not recorded" in explained
    assert "does not count: retracted: gout in first" in explained
    papers = {one["name"]: one for one in review["itemReviewed"]["citation"]}  # type: ignore[index]
    assert papers["Tea and gout first"]["creativeWorkStatus"] == "Retracted"
    assert "creativeWorkStatus" not in papers["Tea and gout second"]
    bundle = json.loads(export(bounded, "fhir"))
    [judged] = [
        e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "ArtifactAssessment"
    ]
    assert judged["content"][0]["summary"] == explained
    marks = [[one["text"] for one in part["classifier"]] for part in judged["content"][1:]]
    assert sorted(marks) == [["supports"], ["supports", "does not count: retracted"]]
    rows = list(csv.DictReader(io.StringIO(export(bounded, "csv").decode())))
    assert {(row["certainty"], row["certainty_by"], row["certainty_at_most"]) for row in rows} == {
        ("moderate", "computed", "yes")
    }
    assert list(rows[0])[-1] == "certainty_at_most"


# FHIR ---------------------------------------------------------------------------------------------


def test_fhir_is_valid_and_hangs_together(loaded: Store) -> None:
    pytest.importorskip("fhir.resources")
    bundle = json.loads(export(loaded, "fhir", publisher=BY))
    assert check_fhir(bundle)
    named = {f"{e['resource']['resourceType']}/{e['resource']['id']}" for e in bundle["entry"]}
    assert len(named) == len(bundle["entry"]) == 1 + 2 + 2
    text = json.dumps(bundle)
    pointed = {part.split('"')[0] for part in text.split('"reference": "')[1:]}
    assert pointed
    assert pointed <= named


def test_fhir_says_the_estimate_the_roles_and_the_certainty(loaded: Store) -> None:
    bundle = json.loads(export(loaded, "fhir"))
    by_id = {entry["resource"]["id"]: entry["resource"] for entry in bundle["entry"]}
    finding = by_id["finding-okafor2021sleep-systolic"]
    roles = {v["variableRole"]["coding"][0]["code"] for v in finding["variableDefinition"]}
    assert roles == {"population", "exposure", "referenceExposure", "measuredVariable"}
    estimate = finding["statistic"][0]
    assert estimate["statisticType"]["coding"][0]["code"] == "0000457"
    assert estimate["quantity"] == {"value": -3.1, "unit": "mmHg"}
    interval = estimate["attributeEstimate"][0]
    assert interval["level"] == 0.95
    assert interval["range"]["high"]["value"] == -1.2
    rating = by_id["claim-routine-lowers-pressure"]["content"][0]
    assert rating["classifier"][0]["coding"][0]["code"] == "low"


def test_a_fault_is_seen_by_the_fhir_library(loaded: Store) -> None:
    pytest.importorskip("fhir.resources")
    bundle = json.loads(export(loaded, "fhir"))
    bundle["entry"][0]["resource"]["status"] = ["not", "one"]
    with pytest.raises(ClaimspineError, match="fhir-invalid"):
        check_fhir(bundle)


@pytest.mark.parametrize(
    "iri",
    [
        DATA_BASE + "work/" + "a" * 90,
        "https://example.org/päper?x=1",
        "urn:uuid:0",
        DATA_BASE + "finding/a_b/c",
        DATA_BASE,
    ],
)
def test_fhir_ids_are_allowed_and_apart(iri: str) -> None:
    found = resource_id(iri)
    assert 1 <= len(found) <= 64
    assert not set(found) - set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.")
    assert found != resource_id(iri + "x")


# CSV ----------------------------------------------------------------------------------------------


def test_the_table_has_a_row_for_each_line_and_for_what_has_none(loaded: Store) -> None:
    rows = list(csv.DictReader(io.StringIO(export(loaded, "csv").decode())))
    assert list(rows[0]) == list(COLUMNS)
    assert [(row["claim_kind"], row["direction"]) for row in rows] == [
        ("claim", "supports"),
        ("claim", "refutes"),
        ("recommendation", ""),
        ("step", "neutral"),
        ("step", ""),
    ] or sorted(row["direction"] for row in rows) == ["", "", "neutral", "refutes", "supports"]
    found = next(row for row in rows if row["direction"] == "supports")
    assert (found["value"], found["low"], found["unit"]) == ("-3.1", "-5.0", "mmHg")
    assert (found["design"], found["year"]) == ("randomised-controlled-trial", "2021")
    assert (found["certainty"], found["certainty_by"]) == ("low", "curated")


@pytest.mark.parametrize("bad", ["=1+1", "+1", "-1", "@x", "\tx", "\r=x", "\n=x", "＝1"])
def test_no_cell_is_taken_for_a_formula(store: Store, tmp_path: Path, bad: str) -> None:
    file = tmp_path / "c.jsonld"
    file.write_text(json.dumps({"id": "claim/x", "type": "Claim", "text": bad}))
    load(store, [file], validate=False)
    [row] = csv.DictReader(io.StringIO(export(store, "csv").decode(), newline=""))
    assert row["claim_text"] == "'" + bad
    assert safe(bad).startswith("'")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"iri": "bob"}, "not-an-iri"),
        ({"license": "my licence"}, "not-an-iri"),
        ({"url": "example.org"}, "not-an-iri"),
        ({"url": "http://[bad"}, "not-an-iri"),
        ({"date": "yesterday"}, "not-a-date"),
        ({"date": "2026-02-30"}, "not-a-date"),
    ],
)
def test_a_publisher_that_no_export_could_carry_is_refused(said: dict[str, str], code: str) -> None:
    with pytest.raises(ClaimspineError) as caught:
        Publisher(**said)
    assert caught.value.code == code
    assert caught.value.hint


def test_a_bare_orcid_is_written_out() -> None:
    assert Publisher(iri="0000-0002-1825-0097").iri == "https://orcid.org/0000-0002-1825-0097"
