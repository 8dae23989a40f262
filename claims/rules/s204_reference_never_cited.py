"""S204: an entry of the reference list that the text never cites."""

from __future__ import annotations

from collections.abc import Iterable

from claims.model import Confidence, Diagnostic, Severity
from claims.rule import Facts, Rule, rule


@rule(
    "S204",
    "reference-never-cited",
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "American Psychological Association 2020, Publication Manual, 7th edition, section 8.4: "
        "correspondence between reference list and text",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """An entry of the reference list is cited nowhere.

    Said only of articles that do cite: a bare list of sources under a text is a style of its own.
    """
    cited = {index for citation in facts.citations for index in citation.references}
    if not cited:
        return
    reading = _further_reading(facts)
    for one in facts.references:
        reference = one.reference
        if reference.index in cited or reference.implied or reference.span.start >= reading:
            continue
        yield rule.diagnostic(
            f"nothing in the text cites {reference.name}", reference.span, reference=reference.index
        )


def _further_reading(facts: Facts) -> int:
    """Where a list that is meant to go uncited begins."""
    for block in facts.document.blocks:
        if (
            block.kind == "heading"
            and "further reading" in block.text.lower()
            and "references" not in block.text.lower()
        ):
            return block.offsets[0]
    return len(facts.document.text) + 1
