"""What the rules on people, outcomes, doses, evidence and mechanisms say, and when they keep silent.

The pages of the rules carry their examples; here stand the finer points, on abstracts alone.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.audit import Checker
from claims.model import AuditReport, Severity
from claims.reading import read_text

# ruff: noqa: E501 - bibliographies and references are one line an entry

BIB = """
@article{rau2019, title={Oral magnesium and sleep quality in older adults with insomnia: a randomised trial},
 author={Rau, Klara and Bohm, Tim}, journal={Sleep Trials}, year={2019}, volume={7}, pages={101--110},
 abstract={Methods: We randomised 120 older adults with insomnia to magnesium 320 mg daily or placebo for 8 weeks.
 Results: Sleep quality improved with magnesium compared with placebo (mean difference -1.8 points, 95% CI -2.9 to -0.7).}}
@article{ode2021, title={Salt reduction and blood pressure in adults: systematic review and meta-analysis},
 author={Ode, Anna and Lim, Jo}, journal={Journal of Pressure}, year={2021}, volume={3}, pages={1--12},
 abstract={We included 34 trials with 3230 participants. Modest salt reduction lowered systolic blood pressure by
 4.18 mm Hg (95% CI 3.18 to 5.18). No significant effect on LDL cholesterol was found.}}
@article{fay2015, title={Vitamin D supplements and falls among community-dwelling older women: a cohort study},
 author={Fay, Nora}, journal={Bone Care}, year={2015}, volume={22}, pages={55--63},
 abstract={In this prospective cohort of 4,512 women followed for 6 years, use of vitamin D supplements was associated
 with a lower risk of falls (hazard ratio 0.86, 95% CI 0.78 to 0.95).}}
"""
REFERENCES = """

# References

Rau K, Bohm T. (2019). Oral magnesium and sleep quality in older adults with insomnia: a randomised trial. Sleep Trials, 7, 101-110.

Ode A, Lim J. (2021). Salt reduction and blood pressure in adults: systematic review and meta-analysis. Journal of Pressure, 3, 1-12.

