"""A JSON object a line for each request, without query strings, bodies or article text.

The lines of a tenth of a second are written together: to write each by itself takes longer than to give a
kept answer. Who ends the service with SIGKILL loses those; what was written to the store has its own journal.
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

from api.service import now

TOGETHER = 0.1  # seconds
MOST = 200  # lines


class RequestLog:
    """The log ``claimspine.http``. Used on the event loop."""

    def __init__(self) -> None:
        """Nothing is noted yet."""
        self._log = logging.getLogger("claimspine.http")
        self._lines: list[str] = []
        self._loop: asyncio.AbstractEventLoop | None = None  # that will write them

    def note(self, seconds: float, **said: Any) -> None:
        """Note a request that took so long; after a long one the lines are written at once."""
        if not self._log.isEnabledFor(logging.INFO):
            return
        whole = {
            **said,
            "ms": round(seconds * 1000, 1),
            "event": "request",
            "level": "info",
            "timestamp": now(),
        }
        self._lines.append(json.dumps(whole))
        if seconds >= TOGETHER or len(self._lines) >= MOST:
            self.write()
            return
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop = loop
            loop.call_later(TOGETHER, self.write)

    def write(self) -> None:
        """Write what was noted."""
        lines, self._lines, self._loop = self._lines, [], None
        if lines:
            self._log.info("\n".join(lines))
