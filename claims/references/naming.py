"""Which entries of a reference list a citation's own words name: by number, or by author and year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.library import first_page
from claims.marks import Mark
from claims.marks.undated import undated
from claims.model import Reference
from claims.names import fold, initials_of, made_of_initials, same_family
from claims.references.parsing import parse

_SHORT = re.compile(r"[A-Z][A-Za-z&]{0,8}[A-Z]")  # WHO, DoN
_COUNTRY = re.compile(r"\A(?:U\.?\s?S\.?A?\.?|U\.?\s?K\.?)\s+")
_HEAD_END = re.compile(r"\s[(\[]|[.,;:]\s")
_SMALL = re.compile(r"\b(?:of|the|for|and|on|in|de|des|du|la|und|für)\b|&")


def printed_number(reference: Reference) -> int | None:
    """The number printed before an entry, when its label is one."""
    return int(reference.label) if reference.label.isdigit() else None


def entries_named(mark: Mark, references: Sequence[Reference]) -> list[int]:
    """The one entry that the words of a link name ("[Wandel et al., 2010](https://...)"), or none.

    None too where the entry prints an identifier, and the link leads to another.
    """
    if mark.names and (mark.year or mark.undated):
        found = by_author_year(mark, references)
    else:
        found = by_number(mark, references) if mark.numbers else []
    fitting = [one for one in references if one.index in found]
    if len(fitting) != 1:
        return []
    fields = fitting[0].fields
    other = (mark.doi and fields.doi) or (mark.pmid and fields.pmid) or (mark.pmcid and fields.pmcid)
    return [] if other else found


def by_number(mark: Mark, references: Sequence[Reference]) -> list[int]:
    """The indices of the entries with a mark's numbers; none when the list does not have them all."""
    numbered = {one.index: one.index for one in references if printed_number(one) is None}
    lists: dict[int, int] = {}  # the number of the list that an entry's number was found in
    begun = 0
    for one in references:
        number = printed_number(one)
        if number is None:
            continue
        begun += number == 1
        # Where lists of chapters number anew, the list meant is the first below the mark.
        if lists.get(number, begun) == begun or references[numbered[number] - 1].span.start < mark.span.start:
            numbered[number], lists[number] = one.index, begun
    indices = [numbered[number] for number in mark.numbers if number in numbered]
    return indices if len(indices) == len(mark.numbers) else []


def by_author_year(mark: Mark, references: Sequence[Reference]) -> list[int]:
    """The indices of the entries with a mark's authors and year; several where that does not tell."""
    fitting = [one for one in references if _same_year(mark, one) and _first_author(mark, one)]
    if len(fitting) > 1 and mark.initials:
        same = [one for one in fitting if _same_initials(mark, one)]
        fitting = same or fitting
    if len(fitting) > 1 and mark.suffix:
        lettered = [one for one in fitting if re.search(rf"\b{mark.year}{mark.suffix}\b", one.raw)]
        fitting = lettered or fitting
    if len(fitting) > 1 and len(mark.names) > 1:
        both = [one for one in fitting if _all_authors(mark, one)]
        fitting = both or fitting
    if len(fitting) > 1 and not mark.et_al:  # the entry that prints no further author
        whole = [
            one for one in fitting if len(one.fields.authors) == len(mark.names) and not one.fields.et_al
        ]
        fitting = whole if len(whole) == 1 else fitting
    if len(fitting) > 1 and mark.et_al:
        several = [one for one in fitting if len(one.fields.authors) > 2 or one.fields.et_al]
        fitting = several if len(several) == 1 else fitting
    return [one.index for one in fitting]


def by_locator(mark: Mark, references: Sequence[Reference]) -> list[int]:
    """The entries with the year, the volume and the first page of "BMJ 2019;364:l1234", or named by it."""
    place = parse(mark.text)
    return [
        one.index
        for one in references
        if one.label == mark.text
        or (
            place.volume is not None
            and (one.fields.year, one.fields.volume) == (place.year, place.volume)
            and first_page(one.fields.pages) == first_page(place.pages)
        )
    ]


def by_code(mark: Mark, references: Sequence[Reference]) -> list[int]:
    """The one entry that prints a code ("NG59"), or none."""
    code = re.compile(rf"(?<!\w){re.escape(mark.key).replace(chr(92) + ' ', '')}(?!\w)", re.IGNORECASE)
    found = [one.index for one in references if code.search(re.sub(r"(?<=[A-Z])\s(?=\d)", "", one.raw))]
    return found if len(found) == 1 else []


def by_author(mark: Mark, references: Sequence[Reference]) -> list[int]:
    """The one entry with a mark's authors, whatever its year."""
    found = [one.index for one in references if _first_author(mark, one) and _all_authors(mark, one)]
    return found if len(found) == 1 else []


def by_author_near_year(mark: Mark, references: Sequence[Reference]) -> list[int]:
    """The one entry with a mark's authors whose year is the one before or after: a slip, most likely."""
    found = [
        one.index
        for one in references
        if mark.year
        and one.fields.year
        and abs(one.fields.year - mark.year) == 1
        and _first_author(mark, one)
        and (len(mark.names) == 1 or _all_authors(mark, one))
    ]
    return found if len(found) == 1 else []


def _same_year(mark: Mark, reference: Reference) -> bool:
    if mark.year:
        return reference.fields.year == mark.year
    return reference.fields.year is None or mark.undated in undated(reference.raw)


def _same_initials(mark: Mark, reference: Reference) -> bool:
    authors = reference.fields.authors
    return bool(authors) and authors[0].initials.startswith(mark.initials)


def _first_author(mark: Mark, reference: Reference) -> bool:
    printed = mark.names[0]
    folded = fold(printed)
    if len(folded) > (8 if reference.fields.authors else 2) and fold(reference.raw).startswith(folded):
        return True
    if len(folded) > 8 and fold(reference.fields.title or "").startswith(folded):
        return True
    if _abbreviates(printed, reference.raw):
        return True
    if not reference.fields.authors:
        return False
    first = reference.fields.authors[0]
    if same_family(printed, first.family):
        return True
    # "In Haddadj": a capitalised word before the name.
    if " " in printed and same_family(printed.rsplit(" ", 1)[1], first.family):
        return True
    return " " in first.family and len(folded) > 5 and fold(first.family).startswith(folded)


def _abbreviates(short: str, raw: str) -> bool:
    """Whether a name is the short one of the body that an entry begins with: "WHO", "FDA"."""
    if not _SHORT.fullmatch(short):
        return False
    head = _HEAD_END.split(_COUNTRY.sub("", raw), maxsplit=1)[0]
    letters = initials_of(_SMALL.sub("", head)) if " " in head else ""
    mine, theirs = fold(short), fold(letters)
    return (mine[-1:] == theirs[-1:] and made_of_initials(mine, theirs, least=4)) or re.search(
        rf"[(\[]{re.escape(short)}[)\]]", raw[:200]
    ) is not None


def _all_authors(mark: Mark, reference: Reference) -> bool:
    families = [author.family for author in reference.fields.authors]
    return len(families) >= len(mark.names) and all(
        same_family(name, family) for name, family in zip(mark.names, families, strict=False)
    )
