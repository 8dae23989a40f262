"""What the outside says of references, for the commands that ask: online sources, retraction data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from api.online import Consulted
    from claims.audit import Checker
    from claims.library import Library
    from claims.model import Document, Reference, ReferenceFields
    from graph.evidence import Evidence

Online = Annotated[
    bool,
    typer.Option(
        "--online", help="Ask Crossref, PubMed and OpenAlex too, which lets them see what is looked up."
    ),
]
RetractionFile = Annotated[
    Path | None,
    typer.Option(
        "--retractions",
        metavar="CSV",
        help="Retraction data, with the columns of Retraction Watch.",
        show_default=False,
    ),
]


def informed(
    checker: Checker, documents: Sequence[Document], online: bool, retractions: Path | None
) -> tuple[Checker, Consulted | None]:
    """A checker that also knows what online sources and retraction data say of the articles' references."""
    if not online and retractions is None:
        return checker, None
    from claims import references
    from claims.library import Library

    printed = [one for document in documents for one in references.find(document)]
    held, asked = said_outside(checker.evidence, printed, online, retractions)
    tell_down(asked)
    return replace(checker, evidence=held, library=Library.of(held.works.values())), asked


def said_outside(
    held: Evidence, references: Sequence[Reference], online: bool, retractions: Path | None
) -> tuple[Evidence, Consulted | None]:
    """The evidence with what the outside says of the references; what the sources answered, if asked.

    Raises:
        ClaimspineError: a setting is wrong, or the retraction data cannot be read.
    """
    from claims.library import Library
    from graph.retractions import read_retractions, with_retractions

    notices = read_retractions(retractions) if retractions else None
    asked = None
    if online:
        from api.online.merging import with_records

        asked = _ask(_asked_fields(references, Library.of(held.works.values())))
        held = with_records(held, asked.works)
    if notices is not None:
        held = with_retractions(held, notices, [(one.fields.doi, one.fields.pmid) for one in references])
    return held, asked


def _ask(fields: Sequence[ReferenceFields]) -> Consulted:
    """What the online sources know of references; of those that print the same, one is asked about.

    Raises:
        ClaimspineError: ``online-settings``, a setting is wrong.
    """
    from pydantic import ValidationError

    from api.online import OnlineSettings, consult, open_sources
    from api.online.connection import quiet_retries
    from graph.errors import ClaimspineError

    try:
        settings = OnlineSettings()
    except ValidationError as exc:
        said = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in exc.errors())
        raise ClaimspineError(
            "online-settings", f"a CLAIMSPINE_ONLINE_ setting is wrong: {said}", hint="see docs/references.md"
        ) from exc
    if not settings.mailto:
        typer.echo(
            "claimspine: set CLAIMSPINE_ONLINE_MAILTO to your address: the sources ask for one, and serve "
            "those who give it better",
            err=True,
        )
    quiet_retries()
    once = {one: number for number, one in enumerate(dict.fromkeys(fields))}
    with open_sources(settings) as sources, _progress(len(once) * len(sources)) as told:
        asked = consult(list(once), sources, told)
    places = [once[one] for one in fields]
    return replace(
        asked,
        answered=tuple(asked.answered[place] for place in places),
        silent=tuple(asked.silent[place] for place in places),
    )


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=total < 2 or not console.is_terminal) as bar:
        task = bar.add_task("Asking", total=total)
        yield lambda: bar.advance(task)


def _asked_fields(references: Sequence[Reference], library: Library) -> list[ReferenceFields]:
    """What to ask about each reference: what it prints, filled with what the library knows of its work."""
    from claims.references import verify
    from claims.references.recorded import fields_of

    found = []
    for one in references:
        fields, verified = one.fields, verify(one, library)
        if verified.work is not None and verified.matched_by != ("context",):
            known = fields_of(verified.work)
            fields = replace(
                fields,
                doi=fields.doi or known.doi,
                pmid=fields.pmid or known.pmid,
                title=fields.title or known.title,
                authors=fields.authors or known.authors,
                year=fields.year or known.year,
                journal=fields.journal or known.journal,
            )
        found.append(fields)
    return found


def tell_down(asked: Consulted | None) -> None:
    """Say which sources did not answer: that is neither "not found" nor "not retracted"."""
    for name, why in sorted(asked.down.items()) if asked else ():
        typer.echo(
            f"claimspine: {why} (no reference is called missing, and none is cleared, for want of {name})",
            err=True,
        )
