"""Files as text: the right file, of a bearable size, in UTF-8, or a clear error."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from graph.errors import ClaimspineError

MAX_BYTES = 512 * 1024 * 1024
_OTHER_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def read_bytes(path: str | PathLike[str], *, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a file.

    Raises:
        ClaimspineError: ``no-such-file``, ``not-a-file``, ``file-unreadable``, ``file-too-large``.
    """
    file = Path(path)
    try:
        if file.is_dir():
            raise ClaimspineError("not-a-file", "this is a folder, not a file", path=file)
        size = file.stat().st_size
        if size > limit:
            raise ClaimspineError(
                "file-too-large", f"{size} bytes are more than the limit of {limit}", path=file
            )
        return file.read_bytes()
    except FileNotFoundError as exc:
        raise ClaimspineError(
            "no-such-file", "there is no such file", path=file, hint="check the name"
        ) from exc
    except (OSError, ValueError) as exc:
        raise ClaimspineError("file-unreadable", f"cannot read the file: {exc}", path=file) from exc


def decode(data: bytes, path: str | PathLike[str] | None = None) -> str:
    """UTF-8 text, with or without a byte order mark, line ends kept.

    Raises:
        ClaimspineError: ``not-text`` for binary data, ``not-utf-8`` with the line of the first bad byte.
    """
    for mark, name in _OTHER_ENCODINGS:
        if data.startswith(mark):
            raise ClaimspineError("not-utf-8", f"the file is in {name}", path=path, hint="save it as UTF-8")
    if b"\0" in data:
        raise ClaimspineError(
            "not-text", "this is a binary file", path=path, hint="give a text file in UTF-8"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        before = data[: exc.start]
        line = before.count(b"\n") + 1
        column = exc.start - (before.rfind(b"\n") + 1) + 1
        raise ClaimspineError(
            "not-utf-8",
            f"the byte 0x{data[exc.start]:02x} is not UTF-8",
            path=path,
            line=line,
            column=column,
            hint="save the file as UTF-8",
        ) from exc


@dataclass(frozen=True, slots=True)
class Named:
    """A file to read, with the name it goes by: its path under the folder it was found in."""

    path: Path
    name: str


def expand(paths: Iterable[str | PathLike[str]], suffixes: Sequence[str]) -> list[Named]:
    """The files meant by paths: a file is itself, a folder its files of these suffixes, sorted.

    Hidden files and folders are left out.

    Raises:
        ClaimspineError: ``no-such-file``, or ``nothing-to-load`` for a folder without such files.
    """
    found: list[Named] = []
    for given in paths:
        path = Path(given)
        if not path.is_dir():
            if not path.exists():
                raise ClaimspineError(
                    "no-such-file", "there is no such file", path=path, hint="check the name"
                )
            found.append(Named(path, path.name))
            continue
        inside = [
            Named(file, file.relative_to(path).as_posix())
            for file in path.rglob("*")
            if file.suffix.lower() in suffixes
            and file.is_file()
            and not any(part.startswith(".") for part in file.relative_to(path).parts)
        ]
        if not inside:
            raise ClaimspineError(
                "nothing-to-load",
                "the folder holds no evidence files",
                path=path,
                hint="files that can be read end in " + ", ".join(suffixes),
            )
        found += sorted(inside, key=lambda named: named.name)
    return found
