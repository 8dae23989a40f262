"""Reports that can be asked for again, as long as the service keeps them."""

from __future__ import annotations

from dataclasses import dataclass

from api.service import Service
from claims.model import AuditReport
from claims.rule import Rule
from graph.errors import ClaimspineError
from graph.validation import Fault


@dataclass(frozen=True, slots=True)
class KeptAudit:
    """A report that can be asked for again."""

    id: str
    report: AuditReport
    written: str
    rules: tuple[Rule, ...]
    labels: dict[str, str]
    faults: tuple[Fault, ...]
    generation: int
    at: str
    by: str | None


def kept_audit(service: Service, identifier: str) -> KeptAudit:
    """The audit with this id.

    Raises:
        ClaimspineError: ``no-such-audit``.
    """
    kept = service.audits.get(identifier)
    if not isinstance(kept, KeptAudit):
        raise ClaimspineError(
            "no-such-audit", "there is no such audit, or it is no longer kept", hint="audit the article again"
        )
    return kept
