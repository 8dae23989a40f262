"""The runs of words of a claim and a finding that may say what came of it, and how near two of them are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from claims.alignment import content_words
from claims.concepts import Vocabulary
from claims.linking.nearness import SILENT, nearness
from claims.model import Claim, Taken
from claims.sentence.change import change_cues
from claims.sentence.comparators import comparator_regions
from graph.evidence import Finding, Iri

__all__ = [
    "WORD",
    "nearest_pair",
    "nearness_of",
    "of_finding",
    "stretches_of",
    "taken_places",
    "text_of",
    "worth_of_pair",
]


_WINDOW = 3  # words of a stretch that are held together
_LONGER = 0.02
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_IN_WHOM = re.compile(
    r"\b(?:among|in (?:those|people|adults|patients|children|women|men))\b[^,;.]*", re.IGNORECASE
)
_NO_EDGE = SILENT | frozenset(
    """
    did does do also they he she we you me them him us it so too as more less most least when where while if
    then once only even just very much many few any some all both each every other others another one two
    three four five six seven eight nine ten twenty thirty forty fifty hundred made make makes got get gets
    reported significantly not no nor neither respectively
    """.split()  # noqa: SIM905
)
# parts of the body that are none
_IDIOMS = re.compile(
    r"\b(?:hand in hand|at hand|on the (?:one|other) hand|by a (?:nose|head|hair)|head to head|side by side"
    r"|neck and neck|in the long run|at heart|by heart|on (?:its|their) feet|rule of thumb|in the eyes of)\b",
    re.IGNORECASE,
)


def taken_places(claim: Claim) -> list[tuple[int, int]]:
    """Where the claim's text is taken for something else than what came of it."""
    said = claim.proposition
    other = {*said.exposure, *said.co_intervention, *said.comparator, *said.population}
    spans = [one.span for one in claim.mentions if one.concept in other]
    spans += [one.span for one in claim.citations]
    places = [claim.sentence.place(span) for span in spans]
    return [
        *places,
        *comparator_regions(claim.text),
        *(match.span() for match in _IN_WHOM.finditer(claim.text)),
        *(match.span() for match in _IDIOMS.finditer(claim.text)),
    ]


def stretches_of(text: str, taken: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Runs of up to three words of a text that say something, without what is ``taken`` and any change."""
    silent = [*taken, *(place for cue in change_cues(text) for place in _ends(text, cue.start, cue.end))]
    run: list[str] = []
    end = 0
    for match in WORD.finditer(text):
        word = match.group().lower()
        if any(low < match.end() and match.start() < high for low, high in silent):
            yield from _windows(run)
            run = []
        elif text[end : match.start()].strip() and run:
            yield from _windows(run)
            run = [word]
        else:
            run.append(word)
        end = match.end()
    yield from _windows(run)


def _ends(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where a word of change stands; of more than two words the first and the last: "kept teeth from"."""
    words = [match.span() for match in WORD.finditer(text, start, end)]
    return [words[0], words[-1]] if len(words) > 2 else [(start, end)]


def _windows(run: Sequence[str]) -> Iterator[str]:
    for start in range(len(run)):
        for stop in range(start + 1, min(len(run), start + _WINDOW) + 1):
            window = run[start:stop]
            if {window[0], window[-1]} & _NO_EDGE:
                continue
            phrase = " ".join(window)
            if content_words(phrase):
                yield phrase


def text_of(finding: Finding, rivals: Sequence[Finding]) -> str:
    """What a finding says: its sentence, or its own words of it where others share the sentence."""
    sentence = finding.quote or finding.text or ""
    shared = any(one is not finding and one.quote == finding.quote for one in rivals)
    return finding.label if shared and finding.label else sentence


def of_finding(finding: Finding, rivals: Sequence[Finding], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The stretches of a finding that may say what came of it."""
    named = () if finding.method == "automatic" else tuple(vocabulary.label(iri) for iri in finding.outcome)
    return (*named, *_read(text_of(finding, rivals), finding.exposure, vocabulary))


_kept: dict[tuple[str, tuple[Iri, ...]], tuple[Vocabulary, tuple[str, ...]]] = {}


def _read(text: str, exposure: tuple[Iri, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    kept = _kept.get((text, exposure))
    if kept is not None and kept[0] is vocabulary:
        return kept[1]
    taken = [match.span() for asides in (_ASIDE, _IN_WHOM) for match in asides.finditer(text)]
    for mention in vocabulary.find(text):
        if mention.concept in exposure or "outcome" not in mention.roles:
            taken.append((mention.span.start, mention.span.end))
    found = tuple(dict.fromkeys(stretches_of(text, [*taken, *comparator_regions(text)])))
    if len(_kept) >= 2_000:
        _kept.clear()
    _kept[text, exposure] = vocabulary, found
    return found


def nearest_pair(mine: Sequence[str], theirs: Sequence[str]) -> Taken | None:
    """The two stretches that are nearest; of about as near ones the longer say more."""
    pairs = [(one, other) for one in mine for other in theirs]
    if not pairs:
        return None
    one, other = max(pairs, key=lambda pair: worth_of_pair(*pair))
    return Taken(one, other, nearness_of(one, other))


def worth_of_pair(one: str, other: str) -> float:
    """How near two stretches are, a little more for each word beyond the first."""
    return nearness_of(one, other) + _LONGER * (2 * one.count(" ") + other.count(" "))


@lru_cache(maxsize=20_000)
def nearness_of(one: str, other: str) -> float:
    """How near two stretches are; a word that both have does not hide that the others differ.

    "Left hand" is no nearer to "right hand" than left is to right.
    """
    value = nearness(one, other)
    mine, theirs = one.split(), other.split()
    shared = set(mine) & set(theirs)
    if shared and len(mine) > len(shared) and len(theirs) > len(shared):
        rest = [" ".join(word for word in words if word not in shared) for words in (mine, theirs)]
        return min(value, nearness(*rest))
    return value
