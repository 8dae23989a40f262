"""The action, its script and the hooks: they parse, they name what exists, and the script does its work."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import yaml

ROOT = Path(__file__).parents[2]
SLEEP = ROOT / "tests" / "data" / "fictitious" / "sleep"


def audit(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = folder / "claimspine"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m claimspine "$@"\n', "utf-8")
    command.chmod(0o755)
    names = ("PATH", "HOME", "PYTHONPATH")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return subprocess.run(
        ["bash", str(ROOT / ".ci" / "audit-articles")],
        cwd=folder,
        env={**kept, "CLAIMSPINE": str(command), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_action_uses_what_it_declares() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    action = yaml.safe_load(text)
    used = set(re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", text))
    assert used == set(action["inputs"])
    for step in action["runs"]["steps"]:
        assert "${{" not in step["run"], "nothing from outside is pasted into a command"
    page = (ROOT / "docs" / "ci.md").read_text("utf-8")
    assert all(f"`{name}`" in page for name in used)


def test_the_hooks_name_commands_that_exist() -> None:
    from typer.main import get_command

    from api.cli import app

    known = get_command(app).commands  # type: ignore[attr-defined]
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    for hook in hooks:
        program, command = hook["entry"].split()
        assert program == "claimspine"
        assert command in known


def test_the_script_annotates_and_fails_as_asked(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    text = (
        (SLEEP / "article.md")
        .read_text("utf-8")
        .replace("associated with a 28% higher", "the cause of 45% more")
    )
    (tmp_path / "text" / "sleep.md").write_text(text, "utf-8")
    evidence = str(SLEEP / "evidence.yaml")
    summary, sarif = tmp_path / "summary.md", tmp_path / "out.sarif"
    done = audit(
        tmp_path,
        ARTICLES="**/*.md",
        EVIDENCE=evidence,
        FAIL_ON="warning",
        SARIF=str(sarif),
        GITHUB_STEP_SUMMARY=str(summary),
    )
    assert done.returncode == 1, done.stderr
    assert "::warning file=text/sleep.md" in done.stdout
    assert summary.read_text("utf-8").strip()
    assert json.loads(sarif.read_text("utf-8"))["version"] == "2.1.0"


def test_the_script_refuses_what_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("Zinc lowers the risk of colds.\n", "utf-8")
    for articles in ("", "nowhere.md", "--help", "notes.md;id"):
        done = audit(tmp_path, ARTICLES=articles)
        assert done.returncode == 2, (articles, done.stdout)
        assert "uid=" not in done.stdout + done.stderr


def test_a_proof_fits_the_published_schema(tmp_path: Path) -> None:
    options = [
        "--evidence",
        str(SLEEP / "evidence.yaml"),
        "--format",
        "json",
        "--proof",
        "--fail-on",
        "never",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "claimspine", "audit", str(SLEEP / "article.md"), *options],
        capture_output=True,
        timeout=120,
        check=True,
    )
    schema = json.loads((ROOT / "docs" / "audit-report.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(done.stdout), schema)
