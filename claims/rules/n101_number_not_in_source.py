"""N101: a number that the cited source does not give, nor lets follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from claims import magnitude, quantities
from claims.alignment import content_words
from claims.concepts import CLOSE, Vocabulary, vocabulary_of
from claims.findings import finding_in_words
from claims.findings.accuracy import SHARES
from claims.findings.choosing import cited_findings, told_findings
from claims.findings.composite import of_the_whole
from claims.findings.known import KnownNumber, numbers_of, of_finding, other_period
from claims.findings.placing import PRINTED_IN_PERCENT, Misplaced, contexts_of, excerpt, misplaced, results_of
from claims.findings.telling import estimate_in_words, group_in_words
from claims.magnitude import MagnitudeCue
from claims.model import Confidence, Diagnostic, LinkedClaim, LinkedFinding, Quantity, Severity
from claims.pointing import path_to, paths_to, source_of
from claims.rule import Facts, Rule, rule
from claims.specifying import told_apart
from graph.evidence import Finding
from graph.wording import amount
from graph.wording import number as as_number

_PEOPLE = re.compile(
    r"\s(?:[a-z-]{2,20}\s){0,2}?(?:participants?|people|adults|patients|men|women|subjects|individuals|volunteers"
    r"|children|adolescents)\b",
    re.IGNORECASE,
)
_WHOLE_STUDY = re.compile(
    r"\b(?:trial|study|cohort|review|analysis|survey|sample|followed|enrolled|recruited|randomi[sz]ed|tracked"
    r"|included|involving|involved|on|total of|data (?:from|on))\s(?:of\s|in\s|on\s|with\s|about\s|nearly\s"
    r"|more than\s|over\s|almost\s|some\s|around\s|roughly\s)*$",
    re.IGNORECASE,
)
_PAIR_AFTER = re.compile(
    r"\s?%?\s(?:\w+\s)?(?:to|versus|vs\.?|against|compared (?:with|to)|in the (?:control|placebo))\b"
)
_PAIR_BEFORE = re.compile(
    r"\b(?:from|median of|mean of|average of|versus|vs\.?|against|to|compared (?:with|to))\s(?:an?\s|the\s)?"
    r"(?:median\s|mean\s|average\s)?(?:of\s)?(?:about\s)?$",
    re.IGNORECASE,
)
_RATIO_BEFORE = re.compile(
    r"\b(?:a?HR|a?RR|a?OR|hazard ratio|risk ratio|odds ratio|relative risk|rate ratio)s?\b[^\d]{0,12}$",
    re.IGNORECASE,
)


_GROUP_AFTER = re.compile(
    r"\s?%?\s(?:of|in|on|among|with|for)\s(?:(?:the|those|people|them|all|their|who)\s){0,2}(?:\w[\w-]*\s){0,4}?"
    r"(?:groups?|arms?|placebo|controls?|sham|list|care|treat(?:ment|ed)|runners|users|\w+ers|taking|took|given|"
    r"receiving|assigned|waiting)\b",
    re.IGNORECASE,
)
_DIFFERENCE_BEFORE = re.compile(
    r"\b(?:S?MD|WMD|(?:standardi[sz]ed |weighted )?mean differences?|effect sizes?"
    r"|Cohen['’]s d|Hedges['’]? g)\b"
    r"[^\d]{0,14}$"
)
_BY_BEFORE = re.compile(r"\bby\s(?:about\s|around\s|roughly\s|nearly\s|almost\s|an average of\s)?$")


@dataclass(frozen=True, slots=True)
class _Judgement:
    """Nothing known that fits; ``against`` are the numbers of the same kind that the source gives."""

    against: tuple[KnownNumber, ...]
    linked: LinkedFinding


@rule(
    "N101",
    "number-not-in-source",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Quotation errors in the medical literature: Jergas and Baethge 2015, PeerJ 3:e1364",
        "Cochrane Handbook, chapter 15.3: interpreting results (Schünemann et al. 2023)",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterator[Diagnostic]:
    """A number is not in the cited source and does not follow from it."""
    vocabulary = vocabulary_of(facts.evidence)
    for linked in facts.claims:
        if not linked.works or linked.claim.kind == "recommendation":
            continue
        cited = cited_findings(linked)
        if not cited:
            continue
        known = numbers_of(cited, linked.works)
        if not known:
            continue
        known = _without_turned(known, told_findings(linked))
        text = linked.claim.sentence.text
        cues = {cue.start: cue for cue in magnitude.words(text) if cue.kind == "percent"}
        for quantity, start, end in _printed(linked, text):
            if quantity.role in ("year", "age"):
                continue
            if _is_known(quantity, known):
                other = _of_another(quantity, cues.get(start), linked, cited, vocabulary) or _of_another_part(
                    quantity, cues.get(start), linked, cited, vocabulary
                )
                if other is not None:
                    yield _belongs_elsewhere(rule, linked, quantity, other, vocabulary)
                elif start in cues and (pair := of_the_whole(quantity, linked, cited, vocabulary)):
                    yield _belongs_elsewhere(rule, linked, quantity, _Elsewhere(*pair), vocabulary)
                elif beside := _beside_others(quantity, cues.get(start), linked, cited, start, vocabulary):
                    yield _told_of_another(rule, linked, quantity, beside, cited[0])
                continue
            if quantity.high is None and other_period(quantity.value, quantity.unit, known):
                continue  # N107 says so
            cue = cues.get(start)
            judged = _against(quantity, text, start, end, cue, linked, known)
            if judged is not None:
                yield _contradicts(rule, linked, quantity, judged)
            elif quantity.unit is not None and quantity.role in ("percent", "other"):
                yield _not_recorded(rule, linked, quantity, cited[0])


def _without_turned(known: Sequence[KnownNumber], told: Sequence[LinkedFinding]) -> tuple[KnownNumber, ...]:
    """The numbers without what follows from another finding than the one told when that is turned around."""
    own = {one.finding.iri for one in told}
    turned = ("reciprocal", "group-change", "group-ratio")
    return tuple(
        one
        for one in known
        if not own or one.kind not in turned or one.finding is None or one.finding.iri in own
    )


def _printed(linked: LinkedClaim, text: str) -> Iterator[tuple[Quantity, int, int]]:
    """The claim's quantities with their place in the sentence."""
    found = {(one.start, one.end): one for one in quantities.find(text)}
    offsets = linked.claim.sentence.offsets
    for (start, end), _ in sorted(found.items()):
        for quantity in linked.claim.quantities:
            if quantity.span.start == offsets[start]:
                yield quantity, start, end
                break


