"""Claims to findings: by citation, by graph line, by topic; for, against and neither."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from claims import propositions, sentences
from claims.alignment import NUMBERS
from claims.concepts import vocabulary_of
from claims.findings.choosing import told_findings
from claims.linking import link, restating
from claims.linking.bearing import bearing, names_each_group
from claims.model import (
    Claim,
    InTextCitation,
    LinkedClaim,
    Reference,
    ReferenceFields,
    ReferenceStatus,
    Span,
    VerifiedReference,
)
from claims.reading import read_text
from graph.evidence import (
    Dose,
    EffectEstimate,
    Evidence,
    EvidenceLine,
    Finding,
    GraphClaim,
    Iri,
    Mechanism,
    MechanismStep,
    Study,
    Work,
)
from graph.reading import shipped

WORK, STUDY = Iri("urn:work"), Iri("urn:study")


def concept(name: str) -> Iri:
    return Iri(f"https://w3id.org/claimspine/id/concept/{name}")


def finding(name: str, exposure: str, outcome: str, direction: str | None, **more: object) -> Finding:
    made = Finding(
        Iri(f"urn:finding:{name}"),
        work=WORK,
        study=STUDY,
        exposure=(concept(exposure),),
        outcome=(concept(outcome),),
        effect_direction=direction,
        quote_role="result",
        obtained_by="measured",
        method="curated",
    )
    return replace(made, **more)  # type: ignore[arg-type]


def evidence(*findings: Finding, **more: object) -> Evidence:
    return Evidence(
        concepts=shipped(),
        works={WORK: Work(WORK, title="A trial", year=2020)},
        studies={STUDY: Study(STUDY, design="randomised-controlled-trial", sample_size=500)},
        findings={one.iri: one for one in findings},
        **more,  # type: ignore[arg-type]
    )


Linked = Callable[[str, Evidence], LinkedClaim]


@pytest.fixture
def linked() -> Linked:
    def of(text: str, known: Evidence, cited: bool = True) -> LinkedClaim:
        document = read_text(text, "text/markdown")
        split = sentences.split(document)
        (claim,) = propositions.extract(document, split, (), known)
        return link((citing(claim),) if cited else (claim,), (reference(known.works[WORK]),), known)[0]

    return of


def citing(claim: Claim) -> Claim:
    mark = InTextCitation("(A, 2020)", claim.span, "author-year", ("A 2020",), (1,))
    return replace(claim, citations=(mark,))


def reference(work: Work | None) -> VerifiedReference:
    printed = Reference(1, "A 2020", "A (2020)", Span(0, 1), ReferenceFields())
    return VerifiedReference(printed, ReferenceStatus.MISMATCH, work, ("locator",), ())


@pytest.mark.parametrize(
    ("text", "exposure", "outcome", "found", "direction"),
    [
        ("Zinc shortens the common cold.", "zinc", "common-cold", "decreases", "supports"),
        ("Zinc shortens the common cold.", "zinc", "common-cold", "no-difference", "refutes"),
        ("Zinc shortens the common cold.", "zinc", "common-cold", None, "neutral"),
        ("Zinc shortens the common cold.", "zinc", "acne", "decreases", "neutral"),
        ("Zinc shortens the common cold.", "garlic", "common-cold", "decreases", "neutral"),
        ("Yoga improves sleep quality.", "yoga", "sleep-quality", "decreases", "refutes"),
        ("Zinc does not prevent the common cold.", "zinc", "common-cold", "no-difference", "supports"),
        ("Exercise improves mental health.", "walking", "depression", "decreases", "supports"),
        ("Potassium prevents strokes.", "potassium-intake", "blood-pressure", "decreases", "neutral"),
    ],
)
def test_direction(
    linked: Linked, text: str, exposure: str, outcome: str, found: str | None, direction: str
) -> None:
    (one,) = linked(text, evidence(finding("x", exposure, outcome, found))).findings
    assert (one.via, one.direction) == ("citation", direction)


@pytest.mark.parametrize(("said", "direction"), [("raises", "supports"), ("lowers", "refutes")])
def test_a_ratio_of_the_lack_of_it(linked: Linked, said: str, direction: str) -> None:
    """Odds of too little sleep are above one where sleep gets less."""
    effect = EffectEstimate("odds-ratio", Decimal("2.17"), Decimal("1.42"), Decimal("3.32"))
    short = finding("x", "screen-time", "sleep-duration", "decreases", effect=effect)
    known = evidence(short)
    claim = linked(f"Screen time {said} the risk of obesity (odds ratio 2.17).", known).claim
    unnamed = replace(claim, proposition=replace(claim.proposition, outcome=()))
    assert bearing(unnamed, short, vocabulary_of(known), alike=NUMBERS) == direction


def test_what_was_given_beside_counts_less_than_what_was_tested(linked: Linked) -> None:
    companion = (concept("patient-education"),)
    known = evidence(
        finding("both", "exercise", "low-back-pain", "decreases", co_intervention=companion),
        finding("alone", "patient-education", "low-back-pain", "no-difference"),
    )
    one = linked("Patient education lowers the risk of low back pain.", known)
    assert [found.finding.iri for found in told_findings(one)] == ["urn:finding:alone"]


def test_of_two_doses_the_claims_own_is_told(linked: Linked) -> None:
    light = (Dose("drink/day", Decimal(0), Decimal(1)),)
    heavy = (Dose("drink/day", Decimal(4), Decimal(6)),)
    known = evidence(
        finding("light", "alcohol", "colorectal-cancer", "no-difference", dose=light),
        finding("heavy", "alcohol", "colorectal-cancer", "increases", dose=heavy),
    )
    one = linked("Alcohol, up to one drink a day, does not raise the risk of bowel cancer.", known)
    assert [found.finding.iri for found in told_findings(one)] == ["urn:finding:light"]


def test_the_same_in_two_active_treatments_refutes_neither(linked: Linked) -> None:
    known = evidence(
        finding("x", "yoga", "low-back-pain", "no-difference", comparator=(concept("physiotherapy"),))
    )
    assert linked("Yoga eases low back pain.", known).findings[0].direction == "neutral"


def test_hypotheses_and_guesses_carry_nothing(linked: Linked) -> None:
    for more in ({"quote_role": "hypothesis"}, {"quote_role": "background"}, {"obtained_by": "inferred"}):
        known = evidence(finding("x", "tea", "attention", "increases", **more))
        assert linked("Tea improves attention.", known).findings[0].direction == "neutral"


def test_two_outcomes_of_one_sentence_are_told_apart(linked: Linked) -> None:
    known = evidence(
        finding("a", "aspirin", "heart-attack", "decreases"), finding("b", "aspirin", "bleeding", "increases")
    )
    found = linked("Aspirin cut heart attacks but increased bleeding.", known).findings
    assert {one.direction for one in found} == {"supports"}


def test_the_finding_whose_number_is_printed_comes_first(linked: Linked) -> None:
    def estimate(value: str) -> EffectEstimate:
        return EffectEstimate("risk-ratio", Decimal(value))

    known = evidence(
        finding("a", "nuts", "mortality", "decreases", effect=estimate("0.91")),
        finding("b", "nuts", "mortality", "decreases", effect=estimate("0.78")),
    )
    found = linked("Eating nuts lowered mortality by 22 %.", known).findings
    assert [one.finding.iri for one in found] == ["urn:finding:b", "urn:finding:a"]


def test_a_reference_without_a_work_links_nothing() -> None:
    known = evidence(finding("x", "zinc", "acne", "decreases"))
    document = read_text("Zinc reduces the common cold.", "text/markdown")
    (claim,) = propositions.extract(document, sentences.split(document), (), known)
    (one,) = link((citing(claim),), (reference(None),), known)
    assert one.works == ()
    assert one.findings == ()


def test_topic_brings_what_nobody_cited(linked: Linked) -> None:
    known = evidence(finding("x", "zinc", "common-cold", "no-difference"))
    (one,) = linked("Zinc shortens the common cold.", known, False).findings  # type: ignore[call-arg]
    assert (one.via, one.direction) == ("topic", "refutes")


def line(target: str, on: Finding, direction: str) -> EvidenceLine:
    return EvidenceLine(
        Iri(f"urn:line:{target}:{direction}"), Iri(target), on.iri, direction, "strong", "direct"
    )


def test_lines_of_the_claims_and_of_the_recommendation_restated(linked: Linked) -> None:
    good = finding("good", "walking", "falls", "decreases")
    bad = finding("bad", "walking", "falls", "increases")
    stated = GraphClaim(
        Iri("urn:claim"), "Walking prevents falls", exposure=(concept("walking"),),
        outcome=(concept("falls"),), effect_direction="decreases",
    )  # fmt: skip
    advice = GraphClaim(
        Iri("urn:advice"), "Walk daily", "recommendation", exposure=(concept("walking"),),
        outcome=(concept("falls"),), based_on=(stated.iri,),
    )  # fmt: skip
    known = evidence(
        good,
        bad,
        claims={stated.iri: stated, advice.iri: advice},
        lines=(line("urn:claim", good, "supports"), line("urn:claim", bad, "refutes")),
    )
    told = linked("Walking reduces the risk of falls.", known, False)  # type: ignore[call-arg]
    assert told.graph_claims == (stated.iri,)
    assert {(one.via, one.direction) for one in told.findings} == {
        ("topic", "supports"),
        ("topic", "refutes"),
    }
    advised = linked("You should aim for 30 minutes of walking daily to prevent falls.", known, False)  # type: ignore[call-arg]
    assert set(advised.graph_claims) == {stated.iri, advice.iri}
    assert {"supports", "refutes"} == {
        one.direction for one in advised.findings if one.via == "recommendation"
    }


def test_the_opposite_of_a_claim_of_the_graph_turns_its_lines(linked: Linked) -> None:
    good = finding("good", "coffee", "insomnia", None, work=None)
    stated = GraphClaim(
        Iri("urn:claim"), "Coffee worsens insomnia", exposure=(concept("coffee"),),
        outcome=(concept("insomnia"),), effect_direction="increases",
    )  # fmt: skip
    known = evidence(good, claims={stated.iri: stated}, lines=(line("urn:claim", good, "supports"),))
    told = linked("Coffee relieves insomnia.", known, False)  # type: ignore[call-arg]
    assert [one.direction for one in told.findings if one.line] == ["refutes"]


def test_of_many_claims_of_the_graph_those_on_the_same_exposure_are_looked_into(
    linked: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A claim of an article over a large store costs what the claims on its topic cost, not what all do."""
    looked: list[Iri] = []
    same = restating._same_claim

    def noted(claim: Claim, target: GraphClaim, *given: Any) -> Any:
        looked.append(target.iri)
        return same(claim, target, *given)

    monkeypatch.setattr(restating, "_same_claim", noted)
    names = ("garlic", "zinc", "yoga", "exercise", "zinc", "walking")
    colds = (concept("common-cold"),)
    claims = {
        Iri(f"urn:c{at}"): GraphClaim(Iri(f"urn:c{at}"), name, exposure=(concept(name),), outcome=colds)
        for at, name in enumerate(names)
    }
    lines = tuple(
        EvidenceLine(Iri(f"urn:l{at}"), iri, Iri("urn:finding:x"), "supports")
        for at, iri in enumerate(claims)
    )
    known = evidence(finding("x", "garlic", "acne", "decreases"), claims=claims, lines=lines)
    assert linked("Zinc shortens the common cold.", known, cited=False)
    assert looked == ["urn:c1", "urn:c4"]
    looked.clear()
    assert linked("Walking prevents the common cold.", known, cited=False)
    assert set(looked) == {"urn:c3", "urn:c5"}  # walking is exercise


