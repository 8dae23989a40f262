"""What stands in one field of a read reference and belongs to another, and a volume that was overlooked."""

from __future__ import annotations

import re
from dataclasses import replace

from claims.model import ReferenceFields

_ROMAN = "[IVXLC]"
# "... of Institutional Religion’ (78-96)": pages in brackets behind a title.
_PAGES_BEHIND = re.compile(r"[’'”\"\s]*\((?:pp?\.?\s*)?(?P<pages>\d{1,4}\s*[-–—]\s*\d{1,4})\)$")
_YEARS = re.compile(r"(?:1[5-9]|20)\d\d\s*[-–—]\s*(?:(?:1[5-9]|20)?\d\d)")
_VOLUME_BEHIND = re.compile(rf"\s(?P<volume>{_ROMAN}{{2,6}})$")
_NAMED_VOLUME = re.compile(
    r"[\s,.(;](?:[Vv]ol(?:s|umes?)?\b\.?|VOL\.?|v\.|Bd\.?|Band|Tome|t\.)\s*"
    rf"(?P<volume>\d{{1,4}}|{_ROMAN}{{1,6}})\b(?!\s*vols?)"
)


def put_right(fields: ReferenceFields, body: str) -> ReferenceFields:
    """The fields of a reference with what stood in the wrong one where it belongs.

    ``body`` is the reference without its identifiers.
    """
    title, pages, journal, volume = fields.title, fields.pages, fields.journal, fields.volume
    if title and (found := _PAGES_BEHIND.search(title)) and not _YEARS.fullmatch(found["pages"]):
        title = title[: found.start()]
        pages = pages or re.sub(r"\s*[-–—]\s*", "-", found["pages"])
    if pages and _no_pages(pages, body, journal):
        pages = None
    if journal and not volume and (found := _VOLUME_BEHIND.search(journal)):
        journal, volume = journal[: found.start()].rstrip(" ,"), found["volume"]
    if not volume:
        found = _NAMED_VOLUME.search(body.replace(fields.title or "\0", " "))
        volume = found["volume"] if found else None
    if (title, pages, journal, volume) == (fields.title, fields.pages, fields.journal, fields.volume):
        return fields
    return replace(fields, title=title, pages=pages, journal=journal, volume=volume)


def _no_pages(pages: str, body: str, journal: str | None) -> bool:
    """Whether a range is one of volumes ("vols. 19-21") or, in a book, of years ("1917-1921")."""
    printed = re.escape(pages).replace(r"\-", r"\s*[-–—]+\s*")
    if re.search(rf"\b[Vv]ols?\b\.?\s*{printed}", body):
        return True
    return bool(
        journal is None
        and _YEARS.fullmatch(pages)
        and not re.search(rf"(?:pp?\b\.?|pages)\s*{printed}", body)
    )
