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
    try:
        with tempfile.NamedTemporaryFile(
            dir=output.parent, prefix=f".{output.name}.", delete=False
        ) as neighbour:
            neighbour.write(data)
        Path(neighbour.name).chmod(0o644)
        Path(neighbour.name).replace(output)
    except OSError as exc:
        raise ClaimspineError(
            "cannot-write", f"cannot write the result: {exc.strerror}", path=output
        ) from exc
