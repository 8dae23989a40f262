"""Schemathesis: every route, random requests, no 5xx and nothing that the document does not say."""

from __future__ import annotations

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS  # noqa: F401 - loads the built-in checks

from api.http import create_app
from api.settings import Settings
from api.tokens import Tokens
from graph.store import open_store

STORE = open_store("memory")
APP = create_app(
    STORE,
    settings=Settings(requests_per_minute=0, audits_per_minute=0, query_workers=1, query_seconds=2),
    tokens=Tokens(None),
)
schema = schemathesis.openapi.from_asgi("/openapi.json", APP)


@schema.parametrize()
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_every_route(case) -> None:  # type: ignore[no-untyped-def]
    case.call_and_validate()
