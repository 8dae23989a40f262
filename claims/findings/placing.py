"""Of what a source prints a number: the group, the time and the outcome that stand beside it.

An abstract gives one rate for those vaccinated before 17 and another for those vaccinated later. Either may
be told of the other: the number is in the source, though not there. Here the words around each printed result
are set against the words around a claim's number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from claims import quantities
from claims.alignment import content_words
from claims.concepts import CLOSE, Fit, Vocabulary
from claims.expressions import expression
from claims.findings.accuracy import ACCURACY, as_percent
from claims.findings.extracting import extract
from claims.magnitude import ratio_of
from claims.printed.words import words_of
from graph.evidence import EffectEstimate, Iri

__all__ = ["PRINTED_IN_PERCENT", "Misplaced", "Placed", "contexts_of", "excerpt", "misplaced", "results_of"]


@dataclass(frozen=True, slots=True)
class _Words:
    """What a run of text is about: stems (``¬`` before those denied), concepts, days after which, ages."""

    stems: frozenset[str] = frozenset()
    concepts: frozenset[Iri] = frozenset()
    days: tuple[Decimal, ...] = ()
    ages: frozenset[tuple[Decimal, Decimal | None]] = frozenset()
    levels: frozenset[tuple[str, str]] = frozenset()  # "low-grade": which of several, of what
    named: tuple[tuple[Iri, frozenset[str]], ...] = ()  # each concept with the stems that name it


@dataclass(frozen=True, slots=True)
class _Claim:
    """A claim's words: those with its number, also without the title's; all of them, also without those."""

    beside: _Words
    own: _Words
    whole: _Words
    beyond_title: _Words


@dataclass(frozen=True, slots=True)
class Placed:
    """A result as an abstract prints it. ``kind``: ratio, percent, an accuracy, or difference and its unit.

    ``value`` as printed (accuracies in percent). ``own``: the words that stand with this number alone;
    ``around``: those of its whole sentence. ``sentence`` is where that begins in the abstract.
    """

    kind: str
    value: Decimal
    effect: EffectEstimate | None
    own: str
    around: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A number that stands in the source beside ``where``, told of what ``instead`` is the result of."""

    where: Placed
    instead: Placed


_DENIED = expression(
    r"\b(?:(?:without|never|free (?:of|from)|no|not|lack(?:ing|ed)?)\s"
    r"(?:(?:any|a|an|the|having|had|been|being)\s)?(?P<word>[^\W\d_]{4,})|(?:non-?|un|in)(?P<whole>vaccinated|smok\w+|treated|screened|exposed|users?|drink\w+"
    r"|immuni[sz]ed|active|pregnant|infected|diabetic\w*)|a(?P<symptom>symptomatic))",
    re.IGNORECASE,
)
_LEVEL = expression(
    r"\b(?P<level>low|high|early|late|mild|moderate|severe|first|second|third|fourth|primary|secondary|upper|lower"
    r"|left|right|short|long|new|old|inner|outer|major|minor|acute|chronic)(?:er|est)?[-‐‑ ]"
    r"(?P<of>[^\W\d_]{4,})",
    re.IGNORECASE,
)
_CUT_OFF = expression(
    r"\b(?:cut-?(?:off|point)s?|thresholds?|scores?|scoring)\s(?:(?:value|score|level)s?\s)?(?:of\s|at\s)?"
    r"(?:at least\s|[≥>]\s?)?(?P<one>\d+(?:\.\d+)?)"
    r"|\bat\s(?P<two>\d+(?:\.\d+)?)\s(?:points?\s)?or\s(?:higher|more|above|greater|over)",
    re.IGNORECASE,
)
_AT = expression(r"\b(?P<unit>day|week|month|year)\s(?P<number>\d{1,3})\b", re.IGNORECASE)
_PAIR_OF_AGES = expression(r"\b(?:aged?|between|ages)\s(\d{1,2})(?:\sand\s|\sto\s|\s?[-–]\s?)(\d{1,2})\b")


_KEPT = 4096
_kept: dict[str, tuple[Vocabulary, _Words]] = {}


def _words_of(text: str, vocabulary: Vocabulary) -> _Words:
    """What a run of text is about."""
    known = _kept.get(text)
    if known is None or known[0] is not vocabulary:
        if len(_kept) >= _KEPT:
            _kept.clear()
        known = _kept[text] = (vocabulary, _read(text, vocabulary))
    return known[1]


