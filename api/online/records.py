"""What the readers of the sources' answers share: texts that may be missing, people, names of works."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from urllib.parse import quote

from graph.bibliography import names
from graph.evidence import Iri
from ontology.loader import DATA_BASE

_MARKED = re.compile(
    r"\s*[\[(]?\s*(?:retracted(?:\s+article|\s+paper|\s+chapter)?|withdrawn(?:\s+article)?)\s*[\])]?\s*(?::|[-–—])\s*|"
    r"\s*\[\s*retracted\s*\]\s*",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\W*(?:(?:notice of )?retraction|withdrawal|(?:author |publisher )?correction|corrigendum|erratum"
    r"|addendum|(?:editorial )?expression of concern)(?:\s+(?:notice|note))?"
    r"\s*(?::|[-–—.]|\b(?:to|regarding)\b|\bfor\s*[:“\"])",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,100}>")


def text(value: object) -> str | None:
    """A text with its white space put in order and without markup; None where it is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        return None
    return names.clean(html.unescape(_TAG.sub("", value)))


def texts(value: object) -> list[str]:
    """The texts of a list, or of a single value."""
    given = value if isinstance(value, list) else [value]
    return [found for one in given if (found := text(one))]


def retracted_title(title: str) -> tuple[str, bool]:
    """A title without the publisher's mark before it, and whether there was one.

    >>> retracted_title("RETRACTED ARTICLE: Tea and sleep"), retracted_title("Retracted papers: a count")
    (('Tea and sleep', True), ('Retracted papers: a count', False))
    """
    found = _MARKED.match(title)
    if not found or found.end() == len(title):
        return title, False
    return title[found.end() :], True


def is_notice(title: str) -> bool:
    """Whether a title is that of a notice about another work.

    >>> is_notice("Retraction: Tea and sleep"), is_notice("Correction to: Tea")
    (True, True)
    >>> is_notice("Retractions in nursing journals"), is_notice("Correction of anaemia")
    (False, False)
    """
    return _NOTICE.match(title) is not None


def people(parts: Iterable[tuple[str | None, str | None, str | None]]) -> tuple[str, ...]:
    """Authors from family, given and whole name, as the evidence writes them ("van Dongen JM")."""
    found = [names.person(family, given or "") if family else whole or "" for family, given, whole in parts]
    return tuple(name for name in found if name)


def work_iri(source: str, identifier: str) -> Iri:
    """The IRI of a record as one source holds it."""
    return Iri(f"{DATA_BASE}work/online/{source}/{quote(identifier.lower(), safe='-._~')}")
