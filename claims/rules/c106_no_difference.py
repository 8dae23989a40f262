"""C106: "no effect" said of a result that leaves room for one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from claims import wording
from claims.concepts import Fit, Vocabulary, vocabulary_of
from claims.findings.telling import finding_in_words
from claims.model import Claim, Confidence, Diagnostic, Fix, LinkedFinding, Severity
from claims.pointing import described, paths_to, source_of
from claims.rule import Facts, Rule, rule
from graph.contrasts import includes_no_effect, is_ratio
from graph.wording import number

# GRADE's default for a relative effect worth knowing about: a quarter less or more (Guyatt et al. 2011).
_LOW, _HIGH = Decimal("0.75"), Decimal("1.25")
_SMALL = Decimal("0.2")  # standardised mean difference: Cohen's small effect

_NO_EFFECT = re.compile(
    r"\b(?:(?P<no>no|zero)\s+(?P<noun>effects?|impact|influence|difference|benefits?|link|connection|risk|harm|association)\b|"
    r"(?:do|does|did)(?:\s+not|n['’]t)\s+(?:[a-z]+ly\s+)?(?:affect|change|improve|reduce|lower|raise|increase|cause|help|work|"
    r"prevent|influence|alter|make\s+(?:a|any)\s+difference|matter|harm|worsen|protect)\b|"
    r"(?:is|are|was|were)\s+(?:useless|ineffective|worthless|(?:just\s+)?as\s+(?:effective|good|safe)\s+as|equally\s+(?:effective|good|safe))|"
    r"(?:won['’]t|will\s+not|cannot|can['’]t)\s+(?:help|improve|reduce|lower|ease|relieve|prevent|change|affect|work)\b|"
    r"(?:do|does|did)\s+(?:absolutely\s+)?nothing\b(?!\s+(?:but|except))|(?:is|are|was|were)\s+(?:of\s+)?no\s+(?:use|help|good)\b|"
    r"(?:shown|found|proven|proved|known)\s+not\s+to\s+(?:work|help|prevent|reduce|lower|improve|ease|relieve|protect|matter)\b|"
    r"(?:a|is|are)\s+(?:pure\s+|complete\s+)?waste\s+of\s+(?:time|money)\b|without\s+(?:any\s+)?(?:effect|benefit)\b(?!\s+(?:size|on\s+the\s+other))|"
    r"(?:has|have|had)\s+nothing\s+to\s+(?:offer|do\s+with)|makes?\s+no\s+difference)",
    re.IGNORECASE,
)
_CAREFUL = re.compile(
    r"\b(?:clear|clearly|significant|significantly|statistically|detectable|measurable|evidence|proof|known|sure|certain|"
    r"found\s+no|could\s+not\s+(?:show|rule)|not\s+shown|unclear|too\s+(?:few|small)|inconclusive|convincing|sign|"
    r"(?:room|space)\s+for|compatible\s+with|consistent\s+with|possib(?:ility|ly))\b",
    re.IGNORECASE,
)
_EQUIVALENCE = re.compile(r"\b(?:non-?inferiority|equivalence)\b", re.IGNORECASE)


@rule(
    "C106",
    "no-difference-as-no-effect",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1",
    sources=(
        "Altman and Bland 1995, BMJ 311:485 (absence of evidence is not evidence of absence)",
        "Guyatt et al. 2011, J Clin Epidemiol 64:1283-1293 (GRADE, imprecision)",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """A result that found no difference is told as no effect."""
    vocabulary = vocabulary_of(facts.evidence)
    for linked in facts.claims:
        claim = linked.claim
        match = _NO_EFFECT.search(claim.text)
        if match is None or claim.kind == "recommendation" or _CAREFUL.search(claim.text):
            continue
        if wording.hedge_level(claim.text) > 0 or _tells_of_a_trial(claim, match.group()):
            continue
        cited = [one for one in linked.findings if one.via == "citation" and one.score >= 0.5]
        cited = _of_its_outcome(_of_its_exposure(cited, claim, vocabulary), claim, vocabulary)
        if not cited or any(_settles(one) or _says_so(one) for one in cited):
            continue
        open_ended = [one for one in cited if _leaves_room(one)]
        if open_ended:
            yield _say(rule, facts, claim, match, open_ended)


def _of_its_outcome(cited: list[LinkedFinding], claim: Claim, vocabulary: Vocabulary) -> list[LinkedFinding]:
    """The findings without estimates of another outcome ("cancer deaths") where the claim's own has one."""
    measured = {
        one.finding.iri: vocabulary.best_fit(claim.proposition.outcome, one.finding.outcome) is Fit.SAME
        for one in cited
        if one.finding.effect is not None and one.finding.effect.low is not None
    }
    if not any(measured.values()):
        return cited
    return [one for one in cited if measured.get(one.finding.iri, True)]


