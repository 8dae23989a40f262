"""Abbreviations that a document itself defines."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.concepts.vocabulary import Vocabulary
from graph.evidence import Iri

_DEFINED = re.compile(r"\s?\(\s?([A-Z][A-Za-z0-9-]{0,8}[A-Z0-9]s?)(?=\s?[);,]|\s(?:and|or)\b)")


def abbreviations(texts: Iterable[str], vocabulary: Vocabulary) -> dict[str, Iri]:
    """Abbreviations that the document itself defines: ``central pattern generators (CPGs)``.

    The short form must begin with the first letter of the words it follows. Both number forms are returned.
    """
    found: dict[str, Iri] = {}
    for text in texts:
        if "(" not in text:
            continue
        for mention in vocabulary.find(text):
            defined = _DEFINED.match(text, mention.span.end)
            if defined is None:
                continue
            short = defined.group(1)
            if short[0].lower() != mention.label[0].lower() or short in found:
                continue
            found[short] = mention.concept
            other = short[:-1] if short.endswith("s") else short + "s"
            found.setdefault(other, mention.concept)
    return found
