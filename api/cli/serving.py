"""``claimspine serve``: the HTTP service."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.options import Evidence, Where, opened


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
) -> None:
    """Serve recommendations, traces, audits and SPARQL over HTTP until interrupted."""
    import ipaddress

    import uvicorn

    from api.http import create_app
    from graph.errors import ClaimspineError

    loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    if not loopback:
        raise ClaimspineError(
            "open-to-all",
            f"refused to listen on {host}: anyone who reaches this machine could use the service",
            hint="listen on 127.0.0.1 behind a proxy that asks who is there",
        )
    with opened(store, evidence) as held:
        typer.echo(f"claimspine: serving on http://{host}:{port}", err=True)
        uvicorn.run(create_app(held), host=host, port=port, log_level="warning", server_header=False)
