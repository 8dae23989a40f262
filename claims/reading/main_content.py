"""Which blocks of a page are its article: no menus, teasers, pointers to other pages."""

from __future__ import annotations

import re
from itertools import groupby

from claims.reading.page_furniture import KEPT
from claims.reading.page_state import PageBlock
from claims.references.headings import is_reference_heading
from claims.references.likeness import likeness

_POINTER = re.compile(
    r"(?:related|(?:also )?read(?: more| next| also| this)?|see also|more (?:on|from|about) [^:.]{1,40}"
    r"|you (?:may|might) (?:also )?(?:like|enjoy)|recommended(?: reading)?|don['’]t miss|learn more"
    r"|next|up next)"
    r"(?: stor(?:y|ies)| articles?| posts?| reading)?\s*[:»›→-]",
    re.IGNORECASE,
)
_BIOGRAPHY = re.compile(
    r"(?:(?:about|meet) (?:the|our) (?:authors?|writers?|reviewers?|editors?|experts?)"
    r"|author information|authors? and affiliations?|(?:author )?affiliations?|rights and permissions)\W*",
    re.IGNORECASE,
)
# How the page asks to be cited itself.
_CITE_AS = re.compile(
    r"(?:for attribution, )?(?:please cite|cite (?:this|as)|how to cite|suggested citation"
    r"|to cite this)\b.{0,60}",
    re.IGNORECASE,
)
_LONGEST_CARD = 600  # characters
_LEAST_COPIED = 3  # blocks in a row; fewer may be a refrain
_LONGEST_BIOGRAPHY = 3  # blocks
_ELSEWHERE = re.compile(
    r"(?:you (?:may|might) (?:also )?(?:like|enjoy)|(?:related|recommended|popular|latest|recent|similar)"
    r"(?: (?:articles?|posts?|stories|reading|news|topics|content))?|recommended for you"
    r"|more (?:on|from|in) .{1,60}|(?:read|up) next|trending(?: now)?"
    r"|most (?:read|popular|viewed)|keep reading|don['’]t miss)\W*",
    re.IGNORECASE,
)


def main_content(found: list[PageBlock]) -> list[PageBlock]:
    """The blocks of the page's article or main part where it has one, else all but its menus."""
    found = [one for one in _without_cards(_without_copies(found)) if not _points_elsewhere(one)]
    found = _without_own_imprint(_without_endings(found))
    total = sum(len(one.block.text) for one in found)
    for chosen in (
        [one for one in found if one.article and one.in_main],
        [one for one in found if one.in_main],
        [one for one in found if one.article],
    ):
        # Below a third, the tag marks a teaser and not the article.
        if chosen and sum(len(one.block.text) for one in chosen) >= 0.34 * total:
            kept = {
                id(one) for one in (*_title_above(found, chosen), *chosen, *_references_beside(found, chosen))
            }
            return [one for one in found if id(one) in kept]
    # No such part: lists of links are menus, and a heading above nothing else is the menu's.
    return _without_menus(found)


def _title_above(found: list[PageBlock], chosen: list[PageBlock]) -> list[PageBlock]:
    """The page's title where it stands above the part that was chosen and not in it."""
    if any(one.block.kind == "title" for one in chosen):
        return []
    above = found[: found.index(chosen[0])]
    return [one for one in above if one.block.kind == "title"][-1:]


def _references_beside(found: list[PageBlock], chosen: list[PageBlock]) -> list[PageBlock]:
    """The reference list with its heading that stands beside the part that was chosen, where it has none."""
    if any(is_reference_heading(one.block.text) for one in chosen if one.block.kind == "heading"):
        return []
    inside = {id(one) for one in chosen}
    runs: list[list[PageBlock]] = []  # each from such a heading to the next heading
    opened = False
    for one in found:
        heading = one.block.kind in ("title", "heading")
        if heading or id(one) in inside:
            opened = heading and id(one) not in inside and is_reference_heading(one.block.text)
            runs += [[one]] * opened
        elif opened:
            runs[-1].append(one)
    return next((run for run in runs if _is_list(run[1:])), [])


