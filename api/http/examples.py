"""The example queries, and the walking example audited with its own evidence."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from importlib.resources import as_file
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from api.auditing import Asked
from api.http import pages
from api.http.access import AUDIT, Caller, Needs, client_of
from api.http.answers import service_of
from api.http.audits import checked
from api.http.problems import documented
from graph.errors import ClaimspineError
from graph.evidence import Evidence
from graph.gathering import gather

router = APIRouter(prefix="/api", tags=["page"], responses=documented(404, 409, 415))


EXAMPLE_NAME = "walking-for-a-healthy-spine.md"


class ExampleQuery(BaseModel):
    """An example query, with the question that it answers."""

    name: str
    title: str
    question: str
    text: str


@router.get("/queries")
def queries() -> list[ExampleQuery]:
    """The example queries that ship with the program, by name."""
    held = resources.files("graph") / "queries" / "examples"
    if not held.is_dir():
        return []
    files = sorted((one for one in held.iterdir() if one.name.endswith(".rq")), key=lambda one: one.name)
    return [_query(one.name.removesuffix(".rq"), one.read_text(encoding="utf-8")) for one in files]


def _query(name: str, text: str) -> ExampleQuery:
    """The comment at its head: a title, then the question."""
    lines = text.splitlines()
    head = []
    for line in lines:
        if not line.startswith("#"):
            break
        head.append(re.sub(r"^#\s*(?i:title:|question:)?\s*", "", line).strip())
    said = [line for line in head if line]
    body = "\n".join(lines[len(head) :]).strip() + "\n"
    title = said[0].rstrip(".") if said else name.replace("-", " ").replace("_", " ")
    return ExampleQuery(name=name, title=title, question=" ".join(said[1:]), text=body)


class ExampleRequest(BaseModel):
    """The example's article, or the same as its reader has edited it."""

    model_config = ConfigDict(extra="forbid")

    text: str | None = Field(None, min_length=1, max_length=200_000)


class Example(BaseModel):
    """The audit of the walking example, made with its own evidence."""

    audit: str
    name: str


@router.post("/example", status_code=201)
def example(
    asked: ExampleRequest, request: Request, caller: Annotated[Caller, Depends(Needs(AUDIT))]
) -> Example:
    """Audit the walking example against the evidence here and the example's own; nothing is stored."""
    article_as_shipped = pages.read("example/article.md")
    if article_as_shipped is None:
        raise ClaimspineError("no-such-asset", "the example is not built in", hint="run `make web`")
    text = asked.text or article_as_shipped.decode("utf-8")
    service = service_of(request)
    article = Asked(
        text=text,
        word=None,
        media_type="text/markdown",
        name=EXAMPLE_NAME,
        references=(),
        select=(),
        ignore=(),
        profile=None,
        characters=service.settings.article_characters,
        beside=_example_evidence(),
    )
    return Example(audit=checked(service, article, caller, client_of(request)).id, name=EXAMPLE_NAME)


@cache
def _example_evidence() -> Evidence:
    with as_file(pages.folder() / "example" / "evidence") as held:
        return gather(evidence=[held]).evidence
