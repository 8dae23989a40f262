"""An article on the studies of the walking example, right and wrong sentences side by side.

None of its sentences was written with a rule in mind; the wrong ones are the errors that editors make.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.audit import Checker
from claims.model import AuditReport, Severity
from claims.reading import read_text
from claims.reports.text import render_text

EVIDENCE = Path(__file__).parents[2] / "examples" / "walking-spine" / "evidence"

REFERENCES = """
## References

1. Mahdavi SB, Riahi R, Vahdatpour B, Kelishadi R. Association between sedentary behavior and low back pain; A systematic review and meta-analysis. Health Promot Perspect. 2021;11(4):393-410.
2. Alzahrani H, Alshehri MA, Alzhrani M, Alshehri YS, Al Attar WSA. The association between sedentary behavior and low back pain in adults: a systematic review and meta-analysis of longitudinal studies. PeerJ. 2022;10:e13127.
3. Sitthipornvorakul E, Sihawong R, Waongenngarm P, Janwantanakul P. The effects of walking intervention on preventing neck pain in office workers: a randomized controlled trial. J Occup Health. 2020;62(1):e12106.
4. Steffens D, Maher CG, Pereira LS, et al. Prevention of low back pain: a systematic review and meta-analysis. JAMA Intern Med. 2016;176(2):199-208.
5. Pocovi NC, de Campos TF, Lin CC, Merom D, Tiedemann A, Hancock MJ. Walking, cycling, and swimming for nonspecific low back pain: a systematic review with meta-analysis. J Orthop Sports Phys Ther. 2022;52(2):85-99.
6. Wilke HJ, Neef P, Caimi M, Hoogland T, Claes LE. New in vivo measurements of pressures in the intervertebral disc in daily life. Spine. 1999;24(8):755-762.
7. Lee HS, Shim JS, Lee ST, Kim M, Ryu JS. Facilitating effects of fast and slope walking on paraspinal muscles. Ann Rehabil Med. 2014;38(4):514-522.
8. O'Connor SR, Tully MA, Ryan B, et al. Walking exercise for chronic musculoskeletal pain: systematic review and meta-analysis. Arch Phys Med Rehabil. 2015;96(4):724-734.e3.
9. Hurley DA, Tully MA, Lonsdale C, et al. Supervised walking in comparison with fitness training for chronic back pain in physiotherapy: results of the SWIFT single-blinded randomized controlled trial. Pain. 2015;156:131-147.
10. Owen PJ, Miller CT, Mundell NL, et al. Which specific modes of exercise training are most effective for treating low back pain? Network meta-analysis. Br J Sports Med. 2020;54:1279-1287.
12. Frigo CA, Favata A, Camuncoli F, et al. The spine lengthens during walking in healthy participants, with age-related changes in kinematic parameters. J Clin Med. 2025;14(1):209.
13. McDonough SM, et al. Pedometer-driven walking for chronic low back pain: a feasibility randomized controlled trial. Clin J Pain. 2013.
14. Pocovi NC, Lin CC, French SD, et al. Effectiveness and cost-effectiveness of an individualised, progressive walking and education intervention for the prevention of low back pain recurrence in Australia (WalkBack): a randomised controlled trial. Lancet. 2024;404(10448):134-144.
15. Shiri R, Coggon D, Falah-Hassani K. Exercise for the prevention of low back pain: systematic review and meta-analysis of controlled trials. Am J Epidemiol. 2018;187(5):1093-1101.
16. Sitthipornvorakul E, Klinsophon T, Sihawong R, Janwantanakul P. The effects of walking intervention in patients with chronic low back pain: a meta-analysis of randomized controlled trials. Musculoskelet Sci Pract. 2018;34:38-46.
17. Demura S, Yamada T, Kitabayashi T, Uchiyama M. Change in stature by walking and running at a preferred transition speed. Health. 2010;2(12):1377-1381.
18. World Health Organization. WHO guideline for non-surgical management of chronic primary low back pain in adults in primary and community care settings. Geneva: World Health Organization; 2023.
11. Lang AE, Hendrick PA, Clay L, et al. A randomized controlled trial investigating effects of an individualized pedometer driven walking program on chronic low back pain. BMC Musculoskelet Disord. 2021;22:206.
"""  # noqa: E501


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker.of(evidence=[EVIDENCE])


def audit(checker: Checker, *sentences: str) -> AuditReport:
    return checker.check(read_text("# Sitting and walking\n\n" + " ".join(sentences) + "\n" + REFERENCES))


def loud(report: AuditReport) -> set[str]:
    return {one.code for one in report.diagnostics if one.severity is not Severity.INFO}


@pytest.mark.parametrize(
    ("sentences", "code"),
    [
        # the number of another outcome, of "an episode" named in the sentence before
        (
            (
                "Sitting more than eight hours a day was not linked to new low back pain [2].",
                "In it, sitting three hours or more a day raised the risk of a new episode by 24 % [2].",
            ),
            "N101",
        ),
        # the number of the two treatments together
        (("Exercise on its own cuts sick leave by 26 % [4].",), "N101"),
        # intensity was measured apart from whether there is pain at all
        (
            (
                "Office workers who were asked to walk more had less neck pain [3].",
                "The programme also reduced pain intensity [3].",
            ),
            "E102",
        ),
        # worse than other treatments, better than none
        (("Walking or running works better than other treatments for back pain [5].",), "N103"),
        (("Disc pressure is higher in sitting than in standing [6].",), "E102"),
        # three arms that did alike, told as if one had done best
        (("Disability improved most in the walking group [9].",), "E102"),
        (("Walking builds core strength better than any other exercise [10].",), "P102"),
        # no label of the vocabulary says "erector spinae muscles"
        (("Walking faster switches on the erector spinae muscles more [7].",), "E102"),
        (("Faster walking makes the erector spinae work harder [7].",), "E102"),
        # of two treatments together and of one, each is told by its own
        (("Exercise together with education cuts sick leave by a quarter [4].",), "N104"),
        (("Exercise coupled with education halves the risk of low back pain [15].",), "N102"),
        # what the curator calls open, told as found
        (("Advice with walking reduced disability more than advice alone [13].",), "N104"),
        # rated low by the review that is cited, in everyday words
        (
            ("In the short run, walking leaves people in more back pain than other treatments do [5].",),
            "E106",
        ),
        # the paragraph's only source found nothing
        (
            (
                "Faster walking raises erector spinae activity.",
                "Ten men walked at four speeds while their muscles were recorded [7].",
            ),
            "E102",
        ),
        # the estimate of another treatment and outcome
        (("Compared with no treatment, aerobic exercise improved mental health (SMD -1.86) [10].",), "N101"),
        (("Walking with education lowered the hazard of a relapse by two thirds [14].",), "N102"),
        # a guess of the authors' as the reason
        (("The spine grows longer in walking thanks to the trunk muscles [12].",), "C105"),
        (("Length is gained in walking because trunk muscles are active [12].",), "C105"),
        # the second treatment left out in so many words, though the text around has it
        (
            (
                "In the trial people got walking and education [14].",
                "Walking by itself was followed by 28 % fewer recurrences of low back pain [14].",
            ),
            "P104",
        ),
        (("Walking without any education prevents low back pain [14].",), "P104"),
        (("Walking alone, without the coaching, kept low back pain away [14].",), "P104"),
        (("Running hardly changed stature [17].",), "E102"),
        (("The erector spinae had to work harder as men walked faster [7].",), "E102"),
        (("A class was the better choice for disability when it was put against walking [9].",), "E102"),
        (("A year on, the walkers were less disabled than those given advice alone [11].",), "E102"),
        # what a guideline advises, turned around
        (("The WHO favours a lumbar belt for chronic low back pain [18].",), "E102"),
        (("A back brace is worth wearing, according to the WHO [18].",), "E102"),
        (("The WHO discourages exercise programmes [18].",), "E102"),
        (("Walking makes the spine shorter [12].",), "N103"),
        (("Walking is no use against the pain of people with chronic low back pain [16].",), "C106"),
        (("Compared with no treatment, walking reduces disability enormously [5].",), "N102"),
        (("Five years on, walking added to advice had not changed disability [11].",), "P105"),
    ],
)
def test_wrong(checker: Checker, sentences: tuple[str, ...], code: str) -> None:
    assert code in loud(audit(checker, *sentences))


@pytest.mark.parametrize(
    "sentences",
    [
        (
            "Adults who sat for long stretches had 42 % higher odds of low back pain [1].",
            "Long hours behind the wheel double the odds of back pain [1].",
        ),
        ("Compared with doing little or nothing, walking eases pain slightly [5].",),
        ("Sitting more than eight hours a day was not linked to new low back pain [2].",),
        ("Adding a pedometer programme to advice had no effect on disability after a year [11].",),
        ("Exercise alone was followed by 78 % less sick leave [4].",),
        ("Exercise with nothing else added lowered the risk of low back pain by a third [15].",),
        ("In pooled trials, adding a walking plan to advice made no clear difference to disability [11].",),
        ("Trials could not tell walking and other care without drugs apart in pain [16].",),
        ("Exercise together with education lowered the risk of low back pain by a quarter [15].",),
        ("Walking by itself was not tested against no treatment [14].",),
        ("Walking and usual physiotherapy led to similar disability in chronic low back pain [9].",),
        ("Sitting over eight hours a day was not connected with new low back pain [2].",),
        ("Neck pain came to 22 % of office workers who cranked up their walking, and 34 % of the rest [3].",),
        ("A walking programme with education lowered the hazard of recurrence by 28 % [14].",),
        ("Walking, an exercise class and physiotherapy left people equally disabled after six months [9].",),
        ("No trial has shown walking to be better than physiotherapy for disability in back pain [9].",),
        ("After eight weeks, people with long-term pain who walked had about 5 points less pain [8].",),
        # the other group's side, bounds, scores of their own, people told as groups
        ("The controls got neck pain more often, 34 % against 22 % [3].",),
        ("New neck pain came to 22 % of the group that raised its steps and 34 % of the control group [3].",),
        ("Walking more left no mark on how disabling the neck pain was [3].",),
        ("Adverse events came to 52 % of the walkers and 54 % of the controls [14].",),
        ("People coached to walk went nearly twice as long before back pain next stopped them [14].",),
        ("Other treatments left people in less pain than walking or running did [5].",),
        ("Mental health scores fell by 1.18 with aerobic exercise, lower scores being better [10].",),
        ("The erector spinae did not have to work any harder at higher speed [7].",),
        ("Neither walking nor the class beat ordinary physiotherapy on pain [9].",),
        ("Disability fell by 8.2 points, as against 1.6 in those who had only the education [13].",),
        ("People who followed a plan on top of some advice took 2,776 more steps a day [13].",),
        ("The time before back pain came back was nearly doubled by walking and lessons [14].",),
        ("It took longer for back pain to return in those who had been coached to walk [14].",),
        ("Less walking meant more neck pain, 34 % against 22 % [3].",),
        ("Walking did less for pain than other treatments did [5].",),
        ("For sick leave, exercise with education showed no clear effect [4].",),
        ("Pain and disability fell in all groups [9].",),
        ("Unsupported sitting came out slightly lower than standing, at 0.46 against 0.5 MPa [6].",),
        ("Walking was no more effective than other treatments for chronic low back pain [16].",),
        ("Weights improved function, Pilates reduced pain and aerobic exercise helped mental health [10].",),
        ("The WHO steers people away from back braces and belts [18].",),
        ("Lumbar belts are not advised by the World Health Organization [18].",),
        ("Exercise programmes can be offered, and lumbar braces should not be [18].",),
        ("The worst pain was milder in the walking group, and half were taught about pain [14].",),
    ],
)
def test_right(checker: Checker, sentences: tuple[str, ...]) -> None:
    wrong = {"N101", "N102", "N103", "N104", "E102", "E103", "E106", "P101", "P104", "C105", "C106"}
    assert not loud(audit(checker, *sentences)) & wrong


def test_points_of_a_scale_are_points(checker: Checker) -> None:
    """A curator's "points on 0-10" is what an article calls points."""
    reference = (
        "\n17. Pocovi NC, Graham PL, et al. Effect of a walking plus education program on the duration "
        "and severity of recurrences of low back pain. 2025. doi:10.2519/jospt.2025.13361\n"
    )
    text = "# Walking\n\nWith walking and education, the worst pain was {} points lower [17].\n" + REFERENCES
    said = {
        size: [one.code for one in checker.check(read_text(text.format(size) + reference)).diagnostics]
        for size in ("0.34", "0.94")
    }
    assert "N101" not in said["0.34"]
    assert "N101" in said["0.94"]


