"""How strongly a sentence's main claim is worded: none, correlational, conditional causal or causal.

The four levels are those of Yu, Li and Wang (EMNLP 2019). The grader is rules only: it finds cue
words, throws out those that stand in a clause which asserts nothing (advice, need for research,
registration), decides for each verb form whether it is the sentence's verb or an adjective
("increased risk"), and lets the words of the main clause decide. Every answer other than none has
a cue, the words that carry it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from claims.model import CausalStrength
from claims.wording import cues

MAXIMUM_LENGTH = 4000  # a longer "sentence" is a table or an attack; only its head is read


@dataclass(frozen=True, slots=True)
class WordCue:
    """The words that carry a strength; offsets are the sentence's own, end exclusive."""

    strength: CausalStrength
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A cue before judgement: ``kind`` is causal, correlational or compared (the weakest)."""

    kind: str
    start: int
    end: int


def causal_strength(sentence: str) -> CausalStrength:
    """The strength of the sentence's main claim.

    >>> causal_strength("Coffee drinking was associated with fewer strokes.").value
    'correlational'
    """
    cue = causal_cue(sentence)
    return CausalStrength.NONE if cue is None else cue.strength


@lru_cache(maxsize=4096)
def causal_cue(sentence: str) -> WordCue | None:
    """The words that carry the sentence's strength, or None where it claims no relation.

    >>> cue = causal_cue("Zinc may shorten a cold.")
    >>> cue.strength.value, "Zinc may shorten a cold."[cue.start:cue.end]
    ('conditional_causal', 'may shorten')
    """
    text = sentence[:MAXIMUM_LENGTH]
    if cues.ASSERTS_NOTHING.search(text) and not cues.ASSERTS_ANYWAY.search(text):
        return None
    main = _main_clause(text)
    found = sorted(_find(text), key=lambda cue: (cue.start, -cue.end))
    inside = [cue for cue in found if cue.start >= main] or found
    chosen = _choose(text, inside)
    if chosen is None:
        return None
    if chosen.kind != "causal":
        return WordCue(CausalStrength.CORRELATIONAL, chosen.start, chosen.end)
    modal = _modal(text, chosen)
    if modal is not None:
        return WordCue(CausalStrength.CONDITIONAL_CAUSAL, min(modal, chosen.start), chosen.end)
    return WordCue(CausalStrength.CAUSAL, chosen.start, chosen.end)


def _main_clause(text: str) -> int:
    """Where the main clause starts: after "These results suggest that" and after "Although ..., "."""
    start = 0
    reporting = cues.REPORTING.match(text)
    if reporting:
        start = reporting.end()
    subordinate = cues.SUBORDINATE.match(text, start)
    if subordinate:
        start = subordinate.end()
    return start


def _find(text: str) -> Iterator[_Found]:
    for kind, pattern in (
        ("correlational", cues.CORRELATIONAL),
        ("causal", cues.CAUSAL_PHRASES),
        ("compared", cues.COMPARED),
    ):
        for match in pattern.finditer(text):
            yield _Found(kind, match.start(), match.end())
    for match in cues.CAUSAL_VERBS.finditer(text):
        kind_of_verb = _verb_use(text, match)
        if kind_of_verb is not None:
            yield _Found(kind_of_verb, match.start(), match.end())


def _verb_use(text: str, match: re.Match[str]) -> str | None:
    """Whether a form of a causal verb is used as one: "causal", "compared" (it only changed) or None."""
    word = match.group().lower()
    before = text[max(0, match.start() - 60) : match.start()].lower()
    after = text[match.end() : match.end() + 40].lower()
    previous = cues.LAST_WORD.search(before)
    last = previous.group(1) if previous else ""
    if word.endswith("ing"):
        if cues.GERUND_OBJECT.match(after) and (cues.GERUND_AFTER.search(before)):
            return "causal"
        return None
    if word.endswith("ed") or word in cues.IRREGULAR_PAST:
        if cues.PASSIVE_BEFORE.search(before):
            return "causal" if cues.BY_AGENT.match(after) else "compared"
        if last in cues.BEFORE_ADJECTIVE or not before.strip(" \"'(,;:"):
            return None
        if cues.INTRANSITIVE_AFTER.match(after):
            return "compared"
        return "causal"
    # base form or third person: a verb only after a subject, "to" or an auxiliary; else a noun ("an increase")
    if last in cues.BEFORE_NOUN:
        return None
    if cues.NOUN_AFTER.match(after) and word in cues.NOUN_TOO:
        return None
    if cues.INTRANSITIVE_AFTER.match(after):
        return "compared"
    return "causal"


def _choose(text: str, found: list[_Found]) -> _Found | None:
    """The cue that decides."""
    strong = [cue for cue in found if cue.kind != "compared"]
    if not strong:
        return found[0] if found else None
    return strong[0]


def _modal(text: str, cue: _Found) -> int | None:
    """Where the modality begins that makes the cue conditional, or None."""
    window = max(0, cue.start - 80)
    best = None
    for match in cues.MODAL.finditer(text, window, cue.end):
        gap = text[match.end() : cue.start]
        if not cues.CLAUSE_BREAK.search(gap):
            best = match.start()
            break
    return best
