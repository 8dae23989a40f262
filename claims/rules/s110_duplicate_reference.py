"""S110: one work printed twice in the reference list."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from claims.library import plain_doi
from claims.model import Confidence, Diagnostic, Severity, VerifiedReference
from claims.names import same_family
from claims.references.titles import title_similarity
from claims.rule import Facts, Rule, rule


@rule(
    "S110",
    "duplicate-reference",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=("ICMJE 2024, Recommendations, section IV.A.3.g: references",),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """One work stands twice in the reference list."""
    printed = [one for one in facts.references if not one.reference.implied]
    seen: set[int] = set()
    for first, second in combinations(printed[:500], 2):
        if second.reference.index in seen or not _same(first, second):
            continue
        seen.add(second.reference.index)
        yield rule.diagnostic(
            f"this is entry {first.reference.index} again ({first.reference.name})",
            second.reference.span,
            reference=second.reference.index,
        )


def _same(first: VerifiedReference, second: VerifiedReference) -> bool:
    one, other = first.reference.fields, second.reference.fields
    if one.doi and other.doi:
        return plain_doi(one.doi) == plain_doi(other.doi)
    if one.pmid and other.pmid:
        return one.pmid == other.pmid
    if one.year != other.year or not one.title or not other.title:
        return False
    if (
        not one.authors
        or not other.authors
        or not same_family(one.authors[0].family, other.authors[0].family)
    ):
        return False
    # Parts of a series differ in a number or a letter, which a similarity would pass over.
    if one.pages and other.pages and one.pages != other.pages:
        return False
    return title_similarity(one.title, other.title) >= 97 and one.volume == other.volume