def _of_its_exposure(cited: list[LinkedFinding], claim: Claim, vocabulary: Vocabulary) -> list[LinkedFinding]:
    """The findings without those of another exposure, where there is one of the very one claimed."""
    own = [one for one in cited if _exact(one, claim, vocabulary)]
    return own or cited


def _exact(one: LinkedFinding, claim: Claim, vocabulary: Vocabulary) -> bool:
    return vocabulary.best_fit(claim.proposition.exposure, one.finding.exposure) is Fit.SAME


_DID_NOT = re.compile(r"did(?: not|n['’]t)\b", re.IGNORECASE)


def _tells_of_a_trial(claim: Claim, words: str) -> bool:
    """ "800 IU a day for a year did not prevent falls": what happened in the study, with its dose or time."""
    return _DID_NOT.match(words) is not None and any(
        one.role in ("dose", "duration", "percent", "count", "interval", "statistic")
        for one in claim.quantities
    )


def _leaves_room(one: LinkedFinding) -> bool:
    """Whether the interval holds both no effect and one worth knowing about."""
    effect = one.finding.effect
    if effect is None or effect.low is None or effect.high is None or not includes_no_effect(effect):
        return False
    if _EQUIVALENCE.search(f"{one.study.design_note or ''} {one.study.label or ''}" if one.study else ""):
        return False
    if is_ratio(effect.measure):
        return effect.low <= _LOW or effect.high >= _HIGH
    if effect.measure == "standardised-mean-difference":
        return effect.low <= -_SMALL or effect.high >= _SMALL
    return one.finding.certainty_level in ("low", "very-low")  # its authors say that they cannot tell


def _says_so(one: LinkedFinding) -> bool:
    """Whether it is the authors' own conclusion, without a hedge: then they are quoted."""
    finding = one.finding
    if finding.quote_role != "synthesis" or finding.effect_direction != "no-difference" or not finding.quote:
        return False
    match = _NO_EFFECT.search(finding.quote)
    if match is None or _CAREFUL.search(finding.quote.split(" evidence that ", 1)[-1]):
        return False
    return wording.hedge_level(finding.quote[match.start() :]) == 0


def _settles(one: LinkedFinding) -> bool:
    """Whether the finding does say "no effect": a narrow interval around none, or a trial built for it."""
    effect = one.finding.effect
    if one.finding.effect_direction not in ("no-difference", None):
        return False
    if one.study and _EQUIVALENCE.search(f"{one.study.design_note or ''} {one.study.label or ''}"):
        return True
    if effect is None or effect.low is None or effect.high is None or not is_ratio(effect.measure):
        return False
    return includes_no_effect(effect) is True and effect.low > _LOW and effect.high < _HIGH


def _room(one: LinkedFinding) -> str:
    effect = one.finding.effect
    if effect is None or effect.low is None or effect.high is None:
        return ""
    if is_ratio(effect.measure):
        low = round((1 - effect.low) * 100)
        high = round((effect.high - 1) * 100)
        return f"leaves room for anything from {low} % less to {high} % more"
    unit = "standard deviations" if effect.measure == "standardised-mean-difference" else effect.unit or ""
    rated = f", rated {one.finding.certainty_level} certainty" if not unit.startswith("standard") else ""
    return (
        f"leaves room for anything from {number(effect.low)} to {number(effect.high)} {unit}".rstrip() + rated
    )


def _say(
    rule: Rule, facts: Facts, claim: Claim, match: re.Match[str], found: list[LinkedFinding]
) -> Diagnostic:
    span = claim.sentence.span_of(*match.span())
    first = found[0]
    message = (
        f"“{facts.document.text[span.start : span.end]}” is more than {source_of(first)} "
        f"({described(first.study)}) can say: "
        f"{finding_in_words(first.finding)}, {_room(first)}. No difference was found; "
        "that none exists was not"
    )
    fix = None
    if match.group("noun") and match.group("no").lower() == "no":
        at = match.start("noun")
        fix = Fix(claim.sentence.span_of(at, at), "clear ")
    return rule.diagnostic(message, span, claim=claim.id, evidence=paths_to(found), fix=fix)
