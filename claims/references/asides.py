"""What a reference prints beside its fields and would be taken for one of them: cut out before reading.

Numbers of reports and versions in brackets, the kind of a work, dates of publishing online.
"""

from __future__ import annotations

import re

_NUMBERED = re.compile(
    r"\s*\((?:[A-Z][\w&.’'-]*\s+){0,4}(?:[Pp]ublication|[Rr]eport|[Vv]ersion|[Gg]uideline|[Dd]ocument|[Bb]ulletin|[Oo]rder"
    r"|[Bb]rief|[Rr]eview|[Pp]aper|[Cc]hapter|ID)\s*(?:[Nn]os?\.?|[Nn]umber|#)?\s*[A-Z]{0,6}[\s-]?\d[\w./-]{0,20}\)"
)
_CHANGED = re.compile(
    r"\s*[\[(](?:[Rr]etraction|[Ee]rratum|[Cc]orrection|[Cc]orrigendum|[Ee]xpression of concern)"
    r"\s(?:published|in|appears|issued)\b"
    r"(?:[^()\[\]]|\([^()]*\)|\[[^\[\]]*\]){0,160}[\])]"
)
_THESIS = re.compile(
    r"\s*[\[(](?:[Uu]npublished\s+)?(?:[Dd]octoral|[Mm]aster(?:[’']?s)?|PhD|MSc|MD|[Bb]achelor(?:[’']?s)?)\s+(?:[Dd]issertation|[Tt]hesis)"
    r"[^\[\]()]{0,120}[\])]"
)
_KIND = re.compile(
    r"\s*\[(?:[Pp]reprint|[Dd]ata ?set|[Pp]oster presentation|[Cc]onference presentation)\](?=\.?\s)"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_ONLINE = re.compile(
    r"[\[(]?\b(?:(?:[Ff]irst\s+)?[Pp]ublished(?:\s+(?:online|ahead\s+of\s+print|electronically))?(?:\s+(?:first|on))?"
    r"|[Ee]pub(?:lished)?(?:\s+(?:online|ahead\s+of\s+print))?|[Oo]nline\s+(?:first|ahead\s+of\s+print)|[Aa]head\s+of\s+print"
    r"|[Aa]dvance\s+online\s+publication)\b[:,.]?"
    rf"(?:\s+(?:(?:\d{{1,2}}\s+)?{_MONTH}(?:\s+\d{{1,2}},?)?\s+)?(?P<year>(?:19|20)\d\d)(?:\s+{_MONTH}(?:\s+\d{{1,2}})?)?)?[\])]?\.?"
)
_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?![\d-])")


def without_asides(body: str) -> str:
    """The text of a reference without them; the year of publishing online stays where it is the only one.

    >>> without_asides("Roy C. Naps. J Tea. Published online May 2, 2020.")
    'Roy C. Naps. J Tea. 2020.'
    """
    for pattern in (_NUMBERED, _CHANGED, _THESIS, _KIND):
        body = pattern.sub("", body)
    for match in reversed(list(_ONLINE.finditer(body))):
        before, after = body[: match.start()], body[match.end() :]
        kept = f"{match['year']}." if match["year"] and not _YEAR.search(f"{before} {after}") else ""
        body = f"{before.rstrip()} {kept}{after}".strip()
    return body


def is_thesis(text: str) -> bool:
    """Whether a reference says in brackets that its work is a thesis: no journal printed it."""
    return _THESIS.search(text) is not None


def is_online_first(text: str) -> bool:
    """Whether a reference says that its work was published online before it stood in an issue."""
    return _ONLINE.search(text) is not None
