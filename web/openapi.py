"""Write what the service offers as ``build/openapi.json``, with the audit report's published schema in it.

The page's typed client, ``web/src/api/schema.d.ts``, is generated from that file (``make web-types``).
Only the page's own routes are in it; of these, answers that are errors are left out: they are all problem
documents, and the client reads them in one place.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from api.http import create_app
from graph.store import open_store

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "audit-report.schema.json"
PARTS = "#/components/schemas/"


def described() -> dict[str, Any]:
    """The OpenAPI document; the report's definitions become components named Report…"""
    with open_store("memory") as store:
        document = create_app(store).openapi()
    parts = document["components"]["schemas"]
    document["paths"] = {
        path: route
        for path, route in document["paths"].items()
        if any("page" in operation["tags"] for operation in route.values())
    }
    for route in document["paths"].values():
        for operation in route.values():
            answers = operation["responses"]
            operation["responses"] = {status: answers[status] for status in answers if status < "400"}
            operation.pop("description", None)
    hoisted: dict[str, Any] = {}
    document["paths"] = _moved(document["paths"], "", hoisted)
    parts |= hoisted
    schema = json.loads(REPORT.read_text(encoding="utf-8"))
    definitions = schema.pop("$defs", {})
    for name, one in {"": schema, **definitions}.items():
        parts["Report" + name[:1].upper() + name[1:]] = _moved(one, "Report", {})
    document["components"] = {"schemas": _used(document["paths"], parts)}
    document["info"] = {"title": document["info"]["title"], "version": "1"}
    return dict(document)


def _used(paths: Any, parts: dict[str, Any]) -> dict[str, Any]:
    """The components that the routes and the report speak of."""
    waiting = [*(name for name in parts if name.startswith("Report")), *_named(paths)]
    used: dict[str, Any] = {}
    while waiting:
        name = waiting.pop()
        if name not in used and name in parts:
            used[name] = parts[name]
            waiting += _named(parts[name])
    return used


def _named(value: Any) -> list[str]:
    return re.findall(rf'"{PARTS}([^"]+)"', json.dumps(value))


def _moved(value: Any, prefix: str, hoisted: dict[str, Any]) -> Any:
    """With ``#/$defs/…`` pointing among the components, and definitions inside collected there."""
    if isinstance(value, list):
        return [_moved(one, prefix, hoisted) for one in value]
    if not isinstance(value, dict):
        return value
    for name, one in value.get("$defs", {}).items():
        hoisted[prefix + name] = _moved(one, prefix, hoisted)
    said = {
        key: _moved(one, prefix, hoisted)
        for key, one in value.items()
        if key not in ("$schema", "$id", "$defs")
    }
    if isinstance(said.get("$ref"), str) and said["$ref"].startswith("#/$defs/"):
        name = said["$ref"].removeprefix("#/$defs/")
        said["$ref"] = PARTS + prefix + (name[:1].upper() + name[1:] if prefix else name)
    return said


def main() -> int:
    """Write it to the path given, or to ``build/openapi.json``."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "openapi.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(described(), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
