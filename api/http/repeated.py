"""Heads of requests that a connection has brought before: what was read of one is not read again.

A client that keeps its connection sends the same head with each query, but for the length of the body or the
query in the address. To have it taken apart again costs a fifth of a small query; to see that it is the
same costs nothing. Only a head that was read once is known, and only those two places may differ.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

LONGEST = 4000  # bytes of a head that is remembered
_LENGTH = b"\r\ncontent-length: "
_DIGITS = 5
_QUERY = re.compile(rb"[!\"$-~]*+")  # what llhttp takes in an address, without a fragment


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a query says. The names in ``sent`` are in lower case."""

    method: str
    query_string: bytes
    sent: Mapping[bytes, bytes]
    content_type: str | None
    accept: str | None
    gzip: bool


@dataclass(frozen=True, slots=True)
class Known:
    """A head that was read: what comes before and after the place that may differ."""

    before: bytes
    after: bytes
    head: Head

    def place(self, data: bytes) -> tuple[bytes, int] | None:
        """What stands in that place of what comes in, and where the body begins; None: it is another head."""
        if not data.startswith(self.before):
            return None
        start = len(self.before)
        most = start + (_DIGITS if self.head.method == "POST" else LONGEST) + len(self.after)
        end = data.find(self.after, start, most)
        if end < 0:
            return None
        found = data[start:end]
        fits = found.isdigit() if self.head.method == "POST" else _QUERY.fullmatch(found)
        return (found, end + len(self.after)) if fits else None


def known(data: bytes, head: Head) -> Known | None:
    """The head that these bytes begin with, as it was read; None: it is not one to remember."""
    end = data.find(b"\r\n\r\n", 0, LONGEST) + 4
    if end < 4:
        return None
    written = data[:end]
    if not written.count(b"\n") == written.count(b"\r\n") == len(head.sent) + 2:
        return None  # the parser has found its lines elsewhere
    if head.method == "POST":
        place = written.lower().find(_LENGTH) + len(_LENGTH)
        length = head.sent.get(b"content-length", b"")
        if place < len(_LENGTH) or not written.startswith(length + b"\r\n", place) or not length.isdigit():
            return None
        return Known(written[:place], written[place + len(length) :], head)
    address, _, rest = written.partition(b" HTTP/1.1\r\n")
    path, _, query = address.partition(b"?")
    if query != head.query_string:  # there is a fragment
        return None
    return Known(path + b"?", b" HTTP/1.1\r\n" + rest, head)
