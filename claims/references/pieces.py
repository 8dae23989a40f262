"""What a tagged run of a reference holds besides its field, cut away: cues, editions, later parts."""

from __future__ import annotations

import re

_CLOSE = {"“": "”", "«": "»", '"': '"', "‘": "’", "„": "“"}
_IN = re.compile(r"^\W*(?:In|in|IN|Dans|dans|En)\b\s*:?\s+(?=\W?[^\W_a-z])|^\W*[Ii]n\s*:\s*")
# What follows a title and is none of it.
_AFTER_TITLE = re.compile(
    r"\s*(?:[.,;:?!]|\s[-–—])\s*[\[(]?(?:"
    r"(?:[Tt]ranslated|[Ee]dited|[Tt]rans\.|[Ee]ds?\.)\s+(?:by\b|[^\W\d_a-z])|Dir\.\s|Trad(?:uction|uit|\.)\s"
    r"|[ÜU]bersetzt\s|(?:Unpublished\s+)?(?:Ph\.?\s?D\.?|[Dd]octoral|[Mm]aster[’']?s?)\s+(?:[Tt]hesis|[Dd]issertation)"
    r"|(?:Tech(?:nical|\.)|Research)\s+(?:Report|Rep\.)|(?:Paper|Poster|Talk|talk)\s+(?:session\s+)?(?:presented|given)\s"
    r"|[Vv]ol(?:s?\.|umes?)\s+[\dIVXL]+(?:\s(?:and|&)\s\d+)?\s+of\s"
    r"|(?:[Pp]aper|[Mm]anuscript)\s+(?:submitted|in\s+preparation)).*$",
    re.DOTALL,
)
# A title that begins with a quoted phrase: "“Behind the Store”: Shopkeeping Families between the Wars".
_LONGER = re.compile(r"\s?:\s\w|\s?\.\s(?!In\b|in\b)\w+(?:[\s-][^\s.;]+){5}")
_EDITION = re.compile(
    r"\s*[\[(][^()\[\]]*\b(?:eds?|edn|editions?|éd|édition|Aufl|Auflage|translated|trans|DVD|CD-ROM|film"
    r"|motion picture|Ph\.?\s?D|thesis|dissertation|Eds?)\b[^()\[\]]*[\])]?\.?\s*$"
    r"|[,.]\s+(?:\d{1,2}(?:st|nd|rd|th)|[Ff]irst|[Ss]econd|[Tt]hird|[Rr]ev(?:ised|\.))\s+(?:ed(?:ition|n)?)\b\.?\s*$"
)
_TRAILING_CUE = re.compile(
    r"[\s,.:;(]+(?:[Vv]ols?|[Vv]olumes?|[Nn]os?|[Pp]p?|[Bb]d|[Jj]g)\.?\s*$|[\s,]+[vn]\.?\s*$"
)
_NUMBER = re.compile(r"[A-Za-z]{0,8}\d+[A-Za-z]?(?![^\W\d_]{2})(?:[-–‑/]\d+[A-Za-z]?)?|\b[IVXLCivxlc]+\b")
_RANGE = re.compile(r"[A-Za-z]{0,3}\d[\w.]*\s*[-–—‐‑−]+\s*[A-Za-z]{0,3}\d\w*|[A-Za-z]{0,3}\d[\w.]*\+?")
_SHEETS = re.compile(r"(?<=\d)\s*\(\s*\d+\s*pp?\b.*$")
_PAGES_CUE = re.compile(r"\b(?:pp|pages?|S|p)\b\.?\s*(?=[A-Za-z]{0,2}\d)")


def title_of(piece: str, before: str) -> tuple[str, str]:
    """A title and what was tagged with it but stands after its closing quote (or "").

    ``before`` is the text up to the title.
    """
    rest = ""
    opening = before.rstrip()[-1:]
    if piece[:1] in _CLOSE:
        opening, piece = piece[0], piece[1:]
    if opening in _CLOSE:
        end = _closing(piece, opening)
        if end is not None and len(piece[:end].split()) >= 2 and not _LONGER.match(piece, end + 1):
            piece, rest = piece[:end], piece[end + 1 :].strip(" .,;:")
    elif before.rstrip().endswith("``") and "''" in piece:
        piece, _, rest = piece.partition("''")
    cut = _AFTER_TITLE.search(piece)
    if cut and cut.start() >= 8:
        piece = piece[: cut.start()] + (piece[cut.start()] if piece[cut.start()] in "?!" else "")
    piece = re.sub(r"(?<=[a-z])[.?!]\s+U\.\s?S\.?$", "", piece)  # the publisher's, "U.S. Department of ..."
    cut = _EDITION.search(piece)
    if cut and cut.start() >= 3:
        piece = piece[: cut.start()]
    return piece, rest.strip(" \"“”'«»")


def _closing(piece: str, opening: str) -> int | None:
    """Where the quote that was open before the piece closes, if something but signs follows it."""
    closing, depth = _CLOSE[opening], 1
    for number, sign in enumerate(piece):
        if sign == closing:
            following = piece[number + 1 : number + 2]
            # ’ and " inside words, and after spaces, close nothing.
            if sign in '’"' and (following.isalnum() or (number and piece[number - 1] == " ")):
                continue
            if sign == "’" and not (following in ",.;" or piece[number - 1] in ",.?!"):
                continue
            depth -= 1
            if not depth:
                return number
        elif sign == opening:
            depth += 1
    return None


def container_of(piece: str) -> str:
    """The name of a journal or a book without "In" before it or "vol." after it."""
    piece = re.sub(r";\s+(?:19|20)\d\d\b.*$", "", piece)  # when and where a congress was held
    return _TRAILING_CUE.sub("", _IN.sub("", piece)).strip(' "“”«»')


def numbering_off(piece: str) -> str:
    """What is left of a name without words of numbering: nothing of "vol. 4", all of "Gut"."""
    return re.sub(
        r"\b(?:vol(?:ume)?s?|nos?|nr|bd|band|tome|issue|part|pt)\b\.?|[\d\W_]+", "", piece, flags=re.I
    )


def volume_of(piece: str) -> str | None:
    """The number of a volume: "8 vols" is 8, "21 March" 21; no number is no volume."""
    match = _NUMBER.search(piece)
    return match.group() if match else None


def pages_of(pieces: list[str]) -> str | None:
    """The pages among the runs tagged so: those after "pp.", else a range, else the first with a number."""
    found = []
    for piece in pieces:
        cues = [cue.end() for cue in _PAGES_CUE.finditer(piece)]
        match = _RANGE.search(_SHEETS.sub("", piece), cues[-1] if cues else 0)
        if match:
            found.append(match.group())
    return next((one for one in found if re.search(r"\d\s*[-–—‐‑−]", one)), found[0] if found else None)
