"""Evidence lines by the finding that they hang on: counted, and ordered by weight, without reading each.

SQLite, in memory for one question or in a file beside a store (``kept_lines``).
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

Hanging = tuple[str, str, str, int]  # finding, target, line, weight of its support

_TABLES = """
CREATE TABLE IF NOT EXISTS hanging (finding TEXT, target TEXT, line TEXT, weight INTEGER,
                                    PRIMARY KEY (finding, target, line)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS noted (line TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS noted_row (finding TEXT, target TEXT, line TEXT);
CREATE TABLE IF NOT EXISTS state (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""
_ASKED = """
CREATE TEMP TABLE asked (finding TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE wanted (target TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_HANGING = "FROM asked CROSS JOIN hanging USING (finding)"  # CROSS: SQLite keeps this order
_WANTED = "FROM asked CROSS JOIN wanted CROSS JOIN hanging USING (finding, target)"


class LineIndex:
    """Lines by finding. Any thread may ask.

    >>> index = LineIndex()
    >>> index.add([("f:1", "c:1", "l:1", 3), ("f:1", "c:2", "l:2", 1), ("f:2", "c:2", "l:3", 3)])
    >>> index.heaviest(["f:1", "f:2"], 1), index.count(["f:1"])
    ([('c:2', 4)], (2, 2))
    """

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        """Open the file, or make it; without one the index is in memory.

        Raises:
            sqlite3.Error: it cannot be opened.
        """
        self.lock = threading.RLock()
        how = "immutable=1" if read_only else "mode=rwc"
        where = ":memory:" if path is None else f"{path.resolve().as_uri()}?{how}"
        self._connection = sqlite3.connect(
            where, uri=path is not None, check_same_thread=False, isolation_level=None
        )
        try:
            if path is not None and not read_only:
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.execute("PRAGMA synchronous = NORMAL")
            if not read_only:
                self._connection.executescript(_TABLES)
            self._connection.executescript(_ASKED)
        except sqlite3.Error:
            self._connection.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        with self.lock:
            self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, whole or not at all."""
        with self.lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def state(self, key: str) -> str | None:
        """A word about the index that is kept with it."""
        rows = self._all("SELECT value FROM state WHERE key = ?", (key,))
        return rows[0][0] if rows else None

    def say(self, key: str, value: str, *, safely: bool = False) -> None:
        """Keep a word about the index; ``safely``: on disk when this returns."""
        with self.lock:
            said = "INSERT OR REPLACE INTO state VALUES (?, ?)"
            if not safely:
                self._connection.execute(said, (key, value))
                return
            with self._safely():
                self._connection.execute(said, (key, value))

    @contextmanager
    def _safely(self) -> Iterator[None]:
        """On disk at the end, a power cut notwithstanding; not inside a transaction."""
        self._connection.execute("PRAGMA synchronous = FULL")
        try:
            yield
        finally:
            self._connection.execute("PRAGMA synchronous = NORMAL")

    # What hangs on findings ------------------------------------------------------------------------

    def add(self, rows: Iterable[Hanging]) -> None:
        """Take in lines; one that is there already stays once."""
        with self.lock:
            self._connection.executemany("INSERT OR REPLACE INTO hanging VALUES (?, ?, ?, ?)", rows)

    def fill(self, said: Mapping[str, Iterable[tuple[str, str | int]]]) -> None:
        """All there is, in place of what was there: what lines say, one thing after the other.

        ``finding`` and ``target`` are IRIs, ``carries`` is 1 for support and else 0, ``weight`` may be left
        out (1). Each is gone through once and joined here, on disk, so that memory stays bounded. Of several
        weights the greatest counts.
        """
        with self.lock:
            run = self._connection.execute
            run("DELETE FROM hanging"), run("DELETE FROM noted"), run("DELETE FROM noted_row")
            for name, pairs in said.items():
                run(f"CREATE TEMP TABLE all_{name} (line TEXT, {name})")
                self._connection.executemany(f"INSERT INTO all_{name} VALUES (?, ?)", pairs)
                if name != "finding":
                    run(f"CREATE INDEX temp.by_line_{name} ON all_{name} (line, {name})")
            run(
                "INSERT INTO hanging"
                " SELECT finding, target, line, MAX(carries) * MAX(COALESCE(weight, 1)) FROM all_finding"
                " CROSS JOIN all_target USING (line) CROSS JOIN all_carries USING (line)"
                " LEFT JOIN all_weight USING (line) GROUP BY finding, target, line"
            )
            for name in said:
                run(f"DROP TABLE all_{name}")

    def count(self, findings: Collection[str]) -> tuple[int, int]:
        """How many lines hang on these findings, and on how many targets they bear."""
        [(lines, targets)] = self._of(
            findings, f"SELECT COUNT(DISTINCT line), COUNT(DISTINCT target) {_HANGING}"
        )
        return lines, targets

    def used(self, findings: Collection[str]) -> list[str]:
        """Those of the findings that a line hangs on, sorted."""
        said = "SELECT finding FROM asked WHERE EXISTS (SELECT 1 FROM hanging WHERE finding = asked.finding)"
        said += " ORDER BY finding"
        return [row[0] for row in self._of(findings, said)]

    def heaviest(self, findings: Collection[str], limit: int | None) -> list[tuple[str, int]]:
        """Targets with the weight of their support from these findings, most first, then by IRI."""
        said = f"SELECT target, SUM(weight) AS w {_HANGING} GROUP BY target ORDER BY w DESC, target LIMIT ?"
        return self._of(findings, said, (-1 if limit is None else limit,))

    def lines_on(
        self, findings: Collection[str], targets: Collection[str]
    ) -> dict[str, list[tuple[str, str]]]:
        """The lines from these findings on these targets, each with its finding, sorted, by target."""
        found: dict[str, list[tuple[str, str]]] = {}
        with self.lock:
            self._connection.execute("DELETE FROM wanted")
            self._connection.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((t,) for t in targets))
            said = f"SELECT target, line, finding {_WANTED} ORDER BY target, line, finding"
            for target, line, finding in self._of(findings, said):
                found.setdefault(target, []).append((line, finding))
        return found

    # What is about to change -----------------------------------------------------------------------

    def note(self, lines: Iterable[str], rows: Iterable[Hanging]) -> None:
        """Lines to be read again, and what they say now; on disk when this returns."""
        with self.lock, self._safely(), self.writing():
            noted = ((line,) for line in lines)
            self._connection.executemany("INSERT OR IGNORE INTO noted VALUES (?)", noted)
            said = (row[:3] for row in rows)
            self._connection.executemany("INSERT INTO noted_row VALUES (?, ?, ?)", said)

    def noted(self, limit: int) -> list[str]:
        """Some of the lines that are to be read again."""
        return [row[0] for row in self._all("SELECT line FROM noted LIMIT ?", (limit,))]

    def renew(self, lines: Iterable[str], rows: Iterable[Hanging]) -> None:
        """These noted lines now say this."""
        with self.writing():
            run = self._connection.execute
            run("DELETE FROM hanging WHERE (finding, target, line) IN (SELECT * FROM noted_row)")
            run("DELETE FROM noted_row")
            self.add(rows)
            self._connection.executemany("DELETE FROM noted WHERE line = ?", ((line,) for line in lines))

    def _of(self, findings: Collection[str], said: str, values: tuple[object, ...] = ()) -> list[Any]:
        with self.lock:
            self._connection.execute("DELETE FROM asked")
            self._connection.executemany(
                "INSERT OR IGNORE INTO asked VALUES (?)", ((finding,) for finding in findings)
            )
            return self._connection.execute(said, values).fetchall()

    def _all(self, said: str, values: tuple[object, ...]) -> list[Any]:
        with self.lock:
            return self._connection.execute(said, values).fetchall()
