"""Sensitivity, specificity and their kin: in abstracts, in claims, and set against one another."""
# ruff: noqa: E501 - sentences of abstracts and of claims

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from claims import quantities
from claims.audit import audit
from claims.findings import extract
from claims.sentence.accuracy import accuracies_told, rules_out


def read(text: str) -> list[tuple[str | None, str, tuple[str, ...]]]:
    return [
        (one.measure, str(one.value), tuple(str(end) for end in one.interval or ())) for one in extract(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sensitivity was 72.0% (95% CI 67.8% to 75.9%) in adults and 54.7% (47.7% to 61.6%) in children.",
            [("sensitivity", "72.0", ("67.8", "75.9")), ("sensitivity", "54.7", ("47.7", "61.6"))],
        ),
        (
            "The sensitivity, specificity, PPV and NPV were 91.2%, 85%, 40.1% and 99%, respectively.",
            [
                ("sensitivity", "91.2", ()),
                ("specificity", "85", ()),
                ("positive-predictive-value", "40.1", ()),
                ("negative-predictive-value", "99", ()),
            ],
        ),
        (
            "It found referable disease with 96.8% sensitivity (95% CI, 94-98) and 87.0% specificity.",
            [("sensitivity", "96.8", ("94", "98")), ("specificity", "87.0", ())],
        ),
        (
            "Results: The positive predictive value was 41% at a prevalence of 10%; AUC 0.94 (0.92 to 0.95).",
            [("positive-predictive-value", "41", ()), ("area-under-curve", "0.94", ("0.92", "0.95"))],
        ),
        (
            "LR+ was 5.4 (3.2-9.1) and LR− 0.21 (0.1-0.4).",
            [
                ("likelihood-ratio-positive", "5.4", ("3.2", "9.1")),
                ("likelihood-ratio-negative", "0.21", ("0.1", "0.4")),
            ],
        ),
        (
            "Sensitivity analyses gave an HR of 0.80 (95% CI 0.7-0.9).",
            [("hazard-ratio", "0.80", ("0.7", "0.9"))],
        ),
        ("Insulin sensitivity rose by 12% (95% CI 5 to 19).", [("percent-change", "12", ("5", "19"))]),
    ],
)
def test_accuracies_of_abstracts(text: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The scan picks up 90% of tumours.", ("sensitivity", 90)),
        ("About 30% of infections are missed by the swab.", ("sensitivity", 70)),
        ("The blood test is 96% specific.", ("specificity", 96)),
        ("It gives a false alarm in 5% of healthy people.", ("specificity", 95)),
        ("Of those who test positive, 40% have the disease.", ("positive-predictive-value", 40)),
        ("85% of women with a positive mammogram have breast cancer.", ("positive-predictive-value", 85)),
        ("If the sample is positive, there is a 60% chance of infection.", ("positive-predictive-value", 60)),
        ("Of patients with a high troponin, 74% have a heart attack.", ("positive-predictive-value", 74)),
        ("The app is 92% accurate.", ("accuracy", 92)),
        ("The drug lowered deaths by 20%.", None),
        ("12% of people with asthma smoke.", None),
    ],
)
def test_accuracies_of_claims(text: str, expected: tuple[str, int] | None) -> None:
    found = [(one.measure, one.percent) for one in accuracies_told(text, quantities.find(text))]
    assert found == ([(expected[0], Decimal(expected[1]))] if expected else [])


def test_what_a_negative_test_rules_out() -> None:
    assert rules_out("A negative swab means you do not have it.")
    assert rules_out("A negative result cannot rule out infection.") is None


REFS = """@article{okoye2020, author={Okoye, A. and Lind, B.}, title={%s}, year={2020}, abstract={%s}}"""
ARTICLE = "%s (Okoye and Lind, 2020).\n\n# References\n\nOkoye A, Lind B. (2020). %s.\n"


def codes(tmp_path: Path, title: str, abstract: str, claim: str) -> set[str]:
    refs = tmp_path / "refs.bib"
    refs.write_text(REFS % (title, abstract.replace("%", "\\%")), encoding="utf-8")
    article = tmp_path / "article.md"
    article.write_text(ARTICLE % (claim, title), encoding="utf-8")
    loud = {"warning", "error"}
    return {one.code for one in audit(article, refs=[refs]).diagnostics if one.severity.value in loud}


