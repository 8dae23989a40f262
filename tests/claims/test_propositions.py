"""Sentences into claims with slots, on articles of many subjects."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from claims import citations, propositions, references, sentences
from claims.model import Claim
from claims.reading import read_text
from graph.evidence import Evidence, Iri
from graph.reading import shipped

Read = Callable[[str], tuple[Claim, ...]]


@pytest.fixture(scope="module")
def read() -> Read:
    evidence = Evidence(concepts=shipped())

    def of(text: str) -> tuple[Claim, ...]:
        document = read_text(text, "text/markdown")
        split = sentences.split(document)
        printed = references.find(document)
        return propositions.extract(document, split, citations.find(document, printed), evidence)

    return of


def names(iris: tuple[Iri, ...]) -> list[str]:
    return [iri.rsplit("/", 1)[-1] for iri in iris]


@pytest.mark.parametrize(
    ("text", "exposure", "outcome", "direction"),
    [
        ("Magnesium improves sleep quality.", ["magnesium"], ["sleep-quality"], "increases"),
        ("Cutting salt lowers blood pressure.", ["low-sodium-diet"], ["blood-pressure"], "decreases"),
        ("Sleep deprivation raises the risk of obesity.", ["short-sleep"], ["obesity"], "increases"),
        ("The mediterranean diet protects against heart disease.", ["mediterranean-diet"],
         ["cardiovascular-disease"], "decreases"),
        ("Vitamin C does not prevent the common cold.", ["vitamin-c"], ["common-cold"], "no-difference"),
        ("Mortality was lower among coffee drinkers.", ["coffee"], ["mortality"], "decreases"),
        ("Cutting salt raises blood pressure.", ["low-sodium-diet"], ["blood-pressure"], "increases"),
        ("Keto promotes weight loss.", ["ketogenic-diet"], ["weight-loss"], "increases"),
        ("Vitamin K slows bone loss.", ["vitamin-k"], ["bone-loss"], "decreases"),
        ("Smoking is associated with lung cancer.", ["smoking"], ["lung-cancer"], None),
        ("Depression was relieved by strength training.", ["strength-training"], ["depression"], "decreases"),
    ],
)  # fmt: skip
def test_slots(read: Read, text: str, exposure: list[str], outcome: list[str], direction: str | None) -> None:
    (claim,) = read(text)
    assert names(claim.proposition.exposure) == exposure
    assert names(claim.proposition.outcome) == outcome
    assert claim.proposition.effect_direction == direction
    assert claim.text == text


@pytest.mark.parametrize(
    ("text", "exposure", "outcome"),
    [
        ("That adds half an hour to sleep each night.", ["melatonin"], ["sleep"]),
        ("The practice adds half an hour to sleep each night.", ["melatonin"], ["sleep"]),
        ("It adds half an hour to sleep each night.", ["melatonin"], ["sleep"]),
        ("This sleep lowers blood pressure.", ["sleep"], ["blood-pressure"]),
    ],
)
def test_what_points_back_stands_for_what_was_spoken_of(
    read: Read, text: str, exposure: list[str], outcome: list[str]
) -> None:
    claim = read(f"Melatonin eases jet lag. {text}")[1]
    assert names(claim.proposition.exposure) == exposure
    assert names(claim.proposition.outcome) == outcome


@pytest.mark.parametrize(
    "text",
    [
        "Does magnesium help you sleep?",
        "# Can magnesium help you sleep? What the evidence says",
        "# Skip breakfast, reverse diabetes? Intermittent fasting explained",
        "Our canteen opens at nine.",
        "# Introduction",
        "Talk to your doctor before you change a medicine.",
        "Coffee is grown in Brazil.",
        "Photographs by the author.",
        "Low back pain has many names.",
    ],
)
def test_what_asserts_nothing_is_no_claim(read: Read, text: str) -> None:
    assert read(text) == ()


def test_the_comparators_dose_is_not_the_claims(read: Read) -> None:
    (claim,) = read(
        "People walking more than 100 minutes a day had less back pain than those walking "
        "under 78 minutes a day."
    )
    (dose,) = claim.proposition.dose
    assert (dose.low, dose.high, dose.unit) == (Decimal(100), None, "min/day")
    assert names(claim.proposition.comparator) == ["walking"]


def test_population_and_what_people_have(read: Read) -> None:
    (claim,) = read(
        "In adults with type 2 diabetes, metformin lowered HbA1c compared with placebo over 24 weeks."
    )
    assert names(claim.proposition.population) == ["people-with-type-2-diabetes"]
    assert names(claim.proposition.outcome) == ["hba1c"]
    assert names(claim.proposition.comparator) == ["placebo"]
    assert claim.proposition.horizon_days == Decimal(168)


def test_counted_people_are_what_came_of_it(read: Read) -> None:
    (claim,) = read("PSA testing raised the number of men diagnosed with prostate cancer.")
    assert names(claim.proposition.outcome) == ["prostate-cancer"]
    (claim,) = read("Yoga eased stress in women diagnosed with breast cancer.")
    assert names(claim.proposition.outcome) == ["stress"]


def test_an_illness_before_its_patients_is_what_they_have(read: Read) -> None:
    (claim,) = read("Remote monitoring of heart failure patients lowered mortality.")
    assert names(claim.proposition.outcome) == ["mortality"]


def test_two_things_together(read: Read) -> None:
    (claim,) = read("Calcium plus vitamin K strengthens bone density.")
    assert names(claim.proposition.exposure) == ["calcium"]
    assert names(claim.proposition.co_intervention) == ["vitamin-k"]


def test_what_was_left_out_is_no_exposure(read: Read) -> None:
    (claim,) = read("Yoga eases back pain without the need for painkillers.")
    assert names(claim.proposition.exposure) == ["yoga"]


def test_a_lead_gives_and_takes(read: Read) -> None:
    claims = read(
        "# Tea\n\n**Lowers stroke risk:** In a cohort, people drinking green tea had fewer strokes "
        "(Ito, 2010). It also calms anxiety.\n\n# References\n\nIto, M. (2010). Green tea and stroke. "
        "Stroke, 41(2), 100-104.\n"
    )
    lead, body, after = claims
    assert lead.kind == "lead"
    assert names(lead.proposition.exposure) == ["green-tea"]
    assert lead.citations_inherited
    assert [citation.keys for citation in lead.citations] == [("Ito 2010",)]
    assert not body.citations_inherited
    assert names(after.proposition.exposure) == ["green-tea"]
    assert names(after.proposition.outcome) == ["anxiety"]


def test_advice_is_a_recommendation_with_its_dose(read: Read) -> None:
    claims = read("**Bottom line:** Aim for 30 minutes of walking 5 times a week for a healthier heart.")
    (claim,) = [one for one in claims if one.kind == "recommendation"]
    (dose,) = claim.proposition.dose
    assert (dose.low, dose.unit) == (Decimal(150), "min/week")
    assert names(claim.proposition.outcome) == ["heart-health"]


def test_hedge_strength_and_words_of_size(read: Read) -> None:
    (claim,) = read("Fish oil may halve the risk of stroke.")
    assert claim.proposition.hedged
    assert claim.proposition.causal_strength.value == "conditional_causal"
    assert claim.proposition.magnitude is not None
    span = claim.proposition.magnitude_span
    assert span is not None
    assert "halve" in claim.text[span.start : span.end]


def test_spans_point_into_the_original(read: Read) -> None:
    text = "Some **bold** words.\n\nEating *whole grains* lowers LDL cholesterol by 5 %.\n"
    (claim,) = read(text)
    for mention in claim.mentions:
        assert mention.label.lower() in text[mention.span.start : mention.span.end].lower()
    assert text[claim.span.start : claim.span.end].startswith("Eating")


def test_abbreviations_are_followed(read: Read) -> None:
    claims = read(
        "Tai chi exercise (TCE) is old. TCE prevents falls in older people.".replace(
            "Tai chi exercise (TCE)", "Tai chi (TC)"
        ).replace("TCE", "TC")
    )
    assert names(claims[-1].proposition.exposure) == ["tai-chi"]


def test_ids_count_in_reading_order(read: Read) -> None:
    claims = read("Nuts lower cholesterol. Tea improves attention. Sugar raises triglycerides.")
    assert [claim.id for claim in claims] == ["claim-1", "claim-2", "claim-3"]
    assert claims == read("Nuts lower cholesterol. Tea improves attention. Sugar raises triglycerides.")


def test_a_sentence_that_cites_for_an_exposure_and_an_outcome_is_a_claim(read: Read) -> None:
    """Whatever its verb: "have" and "die" are not among the words of change."""
    text = (
        "Statins have few side effects (Lee, 2020).\n\n# References\n\n"
        "Lee A. Statins in adults: a trial. Heart Trials. 2020;1:1-9.\n"
    )
    (claim,) = read(text)
    assert names(claim.proposition.outcome) == ["adverse-events"]


@pytest.mark.parametrize(
    "text",
    [
        "It adds half an hour of sleep a night",
        "Valerian is a natural sleep remedy",
        "In pregnancy, paracetamol is safe for the baby",
        "Dancing reshapes the brain",
        "Ginger settles nausea",
        "Zinc lozenges shave a day off a cold",
        "Naproxen is hard on the kidneys",
        "Caffeine ruins sleep",
        "Statins have few side effects",
        "Fish oil does nothing for depression",
        "A third of all smokers die of lung cancer",
        "Strong tea keeps you awake",
        "It works far less well after the age of 80",
        "It is safe for toddlers to take for years",
        "Lying on your front squeezes the disc most",
        "The jabs took away four bad days a month",
    ],
)
def test_what_is_stated_with_a_source_is_a_claim(read: Read, text: str) -> None:
    assert (
        len(read(f"## Magnesium\n\n{text} [1].\n\n## References\n\n1. Lee A. A study. J Health. 2020;1:1-9."))
        == 1
    )


@pytest.mark.parametrize(
    "text",
    [
        "Insomnia is trouble falling or staying asleep",
        "Melatonin is a hormone made by the pineal gland",
        "Yoga began in India thousands of years ago",
        "Researchers tested magnesium for insomnia in twelve clinics",
        "Valerian is often sold for insomnia",
        "Talk to your pharmacist before you take iron",
        "Here is what the research says about statins",
    ],
)
def test_what_states_nothing_checkable_is_none(read: Read, text: str) -> None:
    assert read(f"{text} [1].\n\n## References\n\n1. Lee A. A study. J Health. 2020;1:1-9.") == ()


def test_what_only_tells_of_the_study_is_a_claim_of_that_kind(read: Read) -> None:
    (claim,) = read(
        "The trial tested yoga in 400 adults with asthma [1].\n\n"
        "## References\n\n1. Lee A. A study. J Health. 2020;1:1-9."
    )
    assert claim.kind == "study"
    assert [one.text for one in claim.study] == ["The trial", "400 adults", "adults", "with asthma"]
    assert (claim.proposition.exposure, claim.proposition.effect_direction) == ((), None)


def test_prose_that_cites_by_key_is_no_printed_reference(read: Read) -> None:
    text = "Women who drank the most sugary drinks had a 34% higher risk of type 2 diabetes [@lindqvist2020]."
    found = references.find(read_text(f"# Notes\n\n{text}\n", "text/markdown"))
    assert [one.raw for one in found] == ["@lindqvist2020"]
    assert len(read(f"# Notes\n\n{text}\n")) == 1


def test_the_topic_is_not_lent_to_a_sentence_with_a_subject_of_its_own(read: Read) -> None:
    about = "Coffee lowers mortality.\n\nCoffee lowers diabetes.\n\n"
    listed = "[1].\n\n1. Lee A. A study. J Health. 2020;1:1-9."
    own = read(f"{about}Fidgetry was linked to lower depression {listed}")
    back = read(f"{about}It was linked to lower depression {listed}")
    assert [names(claim.proposition.exposure) for claim in (own[2], back[2])] == [[], ["coffee"]]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (
            "Alcohol raises the risk of breast cancer. Four drinks a day went with a 44% higher risk.",
            ["breast-cancer"],
        ),
        ("Tea slowed cognitive decline. With more of it the decline was 48% slower.", ["cognitive-decline"]),
        ("Tea slowed cognitive decline. Tea was cheaper in people at higher risk by 48%.", []),
        ("Tea slowed cognitive decline. Tea lowers the risk of bankruptcy by 48%.", []),
    ],
)
def test_the_risk_is_of_what_was_spoken_of_before(read: Read, text: str, outcome: list[str]) -> None:
    cited = (
        text.replace(". ", " [1]. ", 1)[:-1]
        + " [1].\n\n## References\n\n1. Roe A. Drinks. Tea Fiction. 2020;1:1-9."
    )
    assert names(read(cited)[-1].proposition.outcome) == outcome


def test_sleep_told_by_its_length_is_what_came_of_it(read: Read) -> None:
    (claim,) = read("With melatonin, adults slept 28 minutes longer.")
    assert names(claim.proposition.exposure) == ["melatonin"]
    assert names(claim.proposition.outcome) == ["sleep-duration"]
    assert claim.proposition.effect_direction == "increases"


LISTED = "\n\n## References\n\n1. Lee A. A study. J Health. 2020;1:1-9."


@pytest.mark.parametrize(
    "text",
    [
        "Lobelia regrows lost hair [1].",
        "Frostwort gives people nightmares [1].",
        "Standing at work is kind to your joints [1].",
        "Loud concerts leave students wired until dawn [1].",
        "Getting out into the garden lifts your mood.",
        "This medicine can make you drowsy.",
        "Smartwatches pick up atrial fibrillation with 84% accuracy [1].",
    ],
)
def test_a_subject_that_does_something_makes_a_claim_without_the_vocabulary(read: Read, text: str) -> None:
    assert len(read(text + (LISTED if "[1]" in text else ""))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Statins are drugs that lower cholesterol.",
        "A stent is a small mesh tube placed in a blocked artery.",
        "The next section turns to vitamin D and fractures.",
        "Our clinic offers acupuncture for migraine.",
        "Add our magnesium spray to your basket.",
        "Your nurse may give you ibuprofen for the pain.",
        "Valerian has been used for insomnia for centuries.",
        "I lost ten kilos on the ketogenic diet.",
        "We searched two databases for trials of yoga in back pain.",
        "Patients should be told about the risk of bleeding with aspirin.",
        "My aunt lifts weights and never gets colds.",
    ],
)
def test_what_leads_on_defines_or_happens_at_the_doctors_is_no_claim(read: Read, text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "In a trial of 90 people we found that yoga eased back pain.",
        "We tested yoga and found less back pain.",
    ],
)
def test_a_method_that_tells_its_result_is_a_claim(read: Read, text: str) -> None:
    assert len(read(text)) == 1


@pytest.mark.parametrize(
    ("text", "exposure", "outcome", "way"),
    [
        ("Magnesium eases migraine. So does melatonin [1].", ["melatonin"], ["migraine"], "decreases"),
        ("Zinc shortens colds. The same goes for vitamin C [1].", ["vitamin-c"], ["common-cold"],
         "decreases"),
        ("Aspirin does not prevent dementia. Neither does fish oil [1].", ["omega-3"], ["dementia"],
         "no-difference"),
        ("Running lowers depression. Cycling works just as well [1].", ["cycling"], ["depression"],
         "decreases"),
    ],
)  # fmt: skip
def test_what_does_the_same_is_said_to_do_it(
    read: Read, text: str, exposure: list[str], outcome: list[str], way: str
) -> None:
    first, second = read(text + LISTED)
    assert names(second.proposition.exposure) == exposure
    assert names(second.proposition.outcome) == outcome
    assert second.proposition.effect_direction == way
    assert (first.citations_inherited, second.citations_inherited) == (True, False)


def test_the_same_of_another_paragraph_is_not_taken_over(read: Read) -> None:
    (claim,) = read("Magnesium eases migraine.\n\nSo does melatonin.")
    assert names(claim.proposition.exposure) == ["magnesium"]


def test_the_dose_of_the_comparison_group_is_not_the_claims(read: Read) -> None:
    (claim,) = read("Prednisolone, 250 mg a day, did not ease pain more than 60 mg a day.")
    assert [(str(dose.low), dose.unit) for dose in claim.proposition.dose] == [("250", "mg/day")]


def test_what_they_are_likely_to_do_is_what_happens(read: Read) -> None:
    (claim,) = read("Children with more screen time are twice as likely to get too little sleep.")
    assert names(claim.proposition.exposure) == ["screen-time"]
    assert names(claim.proposition.outcome) == ["short-sleep"]


def test_what_people_have_is_no_outcome_beside_another(read: Read) -> None:
    (claim,) = read("In adults with mild to moderate hearing loss, hearing aids improve quality of life.")
    assert names(claim.proposition.outcome) == ["quality-of-life"]
    assert names(claim.proposition.exposure) == ["hearing-aids"]
    (claim,) = read("Walking helps adults with a headache.")
    assert names(claim.proposition.outcome) == ["headache"]


def test_a_cited_word_of_size_is_a_result(read: Read) -> None:
    listed = "\n\n## References\n\n1. Roe A. Drinks. Tea Fiction. 2020;1:1-9."
    claims = read(
        "Tea raises the risk of colds [1]. Those who drank most had a threefold higher risk [1]." + listed
    )
    assert names(claims[1].proposition.outcome) == ["common-cold"]


@pytest.mark.parametrize(
    ("text", "exposure", "outcome"),
    [
        (
            "Melatonin eases jet lag. It also adds over an hour to total sleep time.",
            ["melatonin"],
            ["sleep-duration"],
        ),
        ("Chamomile was no better than placebo for total sleep time.", ["chamomile"], ["sleep-duration"]),
        ("Coffee drinkers lose more than an hour of sleep after coffee.", ["coffee"], ["sleep-duration"]),
    ],
)
def test_sleep_as_what_comes_of_it(read: Read, text: str, exposure: list[str], outcome: list[str]) -> None:
    said = read(text)[-1].proposition
    assert (names(said.exposure), names(said.outcome)) == (exposure, outcome)


def test_a_result_without_a_source_is_a_claim(read: Read) -> None:
    said = "People with insomnia were twice as likely to develop depression"
    (claim,) = read(f"{said} (odds ratio 2.06, 95% CI 1.79 to 2.37).")
    assert names(claim.proposition.outcome) == ["depression"]
    (claim,) = read("In a trial of 1,652 people, paracetamol did not speed up recovery.")
    assert names(claim.proposition.exposure) == ["paracetamol"]
