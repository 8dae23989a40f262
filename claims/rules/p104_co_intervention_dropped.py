"""P104: a treatment given together with another is told as if it had been given alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.abstracts.combined import never_alone
from claims.abstracts.passages import written_out
from claims.alignment import content_words
from claims.cited import measured, named
from claims.concepts import CLOSE, Fit, Vocabulary, vocabulary_of
from claims.findings.telling import short_estimate
from claims.linking.indexing import index_of
from claims.linking.nearness import nearness
from claims.model import (
    CitedSentence,
    Claim,
    Confidence,
    Diagnostic,
    Fix,
    LinkedClaim,
    LinkedFinding,
    Mention,
    Sentence,
    Severity,
)
from claims.pointing import paths_to, sentence_pointer, source_of, work_pointer
from claims.rule import Facts, Rule, rule
from claims.specifying import alone_told, says_alone
from graph.evidence import Iri
from graph.naming import known_as

_ALONE = re.compile(r"\b(?:alone|(?:on (?:its|their) own)|by (?:itself|themselves))\b", re.IGNORECASE)
_SAME_THING = 0.6  # score from which a cited finding is about what the claim says


@rule(
    "P104",
    "co-intervention-dropped",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "Hoffmann et al. 2014, Better reporting of interventions: TIDieR checklist. BMJ 348:g1687",
        "Guyatt et al. 2011, GRADE guidelines 8: rating the quality of evidence, indirectness. "
        "J Clin Epidemiol 64:1303-1310",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The study tested two things together and the claim names one."""
    said = list(_by_findings(rule, facts))
    yield from said
    for cited in facts.cited_without(said):
        yield from _by_abstract(rule, cited)
        yield from _by_record(rule, cited, facts)


def _by_record(rule: Rule, cited: CitedSentence, facts: Facts) -> Iterable[Diagnostic]:
    """A cited sentence that says "alone" of a work whose curated findings have it with a partner only."""
    alone = alone_told(cited.text) or _NOTHING_MORE.search(cited.text)
    if alone is None or len(cited.works) != 1 or _NOT_TRIED.search(cited.text):
        return
    vocabulary = vocabulary_of(facts.evidence)
    found = index_of(facts.evidence).by_work.get(cited.works[0].iri, ())
    curated = [one for one in found if one.method == "curated" and one.quote_role != "background"]
    together = [one for one in curated if one.co_intervention]
    exposures = [iri for one in together for iri in one.exposure]
    if not together or any(
        not one.co_intervention and vocabulary.best_fit(one.exposure, exposures) in CLOSE for one in curated
    ):
        return
    first = together[0]
    partner = vocabulary.labels(first.co_intervention)
    if content_words(partner) & content_words(
        cited.text[: alone.start()] + " " + cited.text[alone.end() + _DENIED_BEHIND :]
    ):
        return
    if vocabulary.best_fit(first.co_intervention, first.comparator) is Fit.SAME:
        return
    yield rule.diagnostic(
        f"“{cited.text[alone.start() : alone.end()]}” was not tested: {known_as(cited.works[0])} tested "
        f"{vocabulary.labels(first.exposure)} plus {partner} together, and cannot say which of them did it",
        cited.sentence.span_of(alone.start(), alone.end()),
        claim=cited.claim.claim.id if cited.claim is not None else None,
        evidence=(work_pointer(cited.works[0]),),
    )


_NOTHING_MORE = re.compile(
    r"\bnothing (?:more than|but)\b|\bwith nothing (?:taught|said|added|given)\b|\bentirely to\b"
    r"|\bmonotherapy\b|\bno other (?:drugs?|treatments?|medicines?|advice|care|help)\b|\banything else\b"
    r"|\b(?:sole|only) (?:[\w-]+ ){0,2}?(?:drug|treatment|therapy|medicine|medication)\b"
    r"|\bwithout any (?:\w+ )?(?:schooling|teaching|education|instruction|counselling|training|drugs?)\b",
    re.IGNORECASE,
)
# "was not tested by itself": just what the rule says
_NOT_TRIED = re.compile(
    r"\b(?:not|never|n['’]t|nobody|no (?:study|trial)|cannot)\b[^.;:]{0,40}?"
    r"\b(?:test|tried|try|compare|stud|know|tell|say|show|answer|examin|given|ask)\w*",
    re.IGNORECASE,
)
_DENIED_BEHIND = 30  # characters behind "without any" that say without what


