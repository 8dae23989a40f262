"""From a file, or a text already at hand, to a ``Document``; what cannot be read is said plainly."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import replace
from pathlib import Path

from claims.model import Block, Document
from claims.reading.other_kinds import kind_of
from claims.reading.wrapping import rejoined
from claims.references.marking import mark_references
from graph.errors import ClaimspineError

DEFAULT_LIMIT = 20_000_000  # bytes
LONGEST = 500_000  # characters; some 80,000 words, a book and no article

MARKDOWN = "text/markdown"
PLAIN = "text/plain"
HTML = "text/html"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_SUFFIXES = {
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".mdown": MARKDOWN,
    ".qmd": MARKDOWN,
    ".txt": PLAIN,
    ".text": PLAIN,
    ".adoc": PLAIN,
    ".asciidoc": PLAIN,
    ".rst": PLAIN,
    ".srt": PLAIN,
    ".vtt": PLAIN,
    "": PLAIN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".docx": DOCX,
}

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


def read_article(path: str | Path, *, limit: int = DEFAULT_LIMIT) -> Document:
    """Read an article; ``limit`` is the largest size in bytes.

    The format follows the name: .md, .txt, .html, .docx (anything else is looked into). Offsets
    are characters of the decoded file; for .docx, which is not text, of the text taken out of it.

    Raises ``ClaimspineError``: article-missing, article-not-a-file, article-unreadable,
    article-too-large, article-too-long, article-empty, article-binary, article-encoding, article-damaged,
    article-no-article.
    """
    path = Path(path)
    return _read_data(_bytes_of(path, limit), path, _SUFFIXES.get(path.suffix.lower()), limit)


def read_bytes(data: bytes, name: str = "-", *, limit: int = DEFAULT_LIMIT) -> Document:
    """Read an article whose bytes are at hand; its format is looked for in them, else it is Markdown.

    Raises as ``read_article``.
    """
    if len(data) > limit:
        raise _too_large(len(data), limit, name)
    if not data.strip():
        raise _empty(name)
    page = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html"))
    return _read_data(data, Path(name), HTML if page else MARKDOWN, limit)


def _read_data(data: bytes, path: Path, media_type: str | None, limit: int) -> Document:
    if data[:4] == b"PK\x03\x04" or media_type == DOCX:
        from claims.reading.docx import read_docx

        text, blocks = read_docx(data, str(path), limit)
        return _document(text, blocks, DOCX, str(path), hashlib.sha256(data).hexdigest())
    mark, codec = codec_of(data, path, page=media_type == HTML)
    text = data[len(mark) :].decode(codec)
    if not text.strip():
        raise _empty(str(path))
    other = kind_of(text, path.suffix.lower())
    if other is not None:
        what, hint = other
        raise ClaimspineError("article-no-article", f"this is {what}, no article", hint=hint, path=str(path))
    if media_type is None:
        media_type = HTML if text[:1000].lstrip().lower().startswith(("<!doctype html", "<html")) else PLAIN
    document = _read(text, media_type, str(path), hashlib.sha256(data).hexdigest())
    guessed = codec == _LIKELIEST and (media_type != HTML or _declared(data) is None)
    return replace(document, taken_for="Windows-1252") if guessed else document


def read_text(text: str, media_type: str = MARKDOWN, path: str = "") -> Document:
    """Read an article that is already text; ``media_type`` is text/markdown, text/plain or text/html.

    Raises ``ClaimspineError``: article-empty, article-too-long, article-media-type.
    """
    if not text.strip():
        raise _empty(path)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _read(text, media_type, path, digest)


def _read(text: str, media_type: str, path: str, digest: str) -> Document:
    if media_type in (MARKDOWN, PLAIN):
        _not_too_long(len(text), path)
    if media_type == MARKDOWN:
        from claims.reading.markdown import read_markdown

        blocks = read_markdown(text)
    elif media_type == PLAIN:
        from claims.reading.plain import read_plain

        blocks = read_plain(text)
    elif media_type == HTML:
        from claims.reading.html import read_html

        blocks = read_html(text)
    else:
        raise ClaimspineError(
            "article-media-type",
            f"articles of type {media_type} are not read",
            hint=f"use one of {MARKDOWN}, {PLAIN}, {HTML}, or a .docx file",
            path=path or None,
        )
    return _document(text, blocks, media_type, path, digest)


def _document(text: str, blocks: tuple[Block, ...], media_type: str, path: str, digest: str) -> Document:
    if not blocks:
        raise _empty(path)
    _not_too_long(sum(len(block.text) for block in blocks), path)
    blocks = mark_references(rejoined(blocks, text), text)
    title = next((block.text for block in blocks if block.kind == "title"), None)
    return Document(text, blocks, title, path, digest, media_type)


def _not_too_long(length: int, path: str) -> None:
    if length > LONGEST:
        raise ClaimspineError(
            "article-too-long",
            f"the article has {length:,} characters; at most {LONGEST:,} are read",
            hint="split it into chapters and check them one by one",
            path=path or None,
        )


def _too_large(size: int, limit: int, path: str) -> ClaimspineError:
    return ClaimspineError(
        "article-too-large",
        f"the article has {size:,} bytes; at most {limit:,} are read",
        hint="split it, or raise the limit",
        path=path,
    )


def _empty(path: str) -> ClaimspineError:
    return ClaimspineError(
        "article-empty",
        "the article is empty: there is nothing to read in it",
        hint="check that the file was saved and is the one you meant",
        path=path or None,
    )


def _bytes_of(path: Path, limit: int) -> bytes:
    try:
        if path.is_dir():
            raise ClaimspineError(
                "article-not-a-file", "this is a folder, not an article", hint="name a file", path=str(path)
            )
        size = path.stat().st_size
        if size > limit:
            raise _too_large(size, limit, str(path))
        data = path.read_bytes()
    except FileNotFoundError as exc:
        raise ClaimspineError(
            "article-missing", "there is no such file", hint="check the name and the folder", path=str(path)
        ) from exc
    except (OSError, ValueError) as exc:
        raise ClaimspineError(
            "article-unreadable",
            f"the file cannot be read: {exc}",
            hint="check its permissions",
            path=str(path),
        ) from exc
    if not data.strip():
        raise _empty(str(path))
    return data


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
    declared = _declared(data)
    if declared and page:
        return b"", declared
    controls = sum(byte < 9 or 13 < byte < 27 for byte in data[:4096])
    if controls > 0.02 * min(len(data), 4096):
        raise ClaimspineError(
            "article-binary",
            "this is not text: it holds control bytes and is not UTF-8",
            hint="save the article as .docx, .html, .md or plain text",
            path=str(path),
        )
    if not (page and _CHARSET.search(data[:4096])) and _reads_well(data):
        return b"", _LIKELIEST
    name, codec = _guess(data)
    raise _encoding(name, codec, path, _first_broken_line(data))


_LIKELIEST = "cp1252"
_TYPED = frozenset("“”‘’‚„–—…•€™†‡‰‹›«»°±²³µ·×÷§©®£¥¼½¾¿¡´¨¹º\u00a0\u00ad")


def _reads_well(data: bytes) -> bool:
    """Whether bytes read as Windows-1252 are words: accented letters within them, the signs that people type.

    The text of another alphabet is mostly such letters; that of another encoding has capitals inside words.
    """
    try:
        text = data.decode(_LIKELIEST)
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


def _declared(data: bytes) -> str | None:
    """The codec of the encoding that a page declares, where it can be read by it."""
    match = _CHARSET.search(data[:4096])
    if match is None:
        return None
    try:
        codec = codecs.lookup((match.group(1) or match.group(2)).decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
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
