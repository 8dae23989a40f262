"""``claimspine mcp``: tools for assistants."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import Evidence, Where, opened
from api.cli.serving import chosen, listening, log_as_json

if TYPE_CHECKING:
    from api.http.middleware import App, Receive, Scope, Send
    from api.settings import Settings
    from api.tokens import Tokens


HOST = "127.0.0.1"


class Transport(StrEnum):
    """How the assistant's client talks to the server."""

    STDIO = "stdio"
    HTTP = "http"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("mcp")(mcp)


def mcp(
    store: Where = None,
    evidence: Evidence = None,
    transport: Annotated[
        Transport, typer.Option("--transport", help="Standard streams, or HTTP.")
    ] = Transport.STDIO,
    port: Annotated[
        int,
        typer.Option("--port", min=0, max=65535, help="The port, with --transport http; 0 picks a free one."),
    ] = 8041,
    tokens: Annotated[
        Path | None,
        typer.Option(
            "--tokens",
            help="The file of access tokens, with --transport http; else beside the store.",
            show_default=False,
        ),
    ] = None,
    open_reading: Annotated[
        bool | None,
        typer.Option(
            "--open/--closed",
            help="Whether no token is needed, with --transport http; by default none is.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Serve the checker and the graph to assistants (Model Context Protocol), on this machine only."""
    from graph.errors import ClaimspineError

    try:
        from api.mcp import build_server
    except ModuleNotFoundError as exc:
        raise ClaimspineError(
            "mcp-not-installed", "the MCP library is not installed", hint="pip install 'claimspine[mcp]'"
        ) from exc
    from api.service import Service
    from api.settings import Settings
    from api.tokens import Tokens, beside

    settings = chosen(Settings(), HOST, True, open_reading)
    known = Tokens(tokens or settings.tokens_file or (beside(store) if store else None))
    with opened(store, evidence) as held:
        service = Service(held, settings)
        server = build_server(service)
        try:
            if transport is Transport.STDIO:
                server.run("stdio")
            else:
                import uvicorn

                log_as_json()
                app = guarded(server.streamable_http_app(host=HOST), settings, known)
                asked = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
                with listening(HOST, port) as socket, suppress(KeyboardInterrupt):
                    typer.echo(f"claimspine: MCP on http://{HOST}:{socket.getsockname()[1]}/mcp", err=True)
                    uvicorn.Server(asked).run(sockets=[socket])
        finally:
            service.close()


def guarded(app: App, settings: Settings, known: Tokens) -> App:
    """The server behind what lets requests into the HTTP service: its tokens, rates, ids and log.

    The tools read and check texts, so a token needs the scope audit.
    """
    from api.http.access import AUDIT
    from api.http.admission import Admission
    from api.http.metrics import Metrics
    from api.http.middleware import RequestMiddleware
    from api.http.past_routes import PastRoutes
    from api.http.request_log import RequestLog
    from graph.errors import ClaimspineError

    async def allowed(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["state"]["caller"].may(AUDIT):
            name = scope["state"]["caller"].name
            raise ClaimspineError("not-allowed", f"the token {name!r} does not have the scope {AUDIT}")
        await app(scope, receive, send)

    admission, log = Admission(settings, known), RequestLog(Metrics())
    return RequestMiddleware(PastRoutes(allowed, endpoints={}), admission=admission, log=log)
