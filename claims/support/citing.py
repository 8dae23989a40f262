"""How a citation stands in its sentence, and how the sentence leans on it."""

from __future__ import annotations

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
_MOST = 3  # cue words of a kind that are counted
_MOST_AFTER, _LONG = 40, 9
_NEAR = 80  # characters before a citation
_WORD = re.compile(r"[A-Za-z]+")
_REFERENCE = re.compile(r"<\|\w+\|>|(?<!\d)\d{1,3}(?!\d)")
_EXAMPLE = re.compile(r"e\.g\.|for example|such as|including|see |reviewed in|for review")
_PAST = re.compile(r"ed$|^(?:was|were|had)$")
_PRESENT = frozenset("is are has have can".split())  # noqa: SIM905


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
    """How the citation stands in its sentence, and the words about it: ``leads_…`` in the part that it
    stands for, ``says_…`` in the whole sentence."""
    citing = citing[:MAXIMUM_LENGTH]
    part = cited_part(citing)
    own = _OWN.search(citing)
    place = own.start() if own else len(citing)
    opening = max(citing.rfind("(", 0, place), citing.rfind("[", 0, place))
    bracketed = own is not None and opening >= 0 and not re.search(r"[)\]]", citing[opening:place])
    closing = re.search(r"[)\]]", citing[place:])
    inside = citing[opening : place + closing.end()] if bracketed and closing else ""
    before, after = citing[:place], citing[place:]
    words = _WORD.findall(part)
    count = max(1, len(words))
    return {
        "grouped": float("<|multi_cit|>" in citing or (own is None and _GROUP.search(citing) is not None)),
        "bracketed": float(bracketed),
        "inside": float(len(_REFERENCE.findall(inside))),
        "inside_parted": float(inside.count(";")),
        "inside_range": float(re.search("[–-]", inside) is not None),
        "inside_square": float(inside.startswith("[")),
        "others": float(len(_OTHER.findall(citing))),
        "others_before": float(len(_OTHER.findall(before))),
        "others_after": float(len(_OTHER.findall(after))),
        "narrative": float(_NARRATIVE.search(citing[:opening] if bracketed else before) is not None),
        "place": place / max(1, len(citing)),
        "citing_length": float(len(citing.split())),
        "words_after": float(min(_MOST_AFTER, len(after.split()))),
        "several_sentences": float(len(sentences_of(citing))),
        "part_length": float(len(part.split())),
        "example": float(_EXAMPLE.search(citing, max(0, place - _NEAR), place) is not None),
        "past": sum(_PAST.search(word) is not None for word in words) / count,
        "present": sum(word in _PRESENT for word in words) / count,
        "acronyms": sum(len(word) > 1 and word.isupper() for word in words) / count,
        "long_words": sum(len(word) >= _LONG for word in words) / count,
        "capitals": sum(word[0].isupper() for word in words[1:]) / count,
        **{f"leads_{name}": _counted(sign, part) for name, (sign, _) in cues.CITING.items()},
        **{f"says_{name}": _counted(sign, citing) for name, (sign, _) in cues.CITING.items()},
    }


def _counted(sign: re.Pattern[str], text: str) -> float:
    return float(min(_MOST, len(sign.findall(text))))
