"""A printed list of authors beside the recorded one: the same, cut short, or of other people."""

from __future__ import annotations

import re

from claims.model import Author
from claims.names import corporate, fold, initials_of, made_of_initials, recorded_author, same_family
from graph.evidence import Work


def authors_agree(
    printed: tuple[Author, ...], record: tuple[str, ...], *, cut: bool = False, more: bool = False
) -> bool:
    """Whether the printed names are the recorded ones, in order.

    ``cut``: the printed list says that it is cut short ("et al."), so it may be the first names, with or
    without the last one. ``more``: the record does not name all. A body may be missing from either list.
    """
    names = [recorded_author(name) for name in record]
    same = 0
    while same < min(len(printed), len(names)) and _same_author(printed[same], names[same]):
        same += 1
    rest, missing = printed[same:], names[same:]
    if not same:
        return False
    if not rest:
        return cut or not missing or all(corporate(one.family) for one in missing)
    if not missing:
        return more or all(corporate(one.family) for one in rest)
    if len(rest) == 1 and cut:
        return _same_author(rest[0], names[-1])
    people = tuple(name for name in record if not corporate(recorded_author(name).family))
    return len(people) < len(record) and authors_agree(printed, people, cut=cut, more=more)


def left_out(printed: tuple[Author, ...], record: tuple[str, ...]) -> bool:
    """Whether the printed names are recorded ones in their order, and the first is the first."""
    names = [recorded_author(name) for name in record]
    if not printed or not names or not _same_author(printed[0], names[0]):
        return False
    position = 0
    for author in printed:
        while position < len(names) and not _same_author(author, names[position]):
            position += 1
        position += 1
    return position <= len(names) and len(printed) < len(names)


def added(printed: tuple[Author, ...], record: tuple[str, ...], title: str) -> bool:
    """Whether all recorded names are printed and a person more, who is no word of the title misread."""
    names = [recorded_author(name) for name in record]
    if len(printed) <= len(names) or not all(map(_same_author, printed, names)):
        return False
    words = fold(title)
    return all(one.initials and fold(one.family) not in words for one in printed[len(names) :])


def more_authors(work: Work) -> bool:
    """Whether a record says that it does not name all authors ("and others")."""
    return any(one.field == "authors" for one in work.unconfirmed)


def all_printed(record: tuple[str, ...], raw: str) -> bool:
    """Whether every recorded family name stands in a printed entry, in the order of the record."""
    text, position = fold(raw), 0
    for name in record:
        family = fold(recorded_author(name).family)
        position = text.find(family, position) + len(family)
        if position < len(family):
            return False
    return bool(text)


def _same_author(printed: Author, record: Author) -> bool:
    if same_family(printed.family, record.family):
        first, second = fold(printed.initials), fold(record.initials)
        return (
            not first
            or not second
            or first[0] == second[0]
            or set(first) <= set(second)
            or set(second) <= set(first)
        )
    # Family and given name the other way round ("Wei Zhang" printed "Wei, Z.").
    return bool(
        printed.initials
        and record.initials
        and len(record.family.split()) == 1
        and fold(printed.family) == fold(record.family + record.initials)
    ) or _corporate_agree(printed, record)


def _corporate_agree(printed: Author, record: Author) -> bool:
    if printed.initials or " " not in f"{printed.family} {record.family}".strip():
        return False
    one, other = printed.family, record.family
    short, long = sorted((one, other), key=len)
    letters = fold(initials_of(_SMALL_WORDS.sub("", long)))
    return short.isupper() and made_of_initials(fold(short), letters, least=3)


_SMALL_WORDS = re.compile(r"\b(?:of|the|for|and|on)\b")
