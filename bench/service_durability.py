"""Many rounds of kill -9 of the service during acknowledged writes.

    python bench/service_durability.py --rounds 200

The rounds are those of tests/api/test_durability.py: after each, every acknowledged source must be
there, whole, as it was last acknowledged (or as a write sent after that would have it).
"""

from __future__ import annotations

import argparse
import importlib.util
import tempfile
import time
from pathlib import Path

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
    plain = module.wait

    def timed(*given: object) -> float:
        starts.append(plain(*given))
        return starts[-1]

    module.wait = timed
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        module.test_acknowledged_writes_survive_kill_9(Path(folder))
    starts.sort()
    print("| rounds | lost or half written | restart, median | restart, longest | seconds |")
    print("|---|---|---|---|---|")
    middle = starts[len(starts) // 2]
    print(f"| {rounds} | 0 | {middle:.2f} s | {starts[-1]:.2f} s | {time.monotonic() - began:.0f} |")


if __name__ == "__main__":
    main()
