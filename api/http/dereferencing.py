"""``/id/…``: what the graph says of a thing, for people (HTML) and programs (Turtle, JSON-LD, ...)."""

from __future__ import annotations

import re
from html import escape

from fastapi import APIRouter, Request, Response

from api.http import negotiation
from api.http.answers import LINKED, service_of, tagged
from api.http.problems import documented, problem
from graph.describing import describe, statements
from graph.errors import UnknownIdentifier

router = APIRouter(tags=["evidence"], responses=documented(404, 406))

FORMATS = {
    "text/html": "html",
    "text/turtle": "turtle",
    LINKED: "jsonld",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
}
_ENDINGS = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": LINKED,
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "th{text-align:left;vertical-align:top;padding-right:1.5rem;font-weight:600}td{padding-bottom:.4rem}"
)


@router.get(
    "/id/{path:path}",
    responses={200: {"description": "What is said of it", "content": {kind: {} for kind in FORMATS}}},
    response_class=Response,
)
def dereference(path: str, request: Request) -> Response:
    """The thing whose IRI is the data base followed by this path."""
    media_type = negotiation.best(request.headers.get("accept"), list(FORMATS))
    store = service_of(request).store
    iri = store.base + path
    triples = describe(store, iri)
    name, _, ending = path.rpartition(".")
    if not triples and ending in _ENDINGS:  # a name may end so itself: a source has the ending of its file
        iri, media_type = store.base + name, _ENDINGS[ending]
        triples = describe(store, iri)
    if media_type is None:
        return problem(406, "not-acceptable", "a thing can be had as " + ", ".join(FORMATS))
    if not triples:
        raise UnknownIdentifier("unknown-identifier", f"nothing here is called {path[:200]!r}")
    headers = {"Vary": "Accept"}
    if media_type != "text/html":
        from graph.sources.uploads import serialize

        return tagged(
            request, serialize(triples, FORMATS[media_type], store.base), media_type, headers=headers
        )
    return tagged(
        request,
        _page(iri, statements(triples, iri, store.base), store.base),
        "text/html; charset=utf-8",
        headers=headers,
    )


def _page(iri: str, said: list[tuple[str, str, str | None]], base: str) -> str:
    rows = "\n".join(
        f"<tr><th scope=row>{escape(name)}</th><td>{_value(value, link, base)}</td></tr>"
        for name, value, link in said
    )
    title = next((value for name, value, _ in said if name in ("text", "title", "label", "prefLabel")), iri)
    return (
        f"<!doctype html>\n<html lang=en><head><meta charset=utf-8><title>{escape(title)}</title>"
        f'<meta name=viewport content="width=device-width"><style>{_STYLE}</style></head>\n'
        f"<body><h1>{escape(title)}</h1>\n<p><code>{escape(iri)}</code></p>\n<table>\n{rows}\n</table>\n"
        "<p>The same as Turtle or JSON-LD: ask with <code>Accept</code>, or add .ttl or .jsonld.</p>\n"
        "</body></html>\n"
    )


def _value(value: str, link: str | None, base: str) -> str:
    if link is None:
        return escape(value)
    if link.startswith(base):
        return f'<a href="/id/{escape(link.removeprefix(base))}">{escape(value)}</a>'
    if re.match(r"https?://", link):
        return f'<a rel="noreferrer" href="{escape(link)}">{escape(value)}</a>'
    return escape(value)
