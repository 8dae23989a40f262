"""The OpenAPI document: what the routes declare, and ``openapi.yaml`` with summaries and examples."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from fastapi import FastAPI

Operation = dict[str, Any]


@cache
def told() -> dict[str, Any]:
    """The file, as it stands. Not to be changed by callers."""
    text = files("api.http").joinpath("openapi.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, Operation]]:
    """Each operation of a document, by ``METHOD /path``."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def install(app: FastAPI) -> None:
    """Have the application describe itself so."""
    declared = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = declared()
            _lift_definitions(document)
            for name, operation in operations(document):
                _tell(operation, told()["operations"].get(name, {}))
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _lift_definitions(document: dict[str, Any]) -> None:
    """What the schema of a body defines for itself goes where references of the document lead."""
    schemas = document["components"]["schemas"]
    for _, operation in operations(document):
        for said in operation.get("requestBody", {}).get("content", {}).values():
            schema = said.get("schema", {})
            schemas.update(schema.get("$defs", {}))
            said["schema"] = {key: value for key, value in schema.items() if key != "$defs"}


def _tell(operation: Operation, more: dict[str, Any]) -> None:
    operation["summary"] = more.get("summary", operation["summary"])
    examples = more.get("parameters", {})
    for parameter in operation.get("parameters", ()):
        name = parameter["name"]
        known = told()["parameters"].get(name, {})
        if not parameter.get("description") and "description" in known:
            parameter["description"] = known["description"]
        if name in examples:
            parameter["example"] = examples[name]
    _examples(operation.get("requestBody", {}).get("content", {}), more.get("request", {}))
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            _examples(response.get("content", {}), more.get("answer", {}))


def _examples(content: dict[str, Any], examples: dict[str, Any]) -> None:
    """What is text is a string, what is JSON an object or a list; with its example where there is one."""
    for kind, said in content.items():
        if not said.get("schema"):
            of_json = kind.partition(";")[0].endswith("json")
            said["schema"] = {"type": ["object", "array"]} if of_json else {"type": "string"}
        if kind in examples:
            said["example"] = examples[kind]
