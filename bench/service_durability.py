"""Many rounds of kill -9 of the service during acknowledged writes.

    python bench/service_durability.py --rounds 200

The rounds are those of tests/api/test_durability.py: after each, every acknowledged source must be
there, whole, as it was last acknowledged (or as a write sent after that would have it). On a busy machine the
processor's time says more of a restart than the clock: it is that of the process and those it has started.
"""

from __future__ import annotations

import argparse
import importlib.util
import tempfile
import time
from pathlib import Path
from typing import Any

from service import middle, worked

TEST = Path(__file__).parents[1] / "tests" / "api" / "test_durability.py"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=200)
    rounds = arguments.parse_args().rounds
    spec = importlib.util.spec_from_file_location("durability", TEST)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ROUNDS = rounds
    starts: list[float] = []
    spent: list[float] = []
    plain = module.wait

    def timed(*given: Any) -> float:
        starts.append(plain(*given))
        spent.append(worked(given[1].pid) / 1000)
        return starts[-1]

    module.wait = timed
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        module.test_acknowledged_writes_survive_kill_9(Path(folder))
    print("| rounds | lost or half written | restart, median | longest | processor, median | seconds |")
    print("|---|---|---|---|---|---|")
    clock = f"{middle(starts):.2f} s | {max(starts):.2f} s"
    print(f"| {rounds} | 0 | {clock} | {middle(spent):.2f} s | {time.monotonic() - began:.0f} |")


if __name__ == "__main__":
    main()
