"""Evidence carried to another process, piece by piece: written at once it would hold up every request.

Nothing else runs in a process while ``pickle`` writes an object, two seconds for 40,000 claims. All pieces
are written by one pickler, so that what they share is written, and read, once.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO, TypeVar

from graph.evidence import Evidence
from graph.garbage import uncollected
from graph.reading.differences import PARTS

PIECE = 500  # values, some 20 ms
Value = TypeVar("Value")


def write(evidence: Evidence, out: BinaryIO) -> None:
    """Write evidence as ``read`` reads it."""
    pickler = pickle.Pickler(out, protocol=5)
    pickler.dump(evidence.base)
    with uncollected():
        for name in PARTS:
            for some in _pieces(getattr(evidence, name).items()):
                pickler.dump((name, some))
        for lines in _pieces(evidence.lines):
            pickler.dump(("lines", lines))
    pickler.dump(None)


def read(source: BinaryIO) -> Evidence:
    """Read what ``write`` has written, in this very program."""
    unpickler = pickle.Unpickler(source)
    base = unpickler.load()
    found: dict[str, Any] = {name: {} for name in PARTS}
    lines: list[Any] = []
    while (piece := unpickler.load()) is not None:
        name, some = piece
        lines.extend(some) if name == "lines" else found[name].update(some)
    return Evidence(**found, lines=tuple(lines), base=base)


def _pieces(values: Iterable[Value]) -> Iterator[list[Value]]:
    left = iter(values)
    while some := list(islice(left, PIECE)):
        yield some
        time.sleep(0)  # whoever waits goes on