def _is_list(blocks: list[PageBlock]) -> bool:
    """Whether most blocks are entries of a reference list."""
    return bool(blocks) and 2 * sum(likeness(one.block.text) >= 3 for one in blocks) > len(blocks)


def _without_teasers(found: list[PageBlock]) -> list[PageBlock]:
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


def _without_copies(found: list[PageBlock]) -> list[PageBlock]:
    """The blocks without a second copy of several in a row, as pages have for small screens and print."""
    first: dict[str, int] = {}
    follows: list[int] = []  # for each block, how many up to it repeat what stands above, in order
    for place, one in enumerate(found):
        above = first.setdefault(one.block.text, place)
        before = follows[-1] if follows else 0
        goes_on = before and found[above - 1].block.text == found[place - 1].block.text
        follows.append(0 if above == place else before + 1 if goes_on else 1)
    kept: list[PageBlock] = []
    run: list[PageBlock] = []
    for one, count in zip(found, follows, strict=True):
        if count <= 1:
            kept += run if len(run) < _LEAST_COPIED else []
            run = []
        if count:
            run.append(one)
        else:
            kept.append(one)
    return kept + (run if len(run) < _LEAST_COPIED else [])


def _without_cards(found: list[PageBlock]) -> list[PageBlock]:
    """The blocks without those that one link goes round, as cards for other pages are made."""
    kept: list[PageBlock] = []
    for link, group in groupby(found, key=lambda one: one.link):
        card = list(group)
        shown = sum(len(one.block.text) for one in card)
        if (
            not link
            or len(card) < 2
            or shown > _LONGEST_CARD
            or any(likeness(one.block.text) >= 3 for one in card)
        ):
            kept += card
    return kept


def _without_own_imprint(found: list[PageBlock]) -> list[PageBlock]:
    """The blocks without where the page itself appeared: above its title, or as it asks to be cited."""
    asking = [place for place, one in enumerate(found) if _CITE_AS.fullmatch(one.block.text)]
    told = {
        place + 1 for place in asking if place + 1 < len(found) and found[place + 1].block.kind != "heading"
    }
    found = [one for place, one in enumerate(found) if place not in told and place not in asking]
    title = next((place for place, one in enumerate(found) if one.block.kind == "title"), 0)
    own = [one for one in found[:title] if likeness(one.block.text) >= 4]
    return [one for one in found if one is not own[0]] if len(own) == 1 else found


def _without_endings(found: list[PageBlock]) -> list[PageBlock]:
    """The blocks without lists of other pages under a heading of their own ("You might also like")."""
    kept: list[PageBlock] = []
    biography: list[PageBlock] = []  # of who wrote, with its heading
    opened: list[PageBlock] = []  # such a heading and what has been left out below it
    for one in _without_teasers(found):
        heading = one.block.kind in ("title", "heading")
        if biography and (heading or len(biography) > _LONGEST_BIOGRAPHY or likeness(one.block.text) >= 3):
            biography = []
        if biography or (heading and _BIOGRAPHY.fullmatch(one.block.text)):
            biography.append(one)
            continue
        if heading and _ELSEWHERE.fullmatch(one.block.text):
            opened = [one]
        elif opened and one.link_share > 0.5 and not KEPT.search(one.block.text):
            opened.append(one)
        else:
            if len(opened) == 1 and not heading:
                kept += opened  # "More on doses", with text of the article below it
            opened = []
            kept.append(one)
    return kept


def _without_menus(found: list[PageBlock]) -> list[PageBlock]:
    kept: list[PageBlock] = []
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


def _points_elsewhere(one: PageBlock) -> bool:
    """Whether a block sends the reader to another page ("Related: ...", "Read more: ...")."""
    return one.link_share > 0.4 and _POINTER.match(one.block.text) is not None
