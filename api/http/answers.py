"""What every JSON answer shares: its entity tag, conditional requests, pages and cursors."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from fastapi import Request, Response

from api.service import Service
from graph.errors import ClaimspineError
from graph.jsonld import context_of

LINKED = "application/ld+json"

#: Keys of an answer that are no statements: a JSON-LD processor leaves them out.
UNSAID = {"page": None, "score": None, "claims": None, "kind": None, "name": None}


def service_of(request: Request) -> Service:
    """The service behind a request."""
    return cast(Service, request.app.state.service)


def linked(request: Request, said: Mapping[str, Any]) -> dict[str, Any]:
    """The document with what it uses of the ontology's context, and the keys that say nothing."""
    return {"@context": [context_of(said, service_of(request).store.base), UNSAID], **said}


def tag(body: bytes) -> str:
    """A strong entity tag of these bytes."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def tagged(
    request: Request,
    body: bytes | str | Mapping[str, Any] | Sequence[Any],
    media_type: str = LINKED,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    etag: str | None = None,
) -> Response:
    """The answer with its tag, or 304 when the client has it already (RFC 9110, 13.1.2)."""
    if isinstance(body, str):
        body = body.encode("utf-8")
    elif not isinstance(body, bytes):
        body = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    etag = etag or tag(body)
    more = {"ETag": etag, "Cache-Control": "no-cache", **(headers or {})}
    if request.method == "GET" and _named(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=more)
    return Response(body, status, media_type=media_type, headers=more)


def check_match(request: Request, current: str | None) -> None:
    """Hold a write to its If-Match and If-None-Match; ``current`` is None where nothing is there yet.

    Each format of a version has its own tag, the version's with the format behind a dash; a client may send
    any of them.

    Raises:
        ClaimspineError: ``precondition-failed``.
    """
    wanted, unwanted = request.headers.get("if-match"), request.headers.get("if-none-match")
    changed = wanted is not None and (current is None or not _named(wanted, current, any_format=True))
    exists = unwanted is not None and current is not None and _named(unwanted, current, any_format=True)
    if changed or exists:
        said = "it is there already"
        if changed:
            said = (
                "it has changed since you read it"
                if current
                else "there is nothing of this name, or no longer"
            )
        raise ClaimspineError(
            "precondition-failed",
            said,
            hint=f"its tag is now {current}" if current else "to make it anew, leave If-Match out",
        )


def in_format(etag: str, format: str) -> str:
    """The tag of one format of a version.

    >>> in_format('"2c62"', "turtle")
    '"2c62-turtle"'
    """
    return etag.removesuffix('"') + f'-{format}"'


def _named(header: str | None, etag: str, *, any_format: bool = False) -> bool:
    if header is None:
        return False
    tags = [part.strip().removeprefix("W/") for part in header.split(",")]
    if any_format:
        tags = [tag.partition("-")[0].strip('"').join('""') if tag != "*" else tag for tag in tags]
    return "*" in tags or etag in tags


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of a sorted list, and where the next begins."""

    items: tuple[Any, ...]
    total: int
    next: str | None


def page(items: Sequence[Any], key: Callable[[Any], str], cursor: str | None, limit: int, *, of: str) -> Page:
    """At most ``limit`` items after the cursor; ``items`` are sorted by ``key``. ``of`` names the list.

    Raises:
        ClaimspineError: ``bad-cursor``.
    """
    after = read_cursor(cursor, of)
    start = 0 if after is None else bisect_right(items, after, key=key)
    shown = tuple(items[start : start + limit])
    more = write_cursor(key(shown[-1]), of) if len(items) > start + limit else None
    return Page(shown, len(items), more)


def write_cursor(after: str, of: str) -> str:
    """A cursor of a list: opaque to clients.

    >>> read_cursor(write_cursor("20", "search"), "search")
    '20'
    """
    return base64.urlsafe_b64encode(f"{of} {after}".encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, of: str) -> str | None:
    """What a cursor of this list points behind.

    Raises:
        ClaimspineError: ``bad-cursor``.
    """
    if cursor is None:
        return None
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        held = base64.b64decode(padded, altchars=b"-_", validate=True).decode("utf-8")
    except (binascii.Error, UnicodeError, ValueError) as exc:
        raise bad_cursor() from exc
    name, _, after = held.partition(" ")
    if name != of or not after:  # of another list, whose places are not in this one
        raise bad_cursor()
    return after


def bad_cursor() -> ClaimspineError:
    """A cursor that no page of this list has given."""
    return ClaimspineError(
        "bad-cursor", "this cursor was not given by a page of this list", hint="follow page.next"
    )


def paged(request: Request, found: Page, graph: list[Any], limit: int) -> Response:
    """A page as JSON-LD, with the next page's address in the body and in a Link header."""
    following = None
    headers = {}
    if found.next is not None:
        following = str(request.url.include_query_params(cursor=found.next, limit=limit))
        following = following.removeprefix(f"{request.url.scheme}://{request.url.netloc}")
        headers["Link"] = f'<{following}>; rel="next"'
    told = {"total": found.total, "count": len(graph), "next": following}
    return tagged(request, linked(request, {"graph": graph, "page": told}), headers=headers)
