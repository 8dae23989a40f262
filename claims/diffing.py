"""What an edit changed: two versions of one article compared claim by claim.

Claims are aligned by the likeness of their words, wherever they stand, so that a moved paragraph is no
change. Of each pair the slots are compared; of the diagnostics, those that only the new version has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import fuzz

from claims.model import (
    AuditReport,
    CausalStrength,
    Claim,
    Diagnostic,
    LinkedClaim,
    Severity,
    Span,
)
from graph.evidence import Concept, Iri
from graph.wording import amount
from graph.wording import dose as dose_in_words
from graph.wording import number as as_number

__all__ = ["Change", "Difference", "compare"]

ALIKE = 0.55  # two claims less alike than this are two claims
FEW = 200_000  # pairs of claims beyond which only neighbours are compared
_LADDER = (
    CausalStrength.NONE,
    CausalStrength.CORRELATIONAL,
    CausalStrength.CONDITIONAL_CAUSAL,
    CausalStrength.CAUSAL,
)
_SAYS = {
    CausalStrength.NONE: "no relation",
    CausalStrength.CORRELATIONAL: "an association",
    CausalStrength.CONDITIONAL_CAUSAL: "a possible effect",
    CausalStrength.CAUSAL: "an effect",
}
_WAYS = {"increases": "more", "decreases": "less", "no-difference": "no difference"}
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that the edit changed.

    ``kind`` is one of claim-added, claim-removed, hedge-removed, hedge-added, wording-strengthened,
    wording-weakened, direction-changed, magnitude-changed, number-changed, dose-changed,
    population-changed, comparator-changed, co-intervention-dropped, citation-dropped, citation-added.
    ``severity`` is how bad the change may be for the reader. ``before`` and ``after`` are spans in the
    old and the new text.
    """

    kind: str
    severity: Severity
    message: str
    before: Span | None
    after: Span | None
    claim: str | None = None  # Claim.id in the new version


@dataclass(frozen=True, slots=True)
class Difference:
    """The two audits, what was changed, and which diagnostics came and went with it."""

    old: AuditReport
    new: AuditReport
    changes: tuple[Change, ...]
    raised: tuple[Diagnostic, ...]  # in the new version only
    settled: tuple[Diagnostic, ...]  # in the old version only


def compare(old: AuditReport, new: AuditReport, concepts: dict[Iri, Concept] | None = None) -> Difference:
    """Compare two audits over the same evidence. ``concepts`` gives labels to slots (evidence.concepts).

    Changes are in the order of the new text; what was removed stands where it stood in the old.
    """
    pairs, removed, added = _aligned(old.claims, new.claims)
    labels = {iri: concept.label for iri, concept in (concepts or {}).items()}
    changes = [
        change for before, after in pairs for change in _changes(before.claim, after.claim, old, new, labels)
    ]
    for one in removed:
        said = f"a claim is gone: “{_short(one.claim.text)}”"
        changes.append(Change("claim-removed", Severity.INFO, said, one.claim.span, None))
    for one in added:
        said = f"a new claim: “{_short(one.claim.text)}”"
        changes.append(Change("claim-added", Severity.INFO, said, None, one.claim.span, one.claim.id))
    changes.sort(key=lambda one: (one.after or one.before or Span(0, 0), one.kind, one.message))
    partner = {after.claim.id: before.claim.id for before, after in pairs}
    raised, settled = _diagnostics(old, new, partner)
    return Difference(old, new, tuple(changes), raised, settled)


Pairs = list[tuple[LinkedClaim, LinkedClaim]]


