"""``claimspine verify-refs``: a bibliography, or an article's list, against a library and online sources."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import Evidence, Output, Where, gathered
from api.cli.outside import Online, RetractionFile, said_outside, tell_down

if TYPE_CHECKING:
    from claims.model import Reference
    from claims.references.checking import CheckedReference

_BIBLIOGRAPHIES = (".bib", ".ris", ".nbib", ".json", ".xml", ".enw", ".ciw", ".csv", ".tsv")


class Format(StrEnum):
    """How the result is written."""

    TEXT = "text"
    JSON = "json"
    BIBTEX = "bibtex"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("verify-refs")(verify_refs)


def verify_refs(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="BibTeX, CSL-JSON, RIS, PubMed, EndNote, Web of Science, CSV, or an article with a list.",
        ),
    ],
    online: Online = False,
    refs: Annotated[
        list[Path] | None,
        typer.Option("--refs", help="A bibliography to verify against.", show_default=False),
    ] = None,
    evidence: Evidence = None,
    store: Where = None,
    retractions: RetractionFile = None,
    format_: Annotated[
        Format, typer.Option("--format", help="How the result is written; bibtex: the list, corrected.")
    ] = Format.TEXT,
    output: Output = None,
) -> None:
    """Verify each reference against the records of a library and, with --online, of the sources.

    Exit status 0: nothing to look at. 1: some reference is wrong, not found or retracted. 2: could not be
    done, or a source did not answer.
    """
    from api.cli.output import write
    from claims.library import Library
    from claims.references.checking import check, with_keys
    from claims.references.listing import as_json, as_text

    references, keys = _references_of(file)
    held = gathered(store, evidence, refs)
    held, asked = said_outside(held, references, online, retractions)
    if not held.works and not online:
        typer.echo(
            "claimspine: there is nothing to verify against, so only what contradicts itself is told; "
            "give --refs, --evidence or --store, or --online",
            err=True,
        )
    checked = with_keys(
        check(
            references,
            Library.of(held.works.values()),
            keys=keys,
            answered=asked.answered if asked else (),
            silent=asked.silent if asked else (),
            this_year=datetime.now(UTC).year,
        )
    )
    down = dict(asked.down) if asked else {}
    if format_ is Format.BIBTEX:
        write(_corrected(file, checked), output)
        for one in checked:
            for change in one.corrections:
                said = f"{change.field}: {change.printed or 'missing'} → {change.recorded}"
                typer.echo(f"claimspine: {file}: {one.key}: {said}", err=True)
    elif format_ is Format.JSON:
        whole = as_json(str(file), checked, down, _sources_asked(online))
        write(json.dumps(whole, ensure_ascii=False, indent=1), output)
    else:
        write(as_text(str(file), checked, down), output)
    tell_down(asked)
    if down:
        raise typer.Exit(2)
    if any(one.faulty for one in checked):
        raise typer.Exit(1)


def _sources_asked(online: bool) -> tuple[str, ...]:
    from api.online.connection import NAMES
    from api.online.settings import OnlineSettings

    return tuple(NAMES[name] for name in OnlineSettings().wanted()) if online else ()


def _references_of(file: Path) -> tuple[tuple[Reference, ...], tuple[str | None, ...]]:
    """The references of a bibliography, with their keys, or of an article's list, without."""
    from graph.errors import ClaimspineError

    if _is_bibliography(file):
        return _of_bibliography(file)
    from claims import references
    from claims.reading import read_article

    found = references.find(read_article(file))
    if not found:
        raise ClaimspineError(
            "no-references",
            "no reference list was found in this article",
            path=file,
            hint="give a bibliography",
        )
    return found, (None,) * len(found)


def _is_bibliography(file: Path) -> bool:
    suffix = file.suffix.lower()
    if suffix in _BIBLIOGRAPHIES:
        return True
    if suffix not in (".txt", ""):
        return False
    try:
        with file.open("rb") as opened:
            start = opened.read(200).lstrip(b"\xef\xbb\xbf \t\r\n")
    except OSError:
        return False
    return start.startswith(
        (b"TY  -", b"PMID-", b"PMID -", b"@", b"%0 ", b"FN Clarivate", b"FN Thomson", b"PT J")
    )


def _of_bibliography(file: Path) -> tuple[tuple[Reference, ...], tuple[str | None, ...]]:
    from urllib.parse import unquote

    from claims.model import Reference, Span
    from claims.pointing import full_name
    from claims.references.recorded import fields_of
    from graph.bibliography import read_bibliography

    read = read_bibliography(file)
    for fault in read.faults:
        typer.echo(f"claimspine: {fault}", err=True)
    references = tuple(
        Reference(number, full_name(work).split(",")[0], full_name(work), Span(0, 0), fields_of(work))
        for number, work in enumerate(read.works, 1)
    )
    keys = tuple(unquote(work.iri.rpartition("/")[2]) for work in read.works)
    return references, keys


def _corrected(file: Path, checked: Sequence[CheckedReference]) -> str | bytes:
    from claims.references.rewriting import as_bibtex, corrected_bibtex
    from graph import files

    if file.suffix.lower() != ".bib":
        return as_bibtex(checked)
    data = files.read_bytes(file)
    marked = data.startswith(b"\xef\xbb\xbf")
    return (b"\xef\xbb\xbf" if marked else b"") + corrected_bibtex(files.decode(data, file), checked).encode()
