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
    "grouped": "one of several works cited together",
    "others": "other works cited in the same sentence",
    "part_of_sentence": "how much of the sentence the citation stands for",
    "at_end": "the citation closes the sentence",
    "citing_length": "the length of the citing sentence",
    "several_sentences": "several sentences before the citation",
    "length_claim": "the claim's length",
    "length_text": "the text's length",
    "sentences": "the number of sentences in the text",
    "best_*": "{} in the nearest result sentence",
    "top_*": "{} in the nearest result sentences",
    "all_*": "{} in the text",
    "last_*": "{} at the text's end",
    "leads_*": "{} before the citation",
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
    "leads": cues.CITING,
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
    ('one of several works cited together', 'words of no difference in the nearest result sentence')
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
