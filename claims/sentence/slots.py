"""What the concepts of a sentence are in it: what was tried, on whom, against what, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from claims import wording
from claims.concepts import Vocabulary
from claims.model import Mention, Sentence
from claims.sentence.ages import age_groups
from claims.sentence.comparators import WITHOUT, comparator_regions, set_first, swapped
from claims.sentence.inheriting import pointer_back
from claims.sentence.risk_factors import risk_factors
from graph.evidence import Iri

__all__ = [
    "MAXIMUM_LENGTH",
    "PERSON_WITH",
    "RECEPTOR",
    "TOGETHER",
    "SentenceSlots",
    "has_it",
    "slots_of",
    "told_by_its_length",
    "without_modifiers",
]

MAXIMUM_LENGTH = 4000  # a longer "sentence" is a table or an attack; only its head is read

TOGETHER = re.compile(
    r"(?:\bplus|\+|\balong with|\btogether with|\bcombined with|\bin combination with|\bin addition to|"
    r"\balongside|\bcoupled with"
    r"|\badded to|\bon top of|\bpaired with|\bwith added)\s*(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)

# "adults with mild to moderate knee pain and": what follows is what they have, not what came of it
PERSON_WITH = re.compile(
    r"\b(?:people|persons?|patients?|adults?|men|women|those|participants?|individuals?|subjects?|"
    r"children|sufferers|anyone|volunteers|survivors)\s+(?:\w+\s+)?"
    r"(?:with|from|who have|who had|having)\s+"
    r"(?:(?!(?:than|and|or|more|less|fewer|higher|lower|no|high|low|had|did|was|were)\b)\w+[\s-]){0,4}"
    r"(?:(?:and|or)\s)?$",
    re.IGNORECASE,
)

# "42 people of whom half had": so many of the people studied had it
_OF_WHOM = re.compile(
    r"\bof whom\s(?:[\w-]+\s){0,3}?(?:had|have|suffered from|lived with)\s"
    r"(?:(?!(?:than|and|or|more|less|fewer|higher|lower|no|high|low|had|did|new|another|further)\b)[\w-]+\s){0,3}$",
    re.IGNORECASE,
)

# "the number of men diagnosed with", "fewer women with": that they have it is what came of it
_COUNTED = re.compile(
    r"\b(?:(?:numbers?|shares?|proportions?|percentages?) of|fewer|how many)\s(?:[a-z]+\s)?$", re.IGNORECASE
)


def has_it(text: str, at: int) -> bool:
    """Whether what is named at ``at`` is what the people spoken of have, and not what came of it."""
    start = max(0, at - 80)
    found = PERSON_WITH.search(text, start, at)
    return found is not None and _COUNTED.search(text, max(0, found.start() - 40), found.start()) is None


# "disability in chronic low back pain": whose it is
_IN_AN_ILLNESS = re.compile(r"\sin\s(?:[a-z]+\s)?", re.IGNORECASE)

_THAN = re.compile(
    r"\bthan\s(?:(?:with|after|on|in|for|from|a|an|the|taking|doing|using|getting|having)\s)*(?:\w+\s)?$",
    re.I,
)

# "twice as likely to get too little sleep": what may else be tried is what happens here
_LIKELY_TO = re.compile(r"\b(?:un)?likely to\s(?:[a-z]+\s){0,2}$", re.IGNORECASE)

_AMOUNT = re.compile(r"(?:hours?|minutes?|nights?)\b", re.IGNORECASE)  # "more than an hour of sleep"

# "diarrhoea caused by antibiotics": which diarrhoea it is, not what was tried
_CAUSED_BY = re.compile(r"\b(?:caused|brought on|triggered|induced) by (?:taking |the )?$", re.IGNORECASE)

# "healthier discs": of what, the noun says
_OF_A_NOUN = re.compile(
    r"\s(?!(?:in|with|than|and|or|but|for|if|when|who|after|by|on|at|than|people|adults|men|women|children|lives|life"
    r"|ageing|aging|lifestyles?|you|them|us|diets?|food|eating|choices?|habits?|weight|living)\b)[a-z]+",
)
# "cut off from the brain by injury", "laid low by illness": how the people came to be so
_STRUCK_BY = re.compile(
    r"\b(?:cut off|paraly[sz]ed|disabled|limited|laid low|held back|hampered|troubled|plagued|struck)\b"
    r"[^.;:,]{0,40}?\bby\s(?:[\w-]+\s)?$",
    re.IGNORECASE,
)

_THEIRS = re.compile(r"\s(?:patients|sufferers|survivors)\b", re.IGNORECASE)  # "heart failure patients"
RECEPTOR = re.compile(r"[\s-]receptors?\b", re.IGNORECASE)
_METHOD = re.compile(
    r"\s(?:analys[ei]s|lab(?:oratory)?|app|diary|questionnaire|stud(?:y|ies)|trials?)\b", re.IGNORECASE
)


# "No treatment cures it": said of all treatments, not of a group that had none
_OF_ALL = re.compile(r"no\s[a-z]+\s(?:can|could|will|has|is|(?!does\b)[a-z]+s)\b", re.IGNORECASE)
_OPENS = re.compile(r"(?:^|[.;:,–—]|\b(?:that|but|and|although|while))\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SentenceSlots:
    """A sentence with what was found in it; spans are the sentence's own characters."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    exposure: tuple[Mention, ...]
    together: tuple[Mention, ...]
    comparator: tuple[Mention, ...]
    outcome: tuple[Mention, ...]
    population: tuple[Mention, ...]
    compared: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Slots:
    """The slots of a text while its mentions are put into them, in order: the earlier tell of the later.

    ``pivot`` is where its causal words begin, ``pointer`` what points back ("it"), ``had`` what the people
    spoken of have.
    """

    text: str
    compared: Sequence[tuple[int, int]]
    pivot: int | None
    pointer: re.Match[str] | None
    is_lead: bool
    exposure: list[Mention] = field(default_factory=list)
    together: list[Mention] = field(default_factory=list)
    comparator: list[Mention] = field(default_factory=list)
    outcome: list[Mention] = field(default_factory=list)
    population: list[Mention] = field(default_factory=list)
    had: list[Mention] = field(default_factory=list)

    def slot_of(self, mention: Mention) -> list[Mention] | None:
        """The slot that a mention belongs in; None where it only names something else more closely."""
        text, roles, at = self.text, mention.roles, mention.span.start
        if self._is_part_of_a_name(mention):
            return None
        aside = any(low <= at < high for low, high in self.compared) or (
            "exposure" in roles
            and _THAN.search(text[max(0, at - 40) : at]) is not None
            and not _AMOUNT.match(text, at)
        )
        if "comparator" in roles and aside:
            return self.comparator
        if "exposure" in roles and (
            aside or WITHOUT.search(text[max(0, at - 60) : at]) or swapped(text, mention)
        ):
            return self.comparator
        if "population" in roles and (roles == ("population",) or "outcome" not in roles or has_it(text, at)):
            return self.population
        if "exposure" in roles:
            return self._of_exposure(mention)
        if "outcome" in roles:
            return self._of_outcome(mention)
        nothing = _OF_ALL.match(text, at) is not None and _OPENS.search(text, max(0, at - 12), at) is not None
        return self.comparator if "comparator" in roles and not nothing else None

    def _is_part_of_a_name(self, mention: Mention) -> bool:
        text, at, end = self.text, mention.span.start, mention.span.end
        return bool(
            RECEPTOR.match(text, end)  # "oestrogen receptor-positive"
            or _METHOD.match(text, end)
            or (self.outcome and _CAUSED_BY.search(text, 0, at))
            or (mention.label.lower() == "healthier" and _OF_A_NOUN.match(text, end))
            or (mention.roles == ("outcome",) and _STRUCK_BY.search(text, max(0, at - 80), at))
        )

    def _of_exposure(self, mention: Mention) -> list[Mention] | None:
        """Where something belongs that may be tried: beside something else, or as what came of it."""
        text, at = self.text, mention.span.start
        either = "outcome" in mention.roles
        if TOGETHER.search(text[max(0, at - 60) : at]) and (self.exposure or not either):
            return self.together
        if not either:
            return self.outcome if _LIKELY_TO.search(text[max(0, at - 40) : at]) else self.exposure
        counted = _COUNT.match(text[at : mention.span.end]) and _NUMBER_BEFORE.search(
            text[max(0, at - 8) : at]
        )
        if counted:  # "short sleep, of less than six hours a night": an amount of what is named already
            return None if self.exposure else self.exposure
        # in a heading that asserts nothing, "posture" or "sleep" is what the text is about
        right = (
            (self.pivot is not None and at > self.pivot)
            or bool(self.exposure)
            or (self.is_lead and self.pivot is None)
            # "it adds an hour to sleep": what did it, the text before says
            or (self.pointer is not None and at > self.pointer.end() + 1)
        )
        return self.outcome if right else self.exposure

    def _of_outcome(self, mention: Mention) -> list[Mention]:
        """Where something belongs that may come of it: people may also have it already."""
        text, at = self.text, mention.span.start
        if _OF_WHOM.search(text, max(0, at - 80), at):
            return self.population
        whose = self.outcome and _IN_AN_ILLNESS.fullmatch(text, self.outcome[-1].span.end, at)
        theirs = whose or has_it(text, at) or _THEIRS.match(text, mention.span.end)
        return self.had if theirs else self.outcome


