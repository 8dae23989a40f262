"""The one interface of the online sources, and opening those that the settings name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

from api.online.connection import Connection, SourceDown, open_connection
from api.online.crossref import Crossref
from api.online.openalex import OpenAlex
from api.online.pubmed import PubMed
from api.online.settings import OnlineSettings
from claims.model import ReferenceFields
from graph.evidence import Work

__all__ = ["Source", "SourceDown", "open_sources"]


class Source(Protocol):
    """A source of records. ``name`` is what a reader knows it by."""

    @property
    def name(self) -> str:
        """What a reader knows the source by: "Crossref"."""

    def find(self, fields: ReferenceFields) -> tuple[Work, ...]:
        """The works that may be meant, with the standing that the source gives them (None: not said).

        An empty tuple means that the source answered and knows none.

        Raises:
            SourceDown: the source did not answer, or not in a way that can be read. Nothing is known then.
        """


_MAKERS: dict[str, Callable[[Connection], Source]] = {
    "crossref": Crossref,
    "pubmed": PubMed,
    "openalex": OpenAlex,
}


@contextmanager
def open_sources(settings: OnlineSettings) -> Iterator[tuple[Source, ...]]:
    """The sources that the settings name, closed at the end."""
    with ExitStack() as stack:
        made = [
            _MAKERS[name](stack.enter_context(open_connection(name, settings, _cache_folder(settings))))
            for name in settings.wanted()
        ]
        yield tuple(made)


def _cache_folder(settings: OnlineSettings) -> Path | None:
    if settings.cache_days == 0:
        return None
    if settings.cache is not None:
        return settings.cache
    from platformdirs import user_cache_path

    return user_cache_path("claimspine") / "online"
