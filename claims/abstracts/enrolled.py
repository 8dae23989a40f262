# ruff: noqa: E501 - tables of patterns read better unwrapped
"""Whom a study did not take, as its abstract says it: "persons without diabetes"."""

from __future__ import annotations

import re

from claims.abstracts.given import LONGEST
from claims.alignment import content_words
from claims.concepts import CLOSE, Fit, Vocabulary
from claims.expressions import expression
from claims.findings.sections import sentences
from claims.model import Mention
from claims.sentence.ages import ages_of
from claims.sentence.slots import PERSON_WITH
from claims.study.groups import tells_of_them
from graph.evidence import Iri

__all__ = ["among", "excepted", "left_out", "not_had", "not_taken"]

_WITHOUT = expression(
    r"\b(?:without|free (?:of|from)|excluding|excluded|(?:had|have|has|with|having) no|did not have"
    r"|no (?:prior|previous)|no (?:known )?(?:history|evidence) of)\s"
    r"(?:(?:a|an|any|the|known|prior|previous|history|diagnosis|diagnosed|overt|established|clinical|existing"
    r"|pre-?existing|with|of|patients|people|persons|those|participants|cardiovascular|disease|cancer|dementia"
    r"|diabetes|hypertension|or|and|,)[\s,]*){0,8}$",
    re.IGNORECASE,
)
_WERE_LEFT_OUT = expression(
    r"[^.;,]{0,40}?\s(?:were|was|are) (?:excluded|left out"
    r"|not (?:studied|included|enrolled|eligible|recruited|tested|examined|assessed|represented))\b",
    re.IGNORECASE,
)
_EXCEPT = expression(
    r"\b(?:except(?:ing)?(?: for)?|with the exception of|apart from)"
    r"\s(?:(?:the|those|with|of|in|for|people|low-dose|high-dose)\s){0,3}$",
    re.IGNORECASE,
)
_PEOPLE = expression(
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


_YOUNG = ("young-adults", "children", "adolescents", "infants")
_OLD_ENOUGH = 45  # years: where nobody younger was taken no young adult was
_GROWN_UP = ("adults", "older-adults", "middle-aged-adults")
_CALLED_YOUNG = re.compile(r"\byoung\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:were|was|are) (?:excluded|left out|not )")


def not_taken(mention: Mention, text: str, named_there: bool, vocabulary: Vocabulary) -> str | None:
    """How an abstract says that nobody of a group was taken; None where it does not.

    ``named_there``: it has the words of the claim for them, so "students" may be of eleven years.
    """
    iri = mention.concept
    words = left_out(text, iri, vocabulary)
    if words is not None:
        plain = " ".join(words.split())
        if _PASSIVE.search(plain):
            return f"says that “{plain}”"
        who = "" if plain.lower().startswith(("without", "free")) else "who "
        return f"tells of people {who}“{plain}”"
    ages = ages_of(text)
    if ages is None:
        return None
    low, high = ages
    young = among(iri, _YOUNG, vocabulary) or _CALLED_YOUNG.search(mention.label) is not None
    if young and low >= _OLD_ENOUGH:
        years = f"{low} years and over" if high is None else f"{low} to {high} years"
        return f"tells of people of {years}"
    if high is not None and high < 18 and not named_there and among(iri, _GROWN_UP, vocabulary):
        return f"tells of people of {low} to {high} years"
    return None


def among(iri: Iri, names: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    """Whether a concept is one of the groups named, or of a kind of one."""
    return any(
        (group := vocabulary.named(name)) is not None and vocabulary.under(iri, group) for name in names
    )


# what an abstract says that nobody had who was taken
_NOBODY = (
    expression(
        r"(?P<what>[^.;:,]{8,140}?)\s(?:were|was)\s(?:excluded|not eligible|ineligible|left out)\b",
        re.IGNORECASE,
    ),
    expression(
        r"\b(?:exclu(?:ded|ding|sions?) (?:criteria )?(?:were |was |included |comprised |if )?)(?P<what>[^.;:,]{5,120})",
        re.IGNORECASE,
    ),
    expression(
        r"\b(?:no evidence of|no (?:\w+ )?history of|free (?:of|from)|had not (?:been|had|undergone|received)|had never|did not have)\s(?P<what>[^.;:,)]{4,80})",
        re.IGNORECASE,
    ),
)
_CHOSEN = expression(
    r"\b(?:identified|included|enrol\w+|recruit\w+|selected|eligib\w+|excluded|exclusion|criteria|patients|participants|subjects|adults|children)\b",
    re.IGNORECASE,
)
_NOT = expression(
    r"\b(?:not|no|none|nobody|neither|never|without|n['’]t|exclud\w+|left out|free)\b", re.IGNORECASE
)
_MOST = 0.75


def not_had(text: str, abstract: str) -> str | None:
    """The words by which an abstract denies of those it took what ``text`` says of them; None where none do.

    >>> told = "Patients who fulfilled the Bergen criteria for gout were excluded. We gave 90 adults cherries."
    >>> not_had("All of them met the Bergen criteria for gout.", told)
    'Patients who fulfilled the Bergen criteria for gout were excluded'
    """
    if not tells_of_them(text) or _NOT.search(text):
        return None
    said = content_words(text)
    for one in sentences(abstract[:LONGEST]):
        sentence = abstract[one.start : one.end]
        if one.section in ("background", "results", "conclusions") or not _CHOSEN.search(sentence):
            continue
        for pattern in _NOBODY:
            for match in pattern.finditer(sentence):
                words = content_words(match["what"])
                if len(words) >= _FEWEST and len(words & said) >= _MOST * len(words):
                    return match[0].strip()
    return None


_FEWEST = 2  # words that name it
