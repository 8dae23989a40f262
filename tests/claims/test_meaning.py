"""A claim and a finding that share neither a concept nor a word, tied by what their words mean."""
# ruff: noqa: E501 - sentences of abstracts

from __future__ import annotations

from pathlib import Path

import pytest

from claims.audit import Checker
from claims.model import AuditReport, Confidence, LinkedFinding, Severity, Verdict
from claims.reading import read_text

REFS = """@article{nadel2021,
 author = {Nadel, Ina and Orr, Tim}, title = {Mindfulness training in undergraduate students: a randomised controlled trial},
 journal = {Journal of Invented Terms}, year = {2021}, volume = {1}, pages = {1--9},
 abstract = {METHODS: 412 undergraduate students were randomised to mindfulness training or a waiting list. RESULTS: Anger
 was lower with mindfulness training (mean difference -3.0 points, 95% CI -4.2 to -1.8). Academic performance did not differ between groups
 (mean grade 6.9 vs 6.8; P=0.40). Tooth discolouration did not differ (5% vs 5%). Ocular pruritus was more frequent with mindfulness training (risk ratio 1.60, 95% CI 1.10 to 2.30).}
}
@article{pope2020,
 author = {Pope, Ada and Quist, Bo}, title = {Yoga in office personnel: a randomised controlled trial},
 journal = {Journal of Invented Desks}, year = {2020}, volume = {2}, pages = {10--19},
 abstract = {METHODS: 200 office personnel were randomised to yoga or no intervention. RESULTS: Systolic blood pressure was reduced by yoga
 (mean difference -6.0 mm Hg, 95% CI -8.0 to -4.0). HDL cholesterol did not differ between groups (mean difference 0.00 mmol/L, 95% CI
 -0.05 to 0.05). Employee turnover did not differ between groups (11% vs 12%; risk ratio 0.92, 95% CI 0.61 to 1.39).}
}
@article{park2019,
 author = {Park, Una and Quay, Sol}, title = {Yoga in hospital porters: a randomised controlled trial},
 journal = {Journal of Invented Desks}, year = {2019}, volume = {3}, pages = {20--29},
 abstract = {METHODS: 90 hospital porters were randomised to yoga or no intervention. RESULTS: Employee turnover was reduced by yoga (risk
 ratio 0.62, 95% CI 0.41 to 0.89). Ocular pruritus did not differ (5% vs 5%).}
}
@article{roe2018,
 author = {Roe, Al and Sand, Bo}, title = {Yoga in male office workers: a randomised controlled trial},
 journal = {Journal of Invented Desks}, year = {2018}, volume = {4}, pages = {30--39},
 abstract = {METHODS: 90 men were randomised to yoga or no intervention. RESULTS: Employee turnover was reduced by yoga (risk
 ratio 0.62, 95% CI 0.41 to 0.89). Ocular pruritus did not differ (5% vs 5%).}
}
"""


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    path: Path = tmp_path_factory.mktemp("refs") / "refs.bib"
    path.write_text(REFS, encoding="utf-8")
    return Checker.of(refs=[path])


def report_on(checker: Checker, sentence: str) -> AuditReport:
    return checker.check(read_text(f"# News\n\n{sentence}\n"))


def tied(report: AuditReport) -> list[LinkedFinding]:
    return [one for linked in report.claims for one in linked.findings if one.taken is not None]


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("Mindfulness kept teeth from being stained (Nadel & Orr, 2021).", "tooth"),
        ("With yoga fewer of them quit their jobs (Pope & Quist, 2020).", "turnover"),
    ],
)
def test_a_change_is_told_where_the_nearest_finding_is_of_none(
    checker: Checker, sentence: str, meant: str
) -> None:
    report = report_on(checker, sentence)
    (found,) = tied(report)
    assert found.taken is not None
    assert meant in found.taken.meant
    assert found.taken.nearness > 0.3
    (said,) = (one for one in report.diagnostics if one.code == "E102")
    assert (said.severity, said.confidence, said.fix) == (Severity.WARNING, Confidence.LOW, None)
    how = next(pointer for pointer in said.evidence if pointer.kind == "taken")
    assert found.taken.said in how.quote
    assert meant in how.quote
    assert how.quote in said.message


