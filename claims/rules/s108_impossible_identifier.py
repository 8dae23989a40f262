"""S108: an identifier or a locator that cannot be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from claims.journals import same_journal
from claims.model import Confidence, Diagnostic, Severity
from claims.references.identifiers import contradictions
from claims.references.telling import printed_span
from claims.rule import Facts, Rule, rule


@rule(
    "S108",
    "impossible-identifier",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "ISO 26324:2022, Digital object identifier system, section 4: DOI name",
        "International DOI Foundation, DOI Handbook, section 2: numbering",
        "arXiv, Understanding the arXiv identifier, 2024",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """A printed identifier, locator or volume cannot be right."""
    by_journal = defaultdict(list)
    for work in facts.evidence.works.values():
        if work.journal:
            by_journal[work.journal].append(work)
    for one in facts.references:
        reference = one.reference
        journal = reference.fields.journal or ""
        # a library holds far fewer journals than works
        works = [work for name, held in by_journal.items() if same_journal(journal, name) for work in held]
        for found in contradictions(reference.fields, reference.raw, works):
            yield rule.diagnostic(
                f"{found.printed} cannot be right: {found.why}",
                printed_span(facts.document, reference, found.printed),
                reference=reference.index,
            )
