"""``POST /api/audits``: check a text."""

from __future__ import annotations

from typing import Any, Literal, cast

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from claims.audit import Checker
from claims.reading import read_text
from claims.reports import to_dict
from graph.store import Store

router = APIRouter(prefix="/api", tags=["audits"])


class AuditRequest(BaseModel):
    """A text to check against the evidence of this service."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"text": "# Tea\n\nTea prevents colds (Adams, 2020).", "media_type": "text/markdown"}
            ]
        },
    )

    text: str = Field(min_length=1, max_length=2_000_000, description="The article.")
    media_type: Literal["text/markdown", "text/plain", "text/html"] = "text/markdown"
    name: str = Field("article", max_length=300, description="What the report calls the article.")
    select: list[str] = Field(default_factory=list, max_length=100, description="Only these rules.")
    ignore: list[str] = Field(default_factory=list, max_length=100, description="Not these rules.")


@router.post("/audits")
def create_audit(asked: AuditRequest, request: Request) -> dict[str, Any]:
    """Audit a text: its references, claims, diagnostics and verdicts."""
    checker = Checker.of(store=cast(Store, request.app.state.store), select=asked.select, ignore=asked.ignore)
    return to_dict(checker.check(read_text(asked.text, asked.media_type, asked.name)))
