"""``claimspine rules`` and ``claimspine explain``."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("rules")(rules)
    app.command("explain")(explain)


def rules() -> None:
    """List the rules: code, name, severity, and the question each asks."""
    from rich.console import Console
    from rich.table import Table

    from claims.catalogue import all_rules

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("Code", "Name", "Severity", "Status", "What it says"):
        table.add_column(heading)
    for rule in all_rules():
        table.add_row(rule.code, rule.name, rule.severity.value, rule.status, rule.title)
    Console(width=None if Console().is_terminal else 140).print(table)


def explain(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="A rule's code or name: N102, magnitude-word-differs.")
    ],
) -> None:
    """Say why a rule exists, how to mend what it finds, and what it cannot see."""
    from rich.console import Console
    from rich.markdown import Markdown

    from api.cli.output import write
    from claims.catalogue import find_rule, page

    console = Console()
    text = page(find_rule(code))
    if console.is_terminal:
        console.print(Markdown(text))
    else:
        write(text, None)
