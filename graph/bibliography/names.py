"""People's names, identifiers, pages and dates, brought to the one form that the evidence uses."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

from graph.evidence import Doi, Pmid

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*|doi\.org/)?(10\.\d{4,9}/\S+)\Z", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?\Z", re.IGNORECASE)
_PARTICLE = re.compile(r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|ten|ter|al|el|bin|ibn|zu|zur)\Z")
_IN_NAMES_OF_BODIES = frozenset({"for", "of", "and", "the", "in", "on"})
_CORPORATE = re.compile(
    r"\b(?:organi[sz]ation|institutes?|society|association|college|academy|department|ministry|cent(?:er|re)s?|foundation"
    r"|council|committee|agency|administration|coalition|services?|NHS|WHO|CDC|NIH|NICE|FDA|EFSA|USDA|consortium|collaborat\w+|group|university"
    r"|federation|network|board|bureau|commission|office|trust|alliance|union|investigators|panel|force"
    r"|gesellschaft|verband|institut|bundes\w+|ministerium|société|sociedad|instituto|istituto|haute autorité"
    r"|agence|agencia|agenzia|ministère|ministerio|ministero|collège|colegio"
    r"|public health|(?:health\w*|sport|research|diabetes|cancer|age|stroke|asthma|heart|arthritis)\s"
    r"(?:\w+\s){0,2}(?:england|scotland|wales|uk|usa|canada|australia|ireland|europe|international)"
    r"|project|program(?:me)?|news|statistics|biobank|initiative|hospital|clinic|library|registry|authority|company|GmbH|Ltd|Inc)\b",
    re.IGNORECASE,
)
_DASHES = re.compile(r"\s*[-–—‒−]+\s*")
_PAGES = re.compile(r"([A-Za-z]?\d+[A-Za-z]?)-([A-Za-z]?\d+[A-Za-z]?)\Z")
_LOCATOR = re.compile(r"(?:[a-zA-Z]{1,6}\d+|\d{6,})\Z")


def initials(given: str) -> str:
    """Given names as initials: ``Jean-Paul A.`` → ``JPA``; what is initials already stays.

    >>> initials("Natasha C."), initials("NC"), initials("Åsa")
    ('NC', 'NC', 'Å')
    """
    found = []
    for part in re.split(r"[\s.\-–‐]+", given.strip()):
        letters = re.sub(r"[^\w]", "", part)
        if letters.isupper() and len(letters) <= 4 and letters.isalpha():
            found.append(letters)
        elif letters and letters[0].isalpha():
            found.append(letters[0].upper())
    return "".join(found)


def person(family: str, given: str = "") -> str:
    """``Family Initials``, as the evidence set writes authors.

    >>> person("van Dongen", "Johanna M.")
    'van Dongen JM'
    """
    return " ".join(f"{family} {initials(given)}".split())


def from_text(name: str) -> str:
    """A name written in one string, in either order, as ``Family Initials``; a body's as it is.

    >>> from_text("Berg, Anna van der"), from_text("Natasha C. Pocovi"), from_text("Pocovi NC")
    ('van der Berg A', 'Pocovi NC', 'Pocovi NC')
    >>> from_text("World Health Organization"), from_text("Organization, World Health")
    ('World Health Organization', 'World Health Organization')
    """
    name = " ".join(name.split())
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if len(parts) == 2 and corporate(parts[0]) and " " not in parts[0] and " " in parts[1]:
        return f"{parts[1]} {parts[0]}"  # as programs turn it that take it for a person's
    if parts and " " in parts[0] and (corporate(parts[0]) or _IN_NAMES_OF_BODIES.intersection(name.split())):
        return name
    if len(parts) > 1:
        given = next((part for part in reversed(parts[1:]) if not _SUFFIX.match(part)), "")
        words = given.split()
        particles: list[str] = []
        while words and _PARTICLE.match(words[-1]):
            particles.insert(0, words.pop())
        return person(" ".join([*particles, parts[0]]), " ".join(words))
    words = name.split()
    if words and _SUFFIX.match(words[-1]) and len(words) > 2:
        words.pop()
    if len(words) < 2:
        return name
    last = words[-1].replace(".", "").replace("-", "")
    if last.isupper() and last.isalpha() and len(last) <= 4 and not words[0].endswith("."):
        return person(" ".join(words[:-1]), words[-1])  # Pocovi NC
    start = len(words) - 1
    for index, word in enumerate(words[:-1]):
        if index and _PARTICLE.match(word):
            start = index
            break
    return person(" ".join(words[start:]), " ".join(words[:start]))


def corporate(name: str) -> bool:
    """Whether a name is that of a body and not of a person."""
    return _CORPORATE.search(name) is not None


def family_of(name: str) -> str:
    """The family name of a recorded author; the whole name where it is no ``Family Initials``.

    >>> family_of("van Dongen JM"), family_of("Berg, Anna"), family_of("World Health Organization")
    ('van Dongen', 'Berg', 'World Health Organization')
    >>> family_of("Smith J. R."), family_of("National Guideline Centre for NICE")
    ('Smith', 'National Guideline Centre for NICE')
    """
    if "," in name:
        return " ".join(name.partition(",")[0].split())
    words = name.split()
    while len(words) > 1:
        letters = words[-1].replace(".", "").replace("-", "")
        if (
            not (letters.isalpha() and letters.isupper() and len(letters) <= 4)
            or words[-2] in _IN_NAMES_OF_BODIES
        ):
            break
        words.pop()
    return " ".join(words)


def doi(text: str | None) -> Doi | None:
    """A DOI without its resolver, lower case left as written; None when there is none.

    >>> doi("https://doi.org/10.1016/S0140-6736(24)00755-4")
    '10.1016/S0140-6736(24)00755-4'
    """
    if not text:
        return None
    found = _DOI.match(unquote(text.strip()).strip("<> ").rstrip(".,;"))
    return Doi(found[1]) if found else None


def pmid(text: str | None) -> Pmid | None:
    """A PubMed id: one to eight digits."""
    found = re.search(r"(?<!\d)\d{1,8}(?!\d)", text or "")
    return Pmid(found[0]) if found else None


def pmcid(text: str | None) -> str | None:
    """A PubMed Central id with its letters."""
    found = re.search(r"(?:PMC)?(\d{3,9})", text or "", re.IGNORECASE)
    return f"PMC{found[1]}" if found else None


def year(*texts: str | None) -> int | None:
    """The first year found in dates."""
    for text in texts:
        found = _YEAR.search(text or "")
        if found:
            return int(found[1])
    return None


def pages(text: str | None) -> tuple[str | None, str | None]:
    """Pages and article number: ``134--44`` → ``134-144``; ``e2515592`` is an article number.

    >>> pages("134--44"), pages("e2515592"), pages("209")
    (('134-144', None), (None, 'e2515592'), ('209', None))
    """
    if not text or not text.strip():
        return None, None
    plain = _DASHES.sub("-", text.strip())
    found = _PAGES.match(plain)
    if found:
        first, last = found.groups()
        if first.isdigit() and last.isdigit() and len(last) < len(first):
            last = first[: len(first) - len(last)] + last
        return f"{first}-{last}", None
    if _LOCATOR.match(plain):
        return None, plain
    return plain, None


def clean(text: str | None) -> str | None:
    """White space put in order, HTML's entities read; None when nothing is left.

    >>> clean("Naps &amp;  shifts"), clean(" ")
    ('Naps & shifts', None)
    """
    squeezed = " ".join((text or "").split())
    return (unescape(squeezed) if "&" in squeezed else squeezed) or None


def noted(note: str, what: str) -> str | None:
    """An identifier that Zotero keeps among the notes (``PMID: 31234567``)."""
    found = re.search(rf"(?m)(?:^|[\s;]){what}:\s*((?:PMC)?\d{{1,9}})\b", note)
    return found[1] if found else None


def without_markup(text: str | None) -> str | None:
    """A text without tags: CSL allows a little HTML in titles, abstracts come with JATS."""
    return re.sub(r"</?[A-Za-z][\w:.-]{0,30}(?:\s[^<>]{0,100})?/?>", "", text) if text else None
