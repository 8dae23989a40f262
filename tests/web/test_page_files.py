"""The page's files: their policy, caching, weight, and what becomes of a page that is not built."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http import create_app, pages
from graph.store import open_store

WEB = Path(__file__).parents[2] / "web"


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create_app(open_store("memory")))


def test_the_page_may_run_its_own_files_only(client: TestClient, built: None) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-cache"


def test_no_file_of_it_names_another_host(client: TestClient, built: None) -> None:
    page = client.get("/").text
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", page)
    for name in re.findall(r'"\./(assets/[^"]+)"', page):
        text = client.get(f"/{name}").text
        assert not re.search(r"@import|url\(\s*['\"]?(?:https?:)?//", text), name


def test_hashed_assets_are_kept_for_good_and_compressed(client: TestClient, built: None) -> None:
    page = client.get("/").text
    names = re.findall(r'"\./(assets/[^"]+)"', page)
    assert {name.rpartition(".")[2] for name in names} == {"js", "css"}
    for name in names:
        answer = client.get(f"/{name}", headers={"Accept-Encoding": "gzip"})
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-encoding"] == "gzip"
        again = client.get(
            f"/{name}", headers={"Accept-Encoding": "gzip", "If-None-Match": answer.headers["etag"]}
        )
        assert again.status_code == 304


def test_the_first_page_weighs_at_most_300_kb(client: TestClient, built: None) -> None:
    page = client.get("/")
    names = re.findall(r'"\./(assets/[^"]+|favicon\.svg)"', page.text)
    assert len(names) >= 3
    weight = sum(len(gzip.compress(client.get(f"/{name}").content)) for name in names)
    assert weight + len(page.content) <= 300_000


@pytest.mark.parametrize(
    "name",
    [
        "../index.html",
        "..%2Findex.html",
        "%2e%2e/index.html",
        ".env",
        "nothing-there.js",
        "a.py",
        "x" * 300 + ".js",
    ],
)
def test_no_other_file_is_served(client: TestClient, name: str) -> None:
    answer = client.get(f"/assets/{name}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_page_that_is_not_built_says_what_to_do(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pages, "folder", lambda: tmp_path)
    answer = client.get("/")
    assert answer.status_code == 503
    assert "make web" in answer.text
    assert client.get("/favicon.svg").status_code == 404
    assert client.post("/api/example", json={}).status_code == 404
    assert client.get("/api/recommendations").status_code == 200


def test_no_text_can_become_markup() -> None:
    sources = [*WEB.glob("src/**/*.svelte"), *WEB.glob("src/**/*.ts")]
    assert len(sources) > 25
    for path in sources:
        text = path.read_text(encoding="utf-8")
        for way in ("{@html", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in text, f"{path.name} uses {way}"


def test_the_typed_client_is_what_the_service_offers(tmp_path: Path) -> None:
    tool = WEB / "node_modules" / "openapi-typescript" / "bin" / "cli.js"
    beside = Path(sys.executable).parent / "node"
    node = shutil.which("node") or (str(beside) if beside.exists() else None)
    if node is None or not tool.exists():
        pytest.skip("Node and the page's packages are not installed: make web")
    described, made = tmp_path / "openapi.json", tmp_path / "schema.d.ts"
    subprocess.run([sys.executable, WEB / "openapi.py", described], check=True, timeout=60, cwd=WEB.parent)
    subprocess.run([node, tool, described, "--output", made], check=True, timeout=60, capture_output=True)
    held = (WEB / "src" / "api" / "schema.d.ts").read_text(encoding="utf-8")
    assert made.read_text(encoding="utf-8") == held, "run `make web-types`"
