"""``claimspine audit``: check articles, write the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import Evidence, Output, Where
from claimspine import __version__

if TYPE_CHECKING:
    from claims.model import AuditReport, Document


class Format(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    HTML = "html"
    MARKDOWN = "markdown"
    GITHUB = "github"


class FailOn(StrEnum):
    """The least severity at which the exit status is 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("audit")(audit)


def audit(
    articles: Annotated[
        list[Path], typer.Argument(metavar="ARTICLE...", help="Markdown, HTML, .docx or plain text.")
    ],
    refs: Annotated[
        list[Path] | None,
        typer.Option("--refs", help="A bibliography: BibTeX, CSL-JSON, RIS, PubMed.", show_default=False),
    ] = None,
    evidence: Evidence = None,
    store: Where = None,
    format_: Annotated[Format, typer.Option("--format", help="How the report is written.")] = Format.TEXT,
    output: Output = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            "--fail-on", help="Exit 1 from this severity on; else the profile says.", show_default=False
        ),
    ] = None,
    select: Annotated[
        str, typer.Option("--select", help="Only these rules: codes, or beginnings of codes.")
    ] = "",
    ignore: Annotated[str, typer.Option("--ignore", help="Not these rules.")] = "",
    profile: Annotated[
        str | None, typer.Option("--profile", help="A shipped profile's name, or a file.", show_default=False)
    ] = None,
) -> None:
    """Check articles: claims against evidence, printed references against records."""
    from api.cli.output import write
    from claims.audit import Checker
    from claims.reading import read_article
    from claims.reports import render_all
    from graph.store import open_store

    documents = [read_article(path) for path in articles]
    with open_store(store or "memory") as opened:
        checker = Checker.of(
            refs=refs or (),
            evidence=evidence or (),
            store=opened if store else None,
            select=_codes(select),
            ignore=_codes(ignore),
            profile=profile,
        )
    for fault in checker.faults:
        typer.echo(f"claimspine: {fault}", err=True)
    reports = [checker.check(document) for document in _with_progress(documents)]
    labels = {concept.iri: concept.label for concept in checker.evidence.concepts.values()}
    write(render_all(reports, format_.value, labels=labels, rules=checker.rules, version=__version__), output)
    if any(one.code == "X900" for report in reports for one in report.diagnostics):
        raise typer.Exit(2)
    if _fails(reports, fail_on.value if fail_on else checker.profile.fail_on):
        raise typer.Exit(1)


def _codes(written: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in written.split(",") if code.strip())


def _with_progress(things: list[Document]) -> Iterator[Document]:
    """The things, with a bar on standard error where there are several and a person watches."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(things, description="Auditing", console=console, disable=len(things) < 2, transient=True)


def _fails(reports: Iterable[AuditReport], fail_on: str) -> bool:
    order = ["info", "warning", "error", "never"]
    return any(
        order.index(one.severity.value) >= order.index(fail_on)
        for report in reports
        for one in report.diagnostics
    )
