"""The article with its marks, cut so that overlapping spans come out as plain, unnested pieces."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from claims.model import AuditReport, Block, Diagnostic, Severity, Span

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same marks.

    ``points`` are numbers of diagnostics, the gravest and narrowest first; ``ends`` those that end
    with this piece; ``claim`` the number of the claim that ends with it. ``anchor``: the first piece
    of these points and claims, which links lead back to.
    """

    text: str
    points: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    claims_start: tuple[int, ...] = ()
    claims_end: tuple[int, ...] = ()
    lead: bool = False


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """A block of the article with its pieces and the numbers of the points that start in it."""

    kind: str
    level: int
    pieces: tuple[Piece, ...]
    points: tuple[int, ...]


@dataclass(slots=True)
class _Cuts:
    starts: dict[int, list[int]] = field(default_factory=dict)
    ends: dict[int, list[int]] = field(default_factory=dict)


def mark(report: AuditReport, diagnostics: Sequence[Diagnostic]) -> tuple[MarkedBlock, ...]:
    """The blocks of the article; points and claims are numbered from 1, in the order given.

    A point whose span touches no block (it may stand in mark-up) is anchored nowhere.
    """
    rank = {
        number: (_RANK[one.severity], one.span.end - one.span.start, number)
        for number, one in enumerate(diagnostics, start=1)
    }
    points = [(number, one.span) for number, one in enumerate(diagnostics, start=1)]
    claims = [(number, linked.claim.span) for number, linked in enumerate(report.claims, start=1)]
    leads = sorted(
        {linked.claim.sentence.lead_span for linked in report.claims if linked.claim.sentence.lead_span}
    )
    seen: set[int] = set()
    marked = []
    for block in report.document.blocks:
        if not block.text:
            continue
        first, last = block.offsets[0], block.offsets[len(block.text)]
        inside = [(number, at) for number, span in points if (at := _within(block, span, first, last))]
        claimed = [(number, at) for number, span in claims if (at := _within(block, span, first, last))]
        led = [at for span in leads if (at := _within(block, span, first, last))]
        new = tuple(number for number, _ in inside if number not in seen)
        seen.update(new)
        marked.append(
            MarkedBlock(
                block.kind, block.level, tuple(_cut(block.text, inside, claimed, led, rank, set(new))), new
            )
        )
    return tuple(marked)


def _within(block: Block, span: Span, first: int, last: int) -> tuple[int, int] | None:
    """The part of a block's text that a span of the original covers; None when it covers nothing."""
    end = max(span.end, span.start + 1)  # a point of no length marks the character it stands before
    if end <= first or span.start >= last:
        return None
    length = len(block.text)
    low = bisect_left(block.offsets, span.start, 0, length)
    high = bisect_left(block.offsets, end, 0, length)
    return (low, high) if high > low else None


def _cut(
    text: str,
    points: list[tuple[int, tuple[int, int]]],
    claims: list[tuple[int, tuple[int, int]]],
    leads: list[tuple[int, int]],
    rank: dict[int, tuple[int, int, int]],
    new: set[int],
) -> list[Piece]:
    point_cuts, claim_cuts = _Cuts(), _Cuts()
    for cuts, spans in ((point_cuts, points), (claim_cuts, claims)):
        for number, (low, high) in spans:
            cuts.starts.setdefault(low, []).append(number)
            cuts.ends.setdefault(high, []).append(number)
    edges = {0, len(text)}
    for cuts in (point_cuts, claim_cuts):
        edges.update(cuts.starts, cuts.ends)
    edges.update(edge for lead in leads for edge in lead)
    places = sorted(edges)
    pieces = []
    active: set[int] = set()
    for low, high in pairwise(places):
        active.difference_update(point_cuts.ends.get(low, ()))
        active.update(point_cuts.starts.get(low, ()))
        pieces.append(
            Piece(
                text=text[low:high],
                points=tuple(sorted(active, key=rank.__getitem__)),
                starts=tuple(number for number in point_cuts.starts.get(low, ()) if number in new),
                ends=tuple(sorted(point_cuts.ends.get(high, ()))),
                claims_start=tuple(claim_cuts.starts.get(low, ())),
                claims_end=tuple(claim_cuts.ends.get(high, ())),
                lead=any(start <= low and high <= end for start, end in leads),
            )
        )
    return pieces
