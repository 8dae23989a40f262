# ruff: noqa: E501 - messages and patterns read better unwrapped
"""Causal wording told as an association: "lowers the risk of" becomes "is associated with a lower risk of".

The table is ``claims/data/associational.json``. Only sentences whose grammar is sure are rewritten:
the subject must stand right before the verb, and a percentage is moved in front of the comparative.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TypedDict

from claims.wording.strength import MAXIMUM_LENGTH


class Table(TypedDict):
    """The shape of ``claims/data/associational.json``."""

    about: str
    verbs: dict[str, str]
    risk_nouns: list[str]
    less_nouns: list[str]
    adverbs_dropped: list[str]
    adverbs_kept: list[str]
    people: list[str]


@dataclass(frozen=True, slots=True)
class Rewriting:
    """Put ``text`` where ``sentence[start:end]`` stands."""

    start: int
    end: int
    text: str


_IRREGULAR_PAST = {
    "cut": "cut",
    "lead to": "led to",
    "give rise to": "gave rise to",
    "speed up": "sped up",
    "bring about": "brought about",
}
_WORD = re.compile(r"[A-Za-z'’-]+")
_PERCENT = re.compile(
    r"\s+by\s+(?:(about|around|roughly|nearly|almost|some)\s+)?(\d+(?:[.·]\d+)?)\s?(%|per\s?cent)(?=[\s.,;:)]|$)"
)
_OBJECT_END = re.compile(
    r"[.,;:()—–]|\b(?:and|but|by|while|whereas|because|when|if|which|that|compared|than|after|over|during|among|in)\b"
)
_DETERMINER = re.compile(
    r"(?:the|your|our|their|his|her|its|a person's|people's|one's|an?)\s+", re.IGNORECASE
)


@cache
def table() -> Table:
    """The rewriting table."""
    text = resources.files("claims.data").joinpath("associational.json").read_text(encoding="utf-8")
    loaded: Table = json.loads(text)
    return loaded


@cache
def _forms() -> dict[str, tuple[str, str]]:
    """Each finite form of the table's verbs: (base, form's name), names base, third, past."""
    forms: dict[str, tuple[str, str]] = {}
    for verb in table()["verbs"]:
        first, _, rest = verb.partition(" ")
        tail = f" {rest}" if rest else ""
        third = first[:-1] + "ies" if first.endswith("y") and first[-2] not in "aeiou" else first + "s"
        past = first + "d" if first.endswith("e") else first + "ed"
        forms[(first + tail)] = (verb, "base")
        forms[(third + tail)] = (verb, "third")
        forms[_IRREGULAR_PAST.get(verb, past + tail)] = (verb, "past")
    return forms


@cache
def _verb_pattern() -> re.Pattern[str]:
    longest = sorted(_forms(), key=len, reverse=True)
    return re.compile(
        r"(?:" + "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in longest) + r")\b", re.IGNORECASE
    )


def associational(sentence: str, start: int, end: int, *, heading: bool = False) -> Rewriting | None:
    """The causal wording at ``sentence[start:end]`` told as an association, or None where grammar is not sure.

    ``heading``: the verb opens a heading or lead with no subject ("Lowers blood pressure").

    >>> text = "Coffee lowers the risk of stroke by 20 %."
    >>> found = associational(text, 7, 13)
    >>> text[:found.start] + found.text + text[found.end:]
    'Coffee is associated with a 20 % lower risk of stroke.'
    """
    if len(sentence) > MAXIMUM_LENGTH:
        return None
    match = _verb_at(sentence, start, end)
    if match is None:
        return None
    verb, form = _forms()[" ".join(match.group().lower().split())]
    before = sentence[: match.start()]
    opening = not before.strip(" \t\"'“‘*_#-–—•")
    begin, adverb, helping = _leading(before, match.start())
    if opening:
        if not (heading and form == "third"):
            return None
        linked = "Linked to"
    else:
        linked = _linking(before[:begin], form, helping)
        if not linked:
            return None
    rest = sentence[match.end() :]
    if not rest[:1].isspace():
        return None
    gap = len(rest) - len(rest.lstrip())
    rest = rest[gap:]
    determiner = _DETERMINER.match(rest)
    skipped = determiner.end() if determiner else 0
    noun_phrase = rest[skipped:]
    stop = _OBJECT_END.search(noun_phrase)
    phrase = noun_phrase[: stop.start()] if stop else noun_phrase
    if not _WORD.match(phrase):
        return None
    compared = _compared(
        table()["verbs"][verb], phrase, determiner.group().strip() if determiner else "", adverb
    )
    if compared is None:
        return None
    words, keep = compared
    object_start = match.end() + gap + (0 if keep else skipped)
    clause = re.search(r"[.;:]", sentence[object_start:])
    percent = _PERCENT.search(
        sentence, object_start, object_start + clause.start() if clause else len(sentence)
    )
    if percent is None:
        if re.search(
            r"\bby\s+(?:up\b|a\b|an\b|\d|half|one|two|as|more|less|about|around)", sentence[object_start:]
        ):
            return None  # "by up to a third": no place for it before the comparative
        return Rewriting(begin, object_start, f"{linked} {words} " if words else f"{linked} ")
    if table()["verbs"][verb] not in ("lower", "higher", "risk") or adverb or keep:
        return None
    number = percent.group(2)
    article = "an" if number.startswith("8") or number in ("11", "18") else "a"
    about = f"{percent.group(1)} " if percent.group(1) else ""
    told = f"{linked} {about}{article} {number} % {words.removeprefix('a ')} {sentence[object_start : percent.start()]}"
    return Rewriting(begin, percent.end(), told)


def _verb_at(sentence: str, start: int, end: int) -> re.Match[str] | None:
    """The table's verb within the cue (the cue may begin with a modal or "helps")."""
    pattern = _verb_pattern()
    reach = end + 25 if re.match(r"help", sentence[start:end], re.IGNORECASE) else end
    for word in _WORD.finditer(sentence, start, min(reach, len(sentence))):
        match = pattern.match(sentence, word.start())
        if match is not None:
            return match
    return None


