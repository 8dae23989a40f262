"""Citations in running text, resolved to the entries of the reference list."""

from __future__ import annotations

from collections.abc import Iterable

from claims.marks import Mark, find_marks
from claims.model import Document, InTextCitation, Reference
from claims.names import fold
from claims.references.anchors import Anchors
from claims.references.naming import (
    by_author,
    by_author_near_year,
    by_author_year,
    by_code,
    by_locator,
    by_number,
    entries_named,
    printed_number,
)
from claims.references.repeating import is_pointer, named_again, note_label, repeated_notes


def find(document: Document, references: tuple[Reference, ...]) -> tuple[InTextCitation, ...]:
    """The article's citations in reading order; ``references`` of each are indices, from 1.

    A citation that fits no entry has no references; one that fits several is ``ambiguous``; one whose
    year is a year off leads to the only entry that can be meant and says so (``year_differs``). Marks
    that often mean something else ("(3)", "Norway, 2019") count only where the article cites so.
    """
    marks = [mark for mark in find_marks(document) if mark.block < len(document.blocks)]
    numbered = any(printed_number(one) is not None for one in references)
    printed = tuple(one for one in references if not one.implied)
    styles = _numeric_styles(marks, printed)
    anchors = Anchors(document, printed)
    notes = repeated_notes(document, printed)
    cited_in_notes = _cited_in_notes(document, marks, printed)
    labelled = {one.label: one.index for one in reversed(printed)}
    citations: list[InTextCitation] = []
    for mark in marks:
        slip = False
        if mark.style == "author-year" and mark.text in labelled and " " not in mark.text:
            found = [labelled[mark.text]]  # "[Chr2016]"
        elif mark.style == "author-year":
            found = by_author_year(mark, references)
            if not found and mark.certain:
                found = by_author_near_year(mark, printed)
                slip = bool(found)
            if (
                not found
                and not mark.certain
                and (mark.told or numbered or not references or not _like_an_author(mark))
            ):
                continue
        elif mark.labels:
            found = [labelled[label] for label in mark.labels if label in labelled]
            if len(found) < len(mark.labels) or all(label.isdigit() for label in mark.labels):
                continue  # words in brackets
        elif mark.style == "again":
            last = citations[-1].references if citations else ()
            found = by_author(mark, printed) if mark.names else list(last)
            if not found:
                continue
        elif mark.style in ("numeric", "parenthesis", "superscript"):
            alone = len(mark.numbers) == 1
            if alone and anchors.heads_note(mark):
                continue
            note = anchors.note_of(mark) if alone else None
            if note is not None:
                said = document.blocks[note].text.lstrip("[]0123456789. ")
                found = anchors.above(note) if is_pointer(said) else named_again(said, printed)
                found = found or cited_in_notes.get(note, [])
                citations.append(InTextCitation(mark.text, mark.span, "footnote", _keys(mark), tuple(found)))
                continue
            entry = anchors.entry_of(mark) if alone else None
            if not entry and mark.style not in styles and not (mark.certain and mark.style == "numeric"):
                continue
            found = (
                [entry] if entry else by_number(mark, printed) or notes.get(str(mark.numbers[0]), []) * alone
            )
            if not found and mark.style == "superscript" and styles[:1] == ("numeric",):
                continue  # a power, where the article cites in brackets
        elif mark.style == "footnote":
            found = [*notes.get(mark.key, ()), *(one.index for one in references if one.label == mark.key)]
            found = list(dict.fromkeys(found)) or cited_in_notes.get(mark.key, [])
            if not found:
                continue  # a note that names no work
        elif mark.style == "locator":
            found = by_locator(mark, references)
        elif mark.style == "code":
            found = by_code(mark, printed)
            if not found:
                continue
        elif mark.style == "pandoc":
            found = [one.index for one in references if one.label == f"@{mark.key}"]
        else:
            found = [one.index for one in references if _same_identifier(mark, one)]
            found = found or entries_named(mark, printed)
        citations.append(_citation(mark, found, slip=slip))
    return tuple(_joined(citations))


def _cited_in_notes(
    document: Document, marks: list[Mark], printed: tuple[Reference, ...]
) -> dict[str | int, list[int]]:
    """The entries that notes cite by author and year, by the label of the note and by its block."""
    cited: dict[str | int, list[int]] = {}
    for mark in marks:
        if mark.style == "author-year":
            label = note_label(document.blocks[mark.block], document.text)
            cited.setdefault(label or mark.block, []).extend(by_author_year(mark, printed))
    return cited


def _citation(mark: Mark, found: list[int], *, slip: bool) -> InTextCitation:
    ambiguous = mark.style == "author-year" and len(found) > 1
    style = {"parenthesis": "numeric", "again": "author-year", "code": "label"}.get(mark.style, mark.style)
    return InTextCitation(mark.text, mark.span, style, _keys(mark), tuple(found), ambiguous, slip)


def _keys(mark: Mark) -> tuple[str, ...]:
    if mark.style == "author-year":
        return (f"{mark.names[0]} {mark.when}",)
    if mark.style == "footnote":
        return (mark.key,)
    if mark.style in ("again", "locator", "code"):
        return (mark.text,)
    if mark.labels:
        return mark.labels
    if mark.numbers and mark.style != "link":
        return tuple(str(number) for number in mark.numbers)
    return (f"@{mark.key}",) if mark.key else (mark.doi or mark.pmcid or f"PMID {mark.pmid}",)


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
                last.year_differs or one.year_differs,
            )
        joined.append(one)
    return joined


def _numeric_styles(marks: list[Mark], references: tuple[Reference, ...]) -> tuple[str, ...]:
    """The numeric forms that this article cites in, if any: certain forms before doubtful ones."""
    if not references:
        return ()
    largest = max([printed_number(one) or one.index for one in references])
    certain = []
    for style in ("numeric", "superscript"):
        chosen = [mark for mark in marks if mark.style == style and mark.certain]
        within = sum(max(mark.numbers, default=999) <= largest for mark in chosen)
        if chosen and within >= 0.5 * len(chosen):
            certain.append(style)
    if certain:
        return tuple(certain)
    for style in ("parenthesis", "superscript"):
        chosen = [mark for mark in marks if mark.style == style and not mark.certain]
        within = sum(max(mark.numbers, default=999) <= largest for mark in chosen)
        if chosen and within == len(chosen) and len({n for mark in chosen for n in mark.numbers}) > 1:
            if any(mark.style == "author-year" and mark.certain for mark in marks):
                return ()
            return (style,)
    return ()


def missing_numbers(citation: InTextCitation, references: Iterable[Reference]) -> tuple[str, ...]:
    """The numbers of a numeric citation that the list does not have."""
    known = {str(printed_number(one) or one.index) for one in references}
    return tuple(key for key in citation.keys if key.isdigit() and key not in known)


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
    if mark.pmcid and fields.pmcid:
        return mark.pmcid == fields.pmcid
    return bool(mark.pmid and fields.pmid and mark.pmid == fields.pmid)