def _read(text: str, vocabulary: Vocabulary) -> _Words:
    denied = frozenset(
        "¬" + stem
        for match in _DENIED.finditer(text)
        for stem in content_words(match["word"] or match["whole"] or match["symptom"])
    )
    plain = _CUT_OFF.sub(" ", _DENIED.sub(" ", text))
    mentions = vocabulary.find(text)
    days, ages = [], set()
    for one in quantities.find(text):
        if one.role == "age":
            ages.add((one.value, one.high))
        elif one.role == "duration" and one.unit is not None:
            length = quantities.convert(one.high or one.value, one.unit, "day")
            if length is not None:
                days.append(length)
    for low, high in _PAIR_OF_AGES.findall(text):
        ages.add((Decimal(low), Decimal(high)))
    for match in _AT.finditer(text):
        length = quantities.convert(Decimal(match["number"]), match["unit"].lower(), "day")
        if length is not None:
            days.append(length)
    return _Words(
        content_words(plain) | denied,
        frozenset(mention.concept for mention in mentions),
        tuple(days),
        frozenset(ages),
        frozenset(
            (match["level"].lower(), stem)
            for match in _LEVEL.finditer(text)
            for stem in content_words(match["of"]) or {match["of"].lower()[:5]}
        )
        | frozenset((match["one"] or match["two"], "cut-off") for match in _CUT_OFF.finditer(text)),
        tuple((mention.concept, content_words(mention.label)) for mention in mentions),
    )


PRINTED_IN_PERCENT = "change in percent"  # "82 % effective": a ratio only where the source tells it so
_RATIOS = (
    "hazard-ratio",
    "risk-ratio",
    "rate-ratio",
    "odds-ratio",
    "ratio",
    "percent-reduction",
    "percent-change",
)
_DIFFERENCES = ("mean-difference", "median-difference")


def _kind(effect: EffectEstimate) -> str | None:
    if effect.measure in ACCURACY:
        return effect.measure
    if effect.measure in _RATIOS:
        return "ratio"
    if effect.measure in _DIFFERENCES:
        return f"difference {effect.unit or 'point'}"
    return None


@lru_cache(maxsize=512)
def results_of(abstract: str, title: str | None = None) -> tuple[Placed, ...]:
    """The results of an abstract with the words that each stands with, in reading order.

    >>> text = "Falls were fewer in women (RR 0.70) and in men (RR 0.90)."
    >>> [(str(one.value), one.own.strip(" ()")) for one in results_of(text)]
    [('0.70', 'Falls were fewer in women'), ('0.90', 'and in men')]
    """
    found: list[Placed] = []
    groups: dict[int, dict[Decimal, str]] = {}
    by_sentence: dict[tuple[int, int], list[tuple[int, int, str, Decimal, EffectEstimate | None]]] = {}
    for one in extract(abstract, title=title):
        if one.quote_role not in ("result", "synthesis"):
            continue
        at = by_sentence.setdefault((one.start, one.end), [])
        for group in one.groups:
            if group.measure == "percent" and group.value is not None:
                groups.setdefault(one.start, {})[group.value] = group.label
        if one.effect is None or one.effect.value is None or one.effect_start is None:
            continue
        kind = _kind(one.effect)
        if kind is not None and one.effect_end is not None:
            value = one.effect.value
            if kind in ACCURACY:
                value = as_percent(value, one.effect.unit)
            at.append(
                (one.effect_start - one.start, one.effect_end - one.start, kind, abs(value), one.effect)
            )
    for (start, end), at in sorted(by_sentence.items()):
        sentence = abstract[start:end]
        taken = [(low, high) for low, high, *_ in at]
        for quantity in quantities.find(sentence):
            share = quantity.role == "percent" and quantity.unit == "percent" and quantity.high is None
            if share and not any(low <= quantity.start < high for low, high in taken):
                at.append((quantity.start, quantity.end, "percent", abs(quantity.value), None))
        at.sort(key=lambda one: one[0])
        contexts = contexts_of(sentence, [(low, high) for low, high, *_ in at])
        for (_, _, kind, value, effect), own in zip(at, contexts, strict=True):
            named = groups.get(start, {}).get(value) if kind == "percent" else None
            found.append(Placed(kind, value, effect, named or own, sentence, start))
    return tuple(found)


_BEHIND = expression(
    r"(?:[^.;()\[\]]{0,60}[)\]]|[)\]])?\s?,?\s?(?:(?!(?:and|but|while|whereas|or)\b)\w+\s){0,2}?(?:in|among|for|with|at|on|of|to|after|from|when|by)\s",
    re.IGNORECASE,
)
_SENTENCE = expression(r"[.;]\s+(?=[A-Z])|;\s")
_RESPECTIVELY = expression(r"\brespectively\b", re.IGNORECASE)
_LISTED = expression(r",\s(?:and\s)?|\sand\s|\sor\s")


