"""Starting worker processes, and the folder they share with their parent."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

from api.workers.worker import Ended, Worker

STARTING = 30.0  # seconds
ROOT = str(Path(__file__).parents[2])  # where the packages are, installed or not
_START = (
    "import sys; sys.path[:] = sys.argv[3:]; "
    "from importlib import import_module; import_module(sys.argv[2]).main()"
)
_PREFIX = "claimspine-workers-"


class Starter:
    """Starts workers of one kind: the module whose ``main`` they run."""

    def __init__(self, module: str) -> None:
        """Make the folder; start nothing yet."""
        self._module = module
        self._numbers = count(1)
        # The kernel ends a worker when the *thread* that started it ends, so one thread starts them all.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="claimspine-starter")
        self.folder = _own_folder()
        self._errors = (self.folder / "errors").open("ab")

    def file(self, name: str) -> Path:
        """A path in the folder that nothing else has."""
        return self.folder / f"{name}-{next(self._numbers)}"

    def start(self) -> Worker:
        """A worker that is ready.

        Raises:
            Ended: it did not start; the log says why.
        """
        worker = Worker(self._thread.submit(self._started).result(), spool=self.file("spool"))
        try:
            header, _ = worker.receive(STARTING)
        except Ended:
            worker.kill()
            said = (self.folder / "errors").read_text(encoding="utf-8", errors="replace")[-2000:]
            logging.getLogger("claimspine.workers").error("a worker did not start: %s", said)
            raise
        worker.walled = bool(header.get("walled"))
        return worker

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [
                sys.executable,
                "-I",
                "-c",
                _START,
                str(os.getpid()),
                self._module,
                ROOT,
                *filter(None, sys.path),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            start_new_session=True,
            cwd=self.folder,
            env={
                "PATH": os.environ.get("PATH", ""),
                "TMPDIR": str(self.folder),
                "MALLOC_ARENA_MAX": "2",
                "RAYON_NUM_THREADS": "1",
            },
        )

    def close(self) -> None:
        """Take the folder away; the workers are their owner's to end."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._errors.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _own_folder() -> Path:
    """A new folder; those of services that were killed are taken away."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        pid = left.name.removeprefix(_PREFIX).partition("-")[0]
        if pid.isdecimal() and not _lives(int(pid)):
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
