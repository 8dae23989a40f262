"""``claimspine verify``: audit again what a report with a proof was about; what is still the same?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.options import Evidence, Where

if TYPE_CHECKING:
    from claims.audit import Checker
    from claims.model import AuditReport
    from claims.proof import Inputs
    from graph.store import Store


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("verify")(verify)


def verify(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="A report written with --proof.")],
    article: Annotated[
        Path | None, typer.Option("--article", help="The article, where it has moved.", show_default=False)
    ] = None,
    refs: Annotated[
        list[Path] | None, typer.Option("--refs", help="Its bibliography, where moved.", show_default=False)
    ] = None,
    evidence: Evidence = None,
    store: Where = None,
) -> None:
    """Audit again what a report with a proof was about, and say whether each part is still the same.

    Exit status 0: article, evidence, rules and result are the same. 1: something differs. 2: could not
    be done.
    """
    import json
    from dataclasses import replace

    from claims.audit import Checker
    from claims.proof import compare, inputs_of, proof_of, proof_within
    from claims.reading import read_article
    from graph.errors import ClaimspineError

    differs = False
    for number, whole in enumerate(_reports_in(report), start=1):
        old = proof_within(whole)
        inputs = inputs_of(old)
        if inputs.store and "://" in inputs.store and not store:
            raise ClaimspineError(
                "store-not-named",
                f"the report was made over {inputs.store}; a report alone makes no request to a host",
                hint=f"give --store {inputs.store} if you trust it",
            )
        if article is not None and number == 1:
            inputs = replace(inputs, article=str(article))
        if refs:
            inputs = replace(inputs, refs=tuple(map(str, refs)))
        if evidence:
            inputs = replace(inputs, evidence=tuple(map(str, evidence)))
        inputs = replace(inputs, store=store or inputs.store)
        document = read_article(inputs.article)
        base = _base_of(whole)
        with _stores(inputs, base) as stores:
            checker = Checker.of(
                refs=inputs.refs,
                evidence=inputs.evidence,
                store=stores[0] if inputs.store else None,
                select=inputs.select,
                ignore=inputs.ignore,
                profile=inputs.profile,
                base=base,
            )
            new = json.loads(
                json.dumps(proof_of(checker.check(document), checker, inputs, stores), allow_nan=False)
            )
        typer.echo(f"{inputs.article}:")
        for one in compare(old, new):
            said = "same" if one.same else "DIFFERS" + (f" ({one.detail})" if one.detail else "")
            typer.echo(f"  {one.what}: {said}")
            differs = differs or not one.same
    if differs:
        raise typer.Exit(1)


def with_proof(reports: list[AuditReport], checker: Checker, inputs: Inputs, labels: dict[str, str]) -> str:
    """The reports as JSON, each with its proof."""
    import json
    from dataclasses import replace

    from claims.proof import proof_of
    from claims.reports.parts import to_dict

    with _stores(inputs, checker.evidence.base) as stores:
        whole = [
            to_dict(report, labels=labels)
            | {"proof": proof_of(report, checker, replace(inputs, article=report.document.path), stores)}
            for report in reports
        ]
    return json.dumps(whole[0] if len(whole) == 1 else whole, ensure_ascii=False, indent=1, allow_nan=False)


@contextmanager
def _stores(inputs: Inputs, base: str | None) -> Iterator[list[Store]]:
    """The store of a run, where one was named, and the files of that run in a store in memory."""
    from api.stores import open_store
    from graph.sources import load

    with ExitStack() as stack:
        stores = [stack.enter_context(open_store(inputs.store, read_only=True))] if inputs.store else []
        if inputs.evidence or inputs.refs:
            files = stack.enter_context(open_store("memory", base=base))
            load(files, [*inputs.evidence, *inputs.refs])
            stores.append(files)
        yield stores


def _base_of(report: Any) -> str | None:
    """What the ids of a report stand under: its document's does."""
    document = report.get("document") if isinstance(report, dict) else None
    iri = document.get("id") if isinstance(document, dict) else None
    return iri.rpartition("document/")[0] or None if isinstance(iri, str) else None


def _reports_in(path: Path) -> list[Any]:
    """The report, or reports, of a JSON file."""
    import json

    from graph.errors import ClaimspineError

    try:
        whole = json.loads(path.read_bytes())
    except OSError as exc:
        raise ClaimspineError("report-unreadable", f"cannot read it: {exc.strerror}", path=path) from exc
    except (ValueError, RecursionError) as exc:
        raise ClaimspineError("report-unreadable", "this is not a JSON report", path=path) from exc
    return whole if isinstance(whole, list) and whole else [whole]
