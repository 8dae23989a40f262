"""Where a command's result goes: a file, written whole or not at all, or standard output."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from graph.errors import ClaimspineError


def write(text: str | bytes, output: Path | None) -> None:
    """Write to the file (through a neighbour that is then renamed) or to standard output."""
    data = text.encode("utf-8") if isinstance(text, str) else text
    if data and not data.endswith(b"\n"):
        data += b"\n"
    if output is None:
        try:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        except BrokenPipeError:  # the reader of our pipe has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    put(data, output)


def put(data: bytes, path: Path) -> None:
    """Write these very bytes to a file, whole or not at all; what is no plain file is written to as it is.

    Raises:
        ClaimspineError: ``cannot-write``.
    """
    named, path = path, path.resolve()
    try:
        if path.exists() and not path.is_file():  # a device or a pipe is not to be replaced by a file
            path.write_bytes(data)
            return
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as neighbour:
            neighbour.write(data)
        Path(neighbour.name).chmod(mode)
        Path(neighbour.name).replace(path)
    except OSError as exc:
        raise ClaimspineError(
            "cannot-write",
            f"cannot write the result: {exc.strerror}",
            path=named,
            hint=None if path.parent.is_dir() else f"make the folder {named.parent} first",
        ) from exc
