"""Articles of strangers, checked in processes that can be ended: the side that asks.

A hostile article may keep its own process busy, or fill its memory; the service goes on.
"""

from __future__ import annotations

import io
import json
import pickle
import threading
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import is_dataclass
from enum import Enum, EnumType
from itertools import count
from pathlib import Path
from typing import Any

from api.auditing import Asked, Audited
from api.service import Service, State
from api.workers import carrying
from api.workers.starting import Starter
from api.workers.worker import Ended, Worker
from graph.errors import ClaimspineError
from graph.evidence import Evidence
from graph.reading.differences import difference

GRACE = 1.0
MOST_DIFFERING = 5_000  # values; of more, all is sent
TURN = 20.0  # how long an article waits for those before it, in seconds
FOR_EVER = 10.0**9
ALARM, KILLED = -14, -9  # how a child ends that a signal ended


class Auditor:
    """One audit worker, started when the first article comes, and again when it has ended. Thread-safe."""

    def __init__(self, service: Service) -> None:
        """Start nothing yet."""
        self.service = service
        self.settings = service.settings
        self._starter = Starter("api.workers.checking")
        self._turns = threading.BoundedSemaphore(self.settings.audits_at_once)
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self._said = _Said()
        self._held: Evidence | None = None  # as the worker has it
        self._numbers = count(1)
        self._closed = False

    def audit(self, asked: Asked, state: State, client: str = "") -> Audited:
        """Check an article over a state of the evidence, bounded in time and memory.

        A process that has read an article of one client reads none of another's.

        Raises:
            ClaimspineError: what is wrong with the article; ``audit-too-long-running``,
                ``audit-too-much-memory``, ``too-busy``.
            ExceptionGroup: several of them.
        """
        if not self._turns.acquire(timeout=TURN):
            raise ClaimspineError("too-busy", "too many audits are running", hint="ask again in a moment")
        try:
            return self._audit(asked, state, client)
        finally:
            self._turns.release()

    def _audit(self, asked: Asked, state: State, client: str) -> Audited:
        path, made = self._starter.file("article"), self._starter.file("audit")
        path.write_bytes(pickle.dumps(asked, protocol=5))
        seconds = self.settings.audit_seconds
        limits = {
            "seconds": seconds,
            "megabytes": self.settings.audit_mb,
            "kept": self.settings.audits_at_once,
        }
        try:
            with self._lock:
                self._hold(state)
                files = {"path": str(path), "made": str(made)}
                done = self._send({"do": "audit", "client": client, **files, **limits})
            ended = self._ended(done, seconds + GRACE)
            if ended == 0:
                return _found(made.read_bytes())
            raise _too_long(seconds) if ended == ALARM else _too_much()
        finally:
            for file in (path, made, path.with_name(path.name + ".made")):
                file.unlink(missing_ok=True)

    def prepare(self, state: State) -> None:
        """Have a process that has read the evidence, before the first article comes.

        Raises:
            ClaimspineError: as ``audit``.
        """
        with self._lock:
            self._hold(state)

    def close(self) -> None:
        """End the worker and take its files away."""
        with self._lock:
            self._closed = True
            if self._worker is not None:
                self._worker.kill()
                self._worker = None
        self._starter.close()

    def _hold(self, state: State) -> None:
        """Have a worker that holds this state."""
        if self._closed:
            raise ClaimspineError("service-stopping", "the service is stopping")
        if self._worker is not None and self._worker.process.poll() is not None:
            self._worker = None
        if self._worker is None:
            self._worker = self._starter.start()
            self._held = None
            self._said = _Said()
            threading.Thread(target=self._said.listen, args=(self._worker,), daemon=True).start()
        if self._held is not state.evidence:
            path = self._starter.file("evidence")
            do = _written(path, self._held, state.evidence)
            done, self._held = self._send({"do": do, "path": str(path)}), None
            try:
                if self._ended(done, FOR_EVER) != 0:
                    raise Ended("the audit worker could not read the evidence")
            finally:
                path.unlink(missing_ok=True)
            self._held = state.evidence

    def _send(self, asked: dict[str, Any]) -> Future[int]:
        assert self._worker is not None
        number = next(self._numbers)
        done = self._said.expect(number)
        self._worker.send(json.dumps({**asked, "number": number}).encode("ascii") + b"\n")
        return done

    def _ended(self, done: Future[int], seconds: float) -> int:
        try:
            return done.result(min(seconds, threading.TIMEOUT_MAX))
        except TimeoutError:
            return ALARM


def _written(path: Path, held: Evidence | None, evidence: Evidence) -> str:
    """Write what makes this evidence of what the worker holds, and say what it is to do with it."""
    if held is not None and held.base == evidence.base:
        differs = difference(held, evidence)
        if len(differs) <= MOST_DIFFERING:
            path.write_bytes(pickle.dumps(differs, protocol=5))
            return "renew"
    with path.open("wb") as out:
        carrying.write(evidence, out)
    return "hold"


class _Said:
    """What a worker has said and will say: how each child ended, by the number of what was asked."""

    def __init__(self) -> None:
        """Nothing is expected yet."""
        self._lock = threading.Lock()
        self._expected: dict[int, Future[int]] | None = {}

    def expect(self, number: int) -> Future[int]:
        """How the child of this number will have ended."""
        done: Future[int] = Future()
        with self._lock:
            if self._expected is None:
                done.set_result(KILLED)
            else:
                self._expected[number] = done
        return done

    def listen(self, worker: Worker) -> None:
        """Hand on what the worker says, until it ends."""
        with suppress(Ended, OSError, ValueError):
            while True:
                header, _ = worker.receive(FOR_EVER)
                with self._lock:
                    done = (self._expected or {}).pop(header["number"], None)
                if done is not None:
                    done.set_result(header["ended"])
        with self._lock:
            left, self._expected = self._expected or {}, None
        for done in left.values():
            done.set_result(KILLED)


class _Careful(pickle.Unpickler):
    """Values and errors of our own packages, and nothing else: the child has read a stranger's article."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if module.split(".")[0] in OURS else None
        if (module, name) == ("builtins", "getattr"):  # by which Python 3.11.2 writes a member of an enum
            return _member
        if (module, name) in KNOWN:
            return super().find_class(module, name)
        if isinstance(found, type) and (is_dataclass(found) or issubclass(found, (Enum, ClaimspineError))):
            return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _member(kind: object, name: str) -> Enum:
    if isinstance(kind, EnumType) and name in kind.__members__:
        return kind[name]
    raise pickle.UnpicklingError(f"{kind!r} has no member {name!r}")


OURS = ("api", "claims", "graph")
KNOWN = {
    ("graph.errors", "_rebuild"),
    ("builtins", "ExceptionGroup"),
    ("builtins", "frozenset"),
    ("builtins", "set"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("decimal", "Decimal"),
    ("fractions", "Fraction"),
}


def _found(data: bytes) -> Audited:
    found = _Careful(io.BytesIO(data)).load()
    if isinstance(found, Exception):
        raise found
    assert isinstance(found, Audited)
    return found


def _too_long(seconds: float) -> ClaimspineError:
    return ClaimspineError(
        "audit-too-long-running",
        f"checking the article took longer than {seconds:g} seconds",
        hint="check it in parts",
    )


def _too_much() -> ClaimspineError:
    return ClaimspineError(
        "audit-too-much-memory",
        "checking the article needs more memory than it may use",
        hint="check it in parts",
    )
