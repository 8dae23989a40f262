"""Whom a study did not take, as its abstract says it: "persons without diabetes"."""

from __future__ import annotations

import re

from claims.abstracts.given import LONGEST
from claims.concepts import CLOSE, Fit, Vocabulary
from claims.sentence.slots import PERSON_WITH
from graph.evidence import Iri

__all__ = ["excepted", "left_out"]

_WITHOUT = re.compile(
    r"\b(?:without|free (?:of|from)|excluding|excluded|(?:had|have|has|with|having) no|did not have"
    r"|no (?:prior|previous)|no (?:known )?(?:history|evidence) of)\s"
    r"(?:(?:a|an|any|the|known|prior|previous|history|diagnosis|diagnosed|overt|established|clinical|existing"
    r"|pre-?existing|with|of|patients|people|persons|those|participants|cardiovascular|disease|cancer|dementia"
    r"|diabetes|hypertension|or|and|,)[\s,]*){0,8}$",
    re.IGNORECASE,
)
_WERE_LEFT_OUT = re.compile(
    r"[^.;,]{0,40}?\s(?:were|was|are) (?:excluded|left out"
    r"|not (?:studied|included|enrolled|eligible|recruited|tested|examined|assessed|represented))\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r"\b(?:except(?:ing)?(?: for)?|with the exception of|apart from)"
    r"\s(?:(?:the|those|with|of|in|for|people|low-dose|high-dose)\s){0,3}$",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:patients|participants|people|persons|adults|men|women|individuals|subjects|volunteers|children"
    r"|residents|enrol\w+|recruit\w+|eligib\w+|random\w+|assigned)\b",
    re.IGNORECASE,
)


def left_out(text: str, group: Iri, vocabulary: Vocabulary) -> str | None:
    """The words by which an abstract says that its study took nobody of a group; None where it does not.

    "Persons without diabetes" leaves out people with diabetes, unless others who had it were taken too.
    """
    words = None
    for mention in vocabulary.find(text[:LONGEST]):
        fit = vocabulary.best_fit((group,), (mention.concept,))
        if fit not in CLOSE:
            continue
        start = mention.span.start
        behind = _WERE_LEFT_OUT.match(text, mention.span.end)
        if behind is not None and fit in (Fit.SAME, Fit.NARROWER):
            whole = text.rfind(". ", 0, start) + 1  # "People with …"
            return text[max(whole, start - 60) : behind.end()].strip()
        if PERSON_WITH.search(text, max(0, start - 80), start) or "/people-" in mention.concept:
            return None
        denied = _WITHOUT.search(text, max(0, start - 120), start)
        around = text[max(0, start - 260) : start]
        if denied is not None and fit in (Fit.SAME, Fit.NARROWER) and _PEOPLE.search(around):
            words = words or text[denied.start() : mention.span.end]
    return words


def excepted(text: str, concept: Iri, vocabulary: Vocabulary) -> str | None:
    """The sentence that excepts a thing from what it says; None where none does.

    "Every type except vaginal oestrogens was associated with more of it."
    """
    for mention in vocabulary.find(text[:LONGEST]):
        start = mention.span.start
        if vocabulary.best_fit((concept,), (mention.concept,)) not in (Fit.SAME, Fit.NARROWER):
            continue
        if _EXCEPT.search(text, max(0, start - 60), start):
            first, last = text.rfind(". ", 0, start), text.find(". ", start)
            return text[first + 2 if first >= 0 else 0 : last if last >= 0 else len(text)].strip()
    return None