def contexts_of(sentence: str, places: Sequence[tuple[int, int]]) -> list[str]:
    """The words that stand with each of several numbers alone; all words where there is just one."""
    if len(places) < 2:
        return [sentence for _ in places]
    starts, ends = [low for low, _ in places], [high for _, high in places]
    after = [sentence[a:b] for a, b in zip(ends, [*starts[1:], len(sentence)], strict=True)]
    after = [_SENTENCE.split(one)[0] for one in after]
    respectively = _RESPECTIVELY.search(sentence, ends[-1])
    if respectively is not None:
        named = _listed(sentence[ends[-1] : respectively.start()], len(places), last=False)
        named = named or _listed(sentence[: starts[0]], len(places), last=True)
        return named or ["" for _ in places]
    behind = [_BEHIND.match(one) is not None for one in after]
    if all(behind):
        return after
    if any(behind[:-1]):
        return ["" for _ in places]  # told in more ways than one
    before = [sentence[a:b] for a, b in zip([0, *ends[:-1]], starts, strict=True)]
    before = [_SENTENCE.split(_outside_brackets(one))[-1] for one in before]
    if behind[-1] and not content_words(before[-1]):  # "92 % with X against 76 % with Y"
        before[-1] = after[-1]
    return before


_HALF_OPEN = expression(r"^[^()]*\)|\((?:[^()]|\([^()]*\))*$")


def _outside_brackets(text: str) -> str:
    """A stretch of a sentence without the half brackets that it begins and ends with.

    >>> _outside_brackets("; 46 trials, RR 1.02) and with tea (11 dead/97 (12%); 26 trials, RR ")
    ' and with tea '
    """
    return _HALF_OPEN.sub("", text) or text


def _listed(text: str, count: int, *, last: bool) -> list[str]:
    """The ``count`` things that a text lists, at its end where ``last``; [] where it lists another number."""
    parts = [part for part in _LISTED.split(re.sub(r"^[\s)\]]+", "", text)) if part.strip(" ,(")]
    if len(parts) == count:
        return parts
    return parts[-count:] if last and len(parts) > count else []


