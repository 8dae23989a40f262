"""Notes that name a work again: "Ibid., p. 4", "Singh and Das, op. cit.", "Walker, Why We Sleep, 34"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.model import Block, Document, Reference
from claims.names import fold, same_family
from claims.references.labels import number_end, printed_number

_NOTE = re.compile(
    r"^[ \t>]*\[(?:(?P<label>\^[^\[\]\s]{1,80})\]:|fn:(?P<org>[\w-]{1,60})\] )[^\n]*\Z", re.MULTILINE
)
_WITHIN = re.compile(r"(?P<at>\^\[|[\w:-]:)[*_\[<\"“]*\Z")
_WITHIN_ORG = re.compile(r"\[fn:[\w-]{0,40}:[*_\[<\"“]*\Z")
_SAME = re.compile(r"\W*(?:see\s+)?(?:ibid(?:em)?|ebd|ebenda|id(?:em)?)\b[.,;:]?", re.IGNORECASE)
_CITED = re.compile(r"\b(?:op|loc)\.?\s?cit\b|\ba\.\s?a\.\s?O\.", re.IGNORECASE)
_FAMILY = re.compile(
    r"\W*(?:see\s+)?(?P<family>[^\W\d_a-z][\w'’-]{1,40})(?:\s+(?:et al\.?|(?:and|&)\s+[^\W\d_a-z][\w'’-]+))?,"
)
_ANOTHER = re.compile(  # "see note 3", "Walker and Hale, supra note 3, at 12"
    r"\W*(?:\d{1,3}[.)]\s+)?(?:see\s+)?(?:(?:[^\W\d_][\w'’.&-]*,?\s){0,6}?(?:supra|above)\s+)?(?:(?:foot|end)?note|nn?\.|fn\.?|ref(?:erence)?\.?)\s?(?P<number>\d{1,3})\b(?:\s+(?:above|supra))?",
    re.IGNORECASE,
)
_LONGEST_NOTE = 2000  # characters from a label to the last work that its note names
_LONGEST = 160  # characters; a note that says more is no mere pointer


def note_label(block: Block, text: str) -> str | None:
    """The label of the footnote that a block is ("^3"), or None."""
    start = block.offsets[0]
    line = text.rfind("\n", 0, start) + 1
    match = _NOTE.match(text, line, start) if start - line <= _LONGEST_NOTE else None
    if match is not None:
        return match["label"] or f"^{match['org']}"
    within = _WITHIN.search(text, max(0, start - 10), start)  # labelled by its place, as reading marks it
    if within is None and text[max(0, start - 10) : start].endswith("\\footnote{"):
        return f"^{start - 10}"
    if within is None or (within["at"] != "^[" and not _WITHIN_ORG.search(text, max(0, start - 60), start)):
        return None
    return f"^{within.start()}"


# "Walker and Hale (n 3) 12", as lawyers in Britain point back.
_IN_BRACKETS = re.compile(
    r"\W*(?:see\s+)?(?:[^\W\d_][\w'’.&,-]*\s){0,9}?\((?:n|fn|note)\.?\s?(?P<number>\d{1,3})\)(?:[\s,]+[\w–-]{1,12}){0,3}\W*",
    re.IGNORECASE,
)


def points_back(text: str) -> bool:
    """Whether a numbered note only names a work of another note: "2 Ibid 327.", "5 Lee et al (n 1) 325."."""
    body = text[number_end(text) :]
    return is_pointer(body) or (len(body) <= _LONGEST and _IN_BRACKETS.fullmatch(body) is not None)


def is_pointer(text: str) -> bool:
    """Whether a text only says that a work is the one named before: "Ibid., 546"."""
    return len(text) <= _LONGEST and _SAME.match(text) is not None


def repeated_notes(document: Document, references: Sequence[Reference]) -> dict[str, list[int]]:
    """The entries that notes point back to, by the label of the note ("^3"), or the number before it ("3").

    "Ibid." means the work of the note before, "see note 3" that of note 3; an author with a shortened title,
    the entry of that author whose title begins so or holds those words.
    """
    found: dict[str, list[int]] = {}
    by_label = {one.label: one.index for one in references}  # of several works the last
    last: list[int] = []
    listed = False
    for block in document.blocks:
        label = note_label(block, document.text)
        listed = listed or block.kind == "reference"
        if label is None and listed:
            number, _ = printed_number(block, document.text)
            label = str(number) if number is not None else None
        if label is None:
            continue
        if block.kind == "reference":
            last = [by_label[label]] if label in by_label else last
            continue
        said = block.text[number_end(block.text) :]
        if len(said) <= _LONGEST:
            pointed = _pointed(said, label, last, by_label, found) or named_again(said, references)
            if pointed:
                found[label] = last = pointed
    return found


def _pointed(
    text: str, label: str, last: list[int], by_label: dict[str, int], found: dict[str, list[int]]
) -> list[int]:
    """The works of the note before, or of the note that a note names by its number."""
    if _SAME.match(text):
        return last
    pointed: list[int] = []
    for part in text.split(";"):
        another = _ANOTHER.match(part) or _IN_BRACKETS.fullmatch(part)
        if another is None:
            return []
        named = f"^{another['number']}" if label.startswith("^") else another["number"]
        pointed += found.get(named, []) or ([by_label[named]] if named in by_label else [])
    return list(dict.fromkeys(pointed))


def named_again(text: str, references: Sequence[Reference]) -> list[int]:
    """The entry of a note that gives its author and a shortened title, or says "op. cit."; or none."""
    match = _FAMILY.match(text[number_end(text) :])
    if match is None:
        return []
    text = text[number_end(text) :]
    written = [
        one
        for one in references
        if one.fields.authors and same_family(match["family"], one.fields.authors[0].family)
    ]
    if _CITED.search(text):
        return [written[0].index] if len(written) == 1 else []
    words = re.sub(r"[,.]?\s*(?:pp?\.\s*)?\d[\d\s–-]*\W*\Z", "", text[match.end() :])
    short = fold(words)
    titled = [one.index for one in written if len(short) > 4 and short in fold(one.fields.title or "")]
    return titled if len(titled) == 1 else []
