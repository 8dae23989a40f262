"""Abstracts asked for one claim: outcomes that no vocabulary has. Works, drugs and markers are invented."""

from pathlib import Path

import pytest

from claims.audit import Checker
from claims.linking.asking import Question, question_of
from claims.model import AuditReport, Severity, Verdict
from claims.reading import read_text

BIB = """
@article{moss2018, title={Zelatone in people with gravel lung: a randomised trial}, author={Moss, Ada},
 journal={Fictional Medicine}, year={2018}, volume={3}, pages={1--9},
 abstract={Background: Zelatone may act on quendrin. Methods: We randomly assigned 240 adults to zelatone or
 placebo for 12 weeks. Results: Plasma quendrin was significantly lower with zelatone than with placebo
 (p=0.003). There was no significant difference between the groups in corridor speed (p=0.61).}}
@article{lind2020, title={Brannick tea and leg cramps: a randomised trial}, author={Lind, Bo},
 journal={Fictional Medicine}, year={2020}, volume={5}, pages={10--19},
 abstract={Methods: We randomly assigned 90 adults to brannick tea or water. Results: Grip of the left hand
 did not differ between the groups (p=0.44).}}
"""
LISTED = """

# References

Moss A. (2018). Zelatone in people with gravel lung: a randomised trial. Fictional Medicine, 3, 1-9.

Lind B. (2020). Brannick tea and leg cramps: a randomised trial. Fictional Medicine, 5, 10-19.
"""


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    path: Path = tmp_path_factory.mktemp("refs") / "export.bib"
    path.write_text(BIB, encoding="utf-8")
    return Checker.of(refs=[path])


def audited(checker: Checker, sentence: str) -> AuditReport:
    return checker.check(read_text(sentence + LISTED, "text/markdown"))


def test_a_sentence_that_tells_by_its_ratio_alone_is_read_by_it(tmp_path: Path) -> None:
    """An odds ratio of 0.36 was read as a rise, and who told the fall was told to have turned it around."""
    path = tmp_path / "export.bib"
    path.write_text(
        "@article{w, title={Zelatone and midday slumber}, author={Moss, Ada}, year={2018}, journal={J},"
        " abstract={Methods: We followed 1487 adults for five years. Results: Comparing the highest with the"
        " lowest quartile of zelatone, the odds ratio for midday slumber was 0.36 (95% CI 0.15 to 0.85) in"
        " women but not in men (OR 0.92, 95% CI 0.42 to 2.03).}}",
        encoding="utf-8",
    )
    listed = "\n\n# References\n\nMoss A. (2018). Zelatone and midday slumber. J.\n"
    for told, wrong in (("less", False), ("more", True)):
        text = f"People with the most zelatone had {told} midday slumber (Moss, 2018)."
        codes = {one.code for one in Checker.of(refs=[path]).check(read_text(text + listed)).diagnostics}
        assert ("N103" in codes) is wrong, (told, codes)


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Zelatone increased plasma quendrin compared with placebo (Moss, 2018).", "N103"),
        ("Plasma quendrin was higher with zelatone than with placebo (Moss, 2018).", "N103"),
        ("Zelatone made no difference to plasma quendrin (Moss, 2018).", "E102"),
        ("Zelatone increased corridor speed compared with placebo (Moss, 2018).", "E102"),
    ],
)
def test_an_abstract_that_says_otherwise(checker: Checker, sentence: str, code: str) -> None:
    report = audited(checker, sentence)
    (said,) = [one for one in report.diagnostics if one.code == code]
    assert said.severity is Severity.WARNING, "what was read for one claim alone is no error"
    assert any("Plasma quendrin was" in at.quote or "corridor speed" in at.quote for at in said.evidence)
    assert report.assessments[0].verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    "sentence",
    [
        "Zelatone lowered plasma quendrin compared with placebo (Moss, 2018).",
        "Zelatone did not change corridor speed compared with placebo (Moss, 2018).",
    ],
)
def test_an_abstract_that_says_the_same_supports(checker: Checker, sentence: str) -> None:
    report = audited(checker, sentence)
    assert not {one.code for one in report.diagnostics} & {"N103", "E102"}
    assert report.assessments[0].verdict is Verdict.SUPPORTED
    (linked,) = report.claims
    quotes = [one.finding.quote for one in linked.findings]
    assert any(one.asked for one in linked.findings)
    assert len(set(quotes)) == len(quotes), "what an answer rests on is not shown once more"


@pytest.mark.parametrize(
    "sentence",
    [
        "Zelatone increased serum marvolin compared with placebo (Moss, 2018).",  # named nowhere
        "Zelatone increased plasma quendrin (Moss, 2018; Lind, 2020).",  # either of two may say it
        "Zelatone alone increased plasma quendrin (Moss, 2018).",
        "Zelatone increased the risk (Moss, 2018).",  # of what?
        "The more zelatone they took, the higher their plasma quendrin was (Moss, 2018).",
    ],
)
def test_what_is_not_asked_or_not_answered(checker: Checker, sentence: str) -> None:
    report = audited(checker, sentence)
    assert not [one for linked in report.claims for one in linked.findings if one.asked]


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        (
            "Zelatone reduced plasma quendrin compared with placebo (Moss, 2018).",
            Question("Zelatone", "compared with placebo", "plasma quendrin", "decreases"),
        ),
        (
            "Plasma quendrin was lower among those given zelatone (Moss, 2018).",
            Question("zelatone", "", "Plasma quendrin", "decreases"),
        ),
        (
            "A course aimed at improving posture made no difference to corridor speed (Moss, 2018).",
            Question("A course aimed at improving posture", "", "corridor speed", "no-difference"),
        ),
    ],
)
def test_a_claim_as_a_question(checker: Checker, sentence: str, asked: Question) -> None:
    (linked,) = audited(checker, sentence).claims
    assert question_of(linked.claim) == asked


def test_numbers_decide_over_an_answer(tmp_path: Path) -> None:
    """A claim that prints the estimate of its source is held against that, not against other words."""
    path = tmp_path / "export.bib"
    path.write_text(
        "@article{fenn2021, title={Quiet walks and plover fever: a cohort study}, author={Fenn, Io},"
        " journal={Fictional Medicine}, year={2021}, volume={6}, pages={1--9}, abstract={Results: Plover"
        " fever was rarer with quiet walks (hazard ratio 0.61, 95% CI 0.50 to 0.74). Plover fever did not"
        " differ by sex.}}",
        encoding="utf-8",
    )
    text = (
        "Plover fever was 39% rarer among those who took quiet walks (HR 0.61, 95% CI 0.50 to 0.74; Fenn,"
        " 2021).\n\n# References\n\nFenn I. (2021). Quiet walks and plover fever: a cohort study. Fictional"
        " Medicine, 6, 1-9."
    )
    report = Checker.of(refs=[path]).check(read_text(text, "text/markdown"))
    assert not [one for linked in report.claims for one in linked.findings if one.asked]
    assert not {one.code for one in report.diagnostics} & {"N103", "E102"}
