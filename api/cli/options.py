"""Options that several commands share, and what they open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from graph.evidence import Evidence as Held
    from graph.store import Store

Evidence = Annotated[
    list[Path] | None,
    typer.Option(
        "--evidence", help="An evidence file, or a folder of them; for this run only.", show_default=False
    ),
]
Where = Annotated[
    str | None,
    typer.Option(
        "--store", help="A store: a folder, 'memory', or a SPARQL service's URL.", show_default=False
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write here, not to standard output.", show_default=False),
]

Select = Annotated[
    list[str] | None,
    typer.Option("--select", help="Only these rules: codes, or beginnings of codes, with commas between."),
]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", help="Not these rules.")]
Profile = Annotated[
    str | None, typer.Option("--profile", help="A shipped profile's name, or a file.", show_default=False)
]


def codes(written: Sequence[str] | None) -> tuple[str, ...]:
    """The codes of ``--select "N102, C1" --select S1``."""
    return tuple(code.strip() for part in written or () for code in part.split(",") if code.strip())


def gathered(where: str | None, evidence: list[Path] | None, refs: list[Path] | None) -> Held:
    """What a store, evidence files and bibliographies hold together; entries of no use are told.

    Raises:
        ClaimspineError: one of them cannot be read or is invalid; or a group of them.
    """
    from api.stores import open_store
    from graph.gathering import gather

    with open_store(where or "memory", read_only=bool(where)) as store:
        found = gather(
            store=store if where else None, evidence=evidence or (), refs=refs or (), base=store.base
        )
    for fault in found.faults:
        typer.echo(f"claimspine: {fault}", err=True)
    return found.evidence


@contextmanager
def opened(
    where: str | None, evidence: list[Path] | None = None, *, read_only: bool = False
) -> Iterator[Store]:
    """The store that was asked for; evidence files go into a store in memory, for this run only.

    Raises:
        ClaimspineError: ``two-stores``, ``no-store``, or what opening and loading say.
    """
    from api.stores import open_store
    from graph.errors import ClaimspineError
    from graph.sources import load

    if where and evidence:
        raise ClaimspineError(
            "two-stores",
            "--store and --evidence name two places to look in",
            hint="load the files into the store with `claimspine load`, or leave out --store",
        )
    if not where and not evidence:
        raise ClaimspineError(
            "no-store", "nothing to look in", hint="give --store WHERE or --evidence FILE|DIR"
        )
    with open_store(where or "memory", read_only=read_only and bool(where)) as store:
        if evidence:
            load(store, evidence)
        yield store


@contextmanager
def progress_bar(doing: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error while a person watches; called with a name, the number done, and of all."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda name, done, total: bar.update(
            task, completed=done, total=total, description=f"{doing} {name}"
        )
