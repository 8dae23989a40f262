"""Addresses of works in an original, by DOI, PMID or PMCID, and the words that carry them as links."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from urllib.parse import unquote

from claims.model import Block, Document, Span

_ADDRESS = re.compile(
    r"(?=[hdwnpemb])(?:"  # most places are ruled out by their first letter
    r"(?:https?://)?(?:(?:dx\.)?doi\.org(?:/|%2F)|\bdoi:\s*)(?P<doi>10\.\d{4,9}(?:/|%2F)(?:[^\s\"<>()\]&{}]|\([^\s\"<>()&]*\))+)"
    r"|(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov(?:/|%2F)|ncbi\.nlm\.nih\.gov/pubmed/)(?P<pmid>\d{4,9})(?!\d)"
    r"|(?:https?://)?(?:www\.)?(?:pmc\.ncbi\.nlm\.nih\.gov/articles/|ncbi\.nlm\.nih\.gov/pmc/articles/"
    r"|europepmc\.org/(?:articles?|abstract)/(?:pmc/)?)(?P<pmcid>PMC\d{4,9})"
    r"|\bPMID:?\s*(?P<bare>\d{4,9})(?!\d)"
    # addresses of publishers that their DOIs are made of
    r"|https?://(?:www\.)?bmj\.com/content/\d{1,4}/(?P<bmj>bmj[.-][a-z\d-]{4,20})"
    r"|https?://(?:www\.)?nature\.com/articles/(?P<nature>[a-z][a-z\d.-]{5,30})"
    r"|https?://(?:www\.)?thelancet\.com/[\w/.-]{0,60}?/?PII(?P<pii>S\d{4}-\d{3}[\dX]\(\d\d\)\d{5}-[\dX])"
    r"|https?://(?:www\.)?mdpi\.com/(?P<issn>\d{4}-\d{3}[\dX])/(?P<volume>\d{1,3})/(?P<issue>\d{1,2})/(?P<article>\d{1,5})"
    r"|\b(?:med|bio)Rxiv:?\s(?:doi:?\s)?(?P<rxiv>20\d\d\.\d\d\.\d\d\.\d{6,8})"
    r"|https?://[\w.-]{4,80}/[\w./=?:%-]{0,80}?(?:(?<=%2F)|(?<![\d.%]))(?P<page>10\.\d{4,9}(?:/|%2F)(?:[^\s\"<>()\]&?#{}]|\([^\s\"<>()&]*\))+))",
    re.IGNORECASE,
)
_REGISTRANTS = {"bmj": "10.1136", "nature": "10.1038", "pii": "10.1016", "rxiv": "10.1101"}
# Journals of MDPI by ISSN: the word that their DOIs begin with.
_MDPI = {
    "2072-6643": "nu",
    "1660-4601": "ijerph",
    "2077-0383": "jcm",
    "1422-0067": "ijms",
    "2227-9032": "healthcare",
    "1648-9144": "medicina",
    "2075-4663": "sports",
    "2076-3921": "antiox",
    "2304-8158": "foods",
    "2227-9067": "children",
    "2076-3425": "brainsci",
    "2227-9059": "biomedicines",
    "2076-393X": "vaccines",
    "2072-6694": "cancers",
    "2075-4418": "diagnostics",
}
_VIEW = re.compile(
    r"/(?:full(?:text|/pdf)?|e?pdf(?:/.*)?|abstract|html|meta|summary|tables|figures)/?$|\.(?:full|pdf|abstract)$"
    r"|\?[\w-]+=.*$"
)
_LINK_TEXT = re.compile(r"\[(?P<text>[^\[\]\n]{1,300})\]\(\s*<?$")
# "[[https://...][a trial]]" of Org mode, "\\href{https://...}{a trial}" of LaTeX
_WORDS_BEHIND = re.compile(r"(?:\]\[|\}\{)(?P<text>[^\[\]{}\n]{1,300})(?:\]\]|\})")
_ANCHOR = re.compile(r"<a\s[^<>]{0,400}$", re.IGNORECASE)
_ANCHOR_END = re.compile(r"</a\b", re.IGNORECASE)
# Markdown's links whose address stands elsewhere: "[a trial][danish]" and "[danish]: https://…".
_DEFINED = re.compile(
    r"^ {0,3}\[(?P<label>[^\[\]\n^][^\[\]\n]{0,200})\]:[ \t]*\n?[ \t]*<?(?P<address>\S{1,500})",
    re.MULTILINE,
)
_USED = re.compile(r"\[(?P<text>[^\[\]\n]{1,300})\](?:\[(?P<label>[^\[\]\n]{0,200})\])?(?![(:])")


def addresses_in(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The addresses of works, by DOI, PMID or PMCID, printed or linked to in a stretch of an original."""
    return _ADDRESS.finditer(text, start, end)


