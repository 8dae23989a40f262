"""Marks of numbers and labels: "[3-5]", "(2)", raised digits and letters, "[Chr2016]"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from claims.marks.mark import Mark
from claims.model import Block, Document

_WORDS = (  # "p. 12", "Table S2"
    r"(?i:pp?\.?|pages?|paras?\.?|ch(?:ap(?:ter|\.)?)?|sec(?:tion|t?\.)?|figs?\.?|figure|tables?|tab\.?|box|app\.?|appendix|§)"
    r"\s?[A-Z]?\d[\w.]{0,7}"
)
_PLACE = rf"(?:\s*[,(]\s*{_WORDS}|\s+{_WORDS}|\s*:\s*{_WORDS}|:\s\d{{1,4}})(?:\s?[-–]\s?\w{{1,5}})?\)?"
_PARTED = r"(?:\s*(?:[-–—,;]|,?\s(?:and|und|et|y|e)\s|&)\s*)"
_BRACKETS = re.compile(
    rf"\[\s*(?P<numbers>\d{{1,3}}(?:{_PARTED}\d{{1,3}}){{0,30}})(?P<place>{_PLACE})?\s*\](?:\s?[-–—]\s?\[(?P<until>\d{{1,3}})\])?"
    # "【3†source】", as language models cite
    r"|【\s?(?P<chat>\d{1,3})(?:[†:][^【】\n]{0,80})?】"
    # numbers behind their word: "(see refs 3, 4)", "(Ref: 1)", "[réf. 1 et 2]"
    rf"|[\[(](?i:see\s+)?(?i:r[eé]f(?:erence)?|source|quelle|fuente|fonte|bron)[ns]?\.?\s*:?\s*"
    rf"(?P<named>\d{{1,3}}(?:{_PARTED}\d{{1,3}}){{0,30}})[\])]"
)
_PARENTHESES = re.compile(
    rf"(?<=[\w.,;%\"”’)])\s?\((?P<numbers>\d{{1,3}}(?:{_PARTED}\d{{1,3}}){{0,30}})\)(?=[\s.,;:]|$)"
)
_RAISED = re.compile(r"[⁰¹²³⁴-⁹](?:[⁰¹²³⁴-⁹]|[⁻,‐˒،–-](?=[⁰¹²³⁴-⁹])){0,40}+")
_UNIT_BEFORE = re.compile(r"(?:\b(?:[cmkdµ]?m|in|ft|kg/m|R|r|χ|χ|I|η|ω|τ|s|sec|O|CO|H|N|p)|\d|[=<>×])\s?$")
_AFTER_STOP = re.compile(
    r"(?:(?<=[a-z)”\"’][.,;])|(?<=[A-Z/][A-Z][.,;])|(?<=\d\d\.)(?=\d{1,2}[,–-]\d))"
    r"(?P<numbers>\d{1,2}(?:[,–-]\d{1,2}){0,8})(?:\(pp?\.?\s?\d[\d,–-]{0,12}\))?(?=\s+[A-Z“\"(]|\s*$)"
    r"|(?<=[a-z]{3}[,;])(?P<within>\d{1,2}(?:[,–-]\d{1,2}){0,8})(?=\s[a-z])"  # "slept longer,3 and"
)
_LABELS = re.compile(
    r"<<#?(?P<anchor>[\w:.-]{1,60})(?:,[^<>\n]{0,60})?>>|\[(?P<labels>[^\W_][^\[\]\n;,]{0,30}(?:\s*[;,]\s*[^\W_][^\[\]\n;,]{0,30}){0,8}|#\w{0,20}|\*)\]_?"
)
_SIGNS = re.compile(r"(?<=[\w.,;:!?)”\"'’%])(?P<sign>\*{1,3}|†{1,3}|‡{1,3}|§{1,2}|¶{1,2})(?=[\s.,;]|$)")
_RAISED_LETTERS = re.compile(
    r"(?<![^\W_])\[?(?:[a-z]|[ivxl]{2,7})(?:\s?[,;]\s?(?:[a-z]|[ivxl]{2,7})){0,8}\]?(?![^\W_])"
)
_SUP_OF_LETTERS = re.compile(
    r"<sup(?:\s[^<>]{0,300})?>\s*(?:<a\b[^<>]{0,300}>\s*)?\[?(?P<letters>[a-z](?:\s?,\s?[a-z]){0,8})\]?\s*(?:</a>\s*)?</sup>"
)
# AMA sets the page behind the number: "3(p12),4".
_DIGITS_RAISED = re.compile(
    r"[\[(]?\d{1,3}(?:\(pp?\d[\d,–-]*\))?(?:\s?[,;–-]\s?\d{1,3}(?:\(pp?\d[\d,–-]*\))?)*[\])]?"
)
_PAGE_RAISED = re.compile(r"\(pp?[^()]*\)")
_RAISED_BEFORE = re.compile(
    # what is hidden may stand before it: "<span class="hidden">Footnote </span>"
    r"(?:<sup(?:\s[^<>]*)?>(?:\s|&nbsp;|&#160;|&#xa0;|<(?:/?sup)>|<(?:a|span|b|strong|i|em|u|small|font|button)\b[^<>]*>|(?<=>)[^<>\d]{1,30}</span>)*"
    r"|<button\b[^<>]*>(?:\s|<(?:a|span)\b[^<>]*>)*|<span\s[^<>]*vertical-align:\s*super[^<>]*>(?:\s|<a\b[^<>]*>)*|\^)\Z",
    re.IGNORECASE,
)
_LONGEST_TAGS = 1500  # characters of markup before a raised number: the entry may stand in its link's title
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def numeric(document: Document, block: Block, number: int) -> Iterator[Mark]:
    """Numbers in brackets, raised, or glued behind a full stop; certain but for the latter and for "(2)"."""
    text = block.text
    for match in _BRACKETS.finditer(text):
        numbers = match["numbers"] or match["named"] or match["chat"]
        if match["until"]:  # "[2]-[4]"
            numbers += f"-{match['until']}"
        yield _numbered(numbers, match, "numeric", block, number)
    raised = list(_raised_runs(document, block))
    for start, end in raised:
        digits = _PAGE_RAISED.sub("", text[start:end]).translate(_DIGITS)
        numbers = expand(digits)
        if numbers and not _UNIT_BEFORE.search(text, max(0, start - 12), start):
            yield Mark(text[start:end], block.span_of(start, end), "superscript", number, numbers=numbers)
    for match in _PARENTHESES.finditer(text):
        yield _numbered(match["numbers"], match, "parenthesis", block, number, certain=False)
    for match in _AFTER_STOP.finditer(text):
        if not any(start <= match.start() < end for start, end in raised):
            digits = match["numbers"] or match["within"]
            yield _numbered(digits, match, "superscript", block, number, certain=False)


def _numbered(
    digits: str, match: re.Match[str], style: str, block: Block, number: int, *, certain: bool = True
) -> Mark:
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    return Mark(
        match.group().strip(),
        block.span_of(start, match.end()),
        style,
        number,
        numbers=expand(digits),
        certain=certain,
    )


def _raised_runs(document: Document, block: Block) -> Iterator[tuple[int, int]]:
    """Raised digits: Unicode superscripts, ``<sup>…</sup>`` and ``^…^`` of the original, links to a note."""
    text = block.text
    for match in _RAISED.finditer(text):
        yield match.start(), match.end()
    for match in _DIGITS_RAISED.finditer(text):
        if _is_raised(document, block, match) or _leads_to_note(document, block, match):
            yield match.start(), match.end()


def _is_raised(document: Document, block: Block, match: re.Match[str]) -> bool:
    start = block.offsets[match.start()]
    if document.text[max(0, start - 9) : start].rstrip()[-1:] not in (">", "^"):
        return False
    return _RAISED_BEFORE.search(document.text, max(0, start - _LONGEST_TAGS), start) is not None


def _leads_to_note(document: Document, block: Block, match: re.Match[str]) -> bool:
    """Whether a number in running text is a link within the page and nothing else."""
    if match.start() == 0 or match.group().startswith("["):
        return False
    start, end = block.offsets[match.start()], block.offsets[match.end() - 1] + 1
    if not document.text.startswith("</a", end):
        return False
    before = document.text[max(0, start - 300) : start]
    return re.search(r"<a\s[^<>]{0,200}?href=[\"']?#[^<>]{1,200}>$", before, re.IGNORECASE) is not None


def labelled(document: Document, block: Block, number: int) -> Iterator[Mark]:
    """What may be the labels of entries: "[Chr2016]", "[a, b]" and raised letters."""
    plain = document.media_type == "text/plain"
    for match in _RAISED_LETTERS.finditer(block.text):
        if not plain and _is_raised(document, block, match):
            labels = tuple(re.findall("[a-z]+", match.group()))
            span = block.span_of(*match.span())
            yield Mark(match.group(), span, "superscript", number, labels=labels, certain=False)
    yield from _letters_behind_words(document, block, number)
    for match in _SIGNS.finditer(block.text):
        span = block.span_of(*match.span())
        yield Mark(match.group(), span, "label", number, labels=(match.group(),), certain=False)
    for match in _LABELS.finditer(block.text):
        labels = tuple(one.strip() for one in re.split("[;,]", match["anchor"] or match["labels"]))
        yield Mark(match.group(), block.span_of(*match.span()), "label", number, labels=labels, certain=False)


def _letters_behind_words(document: Document, block: Block, number: int) -> Iterator[Mark]:
    """Raised letters that the text set right behind a word: "longer<sup>a</sup>"."""
    start, end = block.offsets[0], block.offsets[-1]
    if document.media_type == "text/plain" or document.text.find("<sup", start, end) < 0:
        return
    for match in _SUP_OF_LETTERS.finditer(document.text, start, min(end + 20, len(document.text))):
        first, last = (bisect_left(block.offsets, place) for place in match.span("letters"))
        if 0 < first < last and block.text[first - 1].isalnum():
            labels = tuple(re.findall("[a-z]", match["letters"]))
            text, span = block.text[first:last], block.span_of(first, last)
            yield Mark(text, span, "superscript", number, labels=labels, certain=False)


def expand(digits: str) -> tuple[int, ...]:
    """The numbers of "1,3-5": 1, 3, 4, 5; a range of more than 40 is no range of citations."""
    numbers: list[int] = []
    for piece in re.split(r"[,;&]|\s(?:and|und|et|y|e)\s", digits.strip("[]() ")):
        ends = [int(end) for end in re.findall(r"\d+", piece) if len(end) < 6]
        if len(ends) == 2 and 0 < ends[1] - ends[0] <= 40:
            numbers.extend(range(ends[0], ends[1] + 1))
        else:
            numbers.extend(ends)
    return tuple(number for number in dict.fromkeys(numbers) if number > 0)
