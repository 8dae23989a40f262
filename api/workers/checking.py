"""The audit worker: holds the evidence, and checks each article in a child that can be ended at once.

It reads requests from standard input, a JSON object a line, and writes frames (``api.workers.process``). The
evidence is read once for each state of the store; a child shares it with its parent until it writes to it. A
child writes what came of the article into the file that the request names.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import selectors
import signal
import sys
from pathlib import Path
from typing import Any

from api.workers import confinement
from api.workers.process import write_frame

PART = 1 << 16


def main() -> None:
    """Serve until the other end closes."""
    from api import auditing  # all that an audit needs, before the first child

    confinement.die_with_parent(int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing but frames goes to the parent
    walled = confinement.leave_the_network()
    auditing.warm()
    write_frame(out, {"ready": True, "walled": walled})
    held: Any = None
    waiting = b""
    with selectors.DefaultSelector() as selector:
        selector.register(0, selectors.EVENT_READ, None)
        while True:
            for key, _ in selector.select():
                if key.data is not None:
                    selector.unregister(key.fd)
                    os.close(key.fd)
                    number, pid = key.data
                    _, status = os.waitpid(pid, 0)
                    write_frame(out, {"number": number, "ended": os.waitstatus_to_exitcode(status)})
                    continue
                part = os.read(0, PART)
                if not part:
                    os._exit(0)
                *lines, waiting = (waiting + part).split(b"\n")
                for line in lines:
                    asked = json.loads(line)
                    if asked["do"] == "evidence":
                        held = auditing.held(pickle.loads(Path(asked["path"]).read_bytes()))
                        gc.collect()
                        gc.freeze()
                        write_frame(out, {"number": asked["number"], "ended": 0})
                    else:
                        started = _child(asked, held)
                        selector.register(started[0], selectors.EVENT_READ, (asked["number"], started[1]))


def _child(asked: dict[str, Any], held: Any) -> tuple[int, int]:
    """Start a child; what ends with it, and its process id."""
    mine, its = os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        os.close(its)
        return mine, pid
    status = 1
    try:
        os.close(mine)
        confinement.die_with_parent(parent)
        confinement.bound_time(asked["seconds"])
        confinement.bound_memory(asked["megabytes"])
        _work(asked, held)
        status = 0
    except MemoryError:
        status = 3
    finally:
        os._exit(status)


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
