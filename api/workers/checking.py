"""The audit worker: holds the evidence, and has each article checked in a child that can be ended at once.

It reads requests from standard input, a JSON object a line, and writes frames (``api.workers.process``). The
evidence comes whole once, and after a write what differs; a child shares it with its parent until it writes
to it. A child writes what came of the article into the file that the request names, and waits for the next
article of the same client; another client's is never given to it.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import selectors
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from api.workers import carrying, confinement
from api.workers.process import write_frame

PART = 1 << 16
ARTICLES = 50  # that a child checks before a new one takes its place
GROWN = 0.25  # of the memory that it may use, after which a child is not kept
GO_ON, LEAVING = b"+", b"-"


def main() -> None:
    """Serve until the other end closes."""
    from api import auditing  # all that an audit needs, before the first child

    confinement.die_with_parent(int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing but frames goes to the parent
    walled = confinement.leave_the_network()
    auditing.imported()
    write_frame(out, {"ready": True, "walled": walled})
    _Parent(out).serve()


@dataclass(slots=True, eq=False)
class _Child:
    """A process that checks one client's articles. ``number``: of the request that it works on."""

    pid: int
    asks: int
    says: int
    client: str
    number: int | None = None
    kept: bool = True


class _Parent:
    """Who holds the evidence and has children."""

    def __init__(self, out: BinaryIO) -> None:
        """No evidence, no child."""
        self._out = out
        self._held: Any = None
        self._children: list[_Child] = []  # who was given an article last comes last
        self._most = 1
        self._selector = selectors.DefaultSelector()

    def serve(self) -> None:
        """Until standard input ends."""
        self._selector.register(0, selectors.EVENT_READ, None)
        waiting = b""
        while True:
            for key, _ in self._selector.select():
                if key.data is not None:
                    self._listen(key.data)
                    continue
                part = os.read(0, PART)
                if not part:
                    os._exit(0)
                *lines, waiting = (waiting + part).split(b"\n")
                for line in lines:
                    self._do(json.loads(line))

    def _do(self, asked: dict[str, Any]) -> None:
        if asked["do"] in ("hold", "renew"):
            for child in self._children:
                self._dismiss(child)
            with Path(asked["path"]).open("rb") as source:
                if asked["do"] == "hold":
                    self._hold(carrying.read(source))
                else:
                    self._renew(pickle.load(source))
            self._ended(asked["number"], 0)
            return
        idle = self._idle(asked["client"])
        if idle is None or not self._give(idle, asked):
            self._give(self._fork(asked["client"]), asked)
        self._most = asked["kept"]

    def _give(self, child: _Child, asked: dict[str, Any]) -> bool:
        """Whether the child was there to take the article."""
        try:
            os.write(child.asks, json.dumps(asked).encode("ascii") + b"\n")
        except BrokenPipeError:  # something else has ended it
            self._dismiss(child)
            return False
        child.number = asked["number"]
        self._children.remove(child)
        self._children.append(child)
        return True

    def _hold(self, evidence: Any) -> None:
        from api import auditing

        self._held = auditing.held(evidence)
        auditing.warm(self._held)
        gc.collect()
        gc.freeze()

    def _renew(self, differs: Any) -> None:
        """After a write: what articles need is ready, unless it changed what things are called."""
        from api import auditing

        before, self._held = self._held, auditing.renewed(self._held, differs)
        if self._held.evidence.concepts is not before.evidence.concepts:
            auditing.warm(self._held)
        gc.collect()
        gc.freeze()

    def _listen(self, child: _Child) -> None:
        """What a child says: that an article is checked, or, by falling silent, that it has ended."""
        said = os.read(child.says, 1)
        number, child.number = child.number, None
        if not said:
            self._selector.unregister(child.says)
            self._children.remove(child)
            self._dismiss(child)
            os.close(child.says)
            _, status = os.waitpid(child.pid, 0)
            if number is not None:
                self._ended(number, os.waitstatus_to_exitcode(status))
            return
        if number is not None:
            self._ended(number, 0)
        if said == LEAVING or not child.kept or self._idle(child.client) is not child:
            self._dismiss(child)
        idle = [one for one in self._children if one.number is None and one.kept]
        for one in idle[: -self._most]:
            self._dismiss(one)

    def _idle(self, client: str) -> _Child | None:
        """The first that may take another article of this client."""
        for child in self._children:
            if child.client == client and child.number is None and child.kept:
                return child
        return None

    def _dismiss(self, child: _Child) -> None:
        """Give it no more articles; it ends when it is through."""
        child.kept = False
        if child.asks >= 0 and child.number is None:
            os.close(child.asks)
            child.asks = -1

    def _ended(self, number: int, status: int) -> None:
        write_frame(self._out, {"number": number, "ended": status})

    def _fork(self, client: str) -> _Child:
        """A child that waits for its first article."""
        its_ask, asks = os.pipe()
        says, its_say = os.pipe()
        parent = os.getpid()
        pid = os.fork()
        if pid:
            os.close(its_ask)
            os.close(its_say)
            child = _Child(pid, asks, says, client)
            self._children.append(child)
            self._selector.register(says, selectors.EVENT_READ, child)
            return child
        status = 1
        try:
            confinement.die_with_parent(parent)
            os.close(asks)
            os.close(says)
            self._forget()
            _check(its_ask, its_say, self._held)
            status = 0
        except MemoryError:
            status = 3
        finally:
            os._exit(status)

    def _forget(self) -> None:
        """In a child: keep nothing through which the parent, or another child, is spoken to."""
        self._selector.close()
        for other in self._children:
            os.close(other.says)
            if other.asks >= 0:
                os.close(other.asks)
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, self._out.fileno())
        os.close(nothing)


def _check(asks: int, says: int, held: Any) -> None:
    """Check articles as they come."""
    began = confinement.in_use()
    with os.fdopen(asks, "rb") as source:
        for count, line in enumerate(source, 1):
            asked = json.loads(line)
            megabytes = asked["megabytes"]
            confinement.bound_time(asked["seconds"])
            confinement.bound_memory(megabytes, beyond=began)
            _work(asked, held)
            confinement.bound_time(0)
            leaving = count >= ARTICLES or confinement.in_use() - began > GROWN * megabytes * 1_000_000
            os.write(says, LEAVING if leaving else GO_ON)
            if leaving:
                return


def _work(asked: dict[str, Any], held: Any) -> None:
    from api import auditing
    from graph.errors import ClaimspineError

    path = Path(asked["path"])
    try:
        found: Any = auditing.audited(pickle.loads(path.read_bytes()), held)
    except ClaimspineError as exc:
        found = exc
    except ExceptionGroup as group:
        if group.split(ClaimspineError)[1] is not None:
            raise
        found = group
    written = path.with_name(path.name + ".made")
    written.write_bytes(pickle.dumps(found, protocol=5))
    written.replace(asked["made"])