def _is_known(quantity: Quantity, known: Sequence[KnownNumber]) -> bool:
    if quantity.high is None:
        return _is_among(quantity, quantity.value, known)
    if _is_among(quantity, quantity.value, known) and _is_among(quantity, quantity.high, known):
        return True
    # "three to five times a week" of a study's "five": a range that holds what was studied
    doses = [number for number in known if number.kind == "dose"]
    if quantity.role != "dose" or quantity.unit is None:
        return False
    for number in doses:
        value = _in_unit(number, quantity.unit)
        if value is not None and quantity.value <= value <= quantity.high:
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """A number that stands in the source, though not for what the claim says: ``told`` is what that has."""

    source: LinkedFinding
    told: LinkedFinding


def _of_another(
    quantity: Quantity,
    cue: MagnitudeCue | None,
    linked: LinkedClaim,
    cited: Sequence[LinkedFinding],
    vocabulary: Vocabulary,
) -> _Elsewhere | None:
    """The finding that a change belongs to, where it is of another outcome, of two treatments together, or
    of another group of the same sentence.

    Of abstracts only the last is sure. And only where what the claim tells of has a change of its own.
    """
    if cue is None or quantity.unit != "percent" or linked.claim.citations_inherited:
        return None
    told = told_findings(linked)
    own = numbers_of(told)
    changes = [number for number in own if number.kind == "change"]
    if not changes or _is_known(quantity, own):
        return None
    rest = [one for one in cited if one not in told]
    owners = [one for one in rest if _is_known(quantity, tuple(of_finding(one.finding)))]
    if not owners:
        return None
    if _is_known(quantity, numbers_of((), linked.works)):
        return None  # printed in the abstract, of whatever it may be
    if any(not _is_of_another(one, told[0], linked, vocabulary) for one in owners):
        return None
    with_change = next(one for one in told if any(number.finding == one.finding for number in changes))
    return _Elsewhere(owners[0], with_change)


