"""N101: a number that the cited source does not give, nor lets follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims import magnitude
from claims.concepts import Vocabulary, vocabulary_of
from claims.findings import finding_in_words
from claims.findings.agreeing import is_known, printed, slack_of
from claims.findings.between import OfOneGroup, instead_of_amount, of_one_group
from claims.findings.choosing import cited_findings, told_findings, within_a_dose
from claims.findings.composite import of_the_whole
from claims.findings.elsewhere import Elsewhere, beside_others, of_another, of_another_part, of_another_thing
from claims.findings.instead import Instead, instead_of
from claims.findings.known import KnownNumber, numbers_of, other_period
from claims.findings.placing import Misplaced, excerpt
from claims.findings.swapped import swapped
from claims.findings.telling import estimate_in_words, group_in_words
from claims.model import (
    CitedSentence,
    Confidence,
    Diagnostic,
    LinkedClaim,
    LinkedFinding,
    Quantity,
    Severity,
    Span,
)
from claims.pointing import differs_from_study, path_to, paths_to, sentence_pointer, source_of, work_pointer
from claims.printed import Printed, held_against, in_another_unit, printed_for
from claims.rule import Facts, Rule, rule
from claims.sentence.amounts import amounts_of
from claims.study.counted import PEOPLE, STUDIES, THINGS
from graph.naming import known_as
from graph.wording import amount
from graph.wording import number as as_number


@rule(
    "N101",
    "number-not-in-source",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Quotation errors in the medical literature: Jergas and Baethge 2015, PeerJ 3:e1364",
        "Cochrane Handbook, chapter 15.3: interpreting results (Schünemann et al. 2023)",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterator[Diagnostic]:
    """A number is not in the cited source and does not follow from it."""
    sources = [(cited, printed_for(cited, facts.evidence)) for cited in facts.cited]
    in_other_units = [  # N107 says so
        cited.sentence.span_of(one.told.start, one.told.end)
        for cited, source in sources
        if source is not None
        for one in in_another_unit(cited.text, source.amounts)
    ]
    said = list(_by_findings(rule, facts))
    loud = [one.span for one in said if one.severity is not Severity.INFO]
    printed_otherwise = [
        one
        for cited, source in sources
        if source is not None and not any(cited.sentence.span.holds(span) for span in loud)
        for one in _by_sentence(rule, cited, source)
    ]
    said = [one for one in said if not any(_meet(one.span, other.span) for other in printed_otherwise)]
    for one in (*printed_otherwise, *said):
        if not any(_meet(one.span, span) for span in in_other_units):
            yield one


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _by_sentence(rule: Rule, cited: CitedSentence, source: Printed) -> Iterator[Diagnostic]:
    """What is said of a cited sentence's numbers against those that its one work prints."""
    claim = cited.claim.claim if cited.claim is not None else None
    if claim is not None and claim.kind == "recommendation":
        return
    work = cited.works[0]
    for held in held_against(cited.text, source.source):
        text, where, right = cited.text[held.start : held.end], held.where, held.instead
        instead = amount(right.value, None if right.kind in ("plain", "count") else right.kind)
        of_right = excerpt(right.own or right.around)
        if where is not None:
            said = f"“{text}” is what {known_as(work)} has for “{excerpt(where.own or where.around)}”; "
        else:
            whole = "" if source.curated else "the abstract of "
            said = f"“{text}” is not in {whole}{known_as(work)} and does not follow from it: "
        yield rule.diagnostic(
            f"{said}for “{of_right}” it has {instead}",
            cited.sentence.span_of(held.start, held.end),
            claim=claim.id if claim is not None else None,
            evidence=(work_pointer(work), sentence_pointer(work, right.around)),
            confidence=Confidence.MEDIUM,
        )


def _by_findings(rule: Rule, facts: Facts) -> Iterator[Diagnostic]:
    """What is said of the claims' numbers against the findings of the works they cite."""
    vocabulary = vocabulary_of(facts.evidence)
    for linked in facts.claims:
        if not linked.works or linked.claim.kind == "recommendation":
            continue
        yield from _of_sizes(rule, linked)
        if (turned := swapped(linked, told_findings(linked), vocabulary)) is not None:
            yield _swapped(rule, linked, *turned)
        else:
            yield from _of_findings(rule, linked, vocabulary)


