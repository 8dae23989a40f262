"""References whose fields stand in another order than most: a table's cells, the title first, the volume
before the journal. As in ``strict``, what keeps to such an order to the letter is read by pattern."""

from __future__ import annotations

import re

from claims.names import corporate, signs_together
from claims.references.strict import FAMILY, PAGES, UPPER

_NAMES = (
    rf"(?P<authors>{FAMILY}\s{UPPER}{{1,3}}(?:,\s{FAMILY}\s{UPPER}{{1,3}}){{0,60}}(?:,?\set\sal\.?)?"
    rf"|{FAMILY},\s(?:{UPPER}\.\s?)+(?:(?:,|,?\s&|,?\sand)\s{FAMILY},\s(?:{UPPER}\.\s?)+){{0,60}}(?:,?\set\sal\.?)?"
    rf"|{FAMILY}\set\sal\.?)"
)
_TITLE_FIRST = re.compile(
    rf"[“\"]?(?P<title>[^\W_][^.?!”\"]{{15,300}})(?P<end>[.?!])[”\"]?\s(?:[Bb]y\s)?{_NAMES}(?:(?<=\.)|[.,;])\s"
    rf"(?P<journal>{UPPER}[^.?!;:()\d]{{1,90}}?)[.,]?\s\(?(?P<year>(?:19|20)\d\d)\)?"
    rf"(?:\s?[;,]\s?(?P<volume>[A-Z]?\d{{1,4}})(?:\s?\((?P<issue>[^()]{{1,20}})\))?(?:\s?[:,]\s?{PAGES})?)?\.?"
)
_PERSON = rf"(?:{UPPER}[\w.'’-]*\s){{1,3}}(?:(?:van|von|de|der|den|del|la|le)\s){{0,2}}{UPPER}[\w'’-]+"
# As lawyers cite: "Ann Lee & Carl Roe, Tea and Sleep, 42 J. Tea 101 (2019)".
_VOLUME_FIRST = re.compile(
    rf"(?P<authors>{_PERSON}(?:(?:,\s|,?\s&\s|,?\sand\s){_PERSON}){{0,20}}(?:,?\set\sal\.)?),\s[“\"]?(?P<title>{UPPER}.{{10,300}}?),?[”\"]?,?\s"
    rf"(?P<volume>\d{{1,4}})\s(?P<journal>{UPPER}[^\d()]{{1,90}}?)\.?,?\s(?P<pages>[A-Za-z]{{0,2}}\d{{1,6}})(?:[,–-]\s?\d{{1,6}}){{0,3}}\s"
    rf"\((?P<year>(?:19|20)\d\d)\)\.?"
)
# As lawyers in Britain and Australia do: "Ann Lee and Carl Roe, 'Tea and Sleep' (2019) 42(3) J Tea 101, 104".
_YEAR_BEFORE_VOLUME = re.compile(
    rf"(?P<authors>{_PERSON}(?:(?:,\s|,?\s&\s|,?\sand\s){_PERSON}){{0,20}}(?:,?\set\sal\.?|\sand\sothers)?),?\s['‘“\"](?P<title>{UPPER}.{{10,300}}?)['’”\"],?\s"
    rf"[(\[](?P<year>(?:19|20)\d\d)[)\]]\s(?P<volume>\d{{1,4}})\s?(?:\((?P<issue>\d{{1,3}})\))?,?\s(?P<journal>{UPPER}[^\d()]{{1,90}}?),?\s"
    rf"(?P<pages>[A-Za-z]{{0,2}}\d{{1,6}})(?:[,–-]\s?\d{{1,6}}){{0,3}}\.?"
)
# As show notes do: "Lee and Roe 2019: Tea and sleep".
_NAMED_FIRST = re.compile(
    rf"(?P<authors>{FAMILY}(?:(?:,\s{FAMILY}){{0,6}},?\s(?:and|&)\s{FAMILY}|\set\sal\.?)?),?\s\(?(?P<year>(?:19|20)\d\d)[a-z]?\)?"
    rf":\s[“\"]?(?P<title>{UPPER}[^.”\"]{{10,300}}?)[.”\"]*"
)
# As notebooks do: "Tea and sleep (Lee et al., 2019)".
_NAMED_LAST = re.compile(
    rf"[“\"]?(?P<title>[^\W_](?:(?!\b{UPPER}\.)[^()]){{15,300}}?)[.”\"]*\s\((?P<authors>{FAMILY}(?:(?:,\s{FAMILY}){{0,6}},?\s(?:and|&)\s{FAMILY}|\set\sal\.?)),?"
    rf"\s(?P<year>(?:19|20)\d\d)[a-z]?\)\.?"
)
_LINKED_PAGE = re.compile(
    rf"(?P<title>[^\W_](?:[^|\d]|\d(?!\d{{3}}))+?)\s[-–—|]\s(?P<publisher>{UPPER}[^\d|.,;]{{1,60}})"
)
_YEAR = re.compile(r"\(?(?P<year>(?:19|20)\d\d)[a-z]?\)?")
_AUTHORS = re.compile(
    rf"(?:{_NAMES.replace('?P<authors>', '?:')})\.?|{FAMILY}(?:,?\s(?:and|&)\s{FAMILY})?"
    rf"|{_PERSON}(?:(?:,\s|,?\s&\s|,?\sand\s){_PERSON}){{0,20}}"
)
_SOURCE = re.compile(
    rf"(?P<journal>[^\W\d_][^\d;:()]{{1,90}}?)[.,]?(?:\s(?P<year>(?:19|20)\d\d)\s?;)?"
    rf"(?:\s(?:vol\.?\s?)?(?P<volume>[A-Z]?\d{{1,4}})(?:\s?\((?P<issue>[^()]{{1,20}})\))?(?:\s?[:,]\s?{PAGES})?)?\.?"
)


