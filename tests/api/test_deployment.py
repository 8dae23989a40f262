"""What is said of running the service is so: settings, unit, compose file, image, backup and restore."""

from __future__ import annotations

import configparser
import shutil
import subprocess
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import httpx
import pytest
import yaml
from typer.testing import CliRunner

from api.cli import app as command
from api.cli.backups import _problem
from api.settings import Settings
from graph.errors import ClaimspineError
from graph.store import open_store

ROOT = Path(__file__).parents[2]


def test_every_setting_is_on_the_page() -> None:
    page = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `CLAIMSPINE_{name.upper()}` ")]
        assert field.description
        assert field.description in row
        assert field.default in (None, "") or repr(field.default) in row


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMSPINE_QUERY_SECONDS", "3.5")
    monkeypatch.setenv("CLAIMSPINE_HOSTS", "evidence.example.org")
    assert (Settings().query_seconds, Settings().hosts) == (3.5, "evidence.example.org")


def test_the_compose_file_keeps_what_it_says() -> None:
    services = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())["services"]
    for service in services.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
    assert "ports" not in services["triples"]
    assert all(port.startswith("127.0.0.1:") for port in services["claimspine"]["ports"])


def test_the_image_has_its_own_user_and_every_package() -> None:
    text = (ROOT / "deploy" / "Dockerfile").read_text()
    assert "\nUSER 10001" in text
    for package in ("claimspine", "ontology", "graph", "claims", "api"):
        assert f"\nCOPY {package} {package}\n" in text
    assert "\nCOPY --from=page /source/api/pages api/pages\n" in text


def test_what_the_image_is_built_from_is_sent_and_nothing_made_beside_it() -> None:
    lines = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text().splitlines()
    copied = {
        part
        for line in (ROOT / "deploy" / "Dockerfile").read_text().splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for part in line.split()[1:-1]
    }
    sent = {line.removeprefix("!") for line in lines if line.startswith("!")}
    assert {part.split("/")[0] for part in copied} == sent
    assert all((ROOT / part).exists() for part in sent)
    assert {"*", "api/pages", "web/node_modules"} <= set(lines)


def test_the_unit() -> None:
    path = ROOT / "deploy" / "claimspine.service"
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment]
    unit.read(path)
    assert unit["Service"]["DynamicUser"] == "yes"
    assert "--host 127.0.0.1" in unit["Service"]["ExecStart"]
    if shutil.which("systemd-analyze"):
        said = subprocess.run(
            ["systemd-analyze", "verify", str(path)], capture_output=True, text=True, check=False
        ).stderr
        assert "Unknown" not in said
        assert "Failed to parse" not in said
        offline = ["systemd-analyze", "security", "--offline=yes", "--threshold=20", str(path)]
        judged = subprocess.run(offline, capture_output=True, text=True, check=False)
        if "unrecognized option" not in judged.stderr:
            assert judged.returncode == 0, judged.stdout[-300:]  # exposure of at most 2.0


def test_backup_and_restore(tmp_path: Path, client, bearer, store, assert_problem) -> None:
    assert_problem(client.get("/api/backup", headers=bearer("curate")), 403, "not-allowed")
    answer = client.get("/api/backup", headers=bearer("admin"))
    assert answer.headers["content-type"].startswith("application/n-quads")
    file, where = tmp_path / "b.nq", tmp_path / "restored"
    file.write_bytes(answer.content)
    runner = CliRunner()
    done = runner.invoke(command, ["restore", str(file), "--store", str(where)])
    assert done.exit_code == 0, done.output
    with open_store(where) as held:
        assert held.graph_names() == store.graph_names()
        assert sorted(held.dump("nquads").splitlines())[:50]
        assert len(held.dump("nquads").splitlines()) == len(store.dump("nquads").splitlines())
    twice = runner.invoke(command, ["restore", str(file), "--store", str(where)])
    assert getattr(twice.exception, "code", None) == "store-not-empty"
    again = tmp_path / "again.nq"
    assert runner.invoke(command, ["backup", str(again), "--store", str(where)]).exit_code == 0
    assert len(again.read_bytes().splitlines()) == len(file.read_bytes().splitlines())
    bad = tmp_path / "bad.nq"
    bad.write_text("<urn:a> <")
    failed = runner.invoke(command, ["restore", str(bad), "--store", str(tmp_path / "x")])
    assert getattr(failed.exception, "code", None) == "rdf-syntax"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"detail": "no scope", "hint": "ask for one"}', ("no scope", "ask for one")),
        (b"<html>proxy</html>", ("<html>proxy</html>", None)),
        (b"[]", ("[]", None)),
    ],
)
def test_a_refused_backup_is_told_in_words(body: bytes, said: tuple[str, str | None]) -> None:
    assert _problem(body) == said


@pytest.mark.parametrize(
    ("token", "url", "code"),
    [
        ("", "{}", None),
        ("spine_a \n", "{}", None),
        ("spine_é", "{}", "backup-failed"),
        ("spine_a\nb", "{}", "backup-failed"),
        ("", "http://[no", "backup-failed"),
        ("", "no address", "backup-failed"),
    ],
)
def test_a_backup_by_address_fails_in_words(
    tmp_path: Path,
    listener: tuple[str, list[str]],
    monkeypatch: pytest.MonkeyPatch,
    token: str,
    url: str,
    code: str | None,
) -> None:
    """Without a token the header was `Bearer ` and the client refused it."""
    monkeypatch.setenv("CLAIMSPINE_TOKEN", token)
    done = CliRunner().invoke(command, ["backup", str(tmp_path / "b.nq"), "--url", url.format(listener[0])])
    assert getattr(done.exception, "code", None) == code, done.output
    assert (listener[1] == ["/api/backup"]) == (code is None)
    assert not list(tmp_path.glob(".*"))


def test_a_backup_without_a_token_says_where_it_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service's own advice is a header, which nobody can send by this command."""

    def refused(*asked: object, **more: object) -> AbstractContextManager[httpx.Response]:
        said = {"detail": "this needs a token with the scope admin", "hint": "send a header"}
        return nullcontext(httpx.Response(401, json=said))

    monkeypatch.setattr(httpx, "stream", refused)
    done = CliRunner().invoke(command, ["backup", str(tmp_path / "b.nq"), "--url", "http://127.0.0.1:9"])
    assert isinstance(done.exception, ClaimspineError)
    assert done.exception.code == "backup-refused"
    assert "CLAIMSPINE_TOKEN" in (done.exception.hint or "")
