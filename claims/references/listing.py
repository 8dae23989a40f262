"""A checked list of references told to a person (text) and to a program (JSON)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from claims.pointing import full_name
from claims.references.checking import STANDINGS, CheckedReference, CheckStatus, differing
from claims.reports.evidence_parts import Json, bibliographic
from claims.reports.parts import comparison_dict

_SAID = {
    CheckStatus.VERIFIED: "verified",
    CheckStatus.MISMATCH: "mismatched",
    CheckStatus.NOT_FOUND: "not found",
    CheckStatus.AMBIGUOUS: "ambiguous",
    CheckStatus.RETRACTED: "RETRACTED",
    CheckStatus.UNCHECKED: "not checked",
}
_STANDING = {
    "retracted": "retracted",
    "concern": "an expression of concern stands against it",
    "superseded": "replaced by a newer version",
    "corrected": "a correction was published",
}


def summary(checked: Sequence[CheckedReference]) -> dict[str, int]:
    """How many references have each status."""
    counted = Counter(one.status.value for one in checked)
    return {status.value: counted.get(status.value, 0) for status in CheckStatus}


def as_text(path: str, checked: Sequence[CheckedReference], down: Mapping[str, str]) -> str:
    """One line for each reference, and under it what is the matter."""
    counts = [f"{count} {_SAID[CheckStatus(name)]}" for name, count in summary(checked).items() if count]
    lines = [f"{path}: {len(checked)} references: {', '.join(counts) or 'none'}"]
    for one in checked:
        lines += _entry(one)
    lines += [f"{name} could not be asked about everything: {why}" for name, why in sorted(down.items())]
    return "\n".join(lines) + "\n"


def _entry(one: CheckedReference) -> list[str]:
    reference = one.reference
    label = one.key or reference.name or reference.fields.title or reference.raw[:60]
    by = f" (by {', '.join(one.verified.matched_by)})" if one.work and one.faulty else ""
    lines = [f"{reference.index:>4}  {_SAID[one.status]:<11}  {label}{by}"]
    work = one.work
    if work is not None and one.faulty:
        source = f", as {work.recorded_by} has it" if work.recorded_by else ""
        lines.append(f"is: {full_name(work)}{source}")
    if work is not None and work.standing in STANDINGS:
        note = f" ({work.standing_note})" if work.standing_note else ""
        lines.append(f"standing: {_STANDING[work.standing]}{note}")
    for row in differing(one):
        note = f" ({row.note})" if row.note and row.recorded else row.note
        lines.append(f"{row.field}: {row.printed} → {row.recorded or ''}{note}")
    lines += [f"{c.field}: missing → {c.recorded}" for c in one.corrections if c.printed is None]
    if one.uncorrected:
        lines.append(f"not corrected: {one.uncorrected}")
    for other in one.candidates[:5]:
        lines.append(f"{'may be' if work is None else 'also leads to'}: {full_name(other)}")
    lines += [f"cannot be right: {found.printed}: {found.why}" for found in one.contradictions]
    if one.repeats is not None:
        lines.append(f"the same work as entry {one.repeats}")
    if one.silent:
        lines.append(f"no answer from {', '.join(one.silent)}: what they know is not known here")
    return [lines[0], *(f"        {line}" for line in lines[1:])]


def as_json(
    path: str, checked: Sequence[CheckedReference], down: Mapping[str, str], sources: Sequence[str]
) -> Json:
    """The list as dictionaries; see docs/references.md."""
    return {
        "schema_version": "1",
        "file": path,
        "summary": {"references": len(checked), **summary(checked)},
        "sources": [{"name": name, "down": down.get(name)} for name in sources],
        "references": [_json(one) for one in checked],
    }


def _json(one: CheckedReference) -> Json:
    work, reference = one.work, one.reference
    return {
        "index": reference.index,
        "key": one.key,
        "label": reference.label,
        "raw": reference.raw,
        "status": one.status.value,
        "matched_by": list(one.verified.matched_by),
        "work": None if work is None else {**bibliographic(work), "recorded_by": work.recorded_by},
        "standing": None if work is None or work.standing not in (*STANDINGS, "current") else work.standing,
        "standing_note": None if work is None else work.standing_note,
        "fields": [{**comparison_dict(row), "note": row.note or None} for row in one.verified.fields],
        "corrections": [
            {"field": c.field, "printed": c.printed, "recorded": c.recorded} for c in one.corrections
        ],
        "uncorrected": one.uncorrected,
        "contradictions": [{"printed": found.printed, "why": found.why} for found in one.contradictions],
        "candidates": [{"id": other.iri, "name": full_name(other)} for other in one.candidates],
        "repeats": one.repeats,
        "answered": list(one.answered),
        "silent": list(one.silent),
    }
