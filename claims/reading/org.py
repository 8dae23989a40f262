"""Org mode's markup as Markdown has it, line for line as long as it was: what is not seen is ``UNSEEN``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claims.reading.dialects import UNSEEN

_SIGNS = re.compile(
    r"[ \t]*(?:#\+(?:title|author|date|options|filetags|bibliography|startup|property"
    r"|begin_(?:src|quote|example|comment))\b"
    r"|:PROPERTIES:[ \t]*\Z)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?P<stars>\*{1,6})(?P<state>[ \t]+(?:TODO|DONE|NEXT|WAITING|CANCELLED)(?=[ \t]))?"
    r"(?P<rank>[ \t]+\[#[A-Z]\])?"
    r"(?P<said>[ \t].*?)(?P<tags>[ \t]+:[\w@#%:]+:)?[ \t]*"
)
_KEYWORD = re.compile(r"[ \t]*#\+\w+(?:\[[^\]]*\])?:?.*|[ \t]*#(?:[ \t].*)?")
_TITLE = re.compile(r"(?P<word>#\+title:)(?P<said>[ \t]*\S.*)", re.IGNORECASE)
_PLANNED = re.compile(
    r"[ \t]*(?:(?:CLOSED|SCHEDULED|DEADLINE|CLOCK):[ \t]*[<\[][^>\]]*[>\]](?:[ \t=>\d:-]*)?[ \t]*)+"
)
_BLOCK = re.compile(r"[ \t]*#\+begin_(?P<kind>\w+)", re.IGNORECASE)
_NOT_READ = ("src", "example", "comment", "export")
_DRAWER = re.compile(r"[ \t]*:[\w-]+:[ \t]*")
_DRAWER_END = re.compile(r"[ \t]*:END:[ \t]*", re.IGNORECASE)
_RULE = re.compile(r"[ \t]*\|-[-+|]*\|?[ \t]*")
_LINK = re.compile(r"\[\[(?P<address>[^\[\]\n]{1,500})\](?:\[(?P<shown>[^\[\]\n]{1,300})\])?\]")
_NOTE = re.compile(r"\[fn:(?P<label>[\w-]{1,60})\]")
_NOTE_BELOW = re.compile(rf"\A{_NOTE.pattern} ")  # the note itself, where it begins the line
_NOTE_WITHIN = re.compile(r"\[fn:[\w-]{0,40}:(?=[^\]\s])")
_CITED = re.compile(r"\[cite(?:/[\w/-]{1,20})?:(?=[^\[\]\n]*@)")
_ITEM = re.compile(r"[-+][ \t]|\d{1,3}[.)][ \t]")
_SLANTED = re.compile(r"(?<![\w/:.])/(?P<said>[^\s/](?:[^/\n]{0,200}[^\s/])?)/(?![\w/])")


def is_org(lines: Sequence[str]) -> bool:
    """Whether a text is one of Org mode: it has a keyword or a drawer of that.

    >>> is_org(["#+TITLE: Tea", "* Sleep", "Tea helps."]), is_org(["# Tea", "* one"])
    (True, False)
    """
    return any(line.lstrip()[:2] in ("#+", ":P") and _SIGNS.match(line) for line in lines[:200])


def as_markdown(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a text of Org mode as Markdown, none of them longer or shorter."""
    until: re.Pattern[str] | None = None
    titled = False
    for line in lines:
        if until is not None:
            until = None if until.fullmatch(line) else until
            yield " " * len(line)
            continue
        block, title = _BLOCK.match(line), None if titled else _TITLE.fullmatch(line)
        if block is not None and block["kind"].lower() in _NOT_READ:
            until = re.compile(rf"[ \t]*#\+end_{re.escape(block['kind'])}\b.*", re.IGNORECASE)
        elif _DRAWER.fullmatch(line) and not _DRAWER_END.fullmatch(line):
            until = _DRAWER_END
        if title is not None:
            titled = True
            yield "# ".ljust(len(title["word"])) + title["said"]
        elif until is not None or _KEYWORD.fullmatch(line) or _PLANNED.fullmatch(line):
            yield " " * len(line)
        elif _RULE.fullmatch(line):
            yield line.replace("+", "|")
        else:
            heading = _HEADING.fullmatch(line)
            yield _within(_heading(heading, len(line)) if heading else _less_indented(line))


def _heading(match: re.Match[str], length: int) -> str:
    before = "#" * len(match["stars"]) + " " * len((match["state"] or "") + (match["rank"] or ""))
    return (before + match["said"]).ljust(length)


def _less_indented(line: str) -> str:
    """The line, what stands below a heading not so far in that Markdown would take it for code."""
    said = line.lstrip(" \t")
    deep = len(line) - len(said)
    if deep < 4 or not said:
        return line
    if _ITEM.match(said):
        return line  # of a list within a list
    return "  " + UNSEEN * (deep - 2) + said


def _within(line: str) -> str:
    if "[" in line:
        line = _NOTE_BELOW.sub(rf"[^{UNSEEN * 2}\g<label>]:", line)
        line = _NOTE.sub(rf"[^{UNSEEN * 2}\g<label>]", line)
        line = _NOTE_WITHIN.sub(lambda match: UNSEEN * (len(match.group()) - 2) + "^[", line)
        line = _CITED.sub(lambda match: "[" + UNSEEN * (len(match.group()) - 1), line)
        line = _LINK.sub(_link, line)
    if "/" in line:
        line = _SLANTED.sub(lambda match: f"{UNSEEN}{match['said']}{UNSEEN}", line)
    return line


def _link(match: re.Match[str]) -> str:
    """The words of a link; without any its address."""
    if match["shown"] is None:
        return f"{UNSEEN * 2}{match['address']}{UNSEEN * 2}"
    before = match.start("shown") - match.start()
    return UNSEEN * before + match["shown"] + UNSEEN * 2