def test_another_comparison_does_not_contest(checker: Checker) -> None:
    """That walking does more than nothing says little of walking added to advice."""
    report = audit(checker, "Adding a pedometer programme to advice had no effect on disability [11].")
    assert "E103" not in loud(report)


@pytest.mark.parametrize(
    "sentence",
    [
        "Back pain fell in everyone who took part, walkers or not [9].",
        "Exercise was looked at in adults whose back pain, without a specific cause, had gone on for more "
        "than twelve weeks [15].",
        "The time to relapse nearly doubled with walking and education [14].",
        "When walking was set against other treatments, the others came out ahead on pain in the short "
        "term [5].",
        "Driving for hours looked worse still, with the odds of low back pain doubled [1].",
        "Advice was given with or without a pedometer programme; disability did not differ at a year [11].",
    ],
)
def test_right_claims_in_everyday_words_are_let_stand(checker: Checker, sentence: str) -> None:
    assert loud(audit(checker, sentence)) == set()


def test_what_says_itself_that_studies_disagree_is_not_contested(checker: Checker) -> None:
    assert "E103" in loud(audit(checker, "Walking eases back pain [13]."))
    assert "E103" not in loud(audit(checker, "The picture is mixed, but walking eases back pain [13]."))


def test_a_printed_result_is_not_contested_by_another_outcome(checker: Checker) -> None:
    report = audit(
        checker, "With a walking plan and coaching back pain came back after 208 days, not 112 [14]."
    )
    assert "E103" not in loud(report)


def test_pages_with_a_letter_behind_them(checker: Checker) -> None:
    report = audit(checker, "Walking lowered pain in people with chronic musculoskeletal pain [8].")
    assert not [one for one in report.diagnostics if one.code == "S106"]


def test_notes_that_say_the_same_of_each_reference_are_short(checker: Checker) -> None:
    """Each note of S109 has its path; the article's own line is shown with the first alone."""
    shown = render_text(audit(checker, "Walking is good for the spine."))
    notes = [block for block in shown.split("\n\n") if " S109 " in block]
    assert len(notes) > 3
    assert "^^^" in notes[0]
    assert all("doi.org/" in note and "work: " in note and "^^^" not in note for note in notes[1:])


def test_the_example_itself_is_noted_for_what_it_was() -> None:
    """The article that it all began from: nothing more, nothing less, whatever else is read better."""
    example = EVIDENCE.parent / "article.md"
    report = Checker.of(evidence=[EVIDENCE]).check(read_text(example.read_text("utf-8"), path="article.md"))
    assert loud(report) == {
        *("C101", "C104", "C105", "E103", "M101", "N102", "P102", "P103", "P104"),
        *("S101", "S102", "S103", "S104", "S107", "S108"),
    }
