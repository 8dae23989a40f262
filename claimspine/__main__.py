"""The ``claimspine`` command; also ``python -m claimspine``."""

from __future__ import annotations

import claimspine  # noqa: F401  (makes the four packages importable)


def main() -> None:
    """Run the command line."""
    from api.cli import main as run

    run()


if __name__ == "__main__":
    main()
