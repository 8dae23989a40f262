# ruff: noqa: E501 - tables of patterns read better unwrapped
"""What an abstract only supposes, or worked out with a model, by its sentences.

The sentence that tells what the article says is found by its words and what they mean
(``claims.linking.passages``). A supposition counts where it is clearly nearer than any result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from claims.abstracts.passages import LONGEST, Passage, passages, written_out
from claims.expressions import expression
from claims.findings.sections import Part, sentences
from claims.findings.study_facts import study_facts
from claims.linking.passages import likeness
from graph.designs import in_group

__all__ = ["Supposed", "is_modelled", "modelled_about", "supposed_about"]

# by which authors say that what follows is their thought; what follows is what they think
_SUPPOSES = expression(
    r"\b(?:(?:we|i|(?:the )?(?:authors?|investigators|researchers)) (?:\w+ly |also |therefore |thus |here |would |can only )*"
    r"(?:hypothesi[sz]e|speculate|postulate|conjecture|suspect|assume|argue|propose|suppose|surmise|posit|put forward)[sd]?\b"
    r"|(?:possible|plausible|potential|likely|tentative|alternative|conceivable) (?:\w+ )?(?:explanations?|mechanisms?|reasons?) (?:\w+ ){0,5}?(?:is|are|would be|may be|could be|includes?)\b"
    r"|(?:this|our|the|one) (?:hypothesis|theory|idea|notion|conjecture|speculation|assumption) (?:is|holds|says) that"
    r"|(?:the )?(?:hypothesis|theory|idea|notion|conjecture) (?:is put forward )?that|it is (?:tempting|conceivable|plausible|thinkable)\b"
    r"|(?:may|might|could) be (?:explained|accounted for|mediated) by|speculatively|hypothetically)(?: that)?",
    re.IGNORECASE,
)
# what had been supposed was then looked at; what was left out is not told here
_TESTED = expression(
    r"\b(?:hypothesi[sz]ed|(?:the|our|this) hypothesis (?:that|was)|tested? (?:the|whether|our|this)|did not support|(?:reject|confirm|support)(?:s|ed)? the)\b",
    re.IGNORECASE,
)
# an abstract that tells of no study of its own
_OF_THOUGHTS = expression(
    r"\b(?:in )?(?:this|our|the present) (?:\w+ )?(?:viewpoint|conceptual (?:paper|article|model)|perspective|essay|commentary|opinion|hypothesis paper|theoretical (?:paper|article)|position paper|proposed model)\b",
    re.IGNORECASE,
)
_COMPUTED = expression(
    r"\b(?:micro-?simulat\w+|in silico|finite element|monte carlo|computer|numerical(?:ly)?|virtual"
    r"|simulations|(?<!animal )(?<!mouse )(?<!rat )(?<!regression )model(?:s|l?ing|l?ed)?(?! (?:of care|organism|animal)))\b",
    re.IGNORECASE,
)
# a modelling study may tell of what was measured too: the sentence itself says that this was not
_BY_A_MODEL = expression(
    r"\b(?:model(?:s|l?ing|l?ed)?|simulat\w+|in silico|predict\w*|project(?:s|ed|ions?)|would|expected|scenarios?|iterations?)\b",
    re.IGNORECASE,
)
_ENOUGH = ((0.55, 0.1), (0.45, 0.2))  # how alike a supposition has to be, and by how much less the results
_ABOUT = 0.4  # likeness from which on a sentence is about what a model gave
_LATE = 0.4  # of an abstract without sections: what is supposed before its results is what they tested


@dataclass(frozen=True, slots=True)
class Supposed:
    """A sentence of an abstract that supposes, or that tells what a model gave."""

    passage: str


def supposed_about(text: str, abstract: str) -> Supposed | None:
    """The supposition of an abstract that ``text`` tells; None where a result tells it, or none surely does.

    >>> told = "Tea cut colds by a day in ninety nurses who drank it all winter, and no fever was milder. "
    >>> told += "We speculate that tannins coat the throat and keep viruses out."
    >>> supposed_about("Tannins coat the throat and keep viruses out.", told).passage
    'We speculate that tannins coat the throat and keep viruses out.'
    >>> supposed_about("Tea cut colds by a day.", told) is None
    True
    """
    found = _suppositions(abstract)
    if not found:
        return None
    fit, passage = max((likeness(text, words), told) for words, told in found)
    if fit < _ENOUGH[-1][0]:
        return None
    free = max((likeness(text, one.words) for one in _told(abstract)), default=0.0)
    return Supposed(passage) if any(fit >= low and fit - free >= apart for low, apart in _ENOUGH) else None


def modelled_about(text: str, abstract: str, title: str | None) -> Supposed | None:
    """The sentence of a modelling study's abstract that ``text`` is about; None of any other study.

    >>> modelled_about("Nets cut malaria by half.", "In simulations nets cut malaria by half.", None).passage
    'In simulations nets cut malaria by half.'
    """
    if not is_modelled(abstract, title):
        return None
    fit, passage = max(
        ((likeness(text, one.words), one.text) for one in passages(abstract)), default=(0.0, "")
    )
    return Supposed(passage) if fit >= _ABOUT and _BY_A_MODEL.search(passage) else None


@lru_cache(maxsize=512)
def is_modelled(abstract: str, title: str | None) -> bool:
    """Whether an abstract tells of a study in a computer: "simulated canals" of resin are none."""
    if study_facts(abstract, title).design not in in_group("modelling"):
        return False
    return _COMPUTED.search(f"{title}. {abstract}") is not None


@lru_cache(maxsize=512)
def _suppositions(abstract: str) -> tuple[tuple[str, str], ...]:
    """What an abstract supposes (the words behind "we speculate that"), with the whole sentence."""
    body = abstract[:LONGEST]
    if not _SUPPOSES.search(body):
        return ()
    parts = sentences(body)
    has_results = any(part.section == "results" for part in parts)
    found = []
    for part in parts:
        text = body[part.start : part.end]
        match = _SUPPOSES.search(text)
        if match is not None and not _was_tested(part, text, body, has_results):
            words = text[match.end() :] if len(text) - match.end() > len(text) / 3 else text
            found.append((written_out(words, body), text))
    return tuple(found)


def _was_tested(part: Part, text: str, body: str, has_results: bool) -> bool:
    """Whether a supposition is what the study set out to test, and not what its authors make of it."""
    if part.section == "results" or _TESTED.search(text):
        return True
    if part.section is not None:
        return has_results and part.section in ("background", "methods")
    return part.start < _LATE * len(body) and bool(_told(body)) and not _OF_THOUGHTS.search(body)


@lru_cache(maxsize=512)
def _told(abstract: str) -> tuple[Passage, ...]:
    """The sentences of an abstract that tell what was found, without those that suppose."""
    return tuple(one for one in passages(abstract) if not _SUPPOSES.search(one.text))
