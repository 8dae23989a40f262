"""Who publishes an export, and when: given by the caller, never guessed."""

from __future__ import annotations

from dataclasses import dataclass

SOFTWARE = "https://w3id.org/claimspine"


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes. ``date`` is ISO 8601; ``url`` an address; ``iri`` a person's (an ORCID) for credit.

    Without a name the program itself is named, as what worked the result out.
    """

    name: str | None = None
    url: str | None = None
    iri: str | None = None
    date: str | None = None
    license: str | None = None
