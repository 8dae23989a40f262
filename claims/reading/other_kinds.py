"""Text that is no article: reports, bibliographies, evidence. Read as one it would pass unchecked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from claims.reading.sheets import rows_of

_BIBTEX = re.compile(r"\s*(?:%[^\n]*\n\s*)*@[A-Za-z]{3,20}\s*\{\s*[^\s,{}]{1,200}\s*,")
_TAGGED = re.compile(r"\s*(?:TY[ \t]{1,4}-[ \t]?[A-Z]{3,6}\s|PMID *- ?\d|%0 [A-Z]|FN (?:Clarivate|Thomson))")
_XML = re.compile(r"\s*(?:<\?xml[^<>]*>\s*)?(?:<!DOCTYPE[^<>]*>\s*)?<(?:PubmedArticleSet|xml>\s*<records)")
_TITLES = re.compile(r"[^\n]{0,2000}?(?<!\w)(?:(?:article|document) )?title\"?\s*[,;\t\r\n]", re.IGNORECASE)
_EVIDENCE = re.compile(r"(?:\A|\n)(?:-[ \t]+)?(?:id|type|\"?@context\"?):[ \t]*\S")
_TO_REFS = "give it with --refs, beside the article"


def kind_of(text: str, suffix: str) -> tuple[str, str] | None:
    """What a text is that is no article, and what to do with it; None where it may be one.

    ``suffix``: of the file's name, lower case. It decides only where the words could be an article's.

    >>> kind_of("@article{lee2020, title = {Naps}}", ".txt")
    ('BibTeX', 'give it with --refs, beside the article')
    """
    return next((told for look in _LOOKS if (told := look(text, suffix)) is not None), None)


def _report(text: str, suffix: str) -> tuple[str, str] | None:
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return ("JSON", "give the article itself") if suffix == ".json" else None
    first = said[0] if isinstance(said, list) and said else said
    if isinstance(first, dict) and "schema_version" in first:
        return "a report of an audit", "give the article itself; `claimspine verify` reads reports"
    return ("JSON", f"a bibliography? {_TO_REFS}") if isinstance(first, dict) else None


def _bibliography(text: str, suffix: str) -> tuple[str, str] | None:
    if _BIBTEX.match(text):
        return "BibTeX", _TO_REFS
    if _TAGGED.match(text) or _XML.match(text) or suffix in (".bib", ".ris", ".nbib", ".enw", ".ciw"):
        return "a bibliography", _TO_REFS
    if suffix in (".csv", ".tsv") and (_TITLES.match(text) or not rows_of(text)):
        return "a table", f"a bibliography? {_TO_REFS}"
    return None


def _source(text: str, suffix: str) -> tuple[str, str] | None:
    if suffix in (".yaml", ".yml") and _EVIDENCE.search(text):
        return "an evidence file", "give it with --evidence, beside the article"
    return None


_LOOKS: tuple[Callable[[str, str], tuple[str, str] | None], ...] = (_report, _bibliography, _source)
