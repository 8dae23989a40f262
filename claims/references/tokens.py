"""A reference string as tokens with the features that the sequence tagger looks at.

Training (bench/train_reference_parser.py) and parsing share this module, so that both see the same.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

_TOKEN = re.compile(
    r"(?:https?://|www\.)[^\s<>]+|\b10\.\d{4,9}/[^\s<>]+|\d+"
    # A capital after two small letters is another word, run together with the one before it.
    r"|[^\W\d_]+?(?:(?<=[a-z]{2})(?=[A-Z][a-z])|(?![^\W\d_]))(?:['’][^\W\d_]+)?|[^\w\s]|_"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
# Flags of segments leave out what is in nearly every one of them.
_LOUD = str.maketrans("", "", "SF")

Token = tuple[str, int, int]


def tokens_of(text: str) -> list[Token]:
    """The tokens of a reference with their start and end."""
    return [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]


@lru_cache(maxsize=20000)
def shape(word: str) -> str:
    """What kind of token this is: a letter, a capitalised word, a year, a sign, ..."""
    first = word[0]
    if first.isdigit():
        if len(word) == 4 and _YEAR.fullmatch(word):
            return "year"
        return f"d{min(len(word), 6)}"
    if first.isalpha():
        if "://" in word or word.startswith("www."):
            return "url"
        if ord(first) > 0x2E80:
            return "cjk"
        if len(word) == 1:
            return "A" if first.isupper() else "a"
        if word.isupper():
            return "AA" if len(word) < 4 else "AAAA"
        if first.isupper():
            return "Aa" if word[1:].islower() else "AaA"
        return "aa" if word.islower() else "aA"
    if len(word) > 1:
        return "doi"
    return word


@cache
def _letters() -> dict[str, str]:
    """The letters of the lists (words.toml) that each word is in."""
    text = resources.files("claims.references").joinpath("words.toml").read_text("utf-8")
    found: dict[str, str] = {}
    for one in tomllib.loads(text).values():
        for word in dict.fromkeys(one["words"].split()):
            found[word] = found.get(word, "") + one["letter"]
    return found


def _cases(shapes: list[str], lists: list[str]) -> str:
    """How a piece is written: the part of its words in small letters, of subjects' and of given names."""
    words = [number for number, one in enumerate(shapes) if one[0] in "Aac"]
    if not words:
        return "-"
    small = sum(shapes[number] == "aa" for number in words) / len(words)
    subject = sum("S" in lists[number] or "J" in lists[number] for number in words) / len(words)
    initials = sum(shapes[number] == "A" for number in words) / len(words)
    given = any("F" in lists[number] for number in words)
    return f"{int(small * 3.99)}{int(subject * 2.99)}{int(initials * 2.99)}{int(given)}"


def _style(words: list[str], shapes: list[str]) -> str:
    """What the whole string looks like: where its year stands, whether it has quotes, "In", editors."""
    year = next((number for number, one in enumerate(shapes) if one == "year"), None)
    where = "-" if year is None else str(int(3.99 * year / len(words)))
    if year and shapes[year - 1] == "(":
        where += "("
    quoted = any(one in '“”«»"' for one in shapes)
    inside = any(
        word == "in" and number and shapes[number - 1] in '.,;?”"' for number, word in enumerate(words)
    )
    edited = any(word in ("eds", "ed", "editors", "hrsg", "dir") for word in words)
    return f"{where}{int(quoted)}{int(inside)}{int(edited)}"


def _segments(words: list[str], shapes: list[str], lists: list[str]) -> list[tuple[str, ...]]:
    """For each token what the piece of text between two signs, that it stands in, looks like.

    A piece ends at a comma, a colon, a bracket, a quote, or a stop that follows a whole word.
    """
    count = len(words)
    bounds = [0]
    for number, one in enumerate(shapes):
        if one in ',;:()[]"“”?!/«»' or (
            one == "." and (number == 0 or len(words[number - 1]) > 4 or shapes[number - 1][0] in "dy")
        ):
            bounds.append(number + 1)
    bounds.append(count)
    rows: list[tuple[str, ...]] = [()] * count
    style = _style(words, shapes)
    kinds = []
    cases = []
    for start, end in pairwise(bounds):
        flags = "".join(sorted(set("".join(lists[start:end]).translate(_LOUD))))
        length = sum(shapes[number][0] in "Aac" for number in range(start, end))
        kinds.append((min(length, 5) if length < 8 else 8, flags, shapes[start] if start < count else "$"))
        cases.append(_cases(shapes[start:end], lists[start:end]))
    for number, (start, end) in enumerate(pairwise(bounds)):
        length, flags, _ = kinds[number]
        closing = shapes[end - 1] if end > start else "$"
        after = kinds[number + 1] if number + 1 < len(kinds) else (0, "", "$")
        later = kinds[number + 2][2] if number + 2 < len(kinds) else "$"
        before = kinds[number - 1] if number else (0, "", "^")
        opening = shapes[start - 1] if start else "^"
        for place in range(start, end):
            rows[place] = (
                f"g={length}{closing}{after[2]}",
                f"gl={length}|{flags}|{min(place - start, 2)}",
                f"ga={closing}{after[2]}{later}|{after[1]}",
                f"gb={before[0]}|{before[1]}|{length}",
                f"gn={after[0]}|{length}|{flags}",
                f"gk={cases[number]}|{opening}{closing}",
                f"go={min(number, 8)}|{cases[number]}|{style}",
                f"gt={style}|{opening}|{shapes[place]}",
            )
    return rows


