"""``claimspine``: the commands, and how errors leave the program.

Exit status 0: clean. 1: diagnostics at or above ``--fail-on``, or faults found by ``validate``.
2: could not do it. Data goes to standard output, progress and messages to standard error.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from api.cli import (
    auditing,
    backups,
    batching,
    catalogue,
    exporting,
    mcp,
    querying,
    references,
    serving,
    sources,
    tokens,
    tracing,
    verifying,
)
from claimspine import __version__
from graph.errors import ClaimspineError

app = typer.Typer(
    name="claimspine",
    help="An evidence knowledge graph and claim checker for health content.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"claimspine {__version__}")
        raise typer.Exit


@app.callback()
def _claimspine(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """An evidence knowledge graph and claim checker for health content."""


for _commands in (
    auditing,
    verifying,
    references,
    sources,
    querying,
    tracing,
    exporting,
    catalogue,
    serving,
    batching,
    mcp,
    tokens,
    backups,
):
    _commands.register(app)


def main() -> None:
    """Run the command line; an error the caller can fix is a message and exit status 2."""
    errors: list[ClaimspineError] = []
    try:
        app()
    except* ClaimspineError as group:
        errors = _each(group)
    for error in errors:
        typer.echo(f"claimspine: {error}", err=True)
    if errors:
        sys.exit(2)


def _each(group: BaseExceptionGroup[ClaimspineError]) -> list[ClaimspineError]:
    """The single errors, in order, of a group that may hold groups."""
    found: list[ClaimspineError] = []
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            found.extend(_each(error))
        else:
            found.append(error)
    return found
