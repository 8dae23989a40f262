"""What identifiers and locators say of themselves: syntax, and the years and places coded in them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from claims.journals import journal_key, same_journal
from claims.library import first_page, plain_doi
from claims.model import ReferenceFields
from graph.evidence import Work

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[!-~\u00a1-\uffff]+")
_ARXIV = re.compile(
    r"\barxiv[:.\s/]{0,3}(?:abs/)?(?P<year>\d\d)(?P<month>\d\d)\.(?P<number>\d{4,6})", re.IGNORECASE
)


_ISBN = re.compile(r"\bISBN(?:-1[03])?:?\s{0,2}(?P<digits>\d[\d\s‐–-]{8,20}[\dXx])(?![\w-])")
# What is written as a DOI and does not begin as one; short DOIs ("doi.org/gfz4kt") have no such length.
_NO_DOI = re.compile(
    r"(?:\bdoi\.org/|\bdoi:\s{0,2})(?P<said>(?!10[./])(?=[^\s<>]*\d)[^\s<>\"]{9,200})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something printed that cannot be. ``printed`` is the text, ``why`` a clause for a reader."""

    printed: str
    why: str


@dataclass(frozen=True, slots=True)
class _Code:
    name: str
    pattern: re.Pattern[str]
    journal: re.Pattern[str] | None
    earliest: int
    latest: int
    since: int
    letter_zero: int
    note: str


def contradictions(fields: ReferenceFields, raw: str, works: Iterable[Work] = ()) -> Iterator[Contradiction]:
    """Everything in a printed reference that its own other fields rule out.

    ``works`` are records from which a journal's line of volumes and years may be read, for
    journals that the shipped table (identifier_codes.toml) does not hold.
    """
    if fields.doi:
        yield from _about_doi(fields, fields.doi)
    for written in _NO_DOI.finditer(raw):
        said = written["said"].rstrip(".,;)")
        if not said.lower().startswith(("http", "doi", "dx.")) and said != fields.doi:
            yield Contradiction(said, DOI_IS)
    for number in _ISBN.finditer(raw):
        yield from _about_isbn(number["digits"])
    locator = fields.article_number or fields.pages
    if locator and fields.journal:
        for code in _codes()[0]:
            match = code.pattern.match(locator.lower())
            if match and code.journal and code.journal.search(journal_key(fields.journal)):
                yield from _about_year(code, match, fields.year, locator)
    for match in _ARXIV.finditer(raw):
        yield from _about_arxiv(match, fields.year)
    yield from _about_volume(fields, works)


DOI_IS = "a DOI is 10., a number of the registrant, a slash and a suffix"


def well_formed(doi: str) -> bool:
    """Whether a printed DOI has the form of one."""
    plain = plain_doi(doi)
    return bool(_DOI.fullmatch(plain)) and not plain.endswith("/") and ".." not in plain.split("/")[0]


def _about_isbn(printed: str) -> Iterator[Contradiction]:
    """The last digit of an ISBN follows from the others (ISO 2108)."""
    signs = re.sub(r"[^0-9X]", "", printed.upper())
    if len(signs) == 13:
        total, divisor = (
            sum(int(sign) * (1, 3)[place % 2] for place, sign in enumerate(signs) if sign != "X"),
            10,
        )
    elif len(signs) == 10:
        total, divisor = (
            sum((10 if sign == "X" else int(sign)) * (10 - place) for place, sign in enumerate(signs)),
            11,
        )
    else:
        return
    if total % divisor:
        yield Contradiction(printed, "its last digit does not follow from the others, so a digit is wrong")


def _about_doi(fields: ReferenceFields, doi: str) -> Iterator[Contradiction]:
    plain = plain_doi(doi)
    if not well_formed(doi):
        yield Contradiction(doi, DOI_IS)
        return
    for code in _codes()[1]:
        match = code.pattern.match(plain)
        if not match:
            continue
        yield from _about_year(code, match, fields.year, doi)
        yield from _about_place(code, match, fields, doi)


def _about_year(code: _Code, match: re.Match[str], year: int | None, printed: str) -> Iterator[Contradiction]:
    groups = match.groupdict()
    if year is None or year < code.since:
        return
    if groups.get("year4"):
        coded = int(groups["year4"])
    elif groups.get("letter"):
        coded = code.letter_zero + ord(groups["letter"]) - ord("a")
    elif groups.get("year2"):
        coded = _nearest_century(int(groups["year2"]), year)
    else:
        return
    if coded > year + code.latest or coded < year - code.earliest:
        yield Contradiction(printed, f"{code.note}, so it means {coded}, but the reference is dated {year}")


