"""How a work is named to a reader: the same short name in every message, path, page and export."""

from __future__ import annotations

import re
from textwrap import shorten

from graph.bibliography.names import family_of
from graph.evidence import Work
from graph.reading.nodes import last_part

_KEY = re.compile(r"(?P<family>[a-z]{2,})(?P<year>(?:19|20)\d\d)[a-z_-]*")
_TITLE = 80  # characters of a title that stands for missing authors


def known_as(work: Work) -> str:
    """Authors, else the title, and year, as far as the record goes: "Pocovi et al. 2024".

    >>> from graph.evidence import Iri
    >>> known_as(Work(Iri("w"), authors=("Pocovi NC", "Lin CC", "French SD"), year=2024))
    'Pocovi et al. 2024'
    >>> known_as(Work(Iri("https://example.org/work/ahn2012entrainment")))
    'Ahn 2012 (unconfirmed)'
    """
    if work.authors:
        families = [family_of(name) for name in work.authors[:2]]
        who = " and ".join(families) if len(work.authors) < 3 else f"{families[0]} et al."
    elif work.title:
        who = f"“{shorten(work.title, _TITLE, placeholder='…')}”"
    else:
        return _unconfirmed(work)
    return f"{who} {work.year or (work.published_online or '')[:4]}".strip()


def _unconfirmed(work: Work) -> str:
    """A name for a work whose authors and title nobody has confirmed, marked as such."""
    noted = {one.field: one.value for one in work.unconfirmed}
    family = next((noted[name] for name in ("authors", "author") if noted.get(name)), "")
    family = family_of(re.split(r"[,;]|\sand\s", family)[0].strip())
    if family:
        return f"{family} {work.year or noted.get('year', '')}".strip() + " (unconfirmed)"
    if noted.get("title"):
        return f"“{noted['title']}” (unconfirmed)"
    last = last_part(work.iri)
    key = _KEY.fullmatch(last)
    return f"{key['family'].capitalize()} {key['year']} (unconfirmed)" if key else last


def work_label(work: Work) -> str:
    """The name with the journal, for a list or a drawing: "Pocovi et al. 2024, The Lancet"."""
    name = known_as(work)
    return f"{name}, {work.journal}" if work.journal else name
