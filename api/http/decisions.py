"""``/api/decisions``: what people decided about diagnostics, and whether it still holds.

A decision is bound to the hash of the claim and to the hash of the evidence as they were. In a later audit it
holds for the same rule and the same claim only while the evidence is the same too; when either changed it has
expired. Nothing is ever taken away: a newer decision stands before an older one.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from api.http.access import CURATE, Caller, Needs
from api.http.answers import LINKED, linked, page, paged, service_of, tagged
from api.http.kept_audits import kept_audit
from api.http.problems import documented
from api.service import Service, now
from claims.reports import to_dict
from graph.errors import ClaimspineError
from graph.sources import uploads
from graph.sparql import stored
from ontology.loader import NAMESPACE

router = APIRouter(prefix="/api", tags=["decisions"], responses=documented(404, 415))

Settled = Literal["accepted", "dismissed", "asked"]


class DecisionRequest(BaseModel):
    """What is decided about one diagnostic of one kept audit."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "audit": "0" * 64,
                    "diagnostic": "N102-1",
                    "decision": "dismissed",
                    "rationale": "the interval is given in the next sentence",
                }
            ]
        },
    )

    audit: str = Field(pattern="^[0-9a-f]{64}$", description="The audit's id.")
    diagnostic: str = Field(min_length=1, max_length=40, description="The diagnostic's id in the report.")
    decision: Settled
    rationale: str | None = Field(None, min_length=1, max_length=5000, description="Needed to dismiss.")


@dataclass(frozen=True, slots=True)
class Decision:
    """A stored decision, and the diagnostic as it was."""

    iri: str
    decision: str
    by: str
    on: str
    claim_hash: str
    evidence_hash: str
    rationale: str | None
    diagnostic: str
    code: str | None
    severity: str | None
    message: str | None
    path: str | None
    exact: str | None

    @property
    def audit(self) -> str:
        """The id of the audit it was made in."""
        return self.diagnostic.rpartition("/diagnostic/")[0].rpartition("/")[2]

    def node(self) -> dict[str, Any]:
        """As a node of JSON-LD."""
        settled = {
            "id": self.diagnostic,
            "type": "Diagnostic",
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "path": self.path,
            "span": {"type": "Span", "exact": self.exact} if self.exact else None,
        }
        said = {
            "id": self.iri,
            "type": "Decision",
            "decision": self.decision,
            "decidedBy": self.by,
            "decidedOn": self.on,
            "rationale": self.rationale,
            "claimHash": self.claim_hash,
            "evidenceHash": self.evidence_hash,
            "decides": {key: value for key, value in settled.items() if value is not None},
        }
        return {key: value for key, value in said.items() if value is not None}


_ONE: dict[int | str, dict[str, Any]] = {200: {"description": "JSON-LD", "content": {LINKED: {}}}}


@router.post("/decisions", status_code=201)
def create_decision(
    asked: DecisionRequest, request: Request, caller: Annotated[Caller, Depends(Needs(CURATE))]
) -> Response:
    """Decide about a diagnostic. Dismissing needs a reason. Kept for good, with who and when."""
    service = service_of(request)
    report = to_dict(kept_audit(service, asked.audit).report)
    diagnostic = next((one for one in report["diagnostics"] if one["id"] == asked.diagnostic), None)
    if diagnostic is None:
        raise ClaimspineError("no-such-diagnostic", f"the audit has no diagnostic {asked.diagnostic!r}")
    kept = kept_audit(service, asked.audit)
    text = kept.report.document.text
    at, by = now(), caller.name or ""
    claim_hash, evidence_hash = hashes(report, diagnostic, text)
    iri = f"{service.store.base}decision/{_sha([asked.audit, asked.diagnostic, by, at])[:32]}"
    said: dict[str, Any] = {
        "id": iri,
        "type": "Decision",
        "decision": asked.decision,
        "decidedBy": by,
        "decidedOn": at,
        "claimHash": claim_hash,
        "evidenceHash": evidence_hash,
        "decides": {
            "id": f"{service.store.base}audit/{asked.audit}/diagnostic/{asked.diagnostic}",
            "type": "Diagnostic",
            "code": diagnostic["code"],
            "severity": diagnostic["severity"],
            "message": diagnostic["message"],
            "path": kept.report.document.path,
            "span": {"id": f"{iri}/span", "type": "Span", "exact": subject_text(report, diagnostic, text)},
        },
    }
    if asked.rationale:
        said["rationale"] = asked.rationale
    with service.writing() as store:
        uploads.put_document(store, iri, said, uploads.Author(by, at), f"decide {asked.diagnostic}")
    body = linked(request, said)
    return JSONResponse(body, 201, headers={"Location": f"/api/decisions/{iri.rpartition('/')[2]}"})


