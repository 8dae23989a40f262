"""Marks that are links or keys: pandoc's ``@key``, footnotes, DOIs and PubMed pages linked to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from claims.addresses import identifiers_of, label_of, place_of
from claims.marks.author_year import NAMES_AND_YEAR, is_no_name
from claims.marks.mark import Mark
from claims.marks.numbered import expand
from claims.marks.printed_names import names_of
from claims.marks.source_lines import alone
from claims.marks.undated import undated
from claims.model import Block, Document, Span

_PANDOC_GROUP = re.compile(r"\[[^\[\]\n]{0,200}?-?@[^\[\]\n]{1,400}\]")
_PANDOC_KEY = re.compile(
    r"(?<![\w@.])-?@(?P<key>[A-Za-z0-9_](?:[\w:.#$%&+?<>~/-]*[A-Za-z0-9_/])?|\{[^{}\s]{1,100}\})"
)
# A figure, a table or a supplement of the article itself has a DOI of its own.
_COMPONENT = re.compile(r"\.[gtse]\d{3}\Z|/(?:fig|table|supp)-\d{1,2}\Z", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]{2,120}")
_FOOTNOTE = re.compile(r"\[(?P<key>\^[^\[\]\s]{1,80})\]")
_LINKED_NUMBERS = re.compile(r"[\[(]?(?P<numbers>\d{1,3}(?:\s*[-–,;]\s*\d{1,3}){0,10})[\])]?")


def pandoc(block: Block, number: int) -> Iterator[Mark]:
    """ "[see @lee2020, p. 4]" and "@lee2020"."""
    grouped: list[tuple[int, int]] = []
    for group in _PANDOC_GROUP.finditer(block.text):
        grouped.append(group.span())
        for match in _PANDOC_KEY.finditer(block.text, group.start(), group.end()):
            yield _keyed(match, block, number)
    for match in _PANDOC_KEY.finditer(block.text):
        if any(start <= match.start() < end for start, end in grouped):
            continue
        # A lone @word may be a person's handle; a key nearly always carries a year.
        certain = re.search(r"\d{4}", match["key"]) is not None
        if certain:
            yield _keyed(match, block, number)


def _keyed(match: re.Match[str], block: Block, number: int) -> Mark:
    span = block.span_of(match.start(), match.end())
    return Mark(match.group(), span, "pandoc", number, key=match["key"].strip("{}"))


def links(document: Document, block: Block, number: int, addresses: list[re.Match[str]]) -> Iterator[Mark]:
    """DOIs and PubMed pages linked to, or printed, in the original between this block's ends."""
    end = min(block.offsets[-1] + 300, len(document.text))
    if number + 1 < len(document.blocks):
        end = min(end, max(document.blocks[number + 1].offsets[0], block.offsets[-1]))
    for match in addresses:
        if match.end() > end:
            break
        span = place_of(document.text, match, block)
        if span is None or _COMPONENT.search(identifiers_of(match)[0] or ""):
            continue
        yield _link(document.text, span, match, number)


def dois_alone(block: Block, number: int) -> Iterator[Mark]:
    """A DOI and nothing else in a cell of a table, or behind "Source:"."""
    if "10." not in block.text:
        return
    for start, piece in alone(block):
        if _DOI.fullmatch(piece):
            span = block.span_of(start, start + len(piece))
            yield Mark(piece, span, "link", number, doi=piece.rstrip(".,"))


def _link(text: str, span: Span, address: re.Match[str], number: int) -> Mark:
    """The mark of a link; the words that carry it may name an entry of the list."""
    words = text[span.start : span.end]
    plain = " ".join(unescape(words).strip("()[] ").split())
    named = NAMES_AND_YEAR.match(plain)
    if named is not None and is_no_name(named):
        named = None
    numbers = _LINKED_NUMBERS.fullmatch(words.strip())
    doi, pmid, pmcid = identifiers_of(address)
    return Mark(
        words,
        span,
        "link",
        number,
        names=names_of(named) if named else (),
        et_al=bool(named and named["etal"]),
        year=int(named["year"]) if named and named["year"] else None,
        suffix=(named["suffix"] or "") if named else "",
        undated=undated(named["undated"]) if named and named["undated"] else "",
        numbers=expand(numbers["numbers"]) if numbers else (),
        doi=doi,
        pmid=pmid,
        pmcid=pmcid,
    )


def footnotes(document: Document, block: Block, number: int) -> Iterator[Mark]:
    """ "[^3]": the note itself is an entry of the list or names one."""
    for match in _FOOTNOTE.finditer(block.text):
        span = block.span_of(*match.span())
        printed = document.text[span.start : span.end]  # of a note within the line only its "^"
        yield Mark(printed, span, "footnote", number, key=match["key"])


def defined_elsewhere(
    document: Document,
    block: Block,
    number: int,
    uses: list[re.Match[str]],
    addresses: dict[str, re.Match[str]],
) -> Iterator[Mark]:
    """The links of a block whose addresses are defined elsewhere."""
    for match in uses:
        address = addresses.get(label_of(match["label"] or match["text"]))
        start, end = match.span("text")
        if address is not None and block.offsets[0] <= start and end <= block.offsets[-1] + 1:
            yield _link(document.text, Span(start, end), address, number)
