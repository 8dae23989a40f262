"""Claims that name what a source measured, or how much, in other words than its record does."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.audit import Checker
from claims.model import Severity
from claims.reading import read_text

FOLDER = Path(__file__).parents[1] / "data" / "aching_heads"

REFERENCES = """
## References

1. Orlan P, Visser T. Magnesium for the prevention of migraine: a randomised trial. Headache Made Up. 2020;14:11-20. doi:10.5555/orlan2020magnesium
2. Tolland G, Iversen K. Topiramate for chronic migraine: a double-blind randomised trial. Annals of Nowhere. 2017;31:55-66. doi:10.5555/tolland2017topiramate
3. Varga E, Lind C. Exercise as migraine prevention: a trial of cycling, relaxation and topiramate. Headache Made Up. 2011;5:201-210. doi:10.5555/varga2011training
4. Hauge M, Pretorius N. Caffeinated drinks and attacks the next day: a diary study. Imaginary Neurology. 2019;3:77-85. doi:10.5555/hauge2019caffeine
5. Adair O, Bexell W. A forehead stimulator for the prevention of migraine: sham-controlled trial. Annals of Nowhere. 2016;30:300-309. doi:10.5555/adair2016device
6. Sorby R, Agnelli F. Short nights and migraine: a cross-sectional survey. Imaginary Neurology. 2021;5:14-22. doi:10.5555/sorby2021sleep
"""  # noqa: E501


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker.of(evidence=[FOLDER])


def loud(checker: Checker, sentence: str) -> set[str]:
    report = checker.check(read_text(f"# Keeping migraine away\n\n{sentence}\n{REFERENCES}"))
    return {one.code for one in report.diagnostics if one.severity is not Severity.INFO}


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        # what one group changed by is not what set the groups apart
        ("With topiramate, people had 6.4 fewer migraine days a month than with placebo [2].", "N101"),
        ("Tingling was 29 percent more frequent with topiramate than with placebo [2].", "N101"),
        # each group's share told of the other
        ("Seven percent felt tingling with topiramate, 29 percent with placebo [2].", "N101"),
        (
            "Diarrhoea affected 5 percent of those on magnesium and 19 percent of those on placebo [1].",
            "N101",
        ),
        # amounts that are counted in words
        ("Magnesium took away about five attacks a month [1].", "N101"),
        ("Magnesium spared people three attacks a month [1].", "N101"),
        # a house's "aerobic training", whose group is headed "cycling"
        ("Cycling prevented more attacks than topiramate [3].", "E102"),
        # the shipped vocabulary's short sleepers are the house's
        ("Short sleepers were less disabled by their migraine [6].", "N103"),
        # twice as many with the one as with another that it was not compared with; for years, of four months
        ("Tingling was twice as common with topiramate as with relaxation training [2].", "N108"),
        ("The gain from topiramate in migraine days lasts for years [2].", "P105"),
        ("Topiramate lowers the number of migraine days permanently [2].", "P105"),
        # a dose whose period was said before it
        ("A daily dose of 60 mg of magnesium is enough to reduce attacks [1].", "P103"),
        ("The odds of an attack were four times as high with three or more caffeinated drinks [4].", "N102"),
    ],
)
def test_wrong(checker: Checker, sentence: str, code: str) -> None:
    assert code in loud(checker, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "With topiramate, people had 1.7 fewer migraine days a month than with placebo [2].",
        "With topiramate migraine days fell by 6.4 a month, compared with 4.7 with placebo [2].",
        "Topiramate took about 1.7 migraine days a month more away than placebo [2].",
        "Magnesium spared people about one attack a month [1].",
        # the record's own words: half fewer migraine days, the odds of an attack
        "With the device 38 percent halved their migraine days, against 12 percent with a dummy [5].",
        "Three or more caffeinated drinks a day were linked to 40 percent higher odds of an attack [4].",
        "With topiramate 29 percent felt tingling, with placebo 7 percent [2].",
        "Compared with 7 percent on placebo, 29 percent felt tingling on topiramate [2].",
        "Tingling was four times as common with topiramate as with placebo [2].",
        "A daily dose of 600 mg of magnesium is enough to reduce attacks [1].",
        # none is not fewer, and alike is no effect
        "One or two caffeinated drinks went with no more attacks the next day [4].",
        "One or two caffeinated drinks were linked to no higher odds of an attack [4].",
        "Cycling three times a week lowered the number of attacks about as much as topiramate did [3].",
        "Attacks became fewer in both groups, with cycling and with relaxation [3].",
    ],
)
def test_right(checker: Checker, sentence: str) -> None:
    assert not loud(checker, sentence)


ABSTRACTS = """@article{orr2019,
 author = {Orr, Pia and Vane, Tom}, title = {Yoga against stretching for neck pain: a trial},
 journal = {Journal of Necks}, year = {2019}, volume = {3}, pages = {10--19}, doi = {10.5555/orr2019},
 abstract = {METHODS: We randomly assigned 320 adults with neck pain to yoga or stretching. RESULTS: Neck
 pain was lower with yoga than with stretching (difference -1.1 points, 95% CI -1.6 to -0.6). Groups that did
 yoga for 16 weeks had greater improvements than those that did it for 8 weeks (difference 0.9 points, 95% CI 0.3 to
 1.5). There was no significant difference between yoga three times a week and yoga once a week.}
}
@article{dahl2021,
 author = {Dahl, Una and Berg, Ole}, title = {Low-dose statins in healthy elderly people},
 journal = {Journal of Vessels}, year = {2021}, volume = {4}, pages = {1--9}, doi = {10.5555/dahl2021},
 abstract = {METHODS: We randomly assigned 9000 adults of 70 years and over to a statin or placebo, with
 lifestyle advice. RESULTS: The rate of heart attack was 8 and 11 per 1000 person-years, respectively (hazard
 ratio 0.72, 95% CI 0.60 to 0.86). The rate of diabetes was 12 and 11 per 1000 person-years (hazard ratio 1.09,
 95% CI 1.01 to 1.18).}
}
@article{tarn2018,
 author = {Tarn, Olga and Weir, Sid}, title = {Walnuts and mortality: a cohort study},
 journal = {Journal of Shells}, year = {2018}, volume = {5}, pages = {30--39}, doi = {10.5555/tarn2018},
 abstract = {METHODS: We followed 90 000 adults for 12 years. RESULTS: Compared with never eating walnuts, the
 hazard ratio for death was 0.98 (95% CI 0.93 to 1.04) for walnuts once a week, 0.88 (95% CI 0.84 to 0.93) for
 two to four times per week and 0.79 (95% CI 0.73 to 0.86) for seven or more times per week.}
}
"""  # noqa: E501


@pytest.fixture(scope="module")
def by_abstract(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    refs: Path = tmp_path_factory.mktemp("refs") / "refs.bib"
    refs.write_text(ABSTRACTS, encoding="utf-8")
    return Checker.of(refs=[refs])


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Eight weeks of yoga worked as well as 16 (Orr and Vane, 2019).", "E102"),
        ("Yoga three times a week helped more than once a week (Orr and Vane, 2019).", "E102"),
        ("Three sessions of yoga a week were better than one (Orr and Vane, 2019).", "E102"),
        ("Statins lowered the risk of heart attack by 9 % in older people (Dahl and Berg, 2021).", "N101"),
        ("Walnuts once a week were linked to a 21 % lower risk of death (Tarn and Weir, 2018).", "N101"),
        ("Walnuts once a week were linked to a lower risk of death (Tarn and Weir, 2018).", "N104"),
        ("Walnuts three times a week were linked to a 12 % lower risk of death (Tarn and Weir, 2018).", None),
        ("Walnuts every day were linked to a 21 % lower risk of death (Tarn and Weir, 2018).", None),
        ("Sixteen weeks of yoga eased neck pain more than eight (Orr and Vane, 2019).", None),
        ("Yoga three times a week did no more than once a week (Orr and Vane, 2019).", None),
        ("Statins lowered the risk of heart attack by 28 % in older people (Dahl and Berg, 2021).", None),
        ("Statins raised the risk of diabetes by 9 % in older people (Dahl and Berg, 2021).", None),
    ],
)
def test_by_abstract(by_abstract: Checker, sentence: str, code: str | None) -> None:
    report = by_abstract.check(read_text(f"# Necks and vessels\n\n{sentence}\n"))
    found = {one.code for one in report.diagnostics if one.severity is not Severity.INFO}
    assert code in found if code else not found
