"""Forest plots as SVG: effect estimates with their intervals, on one axis.

Ratios are drawn on a logarithmic axis, differences on a linear one (Cochrane Handbook 6.4, section
10.3.3). What is not known is not drawn: an estimate whose interval was not recorded is a hollow mark
without whiskers. Colours come from the page, by class, with ``currentColor`` where it has none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape

_RATIO_TICKS = (
    0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0,
    1.25, 1.5, 2.0, 3.0, 4.0, 5.0, 10.0, 20.0, 50.0, 100.0, 1000.0,
)  # fmt: skip
_WIDEST_RATIO = 1000.0
_NARROW = 480
_TICK_ROOM = 34.0


@dataclass(frozen=True, slots=True)
class Row:
    """One estimate. ``direction`` (supports, refutes, neutral) chooses the shape of the mark.

    ``low`` and ``high`` are None when the interval was not recorded; ``shown`` is the estimate in words.
    """

    name: str
    detail: str
    value: float
    low: float | None
    high: float | None
    shown: str
    direction: str = "neutral"


@dataclass(frozen=True, slots=True)
class Claimed:
    """What the article's own words say, as a range on the same axis ("nearly halved" is 0.5 to 0.6)."""

    words: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Plot:
    """Estimates that share an axis. ``none`` is the value of no effect; None where there is no such value."""

    title: str
    rows: tuple[Row, ...]
    logarithmic: bool
    none: float | None
    unit: str = ""
    below: str = "lower"  # what lies left and right of no effect
    above: str = "higher"
    claimed: Claimed | None = None
    left_out: int = 0  # estimates that are known but not among the rows


def drawable(row: Row, logarithmic: bool) -> bool:
    """Whether a row has a place on the axis: finite, and above nought on a logarithmic one."""
    return math.isfinite(row.value) and (not logarithmic or row.value > 0)


def svg(plot: Plot, width: int = 640, name: str = "forest") -> str:
    """The plot as one ``<svg>`` element, ``width`` pixels wide at its natural size.

    Under 480 pixels the labels stand above the whiskers instead of beside them. ``name`` makes the
    ids inside unique on a page. Every text is escaped. Empty when no row can be drawn.
    """
    rows = [row for row in plot.rows if drawable(row, plot.logarithmic)]
    if not rows:
        return ""
    narrow = width < _NARROW
    left, right = (10.0, width - 10.0) if narrow else (width * 0.36, width * 0.70)
    axis = _Axis(plot, rows, left, right)
    row_height = 62 if narrow else 40
    top = 30 if plot.claimed is not None else 10
    bottom = top + row_height * len(rows)
    height = bottom + 46
    out = [
        f'<svg class="forest" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" '
        f'aria-labelledby="{escape(name)}-title {escape(name)}-desc" '
        'font-family="system-ui, sans-serif" font-size="12" fill="currentColor">',
        f'<title id="{escape(name)}-title">{escape(plot.title)}</title>',
        f'<desc id="{escape(name)}-desc">{escape(_described(plot, rows))}</desc>',
    ]
    # Where the labels stand above the whiskers, what crosses the rows keeps to the whiskers' own lanes.
    starts = [top + row_height * place for place in range(len(rows))]
    lanes: list[tuple[float, float]]
    lanes = [(y + 36, y + 57) for y in starts] if narrow else [(top - 6, bottom)]
    if plot.claimed is not None:
        out.append(_band(plot.claimed, axis, top, lanes, width))
    out.append(_axis(axis, plot, bottom, lanes, width))
    out += [_row(row, axis, y, width, narrow) for row, y in zip(rows, starts, strict=True)]
    out.append("</svg>")
    return "".join(out)


