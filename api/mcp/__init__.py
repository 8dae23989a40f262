"""The Model Context Protocol server."""

from api.mcp.server import build_server

__all__ = ["build_server"]
