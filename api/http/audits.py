"""``/api/audits``: check a text, and ask for its report again."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from api.auditing import Asked, policy_of
from api.http import bodies, negotiation
from api.http.access import AUDIT, Caller, Needs, client_of
from api.http.answers import service_of, tagged
from api.http.decisions import decided
from api.http.kept_audits import KeptAudit, kept_audit
from api.http.problems import documented, fault_dict, problem, unfit
from api.service import Service, now
from claims.reports import render, to_dict
from graph.errors import ClaimspineError

router = APIRouter(prefix="/api", tags=["audits"], responses=documented(404, 406, 415))

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAIL = "message/rfc822"
TEXTS = ("text/markdown", "text/plain", "text/html")
REPORTS = {
    "application/json": "json",
    "text/html": "html",
    "application/sarif+json": "sarif",
    "text/markdown": "markdown",
    "text/plain": "text",
}
REFERENCES = {
    "bibtex": ".bib",
    "csl-json": ".json",
    "ris": ".ris",
    "nbib": ".nbib",
    "pubmed-xml": ".xml",
    "endnote": ".enw",
    "web-of-science": ".ciw",
    "csv": ".csv",
}
Form = Literal["json", "html", "sarif", "markdown", "text"]


class References(BaseModel):
    """A bibliography that goes with the article."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=5_000_000)
    format: Literal["bibtex", "csl-json", "ris", "nbib", "pubmed-xml", "endnote", "web-of-science", "csv"] = (
        "bibtex"
    )