class _Axis:
    """Values to pixels."""

    def __init__(self, plot: Plot, rows: list[Row], left: float, right: float) -> None:
        self.left, self.right, self.logarithmic = left, right, plot.logarithmic
        values = [row.value for row in rows]
        values += [end for row in rows for end in (row.low, row.high) if end is not None and self._fits(end)]
        if plot.none is not None:
            values.append(plot.none)
        if plot.claimed is not None:
            values += [end for end in (plot.claimed.low, plot.claimed.high) if self._fits(end)]
        if plot.logarithmic:  # an interval that runs off to a thousandfold would flatten the rest
            values = [min(max(value, 1 / _WIDEST_RATIO), _WIDEST_RATIO) for value in values]
        scaled = [self._scale(value) for value in values]
        low, high = min(scaled), max(scaled)
        slack = (high - low) * 0.08 or 0.5
        self.low, self.high = low - slack, high + slack

    def _fits(self, value: float) -> bool:
        return math.isfinite(value) and (value > 0 or not self.logarithmic)

    def _scale(self, value: float) -> float:
        if not self.logarithmic:
            return value
        return math.log(min(max(value, 1e-9), 1e9))

    def at(self, value: float) -> float:
        """The pixel of a value, kept inside the axis."""
        share = (self._scale(value) - self.low) / (self.high - self.low)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def outside(self, value: float) -> bool:
        """Whether a value lies beyond the axis."""
        return not self._fits(value) or not self.low <= self._scale(value) <= self.high

    def ticks(self) -> list[float]:
        """Round values, far enough apart to be read; no effect comes first."""
        if self.logarithmic:
            wanted = [tick for tick in _RATIO_TICKS if not self.outside(tick)]
            wanted.sort(
                key=lambda tick: (tick != 1.0, tick not in (0.1, 0.5, 2.0, 10.0), abs(math.log(tick)))
            )
        else:
            step = 10 ** math.floor(math.log10((self.high - self.low) / 2))
            for times in (1, 2, 5, 10, 20):
                if (self.high - self.low) / (step * times) <= 6:
                    step *= times
                    break
            first = math.ceil(self.low / step)
            wanted = [place * step for place in range(first, math.floor(self.high / step) + 1)]
            wanted.sort(key=abs)
        kept: list[float] = []
        for tick in wanted:
            if all(abs(self.at(tick) - self.at(other)) >= _TICK_ROOM for other in kept):
                kept.append(tick)
        return sorted(kept)


def _described(plot: Plot, rows: list[Row]) -> str:
    said = [f"{row.name}, {row.detail}: {row.shown} ({row.direction})." for row in rows]
    if plot.claimed is not None:
        said.append(f"The article says “{plot.claimed.words}”, {_range(plot.claimed)}.")
    return " ".join(said)


def _range(claimed: Claimed) -> str:
    if abs(claimed.high - claimed.low) < 0.02:  # a printed percentage stands for one number
        return f"about {_short(round((claimed.low + claimed.high) / 2, 2))}"
    return f"about {_short(claimed.low)} to {_short(claimed.high)}"


