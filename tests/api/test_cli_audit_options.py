"""``audit --fix``, ``--diff``, ``--proof`` and ``verify`` as a user runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SLEEP = Path(__file__).parents[1] / "data" / "fictitious" / "sleep"


def run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "claimspine", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=120,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "article.md").write_bytes((SLEEP / "article.md").read_bytes())
    (tmp_path / "evidence.yaml").write_bytes((SLEEP / "evidence.yaml").read_bytes())
    return tmp_path


def edit(folder: Path, before: str, after: str) -> None:
    text = (folder / "article.md").read_text("utf-8")
    assert before in text
    (folder / "article.md").write_text(text.replace(before, after), "utf-8")


def test_fix_writes_the_article_and_says_what_it_did(folder: Path) -> None:
    text = (folder / "article.md").read_text("utf-8")
    first = text.index("Short sleep, of less")
    sentence = text[first : text.index("(Haugen", first)]
    edit(folder, sentence, "Short sleep raises the risk of type 2 diabetes ")
    data = b"\xef\xbb\xbf" + (folder / "article.md").read_bytes().replace(b"\n", b"\r\n")
    (folder / "article.md").write_bytes(data)
    done = run("audit", "article.md", "--evidence", "evidence.yaml", "--fix", cwd=folder)
    written = (folder / "article.md").read_bytes()
    assert "C101" in done.stderr
    assert "article.md: 1 fix made" in done.stderr
    assert written != data
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.count(b"\r\n") == data.count(b"\r\n")
    assert "C101" not in done.stdout, "the report is of the article as it is now"
    again = run("audit", "article.md", "--evidence", "evidence.yaml", "--fix", cwd=folder)
    assert "0 fixes made" in again.stderr
    assert (folder / "article.md").read_bytes() == written


def test_fix_keeps_encoding_mode_and_end_of_the_file(folder: Path) -> None:
    told = "Short sleep, of less than six hours a night, was associated with a 28% higher risk of type 2"
    edit(folder, told + " diabetes than seven to eight hours", "Short sleep causes type 2 diabetes")
    text = (folder / "article.md").read_text("utf-8")
    path = folder / "article.md"
    path.write_bytes(text.rstrip("\n").encode("utf-16"))
    path.chmod(0o600)
    done = run("audit", "article.md", "--evidence", "evidence.yaml", "--fix", cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    assert "0 fixes made" not in done.stderr
    written = path.read_bytes()
    assert written.startswith(b"\xff\xfe")
    assert written.decode("utf-16") != text.rstrip("\n")
    assert not written.decode("utf-16").endswith("\n")
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_article_from_standard_input(folder: Path) -> None:
    def piped(data: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "claimspine", "audit", "-", *options]
        return subprocess.run(command, input=data, capture_output=True, cwd=folder, timeout=120)

    data = (folder / "article.md").read_bytes()
    by_name = run("audit", "article.md", "--evidence", "evidence.yaml", "--format", "json", cwd=folder)
    by_pipe = piped(data, "--evidence", "evidence.yaml", "--format", "json")
    one, other = json.loads(by_name.stdout), json.loads(by_pipe.stdout)
    assert one["diagnostics"] == other["diagnostics"]
    assert other["document"]["path"] == "-"
    page = json.loads(piped(b"<!DOCTYPE html><nav>Menu</nav><h1>Tea</h1><p>So.", "--format", "json").stdout)
    assert page["document"]["title"] == "Tea"
    for refused in (piped(b""), piped(data, "--fix"), piped(data, "-")):
        assert refused.returncode == 2
        assert b"Traceback" not in refused.stderr


def test_a_store_that_is_not_there_is_not_made(folder: Path) -> None:
    done = run("audit", "article.md", "--store", "nowhere", cwd=folder)
    assert done.returncode == 2
    assert "no-such-store" in done.stderr
    assert not (folder / "nowhere").exists()


def test_a_folder_that_is_missing_is_named(folder: Path) -> None:
    done = run("audit", "article.md", "--output", "reports/a.txt", cwd=folder)
    assert done.returncode == 2
    assert "make the folder reports first" in done.stderr


def test_a_report_to_a_device_does_not_replace_it(folder: Path) -> None:
    done = run("audit", "article.md", "--output", "/dev/null", cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    assert Path("/dev/null").is_char_device()


def test_diff_says_what_changed_and_fails_on_what_came_in(folder: Path) -> None:
    (folder / "old.md").write_bytes((folder / "article.md").read_bytes())
    edit(folder, "was associated with a 28% higher risk", "causes a 28% higher risk")
    options = ("--evidence", "evidence.yaml", "--diff", "old.md")
    done = run("audit", "article.md", *options, "--fail-on", "warning", cwd=folder)
    assert done.returncode == 1, done.stderr
    assert "wording-strengthened" in done.stdout
    assert "C101" in done.stdout
    back = run("audit", "old.md", "--evidence", "evidence.yaml", "--diff", "article.md", cwd=folder)
    assert back.returncode == 0
    assert "settled" in back.stdout


@pytest.mark.parametrize(
    "options",
    [
        ("--diff", "article.md", "--fix"),
        ("--diff", "article.md", "--format", "sarif"),
        ("--diff", "nowhere.md"),
        ("--proof",),
        ("--proof", "--format", "html"),
    ],
)
def test_options_that_do_not_go_together(folder: Path, options: tuple[str, ...]) -> None:
    before = (folder / "article.md").read_bytes()
    done = run("audit", "article.md", *options, cwd=folder)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert (folder / "article.md").read_bytes() == before


def test_a_proof_is_verified(folder: Path) -> None:
    options = ("--evidence", "evidence.yaml", "--format", "json", "--proof", "--fail-on", "never")
    done = run("audit", "article.md", *options, "-o", "report.json", cwd=folder)
    assert done.returncode == 0, done.stderr
    same = run("verify", "report.json", cwd=folder)
    assert same.returncode == 0, same.stderr
    assert "DIFFERS" not in same.stdout
    edit(folder, "28% higher", "35% higher")
    other = run("verify", "report.json", cwd=folder)
    assert other.returncode == 1
    assert "the article: DIFFERS" in other.stdout
    assert "references and evidence: same" in other.stdout
    (folder / "evidence.yaml").unlink()
    assert run("verify", "report.json", cwd=folder).returncode == 2


@pytest.mark.parametrize("content", [b"", b"{}", b"[1, 2]", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_report_is_refused(folder: Path, content: bytes) -> None:
    (folder / "report.json").write_bytes(content)
    done = run("verify", "report.json", cwd=folder)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_report_makes_no_request_to_a_host(folder: Path) -> None:
    options = ("--evidence", "evidence.yaml", "--format", "json", "--proof", "--fail-on", "never")
    run("audit", "article.md", *options, "-o", "report.json", cwd=folder)
    whole = json.loads((folder / "report.json").read_bytes())
    whole["proof"]["inputs"]["store"] = "http://192.0.2.1/sparql"
    (folder / "report.json").write_text(json.dumps(whole), "utf-8")
    done = run("verify", "report.json", cwd=folder)
    assert done.returncode == 2
    assert "--store" in done.stderr


def test_what_a_fix_puts_in_is_told_as_such(folder: Path) -> None:
    text = (folder / "article.md").read_text("utf-8")
    at = text.index("https://doi.org/")
    edit(folder, text[at : text.index("\n", at)], "")
    done = run("audit", "article.md", "--evidence", "evidence.yaml", "--fix", cwd=folder)
    assert "S109: “https://doi.org/" in done.stderr
    assert "” is put in" in done.stderr


def test_an_old_report_is_no_old_article(folder: Path) -> None:
    run("audit", "article.md", "--format", "json", "--output", "old.json", cwd=folder)
    done = run("audit", "article.md", "--diff", "old.json", cwd=folder)
    assert done.returncode == 2
    assert "this is a report of an audit, no article" in done.stderr


def test_a_backup_has_the_name_by_which_it_is_read_back(folder: Path) -> None:
    done = run("backup", "evidence.tar", "--store", "memory", cwd=folder)
    assert done.returncode == 2
    assert "name it evidence.nq" in done.stderr
    assert not (folder / "evidence.tar").exists()