Fay N. (2015). Vitamin D supplements and falls among community-dwelling older women: a cohort study. Bone Care, 22, 55-63.
"""
MINE = ("P1", "E1", "M1", "T1")


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    path: Path = tmp_path_factory.mktemp("refs") / "export.bib"
    path.write_text(BIB, encoding="utf-8")
    return Checker.of(refs=[path], select=MINE)


def codes(report: AuditReport) -> set[str]:
    return {one.code for one in report.diagnostics if one.severity is not Severity.INFO}


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("In children with insomnia, magnesium improved sleep quality (Rau & Bohm, 2019).", "P101"),
        ("In men, vitamin D users had a lower risk of falls (Fay, 2015).", "P101"),
        ("Cutting salt prevents strokes (Ode & Lim, 2021).", "P102"),
        ("Magnesium 3,200 mg a day improved sleep quality (Rau & Bohm, 2019).", "P103"),
        ("Over two years, magnesium improved sleep quality (Rau & Bohm, 2019).", "P105"),
        ("Cutting salt lowers LDL cholesterol (Ode & Lim, 2021).", "E102"),
    ],
)
def test_faulty(checker: Checker, sentence: str, code: str) -> None:
    report = checker.check(read_text(sentence + REFERENCES, "text/markdown"))
    assert code in codes(report)
    (said, *_) = [one for one in report.diagnostics if one.code == code]
    assert said.evidence, "the evidence path is missing"
    assert said.claim == "claim-1"
    assert report.document.text[said.span.start : said.span.end] in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "In a trial of older adults with insomnia, magnesium 320 mg a day improved sleep quality (Rau & Bohm, 2019).",
        "Magnesium may help older people sleep better (Rau & Bohm, 2019).",
        "Over eight weeks, magnesium improved sleep quality compared with placebo (Rau & Bohm, 2019).",
        "High blood pressure can lead to stroke, and cutting salt lowers blood pressure (Ode & Lim, 2021).",
        "Cutting salt lowered systolic blood pressure by about 4 mm Hg (Ode & Lim, 2021).",
        "Less salt did not change LDL cholesterol (Ode & Lim, 2021).",
        "Older women who took vitamin D had a lower risk of falls (Fay, 2015).",
        "Vitamin D is found in oily fish, eggs and sunlight, and falls are common in later life (Fay, 2015).",
        "Many people sleep badly, and insomnia raises the risk of depression.",
        "Aim for regular exercise and eat plenty of vegetables.",
        "Talk to your pharmacist before taking 3,200 mg of magnesium.",
    ],
)
def test_clean(checker: Checker, sentence: str) -> None:
    report = checker.check(read_text(sentence + REFERENCES, "text/markdown"))
    assert codes(report) == set()


def test_one_unknown_source_keeps_the_rules_silent(checker: Checker) -> None:
    other = "\nMoss F. (2001). A paper that nobody has. Journal of Absence, 1, 2-3.\n"
    text = "Cutting salt prevents strokes (Ode & Lim, 2021; Moss, 2001)." + REFERENCES + other
    assert "P102" not in codes(checker.check(read_text(text, "text/markdown")))


def test_white_space_changes_nothing(checker: Checker) -> None:
    text = "Cutting salt prevents strokes (Ode & Lim, 2021)." + REFERENCES
    spaced = text.replace("salt prevents", "salt\n   prevents")
    assert codes(checker.check(read_text(text, "text/markdown"))) == codes(
        checker.check(read_text(spaced, "text/markdown"))
    )


ABSTRACT = """@article{{rau2019, author={{Rau, T. and Bohm, I.}}, year={{2019}}, doi={{10.5555/mag.2019}},
 title={{Magnesium and sleep quality in older adults: a randomised trial}}, abstract={{Sixty older adults took
 320 mg of magnesium or placebo for eight weeks. Sleep quality improved more with magnesium (mean difference
 1.1, 95% CI 0.4 to 1.8).{more}}}}}"""


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ("", Severity.WARNING),  # all its results are of another outcome, and it has no word of this one
        (" Zorble counts were lower with magnesium (P=0.01).", Severity.INFO),  # nobody knows what those are
        (" Depression was not the subject.", None),
    ],
)
def test_an_outcome_that_the_abstract_does_not_name(
    tmp_path: Path, more: str, severity: Severity | None
) -> None:
    library = tmp_path / "library.bib"
    library.write_text(ABSTRACT.format(more=more), encoding="utf-8")
    printed = "Rau T., Bohm I. (2019). Magnesium and sleep quality in older adults: a randomised trial. "
    text = (
        f"Magnesium eases depression (Rau & Bohm, 2019).\n\n# References\n\n{printed}doi:10.5555/mag.2019\n"
    )
    report = Checker.of(refs=[library]).check(read_text(text, "text/markdown"))
    assert [one.severity for one in report.diagnostics if one.code == "P102"] == [severity] * bool(severity)


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Zinc has no side effects (Ash, 2019).", "E102"),
        ("Zinc does cause side effects (Ash, 2019).", ""),
        ("Zinc had no side effects after two weeks (Ash, 2019).", ""),
    ],
)
def test_no_side_effects_of_a_source_that_counted_them(tmp_path: Path, sentence: str, code: str) -> None:
    path = tmp_path / "export.bib"
    path.write_text(
        "@article{ash2019, title={Zinc for the common cold: a meta-analysis}, author={Ash, P.}, year={2019},"
        " journal={Cold Fiction}, volume={3}, pages={1--9}, abstract={Results: We included 12 randomised trials."
        " Side effects were more common with zinc (RR 1.34, 95% CI 1.15 to 1.55).}}",
        encoding="utf-8",
    )
    listed = (
        "\n\n# References\n\nAsh P. (2019). Zinc for the common cold: a meta-analysis. Cold Fiction, 3, 1-9."
    )
    said = codes(Checker.of(refs=[path], select=MINE).check(read_text(sentence + listed, "text/markdown")))
    assert said == ({code} if code else set())


@pytest.mark.parametrize(
    "sentence",
    [
        "With statins there were 21% fewer strokes for each 1 mmol/L by which their LDL cholesterol fell (Ash, 2019).",
        "With statins adults were 21% less likely to be admitted to hospital for a stroke (Ash, 2019).",
    ],
)
def test_what_a_result_is_told_for_is_no_outcome(tmp_path: Path, sentence: str) -> None:
    path = tmp_path / "export.bib"
    path.write_text(
        "@article{ash2019, title={Statins and stroke: a meta-analysis}, author={Ash, P.}, year={2019},"
        " journal={Heart Fiction}, volume={3}, pages={1--9}, abstract={Results: We included 12 randomised trials."
        " Strokes were fewer with statins than with placebo (RR 0.79, 95% CI 0.71 to 0.88).}}",
        encoding="utf-8",
    )
    listed = "\n\n# References\n\nAsh P. (2019). Statins and stroke: a meta-analysis. Heart Fiction, 3, 1-9."
    report = Checker.of(refs=[path], select=MINE).check(read_text(sentence + listed, "text/markdown"))
    assert "P102" not in {one.code for one in report.diagnostics}
