"""``claimspine backup`` and ``claimspine restore``: a whole store as one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    output: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write: evidence.nq.")],
    store: Annotated[
        str | None, typer.Option("--store", help="A store nobody is writing to.", show_default=False)
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(
            "--url",
            help="A running service instead: http://127.0.0.1:8040, with an admin token in CLAIMSPINE_TOKEN.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write a whole store, as it is at one moment, into one file of N-Quads."""
    from api.stores import open_store
    from graph.embedded.backups import write_backup
    from graph.errors import ClaimspineError

    if output.suffix.lower() != ".nq":
        raise ClaimspineError(
            "unknown-format",
            "a backup is N-Quads, and is read back by that name",
            path=output,
            hint=f"name it {output.with_suffix('.nq').name}",
        )
    if (store is None) == (url is None):
        raise ClaimspineError("one-store", "name one store", hint="give --store or --url")
    if url is not None:
        size = _fetch(url, output)
    else:
        with open_store(store or "", read_only=True) as held:
            size = write_backup(held, output)
    typer.echo(f"claimspine: {size} bytes in {output}", err=True)


def restore(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="What `claimspine backup` or `claimspine export --format trig` wrote."
        ),
    ],
    store: Annotated[str, typer.Option("--store", help="An empty store: a new folder, or a SPARQL service.")],
) -> None:
    """Read a whole store back into an empty one: its graphs, provenance and history as they were."""
    from api.stores import open_store
    from graph.embedded.backups import restore as read_back

    with open_store(store) as held:
        graphs = read_back(held, file)
    typer.echo(f"claimspine: {graphs} graphs restored", err=True)


def _fetch(url: str, output: Path) -> int:
    import os

    import httpx

    from graph.errors import ClaimspineError

    part = output.with_name(f".{output.name}.part")
    token = os.environ.get("CLAIMSPINE_TOKEN", "").strip()
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        with (
            httpx.stream("GET", f"{url.rstrip('/')}/api/backup", headers=headers, timeout=600) as answer,
            part.open("wb") as out,
        ):
            if answer.status_code != 200:
                said, hint = _problem(answer.read())
                if answer.status_code == 401:  # here a header cannot be sent
                    hint = "set CLAIMSPINE_TOKEN to a token of the scope admin (`claimspine token add`)"
                raise ClaimspineError(
                    "backup-refused", f"the service answered {answer.status_code}: {said}", hint=hint
                )
            for chunk in answer.iter_bytes():
                out.write(chunk)
            size = out.tell()
        part.replace(output)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, OSError) as exc:
        raise ClaimspineError(
            "backup-failed", f"the backup could not be fetched: {exc}", path=output
        ) from exc
    finally:
        part.unlink(missing_ok=True)
    return size


def _problem(body: bytes) -> tuple[str, str | None]:
    """What a problem document says and advises; of anything else the beginning."""
    import json

    text = body.decode("utf-8", "replace")
    try:
        told = json.loads(text)
        return str(told["detail"]), told.get("hint")
    except (ValueError, TypeError, KeyError):
        return text[:500], None
