"""Records of XML, one after the other, from a parser that refuses entities and outside documents."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from graph.errors import ClaimspineError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["records"]


def records(text: str, tags: Collection[str], path: str, *, allow_dtd: bool) -> Iterator[Element]:
    """The elements with these tags; what is in one is gone when the next is asked for.

    ``path``: where the text is from, for the messages. ``allow_dtd``: a document type may be named.

    Raises:
        ClaimspineError: not well-formed, or it holds entities.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    try:
        # the declared encoding no longer holds once the text is decoded
        parsed = iterparse(io.BytesIO(_undeclared(text).encode("utf-8")), forbid_dtd=not allow_dtd)
        for _, element in parsed:
            if element.tag in tags:
                yield element
                element.clear()
    except DefusedXmlException as exc:
        raise ClaimspineError(
            "xml-entities", "the XML defines entities or names outside documents: refused", path=path
        ) from exc
    except ParseError as exc:
        line, column = exc.position
        raise ClaimspineError(
            "xml-syntax", f"not well-formed XML: {exc.msg}", path=path, line=line, column=column + 1
        ) from exc


def _undeclared(text: str) -> str:
    """XML without its declaration: its encoding no longer holds once the text is decoded."""
    start = text.lstrip()
    if start.startswith("<?xml"):
        end = start.find("?>")
        # keep the line count
        return "\n" * start[: end + 2].count("\n") + start[end + 2 :] if end >= 0 else start
    return start
