"""How a citation stands in its sentence, and how the sentence leans on it."""

from __future__ import annotations

import math
import re

from claims.support import cues
from claims.support.features import MAXIMUM_LENGTH, read, sentences_of

_GROUP = re.compile(r"\[\d+\s*[,–-]\s*\d|\(\D{2,40}\d{4}[a-z]?\s*;")
_OWN = re.compile(r"<\|(?:multi_)?cit\|>")
_OTHER = re.compile(r"<\|other_cit\|>")
_SENTENCE_END = re.compile(
    r"(?<=[a-z\d)\]>][.!?])(?<!al\.)(?<!e\.g\.)(?<!i\.e\.)(?<!vs\.)(?<!Fig\.)(?:<\|other_cit\|>)?\s+(?=[A-Z])"
)
_AUTHORS = re.compile(r"\b[A-Z][\w'’-]+(?:(?: and|,| &) [A-Z][\w'’-]+){0,4},? et al\.?|<\|\w+\|>")
_NARRATIVE = re.compile(
    r"(?:\bet al\.?|\bcolleagues|\bco-?workers|[A-Z][a-z]+ (?:and|&) [A-Z][a-z]+)[,\s]{0,3}$"
)
_EDGES = " ,;:.)]}([{"
_SAYS_ENOUGH, _SAYS_SOMETHING = 4, 2  # content words
_MOST = 2  # cue words of a kind that are counted


def cited_part(citing: str) -> str:
    """The part of a citing sentence that a citation marker ``<|cit|>`` stands for; the whole without one.

    It runs from the marker before, outside this citation's own brackets, or from the sentence's start. Where
    it says too little ("and zinc <|cit|>"), what stands before it is taken along; where the authors are the
    subject ("Lee et al. <|cit|> found …"), it is what follows.

    >>> cited_part("Zinc was tried before <|other_cit|> and magnesium improved sleep quality <|cit|>.")
    'and magnesium improved sleep quality'
    """
    citing = citing[:MAXIMUM_LENGTH]
    own = _OWN.search(citing)
    if own is None:
        return citing
    opening = max(citing.rfind("(", 0, own.start()), citing.rfind("[", 0, own.start()))
    bracketed = opening >= 0 and not re.search(r"[)\]]", citing[opening : own.start()])
    before = _last_sentence(citing[: opening if bracketed else own.start()])
    if _NARRATIVE.search(before):
        after = re.sub(r"^[^)\]]{0,80}[)\]]", "", citing[own.end() :]) if bracketed else citing[own.end() :]
        after = sentences_of(_OTHER.split(after)[0])[0]
        if _says(after) >= _SAYS_ENOUGH:
            return after.strip(_EDGES)
    pieces = _OTHER.split(before)
    part = pieces.pop()
    while pieces and _says(part) < _SAYS_ENOUGH:
        part = f"{pieces.pop()} {part}"
    return part.strip(_EDGES) if _says(part) >= _SAYS_SOMETHING else citing


def _says(part: str) -> int:
    """How many content words there are, authors' names aside."""
    return len(read(_AUTHORS.sub(" ", part)).content)


def _last_sentence(text: str) -> str:
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    return text[ends[-1] :] if ends and _says(text[ends[-1] :]) else text


def citing_features(citing: str) -> dict[str, float]:
    """How the citation stands in its sentence (alone, grouped, at its end) and the words before it."""
    whole = re.search(r"<\|multi_cit\|>", citing) or _GROUP.search(citing)
    part = cited_part(citing)
    position = _OWN.search(citing)
    return {
        "grouped": float(whole is not None),
        "others": min(4, len(_OTHER.findall(citing))) / 4,
        "part_of_sentence": len(part) / max(1, len(citing)),
        "at_end": float(position is not None and len(citing) - position.end() <= 4),
        "citing_length": math.log1p(len(citing.split())) / 5,
        "several_sentences": float(len(sentences_of(citing)) > 1),
        **{f"leads_{name}": min(_MOST, len(sign.findall(part))) for name, (sign, _) in cues.CITING.items()},
    }
