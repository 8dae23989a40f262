"""HTML: what a reader sees of a page, without its menus, scripts and footers, offsets kept.

Own scanning, because parsers that mend a page do not tell where in the source a character stood.
Every step moves forward, so hostile markup costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from claims.model import Block
from claims.reading.visible import VisibleText

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
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|menus|sidebar|cookie|cookies|consent|breadcrumbs?|share|sharing|social|newsletter"
    r"|subscribe|signup|advert|advertisement|ads?|promo|banner|comments?|related|recommended|popup|modal|skip-?link|trending|more-on|read-more|most-(?:read|popular|viewed)|you-may-(?:also-)?like|masthead"
    r"|site-?header|site-?footer|footer|toolbar|pagination|byline-share|print-only|screen-reader-text|visually-hidden|sr-only|sro"
    r"|editsection|hatnote|toc|table-of-contents|noprint|no-print)(?:$|[\s_-])",
    re.IGNORECASE,
)
# What is kept whatever it stands in: notes and references are often set in a footer or beside the text.
_KEPT = re.compile(r"foot-?notes?|end-?notes?|references?|bibliograph|reflist|citations?", re.IGNORECASE)
_POINTER = re.compile(
    r"(?:related|(?:also )?read(?: more| next| also| this)?|see also|more (?:on|from|about) [^:.]{1,40}"
    r"|you (?:may|might) (?:also )?(?:like|enjoy)|recommended(?: reading)?|don['’]t miss|learn more"
    r"|next|up next)"
    r"(?: stor(?:y|ies)| articles?| posts?| reading)?\s*[:»›→-]",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?:you (?:may|might) (?:also )?(?:like|enjoy)|(?:related|recommended|popular|latest|recent|similar)"
    r"(?: (?:articles?|posts?|stories|reading|news|topics|content))?|recommended for you"
    r"|more (?:on|from|in) .{1,60}|(?:read|up) next|trending(?: now)?"
    r"|most (?:read|popular|viewed)|keep reading|don['’]t miss)\W*",
    re.IGNORECASE,
)
_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert", "menu")
)
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:-]{0,40})")
_ATTRIBUTE = re.compile(r"([a-zA-Z_:][\w:.-]{0,60})\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")


_LONGEST_AGAIN = 2_000_000  # characters of a page that is read a second time
_MOST_WRAPPERS = 3


@dataclass(slots=True)
class _Found:
    """A block on its way: where it stood decides whether it is kept."""

    block: Block
    in_main: bool
    article: int  # the number of the outermost article element that holds it, from 1; 0 outside all
    link_share: float


@dataclass(slots=True)
class _State:
    text: str
    stack: list[str] = field(default_factory=list)
    dropped_at: int | None = None  # depth of the element that is being left out
    mains: list[int] = field(default_factory=list)  # depths of the elements that hold the main part
    article: int = 0  # how many article elements are open
    articles: int = 0  # how many have been opened that stand in no other
    links: int = 0
    linked: int = 0
    visible: VisibleText = field(default_factory=VisibleText)
    found: list[_Found] = field(default_factory=list)
    wrappers: frozenset[int] = (
        frozenset()
    )  # places of elements that are named like furniture and hold the text
    named: dict[int, int] = field(default_factory=dict)  # such elements left out → length of the text in them
    leaving: int | None = None


def read_html(text: str) -> tuple[Block, ...]:
    """The blocks of a page's main content: its article or main part where it has one."""
    state = _scan(text, 0, len(text))
    wrappers: set[int] = set()
    while len(wrappers) < _MOST_WRAPPERS and len(text) <= _LONGEST_AGAIN and state.named:
        # "content-with-sidebar" is no sidebar: what holds more than all that is left is the page itself.
        place, length = max(state.named.items(), key=lambda one: one[1])
        if length <= sum(len(one.block.text) for one in state.found):
            break
        wrappers.add(place)
        state = _scan(text, 0, len(text), frozenset(wrappers))
    found = state.found
    blocks = [one.block for one in _main_content(found)]
    titled = False
    chosen = []
    for block in blocks:
        if block.kind == "title":
            kind = "heading" if titled else "title"
            titled = True
            block = Block(kind, block.text, block.offsets, 1)
        chosen.append(block)
    return tuple(chosen)


def read_fragment(text: str, start: int, end: int) -> Iterator[Block]:
    """The blocks of the HTML between two offsets, as it stands in a Markdown file."""
    for one in _scan(text, start, end).found:
        yield one.block


