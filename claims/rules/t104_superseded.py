"""T104: a cited work has been replaced by a newer one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.library import Library, plain_doi
from claims.model import Confidence, Diagnostic, Severity
from claims.names import recorded_author, same_family
from claims.references.identifiers import preprint_server
from claims.references.titles import same_title
from claims.rule import Facts, Rule, rule
from claims.rules.standing import pointer
from graph.evidence import Work
from graph.naming import known_as

# What a record may say beside naming the work that took its place; graver standings have rules of their own.
_MILD = (None, "current", "corrected", "superseded")
# The DOIs of Cochrane reviews and protocols number their versions; the first has no number.
_REVIEW = re.compile(r"(?P<review>10\.1002/14651858\.[a-z]{2}\d{6})(?:\.pub(?P<version>\d{1,2}))?")
_LATEST = 99  # what such a number can be


@rule(
    "T104",
    "superseded",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=("Cochrane Handbook for Systematic Reviews of Interventions, chapter IV: updating a review",),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """A newer version of the work exists."""
    for one in facts.references:
        work = one.work
        if work is None or one.matched_by == ("context",) or work.standing not in _MILD:
            continue
        newer = facts.evidence.works.get(work.replaced_by) if work.replaced_by else None
        newer = newer or _next_version(work, facts.library)
        if work.standing != "superseded" and newer is None:
            continue
        by = f" by {known_as(newer)}" + (f", “{newer.title}”" if newer.title else "") if newer else ""
        yield rule.diagnostic(
            f"{known_as(work)} has been replaced{by}: cite the newer one",
            one.reference.span,
            reference=one.reference.index,
            evidence=pointer(work) + (pointer(newer) if newer else ()),
        )


def _next_version(work: Work, library: Library) -> Work | None:
    """The newest version of a Cochrane review, or what a preprint was published as, among the works known."""
    review = _REVIEW.fullmatch(plain_doi(work.doi or ""))
    if review is not None:
        for version in range(_LATEST, int(review["version"] or 1), -1):
            later = [one for one in library.with_doi(f"{review['review']}.pub{version}") if one.doi]
            if later:
                return later[-1]
        return None
    if preprint_server(work) is None or not work.title or not work.authors:
        return None
    first = recorded_author(work.authors[0]).family
    candidates = {one.iri: one for one in library.by_first_author(first, None)}
    candidates |= {one.iri: one for one in library.like_title(work.title)}
    return next(
        (
            one
            for _, one in sorted(candidates.items())
            if one.journal
            and one.authors
            and preprint_server(one) is None
            and (one.year or 0) >= (work.year or 0)
            and same_title(work.title, one.title or "")
            and same_family(first, recorded_author(one.authors[0]).family)
        ),
        None,
    )
