"""One worker process as its parent sees it: frames go out and come back, by a thread or by the event loop."""

from __future__ import annotations

import asyncio
import json
import os
import select
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from api.workers.process import ANSWER
from graph.errors import ClaimspineError

LONG = 0.1  # seconds of the processor after which a query gives way to whoever answers people
AT_ONCE = 1 << 15  # bytes that an empty pipe takes without waiting for its reader
PART = 1 << 16  # bytes of one read: what a pipe holds; more would be mapped and cleared for each


class Ended(ClaimspineError):  # noqa: N818 - what happened, as one says it
    """The worker has ended, or did not answer in time: it is to be replaced."""

    def __init__(self, message: str) -> None:
        """Say which."""
        super().__init__("worker-ended", message, hint="ask again")


class Answer(NamedTuple):
    """An answer, whole: bytes, or a file."""

    body: bytes | None
    spool: Path | None
    size: int
    freshness: str
    changed: tuple[str, ...] = ()

    def discard(self) -> None:
        """Take the spool file away."""
        if self.spool is not None:
            self.spool.unlink(missing_ok=True)


@dataclass(slots=True, eq=False)
class Worker:
    """A process, and for whom it works."""

    process: subprocess.Popen[bytes]
    walled: bool = False
    spool: Path = field(default_factory=Path)
    client: str = ""
    tired: bool = False

    def watch(self, used: float | None = None) -> float | None:
        """Have a long query give way; ``used`` is what the last look gave. The kernel does not let a process
        come forward again, so time that it spent waiting for the processor does not count.
        """
        try:
            now = int(Path(f"/proc/{self.process.pid}/schedstat").read_text().split()[0]) / 1e9
        except (OSError, ValueError, IndexError):  # not Linux, or it has just ended
            return used
        if used is None:
            return now
        if now - used >= LONG and not self.tired:
            self.tired = True
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.process.pid, 10)
                # where sessions share the processor as groups (sched_autogroup), that counts within one only
                Path(f"/proc/{self.process.pid}/autogroup").write_text("10")
        return used

    def kill(self) -> None:
        """End it now."""
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def send(self, message: bytes) -> None:
        """Ask, as the worker reads it; waits while the pipe is full.

        Raises:
            Ended: it has ended.
        """
        assert self.process.stdin is not None
        with _alive():
            self.process.stdin.write(message)
            self.process.stdin.flush()

    def receive(self, seconds: float, *, watched: bool = False) -> tuple[dict[str, Any], bytes]:
        """The next frame; ``watched``: of a query, which gives way when it is long.

        Raises:
            Ended: it has ended, or did not answer in time.
        """
        assert self.process.stdout is not None
        until = time.monotonic() + seconds
        fd = self.process.stdout.fileno()
        frame = Frame()
        used = None
        while not frame.whole:
            left = until - time.monotonic()
            if left <= 0:
                raise Ended("a query worker did not answer")
            if select.select([fd], [], [], min(left, LONG))[0]:
                frame.take(os.read(fd, PART))
            elif watched:
                used = self.watch(used)
        return frame.read()

    async def converse(self, message: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        """Ask and wait for the answer on the event loop, without a thread.

        Raises:
            Ended: as ``send`` and ``receive``.
        """
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        loop = asyncio.get_running_loop()
        if len(message) > AT_ONCE:
            await loop.run_in_executor(None, self.send, message)
        else:
            with _alive():
                os.write(self.process.stdin.fileno(), message)
        fd = self.process.stdout.fileno()
        frame = Frame()
        done: asyncio.Future[None] = loop.create_future()

        def more() -> None:
            try:
                frame.take(os.read(fd, PART))
            except Ended as exc:
                if not done.done():
                    done.set_exception(exc)
            else:
                if frame.whole and not done.done():
                    done.set_result(None)

        until = loop.time() + seconds
        watching: asyncio.TimerHandle

        def watch(used: float | None = None) -> None:
            nonlocal watching
            if (left := until - loop.time()) > 0:
                watching = loop.call_later(min(LONG, left), watch, self.watch(used))
            elif not done.done():
                done.set_exception(Ended("a query worker did not answer"))

        loop.add_reader(fd, more)
        watching = loop.call_later(min(LONG, seconds), watch)
        try:
            await done
        finally:
            watching.cancel()
            loop.remove_reader(fd)
        return frame.read()


class Frame:
    """One frame as its bytes come in: two lengths, a JSON header, a body. Without a header, all went well."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._parts = b""
        self._size = 0

    def take(self, part: bytes) -> None:
        """Take bytes; none means the other end has closed.

        Raises:
            Ended: then.
        """
        if not part:
            raise Ended("a query worker ended")
        self._parts = self._parts + part if self._parts else part
        if not self._size and len(self._parts) >= ANSWER.size:
            self._size = ANSWER.size + sum(ANSWER.unpack_from(self._parts))

    @property
    def whole(self) -> bool:
        """Whether all of it is there."""
        return len(self._parts) >= self._size > 0

    def read(self) -> tuple[dict[str, Any], bytes]:
        """The header and the body."""
        head, _ = ANSWER.unpack_from(self._parts)
        start = ANSWER.size + head
        return json.loads(self._parts[ANSWER.size : start]) if head else {}, self._parts[start : self._size]


@contextmanager
def _alive() -> Iterator[None]:
    try:
        yield
    except OSError as exc:
        raise Ended("a query worker ended") from exc
