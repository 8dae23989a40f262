"""``claimspine trace``, ``impact``: from a recommendation down to its papers, and back up."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import Evidence, Output, Where, opened

if TYPE_CHECKING:
    pass


class TraceFormat(StrEnum):
    """How a trace is written."""

    TEXT = "text"
    JSON = "json"
    JSONLD = "jsonld"
    MERMAID = "mermaid"
    SVG = "svg"


class ImpactFormat(StrEnum):
    """How an impact is written."""

    TEXT = "text"
    JSON = "json"
    JSONLD = "jsonld"
    MERMAID = "mermaid"


class ChangeKind(StrEnum):
    """What happens to a work."""

    RETRACTED = "retracted"
    CORRECTED = "corrected"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (trace, impact):
        app.command(command.__name__)(command)


def trace(
    identifier: Annotated[
        str, typer.Argument(metavar="ID", help="An IRI, its last part (walking-most-days), or a DOI.")
    ],
    store: Where = None,
    evidence: Evidence = None,
    format_: Annotated[
        TraceFormat, typer.Option("--format", help="How the trace is written.")
    ] = TraceFormat.TEXT,
    output: Output = None,
) -> None:
    """Follow a recommendation or a claim to every finding, study and paper, those against it included."""
    from api.cli.output import write
    from graph.rendering import render
    from graph.tracing import trace as follow

    with opened(store, evidence, read_only=True) as held:
        write(render(follow(held, identifier), format_.value), output)


def impact(
    identifiers: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID...]",
            help="A work or a study: an IRI, its last part, or a DOI. Several fall together.",
        ),
    ] = None,
    correct: Annotated[
        list[str] | None,
        typer.Option(
            "--correct",
            metavar="FINDING=VALUE,LOW,HIGH",
            help="New numbers of a finding, or its value alone; the rest of its paper stays.",
            show_default=False,
        ),
    ] = None,
    store: Where = None,
    evidence: Evidence = None,
    change: Annotated[
        ChangeKind, typer.Option("--change", help="What happens to it; corrected shows the worst case.")
    ] = ChangeKind.RETRACTED,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help="Judge this many claims before and after; 0: all.")
    ] = 500,
    format_: Annotated[
        ImpactFormat, typer.Option("--format", help="How the impact is written.")
    ] = ImpactFormat.TEXT,
    output: Output = None,
) -> None:
    """Say what changes if a work is retracted or corrected, and what to look at again first."""
    from api.cli.output import write
    from graph.errors import ClaimspineError
    from graph.impact import render, what_if
    from graph.impact.corrections import corrections

    if not identifiers and not correct:
        raise ClaimspineError(
            "nothing-falls",
            "name a work or a study, or a finding and its new numbers",
            hint="claimspine impact pocovi2024walkback, or --correct FINDING=VALUE,LOW,HIGH",
        )
    with opened(store, evidence, read_only=True) as held:
        new = corrections(held, correct or ())
        falling = [*(identifiers or ()), *new.works]
        found = what_if(held, falling, change=change.value, corrected=new.estimates, limit=limit or None)
    write(render(found, format_.value), output)