@pytest.mark.parametrize(
    "sentence",
    [
        "Mindfulness made no difference to exam marks (Nadel & Orr, 2021).",
        "Students who did mindfulness training had itchy eyes more often (Nadel & Orr, 2021).",
        "With yoga about as many of them quit their jobs (Pope & Quist, 2020).",
    ],
)
def test_what_the_nearest_finding_says_too_is_left_alone(checker: Checker, sentence: str) -> None:
    report = report_on(checker, sentence)
    assert not [
        one for one in report.diagnostics if one.code[0] in "ENP" and one.severity is not Severity.INFO
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Yoga lowered diastolic blood pressure (Pope & Quist, 2020).",
        "Yoga lowered LDL cholesterol (Pope & Quist, 2020).",
        "Mindfulness lowered anxiety (Nadel & Orr, 2021).",
        "Walking lifted the exam marks of students (Nadel & Orr, 2021).",
        "Yoga made their hair grow (Pope & Quist, 2020).",
    ],
)
def test_what_the_vocabulary_tells_apart_and_what_is_far_is_not_bridged(
    checker: Checker, sentence: str
) -> None:
    assert not tied(report_on(checker, sentence))


def test_nearness_vouches_for_nothing(checker: Checker) -> None:
    report = report_on(
        checker, "Students who did mindfulness training had itchy eyes more often (Nadel & Orr, 2021)."
    )
    assert tied(report)
    assert [one.verdict for one in report.assessments] == [Verdict.NOT_ENOUGH_INFORMATION]


def test_words_that_both_use_need_no_meaning(checker: Checker) -> None:
    report = report_on(
        checker, "Mindfulness training lowered anger by 3.0 points (-4.2 to -1.8) (Nadel & Orr, 2021)."
    )
    assert not tied(report)


@pytest.mark.parametrize(
    "sentence",
    [
        "Yoga lowered systolic blood pressure (Pope & Quist, 2020). They went to the toilet more often (Pope & Quist, 2020).",
        "Yoga lowered systolic blood pressure (Pope & Quist, 2020). Their hair also grew longer (Pope & Quist, 2020).",
    ],
)
def test_what_a_sentence_says_of_its_own_is_not_of_the_outcome_spoken_of_before(
    checker: Checker, sentence: str
) -> None:
    report = report_on(checker, sentence)
    assert [linked.claim.proposition.outcome != () for linked in report.claims] == [True, False]
    assert not [
        one for one in report.diagnostics if one.code[0] in "ENP" and one.severity is not Severity.INFO
    ]


def test_a_sentence_that_says_how_much_is_of_the_outcome_spoken_of_before(checker: Checker) -> None:
    report = report_on(
        checker,
        "Yoga lowered systolic blood pressure (Pope & Quist, 2020). The effect was an increase (Pope & Quist, 2020).",
    )
    assert all(linked.claim.proposition.outcome for linked in report.claims)


def test_a_claim_that_names_no_outcome_is_held_against_no_one_of_several_results(checker: Checker) -> None:
    report = report_on(checker, "With yoga people whistled tunes three times as often (Pope & Quist, 2020).")
    assert not [
        one for one in report.diagnostics if one.code.startswith("N") and one.severity is not Severity.INFO
    ]


@pytest.mark.parametrize(
    ("sentence", "off"),
    [
        ("Undergraduates who took the meditation lessons had fewer hiccups (Nadel & Orr, 2021).", False),
        ("Garlic soup shrinks warts (Nadel & Orr, 2021).", True),
    ],
)
def test_a_source_near_to_the_claim_in_meaning_is_not_off_topic(
    checker: Checker, sentence: str, off: bool
) -> None:
    report = report_on(checker, sentence)
    assert any(one.code == "S301" for one in report.diagnostics) is off


@pytest.mark.parametrize(
    "sentence",
    [
        "Itchy eyes were rarer with mindfulness training (Nadel & Orr, 2021).",
        "Mindfulness training eased itchy eyes (Nadel & Orr, 2021).",
    ],
)
def test_more_told_of_what_became_less_is_a_warning(checker: Checker, sentence: str) -> None:
    report = report_on(checker, sentence)
    (said,) = (one for one in report.diagnostics if one.code == "N103")
    if tied(report):
        assert (said.severity, said.confidence, said.fix) == (Severity.WARNING, Confidence.LOW, None)


def test_words_that_may_be_the_lack_of_what_was_counted_turn_nothing_around(checker: Checker) -> None:
    report = report_on(checker, "With yoga more of them quit their jobs (Park & Quay, 2019).")
    assert tied(report)
    assert not [one for one in report.diagnostics if one.code == "N103"]


def test_a_population_is_as_sure_as_ever(checker: Checker) -> None:
    report = report_on(checker, "With yoga fewer pregnant women quit their jobs (Roe & Sand, 2018).")
    assert tied(report)
    (said,) = (one for one in report.diagnostics if one.code == "P101")
    assert said.confidence is Confidence.MEDIUM
