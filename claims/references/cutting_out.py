"""Identifiers and addresses of a printed reference, cut out of it by pattern before the rest is tagged."""

from __future__ import annotations

import re

from claims.addresses import without_view
from claims.references.asides import without_asides

__all__ = ["APOSTROPHE", "CLOSING", "identifiers_of", "pmcid_of"]


_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.)?doi\.org/|\bdoi\s*[:=]?\s*|\b)(10\.\d{4,9}/[^\s\"<>”]+)", re.IGNORECASE
)
# What is announced as a DOI and is none; S108 says so.
_BROKEN_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.)?doi\.org/|\bdoi\s*[:=]\s*)(1[0O][.,][^\s\"<>”]+)", re.IGNORECASE
)
_PMID = re.compile(
    r"(?:\[?PMID\s*[:=]?\s*|(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/)"
    r"(\d{4,9})[\]/]?",
    re.IGNORECASE,
)
_PMC = re.compile(r"\[?\b(?:PMCID\s*:?\s*)?(?P<number>PMC\d{4,9})\b\]?", re.IGNORECASE)
_URL = re.compile(
    r"(?:(?:available|retrieved|accessed)\s+(?:from|at|on)\s*:?\s*)?((?:https?://|www\.)[^\s<>\"”]+)",
    re.IGNORECASE,
)
_ACCESSED = re.compile(
    r"[\[(]?\b(?:[Aa]ccessed|[Rr]etrieved|[Ll]ast viewed|[Cc]ited|[Cc]onsultado)\s*(?:on\s+|el\s+|:\s*)?"
    r"(?:\d{1,2}\s+)?(?:de\s+)?[A-Z]?[a-z]*\.?\s*(?:de\s+)?"
    r"(?:\d{1,2},?\s+)?(?:1[89]|20)\d\d(?:\s+[A-Z][a-z]{2}\s+\d{1,2})?[\])]?\.?",
)
# A preprint's own number after its date, and the language of a work as PubMed prints it.
_NUMBERED = re.compile(r":?\s*\b20\d\d\.\d\d\.\d\d\.\d{6,8}(?:v\d+)?\b")
# The number of a book, which stands like pages.
_BOOK_NUMBER = re.compile(
    r"[\[(]?\bISBN(?:-1[03])?\s*:?\s*[\dXx](?:[\s‐–-]?[\dXx]){7,16}\b[\])]?\.?", re.IGNORECASE
)
_LANGUAGE = re.compile(
    r"(?<=[\d.])\s(?:Chinese|Danish|Dutch|French|German|Hungarian|Italian|Japanese|Korean|Norwegian|Polish|Portuguese"
    r"|Russian|Spanish|Swedish|Turkish)\.?\s*$"
)
APOSTROPHE = "\u02bc"  # a letter, so that "van 't Hooft" is read as words
_PARTICLE = re.compile(r"(?<=\s)['’`](?=t\s[^\W\d_a-z])")
CLOSING = {")": "(", "]": "["}


def pmcid_of(raw: str) -> str | None:
    """The PMC number of a reference."""
    found = _PMC.search(raw)
    return found["number"].upper() if found else None


def identifiers_of(raw: str) -> tuple[str | None, str | None, str | None, str]:
    """The DOI, PubMed number and address of a reference, and what is left of it without them.

    With them go the PMC number, the date of access, the language and ISBNs.
    """
    doi = pmid = url = None
    body = raw
    match = _DOI.search(body) or _BROKEN_DOI.search(body)
    if match:
        doi = match.group(1).rstrip(".,;:'’")
        while doi and doi[-1] in CLOSING and doi.count(CLOSING[doi[-1]]) < doi.count(doi[-1]):
            doi = doi[:-1].rstrip(".,;")
        length, doi = len(doi), without_view(doi)
        body = body[: match.start()] + " " + body[match.start(1) + length :]
    match = _PMID.search(body)
    if match:
        pmid = match.group(1)
        body = body[: match.start()] + " " + body[match.end() :]
    match = _URL.search(body)
    if match:
        url = match.group(1).rstrip(".,;)]")
        body = body[: match.start()] + " " + body[match.end() :]
    for pattern in (_PMC, _NUMBERED, _ACCESSED, _LANGUAGE, _BOOK_NUMBER):
        body = pattern.sub(" ", body)
    body = _PARTICLE.sub(APOSTROPHE, " ".join(body.split()))
    return doi, pmid, url, without_asides(body)
