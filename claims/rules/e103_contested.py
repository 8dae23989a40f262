"""E103: credible evidence against the claim, which the article does not mention."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from claims.concepts import CLOSE, Fit, Vocabulary, vocabulary_of
from claims.findings.telling import short_estimate
from claims.library import Library
from claims.linking.at_hand import against, titled
from claims.linking.bearing import names_each_group, of_each_group
from claims.model import Claim, Confidence, Diagnostic, LinkedClaim, LinkedFinding, Severity, Span
from claims.pointing import design_of, paths_to, source_of
from claims.rule import Facts, Rule, rule
from claims.sentence.change import change_cues
from graph.evidence import Iri, Work

_ABOUT = 0.6  # a cited finding at or above is of what the claim says
_FITS = 0.7  # leaves out weak lines and loose fits
_CREDIBLE = frozenset(
    {
        "randomised-controlled-trial",
        "cluster-randomised-trial",
        "crossover-trial",
        "non-randomised-trial",
        "within-person-experiment",
        "systematic-review",
        "meta-analysis",
        "network-meta-analysis",
        "clinical-guideline",
        "secondary-analysis",
        "cohort",
        "case-control",
    }
)


@rule(
    "E103",
    "contested",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Guyatt et al. 2011, GRADE guidelines 7: rating the quality of evidence, inconsistency. "
        "J Clin Epidemiol 64:1294-1302",
        "Duyx et al. 2017, Scientific citations favor positive results: a systematic review and "
        "meta-analysis. J Clin Epidemiol 88:92-101",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Studies found otherwise, and the article cites none of them."""
    cited = {one.work.iri for one in facts.references if one.work is not None}
    vocabulary = vocabulary_of(facts.evidence)
    told: set[Iri] = set()
    at_hand = _AtHand(facts.library, vocabulary, frozenset(cited))
    for linked in sorted(facts.claims, key=lambda one: (one.claim.sentence.is_lead, one.claim.span)):
        claim = linked.claim
        if claim.proposition.hedged:
            continue  # "may" leaves room for what speaks against
        if claim.proposition.effect_direction is None and claim.kind != "recommendation":
            continue  # it tells of no result that others could dispute
        if _MIXED.search(claim.text) or names_each_group(claim.text) or of_each_group(claim):
            continue  # it says itself that studies do not agree, or that all groups fared alike
        if _refuted_by_its_own(linked):
            continue  # E102 and N103 say so
        contrary = _against(linked, cited, vocabulary) or _at_hand(linked, at_hand)
        new = {one.finding.iri for one in contrary} - told
        if not contrary or (not new and claim.kind != "recommendation"):
            continue  # an editor need not read the same studies under every sentence
        told |= new
        nowhere = "none of them" if len(_works(contrary)) > 1 else "it nowhere"
        one = rule.diagnostic(
            f"contested: {_told(contrary)}; the article mentions {nowhere}",
            _span(claim),
            claim=claim.id,
            evidence=paths_to(contrary[:4]),
        )
        yield replace(one, severity=Severity.INFO) if _told_as_found_there(linked) else one


@dataclass(frozen=True, slots=True)
class _AtHand:
    """The works that nobody cites, by what is asked for; each exposure is looked up once in an article."""

    library: Library
    vocabulary: Vocabulary
    cited: frozenset[Iri]
    known: dict[tuple[Iri, ...], tuple[Work, ...]] = field(default_factory=dict)

    def works(self, exposure: tuple[Iri, ...]) -> tuple[Work, ...]:
        if exposure not in self.known:
            self.known[exposure] = tuple(titled(exposure, self.library, self.vocabulary, self.cited))
        return self.known[exposure]


def _at_hand(linked: LinkedClaim, at_hand: _AtHand) -> list[LinkedFinding]:
    """What abstracts that nobody cites found against a claim that names itself what it is about."""
    claim = linked.claim
    said = claim.proposition
    own = {mention.concept for mention in claim.mentions}
    named = any(iri in own for iri in said.exposure) and any(iri in own for iri in said.outcome)
    if not named or claim.sentence.is_lead or claim.kind == "recommendation":
        return []
    found = against(linked, at_hand.works(said.exposure), at_hand.vocabulary)
    return sorted(found, key=lambda one: (-one.score, one.finding.iri))