SCREEN = (
    "Accuracy of a urine test for bladder cancer",
    "Results: Sensitivity was 81% (95% CI 75% to 86%) in high-grade tumours and 46% (38% to 54%) in "
    "low-grade tumours. Specificity was 90% (87% to 93%).",
)
VACCINE = (
    "Rotavirus vaccine and hospital admission for gastroenteritis: a cohort",
    "Results: The rate of admission for gastroenteritis was lower (hazard ratio 0.12, 95% CI 0.05 to 0.30) among "
    "children vaccinated before the age of 3 months and 0.55 (95% CI 0.41 to 0.74) among children vaccinated "
    "at the age of 4 to 8 months. Vomiting scores at 2 weeks were 1.8 points lower (95% CI 1.1 to 2.5).",
)
HEADACHE = (
    "Online relaxation training for headache: randomised trial",
    "Results: At 8 weeks headache severity was lower with relaxation (mean difference −6.2 points, 95% CI −8.1 to "
    "−4.3). The difference was smaller at 12 months (mean difference −2.4 points, 95% CI −4.0 to −0.8).",
)


QUESTIONNAIRE = (
    "Accuracy of a questionnaire to detect problem gambling",
    "Results: Sensitivity at a cut-off value of 5 or higher was 0.86 (0.79 to 0.91) and specificity was 0.80 "
    "(0.75 to 0.84); at 8 or higher, sensitivity was 0.61 (0.52 to 0.69) and specificity was 0.94 (0.91 to 0.96).",
)
JAB = (
    "Safety of a hepatitis B vaccine in adults: randomised trial",
    "Results: Fever occurred in 14.0% of vaccine recipients and 2.6% of placebo recipients.",
)
MAMMOGRAM = (
    "Mammography and ultrasound to detect breast cancer",
    "Results: The sensitivity of mammography with ultrasound was 93% (95% CI 90% to 95%) compared with 78% "
    "(95% CI 72% to 83%) for mammography alone.",
)
VARNISH = (
    "Fluoride varnish and tooth decay in children: meta-analysis",
    "Results: The pooled prevented fraction was 43% (95% CI 30% to 57%) in permanent teeth. In baby teeth the "
    "pooled prevented fraction was 37% (95% CI 24% to 51%).",
)


@pytest.mark.parametrize(
    ("source", "claim", "code"),
    [
        (
            QUESTIONNAIRE,
            "At a cut-off of 8 or more the questionnaire finds 86% of cases of problem gambling",
            "N101",
        ),
        (
            QUESTIONNAIRE,
            "At a cut-off of 8 or more the questionnaire finds 61% of cases of problem gambling",
            None,
        ),
        (JAB, "Fever came up in 2.6% of those given the hepatitis B vaccine", "N101"),
        (JAB, "Fever came up in 2.6% of those given placebo", None),
        (VARNISH, "Fluoride varnish cut decay in milk teeth by 43%", "N101"),
        (VARNISH, "Fluoride varnish cut decay in adult teeth by 43%", None),
        (SCREEN, "The urine test has a specificity of 81% for bladder cancer", "N109"),
        (SCREEN, "Of people with a positive test, 90% have bladder cancer", "N109"),
        (SCREEN, "The urine test finds 81% of low-grade tumours of the bladder", "N101"),
        (SCREEN, "The urine test finds 81% of high-grade tumours of the bladder", None),
        (SCREEN, "The urine test misses about half of low-grade bladder tumours", None),
        (
            VACCINE,
            "Vaccination cut the rate of admission for gastroenteritis by 88% in children vaccinated at 4 to 8 months "
            "of age",
            "N101",
        ),
        (
            VACCINE,
            "Vaccinated children had an 88% lower rate of admission for gastroenteritis if they were vaccinated "
            "before the age of 3 months",
            None,
        ),
        (HEADACHE, "Relaxation training lowered headache severity by 6.2 points at 12 months", "N101"),
        (HEADACHE, "After 8 weeks of relaxation training headache severity was 6.2 points lower", None),
    ],
)
def test_a_number_told_of_another_measure_group_or_time(
    tmp_path: Path, source: tuple[str, str], claim: str, code: str | None
) -> None:
    said = codes(tmp_path, *source, claim) & {"N101", "N109"}
    assert said == ({code} if code else set())
