"""``/api/audits`` and ``/api/decisions``."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

TEA = """# Tea

Green tea halves the risk of stroke (Adams, 2020).

## References

Adams, B. (2020). Green tea and the risk of stroke in older adults. Journal of Cups, 11(2), 23-31.
"""
BIB = """@article{adams, title={Green tea and the risk of stroke in older adults}, author={Adams, B.},
year={2020}, journal={Journal of Cups}, volume={11}, number={2}, pages={23--31}}"""


def test_the_same_text_has_the_same_id_and_can_be_asked_for_again(client) -> None:
    first = client.post("/api/audits", json={"text": TEA})
    assert first.status_code == 201
    identifier = first.json()["id"]
    assert first.headers["location"] == f"/api/audits/{identifier}"
    assert client.post("/api/audits", json={"text": TEA}).json()["id"] == identifier
    assert client.post("/api/audits", json={"text": TEA + "\nMore."}).json()["id"] != identifier
    again = client.get(f"/api/audits/{identifier}")
    assert again.json()["document"]["sha256"] == first.json()["document"]["sha256"]
    assert client.get("/api/audits").json()["audits"][-1]["id"] == identifier


@pytest.mark.parametrize(
    ("accept", "start"),
    [
        ("text/html", "<!doctype html>"),
        ("application/sarif+json", "{"),
        ("text/markdown", "#"),
        ("text/plain", ""),
    ],
)
def test_every_format_of_a_report(client, accept: str, start: str) -> None:
    answer = client.post("/api/audits", json={"text": TEA}, headers={"accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    assert answer.text.lower().startswith(start)
    where = answer.headers["location"]
    format = {"text/html": "html", "application/sarif+json": "sarif"}.get(accept, accept.partition("/")[2])
    format = "text" if format == "plain" else format
    assert client.get(where, params={"format": format}).text == answer.text


def test_a_body_may_be_the_article_itself(client, walking: Path) -> None:
    text = (walking / "article.md").read_bytes()
    by_body = client.post("/api/audits?name=article", content=text, headers={"content-type": "text/markdown"})
    by_json = client.post("/api/audits", json={"text": text.decode()})
    assert by_body.json()["diagnostics"] == by_json.json()["diagnostics"]
    assert {"N102", "P104"} <= {one["code"] for one in by_json.json()["diagnostics"]}


def test_uploaded_references(client) -> None:
    alone = client.post("/api/audits", json={"text": TEA}).json()
    assert alone["references"][0]["status"] == "not-found"
    asked = {"text": TEA, "references": [{"text": BIB, "format": "bibtex"}]}
    assert client.post("/api/audits", json=asked).json()["references"][0]["status"] != "not-found"
    form = {"article": ("tea.md", TEA.encode()), "references": ("r.bib", BIB.encode())}
    by_form = client.post("/api/audits", files=form).json()
    assert by_form["references"][0]["status"] != "not-found"
    assert by_form["document"]["path"] == "tea.md"


@pytest.mark.parametrize(
    ("name", "format", "text"),
    [
        (
            "scopus.csv",
            "csv",
            "Authors,Title,Year,Source title\nAdams B.,Green tea and the risk of stroke in older adults,2020,"
            "Journal of Cups\n",
        ),
        (
            "tea.enw",
            "endnote",
            "%0 Journal Article\n%A Adams, B.\n%T Green tea and the risk of stroke in older adults\n%D 2020",
        ),
        (
            "tea.ciw",
            "web-of-science",
            "PT J\nAU Adams, B\nTI Green tea and the risk of stroke in older adults\nPY 2020\nER\n",
        ),
    ],
)
def test_references_as_databases_export_them(client, name: str, format: str, text: str) -> None:
    asked = {"text": TEA, "references": [{"text": text, "format": format}]}
    assert client.post("/api/audits", json=asked).json()["references"][0]["status"] != "not-found"
    form = {"article": ("tea.md", TEA.encode()), "references": (name, text.encode())}
    assert client.post("/api/audits", files=form).json()["references"][0]["status"] != "not-found"


def test_broken_entries_of_references_are_named(client) -> None:
    """Else an editor would look for the fault in the article."""
    broken = BIB + "\n@article{lost, title = {Never closed, year = 2020}\n"
    references = [{"text": BIB, "format": "bibtex"}, {"text": broken, "format": "bibtex"}]
    made = client.post("/api/audits", json={"text": TEA, "references": references}).json()
    assert [one["pointer"] for one in made["warnings"]] == ["/references/1"]
    assert made["warnings"][0]["detail"]
    assert client.get(f"/api/audits/{made['id']}").json()["warnings"] == made["warnings"]
    sound = client.post("/api/audits", json={"text": TEA, "references": references[:1]}).json()
    assert (sound["warnings"], sound["id"] != made["id"]) == ([], True)


def test_a_word_file(client, tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "a.docx"
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{namespace}"><w:body><w:p><w:r><w:t>Tea cures colds.</w:t></w:r></w:p>'
            "</w:body></w:document>",
        )
    asked = {"document": base64.b64encode(path.read_bytes()).decode(), "name": "a.docx"}
    answer = client.post("/api/audits", json=asked)
    assert answer.status_code == 201, answer.text
    assert answer.json()["document"]["path"] == "a.docx"
    by_form = client.post("/api/audits", files={"article": ("a.docx", path.read_bytes())})
    assert by_form.json()["document"]["sha256"] == answer.json()["document"]["sha256"]


def test_mail_and_saved_pages(client) -> None:
    mail = b"Subject: Tea\nContent-Type: text/html; charset=utf-8\n\n<p>Tea cures colds.</p>\n"
    asked = {"document": base64.b64encode(mail).decode(), "name": "letter.eml"}
    answer = client.post("/api/audits", json=asked)
    assert answer.status_code == 201, answer.text
    assert answer.json()["document"]["path"] == "letter.eml"
    by_form = client.post("/api/audits", files={"article": ("page.mhtml", mail)})
    itself = client.post("/api/audits", content=mail, headers={"content-type": "message/rfc822"})
    for other in (by_form, itself):
        assert other.json()["document"]["sha256"] == answer.json()["document"]["sha256"]


def test_bad_audits_are_problems(client, assert_problem) -> None:
    post = client.post
    assert_problem(post("/api/audits", json={"text": ""}), 422, "invalid-request")
    assert_problem(post("/api/audits", json={"text": "x", "more": 1}), 422, "invalid-request")
    assert_problem(post("/api/audits", json={}), 422, "invalid-request")
    assert_problem(post("/api/audits", json={"text": "Tea.", "select": ["Q9"]}), 400, "unknown-rule")
    assert_problem(
        post("/api/audits", json={"text": "Tea.", "profile": "/etc/passwd"}), 400, "unknown-profile"
    )
    assert_problem(post("/api/audits", json={"document": "???"}), 400, "not-base64")
    assert_problem(
        post("/api/audits", content=b"\xff", headers={"content-type": "text/plain"}), 400, "not-utf-8"
    )
    assert_problem(
        post("/api/audits", content=b"x", headers={"content-type": "a/b"}), 415, "unsupported-media-type"
    )
    assert_problem(
        post("/api/audits", json={"text": "Tea."}, headers={"accept": "image/png"}), 406, "not-acceptable"
    )
    for kind, coding in (("text/plain; charset=iso-8859-1", "identity"), ("text/markdown", "gzip")):
        told = {"content-type": kind, "content-encoding": coding}
        assert_problem(post("/api/audits", content=b"\xff", headers=told), 415, "unsupported-media-type")
    two = [{"text": BIB, "format": "bibtex"}, {"text": "no JSON", "format": "csl-json"}]
    said = assert_problem(post("/api/audits", json={"text": "Tea.", "references": two}), 400, "json-syntax")
    assert said["detail"].startswith("references/1: ")
    assert_problem(client.get("/api/audits/none"), 404, "no-such-audit")
    deep = "[" * 100_000
    assert_problem(
        post("/api/audits", content=deep, headers={"content-type": "application/json"}), 400, "json-syntax"
    )


def decide(client, headers, **asked):  # type: ignore[no-untyped-def]
    return client.post("/api/decisions", json=asked, headers=headers)


def test_a_decision_holds_until_the_claim_or_the_evidence_changes(client, bearer, walking: Path) -> None:
    curator = bearer("curate")
    text = (walking / "article.md").read_text()
    report = client.post("/api/audits", json={"text": text}).json()
    found = next(one for one in report["diagnostics"] if one["code"] == "N102")
    asked = {
        "audit": report["id"],
        "diagnostic": found["id"],
        "decision": "dismissed",
        "rationale": "told later",
    }
    made = decide(client, curator, **asked)
    assert made.status_code == 201, made.text
    assert made.json()["decidedBy"] == "curate 0"
    assert client.get(made.headers["location"]).json()["rationale"] == "told later"

    (held,) = client.post("/api/audits", json={"text": text}).json()["decisions"]
    assert (held["diagnostic"], held["status"]) == (found["id"], "holds")

    moved = client.post("/api/audits", json={"text": text.replace("\n", "\n\n", 1)}).json()
    assert [one["status"] for one in moved["decisions"]] == ["holds"]

    claim = next(one for one in report["claims"] if one["id"] == found["claim"])
    changed = text.replace("nearly halved", "almost halved")
    assert changed != text
    assert claim["text"] not in changed
    (gone,) = client.post("/api/audits", json={"text": changed}).json()["decisions"]
    assert (gone["status"], gone["diagnostic"]) == ("expired", None)

    source = client.get("/api/sources/pocovi2024walkback").text
    client.put(
        "/api/sources/pocovi2024walkback",
        content=source.replace("0.72", "0.74"),
        headers={**curator, "content-type": "application/yaml"},
    )
    (stale,) = client.post("/api/audits", json={"text": text}).json()["decisions"]
    assert (stale["status"], stale["why"]) == ("expired", "the evidence has changed")
    assert len(client.get("/api/decisions", params={"code": "N102"}).json()["graph"]) == 1


def test_decisions_that_cannot_be(client, bearer, assert_problem) -> None:
    report = client.post("/api/audits", json={"text": TEA}).json()
    one = {"audit": report["id"], "diagnostic": report["diagnostics"][0]["id"]}
    assert_problem(decide(client, {}, **one, decision="accepted"), 401, "no-token")
    curator = bearer("curate")
    body = assert_problem(decide(client, curator, **one, decision="dismissed"), 422, "invalid-evidence")
    assert "with a reason" in json.dumps(body["errors"])
    missing = {**one, "diagnostic": "N999-1"}
    assert_problem(decide(client, curator, **missing, decision="accepted"), 404, "no-such-diagnostic")
    gone = {**one, "audit": "0" * 64}
    assert_problem(decide(client, curator, **gone, decision="accepted"), 404, "no-such-audit")
    assert client.get("/api/decisions").json()["graph"] == []


def test_decisions_are_paged_by_time_whatever_zone_it_is_written_in(client, store) -> None:
    """A store that was filled past validation may hold what is no time: it comes first."""
    days = ("soon", "0001-01-01T00:00:00+14:00", "9999-99-99T00:00:00Z")
    times = ("12:00:00+02:00", "11:00:00Z", "09:00:00.5-03:00", "13:00:00")
    for number, at in enumerate([*sorted(days), *(f"2026-01-01T{time}" for time in times)]):
        said = f"""spine:decidedBy "Ana" ; spine:decision spine:decision-accepted ;
            spine:claimHash "a" ; spine:evidenceHash "b" ; spine:decides <urn:d> ;
            spine:decidedOn "{at}"^^xsd:dateTime"""
        written = f"<urn:decision:{number}> a spine:Decision ; {said}"
        store.update(f"INSERT DATA {{ GRAPH <urn:old> {{ {written} }} }}")
    found, following = [], "/api/decisions?limit=1"
    while following:
        page = client.get(following).json()
        found += [one["id"][-1] for one in page["graph"]]
        following = page["page"]["next"]
    assert found == list("0123456")