_COUNT = re.compile(r"(?:hours?|minutes?|steps)\b")
_NUMBER_BEFORE = re.compile(r"\d\s*$|\b(?:two|three|four|five|six|seven|eight|nine|ten)\s+$")


def slots_of(
    sentence: Sentence,
    vocabulary: Vocabulary,
    short: Mapping[str, Iri],
    cited: Sequence[tuple[int, int]] = (),
) -> SentenceSlots:
    """The concepts of a sentence by what they are in it; ``short`` are abbreviations defined elsewhere.

    ``cited`` is where it cites: a name there ("Heart Protection Study Group, 2002") is no concept.
    """
    text = sentence.text[:MAXIMUM_LENGTH]
    found = [
        one
        for one in vocabulary.find(text, short)
        if not any(low <= one.span.start < high for low, high in cited)
    ]
    mentions = told_by_its_length(text, found, vocabulary)
    compared = comparator_regions(text)
    cue = wording.causal_cue(text)
    pivot = cue.start if cue else None
    pointer = pointer_back(text)
    slots = _Slots(text, compared, pivot, pointer, sentence.is_lead)
    for mention in mentions:
        slot = slots.slot_of(mention)
        if slot is not None:
            slot.append(mention)
    exposure, comparator = slots.exposure, slots.comparator
    outcome, population = slots.outcome, slots.population
    if not exposure:
        exposure, comparator = set_first(text, compared, comparator)
    if outcome:
        population += slots.had
    else:
        outcome = slots.had  # nothing else happens: "adults with back pain walked more"
    outcome = without_modifiers(text, outcome)
    left = [mention for mention in exposure if pivot is None or mention.span.start <= pivot]
    if left and pivot is not None:
        exposure = left
    if not exposure and cue is not None:
        exposure = risk_factors(text, outcome, cue.start, cue.end)
        outcome = [mention for mention in outcome if mention not in exposure]
    people = vocabulary.named("people")
    population = [mention for mention in population if mention.concept != people]
    named = {mention.concept for mention in population}
    aged = [mention for mention in age_groups(text, vocabulary) if mention.concept not in named]
    if aged:
        population += aged
        mentions = tuple(sorted((*mentions, *aged), key=lambda one: one.span))
    return SentenceSlots(
        sentence,
        mentions,
        tuple(exposure),
        tuple(slots.together),
        tuple(comparator),
        tuple(outcome),
        tuple(population),
        compared,
    )


