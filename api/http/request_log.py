"""What became of each request: counted, and a JSON object a line, without query strings, bodies or articles.

Those of a tenth of a second are counted and written together: to do it for each by itself takes longer than
to give a kept answer. Who ends the service with SIGKILL loses those; what was written to the store has its
own journal.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from functools import lru_cache
from typing import NamedTuple

from api.http.metrics import Metrics
from api.service import written_time

TOGETHER = 0.1  # seconds
MOST = 200  # requests


class Answered(NamedTuple):
    """A request that was answered. ``took`` is in seconds, ``size`` in bytes of the body."""

    id: str
    method: str
    route: str
    token: str | None
    status: int
    size: int
    took: float


class RequestLog:
    """The log ``claimspine.http``, and the counters. Used on the event loop."""

    def __init__(self, metrics: Metrics) -> None:
        """Nothing is noted yet."""
        self._metrics = metrics
        self._log = logging.getLogger("claimspine.http")
        self._noted: list[tuple[float, Answered]] = []
        self._loop: asyncio.AbstractEventLoop | None = None  # that will write them

    def note(self, request: Answered) -> None:
        """Note a request; after a long one they are written at once."""
        self._noted.append((time.time(), request))
        if request.took >= TOGETHER or len(self._noted) >= MOST:
            self.write()
            return
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop = loop
            loop.call_later(TOGETHER, self.write)

    def write(self) -> None:
        """Count and write what was noted. From any thread."""
        noted, self._noted, self._loop = self._noted, [], None
        for _, one in noted:
            self._metrics.request(one.method, one.route, one.status, one.took)
        if noted and self._log.isEnabledFor(logging.INFO):
            self._log.info("\n".join(_line(at, one) for at, one in noted))


def _line(at: float, one: Answered) -> str:
    told = f'{{"id": "{one.id}", {_told(one.method, one.route or "-", one.status, one.token)}'
    return f'{told}, "bytes": {one.size}, "ms": {one.took * 1000:.1f}, "timestamp": "{written_time(at)}"}}'


@lru_cache(maxsize=500)
def _told(method: str, route: str, status: int, token: str | None) -> str:
    """What most lines share: to write it for each takes longer than all else in it."""
    kind = {"event": "request", "level": "info"}
    shared = {"method": method, "route": route, "status": status, "token": token, **kind}
    return json.dumps(shared)[1:-1]