@router.get(
    "/decisions",
    responses={200: {"description": "JSON-LD", "content": {LINKED: {}, "application/json": {}}}},
    response_class=Response,
)
def list_decisions(
    request: Request,
    audit: Annotated[str | None, Query(max_length=64, description="As they bear on this audit.")] = None,
    code: Annotated[str | None, Query(max_length=10, description="About this rule.")] = None,
    decision: Annotated[Settled | None, Query()] = None,
    cursor: Annotated[str | None, Query(max_length=2000, description="From `page.next`.")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Response:
    """The decisions, oldest first; of an audit, those that bear on it and whether each still holds."""
    service = service_of(request)
    if audit is not None:
        kept = kept_audit(service, audit)
        found = decided(service, to_dict(kept.report), kept.report.document.text)
        return tagged(request, {"audit": audit, "decisions": found}, "application/json")
    held = [
        one
        for one in stored_decisions(service)
        if (code is None or one.code == code) and (decision is None or one.decision == decision)
    ]
    shown = page(held, _place, cursor, limit, of="decisions")
    return paged(request, shown, [one.node() for one in shown.items], limit)


@router.get("/decisions/{identifier}", responses=_ONE, response_class=Response)
def get_decision(identifier: str, request: Request) -> Response:
    """One decision."""
    for one in stored_decisions(service_of(request)):
        if one.iri.rpartition("/decision/")[2] == identifier:
            return tagged(request, linked(request, one.node()))
    raise ClaimspineError("no-such-decision", "there is no such decision")


def _place(one: Decision) -> str:
    """Its place among the decisions: by time, whatever zone it was written in; none is UTC.

    What is no time (a store filled past validation) comes first, as it is written.
    """
    try:
        at = datetime.fromisoformat(one.on)
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return f"- {one.on} {one.iri}"
    return f"{at.isoformat(timespec='microseconds')} {one.iri}"


def stored_decisions(service: Service) -> list[Decision]:
    """All decisions, oldest first."""
    found: dict[str, Decision] = {}
    for row in service.store.rows(stored("decisions")):
        iri, settled, by, on, claim_hash, evidence_hash = (value or "" for value in row[:6])
        found.setdefault(
            iri,
            Decision(
                iri,
                settled.removeprefix(f"{NAMESPACE}decision-"),
                by,
                on,
                claim_hash,
                evidence_hash,
                rationale=row[6],
                diagnostic=row[7] or "",
                code=row[8],
                severity=(row[9] or "").removeprefix(f"{NAMESPACE}severity-") or None,
                message=row[10],
                path=row[11],
                exact=row[12],
            ),
        )
    return sorted(found.values(), key=_place)


def decided(service: Service, report: dict[str, Any], text: str = "") -> list[dict[str, Any]]:
    """The decisions that bear on a report: holding, or expired and why. The newest for each diagnostic."""
    held = stored_decisions(service)
    if not held:
        return []
    told: list[dict[str, Any]] = []
    matched: set[str] = set()
    for diagnostic in report["diagnostics"]:
        claim_hash, evidence_hash = hashes(report, diagnostic, text)
        fitting = [one for one in held if one.code == diagnostic["code"] and one.claim_hash == claim_hash]
        if not fitting:
            continue
        same = [one for one in fitting if one.evidence_hash == evidence_hash]
        newest = (same or fitting)[-1]
        matched.update(one.iri for one in fitting)
        told.append(
            {
                "diagnostic": diagnostic["id"],
                "decision": newest.decision,
                "status": "holds" if same else "expired",
                "why": None if same else "the evidence has changed",
                "by": newest.by,
                "on": newest.on,
                "rationale": newest.rationale,
                "id": newest.iri,
            }
        )
    path = report["document"]["path"]
    for one in held:
        if one.iri not in matched and one.path == path:
            told.append(
                {
                    "diagnostic": None,
                    "decision": one.decision,
                    "status": "expired",
                    "why": "the claim has changed, or the rule no longer speaks of it",
                    "by": one.by,
                    "on": one.on,
                    "rationale": one.rationale,
                    "id": one.iri,
                }
            )
    return told


def hashes(report: dict[str, Any], diagnostic: dict[str, Any], text: str) -> tuple[str, str]:
    """The hashes of what a diagnostic speaks of, and of the evidence behind it."""
    claim = _claim(report, diagnostic)
    reference = _reference(report, diagnostic)
    evidence: list[Any] = [diagnostic["message"], diagnostic["evidence"]]
    if claim is not None:
        evidence += [claim["evidence"], claim["certainty"]]
    if reference is not None:
        evidence += [reference["work"], reference["status"]]
    subject = " ".join(subject_text(report, diagnostic, text).split())
    return hashlib.sha256(subject.encode("utf-8", "backslashreplace")).hexdigest(), _sha(_bare(evidence))


def _bare(value: Any) -> Any:
    """Without what depends on the rest of the article: labels and scores."""
    if isinstance(value, dict):
        return {key: _bare(one) for key, one in value.items() if key not in ("label", "score", "name")}
    return [_bare(one) for one in value] if isinstance(value, list) else value


def subject_text(report: dict[str, Any], diagnostic: dict[str, Any], text: str) -> str:
    """The words that a diagnostic speaks of: its claim's, its reference's, or those at its place."""
    claim, reference = _claim(report, diagnostic), _reference(report, diagnostic)
    if claim is not None:
        return str(claim["text"])
    if reference is not None:
        return str(reference["raw"])
    span = diagnostic["span"]
    return text[span["start"] : span["end"]] or diagnostic["name"]


def _claim(report: dict[str, Any], diagnostic: dict[str, Any]) -> dict[str, Any] | None:
    return next((one for one in report["claims"] if one["id"] == diagnostic["claim"]), None)


def _reference(report: dict[str, Any], diagnostic: dict[str, Any]) -> dict[str, Any] | None:
    return next((one for one in report["references"] if one["index"] == diagnostic["reference"]), None)


def _sha(value: Any) -> str:
    written = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode("utf-8", "backslashreplace")).hexdigest()
