# ruff: noqa: E501 - tables of patterns read better unwrapped
"""The words that stand with each of several numbers of a sentence, and those that it takes over from another.

"Rash was seen in 5 % of the drug group and 2 % of the placebo group" tells the groups behind the numbers;
"for stroke 1.2 and for angina 1.4" before them; "5 % and 2 %, respectively" as a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.joining import THAN
from claims.printed.words import words_of

__all__ = ["VERB", "Context", "contexts_of", "listed"]


@dataclass(frozen=True, slots=True)
class Context:
    """``own``: the words that stand with a number alone; ``shared``: what is said of others as well."""

    own: str
    shared: str = ""


VERB = re.compile(
    r"\b(?:was|were|is|are|had|has|have|did|do|does|occurred|developed|showed|reported|received|came|got|took|went|"
    r"ran|stood|fell|rose|increased|decreased|improved|required|experienced|achieved|reached|climbed|dropped|"
    r"reduced|used|met|said|turned|gave|gives)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b[a-z]{4,}ed\s(?!(?:with|by|to|in|at|for|on|as)\b)"
)  # "shortened dozing", not "treated with"
_JOINT = re.compile(
    rf",?\s(?:{THAN}|and|but|while|whereas|as (?:against|compared (?:with|to)|opposed to)"
    r"|or|to|rather than)(?=\s|$)|[;,](?=\s|$)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\W*(?:(?!(?:and|but|while|whereas|or|vs|versus|to)\b)[\w-]+\s){0,2}?(?:in|among|for|with|at|on|of|after|from|"
    r"when|where|by|given|receiving|taking|treated|who|using|assigned|under|between|if|otherwise|without(?=[\s,]))[\s,.]",
    re.IGNORECASE,
)
_LEADING = re.compile(r"\W*(?P<word>in|among|for|with|at|on|of|after|from|by|as)\s", re.IGNORECASE)
_BRACKET = re.compile(r"\([^()]{0,24}$")
_PHRASE = re.compile(r"\b(?:for|of|in|with|among|on|by|was|were)\s")
_CLAUSE = re.compile(r"[.:]\s|;\s(?![^()]{0,60}\))")
# "58.6 months, 76 % and 49 % in one group": what else is told of it
_OTHERS = re.compile(r"^(?:(?:,\s|,?\sand\s)\d+(?:\.\d+)?\s?%)+", re.IGNORECASE)
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_LIST = re.compile(r",\s(?:and\s|or\s)?|\sand\s|\sor\s|\svs\.?\s|\sversus\s|\sthan\s")
_BARE = re.compile(r"(?:.*\s)?(?P<number>\d{1,3})-?\s?$")
_COUNTED = re.compile(r"(?:.*\s)?\d{1,3}[\s-](?P<unit>[a-z]+)", re.IGNORECASE)


def contexts_of(text: str, places: Sequence[tuple[int, int]]) -> list[Context]:
    """The context of each number; empty where it cannot be told."""
    if len(places) < 2:
        return [Context(text) for _ in places]
    starts, ends = [low for low, _ in places], [high for _, high in places]
    head = _CLAUSE.split(text[: starts[0]])[-1]
    tail = _CLAUSE.split(text[ends[-1] :])[0]
    tail = _OTHERS.sub("", tail)
    between = [_OTHERS.sub("", text[a:b]) for a, b in zip(ends, starts[1:], strict=False)]
    said = _RESPECTIVELY.search(text, ends[0])
    if said is not None:
        if said.start() < ends[-1]:
            return _in_lists(text, places)
        names = listed(text[ends[-1] : said.start()], len(places), last=False)
        names = names or listed(head, len(places), last=True)
        return [Context(name, head) for name in names] or [Context("") for _ in places]
    after = [*between, tail]
    cut = [_cut(one) for one in between]
    tails = [*(first for first, _ in cut), tail]
    behind = [_BEHIND.match(f"{one} ") is not None and len(one.split()) > 1 for one in tails]
    if all(behind) or _parallel(after):
        return _behind(head, cut, tail)
    if any(behind[:-1]) and not all(words_of(second) for _, second in cut):
        return [Context("") for _ in places]  # told in more ways than one
    return _before(head, cut, tail)


def _in_lists(text: str, places: Sequence[tuple[int, int]]) -> list[Context]:
    """The contexts where a sentence has several lists: "A and B were 1 and 2, respectively, with X and 3 and 4,
    respectively, with Y". A list without names of its own has those of the one before it."""
    lists: list[list[tuple[int, int]]] = []
    last = 0
    for said in _RESPECTIVELY.finditer(text):
        lists.append([one for one in places if last <= one[0] < said.start()])
        last = said.end()
    if any(len(own) < 2 for own in lists) or sum(map(len, lists)) != len(places):
        return [Context("") for _ in places]
    made: list[Context] = []
    names: list[str] = []
    behind = 0  # where what is said of the list before ends
    for number, own in enumerate(lists):
        said_end = _RESPECTIVELY.search(text, own[-1][1])
        until = lists[number + 1][0][0] if number + 1 < len(lists) else len(text)
        tail, _ = _cut(text[said_end.end() : until]) if said_end is not None else ("", "")
        if number + 1 == len(lists):
            tail = _CLAUSE.split(text[own[-1][1] :])[0]
        head = text[behind : own[0][0]]
        mine = listed(head, len(own), last=True)
        if mine and (not names or len(words_of(*mine)) >= len(own)):
            names, head = mine, ""
        if len(names) != len(own):
            return [Context("") for _ in places]
        made += [Context(f"{name} {head} {tail}") for name in names]
        behind = (said_end.end() if said_end is not None else 0) + len(tail)
    return made


