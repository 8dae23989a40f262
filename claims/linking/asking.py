"""What the abstract of a cited work says of a claim, where no finding of it bears on the claim by concept.

The outcome of a claim is often named by words that no vocabulary has; the abstract names it by the same
words. So the abstract is asked which way it went, by ``claims.findings.direction``, whose model was trained
on questions of this form (Evidence Inference). It is believed only where it is sure, and where one sentence
names the whole outcome.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.alignment import ALL_WORDS
from claims.findings.directing import explain
from claims.findings.direction_signs import named
from claims.findings.effects import effects_of
from claims.findings.outcome_sentences import relevant, stems_of
from claims.magnitude import ratio_of
from claims.model import Claim, LinkedFinding
from claims.sentence.change import ChangeCue, change_cues
from claims.sentence.comparators import comparator_regions
from claims.specifying import says_alone
from graph.evidence import Finding, Iri, Study, Work

__all__ = ["Question", "answered_by", "question_of", "without_citations"]

# That there was a difference, whichever way, is believed at 0.9: of 152 such answers 97 % were right; at 0.7
# every fourteenth trial that found none would be told to have found one.
_SURE_OF_ANY = 0.9
_WAYS = {"increased": "increases", "decreased": "decreases", "no_difference": "no-difference"}
_FOR_GOOD_OR_BAD = ("better", "worse")
# Words that name no outcome by themselves
_GENERAL = frozenset(
    stems_of(
        "risk rate score level number chance odds likelihood incidence prevalence frequency amount "
        "average mean effect result outcome benefit harm symptom difference change severity intensity "
        "duration time day"
    )
)
_LONGEST = 14  # content words; a longer "outcome" is half a sentence

_TOGETHER = 30  # characters between words of one change: "did not … reduce", "no … fewer"
# The outcome is the subject: "pain was lower", "falls fell", "rates did not differ"
_OF_ITS_SUBJECT = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|became|become|stayed|remained|ran|proved|seemed|lay|stood|came out|got|"
    r"grew)\s(?:[a-z]+ly\s|also\s|no\s|not\s|about\s|much\s|far\s|somewhat\s|\d[\d.]*\s?(?:%|percent|points?)\s)*)$",
    re.IGNORECASE,
)
_WITHOUT_OBJECT = re.compile(
    r"(?:did not differ|didn['’]t differ|differed|do(?:es)? not differ|fell|rose|dropped|declined|"
    r"went (?:up|down)|climbed|grew|sank|shrank|stayed the same|were (?:similar|alike)|was (?:similar|alike)|"
    r"(?:fall|rise|drop|decline|grow|sink|shrink)s?)\b",
    re.IGNORECASE,
)
_BY_WHAT = re.compile(
    r"\b(?:with|in|among|on|after|under|by|between|for)\s(?:(?:the|those|people|patients|participants|women|men|"
    r"children|adults|who|given|taking|on|in|had|were|using|receiving|assigned|to|group|groups)\s)*",
    re.IGNORECASE,
)
# "in older adults", "over two years", "at six months": on whom and when, not what
_WHERE_AND_WHEN = re.compile(
    r"\s(?:among|over|during|within|throughout|across)\s|\s(?:in|at|after|by|for|from)\s(?:the\s)?"
    r"(?=\d|(?:one|two|three|four|five|six|eight|ten|twelve|a|an|older|younger|adults?|people|patients|women|men|"
    r"children|teenagers|those|participants|pregnan\w+|healthy|all)\b)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;:()—]|,(?!\d)|\s(?:but|which|while|whereas|because|although|and so)\s", re.IGNORECASE
)
_COMPARES = re.compile(r"(?:than|as|versus|vs)\b", re.IGNORECASE)
_COPULA = re.compile(
    r"\s(?:is|are|was|were|has|have|had|been|be|became|stayed|did|do|does)\W*$", re.IGNORECASE
)
_EMPTY = re.compile(
    r"^(?:to|in|of|on|the|a|an|rates? of|risk of|the risk of|levels? of|numbers? of|their|its|any|for)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """What a claim says, in its own words: ``way`` (increases, decreases, no-difference) of ``outcome``."""

    exposure: str
    comparator: str
    outcome: str
    way: str


def question_of(claim: Claim) -> Question | None:
    """The claim as a question to its source; None where its sentence has no such form."""
    way = claim.proposition.effect_direction
    if way is None or claim.citations_inherited or claim.sentence.is_lead or says_alone(claim.text):
        return None
    if way == "no-difference" and claim.proposition.horizon_days is not None:
        return None  # "no side effects after two weeks" says nothing of all the time
    text = without_citations(claim)
    compared = comparator_regions(text)
    comparator = " ".join(text[low:high] for low, high in compared)
    for low, high in compared:
        text = text[:low] + ";" + " " * (high - low - 1) + text[high:]
    cues = _of_one_change(text, way)
    if not cues:
        return None
    start, end = cues[0].start, cues[-1].end
    before = _CLAUSE.split(text[:start])[-1]
    after = _CLAUSE.split(text[end:])[0]
    if _outcome_first(claim, text, start):
        found = _BY_WHAT.search(after)
        outcome, exposure = before, after[found.end() :] if found else ""
    else:
        exposure, outcome = before, after
    outcome = _bare(outcome)
    if _COMPARES.match(outcome):
        return None
    words = stems_of(outcome)
    if not set(words) - _GENERAL or len(words) > _LONGEST or not (stems_of(exposure) or stems_of(comparator)):
        return None
    return Question(exposure.strip(), comparator.strip(), outcome, way)


def without_citations(claim: Claim) -> str:
    """The text of a claim, blanks where it cites."""
    text = claim.text
    for citation in claim.citations:
        low, high = claim.sentence.place(citation.span)
        text = text[:low] + " " * len(text[low:high]) + text[high:]
    return text


def _of_one_change(text: str, way: str) -> Sequence[ChangeCue]:
    """The words that say which way it goes, and those that belong to them: "did not", "reduce".

    Where several do, the first that is no mere name of what is done ("aimed at enhancing work").
    """
    cues = change_cues(text)
    telling = [place for place, cue in enumerate(cues) if cue.meaning in (way, *_FOR_GOOD_OR_BAD)]
    finite = [place for place in telling if not text[: cues[place].end].endswith("ing")]
    if not telling:
        return ()
    first = (finite or telling)[0]
    taken = [cues[first]]
    for cue in cues[first + 1 :]:
        if cue.start - taken[-1].end > _TOGETHER or stems_of(text[taken[-1].end : cue.start]):
            break
        taken.append(cue)
    return taken


def _outcome_first(claim: Claim, text: str, start: int) -> bool:
    """Whether what happens stands before the words of change: by what is known of it, else by the verb."""
    named = [
        claim.sentence.place(mention.span)[0]
        for mention in claim.mentions
        if mention.concept in claim.proposition.outcome
    ]
    if named and all(place < start for place in named):
        return True
    if any(place >= start for place in named):
        return False
    return _OF_ITS_SUBJECT.search(text[:start]) is not None or _WITHOUT_OBJECT.match(text, start) is not None


def _bare(outcome: str) -> str:
    """An outcome without where and when, without the verb behind it and the words that stand before any."""
    outcome = _COPULA.sub("", _WHERE_AND_WHEN.split(outcome.strip(" .,"))[0]).strip()
    while (shorter := _EMPTY.sub("", outcome)) != outcome:
        outcome = shorter
    return outcome


def _by_its_ratios(sentence: str) -> str | None:
    """Which way a sentence tells by its ratios alone: "the odds ratio for snoring was 0.36 (0.15 to 0.85)".

    None where it has words of its own for that, or none of its intervals leaves 1 out, or they part.
    """
    if change_cues(sentence):
        return None
    sides = set()
    for effect, _, _ in effects_of(sentence):
        ratio = ratio_of(effect)
        if ratio is None or ratio[0] == 1:
            return None
        _, low, high = ratio
        if low is not None and high is not None and not low <= 1 <= high:
            sides.add("increases" if ratio[0] > 1 else "decreases")
    return sides.pop() if len(sides) == 1 else None


def answered_by(claim: Claim, question: Question, work: Work, study: Study | None) -> LinkedFinding | None:
    """What the abstract of ``work`` answers, as a finding that speaks for or against the claim.

    Its score is how probable the answer is; None where no sentence names the whole outcome.
    """
    asked = (question.exposure, question.comparator, question.outcome, work.abstract or "")
    (best, _), *_ = relevant(*asked) or (("", 0.0),)
    if named(question.outcome, asked[-1], best) != "all":
        return None
    read = explain(*asked)
    if not read.told or read.direction not in _WAYS:
        return None
    way = _by_its_ratios(read.sentences[0]) or _WAYS[read.direction]
    probable = read.probability
    if question.way == "no-difference" and read.differs >= _SURE_OF_ANY:
        probable = read.differs  # the claim is wrong whichever way it went
    finding = Finding(
        Iri(f"{work.iri}#{claim.id}"),
        label=question.outcome,
        work=work.iri,
        study=None if study is None else study.iri,
        exposure=claim.proposition.exposure,
        comparator=claim.proposition.comparator,
        outcome=claim.proposition.outcome,
        effect_direction=way,
        quote=read.sentences[0],
        quote_role="result",
        obtained_by="measured",
        method="automatic",
    )
    bears = "supports" if way == question.way else "refutes"
    return LinkedFinding(
        finding, study, work, bears, "citation", round(probable, 4), aligned=ALL_WORDS, asked=question.way
    )