def _nearest_century(two_digits: int, year: int) -> int:
    return min((century + two_digits for century in (1900, 2000)), key=lambda one: abs(one - year))


def _about_place(
    code: _Code, match: re.Match[str], fields: ReferenceFields, printed: str
) -> Iterator[Contradiction]:
    groups = match.groupdict()
    locator = first_page(fields.article_number or fields.pages)
    coded = (groups.get("article") or "").lstrip("0")
    volume = (groups.get("volume") or "").lstrip("0")
    if coded and locator and locator.isdigit() and locator != coded:
        yield Contradiction(printed, f"{code.note}: {coded}, but the reference prints {locator}")
    elif volume and fields.volume and fields.volume.isdigit() and fields.volume.lstrip("0") != volume:
        yield Contradiction(
            printed, f"{code.note}: volume {volume}, but the reference prints {fields.volume}"
        )


def _about_arxiv(match: re.Match[str], year: int | None) -> Iterator[Contradiction]:
    month, posted = int(match["month"]), 2000 + int(match["year"])
    if not 1 <= month <= 12:
        yield Contradiction(
            match.group(), f"its third and fourth digits are a month, and there is no month {month}"
        )
    elif year is not None and posted > year:
        yield Contradiction(match.group(), f"it was posted in {posted}, but the reference is dated {year}")


def _about_volume(fields: ReferenceFields, works: Iterable[Work]) -> Iterator[Contradiction]:
    if not fields.journal or not fields.year or not fields.volume or not fields.volume.isdigit():
        return
    offset = _volume_offset(fields.journal, works)
    if offset is None:
        return
    volume = int(fields.volume)
    meant = offset + volume
    apart = abs(meant - fields.year)
    # The first issue of a volume often appears in the December before it.
    near = apart == 1 and (fields.issue is None or fields.issue in ("1", "01") or meant < fields.year)
    if apart and not near:
        yield Contradiction(
            fields.volume,
            f"volume {volume} of {fields.journal} is of {meant}, but the reference is dated {fields.year}",
        )


def _volume_offset(journal: str, works: Iterable[Work]) -> int | None:
    """Year minus volume of a journal with one volume a year; None when that is not known."""
    key = journal_key(journal)
    for name, offset in _volumes():
        if key == name or same_journal(journal, name):
            return offset
    offsets: Counter[int] = Counter()
    years = set()
    for work in works:
        if (
            work.journal
            and work.year
            and (work.volume or "").isdigit()
            and same_journal(journal, work.journal)
        ):
            offsets[work.year - int(work.volume or 0)] += 1
            years.add(work.year)
    # Three years that all say the same are a line; a journal of two volumes a year never agrees.
    if len(offsets) == 1 and len(years) >= 3:
        return next(iter(offsets))
    return None


def preprint_server(work: Work) -> str | None:
    """The server that a record of a preprint stands on ("arXiv"); None for other works."""
    doi = plain_doi(work.doi or "")
    for server, pattern in _servers():
        if pattern.search(doi):
            return server
    if re.match(r"https?://(?:www\.)?arxiv\.org/", work.url or ""):
        return "arXiv"
    return "a preprint server" if work.work_type == "preprint" else None


@cache
def _servers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = _table()["preprint"]
    assert isinstance(rows, list)
    return tuple((row["server"], re.compile(row["pattern"])) for row in rows)


@cache
def _table() -> dict[str, object]:
    text = resources.files("claims.references").joinpath("identifier_codes.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _codes() -> tuple[tuple[_Code, ...], tuple[_Code, ...]]:
    return _read_codes("locator"), _read_codes("doi")


def _read_codes(kind: str) -> tuple[_Code, ...]:
    rows = _table()[kind]
    assert isinstance(rows, list)
    return tuple(
        _Code(
            name=row["name"],
            pattern=re.compile(row["pattern"]),
            journal=re.compile(row["journal"]) if "journal" in row else None,
            earliest=row.get("earliest", 0),
            latest=row.get("latest", 0),
            since=row.get("since", 0),
            letter_zero=row.get("letter_zero", 0),
            note=row["note"],
        )
        for row in rows
    )


@cache
def _volumes() -> tuple[tuple[str, int], ...]:
    rows = _table()["volume_of_year"]
    assert isinstance(rows, dict)
    return tuple((journal_key(name), offset) for name, offset in sorted(rows.items()))