def _beside_others(
    quantity: Quantity,
    cue: MagnitudeCue | None,
    linked: LinkedClaim,
    cited: Sequence[LinkedFinding],
    start: int,
    vocabulary: Vocabulary,
) -> Misplaced | None:
    """Where an abstract prints the number for another group, time or outcome than the claim tells it of."""
    claim = linked.claim
    if len(linked.works) != 1 or claim.citations_inherited or quantity.high is not None:
        return None
    (work,) = linked.works
    if not work.abstract or any(one.finding.method == "curated" for one in cited):
        return None
    kinds = _kinds(quantity, cue)
    if not kinds:
        return None
    text = claim.sentence.text
    for low, high in (claim.sentence.place(one.span) for one in claim.citations):
        text = text[:low] + " " * (high - low) + text[high:]  # "[@lee2020running]" is not about running
    places = [(low, high) for other, low, high in _printed(linked, claim.sentence.text) if _is_result(other)]
    own = text
    for (low, _), context in zip(places, contexts_of(text, places), strict=True):
        if low == start:
            own = context
    title = work.title or ""
    return misplaced(kinds, own, text, results_of(work.abstract, title), title, vocabulary)


def _is_result(quantity: Quantity) -> bool:
    return quantity.role in ("percent", "statistic") or (quantity.role == "other" and bool(quantity.unit))


def _kinds(quantity: Quantity, cue: MagnitudeCue | None) -> list[tuple[str, Decimal, Decimal]]:
    """What a printed number may be in a source, each with the slack of its rounding."""
    value = abs(quantity.value)
    slack = _slack(value)
    if quantity.comparison == "about":
        slack = max(slack, value / 20)
    if quantity.unit == "percent":
        if cue is not None:
            return [("ratio", value, slack)]
        return [(kind, value, slack) for kind in ("percent", PRINTED_IN_PERCENT, *SHARES)]
    if quantity.role == "other" and quantity.unit is not None and quantity.unit != "percentage_point":
        return [(f"difference {quantity.unit}", value, slack), ("difference point", value, slack)][
            : 2 if quantity.unit == "point" else 1
        ]
    if quantity.role == "statistic" and value:
        return [("ratio", abs(1 - value) * 100, Decimal("0.5"))]
    return []


def _of_another_part(
    quantity: Quantity,
    cue: MagnitudeCue | None,
    linked: LinkedClaim,
    cited: Sequence[LinkedFinding],
    vocabulary: Vocabulary,
) -> _Elsewhere | None:
    """The finding that a change belongs to, where the words of the sentence are those of another beside it.

    "Recurrences that limited activities fell by 43 %", of a source that has 43 % for those that needed care:
    both are recurrences. Each has to be told from the other by words of its own.
    """
    if cue is None or quantity.unit != "percent" or linked.claim.citations_inherited:
        return None
    curated = [one for one in cited if one.finding.method == "curated" and one.finding.quote_role == "result"]
    changes = [(one, _changes(one.finding)) for one in curated]
    owners = [one for one, known in changes if known and _is_known(quantity, known)]
    others = [one for one, known in changes if known and not _is_known(quantity, known)]
    if len(owners) != 1 or not others or _is_known(quantity, numbers_of((), linked.works)):
        return None
    owner, mine = owners[0], content_words(linked.claim.text)
    if any(mention.concept in owner.finding.outcome for mention in linked.claim.mentions):
        return None
    names = _names(owner.finding, vocabulary)
    for one in others:
        if (
            vocabulary.best_fit(one.finding.outcome, owner.finding.outcome) in CLOSE
            and set(one.finding.exposure) == set(owner.finding.exposure)
            and set(one.finding.co_intervention) == set(owner.finding.co_intervention)
            and mine & (_names(one.finding, vocabulary) - names)
            and not mine & (names - _names(one.finding, vocabulary))
        ):
            return _Elsewhere(owner, one)
    return None