def _of_findings(rule: Rule, linked: LinkedClaim, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    """What is said of the numbers against the findings of the cited works."""
    cited = cited_findings(linked)
    known = numbers_of(cited, linked.works) if cited else ()
    if known:
        known = _without_turned(known, told_findings(linked))
        text = linked.claim.sentence.text
        cues = {cue.start: cue for cue in magnitude.words(text) if cue.kind == "percent"}
        told = told_findings(linked)
        yield from _of_amounts(rule, linked, text, told, known)
        for quantity, start, end in printed(linked, text):
            if quantity.role in ("year", "age"):
                continue
            if quantity.high is None and (
                mine := of_one_group(text, start, end, abs(quantity.value), slack_of(quantity.value), told)
            ):
                yield _of_one_group(rule, linked, start, end, mine)
                continue
            if is_known(quantity, known):
                other = (
                    of_another(quantity, cues.get(start), linked, cited, vocabulary)
                    or of_another_part(quantity, cues.get(start), linked, cited, vocabulary)
                    or of_another_thing(quantity, linked, cited, vocabulary)
                )
                if other is not None:
                    yield _belongs_elsewhere(rule, linked, quantity, other, vocabulary)
                elif start in cues and (pair := of_the_whole(quantity, linked, cited, vocabulary)):
                    yield _belongs_elsewhere(rule, linked, quantity, Elsewhere(*pair), vocabulary)
                elif beside := beside_others(quantity, cues.get(start), linked, cited, start, vocabulary):
                    yield _told_of_another(rule, linked, quantity, beside, cited[0])
                continue
            if quantity.high is None and other_period(quantity.value, quantity.unit, known):
                continue  # N107 says so
            if quantity.role == "dose" and within_a_dose(quantity.value, quantity.unit, told):
                continue
            cue = cues.get(start)
            judged = instead_of(quantity, text, start, end, cue, linked, known)
            if any(one.statement.span.start == quantity.span.start for one in linked.study):
                continue  # the size of the study: said above
            if judged is not None:
                yield _contradicts(rule, linked, quantity, judged)
            elif quantity.unit is not None and quantity.role in ("percent", "other"):
                yield _not_recorded(rule, linked, quantity, cited[0])


def _of_sizes(rule: Rule, linked: LinkedClaim) -> Iterator[Diagnostic]:
    """The people, studies and other things that the sentence counts, where the source had so many others."""
    for one in linked.study:
        if one.statement.about in (PEOPLE, STUDIES, THINGS) and not one.agrees:
            said = f" is not in {known_as(one.work)} and does not follow from it: it has"
            sure = Confidence.HIGH if one.study is not None else Confidence.MEDIUM
            yield differs_from_study(rule, linked, one, said, sure)


def _of_amounts(
    rule: Rule,
    linked: LinkedClaim,
    text: str,
    told: Sequence[LinkedFinding],
    known: Sequence[KnownNumber],
) -> Iterator[Diagnostic]:
    """What is said of the things that the sentence counts without a unit."""
    if linked.claim.citations_inherited:
        return
    for one in amounts_of(text):
        mine = of_one_group(text, one.start, one.end, one.value, one.slack, told)
        if mine is not None:
            yield _of_one_group(rule, linked, one.start, one.end, mine)
        elif linked.claim.proposition.effect_direction in ("increases", "decreases") and (
            other := instead_of_amount(one, told, known)
        ):
            yield rule.diagnostic(
                f"“{text[one.start : one.end]}” is not in {source_of(other)} and does not follow from it: "
                f"it has {finding_in_words(other.finding)}",
                linked.claim.sentence.span_of(one.start, one.end),
                claim=linked.claim.id,
                evidence=path_to(other),
                confidence=Confidence.MEDIUM,
            )


def _swapped(
    rule: Rule, linked: LinkedClaim, first: Quantity, second: Quantity, one: LinkedFinding
) -> Diagnostic:
    return rule.diagnostic(
        f"“{first.text}” and “{second.text}” are told of one another's group: {source_of(one)} has "
        f"{'; '.join(group_in_words(group) for group in one.finding.groups)}",
        first.span,
        claim=linked.claim.id,
        evidence=path_to(one),
        confidence=Confidence.HIGH if one.finding.method == "curated" else Confidence.MEDIUM,
    )


def _of_one_group(rule: Rule, linked: LinkedClaim, start: int, end: int, mine: OfOneGroup) -> Diagnostic:
    text = linked.claim.sentence.text
    return rule.diagnostic(
        f"“{text[start:end]}” is told as the difference between the groups; in {source_of(mine.linked)} "
        f"it is what one of them had ({group_in_words(mine.group)}): {finding_in_words(mine.linked.finding)}",
        linked.claim.sentence.span_of(start, end),
        claim=linked.claim.id,
        evidence=path_to(mine.linked),
        confidence=Confidence.HIGH if mine.linked.finding.method == "curated" else Confidence.MEDIUM,
    )


def _without_turned(known: Sequence[KnownNumber], told: Sequence[LinkedFinding]) -> tuple[KnownNumber, ...]:
    """The numbers without what follows from another finding than the one told when that is turned around."""
    own = {one.finding.iri for one in told}
    turned = ("reciprocal", "group-change", "group-ratio")
    return tuple(
        one
        for one in known
        if not own or one.kind not in turned or one.finding is None or one.finding.iri in own
    )


def _contradicts(rule: Rule, linked: LinkedClaim, quantity: Quantity, judged: Instead) -> Diagnostic:
    one = judged.linked
    size = next((number for number in judged.against if number.kind == "size"), None)
    dose = [number for number in judged.against if number.kind == "dose"]
    if size is not None and quantity.role == "count":
        said = f"{as_number(size.value)} people" if one.study is not None else as_number(size.value)
    elif dose:
        listed = sorted({(number.value, number.unit or "") for number in dose})
        said = ", ".join(amount(value, unit) for value, unit in listed[:4])
    elif one.finding.groups and any(number.kind == "group" for number in judged.against):
        said = "; ".join(group_in_words(group) for group in one.finding.groups)
    else:
        said = finding_in_words(one.finding)
    return rule.diagnostic(
        f"“{quantity.text}” is not in {source_of(one)} and does not follow from it: it has {said}",
        quantity.span,
        claim=linked.claim.id,
        evidence=path_to(one),
        confidence=Confidence.LOW
        if linked.claim.citations_inherited
        else Confidence.HIGH
        if one.finding.method == "curated" and one.score >= 0.8
        else Confidence.MEDIUM,
    )


def _belongs_elsewhere(
    rule: Rule, linked: LinkedClaim, quantity: Quantity, found: Elsewhere, vocabulary: Vocabulary
) -> Diagnostic:
    return rule.diagnostic(
        f"“{quantity.text}” is what {source_of(found.source)} has for {_about(found.source, vocabulary)} "
        f"({finding_in_words(found.source.finding)}); for {_about(found.told, vocabulary)} it has "
        f"{finding_in_words(found.told.finding)}",
        quantity.span,
        claim=linked.claim.id,
        evidence=paths_to([found.told, found.source]),
        confidence=Confidence.HIGH if found.told.finding.method == "curated" else Confidence.MEDIUM,
    )


def _told_of_another(
    rule: Rule, linked: LinkedClaim, quantity: Quantity, found: Misplaced, one: LinkedFinding
) -> Diagnostic:
    where, instead = found.where, found.instead
    beside = next((other for other in cited_findings(linked) if other.finding.effect == instead.effect), one)
    said = amount(instead.value, "percent")
    if instead.effect is not None:
        said = estimate_in_words(instead.effect)
    return rule.diagnostic(
        f"“{quantity.text}” is what {source_of(one)} has for “{excerpt(where.own)}”; "
        f"for “{excerpt(instead.own)}” it has {said}",
        quantity.span,
        claim=linked.claim.id,
        evidence=path_to(beside),
        confidence=Confidence.MEDIUM,
    )


def _about(one: LinkedFinding, vocabulary: Vocabulary) -> str:
    """ "sick leave with exercise plus patient education"."""
    about = vocabulary.labels(one.finding.outcome)
    if one.finding.exposure:
        about += f" with {vocabulary.labels(one.finding.exposure)}"
    if one.finding.co_intervention:
        about += f" plus {vocabulary.labels(one.finding.co_intervention)}"
    if one.finding.method == "automatic" and one.finding.label:
        about += f" (“{one.finding.label}”)"
    return about


def _not_recorded(rule: Rule, linked: LinkedClaim, quantity: Quantity, one: LinkedFinding) -> Diagnostic:
    """Not an accusation: what is stored of the source has no number of this kind."""
    said = rule.diagnostic(
        f"“{quantity.text}” was not checked: nothing recorded of {source_of(one)} gives such a number",
        quantity.span,
        claim=linked.claim.id,
        evidence=path_to(one),
        confidence=Confidence.LOW,
    )
    return replace(said, severity=Severity.INFO)
