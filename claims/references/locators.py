"""Where in a journal a reference says that a paper stands: volume, issue and pages, brought to one form."""

from __future__ import annotations

import re

from claims.references.pieces import volume_of

__all__ = ["hyphenated", "lettered", "pages_behind", "volume_and_issue"]


_PLACE = r"(?P<place>[A-Za-z]{0,4}\d[\w.]*(?:\s?[-–—]\s?[A-Za-z]{0,3}\d\w*)?)"
_ARTICLE = re.compile(
    r"[,;.:]\s(?:[Aa]rticle|[Aa]rt\.)\s(?:(?:[Nn]o\.|[Nn]umber|ID)\s)?(?P<place>[A-Za-z]{0,4}\d{1,9})\b"
)
_ISSUE_IN_VOLUME = re.compile(
    r"(?P<volume>[A-Za-z]?\d+[A-Za-z]?|[IVXLC]+)\s*(?:[(,.:/]|\bno\b|\bn°|\bissue\b|\bnr\b)+[\s.:]*(?P<issue>\d[\w–-]*)\)?",
    re.IGNORECASE,
)


def volume_and_issue(volume: str | None, issue: str | None) -> tuple[str | None, str | None]:
    """Volume and issue; one piece may hold both ("81, No. 5")."""
    both = _ISSUE_IN_VOLUME.match(volume or "")
    if both:
        return both["volume"], _plain(issue) or both["issue"]
    return volume_of(re.sub(r"^(?:vol(?:ume)?|v)\b\.?\s*", "", volume or "", flags=re.IGNORECASE)), _plain(
        issue
    )


def _plain(text: str | None) -> str | None:
    text = (text or "").strip(" .,;:()")
    return text or None


def pages_behind(volume: str | None, body: str) -> str | None:
    """The pages or the number of an article that stand where they do and were not taken for them."""
    found = _ARTICLE.search(body)
    if not found and volume:
        found = re.search(rf"\b{re.escape(volume)}\s?\([^()]{{1,20}}\)\s?[:,]\s?{_PLACE}", body)
    return hyphenated(found["place"]) if found else None


def lettered(pages: str | None, body: str) -> str | None:
    """An article number with the letters that it begins with ("j5024"); "p" and "no" are no such letters."""
    if not pages or not pages.isdigit():
        return pages
    found = re.search(
        rf"\b(?!(?i:pp?|n[or]?|s|art|vol|doi|pmc|pmid|suppl?|paper|page|ch)\d)[A-Za-z]{{1,6}}(?={re.escape(pages)}\b)",
        body,
    )
    return f"{found[0]}{pages}" if found else pages


def hyphenated(pages: str | None) -> str | None:
    """Pages with a hyphen between them, whichever dash is printed."""
    return _plain(re.sub(r"\s*[-–—‐‑−]+\s*", "-", pages)) if pages else None
