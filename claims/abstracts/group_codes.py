# ruff: noqa: E501 - tables of patterns read better unwrapped
"""What the codes of groups stand for that an abstract defines: "oral clonidine (group A)", "Group 2: sham"."""

from __future__ import annotations

import re
from functools import lru_cache

from claims.alignment import GENERAL
from claims.concepts import fold
from claims.expressions import expression

__all__ = ["groups_by_code", "with_groups_named"]

_LONGEST = 6000  # characters of an abstract that are read
_WORDS = 7  # by which a group is named
_CODE = expression(
    r"\b(?P<group>[Gg]roups?|[Aa]rms?)\s(?P<code>(?-i:[A-Z]{1,2}|I{1,3}V?|[1-9]))(?![\w/]|\.\d|-(?!\d+\s?%))"
)
# "arm A and B", "groups I, II and III": the word stands before the first alone
_LISTED = expression(
    r"\b(?P<group>[Gg]roup|[Aa]rm)s?\s(?P<codes>(?-i:[A-Z]{1,2}|I{1,3}V?|[1-9])(?:(?:,\s(?:and\s)?|\s(?:and|or|vs\.?|versus)\s)(?-i:[A-Z]{1,2}|I{1,3}V?|[1-9]))+)(?![\w/]|\.\d)"
)
_EACH = expression(r"\b(?:[A-Z]{1,2}|I{1,3}V?|[1-9])\b")
# "amlodipine (group A)": the name stands before the bracket
_BRACKETED = expression(r"\((?:[a-z]+\s)?$")
_BEFORE = expression(
    r"[.;:,](?=\s)|\)(?=,?\s(?:or|and|versus|vs\.?|to)\s)|\b(?:and (?=\d+ )|to (?:an?|either|receive)|either|were|was|with (?=standard|an?\b))\b",
    re.IGNORECASE,
)
# the name behind the code: "group A was given sham", or a colon between them
_TOLD = expression(
    r"\s?(?:\((?P<named>[^()\d=]{3,60})\)"
    r"|(?:\([^()]*\)\s?)?(?:(?:patients|participants|subjects|children|women|men|eyes|teeth|animals|rats|mice)\s)?"
    r"(?:[:=]|\s?[-–](?=\s?[A-Za-z\d])|(?P<comma>,)(?=\s)|(?:(?:was|were) (?:\w+ly )?(?:given|treated|(?:pre)?medicated|administered|assigned|allocated|injected|offered|taught|trained|instructed|fed"
    r"|managed|exposed|obturated|restored|prepared|irrigated|operated|anaesthetised|anesthetized|induced|immunised|immunized|vaccinated|supplemented|randomi[sz]ed)"
    r"|received|got|underwent|consisted of|comprised|took|with|receiving|given)\b)\s?(?P<name>[^.;:]{3,160}))",
    re.IGNORECASE,
)
_AT_FIRST = expression(r"\b[Ii]n\s(?:the\s)?$")
_RESULT = expression(
    r"\bp\s?[<=>≤]|significan|\b(?:higher|lower|greater|fewer|longer|shorter|worse|better|increas\w+|decreas\w+|reduc\w+|improv\w+|fell|rose|showed|revealed|observed|compared|versus|vs)\b|±",
    re.IGNORECASE,
)
_NEXT = expression(r"\b(?:whereas|while|and)\s(?=(?:the\s)?(?:[Gg]roup|[Aa]rm))|\b[Gg]roups?\s|\b[Aa]rms?\s")
_TOKEN = expression(r"[^\W\d_][\w'’-]*")
_EMPTY = frozenset(
    """
    group groups arm arms got took underwent received receive patients given treated treatment using used consisting premedicated medicated
    subjected assigned allocated randomized randomised kept had who combined therapy daily dose mg
    """.split()  # noqa: SIM905
)


@lru_cache(maxsize=512)
def groups_by_code(abstract: str) -> dict[str, str]:
    """The telling words of each group that an abstract calls by a letter or number, by its code.

    >>> groups_by_code("They had oral clonidine (group A) or metoprolol (group B). HR was lower in group B.")
    {'A': 'oral clonidine', 'B': 'metoprolol'}
    """
    body = abstract[:_LONGEST]
    found: dict[str, str] = {}
    for match in _CODE.finditer(body):
        if match["code"] in found:
            continue
        name = _bracketed(body, match) or _told(body, match)
        words = " ".join(_telling(name)[:_WORDS])
        if words and words not in found.values():
            found[match["code"]] = words
    return found if len(found) > 1 else {}


def _bracketed(body: str, match: re.Match[str]) -> str:
    """What stands before a code in brackets, back to where its phrase begins."""
    before = body[max(0, match.start() - 200) : match.start()]
    bracket = _BRACKETED.search(before)
    if bracket is None or body[match.end() : match.end() + 1] not in (")", ",", ";", ":"):
        return ""
    before = before[: bracket.start()]
    return before[max((cut.end() for cut in _BEFORE.finditer(before.rstrip())), default=0) :]


def _told(body: str, match: re.Match[str]) -> str:
    """What stands behind a code that opens its clause, where that tells of no result."""
    told = _TOLD.match(body, match.end())
    if told is None:
        return ""
    if told["named"]:
        return told["named"]
    if told["comma"] and not _AT_FIRST.search(body, max(0, match.start() - 8), match.start()):
        return ""
    name = _NEXT.split(told["name"])[0]
    return "" if _RESULT.search(name) else name


def _telling(name: str) -> list[str]:
    if "respectively" in name:
        return []
    words = [
        word
        for word in _TOKEN.findall(name)
        if len(word) > 2 and fold(word) not in GENERAL and word.lower() not in _EMPTY
    ]
    return list(dict.fromkeys(words))


def with_groups_named(text: str, abstract: str) -> str:
    """A text in which the names of groups stand behind their codes.

    >>> with_groups_named("HR fell in group B.", "They had clonidine (group A) or metoprolol (group B).")
    'HR fell in group B metoprolol.'
    >>> with_groups_named("In groups A and B.", "They had clonidine (group A) or metoprolol (group B).")
    'In group A clonidine and group B metoprolol.'
    """
    known = groups_by_code(abstract)
    if not known:
        return text
    text = _LISTED.sub(
        lambda match: _EACH.sub(lambda code: f"{match['group']} {code[0]}", match["codes"]), text
    )
    return _CODE.sub(
        lambda match: f"{match[0]} {known[match['code']]}" if match["code"] in known else match[0], text
    )
