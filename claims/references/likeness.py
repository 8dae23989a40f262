"""How much a text looks like an entry of a reference list."""

from __future__ import annotations

import re

from claims.marks.undated import UNDATED
from claims.references.labels import number_end, numbered

_YEAR = re.compile(r"(?<![\d.,-])(?:1[89]|20)\d\d[a-z]?(?!\d|[.,]\d{4})")
_UNDATED = re.compile(rf"[(\[](?i:{UNDATED})(?:-?[a-z])?[)\]]")
_IN_BRACKETS = re.compile(
    rf"\((?:(?:1[89]|20)\d\d[a-z]?(?:,[^()]{{0,20}})?|(?i:{UNDATED})(?:-?[a-z])?)\)[.,:]?"
)
_NAME = r"[^\W\d_a-z][\w'’`´-]+(?:\s+[^\W\d_a-z][\w'’-]+){0,2}"
_PARTICLE = (
    r"(?:(?:van|von|de|der|den|del|della|di|da|dos|la|le|el|al|bin|ter|ten|te|st\.?|mac|mc|o')\s+){0,3}"
)
_INITIALS = r"(?:[^\W\d_a-z]\.?[\s-]{0,1}){1,4}"
_WITH_INITIALS = (
    rf"{_PARTICLE}{_NAME},?\s+{_INITIALS}(?:[,;.&:(\s]|$)"  # Smith, J. | Smith JA,
    rf"|{_INITIALS}\s*{_PARTICLE}{_NAME}\s*[,;.&(]"  # J. A. Smith,
)
_INITIALS_START = re.compile(rf"[\"“']?(?:{_WITH_INITIALS})")
_AUTHOR_START = re.compile(rf"[\"“']?(?:{_WITH_INITIALS}|{_PARTICLE}{_NAME},\s+{_NAME})")  # Smith, Jane
_ORGANISATION = re.compile(
    r"\b(?:organi[sz]ation|institutes?|society|association|college|academy|department|ministry|centers?|centres?"
    r"|foundation|council|committee|agency|service|NHS|WHO|CDC|NIH|NICE|FDA|EFSA|USDA|consortium|collaborat\w+|group)\b",
    re.IGNORECASE,
)
_LOCATOR = re.compile(
    r"\b\d{1,4}\s*\(\s*\w[\w\s–-]{0,12}\)\s*[,:]|\d{4}\s*;\s*\d{1,4}|\bpp?\.\s*\d|\bvol\.?\s*\d",
    re.IGNORECASE,
)
_PAGES = re.compile(r"[:,]\s*[a-z]?\d{1,7}\s*[–—-]\s*[a-z]?\d{1,7}\b|[:,]\s*e\d{4,}\b", re.IGNORECASE)
_LINK = re.compile(r"\b10\.\d{4,9}/\S|\bdoi\b|\bpmid\b|https?://|www\.", re.IGNORECASE)
_ET_AL = re.compile(r"\bet\s+al\b", re.IGNORECASE)
_JOURNAL = re.compile(
    r"\b(?:J|Journal|Am|Br|Eur|Int|Res|Med|Clin|Rev|Ann|Arch|Lancet|BMJ|JAMA|PLoS|Cochrane|Nutr|Sci)\b\.?"
)
_CITING = re.compile(
    r"\((?:[^()\d]{2,80}\s(?:1[89]|20)\d\d[a-z]?(?:[,;:][^()]{0,60})?|\d{1,3}(?:\s?[,–-]\s?\d{1,3})*)\)(?=[\s.,;])"
    r"|\b[^\W\d_a-z]\w+ (?:et al\.|and colleagues) \((?:1[89]|20)\d\d[a-z]?\)"
)


_SOURCED = re.compile(r"(?:[a-z]+\s){4}\S*\s?[(\[][^()\[\]]{0,100}\d{4}\s?;\s?\d[^()\[\]]{0,60}[)\]]\W*$")


def likeness(text: str) -> int:
    """How much a text looks like one entry of a reference list: 0 to about 10; 4 is convincing."""
    head = text[:1500]
    start = number_end(head)
    body = head[start:]
    points = 0
    if _AUTHOR_START.match(body):
        points += 2
    elif _ORGANISATION.search(body[:80]):
        points += 1
    if _YEAR.search(body) or _UNDATED.search(body):
        points += 1
    if _IN_BRACKETS.search(body) or re.search(r"\b(?:1[89]|20)\d\d\s*;", body):
        points += 1
    points += 2 * bool(_LOCATOR.search(body)) + bool(_PAGES.search(body)) + bool(_LINK.search(body))
    points += bool(_ET_AL.search(body[:200])) + bool(_JOURNAL.search(body))
    if start:
        points += 1
    words = len(body.split())
    if words > 90 or words < 4:
        points -= 3
    # Running prose: verbs in the first person, or a parenthetical citation at the very end.
    if re.search(r"\b(?:we|you|your|our|this|that|which|can|should|found that|people)\b", body.lower()):
        points -= 1
    # Where authors begin it, the brackets hold the publisher: "Lee, A. Tea (Tea Press, 2015)."
    if not _INITIALS_START.match(body) and re.search(
        r"\((?!(?i:accessed|retrieved|cited|updated|last))[^()]{3,60},\s*(?:1[89]|20)\d\d[a-z]?\)[.!]?\s*$",
        body,
    ):
        points -= 4
    # Prose with its source in brackets: "Tea lengthened sleep (Lee A et al. J Tea 2019;4:12)."
    if _SOURCED.search(body):
        points -= 4
    if re.search(r"\[[^\[\]]{0,200}?-?@[\w:.-]+", body):  # prose that cites by a key of a bibliography
        points -= 4
    # Prose that cites several works in brackets; an entry holds one year, at its beginning or its end.
    if len(_CITING.findall(body)) >= 2:
        points -= 4
    return points


def begins_entry(line: str) -> bool:
    """Whether a line begins as an entry does: a number, authors, or the look of a whole one."""
    return bool(_AUTHOR_START.match(line[number_end(line) :])) or (numbered(line) or likeness(line) >= 4)


def begins_with_authors(line: str) -> bool:
    """Whether a line begins with names and initials, behind its number."""
    return _INITIALS_START.match(line[number_end(line) :]) is not None


def complete(text: str) -> bool:
    """Whether a text holds what every entry does: a year, "(in press)" in its place, or a link."""
    return bool(_YEAR.search(text) or _UNDATED.search(text) or _LINK.search(text))
