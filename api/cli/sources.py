"""``claimspine load``, ``remove``, ``sources``, ``duplicates``, ``validate``: what a store holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.options import Evidence, Output, Where, opened, progress_bar

if TYPE_CHECKING:
    from graph.sources import LoadReport
    from graph.store import Store

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Evidence files, bibliographies, RDF, or folders.")
]


StoreWhere = Annotated[str, typer.Option("--store", help="A store's folder, or a SPARQL service's URL.")]


class ListFormat(StrEnum):
    """How a list is written."""

    TEXT = "text"
    JSON = "json"


Listed = Annotated[ListFormat, typer.Option("--format", help="How the list is written.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (load, remove, sources, duplicates, validate):
        app.command(command.__name__)(command)


def load(files: Files, store: StoreWhere) -> None:
    """Read files, validate them together, and put each into a named graph of its own: all or nothing."""
    from api.stores import open_store
    from graph import sources as reading

    with open_store(store) as held, progress_bar("Loading") as progress:
        report = reading.load(
            held, files, at=datetime.now(UTC).isoformat(timespec="seconds"), progress=progress
        )
        merged = _merged(held, report)
    for fault in report.faults:
        typer.echo(str(fault), err=True)
    same = sum(source.status == "unchanged" for source in report.sources)
    if same > _NAMED:
        typer.echo(f"unchanged: {same} sources", err=True)
    for source in report.sources:
        if source.status == "unchanged" and same > _NAMED:
            continue
        typer.echo(
            f"{source.status}: {source.name} ({source.triples} triples)"
            if source.triples
            else f"{source.status}: {source.name}",
            err=True,
        )
    for line in merged[:20]:
        typer.echo(line, err=True)
    if len(merged) > 20:
        typer.echo(f"and {len(merged) - 20} more: `claimspine duplicates --store {store}`", err=True)


_NAMED = 5  # sources that are as they were: more of them are counted, not named


_FEW = 500_000  # triples; the records of more are listed by `claimspine duplicates`, not by each load


def _merged(store: Store, report: LoadReport) -> list[str]:
    """Lines on records that are read as one, where what was loaded is part of it."""
    from graph.reading.merging import merges

    changed = [one for one in report.sources if one.status != "unchanged"]
    if not changed or sum(one.triples for one in changed) > _FEW:
        return []
    return [
        f"read as one: {one.other.removeprefix(store.base)} and {one.kept.removeprefix(store.base)}: {one.by}"
        for one in merges(store)
    ]


def remove(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The source's name, as `load` printed it.")],
    store: StoreWhere,
) -> None:
    """Remove one source, exactly its graph, and say who pointed into it."""
    from api.stores import open_store
    from graph import sources as reading
    from graph.jsonld import by_property

    with open_store(store) as held:
        removal = reading.remove(held, source, at=datetime.now(UTC).isoformat(timespec="seconds"))
    typer.echo(f"removed: {removal.name} ({removal.triples} triples)", err=True)
    for one in removal.dangling:
        key = next((d.key for d in by_property().get(one.property, ())), one.property)
        said = f"{one.subject.removeprefix(held.base)}, {key}: {one.object.removeprefix(held.base)}"
        typer.echo(f"now points at nothing: {said} (in {one.source})", err=True)


def sources(
    store: Where = None,
    evidence: Evidence = None,
    history: Annotated[
        bool, typer.Option("--history", help="Every version, those replaced and removed too.")
    ] = False,
    format_: Listed = ListFormat.TEXT,
    output: Output = None,
) -> None:
    """List the sources of a store: when each was read, how much it holds, what it replaced."""
    from dataclasses import asdict

    from graph.sources import list_sources
    from graph.sources.history import history as versions
    from graph.sources.history import sizes

    with opened(store, evidence, read_only=True) as held:
        if history:
            rows = [asdict(one) for one in versions(held)]
        else:
            counts = sizes(held)
            rows = [
                {
                    "source": one.name,
                    "triples": counts.get(one.graph, 0),
                    "loaded": one.loaded_at,
                    "path": one.path,
                    "sha256": one.sha256,
                }
                for one in list_sources(held)
            ]
    _list(rows, format_, output, _version if history else _source)


def _source(row: dict[str, Any]) -> str:
    when = f", read {row['loaded']}" if row["loaded"] else ""
    return f"{row['source']}: {row['triples']} triples with its provenance{when}, from {row['path']}"


def _version(row: dict[str, Any]) -> str:
    until = ""
    if row["until"]:
        until = f", {'removed' if row['removed'] else 'replaced'} {row['until']}"
    return (
        f"{row['source']} {row['number']}: read {row['at']}{until}, from {row['path']}, {row['sha256'][:12]}"
    )


def duplicates(
    store: Where = None,
    evidence: Evidence = None,
    format_: Listed = ListFormat.TEXT,
    output: Output = None,
) -> None:
    """List the records of papers that are read as one, why, and how to keep them apart."""
    from dataclasses import asdict

    from graph.reading.merging import merges

    with opened(store, evidence, read_only=True) as held:
        rows = [asdict(one) for one in merges(held)]
    _list(rows, format_, output, lambda row: _merge(row, held.base))
    if format_ is ListFormat.TEXT:
        apart = "to keep two apart, write in an evidence file: differentFrom: <id of the other>"
        typer.echo(apart if rows else "no two records are read as one", err=True)


def _merge(row: dict[str, Any], base: str) -> str:
    return f"{row['other'].removeprefix(base)}\n  is read as {row['kept'].removeprefix(base)}: {row['by']}"


def _list(
    rows: list[dict[str, Any]],
    format_: ListFormat,
    output: Path | None,
    said: Callable[[dict[str, Any]], str],
) -> None:
    import json

    from api.cli.output import write

    if format_ is ListFormat.JSON:
        write(json.dumps(rows, ensure_ascii=False, indent=2), output)
    else:
        write("\n".join(map(said, rows)), output)


def validate(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE...]", help="Files or folders; else the store.")
    ] = None,
    store: Where = None,
    policies: Annotated[
        list[str] | None,
        typer.Option(
            "--policies",
            metavar="FILE|shipped",
            help="Editorial policies too: a SHACL file of your own, or 'shipped'.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Check evidence against the shapes; each fault names its file, its line and what to write."""
    from api.stores import open_store
    from graph.errors import ClaimspineError, InvalidEvidence
    from graph.policies import check_files, check_store, policy_shapes
    from graph.rendering.tallies import many
    from graph.sources import load as load_sources
    from graph.validation import Fault
    from graph.validation import validate as check_shapes

    if bool(files) == bool(store):
        raise ClaimspineError("what-to-validate", "give files to validate, or --store", hint="not both")
    if policies:
        policy_shapes(policies)  # a policy file that cannot be read is told first
    if files:
        try:
            with open_store("memory") as held:
                faults = load_sources(held, files).faults
            if policies:
                faults = (*faults, *check_files(files, policies, held.base))
        except InvalidEvidence as exc:
            faults = tuple(fault for fault in exc.faults if isinstance(fault, Fault))
            if policies:
                typer.echo("the policies were not asked: mend the errors first", err=True)
    else:
        with open_store(store or "memory", read_only=True) as held:
            faults = check_shapes(held)
            if policies:
                faults = (*faults, *check_store(held, policies))
    for fault in faults:
        typer.echo(str(fault))
    errors = sum(fault.severity == "error" for fault in faults)
    warnings = sum(fault.severity == "warning" for fault in faults)
    said = f"{many(errors, 'error', 'errors')}, {many(warnings, 'warning', 'warnings')}"
    if notes := len(faults) - errors - warnings:
        said += f", {many(notes, 'note', 'notes')}"
    typer.echo(said if faults else "no faults", err=True)
    if errors:
        raise typer.Exit(1)
