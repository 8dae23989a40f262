"""What stands in HTML: its blocks, each with where in the page it stood, furniture left out, offsets kept.

Own scanning, because parsers that mend a page do not tell where in the source a character stood.
Every step moves forward, so hostile markup costs no more than its length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from claims.model import Block
from claims.reading.visible import VisibleText
from claims.references.headings import is_reference_heading

_DROPPED = frozenset(
    """
    script style nav footer aside form noscript template svg math button select iframe object canvas dialog
    video audio map head textarea input label menu
    """.split()  # noqa: SIM905
)
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
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|menus|sidebar|cookie|cookies|consent|breadcrumbs?|share|sharing|sharedaddy|addtoany|addthis|jp-relatedposts|social|newsletter"
    r"|subscribe|signup|advert|advertisement|ads?|promo|banner|comments?|related|recommended|popup|modal|skip-?link|trending|more-on|read-more|most-(?:read|popular|viewed)|you-may-(?:also-)?like|masthead"
    r"|site-?header|site-?footer|footer|toolbar|pagination|byline-share|print-only|screen-reader-text|visually-hidden|sr-only|sro|wb-inv|assistive-text"
    r"|editsection|hatnote|toc|table-of-contents|noprint|no-print)(?:$|[\s_-])",
    re.IGNORECASE,
)
# Of these, what holds only links where it is furniture: with running text in it, it is a part of the article.
_LISTS_OF_LINKS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|menus|breadcrumbs?|toc|table-of-contents|toolbar|pagination|skip-?link)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
# What is kept whatever it stands in: notes and references are often set in a footer or beside the text.
KEPT = re.compile(
    r"foot-?notes?|(?<![a-z])f-?notes?(?![a-z])|end-?notes?|references?|bibliograph|reflist|citations?",
    re.IGNORECASE,
)
_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert", "menu")
)
_TITLE_CLASS = re.compile(r"\bclass\s*=\s*(?:MsoTitle\b|[\"'](?:[^\"']*\s)?(?:title|MsoTitle)[\s\"'])")
_CAPTION_CLASS = re.compile(
    r"\bclass\s*=\s*[\"']?(?:[^\"'>]*[\s_-])?(?:fig(?:ure)?|image|img|photo|picture|wp|media)[_-]?caption",
    re.IGNORECASE,
)
_HEADING = re.compile(r"<h[1-6]\b[^<>]{0,200}>\s*([^<>]{3,60})<", re.IGNORECASE)
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:-]{0,40})")
_ATTRIBUTE = re.compile(r"([a-zA-Z_:][\w:.-]{0,60})\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")


@dataclass(slots=True)
class PageBlock:
    """A block of a page; where it stood decides whether it is kept."""

    block: Block
    in_main: bool
    article: int  # the number of the outermost article element that holds it, from 1; 0 outside all
    link_share: float


@dataclass(slots=True)
class Scan:
    """A page read from its first character to its last; ``found`` and ``named`` are what comes of it."""

    text: str
    stack: list[str] = field(default_factory=list)
    dropped_at: int | None = None  # depth of the element that is being left out
    mains: list[int] = field(default_factory=list)  # depths of the elements that hold the main part
    article: int = 0  # how many article elements are open
    articles: int = 0  # how many have been opened that stand in no other
    links: int = 0
    linked: int = 0
    visible: VisibleText = field(default_factory=VisibleText)
    found: list[PageBlock] = field(default_factory=list)
    wrappers: frozenset[int] = frozenset()  # places of elements named like furniture that hold the text
    named: dict[int, int] = field(default_factory=dict)  # such elements left out → length of the text in them
    leaving: int | None = None
    running: dict[int, int] = field(
        default_factory=dict
    )  # such that hold only links → length of their other text
    fragment: bool = False  # stands in a Markdown file, where an aside is the author's
    captioned: int | None = None  # depth of the caption of a picture or a table
    titled: int | None = None  # depth of a paragraph that a word processor calls the title


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
    state.stack.append(tag)
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
    if state.dropped_at is None and _left_out(state, tag, attributes, place):
        state.dropped_at = len(state.stack)


def _left_out(state: Scan, tag: str, attributes: str, place: int) -> bool:
    if tag in _DROPPED and not (state.fragment and tag == "aside"):
        return tag not in ("footer", "aside") or not (
            KEPT.search(attributes) or _heads_list(state.text, place)
        )
    if tag == "header" and not state.article and not state.mains:
        return False
    if len(attributes) < 4:
        return False
    for match in _ATTRIBUTE.finditer(attributes[:4000]):
        name = match.group(1).lower()
        value = match.group(2) or match.group(3) or match.group(4) or ""
        if name == "hidden" and tag != "html":
            return True
        if name == "aria-hidden" and value.lower() == "true":
            return True
        if name == "role" and value.lower() in _ROLES:
            return True
        if name == "style" and re.search(r"display\s*:\s*none", value):
            return True
        if (
            name in ("class", "id")
            and tag not in ("body", "html", "main", "article")
            and _FURNITURE.search(value)
            and not KEPT.search(value)
            and place not in state.wrappers
        ):
            state.named[place] = 0
            state.leaving = place
            if _LISTS_OF_LINKS.search(value):
                state.running[place] = 0
            return True
    return False


def _heads_list(text: str, place: int) -> bool:
    """Whether the first heading of the element that begins here announces a reference list."""
    heading = _HEADING.search(text, place, place + 600)
    return heading is not None and is_reference_heading(heading[1])


def _end_tag(state: Scan, tag: str) -> None:
    if tag == "p" and "p" not in state.stack[-8:]:
        return
    if tag not in state.stack[-60:]:
        return
    if tag in _BLOCKS and tag not in ("td", "th"):
        _close_block(state)
    while state.stack:
        last = state.stack.pop()
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
        state.found.append(PageBlock(block, bool(state.mains), article, share))
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
