"""``claimspine load``, ``remove``, ``validate``, ``query``, ``trace``, ``impact``: evidence and its paths."""

from __future__ import annotations

import re
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


class ListFormat(StrEnum):
    """How a list is written."""

    TEXT = "text"
    JSON = "json"


class ResultFormat(StrEnum):
    """How an answer to a query is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TURTLE = "turtle"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (load, remove, sources, duplicates, validate, query, trace, impact):
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


_UPDATE = re.compile(
    r"\s*(?:(?:#[^\n]*\n|PREFIX\s+\S+\s*<[^>]*>|BASE\s*<[^>]*>)\s*)*"
    r"(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b",
    re.IGNORECASE,
)
_NAMED = 5  # sources that are as they were: more of them are counted, not named
_FEW = 500_000  # triples; the records of more are listed by `claimspine duplicates`, not by each load


def _merged(store: Store, report: LoadReport) -> list[str]:
    """Lines on records that are read as one, where what was loaded is part of it."""
    from graph.jsonld import BASE
    from graph.merging import merges

    changed = [one for one in report.sources if one.status != "unchanged"]
    if not changed or sum(one.triples for one in changed) > _FEW:
        return []
    return [
        f"read as one: {one.other.removeprefix(BASE)} and {one.kept.removeprefix(BASE)}: {one.by}"
        for one in merges(store)
    ]


def remove(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The source's name, as `load` printed it.")],
    store: StoreWhere,
) -> None:
    """Remove one source, exactly its graph, and say who pointed into it."""
    from api.stores import open_store
    from graph import sources as reading
    from graph.jsonld import BASE, by_property

    with open_store(store) as held:
        removal = reading.remove(held, source, at=datetime.now(UTC).isoformat(timespec="seconds"))
    typer.echo(f"removed: {removal.name} ({removal.triples} triples)", err=True)
    for one in removal.dangling:
        key = next((d.key for d in by_property().get(one.property, ())), one.property)
        said = f"{one.subject.removeprefix(BASE)}, {key}: {one.object.removeprefix(BASE)}"
        typer.echo(f"now points at nothing: {said} (in {one.source})", err=True)


def sources(
    store: Where = None,
    evidence: Evidence = None,
    history: Annotated[
        bool, typer.Option("--history", help="Every version, those replaced and removed too.")
    ] = False,
    format_: Annotated[
        ListFormat, typer.Option("--format", help="How the list is written.")
    ] = ListFormat.TEXT,
    output: Output = None,
) -> None:
    """List the sources of a store: when each was read, how much it holds, what it replaced."""
    from dataclasses import asdict

    from graph.history import history as versions
    from graph.history import sizes
    from graph.sources import list_sources

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
    format_: Annotated[
        ListFormat, typer.Option("--format", help="How the list is written.")
    ] = ListFormat.TEXT,
    output: Output = None,
) -> None:
    """List the records of papers that are read as one, why, and how to keep them apart."""
    from dataclasses import asdict

    from graph.merging import merges

    with opened(store, evidence, read_only=True) as held:
        rows = [asdict(one) for one in merges(held)]
    _list(rows, format_, output, _merge)
    if format_ is ListFormat.TEXT:
        apart = "to keep two apart, write in an evidence file: differentFrom: <id of the other>"
        typer.echo(apart if rows else "no two records are read as one", err=True)


def _merge(row: dict[str, Any]) -> str:
    from graph.jsonld import BASE

    return f"{row['other'].removeprefix(BASE)}\n  is read as {row['kept'].removeprefix(BASE)}: {row['by']}"


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
    from graph.sources import load as load_sources
    from graph.tallies import many
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
                faults = (*faults, *check_files(files, policies))
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


def query(
    sparql: Annotated[
        str | None, typer.Argument(metavar="SPARQL", help="The query; the usual prefixes are there.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", help="Read the query from a file.", show_default=False)
    ] = None,
    example: Annotated[
        str | None,
        typer.Option("--example", metavar="NAME", help="Ask a query that comes along.", show_default=False),
    ] = None,
    store: Where = None,
    evidence: Evidence = None,
    format_: Annotated[
        ResultFormat, typer.Option("--format", help="How the answer is written.")
    ] = ResultFormat.TABLE,
    output: Output = None,
) -> None:
    """Ask the graph; it is only read, and no other host is asked. ``--example list`` names examples."""
    from api.cli.output import write
    from graph.errors import ClaimspineError
    from graph.examples import all_examples
    from graph.examples import example as named_example
    from graph.results import Bindings
    from graph.sparql import refuse_remote

    if example == "list":
        write("\n".join(f"{one.name}: {one.question}" for one in all_examples()), output)
        return
    if [sparql, file, example].count(None) != 2:
        raise ClaimspineError(
            "one-query", "give one query", hint="as an argument, with -f FILE, or with --example NAME"
        )
    try:
        text = sparql if file is None else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise ClaimspineError("unreadable-query", f"cannot read the query: {exc}", path=file) from exc
    if example is not None:
        text = named_example(example).sparql
    assert text is not None
    if _UPDATE.match(text):
        raise ClaimspineError(
            "not-a-query",
            "this changes the store, and a query only reads",
            hint="ask with SELECT, ASK, CONSTRUCT or DESCRIBE; `claimspine load` and `remove` change a store",
        )
    refuse_remote(text)
    with opened(store, evidence, read_only=True) as held:
        if format_ is not ResultFormat.TABLE:
            write(held.query_serialized(text, format_.value), output)
            return
        answer = held.query(text)
        if isinstance(answer, Bindings):
            write(_table(answer), output)
        elif isinstance(answer, bool):
            write("yes" if answer else "no", output)
        else:
            write(held.query_serialized(text, "turtle"), output)


def _table(answer: object) -> str:
    from rich.console import Console
    from rich.table import Table

    from graph.jsonld import BASE
    from graph.results import Bindings
    from graph.tallies import many

    assert isinstance(answer, Bindings)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for variable in answer.variables:
        table.add_column(variable, overflow="fold")
    for row in answer.rows:
        table.add_row(*["" if term is None else term.value.removeprefix(BASE) for term in row])
    console = Console(width=None if Console().is_terminal else 160, highlight=False, markup=False)
    with console.capture() as capture:
        console.print(table)
        console.print(many(len(answer.rows), "row", "rows"))
    return capture.get()


def trace(
    identifier: Annotated[
        str, typer.Argument(metavar="ID", help="An IRI, or its last part: walking-most-days.")
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
            metavar="[ID...]", help="A work or a study: an IRI, or its last part. Several fall together."
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
    from graph.corrections import corrections
    from graph.errors import ClaimspineError
    from graph.impact import render, what_if

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