def _changes(finding: Finding) -> tuple[KnownNumber, ...]:
    """The changes in percent that a finding reports as such."""
    return tuple(
        number
        for number in of_finding(finding)
        if number.kind == "change" or (number.kind == "effect" and number.unit == "percent")
    )


def _names(finding: Finding, vocabulary: Vocabulary) -> frozenset[str]:
    """The words by which a finding's outcome is named: its concepts' labels and its own."""
    labels = [vocabulary.label(iri) for iri in finding.outcome]
    return content_words(" ".join(filter(None, (*labels, finding.label))))


def _is_of_another(
    one: LinkedFinding, told: LinkedFinding, linked: LinkedClaim, vocabulary: Vocabulary
) -> bool:
    """Whether a finding is of an outcome, a second treatment or a group that the sentence does not name."""
    if told_apart(one.finding, told.finding, content_words(linked.claim.text)):
        return True
    if "curated" not in (one.finding.method, told.finding.method):
        return False
    named = [mention.concept for mention in linked.claim.mentions]
    if vocabulary.best_fit(one.finding.outcome, told.finding.outcome) not in (*CLOSE, None):
        return vocabulary.best_fit(named, one.finding.outcome) not in CLOSE
    if one.finding.co_intervention and not told.finding.co_intervention:
        return vocabulary.best_fit(named, one.finding.co_intervention) not in CLOSE
    return False


def _in_unit(number: KnownNumber, unit: str) -> Decimal | None:
    source = number.unit
    if source is None:
        return None
    # "less than two hours", said of a source's "two hours a day": the period was named before
    _, slash, period = source.partition("/")
    for one in (unit, f"{unit}/session", f"{unit}/{period}" if slash and "/" not in unit else unit):
        value = quantities.convert(number.value, source, one)
        if value is not None:
            return value
    return None


def _is_among(quantity: Quantity, value: Decimal, known: Sequence[KnownNumber]) -> bool:
    printed = abs(value)
    slack = _slack(printed)
    return any(_same(quantity, printed, slack, number) for number in known)


def _same(quantity: Quantity, printed: Decimal, slack: Decimal, number: KnownNumber) -> bool:
    """Whether a printed number is this known one, as far as printing rounds."""
    value: Decimal | None = number.value
    if number.unit != quantity.unit and number.unit is not None and quantity.unit is not None:
        value = _in_unit(number, quantity.unit)
        if value is None:
            return False
    elif number.unit == "percent" and quantity.unit is None and quantity.role not in ("other", "statistic"):
        return False
    if value is None:
        return False
    if quantity.comparison == "about":
        slack = max(slack, printed / 10)
    elif quantity.comparison is not None:
        slack = max(slack, printed / 50, Decimal(1) if printed >= 20 else Decimal(0))
    elif number.unit != quantity.unit and number.kind == "time":
        slack = max(slack, printed / 50)  # a year of 365 or 365.25 days
    return abs(printed - value) <= slack


def _slack(printed: Decimal) -> Decimal:
    """Half a unit of the last digit that was meant: 23 is 22.5 to 23.5, 11,000 is 10,500 to 11,500."""
    exponent = printed.as_tuple().exponent
    places = exponent if isinstance(exponent, int) else 0
    if places == 0:
        digits = str(printed.to_integral_value())
        zeros = len(digits) - len(digits.rstrip("0"))
        places = zeros if zeros >= 2 else 0
    return Decimal(5).scaleb(places - 1)


