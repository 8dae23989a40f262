"""What an audit says: diagnostics, verdicts, and the report that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from claims.model.article import Document, Span
from claims.model.linked import LinkedClaim
from claims.model.reference import InTextCitation, VerifiedReference
from graph.evidence import Iri
from ontology.loader import DATA_BASE


class Severity(StrEnum):
    """How bad for the reader."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Confidence(StrEnum):
    """How sure the tool is of its own diagnostic (never the certainty of evidence)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Verdict(StrEnum):
    """What the stored evidence lets us say of a claim."""

    SUPPORTED = "supported"
    PARTLY_SUPPORTED = "partly supported"
    OVERSTATED = "overstated"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    NOT_ENOUGH_INFORMATION = "not enough information"


@dataclass(frozen=True, slots=True)
class EvidencePointer:
    """One place of the evidence path: IRI, what it is (work, study, finding, taken, line), what it says."""

    iri: Iri
    kind: str
    quote: str


@dataclass(frozen=True, slots=True)
class Fix:
    """An edit of the article: put ``text`` where ``span`` stands."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What one rule says about one place. Never raised. ``id`` is given by the engine."""

    code: str
    name: str
    severity: Severity
    confidence: Confidence
    message: str
    span: Span
    claim: str | None = None  # Claim.id
    reference: int | None = None  # Reference.index
    evidence: tuple[EvidencePointer, ...] = ()
    fix: Fix | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdict on one claim, with the certainty of the body of evidence behind it."""

    claim: str
    verdict: Verdict
    certainty: str | None  # high, moderate, low, very-low; None: unknown
    certainty_reasons: tuple[str, ...]
    diagnostics: tuple[str, ...]  # Diagnostic.id


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Everything that the reports draw on."""

    document: Document
    references: tuple[VerifiedReference, ...]
    citations: tuple[InTextCitation, ...]
    claims: tuple[LinkedClaim, ...]
    diagnostics: tuple[Diagnostic, ...]
    assessments: tuple[Assessment, ...]
    base: str = DATA_BASE  # what the document's id stands under
