"""``claimspine mcp``: tools for assistants."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from api.cli.options import Evidence, Where, opened


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
        int, typer.Option("--port", min=0, max=65535, help="The port, with --transport http.")
    ] = 8041,
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

    with opened(store, evidence) as held:
        service = Service(held, Settings())
        server = build_server(service)
        try:
            if transport is Transport.STDIO:
                server.run("stdio")
            else:
                typer.echo(f"claimspine: MCP on http://127.0.0.1:{port}/mcp", err=True)
                server.run("streamable-http", host="127.0.0.1", port=port)
        finally:
            service.close()
