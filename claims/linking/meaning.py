"""Which finding of its source a claim tells of, where neither a concept nor a shared word ties the two.

"Fewer of them quit" names no outcome of the vocabulary, and the source says "staff turnover". Each stretch of
the claim's words that is not yet taken for anything is held against what each finding of the cited work says
came of it (``claims.linking.nearness``). The nearest is taken for what the claim tells of where it is near
enough and clearly nearer than any finding of something else. What the vocabulary tells apart stays apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from claims.alignment import ALL_WORDS, content_words
from claims.concepts import CLOSE, Vocabulary
from claims.linking.nearness import nearness
from claims.linking.stretches import (
    WORD,
    nearest_pair,
    nearness_of,
    of_finding,
    stretches_of,
    taken_places,
    text_of,
    worth_of_pair,
)
from claims.model import Claim, LinkedFinding, Taken
from claims.quantities.patterns import WORDS
from claims.sentence.change import change_cues
from claims.sentence.inheriting import says_no_more_than_how_much
from claims.sentence.outcome_directions import of_unnamed
from graph.evidence import Finding, Iri

__all__ = ["by_meaning", "names_another", "says_change", "told_by_meaning"]

AS_SURE = (
    0.74  # the score of a finding so tied: it bears on the claim, but not directly (``claims.verdicts``)
)
_SET_APART = 0.55  # below what any rule takes for the finding that a claim tells of
LEAST = 0.5  # less is as near as many words are by chance
CLEARLY = 0.1  # nearer than any other finding
ALONE = 0.6  # where no other sentence is there to be nearer than
# so near to what was tried, or on whom, words do not say what came of it
_SUBJECT, _WHOM_NEAR = 0.5, 0.7
_ANOTHER = 0.3  # less near than this to what a claim took over, its own words are of something else
_ROLES = ("result", "synthesis", None)


def by_meaning(claim: Claim, found: Sequence[LinkedFinding], vocabulary: Vocabulary) -> list[LinkedFinding]:
    """The findings of the one work that a claim cites; where only nearness in meaning says which of them it
    tells of, those with what was taken for what, the others set apart."""
    works = {one.work.iri: one.work for one in found if one.work is not None}
    if claim.citations_inherited or len(works) != 1 or any(_tied(claim, one, vocabulary) for one in found):
        return list(found)
    (work,) = works.values()
    taken = told_by_meaning(claim, [one.finding for one in found], work.title or "", vocabulary)
    if not taken:
        return list(found)
    return [
        replace(
            one,
            taken=taken[one.finding.iri],
            direction=_bearing(claim, one.finding, taken[one.finding.iri], vocabulary),
            score=AS_SURE,
        )
        if one.finding.iri in taken
        else replace(one, direction="neutral", score=min(one.score, _SET_APART))
        for one in found
    ]


def names_another(claim: Claim, vocabulary: Vocabulary) -> bool:
    """Whether a claim that took its outcome over from the text around it says something else of its own.

    "Almonds lowered glucose. They went to the toilet more often": that is not of glucose.
    """
    outcome = claim.proposition.outcome
    named = {mention.concept for mention in claim.mentions}
    if not outcome or any(iri in named for iri in outcome) or says_no_more_than_how_much(claim.text):
        return False
    own = list(stretches_of(claim.text, taken_places(claim)))
    labels = [vocabulary.label(iri) for iri in outcome]
    return bool(own) and all(nearness(one, label) < _ANOTHER for one in own for label in labels)


def _tied(claim: Claim, one: LinkedFinding, vocabulary: Vocabulary) -> bool:
    """Whether a finding is what a claim tells of by the outcome that both name, by their words or numbers."""
    met = vocabulary.best_fit(claim.proposition.outcome, one.finding.outcome) in CLOSE
    return met or one.aligned >= ALL_WORDS


def says_change(text: str) -> bool:
    """Whether a sentence says that something changed, for better or worse, more or less.

    >>> says_change("Itchy eyes got better too."), says_change("Eyes itched as before.")
    (True, False)
    """
    meanings = {cue.meaning for cue in change_cues(text)}
    return bool(meanings) and "no-difference" not in meanings


def _bearing(claim: Claim, finding: Finding, taken: Taken, vocabulary: Vocabulary) -> str:
    """supports, refutes or neutral: more is not less, and neither of them none.

    What is near in meaning may be the lack of the other ("live longer" and mortality): where words say so and
    where a finding only "improved", more and less are not held against one another.
    """
    way = claim.proposition.effect_direction
    if finding.outcome:
        way = of_unnamed(claim, finding.outcome[0], vocabulary) or way
    studied = finding.effect_direction
    if way is None and studied == "no-difference" and says_change(claim.text):
        return "refutes"
    if way is None or studied is None:
        return "neutral"
    if way == studied:
        return "supports"
    if "no-difference" in (way, studied):
        return "refutes"
    turns = _TURNS.search(f"{taken.said} {taken.meant}") or _BETTERED.search(finding.quote or "")
    return "neutral" if turns else "refutes"


# words that may be what another counts the lack of
_TURNS = re.compile(
    r"\b(?:li(?:fe|v)\w*|alive|surviv\w*|deaths?|d(?:ie|ying)\w*|mortal\w*|dry\w*|dried|wet\w*|awake\w*|w[ao]ke\w*|asleep|sle[ep]\w*"
    r"|insomni\w*|adher\w*|stick|stuck|stay\w*|remain\w*|quit\w*|stop\w*|give|gave|drop\w*|withdr\w*|abst\w*|sober"
    r"|cessation|relaps\w*|remission|recover\w*|heal\w*|cure\w*|free|without|lack\w*|loss|lost|gain\w*|fit\w*|frail\w*"
    r"|strong\w*|weak\w*|steady|steadi\w*|stab\w*|fall\w*|calm\w*|well|ill\w*|sick\w*|health\w*|work\w*|employ\w*"
    r"|absent\w*|attend\w*)\b",
    re.IGNORECASE,
)
_BETTERED = re.compile(r"\b(?:improv|better|worse|benefi|favou?r)\w*", re.IGNORECASE)


# "sixty patients", "those with the disease": whom it is about, not what came of it
_ONLY_PEOPLE = re.compile(
    rf"(?:(?:\d[\d,.]*|{'|'.join(WORDS)}|all|both|most|those|these|the|of|old|older|young|younger|healthy)[\s-]+)*"
    r"(?:patients?|people|persons?|participants?|adults?|women|men|children|volunteers|subjects|individuals)",
    re.IGNORECASE,
)


def told_by_meaning(
    claim: Claim, findings: Sequence[Finding], title: str, vocabulary: Vocabulary
) -> dict[Iri, Taken]:
    """The findings that a claim is taken to tell of, each with the words that were taken for one another.

    Empty where nothing is near enough, or findings of different things are about as near, or those that are
    near go different ways.
    """
    rivals = [one for one in findings if one.quote_role in _ROLES]
    tried_at_all = tuple({iri for one in rivals for iri in one.exposure})
    open_to = [one for one in rivals if _may_be(claim, one, tried_at_all, vocabulary)]
    if not open_to:
        return {}
    tried, whom = _subject(title)
    silent = _everywhere(rivals) | _tried(rivals, vocabulary) | content_words(f"{tried} {whom}")
    about = [(one, _SUBJECT) for one in stretches_of(tried, ())] + [
        (one, _WHOM_NEAR) for one in stretches_of(whom, ())
    ]
    mine = [
        one
        for one in _apart_from(silent, stretches_of(claim.text, taken_places(claim)))
        if not _ONLY_PEOPLE.fullmatch(one) and all(nearness_of(one, other) < most for other, most in about)
    ]
    if not mine:
        return {}
    nearest = {
        one.iri: nearest_pair(mine, _apart_from(silent, of_finding(one, rivals, vocabulary)))
        for one in rivals
    }
    known = [(one, taken) for one in open_to if (taken := nearest[one.iri]) is not None]
    if not known:
        return {}
    worth = {iri: worth_of_pair(one.said, one.meant) for iri, one in nearest.items() if one is not None}
    best, taken = max(known, key=lambda pair: (worth[pair[0].iri], pair[0].iri))
    if worth[best.iri] < LEAST:
        return {}
    words = content_words(taken.meant)
    same = [one for one in rivals if one is best or words <= content_words(text_of(one, rivals))]
    others = [worth.get(one.iri, 0.0) for one in rivals if one not in same]
    if any(worth[best.iri] - other < CLEARLY for other in others):
        return {}
    if len({one.quote for one in rivals}) == 1 and worth[best.iri] < ALONE:
        return {}
    if len({one.effect_direction for one in same if one.effect_direction is not None}) > 1:
        return {}
    return {one.iri: taken for one in same if one in open_to}


def _may_be(claim: Claim, finding: Finding, tried_at_all: tuple[Iri, ...], vocabulary: Vocabulary) -> bool:
    """Whether no concept that the claim names itself stands against the finding's or its source's."""
    named = {mention.concept for mention in claim.mentions}
    said = claim.proposition
    outcome = tuple(iri for iri in said.outcome if iri in named)
    exposure = tuple(iri for iri in (*said.exposure, *said.co_intervention) if iri in named)
    if outcome and finding.outcome:
        return False  # the vocabulary knows both: what it does not bring together stays apart
    tried = (*finding.exposure, *finding.co_intervention) or tried_at_all
    return vocabulary.best_fit(exposure, tried) in (*CLOSE, None)


_PARTS = re.compile(
    r"^(?:(?:the|an?)\s)?(?:(?:\w+\s)?(?:effects?|efficacy|effectiveness|impact|association|relation(?:ship)?|influence|role)"
    r"\s(?:of|between)\s)?(?P<tried>.+?)(?:\s(?:and|on|for|with|to|versus|vs\.?|after|in|as)\s(?P<rest>.*))?$",
    re.IGNORECASE,
)
_WHOM = re.compile(
    r"(?:.*\b(?:in|among)|^(?!.*\b(?:in|among)\b).*?\b(?:of|for))\s(?P<whom>.+)$", re.IGNORECASE
)


def _subject(title: str) -> tuple[str, str]:
    """What a title says was tried, and on whom: "coffee", "men" of "Coffee and gout in men"."""
    head = title.split(":", 1)[0].split("?", 1)[0]
    parts = _PARTS.match(head)
    if parts is None:
        return "", ""
    rest = parts["rest"] or ""
    whom = _WHOM.search(rest)
    told = content_words(rest[: whom.start("whom")] if whom else rest)
    tried = WORD.sub(lambda one: "," if content_words(one.group()) & told else one.group(), parts["tried"])
    return tried, whom["whom"] if whom else ""


def _everywhere(findings: Sequence[Finding]) -> frozenset[str]:
    """Content words of more than half of several sentences: they tell none of them from the others."""
    texts = {one.quote or one.text or "" for one in findings}
    counts = Counter(word for text in texts for word in content_words(text))
    return frozenset(word for word, count in counts.items() if count >= 2 and count * 2 > len(texts))


def _tried(findings: Sequence[Finding], vocabulary: Vocabulary) -> frozenset[str]:
    """The content words of what was tried: they say nothing of what came of it."""
    tried = {iri for one in findings for iri in (*one.exposure, *one.co_intervention)}
    return frozenset(word for iri in tried for word in content_words(vocabulary.label(iri)))


def _apart_from(silent: frozenset[str], stretches: Iterable[str]) -> list[str]:
    return [one for one in stretches if not content_words(one) <= silent]
