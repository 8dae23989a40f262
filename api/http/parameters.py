"""Parameters that a route does not have, or has only once, are refused: they would do nothing, unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args, get_origin
from urllib.parse import unquote_to_bytes

from fastapi import HTTPException, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from graph.errors import ClaimspineError


async def known_parameters(request: Request) -> None:
    """Hold a request to the parameters that its route declares, as often; a name in its path is not empty.

    Raises:
        ClaimspineError: ``no-such-parameter``, ``parameter-twice``, ``bad-form``.
        HTTPException: 404.
    """
    if "" in request.path_params.values():  # an address with a slash at its end is that of no list
        raise HTTPException(404)
    route = request.scope.get("route")
    if not request.scope["query_string"] or not isinstance(route, APIRoute):
        return
    try:
        unquote_to_bytes(request.scope["query_string"]).decode("utf-8")
    except UnicodeDecodeError as exc:
        raise ClaimspineError("bad-form", "the parameters are not well-formed UTF-8") from exc
    known = _of(route)
    for name, times in Counter(name for name, _ in request.query_params.multi_items()).items():
        if name not in known:
            said = f"{request.url.path[:200]} has no parameter {name[:80]!r}"
            hint = "it has " + ", ".join(sorted(known)) if known else "it has none"
            raise ClaimspineError("no-such-parameter", said, hint=hint)
        if times > 1 and not known[name]:
            raise ClaimspineError("parameter-twice", f"{name} is given {times} times", hint="give it once")


def _of(route: APIRoute) -> dict[str, bool]:
    """The parameters of a route, and whether each may be repeated."""
    declared = (route.openapi_extra or {}).get("parameters", ())
    return {**dict.fromkeys((one["name"] for one in declared), False), **dict(_asked(route.dependant))}


def _asked(dependant: Dependant) -> Iterator[tuple[str, bool]]:
    yield from ((one.alias, _is_list(one.field_info.annotation)) for one in dependant.query_params)
    for other in dependant.dependencies:
        yield from _asked(other)


def _is_list(annotation: Any) -> bool:
    return any(get_origin(one) is list for one in (annotation, *get_args(annotation)))
