"""The two commonest styles, read by pattern when a reference keeps to them to the letter.

A reference that keeps to Vancouver (AMA) or APA leaves nothing to guess, so the tagger is not asked.
"""

from __future__ import annotations

import re

from claims.names import corporate

_UPPER = r"[^\W\d_a-zà-öø-ÿ]"
_FAMILY = (
    r"(?:(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|el|al|ter|ten|te|zu|zur|['’]t)\s){0,3}"
    rf"{_UPPER}[\w'’‐-]+(?:\s{_UPPER}[\w'’‐-]+)?"
)
_PAGES = r"(?P<pages>[A-Za-z]{0,2}\d[\w.]*?(?:\s?[-–—]\s?[A-Za-z]{0,2}\d\w*(?:\.[A-Za-z]\d{1,2})?)?)"
_VANCOUVER_NAMES = re.compile(
    rf"(?P<authors>{_FAMILY}\s{_UPPER}{{1,3}}(?:,\s{_FAMILY}\s{_UPPER}{{1,3}}){{0,60}}(?:,?\set\sal)?)[.:]\s(?={_UPPER}|\d|[“\"‘(])"
)
_VANCOUVER_TAIL = re.compile(
    rf"(?P<end>[.?!])\s(?P<journal>{_UPPER}[^.?!;:]{{1,90}}?)(?:\.|,)?\s(?P<year>(?:19|20)\d\d)(?:\s[A-Z][a-z]{{2}}(?:\s\d{{1,2}})?)?"
    rf";\s?(?P<volume>[A-Z]?\d{{1,4}})(?:\s?\((?P<issue>[^()]{{1,20}})\))?:\s?{_PAGES}\.?$"
)
_APA = re.compile(
    rf"(?P<authors>{_FAMILY},\s{_UPPER}\.[^()]{{0,500}}?)\s?\((?P<year>(?:19|20)\d\d)[a-z]?\)\.\s(?P<title>[^.?!]{{8,300}})(?P<end>[.?!])\s"
    rf"(?P<journal>{_UPPER}[^.,;:()\d]{{2,110}}),\s(?P<volume>\d{{1,4}})(?:\((?P<issue>[^()]{{1,20}})\))?,\s(?:Article\s|pp?\.\s)?{_PAGES}\.?$"
)
_BODY_APA = re.compile(
    rf"(?P<authors>{_UPPER}[^().]{{8,150}}?)\.?\s\((?P<year>(?:19|20)\d\d)[a-z]?\)\.\s(?P<title>[^.?!]{{8,300}})(?P<end>[.?!])"
    rf"(?:\s(?P<publisher>{_UPPER}[^.,;:()\d]{{2,80}})\.?)?$"
)


def strict(body: str) -> dict[str, str] | None:
    """The pieces of a reference without its identifiers, or None where it keeps to neither style."""
    body = body.strip()
    apa = _APA.match(body)
    if apa:
        return _named(apa, apa["title"])
    book = _BODY_APA.match(body)
    if book and corporate(book["authors"]):
        return _named(book, book["title"])
    names = _VANCOUVER_NAMES.match(body)
    if not names:
        return None
    tail = _VANCOUVER_TAIL.search(body, names.end())
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
