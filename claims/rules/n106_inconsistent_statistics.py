"""N106: statistics of the article that cannot all be right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from claims import statistics
from claims.model import Confidence, Diagnostic, Severity, Span
from claims.rule import Facts, Rule, rule
from graph.wording import number as as_number


@rule(
    "N106",
    "inconsistent-statistics",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "Nuijten et al. 2016, The prevalence of statistical reporting errors in psychology. "
        "Behav Res Methods 48:1205-1226",
        "Altman and Bland 2011, How to obtain the P value from a confidence interval. BMJ 343:d2304",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterator[Diagnostic]:
    """Printed statistics contradict one another."""
    for block in facts.document.blocks:
        if block.kind == "reference" or not any(character.isdigit() for character in block.text):
            continue
        for message, start, end, severity in _faults(block.text[:_LONGEST]):
            span = block.span_of(start, end)
            said = rule.diagnostic(message, span, claim=_claim_at(facts, span))
            yield said if severity is None else replace(said, severity=severity)
    for sentence in facts.sentences:
        for one in statistics.contrasts(sentence.text):
            span = sentence.span_of(one.start, one.end)
            yield rule.diagnostic(one.says, span, claim=_claim_at(facts, span), confidence=Confidence.MEDIUM)


def _claim_at(facts: Facts, span: Span) -> str | None:
    for linked in facts.claims:
        if linked.claim.span.start <= span.start < linked.claim.span.end:
            return linked.claim.id
    return None


_LONGEST = 20_000  # characters of a paragraph; what is longer is no prose
_Fault = tuple[str, int, int, Severity | None]


def _faults(text: str) -> Iterator[_Fault]:
    yield from _tests(text)
    for one in (*statistics.intervals(text), *statistics.shares(text)):
        yield one.says, one.start, one.end, None


def _tests(text: str) -> Iterator[_Fault]:
    """Test statistics whose p does not follow; where only its size is off, no more than a note."""
    for one in statistics.check(text):
        if one.result == "consistent":
            continue
        p = "ns" if one.p_value is None else f"p {one.p_comparison} {as_number(one.p_value)}"
        says = f"“{one.text}”: this statistic gives p = {one.p_computed:.3g}, not {p}"
        if one.result == "decision-error":
            yield f"{says}, and on the other side of 0.05", one.start, one.end, None
        else:
            yield says, one.start, one.end, Severity.INFO
