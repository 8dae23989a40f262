"""Whom and what a source leaves out or excepts, held against a claim about just those."""
# ruff: noqa: E501 - sentences of abstracts

from __future__ import annotations

from pathlib import Path

import pytest

from claims.audit import Checker
from claims.reading import read_text

REFS = """@article{adler2019,
 author = {Adler, Nina and Sow, Malik}, title = {Hepatitis B vaccine in older adults: a randomised trial},
 journal = {Journal of Jabs}, year = {2019}, volume = {2}, pages = {1--9},
 abstract = {METHODS: We randomly assigned 2400 adults aged 60 years or over to vaccine or placebo. People with
 weakened immune systems were excluded. RESULTS: Hepatitis B was less common with the vaccine (RR 0.20, 95% CI 0.11
 to 0.37). Fatigue was more common with the vaccine (24.1% vs 9.8%). Fever was as common in both groups.}
}
@article{bonde2020,
 author = {Bonde, Karl and Ek, Siri}, title = {Hormone replacement therapy and venous thromboembolism: a cohort study},
 journal = {Journal of Change}, year = {2020}, volume = {3}, pages = {10--19},
 abstract = {RESULTS: Every type of hormone replacement therapy, except vaginal oestrogen, was associated with
 more venous thromboembolism (HR 1.58, 95% CI 1.40 to 1.79).}
}
@article{carr2021,
 author = {Carr, Lea and Obi, Tom}, title = {Melatonin for insomnia in children with autism: a randomised trial},
 journal = {Journal of Sleep}, year = {2021}, volume = {4}, pages = {20--29},
 abstract = {METHODS: 130 children with autism were randomly assigned to melatonin or placebo. RESULTS: Sleep
 latency fell by 25 minutes more with melatonin than with placebo (95% CI 14 to 36).}
}
@article{dunn2022,
 author = {Dunn, Ray and Ito, Mai}, title = {CT screening for lung cancer in current smokers: a randomised trial},
 journal = {Journal of Scans}, year = {2022}, volume = {5}, pages = {30--39},
 abstract = {METHODS: 9000 current smokers were randomly assigned to CT screening or no screening. RESULTS: Deaths
 from lung cancer were fewer with screening (RR 0.78, 95% CI 0.64 to 0.95). Deaths from breast cancer did not
 differ (31 v 28 deaths).}
}
@article{evans2021,
 author = {Evans, Gwen and Roy, Dev}, title = {Ketamine combined with an antidepressant for depression: a randomised trial},
 journal = {Journal of Moods}, year = {2021}, volume = {6}, pages = {40--49},
 abstract = {METHODS: We randomly assigned 180 adults with depression to ketamine plus sertraline or placebo plus
 sertraline. RESULTS: Depression scores fell by 4.0 points more with ketamine plus sertraline than with sertraline plus
 placebo (95% CI 1.2 to 6.8).}
}
"""


REFS += """@article{holm2016,
 author = {Holm, Ada and Pike, Ron}, title = {Ranibizumab and bevacizumab for macular degeneration: a randomised trial},
 journal = {Journal of Eyes}, year = {2016}, volume = {9}, pages = {70--79},
 abstract = {RESULTS: Serious adverse events were more common with bevacizumab than with ranibizumab (24.1% vs 15.0%; risk
 ratio, 1.61; 95% CI, 1.20 to 2.16).}
}
@article{fry2018,
 author = {Fry, Ola and Lee, Min}, title = {Folic acid in pregnancy and asthma in children: a birth cohort},
 journal = {Journal of Births}, year = {2018}, volume = {7}, pages = {50--59},
 abstract = {RESULTS: Asthma was less common in children of women who took folic acid (odds ratio 0.70, 95% CI 0.55 to
 0.90). Similar analyses of fish oil in pregnancy showed no such association with asthma.}
}
@article{goss2017,
 author = {Goss, Al and Hill, Bea}, title = {Testosterone gel and sexual desire: a randomised trial},
 journal = {Journal of Men}, year = {2017}, volume = {8}, pages = {60--69},
 abstract = {METHODS: 700 men 65 years of age or older were randomly assigned to testosterone gel or placebo. RESULTS:
 Sexual desire rose more with testosterone than with placebo (difference 2.9 points, 95% CI 1.9 to 3.9).}
}
"""


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    refs: Path = tmp_path_factory.mktemp("refs") / "refs.bib"
    refs.write_text(REFS, encoding="utf-8")
    return Checker.of(refs=[refs])


@pytest.mark.parametrize(
    ("sentence", "code", "words"),
    [
        (
            "The jab also works in people with a weak immune system (Adler and Sow, 2019).",
            "P101",
            "were excluded",
        ),
        ("The hepatitis B vaccine works in older adults (Adler and Sow, 2019).", None, ""),
        (
            "The hepatitis B vaccine caused no more fatigue than placebo (Adler and Sow, 2019).",
            "E102",
            "24.1% vs 9.8%",
        ),
        ("Vaginal oestrogen is linked to more blood clots (Bonde and Ek, 2020).", "E102", "excepts"),
        ("Hormone replacement therapy is linked to more blood clots (Bonde and Ek, 2020).", None, ""),
        ("All HRT except vaginal oestrogen is linked to more blood clots (Bonde and Ek, 2020).", None, ""),
        (
            "Melatonin helped healthy children fall asleep 25 minutes sooner (Carr and Obi, 2021).",
            "P101",
            "healthy children",
        ),
        (
            "CT screening cuts deaths from lung cancer in people who have never smoked (Dunn and Ito, 2022).",
            "P101",
            "never smoked",
        ),
        ("CT screening cuts deaths from lung cancer in current smokers (Dunn and Ito, 2022).", None, ""),
        (
            "Those screened by CT were less likely to die of breast cancer (Dunn and Ito, 2022).",
            "E102",
            "did not differ",
        ),
        ("Ketamine by itself lowered depression scores by 4 points (Evans and Roy, 2021).", "P104", "alone"),
        (
            "Added to sertraline, ketamine lowered depression scores by 4 points (Evans and Roy, 2021).",
            None,
            "",
        ),
        (
            "Fish oil in pregnancy was linked to less asthma in children (Fry and Lee, 2018).",
            "E102",
            "no such",
        ),
        ("Folic acid in pregnancy was linked to less asthma in children (Fry and Lee, 2018).", None, ""),
        (
            "Testosterone gel raised sexual desire in healthy young men (Goss and Hill, 2017).",
            "P101",
            "65 years",
        ),
        ("Testosterone gel raised sexual desire in older men (Goss and Hill, 2017).", None, ""),
        ("Melatonin helped autistic children fall asleep 25 minutes sooner (Carr and Obi, 2021).", None, ""),
    ],
)
def test_who_was_left_out(checker: Checker, sentence: str, code: str | None, words: str) -> None:
    report = checker.check(read_text(f"# Notes\n\n{sentence}\n"))
    said = {
        one.code: one.message for one in report.diagnostics if one.code in ("P101", "E102", "N103", "P104")
    }
    assert set(said) == ({code} if code else set())
    if code:
        assert words in said[code]
