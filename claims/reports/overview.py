"""The report in counts and sentences: what stands at the head and at the foot of a page."""

from __future__ import annotations

from claims.model import AuditReport, ReferenceStatus, Severity, Verdict
from claims.reports import phrases
from claims.reports.limits import limits

_AT_ODDS = {
    ReferenceStatus.VERIFIED: "verified",
    ReferenceStatus.MISMATCH: "at odds with the record",
    ReferenceStatus.RETRACTED: "retracted",
    ReferenceStatus.AMBIGUOUS: "ambiguous",
    ReferenceStatus.NOT_FOUND: "not found",
    ReferenceStatus.UNCHECKED: "not checked",
}


def verdicts(report: AuditReport) -> list[tuple[str, str, str, int]]:
    """Class, sign, word and number of each verdict."""
    found = [one.verdict for one in report.assessments]
    return [
        (one.value.replace(" ", "-"), phrases.VERDICT_SIGNS[one], one.value, found.count(one))
        for one in Verdict
    ]


def severities(report: AuditReport) -> list[tuple[str, str, str, int]]:
    """Class, sign, word and number of each severity."""
    found = [one.severity for one in report.diagnostics]
    words = {one: phrases.SEVERITY_WORDS[one].lower() for one in Severity}
    return [
        (
            one.value,
            phrases.SEVERITY_SIGNS[one],
            words[one] + ("" if found.count(one) == 1 else "s"),
            found.count(one),
        )
        for one in Severity
    ]


def statuses(report: AuditReport) -> list[tuple[str, str, str, int]]:
    """Class, sign, word and number of each status of a reference."""
    found = [one.status for one in report.references]
    return [
        (one.value, phrases.STATUS_SIGNS[one], phrases.STATUS_WORDS[one], found.count(one))
        for one in ReferenceStatus
    ]


def summary(report: AuditReport) -> str:
    """The report in a sentence or two."""
    claims, references = len(report.claims), len(report.references)
    told = []
    if claims:
        judged = [f"{number} {word}" for _, _, word, number in verdicts(report) if number]
        told.append(f"{phrases.count(claims, 'claim')} read: {', '.join(judged) or 'none judged'}.")
    else:
        told.append("No sentence was recognised as a claim that can be checked.")
    if references:
        found = [one.status for one in report.references]
        checked = [f"{found.count(one)} {word}" for one, word in _AT_ODDS.items() if one in found]
        if set(found) == {ReferenceStatus.UNCHECKED}:
            told.append(f"{phrases.count(references, 'reference')} read; {phrases.NO_LIBRARY}.")
        else:
            told.append(f"{phrases.count(references, 'reference')} looked up: {', '.join(checked)}.")
    return " ".join(told)


def not_checked(report: AuditReport) -> list[str]:
    """What this run could not see, said to the reader."""
    told = []
    undecided = sum(one.verdict is Verdict.NOT_ENOUGH_INFORMATION for one in report.assessments)
    if undecided:
        told.append(
            f"{phrases.count(undecided, 'claim')} could not be decided: the evidence given to this run "
            "says too little. That does not make them wrong."
        )
    missing = sum(one.status is ReferenceStatus.NOT_FOUND for one in report.references)
    if missing:
        told.append(
            f"{phrases.count(missing, 'reference')} not found: only the library given to this run "
            "was searched."
        )
    unread = sum(one.status is ReferenceStatus.UNCHECKED for one in report.references)
    if unread:
        told.append(f"{phrases.count(unread, 'reference')} not checked: {phrases.NO_LIBRARY}.")
    skipped = sum(field.agrees is None for one in report.references for field in one.fields)
    if skipped:
        told.append(f"{phrases.count(skipped, 'field')} of references could not be compared.")
    findings = {one.finding.iri: one.finding for linked in report.claims for one in linked.findings}
    bare = sum(
        found.effect is not None and found.effect.value is not None and found.effect.low is None
        for found in findings.values()
    )
    if bare:
        told.append(f"{phrases.count(bare, 'effect estimate')} recorded without an interval.")
    machine = sum(found.method == "automatic" for found in findings.values())
    if machine:
        told.append(
            f"{phrases.count(machine, 'finding')} read from abstracts by this program and reviewed by nobody."
        )
    told += limits(report)
    told.append(
        "Only sentences recognised as claims were judged. Pictures, charts and linked pages were not read."
    )
    told.append(
        "Findings come from curated evidence and abstracts; the full texts of the works were not read."
    )
    return told