def test_steps_of_a_mechanism(linked: Linked) -> None:
    seen = finding("seen", "running", "neurogenesis", "increases", work=None)
    step = MechanismStep(
        Iri("urn:step"), "running grows neurons", (concept("running"),), (concept("neurogenesis"),)
    )
    known = evidence(
        seen,
        mechanisms={Iri("urn:m"): Mechanism(Iri("urn:m"), "growth", steps=(step,))},
        lines=(line("urn:step", seen, "supports"),),
    )
    told = linked("Running boosts the growth of new brain cells.", known, False)  # type: ignore[call-arg]
    assert [(one.via, one.direction) for one in told.findings] == [("mechanism", "supports")]


def test_an_unrelated_study_changes_nothing(linked: Linked) -> None:
    one = finding("x", "zinc", "common-cold", "decreases")
    text = "Zinc shortens the common cold."
    alone = linked(text, evidence(one))
    beside = linked(text, evidence(one, finding("y", "sauna-bathing", "gout", "decreases", work=None)))
    assert alone.findings == beside.findings


@pytest.mark.parametrize(
    ("comparator", "outcome", "way"),
    [
        ("placebo", "falls", "refutes"),  # the same question, answered otherwise
        ("strength-training", "falls", "neutral"),
        ("placebo", "depression", "neutral"),
    ],
)
def test_printed_numbers_are_contested_only_on_their_own_question(
    linked: Linked, comparator: str, outcome: str, way: str
) -> None:
    printed = finding(
        "a",
        "walking",
        "falls",
        "decreases",
        comparator=(concept("placebo"),),
        effect=EffectEstimate("risk-ratio", Decimal("0.77"), Decimal("0.70"), Decimal("0.84")),
    )
    other = finding(
        "b",
        "walking",
        outcome,
        "no-difference" if outcome == "falls" else "increases",
        work=Iri("urn:other"),
        comparator=(concept(comparator),),
    )
    stated = GraphClaim(
        Iri("urn:claim"), "Walking prevents falls", exposure=(concept("walking"),),
        outcome=(concept("falls"),), effect_direction="decreases",
    )  # fmt: skip
    known = evidence(
        printed, other, claims={stated.iri: stated}, lines=(line("urn:claim", other, "refutes"),)
    )
    told = linked("Walking lowered the risk of falls (RR 0.77, 0.70 to 0.84) [1].", known)
    assert {one.direction for one in told.findings if one.finding.iri == other.iri} == {way}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Stiffness eased in every one of the three arms.", True),
        ("Grip rises with pace, whereas reach doesn't (Orr, 2020).", True),
        ("Grip rises with pace in one of the three arms.", False),
    ],
)
def test_of_which_groups_a_sentence_speaks(text: str, told: bool) -> None:
    assert names_each_group(text) is told
