"""C102: the source says "may", the article says "does"."""

from __future__ import annotations

from collections.abc import Iterable

from claims import wording
from claims.model import CausalStrength, Claim, Confidence, Diagnostic, Fix, LinkedFinding, Severity, Span
from claims.pointing import paths_to, source_of
from claims.rule import Facts, Rule, rule
from claims.wording.rewriting import tentative

# Verbs by which any paper reports its result; they hold back nothing about the effect itself.
_REPORTING = ("suggest", "indicat", "support", "impl", "propos", "whether", "determine", "hypothes")


@rule(
    "C102",
    "hedge-dropped",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1",
    sources=(
        "Sumner et al. 2014, BMJ 349:g7015",
        "Santesso et al. 2020, J Clin Epidemiol 119:126-135 (GRADE plain-language statements)",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The source hedges and the article does not."""
    for linked in facts.claims:
        claim = linked.claim
        if claim.kind == "recommendation" or claim.proposition.causal_strength == CausalStrength.NONE:
            continue
        if claim.proposition.causal_strength == CausalStrength.CONDITIONAL_CAUSAL:
            continue
        if wording.hedge_level(claim.text) > 0:
            continue
        carried = [one for one in linked.findings if one.direction == "supports" and one.via != "topic"]
        quoted = [one for one in carried if one.finding.quote]
        if not quoted or any(_asserts(one) for one in carried):
            continue
        yield _say(rule, facts, claim, quoted)


def held_back(text: str) -> str:
    """The first words of ``text`` that hold back about the effect, or ""."""
    for cue in wording.hedge_cues(text):
        words = text[cue.start : cue.end]
        if cue.level >= 2 and not words.lower().startswith(_REPORTING):
            return words
    return ""


def _asserts(one: LinkedFinding) -> bool:
    """Whether a finding carries the claim without a hedge: by its quote, or by a measured estimate."""
    if one.finding.quote:
        return not held_back(one.finding.quote)
    return one.finding.effect is not None or one.finding.effect_direction is not None


def _say(rule: Rule, facts: Facts, claim: Claim, quoted: list[LinkedFinding]) -> Diagnostic:
    span = claim.proposition.causal_span or claim.span
    words = facts.document.text[span.start : span.end]
    first = quoted[0]
    quote = first.finding.quote or ""
    message = (
        f"“{words}” asserts what {source_of(first)} holds back from: the source says “{held_back(quote)}” "
        f"(“{quote if len(quote) <= 160 else quote[:160].rsplit(' ', 1)[0] + ' …'}”)"
    )
    return rule.diagnostic(message, span, claim=claim.id, evidence=paths_to(quoted), fix=_fix(claim))


def _fix(claim: Claim) -> Fix | None:
    cue = wording.causal_cue(claim.text)
    rewritten = tentative(claim.text, cue.start, cue.end) if cue else None
    if rewritten is None:
        return None
    offsets = claim.sentence.offsets
    return Fix(Span(offsets[rewritten.start], offsets[rewritten.end - 1] + 1), rewritten.text)
