"""Marks of authors without a year, as MLA has them: "(Lee and Park 12)", "as Lee et al. report"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.marks.mark import Mark
from claims.marks.printed_names import NAMES, UPPER, names_of
from claims.model import Block

_IN_BRACKETS = re.compile(
    rf"(?<=[\w.,;%\"”’)])\s\((?P<inside>(?:see |qtd\. in )?[\"“*_]?{UPPER}[^()\d]{{1,90}}[^()]{{0,40}})\)"
)
_PIECE = re.compile(
    r"(?:see(?:\salso)?\s|qtd\.\sin\s|cf\.\s)?(?P<who>[^\d]{2,90}?)"
    r"(?:,?\s(?:pp?\.\s?)?[a-z]?\d{1,5}(?:[-–]\d{1,5})?(?:,\s?\d{1,5}(?:[-–]\d{1,5})?)*)?"
)
_NAMED = re.compile(rf"(?<![\w'’.-])(?:{NAMES})(?![\w'’-])")
_WHOLE = re.compile(NAMES)


def authors_alone(block: Block, number: int) -> Iterator[Mark]:
    """What may be such marks; they are where exactly one entry is by these authors."""
    within: list[tuple[int, int]] = []
    for group in _IN_BRACKETS.finditer(block.text):
        within.append(group.span())
        position = group.start("inside")
        for piece in re.split("(;)", group["inside"]):
            start = position + len(piece) - len(piece.lstrip())
            position += len(piece)
            match = _PIECE.fullmatch(piece.strip())
            if match is not None:
                who = match["who"].strip(' ,"“”*_')
                named = _WHOLE.fullmatch(who)
                span = block.span_of(start, start + len(piece.strip()))
                names = names_of(named) if named else (who,)
                yield Mark(piece.strip(), span, "author-year", number, names, bool(named and named["etal"]))
    for match in _NAMED.finditer(block.text):
        in_brackets = any(start <= match.start() < end for start, end in within)
        if (match["etal"] or match["last"]) and not in_brackets:
            span = block.span_of(*match.span())
            yield Mark(match.group(), span, "author-year", number, names_of(match), bool(match["etal"]))
