"""``claimspine audit``: check articles, write the report; mend them, or say what an edit changed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import Evidence, Ignore, Output, Profile, Select, Where, codes, gathered
from api.cli.outside import Online, RetractionFile, informed

if TYPE_CHECKING:
    from claims.audit import Checker
    from claims.model import AuditReport, Document


class Format(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    HTML = "html"
    MARKDOWN = "markdown"
    GITHUB = "github"


class FailOn(StrEnum):
    """The least severity at which the exit status is 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


_ORDER = ("info", "warning", "error", "never")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("audit")(audit)


def audit(
    articles: Annotated[
        list[Path],
        typer.Argument(
            metavar="ARTICLE...",
            help="Markdown, HTML, .docx, mail (.eml), saved pages (.mhtml), plain text; - is standard input.",
        ),
    ],
    refs: Annotated[
        list[Path] | None,
        typer.Option(
            "--refs", help="A bibliography: BibTeX, CSL-JSON, RIS, PubMed, EndNote, CSV.", show_default=False
        ),
    ] = None,
    evidence: Evidence = None,
    store: Where = None,
    online: Online = False,
    retractions: RetractionFile = None,
    format_: Annotated[Format, typer.Option("--format", help="How the report is written.")] = Format.TEXT,
    output: Output = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            "--fail-on", help="Exit 1 from this severity on; else the profile says.", show_default=False
        ),
    ] = None,
    select: Select = None,
    ignore: Ignore = None,
    profile: Profile = None,
    diff: Annotated[
        Path | None,
        typer.Option(
            "--diff",
            metavar="OLD",
            help="The article before the edit: say what changed, and fail only on what it brought in.",
            show_default=False,
        ),
    ] = None,
    proof: Annotated[
        bool,
        typer.Option("--proof", help="Put triples, query and hashes into the JSON, for `claimspine verify`."),
    ] = False,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix", help="Write those fixes into the article that come back clean when it is audited again."
        ),
    ] = False,
) -> None:
    """Check articles: claims against evidence, printed references against records."""
    from api.cli.output import write
    from claims.audit import Checker
    from claims.reports import render_all

    _refuse_mixtures(articles, diff, proof, fix, format_)
    if proof and (online or retractions):
        raise _no_proof_from_outside()
    documents = [_read(path) for path in articles]
    held = gathered(store, evidence, refs)
    checker = Checker.over(held, select=codes(select), ignore=codes(ignore), profile=profile)
    limit = fail_on.value if fail_on else checker.profile.fail_on
    older = None if diff is None else _read(diff)
    checker, asked = informed(checker, [*documents, *([older] if older else [])], online, retractions)
    if older is not None:
        _audit_edit(older, documents[0], checker, format_, output, limit)
        if asked is not None and asked.down:
            raise typer.Exit(2)
        return
    if proof:  # each report is verified by itself
        reports = [checker.check(document) for document in _with_progress(documents)]
    else:
        reports = checker.check_together(_with_progress(documents))
    if fix:
        reports = [_mend(report, checker) for report in reports]
    labels: dict[str, str] = {concept.iri: concept.label for concept in checker.evidence.concepts.values()}
    if proof:
        from api.cli.verifying import with_proof
        from claims.proof import Inputs

        inputs = Inputs(
            "",
            tuple(map(str, refs or ())),
            tuple(map(str, evidence or ())),
            store,
            codes(select),
            codes(ignore),
            profile,
        )
        written = with_proof(reports, checker, inputs, labels)
    else:
        written = render_all(reports, format_.value, labels=labels, rules=checker.rules)
    write(written, output)
    if any(one.code == "X900" for report in reports for one in report.diagnostics):
        raise typer.Exit(2)
    if asked is not None and asked.down:  # what was asked for could not be done; the report says the rest
        raise typer.Exit(2)
    if _fails(reports, limit):
        raise typer.Exit(1)


def _read(path: Path) -> Document:
    """An article; "-" is standard input, whose format is looked for in its beginning."""
    from claims.reading import read_article, read_bytes

    return read_bytes(sys.stdin.buffer.read()) if path == Path("-") else read_article(path)


