"""Whether a sentence asserts something that can be checked, and whether it tells, advises or heads.

A question, a denial that anything is known and a definition assert nothing. What stands with a citation of
its own asserts more easily than what stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims import quantities, wording
from claims.change import change_cues
from claims.slots import MAXIMUM_LENGTH, SentenceSlots

__all__ = ["Assertion", "asserted"]

_RECOMMENDS = re.compile(
    r"\b(?:aim (?:for|to)|try (?:to|for|taking|adding|eating|drinking)|should|recommend(?:s|ed|ation)?|"
    r"we (?:advise|suggest)|"
    r"is advised|make sure|bottom line|take[- ]home|take[- ]away|ideally|it is best to|it's best to|"
    r"is enough|are enough|"
    r"all you need|all it takes|is all|what to do|the advice)\b",
    re.IGNORECASE,
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
_NOT_ASSERTED = re.compile(
    r"^(?:whether|if you|(?:methods?|objectives?|aims?)\s*:|this article|in this article|we (?:look|examine|"
    r"review)\b"
    r"|read on|see also|talk to|speak to|consult)",
    re.IGNORECASE,
)
# "A survey cannot tell whether ...", "this does not prove that ...": what follows is not asserted
_DENIED = re.compile(
    r"\b(?:can(?:not|['’]t| not)|(?:could|do|does|did)(?: not|n['’]t))\s+(?:\w+\s+)?"
    r"(?:show|prove|tell|establish|demonstrate|determine|say|mean|confirm|settle|know)\s+"
    r"(?:us\s+)?(?:that|whether|if|how|which|why|what|cause)\b"
    r"|\b(?:not|un)\s?(?:yet\s)?(?:known|clear|proven|certain|established)\s+(?:whether|if|that|how)\b"
    r"|\bno (?:proof|evidence|way to (?:know|tell|say)) (?:that|whether|if)\b"
    r"|\b(?:remains?|is still|stays) (?:unclear|unknown|uncertain|to be seen|an open question)\b",
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
# what a statement with a source says of something taken or done, without saying which way anything goes
_JUDGED = re.compile(
    r"\b(?:is|are|was|were|be|as)\s+(?:\w+\s+){0,2}?(?:safe|unsafe|toxic|poisonous|deadly|addictive|"
    r"habit-forming|harmless|well tolerated|"
    r"(?:proven|effective|natural|reliable)\s(?:\w+\s)?(?:aids?|remed(?:y|ies)|cures?|treatments?))\b"
    r"|\b(?:has|have|had|carr(?:y|ies)|bring|brings)\s+(?:few|no|many|serious|mild|fewer|real)\s(?:\w+\s)?"
    r"(?:side|adverse|ill|harmful|lasting) effects\b"
    r"|\b(?:rewires?|rewired|reshap(?:es?|ed)|transform(?:s|ed)?|alter(?:s|ed)?|affect(?:s|ed)?|chang(?:es|ed)|"
    r"mak(?:es|e|ing)\s(?:\w+\s){1,3}?(?:\w{3,}er|sick|ill|happy|well|fat|strong)|"
    r"turn(?:s|ed)?\s(?:\w+\s){1,3}?(?:grey|gray|yellow|white|red|brown))\b",
    re.IGNORECASE,
)
# what a thing is, how it is used, what was studied: told, but not as what it does
_TELLS_OF = re.compile(
    r"^[^,;:]{1,60}?\b(?:is|are|was|were)\s+(?:an?|the|any|one of)\s"
    r"|\b(?:trials?|stud(?:y|ies)|researchers|scientists|authors|teams?|reviews?|doctors|physicians|we)\b"
    r"[^.;]{0,40}\b(?:test(?:ed|s)?|look(?:ed|s)? (?:at|for|into)|examine[sd]?|ask(?:ed|s)?|recruited|"
    r"enrolled|follow(?:ed|s)|measured|stud(?:ied|y)|investigate[sd]?|compare[sd]?|gave|prescribe[sd]?|recommend(?:ed|s)?)\b"
    r"|\b(?:is|are|was|were|been)\s+(?:\w+ly\s|often\s|also\s|sometimes\s|widely\s)?(?:sold|used|prescribed|"
    r"marketed|advertised|promoted|studied|tested|named|called|licensed|approved|discovered|invented|"
    r"known as|made (?:by|from|of)|found in|defined)\b",
    re.IGNORECASE,
)
# "Half of all smokers die of it", "One in ten has migraine"
_SHARE = re.compile(
    r"^(?:(?:about|nearly|almost|roughly|more than|over|up to|at least|only|just)\s)*(?:half|most|"
    r"an? (?:third|quarter|fifth|tenth)|(?:two|three|four) (?:thirds|quarters|fifths)|"
    r"\w+ (?:in|out of) (?:\w+))\s+(?:of\s)?(?!time|night)\w+",
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

    ``dosed``: it gives a dose of what it speaks of. ``under_lead``: a heading or a bold line stands over it.
    ``cited``: it carries a citation of its own.
    """
    text = read.sentence.text[:MAXIMUM_LENGTH]
    if text.rstrip().endswith("?") or len(text) < 8 or _NOT_ASSERTED.search(text):
        return None
    cue = wording.causal_cue(text)
    denied = _DENIED.search(text)
    if (
        denied is not None
        and (cue is None or denied.start() < cue.start)
        and not _result_before(found, denied.start())
    ):
        return None
    changes = change_cues(text)
    happens = bool(read.outcome) or any("process" in mention.roles for mention in read.mentions)
    asserts = cue is not None or bool(changes) or bool(_COPULA.search(text))
    reports = cited and (
        any(_is_result(q) for q in found)
        or ((bool(changes) or _JUDGED.search(text) is not None) and bool(read.exposure or read.outcome))
        or (cue is not None and any(mention.span.end <= cue.start for mention in read.exposure))
        or (bool(read.outcome) and _SHARE.match(text) is not None)
    )
    if read.sentence.is_lead:
        return Assertion("lead", reports) if happens and asserts and len(text.split()) > 1 else None
    told_of = _NOUN_FIRST.match(text) is not None and any(
        _FINITE.fullmatch(text, change.start, change.end) for change in changes
    )
    closing = bool(_CLOSING.search(read.sentence.lead or "")) or bool(_RECOMMENDS.search(text))
    named = bool(read.exposure) and not told_of
    if _advises(text, dosed, closing, named, bool(read.exposure) or under_lead):
        return Assertion("recommendation", reports)
    stated = cited and bool(read.exposure) and _TELLS_OF.search(text) is None
    return Assertion("claim", reports) if ((asserts or stated) and happens) or reports else None


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
