# ruff: noqa: E501 - sentences read better unwrapped
"""A claim's numbers held against those that an abstract prints, with no vocabulary between them."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from claims.audit import Checker
from claims.model import Severity
from claims.printed import amounts_of_abstract, held_against, in_another_unit, of_source
from claims.printed.numbers import read_numbers
from claims.printed.told import told_in
from claims.reading import read_text


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        # behind the numbers, before them, as a list
        (
            "Hoarseness was noted in 21.5% of the lozenge group compared with 6.2% of the syrup group (P=0.02).",
            [("21.5", "of the lozenge group"), ("6.2", "of the syrup group")],
        ),
        (
            "The odds ratios were for squint 1.31 (95% CI 1.10 to 1.56), for cataract 0.88 (0.70 to 1.11).",
            [("1.31", "for squint"), ("0.88", "for cataract")],
        ),
        (
            "In firm, soft and mixed beds rates of snoring were 11%, 14% and 18%, respectively.",
            [("11", "In firm"), ("14", "soft"), ("18", "mixed beds rates of snoring")],
        ),
        (
            "Median sleep was 6.4 and 7.1 hours (p=0.4) and median rest was 2.8 and 3.1 hours (p=0.3) in the firm and the soft beds, respectively.",
            [
                ("6.4", "in the firm"),
                ("7.1", "the soft beds"),
                ("2.8", "in the firm"),
                ("3.1", "the soft beds"),
            ],
        ),
        # two groups named by the comparison, or by the way it goes
        (
            "Adherence was lower with drops than ointment (61 vs 79%).",
            [("61", "drops"), ("79", "ointment")],
        ),
        (
            "The short form was quicker (median 3.1 versus 9.4 minutes).",
            [("3.1", "The short form"), ("9.4", "")],
        ),
        ("The short form was quicker (median 9.4 versus 3.1 minutes).", [("9.4", ""), ("3.1", "")]),
        # spreads, counts and p values are none of them
        (
            "Itching fell by 17 ± 6% with balm, and 24 (31%) of 77 slept better.",
            [("17", "Itching fell by with balm"), ("31", "of 77 slept better")],
        ),
    ],
)
def test_each_number_has_words_of_its_own(sentence: str, read: list[tuple[str, str]]) -> None:
    found = [(str(one.value), " ".join(one.own.split()).strip(" .,()")) for one in read_numbers(sentence)]
    assert [one for one in found if Decimal(one[0]) % 77] == read


BEDS = of_source(
    "Of 412 pupils, 88% used the tram and 54.5% the ferry. The tram was thought unsafe by 71% and the ferry by 36%. "
    "Falling asleep on the way was reported by 22.7% of the pupils with long journeys compared with 5.1% of those with short "
    "journeys (OR 5.4, 95% CI 1.1 to 26.6). Punctuality was better with the tram than the ferry (late arrivals 12 vs 31%). "
    "Calls were answered by 64% of parents at 10 and 12 weeks, falling to 43% of parents at 20 weeks. "
    "Low-dose caffeine 50 mg and caffeine 200 mg shortened dozing by 9% and 33%, respectively. "
    "Forty-one (51%) pupils carried a book.",
    "How pupils travel",
)


@pytest.mark.parametrize(
    ("sentence", "why", "instead"),
    [
        ("The ferry was held to be unsafe by 71 per cent of them.", "elsewhere", "36"),
        ("Of those with short journeys 22.7% fell asleep on the way.", "elsewhere", "5.1"),
        ("Ferry passengers had fewer late arrivals, 12% as against 31%.", "elsewhere", "31"),
        ("At 20 weeks 64% of the parents answered the calls.", "elsewhere", "43"),
        ("On the low dose of caffeine dozing was shortened by 33%.", "elsewhere", "9"),
        ("Calls at 20 weeks were answered by 52% of parents.", "not-printed", "43"),
        ("Only a handful of pupils carried a book.", "worded", "51"),
        ("A book was carried by 17% of pupils.", "not-printed", "51"),
    ],
)
def test_a_number_that_is_none_of_what_the_claim_names(sentence: str, why: str, instead: str) -> None:
    said = list(held_against(sentence, BEDS))
    assert {one.why for one in said} == {why}
    assert str(said[0].instead.value) == instead


NIGHTS = of_source(
    "Snoring was heard in 22.5% of the husbands given the betamethasone spray and in 40.1% of the husbands given placebo spray.",
    "A spray for the nose",
)


def test_groups_are_known_by_words_near_in_meaning() -> None:
    swapped = "He snored in 40.1% of the homes with a corticosteroid and in 22.5% of those with a placebo."
    assert [one.why for one in held_against(swapped, NIGHTS)] == ["elsewhere", "elsewhere"]
    right = "He snored in 22.5% of the homes with a corticosteroid and in 40.1% of those with a placebo."
    assert not list(held_against(right, NIGHTS))


@pytest.mark.parametrize(
    "sentence",
    [
        "The tram was held to be unsafe by 71 per cent of them and the ferry by 36.",
        "Of those with long journeys 22.7% fell asleep on the way, against 5.1% of the rest.",
        "More than a fifth of pupils with long journeys fell asleep.",
        "The ferry was the less punctual: 31% came late, against 12% by tram.",
        "At 20 weeks 43% of the parents answered, down from 64%.",
        "By then more than half of the parents, 57%, did not answer at 20 weeks.",  # the others
        "Late arrivals were 19 percentage points fewer by tram.",  # the difference
        "About half carried a book.",
        "The high dose of caffeine shortened dozing by a third.",
        "Their parents were asked at 10 weeks.",
        "Some 63% wore a hat.",  # of which nothing is printed
        "The tram cut late arrivals from 31% to 12%.",
    ],
)
def test_what_is_printed_or_follows_or_is_open_is_let_stand(sentence: str) -> None:
    assert not list(held_against(sentence, BEDS))


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("Two thirds of them slept.", "61", "73"),
        ("More than half came back.", "49", "67"),
        ("Nearly everyone came back.", "70", "100"),
    ],
)
def test_shares_in_words_leave_room(sentence: str, low: str, high: str) -> None:
    (told,) = told_in(sentence)
    assert (round(told.low), round(told.high)) == (int(low), int(high))


@pytest.mark.parametrize(
    "sentence", ["It was cut by a third.", "It was half as large.", "A third group slept."]
)
def test_parts_that_are_no_shares(sentence: str) -> None:
    assert not told_in(sentence)


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Blisters came up on 18% of those in wool socks and on 41% of those in nylon ones", {"N101"}),
        ("Blisters came up on 41% of those in wool socks and on 18% of those in nylon ones", set()),
    ],
)
def test_an_audit_says_it_of_what_no_vocabulary_has(tmp_path: Path, sentence: str, code: set[str]) -> None:
    refs = tmp_path / "refs.bib"
    refs.write_text(
        "@article{quill2020, author={Quill, A. and Marrow, B.}, title={Socks on a long march}, year={2020}, "
        "abstract={Results: Blisters were seen in 41% of the recruits given wool socks and in 18% of the recruits given "
        "nylon socks.}}"
    )
    article = f"# Socks\n\n{sentence} (Quill and Marrow, 2020).\n\n## References\n\nQuill A, Marrow B. (2020). Socks on a long march.\n"
    said = Checker.of(refs=[refs]).check(read_text(article)).diagnostics
    assert {one.code for one in said if one.severity is not Severity.INFO and one.code != "S109"} == code


BATHS = (
    "Recruits took two cold baths weekly for five weeks and 400 mg of salt a day. Soreness eased 1.5 to 4 days after the march. "
    "Blisters fell from 31.2 per 1000 recruits to 18.4. They slept for the first three night hours."
)


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("They took two cold baths a day.", "two cold baths weekly"),
        ("The cold baths went on for five months.", "five weeks"),
        ("The dose of salt was 400 mg a week.", "400 mg/day"),
        ("It was better after 1.5 to 4 weeks.", "1.5 to 4 days"),
        ("In the end 18.4 per 10,000 had a blister.", "31.2 per 1000 recruits to 18.4"),
    ],
)
def test_the_right_number_in_another_unit(sentence: str, printed: str) -> None:
    assert [one.printed for one in in_another_unit(sentence, amounts_of_abstract(BATHS))] == [printed]


@pytest.mark.parametrize(
    "sentence",
    [
        "They took a cold bath twice a week, over 35 days.",
        "It was better within 36 to 96 hours.",
        "The dose of salt was 2.8 g a week.",
        "In the end 18.4 per 1,000 had a blister.",
        "They slept through the first three hours of the night.",
        "It was five months before anyone said so.",  # of something else
    ],
)
def test_a_number_turned_into_another_unit_is_the_same(sentence: str) -> None:
    assert not list(in_another_unit(sentence, amounts_of_abstract(BATHS)))


RECORD = """
id: work/quill2022tents
type: Work
workType: journal-article
title: "Sleeping in tents: a diary study"
authors: [Quill A, Marrow B]
year: 2022
journal: Annals of Nowhere
standing: current
reports:
  - id: study/quill2022tents
    type: Study
    label: quill2022tents
    design: cohort
    species: concept/human
    sampleSize: 88
