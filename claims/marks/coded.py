"""Marks that name a work by its place in a journal ("BMJ 2019;364:l1234") or its code ("NICE NG59")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.marks.mark import Mark
from claims.model import Block

# A journal, a year, a volume and a page, as Vancouver prints them; authors may stand before.
_LOCATOR = re.compile(
    r"(?<![\w.])(?:[A-Z][\w'’&-]*\.?,?\s(?:(?:[A-Z][\w'’&-]*|et\s+al|of|the|in|and|de|für)\.?,?\s){0,9})"
    r"(?:1[89]|20)\d\d(?:\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?:\s\d{1,2})?)?\s?;\s?\d{1,4}"
    r"(?:\s?\([^()]{1,12}\))?\s?:\s?[A-Za-z]{0,3}\d[\w.]*(?:\s?[–-]\s?[A-Za-z]{0,3}\d\w*)?"
)
_YEAR_AND_VOLUME = re.compile(r"\d{4}[^;]{0,8};\s?\d")
# Guidelines of NICE and SIGN, reviews of Cochrane, registers of trials and of reviews.
_CODE = re.compile(
    r"\b(?:(?:NG|CG|TA|PH|QS|DG|IPG|HST|MTG)\s?\d{1,4}|SIGN\s?\d{1,3}|CD\d{6}|NCT\d{8}|ISRCTN\s?\d{8}|ACTRN\s?\d{14}"
    r"|ChiCTR[\w-]{8,20}|DRKS\d{8}|CRD42\d{6,12}|UMIN\d{9}|EudraCT\s(?:number\s)?\d{4}-\d{6}-\d{2})\b"
)


def locators(block: Block, number: int) -> Iterator[Mark]:
    """ "N Engl J Med 2018;379:1499-508", with or without authors before it."""
    if not _YEAR_AND_VOLUME.search(block.text):
        return
    for match in _LOCATOR.finditer(block.text):
        text = match.group().rstrip(".")
        yield Mark(text, block.span_of(match.start(), match.start() + len(text)), "locator", number)


def codes(block: Block, number: int) -> Iterator[Mark]:
    """ "NG59": a citation where one entry of the list prints the same code."""
    for match in _CODE.finditer(block.text):
        span = block.span_of(*match.span())
        yield Mark(match.group(), span, "code", number, key=match.group(), certain=False)
