"""S109: a reference printed without the identifier that its work has."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.model import Confidence, Diagnostic, Fix, ReferenceStatus, Severity, Span
from claims.pointing import work_pointer
from claims.rule import Facts, Rule, rule
from graph.naming import known_as


@rule(
    "S109",
    "reference-without-identifier",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=("American Psychological Association 2020, Publication Manual, 7th edition, section 9.34: DOIs",),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """A reference is printed without the identifier that its work has."""
    for one in facts.references:
        fields = one.reference.fields
        if one.status is not ReferenceStatus.VERIFIED or one.work is None or one.reference.implied:
            continue
        if (
            fields.doi
            or fields.pmid
            or fields.pmcid
            or _page(fields.url)
            or not (one.work.doi or one.work.pmid)
        ):
            continue
        known = f"https://doi.org/{one.work.doi}" if one.work.doi else f"PMID {one.work.pmid}"
        end = one.reference.span.end
        yield rule.diagnostic(
            f"{known_as(one.work)} can be linked to: {known}",
            one.reference.span,
            reference=one.reference.index,
            evidence=(work_pointer(one.work),),
            fix=Fix(Span(end, end), f" {known}"),
        )


def _page(url: str | None) -> bool:
    """Whether an address is that of a page, and not of a whole site: "https://www.bmj.com/"."""
    return bool(url) and re.search(r"[^:/]/+[^/\s]", url or "") is not None
