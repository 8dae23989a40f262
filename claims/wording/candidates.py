"""The words of a sentence that could carry its causal strength, by rules.

Cue words are found, the clauses that assert nothing (advice, need for research, registration) are
marked, and for each verb form it is decided whether it is the sentence's verb or an adjective
("increased risk"). What the sentence as a whole claims is for ``claims.wording.strength`` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from claims.wording import cues


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue before judgement. ``kind``: causal, correlational, hinted (a causal noun) or compared.

    ``place``: main (clause), before (it), or silent (a clause that asserts nothing). ``modal``: where
    the modality begins that makes it conditional, or None. Offsets are the sentence's own.
    """

    kind: str
    start: int
    end: int
    place: str
    modal: int | None


def candidates(text: str) -> list[Candidate]:
    """The candidates of a sentence in lower case, in reading order.

    >>> [(one.kind, one.place) for one in candidates("zinc may shorten a cold, but trials are needed.")]
    [('causal', 'main')]
    """
    main = _main_clause(text)
    silent = list(_silent_clauses(text, main))
    found = []
    for kind, start, end in sorted(_find(text), key=lambda one: (one[1], -one[2])):
        if any(low <= start < high for low, high in silent):
            place = "silent"
        else:
            place = "main" if start >= main else "before"
        found.append(Candidate(kind, start, end, place, _modal(text, start, end)))
    return found


def first_statement(text: str) -> str:
    """A sentence in lower case up to its first semicolon, where the words before it claim something.

    >>> first_statement("zinc shortens colds; in one trial fever fell too.")
    'zinc shortens colds'
    """
    head, mark, _ = text.partition(";")
    if mark and any(one.place != "silent" for one in candidates(head)):
        return head
    return text


def strongest(found: list[Candidate]) -> Candidate | None:
    """The candidate that decides when the rules alone are asked.

    >>> strongest(candidates("tea was associated with fewer strokes and may help.")).kind
    'correlational'
    """
    spoken = [one for one in found if one.place != "silent"]
    inside = [one for one in spoken if one.place == "main"] or spoken
    for kinds in (("causal", "correlational"), ("hinted",), ("compared",)):
        for one in inside:
            if one.kind in kinds:
                return one
    return None


def is_apparatus(text: str) -> bool:
    """Whether a sentence in lower case is a question or a registration, which claim nothing."""
    return cues.APPARATUS.search(text) is not None or text.rstrip().endswith("?")


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
    if not cues.ASSERTS_NOTHING.search(text):
        return
    cuts = {match.end() for match in cues.CLAUSE.finditer(text) if match.start() > main}
    edges = sorted({0, main, len(text)} | cuts)
    for low, high in pairwise(edges):
        if cues.ASSERTS_NOTHING.search(text, low, high):
            yield low, high


def _find(text: str) -> Iterator[tuple[str, int, int]]:
    for kind, pattern in (
        ("correlational", cues.CORRELATIONAL),
        ("causal", cues.CAUSAL_PHRASES),
        ("hinted", cues.CAUSAL_HINTS),
        ("compared", cues.COMPARED),
    ):
        for match in pattern.finditer(text):
            if not cues.SIDE_EFFECT.search(text[match.start() : match.end() + len(" on ")]):
                yield kind, match.start(), match.end()
    for match in cues.WORD.finditer(text):
        if match.group() not in cues.CAUSAL_VERBS:
            continue
        kind_of_verb = _verb_use(text, match)
        if kind_of_verb is not None:
            yield kind_of_verb, match.start(), match.end()


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
            return "causal" if cues.OBJECT_NAMED.match(after) or cues.NEITHER.search(before) else None
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


def _modal(text: str, start: int, end: int) -> int | None:
    """Where the modality begins that makes the cue conditional, or None."""
    for match in cues.MODAL.finditer(text, max(0, start - 60), end):
        gap = text[match.end() : start]
        if len(gap.split()) <= 5 and not cues.CLAUSE_BREAK.search(gap):
            return match.start()
    return None