def _ahead(words: list[str], shapes: list[str]) -> list[str]:
    """For each token whether editors, a year, a volume, pages or a closing quote come after it."""
    seen_editors = seen_year = seen_pages = seen_volume = 99
    rows = []
    for number in range(len(words) - 1, -1, -1):
        word, one = words[number], shapes[number]
        rows.append(
            f"{min(seen_editors // 6, 3)}{int(seen_year < 99)}{int(seen_pages < 99)}{int(seen_volume < 99)}"
        )
        seen_editors, seen_year = seen_editors + 1, seen_year + 1
        if word in ("eds", "ed", "editors", "editor", "hrsg", "producer", "producers", "director", "dir"):
            seen_editors = 0
        if one == "year":
            seen_year = 0
        if word in ("pp", "p", "pages"):
            seen_pages = 0
        if word in ("vol", "volume", "no"):
            seen_volume = 0
    return rows[::-1]


def features_of(tokens: list[Token]) -> list[list[str]]:
    """The features of each token, as strings."""
    count = len(tokens)
    words = [token[0].lower() for token in tokens]
    shapes = [shape(token[0]) for token in tokens]
    letters = _letters()
    lists = [letters.get(word, "") for word in words]
    spaced = [number == 0 or tokens[number - 1][2] < tokens[number][1] for number in range(count)]
    # What stands before, token by token: a year, a number in brackets, quotes, "in", editors.
    years = quotes = depth = 0
    sentence = 0
    last_stop = "^"
    after_in = after_eds = 0
    segments = _segments(words, shapes, lists)
    ahead = _ahead(words, shapes)
    rows: list[list[str]] = []
    padded_shapes = ["<2", "<1", *shapes, ">1", ">2"]
    padded_words = ["<2", "<1", *words, ">1", ">2"]
    for number in range(count):
        at = number + 2
        word, one = words[number], shapes[number]
        before, after = padded_shapes[at - 1], padded_shapes[at + 1]
        row = [
            "w=" + word,
            "s=" + one,
            "w-1=" + padded_words[at - 1],
            "w+1=" + padded_words[at + 1],
            "w-1w=" + padded_words[at - 1] + "|" + word,
            "ww+1=" + word + "|" + padded_words[at + 1],
            "s3=" + before + "|" + one + "|" + after,
            "s-=" + padded_shapes[at - 2] + "|" + before + "|" + one,
            "s+=" + one + "|" + after + "|" + padded_shapes[at + 2],
            f"p={10 * number // count}",
            f"st={min(sentence, 6)}|{last_stop}",
            f"c={min(years, 1)}{min(quotes, 3)}{min(depth, 1)}{min(sentence, 3)}"
            f"{int(after_in > 0)}{int(after_eds > 0)}|{one}",
            f"y={min(years, 2)}q={min(quotes, 3)}|{last_stop}",
            f"a={ahead[number]}|{int(years > 0)}{int(after_in > 0)}",
            *segments[number],
        ]
        if number > 1:
            row.append("w-2=" + words[number - 2])
        if number + 2 < count:
            row.append("w+2=" + words[number + 2])
        if one[0] in "Aa":
            row.append("x=" + word[-3:])
            row.append("v=" + word[:4])
        if lists[number]:
            row.append("l=" + lists[number])
        if number + 1 < count and lists[number + 1]:
            row.append("l+=" + lists[number + 1])
        if number and lists[number - 1]:
            row.append("l-=" + lists[number - 1])
        if not spaced[number]:
            row.append("g" + before + one)
        row.append(f"lll={lists[number - 1] if number else '^'}|{lists[number]}|{after}")
        if number < 3:
            row.append(f"first{number}")
        if count - number < 4:
            row.append(f"last{count - number}")
        if after_in:
            row.append(f"in{min(after_in, 4)}")
        rows.append(row)
        if one == "year":
            years += 1
        elif one in ("“", "”", '"', "‘", "’", "«", "»", "'", "`"):
            quotes += 1
        elif one in "([":
            depth += 1
        elif one in ")]":
            depth = max(0, depth - 1)
        if one in (".", ",", ";", ":", "?", ")"):
            if one in ".?" and before not in ("A", "AA", "d1") and len(padded_words[at - 1]) > 3:
                sentence += 1
            last_stop = one
        if word in ("in", "en", "dans") and (before in (".", ",", ";", "”", '"', "?") or after == ":"):
            after_in = 1
        elif after_in:
            after_in += 1
        if word in ("eds", "ed", "editors", "editor", "hrsg"):
            after_eds += 1
    return rows