_FOR_SO_LONG = re.compile(
    r"(?:slept|sleep(?:s|ing)?)\s(?:(?:for|about|around|an?|average|of|on|only|just|some|another)\s)*"
    r"(?:\d+(?:\.\d+)?|(?:an|one|two|three|four|five|six|seven|eight|nine|ten|half an))"
    r"\s?(?:min(?:ute)?s?|h(?:our)?s?)\b"
    r"(?!\s(?:or|and) (?:less|more|fewer))",
    re.IGNORECASE,
)


def told_by_its_length(text: str, mentions: Sequence[Mention], vocabulary: Vocabulary) -> tuple[Mention, ...]:
    """The mentions, with "slept 17 minutes less" told as what came of it: how long the sleep was."""
    sleep, duration = vocabulary.named("sleep"), vocabulary.named("sleep-duration")
    if sleep is None or duration is None:
        return tuple(mentions)
    return tuple(
        Mention(duration, mention.label, ("outcome",), mention.span)
        if mention.concept == sleep and _FOR_SO_LONG.match(text, mention.span.start)
        else mention
        for mention in mentions
    )


_MODIFIES = re.compile(r"[-‐‑]\s?(?:related|associated|induced|attributable|specific)\b", re.IGNORECASE)


def without_modifiers(text: str, outcomes: Sequence[Mention]) -> list[Mention]:
    """The outcomes of a text without those that only say which: "fall-related fractures" are fractures."""
    own = [mention for mention in outcomes if not _MODIFIES.match(text, mention.span.end)]
    return own or list(outcomes)
