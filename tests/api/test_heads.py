"""A head without an end: the connection is closed, and others are answered."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx


def test_an_endless_head_is_cut_off(walking: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "claimspine", "serve", "--evidence", str(walking / "evidence")]
    process = subprocess.Popen([*command, "--port", str(port)], stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        for opening in (b"GET / HTTP/1.1\r\nhost: x\r\nx-a: ", b"GET /"):
            sent = 0
            with socket.create_connection(("127.0.0.1", port), 10) as endless, contextlib.suppress(OSError):
                endless.sendall(opening)
                while sent < 50_000_000:
                    endless.sendall(b"a" * 100_000)
                    sent += 100_000
            assert sent < 50_000_000
        refused = {
            b"GET /sparql?query=%b HTTP/1.1\r\nhost: x\r\n\r\n" % (b"a" * 70_000): (414, "address-too-long"),
            b"no request at all\r\n\r\n": (400, "not-http"),
            b"GET /\xff HTTP/1.1\r\nhost: x\r\n\r\n": (400, "not-http"),
        }
        for request, (status, code) in refused.items():
            with socket.create_connection(("127.0.0.1", port), 10) as one:
                one.sendall(request)
                head, _, body = one.makefile("rb").read().partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 %d " % status)
            assert b"content-type: application/problem+json" in head
            assert json.loads(body)["type"].endswith("/" + code)
        long = {"x-a": "a" * 60_000}
        for _ in range(3):
            with httpx.Client() as client:
                assert client.get(f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D", headers=long).is_success
    finally:
        process.terminate()
        process.wait(20)
