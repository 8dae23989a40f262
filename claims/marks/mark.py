"""One citation mark, as printed."""

from __future__ import annotations

from dataclasses import dataclass

from claims.model import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark. ``certain`` is False where the same form often means something else.

    Author–year: ``names`` (first one enough when ``et_al``), ``initials`` of the first where printed,
    ``year`` or what is printed for it (``undated``: "nd", "in press"), ``suffix``. Numeric and
    superscript: ``numbers``. Label: ``labels`` ("[Chr2016]", "[a, b]", raised letters too). Again:
    ``names``, or none for the work cited last ("ibid."). Locator and code: the ``text``.
    Pandoc: ``key``; footnote: ``key``, with its "^".
    Links: ``doi``, ``pmid``, ``pmcid``, and names, year or numbers where the words that are linked hold them.
    """

    text: str
    span: Span
    # author-year, numeric, parenthesis, superscript, label, again, footnote, pandoc, link, locator, code
    style: str
    block: int
    names: tuple[str, ...] = ()
    et_al: bool = False
    year: int | None = None
    suffix: str = ""
    undated: str = ""
    initials: str = ""
    numbers: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    key: str = ""
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    certain: bool = True
    told: bool = False  # "Smith's 2020 trial": a citation only where the list has such a work

    @property
    def when(self) -> str:
        """The year with its letter, or the words that stand for one."""
        return f"{self.year or self.undated}{self.suffix}"
