"""Who may do what: the scope that a route asks for, and the token that a request brought."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from graph.errors import ClaimspineError

READ, AUDIT, CURATE, ADMIN = "read", "audit", "curate", "admin"
SCOPES = (READ, AUDIT, CURATE, ADMIN)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. ``name`` is the token's, or None without one; a scope holds those before it."""

    name: str | None
    scopes: frozenset[str]

    def may(self, scope: str) -> bool:
        """Whether one of the scopes is at least this one."""
        return scope in self.scopes or any(SCOPES.index(held) >= SCOPES.index(scope) for held in self.scopes)


def caller_of(request: Request) -> Caller:
    """Who asks, as admission found out."""
    found = getattr(request.state, "caller", None)
    return found if isinstance(found, Caller) else Caller(None, frozenset())


def client_of(request: Request) -> str:
    """Who takes turns with others and is held to a rate: the token's name, else the address."""
    return caller_of(request).name or (request.client.host if request.client else "-")


def require(request: Request, scope: str) -> Caller:
    """The caller, if it may.

    Raises:
        ClaimspineError: ``no-token`` (401) or ``not-allowed`` (403).
    """
    caller = caller_of(request)
    if caller.may(scope):
        return caller
    if caller.name is None:
        raise ClaimspineError(
            "no-token",
            f"this needs a token with the scope {scope}",
            hint="send `Authorization: Bearer <token>`; `claimspine token add` makes one",
        )
    raise ClaimspineError("not-allowed", f"the token {caller.name!r} does not have the scope {scope}")


class Needs:
    """A dependency of routes: the scope, and who asks."""

    def __init__(self, scope: str) -> None:
        """Ask for this scope."""
        self.scope = scope

    def __call__(self, request: Request) -> Caller:
        """The caller, if it may."""
        return require(request, self.scope)
