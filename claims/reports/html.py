"""The report as one page that stands alone: no script, no request, everything escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from claims.model import AuditReport
from claims.reports import overview, phrases
from claims.reports.article import MarkedBlock, mark
from claims.reports.cards import Cards
from claims.reports.parts import labels_of
from claims.reports.positions import one_line, shorten, visible
from claimspine import __version__


def render_html(
    report: AuditReport,
    *,
    labels: Mapping[str, str] | None = None,
) -> str:
    """The page. Article text and evidence are hostile input: all of it goes through autoescape.

    A content security policy forbids scripts and every request; the only style allowed is the page's
    own, by its hash.
    """
    cards = Cards(report, labels_of(report, labels))
    css = _css()
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    page = _template().render(
        css=Markup(css),
        style_hash=digest,
        version=__version__,
        document=report.document,
        title=phrases.title_of(report.document),
        verdicts=overview.verdicts(report),
        points=cards.points,
        blocks=_rows(mark(report, cards.diagnostics), phrases.title_of(report.document)),
        claims=cards.claims(),
        references=cards.references(),
        others=cards.others,
        summary=overview.summary(report),
        severities=overview.severities(report),
        statuses=overview.statuses(report),
        not_checked=overview.not_checked(report),
    )
    return visible(page)  # whatever a rule or a record put in, no control character gets out


def _resource(name: str) -> str:
    return resources.files("claims.reports").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _css() -> str:
    return _resource("report.css").strip()


@cache
def _template() -> Template:
    page = Environment(
        loader=FunctionLoader(_resource),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page.filters["visible"] = visible
    page.filters["one_line"] = one_line
    page.filters["shorten"] = shorten
    page.filters["count"] = phrases.count
    return page.get_template("report.html.j2")


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A block as the page sets it: its element and its pieces."""

    tag: str
    block: MarkedBlock


def _rows(blocks: tuple[MarkedBlock, ...], title: str) -> list[BlockRow]:
    """The article's blocks; its title is left out where the page's own heading says just that."""
    if blocks and len(blocks[0].pieces) == 1 and not blocks[0].points:
        only = blocks[0].pieces[0]
        if one_line(only.text) == title and not (only.points or only.claims_end):
            blocks = blocks[1:]
    rows = []
    above = 2  # the page has its own first and second headings; the article's begin at the third
    for block in blocks:
        tag = "p"
        if block.kind in ("title", "heading"):
            wanted = 3 if block.kind == "title" else max(3, block.level + 2)
            above = min(wanted, above + 1, 6)  # no level is skipped, whatever the article does
            tag = f"h{above}"
        rows.append(BlockRow(tag, block))
    return rows
