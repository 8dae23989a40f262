"""Addresses in what strangers send, and in an organisation's own policies, are never followed.

Each is the address of a server on loopback, which must see nobody come.
"""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli.app import app as cli

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def policies(url: str) -> str:
    return f"""@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix spine: <https://w3id.org/claimspine/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<{url}/ontology> a owl:Ontology ; owl:imports <{url}/imported> ; sh:shapesGraph <{url}/shapes> ;
  rdfs:isDefinedBy <{url}/defined> ; rdfs:seeAlso <{url}/also> ; sh:suggestedShapesGraph <{url}/more> .
<urn:own> a sh:NodeShape ; sh:targetClass spine:Work ;
  sh:property [ sh:path <urn:abstract> ; sh:minCount 1 ; sh:message "A work has an abstract." ] .
"""


def test_own_policies(walking: Path, tmp_path: Path, listener) -> None:
    """SHACL and OWL: imports and shapes graphs that stand elsewhere."""
    url, seen = listener
    own = tmp_path / "own.ttl"
    own.write_text(policies(url), encoding="utf-8")
    done = CliRunner().invoke(cli, ["validate", str(walking / "evidence"), "--policies", str(own)])
    assert done.exit_code in (0, 1), done.output
    assert "A work has an abstract" in done.output
    assert seen == []


RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'


def uploads(url: str) -> list[tuple[str, str]]:
    """Uploads with addresses, and what they are."""
    described = f'<rdf:Description rdf:about="a" rdf:type="b"><c xmlns="urn:" rdf:resource="{url}/r"/>'
    named = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    loader = f"'@context': {{'@vocab': '{url}/v#'}}\nid: {url}/id\ntype: {url}/t\nseeAlso: {url}/s\n"
    return [
        ("text/turtle", policies(url)),
        (
            "application/rdf+xml",
            f'<rdf:RDF xml:base="{url}/b/" {RDF}>{described}</rdf:Description></rdf:RDF>',
        ),
        (
            "application/rdf+xml",
            f'<?xml-stylesheet href="{url}/x.xsl" type="text/xsl"?><rdf:RDF {RDF} '
            'xmlns:xi="http://www.w3.org/2001/XInclude" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            f'xsi:schemaLocation="urn: {url}/schema.xsd"><xi:include href="{url}/xi"/></rdf:RDF>',
        ),
        ("application/rdf+xml", f'<!DOCTYPE rdf:RDF PUBLIC "-//X//DTD//EN" "{url}/public.dtd">{named}'),
        (
            "application/rdf+xml",
            f'<!DOCTYPE rdf:RDF [<!ENTITY % p SYSTEM "{url}/parameter"> %p;]>{named}',
        ),
        ("application/xml", f'<!DOCTYPE PubmedArticleSet SYSTEM "{url}/pubmed.dtd"><PubmedArticleSet/>'),
        ("application/ld+json", f'{{"\\u0040context": "{url}/escaped", "@id": "urn:a", "urn:b": 1}}'),
        ("application/ld+json", f'{{"@context": {{"b": {{"@id": "urn:b", "@context": "{url}/scoped"}}}}}}'),
        ("application/ld+json", f'{{"@graph": [{{"@included": [{{"@context": ["{url}/deep"]}}]}}]}}'),
        ("application/ld+json", f'{{"@context": {{"@base": "{url}/", "@vocab": "{url}/v#"}}, "@id": "a"}}'),
        ("application/yaml", loader),
        ("application/yaml", f"!<{url}/tag> {{id: concept/x, type: Concept, prefLabel: x}}\n"),
        ("application/yaml", f"%TAG ! {url}/\n---\n!x {{id: concept/x, type: Concept, prefLabel: x}}\n"),
        (
            "application/yaml",
            "!!python/object/apply:urllib.request.urlopen ['" + url + "/python']\n",
        ),
        ("application/yaml", f"id: !!python/name:os.system\nx: !include {url}/included\n"),
        ("application/x-bibtex", f"@article{{a, title={{T}}, url={{{url}/u}}, crossref={{{url}/c}}}}"),
    ]


def test_uploads_and_graphs(client, bearer, listener) -> None:
    url, seen = listener
    curator, triples = bearer("curate"), {"accept": "application/n-triples"}
    for number, (kind, body) in enumerate(uploads(url)):
        headers = {**curator, "content-type": kind}
        put = client.put(f"/api/sources/s{number}", content=body, headers=headers)
        assert put.status_code < 500, (body, put.text)
        assert client.get(f"/api/sources/s{number}", headers=triples).status_code in (200, 404)
        for send in (client.put, client.post):
            sent = send(f"/graphs?graph=urn:g{number}", content=body, headers=headers)
            assert sent.status_code < 500, (body, sent.text)
        sent = client.post("/graphs", content=body, headers=headers)
        assert sent.status_code < 500, (body, sent.text)
        got = client.get(f"/graphs?graph=urn:g{number}", headers={"accept": "application/ld+json"})
        assert got.status_code in (200, 404)
    assert client.get("/graphs", params={"graph": f"{url}/foreign"}).status_code == 404
    assert client.get("/resource", params={"iri": f"{url}/foreign"}).status_code < 500
    assert seen == []


