"""``/api/sources``: writes are validated, whole, attributed and conditional."""

from __future__ import annotations

import pytest

TEA = "id: concept/rooibos\ntype: Concept\nprefLabel: rooibos\n"
YAML = {"content-type": "application/yaml"}


def test_a_source_is_put_read_searched_and_deleted(client, bearer) -> None:
    curator = bearer("curate")
    done = client.put("/api/sources/drinks", content=TEA, headers={**curator, **YAML})
    assert done.status_code == 201
    assert done.json()["status"] == "added"
    assert client.get("/api/sources/drinks").text == TEA
    hits = client.get("/api/search", params={"q": "rooibos"}).json()["graph"]
    assert [hit["id"].rsplit("/", 1)[-1] for hit in hits] == ["rooibos"]
    again = client.put("/api/sources/drinks", content=TEA, headers={**curator, **YAML})
    assert (again.status_code, again.json()["status"]) == (200, "unchanged")
    assert client.delete("/api/sources/drinks", headers=curator).status_code == 200
    assert client.get("/api/search", params={"q": "rooibos"}).json()["graph"] == []
    assert client.get("/api/sources/drinks").status_code == 404


def test_a_write_is_attributed_and_the_journal_stays(client, bearer, store) -> None:
    curator = bearer("curate")
    client.put("/api/sources/drinks", content=TEA, headers={**curator, **YAML})
    client.delete("/api/sources/drinks", headers=curator)
    told = store.rows(
        "SELECT ?what ?who { ?e a prov:Activity ; rdfs:label ?what ; prov:wasAttributedTo ?who }"
    )
    assert sorted(told) == [("delete drinks", "curate 0"), ("put drinks", "curate 0")]


def test_the_line_of_an_rdf_fault_is_near_and_its_part_is_named(client, bearer) -> None:
    spine = "https://w3id.org/claimspine/ns#"
    body = f"<finding/x> a <{spine}Finding> ;\n <{spine}effect> [ a <{spine}EffectEstimate> ] ."
    kind = {"Content-Type": "text/turtle"}
    errors = client.put("/api/sources/x", content=body, headers={**bearer("curate"), **kind}).json()["errors"]
    assert all(one["near"] is True for one in errors)
    assert {(one.get("part"), one["line"]) for one in errors} == {(None, 1), ("effect of finding/x", 2)}


def test_what_breaks_a_shape_is_refused_with_its_message_and_changes_nothing(
    client, bearer, store, assert_problem
) -> None:
    before = store.dump("nquads")
    answer = client.put(
        "/api/sources/bad", content="id: work/x\ntype: Work\n", headers={**bearer("curate"), **YAML}
    )
    body = assert_problem(answer, 422, "invalid-evidence")
    assert "write the title" in body["errors"][0]["detail"]
    assert body["errors"][0]["line"] == 1
    assert "near" not in body["errors"][0]
    assert store.dump("nquads") == before


@pytest.mark.parametrize(
    ("kind", "body", "name"),
    [
        (
            "text/turtle",
            "<concept/oat> a <http://www.w3.org/2004/02/skos/core#Concept> ; "
            '<http://www.w3.org/2004/02/skos/core#prefLabel> "oat"@en .',
            "oats.ttl",
        ),
        (
            "application/ld+json",
            '{"id": "concept/oat", "type": "Concept", "prefLabel": "oat"}',
            "oats",
        ),
        ("application/x-bibtex", "@article{o, title={Oats}, author={Oh, A}, year={2020}}", "oats.bib"),
    ],
)
def test_other_kinds_of_source(client, bearer, kind: str, body: str, name: str) -> None:
    done = client.put(
        f"/api/sources/{name}", content=body, headers={**bearer("curate"), "content-type": kind}
    )
    assert done.status_code == 201, done.text
    found = client.get(f"/api/sources/{name}", headers={"accept": "application/n-triples"})
    assert "at" in found.text
    assert name in {one["name"] for one in client.get("/api/sources").json()["sources"]}


def test_a_bibliography_of_which_nothing_can_be_used_replaces_none(client, bearer, assert_problem) -> None:
    headers = {**bearer("curate"), "content-type": "application/x-bibtex"}
    good = "@article{o, title={Oats}, author={Oh, A}, year={2020}}"
    assert client.put("/api/sources/oats.bib", content=good, headers=headers).status_code == 201
    said = assert_problem(
        client.put("/api/sources/oats.bib", content="@article{o, title={Oats}", headers=headers),
        400,
        "nothing-to-load",
    )
    assert said["detail"].startswith("none of its entries can be used; the first: this entry is broken")
    assert said["line"] == 1
    assert "Oats" in client.get("/api/sources/oats.bib", headers={"accept": "text/turtle"}).text


