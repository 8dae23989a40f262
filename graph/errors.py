"""The errors that a caller can fix. Everything else is a bug and is left to propagate.

A diagnostic (the article or the evidence is wrong) is a value and is never raised; see
``graph.validation.Fault`` and ``claims.model.Diagnostic``.
"""

from __future__ import annotations

from os import PathLike, fspath


class ClaimspineError(Exception):
    """Something the caller can fix: input, configuration, source, store.

    ``code`` is a stable kebab-case name (``yaml-syntax``), ``line`` and ``column`` count from 1,
    ``docs`` is the name of a page of the documentation.

    >>> print(ClaimspineError("no-such-file", "cannot read the article", path="a.md", hint="check the name"))
    a.md: cannot read the article [no-such-file]
      check the name
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        hint: str | None = None,
        path: str | PathLike[str] | None = None,
        line: int | None = None,
        column: int | None = None,
        docs: str | None = None,
    ) -> None:
        """Say what is wrong, where, and what to do."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.path = None if path is None else fspath(path)
        self.line = line
        self.column = column
        self.docs = docs

    @property
    def location(self) -> str | None:
        """``file:line:column``, as far as known."""
        parts = [str(part) for part in (self.path, self.line, self.column) if part is not None]
        if not parts:
            return None
        if self.path is None:
            return "line " + ", column ".join(parts)
        return ":".join(parts)

    def __str__(self) -> str:
        """What, where, and what to do about it."""
        where = f"{self.location}: " if self.location else ""
        said = f"{where}{self.message} [{self.code}]"
        if self.hint:
            said += f"\n  {self.hint}"
        if self.docs:
            said += f"\n  see {self.docs}"
        return said

    def __reduce__(self) -> tuple[object, ...]:
        """Keyword arguments survive pickling (batch audits run in other processes)."""
        return (_rebuild, (type(self), self.__dict__.copy()))


def _rebuild(kind: type[ClaimspineError], state: dict[str, object]) -> ClaimspineError:
    error = kind.__new__(kind)
    error.__dict__.update(state)
    error.args = (state["message"],)
    return error


class StoreInUse(ClaimspineError):  # noqa: N818 - reads well after "except"
    """Another process holds the store's folder open for writing."""


class UnknownIdentifier(ClaimspineError):  # noqa: N818 - reads well after "except"
    """Nothing in the store has this identifier, or several things have."""

    def __init__(
        self, code: str, message: str, *, candidates: tuple[str, ...] = (), hint: str | None = None
    ) -> None:
        """``candidates``: the IRIs that may have been meant."""
        super().__init__(code, message, hint=hint)
        self.candidates = candidates


class InvalidEvidence(ClaimspineError):  # noqa: N818 - reads well after "except"
    """What was read breaks a shape; nothing was stored. ``faults`` are ``validation.Fault``."""

    def __init__(self, message: str, *, faults: tuple[object, ...], hint: str | None = None) -> None:
        """All faults found, in file order."""
        super().__init__("invalid-evidence", message, hint=hint)
        self.faults = faults
