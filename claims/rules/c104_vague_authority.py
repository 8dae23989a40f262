"""C104: science, studies or experts appealed to without naming one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from claims import wording
from claims.model import Confidence, Diagnostic, Severity
from claims.rule import Facts, Rule, rule


@rule(
    "C104",
    "vague-authority",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1",
    sources=(
        "HONcode principle 4 (justifiability), Health On the Net Foundation",
        "DISCERN instrument, Charnock et al. 1999, J Epidemiol Community Health 53:105-111, question 4",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """An appeal to science, studies or experts names none of them."""
    printed = [one.reference.span for one in facts.references]
    cited = sorted(one.span.start for one in facts.citations)
    ends = _block_ends(facts)
    for sentence in facts.sentences:
        if any(span.holds(sentence.span) for span in printed):
            continue
        cues = wording.vague_authority_cues(sentence.text)
        if not cues:
            continue
        # A citation later in the paragraph names the studies that this sentence announces.
        at = bisect_left(cited, sentence.span.start)
        if at < len(cited) and cited[at] < ends.get(sentence.block, sentence.span.end):
            continue
        for cue in cues[:1]:
            claim = facts.claim_at(sentence.offsets[cue.start])
            words = sentence.text[cue.start : cue.end]
            span = sentence.span_of(cue.start, cue.end)
            message = f"“{words}” names no source: nobody can look up which study, body or person is meant"
            yield rule.diagnostic(message, span, claim=claim.id if claim else None)


def _block_ends(facts: Facts) -> dict[int, int]:
    """Where each block's last sentence ends."""
    ends: dict[int, int] = {}
    for sentence in facts.sentences:
        ends[sentence.block] = max(ends.get(sentence.block, 0), sentence.span.end)
    return ends