findings:
  - id: finding/quill2022tents/wet
    type: Finding
    label: damp sleeping bags, by tent
    text: Sleeping bags were damp more often in the smallest tents.
    study: study/quill2022tents
    exposure: concept/sleep-duration
    outcome: concept/insomnia
    quoteRole: result
    obtainedBy: measured
    method: curated
    groups:
      - {type: GroupValue, label: smallest tents, measure: percent, value: 61, unit: percent}
      - {type: GroupValue, label: largest tents, measure: percent, value: 23, unit: percent}
  - id: finding/quill2022tents/height
    type: Finding
    label: condensation on the canvas
    text: Condensation on the canvas was thickest at dawn.
    study: study/quill2022tents
    exposure: concept/sleep-duration
    outcome: concept/insomnia
    quoteRole: result
    obtainedBy: measured
    method: curated
    groups:
      - {type: GroupValue, label: at dawn, measure: mean, value: 2.6, unit: mm}
  - id: finding/quill2022tents/ropes
    type: Finding
    label: tents that lost a rope
    text: Ropes were lost in storms.
    study: study/quill2022tents
    exposure: concept/sleep-duration
    outcome: concept/insomnia
    quoteRole: result
    obtainedBy: measured
    method: curated
    effect: {type: EffectEstimate, measure: percent-reduction, value: 17, unit: percent}
  - id: finding/quill2022tents/poles
    type: Finding
    label: tents with a bent pole
    text: Poles were bent in storms.
    study: study/quill2022tents
    exposure: concept/sleep-duration
    outcome: concept/insomnia
    quoteRole: result
    obtainedBy: measured
    method: curated
    effect: {type: EffectEstimate, measure: percent-reduction, value: 34, unit: percent}