@pytest.mark.parametrize("media_type", ["application/ld+json", "application/json"])
def test_a_context_in_a_link_header(client, bearer, listener, media_type: str) -> None:
    """JSON-LD 1.1, 6.1: the header would give plain JSON its context."""
    url, seen = listener
    link = f'<{url}/context>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
    headers = {**bearer("curate"), "content-type": media_type, "link": link}
    for send in ("/api/sources/linked", "/graphs?graph=urn:linked"):
        assert client.put(send, content='{"@id": "urn:a", "b": 1}', headers=headers).status_code < 500
    assert seen == []


def foreign(url: str) -> list[str]:
    """Queries whose dataset or service stands elsewhere."""
    spo = "{ ?s ?p ?o }"
    return [
        f"SELECT * {{ VALUES ?g {{ <{url}/values> }} SERVICE SILENT ?g {spo} }}",
        f"SELECT * {{ BIND(IRI('{url}/iri') AS ?g) SERVICE SILENT ?g {spo} }}",
        f"SELECT * {{ {{ SELECT * {{ OPTIONAL {{ SERVICE SILENT <{url}/optional> {spo} }} }} }} }}",
        f"ASK {{ FILTER EXISTS {{ SERVICE <{url}/exists> {spo} }} }}",
        f"ASK FROM <{url}/ask> {spo}",
        f"DESCRIBE ?s FROM <{url}/describe> FROM NAMED <{url}/named> WHERE {spo}",
        f"BASE <{url}/base/> SELECT * FROM <relative> FROM NAMED <other> {{ GRAPH ?g {spo} }}",
        f"PREFIX f: <{url}/prefix/> SELECT * FROM f:one FROM NAMED f:two {{ GRAPH f:two {spo} }}",
        f"SELECT * {{ GRAPH <{url}/graph> {spo} }}",
    ]


def test_queries(client, listener) -> None:
    url, seen = listener
    for query in foreign(url):
        given = {"query": query}
        more = {**given, "default-graph-uri": f"{url}/default", "named-graph-uri": f"{url}/named"}
        kind = {"content-type": "application/sparql-query"}
        for answer in (
            client.get("/sparql", params=given),
            client.post("/sparql", data=more),
            client.post("/sparql", content=query, headers=kind),
        ):
            assert answer.status_code in (200, 400), (query, answer.text)
            if answer.status_code == 200 and "results" in answer.text:
                assert answer.json()["results"]["bindings"] == [], query
    assert seen == []


def test_updates(client, bearer, listener) -> None:
    url, seen = listener
    admin = bearer("admin")
    for update in (
        f"LOAD SILENT <{url}/silent> INTO GRAPH <{url}/into>",
        f"lOaD#\nsILENT<{url}/comment>iNTO gRAPH<urn:x>",
        f"PREFIX l: <{url}/> LOAD SILENT l:prefixed INTO GRAPH <urn:x>",
        f"BASE <{url}/> LOAD SILENT <relative> INTO GRAPH <urn:x>",
        f"CLEAR SILENT GRAPH <urn:x> ; LOAD SILENT <{url}/second> INTO GRAPH <urn:x>",
        "INSERT { GRAPH <urn:x> { ?s ?p ?o } } WHERE { "
        f"VALUES ?g {{ <{url}/variable> }} SERVICE SILENT ?g {{ ?s ?p ?o }} }}",
        f"COPY SILENT <{url}/copied> TO <urn:x>",
        f"ADD SILENT <{url}/added> TO <urn:x>",
        f"MOVE SILENT <{url}/moved> TO <urn:x>",
        f"WITH <{url}/with> INSERT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
    ):
        answer = client.post("/update", data={"update": update}, headers=admin)
        assert answer.status_code in (200, 400), (update, answer.text)
        assert client.get("/graphs?graph=urn:x").status_code == 404, update
    copy = {"update": "INSERT { GRAPH <urn:x> { ?s ?p ?o } } WHERE { ?s ?p ?o }"}
    for name in ("using-graph-uri", "using-named-graph-uri"):
        answer = client.post("/update", data={**copy, name: f"{url}/using"}, headers=admin)
        assert answer.status_code in (200, 400), answer.text
        assert client.get("/graphs?graph=urn:x").status_code == 404
    assert seen == []


