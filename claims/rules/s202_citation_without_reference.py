"""S202: a citation in the text to which no entry of the reference list answers."""

from __future__ import annotations

from collections.abc import Iterable

from claims.citations import missing_numbers
from claims.model import Confidence, Diagnostic, InTextCitation, Reference, Severity
from claims.names import same_family
from claims.references.telling import has_printed_list
from claims.rule import Facts, Rule, rule


@rule(
    "S202",
    "citation-without-reference",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "American Psychological Association 2020, Publication Manual, 7th edition, section 8.4: "
        "correspondence between reference list and text",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """A citation has no entry in the reference list."""
    if not has_printed_list(facts):
        return
    printed = [one.reference for one in facts.references if not one.reference.implied]
    for citation in facts.citations:
        if (citation.references or citation.ambiguous) and not citation.year_differs:
            continue
        if citation.style in ("numeric", "superscript"):
            missing = missing_numbers(citation, printed)
            if missing:
                said = f"{citation.text} cites {_numbers(missing)}, but the reference list has no such entry"
                yield rule.diagnostic(said, citation.span)
        elif citation.style == "footnote":
            yield rule.diagnostic(f"{citation.text} leads to no note", citation.span)
        elif citation.style == "author-year":
            said = f"“{citation.text}” has no entry in the reference list{_near(citation, printed)}"
            yield rule.diagnostic(said, citation.span)


def _numbers(missing: tuple[str, ...]) -> str:
    return ("number " if len(missing) == 1 else "numbers ") + ", ".join(missing)


def _near(citation: InTextCitation, printed: Iterable[Reference]) -> str:
    """The entry that was probably meant: the same first author in another year."""
    name = citation.keys[0].rsplit(" ", 1)[0]
    for reference in printed:
        authors = reference.fields.authors
        if authors and reference.fields.year and same_family(authors[0].family, name):
            taken = ", which is taken to be meant" if reference.index in citation.references else ""
            return f"; it has {authors[0].family} {reference.fields.year}{taken}"
    return ""
