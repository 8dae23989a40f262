"""What lowers and what raises the certainty of one body of evidence: a judge for each GRADE domain.

Each judge gives a step, or says that the domain is sound, or that it cannot be judged from what is
recorded.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from graph.certainty.bodies import Body, Item, estimates, events_of, independent, most_precise, people_of
from graph.contrasts import includes_no_effect, is_ratio
from graph.evidence import EffectEstimate, Iri, Study
from graph.reading.nodes import last_part
from graph.tracing.structure import is_synthesis
from graph.wording import number

_JCE = "J Clin Epidemiol 2011, 64"
SOURCES = {
    "start": f"GRADE guidelines 3: Balshem and others, {_JCE}: 401-406",
    "risk-of-bias": f"GRADE guidelines 4: Guyatt and others, {_JCE}: 407-415",
    "publication-bias": f"GRADE guidelines 5: Guyatt and others, {_JCE}: 1277-1282",
    "imprecision": f"GRADE guidelines 6: Guyatt and others, {_JCE}: 1283-1293",
    "inconsistency": f"GRADE guidelines 7: Guyatt and others, {_JCE}: 1294-1302",
    "indirectness": f"GRADE guidelines 8: Guyatt and others, {_JCE}: 1303-1310",
    **dict.fromkeys(
        ("large-effect", "dose-response", "opposing-confounding"),
        f"GRADE guidelines 9: Guyatt and others, {_JCE}: 1311-1316",
    ),
    "recommendation": "GRADE guidelines 11: Guyatt and others, J Clin Epidemiol 2013, 66: 151-157",
}
_SMALL = 100  # people: small trials alone are where unpublished ones are looked for (GRADE guidelines 5)
_ENOUGH = 400  # people: the rule of thumb of GRADE guidelines 6 for an optimal information size
_EVENTS = 300  # people with a yes-or-no outcome: the same rule of thumb where it is one (6)
_OF_RISKS = ("risk-ratio", "hazard-ratio")  # of which a large one is large for a person
_MANY = 4000  # people, with whom few events do not make imprecise what its interval says (6)
_IMPORTANT = (Decimal("0.75"), Decimal("1.25"))  # a ratio beyond these is an important difference (6)
_LARGE, _VERY_LARGE = 2, 5  # ratios (GRADE guidelines 9)


@dataclass(frozen=True, slots=True)
class Step:
    """One step down (negative) or up. ``domain`` is a last part of the scheme gradeDomain."""

    domain: str
    levels: int
    reason: str
    curated: bool = False

    @property
    def source(self) -> str:
        """The guideline paper that this step follows."""
        return SOURCES.get(self.domain, SOURCES["start"])


@dataclass(frozen=True, slots=True)
class Sound:
    """A domain that was judged and lowers nothing."""

    reason: str


@dataclass(frozen=True, slots=True)
class Open:
    """A domain that what is recorded leaves open. ``could_lower``: knowing more might cost a level."""

    reason: str
    could_lower: bool = True


def _counted(how_many: int, of: str = "independent study") -> str:
    return f"{how_many} {of if how_many == 1 else of.removesuffix('y') + 'ies'}"


def _risk_of_bias(body: Body) -> Step | Sound | Open:
    beyond = [(one,) for one in body.pooled if not body.named.keys() >= set(one.includes)]
    worst = [_worst(group) for group in (*body.groups, *beyond)]
    known = [one for one in worst if one is not None]
    if not known:
        return Open("risk of bias: not recorded")
    high, doubtful = known.count("high"), known.count("some-concerns") + known.count("unclear")
    carried = _counted(len(worst), "supporting study")
    if 2 * high >= len(worst):
        return Step("risk-of-bias", -1, f"risk of bias is high in {high} of {carried}")
    if 2 * (high + doubtful) >= len(worst):
        said = f"risk of bias: some concerns, or unclear, in {doubtful} of {carried}"
        return Open(f"{said}; a person has to say whether that lowers it")
    if len(known) < len(worst):
        return Open(f"risk of bias: recorded for {len(known)} of {carried}")
    return Sound(f"risk of bias: low in {known.count('low')} of {carried}")


def _worst(group: tuple[Study, ...]) -> str | None:
    said = {study.risk_of_bias for study in group}
    return next((one for one in ("high", "some-concerns", "unclear", "low") if one in said), None)


def _inconsistency(body: Body) -> Step | Sound | Open:
    credible = [item for item in body.refuting if item.line.strength in ("strong", "moderate")]
    carried = len(body.groups)
    compatible = [item for item in credible if _fits(item, body)]
    credible = [item for item in credible if item not in compatible]
    if credible:
        number_against = len(independent(credible))
        levels = -2 if number_against >= max(1, carried) and carried > 0 else -1
        said = f"{_counted(number_against)} {'speaks' if number_against == 1 else 'speak'} against it"
        return Step("inconsistency", levels, f"{said}, {carried} for it")
    apart = _far_apart(body) or _null(body)
    if apart is None and compatible:
        against = _counted(len(independent(compatible)))
        apart = f"what speaks against it ({against}) leaves room for what was found for it"
    if apart:
        return Open(f"inconsistency: {apart}; a person has to say whether that lowers it")
    if carried > 1:
        return Sound(
            f"inconsistency: {_counted(carried)} point the same way, and nothing credible refutes it"
        )
    if any(is_synthesis(study) for study in body.named.values()):
        return Open("inconsistency: how far the pooled studies agree is not recorded")
    if beside := len(independent([item for item in body.neutral if _fits(item, body)])):
        leave = "leaves" if beside == 1 else "leave"
        no_difference = f"{_counted(beside)} that found no difference"
        return Sound(f"inconsistency: {no_difference} {leave} room for what one found for it")
    return Open("inconsistency: cannot be seen in one study", could_lower=False)


def _fits(item: Item, body: Body) -> bool | None:
    """Whether the interval of a finding includes what was found for the claim; None: it cannot be told."""
    effect, other = item.finding.effect, most_precise(body, item)
    if effect is None or effect.low is None or effect.high is None or other is None:
        return None
    return effect.low <= _end(other.value) <= effect.high


def _null(body: Body) -> str | None:
    """Direct studies that found no clear difference, whose intervals exclude what was found for the claim."""
    apart = [item for item in body.neutral if item.line.directness == "direct" and _fits(item, body) is False]
    if not apart:
        return None
    how_many = _counted(len(independent(apart)))
    return f"the interval of {how_many} that found no difference has no room for what was found for it"


def _far_apart(body: Body) -> str | None:
    """Two independent studies of one outcome and measure whose intervals do not meet."""
    seen: dict[tuple[object, ...], list[tuple[Iri, EffectEstimate]]] = {}
    owner = {study.iri: group[0].iri for group in body.groups for study in group}
    for item in body.supporting:
        effect = item.finding.effect
        if item.study and item.study.iri in owner and effect and None not in (effect.low, effect.high):
            key = (effect.measure, effect.unit, item.finding.outcome, item.finding.time_point_days)
            seen.setdefault(key, []).append((owner[item.study.iri], effect))
    for (measure, *_), found in sorted(seen.items(), key=str):
        for (one, a), (other, b) in itertools.combinations(found, 2):
            if one != other and (_end(a.low) > _end(b.high) or _end(b.low) > _end(a.high)):
                spans = [f"{number(_end(e.low))} to {number(_end(e.high))}" for e in (a, b)]
                what = str(measure).replace("-", " ")
                return f"the intervals of two studies do not meet ({what} {spans[0]} and {spans[1]})"
    return None


def _end(value: Decimal | None) -> Decimal:
    return value if value is not None else Decimal(0)


def _indirectness(body: Body) -> Step | Sound | Open:
    species = {last_part(iri) for item in body.supporting if item.study for iri in item.study.species}
    if species and "human" not in species:
        return Step("indirectness", -2, "the support comes from other species: " + ", ".join(sorted(species)))
    directness = [item.line.directness for item in body.supporting]
    direct = directness.count("direct")
    if direct:
        if len(directness) == 1:
            return Sound("indirectness: its one supporting line bears on it directly")
        return Sound(f"indirectness: {direct} of {len(directness)} supporting lines bear on it directly")
    if "indirect" in directness:
        return Step("indirectness", -1, "no supporting line bears on it directly")
    return Open("indirectness: not recorded")


def _imprecision(body: Body) -> Step | Sound | Open:
    if body.direction == "no-difference":
        return _imprecision_of_no_difference(body)
    crossing = clear = 0
    for effect in estimates(body):
        includes = includes_no_effect(effect)
        if includes is not None:
            crossing, clear = crossing + includes, clear + (not includes)
    if crossing and not clear:
        return Step("imprecision", -1, "the intervals behind it include no effect")
    people, all_known = people_of(body)
    if people is None:
        if clear:
            return Open(f"imprecision: {_of(clear, crossing)}, but the number of people is not recorded")
        return Open("imprecision: no interval and no sample size recorded")
    if all_known and people < _ENOUGH:
        return Step("imprecision", -1, f"{people} people in all, fewer than {_ENOUGH}")
    events = events_of(body)
    if events is not None and all_known and people < _MANY and events < _EVENTS:
        return Step("imprecision", -1, f"{events} people with the outcome in all, fewer than {_EVENTS}")
    interval = f"{_of(clear, crossing)}, and " if clear else ""
    if not clear and not crossing:
        return Open(f"imprecision: {people} people, but no interval recorded")
    if people < _ENOUGH:
        return Open(f"imprecision: {interval}{people} people as far as recorded")
    return Sound(f"imprecision: {interval}{people} people")


def _of(clear: int, crossing: int) -> str:
    if clear + crossing == 1:
        return "the interval excludes no effect"
    return f"{clear} of {clear + crossing} intervals exclude no effect"


def _imprecision_of_no_difference(body: Body) -> Step | Sound | Open:
    """A claim of no difference is precise where its interval leaves no room for an important one."""
    wide = narrow = 0
    for effect in estimates(body):
        if is_ratio(effect.measure):
            inside = _IMPORTANT[0] <= _end(effect.low) and _end(effect.high) <= _IMPORTANT[1]
            narrow, wide = narrow + inside, wide + (not inside)
    if wide and not narrow:
        return Step(
            "imprecision", -1, "the interval leaves room for an important difference, by a quarter or more"
        )
    if narrow:
        return Sound(
            "imprecision: the interval leaves no room for an important difference, by a quarter or more"
        )
    people, all_known = people_of(body)
    if people is not None and all_known and people < _ENOUGH:
        return Step("imprecision", -1, f"{people} people in all, fewer than {_ENOUGH}")
    return Open("imprecision: no interval from which an important difference could be ruled out")


def _publication_bias(body: Body) -> Open:
    """Never a step of its own: a funnel of published studies says nothing of those that were not."""
    sizes = [max((s.sample_size or _SMALL for s in group), default=_SMALL) for group in body.groups]
    if len(sizes) >= 3 and all(size < _SMALL for size in sizes):
        return Open(
            f"publication bias: not assessed; all {len(sizes)} supporting studies have fewer than {_SMALL}"
            " people, a pattern in which GRADE asks to look for unpublished ones"
        )
    return Open("publication bias: not assessed", could_lower=False)


def _dose_response(body: Body) -> Step | None:
    """Rating up: within one study, three or more rising doses, each with more of the effect than the last."""
    series: dict[tuple[object, ...], dict[Decimal, EffectEstimate]] = {}
    for item in body.supporting:
        effect = item.finding.effect
        doses = [dose for dose in item.finding.dose if dose.role == "category"]
        if item.study is None or effect is None or not is_ratio(effect.measure) or len(doses) != 1:
            continue
        middle = doses[0].low if doses[0].low is not None else doses[0].high
        if middle is None or effect.value is None:
            continue
        key = (item.study.iri, item.finding.outcome, effect.measure, doses[0].unit)
        series.setdefault(key, {})[middle] = effect
    for (study, _, _, unit), found in sorted(series.items(), key=str):
        ordered = [found[dose] for dose in sorted(found)]
        values = [one.value for one in ordered if one.value is not None]
        last = ordered[-1]
        rising = all(a < b for a, b in itertools.pairwise(values)) and values[0] >= 1
        falling = all(a > b for a, b in itertools.pairwise(values)) and values[0] <= 1
        if len(values) < 3 or not (rising or falling):
            continue
        if includes_no_effect(last) is False:
            said = ", ".join(str(value) for value in values)
            return Step(
                "dose-response",
                1,
                f"more of it goes with more of the effect in {last_part(str(study))}:"
                f" {said} over rising doses in {unit}",
            )
    return None


def _large_effect(body: Body) -> Step | None:
    """Rating up: in every study with an estimate, a risk at least doubled or halved, clear of no effect.

    Odds ratios are left aside: where the outcome is common they look larger than the risk does. So are ratios
    of other things than risks.
    """
    largest: dict[Iri, Decimal] = {}
    for item in body.supporting:
        effect = item.finding.effect
        if effect is None or item.study is None or item.line.directness != "direct":
            continue
        if effect.measure not in _OF_RISKS or not effect.value:
            continue
        if effect.value < 0 or effect.low is None or effect.high is None or effect.low <= 0:
            continue
        size = Decimal(1) if includes_no_effect(effect) else max(effect.value, 1 / effect.value)
        largest[item.study.iri] = max(size, largest.get(item.study.iri, Decimal(0)))
    smallest = min(largest.values(), default=Decimal(1))
    if smallest >= _VERY_LARGE:
        return Step("large-effect", 2, "the effect is very large: a risk changed at least fivefold")
    if smallest >= _LARGE:
        return Step("large-effect", 1, "the effect is large: a risk at least doubled or halved")
    return None


DOWN: tuple[tuple[str, Callable[[Body], Step | Sound | Open]], ...] = (
    ("risk-of-bias", _risk_of_bias),
    ("inconsistency", _inconsistency),
    ("indirectness", _indirectness),
    ("imprecision", _imprecision),
    ("publication-bias", _publication_bias),
)
UP: tuple[tuple[str, Callable[[Body], Step | None]], ...] = (
    ("large-effect", _large_effect),
    ("dose-response", _dose_response),
)
