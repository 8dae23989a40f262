"""Citations in running text, resolved to the entries of the reference list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.marks import Mark, find_marks
from claims.marks.author_alone import authors_alone
from claims.model import Document, InTextCitation, Reference
from claims.names import fold
from claims.references.anchors import Anchors
from claims.references.in_place import printed_in_place
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
    article = _article(document, references, marks)
    citations: list[InTextCitation] = []
    for mark in marks:
        one = article.citation_of(mark, citations[-1].references if citations else ())
        if one is not None:
            citations.append(one)
    if not any(one.references for one in citations):
        citations += _by_authors_alone(document, references)
    return tuple(_joined(_with_in_place(citations, document, references)))


def _by_authors_alone(document: Document, references: tuple[Reference, ...]) -> Iterator[InTextCitation]:
    """The citations of an article that cites no other way: authors, perhaps a page, and no year."""
    printed = [one for one in references if not one.implied]
    for number, block in enumerate(document.blocks if printed else ()):
        if block.kind not in ("reference", "title", "heading"):
            for mark in authors_alone(block, number):
                found = by_author(mark, printed)
                if found:
                    yield InTextCitation(mark.text, mark.span, mark.style, mark.names[:1], tuple(found))


def _with_in_place(
    citations: list[InTextCitation], document: Document, references: tuple[Reference, ...]
) -> list[InTextCitation]:
    """The citations and, where they stand, the references printed in place to which no mark leads."""
    led_to = {index for one in citations for index in one.references}
    printed = [
        InTextCitation(one.raw, one.span, "in-place", (one.label,), (one.index,))
        for one in printed_in_place(document, references)
        if one.index not in led_to
    ]
    return sorted([*citations, *printed], key=lambda one: one.span) if printed else citations


@dataclass(frozen=True, slots=True)
class _Article:
    """What the marks of one article may lead to.

    ``printed``: the entries of its list; ``styles``: the numeric forms that it cites in; ``numbered``:
    whether its entries bear numbers. By the label of a note or its block: ``notes``, the entries that it
    repeats, and ``cited_in_notes``, those that it cites by author and year. ``labels_of_notes``: of
    all, where a mark leads to one. ``labelled``: entries by label.
    """

    document: Document
    references: tuple[Reference, ...]
    printed: tuple[Reference, ...]
    styles: tuple[str, ...]
    numbered: bool
    anchors: Anchors
    notes: Mapping[str, list[int]]
    cited_in_notes: Mapping[str | int, list[int]]
    labels_of_notes: frozenset[str]
    labelled: Mapping[str | None, int]

    def citation_of(self, mark: Mark, last: Sequence[int]) -> InTextCitation | None:
        """The citation that a mark is, None where it is none; ``last``: the entries of the one before."""
        if mark.style == "author-year":
            return self._of_author_and_year(mark)
        if mark.labels:
            found = [self.labelled[label] for label in mark.labels if label in self.labelled]
            words = len(found) < len(mark.labels) or all(label.isdigit() for label in mark.labels)
            return None if words else _citation(mark, found)
        if mark.style in ("numeric", "parenthesis", "superscript"):
            return self._of_numbers(mark)
        if mark.style == "again":
            return _if_any(mark, by_author(mark, self.printed) if mark.names else list(last))
        if mark.style == "footnote":
            named = [one.index for one in self.references if one.label == mark.key]
            found = list(dict.fromkeys([*self.notes.get(mark.key, ()), *named]))
            found = found or self.cited_in_notes.get(mark.key, [])
            return _citation(mark, found) if self._leads_nowhere(mark) else _if_any(mark, found)
        if mark.style == "code":
            return _if_any(mark, by_code(mark, self.printed))
        if mark.style == "locator":
            return _citation(mark, by_locator(mark, self.references))
        if mark.style == "pandoc":
            return _citation(mark, [one.index for one in self.references if one.label == f"@{mark.key}"])
        same = [one.index for one in self.references if _same_identifier(mark, one)]
        return _citation(mark, same or entries_named(mark, self.printed))

    def _leads_nowhere(self, mark: Mark) -> bool:
        """Whether a mark of a note has none, in an article that has others."""
        return (
            bool(self.labels_of_notes)
            and mark.key not in self.labels_of_notes
            and mark.text.startswith(("[^", "[fn:"))
            and _WORD.fullmatch(mark.key) is not None
        )

    def _of_author_and_year(self, mark: Mark) -> InTextCitation | None:
        if mark.text in self.labelled and " " not in mark.text:
            return _citation(mark, [self.labelled[mark.text]])  # "[Chr2016]"
        found = by_author_year(mark, self.references)
        if found:
            return _citation(mark, found)
        if mark.certain:
            found = by_author_near_year(mark, self.printed)
            return _citation(mark, found, slip=bool(found))
        if mark.told or self.numbered or not self.references or not _like_an_author(mark):
            return None
        return _citation(mark, found)

    def _of_numbers(self, mark: Mark) -> InTextCitation | None:
        alone = len(mark.numbers) == 1
        if alone and self.anchors.heads_note(mark):
            return None
        note = self.anchors.note_of(mark) if alone else None
        if note is not None:
            return InTextCitation(
                mark.text, mark.span, "footnote", _keys(mark), tuple(self._entries_of_note(note))
            )
        entry = self.anchors.entry_of(mark) if alone else None
        if entry:
            return _citation(mark, [entry])
        if mark.style not in self.styles and not (mark.certain and mark.style == "numeric"):
            return None
        found = by_number(mark, self.printed) or (self.notes.get(str(mark.numbers[0]), []) if alone else [])
        if not found and mark.style == "superscript" and self.styles[:1] == ("numeric",):
            return None  # a power, where the article cites in brackets
        return _citation(mark, found)

    def _entries_of_note(self, note: int) -> list[int]:
        """The entries that a note, by its block, points back to, names again or cites."""
        said = self.document.blocks[note].text.lstrip("[]0123456789. ")
        found = self.anchors.above(note) if is_pointer(said) else named_again(said, self.printed)
        return found or self.cited_in_notes.get(note, [])


def _article(document: Document, references: tuple[Reference, ...], marks: list[Mark]) -> _Article:
    printed = tuple(one for one in references if not one.implied)
    notes = repeated_notes(document, printed)
    return _Article(
        document,
        references,
        printed,
        _numeric_styles(marks, printed, notes),
        any(printed_number(one) is not None for one in references),
        Anchors(document, printed),
        notes,
        _cited_in_notes(document, marks, printed),
        _labels_of_notes(document) if any(mark.style == "footnote" for mark in marks) else frozenset(),
        {one.label: one.index for one in reversed(printed)},
    )


_WORD = re.compile(r"\^(?!\w-\w)[\w-]{1,40}")  # what else stands so is no mark of a note: "[^a-z]+"


def _labels_of_notes(document: Document) -> frozenset[str]:
    labels = (note_label(block, document.text) for block in document.blocks)
    return frozenset(label for label in labels if label is not None)


def _if_any(mark: Mark, found: list[int]) -> InTextCitation | None:
    """The citation of a mark that is none where it leads to no entry."""
    return _citation(mark, found) if found else None


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


def _citation(mark: Mark, found: list[int], *, slip: bool = False) -> InTextCitation:
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


def _numeric_styles(
    marks: list[Mark], references: tuple[Reference, ...], notes: Iterable[str]
) -> tuple[str, ...]:
    """The numeric forms that this article cites in, if any: certain forms before doubtful ones."""
    if not references:
        return ()
    largest = max(printed_number(one) or one.index for one in references)
    largest = max([largest, *(int(one) for one in notes if one.isdigit())])
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