def _main_content(found: list[_Found]) -> list[_Found]:
    found = _without_endings([one for one in found if not _points_elsewhere(one)])
    total = sum(len(one.block.text) for one in found)
    for chosen in (
        [one for one in found if one.article and one.in_main],
        [one for one in found if one.in_main],
        [one for one in found if one.article],
    ):
        # Below a third, the tag marks a teaser and not the article.
        if chosen and sum(len(one.block.text) for one in chosen) >= 0.34 * total:
            return [*_title_above(found, chosen), *chosen]
    # No such part: lists of links are menus, and a heading above nothing else is the menu's.
    return _without_menus(found)


def _title_above(found: list[_Found], chosen: list[_Found]) -> list[_Found]:
    """The page's title where it stands above the part that was chosen and not in it."""
    if any(one.block.kind == "title" for one in chosen):
        return []
    above = found[: found.index(chosen[0])]
    return [one for one in above if one.block.kind == "title"][-1:]


def _without_teasers(found: list[_Found]) -> list[_Found]:
    """The blocks without the articles that only point to other pages: small, no running text but in links."""
    lengths: dict[int, int] = {}
    running: dict[int, int] = {}
    for one in found:
        length = len(one.block.text)
        lengths[one.article] = lengths.get(one.article, 0) + length
        if one.block.kind not in ("title", "heading") and one.link_share < 0.5 and length >= 60:
            running[one.article] = running.get(one.article, 0) + length
    largest = max((length for article, length in lengths.items() if article), default=0)
    return [
        one
        for one in found
        if not one.article or running.get(one.article) or lengths[one.article] > 0.1 * largest
    ]


def _without_endings(found: list[_Found]) -> list[_Found]:
    """The blocks without lists of other pages under a heading of their own ("You might also like")."""
    kept: list[_Found] = []
    opened: list[_Found] = []  # such a heading and what has been left out below it
    for one in _without_teasers(found):
        heading = one.block.kind in ("title", "heading")
        if heading and _ELSEWHERE.fullmatch(one.block.text):
            opened = [one]
        elif opened and one.link_share > 0.5 and not _KEPT.search(one.block.text):
            opened.append(one)
        else:
            if len(opened) == 1 and not heading:
                kept += opened  # "More on doses", with text of the article below it
            opened = []
            kept.append(one)
    return kept


def _without_menus(found: list[_Found]) -> list[_Found]:
    kept: list[_Found] = []
    bared = False  # whether links were left out since the last block that stays
    for one in found:
        if one.link_share > 0.8 and len(one.block.text) < 60:
            bared = True
            continue
        if bared and one.block.kind == "heading" and kept and kept[-1].block.kind == "heading":
            kept.pop()
        kept.append(one)
        bared = False
    if bared and kept and kept[-1].block.kind == "heading":
        kept.pop()
    return kept


def _points_elsewhere(one: _Found) -> bool:
    """Whether a block sends the reader to another page ("Related: ...", "Read more: ...")."""
    return one.link_share > 0.4 and _POINTER.match(one.block.text) is not None


def _scan(text: str, start: int, end: int, wrappers: frozenset[int] = frozenset()) -> _State:
    state = _State(text, wrappers=wrappers)
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


def _markup(state: _State, opening: int, end: int) -> int:
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


def _start_tag(state: _State, tag: str, attributes: str, place: int) -> None:
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
    if tag == "main" or 'role="main"' in attributes:
        state.mains.append(len(state.stack))
    if tag == "article":
        state.articles += not state.article
        state.article += 1
    if tag == "a":
        state.links += 1
    if state.dropped_at is None and _left_out(state, tag, attributes, place):
        state.dropped_at = len(state.stack)


def _left_out(state: _State, tag: str, attributes: str, place: int) -> bool:
    if tag in _DROPPED:
        return tag not in ("footer", "aside") or _KEPT.search(attributes) is None
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
            and not _KEPT.search(value)
            and place not in state.wrappers
        ):
            state.named[place] = 0
            state.leaving = place
            return True
    return False


def _end_tag(state: _State, tag: str) -> None:
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
        if state.dropped_at is not None and len(state.stack) < state.dropped_at:
            state.dropped_at = state.leaving = None
        if last == tag:
            break


def _text(state: _State, start: int, end: int) -> None:
    if state.dropped_at is not None:
        if state.leaving is not None:
            state.named[state.leaving] += len(state.text[start:end].strip())
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


def _close_block(state: _State) -> None:
    kind, level = _kind(state.stack)
    seen = len(state.visible.characters)
    block = state.visible.block(kind, level)
    if block is not None:
        bars = 3 * block.text.count(" | ") if kind == "table" else 0
        share = state.linked / max(seen - bars, 1)
        article = state.articles if state.article else 0
        state.found.append(_Found(block, bool(state.mains), article, share))
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
