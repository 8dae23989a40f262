"""``claimspine batch``: audit a folder or a Parquet file of articles."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import Evidence, Ignore, Profile, Select, Where, codes, gathered, progress_bar


class Engine(StrEnum):
    """What the articles are audited on."""

    LOCAL = "local"
    SPARK = "spark"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("batch")(batch)


def batch(
    where: Annotated[Path, typer.Argument(metavar="WHERE", help="A folder of articles, or a Parquet file.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The results: a line of JSON for each article, by its id.")
    ],
    refs: Annotated[
        list[Path] | None, typer.Option("--refs", help="A bibliography.", show_default=False)
    ] = None,
    evidence: Evidence = None,
    store: Where = None,
    engine: Annotated[Engine, typer.Option("--engine", help="This machine, or Spark.")] = Engine.LOCAL,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Processes; else one a core.", show_default=False)
    ] = None,
    master: Annotated[
        str | None,
        typer.Option("--master", help="Spark's master; else its own configuration.", show_default=False),
    ] = None,
    select: Select = None,
    ignore: Ignore = None,
    profile: Profile = None,
) -> None:
    """Audit many articles; started again after a kill it goes on where it stopped (on this machine)."""
    from api.batch import Job, find_articles, run_local
    from claims.profile import read_profile

    read_profile(profile)
    articles = find_articles(where)
    job = Job(gathered(store, evidence, refs), codes(select), codes(ignore), profile)
    with progress_bar("Auditing") as shown:

        def progress(done: int, total: int) -> None:
            shown("", done, total)

        if engine is Engine.SPARK:
            from api.batch.spark import run_spark

            run_spark(articles, job, output, master=master, progress=progress)
        else:
            run_local(articles, job, output, processes=jobs or os.cpu_count() or 1, progress=progress)
    _summarise(output)


def _summarise(output: Path) -> None:
    """Say how it went; exit status 2 where an article could not be read."""
    import json

    audited, unreadable = 0, []
    with output.open(encoding="utf-8") as lines:
        for line in lines:
            result = json.loads(line)
            if "error" in result:
                unreadable.append(f"{result['article']}: {result['error']['message']}")
            else:
                audited += 1
    typer.echo(f"claimspine: {audited} articles audited, {len(unreadable)} could not be read", err=True)
    for said in unreadable:
        typer.echo(f"claimspine: {said}", err=True)
    if unreadable:
        raise typer.Exit(2)
