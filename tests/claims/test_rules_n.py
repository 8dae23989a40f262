"""The number rules on one small body of evidence: what is right is silent, what was changed is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from claims.audit import Checker
from claims.fixing import apply_fixes
from claims.model import AuditReport, Severity
from claims.reading import read_text

EVIDENCE = """
id: work/haugen2021rowing
type: Work
workType: journal-article
title: "Rowing and insomnia in shift workers: a randomised trial"
authors: [Haugen L, Mensah A]
year: 2021
journal: Sleep and Work
standing: current
reports:
  - id: study/haugen2021rowing
    type: Study
    label: rowing trial
    design: randomised-controlled-trial
    species: concept/human
    sampleSize: 486
    followUp: 26 weeks
findings:
  - id: finding/haugen2021rowing/insomnia
    type: Finding
    label: new insomnia
    study: study/haugen2021rowing
    exposure: concept/aerobic-exercise
    comparator: concept/waiting-list
    outcome: concept/insomnia
    effectDirection: decreases
    quoteRole: result
    obtainedBy: measured
    method: curated
    dose:
      - {type: Dose, doseRole: target, low: 40, high: 40, unit: min/session}
      - {type: Dose, doseRole: target, low: 3, high: 3, unit: session/week}
    groups:
      - {type: GroupValue, label: exercise, measure: percent, value: 14.4, unit: percent, groupSize: 243}
      - {type: GroupValue, label: waiting list, measure: percent, value: 20.6, unit: percent, groupSize: 243}
    effect:
      {type: EffectEstimate, measure: risk-ratio, value: 0.70, low: 0.56, high: 0.87, level: 95}
  - id: finding/haugen2021rowing/latency
    type: Finding
    label: minutes to fall asleep
    study: study/haugen2021rowing
    exposure: concept/aerobic-exercise
    comparator: concept/waiting-list
    outcome: concept/sleep-onset-latency
    effectDirection: decreases
    quoteRole: result
    obtainedBy: measured
    method: curated
    groups:
      - {type: GroupValue, label: exercise, measure: mean, value: 18, unit: min}
      - {type: GroupValue, label: waiting list, measure: mean, value: 25, unit: min}
"""
CITED = "(Haugen and Mensah, 2021)"
FRAME = """# Sleep

{sentence}

# References

