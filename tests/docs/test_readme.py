"""The README's words are tried: its Python runs, its commands exist, its links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def fences(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.M | re.S)


def test_the_python_runs() -> None:
    (code,) = fences("python")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "N102" in done.stdout


def test_the_sparql_answers(tmp_path: Path) -> None:
    (block,) = (one for one in fences("sh") if "claimspine query" in one)
    query = re.search(r"'(.*)'", block, re.S)
    assert query
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "claimspine",
            "query",
            query[1],
            "--evidence",
            "examples/walking-spine/evidence",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "0.72" in done.stdout


def test_the_page_on_python_runs() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "doctest", "docs/python.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout
    assert (ROOT / "docs" / "python.md").read_text("utf-8").count(">>> ") > 25  # nothing was lost on the way


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "adr"
    pages = {one.name for one in folder.glob("0*.md")}
    assert len(pages) >= 9
    assert set(re.findall(r"\]\((0\d{3}-[\w-]+\.md)\)", (folder / "README.md").read_text("utf-8"))) == pages


def test_every_command_named_is_one() -> None:
    import typer.main

    from api.cli import app

    known = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    named = set(re.findall(r"^claimspine ([a-z-]+)", "\n".join(fences("sh")), re.M))
    assert named
    assert named <= known


def test_the_two_commands_stand_on_the_first_screen() -> None:
    first = "\n".join(README.splitlines()[:25])
    assert "make demo" in first
    assert "make test" in first


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"https?:|mailto:|#", target):
            assert (page.parent / target.split("#")[0]).exists(), f"{target} is not there"


def test_every_rule_and_command_has_its_page() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_every_page_is_in_the_list_of_pages() -> None:
    listed = set(re.findall(r"\]\(([^)#\s]+)\)", (ROOT / "docs" / "README.md").read_text("utf-8")))
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert len(pages) >= 20
    assert pages <= listed


def test_every_shipped_profile_is_told_of() -> None:
    from claims.profile import shipped_profiles

    told = (ROOT / "docs" / "profiles.md").read_text("utf-8")
    assert shipped_profiles()
    for name in shipped_profiles():
        assert f"| `{name}` |" in told


def test_the_map_of_the_code_names_what_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    heads = ("| stage | modules |", "And evidence through", "And through `api/`:", "## Adding a rule")
    starts = [text.index(head) for head in heads]
    for package, start, end in zip(("claims", "graph", "api"), starts, starts[1:], strict=False):
        modules = set(re.findall(r"`([a-z_]+(?:/[a-z_]+)*/?)`", text[start:end])) - {f"{package}/"}
        assert len(modules) >= 20
        for module in modules:
            path = ROOT / package / module
            assert path.is_dir() if module.endswith("/") else path.with_suffix(".py").is_file(), module
        for path in (ROOT / package).glob("[a-z]*.py"):
            assert path.stem in modules, f"{path.name} of {package}/ is not on the map"
