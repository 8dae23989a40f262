"""What an entry of a reference list is called in the text: its printed number, letter or key."""

from __future__ import annotations

import re

from claims.model import Block, ReferenceFields

_NUMBER = re.compile(
    r"\s*(?:(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.)]?)(?:\s\|)?\s+(?=\S)|(\d{1,3})\.(?=[^\W\d_a-z][^\W\d_]))"
)
_KEY = re.compile(r"\s*(?:\.\.\s)?\[(?P<key>[^\W\d_][\w+:-]{0,30}|#\w{0,20}|\*)\]:?\s+(?=\S)")
# An anchor or a key before an entry: AsciiDoc's "[[[lee]]] Lee A ...", Obsidian's "[[@lee2019]]: Lee A ...".
_ANCHOR = re.compile(
    r"\s*(?:\[\[\[(?P<key>[\w:.-]{1,60})(?:,[^\[\]\n]{0,60})?\]\]\]|(?:\[\[|\[)?(?P<cited>@[\w:.-]{1,80}?)(?:\]\]|\])?:)\s*(?=\S)"
)
_LETTER = re.compile(r"\s*(?:([a-z])[.)]|\(([a-z])\)|([a-z])(?=\s+[A-Z]))\s+(?=\S)")
_ROMAN = re.compile(r"\s*\(?(?P<number>[ivxl]{1,7})[.)]?\s+(?=\S)")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_PRINTED_BY_PANDOC = re.compile(r"\{\s*#ref-(?P<key>[^\s{}]{1,80})[^{}\n]{0,80}\}[ \t]*\r?\n\s*[*_\[<\"“]*\Z")
_BIBITEM = re.compile(
    r"\\bibitem\s*(?:\[[^\[\]]{0,200}\])?\s*\{\s*(?P<key>[^\s{},]{1,80})\s*\}(?:[\s{]|\\[a-z]{1,10}\b|%[^\n]*\n){0,20}\Z"
)
_SUPERSCRIPT_NUMBER = re.compile(r"\s*([⁰¹²³⁴-⁹]{1,3})\s*(?=\S)")


_SIGN = re.compile(r"\s*(?P<sign>\*{1,3}|†{1,3}|‡{1,3}|§{1,2}|¶{1,2})\s?(?=[^\W\d_])")


def printed_keys(entries: list[Block]) -> list[tuple[str | None, int]]:
    """The label that is printed before each entry and no number, and where the entry begins after it.

    "[Chr2016]" is one, and letters in their order are: "a. Morton RW ..." below "b. Nunes EA ...".
    """
    keyed = [_KEY.match(block.text) for block in entries]
    printed = [match["key"] for match in keyed if match]
    if printed and len(set(printed)) == len(printed):
        return [(match["key"], match.end()) if match else (None, 0) for match in keyed]
    anchored = [_ANCHOR.match(block.text) for block in entries]
    if any(anchored):
        return [((one["key"] or one["cited"]), one.end()) if one else (None, 0) for one in anchored]
    signed = [_SIGN.match(block.text) for block in entries]
    signs = [one["sign"] for one in signed if one]
    if signs and len(set(signs)) == len(signs) and len(entries) - len(signs) <= 1:
        # The one without is that whose "*" was read as a bullet.
        return [(one["sign"], one.end()) if one else ("*", 0) for one in signed]
    lettered = [_LETTER.match(block.text) for block in entries]
    letters = "".join(next(filter(None, match.groups())) if match else " " for match in lettered)
    if len(letters) > 1 and _ALPHABET.startswith(letters):
        return [(letters[place], match.end()) if match else (None, 0) for place, match in enumerate(lettered)]
    roman = [_ROMAN.match(block.text) for block in entries]
    if len(roman) > 1 and all(one and one["number"] == _roman(place) for place, one in enumerate(roman, 1)):
        return [(one["number"], one.end()) if one else (None, 0) for one in roman]
    return [(None, 0)] * len(entries)


def _roman(number: int) -> str:
    """The number in small Roman letters, as word processors count endnotes; below 90."""
    tens, ones = divmod(number, 10)
    said = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx")[min(tens, 8)] + said[ones]


def key_above(block: Block, text: str) -> str | None:
    """The key of a list that pandoc printed ("::: {#ref-kennet2016 .csl-entry}" above an entry)."""
    start = block.offsets[0]
    match = _PRINTED_BY_PANDOC.search(text, max(0, start - 200), start)
    match = match or _BIBITEM.search(text, max(0, start - 400), start)
    return f"@{match['key']}" if match else None


def number_end(text: str) -> int:
    """Where an entry's text begins after its printed number or key; 0 when it has neither."""
    match = _NUMBER.match(text) or _SUPERSCRIPT_NUMBER.match(text)
    if match is None:
        keyed = _KEY.match(text) or _ANCHOR.match(text)
        return keyed.end() if keyed else 0
    digits = next(group for group in match.groups() if group)
    plain = match.re is _NUMBER and match.group(3) and match.group().strip() == digits
    if plain and (not text[match.end() : match.end() + 1].isupper() or len(digits) > 3):
        return 0
    return match.end()


def printed_number(block: Block, text: str) -> tuple[int | None, int]:
    """The entry's number and where its text begins; a list marker stands before the block."""
    end = number_end(block.text)
    if end and any(sign.isdigit() for sign in _plain_digits(block.text[:end])) and not _KEY.match(block.text):
        digits = re.sub(r"\D", "", _plain_digits(block.text[:end]))
        return int(digits), end
    line = text.rfind("\n", 0, block.offsets[0]) + 1
    marker = re.fullmatch(
        r"[\s>*_]*(?:\[(\d{1,3})\]:?|(\d{1,3})[.)])[\s*_]*",
        text[max(line, block.offsets[0] - 40) : block.offsets[0]],
    )
    if marker:
        return int(marker.group(1) or marker.group(2)), 0
    return None, 0


def _plain_digits(text: str) -> str:
    return text.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))


def label_of(number: int | None, fields: ReferenceFields, raw: str) -> str:
    """The number that is printed, or else the first author and the year, or the first words."""
    if number is not None:
        return str(number)
    name = fields.authors[0].family if fields.authors else " ".join(raw.split()[:3]).strip(" .,;:")
    return f"{name} {fields.year}" if fields.year else name


def numbered(text: str) -> bool:
    """Whether a line begins with a printed number, raised or not."""
    return _NUMBER.match(text) is not None or _SUPERSCRIPT_NUMBER.match(text) is not None
