"""Who publishes an export, and when: given by the caller, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

import pyoxigraph as ox

from graph.errors import ClaimspineError

SOFTWARE = "https://w3id.org/claimspine"
_ORCID = re.compile(r"(?:\d{4}-){3}\d{3}[\dX]")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes. ``date`` is ISO 8601; ``url`` an address; ``iri`` a person's (an ORCID) for credit.

    Without a name the program itself is named, as what worked the result out. A bare ORCID is written out
    as an IRI.

    Raises:
        ClaimspineError: ``not-an-iri``, ``not-a-date``.
    """

    name: str | None = None
    url: str | None = None
    iri: str | None = None
    date: str | None = None
    license: str | None = None

    def __post_init__(self) -> None:
        """Refuse what no export could carry."""
        if self.iri and _ORCID.fullmatch(self.iri):
            object.__setattr__(self, "iri", f"https://orcid.org/{self.iri}")
        for what, value, like in (
            ("the publisher's address", self.url, "https://example.org"),
            ("the maker", self.iri, "https://orcid.org/0000-0002-1825-0097"),
            ("the licence", self.license, "https://creativecommons.org/licenses/by/4.0/"),
        ):
            if value is not None and not _absolute(value):
                raise ClaimspineError("not-an-iri", f"{what} is no IRI: {value!r}", hint=f"such as {like}")
        if self.date is not None:
            try:
                datetime.fromisoformat(self.date)
            except ValueError as exc:
                raise ClaimspineError(
                    "not-a-date",
                    f"{self.date!r} is no date",
                    hint="write it as 2026-03-01, or with a time as 2026-03-01T09:30:00+00:00",
                ) from exc


def _absolute(value: str) -> bool:
    try:
        ox.NamedNode(value)
    except ValueError:
        return False
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*:.", value) is not None
