"""``claimspine query``: SPARQL at the command line."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import Evidence, Output, Where, opened

if TYPE_CHECKING:
    from graph.results import Bindings


class ResultFormat(StrEnum):
    """How an answer to a query is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TURTLE = "turtle"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("query")(query)


_UPDATE = re.compile(
    r"\s*(?:(?:#[^\n]*\n|PREFIX\s+\S+\s*<[^>]*>|BASE\s*<[^>]*>)\s*)*"
    r"(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b",
    re.IGNORECASE,
)


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
            write(_table(answer, held.base), output)
        elif isinstance(answer, bool):
            write("yes" if answer else "no", output)
        else:
            write(held.query_serialized(text, "turtle"), output)


def _table(answer: Bindings, base: str) -> str:
    from rich.console import Console
    from rich.table import Table

    from graph.rendering.tallies import many

    table = Table(box=None, pad_edge=False, header_style="bold")
    for variable in answer.variables:
        table.add_column(variable, overflow="fold")
    for row in answer.rows:
        table.add_row(*["" if term is None else term.value.removeprefix(base) for term in row])
    console = Console(width=None if Console().is_terminal else 160, highlight=False, markup=False)
    with console.capture() as capture:
        console.print(table)
        console.print(many(len(answer.rows), "row", "rows"))
    return capture.get()
