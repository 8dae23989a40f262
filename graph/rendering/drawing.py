"""A trace as an SVG picture, laid out here: columns from the recommendation to the papers.

Lines for, against and neutral differ in dash and in sign, not in colour alone. Presentation
attributes only, so that a strict content security policy shows it as it is.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from graph import wording
from graph.certainty import certainty
from graph.evidence import Finding, Iri, Study
from graph.rendering.tallies import summary
from graph.tracing import Trace, TraceEdge, TraceNode

_COLUMNS = (
    ("recommendation",),
    ("claim", "mechanism"),
    ("step",),
    ("finding",),
    ("study",),
    ("work",),
)
_HEADINGS = {
    "recommendation": "Recommendation",
    "claim": "Claims and mechanisms",
    "step": "Steps",
    "finding": "Findings",
    "study": "Studies",
    "work": "Papers",
}
_WIDTH, _GAP, _LINE, _PAD, _SPACE, _TOP = 230, 110, 15, 8, 12, 96
_CHARACTERS = 32  # of 12 px text that fit the width of a box
_MARKS = {  # dash, width, colour, sign, words
    "supports": ("", "2", "#1b6e3c", "+", "supports"),
    "refutes": ("8 4", "2", "#a61b1b", "−", "refutes"),
    "neutral": ("2 4", "2", "#5a5a5a", "·", "is neutral"),
}
_FILL = {
    "recommendation": "#e8eefc",
    "claim": "#f4f6fb",
    "mechanism": "#f7f1e3",
    "step": "#fbf8f0",
    "finding": "#ffffff",
    "study": "#f2f7f2",
    "work": "#f5f5f5",
}
_CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class _Box:
    x: int
    y: int
    height: int
    lines: tuple[str, ...]

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


def svg(trace: Trace) -> str:
    """The picture. Its title and description say what it shows to those who do not see it."""
    columns = _columns(trace)
    edges = drawn(trace)
    boxes = _place(columns, edges, _reading_order(trace), details(trace))
    entries = _entries(edges, boxes)
    width = 2 * _SPACE + len(columns) * _WIDTH + max(0, len(columns) - 1) * _GAP
    height = max((box.y + box.height for box in boxes.values()), default=_TOP) + 2 * _SPACE
    root = trace.node(trace.root)
    title = f"Evidence behind: {root.label}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="trace-title trace-desc" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="system-ui, sans-serif" font-size="12">',
        f'<title id="trace-title">{_text(title)}</title>',
        f'<desc id="trace-desc">{_text(_description(trace))}</desc>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *_legend(),
    ]
    for number, column in enumerate(columns):
        x = _SPACE + number * (_WIDTH + _GAP)
        heading = _HEADINGS[next(kind for kind in _COLUMNS[_column_of(column[0])])]
        parts.append(f'<text x="{x}" y="{_TOP - 16}" font-weight="bold">{_text(heading)}</text>')
    parts += [_edge(edge, boxes, entry) for edge, entry in zip(edges, entries, strict=True)]
    unsupported = set(trace.unsupported_steps)
    for column in columns:
        parts += [_node(node, boxes[node.iri], node.iri in unsupported) for node in column]
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def _columns(trace: Trace) -> list[list[TraceNode]]:
    found: list[list[TraceNode]] = [[] for _ in _COLUMNS]
    for node in trace.nodes:
        found[_column_of(node)].append(node)
    return [column for column in found if column]


def _column_of(node: TraceNode) -> int:
    return next(number for number, kinds in enumerate(_COLUMNS) if node.kind in kinds)


def details(trace: Trace) -> dict[Iri, str]:
    """What is drawn below a label: what a finding found, what a study is, how certain a claim is."""
    from graph.rendering.account import level

    found = {}
    for node in trace.nodes:
        if isinstance(node.value, Finding):
            found[node.iri] = wording.finding(node.value)
        elif isinstance(node.value, Study):
            found[node.iri] = wording.study(node.value)
        elif node.kind in ("claim", "recommendation"):
            found[node.iri] = level(certainty(trace, node.iri)).partition(";")[0]
    return found


def _lines(node: TraceNode, detail: str) -> tuple[str, ...]:
    lines = textwrap.wrap(node.label, _CHARACTERS, max_lines=3, placeholder=" …") or [""]
    if detail:
        lines += textwrap.wrap(detail, _CHARACTERS, max_lines=2, placeholder=" …")
    return tuple(lines)


def drawn(trace: Trace) -> list[TraceEdge]:
    """The edges to draw, left to right: a paper hangs on its study where the study is known."""
    reports = {(edge.source, edge.target) for edge in trace.edges if edge.relation == "reports"}
    study_of = {edge.source: edge.target for edge in trace.edges if edge.relation == "of-study"}
    drawn = []
    for edge in trace.edges:
        if edge.relation == "reports":
            drawn.append(TraceEdge(edge.target, edge.source, "reported-in"))
        elif edge.relation == "includes" or (
            edge.relation == "reported-in" and (edge.target, study_of.get(edge.source)) in reports
        ):
            continue
        else:
            drawn.append(edge)
    return drawn


def _reading_order(trace: Trace) -> dict[Iri, int]:
    """Where each node comes when the tree is read from the top."""
    below: dict[Iri, list[Iri]] = {}
    for edge in trace.edges:
        below.setdefault(edge.source, []).append(edge.target)
    order: dict[Iri, int] = {}
    stack = [trace.root]
    while stack:
        iri = stack.pop()
        if iri not in order:
            order[iri] = len(order)
            stack += reversed(below.get(iri, []))
    return order


def _place(
    columns: Sequence[Sequence[TraceNode]],
    edges: Sequence[TraceEdge],
    order: Mapping[Iri, int],
    detail: Mapping[Iri, str],
) -> dict[Iri, _Box]:
    """Columns left to right. The tallest is stacked in reading order, the others settle beside it."""
    lines = {node.iri: _lines(node, detail.get(node.iri, "")) for column in columns for node in column}
    heights = {iri: len(texts) * _LINE + 2 * _PAD for iri, texts in lines.items()}
    totals = [sum(heights[node.iri] + _SPACE for node in column) for column in columns]
    tallest = totals.index(max(totals))
    ends: dict[Iri, list[tuple[Iri, bool]]] = {}
    for edge in edges:
        ends.setdefault(edge.source, []).append((edge.target, True))
        ends.setdefault(edge.target, []).append((edge.source, False))
    middles: dict[Iri, int] = {}
    tops: dict[Iri, int] = {}
    for number in (tallest, *range(tallest - 1, -1, -1), *range(tallest + 1, len(columns))):
        wanted = []
        middle = 0  # a node that touches nothing there stays with the one read before it
        for node in sorted(columns[number], key=lambda one: order.get(one.iri, 0)):
            near = [
                middles[end]
                for end, right in ends.get(node.iri, ())
                if end in middles and (number == tallest or right == (number < tallest))
            ]
            middle = sum(near) // len(near) if near and number != tallest else middle
            wanted.append((middle, order.get(node.iri, 0), node.iri))
        bottom = _TOP + totals[tallest]
        rest = totals[number]
        y = _TOP
        for middle, _, iri in sorted(wanted):
            y = max(y, min(middle - heights[iri] // 2, bottom - rest))
            tops[iri], middles[iri] = y, y + heights[iri] // 2
            y += heights[iri] + _SPACE
            rest -= heights[iri] + _SPACE
    return {
        node.iri: _Box(_SPACE + number * (_WIDTH + _GAP), tops[node.iri], heights[node.iri], lines[node.iri])
        for number, column in enumerate(columns)
        for node in column
    }


def _entries(edges: Sequence[TraceEdge], boxes: Mapping[Iri, _Box]) -> list[int]:
    """Where each edge enters its target: lines with a sign one below the other, so that each sign is seen."""
    signed: dict[Iri, list[int]] = {}
    for number, edge in enumerate(edges):
        if edge.relation in _MARKS:
            signed.setdefault(edge.target, []).append(number)
    found = [boxes[edge.target].middle for edge in edges]
    for target, numbers in signed.items():
        box = boxes[target]
        numbers.sort(key=lambda number: (boxes[edges[number].source].middle, number))
        for place, number in enumerate(numbers, 1):
            found[number] = box.y + box.height * place // (len(numbers) + 1)
    return found


def _edge(edge: TraceEdge, boxes: Mapping[Iri, _Box], entry: int) -> str:
    source, target = boxes[edge.source], boxes[edge.target]
    x1, y1, x2, y2 = source.x + _WIDTH, source.middle, target.x, entry
    bend = max(40, (x2 - x1) // 2)
    path = f"M{x1},{y1} C{x1 + bend},{y1} {x2 - bend},{y2} {x2},{y2}"
    mark = _MARKS.get(edge.relation)
    if mark is None:
        return f'<path d="{path}" fill="none" stroke="#9aa3ad" stroke-width="1"/>'
    dash, width, colour, sign, words = mark
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    said = wording.line(edge.line) if edge.line is not None else words
    return (
        f"<g><title>{_text(said)}</title>"
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>'
        f'<circle cx="{x2 - 10}" cy="{y2}" r="8" fill="#ffffff" stroke="{colour}"/>'
        f'<text x="{x2 - 10}" y="{y2 + 4}" text-anchor="middle" font-weight="bold" '
        f'fill="{colour}">{sign}</text></g>'
    )


def _node(node: TraceNode, box: _Box, unsupported: bool) -> str:
    dash = ' stroke-dasharray="4 3"' if unsupported else ""
    note = " (no line supports this step)" if unsupported else ""
    texts = "".join(
        f'<text x="{box.x + _PAD}" y="{box.y + _PAD + 11 + number * _LINE}">{_text(line)}</text>'
        for number, line in enumerate(box.lines)
    )
    return (
        f"<g data-iri={quoteattr(_CONTROL.sub('', node.iri))}>"
        f"<title>{_text(f'{node.kind}: {node.label}{note}')}</title>"
        f'<rect x="{box.x}" y="{box.y}" width="{_WIDTH}" height="{box.height}" rx="6" '
        f'fill="{_FILL[node.kind]}" stroke="#4a5560"{dash}/>{texts}</g>'
    )


def _legend() -> list[str]:
    parts = []
    x = _SPACE
    for dash, width, colour, sign, words in _MARKS.values():
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        parts.append(
            f'<path d="M{x},24 H{x + 40}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>'
            f'<text x="{x + 46}" y="28" fill="{colour}">{sign} {words}</text>'
        )
        x += 170
    parts.append(
        f'<rect x="{x}" y="15" width="40" height="18" rx="4" fill="{_FILL["step"]}" stroke="#4a5560" '
        f'stroke-dasharray="4 3"/><text x="{x + 46}" y="28">step that no line supports</text>'
    )
    return parts


def _description(trace: Trace) -> str:
    return summary(trace).replace("\n", " ")


def _text(value: str) -> str:
    return escape(_CONTROL.sub("", value))
