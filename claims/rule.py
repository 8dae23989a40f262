"""How a rule is declared. One rule is one question with one code; see docs/adr/0003."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from claims.library import Library
from claims.model import (
    CitedSentence,
    Claim,
    Confidence,
    Diagnostic,
    Document,
    EvidencePointer,
    Fix,
    InTextCitation,
    LinkedClaim,
    Sentence,
    Severity,
    Span,
    VerifiedReference,
)
from graph.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a rule may look at: the article as understood, and the evidence."""

    document: Document
    sentences: tuple[Sentence, ...]
    references: tuple[VerifiedReference, ...]
    citations: tuple[InTextCitation, ...]
    claims: tuple[LinkedClaim, ...]
    evidence: Evidence
    cited: tuple[CitedSentence, ...] = ()  # sentences with a citation of their own (``claims.cited``)
    library: Library = field(default_factory=Library)  # the works of the evidence, to be looked up

    def cited_without(self, said: Collection[Diagnostic]) -> Iterator[CitedSentence]:
        """The sentences that cite for themselves and hold none of ``said``, in reading order."""
        for cited in self.cited:
            if not any(cited.sentence.span.holds(one.span) for one in said):
                yield cited

    def claim_at(self, offset: int) -> Claim | None:
        """The claim whose words stand at this place of the article; a sentence may make several."""
        for linked in self.claims:
            if linked.claim.span.start <= offset < linked.claim.span.end:
                return linked.claim
        return None


@dataclass(frozen=True, slots=True)
class Rule:
    """A declared rule. ``sources`` are the guideline or paper its question comes from."""

    code: str
    name: str
    title: str
    severity: Severity
    confidence: Confidence
    since: str
    status: str  # preview, stable, deprecated, removed
    sources: tuple[str, ...]
    check: Callable[[Rule, Facts], Iterable[Diagnostic]]

    def diagnostic(
        self,
        message: str,
        span: Span,
        *,
        claim: str | None = None,
        reference: int | None = None,
        evidence: tuple[EvidencePointer, ...] = (),
        fix: Fix | None = None,
        confidence: Confidence | None = None,
    ) -> Diagnostic:
        """A diagnostic of this rule."""
        return Diagnostic(
            code=self.code,
            name=self.name,
            severity=self.severity,
            confidence=confidence or self.confidence,
            message=message,
            span=span,
            claim=claim,
            reference=reference,
            evidence=evidence,
            fix=fix,
        )


Check = Callable[[Rule, Facts], Iterable[Diagnostic]]


def rule(
    code: str,
    name: str,
    *,
    severity: Severity,
    confidence: Confidence,
    since: str,
    sources: tuple[str, ...] = (),
    status: str = "stable",
) -> Callable[[Check], Rule]:
    """Declare the decorated function as the check of a rule; its docstring's first line is the title."""

    def declare(check: Check) -> Rule:
        title = (check.__doc__ or "").strip().splitlines()[0].rstrip(".")
        return Rule(code, name, title, severity, confidence, since, status, sources, check)

    return declare


def with_profile(rules: Iterable[Rule], severities: Mapping[str, Severity | None]) -> tuple[Rule, ...]:
    """The rules under a profile: a severity changes a rule's own, ``None`` turns it off."""
    chosen = []
    for one in rules:
        severity = severities.get(one.code, one.severity)
        if severity is not None:
            chosen.append(replace(one, severity=severity))
    return tuple(chosen)
