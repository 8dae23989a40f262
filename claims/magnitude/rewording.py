"""Put what the evidence licenses in the place of magnitude words, so that the sentence stays a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from claims.magnitude.cues import MagnitudeCue


@dataclass(frozen=True, slots=True)
class Rewording:
    """Replace ``text[start:end]`` by ``head`` + ``text[keep_start:keep_end]`` + ``tail``."""

    start: int
    end: int
    head: str
    keep_start: int
    keep_end: int
    tail: str

    def apply(self, text: str) -> str:
        """The sentence with the edit made."""
        kept = text[self.keep_start : self.keep_end]
        return f"{text[: self.start]}{self.head}{kept}{self.tail}{text[self.end :]}"


# Where the object of the verb ends: punctuation, or a word that begins something else.
_OBJECT_END = re.compile(
    r"\s*(?:[,;:!?()\[\]—–\n]|\.(?!\d))|\s+(?:by|compared|versus|vs|than|after|during|among|but|while|whereas|which|when|if"
    r"|within|over|relative|extending|leading|making|because|since|thanks|in (?:people|adults|men|women|those"
    r"|patients|children|a|older|young)|and(?=\s(?:\w{2,20}(?:ed|ing|ly)|improves|reduces|increases|raises|makes"
    r"|promotes|decreases|enhances|eases|lowers|cuts|keeps|helps|boosts|may|can|will|also|even|it|they|its|has"
    r"|have|was|were|is|are)\b))\b",
    re.IGNORECASE,
)
_LONGEST_OBJECT = 100
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got|has|have|had)\s(?:\w+ly\s)?$", re.IGNORECASE)
_CHANGE_VERB = re.compile(
    r"\s(?:\w+ly )?(?P<verb>(?:reduc|lower|cut|decreas|increas|rais|boost|improv|prevent|diminish|slow)"
    r"\w{0,4})\b"
    r"(?=\s(?:the|your|their|his|her|its|our|risks?|odds|rates?|mortality|deaths?|all|chances?|both)\b)",
    re.IGNORECASE,
)


def reword(
    text: str, cue: MagnitudeCue, ratio: Decimal, estimate: str, *, percent: str = " %"
) -> Rewording | None:
    """The edit that puts "by about 28 % (…)" or its like for the cue; None when no safe one is known.

    ``ratio`` is the estimate's, ``estimate`` its words for the bracket, ``percent`` how the article
    prints the sign.

    >>> from claims.magnitude import words
    >>> said = "Tea nearly halved the risk of gout, they say."
    >>> reword(said, words(said)[0], Decimal("0.72"), "hazard ratio 0.72").apply(said)
    'Tea lowered the risk of gout by about 28 % (hazard ratio 0.72), they say.'
    """
    change = (abs(1 - ratio) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    if change < 1:
        return None
    amount = f"about {change}{percent}"
    told = f"by {amount} ({estimate})"
    down = ratio < 1
    match cue.grammar:
        case "verb":
            return _verb(text, cue, told, down)
        case "by" | "cut-in-half":
            return _plain(cue, told)
        case "times":
            times = ratio.quantize(Decimal("0.01")) if ratio < 2 else ratio.quantize(Decimal("0.1"))
            return _plain(
                cue, f"about {times} times {cue.text.split()[-1]}" if _ends(cue) else f"about {times} times"
            )
        case "percent-word":
            article = "" if re.match(r" (?:less|lower|fewer|smaller)\b", text[cue.end :]) else "a "
            return _plain(cue, f"{amount}" if not article else f"a {change}{percent}")
        case "adverb":
            return _adverb(text, cue, told)
        case "adjective":
            return _adjective(text, cue)
    return None


def _ends(cue: MagnitudeCue) -> bool:
    return cue.text.split()[-1].lower() in ("as", "the", "their", "your")


def _plain(cue: MagnitudeCue, text: str) -> Rewording:
    return Rewording(cue.start, cue.end, text, cue.end, cue.end, "")


def _object_end(text: str, start: int) -> int | None:
    """Where the noun phrase after ``start`` ends; None when there is none, or no end is in sight."""
    window = text[start : start + _LONGEST_OBJECT]
    match = _OBJECT_END.search(window)
    if match is None:
        return len(text) if len(window) < _LONGEST_OBJECT and window.strip() else None
    return start + match.start() if window[: match.start()].strip() else None


def _verb(text: str, cue: MagnitudeCue, told: str, down: bool) -> Rewording:
    word = cue.text.lower().removesuffix(" out").split()[-1]
    capital = text[cue.start : cue.start + 1].isupper()
    end = _object_end(text, cue.end)
    ending = _ending(word)
    if end is None and not _BE.search(text[max(0, cue.start - 30) : cue.start]) and ending != "ing":
        verb = {"ed": "fell" if down else "rose", "s": "falls" if down else "rises"}.get(
            ending, "fall" if down else "rise"
        )
    else:
        verb = {"ed": "lowered", "s": "lowers", "ing": "lowering"}.get(ending, "lower")
        if not down:
            verb = {"ed": "raised", "s": "raises", "ing": "raising"}.get(ending, "raise")
    verb = verb.capitalize() if capital else verb
    if end is None:
        return _plain(cue, f"{verb} {told}")
    return Rewording(cue.start, end, verb, cue.end, end, f" {told}")


def _ending(word: str) -> str:
    if word.endswith("ing"):
        return "ing"
    if word.endswith("ed"):
        return "ed"
    return "s" if word.endswith("s") else ""


def _adverb(text: str, cue: MagnitudeCue, told: str) -> Rewording:
    verb = _CHANGE_VERB.match(text, cue.end)
    end = None if verb is None else _object_end(text, verb.end())
    keep = cue.end + len(text[cue.end :]) - len(text[cue.end :].lstrip())
    if verb is None or end is None:
        return Rewording(cue.start, keep, "", keep, keep, "")
    return Rewording(cue.start, end, "", keep, end, f" {told}")


def _adjective(text: str, cue: MagnitudeCue) -> Rewording:
    keep = cue.end + 1
    if (
        text[max(0, cue.start - 3) : cue.start].lower() in ("an ", " a ")
        and text[cue.start - 2 : cue.start] == "n "
    ):
        vowel = text[keep : keep + 1].lower() in "aeiou"
        article = "an " if vowel else "a "
        return Rewording(cue.start - 3, keep, article, keep, keep, "")
    if text[max(0, cue.start - 2) : cue.start].lower() == "a " and text[keep : keep + 1].lower() in "aeiou":
        return Rewording(cue.start - 2, keep, "an ", keep, keep, "")
    return Rewording(cue.start, keep, "", keep, keep, "")
