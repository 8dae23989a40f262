"""LaTeX: what is printed of it, block by block; ``\\cite{lee,roe}`` reads as ``[@lee; @roe]``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from claims.model import Block
from claims.reading.visible import VisibleText

_LATEX = re.compile(r"^[ \t]*\\(?:documentclass|begin\{document\})", re.MULTILINE)
_BEGIN, _END = re.compile(r"\\begin\{document\}"), re.compile(r"\\end\{document\}")
_TITLE = re.compile(r"\\title\*?(?:\[[^\[\]]{0,200}\])?(?=\{)")
_TOKEN = re.compile(
    r"(?P<comment>(?<!\\)%[^\n]*(?:\n[ \t]*)?)"
    r"|(?P<blank>[ \t]*\n(?:[ \t]*\n)+)"
    r"|\\begin\{(?P<begin>[\w*]{1,30})\}|\\end\{(?P<end>[\w*]{1,30})\}"
    r"|(?P<cite>\\(?:[A-Za-z]{0,12}cite[A-Za-z]{0,12})\*?\s?(?:\[[^\[\]\n]{0,200}\]){0,2}\{(?P<keys>[^{}]{1,2000})\})"
    r"|(?P<accent>\\(?P<mark>[`'^\"~=.]|[cvuHrk](?![A-Za-z]))\s?(?:\{(?P<in>\\?[A-Za-z])\}|(?P<letter>\\?[A-Za-z])))"
    r"|\\(?P<name>[A-Za-z]{1,40})\*?[ \t]*"
    r"|(?P<break>\\\\(?:\[[^\[\]\n]{0,20}\])?)"
    r"|\\(?P<sign>[%&$#_{}])"
    r"|(?P<space>\\[,;:!/ \n@-]|~)"
    r"|(?P<display>\\\[|\\\]|\\[()]|\$\$?)"
    r"|(?P<quote>``|''|`)|(?P<dash>-{2,3})|(?P<cell>&)|(?P<open>\{)|(?P<close>\})"
    r"|(?P<text>[^\\{}%&~$\n`'-]+|.|\n)"
)
_ARGUMENT = re.compile(r"\s*(?:\[[^\[\]]{0,300}\]|(?P<open>\{))")
_BRACE = re.compile(r"(?<!\\)[{}]")
_LONGEST_ARGUMENT = 3000  # characters of what is left out
_HEADINGS = {
    "part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5,
    "subparagraph": 6,
}  # fmt: skip
_UNSEEN = frozenset(  # with how ever many arguments stand behind them
    """
    label ref eqref pageref autoref cref nameref includegraphics bibliographystyle bibliography
    printbibliography
    addbibresource vspace hspace usepackage input include thanks author date affil email institute newcommand
    renewcommand providecommand setlength addtolength pagestyle thispagestyle hypersetup graphicspath index
    newblock maketitle tableofcontents listoffigures centering noindent hline toprule midrule bottomrule cline
    cmidrule newpage clearpage footnotesize small large title documentclass nocite keywords orcid
    phantomsection
    appendix color pagenumbering multicolumn
    """.split()  # noqa: SIM905
)
_NOT_READ = frozenset(
    """
    equation equation* align align* math displaymath eqnarray gather verbatim lstlisting tikzpicture comment
    minted algorithm filecontents
    """.split()  # noqa: SIM905
)
_TABLES = frozenset(("tabular", "tabular*", "tabularx", "tabulary", "longtable", "array"))
_MARKS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "r": "\u030a", "k": "\u0328",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "percent": "%", "textpercent": "%", "degree": "°", "times": "×",
    "pm": "±", "leq": "≤", "geq": "≥", "le": "≤", "ge": "≥", "approx": "≈", "sim": "~", "mu": "µ",
    "beta": "β", "alpha": "α", "ldots": "…", "dots": "…", "textendash": "–", "textemdash": "—",
    "textquoteright": "’", "quad": " ", "qquad": " ", "newline": " ", "linebreak": " ",
}  # fmt: skip


def is_latex(text: str) -> bool:
    """Whether a text is a source of LaTeX: it begins a document.

    >>> is_latex("\\\\documentclass{article}\\n..."), is_latex("Write it with LaTeX.")
    (True, False)
    """
    return "\\" in text and _LATEX.search(text, 0, 20_000) is not None


def read_latex(text: str) -> tuple[Block, ...]:
    """The blocks of an article in LaTeX: its title, what stands in its body, its list of references."""
    begun, ended = _BEGIN.search(text), _END.search(text)
    start = begun.end() if begun else 0
    reader = _Reader(text)
    title = _TITLE.search(text)
    if title is not None:
        reader.kind, reader.level = "title", 1
        reader.read(title.end(), reader.end_of_argument(title.end()) or title.end())
        reader.flush()
    reader.read(start, ended.start() if ended and ended.start() > start else len(text))
    reader.flush()
    return tuple(reader.blocks)


@dataclass(slots=True)
class _Reader:
    text: str
    blocks: list[Block] = field(default_factory=list)
    visible: VisibleText = field(default_factory=VisibleText)
    kind: str = "paragraph"
    level: int = 0
    braces: list[str] = field(default_factory=list)  # what ends where each brace closes
    notes: list[VisibleText] = field(default_factory=list)  # the paragraph that each open footnote stands in
    below: list[Block] = field(default_factory=list)  # the footnotes of the paragraph
    tables: int = 0
    listed: bool = False  # within the list of references
    closed: dict[int, int] = field(init=False)  # where braces open, and behind what they are closed

    def __post_init__(self) -> None:
        self.closed, opened = {}, list[int]()
        for match in _BRACE.finditer(self.text):
            if match.group() == "{":
                opened.append(match.start())
            elif opened:
                self.closed[opened.pop()] = match.end()

    def read(self, start: int, end: int) -> None:
        position = start
        while position < end:
            match = _TOKEN.match(self.text, position, end)
            if match is None:
                break
            position = max(self._take(match, end), match.end())

    def flush(self, kind: str | None = None) -> None:
        """End the block; what follows is a paragraph, a row of a table or an entry."""
        block = self.visible.block("reference" if self.listed else self.kind, self.level)
        if block is not None:
            self.blocks.append(block)
        self.blocks += self.below
        self.below = []
        self.visible = VisibleText()
        self.kind, self.level = kind or ("table" if self.tables else "paragraph"), 0

    def end_of_argument(self, start: int) -> int | None:
        """Where the braces that open at ``start`` are closed behind; None where they are not, or late."""
        end = self.closed.get(start)
        return end if end is not None and end - start <= _LONGEST_ARGUMENT else None

    def _take(self, match: re.Match[str], end: int) -> int:
        """Take one token; where to go on."""
        name, at = match.lastgroup, match.start()
        if match["keys"]:
            self._cite(match)
        elif name == "name":
            return self._command(match["name"], match, end)
        elif name == "begin":
            return self._begin(match["begin"], match, end)
        elif name == "end":
            self._end(match["end"])
        elif name == "blank":
            if not self.tables and not self.notes:
                self.flush(self.kind if self.listed else None)
            else:
                self.visible.add(" ", at, width=1)
        elif match["accent"]:
            letter = (match["in"] or match["letter"]).lstrip("\\")
            shown = unicodedata.normalize("NFC", letter + _MARKS[match["mark"]])
            self.visible.add(shown, at, width=len(match.group()))
        elif name == "break":
            self.flush() if self.tables else self.visible.add(" ", at, width=2)
        elif name == "cell":
            self.visible.add(" | " if self.tables else "&", at, width=1)
        elif name == "open":
            self.braces.append("")
        elif name == "close":
            self._close()
        elif name in ("space", "sign", "quote", "dash", "text"):
            self._show(name, match)
        return match.end()

    def _show(self, name: str, match: re.Match[str]) -> None:
        text = match.group()
        if name == "text":
            self.visible.add(text, match.start())
            return
        said = {"``": "“", "''": "”", "`": "‘", "--": "–", "---": "—"}.get(text, " ")
        self.visible.add(
            match["sign"] or ("" if text in ("\\!", "\\/", "\\-") else said), match.start(), width=len(text)
        )

    def _cite(self, match: re.Match[str]) -> None:
        if match.group().startswith("\\nocite"):
            return
        shown, places = "", list[int]()
        for key in re.finditer(r"[^\s,]+", match["keys"]):
            begin = match.start("keys") + key.start()
            before = "; @" if shown else " [@"
            shown += before + key.group()
            places += [match.start() if before == " [@" else begin - 1] * 3
            places += range(begin, begin + len(key.group()))
        if shown:
            self.visible.add_mapped(f"{shown}]", [*places, match.end() - 1])

    def _command(self, name: str, match: re.Match[str], end: int) -> int:
        if name in _HEADINGS or name == "caption":
            return self._headed(name, match, end)
        if name == "item":
            self.flush("list-item")
            return self._without_options(match.end(), end)
        if name == "bibitem":
            self.flush()
            self.listed = True
            return self._past_arguments(match.end(), end, 1)
        if name == "footnote" and self.text.startswith("{", match.end()):
            self.visible.add(f"[^{match.start()}]", match.start(), width=len(match.group()) + 1)
            self.notes.append(self.visible)
            self.visible = VisibleText()
            self.braces.append("note")
            return match.end() + 1
        if name in ("href", "textcolor", "colorbox"):
            return self._past_arguments(match.end(), end, 1)
        if name in _LETTERS:
            self.visible.add(_LETTERS[name], match.start(), width=len(match.group()))
            return match.end()
        if name in _UNSEEN:
            return self._past_arguments(match.end(), end, 9)
        if name == "par":
            self.flush()
        return self._without_options(match.end(), end)

    def _headed(self, name: str, match: re.Match[str], end: int) -> int:
        position = self._without_options(match.end(), end)
        if not self.text.startswith("{", position):
            return position
        self.flush("caption" if name == "caption" else "heading")
        self.level = _HEADINGS.get(name, 0)
        self.braces.append("block")
        return position + 1

    def _begin(self, name: str, match: re.Match[str], end: int) -> int:
        if name in _NOT_READ:
            closed = self.text.find(f"\\end{{{name}}}", match.end(), end)
            return end if closed < 0 else closed
        self.tables += name in _TABLES
        self.flush()
        if name == "thebibliography":
            self.listed = True
        arguments = {"thebibliography": 1, "tabularx": 2, "tabular*": 2}.get(
            name, 1 if name in _TABLES else 0
        )
        return (
            self._past_arguments(match.end(), end, arguments)
            if arguments
            else self._without_options(match.end(), end)
        )

    def _end(self, name: str) -> None:
        self.flush()
        if name in _TABLES:
            self.tables = max(0, self.tables - 1)
            self.kind = "table" if self.tables else "paragraph"
        if name == "thebibliography":
            self.listed = False

    def _close(self) -> None:
        what = self.braces.pop() if self.braces else ""
        if what == "block":
            self.flush()
        elif what == "note":
            block = self.visible.block("paragraph")
            if block is not None:
                self.below.append(block)
            if self.notes:
                self.visible = self.notes.pop()

    def _without_options(self, position: int, end: int) -> int:
        match = _ARGUMENT.match(self.text, position, end)
        return match.end() if match is not None and not match["open"] else position

    def _past_arguments(self, position: int, end: int, most: int) -> int:
        """Behind the options and at most so many arguments."""
        while (match := _ARGUMENT.match(self.text, position, end)) is not None:
            if match["open"] is None:
                position = match.end()
                continue
            behind = self.end_of_argument(match.start("open"))
            if behind is None or most == 0 or "\n\n" in self.text[position : match.start("open")]:
                break
            position, most = min(behind, end), most - 1
        return position
