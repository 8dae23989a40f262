"""What an audit is told as: text, JSON, HTML, SARIF, Markdown, GitHub annotations."""

from claims.reports.formats import FORMATS, render
from claims.reports.parts import TOOL_VERSION, to_dict
from claims.reports.several import render_all
from claims.reports.text import render_text

__all__ = ["FORMATS", "TOOL_VERSION", "render", "render_all", "render_text", "to_dict"]