def _same_days(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= max(one, other) / 25


def _only(mine: _Words, others: _Words, vocabulary: Vocabulary) -> _Words:
    """The words of one place that are not those of another, by name or by what they name."""
    shared = {iri for iri in mine.concepts if vocabulary.best_fit((iri,), others.concepts) in CLOSE}
    named = frozenset(stem for iri, stems in mine.named if iri in shared for stem in stems)
    named -= {stem for stem in named if f"¬{stem}" in others.stems}  # with it here, without it there
    return _Words(
        mine.stems - others.stems - named,
        mine.concepts - shared,
        tuple(day for day in mine.days if not any(_same_days(day, other) for other in others.days)),
        mine.ages - others.ages,
        mine.levels - others.levels,
    )


def _shares(words: _Words, claim: _Words, vocabulary: Vocabulary) -> bool:
    """Whether a claim names anything of what one place has."""
    return (
        bool(words.stems & claim.stems or words.ages & claim.ages or words.levels & claim.levels)
        or vocabulary.best_fit(words.concepts, claim.concepts) in _NEAR
        or any(_same_days(day, other) for day in words.days for other in claim.days)
    )


def _parts(iri: Iri, vocabulary: Vocabulary) -> set[str]:
    """What a concept may be; what was compared with is a group as what was tried is."""
    return {"exposure" if role == "comparator" else role for role in vocabulary.roles(iri)}


_NEAR = (*CLOSE, Fit.SURROGATE)
_AS_NARROW = (Fit.SAME, Fit.NARROWER)


def _apart(one: _Words, other: _Words, claim: _Words, near: bool, vocabulary: Vocabulary) -> bool:
    """Whether two places differ in what the claim names of the second: other times, ages, groups or outcomes.

    ``near``: both stand in one sentence, where plain words tell them apart as well.
    """
    if one.days and any(_same_days(day, told) for day in other.days for told in claim.days):
        return True
    if one.ages and other.ages & claim.ages:
        return True
    told = other.levels & claim.levels
    if any(level != another and of == what for level, of in told for another, what in one.levels):
        return True
    for stem in other.stems & claim.stems:
        if (stem[1:] if stem[0] == "¬" else f"¬{stem}") in one.stems:
            return True
    for iri in other.concepts:
        if vocabulary.best_fit(claim.concepts, (iri,)) in _AS_NARROW and any(
            _parts(iri, vocabulary) & _parts(mine, vocabulary) for mine in one.concepts
        ):
            return True
    return near and bool(one.stems) and bool(other.stems & claim.stems)


def misplaced(
    values: Sequence[tuple[str, Decimal, Decimal]],
    own: str,
    whole: str,
    results: Sequence[Placed],
    title: str,
    vocabulary: Vocabulary,
) -> Misplaced | None:
    """The result that a claim's words are about, where its number is another's; None where it may be right.

    ``values``: what the number may be in the source, as (kind, value, slack). ``own``: the claim's words
    with this number, ``whole``: all of them. What the ``title`` names all results are about.
    """
    mine = [one for one in results if any(_is(one, *value) for value in values)]
    if not mine or not all(words_of(one.own) for one in mine):
        return None  # of what a number is that stands with no words of its own cannot be told
    said, titled, beside = (_words_of(text, vocabulary) for text in (whole, title, own))
    topic = frozenset(stem for stem in titled.stems if stem[0] != "¬")
    own_words = replace(beside, stems=beside.stems - topic)
    claim = _Claim(beside, own_words, said, _only(said, titled, vocabulary))
    best: Misplaced | None = None
    for one in mine:
        others = [
            other
            for other in results
            if other.kind == one.kind
            and not any(_is(other, *value) for value in values)
            and _told_better(one, other, claim, vocabulary)
        ]
        if not others:
            return None
        best = best or Misplaced(one, others[0])
    return best


def _told_better(one: Placed, other: Placed, claim: _Claim, vocabulary: Vocabulary) -> bool:
    """Whether a claim's words are those of ``other`` and none of them those of ``one`` alone."""
    near = one.sentence == other.sentence
    if near and not (one.own and other.own):
        return False  # told in more ways than one: what stands with which is not sure
    a = _words_of(one.own if near else one.around, vocabulary)
    b = _words_of(other.own if near else other.around, vocabulary)
    of_one, of_other = _only(a, b, vocabulary), _only(b, a, vocabulary)
    if _of_another_time(of_one, of_other, claim.own, vocabulary):
        return not of_one.ages & claim.whole.ages and not of_one.levels & claim.whole.levels
    leads = one.around.startswith(one.own)  # its words begin with what the whole sentence is about
    if _shares(of_one, claim.whole if near and not leads else claim.beyond_title, vocabulary):
        return False
    if one.kind == "percent" and near:  # two arms, of which the title may well name one
        return _apart(of_one, of_other, claim.beside, near, vocabulary)
    # what the title names all results are about, but for those that name another outcome of their own
    elsewhere = any(
        "outcome" in vocabulary.roles(iri) and vocabulary.best_fit(claim.whole.concepts, (iri,)) not in _NEAR
        for iri in of_one.concepts
    )
    words = claim.own
    if not near and not elsewhere:
        words = replace(claim.own, concepts=claim.own.concepts & claim.beyond_title.concepts)
    several = one.kind in ACCURACY and len(of_other.stems & words.stems) > 1  # two tests of one source
    return _apart(of_one, of_other, words, near or several, vocabulary)


def _of_another_time(one: _Words, other: _Words, claim: _Words, vocabulary: Vocabulary) -> bool:
    """Whether the claim's time is the second place's, which names no outcome of its own ("less so later")."""
    met = any(_same_days(day, told) for day in other.days for told in claim.days)
    mine = any(_same_days(day, told) for day in one.days for told in claim.days)
    elsewhere = any("outcome" in vocabulary.roles(iri) for iri in other.concepts)
    return met and bool(one.days) and not mine and not elsewhere


_EDGES = expression(
    r"^[\s%)\],;:.]*(?:and\s|vs\.?\s|versus\s)?"
    r"|[\s(\[,;:.]*(?:\s(?:and|vs\.?|versus|was|were|of))?[\s(\[,;]*$"
)
_LONGEST_EXCERPT = 90


def excerpt(context: str) -> str:
    """The words that stand with a number, for a message: without the brackets and joints around them.

    >>> excerpt(") among women who had been vaccinated before the age of 17 years and ")
    'among women who had been vaccinated before the age of 17 years'
    """
    plain = _EDGES.sub("", context)
    return plain if len(plain) <= _LONGEST_EXCERPT else f"{plain[:_LONGEST_EXCERPT].rsplit(' ', 1)[0]} …"


def _is(one: Placed, kind: str, value: Decimal, slack: Decimal) -> bool:
    if kind == PRINTED_IN_PERCENT:
        effect = one.effect
        in_percent = effect is not None and effect.measure.startswith("percent-")
        return one.kind == "ratio" and in_percent and abs(one.value - value) <= slack
    if one.kind != kind:
        return False
    if kind == "ratio" and one.effect is not None:
        ratio = ratio_of(one.effect)
        if ratio is None:
            return False
        changes = (abs(1 - ratio[0]) * 100, abs(1 - 1 / ratio[0]) * 100 if ratio[0] else Decimal(0))
        return any(abs(change - value) <= slack for change in changes)
    return abs(one.value - value) <= slack or (kind in ACCURACY and abs(100 - one.value - value) <= slack)
