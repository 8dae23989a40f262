"""Schemathesis: every route, random requests, no 5xx and nothing that the document does not say."""

from __future__ import annotations

import tempfile
from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from api.http import create_app
from api.settings import Settings
from api.tokens import Tokens
from graph.store import open_store

STORE = open_store("memory")
FOLDER = tempfile.TemporaryDirectory()
TOKENS = Tokens(Path(FOLDER.name, "tokens.json"))
_, TOKEN = TOKENS.add("Ana", ["admin"], "2026-01-01T00:00:00Z")
APP = create_app(
    STORE,
    settings=Settings(requests_per_minute=0, audits_per_minute=0, query_workers=1, query_seconds=2),
    tokens=TOKENS,
)
TEXTS = (
    "application/sparql-query",
    "application/sparql-update",
    "application/n-triples",
    "application/n-quads",
    "application/trig",
    "application/x-bibtex",
    "application/x-research-info-systems",
    "application/nbib",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)


@schemathesis.serializer(*TEXTS)
def as_text(context: object, value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


schema = schemathesis.openapi.from_asgi("/openapi.json", APP)


@schema.parametrize()
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_every_route(case) -> None:  # type: ignore[no-untyped-def]
    # no schema can say which strings are SPARQL, RDF, YAML, bibliographies or articles, which profiles and
    # rules there are, nor whether base64 is a Word file
    another_language = (
        case.path in ("/sparql", "/update", "/graphs")
        or case.path.startswith("/api/sources")
        or (case.path == "/api/audits" and case.media_type != "application/json")
    )
    checks = [positive_data_acceptance, negative_data_rejection] if another_language else []
    if case.path == "/api/audits" and not another_language:
        checks = [positive_data_acceptance]
    case.call_and_validate(headers={"Authorization": f"Bearer {TOKEN}"}, excluded_checks=checks)
