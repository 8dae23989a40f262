"""What a claim leaves out of several things that its source gave together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from claims.alignment import content_words
from claims.concepts import CLOSE, Fit, Vocabulary
from claims.linking.nearness import nearness
from claims.model import Claim, LinkedFinding, Mention, Sentence
from claims.specifying import says_alone
from graph.evidence import Iri

__all__ = ["ALONE", "Dropped", "dropped_companions"]


ALONE = re.compile(r"\b(?:alone|(?:on (?:its|their) own)|by (?:itself|themselves))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A ``finding`` of something given with ``companions`` that a claim leaves out, where it names the thing.

    ``together``: all the findings that have it with companions, as they are linked.
    """

    finding: LinkedFinding
    together: tuple[LinkedFinding, ...]
    companions: tuple[Iri, ...]
    mention: Mention


def dropped_companions(
    claim: Claim,
    mentions: Sequence[Mention],
    about: Sequence[LinkedFinding],
    beside: Callable[[], Sequence[Sentence]],
    vocabulary: Vocabulary,
) -> Dropped | None:
    """What a claim leaves out of what was given together; None where it leaves nothing out, or rightly.

    ``mentions``: where it names what it says was tried. ``about``: the findings that it may tell of.
    ``beside``: the sentences around it; what they name it need not repeat.
    """
    alone_said = ALONE.search(claim.text) is not None
    together = [
        one
        for one in about
        if one.finding.co_intervention
        and (
            _first_of(one, mentions, vocabulary) or (not alone_said and _second_of(one, mentions, vocabulary))
        )
        and not _given_to_all(one, vocabulary, alone_said)
    ]
    alone = [one for one in about if not one.finding.co_intervention]
    if not together or any(_licenses(one, together[0], vocabulary) for one in alone):
        return None
    # of equal fits, the one whose estimate and interval are known tells the reader most
    best = max(
        together,
        key=lambda one: (one.score, one.finding.effect is not None and one.finding.effect.low is not None),
    )
    # who says "alone" drops the second treatment, whatever stands around it
    around = [claim.sentence] if says_alone(claim.text) else beside()
    without = says_alone(claim.text) or _WITHOUT.search(claim.text) is not None
    said = _spoken_in(around, vocabulary)
    words = frozenset(word for sentence in around for word in content_words(sentence.text))
    mention, others = _first_of(best, mentions, vocabulary), best.finding.co_intervention
    if mention is None:
        mention, others = _second_of(best, mentions, vocabulary), best.finding.exposure
    dropped = tuple(
        iri
        for iri in others
        if _left_out(iri, claim, vocabulary)
        or (
            not _spoken_of(iri, said, vocabulary)
            and not _words_of(iri, best, vocabulary) & words
            and (without or not _told_in_other_words(iri, around, vocabulary))
        )
    )
    if not dropped or mention is None:
        return None
    if not without and (_names_a_group(claim, mention) or _ADDED_TO.search(claim.text)):
        return None
    return Dropped(best, tuple(together), dropped, mention)


# "the walking group", "the walkers": which group it was, not all that it was given
_GROUP = re.compile(r"(?:\s(?:group|arm|side|team)s?\b|['’]s?\s(?:group|arm)s?\b)", re.IGNORECASE)
_WHO = re.compile(
    r"\b(?:those|people|adults|patients|workers|women|men|participants|groups?|arms?)\s(?:who|that)\s"
    r"(?:(?:had|were|had been)\s)?$",
    re.IGNORECASE,
)
_DOERS = re.compile(r"[a-z]+ers\b", re.IGNORECASE)
# "on top of some advice": that it went with something is said, whatever that is called
_ADDED_TO = re.compile(
    r"\b(?<!not )(?:on top of|alongside|along with|together with|combined with|coupled with|paired with|"
    r"in addition to|added to)\s(?!(?:your|the|their|our|an?) (?:usual|normal|ordinary|other)\b)",
    re.IGNORECASE,
)


def _names_a_group(claim: Claim, mention: Mention) -> bool:
    """Whether the mention only tells one group of a study from the other."""
    start, end = claim.sentence.place(mention.span)
    if _GROUP.match(claim.text, end) or _WHO.search(claim.text, max(0, start - 40), start):
        return True
    return _DOERS.fullmatch(claim.text, start, end) is not None


def _spoken_in(sentences: Iterable[Sentence], vocabulary: Vocabulary) -> frozenset[Iri]:
    """Every concept named in these sentences, whether or not they make a claim."""
    return frozenset(mention.concept for sentence in sentences for mention in vocabulary.find(sentence.text))