def word(url: str, *, dtd: bool = False) -> bytes:
    """A Word file: its picture, template, link, styles and frame stand elsewhere."""
    kinds = {
        "image": "image",
        "template": "attachedTemplate",
        "link": "hyperlink",
        "styles": "styles",
        "notes": "footnotes",
        "frame": "frame",
        "object": "oleObject",
        "part": "subDocument",
    }
    relations = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONSHIPS}/{kind}" '
        f'Target="{url}/{name}" TargetMode="External"/>'
        for name, kind in kinds.items()
    )
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'
    doctype = f'<!DOCTYPE d SYSTEM "{url}/word.dtd" [<!ENTITY x SYSTEM "{url}/entity">]>' if dtd else ""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD}.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="d" '
        f'Type="{RELATIONSHIPS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{doctype}<w:document xmlns:w="{MAIN}" xmlns:r="{RELATIONSHIPS}" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body><w:p><w:r><w:t>Tea prevents '
        f'colds.</w:t></w:r><w:r><w:drawing><a:blip r:link="image"/></w:drawing></w:r>'
        '<w:hyperlink r:id="link">'
        "<w:r><w:t>Walking prevents falls.</w:t></w:r></w:hyperlink><w:r><w:instrText>INCLUDEPICTURE "
        f'"{url}/field" \\d</w:instrText></w:r></w:p><w:subDoc r:id="part"/></w:body></w:document>',
        "word/_rels/document.xml.rels": relations,
        "word/settings.xml": f'<w:settings xmlns:w="{MAIN}" xmlns:r="{RELATIONSHIPS}">'
        '<w:attachedTemplate r:id="template"/></w:settings>',
        "word/_rels/settings.xml.rels": relations,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def test_word_files(client, listener) -> None:
    url, seen = listener
    answer = client.post("/api/audits", content=word(url), headers={"content-type": WORD})
    assert answer.status_code == 201, answer.text
    assert any("Walking prevents falls" in claim["text"] for claim in answer.json()["claims"])
    encoded = {"document": base64.b64encode(word(url)).decode()}
    assert client.post("/api/audits", json=encoded).status_code == 201
    refused = client.post("/api/audits", content=word(url, dtd=True), headers={"content-type": WORD})
    assert 400 <= refused.status_code < 500, refused.text
    assert seen == []


HTML = """<!DOCTYPE html SYSTEM "{u}/dtd"><html manifest="{u}/m"><head><base href="{u}/base/">
<meta http-equiv="refresh" content="0;url={u}/refresh"><link rel="preload" href="{u}/pre"><title>Tea</title>
<style>@import url({u}/css); p {{ background: url({u}/bg) }}</style><script src="{u}/js"></script></head>
<body background="{u}/body"><p>Tea prevents colds <a href="{u}/a" ping="{u}/ping">(Adams, 2020)</a>.</p>
<img srcset="{u}/2x 2x"><picture><source srcset="{u}/source"></picture>
<video poster="{u}/p" src="{u}/v"></video>
<iframe src="{u}/frame" srcdoc="<img src={u}/doc>"></iframe><object data="{u}/o"></object><embed src="{u}/em">
<svg><image href="{u}/svg"/><use xlink:href="{u}/use"/></svg>
<h2>References</h2><ol><li>Adams A. Tea. J. 2020. <a href="{u}/doi">{u}/work</a></li></ol></body></html>"""

MARKDOWN = """---
canonical: {u}/canonical
---
# Tea

Tea prevents colds ([Adams, 2020]({u}/link "t")). ![i]({u}/image) ![r][ref] <{u}/auto> [![n]({u}/in)]({u}/out)
{{{{< include {u}/include >}}}}

[ref]: {u}/reference

## References

Adams A. Tea. J. 2020. {u}/work doi:10.1000/x
"""


@pytest.mark.parametrize(
    ("media_type", "text"), [("text/html", HTML), ("text/markdown", MARKDOWN), ("text/plain", MARKDOWN)]
)
def test_articles(client, listener, media_type: str, text: str) -> None:
    """Every format of the report too: none may look at what the article points to."""
    url, seen = listener
    body = text.format(u=url)
    made = client.post("/api/audits", content=body.encode(), headers={"content-type": media_type})
    assert made.status_code == 201, made.text
    for accept in ("application/json", "text/html", "application/sarif+json", "text/markdown", "text/plain"):
        answer = client.get(f"/api/audits/{made.json()['id']}", headers={"accept": accept})
        assert answer.status_code in (200, 406), answer.text
    assert seen == []