def _cut(gap: str) -> tuple[str, str]:
    """What between two numbers belongs to the first, and what to the second."""
    *_, last = [None, *_JOINT.finditer(gap)]
    return ("", gap) if last is None else (gap[: last.start()], gap[last.end() :])


def _parallel(after: Sequence[str]) -> bool:
    """Whether what stands behind the last number begins with words that stand behind each: "in the group"."""
    match = re.match(r"\W*((?:in|among|for|with|at|on|of|after|from|by)\s\w+)\b", after[-1], re.IGNORECASE)
    return match is not None and all(match[1].lower() in one.lower() for one in after)


def _behind(head: str, cut: Sequence[tuple[str, str]], tail: str) -> list[Context]:
    heads = [head, *(second for _, second in cut)]
    tails = [*(first for first, _ in cut), tail]
    several = sum(1 for one in heads[1:] if words_of(one)) > 0
    ways = [match["word"].lower() if (match := _LEADING.match(one)) else "" for one in tails]
    if not several and ways[1] and f" {ways[1]} " not in f" {tails[0].lower()} ":
        tails[0] = f"{head} {tails[0]}"  # "X was used by 5 % of them, 3 % with Y": the first is X's
    ends = [_predicate(one) for one in tails]
    if ends[-1] is not None and not any(end is not None for end in ends[:-1]):
        tails[-1], said = tails[-1][: ends[-1]], tails[-1][ends[-1] :]
        return [replace(one, shared=f"{one.shared} {said}") for one in _with(heads, tails, several)]
    return _with(heads, tails, several)


def _predicate(text: str) -> int | None:
    """Where what is said of them all begins behind a name; not in "those who had a cold"."""
    return next((one.start() for one in VERB.finditer(text) if not _WHO.search(text[: one.start()])), None)


_WHO = re.compile(r"\b(?:who|that|which|those)\s$", re.IGNORECASE)


def _with(heads: Sequence[str], tails: Sequence[str], several: bool) -> list[Context]:
    made: list[Context] = []
    current = ""
    for own_head, own_tail in zip(heads, tails, strict=True):
        if words_of(own_head):
            current = own_head
        made.append(Context(f"{current} {own_tail}" if several else own_tail, "" if several else current))
    return made


def _before(head: str, cut: Sequence[tuple[str, str]], tail: str) -> list[Context]:
    heads = [head, *(second for _, second in cut)]
    tails = [*(first for first, _ in cut), tail]
    own = [
        other if not words_of(one) else f"{one} {other}" if _BEHIND.match(other) else one
        for one, other in zip(heads, tails, strict=True)
    ]
    first, shared = _first(head, heads[1])
    made = [Context(own[0].replace(head, first), shared if first != head else "")]
    for text, own_head in zip(own[1:], heads[1:], strict=True):
        made.append(Context(text, "" if VERB.search(own_head) else (shared or head)))
    return made


def _first(head: str, second: str) -> tuple[str, str]:
    """The first of a list parted into what sets it apart from the second and what the second takes over."""
    if _BRACKET.search(head) and _BRACKET.search(second):  # "conversion (OR 2.6) and injuries (OR 1.9)"
        at = max((match.start() for match in _PHRASE.finditer(head)), default=0)
        return head[at:], head[:at]
    leading = _LEADING.match(second)
    if leading is not None:
        at = head.lower().rfind(f" {leading['word'].lower()} ")
        if at > 0:
            return head[at:], head[:at]
    verb = VERB.search(head)
    if verb is not None and words_of(head[: verb.start()]):
        return head[: verb.start()], head[verb.start() :]
    return head, ""


def listed(text: str, count: int, *, last: bool) -> list[str]:
    """The ``count`` things that a text lists, at its end where ``last``; [] where it lists another number."""
    text = text.strip(" ,()[]")
    if last and count == 2 and (joins := list(_LIST.finditer(text))) and joins[-1][0] == ", and ":
        return []  # "matched with B, and falls were 2 and 3 %, respectively"
    parts = [part for part in _LIST.split(text) if part.strip(" ,(")]
    while last and parts and VERB.match(parts[-1]) and not words_of(VERB.sub(" ", parts[-1])):
        parts.pop()
    if len(parts) < count or (not last and len(parts) > count):
        return []
    parts = parts[-count:] if last else parts
    verbs = [
        match.start() for match in (VERB.search(parts[-1]), _PAST.search(parts[-1])) if match is not None
    ]
    if last and min(verbs, default=0) > 0:
        parts[-1] = parts[-1][: min(verbs)]
    counted = _COUNTED.match(parts[-1])
    if counted is not None:  # "1-, 2- and 3-year survival"
        bare = [_BARE.fullmatch(part) for part in parts[:-1]]
        parts[:-1] = [
            f"{one['number']} {counted['unit']}" if one is not None else part
            for one, part in zip(bare, parts[:-1], strict=True)
        ]
    return parts
