"""The article with its marks, cut so that overlapping spans come out as plain, unnested pieces."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from claims.model import AuditReport, Block, Diagnostic, Severity, Span

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same marks.

    ``points`` are numbers of diagnostics, the gravest and narrowest first; ``starts`` and ``ends``
    those that begin and end with this piece, ``claims_start`` and ``claims_end`` the claims that do.
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
    blocks = [block for block in report.document.blocks if block.text]
    places = _Places(blocks)
    points = places.share((number, one.span) for number, one in enumerate(diagnostics, start=1))
    claims = places.share((number, linked.claim.span) for number, linked in enumerate(report.claims, start=1))
    leads = {linked.claim.sentence.lead_span for linked in report.claims}
    led = places.share((0, span) for span in sorted(span for span in leads if span is not None))
    seen: set[int] = set()
    begun: set[int] = set()
    marked = []
    for place, block in enumerate(blocks):
        inside = points.get(place, [])
        new = tuple(number for number, _ in inside if number not in seen)
        seen.update(new)
        lead = [at for _, at in led.get(place, [])]
        claimed = claims.get(place, [])
        anchors = {number for number, _ in claimed} - begun
        begun |= anchors
        pieces = _cut(block.text, inside, claimed, lead, rank, set(new), anchors)
        marked.append(MarkedBlock(block.kind, block.level, tuple(pieces), new))
    return tuple(marked)


class _Places:
    """Where the blocks stand in the original, to find those that a span touches without trying all."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        order = sorted(range(len(blocks)), key=lambda place: blocks[place].offsets[0])
        self._order = order
        self._firsts = [blocks[place].offsets[0] for place in order]
        # the furthest end so far: blocks may lie within blocks (a list in a cell of a table)
        ends = [blocks[place].offsets[len(blocks[place].text)] for place in order]
        self._reach = list(accumulate(ends, max))

    def share(self, spans: Iterable[tuple[int, Span]]) -> dict[int, list[tuple[int, tuple[int, int]]]]:
        """Numbered spans by block, as ranges of its text, in the order given."""
        shared: dict[int, list[tuple[int, tuple[int, int]]]] = {}
        for number, span in spans:
            at = bisect_left(self._firsts, max(span.end, span.start + 1)) - 1
            while at >= 0 and self._reach[at] > span.start:
                place = self._order[at]
                within = _within(self._blocks[place], span)
                if within is not None:
                    shared.setdefault(place, []).append((number, within))
                at -= 1
        return shared


def _within(block: Block, span: Span) -> tuple[int, int] | None:
    """The part of a block's text that a span of the original covers; None when it covers nothing."""
    end = max(span.end, span.start + 1)  # a point of no length marks the character it stands before
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
    anchors: set[int],
) -> list[Piece]:
    """``new`` and ``anchors``: the points and the claims that begin in this block, for their anchors."""
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
                claims_start=tuple(number for number in claim_cuts.starts.get(low, ()) if number in anchors),
                claims_end=tuple(claim_cuts.ends.get(high, ())),
                lead=any(start <= low and high <= end for start, end in leads),
            )
        )
    return pieces
