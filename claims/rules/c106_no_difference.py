# ruff: noqa: E501 - tables of patterns read better unwrapped
"""C106: "no effect" said of a result that leaves room for one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from claims import wording
from claims.concepts import Fit, Vocabulary, vocabulary_of
from claims.expressions import expression
from claims.findings.telling import finding_in_words
from claims.model import CausalStrength, Claim, Confidence, Diagnostic, Fix, LinkedFinding, Severity
from claims.pointing import described, paths_to, source_of
from claims.rule import Facts, Rule, rule
from claims.sentence.voice import reports_a_study
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
    r"(?:has|have|had)\s+nothing\s+to\s+(?:offer|do\s+with)|makes?\s+no\s+difference|"
    r"(?<!not\s)(?<!n['’]t\s)(?<!not\sbe\s)(?<!not\sbeen\s)(?:ruled\s+out|disprove[dn]?|debunked|refuted|discredited)\b"
    r"(?:\s+(?:the|any|this)\s+(?:\w+\s+)?(?:idea|claim|notion|myth|belief|theory|hope|view))?\s+that\b)",
    re.IGNORECASE,
)
_CAREFUL = re.compile(
    r"\b(?:clear|clearly|significant|significantly|statistically|detectable|measurable|evidence|proof|known|sure|certain|"
    r"found\s+no|could\s+not\s+(?:show|rule)|not\s+shown|unclear|too\s+(?:few|small)|inconclusive|convincing|sign|"
    r"(?:room|space)\s+for|compatible\s+with|consistent\s+with|possib(?:ility|ly))\b",
    re.IGNORECASE,
)
# told of what happened in a study, and not of what is so
_WAS = re.compile(
    r"\b(?:was|were|did(?:n['’]t)?|had|found|saw|showed|fared|stayed|remained|came)\b", re.IGNORECASE
)
# by which authors say that their study was too small to see what there may be
_CANNOT_TELL = expression(
    r"\bunder-?powered\b|\b(?:lack(?:ed|s|ing)?|insufficient|inadequate|low|limited|without) (?:of )?(?:the )?(?:statistical )?power\b"
    r"|\bpower(?:ed)? (?:\w+ ){0,2}(?:only|just) (?:for|to)\b|\bpower only for\b|\btoo (?:small|few|short)\b"
    r"|\bsmall (?:sample|numbers?|study|trial)\b|\bsample (?:size )?(?:was|is) (?:too |very |relatively )?(?:small|limited)\b"
    r"|\b(?:cannot|can ?not|could not) (?:be )?(?:excluded?|ruled? out)\b|\b(?:larger|bigger|(?:adequately|sufficiently|well)[- ]powered) "
    r"(?:\w+[- ]){0,3}(?:trials?|stud(?:y|ies)|samples?)\b|\bpilot\b|\bfeasibility\b|\bremains? (?:possible|unclear|uncertain)\b"
    r"|\bwide (?:confidence )?intervals?\b|\bimprecis\w+|\binconclusive\b|\bpreclude\b|\binterval includes\b",
    re.IGNORECASE,
)
_WORTH = Decimal("0.25")  # of what a group measured: GRADE's default for a relative effect, of a difference
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
        place = match.span() if match is not None else _by_its_slots(claim)
        if place is None or claim.kind == "recommendation" or _CAREFUL.search(claim.text):
            continue
        said = claim.text[place[0] : place[1]]
        behind = claim.text[place[1] :] if said.endswith("that") else claim.text  # "disproved the idea that"
        if wording.hedge_level(behind) > 0 or _tells_of_a_trial(claim, said):
            continue
        cited = [one for one in linked.findings if one.via == "citation" and one.score >= 0.5]
        cited = _of_its_outcome(_of_its_exposure(cited, claim, vocabulary), claim, vocabulary)
        if not cited or any(_settles(one) or _says_so(one) for one in cited):
            continue
        told = _WAS.search(claim.text) is not None or reports_a_study(claim.text)
        general = not told or said.endswith("that")
        open_ended = [one for one in cited if _leaves_room(one) or (general and _cannot_tell(one))]
        if open_ended:
            yield _say(rule, facts, claim, place, match, open_ended)


def _by_its_slots(claim: Claim) -> tuple[int, int] | None:
    """The words that carry a claim which was read as "no difference", where it is told as what is so."""
    said = claim.proposition
    if said.effect_direction != "no-difference" or said.causal_strength is not CausalStrength.CAUSAL:
        return None
    if said.causal_span is None or _WAS.search(claim.text) or reports_a_study(claim.text):
        return None
    return claim.sentence.place(said.causal_span)


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
    if _of_equivalence(one):
        return False
    if is_ratio(effect.measure):
        return effect.low <= _LOW or effect.high >= _HIGH
    if effect.measure == "standardised-mean-difference":
        return effect.low <= -_SMALL or effect.high >= _SMALL
    return one.finding.certainty_level in ("low", "very-low")  # its authors say that they cannot tell


def _cannot_tell(one: LinkedFinding) -> bool:
    """Whether a difference in a unit, or no number at all, leaves room by what the abstract says of it."""
    effect = one.finding.effect
    if effect is None or effect.low is None or effect.high is None:
        return _is_unsure(one)
    if not includes_no_effect(effect) or is_ratio(effect.measure) or _of_equivalence(one):
        return False
    return _says_too_small(one) or _large_for_its_groups(one)


def _of_equivalence(one: LinkedFinding) -> bool:
    """Whether the trial was built to show that there is no difference."""
    told = f"{one.study.design_note or ''} {one.study.label or ''}" if one.study else ""
    return _EQUIVALENCE.search(told) is not None


def _is_unsure(one: LinkedFinding) -> bool:
    """A result without an interval: "no significant difference", by authors who say that they cannot tell."""
    finding = one.finding
    return (
        finding.effect is None
        and finding.effect_direction == "no-difference"
        and finding.quote is not None
        and "significant" in finding.quote
        and _says_too_small(one)
    )


def _says_too_small(one: LinkedFinding) -> bool:
    """Whether the abstract says that the study could not see what there may be."""
    return one.work is not None and _CANNOT_TELL.search(one.work.abstract or "") is not None


def _large_for_its_groups(one: LinkedFinding) -> bool:
    """Whether the interval of a difference reaches as far as a quarter of what the groups measured."""
    effect, values = one.finding.effect, [abs(group.value) for group in one.finding.groups if group.value]
    if effect is None or effect.low is None or effect.high is None or len(values) < 2:
        return False
    return max(abs(effect.low), abs(effect.high)) >= _WORTH * max(values)


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
    if _of_equivalence(one):
        return True
    if effect is None or effect.low is None or effect.high is None or not is_ratio(effect.measure):
        return False
    return includes_no_effect(effect) is True and effect.low > _LOW and effect.high < _HIGH


def _room(one: LinkedFinding) -> str:
    effect = one.finding.effect
    if effect is None or effect.low is None or effect.high is None:
        return "and its authors say that it was too small to tell"
    if is_ratio(effect.measure):
        low = round((1 - effect.low) * 100)
        high = round((effect.high - 1) * 100)
        return f"leaves room for anything from {low} % less to {high} % more"
    unit = "standard deviations" if effect.measure == "standardised-mean-difference" else effect.unit or ""
    level = one.finding.certainty_level
    rated = f", rated {level} certainty" if level and not unit.startswith("standard") else ""
    return (
        f"leaves room for anything from {number(effect.low)} to {number(effect.high)} {unit}".rstrip() + rated
    )


def _say(
    rule: Rule,
    facts: Facts,
    claim: Claim,
    place: tuple[int, int],
    match: re.Match[str] | None,
    found: list[LinkedFinding],
) -> Diagnostic:
    span = claim.sentence.span_of(*place)
    first = found[0]
    message = (
        f"“{facts.document.text[span.start : span.end]}” is more than {source_of(first)} "
        f"({described(first.study)}) can say: "
        f"{finding_in_words(first.finding)}, {_room(first)}. No difference was found; "
        "that none exists was not"
    )
    fix = None
    if match is not None and match.group("noun") and match.group("no").lower() == "no":
        at = match.start("noun")
        fix = Fix(claim.sentence.span_of(at, at), "clear ")
    return rule.diagnostic(message, span, claim=claim.id, evidence=paths_to(found), fix=fix)