def _by_findings(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Claims held against the findings of two treatments together."""
    vocabulary = vocabulary_of(facts.evidence)
    for linked in facts.claims:
        claim = linked.claim
        if claim.sentence.is_lead or claim.citations_inherited:
            continue
        mentions = [m for iri in claim.proposition.exposure if (m := named(claim, iri)) is not None]
        if not mentions:
            continue
        alone_said = _ALONE.search(claim.text) is not None
        about = [
            one
            for one in measured(linked)
            if (one.score >= _SAME_THING and one.direction == "supports")
            or (alone_said and one.finding.method == "automatic" and one.finding.quote_role == "result")
        ]
        together = [
            one
            for one in about
            if one.finding.co_intervention
            and _first_of(one, mentions, vocabulary)
            and not _given_to_all(one, vocabulary, alone_said)
        ]
        alone = [one for one in about if not one.finding.co_intervention]
        if not together or any(_licenses(one, together[0], vocabulary) for one in alone):
            continue
        # of equal fits, the one whose estimate and interval are known tells the reader most
        best = max(
            together,
            key=lambda one: (
                one.score,
                one.finding.effect is not None and one.finding.effect.low is not None,
            ),
        )
        # who says "alone" drops the second treatment, whatever stands around it
        beside = [claim.sentence] if says_alone(claim.text) else _beside(linked, facts)
        without = says_alone(claim.text) or _WITHOUT.search(claim.text) is not None
        said = _spoken_in(beside, vocabulary)
        words = frozenset(word for sentence in beside for word in content_words(sentence.text))
        dropped = [
            iri
            for iri in best.finding.co_intervention
            if _left_out(iri, claim, vocabulary)
            or (
                not _spoken_of(iri, said, vocabulary)
                and not _words_of(iri, best, vocabulary) & words
                and (without or not _told_in_other_words(iri, beside, vocabulary))
            )
        ]
        mention = _first_of(best, mentions, vocabulary)
        if not dropped or mention is None:
            continue
        if not without and (_names_a_group(claim, mention) or _ADDED_TO.search(claim.text)):
            continue
        yield _say(rule, linked, best, together, tuple(dropped), mention, vocabulary)


# "the walking group", "the walkers": which group it was, not all that it was given
_GROUP = re.compile(r"(?:\s(?:group|arm|side|team)s?\b|['’]s?\s(?:group|arm)s?\b)", re.IGNORECASE)
_WHO = re.compile(
    r"\b(?:those|people|adults|patients|workers|women|men|participants|groups?|arms?)\s(?:who|that)\s"
    r"(?:(?:had|were|had been)\s)?$",
    re.IGNORECASE,
)
_DOERS = re.compile(r"[a-z]+ers\b", re.IGNORECASE)
# "on top of some advice": that it went with something is said, whatever that is called
_ADDED_TO = re.compile(
    r"\b(?<!not )(?:on top of|alongside|along with|together with|combined with|coupled with|paired with|"
    r"in addition to|added to)\s(?!(?:your|the|their|our|an?) (?:usual|normal|ordinary|other)\b)",
    re.IGNORECASE,
)


def _names_a_group(claim: Claim, mention: Mention) -> bool:
    """Whether the mention only tells one group of a study from the other."""
    start, end = claim.sentence.place(mention.span)
    if _GROUP.match(claim.text, end) or _WHO.search(claim.text, max(0, start - 40), start):
        return True
    return _DOERS.fullmatch(claim.text, start, end) is not None


_OTHER_NAME = 0.4  # from this nearness on words may name the partner by another name


def _by_abstract(rule: Rule, cited: CitedSentence) -> Iterable[Diagnostic]:
    """A cited sentence that says "alone" of what its abstract names with a partner only, by their words.

    Where it is named by other words it has to be the only such treatment, and nothing like the partner.
    """
    alone = alone_told(cited.text) or _NOTHING_MORE.search(cited.text)
    if cited.abstract is None or alone is None or _NOT_TRIED.search(cited.text):
        return
    if _THE_OTHERS.search(cited.text, 0, alone.start()):
        return  # "fewer than in those who got the check alone": what was added to it was tried
    pairs = never_alone(written_out(cited.abstract, cited.abstract), cited.works[0].title or "")
    said = content_words(written_out(cited.text, cited.abstract))
    told = [tuple(bool(content_words(name) & said) for name in pair) for pair in pairs]
    if not pairs or (True, True) in told:
        return
    named = [pair for pair, names in zip(pairs, told, strict=True) if names[0]]
    if not named:
        about = " ".join(cited.text[: alone.start()].split()[-_SUBJECT:])
        one_pair = all(
            frozenset.intersection(*map(content_words, names)) for names in zip(*pairs, strict=True)
        )
        if not one_pair or any(nearness(about, partner) >= _OTHER_NAME for _, partner in pairs):
            return
        named = list(pairs)
    member, partner = named[0]
    yield rule.diagnostic(
        f"“{cited.text[alone.start() : alone.end()]}” was not tested: {known_as(cited.works[0])} tested "
        f"{member} and {partner} together, "
        "and cannot say which of them did it",
        cited.sentence.span_of(alone.start(), alone.end()),
        claim=cited.claim.claim.id if cited.claim is not None else None,
        evidence=(
            work_pointer(cited.works[0]),
            sentence_pointer(cited.works[0], f"{member}, {partner}"),
        ),
        confidence=Confidence.MEDIUM,
    )


_THE_OTHERS = re.compile(r"\b(?:those|the (?:rest|others)|controls)\b[^.;:,]{0,40}$", re.IGNORECASE)
_SUBJECT = 6  # words before "alone" that may say of what


def _say(
    rule: Rule,
    linked: LinkedClaim,
    best: LinkedFinding,
    together: list[LinkedFinding],
    dropped: tuple[Iri, ...],
    mention: Mention,
    vocabulary: Vocabulary,
) -> Diagnostic:
    tested = f"{vocabulary.labels(best.finding.exposure)} plus {vocabulary.labels(dropped)}"
    effect = best.finding.effect
    shown = f" ({short_estimate(effect)})" if effect is not None and effect.value is not None else ""
    return rule.diagnostic(
        f"“{mention.label}” alone was not tested: {source_of(best)} tested {tested} together{shown}, "
        "and cannot say which of them did it",
        mention.span,
        claim=linked.claim.id,
        evidence=paths_to(together[:2]),
        # "walking plus education by itself" would be no better
        fix=None
        if says_alone(linked.claim.text)
        else Fix(mention.span, f"{mention.label} plus {vocabulary.labels(dropped)}"),
    )


def _beside(linked: LinkedClaim, facts: Facts) -> list[Sentence]:
    """The sentences of the claim's paragraph, without those that make a claim of their own on something else.

    "Exercise cut the risk [7]. Education alone did not [7]" says of neither that the two went together.
    """
    claim = linked.claim
    exposure = set(claim.proposition.exposure)
    others = {
        one.claim.sentence.span
        for one in facts.claims
        if one.claim is not claim
        and one.claim.proposition.effect_direction is not None
        and one.claim.proposition.exposure
        and not exposure & {*one.claim.proposition.exposure, *one.claim.proposition.co_intervention}
    }
    return [one for one in facts.sentences if one.block == claim.sentence.block and one.span not in others]


def _spoken_in(sentences: Iterable[Sentence], vocabulary: Vocabulary) -> frozenset[Iri]:
    """Every concept named in these sentences, whether or not they make a claim."""
    return frozenset(mention.concept for sentence in sentences for mention in vocabulary.find(sentence.text))


def _given_to_all(one: LinkedFinding, vocabulary: Vocabulary, alone: bool) -> bool:
    """Whether the comparison group had the second treatment too: then what the first adds was tested.

    So it is where an abstract names it behind the dummy: "a drug or placebo, plus a diet". Who says ``alone``
    still leaves that out.
    """
    finding = one.finding
    if not alone and finding.method == "automatic" and one.work is not None:
        after = _BEHIND_PLACEBO.search(one.work.abstract or "")
        if after is not None:
            there = [mention.concept for mention in vocabulary.find(after["what"])]
            if all(vocabulary.best_fit((iri,), there) in CLOSE for iri in finding.co_intervention):
                return True
    return all(vocabulary.best_fit((iri,), finding.comparator) is Fit.SAME for iri in finding.co_intervention)


_BEHIND_PLACEBO = re.compile(
    r"\bor (?:matching )?(?:placebo|sham)[^.;]{0,40}?,?\s"
    r"(?:plus|in addition to|along with|together with|added to|combined with|on top of)\s"
    r"(?P<what>[^.;]{3,80})",
    re.IGNORECASE,
)


def _left_out(iri: Iri, claim: Claim, vocabulary: Vocabulary) -> bool:
    """Whether the claim itself says that it went without: "walking without the coaching"."""
    if vocabulary.best_fit(claim.proposition.comparator, (iri,)) in CLOSE:
        return True
    without = _WITHOUT.search(claim.text)
    return without is not None and bool(content_words(without[1]) & content_words(vocabulary.label(iri)))


_WITHOUT = re.compile(r"\bwithout\s((?:[\w-]+\s?){1,4})", re.IGNORECASE)


def _words_of(iri: Iri, one: LinkedFinding, vocabulary: Vocabulary) -> frozenset[str]:
    """The words that name the second treatment and nothing else of the study: "sleep hygiene", of sleep, is
    hygiene."""
    others = content_words(vocabulary.labels((*one.finding.exposure, *one.finding.outcome)))
    return content_words(vocabulary.label(iri)) - _KINDS - others


_NEAR = 0.45  # "lessons", "teaching", "coaching" of education; any two words are less near by chance


def _told_in_other_words(iri: Iri, sentences: Iterable[Sentence], vocabulary: Vocabulary) -> bool:
    """Whether a word near in meaning to the second treatment stands there: "lessons" for education."""
    kind = vocabulary.label(iri).lower().rsplit(" ", 1)[-1]
    words = {word for one in sentences for word in re.findall(r"[a-z]{4,}", one.text.lower())}
    return kind not in _NO_KIND and any(nearness(word, kind) >= _NEAR for word in sorted(words))


_NO_KIND = frozenset(
    {"intake", "training", "exercise", "therapy", "supplement", "diet", "activity", "programme"}
)
_KINDS = content_words("intake training exercise therapy education supplement diet activity programme")


def _spoken_of(iri: Iri, said: frozenset[Iri], vocabulary: Vocabulary) -> bool:
    return any(vocabulary.fits(one, iri) in CLOSE for one in said)


def _first_of(one: LinkedFinding, mentions: list[Mention], vocabulary: Vocabulary) -> Mention | None:
    """The place where the claim names the exposure that was tested together with something."""
    for mention in mentions:
        if vocabulary.best_fit((mention.concept,), one.finding.exposure) in CLOSE:
            return mention
    return None


def _licenses(alone: LinkedFinding, together: LinkedFinding, vocabulary: Vocabulary) -> bool:
    """Whether another study, or a curated finding of the same one, carries the claim without the second
    treatment."""
    return (
        (alone.finding.study != together.finding.study or alone.finding.method == "curated")
        and vocabulary.best_fit(alone.finding.outcome, together.finding.outcome) in CLOSE
        and not set(alone.finding.exposure) & set(together.finding.co_intervention)
    )
