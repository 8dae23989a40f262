"""Numbers that a source gives, though for something else than a claim tells them of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims.alignment import content_words
from claims.concepts import CLOSE, Vocabulary
from claims.findings.accuracy import SHARES
from claims.findings.agreeing import is_known, printed, slack_of
from claims.findings.choosing import of_another_dose, told_findings
from claims.findings.contexts import contexts_of
from claims.findings.known import KnownNumber, numbers_of, of_finding
from claims.findings.placed import PRINTED_IN_PERCENT, results_of
from claims.findings.placing import Misplaced, misplaced
from claims.magnitude import MagnitudeCue
from claims.model import LinkedClaim, LinkedFinding, Quantity
from claims.specifying import told_apart
from graph.evidence import Finding


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A number that stands in the source, though not for what the claim says: ``told`` is what that has."""

    source: LinkedFinding
    told: LinkedFinding


def of_another(
    quantity: Quantity,
    cue: MagnitudeCue | None,
    linked: LinkedClaim,
    cited: Sequence[LinkedFinding],
    vocabulary: Vocabulary,
) -> Elsewhere | None:
    """The finding that a change belongs to, where it is of another outcome, of two treatments together, or
    of another group of the same sentence.

    Of abstracts only the last is sure. And only where what the claim tells of has a change of its own.
    """
    if cue is None or quantity.unit != "percent" or linked.claim.citations_inherited:
        return None
    told = told_findings(linked)
    own = numbers_of(told)
    changes = [number for number in own if number.kind == "change"]
    if not changes or is_known(quantity, own):
        return None
    rest = [one for one in cited if one not in told]
    owners = [one for one in rest if is_known(quantity, of_finding(one.finding))]
    if not owners:
        return None
    if is_known(quantity, numbers_of((), linked.works)):
        return None  # printed in the abstract, of whatever it may be
    if any(not _is_of_another(one, told[0], linked, vocabulary) for one in owners):
        return None
    with_change = next(one for one in told if any(number.finding == one.finding for number in changes))
    return Elsewhere(owners[0], with_change)


def beside_others(
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
    if not kinds or _tells_both_groups(linked):
        return None
    text = claim.sentence.text
    for low, high in (claim.sentence.place(one.span) for one in claim.citations):
        text = text[:low] + " " * (high - low) + text[high:]  # "[@lee2020running]" is not about running
    places = [(low, high) for other, low, high in printed(linked, claim.sentence.text) if _is_result(other)]
    own = text
    for (low, _), context in zip(places, contexts_of(text, places), strict=True):
        if low == start:
            own = context
    title = work.title or ""
    found = misplaced(kinds, own, text, results_of(work.abstract, title), title, vocabulary)
    if found is None or found.where.sentence == found.instead.sentence:
        return found
    told = {group.value for one in told_findings(linked) for group in one.finding.groups}
    return None if quantity.value in told else found  # its own group's, whatever else the abstract tells


def _tells_both_groups(linked: LinkedClaim) -> bool:
    """Whether the claim prints what two groups of the finding it tells of had, each beside the other."""
    values = {one.value for one in linked.claim.quantities}
    return any(
        sum(1 for group in one.finding.groups if group.value in values) > 1 for one in told_findings(linked)
    )


def _is_result(quantity: Quantity) -> bool:
    return quantity.role in ("percent", "statistic") or (quantity.role == "other" and bool(quantity.unit))


def _kinds(quantity: Quantity, cue: MagnitudeCue | None) -> list[tuple[str, Decimal, Decimal]]:
    """What a printed number may be in a source, each with the slack of its rounding."""
    value = abs(quantity.value)
    slack = slack_of(value)
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


def of_another_thing(
    quantity: Quantity, linked: LinkedClaim, cited: Sequence[LinkedFinding], vocabulary: Vocabulary
) -> Elsewhere | None:
    """The curated finding whose estimate is printed, where the sentence names something else it has measured.

    "Pilates eased pain (SMD -1.14)", of a source that has -1.14 for strength training and function, and
    another estimate of the same kind for Pilates and pain.
    """
    if quantity.role not in ("statistic", "other") or quantity.high is not None or not quantity.value % 1:
        return None
    said = linked.claim.proposition
    named = {mention.concept for mention in linked.claim.mentions}
    tried = [iri for iri in (*said.exposure, *said.co_intervention) if iri in named]
    came = [iri for iri in said.outcome if iri in named]
    if linked.claim.citations_inherited or not tried or not came:
        return None

    def fits(one: LinkedFinding) -> bool:
        return (
            vocabulary.best_fit(tried, one.finding.exposure) in CLOSE
            and vocabulary.best_fit(came, one.finding.outcome) in CLOSE
        )

    curated = [
        (one, effect)
        for one in cited
        if one.finding.method == "curated"
        and (effect := one.finding.effect) is not None
        and effect.value is not None
        and effect.unit == quantity.unit
    ]
    printed_for = [(one, effect) for one, effect in curated if abs(effect.value or 0) == abs(quantity.value)]
    if not printed_for or any(fits(one) for one, _ in printed_for):
        return None
    owner, measured = printed_for[0]
    right = next((one for one, effect in curated if effect.measure == measured.measure and fits(one)), None)
    return Elsewhere(owner, right) if right is not None else None


def of_another_part(
    quantity: Quantity,
    cue: MagnitudeCue | None,
    linked: LinkedClaim,
    cited: Sequence[LinkedFinding],
    vocabulary: Vocabulary,
) -> Elsewhere | None:
    """The finding that a change belongs to, where the words of the sentence are those of another beside it.

    "Recurrences that limited activities fell by 43 %", of a source that has 43 % for those that needed care:
    both are recurrences. Each has to be told from the other by words of its own.
    """
    if cue is None or quantity.unit != "percent" or linked.claim.citations_inherited:
        return None
    curated = [one for one in cited if one.finding.method == "curated" and one.finding.quote_role == "result"]
    changes = [(one, _changes(one.finding)) for one in curated]
    owners = [one for one, known in changes if known and is_known(quantity, known)]
    others = [one for one, known in changes if known and not is_known(quantity, known)]
    if len(owners) != 1 or not others or is_known(quantity, numbers_of((), linked.works)):
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
            return Elsewhere(owner, one)
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
    if of_another_dose(linked.claim, one.finding, told.finding):
        return True
    if "curated" not in (one.finding.method, told.finding.method):
        return False
    named = [mention.concept for mention in linked.claim.mentions]
    if vocabulary.best_fit(one.finding.outcome, told.finding.outcome) not in (*CLOSE, None):
        return vocabulary.best_fit(named, one.finding.outcome) not in CLOSE
    if one.finding.co_intervention and not told.finding.co_intervention:
        return vocabulary.best_fit(named, one.finding.co_intervention) not in CLOSE
    return False
