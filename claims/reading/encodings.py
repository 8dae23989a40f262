"""The encoding of an article's bytes: its mark, what a page declares, or what is likeliest."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from graph.errors import ClaimspineError

# Files that people hand over by mistake, by their first bytes.
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc)"),
    (b"{\\rtf", "a rich-text file (.rtf)"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\x7fELF", "a program"),
)
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_CHARSET = re.compile(
    rb"<meta\s[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml\s[^<>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252"}
LIKELIEST = "cp1252"
_TYPED = frozenset("“”‘’‚„–—…•€™†‡‰‹›«»°±²³µ·×÷§©®£¥¼½¾¿¡´¨¹º\u00a0\u00ad")


def codec_of(data: bytes, path: Path, *, page: bool) -> tuple[bytes, str]:
    """The byte order mark and the codec of an article's bytes; see ``read_article`` for what is raised.

    UTF-8, UTF-16 with its mark, and for HTML the encoding that the page declares. Bytes that are none of
    these are taken for Windows-1252, as browsers do, where every letter in it then stands as letters do.
    """
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise ClaimspineError(
                "article-binary",
                f"this is {what}, not text",
                hint="save the article as .docx, .html, .md or plain text",
                path=str(path),
            )
    for mark, codec in _MARKS.items():
        if data.startswith(mark) and _decodes(data[len(mark) :], codec):
            return mark, codec
    if b"\x00" in data:
        if _looks_utf16(data):
            raise _encoding("UTF-16", "utf-16le" if data[1:2] == b"\x00" else "utf-16be", path, None)
        raise ClaimspineError(
            "article-binary",
            "this is not text: it holds zero bytes",
            hint="save the article as .docx, .html, .md or plain text",
            path=str(path),
        )
    if _decodes(data, "utf-8"):
        return b"", "utf-8"
    said = declared(data)
    if said and page:
        return b"", said
    controls = sum(byte < 9 or 13 < byte < 27 for byte in data[:4096])
    if controls > 0.02 * min(len(data), 4096):
        raise ClaimspineError(
            "article-binary",
            "this is not text: it holds control bytes and is not UTF-8",
            hint="save the article as .docx, .html, .md or plain text",
            path=str(path),
        )
    if not (page and _CHARSET.search(data[:4096])) and _reads_well(data):
        return b"", LIKELIEST
    name, codec = _guess(data)
    raise _encoding(name, codec, path, _first_broken_line(data))


def _reads_well(data: bytes) -> bool:
    """Whether bytes read as Windows-1252 are words: accented letters within them, the signs that people type.

    The text of another alphabet is mostly such letters; that of another encoding has capitals inside words.
    """
    try:
        text = data.decode(LIKELIEST)
    except UnicodeDecodeError:
        return False
    odd = [match.start() for match in re.finditer(r"[^\x00-\x7f]", text)]
    if len(odd) > 0.15 * len(text) + 3:
        return False
    for at in odd:
        letter, before = text[at], text[at - 1 : at]
        if letter in _TYPED:
            continue
        if not letter.isalpha() or letter in "ˆƒªÞÐ" or (letter.isupper() and before.islower()):
            return False
    return True


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _first_broken_line(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as exc:
        return data.count(b"\n", 0, exc.start) + 1
    return 1


def declared(data: bytes) -> str | None:
    """The codec of the encoding that a page declares, where it can be read by it."""
    match = _CHARSET.search(data[:4096])
    if match is None:
        return None
    return named_codec((match.group(1) or match.group(2)).decode("ascii", "replace"), data)


def named_codec(said: str | None, data: bytes) -> str | None:
    """The codec of an encoding by its name, where the bytes can be read by it."""
    try:
        codec = codecs.lookup(said or "").name
    except (LookupError, ValueError):
        return None
    codec = _AS_BROWSERS_DO.get(codec, codec)
    try:
        "".encode(codec)
    except (LookupError, UnicodeError):  # one of Python's codecs that is no encoding of text
        return None
    return codec if _decodes(data, codec) else None


def _looks_utf16(data: bytes) -> bool:
    head = data[:2000]
    return head[0::2].count(0) > 0.3 * len(head) / 2 or head[1::2].count(0) > 0.3 * len(head) / 2


def _guess(data: bytes) -> tuple[str, str]:
    """The likeliest of the encodings still met: Windows-1252 uses 0x80-0x9f, Latin-1 does not."""
    if any(0x80 <= byte <= 0x9F for byte in data):
        undefined = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
        if not undefined.intersection(data):
            return "Windows-1252", "cp1252"
        return "an encoding other than UTF-8", "cp1252"
    return "ISO 8859-1 (Latin-1)", "iso-8859-1"


def _encoding(name: str, codec: str, path: Path, line: int | None) -> ClaimspineError:
    return ClaimspineError(
        "article-encoding",
        f"the article is not UTF-8; it may be {name}",
        hint=f"convert it: iconv -f {codec} -t utf-8 {path.name} > {path.stem}-utf8{path.suffix}",
        path=str(path),
        line=line,
    )
