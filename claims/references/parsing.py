"""A printed reference into its fields, whatever style it is in; nothing is corrected.

Identifiers are cut out by pattern. The rest is tagged token by token (see ``tagging``), and the
runs of tags are read as authors, title, journal, volume, issue, pages, year and publisher.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from claims.model import ReferenceFields
from claims.names import cut_short, office, read_authors
from claims.references import tagging
from claims.references.asides import is_thesis
from claims.references.cutting_out import APOSTROPHE, CLOSING, identifiers_of, pmcid_of
from claims.references.locators import hyphenated, lettered, pages_behind, volume_and_issue
from claims.references.misplaced import put_right
from claims.references.orders import ordered
from claims.references.pieces import container_of, numbering_off, pages_of, title_of
from claims.references.strict import strict
from claims.references.tokens import Token, tokens_of

_LONGEST = 3000  # characters; no reference is longer, and the text is a stranger's
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
# What leads into a work in a note: "See, e.g.," and the like.
_SIGNAL = re.compile(
    r"^(?:[Bb]ut\s|[Aa]ccord\s)?(?:[Ss]ee|[Cc]f\.|[Cc]ompare|[Vv]gl\.|[Ss]iehe|[Vv]oir)(?:,?\s(?:also|generally|auch|aussi"
    r"|e\.\s?g\.|z\.\s?B\.|for (?:example|instance|a review))){0,2},?:?\s(?=[^\W\d_a-z][\w'’-]*[a-z])"
)
_LIST_NUMBER = re.compile(r"^(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)])\s*(?=\D)")
# What stands in square brackets after a title and tells only of what kind the work is.
_LEFT_OUT = re.compile(
    r"\s*\[(?:Internet|online|Epub|(?:[\w-]+ ){0,2}(?:preprint|review|article|editorial|letter|commentary"
    r"|correspondence|comment|correction|erratum|thesis|dissertation|abstract|paper|presentation|poster"
    r"|fact sheet|brochure|video|podcast|blog post|leaflet|press release"
    r"|report|web ?page|website|data ?set|guideline|protocol)|in [A-Z][a-z]+"
    r"|J|M|C|D)\]\s*$",
    re.IGNORECASE,
)
_NAMES = {
    "A": "authors",
    "T": "title",
    "J": "journal",
    "C": "container",
    "Y": "year",
    "V": "volume",
    "I": "issue",
    "P": "pages",
    "U": "publisher",
}
_REMARK = re.compile(
    r"\b(?:personal|private) communication|\bin pre(?:ss|paration)|\bsubmitted|\bunpublished|\baccessed"
    r"|\barxiv|\bsee\b|^\W*\d",
    re.IGNORECASE,
)
_LAST_SENTENCE = re.compile(r"\((?:1[5-9]|20)\d\d[a-z]?(?:,[^()]{0,20})?\)\.?\s+([^.?!]{8,200}[?!]?)\.?\s*$")
_LEADING_NUMBER = re.compile(r"[^\W\d_]{2}\.\s(?P<number>(?:1[89]|20)\d\d\s|\d{1,2}\.\s)$")
# A chapter whose book was not seen, behind the editors: "In: Hale LA, ed. Geriatric Rehabilitation".
_CHAPTER = re.compile(
    r"[.?!”]\sIn:?\s.{3,200}?(?:\(|,\s)(?:[Ee]ds?|[Ee]ditors?)\b\.?\)?[.,]?\s+(?P<book>[^\W\d_a-z][^.?!]{4,200})[.?!]"
)
# "Can you sleep too much? The Conversation": the question is the title, the name behind it the site's.
_SITE = re.compile(r"(?P<title>[^?!]{8,200}[?!])\s(?P<site>(?:[A-Z][\w&'’]*\s?){1,4})")
_GENRE = re.compile(
    r"(?:statistical|research|policy|technical|clinical|information)\s(?:bulletin|report|brief(?:ing)?|note|summary)"
    r"|(?:fact ?|information )sheet|press release|(?:working|discussion|white|position) (?:paper|statement)",
    re.IGNORECASE,
)
_SERVER = re.compile(
    r"\b(?:medRxiv|bioRxiv|PsyArXiv|SportRxiv|ChemRxiv|SSRN|Research Square|Preprints\.org|OSF Preprints)\b"
)


@lru_cache(maxsize=4096)
def parse(text: str) -> ReferenceFields:
    """The fields of one reference string in APA, Vancouver, AMA, Harvard, MLA or a like style.

    >>> parse("Lee A, Roy B. Tea and sleep. Sleep Med. 2019;42(3):1-9.").journal
    'Sleep Med'
    """
    raw = _LIST_NUMBER.sub("", " ".join(text[:_LONGEST].replace("*", "").split()))
    raw = _SIGNAL.sub("", raw)
    doi, pmid, url, body = identifiers_of(raw)
    pieces = strict(body) or ordered(body)
    kept = pieces is not None  # to a style, to the letter
    runs: dict[str, list[str]] = {}
    if pieces is None:
        tokens = tokens_of(body)
        runs = _runs(body, tokens, tagging.tag(tokens))
        pieces = {name: found for tag, name in _NAMES.items() if (found := _first(runs, tag))}
        if not pieces.keys() & {"title", "journal", "container"}:
            pieces |= _untitled(body, runs.get("N", ()))
        _cut(pieces, body)
    authors, et_al = read_authors(pieces.get("authors", "").replace(APOSTROPHE, "'"))
    et_al = et_al or _cut_short_after(pieces, body)
    title, container = _in_brackets(_tidy(pieces.get("title")), body), _tidy(pieces.get("container"))
    journal, publisher = _journal(pieces, raw)
    if journal is None and container is None and (server := _SERVER.search(body)):
        journal = server.group() if title is None or server.group() not in title else None
    if title and journal is None and container is None and (chapter := _CHAPTER.search(body)):
        container = chapter["book"]
    if title and url and journal is None and container is None and (site := _SITE.fullmatch(title)):
        title, journal = site["title"], site["site"]
    if title is None and container is not None:
        title, container = container, None
    volume, issue = volume_and_issue(pieces.get("volume"), pieces.get("issue"))
    if volume and not issue and re.search(rf"\bissue\s+{re.escape(volume)}\b", body, re.IGNORECASE):
        volume, issue = None, volume  # "2018, Issue 7"
    pages = lettered(hyphenated(pieces.get("pages")), body) or pages_behind(volume, body)
    article = None
    if (
        pages
        and not re.search(r"\d-[A-Za-z]*\d", pages)
        and (re.match(r"[A-Za-z]+\d{3}", pages) or len(pages) >= 6)
    ):
        article = pages
    fields = ReferenceFields(
        authors=authors,
        et_al=et_al,
        year=_year(pieces.get("year", ""), body),
        title=title,
        journal=journal,
        volume=volume,
        issue=issue,
        pages=pages,
        article_number=article,
        doi=doi,
        pmid=pmid,
        pmcid=pmcid_of(raw),
        url=url,
        publisher=publisher,
        kind=_kind(journal, container, url, runs),
        container=container,
    )
    return fields if kept else put_right(fields, body)


def _journal(pieces: dict[str, str], raw: str) -> tuple[str | None, str | None]:
    """The journal and the publisher; what was tagged as a journal may be that of a report, or neither."""
    journal = _tidy(pieces.get("journal"))
    if journal and (not numbering_off(journal) or (_GENRE.fullmatch(journal) and "volume" not in pieces)):
        journal = None
    publisher = _tidy(pieces.get("publisher"))
    if (
        journal
        and not pieces.keys() & {"volume", "pages"}
        and (office(journal) or is_thesis(raw) or journal in pieces.get("authors", ""))
    ):
        journal, publisher = None, publisher or journal
    return journal, publisher


def _untitled(body: str, notes: Iterable[str]) -> dict[str, str]:
    """The title where nothing was taken for one: all that follows the year, or the first note of words."""
    last = _LAST_SENTENCE.search(body)
    if last:
        return {"title": last[1]}
    for note in notes:
        if len(note.split()) > 1 and not _REMARK.search(note):
            return {"title": note}
    return {}


def _cut_short_after(pieces: dict[str, str], body: str) -> bool:
    """Whether "et al." stands between the authors and the next field, tagged as part of neither."""
    if "authors" not in pieces:
        return False
    start = body.find(pieces["authors"]) + len(pieces["authors"])
    ends = [body.find(pieces[name], start) for name in ("title", "year", "journal") if name in pieces]
    return cut_short(body[start : min((end for end in ends if end >= 0), default=start)])


def _cut(pieces: dict[str, str], body: str) -> None:
    """The tagged pieces without what is no part of the field, and with what was parted from it."""
    if pieces.keys() >= {"container", "title", "journal"}:
        # "In hip pain, walking is ...": no book stands before a title.
        whole = f"{pieces['container']}, {pieces['title']}"
        if whole in body:
            pieces["title"] = whole
            del pieces["container"]
    if "title" in pieces:
        begun = _counted(pieces["title"], body)
        number = begun.removesuffix(pieces["title"]).strip()
        pieces["title"], pieces["year"] = begun, pieces.get("year", "").removeprefix(number)
        at = body.find(pieces["title"])
        pieces["title"], rest = title_of(pieces["title"], body[:at])
        if len(rest) > 2 and "journal" not in pieces and "container" not in pieces:
            pieces["container"] = rest
    for name in ("journal", "container"):
        if name in pieces:
            pieces[name] = container_of(pieces[name])


def _counted(title: str, body: str) -> str:
    """A title with the number that it begins with: "2011 Compendium of ...", where another year follows."""
    at = body.find(title)
    found = _LEADING_NUMBER.search(body[: max(at, 0)])
    if found and _YEAR.search(body, at + len(title)):
        return body[found.start("number") : at] + title
    return title


def _runs(text: str, tokens: list[Token], tags: list[str]) -> dict[str, list[str]]:
    """The pieces of text under each tag; signs between two pieces of one field do not part them."""
    runs: dict[str, list[tuple[int, int]]] = {}
    last: str | None = None
    for (_, start, end), name in zip(tokens, tags, strict=True):
        if name == "O":
            continue
        if name == last:
            runs[name][-1] = (runs[name][-1][0], end)
        else:
            runs.setdefault(name, []).append((start, end))
        last = name
    return {name: [_whole(text, start, end) for start, end in spans] for name, spans in runs.items()}


def _whole(text: str, start: int, end: int) -> str:
    """The piece with the bracket or the stop that closes it: "(WalkBack", "Am. J"."""
    piece = text[start:end]
    following = text[end : end + 1]
    if (following in CLOSING and piece.count(CLOSING[following]) > piece.count(following)) or (
        following == "." and "." in piece and re.search(r"\b[A-Z][a-z]{0,6}$", piece)
    ):
        end += 1
    return text[start:end]


def _first(runs: dict[str, list[str]], name: str) -> str | None:
    found = runs.get(name)
    if not found:
        return None
    if name == "Y":
        return " ".join(found)
    if name == "P":
        return pages_of(found)
    if name == "T":  # a stray word may be tagged before the title itself
        return next((piece for piece in found if len(piece) >= 0.5 * len(max(found, key=len))), None)
    return found[0]


def _year(piece: str, body: str) -> int | None:
    years = _YEAR.findall(piece)[:1] or _YEAR.findall(body)
    return int(years[0]) if len(set(years)) == 1 else None


def _kind(
    journal: str | None, container: str | None, url: str | None, runs: dict[str, list[str]]
) -> str | None:
    if journal:
        return "article"
    if container:
        return "chapter"
    if "U" in runs or "L" in runs:
        return "book"
    return "web" if url else None


def _tidy(text: str | None) -> str | None:
    if not text:
        return None
    text = _LEFT_OUT.sub("", text).strip(' ,;:_"“”').rstrip("[( ")
    abbreviated = re.search(r"\.\s\S*\w{1,8}\.$|^\w{1,6}\.$", text) is not None
    return (text if abbreviated else text.rstrip(".")) or None


def _in_brackets(title: str | None, body: str) -> str | None:
    """A title that is printed in square brackets, which mark a translation, with them."""
    return f"[{title}]" if title and f"[{title}]" in body.replace(".]", "]") else title
