"""``claimspine serve``: the HTTP service."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from socket import AF_INET, AF_INET6, create_server
from socket import socket as Socket  # noqa: N812 - a variable has its name
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import Evidence, Where, opened

if TYPE_CHECKING:
    from api.settings import Settings
    from api.tokens import Tokens


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("serve")(serve)


def serve(
    store: Where = None,
    evidence: Evidence = None,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The port; 0 picks a free one.")
    ] = 8040,
    tokens: Annotated[
        Path | None,
        typer.Option(
            "--tokens", help="The file of access tokens; else beside the store.", show_default=False
        ),
    ] = None,
    open_reading: Annotated[
        bool | None,
        typer.Option(
            "--open/--closed",
            help="Whether reading and auditing need no token; by default only on loopback.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Serve recommendations, traces, audits and SPARQL over HTTP until interrupted."""
    import uvicorn

    from api.http import create_app
    from api.http.direct_queries import Connection
    from api.settings import Settings
    from api.tokens import Tokens, beside

    settings = Settings()
    held_in = tokens or settings.tokens_file or (beside(store) if store else None)
    known = Tokens(held_in)
    local = is_loopback(host)
    if not local:
        refuse_unguarded(host, known)
    settings = chosen(settings, host, local, open_reading)
    log_as_json()
    new = is_new(store)
    with opened(store, evidence) as held, listening(host, port) as socket:
        app = create_app(held, settings=settings, tokens=known, ahead=True)
        if new:
            typer.echo(f"claimspine: {store} is new and empty; `claimspine load` fills it", err=True)
        named = f"[{host}]" if ":" in host else host
        typer.echo(f"claimspine: serving on http://{named}:{socket.getsockname()[1]}", err=True)
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=10,
                http=Connection,
            )
        )
        with suppress(KeyboardInterrupt):
            server.run(sockets=[socket])


def is_new(store: str | None) -> bool:
    """Whether this is a folder that is not there yet: a name misspelt looks like one."""
    return store not in (None, "memory") and "://" not in str(store) and not Path(str(store)).exists()


def listening(host: str, port: int) -> Socket:
    """A socket that listens at an address; port 0 is one that is free.

    Raises:
        ClaimspineError: ``cannot-listen``.
    """
    from graph.errors import ClaimspineError

    family = AF_INET6 if ":" in host else AF_INET
    try:
        return create_server((host, port), family=family, backlog=2048)
    except OSError as exc:
        raise ClaimspineError(
            "cannot-listen",
            f"cannot listen on {host}, port {port}: {os.strerror(exc.errno or 0)}",
            hint="choose another --port, or end what listens there",
        ) from exc


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address.

    Raises:
        ClaimspineError: ``bad-host``.
    """
    import ipaddress

    from graph.errors import ClaimspineError

    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError as exc:
        raise ClaimspineError(
            "bad-host", f"{host!r} is not an address", hint="127.0.0.1, or 0.0.0.0"
        ) from exc


def refuse_unguarded(host: str, known: Tokens) -> None:
    """Nobody beyond this machine is served while there is no token.

    Raises:
        ClaimspineError: ``open-to-all``.
    """
    from graph.errors import ClaimspineError

    if not known.all():
        raise ClaimspineError(
            "open-to-all",
            f"refused to listen on {host} without tokens: anyone could use the service",
            hint="make one: claimspine token add NAME --scope read --store FOLDER; or listen on 127.0.0.1",
        )


def chosen(settings: Settings, host: str, local: bool, open_reading: bool | None) -> Settings:
    """The settings with what the command line says; on loopback only names of this machine are answered."""
    hosts = settings.hosts or ("localhost,127.0.0.1,[::1]," + host if local else "")
    wanted = open_reading if open_reading is not None else settings.open_reading and local
    return settings.model_copy(update={"open_reading": wanted, "hosts": hosts})


def log_as_json() -> None:
    """Our own log to standard error, a JSON object a line."""
    import logging

    log = logging.getLogger("claimspine")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
