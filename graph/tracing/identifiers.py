"""From what a person types to an IRI: a whole IRI, an id under the base, its last part, or a work's DOI."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from graph.bibliography.names import doi as as_doi
from graph.errors import ClaimspineError, UnknownIdentifier
from graph.evidence import Iri
from graph.reading.dois import works_with_doi
from graph.reading.held import held_of
from graph.results import Term
from graph.sparql import stored
from graph.store import Store
from graph.tracing.asked_nodes import is_described
from ontology.loader import DATA_BASE

COMPARED = 2_000  # names that an unknown one is compared with
SHOWN = 200  # characters of an unknown name that are said again


def resolve(store: Store, identifier: str) -> Iri:
    """The IRI that ``identifier`` stands for; a DOI in any case, with its resolver or without.

    Raises:
        UnknownIdentifier: nothing has this id (with the nearest ones), or several things have.
    """
    identifier = identifier.strip()
    absolute = identifier if ":" in identifier.partition("/")[0] else store.base + identifier
    if identifier and " " not in identifier and _is_described(store, absolute):
        return Iri(absolute)
    if (doi := as_doi(identifier)) and (works := works_with_doi(store, doi)):
        return works[0]  # several are records of one paper
    fitting = [] if identifier == absolute else _ending(store, "/" + identifier.strip("/"))
    if len(fitting) == 1:
        return Iri(fitting[0])
    if fitting:
        shown = tuple(iri.removeprefix(store.base) for iri in fitting)
        raise UnknownIdentifier(
            "ambiguous-identifier",
            f"{identifier!r} may be any of {len(shown)} things",
            candidates=tuple(fitting),
            hint="write one of " + ", ".join(shown[:10]),
        )
    known = sorted({row[0] for row in store.rows(stored("identifiers")) if row[0]})
    raise unknown(identifier, known, base=store.base)


def _ending(store: Store, tail: str) -> list[str]:
    """Only a whole IRI needs no look at all that there are."""
    rows = store.rows(stored("ending"), {"tail": Term.literal(tail)})
    return sorted({row[0] for row in rows if row[0]})


def _is_described(store: Store, iri: str) -> bool:
    if (held := held_of(store)) is not None and iri in held:
        return True
    try:
        return is_described(store, iri)
    except ClaimspineError as exc:
        if exc.code == "not-a-term":
            return False
        raise


def unknown(
    identifier: str, known: Sequence[str], *, what: str = "", base: str = DATA_BASE
) -> UnknownIdentifier:
    """The error of an identifier that nothing has, with the nearest that are known.

    ``what`` is the kind of thing that was asked for, if one was.
    """
    asked = identifier.removeprefix(base)
    names: dict[str, str] = {}
    for iri in known:
        names.setdefault(iri.rpartition("/")[2], iri)
        names.setdefault(iri.removeprefix(base), iri)
    near = difflib.get_close_matches(asked, _worth_comparing(asked, list(names)), n=5, cutoff=0.5)
    candidates = tuple(dict.fromkeys(names[name] for name in near))
    if not known and not what:
        hint = "the store is empty: load evidence first"
    elif candidates:
        hint = "did you mean " + ", ".join(iri.removeprefix(base) for iri in candidates) + "?"
    elif what:
        hint = None
    else:
        hint = "ask for a recommendation, a claim, a mechanism, a study or a work"
    shown = repr(asked[:SHOWN])
    said = f"there is no {what} called {shown}" if what else f"nothing here is called {shown}"
    return UnknownIdentifier("unknown-identifier", said, candidates=candidates, hint=hint)


def _worth_comparing(asked: str, names: list[str]) -> list[str]:
    """Comparing takes long: of many names those of the same kind, then those that share a word with it."""
    kind, slash, rest = asked.partition("/")
    same = [name for name in names if name.startswith(kind + slash)] if slash else []
    names = same or names
    if len(names) <= COMPARED:
        return names
    words = [word for word in re.split(r"[^a-z0-9]+", (rest or kind).lower()) if len(word) > 2]
    start = (rest or kind)[:3].lower()
    few = [
        name
        for name in names
        if any(word in name.lower() for word in words) or name.rpartition("/")[2].lower().startswith(start)
    ]
    return few[:COMPARED]
