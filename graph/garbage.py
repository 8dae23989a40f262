"""Python's search for garbage put off while many values are made at once.

It looks through all there is each time so many more values were made: while a large source is loaded, or a
whole store is read, a twentieth to a third of the time, for garbage that there is not.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LOCK = threading.Lock()
_inside: list[bool] = []  # who is inside, in any thread; the first says whether it was on


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for garbage inside; after the last thread that is inside it goes on, if it was on.

    >>> with uncollected():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    with _LOCK:
        _inside.append(gc.isenabled() if not _inside else _inside[0])
        gc.disable()
    try:
        yield
    finally:
        with _LOCK:
            if _inside.pop() and not _inside:
                gc.enable()