def _leading(before: str, at: int) -> tuple[int, str, str]:
    """Where the rewritten words begin, the adverb to keep, and "helps", "can" where one stands before."""
    adverb = helping = ""
    begin = at
    while True:
        found = re.search(r"([A-Za-z]+)\s+$", before[:begin])
        if found is None:
            return begin, adverb, helping
        word = found.group(1).lower()
        if word in table()["adverbs_dropped"] and not adverb:
            begin = found.start()
        elif word in table()["adverbs_kept"] and not adverb:
            adverb, begin = word, found.start()
        elif word in ("helps", "help", "helped", "can", "will", "to") and helping in ("", "to"):
            if word == "to" and not re.search(r"\bhelp(?:s|ed)?\s+to\s+$", before[:begin], re.IGNORECASE):
                return begin, adverb, "to"
            helping, begin = word, found.start()
        else:
            return begin, adverb, helping


def _linking(subject: str, form: str, helping: str) -> str:
    """The verb that links subject and association, agreeing in number and tense; "" where unsure."""
    last = re.search(r"([A-Za-z0-9-]+)\s*$", subject)
    if last is None or helping == "to" or re.search(r"\b(?:not|never|n't|cannot|to)\s*$", subject):
        return ""
    word = last.group(1).lower()
    if word in table()["people"] or re.search(
        r"\b(?:people|those|adults|men|women|children|participants|patients|you|we)\b[^.,;:]*$",
        subject,
        re.IGNORECASE,
    ):
        return ""
    if word in (
        "and",
        "or",
        "of",
        "with",
        "by",
        "the",
        "a",
        "may",
        "might",
        "could",
        "would",
        "should",
        "does",
        "do",
        "did",
        "have",
        "has",
        "had",
        "is",
        "are",
        "was",
        "were",
    ):
        return ""
    clause = re.split(r"\bthat\b|[.;:]|,", subject)[-1].strip()
    gerund = re.match(r"[A-Za-z]+ing\b", clause) is not None
    joined = re.search(r"\band\b", clause) is not None and not gerund
    plural = (word.endswith("s") and not word.endswith(("ss", "us", "is", "ics"))) and not gerund
    singular_of = re.search(
        r"\b(?:use|intake|level|lack|amount|consumption|dose|type|kind|history|supplementation)\b",
        clause,
        re.IGNORECASE,
    )
    if plural and singular_of is not None:
        return ""
    if helping == "helps" or (not helping and form == "third"):
        return "is associated with"
    if helping == "help" or (not helping and form == "base"):
        return "are associated with"
    many = plural or joined
    if helping == "helped" or form == "past":
        return "were associated with" if many else "was associated with"
    return "are associated with" if many else "is associated with"


def _compared(kind: str, phrase: str, determiner: str, adverb: str) -> tuple[str, bool] | None:
    """The words that go before the object, and whether the object's own determiner stays."""
    words = [word.lower() for word in _WORD.findall(phrase)]
    nouns = table()
    head = next((word for word in words[:3] if word in nouns["risk_nouns"]), None)
    more = f"{adverb} " if adverb else ""
    if kind == "risk":
        return f"a {more}lower risk of", bool(determiner) and determiner.lower() == "the"
    if kind == "plain":
        return ("", True) if not adverb else None
    if head is not None:
        comparative = {"lower": "lower", "higher": "higher"}.get(kind)
        if comparative is None:
            return None
        many = head.endswith("s") and head != "odds"
        article = "" if many or head in ("odds", "incidence", "prevalence") else "a "
        return f"{article}{more}{comparative}", False
    if determiner.lower() in ("a", "an"):
        return None
    if kind == "lower":
        first = words[0] if words else ""
        if words and (first in nouns["less_nouns"] or words[-1] in nouns["less_nouns"]):
            return f"{more}less", False
        last = words[-1] if len(words) <= 2 else first
        if last.endswith("s") and not last.endswith(("ss", "us", "is", "ness")):
            return f"{more}fewer", False
        return f"{more}lower", False
    comparatives = {"higher": "higher", "better": "better", "worse": "worse"}
    return f"{more}{comparatives.get(kind, kind)}", False


def tentative(sentence: str, start: int, end: int) -> Rewriting | None:
    """The wording at ``sentence[start:end]`` with "may" put before its verb, or None where that is not sure.

    >>> found = tentative("Saffron improves mood.", 8, 16)
    >>> found.text
    'may improve'
    """
    if len(sentence) > MAXIMUM_LENGTH:
        return None
    linked = re.match(
        r"\s*(?:is|are|was|were)\s+(?=(?:associated|linked|tied|related)\b)", sentence[max(0, start - 5) :]
    )
    if linked is not None and linked.end() + max(0, start - 5) <= end:
        begin = max(0, start - 5) + len(linked.group()) - len(linked.group().lstrip())
        return Rewriting(begin, max(0, start - 5) + linked.end(), "may be ")
    match = _verb_at(sentence, start, end)
    if match is None:
        return None
    verb, form = _forms()[" ".join(match.group().lower().split())]
    before = sentence[: match.start()]
    if form == "past" or re.search(
        r"\b(?:to|can|will|help|helps|not|does|do|did|and|or)\s*$", before, re.IGNORECASE
    ):
        return None
    opening = not before.strip(" \t\"'“‘*_#-–—•")
    if opening and form == "base":
        return None
    return Rewriting(match.start(), match.end(), f"{'May' if opening else 'may'} {verb}")
