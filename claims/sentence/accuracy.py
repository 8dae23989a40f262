# ruff: noqa: E501 - tables of patterns read better unwrapped
"""What a sentence says of how well a test finds what it looks for.

The same percentage means four things: of those who have it, how many the test finds (sensitivity); of
those who do not, how many it clears (specificity); of the positive, how many have it; of the negative, how
many do not. Lay wordings are held apart by who the share is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims.alternatives import lowered
from claims.quantities import FoundQuantity

__all__ = ["AccuracyTold", "accuracies_told", "rules_out"]


@dataclass(frozen=True, slots=True)
class AccuracyTold:
    """A share that a sentence gives of a test.

    ``measure``: sensitivity, specificity, positive-predictive-value, negative-predictive-value, or accuracy
    (how often it is right, whoever is tested). ``percent`` is that measure's, so that "misses 12 %" is a
    sensitivity of 88; ``turned``: it was told by what is missing to the whole.
    """

    measure: str
    percent: Decimal
    turned: bool
    quantity: FoundQuantity


_ABOUT = (
    r"(?:(?:about|around|roughly|nearly|almost|some|only|just|up to|at least|more than|over|as many as|an?|of|the"
    r"|estimated|approximately|correctly|pooled)\s){0,3}"
)
_CASES = (
    r"(?:all\s)?(?:the\s|such\s|these\s)?(?:[\w-]+\s){0,3}?(?:cases?|cancers?|tumou?rs?|infections?|adenomas?|polyps?"
    r"|pregnanc\w+|people|patients|women|men|children|babies|infants|adults|those|strokes?|fractures?|deaths"
    r"|lesions?|melanomas?|carriers|sufferers|attacks|[\w-]+(?:itis|osis|emia|aemia|pathy|oma|omas))\b"
)
_FINDS = (
    r"(?:picks?|picked|picking) up|detect(?:s|ed|ing)?|catch(?:es|ing)?|caught|find(?:s|ing)?|found|spot(?:s|ted)?"
    r"|identif(?:y|ies|ied|ying)|flag(?:s|ged)?|recogni[sz](?:es?|ed)|diagnos(?:es?|ed)|pick"
)
_FOUND = r"(?:picked up|detected|caught|found|spotted|identified|flagged|recogni[sz]ed|diagnosed)"
_A_TEST = (
    r"(?:[\w-]+\s){0,2}?(?:tests?|results?|screens?|screening|scans?|swabs?|smears?|mammograms?|samples?|strips?|kits?"
    r"|x-?rays?|films?|biops(?:y|ies)|ultrasounds?|questionnaires?)"
)
_POSITIVE = (
    rf"(?:test(?:s|ed|ing)? positive|(?:a )?positive {_A_TEST}|(?:tests?|results?|swabs?|scans?|[\w-]*samples?) (?:is|was|are|were"
    r"|comes? back|came back) positive|(?:very )?(?:high|raised|elevated|abnormal)\s[\w-]+|screen(?:s|ed)? positive"
    r"|scor(?:e[sd]?|ing) (?:of )?(?:at least )?\d+(?: points)? or (?:more|higher|above|over)"
    r"|scor(?:e[sd]?|ing) (?:at or )?above|(?:above|over) the (?:cut-?off|threshold)|(?:flagged|picked out|singled out|marked|called positive|recalled) (?:up )?by"
    r"|(?:recalled|called back) (?:after|for))"
)
_NEGATIVE = (
    rf"(?:test(?:s|ed|ing)? negative|(?:a )?negative {_A_TEST}|(?:tests?|results?) (?:is|was|are|were|comes? back|came back)"
    r" negative|screen(?:s|ed)? negative)"
)
_HAVE = r"(?:really |actually |do |truly |turn(?:ed)? out to |will |in fact )*(?:have|had|has|be ill|are ill|are infected)\b"

# what stands right before and right behind the number; ``True``: told by what is missing
_TELLS: tuple[tuple[str, bool, str, str], ...] = (
    ("sensitivity", False, rf"\bsensitivit(?:y|ies) (?:\w+ )?(?:of|was|is|at|reached|:) {_ABOUT}$", r""),
    ("sensitivity", False, r"", r"\s?(?:\w+ )?sensitiv(?:e|ity)\b"),
    ("sensitivity", False, rf"\b(?:{_FINDS})\s{_ABOUT}$", rf"\sof {_CASES}(?!\s(?:without|who do not))"),
    (
        "sensitivity",
        False,
        r"",
        rf"\sof [^.;,]{{3,60}}? (?:(?:is|are|was|were|get|got|being) )(?:\w+ly )?{_FOUND}\b",
    ),
    ("sensitivity", True, rf"\bmiss(?:es|ed|ing)?\s{_ABOUT}$", r"\sof\b"),
    (
        "sensitivity",
        True,
        r"",
        r"\sof [^.;,]{3,60}? (?:(?:is|are|was|were|go|goes|went|get|got|being) )(?:missed|overlooked|undetected)\b",
    ),
    ("specificity", False, rf"\bspecificit(?:y|ies) (?:\w+ )?(?:of|was|is|at|reached|:) {_ABOUT}$", r""),
    ("specificity", False, r"", r"\s?(?:\w+ )?specific(?:ity)?\b"),
    (
        "specificity",
        False,
        rf"\b(?:clears?|reassures?|rules? out)\s{_ABOUT}$",
        r"\sof (?:\w+ )?(?:people|patients|women|men|children|those|adults) (?:without|who do not|who don['’]t)",
    ),
    (
        "specificity",
        False,
        r"",
        r"\sof (?:\w+ )?(?:people|patients|women|men|children|those|adults|babies) "
        rf"(?:without|free of|who do not|who don['’]t)\b[^.;,]{{0,60}}?\b(?:{_NEGATIVE}|cleared)\b",
    ),
    (
        "specificity",
        True,
        rf"\b(?:false alarms?|false positives?|wrongly (?:flags?|flagged))\b[^.;,]{{0,30}}?\s{_ABOUT}$",
        r"\sof (?:healthy\b|(?:\w+ )?(?:people|patients|women|men|children|those|adults|babies) (?:without|who do not))",
    ),
    (
        "positive-predictive-value",
        False,
        r"",
        rf"\sof (?:the )?(?:\w+ ){{0,2}}?(?:(?:who|with|whose|that)\s)?[^.;,]{{0,30}}?{_POSITIVE}[^.;]{{0,50}}?\b{_HAVE}",
    ),
    (
        "positive-predictive-value",
        False,
        rf"{_POSITIVE}\b[^.;]{{0,60}}?[\s,]{_ABOUT}$",
        rf"\s(?:of them )?{_HAVE}",
    ),
    (
        "positive-predictive-value",
        False,
        rf"\bpositive (?:test|result)s? (?:means?|meant|gives?)\b[^.;,]{{0,30}}?\s{_ABOUT}$",
        r"\s(?:chance|probability|likelihood|risk)\b",
    ),
    (
        "positive-predictive-value",
        False,
        rf"{_POSITIVE}[^.;]{{0,40}}?\s{_ABOUT}$",
        r"\s(?:chance|probability|likelihood)\b",
    ),
    ("positive-predictive-value", False, rf"\bpositive predictive values? (?:of|was|is) {_ABOUT}$", r""),
    (
        "negative-predictive-value",
        False,
        r"",
        rf"\sof (?:the )?(?:\w+ ){{0,2}}?(?:(?:who|with|whose|that)\s)?[^.;,]{{0,20}}?{_NEGATIVE}[^.;]{{0,40}}?"
        r"\b(?:do not have|did not have|are free of|were free of|don['’]t have|are clear|were clear)\b",
    ),
    ("negative-predictive-value", False, rf"\bnegative predictive values? (?:of|was|is) {_ABOUT}$", r""),
    ("accuracy", False, rf"\b(?:accuracy|accurate in) (?:of )?{_ABOUT}$", r""),
    ("accuracy", False, r"", r"\s?(?:\w+ )?(?:accurate|accuracy|reliable)\b"),
    (
        "accuracy",
        False,
        rf"\b(?:right|correct)(?: answer| result| diagnosis)? (?:in )?{_ABOUT}$",
        r"\sof (?:the time|cases)",
    ),
)
_TABLE = tuple(
    (
        measure,
        turned,
        re.compile(left, re.IGNORECASE) if left else None,
        re.compile(right, re.IGNORECASE) if right else None,
    )
    for measure, turned, left, right in _TELLS
)
_LEFT, _RIGHT = 110, 130
_ANY = re.compile(
    r"sensitiv|specific|accura|reliabl|predictive|positive|negative|false alarm|miss(?:es|ed|ing)?\b|undetected|overlooked"
    rf"|\b(?:{_FINDS})\b|\b{_FOUND}\b|scor(?:e|ing)|right|correct|cut-?off|threshold|\b(?:high|raised|elevated|abnormal)\b"
)  # of text in lower case


def accuracies_told(text: str, found: Sequence[FoundQuantity]) -> Iterator[AccuracyTold]:
    """The shares that a sentence gives of how a test does, in reading order.

    >>> from claims import quantities
    >>> text = "The swab misses 30% of infections, and 95% of people who test positive have it."
    >>> [(one.measure, str(one.percent)) for one in accuracies_told(text, quantities.find(text))]
    [('sensitivity', '70'), ('positive-predictive-value', '95')]
    """
    if not any(one.unit == "percent" for one in found) or not _ANY.search(lowered(text)):
        return
    for one in found:
        if (
            one.unit != "percent"
            or one.role != "percent"
            or one.high is not None
            or not 0 <= one.value <= 100
        ):
            continue
        left, right = text[max(0, one.start - _LEFT) : one.start], text[one.end : one.end + _RIGHT]
        for measure, turned, before, behind in _TABLE:
            if (before is None or before.search(left)) and (behind is None or behind.match(right)):
                yield AccuracyTold(measure, 100 - one.value if turned else one.value, turned, one)
                break


_RULES_OUT = re.compile(
    rf"\b{_NEGATIVE}\b(?!\s(?:\w+\s)?(?:does|do|did|may|can|could|should|would)?\s?(?:not|never|cannot|can['’]t|doesn['’]t|don['’]t|n['’]t)\b)[^.;]{{0,40}}?"
    r"\b(?P<words>(?:reliably |safely |completely |definitely )?(?:rul(?:es?|ed) out|exclud(?:es?|ed))"
    r"|means? (?:that )?(?:you|they|he|she|people|there)(?: definitely| certainly)? (?:are|is|do(?:es)?)(?: not|n['’]t)? "
    r"(?:no |free|clear|have|in the clear)|means? (?:that )?(?:you|they|he|she|people) (?:are not|is not|do not|does not|can(?:not|['’]t)) have|guarantees?)",
    re.IGNORECASE,
)


def rules_out(text: str) -> re.Match[str] | None:
    """Where a sentence says that a negative test leaves no room for the condition.

    >>> rules_out("A negative test reliably rules out infection.")["words"]
    'reliably rules out'
    >>> rules_out("A negative test does not rule out infection.") is None
    True
    """
    return _RULES_OUT.search(text)
