"""YAML as a tree of scalars as written, each with its line: no tags, no floats, no surprises.

Built from parser events rather than by a loader, so that nesting, aliases and size are bounded
whatever the file holds, and nothing is guessed from the look of a scalar (``0.60`` stays ``0.60``,
``NO`` stays ``NO``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from os import PathLike

import yaml

from graph.errors import ClaimspineError

MAX_DEPTH = 40
MAX_NODES = 500_000
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Scalar:
    """A scalar as written; ``None`` when it is an unquoted null or nothing at all."""

    value: str | None
    line: int
    column: int


@dataclass(slots=True)
class Sequence:
    """A list."""

    line: int
    column: int
    items: list[Tree] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """A mapping, keys in file order."""

    line: int
    column: int
    items: dict[str, tuple[Scalar, Tree]] = field(default_factory=dict)


Tree = Scalar | Sequence | Mapping


def read(text: str, path: str | PathLike[str] | None = None) -> list[Tree]:
    """The documents of a YAML text, empty ones left out.

    Raises:
        ClaimspineError: ``yaml-syntax``, ``yaml-duplicate-key``, ``yaml-tag``, ``yaml-too-large``,
            ``yaml-too-deep``, with line and column.
    """
    try:
        return _Builder(path).build(text)
    except yaml.MarkedYAMLError as exc:
        problem = exc.problem or exc.context or "cannot be read"
        mark = exc.problem_mark or exc.context_mark
        if "end of stream" in problem and exc.context_mark:
            mark = exc.context_mark  # where the quote was opened, not where the file ends
        written = text.splitlines()[mark.line] if mark and mark.line < len(text.splitlines()) else ""
        said, hint = _in_plain_words(problem, exc.context or "", written)
        raise ClaimspineError(
            "yaml-syntax",
            f"not well-formed YAML: {said}",
            path=path,
            line=mark.line + 1 if mark else None,
            column=mark.column + 1 if mark else None,
            hint=hint,
        ) from exc
    except yaml.YAMLError as exc:
        raise ClaimspineError(
            "yaml-syntax", f"not well-formed YAML: {str(exc).splitlines()[0]}", path=path
        ) from exc
    except RecursionError as exc:
        raise ClaimspineError("yaml-too-deep", "the YAML is nested too deeply", path=path) from exc


_SECOND_COLON = re.compile(r"\s*(?:-\s+)?(?P<key>[\w-]+):\s+(?P<value>[^\"'\[{|>&*!\s][^#]*:(?:\s.*)?)$")
_SAME_COLUMN = "begin the keys of one thing in the same column"
# What the parser says → the same for a person, and what to do.
_PROBLEMS = (
    ("tab", "a tab stands where spaces belong", "indent with spaces only"),
    ("'\\t'", "a tab stands where spaces belong", "indent with spaces only"),
    ("end of stream", "a quote is opened here and never closed", "close it on the same line"),
    ("mapping values", "this line stands deeper than the one above it", _SAME_COLUMN),
    ("'-' indicator", "this line begins in another column than the list that it belongs to", _SAME_COLUMN),
    ("expected <block end>", "this line begins in another column than those it belongs to", _SAME_COLUMN),
    ("expected key", "this line begins in another column than those it belongs to", _SAME_COLUMN),
    (
        "']'",
        "a list in [ ] is not closed, or a comma is missing",
        "close it, or put texts that hold , : or ] in quotes",
    ),
    (
        "'}'",
        "a mapping in { } is not closed, or a comma is missing",
        "close it, or put texts that hold , : or } in quotes",
    ),
    ("expected ':'", "a key stands without its colon", "write key: value"),
    ("escape character", "a backslash in double quotes begins an escape", "put the text in single quotes"),
    ("cannot start any token", "a text may not begin with this sign", "put the text in quotes"),
)


def _in_plain_words(problem: str, context: str, written: str) -> tuple[str, str]:
    if "mapping values" in problem and (found := _SECOND_COLON.match(written)):
        value = found["value"].rstrip().replace('"', '\\"')
        return (
            "a text that holds a colon and a space must stand in quotes",
            f'write {found["key"]}: "{value}"',
        )
    if "flow" not in context and written.count('"') > 2 and "expected" in problem:
        return (
            "the text goes on after its closing quote",
            "put a text that holds quotes in single quotes: '...'",
        )
    for sign, said, hint in _PROBLEMS:
        if sign in problem:
            return said, hint
    return problem, "check the indentation and quotes at and just above this line"


class _Builder:
    def __init__(self, path: str | PathLike[str] | None) -> None:
        self.path = path
        self.nodes = 0
        self.sizes: dict[int, int] = {}

    def fault(
        self, code: str, message: str, line: int, column: int, hint: str | None = None
    ) -> ClaimspineError:
        return ClaimspineError(code, message, path=self.path, line=line, column=column, hint=hint)

    def build(self, text: str) -> list[Tree]:
        documents: list[Tree] = []
        anchors: dict[str, Tree | None] = {}  # None: still open, so an alias to it would be a cycle
        stack: list[tuple[Sequence | Mapping, str | None, int]] = []
        keys: list[Scalar | None] = []
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.DocumentStartEvent):
                anchors = {}
                continue
            if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                done, anchor, before = stack.pop()
                keys.pop()
                self.sizes[id(done)] = self.nodes - before
                if anchor:
                    anchors[anchor] = done
                self.place(documents, stack, keys, done)
                continue
            if not isinstance(event, yaml.NodeEvent):
                continue
            mark = event.start_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            if isinstance(event, yaml.AliasEvent):
                node = anchors.get(event.anchor or "")
                if node is None:
                    raise self.fault(
                        "yaml-syntax", f"the alias *{event.anchor} stands for nothing yet", line, column
                    )
                self.count(self.sizes.get(id(node), 1), line, column)
                self.place(documents, stack, keys, node)
                continue
            self.count(1, line, column)
            tag = getattr(event, "tag", None)
            if tag is not None and tag != "!":
                raise self.fault(
                    "yaml-tag", f"tags are not used here: {tag[:60]}", line, column, "take the tag away"
                )
            if isinstance(event, yaml.ScalarEvent):
                plain = event.style in (None, "") and tag is None
                scalar = Scalar(None if plain and event.value in _NULLS else event.value, line, column)
                if event.anchor:
                    anchors[event.anchor] = scalar
                self.place(documents, stack, keys, scalar)
                continue
            if len(stack) >= MAX_DEPTH:
                raise self.fault("yaml-too-deep", f"nested more than {MAX_DEPTH} deep", line, column)
            opened = (
                Sequence(line, column)
                if isinstance(event, yaml.SequenceStartEvent)
                else Mapping(line, column)
            )
            if event.anchor:
                anchors[event.anchor] = None
            stack.append((opened, event.anchor, self.nodes))
            keys.append(None)
        return [d for d in documents if not (isinstance(d, Scalar) and d.value is None)]

    def count(self, more: int, line: int, column: int) -> None:
        self.nodes += more
        if self.nodes > MAX_NODES:
            raise self.fault(
                "yaml-too-large", f"more than {MAX_NODES} values (aliases counted)", line, column
            )

    def place(
        self,
        documents: list[Tree],
        stack: list[tuple[Sequence | Mapping, str | None, int]],
        keys: list[Scalar | None],
        node: Tree,
    ) -> None:
        if not stack:
            documents.append(node)
            return
        parent = stack[-1][0]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        key = keys[-1]
        if key is None:
            if not isinstance(node, Scalar) or node.value is None:
                raise self.fault("yaml-syntax", "a key must be a word", node.line, node.column)
            if node.value in parent.items:
                first = parent.items[node.value][0].line
                raise self.fault(
                    "yaml-duplicate-key",
                    f"the key {node.value!r} stands twice in one mapping, first on line {first}",
                    node.line,
                    node.column,
                    "keep one, or make its value a list",
                )
            keys[-1] = node
        else:
            parent.items[key.value or ""] = (key, node)
            keys[-1] = None
