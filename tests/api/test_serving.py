"""`claimspine serve` says where it listens, and what stands in its way."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

CLAIMSPINE = [sys.executable, "-m", "claimspine"]
SERVE = [*CLAIMSPINE, "serve"]
SERVERS = [["serve"], ["mcp", "--transport", "http"]]


@pytest.mark.parametrize("server", SERVERS)
def test_a_port_that_is_taken_is_told(walking: Path, server: list[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [*CLAIMSPINE, *server, "--evidence", str(walking / "evidence"), "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert "[cannot-listen]" in done.stderr
    assert port in done.stderr
    assert "http://" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_free_port_is_named_and_a_new_store_is_told(tmp_path: Path) -> None:
    command = [*SERVE, "--store", str(tmp_path / "misspelt"), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            assert "misspelt is new and empty" in process.stderr.readline()
            told = re.search(r"serving on (http://127\.0\.0\.1:[1-9][0-9]*)$", process.stderr.readline())
            assert told
            assert httpx.get(told[1] + "/health", timeout=60).json()["status"] == "ok"
        finally:
            process.terminate()


def test_a_free_port_of_the_mcp_server_is_named(tmp_path: Path) -> None:
    command = [*CLAIMSPINE, "mcp", "--transport", "http", "--port", "0", "--store", str(tmp_path / "store")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            told = re.search(r"MCP on (http://127\.0\.0\.1:[1-9][0-9]*/mcp)$", process.stderr.readline())
            assert told
            assert httpx.get(told[1], timeout=60).status_code == 400  # there is no session yet
        finally:
            process.terminate()