def _against(
    quantity: Quantity,
    text: str,
    start: int,
    end: int,
    cue: MagnitudeCue | None,
    linked: LinkedClaim,
    known: Sequence[KnownNumber],
) -> _Judgement | None:
    """What the source says instead, where it has a number of just this kind."""
    told = sorted(told_findings(linked), key=_without_interval)
    if not told:
        return None
    own = {one.finding.iri for one in told}
    left = text[max(0, start - 60) : start]

    def of(*kinds: str) -> tuple[KnownNumber, ...]:
        return tuple(
            number
            for number in known
            if number.kind in kinds and (number.finding is None or number.finding.iri in own)
        )

    candidates: tuple[KnownNumber, ...] = ()
    if cue is not None:
        candidates = of("change", "group-change") if quantity.unit == "percent" else ()
        candidates += tuple(number for number in of("effect") if number.unit == "percent")
    elif quantity.role == "statistic" and _RATIO_BEFORE.search(left):
        candidates = of("ratio")
    elif quantity.unit is None and _DIFFERENCE_BEFORE.search(left):
        candidates = tuple(number for number in of("effect") if number.unit is None)
    elif quantity.role == "duration" and quantity.unit is not None and _BY_BEFORE.search(left):
        unit = quantity.unit
        candidates = tuple(
            number
            for number in of("effect", "difference")
            if number.unit is not None and _in_unit(number, unit) is not None
        )
    elif quantity.role == "interval" and quantity.high is not None:
        candidates = of("interval")
    elif quantity.role == "dose" and quantity.unit is not None:
        unit = quantity.unit
        if not _of_the_others(quantity, linked, left, told):
            candidates = tuple(number for number in of("dose") if _in_unit(number, unit) is not None)
    elif quantity.role == "count" and _PEOPLE.match(text, end) and _WHOLE_STUDY.search(left):
        candidates = tuple(number for number in known if number.kind == "size")
    elif quantity.unit is None and quantity.role in ("other", "count") and _BY_BEFORE.search(left):
        candidates = tuple(  # "by 0.9 attacks a month": whatever the source counts
            number
            for number in of("effect", "difference", "group")
            if number.unit is None and number.finding is not None and _plain(number.finding)
        )
    elif quantity.unit is not None and quantity.unit != "percent":
        unit = quantity.unit
        paired = _PAIR_AFTER.match(text, end) or _PAIR_BEFORE.search(left)
        if quantity.role == "other" or paired:
            kinds = ("group", "effect", "difference") if quantity.role == "other" else ("group", "difference")
            candidates = tuple(
                number
                for number in of(*kinds)
                if (number.unit and _in_unit(number, unit) is not None)
                or (unit == "point" and number.unit is None and _is_difference(number))
            )
    elif quantity.unit == "percent" and (
        _PAIR_AFTER.match(text, end)
        or _PAIR_BEFORE.search(left)
        or _GROUP_AFTER.match(text, end)
        or _beside_a_group(quantity, linked, of("group"))
    ):
        candidates = tuple(number for number in of("group") if number.unit == "percent")
    elif quantity.unit == "percent" and _PART_OF.match(text, end):
        candidates = tuple(  # "lose 25% of your weight"
            number
            for number in of("group", "effect", "difference")
            if number.unit in ("percent", "percentage_point")
        )
    if not candidates:
        return None
    of_finding = next(
        (one for one in told if any(number.finding == one.finding for number in candidates)), told[0]
    )
    return _Judgement(candidates, of_finding)


_THAN = re.compile(r"\b(?:than|against|versus|vs\.?|compared (?:with|to))\s(?:[a-z]+\s){0,2}$", re.IGNORECASE)


def _of_the_others(quantity: Quantity, linked: LinkedClaim, left: str, told: Sequence[LinkedFinding]) -> bool:
    """Whether a dose is that of the comparison group ("250 mg did no more than 60 mg"), of which a curated
    record says nothing."""
    if not _THAN.search(left) or any(one.finding.comparator_dose for one in told):
        return False
    if any(one.finding.method == "automatic" for one in told):
        return False  # an abstract prints both
    return any(
        one.role == "dose" and one.span < quantity.span and one.unit == quantity.unit
        for one in linked.claim.quantities
    )


def _is_difference(number: KnownNumber) -> bool:
    """Whether it is a plain difference without a unit, as points of a scale are printed."""
    effect = number.finding.effect if number.finding is not None else None
    return number.kind == "effect" and effect is not None and effect.measure == "mean-difference"


_PART_OF = re.compile(
    r"\s+of\s+(?:your|their|his|her|its|the|initial|baseline|starting|body|total)\b", re.IGNORECASE
)


def _plain(finding: Finding) -> bool:
    """Whether a finding counts in no unit, and is no ratio."""
    effect = finding.effect
    return effect is None or effect.measure in ("mean-difference", "median-difference", "other")


