"""Claims of whole articles held against what was read of an abstract."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.audit import Checker
from claims.reading import read_text


def test_what_works_better_is_held_against_the_comparison(tmp_path: Path) -> None:
    """The review set therapy over pills; the article sets pills over therapy, and names no outcome."""
    (tmp_path / "refs.bib").write_text(
        """@article{rau2012, author={Rau, Ida}, title={Therapy or pills for insomnia: a systematic review},
        journal={Journal of Rest}, year={2012}, abstract={Methods: We compared cognitive behavioural
        therapy for insomnia with hypnotics. Conclusions: Cognitive behavioural therapy is effective for
        insomnia when compared with medication, and its effects may last longer.}}""",
        encoding="utf-8",
    )
    article = read_text(
        "# Sleep\n\nSleeping pills work better than CBT-I in the long run (Rau, 2012).\n\n## References\n\n"
        "Rau I. (2012). Therapy or pills for insomnia: a systematic review. Journal of Rest.\n"
    )
    report = Checker.of(refs=[tmp_path / "refs.bib"]).check(article)
    (said,) = [one for one in report.diagnostics if one.code == "N103"]
    assert "turns the comparison" in said.message


FATS_REFS = """
@article{a, author={Rau, Ida}, title={A Mediterranean diet with nuts: a randomised trial},
journal={Journal of Tables}, year={2012}, abstract={RESULTS: The hazard ratio for stroke was 0.70 (95%
CI, 0.53 to 0.93) with nuts. CONCLUSION: Nuts lowered the rate of stroke.}}
@article{b, author={Lund, Ola}, title={Fish oil against stroke and cancer: a randomised trial},
journal={Journal of Tables}, year={2014}, abstract={RESULTS: Stroke occurred in 386 participants with fish oil
and in 419 with placebo (hazard ratio, 0.92; 95% CI, 0.80 to 1.06). Cancer was found in 820 and 797 (hazard
ratio, 1.03; 95% CI, 0.93 to 1.13).}}
"""


FATS = """# Fats

Olive oil lowers the risk of stroke. Nuts did nothing (Rau, 2012).

Fish oil did not prevent stroke (Lund, 2014), but it did prevent cancer (Lund, 2014).

## References

Rau I. (2012). A Mediterranean diet with nuts: a randomised trial. Journal of Tables.

