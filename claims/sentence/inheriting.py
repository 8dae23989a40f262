"""What a sentence takes from its paragraph: the citations that carry it, the outcome it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from claims.alternatives import lowered, one_of
from claims.concepts import Vocabulary
from claims.model import InTextCitation, Sentence
from claims.sentence.source_lines import carried_up
from graph.evidence import Iri

__all__ = ["Cited", "by_sentence", "says_the_same", "takes_up"]

Cited = tuple[tuple[InTextCitation, ...], tuple[InTextCitation, ...]]


def by_sentence(sentences: Sequence[Sentence], citations: Sequence[InTextCitation]) -> list[Cited]:
    """For each sentence its own citations and, where it has none, those it takes from its paragraph.

    Where that cites nothing, from the line of sources below it.
    """
    own: list[list[InTextCitation]] = [[] for _ in sentences]
    order = sorted(range(len(sentences)), key=lambda i: sentences[i].span)
    at = 0
    for citation in sorted(citations, key=lambda one: one.span):
        if citation.style == "footnote" and not citation.references:
            continue  # a note that names no work is no source
        while at + 1 < len(order) and sentences[order[at + 1]].span.start <= citation.span.start:
            at += 1
        if order and sentences[order[at]].span.start <= citation.span.start:
            own[order[at]].append(citation)
    by_block: dict[int, list[int]] = {}
    for index, sentence in enumerate(sentences):
        by_block.setdefault(sentence.block, []).append(index)
    nearest = _nearest(by_block.values(), own, sentences)
    below = carried_up(sentences, own, by_block)
    result: list[Cited] = []
    for index, sentence in enumerate(sentences):
        if own[index]:
            result.append((tuple(own[index]), ()))
            continue
        mates = by_block[sentence.block]
        if sentence.is_lead and len(mates) == 1:  # a heading: the paragraph under it
            following = index + 1
            if following < len(sentences) and not sentences[following].is_lead:
                mates = by_block[sentences[following].block]
        if index in below:
            taken = below[index]
        elif sentence.is_lead:
            taken = [citation for mate in mates for citation in own[mate]]
        else:
            taken = own[nearest[index]] if index in nearest else []
        result.append(((), tuple(taken)))
    return result


def _nearest(
    blocks: Iterable[list[int]], own: list[list[InTextCitation]], sentences: Sequence[Sentence]
) -> dict[int, int]:
    """For each sentence the next one of its paragraph that cites, else the last before it."""
    nearest: dict[int, int] = {}
    for mates in blocks:
        cited: int | None = None
        for mate in reversed(mates):
            if cited is not None:
                nearest[mate] = cited
            if own[mate]:
                cited = mate
        cited = None
        for mate in mates:
            if cited is not None:
                nearest.setdefault(mate, cited)
            if own[mate] and not sentences[mate].is_lead:
                cited = mate
    return nearest


_POINTER = re.compile(
    r"(?:it|they|this|these|such|that|doing so|the (?:practice|habit|effect|supplement|diet))\b",
    re.IGNORECASE,
)


def pointer_back(text: str) -> re.Match[str] | None:
    """The words with which a sentence begins that stand for what the text before spoke of; None without.

    >>> found = pointer_back("Doing so adds an hour to sleep.")
    >>> found[0] if found else None
    'Doing so'
    """
    return _POINTER.match(text)


# "had a 46 % higher risk than": of what the sentences before speak of
_BARE_RISK = re.compile(
    r"(?<!at high )(?<!at higher )(?<!at low )(?<!at lower )(?<!at increased )(?<!at )"
    r"\b(?:risks?|odds|chances?|likelihood|incidence)\b"
    r"(?!\s+(?:of|for|from|to|that|in|factors?|groups?|scores?|ratios?|differences?|reductions?)\b)",
    re.IGNORECASE,
)
# "Nuts did nothing", "the diet made no difference": to what, the text before has said
_NOTHING = re.compile(
    r"\b(?:(?:do(?:es)?|did) nothing|(?:made|makes?) no difference|(?:had|has|have) no effect|"
    r"(?:did|does|do)(?: not|n['’]t) (?:help|work))\b(?: at all)?(?=\s*(?:$|[.;,(\[]))",
    re.IGNORECASE,
)
# "a new episode", "the reduction": of what, the text before has said
_EPISODE = re.compile(
    r"\b(?:(?:an?|another|any|the|new|first|further|more|fewer)\s(?:new\s|first\s|repeat\s|further\s)?"
    r"(?:episodes?|attacks?|flare-?ups?|bouts?|recurrences?|relapses?)"
    r"|the (?:reduction|increase|drop|rise|fall|benefit|improvement|gains?|difference))\b"
    r"(?!\s(?:of|in|for|from|that)\b)",
    re.IGNORECASE,
)


def takes_up(text: str, outcome: Sequence[Iri], vocabulary: Vocabulary) -> bool:
    """Whether a sentence that names no outcome speaks of the one before: by "the risk", "a new episode" or
    its last word.

    "Cognitive decline was the same. In the second group decline was slower."
    """
    if not outcome:
        return False
    if _BARE_RISK.search(text) or _EPISODE.search(text) or _NOTHING.search(text):
        return True
    heads = {
        label.rsplit(" ", 1)[1].lower()
        for iri in outcome
        if (concept := vocabulary.concepts.get(iri)) is not None
        for label in (concept.label, *concept.synonyms)
        if " " in label
    }
    return any(len(head) > 3 and re.search(rf"\b{re.escape(head)}\b", text, re.IGNORECASE) for head in heads)


# "Peppermint does too", "The same goes for tea", "Neither does fish oil"
_THE_SAME = re.compile(
    r"^(?:so|neither|nor)\s(?:does|do|did|is|are|was|were|can|may|might|will|has|have)\b"
    r"|^(?:and\s|but\s)?(?:the same|much the same|likewise)\b[^.;]{0,30}"
    r"\b(?:goes|holds|true|applies|seen|found|said|happens|happened|with|for)\b"
    r"|\b(?:does|do|did|can|may|might|is|are|was|were|will|works?|worked|helps?|helped|fares?|fared)\s(?:\w+\s)?"
    r"(?:too|as well|likewise|the same|so|just as well|no better|equally well)(?=\s*(?:[.,;\[(]|$))"
    r"|,?\s(?:too|as well|likewise)(?=\s*(?:[.\[(]|$))",
    re.IGNORECASE,
)


def says_the_same(text: str) -> bool:
    """Whether the sentence says of something else what the one before it said: "So does tea"."""
    return _THE_SAME.search(text) is not None


# "a slightly lower risk", "the gain was small": of what was spoken of before
_HOW_MUCH = one_of(
    [
        r"\b(?:risks?|odds|chances?|likelihood|gains?|effects?|benefits?|differences?|results?|relief|improvements?"
        r"|rates?|figures?|numbers?|link|association)\b",
    ]
)


def says_no_more_than_how_much(text: str) -> bool:
    """Whether a sentence speaks of a risk, a gain or the like, which may be of what was spoken of before."""
    return _HOW_MUCH.search(lowered(text)) is not None