class AuditRequest(BaseModel):
    """A text to check against the evidence of this service: ``text``, or ``document`` in base64."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"text": "# Tea\n\nTea prevents colds (Adams, 2020).", "media_type": "text/markdown"}
            ]
        },
    )

    text: str | None = Field(None, min_length=1, max_length=20_000_000, description="The article.")
    document: str | None = Field(
        None,
        min_length=1,
        max_length=30_000_000,
        description="A .docx file in base64, instead of text; by its name .eml or .mhtml.",
    )
    media_type: Literal["text/markdown", "text/plain", "text/html"] = "text/markdown"
    name: str = Field("article", max_length=300, description="What the report calls the article.")
    references: list[References] = Field(default_factory=list, max_length=20)
    select: list[str] = Field(default_factory=list, max_length=100, description="Only these rules.")
    ignore: list[str] = Field(default_factory=list, max_length=100, description="Not these rules.")
    profile: str | None = Field(None, max_length=60, description="A shipped profile.")

    @model_validator(mode="after")
    def _one_article(self) -> AuditRequest:
        if (self.text is None) == (self.document is None):
            raise ValueError("give text or document, and not both")
        return self


COMPONENT = "#/components/schemas/{model}"  # where ``openapi`` puts what a body's schema defines
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": AuditRequest.model_json_schema(ref_template=COMPONENT)},
            **{kind: {"schema": {"type": "string", "pattern": "\\S"}} for kind in TEXTS},
            DOCX: {"schema": {"type": "string", "format": "binary"}},
            MAIL: {"schema": {"type": "string", "format": "binary"}},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["article"],
                    "properties": {
                        "article": {"type": "string", "format": "binary"},
                        "references": {"type": "array", "items": {"type": "string", "format": "binary"}},
                    },
                }
            },
        },
    }
}
_REPORT = {"description": "The report", "content": {kind: {} for kind in REPORTS}}


@router.post(
    "/audits", status_code=201, openapi_extra=_BODY, responses={201: _REPORT}, response_class=Response
)
async def create_audit(
    request: Request,
    caller: Annotated[Caller, Depends(Needs(AUDIT))],
    format: Annotated[Form | None, Query(description="Instead of Accept.")] = None,
    name: Annotated[
        str, Query(max_length=300, description="Of the article, where it is the body itself.")
    ] = "article",
) -> Response:
    """Audit a text: its references, claims, diagnostics and verdicts. The same text again has the same id."""
    media_type = _wanted(request, format)
    if media_type is None:
        return problem(406, "not-acceptable", "a report can be had as " + ", ".join(REPORTS))
    try:
        asked, article = await _asked(request, name)
    except ValidationError as exc:
        return unfit(exc.errors(), within=("body",))
    kept = await run_in_threadpool(_audit, service_of(request), asked, article, caller, client_of(request))
    where = f"/api/audits/{kept.id}"
    return _told(request, kept, media_type, 201, {"Location": where, "Content-Location": where})


@router.get("/audits")
def list_audits(request: Request, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> Response:
    """The newest audits that are kept: name, title, counts, no text."""
    found = [
        {
            "id": kept.id,
            "name": kept.report.document.path,
            "title": kept.report.document.title,
            "sha256": kept.report.document.sha256,
            "at": kept.at,
            "by": kept.by,
            "summary": to_dict(kept.report)["summary"],
        }
        for _, kept in service_of(request).audits.newest()[:limit]
    ]
    return tagged(request, {"audits": found}, "application/json")


@router.get("/audits/{identifier}", responses={200: _REPORT}, response_class=Response)
def get_audit(
    identifier: str,
    request: Request,
    format: Annotated[Form | None, Query(description="Instead of Accept.")] = None,
) -> Response:
    """A report again, in any of its formats."""
    media_type = _wanted(request, format)
    if media_type is None:
        return problem(406, "not-acceptable", "a report can be had as " + ", ".join(REPORTS))
    return _told(request, kept_audit(service_of(request), identifier), media_type, 200, {})


def _wanted(request: Request, format: str | None) -> str | None:
    if format is not None:
        return next(kind for kind, name in REPORTS.items() if name == format)
    return negotiation.best(request.headers.get("accept"), list(REPORTS))


async def _asked(request: Request, name: str) -> tuple[AuditRequest, bytes | None]:
    """What the body asks for, and the bytes of a file that is not text: Word's, mail, a page saved whole."""
    from claims.reading.messages import is_message

    bodies.refuse_part(request)
    kind = bodies.media_type(request.headers.get("content-type"))
    asked: dict[str, Any] = {"name": name}
    if kind in ("application/json", ""):
        sent = await request.body()
        if not sent.strip():
            raise ClaimspineError("no-article", "the body is empty", hint='send {"text": "..."}')
        try:
            body = json.loads(sent)
        except RecursionError as exc:
            raise ClaimspineError("json-syntax", "the body is nested too deeply") from exc
        except ValueError as exc:
            raise ClaimspineError("json-syntax", f"the body is not JSON: {exc}") from exc
        wanted = AuditRequest.model_validate(body)
        return wanted, None if wanted.document is None else _from_base64(wanted.document)
    if kind in TEXTS:
        asked |= {"text": _text(await request.body()), "media_type": kind}
        return AuditRequest.model_validate(asked), None
    if kind == DOCX:
        return AuditRequest.model_construct(**asked), await request.body()
    if kind == MAIL:
        asked["name"] = name if is_message(Path(name)) else f"{name}.eml"
        return AuditRequest.model_construct(**asked), await request.body()
    if kind == "multipart/form-data":
        return await _from_form(request)
    raise ClaimspineError(
        "unsupported-media-type",
        f"an article of type {kind[:80]} cannot be read here",
        hint="send application/json, multipart/form-data, " + ", ".join((*TEXTS, DOCX, MAIL)),
    )


