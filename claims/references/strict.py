"""The commonest styles, read by pattern when a reference keeps to them to the letter.

A reference that keeps to Vancouver (AMA), APA or Nature's style leaves nothing to guess, so the tagger is
not asked.
"""

from __future__ import annotations

import re

from claims.marks.bodies import is_body
from claims.names import corporate

UPPER = r"[^\W\d_a-zà-öø-ÿ]"
FAMILY = (
    r"(?:(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|el|al|ter|ten|te|zu|zur|['’]t)\s){0,3}"
    rf"{UPPER}[\w'’‐-]+(?:\s{UPPER}[\w'’‐-]+)?"
)
PAGES = r"(?P<pages>[A-Za-z]{0,2}\d[\w.]*?(?:\s?[-–—]\s?[A-Za-z]{0,2}\d\w*(?:\.[A-Za-z]\d{1,2})?)?)"
_VANCOUVER_NAMES = re.compile(
    rf"(?P<authors>{FAMILY}\s{UPPER}{{1,3}}(?:,\s{FAMILY}\s{UPPER}{{1,3}}){{0,60}}(?:,?\set\sal)?)[.:]\s(?={UPPER}|\d|[“\"‘(])"
)
_VANCOUVER_TAIL = re.compile(
    rf"(?P<end>[.?!])\s(?P<journal>{UPPER}[^.?!;:]{{1,90}}?)(?:\.|,)?\s(?P<year>(?:19|20)\d\d)(?:\s[A-Z][a-z]{{2}}(?:\s\d{{1,2}})?)?"
    rf";\s?(?P<volume>[A-Z]?\d{{1,4}})(?:\s?\((?P<issue>[^()]{{1,20}})\))?:\s?{PAGES}\.?$"
)
# As older lists print it: "... sleep. J Tea 14:33–39, 2021."
_YEAR_LAST_TAIL = re.compile(
    rf"(?P<end>[.?!])\s(?P<journal>{UPPER}[^.?!;:\d]{{1,90}}?),?\s(?P<volume>\d{{1,4}})(?:\s?\((?P<issue>[^()]{{1,20}})\))?:\s?{PAGES}"
    rf"(?:,\s|\s\()(?P<year>(?:19|20)\d\d)\)?\.?$"
)
# A body that signs: "Tea Trialists' Collaboration. Tea and sleep ... Lancet 2019; 393: 407–15."
_BODY_VANCOUVER = re.compile(rf"(?P<authors>{UPPER}[^.?!;:()\d]{{5,150}})\.\s(?={UPPER}|\d|[“\"‘(])")
_APA = re.compile(
    rf"(?P<authors>{FAMILY},\s{UPPER}\.[^()]{{0,500}}?)\s?\((?P<year>(?:19|20)\d\d)[a-z]?\)\.\s(?P<title>[^.?!]{{8,300}})(?P<end>[.?!])\s"
    rf"(?P<journal>{UPPER}[^.,;:()\d]{{2,110}}),\s(?P<volume>\d{{1,4}})(?:\((?P<issue>[^()]{{1,20}})\))?,\s(?:Article\s|pp?\.\s)?{PAGES}\.?$"
)
_INITIALS = rf"(?:{UPPER}\.[\s-]?){{1,4}}"
_BODY_JOURNAL = re.compile(
    _APA.pattern.replace(rf"{FAMILY},\s{UPPER}\.[^()]{{0,500}}?", rf"{UPPER}[^()]{{5,150}}?", 1)
)
# As Nature prints them: "Lee, A. & Roe, B. C. Tea and sleep. J. Tea 42, 101–109 (2019)."
_NATURE = re.compile(
    rf"(?P<authors>{FAMILY},\s{_INITIALS}(?:,\s?{FAMILY},\s{_INITIALS}){{0,60}}(?:(?:,\s?)?&\s{FAMILY},\s{_INITIALS}|(?:,\s?)?et\sal\.\s?)?)\s?"
    rf"(?P<title>(?!and\s)[^\W_][^.?!“”\"]{{8,300}})(?P<end>[.?!])\s(?P<journal>{UPPER}[^;:()\d“”\"]{{1,90}}?),?\s(?P<volume>\d{{1,4}})"
    rf"(?:\s?\((?P<issue>[^()]{{1,20}})\))?,\s(?:Article\s|pp?\.\s)?{PAGES}\s\((?P<year>(?:19|20)\d\d)\)\.?$"
)
_BODY_APA = re.compile(
    rf"(?P<authors>{UPPER}[^().]{{8,150}}?)\.?\s\((?P<year>(?:19|20)\d\d)[a-z]?\)\.\s(?P<title>[^.?!]{{8,300}})(?P<end>[.?!])"
    rf"(?:\s(?P<publisher>{UPPER}[^.,;:()\d]{{2,80}})\.?)?$"
)


def strict(body: str) -> dict[str, str] | None:
    """The pieces of a reference without its identifiers, or None where it keeps to none of these styles."""
    body = body.strip()
    apa = _APA.match(body)
    if apa:
        return _named(apa, apa["title"])
    body_apa = _BODY_JOURNAL.match(body)
    if body_apa and is_body(body_apa["authors"].rstrip(". ")):
        return _named(body_apa, body_apa["title"])
    nature = _NATURE.match(body)
    if nature:
        return _named(nature, nature["title"])
    book = _BODY_APA.match(body)
    if book and corporate(book["authors"]):
        return _named(book, book["title"])
    names = _VANCOUVER_NAMES.match(body)
    if not names:
        names = _BODY_VANCOUVER.match(body)
        if not names or not is_body(names["authors"]):
            return None
    tail = _VANCOUVER_TAIL.search(body, names.end()) or _YEAR_LAST_TAIL.search(body, names.end())
    if not tail or tail.start() - names.end() < 3:
        return None
    title = body[names.end() : tail.start()]
    # With a stop inside, the title may end earlier than it seems ("... in men. Part 2").
    if re.search(r"[.?!]\s+[^\W\d_a-z]", title):
        return None
    return {**_named(tail, title), "authors": names["authors"]}


def _named(match: re.Match[str], title: str) -> dict[str, str]:
    pieces = {name: value.strip() for name, value in match.groupdict().items() if value and name != "end"}
    pieces["title"] = title.strip() + (match["end"] if match["end"] in "?!" else "")
    return pieces
