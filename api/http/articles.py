"""An audited article as the page draws it: its blocks, its original text, its forest plots."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel

from api.http.answers import service_of
from api.http.kept_audits import kept_audit
from api.http.problems import documented
from claims.forest import drawable
from claims.model import Block
from claims.reports.parts import labels_of

router = APIRouter(prefix="/api", tags=["page"], responses=documented(404, 409, 415))


class ArticleBlock(BaseModel):
    """A block; ``runs`` are pairs: from this character of ``text`` on, the original goes on from there."""

    kind: str
    level: int
    text: str
    runs: list[tuple[int, int]]
    end: int


class Article(BaseModel):
    """An audited article as read. Offsets are characters (code points) of the original."""

    media_type: str
    text: str | None
    blocks: list[ArticleBlock]
    leads: list[tuple[int, int]]


@router.get("/audits/{identifier}/article")
def article(identifier: str, request: Request) -> Article:
    """The article of a kept audit: its blocks, and its original text where it is a text."""
    report = kept_audit(service_of(request), identifier).report
    read = report.document
    leads = {linked.claim.sentence.lead_span for linked in report.claims}
    return Article(
        media_type=read.media_type,
        text=read.text if read.media_type.startswith("text/") else None,
        blocks=[
            ArticleBlock(
                kind=one.kind, level=one.level, text=one.text, runs=_runs(one), end=one.offsets[len(one.text)]
            )
            for one in read.blocks
            if one.text
        ],
        leads=sorted((span.start, span.end) for span in leads if span is not None),
    )


def _runs(block: Block) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    expected = -1
    for at, offset in enumerate(block.offsets[: len(block.text)]):
        if offset != expected:
            runs.append((at, offset))
        expected = offset + 1
    return runs


class PlotRow(BaseModel):
    """An estimate of a forest plot; an interval that is not known is null."""

    name: str
    detail: str
    value: float
    low: float | None
    high: float | None
    shown: str
    direction: str


class PlotClaimed(BaseModel):
    """What the article's own words say, on the same axis."""

    words: str
    low: float
    high: float


class ForestPlot(BaseModel):
    """Estimates that share an axis; ``none`` is the value of no effect."""

    title: str
    rows: list[PlotRow]
    logarithmic: bool
    none: float | None
    unit: str
    below: str
    above: str
    claimed: PlotClaimed | None
    left_out: int


@router.get("/audits/{identifier}/plots")
def plots(identifier: str, request: Request) -> dict[str, list[ForestPlot]]:
    """The forest plots of a kept audit, by claim."""
    from claims.reports import estimates

    kept = kept_audit(service_of(request), identifier)
    names = labels_of(kept.report, kept.labels)
    found = {}
    for linked in kept.report.claims:
        made = estimates.plots(linked, names, estimates.claimed_of(linked.claim))
        if made:
            found[linked.claim.id] = [
                ForestPlot(
                    title=one.title,
                    rows=[
                        PlotRow(**{name: getattr(row, name) for name in PlotRow.model_fields})
                        for row in one.rows
                        if drawable(row, one.logarithmic)
                    ],
                    logarithmic=one.logarithmic,
                    none=one.none,
                    unit=one.unit,
                    below=one.below,
                    above=one.above,
                    claimed=None
                    if one.claimed is None
                    else PlotClaimed(words=one.claimed.words, low=one.claimed.low, high=one.claimed.high),
                    left_out=one.left_out,
                )
                for one in made
            ]
    return found
