"""What stands in HTML: its blocks, each with where in the page it stood, furniture left out, offsets kept.

Own scanning, because parsers that mend a page do not tell where in the source a character stood.
Every step moves forward, so hostile markup costs no more than its length.
"""

from __future__ import annotations

import re
from html import unescape

from claims.reading.page_furniture import attributes_of, cites, left_out, unfolds, value_of
from claims.reading.page_state import PageBlock, Scan
from claims.reading.visible import VisibleText
from claims.references.headings import is_reference_heading

_RAW = frozenset(("script", "style", "textarea", "title", "noscript", "iframe", "template"))
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
_BLOCKS = frozenset(
    """
    p div section article main header h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr td th
    caption blockquote pre figure figcaption address details summary hr body html center fieldset
    """.split()  # noqa: SIM905
)
_CLOSED_BY_SIBLING = {
    "li": ("li",),
    "p": ("p",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "tr": ("tr", "td", "th"),
    "td": ("td", "th"),
    "th": ("td", "th"),
}
_ENTRY_CLASS = re.compile(
    r"\bclass\s*=\s*[\"'][^\"']{0,200}?(?<![a-z])(?:reference|citation|bib(?:-reference|-item)?|ref-?item|csl-entry)[\s\"']",
    re.IGNORECASE,
)
_TITLE_CLASS = re.compile(r"\bclass\s*=\s*(?:MsoTitle\b|[\"'](?:[^\"']*\s)?(?:title|MsoTitle)[\s\"'])")
_CAPTION_CLASS = re.compile(
    r"\bclass\s*=\s*[\"']?(?:[^\"'>]*[\s_-])?(?:fig(?:ure)?|image|img|photo|picture|wp|media)[_-]?caption",
    re.IGNORECASE,
)
# Links that publishers set behind an entry, often with nothing between.
_LINK_LABEL = re.compile(
    r"(?:\s|<[a-z][^<>]{0,300}>){0,4}\[?(?:google scholar|cross-?ref|pubmed|pmc|scopus|web of science"
    r"|view|full text|pdf|cas|ads)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"<(?!/|sup\b|sub\b)", re.IGNORECASE)
_CONTROLS = re.compile(r"aria-controls|data-(?:bs-)?target", re.IGNORECASE)
_PADDING = re.compile(r"(?:\s|&nbsp;|&#160;|&#xa0;|\u200b)+", re.IGNORECASE)
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:-]{0,40})")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")


def scan(
    text: str, start: int, end: int, wrappers: frozenset[int] = frozenset(), *, fragment: bool = False
) -> Scan:
    """The blocks between two offsets; the elements at ``wrappers`` are kept although named like furniture."""
    state = Scan(text, wrappers=wrappers, fragment=fragment)
    position = start
    while position < end:
        opening = text.find("<", position, end)
        if opening < 0:
            _text(state, position, end)
            break
        if opening > position:
            _text(state, position, opening)
        position = _markup(state, opening, end)
    _close_block(state)
    return state


def _markup(state: Scan, opening: int, end: int) -> int:
    """Deal with the markup at ``opening``; the place after it."""
    text = state.text
    if text.startswith("<!--", opening):
        close = text.find("-->", opening + 4, end)
        return end if close < 0 else close + 3
    if text.startswith(("<!", "<?"), opening):
        close = text.find(">", opening, end)
        return end if close < 0 else close + 1
    name = _NAME.match(text, opening + 1, end)
    if name is None:
        _text(state, opening, opening + 1)
        return opening + 1
    close = _tag_end(text, name.end(), end)
    if close < 0:
        return end
    tag = name.group(1).lower()
    if text[opening + 1] == "/":
        _end_tag(state, tag)
        if tag in ("span", "a", "b", "strong") and _NEXT.match(text, close + 1):
            _part_number(state, close)
        return close + 1
    _start_tag(state, tag, text[name.end() : close], opening)
    if tag in _RAW and not text.startswith("/>", close - 1):
        return _after_raw(text, tag, close + 1, end)
    return close + 1


def _tag_end(text: str, position: int, end: int) -> int:
    """The ``>`` that ends a tag, quoted attribute values passed over; -1 when there is none."""
    while True:
        close = text.find(">", position, end)
        if close < 0:
            return -1
        inside = text[position:close]
        quote = _open_quote(inside)
        if quote is None:
            return close
        after = text.find(quote, close + 1, min(end, close + 5000))
        if after < 0:  # never closed: take the tag at its first ">"
            return close
        position = after + 1


def _open_quote(inside: str) -> str | None:
    opened: str | None = None
    for character in inside:
        if opened is None and character in "\"'":
            opened = character
        elif character == opened:
            opened = None
    return opened


def _after_raw(text: str, tag: str, position: int, end: int) -> int:
    close = re.compile(rf"</{tag}\b", re.IGNORECASE).search(text, position, end)
    return close.start() if close else end


