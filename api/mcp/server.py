"""Claimspine's tools for assistants, by the Model Context Protocol and its official SDK.

Every tool only reads. What a tool refuses it says in words (a tool error), as the command line does.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from api.auditing import Asked, Audited
from api.service import Service
from api.workers.auditor import Auditor
from api.workers.pool import Pool
from api.workers.relay import Relay
from claims.model import AuditReport
from claimspine import __version__
from graph.answering import Question
from graph.errors import ClaimspineError
from graph.impact import impact
from graph.impact import render as render_impact
from graph.rendering import render
from graph.sparql import query_form, refuse_remote
from graph.tracing import trace

INSTRUCTIONS = """Claimspine checks health texts against an evidence graph and traces recommendations
to their studies. It says what the stored evidence licenses; it does not decide what is true and gives
no medical advice. "Not enough information" is never "no effect" and never "refuted"."""

READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
MAX_TEXT = 200_000
MAX_ANSWER = 200_000

Identifier = Annotated[str, Field(description="An IRI, or its last part: walking-most-days", max_length=1000)]


def build_server(service: Service) -> MCPServer:
    """The server over a service; whoever opened the service's store closes it."""
    server = MCPServer(
        "claimspine", title="Claimspine", instructions=INSTRUCTIONS, version=__version__, log_level="WARNING"
    )

    @server.tool(title="Check a health text", annotations=READS)
    def check_text(
        text: Annotated[str, Field(description="The article or passage.", min_length=1, max_length=MAX_TEXT)],
        media_type: Literal["text/markdown", "text/plain", "text/html"] = "text/markdown",
    ) -> dict[str, Any]:
        """Check claims against evidence and printed references against records.

        Gives the diagnostics (what is wrong, with numbers, and a fix where one is licensed), the verdict
        on each claim, and each reference's fields printed and recorded.
        """
        with _said():
            found = _audited(service, text, media_type, "text")
        return _brief(found)

    @server.tool(title="Trace a recommendation to its studies", annotations=READS)
    def trace_recommendation(
        identifier: Identifier, format: Literal["text", "json", "mermaid"] = "text"
    ) -> str:
        """Follow a recommendation, claim or mechanism to its findings, studies and works.

        Those that refute it are shown too, and the steps that nobody has tested.
        """
        with _said():
            return _bounded(render(trace(service.store, identifier), format))

    @server.tool(title="Find evidence for a claim", annotations=READS)
    def find_evidence(
        claim: Annotated[str, Field(description="One claim, as a sentence.", min_length=3, max_length=2000)],
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
    ) -> dict[str, Any]:
        """Find the stored findings that bear on a claim, supporting and refuting, with their works."""
        with _said():
            report = _audited(service, claim, "text/plain", "claim", claims_only=True).report
        return _evidence(report, limit)

    @server.tool(title="Ask the graph with SPARQL", annotations=READS)
    async def query(
        sparql: Annotated[
            str, Field(description="A read-only query; the usual prefixes are there.", max_length=50_000)
        ],
    ) -> str:
        """Run a read-only SPARQL 1.1 query.

        SELECT and ASK are answered as SPARQL JSON results, CONSTRUCT and DESCRIBE as Turtle.
        """
        with _said():
            refuse_remote(sparql)
            form = "json" if query_form(sparql) in ("SELECT", "ASK") else "turtle"
            service.open(lambda: _queries(service))
            answer = await service.pool.ask(Question(sparql, form))
            try:
                body = answer.body if answer.spool is None else answer.spool.read_bytes()
            finally:
                answer.discard()
            return _bounded((body or b"").decode("utf-8"))

    @server.tool(title="See what falls with a work", annotations=READS)
    def impact_of_work(
        identifier: Identifier,
        change: Literal["retracted", "corrected"] = "retracted",
    ) -> str:
        """Say which claims and recommendations change, and how, if a work or a study falls.

        Certainty before and after, most weight lost first: the order in which to look again.
        """
        with _said():
            return _bounded(render_impact(impact(service.store, identifier, change=change)))

    return server


NO_CLAIM = "no claim was read in this: say in one sentence what does what, as in 'walking lowers back pain'"


class _said:  # noqa: N801 - reads as what it does
    """Turn an error the caller can fix into a tool error, in the words of the command line."""

    def __enter__(self) -> None:
        """Nothing to open."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, ClaimspineError):
            raise ToolError(str(error)) from error


def _audited(
    service: Service, text: str, media_type: str, name: str, *, claims_only: bool = False
) -> Audited:
    """Check in a process that can be ended, as an article sent to the HTTP service is."""
    service.open(lambda: _queries(service), lambda: Auditor(service))
    asked = Asked(text, None, media_type, name, (), (), (), None, MAX_TEXT, claims_only=claims_only)
    return service.auditor.audit(asked, service.state())


def _queries(service: Service) -> Relay | Pool:
    return Relay(service) if service.remote else Pool(service)


def _brief(found: Audited) -> dict[str, Any]:
    """The report without each claim's whole evidence: an assistant asks for that with ``find_evidence``."""
    whole: dict[str, Any] = json.loads(found.written)
    for claim in whole["claims"]:
        claim["evidence"] = claim["evidence"][:5]
    return whole


def _evidence(report: AuditReport, limit: int) -> dict[str, Any]:
    """The findings that bear on the claims of a report, each once, those that fit best first."""
    seen: dict[str, dict[str, Any]] = {}
    for linked in report.claims:
        for one in linked.findings:
            work = one.work
            seen.setdefault(
                one.finding.iri,
                {
                    "direction": one.direction,
                    "finding": one.finding.iri,
                    "says": one.finding.text or one.finding.label,
                    "study": one.study.iri if one.study else None,
                    "design": one.study.design if one.study else None,
                    "work": work.iri if work else None,
                    "title": work.title if work else None,
                    "doi": work.doi if work else None,
                    "score": round(one.score, 3),
                },
            )
    best = sorted(seen.values(), key=lambda one: (-one["score"], one["finding"]))
    told: dict[str, Any] = {
        "claims": [linked.claim.text for linked in report.claims],
        "found": len(best),
        "evidence": best[:limit],
    }
    if not report.claims:
        told["note"] = NO_CLAIM
    return told


def _bounded(answer: str) -> str:
    if len(answer) > MAX_ANSWER:
        raise ToolError(
            f"the answer has {len(answer)} characters, more than {MAX_ANSWER}: ask for less (LIMIT)"
        )
    return answer
