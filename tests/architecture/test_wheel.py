"""The wheel adds nothing but claimspine* to site-packages, and works with the sources gone."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_spills_no_generic_names(wheel: Path) -> None:
    tops = {name.split("/", 1)[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert all(top.startswith("claimspine") for top in tops), tops


def test_the_wheel_carries_its_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    ontology = ("ontology/context.jsonld", "ontology/shapes.ttl", "ontology/concepts.ttl")
    for kept in (*ontology, "claims/rules/n102_magnitude_word_differs.md", "claims/profiles/strict.yaml"):
        assert f"claimspine/{kept}" in names


def test_the_wheel_carries_the_page_where_it_is_built(wheel: Path) -> None:
    if not (ROOT / "api" / "pages" / "index.html").exists():
        pytest.skip("the page is not built: make web")
    names = zipfile.ZipFile(wheel).namelist()
    assert "claimspine/api/pages/index.html" in names
    assert "claimspine/api/pages/example/article.md" in names
    assert sum(name.startswith("claimspine/api/pages/assets/") for name in names) > 10


def test_the_command_works_from_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    """Only the wheel is installed there; its libraries are lent by path from this environment."""
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    site = Path(
        subprocess.run(
            [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
    )
    before = {entry.name for entry in site.iterdir()}
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel],
        check=True,
        capture_output=True,
        timeout=120,
    )
    added = {entry.name for entry in site.iterdir()} - before
    assert added
    assert all(name.startswith("claimspine") for name in added), added

    lent = tmp_path / "lent"
    lent.mkdir()
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if "claimspine" not in entry.name and entry.suffix != ".pth":
            (lent / entry.name).symlink_to(entry)
    article = tmp_path / "article.md"
    article.write_text("# Sleep\n\nGarlic cures every cold.\n", encoding="utf-8")
    run = subprocess.run(
        [home / "bin" / "claimspine", "audit", article, "--format", "json", "--fail-on", "never"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(lent), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    assert '"schema_version": "1"' in run.stdout
