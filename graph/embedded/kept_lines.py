"""The evidence lines of a store in a folder, kept in an index beside it and written with each source.

The index is derived (DESIGN section 6: inbound counts are kept). A write first notes the lines that it
may touch, then happens, and then these lines are renewed: what a crash leaves noted is read again by the
next who writes. A folder that something else has written to, or that has no index, is read whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from graph.embedded.line_index import Hanging, LineIndex
from graph.jsonld import term
from graph.sparql import stored

WEIGHTS = {"strong": 3, "moderate": 2, "weak": 1}
NAME = "evidence-lines.sqlite"  # the engine leaves alone what it has not made
AT_ONCE = 10_000  # lines read again in one transaction
_SUPPORTS = "direction-supports"
_KEYS = ("finding", "bearsOn", "direction", "strength")
_Line = ox.NamedNode | ox.BlankNode
_Said = dict[str, list[str]]  # what a line says, by key


def weight_of(direction: str, strength: str | None) -> int:
    """Only support has weight to lose: strong 3, moderate 2, weak 1; of an unknown strength it is weak.

    >>> weight_of("https://w3id.org/claimspine/ns#direction-supports", None)
    1
    """
    if not direction.endswith(_SUPPORTS):
        return 0
    return WEIGHTS.get((strength or "").rpartition("strength-")[2], 1)


def lines_of(engine: ox.Store, line: _Line) -> list[Hanging]:
    """What a line of the store hangs on, bears on and weighs; nothing while one of these is open."""
    said: _Said = {}
    keys = _keys()
    for quad in engine.quads_for_pattern(line, None, None):
        key = keys.get(quad.predicate)
        if key is not None:
            said.setdefault(key, []).append(_value(quad.object))
    return _hanging(line.value, said)


def lines_on(engine: ox.Store, findings: Iterable[str]) -> Iterator[Hanging]:
    """All lines that hang on some findings, each looked up in the store."""
    prop = ox.NamedNode(term("finding"))
    for finding in findings:
        for quad in engine.quads_for_pattern(None, prop, ox.NamedNode(finding)):
            if isinstance(quad.subject, _Line):
                yield from (row for row in lines_of(engine, quad.subject) if row[0] == finding)


class KeptLines:
    """The index of one open folder. Where SQLite fails it is given up, and lines are looked up."""

    def __init__(self, folder: Path, before: str | None, *, read_only: bool) -> None:
        """Open the index of an open folder; ``before`` is its mark from before the engine opened it."""
        self._path, self._read_only = folder / NAME, read_only
        self._index: LineIndex | None = None
        if read_only and not _is_settled(self._path):
            return
        try:
            index = self._index = LineIndex(self._path, read_only=read_only)
            same = before is None or index.state("mark") == before
            if read_only:
                if not same or not index.state("complete") or index.noted(1):
                    self.close()
                return
            with index.writing():
                if before is None or not same:
                    index.say("complete", "yes" if before is None else "")
                index.say("mark", mark_of(folder) or "")
        except sqlite3.Error:
            self._give_up()

    def index(self, engine: ox.Store) -> LineIndex | None:
        """The index with every line in it; None: there is none, so look lines up."""
        try:
            if self._index is not None and not self._read_only:
                if self._index.state("complete"):
                    self._settle(engine, self._index)
                else:
                    self.read_all(engine)
        except sqlite3.Error:
            self._give_up()
        return self._index

    def read_all(self, engine: ox.Store) -> None:
        """Read every line of the store into the index."""
        index = self._index
        if index is None or self._read_only:
            return
        try:
            with index.writing():
                index.fill(_every_line(engine))
                index.say("complete", "yes")
        except sqlite3.Error:
            self._give_up()

    def forget(self) -> None:
        """Anything may change now: whoever asks next has everything read again."""
        if self._index is not None and not self._read_only:
            try:
                self._index.say("complete", "", safely=True)
            except sqlite3.Error:
                self._give_up()

    @contextmanager
    def changing(
        self, engine: ox.Store, graphs: Iterable[str], triples: Iterable[ox.Triple]
    ) -> Iterator[None]:
        """Around a write that replaces these graphs, or adds to them, by these triples together."""
        index = self._index
        if index is None:
            yield
            return
        with index.lock:  # who asks meanwhile waits, and sees before or after
            noted = self._note(engine, index, graphs, triples)
            yield
            if noted is not None and self._index is index:
                new, known = noted
                try:
                    rows = [row for line in known for row in lines_of(engine, line)]
                    rows += [row for line, said in new.items() for row in _hanging(line.value, said)]
                    index.renew(map(_name, [*known, *new]), rows)
                except sqlite3.Error:
                    self._give_up()

    def _note(
        self, engine: ox.Store, index: LineIndex, graphs: Iterable[str], triples: Iterable[ox.Triple]
    ) -> tuple[dict[_Line, _Said], list[_Line]] | None:
        """The lines that are new to the store with what they say, and those that it knows."""
        try:
            if not index.state("complete"):
                return None
            self._settle(engine, index)
            new = _facts(triples)
            known = dict.fromkeys(_lines_in(engine, graphs))
            if _has_lines(engine):
                known |= {line: None for line in new if _is_known(engine, line)}
            for line in known:
                new.pop(line, None)
            if any(isinstance(line, ox.BlankNode) for line in new):
                index.say("complete", "", safely=True)  # the engine gives blank nodes other names
                return None
            if not known and not new:
                return None
            rows = [row for line in known for row in lines_of(engine, line)]
            index.note(map(_name, [*known, *new]), rows)
            return new, list(known)
        except sqlite3.Error:
            self._give_up()
            return None

    def _settle(self, engine: ox.Store, index: LineIndex) -> None:
        while lines := index.noted(AT_ONCE):
            rows = [row for line in lines for row in lines_of(engine, _node(line))]
            index.renew(lines, rows)

    def close(self) -> None:
        """Let go of the file."""
        if self._index is not None:
            with suppress(sqlite3.Error):
                self._index.close()
            self._index = None

    def _give_up(self) -> None:
        """An index that could not be written must not be found by the next who opens the folder."""
        self.close()
        if not self._read_only:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)


def mark_of(folder: Path) -> str | None:
    """What the folder says of its last opening: the engine writes a new name there each time."""
    try:
        return (folder / "CURRENT").read_text(encoding="utf-8").strip()
    except OSError:
        return None


def _is_settled(path: Path) -> bool:
    """Whether the file is all there is: a log beside it holds what a crash left."""
    log = path.with_name(path.name + "-wal")
    return path.is_file() and not (log.is_file() and log.stat().st_size)


@cache
def _keys() -> dict[ox.NamedNode, str]:
    return {ox.NamedNode(term(key)): key for key in _KEYS}


def _facts(triples: Iterable[ox.Triple]) -> dict[_Line, _Said]:
    keys, found = _keys(), dict[_Line, _Said]()
    for triple in triples:
        key = keys.get(triple.predicate)
        if key is not None and isinstance(triple.subject, _Line):
            found.setdefault(triple.subject, {}).setdefault(key, []).append(_value(triple.object))
    return found


def _hanging(line: str, said: Mapping[str, list[str]]) -> list[Hanging]:
    directions = said.get("direction")
    if not directions:
        return []
    weight = max(weight_of(way, strength) for way in directions for strength in said.get("strength", [""]))
    pairs = dict.fromkeys((f, t) for f in said.get("finding", ()) for t in said.get("bearsOn", ()))
    return [(finding, target, line, weight) for finding, target in pairs]


def _lines_in(engine: ox.Store, graphs: Iterable[str]) -> Iterator[_Line]:
    for name in graphs:
        graph = ox.NamedNode(name)
        for prop in _keys():
            for quad in engine.quads_for_pattern(None, prop, None, graph):
                if isinstance(quad.subject, _Line):
                    yield quad.subject


def _every_line(engine: ox.Store) -> dict[str, Iterable[tuple[str, str | int]]]:
    """What all lines say, one property after the other, as the engine has them in order."""

    def pairs(key: str) -> Iterator[tuple[str, str]]:
        # rows, not quads: half as many terms are made
        found = engine.query(
            stored("values_of"),
            use_default_graph_as_union=True,
            substitutions={ox.Variable("property"): ox.NamedNode(term(key))},
        )
        assert isinstance(found, ox.QuerySolutions)
        for line, value, _ in found:
            if isinstance(line, _Line):
                yield line.value, _value(value)

    return {
        "finding": pairs("finding"),
        "target": pairs("bearsOn"),
        "carries": ((line, int(weight_of(way, None) > 0)) for line, way in pairs("direction")),
        "weight": ((line, weight_of(_SUPPORTS, strength)) for line, strength in pairs("strength")),
    }


def _has_lines(engine: ox.Store) -> bool:
    return any(True for prop in _keys() for _ in engine.quads_for_pattern(None, prop, None))


def _is_known(engine: ox.Store, line: _Line) -> bool:
    return any(True for _ in engine.quads_for_pattern(line, None, None))


def _name(line: _Line) -> str:
    return str(line) if isinstance(line, ox.BlankNode) else line.value


def _node(line: str) -> _Line:
    return ox.BlankNode(line[2:]) if line.startswith("_:") else ox.NamedNode(line)


def _value(node: object) -> str:
    return str(getattr(node, "value", node))
