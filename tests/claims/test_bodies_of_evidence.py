# ruff: noqa: E501 - abstracts read better unwrapped
"""One study told as several, weak designs, odds told as risk: all of it read from abstracts."""

from pathlib import Path

import pytest

from claims.audit import Checker
from claims.findings.study_facts import study_facts
from claims.model import AuditReport
from claims.reading import read_text
from claims.sentence.change import change_cues
from claims.study.animals import NO_PEOPLE

WORKS = {
    "harl2011": (
        "Harl, Eno",
        "Rope skipping and bone mass in girls: the SKIPBONE trial",
        "Trial registration: NCT09811111. We randomly assigned 210 girls to rope skipping or stretching. Bone mass"
        " of the heel rose more with rope skipping than with stretching (p=0.01).",
    ),
    "harl2013": (
        "Harl, Eno",
        "Rope skipping and fitness: later results of SKIPBONE",
        "In this randomised trial (NCT09811111) of 210 girls, bone mass of the heel and fitness rose more with rope"
        " skipping than with stretching.",
    ),
    "pool2016": (
        "Pooley, Ada",
        "Jumping exercise and bone mass: a meta-analysis of randomised controlled trials",
        "We searched three databases and included 9 randomised controlled trials, SKIPBONE (NCT09811111) among them."
        " Jumping raised bone mass.",
    ),
    "west2014": (
        "Westby, Ola",
        "Rope skipping and bone mass in boys: a randomised trial",
        "Trial registration: NCT09822222. We randomly assigned 160 boys to rope skipping or nothing. Bone mass of"
        " the heel rose more with rope skipping.",
    ),
    "moor2017": (
        "Moor, Ivy",
        "Seaweed soup for restless legs: a case series",
        "We report eleven people with restless legs who took seaweed soup. Nine slept better. There was no control"
        " group.",
    ),
    "dunn2018": (
        "Dunn, Gus",
        "Telephone calls and vaccination: a randomised trial",
        "We randomly assigned 900 adults to a telephone call or none. Influenza vaccination was had by 60% of adults"
        " with a call and 45% without (odds ratio 1.83, 95% CI 1.41 to 2.38).",
    ),
    "farr2019": (
        "Farr, Lou",
        "Shift work and headache in bakers: a cross-sectional study",
        "Of 800 bakers, 52% had headache in the last month. Bakers on night shifts were more likely to have headache"
        " than others (odds ratio 2.00, 95% CI 1.50 to 2.67).",
    ),
    "rusk2020": (
        "Rusk, Ivo",
        "Fennel extract slows growth of melanoma cell lines",
        "Melanoma cell lines were treated with fennel extract for 48 hours. Fennel extract slowed their growth by 40%.",
    ),
    "plan2022": (
        "Planck, Isa",
        "Trumpet lessons for asthma: study protocol for a randomised controlled trial",
        "We will randomly assign 90 adults with asthma to trumpet lessons or a waiting list. The primary outcome is"
        " breathlessness at 12 weeks.",
    ),
    "keel2015": (
        "Keel, Una",
        "Smoking and headache: a case-control study",
        "We compared 300 people with headache, of whom 40% smoked, with 300 controls. Smoking was associated with"
        " headache (odds ratio 1.50, 95% CI 1.10 to 2.05).",
    ),
}


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    path: Path = tmp_path_factory.mktemp("refs") / "export.bib"
    path.write_text(
        "".join(
            f"@article{{{key}, title={{{title}}}, author={{{author}}}, journal={{Fictional Medicine}},"
            f" year={{{key[4:]}}}, volume={{{n}}}, pages={{{n}--9}}, abstract={{{abstract.replace('%', chr(92) + '%')}}}}}\n"
            for n, (key, (author, title, abstract)) in enumerate(WORKS.items(), start=1)
        ),
        encoding="utf-8",
    )
    return Checker.of(refs=[path])


