"""BibTeX and BibLaTeX: good entries are kept, broken ones named.

bibtexparser 2 finds the blocks; field values are evaluated here, because it was measured to leave
``name # "text"`` unresolved and, after a missing comma, to run two fields together without a word.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from graph.bibliography.bibtex_editing import single_commas
from graph.errors import ClaimspineError

_BARE = re.compile(r"[^\s{}\"#,=]+")
_MISSING_COMMA = re.compile(r"\s*([A-Za-z][\w-]*)\s*=\s*")
_KEY = re.compile(r"@\s*(\w+)\s*[{(]\s*([^\s,{}()=\"]*)")
_MONTHS = dict.fromkeys(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
_VERBATIM = frozenset({"doi", "url", "eprint", "file", "pmid", "pmcid", "isbn", "issn"})
_ESCAPED = re.compile(r"\\([_%&#$~{}])")
_LATEX = re.compile(r"[{}~]|--|``|''|[!?]`")
_SIGNS = re.compile(r"---?|``|''|[!?]`|[{}~]")
_SIGN_TEXTS = {"---": "—", "--": "–", "``": "“", "''": "”", "!`": "¡", "?`": "¿", "{": "", "}": "", "~": " "}
_BRACES = re.compile(r'[{}"]|\\.', re.DOTALL)  # an escaped sign closes nothing
_MAX_LATEX = 200_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, fields as text (LaTeX decoded), names in lower case. ``line`` counts from 1."""

    key: str
    kind: str
    line: int
    fields: dict[str, str]
    raw: dict[str, str] = field(default_factory=dict)  # before LaTeX, for names with braces


@dataclass(frozen=True, slots=True)
class Broken:
    """What is wrong with an entry, and whether it was left out."""

    line: int
    key: str | None
    message: str
    left_out: bool


def parse(text: str) -> tuple[list[Entry], list[Broken]]:
    """The entries of a BibTeX text in file order, and what is wrong with it.

    Raises:
        ClaimspineError: ``bibtex-unreadable``, it is not BibTeX.
    """
    from bibtexparser import model
    from bibtexparser.entrypoint import parse_string

    text, doubled = single_commas(text)
    logger = logging.getLogger("bibtexparser")
    was = logger.disabled, logger.propagate
    logger.propagate = False
    silent = logging.NullHandler()
    logger.addHandler(silent)
    try:
        blocks = parse_string(text, parse_stack=[]).blocks
    except (ValueError, IndexError, AttributeError, RecursionError) as exc:
        raise ClaimspineError("bibtex-unreadable", f"not BibTeX: {exc}") from exc
    finally:
        logger.removeHandler(silent)
        logger.disabled, logger.propagate = was
    strings: dict[str, str] = {}
    entries: list[Entry] = []
    broken = [
        Broken(text.count("\n", 0, place) + 1, None, "a comma too many, read as if it were not there", False)
        for place in doubled
    ]
    blocks = blocks[::-1]  # taken off one by one: at 100,000 works they weigh as much as the entries
    while blocks:
        block = blocks.pop()
        line = (block.start_line or 0) + 1
        if isinstance(block, model.String):
            value, problems = evaluate(block.value, strings)
            strings[block.key.lower()] = value.get("", "")
            broken += [Broken(line, block.key, f"@string {block.key}: {p}", False) for p in problems]
        elif isinstance(block, model.Entry):
            entries.append(_entry(block, line, strings, broken))
        elif isinstance(block, model.DuplicateFieldKeyBlock) and isinstance(
            block.ignore_error_block, model.Entry
        ):
            names = ", ".join(sorted(block.duplicate_keys))
            key = block.ignore_error_block.key
            broken.append(Broken(line, key, f"{names} given twice; the first one counts", False))
            entries.append(_entry(block.ignore_error_block, line, strings, broken))
        elif isinstance(block, model.DuplicateBlockKeyBlock):
            if not block.key and isinstance(block.ignore_error_block, model.Entry):
                entries.append(_entry(block.ignore_error_block, line, strings, broken))
                continue
            broken.append(
                Broken(line, block.key, f"the key {block.key} is used twice; this entry is left out", True)
            )
        elif isinstance(block, model.ParsingFailedBlock):
            found = _KEY.match((block.raw or "").lstrip())
            if found is None or found[1].lower() in ("comment", "preamble"):
                continue
            said = _reason(str(getattr(block.error, "abort_reason", None) or block.error))
            broken.append(Broken(line, found[2] or None, f"this entry is broken and left out: {said}", True))
    return entries, broken


def _reason(said: str) -> str:
    """The parser's reason in a curator's words."""
    if "Unexpected block start" in said or "end of file" in said:
        return "a closing brace or quote is missing"
    if "after entry key" in said and "comma" in said.lower():
        return "the comma after its key is missing"
    return said.strip().rstrip(".")


def _entry(block: object, line: int, strings: Mapping[str, str], broken: list[Broken]) -> Entry:
    key = str(getattr(block, "key", "") or "").strip()
    fields: dict[str, str] = {}
    raw: dict[str, str] = {}
    if not key:
        broken.append(Broken(line, None, "this entry has no key", False))
    for one in getattr(block, "fields", ()):
        name = str(one.key).strip().lower()
        at = (one.start_line if one.start_line is not None else line - 1) + 1
        values, problems = evaluate(str(one.value), strings)
        broken += [Broken(at, key or None, f"{name}: {problem}", False) for problem in problems]
        for extra, value in values.items():
            target = extra or name
            if target not in raw and value.strip():
                shown = plain(value, verbatim=target in _VERBATIM)
                fields[target] = shown
                raw[target] = shown if shown == value else value  # one text, not two
    return Entry(key, str(getattr(block, "entry_type", "misc")).lower(), line, fields, raw)


