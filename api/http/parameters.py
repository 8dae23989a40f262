"""Parameters that a route does not have are refused: a misspelt one would do nothing, unseen."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import HTTPException, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from graph.errors import ClaimspineError


async def known_parameters(request: Request) -> None:
    """Hold a request to the parameters that its route declares; a name in its path is not empty.

    Raises:
        ClaimspineError: ``no-such-parameter``.
        HTTPException: 404.
    """
    if "" in request.path_params.values():  # an address with a slash at its end is that of no list
        raise HTTPException(404)
    route = request.scope.get("route")
    if not request.scope["query_string"] or not isinstance(route, APIRoute):
        return
    known = _of(route)
    for name in request.query_params:
        if name not in known:
            said = f"{request.url.path[:200]} has no parameter {name[:80]!r}"
            hint = "it has " + ", ".join(sorted(known)) if known else "it has none"
            raise ClaimspineError("no-such-parameter", said, hint=hint)


def _of(route: APIRoute) -> frozenset[str]:
    declared = (route.openapi_extra or {}).get("parameters", ())
    return frozenset({*_names(route.dependant), *(one["name"] for one in declared)})


def _names(dependant: Dependant) -> Iterator[str]:
    yield from (one.alias for one in dependant.query_params)
    for other in dependant.dependencies:
        yield from _names(other)