def _refuse_mixtures(
    articles: list[Path], diff: Path | None, proof: bool, fix: bool, format_: Format
) -> None:
    from graph.errors import ClaimspineError

    if Path("-") in articles and (fix or proof or articles.count(Path("-")) > 1):
        raise ClaimspineError(
            "standard-input",
            "standard input is read once, cannot be edited, and is not there when a proof is verified",
            hint="save the article in a file and name it",
        )
    if diff is not None and (len(articles) != 1 or fix or proof):
        raise ClaimspineError(
            "diff-of-one",
            "--diff compares one article with its older version, and does nothing else",
            hint="claimspine audit new.md --diff old.md",
        )
    if diff is not None and format_ in (Format.HTML, Format.SARIF):
        raise ClaimspineError(
            "diff-format",
            f"--diff is not written as {format_.value}",
            hint="use text, json, markdown or github",
        )
    if proof and format_ is not Format.JSON:
        raise ClaimspineError("proof-format", "a proof is part of the JSON", hint="add --format json")


def _no_proof_from_outside() -> Exception:
    from graph.errors import ClaimspineError

    return ClaimspineError(
        "proof-from-outside",
        "a proof is re-run from files and stores alone: not with --online or --retractions",
        hint="import what they said into a store first, or leave out --proof",
    )


def _audit_edit(
    old: Document, new: Document, checker: Checker, format_: Format, output: Path | None, limit: str
) -> None:
    """Say what the edit changed; exit 1 where what it brought in reaches the limit."""
    from api.cli.output import write
    from claims.diffing import compare
    from claims.reports.difference import render_difference

    difference = compare(checker.check(old), checker.check(new), checker.evidence.concepts)
    write(render_difference(difference, format_.value), output)
    if any(one.code == "X900" for one in difference.new.diagnostics):
        raise typer.Exit(2)
    severities = [one.severity.value for one in difference.changes]
    severities += [one.severity.value for one in difference.raised]
    if any(_ORDER.index(severity) >= _ORDER.index(limit) for severity in severities):
        raise typer.Exit(1)


def _mend(report: AuditReport, checker: Checker) -> AuditReport:
    """Write the fixes of a report into its article; say what was done; the report of what it is now."""
    from api.cli.output import put
    from claims.fixing import fix_article
    from claims.reading.encodings import codec_of
    from graph.errors import ClaimspineError

    path = Path(report.document.path)
    if report.document.packed:
        typer.echo(f"claimspine: {path}: a Word file, a mail or a saved page is not edited", err=True)
        return report
    fixed = fix_article(report, checker.check)
    count = len(fixed.made)
    for one in fixed.made:
        line = report.document.text.count("\n", 0, one.span.start) + 1
        was = report.document.text[one.fix.span.start : one.fix.span.end] if one.fix else ""
        now = one.fix.text if one.fix else ""
        done = f"“{was}” is now “{now}”" if was else f"“{now.strip()}” is put in"
        typer.echo(f"claimspine: {path}:{line}: {one.code}: {done}", err=True)
    typer.echo(f"claimspine: {path}: {count} {'fix' if count == 1 else 'fixes'} made", err=True)
    if not fixed.made:
        return report
    written = path.read_bytes()
    mark, codec = codec_of(written, path, page=report.document.media_type == "text/html")
    if written[len(mark) :].decode(codec) != report.document.text:
        raise ClaimspineError(
            "article-changed", "the article was changed while it was checked; nothing was written", path=path
        )
    put(mark + fixed.text.encode(codec, "xmlcharrefreplace"), path)
    return fixed.report


def _with_progress(things: list[Document]) -> Iterator[Document]:
    """The things, with a bar on standard error where there are several and a person watches."""
    if len(things) < 2:
        yield from things
        return
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(things, description="Auditing", console=console, transient=True)


def _fails(reports: Iterable[AuditReport], fail_on: str) -> bool:
    return any(
        _ORDER.index(one.severity.value) >= _ORDER.index(fail_on)
        for report in reports
        for one in report.diagnostics
    )
