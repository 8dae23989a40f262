"""The operations of an update one by one, each with the question which graphs its variables name.

To compare every graph before and after an update that names graphs by variables takes as long as to read the
whole store twice; its WHERE says which graphs they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.sparql import TOKEN

_SHAPES = (
    ("delete", "{}", "where", "{}"),
    ("insert", "{}", "where", "{}"),
    ("delete", "{}", "insert", "{}", "where", "{}"),
    ("delete", "where", "{}"),
)


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation in its place: what is not of it is blank, so that lines and columns are the update's.

    ``graphs`` is a SELECT of what its variables name; None: it names all graphs that it writes to.
    """

    text: str
    graphs: str | None


@dataclass(slots=True)
class _Read:
    """An operation as it is read: what stands outside of all braces, and the variables after GRAPH."""

    start: int
    shape: list[str] = field(default_factory=list)
    groups: list[tuple[int, int]] = field(default_factory=list)
    variables: list[tuple[int, str]] = field(default_factory=list)  # by the number of their group


def operations(update: str) -> tuple[Operation, ...] | None:
    """The operations in order; None: one names graphs by variables and is more than DELETE, INSERT and WHERE.

    >>> one, two = operations("DELETE WHERE { GRAPH ?g { ?s ?p 1 } } ; CLEAR GRAPH <urn:a>")
    >>> one.graphs
    'SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p 1 } }'
    >>> two.text.strip(), two.graphs
    ('CLEAR GRAPH <urn:a>', None)
    >>> operations("WITH <urn:a> DELETE { GRAPH ?g { ?s ?p 1 } } WHERE { GRAPH ?g { ?s ?p 1 } }")
    """
    if "\\" in update:
        return None
    found: list[Operation] = []
    declared: list[tuple[int, int]] = []
    depth, opened, before, declaring, read = 0, 0, "", 0, _Read(0)
    for token in TOKEN.finditer(update):
        kind, text = token.lastgroup, token[0]
        if kind == "comment" or text.isspace():
            continue
        word = text.lower() if kind == "word" else ""
        if declaring:  # a name and an IRI
            declaring -= 1
            if not declaring:
                declared.append((read.start, token.end()))
                read = _Read(token.end())
        elif text == "{":
            opened = token.start() if not depth else opened
            depth += 1
        elif text == "}":
            depth -= 1
            if not depth:
                read.shape.append("{}")
                read.groups.append((opened, token.end()))
        elif depth:
            if kind == "variable" and before.endswith("graph"):
                read.variables.append((len(read.groups), text))
        elif word == "prefix" and not read.shape:
            declaring = 2
        elif text == ";":
            if (operation := _operation(update, declared, read, token.start())) is None:
                return None
            found.append(operation)
            read = _Read(token.end())
        else:
            read.shape.append(word or text)
        before = word
    if depth or declaring:
        return None
    if read.shape:
        if (operation := _operation(update, declared, read, len(update))) is None:
            return None
        found.append(operation)
    return tuple(found)


def _operation(update: str, declared: list[tuple[int, int]], read: _Read, end: int) -> Operation | None:
    graphs = None
    if read.variables:
        if tuple(read.shape) not in _SHAPES:
            return None
        last = len(read.groups) - 1
        named = sorted({text for group, text in read.variables if group < last or not last})
        if named:
            start, stop = read.groups[last]
            head = "".join(update[a:b] for a, b in declared)
            graphs = f"{head}SELECT DISTINCT {' '.join(named)} WHERE {update[start:stop]}"
    kept = [*declared, (read.start, end)]
    return Operation("".join(_blanked(update, kept)), graphs)


def _blanked(update: str, kept: list[tuple[int, int]]) -> list[str]:
    at, parts = 0, []
    for start, end in kept:
        parts += ["".join(c if c in "\r\n" else " " for c in update[at:start]), update[start:end]]
        at = end
    return parts
