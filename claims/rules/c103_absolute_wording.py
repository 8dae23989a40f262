"""C103: wording that leaves no doubt where every study leaves some."""

from __future__ import annotations

from collections.abc import Iterable

from claims import wording
from claims.concepts import vocabulary_of
from claims.model import Confidence, Diagnostic, Sentence, Severity, Span
from claims.rule import Facts, Rule, rule

_WHY = {
    "proof": "studies raise or lower confidence; none proves",
    "cure": "a cure for all who have it is more than any study linked here reports",
    "guarantee": "no study finds an effect in everyone, every time",
    "universal": "no study finds an effect in everyone",
    "total": "an effect or a safety without exception is more than any study can show",
}
_ON_HEALTH_ALONE = frozenset({"cure", "total", "proof"})  # said of health even where no concept was found


@rule(
    "C103",
    "absolute-wording",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1",
    sources=(
        "Regulation (EC) No 1924/2006 on nutrition and health claims, articles 3 and 12",
        "FTC Health Products Compliance Guidance 2022, section III",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Wording that leaves no room for doubt."""
    printed = [one.reference.span for one in facts.references]
    for sentence in facts.sentences:
        if any(span.holds(sentence.span) for span in printed):
            continue
        for cue in wording.absolute_cues(sentence.text):
            claim = facts.claim_at(sentence.offsets[cue.start])
            if (
                claim is None
                and cue.kind not in _ON_HEALTH_ALONE
                and not _of_exposure(facts, sentence, cue.start)
            ):
                continue
            if _quoted(sentence, cue.start):
                continue
            span = Span(sentence.offsets[cue.start], sentence.offsets[cue.end - 1] + 1)
            words = sentence.text[cue.start : cue.end]
            yield rule.diagnostic(f"“{words}”: {_WHY[cue.kind]}", span, claim=claim.id if claim else None)


def _of_exposure(facts: Facts, sentence: Sentence, at: int) -> bool:
    """Whether what is done or taken stands right before the words: "Zinc always works"."""
    return any(
        "exposure" in mention.roles and not sentence.text[mention.span.end : at].strip()
        for mention in vocabulary_of(facts.evidence).find(sentence.text[:at])
    )


def _quoted(sentence: Sentence, at: int) -> bool:
    """Whether the words stand in quotation marks: somebody else's, held up to be looked at."""
    before = sentence.text[:at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
