"""A query worker: reads requests from standard input, writes answers to standard output, until either ends.

A request is two lengths, a JSON object, and the text of a query or an update. The snapshot and the limits of
all queries over it come with ``open``.

A frame is two lengths, a JSON header, and bytes. An answer up to ``INLINE`` travels in the frame, without a
header; a longer one goes into the spool file that the request names.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

INLINE = 1 << 18
REQUEST = struct.Struct(">II")
ANSWER = struct.Struct(">IQ")


def request(asked: bytes, text: str = "") -> bytes:
    """What a worker is sent: a JSON object, and a text as it is: escaped it would be read twice."""
    sent = text.encode("utf-8", "surrogatepass")
    return REQUEST.pack(len(asked), len(sent)) + asked + sent


def write_frame(out: BinaryIO, header: dict[str, Any], body: bytes = b"") -> None:
    """Send one frame."""
    head = json.dumps(header).encode("utf-8") if header else b""
    out.write(ANSWER.pack(len(head), len(body)) + head + body)
    out.flush()


class Spool:
    """Where an answer is written: memory at first, a file when it grows, an error when it is too large."""

    def __init__(self, path: str, limit: int) -> None:
        """Nothing is opened until it is needed."""
        self._path, self._limit = Path(path), limit
        self._held = bytearray()
        self._file: BinaryIO | None = None
        self.size = 0

    def write(self, data: bytes) -> int:
        """Take bytes."""
        self.size += len(data)
        if self.size > self._limit:
            raise _too_many_bytes()
        if self._file is None and self.size > INLINE:
            self._file = self._path.open("w+b")
            self._file.write(self._held)
            self._held.clear()
        if self._file is not None:
            self._file.write(data)
        else:
            self._held += data
        return len(data)

    def flush(self) -> None:
        """Nothing to do."""

    def content(self) -> bytes:
        """All that was written."""
        if self._file is None:
            return bytes(self._held)
        self._file.seek(0)
        return self._file.read()

    def close(self) -> bytes | None:
        """The bytes, or None when they are in the file."""
        if self._file is None:
            return bytes(self._held)
        self._file.close()
        return None


def main() -> None:
    """Serve until the other end closes."""
    from api.workers import confinement
    from graph.answering import answering

    confinement.die_with_parent(int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    source, out = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing but frames goes to the parent
    walled = confinement.leave_the_network()
    write_frame(out, {"ready": True, "walled": walled})
    engine: Any = None
    limits: dict[str, Any] = {}
    while lengths := source.read(REQUEST.size):
        head, size = REQUEST.unpack(lengths)
        asked, text = _object(source.read(head)), source.read(size).decode("utf-8", "surrogatepass")
        if asked["do"] == "open":
            engine = None
            confinement.bound_memory(None)
            engine = answering.open_snapshot(asked["kind"], asked["path"], writable=asked["writable"])
            confinement.bound_memory(asked["megabytes"])
            limits = asked
            write_frame(out, {"ok": True})
            continue
        confinement.bound_time(limits["seconds"])
        header, body = _do(asked, text, engine, limits)
        confinement.bound_time(0)
        write_frame(out, header, body)


@lru_cache(maxsize=50)
def _object(written: bytes) -> Any:
    """What is asked: of a query its format and its graphs, the same ones again and again."""
    return json.loads(written)


def _too_many_bytes() -> Exception:
    from graph.answering import TooManyBytes

    return TooManyBytes()


def _do(
    asked: dict[str, Any], text: str, engine: Any, limits: dict[str, Any]
) -> tuple[dict[str, Any], bytes]:
    from graph.answering import answering
    from graph.errors import ClaimspineError

    spool = Spool(limits["spool"], limits["bytes"])
    header: dict[str, Any] = {}
    try:
        if asked["do"] == "update":
            header["changed"] = answering.changed_by(engine, text, spool, base=limits["base"])
        else:
            question = answering.Question(
                text,
                asked["format"],
                default_graphs=asked["default_graphs"],
                named_graphs=asked["named_graphs"],
            )
            answering.answer(engine, question, spool, max_rows=limits["rows"], base=limits["base"])
    except ClaimspineError as exc:
        return {
            "code": exc.code,
            "message": exc.message,
            "hint": exc.hint,
            "line": exc.line,
            "column": exc.column,
        }, b""
    except answering.TooManyBytes:
        limit = limits["bytes"] // 1_000_000
        message = f"the answer is larger than {limit} MB"
        return {
            "code": "answer-too-large",
            "message": message,
            "hint": "add a LIMIT, or narrow the query",
        }, b""
    except MemoryError:
        return {
            "code": "query-too-much-memory",
            "message": "the query needs more memory than it may use",
        }, b""
    body = spool.close()
    if body is None:
        return {**header, "spooled": spool.size}, b""
    return header, body
