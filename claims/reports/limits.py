"""What a report could not judge or took for granted: unknown works, its own limits, an encoding."""

from __future__ import annotations

from collections.abc import Iterator

from claims.model import AuditReport
from claims.reports.phrases import count, work_name

__all__ = ["limits"]

_NAMED = 5  # works of which nothing is known that are named one by one


def limits(report: AuditReport) -> tuple[str, ...]:
    """A sentence for each limit that was met, for the reader of a report; () where none was."""
    # the checker itself, which a service that starts to serve does not wait for: it checks in other processes
    from claims.abstracts.given import LONGEST
    from claims.linking import SHOWN
    from claims.propositions import MAXIMUM_CLAIMS, MAXIMUM_SENTENCES
    from claims.sentence.slots import MAXIMUM_LENGTH
    from claims.sentences import split

    told = []
    if report.document.taken_for is not None:
        told.append(
            "The article is not UTF-8 and says no other encoding; "
            f"it was read as {report.document.taken_for}. Where letters look wrong, save it as UTF-8."
        )
    left = sum(linked.left_out for linked in report.claims)
    if left:
        claims = sum(linked.left_out > 0 for linked in report.claims)
        told.append(
            f"{count(left, 'finding')} of {count(claims, 'claim')} not shown: of each claim the {SHOWN} "
            "that fit best are, and what speaks against it."
        )
    told += _unknown_works(report)
    if len(report.claims) >= MAXIMUM_CLAIMS:
        told.append(f"Only the first {MAXIMUM_CLAIMS:,} claims were read; what follows them was not judged.")
    text = report.document.text
    if len(text) > 2 * MAXIMUM_SENTENCES or any(
        len(block.text) > MAXIMUM_LENGTH for block in report.document.blocks
    ):
        sentences = split(report.document)
        if len(sentences) > MAXIMUM_SENTENCES:
            told.append(
                f"Only the first {MAXIMUM_SENTENCES:,} of {len(sentences):,} sentences were read for claims."
            )
        long = sum(len(one.text) > MAXIMUM_LENGTH for one in sentences)
        if long:
            told.append(
                f"{count(long, 'sentence')} longer than {MAXIMUM_LENGTH:,} characters: "
                "only the beginning was read."
            )
    works = {work.iri: work for linked in report.claims for work in linked.works}
    cut = sum(len(work.abstract or "") > LONGEST for work in works.values())
    if cut:
        told.append(
            f"{count(cut, 'abstract')} longer than {LONGEST:,} characters: what was tried, on whom and in "
            "which doses was read from the beginning only."
        )
    return tuple(told)


def _unknown_works(report: AuditReport) -> Iterator[str]:
    """Cited works with neither an abstract nor a finding: what rests on them cannot be judged."""
    known = {one.finding.work for linked in report.claims for one in linked.findings}
    cited = {work.iri: work for linked in report.claims for work in linked.works}
    unknown = [work for iri, work in cited.items() if iri not in known and not work.abstract]
    if unknown:
        named = "; ".join(work_name(work) for work in unknown[:_NAMED])
        more = f"; and {len(unknown) - _NAMED} more" if len(unknown) > _NAMED else ""
        yield (
            f"Nothing is known of what {count(len(unknown), 'cited work')} found ({named}{more}): there is "
            "neither an abstract nor curated evidence, so claims that rest on them could not be judged. "
            "Export the references with their abstracts."
        )
