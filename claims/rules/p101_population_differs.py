"""P101: the claim is about people whom its source did not study."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.abstracts.enrolled import among, not_had, not_taken
from claims.abstracts.subgroups import found_elsewhere
from claims.cited import all_known, named, on_exposure
from claims.concepts import CLOSE, Fit, Vocabulary, vocabulary_of
from claims.model import (
    CitedSentence,
    Claim,
    Confidence,
    Diagnostic,
    LinkedClaim,
    LinkedFinding,
    Mention,
    Severity,
)
from claims.pointing import differs_from_study, paths_to, sentence_pointer, source_of, work_pointer
from claims.rule import Facts, Rule, rule
from claims.study.groups import groups_told, opposed
from claims.study.kinds import told_as
from claims.study.source import lines_of
from graph.evidence import Iri
from graph.naming import known_as

# Groups that exclude one another; all else (women, older adults, people with diabetes) may overlap.
_APART = (
    (
        ("children", "adolescents", "infants"),
        ("adults", "older-adults", "middle-aged-adults", "young-adults"),
    ),
    (("men",), ("women", "postmenopausal-women", "pregnant-women", "breastfeeding-women")),
    (("smokers-as-population",), ("lifelong-non-smokers",)),
    (("older-adults",), ("young-adults", "children", "adolescents", "infants")),
    (("pregnant-women",), ("postmenopausal-women", "men", "children", "older-adults")),
)


@rule(
    "P101",
    "population-differs",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Guyatt et al. 2011, GRADE guidelines 8: rating the quality of evidence, indirectness. "
        "J Clin Epidemiol 64:1303-1310",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The source studied other people."""
    said = list(_by_findings(rule, facts))
    yield from said
    for cited in facts.cited_without(said):
        yield from list(_of_other_kind(rule, cited)) or _of_other_group(rule, cited)


def _of_other_kind(rule: Rule, cited: CitedSentence) -> Iterable[Diagnostic]:
    """A cited sentence that is no claim and tells of a kind of people that its source did not have."""
    if cited.claim is not None or cited.abstract is None or cited.text.rstrip().endswith("?"):
        return
    work = cited.works[0]
    lines = lines_of(work.title, work.abstract)
    for kind, start, end in groups_told(cited.text):
        held = opposed(kind, cited.text, start, end, lines) if told_as(kind) == "group" else None
        if held is not None and not held[0]:
            _, recorded, line = held
            yield rule.diagnostic(
                f"“{cited.text[start:end]}”: {known_as(work)} has {recorded} (“{line}”)",
                cited.sentence.span_of(start, end),
                evidence=(work_pointer(work), sentence_pointer(work, line)),
            )
            return


def _of_other_group(rule: Rule, cited: CitedSentence) -> Iterable[Diagnostic]:
    """A cited sentence that tells of one group what its abstract found in the opposed one."""
    if cited.abstract is None:
        return
    found, work = found_elsewhere(cited.text, cited.abstract), cited.works[0]
    if found is None:
        denied = not_had(cited.text, cited.abstract)
        if denied is not None:
            yield rule.diagnostic(
                f"told of those who were studied; {known_as(work)} says: “{denied}”",
                cited.sentence.span,
                claim=cited.claim.claim.id if cited.claim is not None else None,
                evidence=(work_pointer(work), sentence_pointer(work, denied)),
            )
        return
    yield rule.diagnostic(
        f"told of “{found.said}”; {known_as(work)} found it in “{found.found}”: “{found.passage}”",
        cited.sentence.span_of(found.start, found.start + len(found.said)),
        claim=cited.claim.claim.id if cited.claim is not None else None,
        evidence=(work_pointer(work), sentence_pointer(work, found.passage)),
    )


