"""What of a page is no part of its article: scripts, menus, banners, what is hidden and nothing unfolds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.reading.page_state import Scan
from claims.references.headings import is_reference_heading

_DROPPED = frozenset(
    """
    script style nav footer aside form noscript template svg math button select iframe object canvas dialog
    video audio map head textarea input label menu del s strike
    amp-ad amp-sidebar amp-consent amp-embed amp-iframe amp-lightbox amp-user-notification amp-sticky-ad
    """.split()  # noqa: SIM905
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|menus|sidebar|cookie|cookies|consent|breadcrumbs?|share|sharing|sharedaddy|addtoany|addthis|jp-relatedposts|social|newsletter"
    r"|subscribe|signup|advert|advertisement|ads?|promo|banner|comments?|related|recommended|popup|modal|skip-?link|trending|more-on|read-more|most-(?:read|popular|viewed)|you-may-(?:also-)?like|masthead"
    r"|site-?header|site-?footer|footer|toolbar|pagination|byline-share|print-only|screen-reader-text|visually-hidden|sr-only|sro|off-?screen|wb-inv|assistive-text"
    r"|cta|call-to-action|(?:digest-)?post-(?:embed|preview|card)|embedded-(?:post|publication)|bookmark-card|author-(?:bio|box|info|card)|about-(?:the-)?author|editsection|hatnote|toc|table-of-contents|noprint|no-print)(?:$|[\s_-])",
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
# What shows only over a mark, and what is hidden for another reason than being folded.
_TIP = re.compile(
    r"(?:^|[\s_-])(?:tooltip|popover|hovercard)[_-]?(?:text|content|body|inner|box|panel)(?:$|[\s_-])|footnote_tooltip(?:$|\s)",
    re.IGNORECASE,
)
_HIDDEN_OTHERWISE = re.compile(r"tool-?tip|popover|pop-?up|modal|hover|template|preview", re.IGNORECASE)
_INLINE = frozenset(("a", "span", "sup", "b", "i", "em", "strong", "cite"))
_HEADING = re.compile(r"<h[1-6]\b[^<>]{0,200}>\s*([^<>]{3,60})<", re.IGNORECASE)
_HEADING_TAG = re.compile(r"h[1-6]\Z")
# What a button or a link shows first: the tags before it, and its words.
_HEADING_FIRST = re.compile(r"(?:\s|<[a-z][^<>]{0,300}>){0,4}?<h[1-6]\b", re.IGNORECASE)
_SHOW = re.compile(r"(?:show|view|see|expand|open|hide)(?: all| the| our)?\s+", re.IGNORECASE)
_SHOWN_FIRST = re.compile(r"(?:\s|<[a-z][^<>]{0,300}>){0,8}([^<>]{1,60})<", re.IGNORECASE)
_MARK = re.compile(r"\s*\[?\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,5}\]?\s*")
_ATTRIBUTE = re.compile(r"([a-zA-Z_:][\w:.-]{0,60})\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")


def left_out(state: Scan, tag: str, attributes: str, place: int) -> bool:
    """Whether the element that begins at ``place`` is no part of the article."""
    after = place + len(tag) + len(attributes) + 2
    if tag == "button":
        return not (unfolds(state, after) or (state.visible.characters and cites(state.text, after)))
    if tag in _DROPPED and not (state.fragment and tag == "aside"):
        return tag not in ("footer", "aside") or not (
            KEPT.search(attributes) or _heads_list(state.text, place)
        )
    if tag == "header" and not state.article and not state.mains:
        return False
    if len(attributes) < 4:
        return False
    for match in attributes_of(attributes):
        name = match.group(1).lower()
        value = value_of(match)
        if (
            name == "hidden"
            and value.lower() != "until-found"
            and tag != "html"
            and not _unfolded(state, tag, attributes)
        ):
            return True
        if name == "aria-hidden" and value.lower() == "true" and not _unfolded(state, tag, attributes):
            return True
        if name == "role" and value.lower() in (*_ROLES, "tooltip"):
            return not _is_mark(state, tag, after)
        if name == "title" and tag == "div" and value.lower() in ("header", "footer"):
            return True  # of a page that a word processor made
        if (
            name == "class"
            and _TIP.search(value)
            and state.visible.characters
            and not _is_mark(state, tag, after)
        ):
            return True
        if (
            name == "style"
            and re.search(r"display\s*:\s*none", value)
            and not _unfolded(state, tag, attributes)
        ):
            return True
        if (
            name in ("class", "id")
            and tag not in ("body", "html", "main", "article")
            and _FURNITURE.search(value)
            and not KEPT.search(value)
            and not _is_mark(state, tag, after)
            and place not in state.wrappers
        ):
            state.named[place] = 0
            state.leaving = place
            if _LISTS_OF_LINKS.search(value):
                state.running[place] = 0
            return True
    return False


def _is_mark(state: Scan, tag: str, after: int) -> bool:
    """Whether an element within a sentence shows the mark of a citation and nothing else."""
    return tag in _INLINE and bool(state.visible.characters) and cites(state.text, after)


def _unfolded(state: Scan, tag: str, attributes: str) -> bool:
    """Whether an element that is hidden shows when its heading is pressed, or is a list of references."""
    named = [value_of(match) for match in attributes_of(attributes) if match[1].lower() in ("id", "class")]
    if state.panels and not state.panels.isdisjoint(named):
        return True
    if not state.visible.characters and state.found and is_reference_heading(state.found[-1].block.text):
        return True
    return (
        tag in ("div", "section", "ol", "ul", "table", "aside")
        and any(KEPT.search(one) for one in named)
        and not any(_HIDDEN_OTHERWISE.search(one) for one in named)
    )


def attributes_of(attributes: str) -> Iterator[re.Match[str]]:
    """The attributes of a tag."""
    return _ATTRIBUTE.finditer(attributes[:4000])


def value_of(attribute: re.Match[str]) -> str:
    """What an attribute says, "" where it says nothing."""
    return attribute[2] or attribute[3] or attribute[4] or ""


def unfolds(state: Scan, after: int) -> bool:
    """Whether a button or a link is the heading of what it unfolds, as accordions have them."""
    if not state.visible.characters and any(_HEADING_TAG.match(tag) for tag in state.stack[-6:]):
        return True
    if _HEADING_FIRST.match(state.text, after):
        return True
    shown = _SHOWN_FIRST.match(state.text, after)
    return shown is not None and is_reference_heading(_SHOW.sub("", shown[1].strip()))


def cites(text: str, after: int) -> bool:
    """Whether a button shows the mark of a citation ("<button><sup>3</sup></button>")."""
    shown = _SHOWN_FIRST.match(text, after)
    return shown is not None and _MARK.fullmatch(shown[1]) is not None


def _heads_list(text: str, place: int) -> bool:
    """Whether the first heading of the element that begins here announces a reference list."""
    heading = _HEADING.search(text, place, place + 600)
    return heading is not None and is_reference_heading(heading[1])
