"""What every test may use: the walking example, and the rule that a skip must be allowed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def walking() -> Path:
    """The folder of the walking-and-spine example."""
    return ROOT / "examples" / "walking-spine"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    """With CLAIMSPINE_REQUIRE_ALL=1 a skipped test has failed: something was not installed."""
    outcome = yield
    report = outcome.get_result()
    required = os.environ.get("CLAIMSPINE_REQUIRE_ALL") == "1"
    if required and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and nothing may be: {call.excinfo.value if call.excinfo else ''}"