_MIXED = re.compile(
    r"\b(?:mixed|muddled|conflicting|inconsistent(?:ly)?|contradictory|inconclusive|divided|disagree[sd]?|"
    r"at odds|did not agree|split over|differ(?:ed|s)? from (?:study|trial) to (?:study|trial))\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|left|led|fell|rose|got|took|went|came|brought|kept|saw|gave|felt|[a-z]{2,}ed)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"[a-z]{2,}[^\W\ds]s\b", re.IGNORECASE)


def _told_as_found_there(linked: LinkedClaim) -> bool:
    """Whether the sentence tells in the past what the study it cites found, as that study has it.

    "Walkers had less pain (Abel 2018)" is true of Abel; "walking eases pain (Abel 2018)" is said of walking.
    """
    claim = linked.claim
    if claim.citations_inherited or not claim.citations or claim.kind == "recommendation":
        return False
    if not any(
        one.via == "citation" and one.direction == "supports" and one.score >= _FITS
        for one in linked.findings
    ):
        return False
    outright = any(_PRESENT.fullmatch(claim.text, cue.start, cue.end) for cue in change_cues(claim.text))
    return not outright and _PAST.search(claim.text) is not None


def _against(linked: LinkedClaim, cited: set[Iri], vocabulary: Vocabulary) -> list[LinkedFinding]:
    """Refuting findings of credible design from works that the article does not cite, best first.

    What a cited trial of walking against advice found is not contested by what walking does against nothing.
    """
    compared = [
        iri
        for one in linked.findings
        if one.via == "citation" and one.direction != "refutes" and one.score >= _ABOUT
        for iri in one.finding.comparator
    ]
    found: dict[Iri, LinkedFinding] = {}
    for one in linked.findings:
        if one.direction != "refutes" or one.via == "citation" or one.score < _FITS:
            continue
        if one.work is None or one.work.iri in cited or one.work.standing == "retracted":
            continue
        fit = vocabulary.best_fit(compared, one.finding.comparator)
        # that two things do alike is not contested by what one of them does against who knows what
        if fit not in CLOSE and (fit is not None or (compared and _says_none(linked.claim))):
            continue
        if _of_something_wider(one, linked.claim, vocabulary) or _of_its_companion(one, linked, vocabulary):
            continue
        credible = one.study is not None and one.study.design in _CREDIBLE
        if credible or (one.via == "mechanism" and one.study is not None):
            kept = found.get(one.finding.iri)
            if kept is None or kept.score < one.score:
                found[one.finding.iri] = one
    return sorted(found.values(), key=lambda one: (-one.score, one.finding.iri))


def _of_its_companion(one: LinkedFinding, linked: LinkedClaim, vocabulary: Vocabulary) -> bool:
    """Whether a finding is of the second treatment alone, where the claim cites a trial of both: "education
    by itself did nothing" leaves walking with education where it was."""
    return any(
        vocabulary.best_fit(one.finding.exposure, other.finding.co_intervention) in CLOSE
        and vocabulary.best_fit(one.finding.exposure, other.finding.exposure) not in CLOSE
        for other in linked.findings
        if other.via == "citation" and other.direction == "supports"
    )


def _says_none(claim: Claim) -> bool:
    return claim.proposition.effect_direction == "no-difference"


def _of_something_wider(one: LinkedFinding, claim: Claim, vocabulary: Vocabulary) -> bool:
    """Whether a finding on a whole class, or on two things together, is held against a claim that nothing
    came of one: "exercise with education prevents" says nothing of walking."""
    if not _says_none(claim):
        return False
    taken = (*claim.proposition.exposure, *claim.proposition.co_intervention)
    finding = one.finding
    together = vocabulary.best_fit(taken, finding.co_intervention) not in (*CLOSE, None)
    return together or vocabulary.best_fit(taken, finding.exposure) is Fit.NARROWER


def _refuted_by_its_own(linked: LinkedClaim) -> bool:
    """Whether what the claim cites speaks against it, and nothing that it cites speaks for it."""
    cited = {one.direction for one in linked.findings if one.via == "citation" and one.score >= _FITS}
    return "refutes" in cited and "supports" not in cited


def _works(against: Iterable[LinkedFinding]) -> list[str]:
    return list(dict.fromkeys(source_of(one) for one in against))


def _told(against: list[LinkedFinding]) -> str:
    parts = []
    for work in _works(against)[:3]:
        one = next(found for found in against if source_of(found) == work)
        finding = one.finding
        design = f" ({design_of(one.study)})" if one.study and one.study.design else ""
        shown = (
            f", {short_estimate(finding.effect)}"
            if finding.effect and finding.effect.value is not None
            else ""
        )
        text = finding.text or finding.label or finding.quote or "found otherwise"
        parts.append(f"{work}{design}: {text.rstrip('.')}{shown}")
    more = len(_works(against)) - 3
    return "; ".join(parts) + (f"; and {more} more" if more > 0 else "")


def _span(claim: Claim) -> Span:
    return claim.proposition.causal_span or claim.span
