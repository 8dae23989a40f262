"""Footnotes of Markdown: ``[^label]: text`` begins one, as in pandoc and on GitHub; ``^[text]`` is one.

CommonMark knows none: it takes a run of them for one paragraph, and one that holds only an address for the
definition of a link, of which nothing is seen.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

DEFINITION = re.compile(r"\[\^(?P<label>[^\[\]\s]{1,80})\]:[ \t]*")
_ANY_DEFINITION = re.compile(r"\[[^\[\]\n]{1,200}\]:")


def with_footnotes(parser: MarkdownIt) -> MarkdownIt:
    """The parser, each footnote a paragraph of its own that begins after its label.

    A note within a line stands between the tokens ``note_open`` and ``note_close``.
    """
    parser.inline.ruler.before("link", "inline_note", _inline_note)
    parser.block.ruler.before("reference", "footnote", _footnote, {"alt": ["paragraph", "reference"]})
    return parser


def _inline_note(state: StateInline, silent: bool) -> bool:
    start, limit = state.pos, state.posMax
    if not state.src.startswith("^[", start):
        return False
    end = parseLinkLabel(state, start + 1)
    if end < start + 6 or state.src.startswith("^", end + 1):  # "^[a]^" is raised
        return False
    if not silent:
        state.push("note_open", "", 1)
        state.pos, state.posMax = start + 2, end
        state.md.inline.tokenize(state)
        state.posMax = limit
        state.push("note_close", "", -1)
    state.pos = end + 1
    return True


def _footnote(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """A definition's line, the lines that go on without a blank one, and the indented paragraphs after it."""
    if state.is_code_block(first):
        return False
    match = DEFINITION.match(state.src, state.bMarks[first] + state.tShift[first], state.eMarks[first])
    if match is None:
        return False
    if silent:
        return True
    line = _paragraph(state, match.end(), first, last)
    while True:
        following = state.skipEmptyLines(line)
        if following >= last or following == line or state.sCount[following] < state.blkIndent + 4:
            break
        line = _paragraph(
            state, state.bMarks[following] + state.tShift[following], following, last, indented=True
        )
    state.line = line
    return True


def _paragraph(state: StateBlock, begin: int, first: int, last: int, *, indented: bool = False) -> int:
    """Add the paragraph that begins at ``begin`` in the line ``first``; the line after it."""
    lines = [state.src[begin : state.eMarks[first]]]
    line = first + 1
    while line < last and not state.isEmpty(line):
        start = state.bMarks[line] + state.tShift[line]
        if _ANY_DEFINITION.match(state.src, start, state.eMarks[line]) or (
            indented and state.sCount[line] < state.blkIndent + 4
        ):
            break
        lines.append(state.src[start : state.eMarks[line]])
        line += 1
    opening = state.push("paragraph_open", "p", 1)
    opening.map = [first, line]
    inline = state.push("inline", "", 0)
    inline.content = "\n".join(lines).rstrip()
    inline.map = [first, line]
    inline.children = []
    state.push("paragraph_close", "p", -1)
    return line
