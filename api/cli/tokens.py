"""``claimspine token add``, ``list`` and ``revoke``: who may use the service, and for what."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from api.tokens import Tokens


class Scope(StrEnum):
    """What a token allows; each holds those before it."""

    READ = "read"
    AUDIT = "audit"
    CURATE = "curate"
    ADMIN = "admin"


StoreFolder = Annotated[
    str | None,
    typer.Option("--store", help="The store's folder; its tokens are kept beside it.", show_default=False),
]
TokensFile = Annotated[
    Path | None, typer.Option("--tokens", help="The file of tokens, instead.", show_default=False)
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(help="Add, list and revoke access tokens of the service.", no_args_is_help=True)
    for command in (add, list_, revoke):
        group.command(command.__name__.rstrip("_"))(command)
    app.add_typer(group, name="token")


def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose token it is; writes carry this name.")],
    scope: Annotated[list[Scope], typer.Option("--scope", help="What it allows.")],
    store: StoreFolder = None,
    tokens: TokensFile = None,
    expires: Annotated[
        str | None,
        typer.Option("--expires", metavar="DATE", help="The last day, as 2026-12-31.", show_default=False),
    ] = None,
) -> None:
    """Make a token and print it once; only its hash is kept."""
    from datetime import UTC, date, datetime, timedelta

    from graph.errors import ClaimspineError

    until = None
    if expires is not None:
        try:
            until = (date.fromisoformat(expires) + timedelta(days=1)).isoformat()
        except ValueError as exc:
            raise ClaimspineError(
                "bad-date", f"{expires!r} is not a date", hint="write it as 2026-12-31"
            ) from exc
    created = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    kept, written = tokens_of(store, tokens).add(name, [one.value for one in scope], created, until)
    typer.echo(written)
    typer.echo(f"claimspine: {kept.name}: {', '.join(kept.scopes)}; this is shown once", err=True)


def list_(store: StoreFolder = None, tokens: TokensFile = None) -> None:
    """List the tokens: name, scopes, when made, until when. Their secrets are not known."""
    for one in tokens_of(store, tokens).all():
        until = f"until {one.expires}" if one.expires else "no end"
        typer.echo(f"{one.id}  {one.name}  {','.join(one.scopes)}  {one.created}  {until}")


def revoke(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The token's name or id.")],
    store: StoreFolder = None,
    tokens: TokensFile = None,
) -> None:
    """Take a token away; a running service stops taking it at once."""
    gone = tokens_of(store, tokens).revoke(name)
    typer.echo(f"claimspine: revoked {gone.name}", err=True)


def tokens_of(store: str | None, file: Path | None) -> Tokens:
    """The tokens of a file, or of the file beside a store's folder, or of CLAIMSPINE_TOKENS_FILE.

    Raises:
        ClaimspineError: ``no-tokens-file``, none of these is given.
    """
    from api.settings import Settings
    from api.tokens import Tokens, beside
    from graph.errors import ClaimspineError

    found = file or (beside(store) if store else None) or Settings().tokens_file
    if found is None:
        raise ClaimspineError(
            "no-tokens-file",
            "there is nowhere to look for tokens",
            hint="give --store FOLDER or --tokens FILE",
        )
    return Tokens(found)
