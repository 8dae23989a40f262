"""What an audit is told as: text, JSON, HTML, SARIF, Markdown, GitHub annotations."""

from claims.reports.formats import FORMATS, render, render_text
from claims.reports.parts import to_dict
from claims.reports.several import render_all

__all__ = ["FORMATS", "render", "render_all", "render_text", "to_dict"]