def _aligned(
    old: Sequence[LinkedClaim], new: Sequence[LinkedClaim]
) -> tuple[Pairs, list[LinkedClaim], list[LinkedClaim]]:
    """Claims that are the same claim, reworded or not; then the old ones and the new ones left over."""
    before = [_plain_text(one.claim.text) for one in old]
    after = [_plain_text(one.claim.text) for one in new]
    taken: dict[int, int] = {}
    places: dict[str, list[int]] = {}
    for index, text in enumerate(after):
        places.setdefault(text, []).append(index)
    for index, text in enumerate(before):
        if places.get(text):
            taken[index] = places[text].pop(0)
    free_old = [index for index in range(len(old)) if index not in taken]
    used = set(taken.values())
    free_new = [index for index in range(len(new)) if index not in used]
    reach = len(old) + len(new) if len(free_old) * len(free_new) <= FEW else 100
    scored = []
    for i in free_old:
        for j in free_new:
            if abs(i - j) <= reach and (value := _likeness(old[i].claim, new[j].claim)) >= ALIKE:
                scored.append((-value, abs(i - j), i, j))
    for _, _, i, j in sorted(scored):
        if i not in taken and j not in used:
            taken[i] = j
            used.add(j)
    pairs = [(old[i], new[j]) for i, j in sorted(taken.items(), key=lambda pair: pair[1])]
    return (
        pairs,
        [old[i] for i in range(len(old)) if i not in taken],
        [new[j] for j in range(len(new)) if j not in used],
    )


def _likeness(old: Claim, new: Claim) -> float:
    """How alike two claims are, 0..1: their words, and the things that they speak of."""
    words = fuzz.token_sort_ratio(_plain_text(old.text), _plain_text(new.text)) / 100
    said, says = old.proposition, new.proposition
    here = {*said.exposure, *said.outcome, *(f"ref {key}" for key in _keys(old))}
    there = {*says.exposure, *says.outcome, *(f"ref {key}" for key in _keys(new))}
    shared = len(here & there) / len(here | there) if here | there else words
    if (old.kind == "lead") != (new.kind == "lead"):
        shared *= 0.5
    return float(0.75 * words + 0.25 * shared)


def _changes(
    old: Claim, new: Claim, before: AuditReport, after: AuditReport, labels: dict[Iri, str]
) -> Iterator[Change]:
    was, now = old.proposition, new.proposition

    def change(kind: str, severity: Severity, message: str, at: Span | None = None) -> Change:
        return Change(kind, severity, message, old.span, at or new.span, new.id)

    def names(iris: Iterable[Iri]) -> str:
        return " and ".join(labels.get(iri, iri.rsplit("/", 1)[-1].replace("-", " ")) for iri in iris)

    dropped = [text for text in _citations(old, before) if text[0] not in dict(_citations(new, after))]
    if dropped and not old.citations_inherited:
        cited = ", ".join(text for _, text in dropped)
        yield change("citation-dropped", Severity.WARNING, f"no longer cites {cited}")
    gained = [text for text in _citations(new, after) if text[0] not in dict(_citations(old, before))]
    if gained and not new.citations_inherited:
        yield change("citation-added", Severity.INFO, f"now cites {', '.join(text for _, text in gained)}")
    if _plain_text(old.text) == _plain_text(new.text):
        return
    if was.hedged and not now.hedged:
        said = f"was said with reserve (“{_short(old.text)}”), now is said outright"
        yield change("hedge-removed", Severity.WARNING, said)
    elif now.hedged and not was.hedged:
        yield change("hedge-added", Severity.INFO, "was said outright, now is said with reserve")
    step = _LADDER.index(now.causal_strength) - _LADDER.index(was.causal_strength)
    if step:
        kind = "wording-strengthened" if step > 0 else "wording-weakened"
        severity = (
            Severity.WARNING
            if step > 0 and now.causal_strength is not CausalStrength.CORRELATIONAL
            else Severity.INFO
        )
        said = f"claimed {_SAYS[was.causal_strength]}, now claims {_SAYS[now.causal_strength]}"
        yield change(kind, severity, said, now.causal_span)
    if was.effect_direction != now.effect_direction and was.effect_direction and now.effect_direction:
        said = f"said {_WAYS.get(was.effect_direction, was.effect_direction)} of {names(was.outcome[:1])}, "
        said += f"now says {_WAYS.get(now.effect_direction, now.effect_direction)}"
        yield change("direction-changed", Severity.WARNING, said)
    if (was.magnitude or "").casefold() != (now.magnitude or "").casefold():
        said = _instead("the size", _quoted(was.magnitude), _quoted(now.magnitude))
        yield change("magnitude-changed", Severity.INFO, said, now.magnitude_span)
    gone, come = _numbers(old, new)
    if gone or come:
        yield change("number-changed", Severity.INFO, _instead("a number", ", ".join(gone), ", ".join(come)))
    doses = [", ".join(dose_in_words(dose) for dose in one.dose) for one in (was, now)]
    if doses[0] != doses[1]:
        yield change("dose-changed", Severity.WARNING, _instead("the dose", *doses))
    if was.population != now.population:
        said = _instead("who it is about", names(was.population), names(now.population))
        yield change("population-changed", Severity.WARNING if was.population else Severity.INFO, said)
    if was.comparator != now.comparator:
        said = _instead("the comparison", names(was.comparator), names(now.comparator))
        yield change("comparator-changed", Severity.INFO, said)
    missing = [one for one in was.co_intervention if one not in (*now.co_intervention, *now.exposure)]
    if missing:
        yield change(
            "co-intervention-dropped", Severity.WARNING, f"no longer says that it was with {names(missing)}"
        )


