"""The parts of a .docx, a zip archive of XML that comes from strangers.

Sizes are checked before anything is unpacked, and a document type declaration (the way to entity bombs) is
refused.
"""

from __future__ import annotations

import zipfile
from xml.etree import ElementTree as ET

from graph.errors import ClaimspineError

__all__ = ["damaged", "other_archive", "part_of"]


_LARGEST_RATIO = 200  # unpacked to packed; text packs 5 to 30 times


def part_of(archive: zipfile.ZipFile, name: str, path: str, limit: int) -> ET.Element:
    """A part of the archive as XML; ``limit`` is the size allowed to an article, in bytes.

    Raises:
        ClaimspineError: it would unpack to more than five times that, or declares entities.
        ElementTree.ParseError: its XML is broken.
    """
    info = archive.getinfo(name)
    allowed = max(limit * 5, 1_000_000)
    if info.file_size > allowed or info.file_size > _LARGEST_RATIO * max(info.compress_size, 1) + 100_000:
        raise ClaimspineError(
            "article-too-large",
            f"{name} would unpack to {info.file_size:,} bytes",
            hint="this is no ordinary Word file; save it anew from the program it came from",
            path=path,
        )
    with archive.open(info) as stream:
        data = stream.read(allowed + 1)
    if len(data) > allowed:
        raise ClaimspineError("article-too-large", f"{name} unpacks to more than it says", path=path)
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise damaged(path, "its XML declares entities, which Word never does")
    return ET.fromstring(data)


_ARCHIVES = (
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("META-INF/container.xml", "an e-book (EPUB)"),
    ("Index/", "a Pages document"),
)
_MIMETYPES = ((b"opendocument", "an OpenDocument file"), (b"epub", "an e-book (EPUB)"))


def other_archive(archive: zipfile.ZipFile, path: str) -> ClaimspineError:
    """What is said of a zip archive that is no Word file."""
    names = archive.namelist()
    told = next((what for start, what in _ARCHIVES if any(name.startswith(start) for name in names)), None)
    if "mimetype" in names:
        with archive.open("mimetype") as member:
            said = member.read(200)
        told = next((what for part, what in _MIMETYPES if part in said), told)
    if told is None:
        return damaged(path, "it is a zip archive without a Word document in it")
    hint = "save the article as .docx, .html, .md or plain text"
    return ClaimspineError("article-binary", f"this is {told}, not text", hint=hint, path=path)


def damaged(path: str, why: str) -> ClaimspineError:
    """What is said of a file that is not a whole .docx."""
    return ClaimspineError(
        "article-damaged",
        f"this is not a whole .docx file: {why}",
        hint="open it in a word processor and save it anew",
        path=path,
    )
