"""The values that the checker's stages hand to one another. All frozen; offsets are characters
into the original text of the article, end exclusive; ``None`` and ``()`` mean unknown.

In the order of the stages: ``article``, ``reference``, ``claim``, ``linked``, ``report``; ``kinds`` of what a
claim's study may have had.
"""

from __future__ import annotations

from claims.model.article import Block, Document, Sentence, Span
from claims.model.claim import CausalStrength, Claim, Mention, Proposition, Quantity, StudyStatement
from claims.model.linked import CitedSentence, LinkedClaim, LinkedFinding, StudyComparison, Taken
from claims.model.reference import (
    Author,
    FieldComparison,
    InTextCitation,
    Reference,
    ReferenceFields,
    ReferenceStatus,
    VerifiedReference,
)
from claims.model.report import (
    Assessment,
    AuditReport,
    Confidence,
    Diagnostic,
    EvidencePointer,
    Fix,
    Severity,
    Verdict,
)

__all__ = [
    "Assessment",
    "AuditReport",
    "Author",
    "Block",
    "CausalStrength",
    "CitedSentence",
    "Claim",
    "Confidence",
    "Diagnostic",
    "Document",
    "EvidencePointer",
    "FieldComparison",
    "Fix",
    "InTextCitation",
    "LinkedClaim",
    "LinkedFinding",
    "Mention",
    "Proposition",
    "Quantity",
    "Reference",
    "ReferenceFields",
    "ReferenceStatus",
    "Sentence",
    "Severity",
    "Span",
    "StudyComparison",
    "StudyStatement",
    "Taken",
    "Verdict",
    "VerifiedReference",
]
