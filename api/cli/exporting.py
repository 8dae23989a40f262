"""``claimspine export``: the evidence, or an audit's report, in other people's formats."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.options import Evidence, Output, Where, opened


class ExportFormat(StrEnum):
    """What an export is written in."""

    TRIG = "trig"
    TURTLE = "turtle"
    JSONLD = "jsonld"
    YAML = "yaml"
    NANOPUB = "nanopub"
    CLAIMREVIEW = "claimreview"
    FHIR = "fhir"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("export")(export)


def export(
    identifier: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="Only what this rests on; without it, all.", show_default=False),
    ] = None,
    store: Where = None,
    evidence: Evidence = None,
    format_: Annotated[
        ExportFormat, typer.Option("--format", help="How the evidence is written.")
    ] = ExportFormat.TRIG,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report", help="A JSON report of an audit, to be written as claimreview.", show_default=False
        ),
    ] = None,
    address: Annotated[
        str | None,
        typer.Option("--address", help="Where the audited article is published.", show_default=False),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option("--publisher", help="Who publishes: a name.", show_default=False)
    ] = None,
    publisher_url: Annotated[
        str | None, typer.Option("--publisher-url", help="Their address.", show_default=False)
    ] = None,
    creator: Annotated[
        str | None,
        typer.Option("--creator", help="Who is named as the maker: an ORCID's IRI.", show_default=False),
    ] = None,
    license_: Annotated[
        str | None, typer.Option("--license", help="The licence: an IRI.", show_default=False)
    ] = None,
    date: Annotated[
        str | None,
        typer.Option("--date", help="The date to write, ISO 8601; without it, now.", show_default=False),
    ] = None,
    sign: Annotated[
        Path | None,
        typer.Option("--sign", help="Sign nanopublications with this RSA private key.", show_default=False),
    ] = None,
    output: Output = None,
) -> None:
    """Write the evidence as RDF, nanopublications, ClaimReview, FHIR or a table."""
    from api.cli.output import write
    from graph.errors import ClaimspineError
    from graph.export import Publisher
    from graph.export import export as write_export
    from graph.export.signing import signed_nanopubs

    by = Publisher(
        publisher, publisher_url, creator, date or datetime.now(UTC).isoformat(timespec="seconds"), license_
    )
    if sign is not None and format_ is not ExportFormat.NANOPUB:
        raise ClaimspineError("not-signable", f"{format_.value} cannot be signed", hint="--format nanopub")
    if report is not None:
        write(_of_report(report, format_, by, address), output)
        return
    with opened(store, evidence, read_only=True) as held:
        if sign is not None:
            write(signed_nanopubs(held, sign, by, identifier), output)
        else:
            write(write_export(held, format_.value, identifier, publisher=by), output)


def _of_report(path: Path, format_: ExportFormat, by: Any, address: str | None) -> bytes:
    import json

    from graph.errors import ClaimspineError
    from graph.export.claimreview import write_report

    if format_ is not ExportFormat.CLAIMREVIEW:
        raise ClaimspineError(
            "format-not-for-report",
            f"a report cannot be exported as {format_.value}",
            hint="--format claimreview",
        )
    try:
        said = json.loads(path.read_bytes())
    except OSError as exc:
        raise ClaimspineError("report-unreadable", f"cannot read it: {exc.strerror}", path=path) from exc
    except (ValueError, RecursionError) as exc:
        raise ClaimspineError("report-unreadable", "this is not a JSON report", path=path) from exc
    return write_report(said, by, address=address)
