"""Authors and years as running text prints them, by patterns that every kind of mark shares."""

from __future__ import annotations

import re

from claims.marks.undated import UNDATED
from claims.names import initials_of

UPPER = r"[^\W\d_a-zà-öø-ÿ]"
_PARTICLES = (
    r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]er|[Dd]en|[Dd]el|[Dd]ella|[Dd]i|[Dd]a|[Dd]os|[Ll]a|[Ll]e|[Ee]l|[Aa]l|[Bb]in|ibn|ter|ten"
    r"|St\.?|Ó|Ní|Mac)\s+){0,3}"
)
_INITIAL = rf"{UPPER}\."
_BEFORE = rf"(?:(?:{_INITIAL}[\s-]?){{1,4}}\s?)?"  # J. B. Smith
# Smith, J. B. | Smith JB
_AFTER = rf"(?:,?\s(?:{_INITIAL}[\s-]?){{1,4}}(?<=\.)|\s[A-Z](?:-?[A-Z]){{0,2}}(?![\w.]))?"
_MORE_WORDS = r"(?:\s+[^\W\d_a-z][\w'’‐-]{1,40})"
_FAMILY = rf"{_PARTICLES}{UPPER}[\w'’‐-]{{1,40}}"
_PERSON = rf"{_BEFORE}{_FAMILY}{_AFTER}"
_AND = r"(?:\s*,?\s*(?:&|(?:and|und|et|y|e|og|och|en)(?=\s))\s*|\s?/\s?)"
PERSON_WITH_INITIALS = rf"{_FAMILY}{_AFTER[:-1]}"
NAMES = (
    rf"(?P<first>{_BEFORE}{_FAMILY}{_MORE_WORDS}{{0,7}}?{_AFTER})"
    rf"(?P<more>(?:\s*[,/]\s*{_PERSON}){{0,6}}{_AND}(?P<last>{_BEFORE}{_FAMILY}{_MORE_WORDS}{{0,3}}?{_AFTER}))?"
    r"(?P<etal>\s*,?\s*(?:et\.?\s+al\b\.?|et\s+alii\b|&\s+al\b\.?|(?:&|and)\s+(?:(?:his|her|their)\s+)?"
    r"(?:colleagues|coworkers|co-workers|co-authors|collaborators|associates|others|team)\b"
    r"|u\.\s?a\.|und\s+(?:Kollegen|Mitarbeiter)|et\s+(?:coll?\.|collaborateurs|collègues)"
    r"|y\s+(?:cols?\.|colaboradores)))?"
)
# "2019", "2019a", "1998/2016", "n.d.", "in press".
YEAR = (
    r"(?:(?P<year>(?:1[89]|20)\d\d)(?P<suffix>[a-z])?(?:\s?/\s?(?P<again>(?:1[89]|20)\d\d))?(?![\d–-])"
    rf"|(?P<undated>(?i:{UNDATED}))(?:-?[a-z])?(?!\w))"
)
_INITIALS = re.compile(
    rf"^(?P<before>(?:{_INITIAL}[\s-]?){{1,4}})\s?(?=\S)|,?\s(?P<after>(?:{_INITIAL}[\s-]?){{1,4}}|(?<=[a-z]\s)[A-Z](?:-?[A-Z]){{0,2}})$"
)
_SEPARATED = re.compile(rf"\s*,\s*(?!{_INITIAL})|{_AND}")


def names_of(match: re.Match[str]) -> tuple[str, ...]:
    """The family names of a match of ``NAMES``, in printed order, without initials."""
    names = [without_article(match["first"])]
    if match["more"]:
        names += [name.strip() for name in _SEPARATED.split(match["more"]) if name.strip()]
    return tuple(re.sub(r"['’]s$", "", _INITIALS.sub("", name).strip()) for name in names)


def first_initials(match: re.Match[str]) -> str:
    """The initials that stand with the first of the names: "JB" of "J. B. Smith" and "Smith JB"."""
    found = _INITIALS.search(match["first"].strip())
    return initials_of(found["before"] or found["after"]) if found else ""


def without_article(name: str) -> str:
    """A name of several words, or a short one in capitals, without "The" before it."""
    name = name.strip()
    return name[4:] if name.startswith("The ") and (" " in name[4:] or name[4:].isupper()) else name
