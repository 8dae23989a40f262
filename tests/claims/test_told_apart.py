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
        # amounts that are counted in words
        ("Magnesium took away about five attacks a month [1].", "N101"),
        ("Magnesium spared people three attacks a month [1].", "N101"),
        # a house's "aerobic training", whose group is headed "cycling"
        ("Cycling prevented more attacks than topiramate [3].", "E102"),
        # the shipped vocabulary's short sleepers are the house's
        ("Short sleepers were less disabled by their migraine [6].", "N103"),
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
        # none is not fewer, and alike is no effect
        "One or two caffeinated drinks went with no more attacks the next day [4].",
        "One or two caffeinated drinks were linked to no higher odds of an attack [4].",
        "Cycling three times a week lowered the number of attacks about as much as topiramate did [3].",
        "Attacks became fewer in both groups, with cycling and with relaxation [3].",
    ],
)
def test_right(checker: Checker, sentence: str) -> None:
    assert not loud(checker, sentence)
