"""Mail and saved pages (.eml, .mht, .mhtml): the page or the letter taken out of its packing.

Own taking apart, because the standard library's parser takes time by the depth that a stranger nests.
"""

from __future__ import annotations

import binascii
import re
from email.message import Message
from email.parser import BytesHeaderParser
from pathlib import Path

_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n")
_LONGEST_HEAD = 200_000  # bytes
_MOST_PARTS = 500
_DEEPEST = 8  # multiparts in one another; programs write three

Part = tuple[Message, bytes]


def take_out(data: bytes) -> tuple[bytes, str, str | None] | None:
    """The bytes of the page in a message, else of its letter; its media type; the encoding it says.

    None where there is neither, or the bytes are no message. The first page is the one that was saved; of the
    forms that a letter is sent in, the page is what a reader sees.

    >>> take_out(b"Subject: Tea\\nContent-Type: text/html\\n\\n<p>Tea helps.</p>")
    (b'<p>Tea helps.</p>', 'text/html', None)
    """
    parts = _parts(data)
    for wanted in ("text/html", "text/plain"):
        for headers, body in parts:
            if headers.get_content_type() == wanted and headers.get_content_disposition() != "attachment":
                decoded = _decoded(headers, body)
                if decoded.strip():
                    return decoded, wanted, headers.get_content_charset()
    return None


def _parts(data: bytes) -> list[Part]:
    """The parts that hold no others, in order."""
    found: list[Part] = []
    waiting = [(data, 0)]
    seen = 0
    while waiting and seen < _MOST_PARTS:
        piece, depth = waiting.pop()
        seen += 1
        headers, body = _apart(piece)
        if not headers.keys():
            continue
        boundary = headers.get_boundary() if headers.get_content_maintype() == "multipart" else None
        if not boundary:
            found.append((headers, body))
        elif depth < _DEEPEST:
            line = re.compile(
                rb"(?:\A|\r?\n)--" + re.escape(boundary.encode("utf-8", "surrogateescape")) + rb"(?=[\s-]|\Z)"
            )
            pieces = line.split(body, _MOST_PARTS)[1:]
            waiting += [(one.lstrip(b"- \t").lstrip(b"\r\n"), depth + 1) for one in reversed(pieces)]
    return found


def _apart(piece: bytes) -> Part:
    blank = _BLANK.search(piece, 0, _LONGEST_HEAD)
    head, body = (piece[: blank.start()], piece[blank.end() :]) if blank else (b"", b"")
    return BytesHeaderParser().parsebytes(head + b"\n\n"), body


def _decoded(headers: Message, body: bytes) -> bytes:
    way = str(headers.get("Content-Transfer-Encoding", "")).strip().lower()
    if way == "quoted-printable":
        return binascii.a2b_qp(body)
    if way == "base64":
        try:
            return binascii.a2b_base64(body)
        except binascii.Error:
            return b""
    return body


def is_message(path: Path) -> bool:
    """Whether a file is named like a mail or a page saved whole."""
    return path.suffix.lower() in (".eml", ".mht", ".mhtml")