def test_conditional_writes(client, bearer, assert_problem) -> None:
    curator = {**bearer("curate"), **YAML}
    first = client.put("/api/sources/drinks", content=TEA, headers={**curator, "if-none-match": "*"})
    assert first.status_code == 201
    twice = client.put("/api/sources/drinks", content=TEA, headers={**curator, "if-none-match": "*"})
    assert_problem(twice, 412, "precondition-failed")
    stale = client.put(
        "/api/sources/drinks", content=TEA + "altLabel: red bush\n", headers={**curator, "if-match": '"0"'}
    )
    assert_problem(stale, 412, "precondition-failed")
    fresh = client.put(
        "/api/sources/drinks",
        content=TEA + "altLabel: bush tea\n",
        headers={**curator, "if-match": first.headers["etag"]},
    )
    assert fresh.status_code == 200
    assert fresh.headers["etag"] != first.headers["etag"]
    gone = client.delete("/api/sources/drinks", headers={**curator, "if-match": first.headers["etag"]})
    assert_problem(gone, 412, "precondition-failed")


@pytest.mark.parametrize("kind", ["application/yaml", "text/turtle"])
def test_the_tag_of_a_reading_holds_for_a_writing(client, bearer, kind: str) -> None:
    """Read, edit, write if nobody else has: in whichever format it was read."""
    curator = {**bearer("curate"), **YAML}
    client.put("/api/sources/drinks", content=TEA, headers=curator)
    read = client.get("/api/sources/drinks", headers={"accept": kind}).headers["etag"]
    edited = {**curator, "if-match": f'"0", {read}'}
    assert client.put("/api/sources/drinks", content=TEA + "altLabel: x\n", headers=edited).status_code == 200
    assert client.put("/api/sources/drinks", content=TEA, headers=edited).status_code == 412


def test_unchanged_is_304(client) -> None:
    first = client.get("/api/sources")
    again = client.get("/api/sources", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_writing_needs_a_token_with_the_scope(client, bearer, assert_problem) -> None:
    assert_problem(client.put("/api/sources/x", content=TEA, headers=YAML), 401, "no-token")
    weak = {**bearer("audit"), **YAML}
    assert_problem(client.put("/api/sources/x", content=TEA, headers=weak), 403, "not-allowed")
    assert_problem(client.delete("/api/sources/claims"), 401, "no-token")
    wrong = {"Authorization": "Bearer spine_00000000_x", **YAML}
    assert_problem(client.put("/api/sources/x", content=TEA, headers=wrong), 401, "no-token")


@pytest.mark.parametrize("name", ["..%2F..%2Fetc", "a%20b", "%00", "a//b", ".hidden", "x" * 300])
def test_names_stay_names(client, bearer, assert_problem, name: str) -> None:
    answer = client.put(f"/api/sources/{name}", content=TEA, headers={**bearer("curate"), **YAML})
    assert_problem(answer, 400, "source-name")


def test_a_body_of_another_kind(client, bearer, assert_problem) -> None:
    answer = client.put(
        "/api/sources/x", content=b"%PDF", headers={**bearer("curate"), "content-type": "x/y"}
    )
    assert_problem(answer, 415, "unsupported-media-type")


def test_where_a_file_lay_is_for_curators(client, bearer, store) -> None:
    store.update(
        "INSERT DATA { GRAPH <urn:x> { <urn:x> a prov:Entity ; spine:sha256 'ab' ;"
        " rdfs:label '/home/someone/evidence/x.yaml' } }"
    )

    def paths(**sent: dict[str, str]) -> set[str]:
        return {one["path"] for one in client.get("/api/sources", **sent).json()["sources"]}

    assert "x.yaml" in paths()
    assert not any("/" in path for path in paths(headers=bearer("audit")))
    assert "/home/someone/evidence/x.yaml" in paths(headers=bearer("curate"))


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_source_without_a_name_is_the_list_misspelt(client, bearer, assert_problem, method: str) -> None:
    sent = {**bearer("curate"), **YAML}
    said = assert_problem(client.request(method, "/api/sources/", headers=sent), 404, "not-found")
    assert "/api/sources, without the slash" in said["hint"]


def test_a_precondition_on_what_is_not_there_is_told(client, bearer, assert_problem) -> None:
    sent = {**bearer("curate"), **YAML, "If-Match": '"2c62"'}
    body = assert_problem(
        client.put("/api/sources/none", content=TEA, headers=sent), 412, "precondition-failed"
    )
    assert body["detail"].startswith("there is nothing of this name")
    assert "leave If-Match out" in body["hint"]