def _citations(claim: Claim, report: AuditReport) -> list[tuple[str, str]]:
    """(what is cited, its printed name) of each citation: the work where known, else the printed words."""
    verified = {one.reference.index: one for one in report.references}
    found = []
    for citation in claim.citations:
        for number in citation.references:
            one = verified.get(number)
            if one is None:
                continue
            found.append((one.work.iri if one.work else _plain_text(one.reference.raw), one.reference.label))
        if not citation.references:
            found += [(key.casefold(), key) for key in citation.keys]
    return list(dict(found).items())


def _keys(claim: Claim) -> set[str]:
    return {key.casefold() for citation in claim.citations for key in citation.keys}


def _numbers(old: Claim, new: Claim) -> tuple[list[str], list[str]]:
    """The printed numbers (no years, no doses) that went and that came."""

    def counted(claim: Claim) -> Counter[tuple[Decimal, Decimal | None, str | None]]:
        return Counter((q.value, q.high, q.unit) for q in claim.quantities if q.role not in ("year", "dose"))

    def written(value: Decimal, high: Decimal | None, unit: str | None) -> str:
        return amount(value, unit) if high is None else f"{as_number(value)} to {amount(high, unit)}"

    was, now = counted(old), counted(new)
    return [written(*one) for one in (was - now)], [written(*one) for one in (now - was)]


def _diagnostics(
    old: AuditReport, new: AuditReport, partner: dict[str, str]
) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Diagnostics of the new version alone, and of the old alone; counted by code and place."""
    references = {one.reference.index: _plain_text(one.reference.raw) for one in old.references}
    references_now = {one.reference.index: _plain_text(one.reference.raw) for one in new.references}

    def before(one: Diagnostic) -> tuple[str, str]:
        return one.code, _place(one, old, one.claim, references)

    def now(one: Diagnostic) -> tuple[str, str]:
        claim = partner.get(one.claim, f"new {one.claim}") if one.claim else None
        return one.code, _place(one, new, claim, references_now)

    was, is_ = Counter(map(before, old.diagnostics)), Counter(map(now, new.diagnostics))
    return (
        tuple(_beyond(new.diagnostics, now, was)),
        tuple(_beyond(old.diagnostics, before, is_)),
    )


def _beyond(
    diagnostics: Iterable[Diagnostic],
    key: Callable[[Diagnostic], tuple[str, str]],
    known: Counter[tuple[str, str]],
) -> Iterator[Diagnostic]:
    left = Counter(known)
    for one in diagnostics:
        place = key(one)
        if left[place] > 0:
            left[place] -= 1
        else:
            yield one


def _place(one: Diagnostic, report: AuditReport, claim: str | None, references: dict[int, str]) -> str:
    if one.reference is not None:
        return references.get(one.reference, "")
    if claim is not None:
        return claim
    return _plain_text(report.document.text[one.span.start : one.span.end])


def _instead(what: str, was: str, now: str) -> str:
    if was and now:
        return f"{what}: was {was}, now {now}"
    return f"{what}: was {was}, now not given" if was else f"{what}: was not given, now {now}"


def _quoted(words: str | None) -> str:
    return f"“{words}”" if words else ""


def _plain_text(text: str) -> str:
    return _SPACE.sub(" ", text).strip().casefold()


def _short(text: str) -> str:
    text = _SPACE.sub(" ", text).strip()
    return text if len(text) <= 120 else text[:119].rstrip() + "…"