def _short(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")


def _text(x: float, y: float, text: str, *, anchor: str = "start", css: str = "", bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{weight}>{escape(text)}</text>'


def _cut(text: str, room: float, *, letter: float = 6.2) -> str:
    """Text that fits a room in pixels; a sans-serif letter of 12 px is about 6.2 px wide, a bold one 7.2."""
    most = max(4, int(room / letter))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _band(claimed: Claimed, axis: _Axis, top: float, lanes: list[tuple[float, float]], width: int) -> str:
    low, high = axis.at(min(claimed.low, claimed.high)), axis.at(max(claimed.low, claimed.high))
    if high - low < 3:
        low, high = (low + high) / 2 - 1.5, (low + high) / 2 + 1.5
    said = _cut(f"article: “{claimed.words}” ({_range(claimed)})", width - 20, letter=6.6)
    half = len(said) * 6.6 / 2
    middle = min(max((low + high) / 2, half + 4), width - half - 4)
    band = "".join(
        f'<rect class="claimed" x="{low:.1f}" y="{first}" width="{high - low:.1f}" height="{last - first}" '
        'fill="currentColor" fill-opacity="0.16"/>'
        for first, last in lanes
    )
    return band + _text(middle, top - 14, said, anchor="middle", css="claimed-words")


def _axis(axis: _Axis, plot: Plot, bottom: float, lanes: list[tuple[float, float]], width: int) -> str:
    faint = 'stroke="currentColor" stroke-opacity="0.55"'
    out = [
        f'<line class="axis" x1="{axis.left:.1f}" x2="{axis.right:.1f}" y1="{bottom}" y2="{bottom}" {faint}/>'
    ]
    for tick in axis.ticks():
        x = axis.at(tick)
        out.append(
            f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{bottom}" y2="{bottom + 4}" {faint}/>'
            + _text(x, bottom + 17, _short(tick), anchor="middle")
        )
    if plot.none is None:
        if plot.unit:
            out.append(
                _text((axis.left + axis.right) / 2, bottom + 36, plot.unit, anchor="middle", css="hint")
            )
        return "".join(out)
    x = axis.at(plot.none)
    out += [
        f'<line class="no-effect" x1="{x:.1f}" x2="{x:.1f}" y1="{first}" y2="{last}" {faint} '
        'stroke-dasharray="3 3"/>'
        for first, last in lanes
    ]
    # The two hints stand either side of no effect; one that has no room is left out.
    if x - 6 >= (len(plot.below) + 2) * 6.2:
        out.append(_text(x - 6, bottom + 36, f"← {plot.below}", anchor="end", css="hint"))
    if width - x - 6 >= (len(plot.above) + 2) * 6.2:
        out.append(_text(x + 6, bottom + 36, f"{plot.above} →", css="hint"))
    return "".join(out)


def _row(row: Row, axis: _Axis, y: float, width: int, narrow: bool) -> str:
    hollow = row.low is None or row.high is None
    if narrow:
        shown_room = min(len(row.shown) * 6.2, width * 0.62)
        centre = y + 46
        out = [
            _text(10, y + 14, _cut(row.name, width - shown_room - 32, letter=7.2), bold=True),
            _text(width - 10, y + 14, _cut(row.shown, shown_room + 6), anchor="end"),
            _text(10, y + 30, _cut(row.detail, width - 20), css="detail"),
        ]
    else:
        centre = y + 20
        out = [
            _text(0, y + 16, _cut(row.name, axis.left - 16, letter=7.2), bold=True),
            _text(0, y + 31, _cut(row.detail, axis.left - 16), css="detail"),
            _text(axis.right + 14, y + 24, _cut(row.shown, width - axis.right - 14)),
        ]
    whole = f"{row.name}, {row.detail}: {row.shown}"
    out.append(f'<g class="estimate {escape(row.direction)}"><title>{escape(whole)}</title>')
    if row.low is not None and row.high is not None:
        low, high = axis.at(row.low), axis.at(row.high)
        out.append(
            f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{centre}" y2="{centre}" '
            'stroke="currentColor" stroke-width="1.75"/>'
        )
        for end, x, turn in ((row.low, low, 1), (row.high, high, -1)):
            if axis.outside(end):  # an arrow: the interval goes on
                out.append(f'<path d="M{x:.1f} {centre}l{6 * turn} -4v8z" fill="currentColor"/>')
            else:
                out.append(
                    f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{centre - 4}" y2="{centre + 4}" '
                    'stroke="currentColor" stroke-width="1.75"/>'
                )
    out.append(_mark(row.direction, axis.at(row.value), centre, hollow))
    return "".join(out) + "</g>"


def _mark(direction: str, x: float, y: float, hollow: bool) -> str:
    """A square supports, a diamond refutes, a circle is neutral; hollow: no interval recorded."""
    paint = 'fill="none" stroke="currentColor" stroke-width="2"' if hollow else 'fill="currentColor"'
    css = "mark hollow" if hollow else "mark"
    if direction == "supports":
        return f'<rect class="{css}" x="{x - 5:.1f}" y="{y - 5}" width="10" height="10" {paint}/>'
    if direction == "refutes":
        return f'<path class="{css}" d="M{x:.1f} {y - 7}l7 7l-7 7l-7 -7z" {paint}/>'
    return f'<circle class="{css}" cx="{x:.1f}" cy="{y}" r="5.5" {paint}/>'