Haugen L, Mensah A. (2021). Rowing and insomnia in shift workers: a randomised trial. Sleep and Work.
"""


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    path: Path = tmp_path_factory.mktemp("evidence") / "haugen.yaml"
    path.write_text(EVIDENCE, encoding="utf-8")
    return Checker.of(evidence=[path])


@pytest.fixture
def said(checker: Checker) -> Callable[[str], AuditReport]:
    def run(sentence: str) -> AuditReport:
        return checker.check(read_text(FRAME.format(sentence=sentence.replace("@@", CITED)), "text/markdown"))

    return run


def loud(report: AuditReport) -> list[str]:
    return sorted(
        one.code for one in report.diagnostics if one.code[0] == "N" and one.severity is not Severity.INFO
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Aerobic exercise lowered the risk of insomnia by 30 % @@.",
        "Aerobic exercise cut the risk of insomnia by almost a third @@.",
        "In 486 shift workers aerobic exercise lowered the risk of insomnia from 20.6 % to 14.4 % @@.",
        "Aerobic exercise for 40 minutes, three times a week, lowered the risk of insomnia "
        "(RR 0.70, 95 % CI 0.56 to 0.87) @@.",
        "Aerobic exercise lowered the risk of insomnia by 6 percentage points over 26 weeks @@.",
        "About 120 minutes of aerobic exercise a week lowered the risk of insomnia @@.",
        "With aerobic exercise, sleep onset latency fell from 25 to 18 minutes @@.",
        "People without aerobic exercise had a 43 % higher risk of insomnia @@.",
        "Compared with a waiting list, aerobic exercise lowered the risk of insomnia @@.",
    ],
)
def test_what_the_source_says_is_silent(said: Callable[[str], AuditReport], sentence: str) -> None:
    assert loud(said(sentence)) == []


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Aerobic exercise lowered the risk of insomnia by 45 % @@.", "N101"),
        (
            "Aerobic exercise lowered the risk of insomnia from 30.6 % to 14.4 % @@.",
            "N101",
        ),
        ("Aerobic exercise lowered the risk of insomnia (RR 0.50) @@.", "N101"),
        (
            "About 300 minutes of aerobic exercise a week lowered the risk of insomnia @@.",
            "N101",
        ),
        ("Aerobic exercise halved the risk of insomnia @@.", "N102"),
        ("Aerobic exercise was tied to half the risk of insomnia @@.", "N102"),
        ("Aerobic exercise raised the risk of insomnia by 30 % @@.", "N103"),
        (
            "Aerobic exercise for 40 minutes a week lowered the risk of insomnia @@.",
            "N107",
        ),
        (
            "Aerobic exercise lowered the risk of insomnia compared with placebo @@.",
            "N108",
        ),
    ],
)
def test_what_was_changed_is_said(said: Callable[[str], AuditReport], sentence: str, code: str) -> None:
    assert code in loud(said(sentence))


def test_a_fix_keeps_the_sentence_and_comes_back_clean(
    said: Callable[[str], AuditReport], checker: Checker
) -> None:
    report = said("Aerobic exercise nearly halved the risk of insomnia, they report @@.")
    (found,) = [one for one in report.diagnostics if one.code == "N102"]
    assert found.fix is not None
    fixed = apply_fixes(report.document.text, [found.fix])
    assert (
        "exercise lowered the risk of insomnia by about 30 % (risk ratio 0.70, 95 % CI 0.56 to 0.87), "
        "they report (Haugen and Mensah, 2021)."
    ) in fixed
    assert loud(checker.check(read_text(fixed, "text/markdown"))) == []


def test_the_absolute_change_is_offered_with_the_number_needed_to_treat(
    said: Callable[[str], AuditReport],
) -> None:
    report = said("Aerobic exercise lowered the risk of insomnia by 30 % @@.")
    (found,) = [one for one in report.diagnostics if one.code == "N105"]
    assert found.severity is Severity.INFO
    assert "6.2 percentage points, one in 17 people" in found.message


def test_a_number_the_source_cannot_speak_to_is_at_most_an_info(said: Callable[[str], AuditReport]) -> None:
    report = said("Aerobic exercise lowered insomnia and raised heart rate to 71 bpm @@.")
    assert loud(report) == []
    assert [one.severity for one in report.diagnostics if one.code == "N101"] == [Severity.INFO]


def test_n101_an_interval_told_from_the_other_side_is_no_number_of_the_source(
    said: Callable[[str], AuditReport],
) -> None:
    """The interval is 0.56 to 0.87, and 1 - 1/0.56 is -79 %: nobody means that by "79 %"."""
    assert "N101" in loud(said("Rowing lowered the risk of new insomnia by 79% @@."))


def test_n103_a_comparison_turned_around(tmp_path: Path) -> None:
    library = tmp_path / "library.bib"
    library.write_text(
        "@article{orsk2021, title={Qigong or walking for knee pain: a randomised trial}, author={Orsk, Ida}, "
        "journal={Knee Trials}, year={2021}, abstract={Methods We randomised 210 adults with knee pain to "
        "tai chi or walking for 12 weeks. Results Pain was lower with tai chi than with walking (mean "
        "difference -1.2 points, 95% CI -1.9 to -0.5).}}"
    )
    checker = Checker.of(refs=[library])
    for sentence, codes in (
        ("Tai chi eased pain more than walking", []),
        ("Walking eased pain more than tai chi", ["N103"]),
    ):
        found = checker.check(read_text(f"# Knees\n\n{sentence} [@orsk2021].\n", "text/markdown")).diagnostics
        assert [one.code for one in found if one.code == "N103"] == codes
        assert all("turns the comparison" in one.message for one in found if one.code == "N103")


_ABSTRACTS = {
    "okoro2019": (
        "Sage tea and falls in older women",
        "Methods: 412 women aged 65 years or older with hypertension were randomised to resistance "
        "training plus vitamin D or to usual care for 24 weeks. Results: Falls occurred in 18.2% of the "
        "intervention group and 26.9% of the usual care group (RR 0.68, 95% CI 0.48 to 0.96). Fractures "
        "did not differ significantly (RR 0.88, 95% CI 0.61 to 1.27). Attacks of dizziness fell from 8.3 "
        "to 5.7 per month. Conclusions: Resistance training plus vitamin D reduced falls.",
    ),
    "brandt2020": (
        "Tea and stroke: a cohort study",
        "Methods: We followed 84,210 adults for 11 years. Results: Green tea was associated with a lower "
        "risk of stroke (HR 0.79, 95% CI 0.70 to 0.89). Black tea was not significantly associated with "
        "stroke (HR 0.93, 95% CI 0.82 to 1.06). Conclusions: Green tea was inversely associated with "
        "stroke.",
    ),
    "lemaire2018": (
        "Zinc and colds in adults: a dose-finding randomised trial",
        "Methods: 240 adults took zinc 15 mg/day or 30 mg/day or placebo. Results: The common cold was "
        "shorter with zinc than with placebo (mean difference -1.2 days, 95% CI -1.9 to -0.5). "
        "Conclusions: Zinc at 15 mg/day shortened the common cold as much as 30 mg/day.",
    ),
}


@pytest.fixture(scope="module")
def abstracts(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    library = tmp_path_factory.mktemp("amounts") / "library.bib"
    entries = []
    for key, (title, abstract) in _ABSTRACTS.items():
        told = abstract.replace("%", r"\%")
        entries.append(
            f"@article{{{key}, title={{{title}}}, author={{{key[:-4].title()}, Ada}}, year={{{key[-4:]}}}, "
            f"journal={{Notional Trials}}, abstract={{{told}}}}}"
        )
    library.write_text("\n".join(entries))
    return Checker.of(refs=[library])


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Fractures fell by 12% with resistance training plus vitamin D [@okoro2019].", "N104"),
        ("Black tea cuts the risk of stroke by 7% [@brandt2020].", "N104"),
        ("Green tea cuts the risk of stroke by 21% [@brandt2020].", "N105"),
        ("Attacks of dizziness fell from 8.3 to 5.7 days per week in older women [@okoro2019].", "N107"),
        ("Vitamin D lowered falls from 26.9% to 18.2% in older women [@okoro2019].", "P104"),
        (
            "Older women with normal blood pressure fell less with training plus vitamin D [@okoro2019].",
            "P101",
        ),
    ],
)
def test_amounts_of_abstracts_that_are_wrong(abstracts: Checker, sentence: str, code: str) -> None:
    report = abstracts.check(read_text(f"# Notes\n\n{sentence}\n", "text/markdown"))
    assert code in {one.code for one in report.diagnostics}


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Green tea cuts the risk of stroke by 21% [@brandt2020].", "N104"),
        ("Attacks of dizziness fell from 8.3 to 5.7 a month in older women [@okoro2019].", "N107"),
        ("Resistance training plus vitamin D lowered falls from 26.9% to 18.2% [@okoro2019].", "P104"),
        ("Older women with high blood pressure fell less with training plus vitamin D [@okoro2019].", "P101"),
        ("Doubling zinc from 15 to 30 mg a day brought no further gain for colds [@lemaire2018].", "E102"),
        ("Taking 30 mg of zinc had no additional effect on colds beyond 15 mg [@lemaire2018].", "E102"),
    ],
)
def test_amounts_of_abstracts_that_are_right(abstracts: Checker, sentence: str, code: str) -> None:
    report = abstracts.check(read_text(f"# Notes\n\n{sentence}\n", "text/markdown"))
    assert code not in {one.code for one in report.diagnostics}
