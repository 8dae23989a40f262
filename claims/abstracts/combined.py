# ruff: noqa: E501 - tables of patterns read better unwrapped
"""What an abstract says was given together, by its words: "walking plus advice", "added to mineral oil".

For treatments that the vocabulary does not name; for those it names see ``claims.abstracts.given``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from claims.alignment import content_words
from claims.expressions import expression
from claims.findings.sections import sentences

__all__ = ["never_alone"]

_AND = (
    r"(?:plus|\+|combined with|in combination with|together with|along with|alongside|in addition to|as an add-?on to|adjunct(?:ive)? to"
    r"|on top of|added to|adding to|with (?:concomitant|concurrent|adjunctive|background|added|additional|supplementary)|and (?:concomitant|concurrent|adjunctive))"
)
_PAIR = expression(
    rf"(?P<one>(?:[\w'’®-]+\s){{0,3}}?[\w'’®-]+)\s(?:\([^()]{{1,40}}\)\s)?{_AND}\s"
    rf"(?=(?P<other>(?:(?:a|an|the|oral|daily|standard)\s)?(?:[\w'’®-]+\s?){{1,4}}))",
    re.IGNORECASE,
)
_ONTO = expression(r"\b(?:in addition|add-?on|adjunct(?:ive)?|on top of|added|adding)\b", re.IGNORECASE)
# a partner that is none: the others had as much of it
_MAYBE = expression(r"(?:\bor|alone,?|only,?)\s*$", re.IGNORECASE)
_NOTHING = expression(
    r"\b(?:placebo|sham|dummy|vehicle|saline|usual|standard|routine|control|nothing|conventional|best|supportive|baseline)\b",
    re.IGNORECASE,
)
_ENDS = expression(
    r"\b(?:were|was|had|have|has|is|are|for|of|in|on|to|versus|vs|or|than|and|with|at|from|group|groups|arm|arms|who|that|which|the|a|an|received|receiving|by|alone|only|did|significantly|compared)\b",
    re.IGNORECASE,
)
_BY_ITSELF = (
    r"[\s,()]{1,3}(?:\w+\s)?(?:alone|only|monotherapy|mono-therapy|by itself|by themselves|group|arm)\b"
)


_SURELY = r"[\s,()]{1,3}(?:(?!groups?\b|arms?\b)\w+\s)?(?:alone|only|monotherapy|mono-therapy|by itself|by themselves)\b"


@lru_cache(maxsize=256)
def never_alone(abstract: str, title: str = "") -> tuple[tuple[str, str], ...]:
    """The treatments that an abstract names with a real partner and never without one, each with that partner.

    Where the ``title`` names the pair, "the kelp group" is that of both.

    >>> never_alone("Children had a synbiotic plus mineral oil, or mineral oil alone.")
    (('synbiotic', 'mineral oil'),)
    """
    pairs: list[tuple[str, str]] = []
    single: set[frozenset[str]] = set()
    for part in sentences(abstract):
        text = abstract[part.start : part.end]
        if part.section == "background":
            continue
        for match in _PAIR.finditer(text):
            one = _last(match["one"])
            other = _first(match["other"])
            if _MAYBE.search(match["one"]):
                single.add(content_words(match["one"]))  # "honey alone or combined with", "with or without"
                continue
            onto = _ONTO.search(match[0]) is not None  # what another is added to, the others had as well
            for member, partner in ((one, other),) if onto else ((one, other), (other, one)):
                if not content_words(member):
                    continue
                if _NOTHING.search(partner) or not content_words(partner):
                    single.add(content_words(member))
                else:
                    pairs.append((member, partner))
    titled = frozenset[str]().union(*(content_words(match[0]) for match in _PAIR.finditer(title)))
    kept: list[tuple[str, str]] = []
    for member, partner in pairs:
        words = content_words(member)
        end = _SURELY if words & titled else _BY_ITSELF
        names = "|".join(re.escape(word) for word in member.split() if content_words(word)) or re.escape(
            member
        )
        by_itself = expression(rf"\b(?:{names}){end}", re.IGNORECASE)
        if (
            any(words & other for other in single)
            or _NOTHING.search(member)
            or by_itself.search(_unpaired(abstract))
        ):
            continue
        if all((member.lower(), partner.lower()) != (a.lower(), b.lower()) for a, b in kept):
            kept.append((member, partner))
    return tuple(kept)


def _unpaired(abstract: str) -> str:
    """The text without what is named together: "A plus B group" is no group of B."""
    for match in reversed(list(_PAIR.finditer(abstract))):
        abstract = abstract[: match.start()] + ";" + abstract[match.end("other") :]
    return abstract


def _last(words: str) -> str:
    """The name that ends ``words``: what stands behind the last word that belongs to no name."""
    return _ENDS.split(words)[-1].strip()


def _first(words: str) -> str:
    return _ENDS.split(re.sub(r"^(?:a|an|the)\s", "", words.strip(), flags=re.IGNORECASE))[0].strip()
