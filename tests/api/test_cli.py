"""The commands as a user runs them: what they print, where, and their exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ARTICLE = "# Sleep\n\nGarlic cures every cold.\n"


def run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "claimspine", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=120,
    )


def assert_refused(done: subprocess.CompletedProcess[str], *said: str) -> None:
    """Exit status 2, the message on standard error, no result, never a traceback."""
    assert done.returncode == 2, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    for words in said:
        assert words.lower() in done.stderr.lower(), done.stderr


def test_version() -> None:
    done = run("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("claimspine ")


def test_a_missing_article(tmp_path: Path) -> None:
    assert_refused(run("audit", tmp_path / "nowhere.md"), "nowhere.md")


def test_a_binary_article(tmp_path: Path) -> None:
    path = tmp_path / "picture.md"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    assert_refused(run("audit", path), "picture.md", "binary")


@pytest.mark.parametrize("text", ["", "\n\n  \n"])
def test_an_empty_article(tmp_path: Path, text: str) -> None:
    path = tmp_path / "empty.md"
    path.write_text(text)
    assert_refused(run("audit", path), "empty.md", "empty")


def test_an_article_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("Café au lait prévient la démence.\n".encode("latin-1"))
    read = run("audit", path)
    assert read.returncode == 0, read.stderr
    assert "it was read as Windows-1252" in " ".join(read.stdout.split())
    path.write_bytes("Green tea prevents dementia \u7dd1\u8336 \u6587\u5b57.\n".encode("shift-jis"))
    assert_refused(run("audit", path), "latin.txt", "utf-8")


def test_malformed_yaml_names_the_line(tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text(ARTICLE)
    evidence = tmp_path / "broken.yaml"
    evidence.write_text("id: work/x\ntype: Work\ntitle: [unclosed\n")
    assert_refused(run("audit", article, "--evidence", evidence), "broken.yaml:")


def test_yaml_that_breaks_a_shape_names_file_line_and_message(tmp_path: Path) -> None:
    evidence = tmp_path / "shape.yaml"
    evidence.write_text("id: finding/x\ntype: Finding\nlabel: a finding of no work\n")
    done = run("validate", evidence)
    assert done.returncode == 1, done.stderr
    assert "shape.yaml:1" in done.stdout
    assert "study" in done.stdout.lower()
    article = tmp_path / "a.md"
    article.write_text(ARTICLE)
    assert_refused(run("audit", article, "--evidence", evidence), "shape.yaml:1")


def test_nothing_is_written_when_a_file_is_bad(tmp_path: Path) -> None:
    store = tmp_path / "store"
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text("id: concept/x\ntype: Concept\nprefLabel: x\nconceptRole: exposure\n")
    bad.write_text("id: finding/x\ntype: Finding\n")
    assert_refused(run("load", good, bad, "--store", store), "bad.yaml")
    count = run("query", "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", "--store", store, "--format", "csv")
    assert count.stdout.split() == ["n", "0"]


def test_broken_bibtex_entries_are_named_and_good_ones_kept(tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text(
        "# Tea\n\nTea drinkers slept longer (Adams, 2020).\n\n## References\n\n"
        "Adams, B. (2020). Tea and sleep in older adults. Journal of Sleep, 12(3), 45-52.\n"
    )
    refs = tmp_path / "refs.bib"
    refs.write_text(
        "@article{adams2020, title={Tea and sleep in older adults}, author={Adams, Beth}, year={2020},\n"
        " journal={Journal of Sleep}, volume={12}, number={3}, pages={45--52}}\n\n"
        "@article{broken2021, title={Half an entry\n"
    )
    done = run("audit", article, "--refs", refs, "--format", "json", "--fail-on", "never")
    assert done.returncode == 0, done.stderr
    assert "refs.bib" in done.stderr
    assert "broken2021" in done.stderr
    assert [one["status"] for one in json.loads(done.stdout)["references"]] == ["verified"]


def test_a_store_folder_in_use(tmp_path: Path) -> None:
    from graph.store import open_store

    with open_store(tmp_path / "store"):
        assert_refused(run("query", "ASK { ?s ?p ?o }", "--store", tmp_path / "store"), "in use")


def test_exit_status_follows_fail_on(tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text(ARTICLE)
    assert run("audit", article, "--fail-on", "never").returncode == 0
    assert run("audit", article, "--fail-on", "info").returncode == 1


def test_unknown_rules_are_refused_with_the_nearest(tmp_path: Path) -> None:
    assert_refused(run("explain", "N102x"), "N102")


def test_explain_and_rules() -> None:
    assert "magnitude-word-differs" in run("rules").stdout
    said = run("explain", "N102").stdout
    assert "## Why is this bad?" in said
    assert "## Known limits" in said


def test_load_query_trace_and_remove(walking: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    loaded = run("load", walking / "evidence", "--store", store)
    assert loaded.returncode == 0, loaded.stderr
    again = run("load", walking / "evidence", "--store", store)
    assert again.returncode == 0, again.stderr
    assert "unchanged" in again.stderr
    asked = run(
        "query",
        "SELECT ?title { ?work bibo:doi '10.1016/S0140-6736(24)00755-4' ; dcterms:title ?title }",
        "--store",
        store,
        "--format",
        "csv",
    )
    assert "WalkBack" in asked.stdout, asked.stderr
    traced = run("trace", "walking-most-days", "--store", store)
    for words in ("Pocovi", "Haddadj", "refutes"):
        assert words in traced.stdout


def test_output_is_the_same_bytes_twice(walking: Path, tmp_path: Path) -> None:
    runs = [
        run(
            "audit",
            walking / "article.md",
            "--evidence",
            walking / "evidence",
            "--format",
            form,
            "--fail-on",
            "never",
        )
        for form in ("json", "json", "html", "html")
    ]
    assert runs[0].stdout == runs[1].stdout
    assert runs[2].stdout == runs[3].stdout
    assert runs[0].stdout