def audited(checker: Checker, sentence: str) -> AuditReport:
    listed = "".join(
        f"{author.split(',')[0]} {author.split()[1][0]}. ({key[4:]}). {title}. Fictional Medicine, {n}, {n}-9.\n\n"
        for n, (key, (author, title, _)) in enumerate(WORKS.items(), start=1)
    )
    return checker.check(read_text(f"{sentence}\n\n# References\n\n{listed}", "text/markdown"))


def said(checker: Checker, sentence: str, code: str) -> list[str]:
    return [one.message for one in audited(checker, sentence).diagnostics if one.code == code]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Two trials found that rope skipping builds bone mass (Harl, 2011; Harl, 2013).", "NCT09811111"),
        (
            "Rope skipping raised bone mass (Harl, 2011). A second trial confirmed that it raises bone mass (Harl, 2013).",
            "NCT09811111",
        ),
        ("Both a trial (Harl, 2011) and pooled trials (Pooley, 2016) found more bone mass.", "takes in"),
    ],
)
def test_papers_of_one_trial_are_told_by_its_registration(checker: Checker, sentence: str, told: str) -> None:
    (message,) = said(checker, sentence, "E107")
    assert told in message


@pytest.mark.parametrize(
    "sentence",
    [
        "Two trials found that rope skipping builds bone mass (Harl, 2011; Westby, 2014).",
        "One trial, told in two papers, found more bone mass with rope skipping (Harl, 2011; Harl, 2013).",
        "Rope skipping raised bone mass and fitness (Harl, 2011; Harl, 2013).",
        "Rope skipping raised bone mass (Harl, 2011). A second trial confirmed it in boys (Westby, 2014).",
    ],
)
def test_two_trials_and_one_told_as_one_are_not_double(checker: Checker, sentence: str) -> None:
    assert said(checker, sentence, "E107") == []


@pytest.mark.parametrize(
    "many",
    [
        "Numerous trials",
        "Studies consistently",
        "Several good experiments",
        "A growing body of research has shown this:",
    ],
)
def test_many_studies_of_which_one_is_cited(checker: Checker, many: str) -> None:
    verb = "" if many.endswith(":") else " found that"
    (message,) = said(checker, f"{many}{verb} rope skipping raised bone mass (Westby, 2014).", "E104")
    assert message.startswith("“")
    assert "Westby 2014 (randomised controlled trial, 160 people)" in message


@pytest.mark.parametrize(
    "sentence",
    [
        "Few studies have looked; in this one, rope skipping raised bone mass (Westby, 2014).",
        "Several trials found that jumping raised bone mass (Pooley, 2016).",
        "Two trials found that rope skipping raised bone mass (Harl, 2011; Westby, 2014).",
    ],
)
def test_as_many_studies_as_are_cited(checker: Checker, sentence: str) -> None:
    assert not any(one.startswith("“") for one in said(checker, sentence, "E104"))


def test_whom_a_series_is_of_is_no_result(checker: Checker) -> None:
    for sentence in (
        "Seaweed soup relieves restless legs (Moor, 2017).",
        "Restless legs ease with soup (Moor, 2017).",
    ):
        assert said(checker, sentence, "E102") == []


def test_an_effect_on_a_case_series_alone(checker: Checker) -> None:
    (message,) = said(checker, "Seaweed soup improves sleep (Moor, 2017).", "E105")
    assert "Moor 2017 (case series)" in message
    assert said(checker, "Seaweed soup may improve sleep (Moor, 2017).", "E105") == []
    assert said(checker, "Nine of eleven people slept better (Moor, 2017).", "E105") == []


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("A telephone call made influenza vaccination 83% more likely (Dunn, 2018).", "“83%”"),
        ("With a call, adults were 1.8 times as likely to be vaccinated against influenza (Dunn, 2018).", "“1.8 times”"),
        ("Influenza vaccination: relative risk 1.83 with a telephone call (Dunn, 2018).", "“relative risk 1.83”"),
        ("Night shifts doubled the risk of headache in bakers (Farr, 2019).", "with 52 % affected in all"),
    ],
)  # fmt: skip
def test_odds_told_as_risk_by_the_shares_that_are_printed(checker: Checker, sentence: str, told: str) -> None:
    (message,) = said(checker, sentence, "C107")
    assert told in message


