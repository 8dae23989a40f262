"""What a batch has done so far, so that one that was killed goes on where it stopped.

Beside the output stands ``OUTPUT.partial``: a line of JSON for each article done, with the digests
of the article and of the job. A torn last line, and lines of another job or of an article that has
changed since, are done anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.errors import ClaimspineError


class Journal:
    """The partial results of one batch; one process writes it."""

    def __init__(self, output: Path, job_digest: str) -> None:
        """Open or go on with the journal of this output."""
        self.output = output
        self.path = output.with_name(output.name + ".partial")
        self._job = job_digest
        self._done: dict[str, tuple[str, int, int]] = {}  # id: digest, where its line starts and ends
        try:
            self._file = self.path.open("a+b")
        except OSError as exc:
            raise ClaimspineError("cannot-write", f"cannot write here: {exc.strerror}", path=output) from exc
        self._read()

    def _read(self) -> None:
        self._file.seek(0)
        position = 0
        for line in self._file:
            end = position + len(line)
            if not line.endswith(b"\n"):
                self._file.truncate(position)  # torn by a kill
                break
            try:
                head = json.loads(line.partition(b"\t")[0])
            except ValueError:
                head = {}
            if head.get("job") == self._job:
                self._done[head["article"]] = (head["digest"], position, end)
            position = end

    def has(self, article: str, digest: str) -> bool:
        """Whether this article, as it is now, has been done by this job."""
        return bool(digest) and self._done.get(article, ("",))[0] == digest

    def put(self, article: str, digest: str, line: str) -> None:
        """Keep one result."""
        head = json.dumps({"article": article, "digest": digest, "job": self._job})
        self._file.seek(0, os.SEEK_END)
        start = self._file.tell()
        self._file.write(f"{head}\t{line}\n".encode())
        self._file.flush()
        self._done[article] = (digest, start, self._file.tell())

    def lines(self, articles: list[str]) -> Iterator[bytes]:
        """The results of these articles, in this order."""
        for article in articles:
            _, start, end = self._done[article]
            self._file.seek(start)
            yield self._file.read(end - start).partition(b"\t")[2]

    def finish(self, articles: list[str]) -> None:
        """Write the output whole, and put the journal away."""
        neighbour = self.output.with_name(f".{self.output.name}.whole")
        with neighbour.open("wb") as whole:
            whole.writelines(self.lines(articles))
        neighbour.replace(self.output)
        self._file.close()
        self.path.unlink()

    def __enter__(self) -> Self:
        """The journal itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close; what was kept stays for the next run."""
        self._file.close()
