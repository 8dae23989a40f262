"""The service over real HTTP: curl, SPARQLWrapper, rdflib's SPARQLStore, and the examples of docs/http.md."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import rdflib

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, walking: Path) -> Iterator[tuple[str, str]]:
    """A running service over the example, and a token that may curate."""
    folder = tmp_path_factory.mktemp("served")
    run = [sys.executable, "-m", "claimspine"]
    made = subprocess.run(
        [*run, "token", "add", "Ana", "--scope", "admin", "--tokens", str(folder / "t.json")],
        capture_output=True,
        text=True,
        check=True,
    )
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    process = subprocess.Popen(
        [
            *run,
            "serve",
            "--evidence",
            str(walking / "evidence"),
            "--port",
            str(port),
            "--tokens",
            str(folder / "t.json"),
        ],
        stderr=(folder / "log").open("wb"),
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                httpx.get(f"{url}/health", timeout=1)
                break
            except httpx.HTTPError:
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.1)
        yield url, made.stdout.strip()
    finally:
        process.terminate()
        assert process.wait(15) is not None


def test_curl(served) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    url, _ = served
    asked = [
        "curl",
        "-sS",
        "-H",
        "Accept: text/csv",
        "--data-urlencode",
        "query=SELECT (COUNT(*) AS ?n) { ?w a spine:Work }",
    ]
    told = subprocess.run([*asked, f"{url}/sparql"], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["n", "56"]


def test_sparqlwrapper(served) -> None:
    from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

    url, token = served
    endpoint = SPARQLWrapper(f"{url}/sparql", updateEndpoint=f"{url}/update")
    endpoint.setReturnFormat(JSON)
    endpoint.setQuery("PREFIX s: <https://w3id.org/claimspine/ns#> SELECT ?w { ?w a s:Work }")
    assert len(endpoint.queryAndConvert()["results"]["bindings"]) == 56
    endpoint.setMethod(POST)
    endpoint.setReturnFormat(TURTLE)
    endpoint.setQuery("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5")
    assert len(rdflib.Graph().parse(data=endpoint.queryAndConvert(), format="turtle")) == 5
    endpoint.setReturnFormat(JSON)
    endpoint.addCustomHttpHeader("Authorization", f"Bearer {token}")
    endpoint.setQuery("INSERT DATA { GRAPH <urn:wrapper> { <urn:a> <urn:b> 1 } }")
    endpoint.query()
    endpoint.setQuery("ASK { GRAPH <urn:wrapper> { ?s ?p 1 } }")
    assert endpoint.queryAndConvert()["boolean"] is True


def test_rdflib_store(served) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = rdflib.Graph(SPARQLStore(f"{served[0]}/sparql"))
    work = rdflib.URIRef("https://w3id.org/claimspine/id/work/pocovi2024walkback")
    assert str(graph.value(work, rdflib.URIRef("http://purl.org/ontology/bibo/volume"))) == "404"
    assert len(list(graph.query("SELECT ?w { ?w a <https://w3id.org/claimspine/ns#Work> }"))) == 56


def examples(language: str) -> list[str]:
    text = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")
    found = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found, f"docs/http.md has no {language} example"
    return found


@pytest.mark.parametrize("language", ["python", "javascript", "sh"])
def test_the_examples_of_the_page_run(served, language: str, tmp_path: Path) -> None:
    url, token = served
    program = {"python": sys.executable, "javascript": shutil.which("node"), "sh": shutil.which("bash")}[
        language
    ]
    if program is None:
        pytest.skip(f"nothing here runs {language}")
    for number, text in enumerate(examples(language)):
        suffix = {"python": "py", "javascript": "mjs", "sh": "sh"}[language]
        file = tmp_path / f"example{number}.{suffix}"
        text = text.replace("http://127.0.0.1:8040", url)
        file.write_text("set -eu\n" + text if language == "sh" else text, encoding="utf-8")
        done = subprocess.run(
            [program, str(file)],
            capture_output=True,
            text=True,
            timeout=60,
            cwd=ROOT,
            env={**os.environ, "TOKEN": token},
            check=False,
        )
        assert done.returncode == 0, (text, done.stdout, done.stderr)
        assert done.stdout.strip()


def test_what_the_log_says(served, tmp_path_factory: pytest.TempPathFactory) -> None:
    httpx.get(f"{served[0]}/health", headers={"x-request-id": "log-me"})
    folder = next(tmp_path_factory.getbasetemp().glob("served*"))
    for _ in range(200):  # lines are written every tenth of a second, later on a busy machine
        lines = [line for line in (folder / "log").read_text().splitlines(keepends=True) if line[0] == "{"]
        if "log-me" in {json.loads(line)["id"] for line in lines if line.endswith("\n")}:
            return
        time.sleep(0.1)
    raise AssertionError("the request was not logged")
