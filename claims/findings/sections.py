"""The parts of an abstract: its sections and its sentences, with where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.expressions import expression
from claims.sentences import trimmed

_LABELS: tuple[tuple[str, str], ...] = (
    (
        "background",
        "background|introduction|objectives?|aims?|purpose|context|importance|rationale|question|hypothesis"
        "|aims? and objectives?|background and (?:aims?|objectives?|purpose)|background/aims?"
        "|study objectives?"
        "|what is known|problem",
    ),
    (
        "methods",
        "methods?(?! and (?:results|findings))|materials? and methods?"
        "|patients? and methods?|subjects? and methods?|participants?|design"
        "|study design|design and methods|setting|settings?|interventions?|main outcome measures?"
        "|outcome measures?"
        "|main outcomes? and measures?|measurements?|measures?|exposures?|data sources?|study selection"
        "|data extraction(?: and synthesis)?|evidence (?:review|acquisition)|research design and methods"
        "|methodology|design, setting,? and participants|eligibility criteria|search methods"
        "|selection criteria"
        "|data collection and analysis|statistical analysis|patients?|population|procedures?"
        "|experimental design",
    ),
    (
        "results",
        "methods and (?:results|findings)"
        "|measurements? and main results?|(?:data|evidence) synthesis|results?"
        "|findings?|main results?"
        "|principal findings?|key results|result|outcomes?",
    ),
    (
        "conclusions",
        "conclusions?|interpretation|discussion|conclusions? and relevance|significance"
        "|authors?['’] conclusions?"
        "|summary|implications|conclusions/interpretation|meaning|practical implications|clinical relevance",
    ),
    (
        "other",
        "funding|trial registration|registration|clinical trial registration|keywords?"
        "|trial registration number"
        "|level of evidence|systematic review registration|sources? of funding|copyright|registry",
    ),
    ("title", "title"),
)
_LABEL = expression(
    r"(?:(?<=^)|(?<=\n)|(?<=[.!?)\]] )|(?<=[.!?)\]]  ))[ \t]*(?:"
    + "|".join(f"(?P<{kind}>{names})" for kind, names in _LABELS)
    + r")[ \t]*(?::|\.(?=\s[A-Z])|\s?[-–—](?=\s)|\n)",
    re.IGNORECASE,
)
# "OBJECTIVE To learn ... DATA SYNTHESIS Nine trials ...": labels in capitals that lost their colon
_SHOUTED = expression(
    r"\b(?:"
    + "|".join(f"(?P<{kind}>{names.upper()})" for kind, names in _LABELS if kind != "title")
    + r")(?: AND [A-Z]{4,})?\b[:.]?(?=\s)"
)
# "... after taking it RESULTS:: Neither ...", "ABSTRACT.MATERIALS AND METHODS: Sixty ...": in capitals and
# with its colon a label needs no full stop before it
_LOUD = expression(
    r"\b(?:ABSTRACT\.)?(?:"
    + "|".join(f"(?P<{kind}>{names.upper()})" for kind, names in _LABELS)
    + r")\s?::?(?=\s)"
)
# "Summary Background Women born ... Methods 640 000 women ... Findings Mortality ...": the label is lost in
# the text; three different ones make them labels
_QUIET = expression(
    r"(?:^|(?<=[.!?)\]] )|(?<=[.!?)\]]  )|(?<=\n))(?:Summary\s+)?(?:(?P<background>Background"
    r"|Introduction|Objectives?|Aims?|Purpose|Importance|Context"
    r"|Rationale|Question)|(?P<methods>Methods|Materials and Methods|Design|Setting|Participants"
    r"|Patients|Interventions?"
    r"|Main [Oo]utcome [Mm]easures|Main Outcomes and Measures|Data [Ss]ources)"
    r"|(?P<results>Results|Findings|Main [Rr]esults)"
    r"|(?P<conclusions>(?:Authors['’] [Cc]onclusions|Conclusions?(?: and Relevance)?)"
    r"|Interpretation|Discussion)"
    r"|(?P<other>Funding|Trial [Rr]egistration))\s+(?=[A-Z0-9À-Þ])"
)
_ABBREVIATION = expression(
    r"(?:\b(?:vs|e\.g|i\.e|et al|al|Fig|figs?|approx|No|Dr|Mr|Ms|St|ca|cf|resp|Inc|Ltd|spp|sp|viz|incl|etc"
    r"|Eq|ref"
    # "group B. Women": no initial
    r"|n\.s|min|max|wk|yr|mo|hr|h|d|s\.d|S\.D|s\.e"
    r"|(?<!roup )(?<!roups )(?<!rm )(?<!rms )(?<!and )(?<!tamin )(?<!titis )[A-Z])"
    r"|\b[a-z]\.[a-z])\.$"
)
_END = expression(r"[.!?][)\]\"”’']{0,2}(?=\s+[\"“(\[]?[A-Z0-9À-Þ≥≤<>~α-ωΑ-Ω])|\n+")


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of an abstract: half-open offsets, and its section (None where there are none)."""

    start: int
    end: int
    section: str | None


def sections(text: str) -> tuple[tuple[int, int, str], ...]:
    """(start of the section's text, its end, background|methods|results|conclusions|other|title)."""
    marks = _labelled(text)
    if sum(1 for mark in marks if mark[2] in ("results", "conclusions", "methods")) == 0:
        marks = [
            (match.start(), match.end(), match.lastgroup or "other") for match in _SHOUTED.finditer(text)
        ]
    if not marks:
        quiet = [(match.start(), match.end(), match.lastgroup or "other") for match in _QUIET.finditer(text)]
        if len({mark[2] for mark in quiet}) >= 3:
            marks = quiet
    found = []
    for index, (_, end, kind) in enumerate(marks):
        following = marks[index + 1][0] if index + 1 < len(marks) else len(text)
        found.append((end, following, kind))
    return tuple(found)


def _labelled(text: str) -> list[tuple[int, int, str]]:
    """The labels with a colon, in order; of two that overlap the one that begins first."""
    found = [match for pattern in (_LABEL, _LOUD) for match in pattern.finditer(text)]
    marks: list[tuple[int, int, str]] = []
    for match in sorted(found, key=lambda one: (one.start(), -one.end())):
        if not marks or match.start() >= marks[-1][1]:
            marks.append((match.start(), match.end(), match.lastgroup or "other"))
    return marks


def sentences(text: str) -> tuple[Part, ...]:
    """The sentences of an abstract, white space trimmed, in order; a label belongs to none."""
    marked = sections(text)
    labels = {end: start for start, end, _ in _labelled(text)}
    stretches: list[tuple[int, int, str | None]] = []
    position = 0
    for start, end, kind in marked:
        if start > position:
            before = labels.get(start, position)
            if text[position:before].strip():
                stretches.append((position, before, None))
        stretches.append((start, end, kind))
        position = end
    if position < len(text):
        stretches.append((position, len(text), None))
    parts = []
    for start, end, section in stretches:
        for low, high in _split(text, start, end):
            parts.append(Part(low, high, section))
    return tuple(parts)


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    low = start
    for match in _END.finditer(text, start, end):
        if match[0][0] == "." and _ABBREVIATION.search(text[max(low, match.start() - 8) : match.start() + 1]):
            continue
        found.append((low, match.end()))
        low = match.end()
    found.append((low, end))
    return trimmed(text, found)
