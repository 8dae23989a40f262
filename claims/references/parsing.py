"""A printed reference into its fields, whatever style it is in; nothing is corrected.

Identifiers are cut out by pattern. The rest is tagged token by token (see ``tagging``), and the
runs of tags are read as authors, title, journal, volume, issue, pages, year and publisher.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from claims.addresses import without_view
from claims.model import ReferenceFields
from claims.names import cut_short, office, read_authors
from claims.references import tagging
from claims.references.asides import is_thesis, without_asides
from claims.references.misplaced import put_right
from claims.references.orders import ordered
from claims.references.pieces import container_of, numbering_off, pages_of, title_of, volume_of
from claims.references.strict import strict
from claims.references.tokens import Token, tokens_of

_LONGEST = 3000  # characters; no reference is longer, and the text is a stranger's
_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.)?doi\.org/|\bdoi\s*[:=]?\s*|\b)(10\.\d{4,9}/[^\s\"<>”]+)", re.IGNORECASE
)
# What is announced as a DOI and is none; S108 says so.
_BROKEN_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.)?doi\.org/|\bdoi\s*[:=]\s*)(1[0O][.,][^\s\"<>”]+)", re.IGNORECASE
)
_PMID = re.compile(
    r"(?:\[?PMID\s*[:=]?\s*|(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/)"
    r"(\d{4,9})[\]/]?",
    re.IGNORECASE,
)
_PMC = re.compile(r"\[?\b(?:PMCID\s*:?\s*)?(?P<number>PMC\d{4,9})\b\]?", re.IGNORECASE)
_URL = re.compile(
    r"(?:(?:available|retrieved|accessed)\s+(?:from|at|on)\s*:?\s*)?((?:https?://|www\.)[^\s<>\"”]+)",
    re.IGNORECASE,
)
_ACCESSED = re.compile(
    r"[\[(]?\b(?:[Aa]ccessed|[Rr]etrieved|[Ll]ast viewed|[Cc]ited|[Cc]onsultado)\s*(?:on\s+|el\s+|:\s*)?"
    r"(?:\d{1,2}\s+)?(?:de\s+)?[A-Z]?[a-z]*\.?\s*(?:de\s+)?"
    r"(?:\d{1,2},?\s+)?(?:1[89]|20)\d\d(?:\s+[A-Z][a-z]{2}\s+\d{1,2})?[\])]?\.?",
)
# A preprint's own number after its date, and the language of a work as PubMed prints it.
_NUMBERED = re.compile(r":?\s*\b20\d\d\.\d\d\.\d\d\.\d{6,8}(?:v\d+)?\b")
# The number of a book, which stands like pages.
_BOOK_NUMBER = re.compile(
    r"[\[(]?\bISBN(?:-1[03])?\s*:?\s*[\dXx](?:[\s‐–-]?[\dXx]){7,16}\b[\])]?\.?", re.IGNORECASE
)
_LANGUAGE = re.compile(
    r"(?<=[\d.])\s(?:Chinese|Danish|Dutch|French|German|Hungarian|Italian|Japanese|Korean|Norwegian|Polish|Portuguese"
    r"|Russian|Spanish|Swedish|Turkish)\.?\s*$"
)
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
_APOSTROPHE = "\u02bc"  # a letter, so that "van 't Hooft" is read as words
_PARTICLE = re.compile(r"(?<=\s)['’`](?=t\s[^\W\d_a-z])")
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
_PLACE = r"(?P<place>[A-Za-z]{0,4}\d[\w.]*(?:\s?[-–—]\s?[A-Za-z]{0,3}\d\w*)?)"
_ARTICLE = re.compile(
    r"[,;.:]\s(?:[Aa]rticle|[Aa]rt\.)\s(?:(?:[Nn]o\.|[Nn]umber|ID)\s)?(?P<place>[A-Za-z]{0,4}\d{1,9})\b"
)
_CLOSING = {")": "(", "]": "["}


@lru_cache(maxsize=4096)
def parse(text: str) -> ReferenceFields:
    """The fields of one reference string in APA, Vancouver, AMA, Harvard, MLA or a like style.

    >>> parse("Lee A, Roy B. Tea and sleep. Sleep Med. 2019;42(3):1-9.").journal
    'Sleep Med'
    """
    raw = _LIST_NUMBER.sub("", " ".join(text[:_LONGEST].replace("*", "").split()))
    raw = _SIGNAL.sub("", raw)
    doi, pmid, url, body = _identifiers(raw)
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
    authors, et_al = read_authors(pieces.get("authors", "").replace(_APOSTROPHE, "'"))
    et_al = et_al or _cut_short_after(pieces, body)
    title, container = _in_brackets(_tidy(pieces.get("title")), body), _tidy(pieces.get("container"))
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
    if journal is None and container is None and (server := _SERVER.search(body)):
        journal = server.group() if title is None or server.group() not in title else None
    if title and journal is None and container is None and (chapter := _CHAPTER.search(body)):
        container = chapter["book"]
    if title and url and journal is None and container is None and (site := _SITE.fullmatch(title)):
        title, journal = site["title"], site["site"]
    if title is None and container is not None:
        title, container = container, None
    volume, issue = _volume(pieces.get("volume"), pieces.get("issue"))
    if volume and not issue and re.search(rf"\bissue\s+{re.escape(volume)}\b", body, re.IGNORECASE):
        volume, issue = None, volume  # "2018, Issue 7"
    pages = _lettered(_dashes(pieces.get("pages")), body) or _behind(volume, body)
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
        pmcid=_pmcid(raw),
        url=url,
        publisher=publisher,
        kind=_kind(journal, container, url, runs),
        container=container,
    )
    return fields if kept else put_right(fields, body)


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


def _pmcid(raw: str) -> str | None:
    found = _PMC.search(raw)
    return found["number"].upper() if found else None


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


def _identifiers(raw: str) -> tuple[str | None, str | None, str | None, str]:
    doi = pmid = url = None
    body = raw
    match = _DOI.search(body) or _BROKEN_DOI.search(body)
    if match:
        doi = match.group(1).rstrip(".,;:'’")
        while doi and doi[-1] in _CLOSING and doi.count(_CLOSING[doi[-1]]) < doi.count(doi[-1]):
            doi = doi[:-1].rstrip(".,;")
        length, doi = len(doi), without_view(doi)
        body = body[: match.start()] + " " + body[match.start(1) + length :]
    match = _PMID.search(body)
    if match:
        pmid = match.group(1)
        body = body[: match.start()] + " " + body[match.end() :]
    match = _URL.search(body)
    if match:
        url = match.group(1).rstrip(".,;)]")
        body = body[: match.start()] + " " + body[match.end() :]
    for pattern in (_PMC, _NUMBERED, _ACCESSED, _LANGUAGE, _BOOK_NUMBER):
        body = pattern.sub(" ", body)
    body = _PARTICLE.sub(_APOSTROPHE, " ".join(body.split()))
    return doi, pmid, url, without_asides(body)


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
    if (following in _CLOSING and piece.count(_CLOSING[following]) > piece.count(following)) or (
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


_ISSUE_IN_VOLUME = re.compile(
    r"(?P<volume>[A-Za-z]?\d+[A-Za-z]?|[IVXLC]+)\s*(?:[(,.:/]|\bno\b|\bn°|\bissue\b|\bnr\b)+[\s.:]*(?P<issue>\d[\w–-]*)\)?",
    re.IGNORECASE,
)


def _volume(volume: str | None, issue: str | None) -> tuple[str | None, str | None]:
    """Volume and issue; one piece may hold both ("81, No. 5")."""
    both = _ISSUE_IN_VOLUME.match(volume or "")
    if both:
        return both["volume"], _plain(issue) or both["issue"]
    return volume_of(re.sub(r"^(?:vol(?:ume)?|v)\b\.?\s*", "", volume or "", flags=re.IGNORECASE)), _plain(
        issue
    )


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


def _plain(text: str | None) -> str | None:
    text = (text or "").strip(" .,;:()")
    return text or None


def _behind(volume: str | None, body: str) -> str | None:
    """The pages or the number of an article that stand where they do and were not taken for them."""
    found = _ARTICLE.search(body)
    if not found and volume:
        found = re.search(rf"\b{re.escape(volume)}\s?\([^()]{{1,20}}\)\s?[:,]\s?{_PLACE}", body)
    return _dashes(found["place"]) if found else None


def _lettered(pages: str | None, body: str) -> str | None:
    """An article number with the letters that it begins with ("j5024"); "p" and "no" are no such letters."""
    if not pages or not pages.isdigit():
        return pages
    found = re.search(
        rf"\b(?!(?i:pp?|n[or]?|s|art|vol|doi|pmc|pmid|suppl?|paper|page|ch)\d)[A-Za-z]{{1,6}}(?={re.escape(pages)}\b)",
        body,
    )
    return f"{found[0]}{pages}" if found else pages


def _dashes(pages: str | None) -> str | None:
    return _plain(re.sub(r"\s*[-–—‐‑−]+\s*", "-", pages)) if pages else None
