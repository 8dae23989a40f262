"""Coverage-guided fuzzing of the readers with atheris; run by hand, as long as wanted.

    pip install atheris
    python bench/fuzz.py article|reading|word|bibliography|reference|abstract|evidence -max_total_time=60

Every input must be read or refused with a ClaimspineError; anything else is a crash, and an input that takes
longer than ``-timeout`` seconds is a hang. The libFuzzer options go through, and folders of inputs to begin
with: files whose first byte chooses the format, in the order of the lists below.
"""

from __future__ import annotations

import io
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["claims", "graph"]):
    from claims.audit import Checker
    from claims.findings import extract
    from claims.reading import read_text
    from claims.reading.files import read_bytes
    from claims.references import parse
    from graph.bibliography import read_bibliography
    from graph.errors import ClaimspineError
    from graph.sources.source_files import read_source

FOLDER = Path(tempfile.mkdtemp())
MEDIA = ("text/markdown", "text/plain", "text/html")


def article() -> Callable[[bytes], None]:
    checker = Checker.of()

    def one(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        media = MEDIA[provider.ConsumeIntInRange(0, 2)]
        text = provider.ConsumeUnicodeNoSurrogates(4096)
        report = checker.check(read_text(text, media))
        assert all(one.code != "X900" for one in report.diagnostics), report.diagnostics

    return one


def reading() -> Callable[[bytes], None]:
    """Reading alone, many times as often as whole audits: as text of a format, and as a file's bytes."""

    def one(data: bytes) -> None:
        if not data:
            return
        kind = data[0] % 4
        if kind == 3:
            read_bytes(data[1:])
        else:
            read_text(data[1:].decode("utf-8", "replace"), MEDIA[kind])

    return one


def word() -> Callable[[bytes], None]:
    """Word files whose parts are whole and whose XML is not."""
    parts = ("word/document.xml", "word/footnotes.xml", "word/styles.xml", "word/_rels/document.xml.rels")
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'

    def one(data: bytes) -> None:
        if not data:
            return
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for number, part in enumerate(parts):
                whole = body + b"<w:p><w:r><w:t>Tea.</w:t></w:r></w:p></w:body></w:document>"
                wrapped = body + data[1:] + b"</w:body></w:document>" if data[0] & 128 else data[1:]
                archive.writestr(part, wrapped if number == data[0] % len(parts) else whole)
        read_bytes(packed.getvalue(), "file.docx")

    return one


def bibliography() -> Callable[[bytes], None]:
    suffixes = (".bib", ".ris", ".nbib", ".json", ".xml")

    def one(data: bytes) -> None:
        path = FOLDER / f"file{suffixes[data[0] % len(suffixes)]}" if data else FOLDER / "file.bib"
        path.write_bytes(data[1:])
        read_bibliography(path)

    return one


def evidence() -> Callable[[bytes], None]:
    suffixes = (".yaml", ".ttl", ".jsonld", ".rdf")

    def one(data: bytes) -> None:
        path = FOLDER / f"file{suffixes[data[0] % len(suffixes)]}" if data else FOLDER / "file.yaml"
        path.write_bytes(data[1:])
        read_source(path)

    return one


def reference() -> Callable[[bytes], None]:
    return lambda data: parse(data.decode("utf-8", "replace")[:2000]) and None


def abstract() -> Callable[[bytes], None]:
    return lambda data: extract(data.decode("utf-8", "replace")[:4000]) and None


TARGETS = {
    "article": article,
    "reading": reading,
    "word": word,
    "bibliography": bibliography,
    "evidence": evidence,
    "reference": reference,
    "abstract": abstract,
}


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"usage: fuzz.py {'|'.join(TARGETS)} [libFuzzer options]")
    target = TARGETS[sys.argv.pop(1)]()

    def guarded(data: bytes) -> None:
        try:
            target(data)
        except* ClaimspineError:
            pass

    atheris.Setup([*sys.argv, "-timeout=20"], guarded)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
