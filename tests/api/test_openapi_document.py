"""The OpenAPI document says of every route what it is for, and its examples are true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from api.http.openapi import operations, told

NEEDS_WHAT_WAS_MADE = ("audits/{identifier}", "decisions/{identifier}")


@pytest.fixture
def document(client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def test_every_route_is_told(document: dict[str, Any]) -> None:
    found = dict(operations(document))
    assert set(told()["operations"]) - set(found) == set()
    assert len(found) > 45
    for name, operation in found.items():
        assert name in told()["operations"], f"{name}: write its summary in api/http/openapi.yaml"
        assert operation["description"], name
        for parameter in operation.get("parameters", ()):
            assert parameter.get("description"), f"{name}: {parameter['name']}"
        problems = {status for status in operation["responses"] if status[0] in "45"}
        assert problems or name in ("GET /health", "GET /metrics"), name
        for status in problems:
            assert set(operation["responses"][status]["content"]) == {"application/problem+json"}
    names = [operation["operationId"] for operation in found.values()]
    assert len(set(names)) == len(names)


def test_whatever_is_sent_or_comes_back_has_a_schema_and_an_example(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        body = operation.get("requestBody", {}).get("content", {})
        given = [said for said in body.values() if _example(document, said) is not None]
        assert given or not body, f"{name}: no example of what is sent"
        for status, response in operation["responses"].items():
            for kind, said in response.get("content", {}).items():
                assert said["schema"], f"{name}: {status} {kind}"


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    def references(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            if isinstance(node.get("$ref"), str):
                yield node["$ref"]
            node = list(node.values())
        for one in node if isinstance(node, list) else ():
            yield from references(one)

    found = set(references(document))
    assert "#/components/schemas/References" in found
    for reference in found:
        node: Any = document
        for step in reference.removeprefix("#/").split("/"):
            assert step in node, reference
            node = node[step]


def _example(document: dict[str, Any], said: dict[str, Any]) -> Any:
    if "example" in said:
        return said["example"]
    schema = said["schema"]
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return (schema.get("examples") or [None])[0]


def test_what_is_sent_as_in_the_examples_is_taken(client, bearer, document: dict[str, Any]) -> None:
    admin = bearer("admin")
    tried = 0
    for name, operation in operations(document):
        method, _, path = name.partition(" ")
        if method not in ("POST", "PUT") or name in ("POST /api/decisions", "POST /api/example"):
            continue  # a decision needs an audit, the example a built page
        examples = told()["operations"][name].get("parameters", {})
        path = _filled(path, examples)
        for kind, said in operation["requestBody"]["content"].items():
            example = _example(document, said)
            if example is None:
                continue
            how = {"headers": {**admin, "content-type": kind}, "params": _asked(operation, examples)}
            if kind.endswith("urlencoded"):
                answer = client.post(path, data=example, **how)
            elif kind.endswith("json"):
                answer = client.request(method, path, json=example, **how)
            else:
                answer = client.request(method, path, content=example, **how)
            assert answer.status_code < 300, f"{name} {kind}: {answer.text}"
            tried += 1
    assert tried > 12


def test_what_comes_back_is_as_in_the_examples(client, document: dict[str, Any]) -> None:
    tried = 0
    for name, operation in operations(document):
        method, _, path = name.partition(" ")
        if method != "GET" or any(made in path for made in NEEDS_WHAT_WAS_MADE) or "backup" in path:
            continue
        examples = told()["operations"][name].get("parameters", {})
        for kind, example in (told()["operations"][name].get("answer") or {"*/*": None}).items():
            answer = client.get(
                _filled(path, examples), params=_asked(operation, examples), headers={"accept": kind}
            )
            assert answer.status_code == 200, f"{name} {kind}: {answer.text[:300]}"
            if kind.endswith("json"):
                _alike(example, answer.json(), name)
            tried += 1
    assert tried > 35


def _filled(path: str, examples: dict[str, Any]) -> str:
    for key, value in examples.items():
        path = path.replace(f"{{{key}}}", quote(str(value)))
    return path


def _asked(operation: dict[str, Any], examples: dict[str, Any]) -> dict[str, Any]:
    asked = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
    return {key: value for key, value in examples.items() if key in asked}


def _alike(example: Any, real: Any, where: str) -> None:
    """Each key of the example is there, with a value of the same kind."""
    if isinstance(example, dict):
        assert isinstance(real, dict), where
        for key, value in example.items():
            assert key in real, f"{where}: {key} is not in the answer"
            if key != "@context":
                _alike(value, real[key], f"{where}/{key}")
    elif isinstance(example, list):
        assert isinstance(real, list), where
        if example and real:
            every = {key: value for one in real if isinstance(one, dict) for key, value in one.items()}
            _alike(example[0], every or real[0], f"{where}/0")
    elif example is not None and real is not None:
        assert isinstance(real, (type(example), int, float)), where
