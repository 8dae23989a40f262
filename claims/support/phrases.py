"""The features in words, as reasons are told: a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from claims.support import cues

_TOLD: Mapping[str, str] = {
    "coverage": "how many of the claim's words the text has",
    "coverage_best": "how many of the claim's words its nearest sentence has",
    "coverage_second": "how many of the claim's words a second sentence has",
    "coverage_best_squared": "how many of the claim's words its nearest sentence has",
    "coverage_two": "how many of the claim's words its two nearest sentences have",
    "pairs": "word pairs in common",
    "reverse": "how much of the nearest sentence the claim takes up",
    "heavy_missing": "rare words of the claim that the text lacks",
    "missing_count": "words of the claim that the text lacks",
    "names_missing": "names of the claim that the text lacks",
    "has_names": "names in the claim",
    "has_numbers": "numbers in the claim",
    "numbers_met": "numbers in common",
    "numbers_unmet": "a number of the claim that the text gives otherwise or not",
    "numbers_absent": "a number in the claim and none in the text",
    "negation_claim_only": "a negation in the claim alone",
    "negation_text_only": "a negation in the text alone",
    "negation_both": "a negation in both",
    "direction_same": "the same direction",
    "direction_opposed": "the opposite direction",
    "direction_near_same": "the same direction of the same thing",
    "direction_near_opposed": "the opposite direction of the same thing",
    "direction_claim_only": "a direction in the claim alone",
    "opposites": "a word in one and its opposite in the other",
    "hedge_gap_up": "the text hedges more than the claim",
    "hedge_gap_down": "the claim hedges more than the text",
    "strength_up": "the claim is worded more causally than the text",
    "strength_down": "the text is worded more causally than the claim",
    "strong_words": "strong words in the claim",
    "strong_words_missing": "strong words in the claim that the text lacks",
    "overlap_and_negation": "the same words, but one of the two denies",
    "overlap_and_opposite": "the same words with an opposite among them",
    "overlap_and_direction": "the same words in opposite directions",
    "overlap_and_unmet": "the same words with another number",
    "words_met": "how many of the claim's words the text has",
    "weight_met": "how many of the claim's rare words the text has",
    "met_best": "how many of the claim's words its nearest sentence has",
    "met_second": "how many of the claim's words a second sentence has",
    "met_count": "words in common",
    "missed_count": "words of the claim that the text lacks",
    "heaviest_met": "the rarest words of the claim in the text",
    "rarest_met": "the rarest word in common",
    "nearly_met": "words of the claim that the text has in another form",
    "never_seen": "words of the claim that are seldom seen",
    "likeness": "how alike the claim and the text are",
    "repeated": "how often the text comes back to the claim's words",
    "topics_met": "what the text is about in the claim",
    "two_in_row": "word pairs in common",
    "three_in_row": "phrases in common",
    "content_in_row": "word pairs in common",
    "together": "the claim's words together in one sentence",
    "statements": "how many things the claim says at once",
    "statement_least_met": "the part of the claim that the text has least of",
    "statements_unmet": "parts of the claim that the text says nothing of",
    "names_missed": "names of the claim that the text lacks",
    "rising": "words of a rise in the claim",
    "falling": "words of a fall in the claim",
    "numbers": "numbers in the claim",
    "numbers_missed": "numbers of the claim that the text lacks",
    "rarity": "how rare the claim's words are",
    "rarest": "the rarest word of the claim",
    "grouped": "whether several works are cited together",
    "bracketed": "the citation in brackets",
    "inside": "works in the same brackets",
    "inside_parted": "works in the same brackets",
    "inside_range": "a range of works in the same brackets",
    "inside_square": "citations by numbers",
    "others": "other works cited in the same sentence",
    "others_before": "other works cited before",
    "others_after": "other works cited after",
    "narrative": "the cited authors as the subject",
    "place": "where the citation stands in its sentence",
    "citing_length": "the length of the citing sentence",
    "words_after": "what follows the citation",
    "several_sentences": "several sentences about the citation",
    "part_length": "how much the citation stands for",
    "example": "the citation given as an example",
    "past": "the past tense",
    "present": "the present tense",
    "acronyms": "acronyms in the claim",
    "long_words": "long words in the claim",
    "capitals": "names in the claim",
    "length_claim": "the claim's length",
    "length_text": "the text's length",
    "sentences": "the number of sentences in the text",
    "best_*": "{} in the nearest result sentence",
    "top_*": "{} in the nearest result sentences",
    "all_*": "{} in the text",
    "last_*": "{} at the text's end",
    "leads_*": "{} before the citation",
    "says_*": "{} in the citing sentence",
    "asks_*": "{}",
    "opens_*": "how the question is put",
    "leans_none_*": "how far the results lean to no difference",
    "leans_up_*": "how far the results lean to a rise",
    "share_*": "how much of the text reports results",
    "any_*": "whether the text reports results",
    "text_opens_*": "how the text opens",
    "claim_words": "the claim's length",
    "extreme": "words in the claim that leave no room",
    "extreme_only": "words in the claim that leave no room, which the text lacks",
    "denial_*": "denials in the claim and in the text",
    "way_same": "the same direction, denials counted",
    "way_opposed": "opposite directions, denials counted",
    "number_*": "numbers in the claim and in the text",
}
_TABLES: Mapping[str, Mapping[str, tuple[re.Pattern[str], str]]] = {
    **dict.fromkeys(("best", "top", "all", "last"), cues.RESULT_CUES),
    **dict.fromkeys(("leads", "says"), cues.CITING),
    "asks": cues.ASKED,
}
_OPPOSED = {
    "opposed": "opposite words of {}",
    "same": "like words of {}",
    "claim_one": "words of {} in the claim",
    "claim_other": "words of {} in the claim",
    "text_one": "words of {} in the text",
    "text_other": "words of {} in the text",
}


def in_words(names: Sequence[str], most: int = 3) -> tuple[str, ...]:
    """The first few of these features in words, each once.

    >>> in_words(["grouped", "w_grouped", "best_none"])
    ('whether several works are cited together', 'words of no difference in the nearest result sentence')
    """
    found = dict.fromkeys(_word(name) for name in names)
    return tuple(found)[:most]


def _word(name: str) -> str:
    name = name.removeprefix("w_")
    if name in _TOLD:
        return _TOLD[name]
    name = name.removeprefix("overlap_and_")
    if name in _TOLD:
        return _TOLD[name]
    for kind, (_, _, words) in cues.OPPOSED.items():
        if name.startswith(f"{kind}_"):
            return _OPPOSED[name.removeprefix(f"{kind}_")].format(words)
    start, _, rest = name.rpartition("_")
    while start and f"{start}_*" not in _TOLD:
        start, _, more = start.rpartition("_")
        rest = f"{more}_{rest}"
    table = _TABLES.get(start, {})
    return _TOLD.get(f"{start}_*", name.replace("_", " ")).format(table[rest][1] if rest in table else rest)
