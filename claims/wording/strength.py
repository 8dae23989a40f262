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
from itertools import pairwise

from claims.alternatives import lowered
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
    text = lowered(sentence[:MAXIMUM_LENGTH])
    if cues.APPARATUS.search(text) or text.rstrip().endswith("?"):
        return None
    main = _main_clause(text)
    silent = list(_silent_clauses(text, main))
    found = [cue for cue in _find(text) if not any(low <= cue.start < high for low, high in silent)]
    found.sort(key=lambda cue: (cue.start, -cue.end))
    inside = [cue for cue in found if cue.start >= main] or found
    chosen = _choose(text, inside)
    if chosen is None:
        return None
    if chosen.kind not in ("causal", "hinted"):
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


def _silent_clauses(text: str, main: int) -> Iterator[tuple[int, int]]:
    """The clauses that assert no relation of their own: advice, need of research, open questions."""
    cuts = {match.end() for match in cues.CLAUSE.finditer(text) if match.start() > main}
    edges = sorted({0, main, len(text)} | cuts)
    for low, high in pairwise(edges):
        if cues.ASSERTS_NOTHING.search(text, low, high):
            yield low, high


def _find(text: str) -> Iterator[_Found]:
    for kind, pattern in (
        ("correlational", cues.CORRELATIONAL),
        ("causal", cues.CAUSAL_PHRASES),
        ("hinted", cues.CAUSAL_HINTS),
        ("compared", cues.COMPARED),
    ):
        for match in pattern.finditer(text):
            if not cues.SIDE_EFFECT.search(match.group()):
                yield _Found(kind, match.start(), match.end())
    for match in cues.WORD.finditer(text):
        if match.group() not in cues.CAUSAL_VERBS:
            continue
        kind_of_verb = _verb_use(text, match)
        if kind_of_verb is not None:
            yield _Found(kind_of_verb, match.start(), match.end())


def _verb_use(text: str, match: re.Match[str]) -> str | None:
    """Whether a form of a causal verb is used as one: "causal", "compared" (it only changed) or None."""
    word = match.group()
    before = text[max(0, match.start() - 60) : match.start()]
    after = text[match.end() : match.end() + 40]
    if word in ("support", "supports", "supported", "help", "helps", "helped", "aid", "aids"):
        if word.startswith("supp") and (
            cues.REPORTS.search(before) or cues.SUPPORTS_IDEA.match(text, match.end())
        ):
            return None
        if cues.HELPS_TO_TELL.match(text, match.end()):
            return None
    at_start = not before.strip(" \t\n\"'(“‘*_#-–—•")
    last, gap, last_but_one = _words_before(before)
    if word in cues.DONE_TO_PEOPLE or before.endswith("-"):
        return None
    if word.endswith("ing"):
        return "hinted" if cues.GERUND_AFTER.search(before) else None
    if word.endswith("ed") or word in cues.IRREGULAR_PAST:
        if cues.PASSIVE_BEFORE.search(before):
            return "causal" if cues.BY_AGENT.match(after) else "compared"
        if at_start or last in cues.BEFORE_ADJECTIVE:
            return None
        if "," in gap and not cues.OBJECT_NAMED.match(after):  # a list of nouns, not an aside before the verb
            return None
        if last in cues.AUXILIARY and word in cues.MOSTLY_ADJECTIVE:
            return None
        return "compared" if cues.INTRANSITIVE_AFTER.match(after) else "causal"
    # base form or third person: often a noun ("an increase") or an adjective ("lower")
    if at_start:
        return "causal" if word.endswith("s") or after.lstrip().startswith("your") else None
    if cues.ADVERB_BEFORE.search(before) and last not in cues.NEVER_SUBJECT and last != "to":
        return "compared" if cues.INTRANSITIVE_AFTER.match(after) else "causal"
    if word in cues.ADJECTIVE_TOO and last not in cues.MAKES_VERB:
        return None
    if last == "to":
        return "causal" if last_but_one in cues.LICENSES_INFINITIVE else None
    if last in cues.NEVER_SUBJECT or (last in cues.BEFORE_NOUN and not cues.OBJECT_NAMED.match(after)):
        return None
    if word in cues.NOUN_TOO and last not in cues.MAKES_VERB:
        if cues.NOUN_AFTER.match(after) or cues.INTRANSITIVE_AFTER.match(after):
            return None
        if not word.endswith("s") and not last.endswith("s") and last not in cues.PLURAL:
            return None
    if word in ("help", "helps") and after.lstrip().startswith("to "):
        return "causal"
    return "compared" if cues.INTRANSITIVE_AFTER.match(after) else "causal"


def _words_before(before: str) -> tuple[str, str, str]:
    """The last word before a verb (adverbs passed over), what stands between, and the word before it."""
    gap = ""
    for _ in range(3):
        found = cues.LAST_WORD.search(before)
        if found is None:
            return "", gap, ""
        word = found.group(1)
        gap = found.group(2) + gap
        before = before[: found.start()]
        if not word.endswith("ly") and word not in ("also", "further", "not", "nearly"):
            previous = cues.LAST_WORD.search(before)
            return word, gap, previous.group(1) if previous else ""
    return "", gap, ""


def _choose(text: str, found: list[_Found]) -> _Found | None:
    """The cue that decides."""
    for kinds in (("causal", "correlational"), ("hinted",), ("compared",)):
        for cue in found:
            if cue.kind in kinds:
                return cue
    return None


def _modal(text: str, cue: _Found) -> int | None:
    """Where the modality begins that makes the cue conditional, or None."""
    for match in cues.MODAL.finditer(text, max(0, cue.start - 60), cue.end):
        gap = text[match.end() : cue.start]
        if len(gap.split()) <= 5 and not cues.CLAUSE_BREAK.search(gap):
            return match.start()
    return None