def ordered(body: str) -> dict[str, str] | None:
    """The pieces of a reference in one of these orders, without its identifiers; None where it is in none.

    >>> ordered("Ann Lee & Carl Roe, Tea and Sleep, 42 J. Tea 101 (2019)")["journal"]
    'J. Tea'
    """
    body = body.strip(" ;→»>|–—-")
    if " | " in body:
        return _cells([cell.strip() for cell in body.strip("| ").split("|")])
    for pattern in (_TITLE_FIRST, _VOLUME_FIRST, _YEAR_BEFORE_VOLUME, _NAMED_FIRST, _NAMED_LAST):
        match = pattern.fullmatch(body)
        if match is not None and len(match["title"].split()) > 2:
            found = {name: value.strip() for name, value in match.groupdict().items() if value}
            if (end := found.pop("end", ".")) != ".":
                found["title"] += end
            return found
    page = _LINKED_PAGE.fullmatch(body)
    if page is not None and len(page["title"].split()) > 3 and len(page["publisher"].split()) < 7:
        return page.groupdict()
    return None


def _cells(cells: list[str]) -> dict[str, str] | None:
    """The pieces of a row of a table: a year, authors, a title (the longest cell) and where it stands."""
    found: dict[str, str] = {}
    rest: list[str] = []
    for cell in filter(None, cells):
        year = _YEAR.fullmatch(cell)
        if year and "year" not in found:
            found["year"] = year["year"]
        elif "authors" not in found and _is_authors(cell):
            found["authors"] = cell
        else:
            rest.append(cell)
    if "authors" not in found or not rest:
        return None
    found["title"] = max(rest, key=len).strip("“”\"'")
    for cell in rest:
        source = None if cell.strip("“”\"'") == found["title"] else _SOURCE.fullmatch(cell)
        if source is not None:
            found |= {
                name: value for name, value in source.groupdict().items() if value and name not in found
            }
    return found if "year" in found and len(found["title"].split()) > 2 else None


def _is_authors(cell: str) -> bool:
    if corporate(cell) or signs_together(cell):
        return len(cell.split()) < 10
    return _AUTHORS.fullmatch(cell) is not None
