"""Works and faults while a bibliography is read, one file at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import quote

from graph.evidence import Iri, Work

READABLE = (
    "give BibTeX (.bib), CSL-JSON (.json), RIS (.ris), PubMed .nbib or .xml, EndNote .enw or .xml,"
    " Web of Science (.ciw, .txt) or a table (.csv) as Scopus, PubMed, Covidence, Rayyan and Zotero write it"
)
_MAX_FAULTS = 1000
# Publishers put it before or behind the title of the paper itself; "Retraction: ..." is the notice of it.
_RETRACTED = re.compile(
    r"^\W*(?:RETRACTED|Retracted)(?:\s+(?:article|paper|ARTICLE|PAPER|Article|Paper))?\s*[:\]–-]"
    r"|[\[(]\s*Retracted(?: article\b[^\])]*| paper)?\s*[\])]\W*$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class BibliographyFault:
    """What is wrong with one entry. ``left_out``: it is not among the works."""

    file: str
    line: int | None
    key: str | None
    message: str
    left_out: bool = False

    @property
    def severity(self) -> str:
        """A broken entry never stops the good ones: a warning."""
        return "warning"

    def __str__(self) -> str:
        """``file:line: key: message``."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.key}: {self.message}" if self.key else f"{where}: {self.message}"


_WANTED = {"doi": "a DOI", "year": "a year", "pmid": "a PubMed number"}


class Collected:
    """Works and faults while a file is read."""

    def __init__(self, path: str, prefix: str) -> None:
        """``prefix`` is what the IRIs of the works begin with."""
        self.path = path
        self.prefix = prefix
        self.works: list[Work] = []
        self.faults: list[BibliographyFault] = []
        self._keys: set[str] = set()

    def add(self, key: str | None, line: int | None, work: Work) -> None:
        """Keep a work, unless it says nothing to know it by."""
        if not work.title and not work.doi and not work.pmid:
            self.fault(line, key, "there is no title, DOI or PubMed id; it is left out", left_out=True)
            return
        stem = key or work.pmid or work.doi or f"entry-{len(self.works) + 1}"
        unique, number = stem, 2
        while unique in self._keys:
            unique, number = f"{stem}-{number}", number + 1
        self._keys.add(unique)
        if work.standing is None and _RETRACTED.search(work.title or ""):
            note = "the bibliography says so in its title"
            work = replace(work, standing="retracted", standing_note=note)
        self.works.append(replace(work, iri=Iri(self.prefix + quote(unique, safe="-._~:()"))))

    def unread(self, line: int | None, key: str | None, name: str, written: str | None, read: object) -> None:
        """Note a field that was written and could not be read; it stays empty."""
        if written and read is None:
            self.fault(line, key, f"{name}: {written[:80]!r} is not {_WANTED[name]}")

    def fault(self, line: int | None, key: str | None, message: str, *, left_out: bool = False) -> None:
        """Note what is wrong; after a thousand faults, only that there are more."""
        if len(self.faults) > _MAX_FAULTS:
            return
        if len(self.faults) == _MAX_FAULTS:
            line, key, message, left_out = None, None, "there are more faults than these", False
        self.faults.append(BibliographyFault(self.path, line, key, message, left_out))