def _by_findings(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Claims held against the people of the studies that they are linked with."""
    vocabulary = vocabulary_of(facts.evidence)
    for linked in facts.claims:
        told = list(_of_claim(rule, linked, vocabulary))
        yield from told or _of_study(rule, linked)


def _of_claim(rule: Rule, linked: LinkedClaim, vocabulary: Vocabulary) -> Iterable[Diagnostic]:
    """The groups that a claim names and nobody of its sources belonged to."""
    claim = linked.claim
    if claim.citations_inherited or not claim.proposition.population or not all_known(linked):
        return
    told = tuple(_by_abstracts(rule, linked, vocabulary))
    if told:
        yield from told
        return
    found = on_exposure(linked, vocabulary)
    studied = [
        _people((*one.finding.population, *(one.study.population if one.study else ()))) for one in found
    ]
    if not found or not all(studied):
        return
    everyone = tuple(dict.fromkeys(iri for people in studied for iri in people))
    apart = _others(claim.proposition.population, everyone, vocabulary) and not _spoken_of(
        claim.proposition.population, found, vocabulary
    )
    for iri in claim.proposition.population:
        mention = named(claim, iri)
        if mention is None:
            continue
        healthy = vocabulary.named("healthy-volunteers")
        if (
            healthy is not None
            and _called_healthy(claim, mention)
            and all(any(_excluded(healthy, other, vocabulary) for other in people) for people in studied)
        ):
            yield _told(rule, claim, f"healthy {mention.label}", mention, found, everyone, vocabulary)
            continue
        same_words = [one.concept for one in claim.mentions if one.span == mention.span]
        if vocabulary.best_fit(same_words, everyone) in (*CLOSE, Fit.SURROGATE):
            continue
        if _parent_of(iri, claim.proposition.population, everyone, vocabulary):
            continue
        if (apart and _special(iri, vocabulary)) or all(
            any(_excluded(iri, other, vocabulary) for other in people) for people in studied
        ):
            yield _told(rule, claim, mention.label, mention, found, everyone, vocabulary)


def _of_study(rule: Rule, linked: LinkedClaim) -> Iterable[Diagnostic]:
    """The kind of people or cases that the sentence tells of, or their ages, where only others were taken."""
    for one in linked.study:
        if one.statement.about in ("group", "age") and not one.agrees:
            yield differs_from_study(rule, linked, one)


def _told(
    rule: Rule,
    claim: Claim,
    people: str,
    mention: Mention,
    found: tuple[LinkedFinding, ...],
    studied: tuple[Iri, ...],
    vocabulary: Vocabulary,
) -> Diagnostic:
    works = ", ".join(dict.fromkeys(source_of(one) for one in found[:3]))
    return rule.diagnostic(
        f"“{people}” were not studied: the people of {works} were {_named(studied, vocabulary)}",
        mention.span,
        claim=claim.id,
        evidence=paths_to(found[:2]),
    )


def _named(people: tuple[Iri, ...], vocabulary: Vocabulary) -> str:
    """Who was studied, by what they are and have: "older adults and people with asthma"."""
    ill = tuple(iri for iri in people if not _is_group(iri, vocabulary))
    groups = vocabulary.labels(iri for iri in people if iri not in ill)
    having = f"people with {vocabulary.labels(ill)}" if ill else ""
    return " and ".join(filter(None, (groups, having)))


def _is_group(iri: Iri, vocabulary: Vocabulary) -> bool:
    concept = vocabulary.concepts.get(iri)
    return concept is None or "population" in concept.roles


def _by_abstracts(rule: Rule, linked: LinkedClaim, vocabulary: Vocabulary) -> Iterable[Diagnostic]:
    """Groups that the abstracts of all works cited say were not taken: by what they had, or by their age."""
    claim = linked.claim
    if any(one.finding.method != "automatic" for one in linked.findings if one.via == "citation"):
        return
    texts = [(work, f"{work.title or ''}. {work.abstract or ''}") for work in linked.works]
    found = [one for one in linked.findings if one.via == "citation"]
    for iri in claim.proposition.population:
        mention = named(claim, iri)
        if mention is None or not found:
            continue
        named_there = all(mention.label.lower() in text.lower() for _, text in texts)
        said = [not_taken(mention, text, named_there, vocabulary) for _, text in texts]
        if all(said):
            yield rule.diagnostic(
                f"“{mention.label}” were not studied: {source_of(found[0])} {said[0]}",
                mention.span,
                claim=claim.id,
                evidence=paths_to(found[:2]),
            )


_HEALTHY = re.compile(r"\b(?:healthy|fit and well|disease-free)\s(?:[a-z]+\s)?$", re.IGNORECASE)


def _called_healthy(claim: Claim, mention: Mention) -> bool:
    """Whether the claim calls a group healthy: "healthy teenagers"."""
    start, _ = claim.sentence.place(mention.span)
    return _HEALTHY.search(claim.sentence.text, max(0, start - 30), start) is not None


_PARENTS = ("pregnant-women", "women", "breastfeeding-women")
_OFFSPRING = ("children", "infants", "adolescents")


def _parent_of(iri: Iri, claimed: tuple[Iri, ...], studied: tuple[Iri, ...], vocabulary: Vocabulary) -> bool:
    """Whether a claim names mothers beside the children that were studied, or the child of those.

    Where pregnant women were studied, a baby that is named is theirs.
    """
    if among(iri, ("infants",), vocabulary) and any(
        among(people, ("pregnant-women",), vocabulary) for people in studied
    ):
        return True
    for one, other in ((_PARENTS, _OFFSPRING), (_OFFSPRING, _PARENTS)):
        if among(iri, one, vocabulary):
            return any(among(said, other, vocabulary) for said in claimed) and any(
                among(people, other, vocabulary) for people in studied
            )
    return False


def _people(populations: tuple[Iri, ...]) -> tuple[Iri, ...]:
    return tuple(iri for iri in populations if not iri.endswith("/people"))


_GROUPS = (
    "pregnant-women",
    "breastfeeding-women",
    "postmenopausal-women",
    "children",
    "adolescents",
    "infants",
    "athletes",
    "shift-workers",
    "health-workers",
    "office-workers",
    "manual-workers",
    "military-personnel",
    "critically-ill-patients",
    "smokers-as-population",
)


def _others(claimed: tuple[Iri, ...], studied: tuple[Iri, ...], vocabulary: Vocabulary) -> bool:
    """Whether a study of one special group is cited for quite another.

    Somebody may belong to both, but nobody was chosen for being so. A study of adults at large says
    something of any adults, so it is let be, as is a claim one of whose groups was studied.
    """
    if any(vocabulary.best_fit((iri,), studied) in (*CLOSE, Fit.SURROGATE) for iri in claimed):
        return False
    return any(_special(iri, vocabulary) for iri in studied)


def _spoken_of(claimed: tuple[Iri, ...], found: Iterable[LinkedFinding], vocabulary: Vocabulary) -> bool:
    """Whether an abstract read by machine so much as names one of the claim's groups."""
    works = {one.work.iri: one.work for one in found if one.work and one.finding.method == "automatic"}
    return any(
        vocabulary.best_fit(claimed, [mention.concept for mention in vocabulary.find(text)]) in CLOSE
        for work in works.values()
        for text in (work.title, work.abstract)
        if text
    )


def _special(iri: Iri, vocabulary: Vocabulary) -> bool:
    """Whether a population is a group of its own, by illness, work or stage of life."""
    return _ill(iri, vocabulary) or among(iri, _GROUPS, vocabulary)


def _excluded(claimed: Iri, studied: Iri, vocabulary: Vocabulary) -> bool:
    """Whether nobody can be both, as far as the vocabulary tells."""
    for left, right in _APART:
        for one, other in ((left, right), (right, left)):
            if among(claimed, one, vocabulary) and among(studied, other, vocabulary):
                return not (among(claimed, other, vocabulary) or among(studied, one, vocabulary))
    healthy = vocabulary.named("healthy-volunteers")
    if healthy is None:
        return False
    return (claimed == healthy and (_ill(studied, vocabulary) or "/people-at-high-" in studied)) or (
        studied == healthy and _ill(claimed, vocabulary)
    )


def _ill(iri: Iri, vocabulary: Vocabulary) -> bool:
    return iri in vocabulary.alike or "/people-with-" in iri
