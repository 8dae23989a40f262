"""What a page shows of a report: its points, its claims and its references, ready to be set."""

from __future__ import annotations

from collections.abc import Mapping

from claims.model import AuditReport, Diagnostic
from claims.reports.claim_cards import ClaimCard, claim_card
from claims.reports.parts import assessments_of, with_ids
from claims.reports.points import Point, point_of
from claims.reports.positions import Lines
from claims.reports.reference_cards import ReferenceCard, reference_card


class Cards:
    """The points, claims and references of a report as a page shows them.

    Every text is still to be escaped, but for the drawings.
    """

    def __init__(self, report: AuditReport, labels: Mapping[str, str]) -> None:
        """``labels`` are by IRI of a concept."""
        text = report.document.text
        self._report, self._labels, self._lines = report, labels, Lines(text)
        self.diagnostics: tuple[Diagnostic, ...] = with_ids(report)
        self.points: dict[int, Point] = {}
        self.others: list[Point] = []  # those that belong to no claim and no reference
        self._of_claim: dict[str, list[Point]] = {linked.claim.id: [] for linked in report.claims}
        self._of_reference: dict[int, list[Point]] = {one.reference.index: [] for one in report.references}
        for number, one in enumerate(self.diagnostics, start=1):
            point = self.points[number] = point_of(number, one, text, self._lines)
            if one.claim in self._of_claim:
                self._of_claim[one.claim].append(point)
            elif one.reference in self._of_reference:
                self._of_reference[one.reference].append(point)
            else:
                self.others.append(point)

    def claims(self) -> list[ClaimCard]:
        """Every claim, in reading order."""
        assessments = assessments_of(self._report)
        statuses = {one.reference.index: one.status for one in self._report.references}
        return [
            claim_card(
                number,
                linked,
                line=self._lines.position(linked.claim.span.start).line,
                found=assessments.get(linked.claim.id),
                statuses=statuses,
                points=tuple(self._of_claim[linked.claim.id]),
                labels=self._labels,
            )
            for number, linked in enumerate(self._report.claims, start=1)
        ]

    def references(self) -> list[ReferenceCard]:
        """Every reference, as printed and as recorded."""
        return [
            reference_card(one, tuple(self._of_reference[one.reference.index]))
            for one in self._report.references
        ]
