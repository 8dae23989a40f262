"""What a rule shows for its word: the evidence path to a finding, and names a reader knows works by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from claims.model import EvidencePointer, LinkedFinding
from graph.evidence import Dose, EffectEstimate, Study, Work

__all__ = ["amount", "design_of", "estimate", "known_as", "path_to", "paths_to"]

_SHORT = {"hazard-ratio": "HR", "risk-ratio": "RR", "odds-ratio": "OR", "mean-difference": "MD"}
_SHORT |= {"standardised-mean-difference": "SMD"}


def known_as(work: Work | None) -> str:
    """ "Pocovi 2024", as far as the record goes."""
    if work is None:
        return "a study"
    family = work.authors[0].split(",")[0].rsplit(" ", 1)[0] if work.authors else None
    if family is None:
        return f"“{work.title}”" if work.title else _unconfirmed(work)
    return f"{family} {work.year}" if work.year else family


_KEY = re.compile(r"(?P<family>[a-z]{2,})(?P<year>(?:19|20)\d\d)[a-z_-]*")


def _unconfirmed(work: Work) -> str:
    """A name for a work whose authors and title nobody has confirmed, marked as such."""
    noted = {one.field: one.value for one in work.unconfirmed}
    family = next((noted[name] for name in ("authors", "author") if noted.get(name)), "")
    family = re.split(r"[,;]|\sand\s", family)[0].strip().rsplit(" ", 1)[0]
    if family:
        return f"{family} {work.year or noted.get('year', '')}".strip() + " (unconfirmed)"
    if noted.get("title"):
        return f"“{noted['title']}” (unconfirmed)"
    last = work.iri.rsplit("/", 1)[-1]
    key = _KEY.fullmatch(last)
    return f"{key['family'].capitalize()} {key['year']} (unconfirmed)" if key else last


def design_of(study: Study | None) -> str:
    """ "randomised controlled trial", "meta-analysis"; "design unknown" where it is."""
    if study is None or study.design is None:
        return "design unknown"
    return study.design.replace("-", " ").replace("meta analysis", "meta-analysis")


def path_to(linked: LinkedFinding) -> tuple[EvidencePointer, ...]:
    """Work, study, finding and, where it came by one, the evidence line."""
    finding = linked.finding
    said = finding.quote or finding.text or finding.label or ""
    pointers = []
    if linked.work is not None:
        pointers.append(EvidencePointer(linked.work.iri, "work", linked.work.title or known_as(linked.work)))
    if linked.study is not None:
        pointers.append(
            EvidencePointer(linked.study.iri, "study", linked.study.label or linked.study.design or "")
        )
    pointers.append(EvidencePointer(finding.iri, "finding", said))
    if linked.line is not None:
        pointers.append(EvidencePointer(linked.line, "line", linked.direction))
    return tuple(pointers)


def paths_to(linked: Iterable[LinkedFinding]) -> tuple[EvidencePointer, ...]:
    """The paths to several findings, nothing twice."""
    return tuple(dict.fromkeys(pointer for one in linked for pointer in path_to(one)))


def amount(dose: Dose) -> str:
    """ "101 to 124 min/day", "under 78 min/day", "125 min/day or more"."""
    if dose.low is None and dose.high is None:
        return f"an unknown amount ({dose.unit})"
    if dose.low is None:
        return f"under {plain(dose.high)} {dose.unit}"
    if dose.high is None:
        return f"{plain(dose.low)} {dose.unit} or more"
    if dose.low == dose.high:
        return f"{plain(dose.low)} {dose.unit}"
    return f"{plain(dose.low)} to {plain(dose.high)} {dose.unit}"


def estimate(effect: EffectEstimate) -> str:
    """ "HR 0.72 (0.60 to 0.85)"; an interval that is not known is not shown."""
    name = _SHORT.get(effect.measure, effect.measure.replace("-", " "))
    if effect.value is None:
        return name
    interval = (
        f" ({effect.low} to {effect.high})" if effect.low is not None and effect.high is not None else ""
    )
    return f"{name} {effect.value}{interval}"


def plain(value: Decimal | None) -> str:
    """A number without an exponent or trailing zeros."""
    if value is None:
        return "?"
    text = f"{value.normalize():f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
