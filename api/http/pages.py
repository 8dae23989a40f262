"""``/`` and ``/assets``: the web page, built from ``web/`` into ``api/pages/`` (``make web``)."""

from __future__ import annotations

import gzip
import hashlib
import re
from functools import lru_cache
from html import escape
from importlib import resources
from importlib.resources.abc import Traversable

from fastapi import APIRouter, Request, Response

from api.http.answers import service_of
from graph.errors import ClaimspineError
from ontology.loader import DATA_BASE

router = APIRouter(include_in_schema=False)

#: What the page may do: run and style itself from here, speak to this service, nothing else. With Trusted
#: Types on, no text can become markup; the one policy is the framework's own, for its compiled templates.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types svelte-trusted-html"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Vary": "Accept-Encoding",
}
FOR_GOOD = "public, max-age=31536000, immutable"
TYPES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "json": "application/json",
}
_ASSET = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,90}\.(?:js|css|svg|json)")
_NOT_BUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Claimspine: the page is not built</title></head>
<body><h1>The service runs; its web page is not built</h1>
<p>In the source tree run <code>make web</code>, then load this address again. The programs' way in works
without it: <a href="api/recommendations">/api/recommendations</a>,
<a href="openapi.json">/openapi.json</a>.</p>
</body></html>
"""


@router.get("/")
def front(request: Request) -> Response:
    """The page."""
    held = read("index.html")
    if held is None:
        return Response(_NOT_BUILT, 503, media_type=TYPES["html"], headers={"Cache-Control": "no-store"})
    base = service_of(request).store.base
    if base != DATA_BASE:
        told = f'<meta name="data-base" content="{escape(base)}">'
        held = held.replace(b"<head>", b"<head>" + told.encode(), 1)
    return _served(request, held, "html", "no-cache")


@router.get("/favicon.svg")
def icon(request: Request) -> Response:
    """The page's sign."""
    held = read("favicon.svg")
    if held is None:
        raise ClaimspineError("no-such-asset", "there is no such file")
    return _served(request, held, "svg", "public, max-age=86400")


@router.get("/assets/{name}")
def asset(name: str, request: Request) -> Response:
    """A script or a style sheet; its name carries the hash of its content, so it never changes."""
    held = read(f"assets/{name}") if _ASSET.fullmatch(name) else None
    if held is None:
        raise ClaimspineError("no-such-asset", "there is no such file")
    return _served(request, held, name.rpartition(".")[2], FOR_GOOD)


def folder() -> Traversable:
    """Where the built page lies."""
    return resources.files("api") / "pages"


def read(path: str) -> bytes | None:
    """A built file, or None."""
    found = folder()
    for part in path.split("/"):
        found = found / part
    return found.read_bytes() if found.is_file() else None


@lru_cache(maxsize=64)
def _compressed(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


def _served(request: Request, data: bytes, kind: str, caching: str) -> Response:
    small = "gzip" in request.headers.get("accept-encoding", "") and len(data) > 500
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}{"-gz" if small else ""}"'
    headers = {**HEADERS, "Cache-Control": caching, "ETag": etag}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    if small:
        data = _compressed(data)
        headers["Content-Encoding"] = "gzip"
    return Response(data, media_type=TYPES[kind], headers=headers)
