"""From a file, or a text already at hand, to a ``Document``; what cannot be read is said plainly."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from claims.model import Block, Document
from claims.reading.encodings import LIKELIEST, codec_of, declared, named_codec
from claims.reading.latex import is_latex, read_latex
from claims.reading.messages import is_message, take_out
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
    ".rmd": MARKDOWN,
    ".mdx": MARKDOWN,
    ".org": MARKDOWN,
    ".txt": PLAIN,
    ".text": PLAIN,
    ".adoc": PLAIN,
    ".asciidoc": PLAIN,
    ".rst": PLAIN,
    ".tex": PLAIN,
    ".srt": PLAIN,
    ".vtt": PLAIN,
    "": PLAIN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".docx": DOCX,
}


def read_article(path: str | Path, *, limit: int = DEFAULT_LIMIT) -> Document:
    """Read an article; ``limit`` is the largest size in bytes.

    The format follows the name: .md, .txt, .html, .docx, .eml, .mhtml (anything else is looked into). Offsets
    are characters of the decoded file; for .docx, mail and pages saved whole (.eml, .mht, .mhtml), which are
    packed, of the text taken out of them.

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
        document = _document(text, blocks, DOCX, str(path), hashlib.sha256(data).hexdigest())
        return replace(document, packed=True)
    if is_message(path):
        return _read_message(data, path)
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
    guessed = codec == LIKELIEST and (media_type != HTML or declared(data) is None)
    return replace(document, taken_for="Windows-1252") if guessed else document


def _read_message(data: bytes, path: Path) -> Document:
    taken = take_out(data)
    if taken is None:
        raise ClaimspineError(
            "article-damaged",
            "there is no text in this mail or saved page",
            hint="open it and save it as a web page (.html)",
            path=str(path),
        )
    inside, media_type, said = taken
    mark, codec = b"", named_codec(said, inside) or ""
    if not codec:
        mark, codec = codec_of(inside, path, page=media_type == HTML)
    document = _read(
        inside[len(mark) :].decode(codec).replace("\r\n", "\n"),
        media_type,
        str(path),
        hashlib.sha256(data).hexdigest(),
    )
    return replace(document, packed=True)


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
    if media_type in (MARKDOWN, PLAIN) and is_latex(text):
        blocks = read_latex(text)
    elif media_type == MARKDOWN:
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