def _given_to_all(one: LinkedFinding, vocabulary: Vocabulary, alone: bool) -> bool:
    """Whether the comparison group had the second treatment too: then what the first adds was tested.

    So it is where an abstract names it behind the dummy: "a drug or placebo, plus a diet". Who says ``alone``
    still leaves that out.
    """
    finding = one.finding
    if not alone and finding.method == "automatic" and one.work is not None:
        after = _BEHIND_PLACEBO.search(one.work.abstract or "")
        if after is not None:
            there = [mention.concept for mention in vocabulary.find(after["what"])]
            if all(vocabulary.best_fit((iri,), there) in CLOSE for iri in finding.co_intervention):
                return True
    return all(vocabulary.best_fit((iri,), finding.comparator) is Fit.SAME for iri in finding.co_intervention)


_BEHIND_PLACEBO = re.compile(
    r"\bor (?:matching )?(?:placebo|sham)[^.;]{0,40}?,?\s"
    r"(?:plus|in addition to|along with|together with|added to|combined with|on top of)\s"
    r"(?P<what>[^.;]{3,80})",
    re.IGNORECASE,
)


def _left_out(iri: Iri, claim: Claim, vocabulary: Vocabulary) -> bool:
    """Whether the claim itself says that it went without: "walking without the coaching"."""
    if vocabulary.best_fit(claim.proposition.comparator, (iri,)) in CLOSE:
        return True
    without = _WITHOUT.search(claim.text)
    return without is not None and bool(content_words(without[1]) & content_words(vocabulary.label(iri)))


_WITHOUT = re.compile(r"\bwithout\s((?:[\w-]+\s?){1,4})", re.IGNORECASE)


def _words_of(iri: Iri, one: LinkedFinding, vocabulary: Vocabulary) -> frozenset[str]:
    """The words that name the second treatment and nothing else of the study: "sleep hygiene", of sleep, is
    hygiene."""
    others = content_words(vocabulary.labels((*one.finding.exposure, *one.finding.outcome)))
    return content_words(vocabulary.label(iri)) - _KINDS - others


_NEAR = 0.45  # "lessons", "teaching", "coaching" of education; any two words are less near by chance


def _told_in_other_words(iri: Iri, sentences: Iterable[Sentence], vocabulary: Vocabulary) -> bool:
    """Whether a word near in meaning to the second treatment stands there: "lessons" for education."""
    kind = vocabulary.label(iri).lower().rsplit(" ", 1)[-1]
    words = {word for one in sentences for word in re.findall(r"[a-z]{4,}", one.text.lower())}
    return kind not in _NO_KIND and any(nearness(word, kind) >= _NEAR for word in sorted(words))


_NO_KIND = frozenset(
    {"intake", "training", "exercise", "therapy", "supplement", "diet", "activity", "programme"}
)
_KINDS = content_words("intake training exercise therapy education supplement diet activity programme")


def _spoken_of(iri: Iri, said: frozenset[Iri], vocabulary: Vocabulary) -> bool:
    return any(vocabulary.fits(one, iri) in CLOSE for one in said)


def _first_of(one: LinkedFinding, mentions: Sequence[Mention], vocabulary: Vocabulary) -> Mention | None:
    """The place where the claim names the exposure that was tested together with something."""
    for mention in mentions:
        if vocabulary.best_fit((mention.concept,), one.finding.exposure) in CLOSE:
            return mention
    return None


def _second_of(one: LinkedFinding, mentions: Sequence[Mention], vocabulary: Vocabulary) -> Mention | None:
    """The same of the second treatment, where an abstract tells of the two in one breath ("diet plus
    exercise") and the claim tells what came of it."""
    if one.finding.method != "automatic" or one.direction == "refutes":
        return None
    for mention in mentions:
        if vocabulary.best_fit((mention.concept,), one.finding.co_intervention) is Fit.SAME:
            return mention
    return None


def _licenses(alone: LinkedFinding, together: LinkedFinding, vocabulary: Vocabulary) -> bool:
    """Whether another study, or a curated finding of the same one, carries the claim without the second
    treatment."""
    return (
        (alone.finding.study != together.finding.study or alone.finding.method == "curated")
        and vocabulary.best_fit(alone.finding.outcome, together.finding.outcome) in CLOSE
        and not set(alone.finding.exposure) & set(together.finding.co_intervention)
    )
