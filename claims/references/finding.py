"""The entries of an article's reference list, parsed, with what they link to and the text names by itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from claims.addresses import addresses_in, identifiers_of
from claims.model import Document, Reference, ReferenceFields
from claims.references.implied import implied_references
from claims.references.labels import key_above, label_of, printed_keys, printed_number
from claims.references.parsing import parse
from claims.references.repeating import note_label

_BACKLINKS = re.compile(r"\s*[\^↑⇧]\s*(?:(?:[a-z]{1,2}|\d{1,2}\.\d{1,2})\s+){0,40}(?=[^\Wa-z]|[“\"'])")
_BACK = re.compile(r"(?:\s*[↩↵⤴⏎]\ufe0e?\d{0,2})+\s*\Z")
_MOST_NOTES = 20  # in one paragraph
_LINK_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n^][^\[\]\n]*\]:\s*<?\Z", re.MULTILINE)


def find(document: Document) -> tuple[Reference, ...]:
    """The entries of the article's reference list, in printed order, parsed.

    After them come the works that the text itself names by key or link (see ``implied``).
    """
    references: list[Reference] = []
    entries = [place for place, block in enumerate(document.blocks) if block.kind == "reference"]
    keys = dict(zip(entries, printed_keys([document.blocks[place] for place in entries]), strict=True))
    for position in entries:
        block = document.blocks[position]
        own, start = keys[position]
        own = own or note_label(block, document.text) or key_above(block, document.text)
        number, start = (None, start) if own else printed_number(block, document.text)
        start, end = _without_backlinks(block.text, start)
        raw = block.text[start:end]
        fields = _with_linked(parse(raw), document, position)
        label = own or label_of(number, fields, raw)
        references.append(Reference(len(references) + 1, label, raw, block.span_of(start, end), fields))
    return (*references, *implied_references(document, tuple(references)))


def _with_linked(fields: ReferenceFields, document: Document, position: int) -> ReferenceFields:
    """The fields with the DOI and the PMID that the entry links to without printing them ("[PubMed]")."""
    if fields.doi and fields.pmid:
        return fields
    block, rest = document.blocks[position], document.blocks[position + 1 :]
    following = rest[0].offsets[0] if rest else len(document.text)
    following = min(following, _goes_on_behind(document, position))
    end = min(max(following, block.offsets[-1]), block.offsets[-1] + 400)
    found = [
        identifiers_of(one)
        for one in addresses_in(document.text, block.offsets[0], end)
        if not _LINK_DEFINITION.search(document.text, max(0, one.start() - 200), one.start())
    ]
    dois = {doi.lower(): doi for doi, _, _ in found if doi}
    pmids = {pmid for _, pmid, _ in found if pmid}
    pmcids = {pmcid for _, _, pmcid in found if pmcid}
    if len(dois) == 1 and not fields.doi and "10." not in block.text:  # a broken one that is printed stays
        fields = replace(fields, doi=next(iter(dois.values())))
    if len(pmids) == 1 and not fields.pmid:
        fields = replace(fields, pmid=next(iter(pmids)))
    if len(pmcids) == 1 and not fields.pmcid:
        fields = replace(fields, pmcid=next(iter(pmcids)))
    return fields


def _goes_on_behind(document: Document, position: int) -> int:
    """Where the paragraph goes on that a note stands in the midst of; the text's end where it is in none."""
    last = document.blocks[position].offsets[-1]
    for above in reversed(document.blocks[max(0, position - _MOST_NOTES) : position]):
        if above.offsets[-1] > last:
            return above.offsets[bisect_right(above.offsets, last)]
    return len(document.text)


def _without_backlinks(text: str, start: int) -> tuple[int, int]:
    """Where an entry begins and ends without the signs that lead back to its citations ("^ a b", "↩")."""
    before, after = _BACKLINKS.match(text, start), _BACK.search(text, max(start, len(text) - 40))
    begin = before.end() if before else start
    end = after.start() if after else len(text)
    return (begin, end) if begin < end else (start, len(text))