def identifiers_of(address: re.Match[str]) -> tuple[str | None, str | None, str | None]:
    """The DOI, the PMID or the PMCID that an address of ``addresses_in`` leads to."""
    doi, pmcid = address["doi"] or address["page"], address["pmcid"]
    for publisher, registrant in _REGISTRANTS.items():
        if address[publisher]:
            doi = f"{registrant}/{address[publisher]}"
    if address["issn"] in _MDPI:
        place = f"{address['volume']}{address['issue']:0>2}{address['article']:0>4}"
        doi = f"10.3390/{_MDPI[address['issn']]}{place}"
    return (
        without_view(unquote(doi).rstrip(".,;:'")) if doi else None,
        address["pmid"] or address["bare"],
        pmcid.upper() if pmcid else None,
    )


def without_view(doi: str) -> str:
    """A DOI without what publishers' addresses put behind it: "/full", "/pdf", "/abstract".

    >>> without_view("10.3389/fnut.2020.00001/full")
    '10.3389/fnut.2020.00001'
    """
    return _VIEW.sub("", doi)


def place_of(text: str, match: re.Match[str], block: Block) -> Span | None:
    """The words that carry a link, or the address itself where it is printed."""
    before = text[max(0, match.start() - 420) : match.start()]
    shift = max(0, match.start() - 420)
    linked = _LINK_TEXT.search(before)
    behind = _WORDS_BEHIND.match(text, match.end()) if before.endswith(("[[", "\\href{")) else None
    if behind:
        start, end = behind.span("text")
    elif linked:
        start, end = shift + linked.start("text"), shift + linked.end("text")
    elif _ANCHOR.search(before):
        start = text.find(">", match.end(), match.end() + 400) + 1
        closing = _ANCHOR_END.search(text, start, start + 600)
        end = closing.start() if closing else -1
        if start <= 0 or end < 0:
            return None
    else:
        start, end = match.span()
    if start < block.offsets[0] or start >= block.offsets[-1] or end <= start:
        return None
    # What is seen of it: markup within the words is not.
    first, last = bisect_left(block.offsets, start), bisect_left(block.offsets, end)
    last = min(last, len(block.text))
    while first < last and block.text[first] == " ":
        first += 1
    while first < last and block.text[last - 1] == " ":
        last -= 1
    return block.span_of(first, last) if first < last else None


def defined(document: Document) -> dict[str, re.Match[str]]:
    """The addresses of works that a Markdown text defines for its links, by label."""
    if document.media_type != "text/markdown":
        return {}
    found: dict[str, re.Match[str]] = {}
    for match in _DEFINED.finditer(document.text):
        address = _ADDRESS.match(match["address"])
        if address:
            found.setdefault(label_of(match["label"]), address)
    return found


def uses_of(document: Document) -> list[re.Match[str]]:
    """Where a Markdown text may use the links that it defines, in reading order: "[text][label]"."""
    return list(_USED.finditer(document.text))


def label_of(written: str) -> str:
    """A label as labels are compared: white space and case tell nothing apart."""
    return " ".join(written.split()).casefold()
