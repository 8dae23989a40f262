"""Access tokens: made once and shown once; only their hashes are kept, in a file.

A token is 256 random bits, so one SHA-256 of it is enough at rest: there is nothing to guess faster.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.errors import ClaimspineError

SCOPES = ("read", "audit", "curate", "admin")  # each holds those before it
PREFIX = "spine_"
_NAME = re.compile(r"[\w.@+-][\w .@+-]{0,79}")


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token. ``expires`` is a date (ISO 8601) or None."""

    id: str
    name: str
    scopes: tuple[str, ...]
    sha256: str
    created: str
    expires: str | None = None


class Tokens:
    """The tokens of one file. A change by another process is seen at the next look."""

    def __init__(self, path: Path | None) -> None:
        """Tokens of a file, which need not be there yet; None: there are none and there will be none."""
        self.path = path
        self._stamp: tuple[int, int, int] | None = None
        self._held: dict[str, Token] = {}

    def all(self) -> tuple[Token, ...]:
        """All tokens, by creation."""
        self._refresh()
        return tuple(sorted(self._held.values(), key=lambda one: (one.created, one.id)))

    def find(self, written: str, at: str) -> Token | None:
        """The token that was sent, if it is known and has not expired ``at`` this time."""
        self._refresh()
        identifier, _, _ = written.removeprefix(PREFIX).partition("_")
        held = self._held.get(identifier)
        known = held.sha256 if held else "0" * 64
        same = hmac.compare_digest(known, _hash(written))
        if held is None or not same or (held.expires is not None and held.expires <= at):
            return None
        return held

    def add(
        self, name: str, scopes: Iterable[str], created: str, expires: str | None = None
    ) -> tuple[Token, str]:
        """Make a token; gives what is kept and the token itself, which is not.

        Raises:
            ClaimspineError: ``token-name``, ``token-scope``, ``token-exists``, ``no-tokens-file``.
        """
        wanted = tuple(sorted(set(scopes), key=lambda one: SCOPES.index(one) if one in SCOPES else -1))
        if not _NAME.fullmatch(name):
            raise ClaimspineError(
                "token-name", f"{name!r} cannot name a token", hint="use letters and digits"
            )
        if not wanted or not set(wanted) <= set(SCOPES):
            raise ClaimspineError("token-scope", "a token needs scopes", hint="any of " + ", ".join(SCOPES))
        if any(one.name == name for one in self.all()):
            raise ClaimspineError(
                "token-exists",
                f"there is a token named {name!r}",
                hint="revoke it first, or choose another name",
            )
        identifier = secrets.token_hex(4)
        written = f"{PREFIX}{identifier}_{secrets.token_urlsafe(32)}"
        made = Token(identifier, name, wanted, _hash(written), created, expires)
        self._write([*self.all(), made])
        return made, written

    def revoke(self, name_or_id: str) -> Token:
        """Take a token away, by name or id.

        Raises:
            ClaimspineError: ``no-such-token``.
        """
        for one in self.all():
            if name_or_id in (one.name, one.id):
                self._write([other for other in self.all() if other.id != one.id])
                return one
        names = ", ".join(one.name for one in self.all()) or "none"
        raise ClaimspineError("no-such-token", f"there is no token {name_or_id!r}", hint=f"tokens: {names}")

    def _refresh(self) -> None:
        if self.path is None:
            return
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            self._held, self._stamp = {}, None
            return
        stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if stamp == self._stamp:
            return
        try:
            read = json.loads(self.path.read_text(encoding="utf-8"))["tokens"]
            held = {one["id"]: Token(**{**one, "scopes": tuple(one["scopes"])}) for one in read}
        except (OSError, ValueError, KeyError, TypeError) as exc:
            raise ClaimspineError(
                "tokens-unreadable", "the file of tokens cannot be read", path=self.path
            ) from exc
        self._held, self._stamp = held, stamp

    def _write(self, tokens: list[Token]) -> None:
        if self.path is None:
            raise ClaimspineError(
                "no-tokens-file", "there is nowhere to keep tokens", hint="name a file with --tokens"
            )
        body = json.dumps({"version": 1, "tokens": [asdict(one) for one in tokens]}, indent=1) + "\n"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", dir=self.path.parent, prefix=".tokens-", delete=False
        ) as handle:
            handle.write(body)  # mode 0600: NamedTemporaryFile makes it so
            handle.flush()
            os.fsync(handle.fileno())
        Path(handle.name).replace(self.path)
        self._stamp = None


def beside(store: str) -> Path | None:
    """The file of tokens of a store in a folder: beside it, so that a backup of the store holds none."""
    if store == "memory" or store.startswith(("http://", "https://")):
        return None
    folder = Path(store)
    return folder.with_name(folder.name + ".tokens.json")


def _hash(written: str) -> str:
    return hashlib.sha256(written.encode("utf-8", "backslashreplace")).hexdigest()
