"""The ``claimspine`` command; also ``python -m claimspine``."""

from __future__ import annotations

import gc

import claimspine  # noqa: F401  (makes the four packages importable)


def main() -> None:
    """Run the command line."""
    # What a command reads (vocabulary, evidence, models) stays until it ends. Looking through all of it for
    # cycles while it grows, and once more at the end, was a third of the time of a short command.
    gc.set_threshold(50_000, 20, 50)
    from api.cli import main as run

    try:
        run()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
