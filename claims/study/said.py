"""What a sentence with a citation of its own says of its study: how many, what design, how long, how much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from claims import quantities
from claims.model import Sentence, StudyStatement
from claims.sentence.ages import ages_printed
from claims.study.amounts import amounts
from claims.study.animals import animals_told
from claims.study.counted import PEOPLE, THINGS, counted, noun_end, thing_counted
from claims.study.designs import designs_told
from claims.study.groups import groups_told
from claims.study.kinds import told_as
from claims.study.times import times

__all__ = ["statements"]

_FEWEST = 5  # "two patients", "the three arms": not the size of a study
_FEWEST_THINGS = 20
# told as all of them, by what stands before the number or behind it
_WHOLE_BEFORE = re.compile(
    r"\b(?:in all|all told|altogether|in total|overall|total(?:l?ed| of)?|enrol\w+|recruit\w+"
    r"|sign(?:ed|ing) up|took in|number(?:ed|ing)|sample of|sampled|stud(?:y|ied)(?: of)?"
    r"|trial (?:of|in|with|on)|included|includes|made up of|consist(?:ed|ing) of|compris(?:ed|ing)"
    r"|cover(?:ed|ing)?|involv(?:ed|ing)|randomi[sz](?:ed|ing)|assign(?:ed|ing)|there were|series of"
    r"|cohort of|survey of|analy[sz]ed|followed|tested|pooled|brought together)[\s,]*(?:[\w-]+\s){0,3}$",
    re.IGNORECASE,
)
_WHOLE_AFTER = re.compile(
    r"[^.;:(]{0,60}?\b(?:took part|in (?:all|total)|altogether|were in (?:it|the (?:study|trial))"
    r"|were (?:enrolled|recruited|included|randomi[sz]ed|studied|tested|followed|analy[sz]ed))\b",
    re.IGNORECASE,
)
# a group of the study, or one of the sexes
_PART = re.compile(
    r"\b(?:groups?|arms?|clusters?|assigned to|randomi[sz]ed to|given|received|got|placebo)\b", re.IGNORECASE
)
_SEX = re.compile(r"\b(?:women|men|boys|girls|males?|females?)\b", re.IGNORECASE)
# "There were forty of them", "the patients numbered 896": the noun stands before, or in the sentence before
_BARE = re.compile(
    r"\b(?:numbered|numbering|(?:was|were) made up of|sample size (?:was|of)"
    r"|there were(?=\s[\w -]{1,30}?\sof them\b))"
    r"\s(?:about\s|around\s|some\s|just\s|only\s|nearly\s|over\s)?"
    r"(?P<number>[\w,]+(?:[ -](?!of\b|in\b)[\w]+){0,3}?)(?=\s(?:of them|in all|people)\b|\s?[.,;(]|$)",
    re.IGNORECASE,
)


def statements(
    text: str, found: Sequence[quantities.FoundQuantity], sentence: Sentence
) -> tuple[StudyStatement, ...]:
    """The statements of a sentence, in order; its citations are no part of them.

    ``found`` are the numbers of ``text``, which is the sentence's.
    """
    said = [
        *_counted(text, found, sentence),
        *_designed(text, sentence),
        *_timed(text, sentence),
        *_dosed(text, sentence),
        *_of_whom(text, sentence),
        *_aged(text, sentence),
    ]
    return tuple(sorted(said, key=lambda one: (one.span, one.about)))


def _counted(
    text: str, found: Sequence[quantities.FoundQuantity], sentence: Sentence
) -> Iterator[StudyStatement]:
    for one in found:
        if one.high is not None or one.unit is not None or one.value != int(one.value):
            continue
        what = counted(text, one)
        thing = thing_counted(text, one.end) if what is None and one.role in ("count", "other") else None
        if thing is not None and one.value >= _FEWEST_THINGS and not _OUT_OF.search(text, 0, one.start):
            what = THINGS
        if what is None or one.value < (_FEWEST if what == PEOPLE else 2):
            continue
        whole = (
            _WHOLE_BEFORE.search(text, max(0, one.start - 70), one.start) is not None
            or _WHOLE_AFTER.match(text, one.end) is not None
        )
        end = noun_end(text, one.end)
        if _PART.search(text, max(0, one.start - 60), min(len(text), end + 60)) or _SEX.search(
            text, one.end, end
        ):
            whole = False
        yield StudyStatement(
            what,
            text[one.start : end],
            sentence.span_of(one.start, end),
            value=one.value,
            comparison=one.comparison,
            name=thing,
            whole=whole,
        )
    for match in _BARE.finditer(text):
        value = _value(match["number"])
        if value is not None and value >= _FEWEST:
            start, end = match.span("number")
            yield StudyStatement(
                PEOPLE, text[start:end], sentence.span_of(start, end), value=value, whole=True
            )


# "20 of 21 contacts": of a part that was looked at
_OUT_OF = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|all|none))\s(?:out\s)?of\s(?:the\s|these\s|those\s)?$",
    re.IGNORECASE,
)


def _value(printed: str) -> Decimal | None:
    read = quantities.find(f"{printed} people")
    return read[0].value if len(read) == 1 and read[0].high is None and read[0].unit is None else None


_WANTED = re.compile(
    r"\b(?:call(?:s|ed|ing)? for|needs?(?: for)?|needed|lack(?:s|ed|ing)?|future|further|awaits?|awaiting"
    r"|urge[sd]?|until|wait(?:s|ed|ing)? for|ask(?:s|ed|ing)? for|only an?|would (?:take|need|require)"
    r"|requires?)\b"
    r"[^.;:]{0,40}$",
    re.IGNORECASE,
)
_NEEDED = re.compile(
    r"[^.;:,]{0,40}\b(?:(?:is|are|were|was) (?:still )?(?:needed|warranted|required|called for|lacking)"
    r"|should)\b",
    re.IGNORECASE,
)


def _designed(text: str, sentence: Sentence) -> Iterator[StudyStatement]:
    for name, start, end in designs_told(text):
        if _WANTED.search(text, max(0, start - 60), start) or _NEEDED.match(text, end):
            continue  # "they call for a randomised trial": another study than theirs
        yield StudyStatement("design", text[start:end], sentence.span_of(start, end), name=name)


def _timed(text: str, sentence: Sentence) -> Iterator[StudyStatement]:
    for one in times(text):
        span = sentence.span_of(one.start, one.end)
        yield StudyStatement(
            "time", text[one.start : one.end], span, one.value, None, one.unit, one.comparison, one.role
        )


def _dosed(text: str, sentence: Sentence) -> Iterator[StudyStatement]:
    lasting = {one.start for one in times(text)}
    for one in amounts(text):
        if one.start in lasting:
            continue  # "72 hours after surgery"
        span = sentence.span_of(one.start, one.end)
        high = one.high if one.high != one.low else None
        yield StudyStatement("dose", text[one.start : one.end], span, one.low, high, one.unit, one.comparison)


def _of_whom(text: str, sentence: Sentence) -> Iterator[StudyStatement]:
    for name, start, end in animals_told(text):
        yield StudyStatement("species", text[start:end], sentence.span_of(start, end), name=name)
    for kind, start, end in groups_told(text):
        yield StudyStatement(told_as(kind), text[start:end], sentence.span_of(start, end), kind=kind)


# "women from 40 to 69", "the men were all over 50": ages without a word for them
_BARE_AGES = re.compile(
    r"\b(?:adults|people|women|men|girls|boys|children|patients|volunteers|participants|everyone|they|all)\s"
    r"(?:(?:were|are|was|is|all|of them|who)\s){0,3}"
    r"(?P<ages>(?:(?P<over>over|above|past|beyond)|(?P<under>under|below)|from|between)\s"
    r"(?P<low>\d\d)(?:\s?(?:to|and|-|–)\s?(?P<high>\d\d))?)"
    r"(?=\s?(?:[.,;:()\[\]]|$)|\s(?:who|with|were|had|took|and|in|at|or)\b)",
    re.IGNORECASE,
)


def _aged(text: str, sentence: Sentence) -> Iterator[StudyStatement]:
    printed = False
    for one, low, high in ages_printed(text):
        printed = True
        if one.unit == "year" and (low is not None or high is not None):
            span = sentence.span_of(one.start, one.end)
            yield StudyStatement("age", text[one.start : one.end], span, low, high, "year")
    match = None if printed else _BARE_AGES.search(text)
    if match is not None and (match["high"] or match["over"] or match["under"]):
        start, end = match.span("ages")
        first, last = Decimal(match["low"]), Decimal(match["high"]) if match["high"] else None
        low, high = (None, first) if match["under"] else (first, last)
        yield StudyStatement("age", text[start:end], sentence.span_of(start, end), low, high, "year")
