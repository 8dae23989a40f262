"""`claimspine serve` says where it listens, and what stands in its way."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path

import httpx

SERVE = [sys.executable, "-m", "claimspine", "serve"]


def test_a_port_that_is_taken_is_told(walking: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [*SERVE, "--evidence", str(walking / "evidence"), "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert "[cannot-listen]" in done.stderr
    assert port in done.stderr
    assert "serving" not in done.stderr
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
