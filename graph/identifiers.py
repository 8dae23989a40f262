"""From what a person types to an IRI: a whole IRI, an id under the base, or its last part."""

from __future__ import annotations

import difflib

from graph.errors import ClaimspineError, UnknownIdentifier
from graph.evidence import Iri
from graph.jsonld import BASE
from graph.sparql import stored
from graph.store import Store
from graph.walking import is_described


def resolve(store: Store, identifier: str, *, base: str = BASE) -> Iri:
    """The IRI that ``identifier`` stands for.

    Raises:
        UnknownIdentifier: nothing has this id (with the nearest ones), or several things have.
    """
    identifier = identifier.strip()
    absolute = identifier if ":" in identifier.partition("/")[0] else base + identifier
    if identifier and " " not in identifier and _is_described(store, absolute):
        return Iri(absolute)
    known = sorted({row[0] for row in store.rows(stored("identifiers")) if row[0]})
    tail = "/" + identifier.strip("/")
    fitting = [iri for iri in known if iri.endswith(tail)]
    if len(fitting) == 1:
        return Iri(fitting[0])
    if fitting:
        shown = tuple(iri.removeprefix(base) for iri in fitting)
        raise UnknownIdentifier(
            "ambiguous-identifier",
            f"{identifier!r} may be any of {len(shown)} things",
            candidates=tuple(fitting),
            hint="write one of " + ", ".join(shown[:10]),
        )
    raise _unknown(identifier, known, base)


def _is_described(store: Store, iri: str) -> bool:
    try:
        return is_described(store, iri)
    except ClaimspineError as exc:
        if exc.code == "not-a-term":
            return False
        raise


def _unknown(identifier: str, known: list[str], base: str) -> UnknownIdentifier:
    names: dict[str, str] = {}
    for iri in known:
        names.setdefault(iri.rpartition("/")[2], iri)
        names.setdefault(iri.removeprefix(base), iri)
    near = difflib.get_close_matches(identifier.removeprefix(base), list(names), n=5, cutoff=0.5)
    candidates = tuple(dict.fromkeys(names[name] for name in near))
    if not known:
        hint = "the store is empty: load evidence first"
    elif candidates:
        hint = "did you mean " + ", ".join(iri.removeprefix(base) for iri in candidates) + "?"
    else:
        hint = "ask for a recommendation, a claim, a mechanism, a study or a work"
    return UnknownIdentifier(
        "unknown-identifier", f"nothing here is called {identifier!r}", candidates=candidates, hint=hint
    )
