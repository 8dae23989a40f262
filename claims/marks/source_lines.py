"""The words that announce the sources of what stands above them: "Source: Lee 2019; Roe et al., 2021"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.model import Block

SOURCE_WORD = re.compile(
    r"[\W_]*(?:(?:data|evidence|information|research|key|main|our|the)\s){0,2}"
    r"(?:sources?|references?|refs?|evidence|stud(?:y|ies)|trials?|citations?|reviews?|based\son|taken\sfrom|adapted\sfrom"
    r"|quellen?|literatur|belege?|studien?|fuentes?|referencias?|bron(?:nen)?|fonti?|fontes?|källor)"
    r"(?:\(s\)|/\w{1,12})?\s?:\s*",
    re.IGNORECASE,
)
_BETWEEN_WORKS = re.compile(r"((?<=[\w.)])\s*;|(?<=\d),(?=\s[^\W\d_a-z]))")
_BETWEEN_CELLS = re.compile(r"(\|)")
_LONGEST = 600  # characters


def alone(block: Block) -> Iterator[tuple[int, str]]:
    """What stands for itself in a block, and where: works behind "Source:", the cells of a table's row."""
    announced = SOURCE_WORD.match(block.text)
    if announced is not None and len(block.text) <= _LONGEST:
        parted, begin = _BETWEEN_WORKS, announced.end()
    elif block.kind == "table":
        parted, begin = _BETWEEN_CELLS, 0
    else:
        return
    for piece in parted.split(block.text[begin:]):
        yield begin + len(piece) - len(piece.lstrip()), piece.strip()
        begin += len(piece)
