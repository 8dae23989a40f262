"""What a sentence says of the study it cites, beside what the source says of the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.audit import Checker
from claims.model import AuditReport, Severity, Verdict
from claims.quantities import find
from claims.reading import read_text
from claims.sentences import split
from claims.study import statements
from claims.study.times import times

ENTRY = """@article{{norling2018water,
  author = {{Norling, P. and Abate, S.}},
  title = {{{title}}},
  journal = {{Journal of Invented Medicine}},
  year = {{2018}},
  abstract = {{{abstract}}}
}}
"""
LIST = "\n\n# References\n\nNorling, P., & Abate, S. (2018). {title}. Journal of Invented Medicine.\n"
TITLE = "Water aerobics after knee surgery"
TRIAL = (
    "We randomly assigned 246 adults after knee surgery to water aerobics (n = 120) or to usual care "
    "(n = 126) at one hospital. Walking speed rose by 12 % with water aerobics. Of them 61 % were women."
)


def audited(tmp_path: Path, sentence: str, abstract: str, title: str = TITLE) -> AuditReport:
    library = tmp_path / "library.bib"
    library.write_text(ENTRY.format(title=title, abstract=abstract), encoding="utf-8")
    text = f"# Knees\n\n{sentence} (Norling & Abate, 2018).{LIST.format(title=title)}"
    return Checker.of(refs=[library]).check(read_text(text, path="knees.md"))


def loud(report: AuditReport) -> list[str]:
    return [one.code for one in report.diagnostics if one.severity is not Severity.INFO]


def said(text: str) -> list[tuple[str, str, bool]]:
    (sentence,) = split(read_text(text, path="one.md"))
    told = statements(sentence.text, find(sentence.text), sentence)
    return [(one.about, one.text, one.whole) for one in told]


def test_statements_of_a_sentence_have_their_words_and_places() -> None:
    assert said("A review of seven trials took in 896 patients.") == [
        ("studies", "seven trials", False),
        ("people", "896 patients", True),
    ]
    assert said("There were forty of them in the laboratory.") == [("people", "forty", True)]
    assert said("It came from a series of 1,027 node biopsies.") == [("things", "1,027 node biopsies", True)]
    assert said("In a randomised trial the knees did well.") == [
        ("design", "In a randomised trial", False),
        ("design", "randomised", False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "No randomised trial has looked at it.",
        "Larger randomised trials are needed.",
        "It spared one fall for every 24 people treated.",
        "About 55 per 1000 people had a fall.",
        "Two patients felt sick.",
        "They do not think it proven, while calling for prospective work.",
        "A cohort study of it is still lacking.",
    ],
)
def test_what_says_nothing_of_the_study(text: str) -> None:
    assert [one for one in said(text) if one[0] not in ("things", "time")] == []


def test_so_many_of_a_part_are_not_all_that_there_were() -> None:
    assert not [one for one in said("Of these, 20 of 21 contacts were tested.") if one[0] == "things"]
    assert [one for one in said("Of these, 21 contacts were tested.") if one[0] == "things"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The trial signed up 264 people",
        "All told, 426 adults took part",
        "In all, 120 adults were studied",  # one of the two groups
        "Fifty grown men went into the pool",
    ],
)
def test_another_size_is_told(tmp_path: Path, sentence: str) -> None:
    report = audited(tmp_path, sentence, TRIAL)
    assert loud(report) == ["N101"]
    (point,) = [one for one in report.diagnostics if one.code == "N101"]
    assert "246" in point.message
    assert "randomly assigned" in point.message
    assert report.assessments[-1].verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    "sentence",
    [
        "The trial signed up 246 people",
        "The study enrolled nearly 250 adults",
        "Some 120 people went into the pool and 126 people did not",
        "About 150 women took part",  # 61 % of 246
        "In the usual-care group there were 126 people",
    ],
)
def test_a_number_that_is_in_the_source_or_follows_from_it_is_none(tmp_path: Path, sentence: str) -> None:
    assert loud(audited(tmp_path, sentence, TRIAL)) == []


def test_groups_of_a_size_make_the_whole(tmp_path: Path) -> None:
    abstract = "Rats were split into four groups of 7 rats each and swam for a week. Speed rose by 12 %."
    assert loud(audited(tmp_path, "The experiment used 28 rats", abstract)) == []
    assert loud(audited(tmp_path, "The experiment used 38 rats", abstract)) == ["N101"]


def test_the_groups_of_a_line_make_the_whole(tmp_path: Path) -> None:
    abstract = (
        "Cases were 507 patients with gout and controls were 478 patients without it. Beer went with gout."
    )
    report = audited(tmp_path, "The study took in 985 people", abstract)
    assert loud(report) == []
    assert report.assessments[-1].verdict is Verdict.SUPPORTED
    assert loud(audited(tmp_path, "The study took in 895 people", abstract)) == ["N101"]


def test_more_than_all_people_of_something_else(tmp_path: Path) -> None:
    abstract = (
        "Adults of 16 years and over (n = 20,146) kept a diary. The mode of all short trips was noted "
        "(n = 205,673). Poorer adults walked more."
    )
    assert loud(audited(tmp_path, "They followed 205,673 adults", abstract)) == ["N101"]
    assert loud(audited(tmp_path, "They followed 20,146 adults", abstract)) == []


def test_other_things_are_counted_too(tmp_path: Path) -> None:
    abstract = "Among 2,027 consecutive node biopsies, 106 were of nodes that felt suspicious."
    assert loud(audited(tmp_path, "This was a series of 1,027 biopsies", abstract)) == ["N101"]
    assert loud(audited(tmp_path, "This was a series of 2,027 biopsies", abstract)) == []


@pytest.mark.parametrize(
    ("sentence", "abstract"),
    [
        ("The knees were split at random", "We retrospectively reviewed the records of 90 patients."),
        ("Patients were enrolled prospectively", "We retrospectively reviewed the records of 90 patients."),
        (
            "It was a cohort study",
            "In a case-control study 40 patients and 40 people without pain were asked.",
        ),
        (
            "Neither side knew who got what in this double-blind study",
            "In an open-label study 40 adults swam.",
        ),
        (
            "The swimmers were followed over several years",
            "In a cross-sectional study 40 adults were asked about swimming.",
        ),
        (
            "The patients were allotted to the pool at random",
            "All patients with sore knees seen between 2004 and 2009 were reviewed. Of them 40 swam.",
        ),
        (
            "They got texts or no texts by the toss of a coin, in a randomised study",
            "Forty swimmers were compared with a historical control group of 90 patients.",
        ),
        (
            "Who swam was decided by a random draw",
            "Forty swimmers were compared with a historical control group of 90 patients.",
        ),
        (
            "Nobody was randomised in this survey",
            "Forty adults were randomly assigned to swim or not, and asked.",
        ),
        (
            "Each got a swim or a walk, never both, as the groups ran side by side",
            "In a crossover trial 40 adults swam and walked.",
        ),
        (
            "The knees were randomised",
            f"We looked at 40 knees in water. {'Speed rose in most of them. ' * 25}",
        ),
    ],
)
def test_another_design_is_told(tmp_path: Path, sentence: str, abstract: str) -> None:
    report = audited(tmp_path, sentence, abstract)
    assert "E109" in loud(report)


@pytest.mark.parametrize(
    ("sentence", "abstract"),
    [
        ("The knees were split at random", "Patients were assigned by random numbers, and reviewed later."),
        ("It was a cohort study", "In a nested case-control study within a cohort 40 patients were matched."),
        ("It was a double-blind study", "We studied 40 adults. Speed rose."),  # not told: no difference
        ("The knees were split at random", "We studied 40 adults. Speed rose."),
        (
            "The knees were randomised",
            f"In this trial 40 knees got wet. {'Speed rose in most of them. ' * 25}",
        ),
        ("They were followed over several years", "In this prospective study 40 adults swam."),
        ("No randomised trial of it exists", "Forty adults were randomly assigned to swim or not."),
        ("Pain was in one knee, not in both", "In a crossover trial 40 adults swam and walked."),
    ],
)
def test_a_design_that_may_be_meant_or_is_not_told_is_no_difference(
    tmp_path: Path, sentence: str, abstract: str
) -> None:
    assert "E109" not in loud(audited(tmp_path, sentence, abstract))


TIMED = (
    "We assigned 246 adults after knee surgery to water aerobics or to usual care for 12 weeks. Pain was "
    "assessed at 26 weeks and at 12 months after surgery. The median follow-up was 14 months. Each session "
    "lasted 40 minutes, three times a week; those with pain took ketanol at 20 mg/week."
)


@pytest.mark.parametrize(
    ("sentence", "code", "recorded"),
    [
        ("They swam for 12 months in the programme", None, ""),  # a time of the study, of another thing
        ("They were followed for three years, which is long", "P105", "14 months"),
        ("The last check came 26 days after surgery", "N107", "26 weeks"),
        ("Pain was checked again 30 months after surgery", "P105", "12 months"),
        ("They took 20 mg of ketanol a day", "N107", "20 mg/week"),
        ("Those who hurt took 80 mg of ketanol in a week", "P103", "20 mg"),
    ],
)
def test_another_time_or_dose_is_told(tmp_path: Path, sentence: str, code: str | None, recorded: str) -> None:
    report = audited(tmp_path, sentence, TIMED)
    assert (code in loud(report)) if code else loud(report) == []
    assert any(recorded in one.message for one in report.diagnostics if one.code == code) or code is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Pain was assessed after six months",  # 26 weeks
        "They were seen again after about a year",
        "The programme ran for three months",  # 12 weeks
        "Sessions of 40 minutes were held three times a week",
        "They swam for 120 minutes a week",  # 40 minutes three times
        "Surgery had been done ten years ago",
        "Follow-up ended 14 months later, at a median",
    ],
)
def test_a_time_or_dose_of_the_source_in_other_units_is_none(tmp_path: Path, sentence: str) -> None:
    assert loud(audited(tmp_path, sentence, TIMED)) == []


@pytest.mark.parametrize(
    ("sentence", "abstract", "code"),
    [
        ("The pills ran for ten months", "Pills were taken for a duration of 10 weeks by 90 adults.", "N107"),
        (
            "They stayed for a twelve-week rotation",
            "During 4-week ward rotations 90 students were seen.",
            "P105",
        ),
        (
            "The pain came back two years after the operation",
            "Pain was asked for 6 months after surgery.",
            "P105",
        ),
        ("They were watched at intervals over six hours", "They were seen at 5, 15, 30 and 60 min.", "P105"),
        ("The trial took a full year", "Follow-up was 6 months.", "P105"),
        (
            "Follow-up stretched to five years",
            "Knees were compared with 2-year follow-up. Union took 11.7 weeks.",
            "P105",
        ),
        ("The last look came two years on", "Follow-up was 12 months, of 90 adults.", "P105"),
        (
            "A third sample was drawn at one week",
            "Blood was taken at baseline and 18 h after the test.",
            "P105",
        ),
        (
            "They were asked on day 28 and at six weeks",
            "They were asked on the 28th day and in the sixth month.",
            "N107",
        ),
        (
            "In all of them pain was worst in the last ten minutes",
            "Pain was worst in the first 10 min of surgery.",
            "P105",
        ),
        ("All put the balm on in the evenings against itch", "Itch was treated in the morning.", "P105"),
        ("All had their ketanol for gout as tablets", "Gout was treated with ketanol by infusion.", "P103"),
        ("The dose of ketanol was 15 mg a day", "They took ketanol (1.5 mg a day) for 15 months.", "P103"),
        ("Ketanol was taken at 10 to 80 mg a day", "They took ketanol (5-40 mg/d).", "P103"),
        ("Ketanol began at 60 mg a day", "Ketanol was raised from 20 mg to at most 60 mg a day.", "P103"),
    ],
)
def test_a_time_or_dose_of_another_kind_of_telling(
    tmp_path: Path, sentence: str, abstract: str, code: str
) -> None:
    assert code in loud(audited(tmp_path, sentence, abstract))


@pytest.mark.parametrize(
    ("sentence", "abstract"),
    [
        ("Ketanol was taken at 10 to 20 mg a day", "They took ketanol (5-40 mg/d)."),
        ("Ketanol ended at 60 mg a day", "Ketanol was raised from 20 mg to at most 60 mg a day."),
        ("The follow-up lasted a year", "Pain was asked after 3 months and after 9 months more."),
        ("It came back within a year", "Gout was counted at 18 months and at 6 months."),
        ("After an average of 9 days they were home", "Stays of 8.7 days were seen, with checks at 6 weeks."),
        ("The rise came in the first ten minutes", "Pain was worst in the first 10 min of surgery."),
        ("The last of ten visits", "Pain was asked in the first of ten calls."),
    ],
)
def test_a_time_or_dose_that_may_be_the_sources(tmp_path: Path, sentence: str, abstract: str) -> None:
    assert not {"P103", "P105", "N107"} & set(loud(audited(tmp_path, sentence, abstract)))


def test_lists_of_times_take_the_unit_of_the_last() -> None:
    assert [(int(one.value), one.unit) for one in times("They came back at 8, 26 and 52 weeks.")] == [
        (8, "week"),
        (26, "week"),
        (52, "week"),
    ]
    assert [(int(one.value), one.unit) for one in times("by week twelve, and for a whole year")] == [
        (12, "week"),
        (1, "year"),
    ]
    assert times("She was 40 years old, and it was 3 years ago.") == ()


def test_years_that_the_source_names_make_a_time(tmp_path: Path) -> None:
    abstract = "Between 2004 and 2009 the teeth of 90 adults were checked after surgery for 6 months."
    assert loud(audited(tmp_path, "The teeth were checked for five years", abstract)) == []


@pytest.mark.parametrize(
    ("sentence", "abstract", "code"),
    [
        ("This was done in nine rats", "Nine patients with a sore knee swam for a week.", "E108"),
        (
            "All of it was seen in mice",
            "In mice swimming is known to help. Here 40 adults swam daily.",
            "E108",
        ),
        ("The test used 27 rat hearts", "We perfused 27 rabbit hearts and stopped the flow.", "E108"),
        ("These were all keyhole repairs", "Men had open repairs of a hernia under a nerve block.", "P101"),
        ("All of them had HER2-positive tumours", "Women with HER2-negative tumours got a drug.", "P101"),
        ("The cases had had a repeat stroke", "Cases were adults with a first stroke.", "P101"),
        ("They were women with low-risk pregnancies", "We took women with high-risk pregnancies.", "P101"),
        (
            "The participants were adults with asthma",
            "In healthy adult volunteers three inhalers were tried.",
            "P101",
        ),
        ("It took people aged 18 to 64", "Adults aged 20 to 60 years swam.", "P101"),
        ("All were children aged 3 to 5", "Adults aged 20 to 60 years swam.", "P101"),
        ("The participants were under two years of age", "Children aged 2 to 14 years swam daily.", "P101"),
        ("The same is known of women with gout", "Twenty men with gout swam; all were males.", "P101"),
        (
            "Real casualties whose helpers swam did better",
            "In a mock drowning scenario 90 students swam.",
            "P101",
        ),
        ("The men were all over 50", "Men aged 25 to 50 years swam.", "P101"),
        ("It is meant for women from 40 to 69", "Women aged 50 to 69 years were invited.", "P101"),
        ("The children were between 2 and 59 years old", "Children aged 2 to 59 months swam.", "P101"),
        ("Women made up about half of them", "The 90 swimmers were predominantly male (94 %).", "P101"),
        (
            "Patients given kelp lived longer",
            "Thirty rats were given kelp. Kelp lengthened their lives.",
            "E108",
        ),
        (
            "Newborn babies bled more",
            "Near-term lambs were ventilated at birth; the lambs bled more.",
            "E108",
        ),
        ("The team gave mice a bath", "Thirty rats were put into a bath.", "E108"),
        ("They were women at under 20 weeks", "Women at 20 weeks or more of pregnancy swam daily.", "P105"),
    ],
)
def test_other_animals_and_other_people_are_told(
    tmp_path: Path, sentence: str, abstract: str, code: str
) -> None:
    assert code in loud(audited(tmp_path, sentence, abstract))


@pytest.mark.parametrize(
    ("sentence", "abstract"),
    [
        ("This was done in nine rats", "Nine rats swam for a week."),
        ("Unlike in mice, nine people took part", "Nine patients with a sore knee swam for a week."),
        (
            "My dog could have told them, as nine patients did",
            "Nine patients with a sore knee swam for a week.",
        ),
        ("Patients may hope, since the rats lived longer", "Thirty rats were given kelp and lived longer."),
        ("People over 50 took part, 61% of them women", "Adults older than 50 years; 58 % were female."),
        ("These were keyhole repairs", "Men had open or laparoscopic repairs of a hernia."),
        ("All had HER2-positive tumours", "Women with a tumour got a drug."),
        ("They were women with low-risk pregnancies", "Those with high-risk pregnancies were excluded."),
        ("The participants were adults with asthma", "Healthy volunteers and patients tried three inhalers."),
        ("Those aged 30 to 40 did best", "Adults aged 20 to 60 years swam."),
        ("It took people aged 70 to 90", "Adults aged 70 years or older swam."),
        ("The repairs were not keyhole ones", "Men had open repairs of a hernia under a nerve block."),
        ("The volunteers were Italian", "We gave adults a booklet, Gambe (in English: Legs)."),
    ],
)
def test_animals_and_people_that_the_source_has_or_leaves_open(
    tmp_path: Path, sentence: str, abstract: str
) -> None:
    assert not {"E108", "P101"} & set(loud(audited(tmp_path, sentence, abstract)))


def test_a_kind_of_people_alone_supports_no_sentence(tmp_path: Path) -> None:
    report = audited(
        tmp_path, "They were women with high-risk pregnancies", "We took women with high-risk pregnancies."
    )
    assert report.assessments[-1].verdict is Verdict.NOT_ENOUGH_INFORMATION


def test_a_citation_from_elsewhere_is_not_asked(tmp_path: Path) -> None:
    report = audited(tmp_path, "The trial signed up 426 people. It was small and done in 246 adults", TRIAL)
    assert [one.claim.study for one in report.claims if one.claim.text.startswith("The trial")] == []
    assert loud(report) == []


def test_animals_told_of_just_before_are_told_of(tmp_path: Path) -> None:
    abstract = (
        "Thirty mice swam in warm water for a week. Walking speed rose by 12 % with swimming (p < 0.01)."
    )
    alone = audited(tmp_path, "Swimming raised walking speed by 12%", abstract, "Swimming in mice")
    told = audited(
        tmp_path,
        "Thirty mice were put into the water (Norling & Abate, 2018). Swimming raised walking speed by 12%",
        abstract,
        "Swimming in mice",
    )
    assert "E108" in loud(alone)
    assert "E108" not in loud(told)
