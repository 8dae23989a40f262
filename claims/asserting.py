# ruff: noqa: E501 - tables of patterns read better unwrapped
"""Whether a sentence asserts something that can be checked, and whether it tells, advises or heads.

A question, a denial that anything is known and a definition assert nothing. What stands with a citation of
its own asserts more easily than what stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims import magnitude, quantities, wording
from claims.alternatives import lowered, one_of
from claims.joining import SET_AGAINST
from claims.sentence import everyday
from claims.sentence.accuracy import accuracies_told, rules_out
from claims.sentence.advising import stance
from claims.sentence.change import change_cues
from claims.sentence.slots import MAXIMUM_LENGTH, SentenceSlots
from claims.sentence.voice import reports_a_study
from claims.unasserted import asserts_nothing, denied_from, tells_of

__all__ = ["Assertion", "acts", "asserted"]

_RECOMMENDS = one_of(
    [
        r"\b(?:aim (?:for|to)|try (?:to|for|taking|adding|eating|drinking)|should|recommend(?:s|ed|ation)?|"
        r"we (?:advise|suggest)|"
        r"is advised|make sure|bottom line|take[- ]home|take[- ]away|ideally|it is best to|it's best to|"
        r"is enough|are enough|"
        r"all you need|all it takes|is all|what to do|the advice)\b"
    ]
)
_IMPERATIVE = re.compile(
    r"^(?:so |then |instead,? |just |simply )?(?:take|eat|drink|walk|avoid|choose|limit|add|swap|replace|"
    r"get|go|start|keep|include|"
    r"cut|stop|use|consider|stick|move|have|switch|skip|reduce|increase"
    # "Sleep eight hours", but not "Sleep matters", "Exercise is good for you"
    r"|(?:sleep|exercise|walk)(?!\s(?!(?:less|always|lots|outdoors|this|across|upstairs)\b)(?:\w+s|can|may|might|could|"
    r"will|should|and|or|had|did|duration|quality|training|at least"
    r"|(?:probably|possibly|perhaps|likely|clearly|apparently|generally|typically|usually|often|only|also|really)\s\w+s)\b))\s",
    re.IGNORECASE,
)
# "Exercise during pregnancy lowers the odds": a noun and its verb, no order
_NOUN_FIRST = re.compile(r"(?:sleep|exercise|walk|diet|stop|cut)\b", re.IGNORECASE)
_FINITE = re.compile(
    r"(?:[a-z]+s|[a-z]+ed|did(?: not|n['’]t) \w+|fell|rose|cut|made .*|makes .*)", re.IGNORECASE
)
_CLOSING = re.compile(
    r"\b(?:bottom line|take[- ]?home|take[- ]?away|in short|in summary|conclusion|what (?:this|it) means|"
    r"advice|recommend\w*|"
    r"what (?:you can|to) do|how much|our verdict|the upshot|key message)\b",
    re.IGNORECASE,
)
_COPULA = re.compile(
    r"\b(?:is|are|was|were)\s+(?:\w+\s+){0,3}(?:good|great|bad|best|powerful|effective|safe|dangerous|"
    r"essential|vital|key|"
    r"linked|tied|associated|beneficial|harmful|protective|helpful|useful|ineffective|important|risky|"
    r"healthy|unhealthy|"
    r"the (?:best|main|leading)|a risk)\b",
    re.IGNORECASE,
)
_HOW_ACCURATE = re.compile(
    r"\b(?:is|are|was|were)\s(?:\w+\s){0,3}(?:accurate|reliable|unreliable|inaccurate|sensitive|specific|precise)\b",
    re.IGNORECASE,
)
# "Half of all smokers die of it", "One in ten has migraine"
_SHARE = re.compile(
    r"^(?:(?:about|nearly|almost|roughly|more than|over|up to|at least|only|just)\s)*(?:half|most|"
    r"an? (?:third|quarter|fifth|tenth)|(?:two|three|four) (?:thirds|quarters|fifths)|"
    r"\w+ (?:in|out of) (?:\w+))\s+(?:of\s)?(?!time|night)\w+",
    re.IGNORECASE,
)
# what a statement says of something taken or done, without saying which way anything goes
_JUDGED = one_of(pattern for meaning, pattern in everyday.patterns() if meaning == everyday.SOME_CHANGE)
# "Light activity was linked to", "Getting your hands in the soil lifts": what does it, with no people in it
_SUBJECT = re.compile(
    r"(?!(?:it|they|this|these|those|that|such|most|some|many|more|less|both|each|one|people|persons?|"
    r"adults|men|women|participants|patients|users|volunteers|researchers|scientists|doctors?|experts?|stud(?:y|ies)|trials?|"
    r"symptoms|scores|rates|levels|results|benefits|effects|risks?|regular|daily|there|here|he|she|his|her|you|we|i|who|what|when|"
    r"why|how|if|where|while|although|because|since|after|before|during|for|in|on|at|with|to|from|by|as|but|and|or|so|yet|the (?:government|"
    r"clinic|team|trial|study|authors|researchers|company|charity|hospital|nurse|doctor|same|effects?|risk)|a (?:study|trial|team|"
    r"review|spokes\w+)|(?:low|high)er|high|low|ministers|our|my|their)\b)"
    r"[^\W\d_][\w'’-]*(?:[\s,]{1,2}[\w'’-]+){0,7}?\s(?:(?:is|are|was|were|has|have|had|been|may|might|can|could|will|would|also|often|"
    r"usually|really|visibly|clearly|naturally|quickly)\s)*",
    re.IGNORECASE,
)
# "This medicine can make you drowsy": whatever the leaflet is about
_THIS_THING = re.compile(
    r"(?:this|these|the|that)\s(?:\w+\s)?(?:medicines?|drugs?|tablets?|pills?|capsules?|treatments?|supplements?|vaccines?|jabs?|creams?|"
    r"drops|patch(?:es)?|injections?|herbs?|oils?|drinks?|foods?|diets?|exercises?|tests?|scans?|devices?|operations?|implants?)\s"
    r"(?:(?:may|might|can|could|will|also|often|sometimes)\s)*",
    re.IGNORECASE,
)

_PAIRED = re.compile(
    rf"\d[\d.,]*\s?[a-z%]*[,(]?\s\(?(?:[a-z]+\s){{0,3}}?(?:{SET_AGAINST})\s(?:[a-z]+\s){{0,2}}\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Assertion:
    """``kind``: claim, recommendation or lead. ``reports``: it gives a result of the work that it cites."""

    kind: str
    reports: bool


def asserted(
    read: SentenceSlots,
    found: Sequence[quantities.FoundQuantity],
    *,
    dosed: bool,
    under_lead: bool,
    cited: bool,
) -> Assertion | None:
    """How the sentence asserts, by its words and what it names; None where it asserts nothing checkable.

    What a subject does of which nobody is part ("Cold air wakes ...") it asserts where it names what comes
    of it, or a source. ``dosed``: it gives a dose of what it speaks of. ``under_lead``: a heading or a bold line stands over it.
    ``cited``: it carries a citation of its own.
    """
    text = read.sentence.text[:MAXIMUM_LENGTH]
    small = lowered(text)
    if asserts_nothing(text, cited):
        return None
    cue = wording.causal_cue(text)
    denied = denied_from(text)
    if denied is not None and not _result_before(found, denied):
        return None
    changes = change_cues(text)
    happens = bool(read.outcome) or any("process" in mention.roles for mention in read.mentions)
    out = rules_out(text) is not None
    asserts = cue is not None or bool(changes) or out or bool(_COPULA.search(text))
    judged = _JUDGED.search(small) is not None
    told = bool(changes) or judged
    reports = cited and (
        any(_is_result(q) for q in found)
        or (told and (bool(read.exposure or read.outcome) or not tells_of(text)))
        or (cue is not None and any(mention.span.end <= cue.start for mention in read.exposure))
        or any(word.kind != "percent" for word in magnitude.words(text))
        or (bool(read.outcome) and _SHARE.match(text) is not None)
    )
    if cited and (out or next(accuracies_told(text, found), None) is not None):
        reports = True  # how well a test does is a result, whatever it looks for
    # "a median of 208 days, against 112 in the control group"
    reports = reports or (cited and _PAIRED.search(text) is not None and bool(read.exposure))
    if cited and read.exposure and (dosed or _HOW_ACCURATE.search(text)):
        reports = True  # how much of it was done in the study is a result as well
    if cited and read.exposure and stance(text) is not None:
        reports = True  # what a guideline advises is what it is cited for
    starts = sorted({change.start for change in changes} | ({cue.start} if cue else set()))
    does = next((at for at in starts if acts(text, at)), None)  # where the verb of a subject that acts begins
    if does is not None and not tells_of(text):
        reports = reports or cited or any(mention.span.start > does for mention in read.outcome)
    if happens and any(q.role == "statistic" or (q.role == "interval" and q.high) for q in found):
        reports = reports or asserts  # a ratio, an interval: a result, whoever found it
    if reports_a_study(text) and changes and read.exposure and any(q.role == "count" for q in found):
        reports = reports or not tells_of(
            text
        )  # "in a trial of 1,652 people, paracetamol did not speed it up"
    if read.sentence.is_lead:
        return Assertion("lead", reports) if happens and asserts and len(text.split()) > 1 else None
    told_of = _NOUN_FIRST.match(text) is not None and any(
        _FINITE.fullmatch(text, change.start, change.end) for change in changes
    )
    closing = bool(_CLOSING.search(read.sentence.lead or "")) or bool(_RECOMMENDS.search(small))
    named = bool(read.exposure) and not told_of
    if _advises(text, dosed, closing, named, bool(read.exposure) or under_lead):
        return Assertion("recommendation", reports)
    if reports or (asserts and happens):
        return Assertion("claim", reports)
    if not read.exposure or tells_of(text):
        return None
    measured = asserts and any(q.role == "percent" for q in found)
    said = (cited and happens) or measured or judged
    return Assertion("claim", reports) if said else None


def acts(text: str, end: int) -> bool:
    """Whether the words before ``end`` name something, but nobody, that does what follows.

    >>> acts("Getting your hands in the soil lifts your mood.", 31), acts("My doctor lifts weights.", 10)
    (True, False)
    """
    return any(one.fullmatch(text, 0, end) is not None for one in (_SUBJECT, _THIS_THING))


def _is_result(quantity: quantities.FoundQuantity) -> bool:
    """A percentage, a statistic, an interval, or a measured amount that is no dose ("121 mmHg")."""
    return quantity.role in ("percent", "statistic", "interval") or (
        quantity.role == "other" and quantity.unit is not None
    )


def _result_before(found: Sequence[quantities.FoundQuantity], end: int) -> bool:
    """Whether a result is printed before ``end``."""
    return any(_is_result(q) and q.start < end for q in found)


def _advises(text: str, dosed: bool, closing: bool, named: bool, about: bool) -> bool:
    """Whether the sentence tells the reader what to do."""
    if not about:
        return False
    if named and _IMPERATIVE.search(text):
        return True
    return closing and (
        dosed or bool(re.search(r"\b(?:should|recommend\w*|aim (?:for|to)|try)\b", text, re.IGNORECASE))
    )
