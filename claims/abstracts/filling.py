"""The slots of one finding of an abstract: what its sentence says, and what it takes over from the title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from claims.abstracts.slots import Named, named_in
from claims.concepts import CLOSE, Fit, Vocabulary
from claims.expressions import expression
from claims.findings.composite import PRIMARY
from claims.model import Mention
from claims.sentence.change import change_cues
from claims.sentence.direction import direction
from graph.contrasts import includes_no_effect, is_ratio
from graph.evidence import EffectEstimate, Finding, Iri

__all__ = ["with_slots"]


_GROUPS = expression(
    r"\b(?:groups?|arms?|placebo|sham|controls?|intervention|treat(?:ment|ed)|supplement\w*|compared|versus|vs|"
    r"users|effects?|randomi[sz]ed|quintile|quartile|tertile|highest|lowest|intake|consum\w+)\b",
    re.IGNORECASE,
)
_MORE_EFFECTIVE = expression(r"\b(?P<how>more effective|superior|less effective|inferior)\b", re.IGNORECASE)


def with_slots(
    finding: Finding,
    clause: str,
    title: Named,
    comparator: tuple[Iri, ...],
    population: tuple[Iri, ...],
    before: tuple[Iri, ...],
    earlier: tuple[Iri, ...],
    primary: tuple[Iri, ...],
    vocabulary: Vocabulary,
    short: dict[str, Iri],
) -> Finding:
    """The finding with its slots; ``clause`` is the part of its sentence that tells of it alone.

    ``comparator``, ``population``: of the whole abstract, where the sentence names none. ``before``: the
    outcome of the finding told just before in the same sentence, ``earlier`` of that in the sentence before.
    ``primary``: what the abstract says its primary outcome is. ``short``: abbreviations and what they name.
    """
    quote = finding.quote or ""
    here = named_in(quote, vocabulary, short, title)
    part = named_in(clause, vocabulary, short, title) if clause != quote else here
    said = finding.effect_direction
    effect = finding.effect
    counted = effect is not None and (
        (is_ratio(effect.measure) and effect.low is not None)
        or effect.measure.startswith("percent-")
        or (effect.measure == "mean-difference" and (effect.value or 0) < 0 and said == "decreases")
    )
    bettered = effect is not None and is_ratio(effect.measure) and _BETTERED.search(quote) is not None
    if bettered:  # the ratio is of getting better, the words say of what
        said, counted = None, False
    if part.outcome and clause != quote:
        outcome, way = _outcome(clause, part.outcome, said, vocabulary, counted)
        if not counted and said not in (None, "no-difference") and not change_cues(clause):
            # "latency improved by 19 minutes, waking by 26": the verb stands before the first
            shared = [mention for mention in here.outcome if mention.concept in outcome]
            outcome, way = _outcome(quote, shared, said, vocabulary)
    elif before and clause != quote:  # "(… 95% CI …; RR 0.77)": the same outcome, another measure
        outcome, way = before, said
    elif earlier and not here.outcome and _ELLIPSIS.search(quote):  # "education alone did not"
        outcome, way = earlier, said
    elif primary and not here.outcome and PRIMARY.search(quote):
        outcome, way = primary, said
    else:
        outcome, way = _outcome(quote, here.outcome, said, vocabulary, counted)
    if said is None and _may_be_none(finding.effect):
        way = None
    if bettered and finding.effect_direction == "decreases":
        way = _TURNED.get(way or "", way)  # fewer got better
    if not outcome and not here.outcome and here.comparator:
        outcome, way = _more_effective(quote, said, way, title, vocabulary)
    if counted and _CURED.search(clause):
        way = None  # "more likely to report cure": more of the cure, less of what was cured
    # a sentence that names neither the exposure nor the groups may be about anything at all
    spoken_of = bool(here.exposure) or _GROUPS.search(quote) is not None or _main_result(finding)
    named = part.exposure if part.exposure and len(here.exposure) > 1 else here.exposure
    together = (*title.together, *(iri for iri in here.together if iri not in title.together))
    exposure = _tried(title.exposure, named, vocabulary) if spoken_of or not title.exposure else ()
    exposure, against = _by_groups(finding, exposure, vocabulary, short)
    return replace(
        finding,
        exposure=exposure,
        co_intervention=tuple(iri for iri in together if iri not in exposure),
        comparator=part.comparator[:1] or here.comparator[:1] or against or comparator,
        outcome=outcome or (() if here.outcome else _of_title(quote, title, tells_of=bool(here.exposure))),
        population=here.population or population,
        effect_direction=None if not bettered and _beside(finding.effect, way) else way,
    )


# a ratio of those who got better: "the percentage of participants with meaningful improvement in pain"
_BETTERED = expression(
    r"\b(?:proportion|percentage|share|number|rate|likelihood|probability|odds)s?\s(?:of\s)?"
    r"(?:(?:patients|participants|people|those|women|men|adults|children)\s)?"
    r"(?:with|who\s(?:had|achieved|reported|experienced)|achieving|reporting|experiencing|having)\s"
    r"(?:an?\s|at least\s)?(?:[\w%≥-]+\s){0,4}?"
    r"(?:improve\w*|respon\w+|relief|recover\w*|remission|reductions?)\b",
    re.IGNORECASE,
)
_TURNED = {"increases": "decreases", "decreases": "increases"}


def _more_effective(
    quote: str, said: str | None, way: str | None, title: Named, vocabulary: Vocabulary
) -> tuple[tuple[Iri, ...], str | None]:
    """What "more effective than" is said of: the one outcome that the title names, which is bettered."""
    how = _MORE_EFFECTIVE.search(quote)
    outcomes = tuple(dict.fromkeys(mention.concept for mention in title.outcome))
    if how is None or len(outcomes) != 1:
        return (), way
    if said == "no-difference":
        return outcomes, said
    concept = vocabulary.concepts.get(outcomes[0])
    if concept is None or concept.valence is None:
        return (), way
    more = how["how"].lower() in ("more effective", "superior")
    return outcomes, "increases" if (concept.valence == "higher") == more else "decreases"


def _by_groups(
    finding: Finding, exposure: tuple[Iri, ...], vocabulary: Vocabulary, short: dict[str, Iri]
) -> tuple[tuple[Iri, ...], tuple[Iri, ...]]:
    """What was tried and what it was compared with, where two groups are named by what they got.

    "30 % of the exercise group and 36 % of the education group"; under a title "aspirin or heparin" the
    second group's is no longer what was tried.
    """
    if len(finding.groups) != 2 or not exposure:
        return exposure, ()
    first, second = (
        [
            one.concept
            for one in vocabulary.find(group.label, short)
            if {"exposure", "comparator"} & set(one.roles)
        ]
        for group in finding.groups
    )
    tried = tuple(iri for iri in exposure if vocabulary.best_fit((iri,), second) not in CLOSE)
    if vocabulary.best_fit(tried, first) not in CLOSE:
        return exposure, ()
    return tried, tuple(second[:1])


_CURED = expression(
    r"\b(?:cure[ds]?|resolution|resolved|recover(?:y|ed)|in remission|achieved? remission|symptom-free)\b",
    re.I,
)
_ELLIPSIS = expression(r"\b(?:did|does|do|was|were) not\s*(?:$|[.,;(\[])", re.IGNORECASE)


def _main_result(finding: Finding) -> bool:
    """Whether it is an estimate with its interval among the results, or that nothing differed: what the study
    was made for, where its sentence names neither what was tried nor the groups.

    A ratio of what something unknown went with ("early complaints predicted pain") is not.
    """
    effect = finding.effect
    if finding.quote_role != "result":
        return False
    if finding.effect_direction == "no-difference" and (effect is None or effect.low is None):
        return True
    if effect is None or effect.low is None:
        return False
    if effect.measure.endswith("-ratio") and _OF_ITS_OWN.search(finding.quote or ""):
        return False
    return effect.measure.endswith(("difference", "-ratio"))


_OF_ITS_OWN = expression(
    r"\b(?:predict(?:s|ed|ors?|ive)|associated|correlated|linked|related to|determinants?|risk factors?)\b",
    re.I,
)


def _may_be_none(effect: EffectEstimate | None) -> bool:
    """Whether the interval includes no effect, so that no word of the sentence says which way it went."""
    return effect is not None and includes_no_effect(effect) is True


def _tried(titled: tuple[Iri, ...], named: tuple[Iri, ...], vocabulary: Vocabulary) -> tuple[Iri, ...]:
    """What a sentence of an abstract tells of: what the title names, unless it names something else itself.

    "Long sleep was not associated with obesity", under a title on sleep duration, is of long sleep; under
    one on short sleep just as well.
    """
    if not titled or not named:
        return titled or named
    fit = vocabulary.best_fit(named, titled)
    if fit in (Fit.SAME, Fit.BROADER):
        # of several arms ("a diet or metformin") those that the sentence speaks of
        of_these = tuple(
            iri for iri in titled if vocabulary.best_fit(named, (iri,)) in (Fit.SAME, Fit.BROADER)
        )
        return of_these or titled
    if fit is Fit.NARROWER:
        return tuple(iri for iri in named if vocabulary.best_fit((iri,), titled) is Fit.NARROWER)
    return named[:1]


def _beside(effect: EffectEstimate | None, way: str | None) -> bool:
    """Whether a ratio lies on the other side of one than the words say: then neither is trusted."""
    if effect is None or effect.value is None or not is_ratio(effect.measure):
        return False
    return (way == "increases" and effect.value < 1) or (way == "decreases" and effect.value > 1)


def _outcome(
    quote: str,
    named: Sequence[Mention],
    found: str | None,
    vocabulary: Vocabulary,
    counted: bool = False,
) -> tuple[tuple[Iri, ...], str | None]:
    """The outcomes that the sentence speaks of in one direction, and that direction.

    Where it says different things of different outcomes only those of the finding's own direction are
    kept; without one, those of the first. ``counted``: the direction is that of a ratio's interval.
    """
    ways: dict[Iri, str | None] = {}
    taken = [(mention.span.start, mention.span.end) for mention in named]
    for mention in named:
        known = vocabulary.concepts.get(mention.concept)
        at = (mention.span.start, mention.span.end)
        way = direction(quote, at, known.valence if known else None, taken)
        ways.setdefault(mention.concept, way)
    if not ways:
        return (), found
    told = {way for way in ways.values() if way is not None}
    if not counted and found != "no-difference" and len(told) == 1:
        found = told.pop()  # "depression improved more": less of it, whatever the word
    wanted = found or next(iter(ways.values()))
    kept = tuple(iri for iri, way in ways.items() if way in (wanted, None))
    return kept if counted else kept or tuple(ways)[:1], wanted


_RISK = expression(
    r"\b(?:risks?|odds|incidence|hazards?|likelihood|chances?|less likely|more likely)\b", re.I
)
_IN_BRACKETS = expression(r"[(\[][^()\[\]]*[)\]]")


def _of_title(quote: str, title: Named, *, tells_of: bool) -> tuple[Iri, ...]:
    """What "a lower risk", said of nothing, is the risk of: the one outcome that the title names.

    A ratio in brackets says so only in a sentence that ``tells_of`` something tried: "staff turnover did not
    differ (risk ratio 0.92)" is of the turnover.
    """
    outcomes = tuple(dict.fromkeys(mention.concept for mention in title.outcome))
    said = quote if tells_of else _IN_BRACKETS.sub("", quote)
    return outcomes if len(outcomes) == 1 and _RISK.search(said) else ()