def _beside_a_group(quantity: Quantity, linked: LinkedClaim, groups: Sequence[KnownNumber]) -> bool:
    """Whether another share in the sentence is that of one of the groups: then this is the other's."""
    others = {one.value for one in linked.claim.quantities if one.role == "percent" and one is not quantity}
    return any(number.unit == "percent" and number.value in others for number in groups)


def _without_interval(one: LinkedFinding) -> bool:
    """Of findings that fit alike, the one with an interval is told of first."""
    return one.finding.effect is None or one.finding.effect.low is None


def _contradicts(rule: Rule, linked: LinkedClaim, quantity: Quantity, judged: _Judgement) -> Diagnostic:
    one = judged.linked
    size = next((number for number in judged.against if number.kind == "size"), None)
    dose = [number for number in judged.against if number.kind == "dose"]
    if size is not None and quantity.role == "count":
        said = f"{as_number(size.value)} people" if one.study is not None else as_number(size.value)
    elif dose:
        listed = sorted({(number.value, number.unit or "") for number in dose})
        said = ", ".join(amount(value, unit) for value, unit in listed[:4])
    elif one.finding.groups and any(number.kind == "group" for number in judged.against):
        said = "; ".join(group_in_words(group) for group in one.finding.groups)
    else:
        said = finding_in_words(one.finding)
    return rule.diagnostic(
        f"“{quantity.text}” is not in {source_of(one)} and does not follow from it: it has {said}",
        quantity.span,
        claim=linked.claim.id,
        evidence=path_to(one),
        confidence=Confidence.LOW
        if linked.claim.citations_inherited
        else Confidence.HIGH
        if one.finding.method == "curated" and one.score >= 0.8
        else Confidence.MEDIUM,
    )


def _belongs_elsewhere(
    rule: Rule, linked: LinkedClaim, quantity: Quantity, found: _Elsewhere, vocabulary: Vocabulary
) -> Diagnostic:
    return rule.diagnostic(
        f"“{quantity.text}” is what {source_of(found.source)} has for {_about(found.source, vocabulary)} "
        f"({finding_in_words(found.source.finding)}); for {_about(found.told, vocabulary)} it has "
        f"{finding_in_words(found.told.finding)}",
        quantity.span,
        claim=linked.claim.id,
        evidence=paths_to([found.told, found.source]),
        confidence=Confidence.HIGH if found.told.finding.method == "curated" else Confidence.MEDIUM,
    )


def _told_of_another(
    rule: Rule, linked: LinkedClaim, quantity: Quantity, found: Misplaced, one: LinkedFinding
) -> Diagnostic:
    where, instead = found.where, found.instead
    beside = next((other for other in cited_findings(linked) if other.finding.effect == instead.effect), one)
    said = amount(instead.value, "percent")
    if instead.effect is not None:
        said = estimate_in_words(instead.effect)
    return rule.diagnostic(
        f"“{quantity.text}” is what {source_of(one)} has for “{excerpt(where.own)}”; "
        f"for “{excerpt(instead.own)}” it has {said}",
        quantity.span,
        claim=linked.claim.id,
        evidence=path_to(beside),
        confidence=Confidence.MEDIUM,
    )


def _about(one: LinkedFinding, vocabulary: Vocabulary) -> str:
    """ "sick leave with exercise plus patient education"."""
    about = vocabulary.labels(one.finding.outcome)
    if one.finding.exposure:
        about += f" with {vocabulary.labels(one.finding.exposure)}"
    if one.finding.co_intervention:
        about += f" plus {vocabulary.labels(one.finding.co_intervention)}"
    if one.finding.method == "automatic" and one.finding.label:
        about += f" (“{one.finding.label}”)"
    return about


def _not_recorded(rule: Rule, linked: LinkedClaim, quantity: Quantity, one: LinkedFinding) -> Diagnostic:
    """Not an accusation: what is stored of the source has no number of this kind."""
    said = rule.diagnostic(
        f"“{quantity.text}” was not checked: nothing recorded of {source_of(one)} gives such a number",
        quantity.span,
        claim=linked.claim.id,
        evidence=path_to(one),
        confidence=Confidence.LOW,
    )
    return replace(said, severity=Severity.INFO)