def _start_tag(state: Scan, tag: str, attributes: str, place: int) -> None:
    if tag == "br":
        if state.dropped_at is None and state.visible.ends_with_break():
            _close_block(state)  # an empty line parts paragraphs
        if state.visible.characters and state.dropped_at is None:
            state.visible.add_break(state.visible.end)
        return
    if tag in _VOID:
        if tag == "hr":
            _close_block(state)
        return
    for sibling in _CLOSED_BY_SIBLING.get(tag, ()):
        if sibling in state.stack[-3:]:
            _end_tag(state, sibling)
    if tag in _BLOCKS:
        if tag in ("td", "th") and state.visible.characters:
            state.visible.add(" | ", state.visible.end, width=1)
        elif tag not in ("td", "th"):
            _close_block(state)
    if attributes.rstrip().endswith("/") and tag not in _BLOCKS:
        return
    if len(state.stack) > 2000:
        return
    after = place + len(tag) + len(attributes) + 2
    if tag in ("button", "a") and state.dropped_at is None:
        if tag == "button" and unfolds(state, after):
            _close_block(state)
        elif tag == "a" and state.visible.characters and _LINK_LABEL.match(state.text, after):
            state.visible.add(" ", place, width=1)
    if tag == "sup" and state.dropped_at is None and _goes_on(state, after):
        state.visible.add(",", place, width=1)
    if _CONTROLS.search(attributes) and state.dropped_at is None and unfolds(state, after):
        state.panels.update(
            one.lstrip("#")
            for match in attributes_of(attributes)
            if _CONTROLS.match(match[1])
            for one in value_of(match).split()
        )
    state.stack.append(tag)
    if tag == "li" or (tag in _BLOCKS and _ENTRY_CLASS.search(attributes)):
        state.counted += 1
        state.items.append((len(state.stack), state.counted))
    if tag == "p" and not state.found and _TITLE_CLASS.search(attributes):
        state.titled = len(state.stack)
    if state.captioned is None and (
        tag == "figcaption" or ("aption" in attributes and _CAPTION_CLASS.search(attributes))
    ):
        state.captioned = len(state.stack)
    if tag == "main" or 'role="main"' in attributes:
        state.mains.append(len(state.stack))
    if tag == "article":
        state.articles += not state.article
        state.article += 1
    if tag == "a":
        state.links += 1
        state.opened_links += 1
    if state.dropped_at is None and left_out(state, tag, attributes, place):
        state.dropped_at = len(state.stack)


def _part_number(state: Scan, at: int) -> None:
    """Set apart the number that a block begins with from what follows it with nothing between."""
    seen = state.visible.characters
    if state.dropped_at is None and 0 < len(seen) <= 3 and "".join(seen).isdigit():
        state.visible.add(" ", at, width=1)


def _goes_on(state: Scan, after: int) -> bool:
    """Whether a raised number follows another with nothing between: "<sup>3</sup><sup>4</sup>" is 3 and 4."""
    seen = state.visible.characters
    return len(seen) == state.raised and seen[-1:] != [] and seen[-1].isdigit() and cites(state.text, after)


def _end_tag(state: Scan, tag: str) -> None:
    if tag == "p" and "p" not in state.stack[-8:]:
        return
    if tag not in state.stack[-60:]:
        return
    if tag == "sup":
        state.raised = len(state.visible.characters)
    if (tag in _BLOCKS and tag not in ("td", "th")) or (
        tag == "button" and is_reference_heading("".join(state.visible.characters[:60]))
    ):
        _close_block(state)
    while state.stack:
        last = state.stack.pop()
        if state.items and len(state.stack) < state.items[-1][0]:
            state.items.pop()
        if state.mains and len(state.stack) < state.mains[-1]:
            state.mains.pop()
        if last == "article":
            state.article = max(0, state.article - 1)
        elif last == "a":
            state.links = max(0, state.links - 1)
        if state.captioned is not None and len(state.stack) < state.captioned:
            state.captioned = None
        if state.titled is not None and len(state.stack) < state.titled:
            state.titled = None
        if state.dropped_at is not None and len(state.stack) < state.dropped_at:
            state.dropped_at = state.leaving = None
        if last == tag:
            break


def _text(state: Scan, start: int, end: int) -> None:
    if state.dropped_at is not None:
        if state.leaving is not None:
            length = len(state.text[start:end].strip())
            state.named[state.leaving] += length
            if state.leaving in state.running and not state.links:
                state.running[state.leaving] += length
        return
    before = len(state.visible.characters)
    if state.stack[-1:] == ["sup"]:  # a mark is set off by more than its being raised: no space of its own
        padding = _PADDING.match(state.text, start, end)
        start = padding.end() if padding else start
    position = start
    for match in _ENTITY.finditer(state.text, start, end):
        state.visible.add(state.text[position : match.start()], position)
        state.visible.add(unescape(match.group()), match.start(), width=match.end() - match.start())
        position = match.end()
    state.visible.add(state.text[position:end], position)
    if state.links:
        state.linked += len(state.visible.characters) - before


def _close_block(state: Scan) -> None:
    kind, level = ("title", 1) if state.titled else _kind(state.stack)
    kind = "caption" if state.captioned is not None and kind != "title" else kind
    seen = len(state.visible.characters)
    block = state.visible.block(kind, level)
    if block is not None:
        bars = 3 * block.text.count(" | ") if kind == "table" else 0
        share = state.linked / max(seen - bars, 1)
        article = state.articles if state.article else 0
        link = state.opened_links if state.links == 1 else 0
        item = state.items[-1][1] if state.items else 0
        state.found.append(PageBlock(block, bool(state.mains), article, share, link, item))
    state.visible = VisibleText()
    state.linked = 0


def _kind(stack: list[str]) -> tuple[str, int]:
    for tag in reversed(stack):
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            return ("title", 1) if tag == "h1" else ("heading", int(tag[1]))
        if tag in ("td", "th", "tr"):
            return "table", 0
        if tag in ("li", "dd", "dt"):
            return "list-item", sum(one in ("ul", "ol", "dl") for one in stack)
        if tag in ("p", "div", "section", "article", "main", "blockquote"):
            if tag == "p" and "li" in stack:
                return "list-item", 1
            return "paragraph", 0
    return "paragraph", 0
