"""What a request's body is: its media type, that it is whole, and the RDF documents in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from fastapi import Request
from starlette.datastructures import UploadFile

from graph.errors import ClaimspineError
from graph.sources import uploads

MULTIPART = "multipart/form-data"
PARTS = 100
_UTF_8 = ("utf-8", "utf8", "us-ascii")
_BY_NAME = {suffix: suffix for suffix in uploads.RDF_MEDIA_TYPES.values()} | {".owl": ".rdf", ".xml": ".rdf"}
_UNTOLD = ("", "application/octet-stream")  # what curl and browsers say of files that they do not know


def media_type(content_type: str | None) -> str:
    """The media type in small letters, without its parameters; empty where there is none.

    Raises:
        ClaimspineError: ``unsupported-media-type``: the text is in another character set than UTF-8.
    """
    kind, *parameters = (content_type or "").split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip().strip('"').lower() not in _UTF_8:
            raise ClaimspineError(
                "unsupported-media-type",
                f"a body in the character set {value.strip()[:40]} cannot be read",
                hint="send UTF-8",
            )
    return kind.strip().lower()


def suffix_of(request: Request, known: Mapping[str, str], *, untold: str | None = None) -> str:
    """The suffix of files with the content type of the request; ``untold``: that of a body without one.

    Raises:
        ClaimspineError: ``unsupported-media-type``; ``partial-body``: only a part was sent.
    """
    refuse_part(request)
    kind = media_type(request.headers.get("content-type"))
    if not kind and untold is not None:
        return untold
    return _known(kind, known)


def refuse_part(request: Request) -> None:
    """Take a whole body only, as it is (RFC 9110, 14.5: a part of one must not be taken for it).

    Raises:
        ClaimspineError: ``unsupported-media-type``, ``partial-body``.
    """
    if "content-range" in request.headers:
        raise ClaimspineError("partial-body", "a part of a body cannot be put", hint="send the whole")
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    transfer = request.headers.get("transfer-encoding", "chunked").strip().lower()
    if coding == "identity" and transfer != "chunked":
        coding = transfer
    if coding != "identity":
        raise ClaimspineError(
            "unsupported-media-type",
            f"a body in the coding {coding[:80]} cannot be read",
            hint="send it plain",
        )


async def documents(request: Request) -> list[uploads.Document]:
    """The RDF documents of a request: its body, or each file of a form (Graph Store Protocol, 5 and 5.5).

    A body without a media type is read as RDF/XML, a file without one by the end of its name.

    Raises:
        ClaimspineError: as ``suffix_of``; ``no-document``: a form without files.
    """
    if media_type(request.headers.get("content-type")) != MULTIPART:
        suffix = suffix_of(request, uploads.RDF_MEDIA_TYPES, untold=".rdf")
        return [uploads.Document(await request.body(), suffix)]
    refuse_part(request)
    found = []
    async with request.form(max_files=PARTS, max_fields=PARTS) as form:
        for name, part in form.multi_items():
            if not isinstance(part, UploadFile):
                raise ClaimspineError(
                    "no-document",
                    f"the part {name[:80]!r} of the form is not a file",
                    hint="send each document as a file: curl -F 'file=@one.ttl;type=text/turtle'",
                )
            kind = media_type(part.content_type)
            by_name = _BY_NAME.get(PurePath(part.filename or "").suffix.lower())
            told = by_name if kind in _UNTOLD and by_name is not None else None
            suffix = told or _known(kind, uploads.RDF_MEDIA_TYPES)
            found.append(uploads.Document(await part.read(), suffix))
    if not found:
        raise ClaimspineError("no-document", "the form has no file", hint="send at least one document")
    return found


def _known(kind: str, known: Mapping[str, str]) -> str:
    if kind not in known:
        raise ClaimspineError(
            "unsupported-media-type",
            f"a body of type {kind[:80] or 'nothing'} cannot be read here",
            hint="send one of " + ", ".join(known),
        )
    return known[kind]