@pytest.mark.parametrize(
    "sentence",
    [
        "The odds of influenza vaccination were 1.8 times as high with a telephone call (Dunn, 2018).",
        "With a telephone call 60% had influenza vaccination, without one 45% (Dunn, 2018).",
        "Smokers had a 50% higher risk of headache (Keel, 2015).",  # shares of cases are no risk
    ],
)
def test_odds_told_as_odds(checker: Checker, sentence: str) -> None:
    assert said(checker, sentence, "C107") == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("In a clinical trial, seaweed soup brought better sleep (Moor, 2017).", "In a clinical trial"),
        ("A placebo-controlled study found more headache in bakers on night shifts (Farr, 2019).", "placebo-controlled"),
        ("A double-blind study found more headache in bakers on night shifts (Farr, 2019).", "double-blind"),
    ],
)  # fmt: skip
def test_a_design_that_the_study_cannot_have_had(checker: Checker, sentence: str, words: str) -> None:
    (message,) = said(checker, sentence, "E109")
    assert words.casefold() in message.casefold()


def test_mendelian_randomisation_is_no_trial() -> None:
    text = "We performed Mendelian randomisation with 40 variants in 90,000 people."
    assert study_facts(text, "Height and gout: a Mendelian randomization study").design is None


@pytest.mark.parametrize(
    "sentence",
    ["In cell cultures it rose.", "Cultured liver cells grew.", "A mouse model.", "It rose in nerve cells."],
)
def test_words_that_say_nobody_was_studied(sentence: str) -> None:
    assert NO_PEOPLE.search(sentence)


def test_work_is_what_people_do_as_well() -> None:
    assert change_cues("Night shift work was linked with gout.") == ()
    assert [cue.meaning for cue in change_cues("These lozenges work for sore throats.")] == ["better"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Trumpet lessons reduce breathlessness in adults with asthma (Planck, 2022).",
        "A trial found that trumpet lessons lowered breathlessness (Planck, 2022).",
    ],
)
def test_the_plan_of_a_study_has_no_results(checker: Checker, sentence: str) -> None:
    (message,) = said(checker, sentence, "E101")
    assert "Planck 2022 is the plan of a study" in message


@pytest.mark.parametrize(
    "sentence",
    [
        "A trial will test whether trumpet lessons reduce breathlessness (Planck, 2022).",
        "Trumpet lessons may reduce breathlessness; a trial is under way (Planck, 2022).",
    ],
)
def test_what_is_planned_is_told_as_planned(checker: Checker, sentence: str) -> None:
    assert said(checker, sentence, "E101") == []


def test_cells_are_no_people(checker: Checker) -> None:
    (message,) = said(checker, "Fennel slowed melanoma in patients (Rusk, 2020).", "E108")
    assert "Rusk 2020 worked with cell culture" in message
    assert said(checker, "Fennel slowed the growth of melanoma in cell lines (Rusk, 2020).", "E108") == []


def test_a_cited_never_leaves_no_room(checker: Checker) -> None:
    assert said(checker, "Ring them up and your staff will never skip a vaccination (Dunn, 2018).", "C103")
    assert not said(checker, "Influenza vaccination rose, which proves little (Dunn, 2018).", "C103")


def test_a_study_in_a_computer_is_known_by_its_model() -> None:
    told = "Data of a national survey were put into a {}, which predicted a gain of 0.9 years."
    for model in ("Markov model", "lumped-parameter model", "state-transition model"):
        assert (
            study_facts(f"{told.format(model)} Nobody was measured.", f"A {model} of tablets").design
            == "simulation"
        )
    assert study_facts("States were found with a hidden Markov model.", None).design is None