"""


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("In the large tents 61% of the bags were damp", {"N101"}),
        ("In the small tents 61% of the bags were damp", set()),
        ("At dawn the condensation was 2.6 cm thick", {"N107"}),
        ("At dawn the condensation was 0.26 cm thick", set()),
        ("Broken and bent poles became rarer by 17%", {"N101"}),  # that is what ropes did
        ("Broken and bent poles became rarer by 34%", set()),
        ("Losses of gear became rarer by 17%", set()),  # which of them is not said
    ],
)
def test_the_same_of_what_curators_recorded(tmp_path: Path, sentence: str, codes: set[str]) -> None:
    (tmp_path / "tents.yaml").write_text(RECORD, encoding="utf-8")
    article = f"# Tents\n\n{sentence} (Quill and Marrow, 2022).\n\n## References\n\nQuill A, Marrow B. (2022). Sleeping in tents: a diary study. Annals of Nowhere.\n"
    said = Checker.of(evidence=[tmp_path]).check(read_text(article)).diagnostics
    assert {one.code for one in said if one.severity is not Severity.INFO and one.code[:2] == "N1"} == codes


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("With felt soles the grip on wet rock improved dramatically", {"N102"}),
        ("With felt soles the grip on wet rock was a little better", set()),
        ("With felt soles the marches got dramatically longer", set()),  # of which nothing is said
    ],
)
def test_what_the_abstract_calls_slight_is_not_dramatic(
    tmp_path: Path, sentence: str, codes: set[str]
) -> None:
    refs = tmp_path / "refs.bib"
    refs.write_text(
        "@article{quill2023, author={Quill, A. and Marrow, B.}, title={Felt soles}, year={2023}, "
        "abstract={Results: Grip on wet rock improved slightly with felt soles. Nobody slipped on dry ground.}}"
    )
    article = f"# Soles\n\n{sentence} (Quill and Marrow, 2023).\n\n## References\n\nQuill A, Marrow B. (2023). Felt soles.\n"
    said = Checker.of(refs=[refs]).check(read_text(article)).diagnostics
    assert {one.code for one in said if one.severity is not Severity.INFO and one.code[:2] == "N1"} == codes


def test_it_is_imported_before_anything_else() -> None:
    subprocess.run([sys.executable, "-c", "import claims.printed"], check=True, timeout=120)


LETTERS = of_source(
    "Letters, parcels and cards arrived late (12.1%, 7.4% and 3.3%, respectively) in the rain and less often so (9.2%, "
    "5.6% and 2.8%, respectively) in the sun. A stamp was missing in 41% of the letters by bike vs. 28% of the letters by van "
    "(difference of 13%, 95% posterior credible interval 4-22%). Rude neighbours had complained about noise in 66% of streets by "
    "bike vs. 58% of streets by van. A torn envelope was the reason in 9 of 58 returns (15.5%), a smudged address in 21 out of 58 "
    "returns (36.2%). The commonest excuse of the drivers was a closed bridge (61.5%).",
    "How letters travel",
)


@pytest.mark.parametrize(
    ("sentence", "instead"),
    [
        ("In the rain 3.3% of the parcels were late.", "7.4"),
        ("In the sun 12.1% of letters came late.", "9.2"),
        ("Stamps were missing in 41% of letters sent by bike, compared with 58% by van.", "28"),
        ("Neighbours complained in 66% of bike streets versus 28% of the van streets.", "58"),
        ("A smudged address was the reason in 15.5%.", "36.2"),
        ("The drivers' excuse was a closed bridge in 36.2%.", "61.5"),
    ],
)
def test_numbers_of_lists_pairs_and_other_sentences_are_told_apart(sentence: str, instead: str) -> None:
    said = list(held_against(sentence, LETTERS))
    assert [(one.why, str(one.instead.value)) for one in said] == [("elsewhere", instead)]


@pytest.mark.parametrize(
    "sentence",
    [
        "In the rain 7.4% of parcels and 3.3% of cards were late.",
        "Stamps were missing in 41% of letters by bike, compared with 28% by van.",
        "A stamp was missing in 41% by bike; noise was a matter of complaint in 58% of the van streets.",
        "The gap in missing stamps was 13%.",
        "A closed bridge was the excuse in 61.5%, a smudged address in 36.2% of returns.",
    ],
)
def test_numbers_of_lists_pairs_and_other_sentences_are_let_stand(sentence: str) -> None:
    assert not list(held_against(sentence, LETTERS))


CORRIDORS = of_source(
    "Doors stood open for a mean of 340 ± 60 cm. Waiting took less with tickets (median 17 v 29 minutes). "
    "The pace was raised by 7% each week. Floors were tiled, the gaps measuring 0.6 (0.2), 0.9 (0.3) and 1.4 (0.5) mm.",
    "How corridors are used",
)


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("Doors stood open for 340 mm on average.", "340 ± 60 cm"),
        ("Waiting took 17 hours with tickets.", "17"),
        ("They were made to walk 7% faster each day.", "7% a week"),
        ("The gaps were 1.4 cm.", "1.4 (0.5) mm"),
    ],
)
def test_units_are_shared_and_times_are_part_of_them(sentence: str, printed: str) -> None:
    read = amounts_of_abstract(" ".join(CORRIDORS.sentences))
    assert [one.printed for one in in_another_unit(sentence, read)] == [printed]


@pytest.mark.parametrize(
    ("sentence", "instead"),
    [("The doors counted 88 tickets.", None), ("With tickets the median was 23 minutes.", "17")],
)
def test_a_number_that_stands_nowhere(sentence: str, instead: str | None) -> None:
    assert [str(one.instead.value) for one in held_against(sentence, CORRIDORS)] == [instead] * bool(instead)