async def _from_form(request: Request) -> tuple[AuditRequest, bytes | None]:
    from starlette.datastructures import UploadFile

    from claims.reading.messages import is_message

    async with request.form(max_files=21, max_fields=20) as form:
        article = form.get("article")
        if not isinstance(article, UploadFile):
            raise ClaimspineError("no-article", "the form has no file named article")
        name = Path(article.filename or "article").name[:300]
        data = await article.read()
        references = []
        for one in form.getlist("references"):
            if isinstance(one, UploadFile):
                suffix = Path(one.filename or "").suffix.lower()
                format = next((f for f, s in REFERENCES.items() if s == suffix), "bibtex")
                references.append({"text": _text(await one.read()), "format": format})
        kind = (article.content_type or "").split(";")[0]
        if kind == MAIL and not is_message(Path(name)):
            name = f"{name}.eml"
        packed = name.lower().endswith(".docx") or is_message(Path(name)) or data[:4] == b"PK\x03\x04"
        if kind == DOCX or packed:
            asked = AuditRequest.model_validate({"name": name, "text": "-", "references": references})
            return asked, data
        by_name = {".html": "text/html", ".htm": "text/html", ".txt": "text/plain"}
        media_type = kind if kind in TEXTS else by_name.get(Path(name).suffix.lower(), "text/markdown")
        whole = {"name": name, "text": _text(data), "media_type": media_type, "references": references}
        return AuditRequest.model_validate(whole), None


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise ClaimspineError("not-utf-8", "the text is not UTF-8", hint="send UTF-8") from exc


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as exc:
        raise ClaimspineError("not-base64", "the document is not base64") from exc


def _audit(
    service: Service, asked: AuditRequest, word: bytes | None, caller: Caller, client: str
) -> KeptAudit:
    limit = service.settings.article_characters
    if asked.text is not None and len(asked.text) > limit:
        raise ClaimspineError("article-too-large", f"an article has at most {limit:,} characters")
    article = Asked(
        text=None if word is not None else asked.text,
        word=word,
        media_type=asked.media_type,
        name=asked.name,
        references=tuple((one.text, REFERENCES[one.format]) for one in asked.references),
        select=tuple(asked.select),
        ignore=tuple(asked.ignore),
        profile=_shipped(asked.profile),
        characters=limit,
    )
    return checked(service, article, caller, client)


def checked(service: Service, article: Asked, caller: Caller, client: str) -> KeptAudit:
    """Check an article in a process of its own, and keep the report under an id made from what it says.

    That includes what was wrong with its bibliographies. The same report again is the one held.
    """
    state = service.state()
    found = service.auditor.audit(article, state, client)
    said = "".join((found.report.document.media_type, found.written, *map(str, found.faults)))
    _, rules = policy_of(article)
    identifier = hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest()
    held = service.audits.get(identifier)
    if isinstance(held, KeptAudit):
        return held
    kept = KeptAudit(
        identifier,
        found.report,
        found.written,
        rules,
        found.labels,
        found.faults,
        state.generation,
        now(),
        caller.name,
    )
    service.audits.put(identifier, kept)
    return kept


def _shipped(profile: str | None) -> str | None:
    """Shipped profiles only: a name from the network must not lead to a file."""
    from claims.profile import shipped_profiles

    if profile is not None and profile not in shipped_profiles():
        raise ClaimspineError(
            "unknown-profile", "there is no such profile", hint="one of " + ", ".join(shipped_profiles())
        )
    return profile


def _told(
    request: Request, kept: KeptAudit, media_type: str, status: int, headers: dict[str, str]
) -> Response:
    format = REPORTS[media_type]
    if format == "json":
        body = json.loads(kept.written)
        whole = {
            "id": kept.id,
            **body,
            "decisions": decided(service_of(request), body, kept.report.document.text),
            "warnings": [{**fault_dict(one), "pointer": f"/references/{one.file}"} for one in kept.faults],
        }
        text = json.dumps(whole, ensure_ascii=False, allow_nan=False)
    else:
        text = render(kept.report, format, labels=kept.labels, rules=kept.rules)
    body_bytes = text.encode("utf-8", "backslashreplace")
    return tagged(request, body_bytes, media_type, status=status, headers={"Vary": "Accept", **headers})
