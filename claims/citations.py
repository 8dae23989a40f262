"""Citations in running text, resolved to the entries of the reference list."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.marks import Mark, find_marks
from claims.model import Document, InTextCitation, Reference, Sentence
from claims.names import fold, initials_of, same_family
from claims.references.finding import printed_number
from claims.references.implied import is_implied


def find(
    document: Document, sentences: tuple[Sentence, ...], references: tuple[Reference, ...]
) -> tuple[InTextCitation, ...]:
    """The article's citations in reading order; ``references`` of each are indices, from 1.

    A citation that fits no entry has no references; one that fits several is ``ambiguous``. Marks
    that often mean something else ("(3)", "Norway, 2019") count only where the article cites so.
    """
    marks = [mark for mark in find_marks(document) if mark.block < len(document.blocks)]
    numbered = any(printed_number(one) is not None for one in references)
    printed = tuple(one for one in references if not is_implied(one))
    style = _numeric_style(marks, printed)
    citations: list[InTextCitation] = []
    for mark in marks:
        if mark.style == "author-year":
            found = _by_author_year(mark, references)
            if (
                not found[0]
                and not mark.certain
                and (numbered or not references or not _like_an_author(mark))
            ):
                continue
        elif mark.style in ("numeric", "parenthesis", "superscript"):
            if mark.style != style and not (mark.certain and mark.style == "numeric"):
                continue
            found = _by_number(mark, printed)
        elif mark.style == "pandoc":
            found = ([one.index for one in references if one.label == f"@{mark.key}"], False)
        else:
            found = ([one.index for one in references if _same_identifier(mark, one)], False)
        citations.append(_citation(mark, found))
    return tuple(_joined(citations))


def _citation(mark: Mark, found: tuple[list[int], bool]) -> InTextCitation:
    indices, ambiguous = found
    style = "numeric" if mark.style == "parenthesis" else mark.style
    return InTextCitation(mark.text, mark.span, style, _keys(mark), tuple(indices), ambiguous)


def _keys(mark: Mark) -> tuple[str, ...]:
    if mark.style == "author-year":
        return (f"{mark.names[0]} {mark.year}{mark.suffix}",)
    if mark.numbers:
        return tuple(str(number) for number in mark.numbers)
    return (f"@{mark.key}",) if mark.key else (mark.doi or f"PMID {mark.pmid}",)


def _joined(citations: Iterable[InTextCitation]) -> list[InTextCitation]:
    """One citation for marks of the same place ("Smith, 2019, 2020")."""
    joined: list[InTextCitation] = []
    for one in citations:
        if joined and joined[-1].span == one.span and joined[-1].style == one.style:
            last = joined.pop()
            one = InTextCitation(
                one.text,
                one.span,
                one.style,
                tuple(dict.fromkeys((*last.keys, *one.keys))),
                tuple(dict.fromkeys((*last.references, *one.references)))
                if last.references and one.references
                else (),
                last.ambiguous or one.ambiguous,
            )
        joined.append(one)
    return joined


def _numeric_style(marks: list[Mark], references: tuple[Reference, ...]) -> str | None:
    """The one numeric form that this article cites in, if any: certain forms before doubtful ones."""
    if not references:
        return None
    largest = max([printed_number(one) or one.index for one in references])
    for style, certain in (
        ("numeric", True),
        ("superscript", True),
        ("parenthesis", False),
        ("superscript", False),
    ):
        chosen = [mark for mark in marks if mark.style == style and mark.certain is certain]
        if not chosen:
            continue
        within = sum(max(mark.numbers, default=999) <= largest for mark in chosen)
        if certain and within >= 0.5 * len(chosen):
            return style
        if not certain and within == len(chosen) and len({n for mark in chosen for n in mark.numbers}) > 1:
            if any(mark.style == "author-year" and mark.certain for mark in marks):
                return None
            return style
    return None


def _by_number(mark: Mark, references: tuple[Reference, ...]) -> tuple[list[int], bool]:
    by_number = {printed_number(one) or one.index: one.index for one in references}
    indices = [by_number[number] for number in mark.numbers if number in by_number]
    return (indices if len(indices) == len(mark.numbers) else [], False)


def missing_numbers(citation: InTextCitation, references: Iterable[Reference]) -> tuple[str, ...]:
    """The numbers of a numeric citation that the list does not have."""
    known = {str(printed_number(one) or one.index) for one in references}
    return tuple(key for key in citation.keys if key.isdigit() and key not in known)


def _by_author_year(mark: Mark, references: tuple[Reference, ...]) -> tuple[list[int], bool]:
    fitting = [one for one in references if one.fields.year == mark.year and _first_author(mark, one)]
    if len(fitting) > 1 and mark.suffix:
        lettered = [one for one in fitting if re.search(rf"\b{mark.year}{mark.suffix}\b", one.raw)]
        fitting = lettered or fitting
    if len(fitting) > 1 and len(mark.names) > 1:
        both = [one for one in fitting if _all_authors(mark, one)]
        fitting = both or fitting
    if len(fitting) > 1 and not mark.et_al and len(mark.names) == 1:
        alone = [one for one in fitting if len(one.fields.authors) == 1 and not one.fields.et_al]
        fitting = alone if len(alone) == 1 else fitting
    if len(fitting) > 1 and mark.et_al:
        several = [one for one in fitting if len(one.fields.authors) > 2 or one.fields.et_al]
        fitting = several if len(several) == 1 else fitting
    return [one.index for one in fitting], len(fitting) > 1


def _first_author(mark: Mark, reference: Reference) -> bool:
    printed = mark.names[0]
    if not reference.fields.authors:
        return fold(reference.raw).startswith(fold(printed)) and len(fold(printed)) > 2
    first = reference.fields.authors[0]
    if same_family(printed, first.family):
        return True
    # "In Haddadj": a capitalised word before the name; "WHO" for the World Health Organization.
    if " " in printed and same_family(printed.rsplit(" ", 1)[1], first.family):
        return True
    short, long = sorted((printed, first.family), key=len)
    if " " in long and short.isupper():
        letters = initials_of(re.sub(r"\b(?:of|the|for|and|on|in)\b", "", long))
        return fold(short) == fold(letters) or f"({short})" in long
    folded = fold(printed)
    return " " in long and len(folded) > 5 and fold(first.family).startswith(folded)


def _all_authors(mark: Mark, reference: Reference) -> bool:
    families = [author.family for author in reference.fields.authors]
    return len(families) >= len(mark.names) and all(
        same_family(name, family) for name, family in zip(mark.names, families, strict=False)
    )


def _like_an_author(mark: Mark) -> bool:
    """A lone capitalised word before a year: a name, unless it is a place or a programme."""
    name = mark.names[0]
    return " " not in name and not name.isupper() and fold(name) not in _PLACES


_PLACES = frozenset(
    """
    norway sweden denmark finland germany france italy spain australia england scotland wales ireland
    canada china japan korea india brazil usa america europe africa asia britain netherlands switzerland
    austria london paris oslo sydney
    """.split()  # noqa: SIM905
)


def _same_identifier(mark: Mark, reference: Reference) -> bool:
    fields = reference.fields
    if mark.doi and fields.doi:
        return mark.doi.lower() == fields.doi.lower()
    return bool(mark.pmid and fields.pmid and mark.pmid == fields.pmid)
