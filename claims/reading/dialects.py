"""Markup of pandoc and of note-taking programs that CommonMark would show: made unseen, place by place.

Fenced divs and attributes (``::: {#refs}``, ``{.unnumbered}``), shortcodes, wiki links, highlights, comments,
embedded files, callouts, task boxes, tags and ids of blocks at a line's end. Every line keeps its length.
"""

from __future__ import annotations

import re

UNSEEN = "\ufdd0"  # a noncharacter: no text holds it, and reading leaves it out

_FENCE = re.compile(r"[ \t>]*:{3,}[ \t]*(?:\{[^{}]{0,300}\}|[\w-]{0,40})[ \t:]*")
_ATTRIBUTES = re.compile(
    r"\{:?[ \t]?(?:[.#][\w:./-]+|[\w-]+=[\"']?[\w.:/%-]*[\"']?)(?:[ \t][^{}]{0,200})?\}|\{-\}"
)
_ATTRIBUTED = re.compile(r"[ \t]*#{1,6}[ \t]|[ \t]*:[ \t]|Table:|Figure:|[ \t]*\{")
_SPAN = re.compile(r"\[(?P<shown>[^\[\]\n]{1,300})\](?P<close>\{[.#][^{}\n]{1,200}\})")
_SHORTCODE = re.compile(r"\{\{[<%][^{}\n]{0,400}[>%]\}\}")
_COMMENT = re.compile(r"(?<!\d)%%(?!\s*\d).{0,2000}?%%", re.DOTALL)
_EMBEDDED = re.compile(r"!\[\[[^\[\]\n]{1,300}\]\]")
_WIKI_LINK = re.compile(
    r"(?P<open>\[\[(?:[^\[\]|\n]{1,200}\|)?)(?P<shown>[^\[\]|\n]{1,300})(?P<close>\]\])(?![(\[:])"
)
_HIGHLIGHT = re.compile(r"(?P<open>==)(?P<shown>[^\s=](?:[^=\n]{0,1000}[^\s=])?)(?P<close>==)(?!=)")
_CALLOUT = re.compile(r"(?P<before>[ \t]*>[ \t>]*)\[![\w-]{1,30}\][+-]?")
_TASK = re.compile(r"(?P<before>[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\[[ xX]\](?=[ \t])")
_AT_END = re.compile(r"(?:[ \t]+(?:#[A-Za-z][\w/-]{1,40}|\^[A-Za-z0-9-]{1,40}))+[ \t]*\Z")


def without_markup(lines: list[str]) -> list[str]:
    """The lines of a Markdown text with what no reader of it sees made unseen, none of them shorter.

    >>> without_markup(["# Naps {#naps}", "Short [[Naps 2019|naps]] help."])[0].rstrip(UNSEEN)
    '# Naps '
    """
    text = "\n".join(lines)
    if "%%" in text:
        text = _COMMENT.sub(lambda match: re.sub(r"[^\n]", UNSEEN, match.group()), text)
    if "[[" in text:
        text = _EMBEDDED.sub(lambda match: UNSEEN * len(match.group()), text)
        text = _WIKI_LINK.sub(_shown, text)
    if "==" in text:
        text = _HIGHLIGHT.sub(_shown, text)
    return [_line(line) for line in text.split("\n")]


def _shown(match: re.Match[str]) -> str:
    if match["shown"].replace(",", "").replace(" ", "").isdigit():  # "[[1]]" cites
        return match.group()
    return UNSEEN * len(match["open"]) + match["shown"] + UNSEEN * len(match["close"])


def _line(line: str) -> str:
    if ":::" in line and _FENCE.fullmatch(line):
        return " " * len(line)
    if "{{" in line:
        line = _SHORTCODE.sub(lambda match: UNSEEN * len(match.group()), line)
    if "{" in line:
        line = _without_attributes(line)
    if "[!" in line:
        line = _CALLOUT.sub(_as_heading, line, count=1)
    if "[ ]" in line or "[x]" in line or "[X]" in line:
        line = _TASK.sub(lambda match: match["before"] + UNSEEN * 3, line, count=1)
    if " #" in line or " ^" in line:
        line = _AT_END.sub(lambda match: " " * len(match.group()), line)
    return line


def _without_attributes(line: str) -> str:
    """Attributes stand at the end of headings and captions, on a line of their own, and after a bracket."""
    whole = _ATTRIBUTED.match(line) is not None
    line = _SPAN.sub(lambda match: f"{UNSEEN}{match['shown']}{UNSEEN}{UNSEEN * len(match['close'])}", line)

    def unseen(match: re.Match[str]) -> str:
        after = match.start() > 0 and line[match.start() - 1] in "])`"
        ends = not line[match.end() :].strip()
        return UNSEEN * len(match.group()) if after or (whole and ends) else match.group()

    return _ATTRIBUTES.sub(unseen, line)


def _as_heading(match: re.Match[str]) -> str:
    """A callout's title is a heading of what follows."""
    return match["before"] + "####".ljust(len(match.group()) - len(match["before"]))