Lund O. (2014). Fish oil against stroke and cancer: a randomised trial. Journal of Tables.
"""


def test_nothing_done_and_a_second_verb_on_it(tmp_path: Path) -> None:
    """ "Nuts did nothing" is of the outcome before; "but it did prevent" of the same treatment."""
    (tmp_path / "refs.bib").write_text(FATS_REFS, encoding="utf-8")
    report = Checker.of(refs=[tmp_path / "refs.bib"]).check(read_text(FATS))
    said = {one.claim.text.split(" (")[0]: one.claim.id for one in report.claims}
    codes = {(one.claim, one.code) for one in report.diagnostics}
    assert (said["Nuts did nothing"], "E102") in codes
    assert (said["it did prevent cancer"], "N104") in codes


def _said(tmp_path: Path, work: str, sentence: str, code: str) -> list[str]:
    bib = tmp_path / "refs.bib"
    bib.write_text(work, "utf-8")
    report = Checker.of(refs=[bib]).check(read_text(f"# Notes\n\n{sentence}\n", "text/markdown"))
    return [one.message for one in report.diagnostics if one.code == code]


BREADS = """@article{orlo2019, author={Orlo, Mira and Venn, Tadeo and Adair, Lou}, year=2019,
journal={Bread and Heart},
title={Primary prevention of cardiovascular disease with walnuts or olive oil}, volume=3,
number=1, pages={1--9}, abstract={METHODS We randomly assigned 4100 adults to walnuts, olive oil or
a control diet. The primary outcome was stroke, myocardial infarction, or death from cardiovascular
causes. RESULTS The hazard ratio for cardiovascular disease was 0.69 (95% CI, 0.53 to 0.91) for
olive oil and 0.78 (95% CI, 0.64 to 0.95) for walnuts, as compared with the control diet. The
primary outcome was less common with any of them (hazard ratio, 0.74; 95% CI, 0.60 to 0.91). Death
from any cause was less common too (hazard ratio, 0.83; 95% CI, 0.71 to 0.97).}}
"""


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Walnuts lowered the risk of cardiovascular disease by 22 percent", []),
        ("Olive oil lowered the risk of cardiovascular disease by 31 percent", []),
        ("Walnuts lowered the risk of cardiovascular disease by 31 percent", ["olive oil", "0.69", "0.78"]),
        ("Olive oil lowered the risk of cardiovascular disease by 22 percent", ["nuts", "0.78", "0.69"]),
        ("The risk of dying from any cause fell by 17 percent", []),
        ("The risk of dying from any cause fell by 26 percent", ["stroke", "0.74", "0.83"]),
    ],
)
def test_a_number_of_another_arm_or_outcome_of_an_abstract(
    tmp_path: Path, sentence: str, parts: list[str]
) -> None:
    said = _said(tmp_path, BREADS, f"{sentence} (Orlo et al., 2019).", "N101")
    assert len(said) == (1 if parts else 0)
    assert all(part in said[0] for part in parts)


SEVERAL = """@article{orlo2022, author={Orlo, Mira and Venn, Tadeo and Adair, Lou}, year=2022, title={Fish oil
for the prevention of disease}, journal={Bread and Heart}, volume=6, number=1, pages={1--9},
abstract={Main results: We included 40 trials. Meta-analysis suggested little or no effect of fish
oil on mortality (RR 0.97, 95% CI 0.93 to 1.01; high-certainty evidence) or arrhythmia (RR 0.99, 95%
CI 0.92 to 1.06; low-certainty evidence).}}
"""


def test_the_certainty_of_another_outcome_is_not_this_ones(tmp_path: Path) -> None:
    sentence = "Fish oil makes no difference to mortality (Orlo et al., 2022)."
    assert _said(tmp_path, SEVERAL, sentence, "C102") == []
    assert _said(tmp_path, SEVERAL, sentence.replace("mortality", "arrhythmia"), "C102") != []


OF_TWO = """@article{orlo2016, author={Orlo, Mira and Venn, Tadeo and Adair, Lou}, year=2016,
title={Metformin or walnuts for the prevention of diabetes}, journal={Bread and Heart}, volume=1,
number=1, pages={1--9}, abstract={RESULTS: As compared with water, walnuts led to a systolic blood
pressure that was 7.1 mm Hg lower in participants without hypertension, and 11.5 mm Hg lower in
participants with hypertension. For pain there was a significant, although not clinically important,
effect of walnuts compared with water (mean difference −3.7, 95% CI −5.5 to −1.9). After adjustment
for smoking, cancer was diagnosed less often with walnuts (HR 0.96, 95% CI 0.88 to 1.06). Death from
cancer had an HR of 0.83 (95% CI 0.67 to 1.02). CONCLUSIONS: Walnuts were more effective than
metformin.}}
"""


@pytest.mark.parametrize(
    ("sentence", "code", "part"),
    [
        ("In people with hypertension, walnuts lowered systolic pressure by 11.5 mm Hg", "N101", None),
        ("In people with hypertension, walnuts lowered systolic pressure by 11.5 mm Hg", "N103", None),
        ("In people without hypertension, walnuts lowered systolic pressure by 11.5 mm Hg", "N101", "7.1"),
        ("Walnuts eased pain substantially", "N102", "not clinically important"),
        ("Walnuts eased pain slightly", "N102", None),
        ("Walnuts do not prevent cancer", "C106", None),
        ("Walnuts do not prevent death from cancer", "C106", "0.83"),
    ],
)
def test_one_of_several_results_is_meant(tmp_path: Path, sentence: str, code: str, part: str | None) -> None:
    said = _said(tmp_path, OF_TWO, f"{sentence} (Orlo et al., 2016).", code)
    assert len(said) == (0 if part is None else 1)
    assert part is None or part in said[0]


OTHER_SIDE = """@article{orlo2014, author={Orlo, Mira and Venn, Tadeo and Adair, Lou}, year=2014,
title={Exercise against antihypertensive drugs}, journal={Bread and Heart}, volume=1, number=1,
pages={1--9}, abstract={RESULTS: Antihypertensive drugs achieved higher reductions in systolic blood
pressure compared with exercise (mean difference −3.96 mm Hg, 95% CI −5.02 to −2.91). Compared with
control, all types of exercise lowered systolic blood pressure.}}
"""


def test_the_comparison_asked_for_is_the_one_held_against(tmp_path: Path) -> None:
    more = "Exercise lowers systolic blood pressure more than antihypertensive drugs (Orlo et al., 2014)."
    assert _said(tmp_path, OTHER_SIDE, more, "N103") != []
    assert (
        _said(tmp_path, OTHER_SIDE, "Exercise lowers systolic blood pressure (Orlo et al., 2014).", "N103")
        == []
    )
