"""Every citation mark of an article, in reading order, where two kinds share characters the surer one."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from claims.addresses import addresses_in, defined, uses_of
from claims.marks import author_year, coded, links, numbered
from claims.marks.mark import Mark
from claims.model import Document, Span

_WORDS = re.compile(r"[^\W\d_]+")
_BETWEEN_NAMES = frozenset(
    "and und et y e van von de der den del di da dos la le al bin ter ten".split()  # noqa: SIM905
)


def find_marks(document: Document) -> tuple[Mark, ...]:
    """Every citation mark of the article's own text, in reading order, the reference list left out."""
    return _find_marks(_Same(document))


class _Same:
    """A document compared by identity: comparing two by their text costs as much as reading one."""

    __slots__ = ("document",)

    def __init__(self, document: Document) -> None:
        self.document = document

    def __hash__(self) -> int:
        return hash(self.document.sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.document is self.document


@lru_cache(maxsize=2)
def _find_marks(same: _Same) -> tuple[Mark, ...]:
    document = same.document
    addresses = list(addresses_in(document.text, 0, len(document.text)))
    starts = [match.start() for match in addresses]
    addresses_elsewhere = defined(document)
    used = uses_of(document) if addresses_elsewhere else []
    uses = [match.start() for match in used]
    marks: list[Mark] = []
    for number, block in enumerate(document.blocks):
        if block.kind == "reference" or _is_byline(block.text):
            continue
        within = used[bisect_left(uses, block.offsets[0] - 1) : bisect_left(uses, block.offsets[-1])]
        low = bisect_left(starts, block.offsets[0] - 300)
        high = bisect_left(starts, block.offsets[-1] + 300)
        found = [
            *links.footnotes(document, block, number),
            *links.links(document, block, number, addresses[low:high]),
            *links.defined_elsewhere(document, block, number, within, addresses_elsewhere),
            *links.dois_alone(block, number),
            *links.pandoc(block, number),
            *coded.locators(block, number),
            *author_year.dated(block, number),
            *numbered.numeric(document, block, number),
            *author_year.again(block, number),
            *coded.codes(block, number),
            *numbered.labelled(document, block, number),
        ]
        # What may be no citation takes no other's place.
        found.sort(key=_is_doubtful)
        marks.extend(_without_overlap(found))
    return tuple(sorted(marks, key=lambda mark: (mark.span, mark.style, mark.names)))


def _is_doubtful(mark: Mark) -> bool:
    return mark.told or mark.style == "label" or (mark.style == "author-year" and not mark.certain)


def _is_byline(text: str) -> bool:
    """Whether a block is the names of those who wrote, with the numbers of their addresses: "Ann Lee1,2"."""
    if len(text) > 600 or text[-1] in ".?!:" or not any(sign.isdigit() for sign in text):
        return False
    words = _WORDS.findall(text)
    if len(words) < 2 or re.search(r"(?:1[89]|20)\d\d", text):
        return False
    return all(word[0].isupper() or word in _BETWEEN_NAMES for word in words) and (
        re.search(r"[a-z]\s?[\d⁰¹²³⁴-⁹][\d,*†‡ ⁰¹²³⁴-⁹]*(?:[,;]\s|$|\sand\s)", text) is not None
    )


def _without_overlap(found: list[Mark]) -> list[Mark]:
    """Earlier kinds win where two marks share characters; marks of one group share one span."""
    kept: list[Mark] = []
    taken: list[Span] = []  # in order, none touching another
    for mark in found:
        place = bisect_left(taken, mark.span)
        same = place < len(taken) and taken[place] == mark.span
        if same and any(other.span == mark.span and other.style == mark.style for other in kept[-9:]):
            kept.append(mark)
            continue
        before = taken[place - 1] if place else None
        after = taken[place] if place < len(taken) else None
        if (before and before.end > mark.span.start) or (after and after.start < mark.span.end):
            continue
        taken.insert(place, mark.span)
        kept.append(mark)
    return kept