def evaluate(written: str, strings: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The value of a field as written: braces, quotes, numbers and names joined by ``#``.

    The value stands under the empty key; fields that a missing comma had swallowed stand under
    their own names. Problems are in words.

    >>> evaluate('lancet # " Psychiatry"', {"lancet": "The Lancet"})
    ({'': 'The Lancet Psychiatry'}, [])
    >>> evaluate("{A} journal = {B}", {})[0]
    {'': 'A', 'journal': 'B'}
    """
    values: dict[str, str] = {}
    problems: list[str] = []
    name, position, length = "", 0, len(written)
    while True:
        parts: list[str] = []
        while position < length:
            position = _skip(written, position)
            part, position = _part(written, position, strings, problems)
            parts.append(part)
            position = _skip(written, position)
            if position < length and written[position] == "#":
                position += 1
                continue
            break
        values.setdefault(name, "".join(parts))
        if position >= length:
            return values, problems
        follow = _MISSING_COMMA.match(written, position)
        if follow is None:
            problems.append(f"there is text after its end: {written[position : position + 40].strip()!r}")
            return values, problems
        problems.append(f"a comma is missing before {follow[1]}; read as two fields, please check both")
        name, position = follow[1].lower(), follow.end()


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _part(text: str, position: int, strings: Mapping[str, str], problems: list[str]) -> tuple[str, int]:
    if position >= len(text):
        return "", position
    opening = text[position]
    if opening in '{"':
        depth = 0
        for found in _BRACES.finditer(text, position + 1):
            character, at = found[0], found.start()
            if character == "{":
                depth += 1
            elif character == "}":
                if depth == 0 and opening == "{":
                    return text[position + 1 : at], at + 1
                depth -= 1
            elif character == '"' and opening == '"' and depth <= 0:
                return text[position + 1 : at], at + 1
        problems.append("its closing brace or quote is missing")
        return text[position + 1 :], len(text)
    bare = _BARE.match(text, position)
    if bare is None:
        return "", position + 1
    word = bare[0]
    if word.lower() in strings:
        return strings[word.lower()], bare.end()
    if not word.isdigit() and word.lower() not in _MONTHS and re.match(r"[A-Za-z]", word):
        said = f"the name {word[:60]} is not defined by an @string"
        if said not in problems[-3:]:
            problems.append(said)
    return word, bare.end()


_MATH = re.compile(r"\$[^$]{1,200}\$")
_ANGLE = re.compile(r"\{?\\text(less|greater)(?:\{\}|\}| |(?![A-Za-z]))")
_MARKUP = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span)(?: [^<>]{0,80})?>")


def plain(value: str, *, verbatim: bool = False) -> str:
    """LaTeX as text; identifiers and addresses only lose their escapes.

    >>> plain(r"M{\\"u}ller {and} 5 \\% of J{\\o}rn")
    'Müller and 5 % of Jørn'
    """
    if verbatim or len(value) > _MAX_LATEX:
        return " ".join(_ESCAPED.sub(r"\1", value).replace("{", "").replace("}", "").split())
    if "\\" in value or "$" in value:
        value = _decoded(value)
    elif _LATEX.search(value):
        # without a macro nothing needs the parser, which takes a millisecond
        value = _SIGNS.sub(lambda found: _SIGN_TEXTS[found[0]], value)
    return " ".join(value.replace("\N{NO-BREAK SPACE}", " ").split())


def _decoded(value: str) -> str:
    from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerError  # type: ignore[import-untyped]

    value = _MATH.sub(lambda found: found[0].replace("_", ""), value)  # a lowered figure stands in the line
    value = _ANGLE.sub(lambda found: "<" if found[1] == "less" else ">", value)
    value = _MARKUP.sub("", value)
    guarded = re.sub(r"(?<!\\)([%&#])", r"\\\1", value)  # unescaped they would swallow text
    try:
        nodes, _, _ = LatexWalker(guarded, latex_context=_contexts()).get_latex_nodes()
        return str(_decoder(LatexNodes2Text).nodelist_to_text(nodes))
    except (LatexWalkerError, RecursionError, ValueError, IndexError, KeyError):
        return re.sub(r"[{}]", "", value)


@cache
def _contexts() -> Any:
    """The macros that are known; made once, since making them takes longer than most values do."""
    from pylatexenc.latexwalker import get_default_latex_context_db

    return get_default_latex_context_db()


@cache
def _decoder(made: Callable[..., Any]) -> Any:
    return made(math_mode="text", keep_comments=True)


def split_names(raw: str) -> list[str]:
    """The names of an author field, split at ``and`` outside braces."""
    names: list[str] = []
    depth = start = 0
    for match in re.finditer(r"[{}]|(?<=\s)and(?=\s)", raw, re.IGNORECASE):
        token = match[0]
        if token == "{":
            depth += 1
        elif token == "}":
            depth -= 1
        elif depth <= 0:
            names.append(raw[start : match.start()].strip())
            start = match.end()
    names.append(raw[start:].strip())
    return [name for name in names if name]
