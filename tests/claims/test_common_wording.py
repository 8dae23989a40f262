"""How common health writing says things, sentence by sentence: what must be read of it, and what must not."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from claims import quantities
from claims.audit import Checker, understand
from claims.contested import note
from claims.findings import extract
from claims.library import Library
from claims.linking import keep_best
from claims.model import AuditReport, LinkedClaim, LinkedFinding
from claims.reading import read_text
from claims.reports.phrases import work_name
from claims.sentences import split, split_text
from claims.wording import absolute_cues, vague_authority_cues
from graph.evidence import Evidence, Finding, Iri, UnconfirmedField, Work
from graph.naming import known_as


@pytest.fixture(scope="module")
def plain() -> Checker:
    return Checker.of()


@pytest.fixture(scope="module")
def walking_checker() -> Checker:
    root = Path(__file__).parents[2]
    return Checker.of(evidence=[root / "examples" / "walking-spine" / "evidence"])


def over(checker: Checker, *works: Work) -> Checker:
    known = {work.iri: work for work in works}
    evidence = Evidence(concepts=checker.evidence.concepts, works=known)
    return Checker(evidence, Library.of(known.values()), checker.rules)


def audited(checker: Checker, text: str) -> AuditReport:
    return checker.check(read_text(text, "text/markdown"))


def first(checker: Checker, text: str) -> LinkedClaim:
    return audited(checker, text).claims[0]


def names(iris: tuple[Iri, ...]) -> list[str]:
    return [iri.rsplit("/", 1)[-1] for iri in iris]


def test_an_estimate_before_a_bracket_ends_no_sentence() -> None:
    text = "The risk ratio was 0.62 (95% CI 0.70 to 0.91). Falls were fewer."
    assert [text[low:high] for low, high in split_text(text)] == [
        "The risk ratio was 0.62 (95% CI 0.70 to 0.91).",
        "Falls were fewer.",
    ]


def test_a_superscript_number_after_the_stop_still_ends_one() -> None:
    document = read_text("Zinc shortens colds.12 The effect is small.", "text/plain")
    assert len(split(document)) == 2


@pytest.mark.parametrize(
    ("text", "low", "unit"),
    [
        ("30 minutes of walking five times a week", 150, "min/week"),
        ("walking for 30 minutes, five days a week", 150, "min/week"),
        ("half an hour five times a week", 150, "min/week"),
        ("200\u2008000 IU of vitamin D", 200_000, "IU"),
        ("200\u2009000 IU a month", 200_000, "IU/month"),
    ],
)
def test_one_dose(text: str, low: int, unit: str) -> None:
    (dose,) = quantities.to_doses(text)
    assert (dose.low, dose.unit) == (Decimal(low), unit)


def test_the_numbers_of_a_list_share_its_unit() -> None:
    doses = quantities.to_doses("75, 150, or 225 min/wk")
    assert [(dose.low, dose.unit) for dose in doses] == [
        (Decimal(value), "min/week") for value in (75, 150, 225)
    ]


def test_a_measured_amount_with_a_citation_reports_a_result(plain: Checker) -> None:
    linked = first(
        plain,
        "The mean systolic pressure was 121 mmHg against 138 mmHg (Moreau, 2020).\n\n## References\n\n"
        "Moreau E. (2020). Fasting and pressure. Imaginary Journal of Obesity, 23, 140-151.\n",
    )
    assert linked.claim.kind == "claim"


@pytest.mark.parametrize(
    ("text", "exposure", "outcome", "way"),
    [
        ("## Coffee protects your heart", "coffee", "heart-health", "increases"),
        ("Coffee drinkers live longer.", "coffee", "longevity", "increases"),
        ("A diet low in salt lowers blood pressure.", "low-sodium-diet", "blood-pressure", "decreases"),
        ("Eating nuts keeps your heart healthy.", "nuts", "heart-health", "increases"),
        ("Garlic keeps colds at bay.", "garlic", "common-cold", "decreases"),
        ("Moderate drinkers have fewer strokes.", "alcohol", "stroke", "decreases"),
        ("Red wine is good for you.", "red-wine", "general-health", None),
        ("Low vitamin D causes hip fractures.", "vitamin-d-deficiency", "hip-fracture", "increases"),
        ("Screen time was linked to longer sleep.", "screen-time", "sleep-duration", "increases"),
    ],
)
def test_exposure_and_outcome_in_common_words(
    plain: Checker, text: str, exposure: str, outcome: str, way: str | None
) -> None:
    said = first(plain, text).claim.proposition
    assert names(said.exposure) == [exposure]
    assert names(said.outcome) == [outcome]
    if way is not None:
        assert said.effect_direction == way


def test_your_heart_rate_is_a_heart_rate(plain: Checker) -> None:
    said = first(plain, "Magnesium lowers your heart rate.").claim.proposition
    assert names(said.outcome) == ["heart-rate"]


@pytest.mark.parametrize("text", ["Sleep matters.", "Exercise is simple.", "Sleep and diet belong together."])
def test_a_noun_that_begins_a_sentence_advises_nothing(plain: Checker, text: str) -> None:
    assert not audited(plain, text).claims


def test_an_outcome_that_is_changed_is_no_cause(plain: Checker) -> None:
    said = first(
        plain, "Zinc was tried. Colds were shortened and fever was lowered with zinc."
    ).claim.proposition
    assert names(said.exposure) == ["zinc"]


def test_a_sentence_on_another_exposure_tells_of_that_one(plain: Checker) -> None:
    work = Work(
        Iri("https://example.org/id/work/ilves2018"),
        title="Short sleep and obesity: a cohort study",
        authors=("Ilves K",),
        year=2018,
        abstract="We followed 15,200 women. Short sleep was associated with a higher risk of obesity "
        "(relative risk 1.15, 95% CI 1.04 to 1.26). Long sleep was not associated with obesity "
        "(relative risk 1.02, 95% CI 0.91 to 1.14).",
    )
    checker = over(plain, work)
    linked = first(checker, "Long sleep was not associated with obesity [@ilves2018].")
    exposures = {one.direction: names(one.finding.exposure) for one in linked.findings}
    assert exposures["supports"] == ["long-sleep"]
    assert "refutes" not in exposures


def test_a_result_against_controls_is_a_finding() -> None:
    (found,) = extract("Mice were fed a probiotic. Fed mice showed less anxiety than controls (p<0.05).")
    assert found.quote_role == "result"
    assert found.direction == "decreases"


def test_what_trials_say_is_announced_not_appealed_to() -> None:
    assert not vague_authority_cues("Fasting: what trials say about weight")
    assert vague_authority_cues("Trials say that fasting works.")


def test_nobody_should_is_no_promise() -> None:
    assert not absolute_cues("Nobody should read this as proof that the diet works.")
    assert absolute_cues("Everyone over 60 can expect fewer falls.")


def test_a_long_list_of_findings_is_cut_and_keeps_what_refutes(walking_checker: Checker) -> None:
    report = audited(walking_checker, "Just 20 minutes of walking most days gives you a healthier spine.")
    (shown,) = report.claims
    assert len(shown.findings) <= 16
    assert shown.left_out > 0
    assert any(one.direction == "refutes" for one in shown.findings)
    once = [(one.finding.iri, one.direction) for one in shown.findings]
    assert len(once) == len(set(once))
    assert keep_best(shown, 4).left_out >= 12 - 4


def test_that_education_alone_did_nothing_is_no_support(walking_checker: Checker) -> None:
    report = audited(walking_checker, "Walking prevents recurrences of low back pain.")
    for linked in report.claims:
        alone = [one for one in linked.findings if one.finding.iri.endswith("education-alone")]
        assert all(one.direction != "supports" for one in alone)


def test_divided_evidence_is_called_contested(walking_checker: Checker) -> None:
    report = audited(walking_checker, "Just 20 minutes of walking most days gives you a healthier spine.")
    ((claim,), (judged,)) = report.claims, report.assessments
    against = sum(one.direction == "refutes" for one in claim.findings)
    both = against + sum(one.direction == "supports" for one in claim.findings)
    said = any(reason.startswith("contested: ") for reason in judged.certainty_reasons)
    assert said == (note(walking_full(walking_checker)) is not None)
    assert against
    assert both


def walking_full(checker: Checker) -> tuple[LinkedFinding, ...]:
    document = read_text("Just 20 minutes of walking most days gives you a healthier spine.", "text/markdown")
    return understand(document, checker.evidence, checker.library).claims[0].findings


def finding(name: str, direction: str) -> LinkedFinding:
    return LinkedFinding(Finding(Iri(name)), None, None, direction, "topic", 0.9)


def test_a_third_against_is_contested() -> None:
    support = [finding(f"s{number}", "supports") for number in range(2)]
    assert note([*support, finding("r", "refutes")]) == "contested: 2 findings support it and 1 refutes it"
    assert note([*support, finding("s3", "supports"), finding("r", "refutes")]) is None
    assert note([finding("r", "refutes")]) is None


def test_a_work_without_confirmed_authors_has_a_readable_name() -> None:
    base = "https://example.org/id/work/"
    assert known_as(Work(Iri(base + "ahn2012entrainment"))) == "Ahn 2012 (unconfirmed)"
    noted = Work(Iri(base + "x1"), unconfirmed=(UnconfirmedField("title", "Gait and rhythm"),))
    assert known_as(noted) == "“Gait and rhythm” (unconfirmed)"


def test_a_work_has_one_name_in_messages_and_reports() -> None:
    title = "A very long title of a paper on walking, whose end nobody needs to know which paper is meant"
    for work, name in (
        (
            Work(Iri("w"), title=title, year=2019),
            "“A very long title of a paper on walking, whose end nobody needs to know which…” 2019",
        ),
        (Work(Iri("w"), authors=("Smith J. R.", "Lee A"), year=2020), "Smith and Lee 2020"),
        (Work(Iri("w"), authors=("Centre for NICE",), published_online="2021-03-01"), "Centre for NICE 2021"),
    ):
        assert known_as(work) == name
        assert work_name(work) == name


def test_a_claim_outside_the_vocabulary_is_held_against_what_its_source_says(plain: Checker) -> None:
    """No concept is known here: every word that the claim is about stands in the finding or its title."""
    work = Work(
        Iri("https://example.org/id/work/ito2019"),
        title="Bamboo pillows and night-time neck sweats",
        authors=("Ito B",),
        year=2019,
        abstract="Night-time neck sweats fell by 40% with bamboo (rate ratio 0.60, 95% CI 0.48 to 0.75).",
    )
    checker = over(plain, work)
    said = {
        "Bamboo pillows cut night-time neck sweats by 40% [@ito2019].": ({"supports"}, set()),
        "Bamboo pillows bring on night-time neck sweats [@ito2019].": ({"refutes"}, {"N103"}),
        "Bamboo pillows bring on headlong dreams of goats [@ito2019].": ({"neutral"}, set()),
    }
    for text, (directions, codes) in said.items():
        report = audited(checker, text)
        (linked,) = report.claims
        assert {one.direction for one in linked.findings} == directions, text
        found = {one.code for one in report.diagnostics if one.severity.value in ("error", "warning")}
        assert found - {"S301"} == codes, text
