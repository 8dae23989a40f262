"""Which way a sentence says its outcome changes, more and less kept apart from good and bad."""

from __future__ import annotations

import pytest

from claims.sentence.change import change_cues
from claims.sentence.direction import benefit, direction


@pytest.mark.parametrize(
    ("text", "outcome", "valence", "expected"),
    [
        ("Zinc shortens colds.", "colds", "lower", "decreases"),
        ("Tea improves sleep quality.", "sleep quality", "higher", "increases"),
        ("Yoga improves depression.", "depression", "lower", "decreases"),
        ("Texts made half as many people again quit smoking.", "quit smoking", "higher", "increases"),
        ("Texts made half as many people quit smoking.", "quit smoking", "higher", "decreases"),
        ("Zinc caused no more nausea than placebo.", "nausea", "lower", "no-difference"),
        ("The pill brought no higher risk of stroke than the patch.", "stroke", "lower", "no-difference"),
        ("Salt raises blood pressure.", "blood pressure", "lower", "increases"),
        ("Vitamin D did not reduce the risk of falls.", "falls", "lower", "no-difference"),
        ("There was no significant difference in pain.", "pain", "lower", "no-difference"),
        ("There was no clear gap in pain.", "pain", "lower", "no-difference"),
        ("The gap in pain did not amount to a real difference.", "pain", "lower", "no-difference"),
        ("Salt did not correlate with blood pressure.", "blood pressure", "lower", "no-difference"),
        ("The time to relapse doubled with the drug.", "relapse", "lower", "decreases"),
        ("The drug cut the time until the first relapse.", "relapse", "lower", "increases"),
        ("Tea brought the risk of a very bad cold down.", "cold", "lower", "decreases"),
        ("On pain the other treatments came out ahead.", "pain", "lower", "increases"),
        ("Tea lost out to coffee on sleep quality.", "sleep quality", "higher", "decreases"),
        ("The tea caused blood pressure to fall.", "blood pressure", "lower", "decreases"),
        ("Falls were half as common again without tea.", "Falls", "lower", "increases"),
        ("Tea made a big dent in pain.", "pain", "lower", "decreases"),
        (
            "Tea drinkers had about as much pain after a month as those who drank none.",
            "pain",
            "lower",
            "no-difference",
        ),
        ("The link of tea with pain was explained by age.", "pain", "lower", "no-difference"),
        (
            "Pain fell with tape and with none, leaving nothing to choose between them.",
            "Pain",
            "lower",
            "no-difference",
        ),
        (
            "Colds were caught by 31 % of those with zinc and 31 % of those without.",
            "Colds",
            "lower",
            "no-difference",
        ),
        (
            "Colds came to 11 per 100 of the trained and 19 per 100 of the untrained.",
            "Colds",
            "lower",
            "decreases",
        ),
        ("Falls happened more rarely with a blood-thinning-reducing pill.", "Falls", "lower", "decreases"),
        ("For three months they had tea, then for three more; pain was asked for.", "pain", "lower", None),
        (
            "Tape and rest each improved pain over nothing, by much the same amount.",
            "pain",
            "lower",
            "decreases",
        ),
        ("They needed help with pain.", "pain", "lower", None),
        ("The pain was not different with tape.", "pain", "lower", "no-difference"),
        ("Tea drinking was unrelated to falls.", "falls", "lower", "no-difference"),
        ("There was no evidence that tea raises blood pressure.", "blood pressure", "lower", "no-difference"),
        ("They did not find that zinc shortened colds.", "colds", "lower", "no-difference"),
        ("Weight neither rose nor fell on the diet.", "Weight", "lower", "no-difference"),
        (
            "The link between tea and falls vanished once age was allowed for.",
            "falls",
            "lower",
            "no-difference",
        ),
        ("The pain did not budge.", "pain", "lower", "no-difference"),
        ("Bed rest left the pain as it was.", "pain", "lower", "no-difference"),
        ("Blood pressure held steady on the tea.", "Blood pressure", "lower", "no-difference"),
        ("The pain fell, but it fell just as much with rest.", "pain", "lower", "no-difference"),
        ("The pain fell, and sleep quality was much the same.", "pain", "lower", "decreases"),
        ("Colds were identical in length with zinc and with sugar.", "Colds", "lower", "no-difference"),
        ("Fasters weighed no more than eaters, by body weight.", "body weight", "lower", "no-difference"),
        ("Falls were twice as frequent among tea drinkers.", "Falls", "lower", "increases"),
        ("A dip in blood pressure was seen.", "blood pressure", "lower", "decreases"),
        ("The tea brought about a fall in pain.", "pain", "lower", "decreases"),
        ("Falls were down by 3 in the tea group.", "Falls", "lower", "decreases"),
        ("Body weight crept up on the pills.", "Body weight", "lower", "increases"),
        ("Far from lowering pain, the tape increased pain scores.", "pain scores", "lower", "increases"),
        ("It was hoped that tape would ease it, but pain rose.", "pain", "lower", "increases"),
        ("Blood pressure did not fall on the tea; it rose.", "Blood pressure", "lower", "increases"),
        ("Pain came to 22 % of the walkers and 34 % of the controls.", "Pain", "lower", "decreases"),
        ("Of those without tape, 3 in 10 had pain, against 9 in 20 with it.", "pain", "lower", "increases"),
        ("With the tea 38 % halved their pain, against 12 % with a dummy.", "pain", "lower", "decreases"),
        ("They did not go on to have more falls.", "falls", "lower", "no-difference"),
        ("The pain bothered them just as much.", "pain", "lower", "no-difference"),
        ("The weight of the babies went no differently.", "weight", "higher", "no-difference"),
        ("Statins prevent strokes.", "strokes", "lower", "decreases"),
        ("Blood pressure fell after eight weeks.", "Blood pressure", "lower", "decreases"),
        ("Coffee worsens sleep.", "sleep", "higher", "decreases"),
        ("Ginger helps with nausea.", "nausea", "lower", "decreases"),
        ("It protects against rising blood pressure.", "blood pressure", "lower", "decreases"),
        ("Eating nuts is linked to weight.", "weight", "lower", None),
        ("More than 100 minutes and weight", "weight", "lower", None),
        ("Garlic doesn’t lower cholesterol.", "cholesterol", "lower", "no-difference"),
        ("Counselling may reduce the distress caused by tinnitus.", "tinnitus", "lower", "decreases"),
        ("Tablets brought back pain down by 6 points more than placebo.", "back pain", "lower", "decreases"),
        ("Toddlers with a routine fell asleep 8 minutes faster.", "fell asleep", "lower", "decreases"),
        ("Toddlers with a routine fell asleep 8 minutes later.", "fell asleep", "lower", "increases"),
        ("They slept longer, and fell asleep 9 minutes sooner.", "fell asleep", "lower", "decreases"),
        ("Two days later the headache was there.", "headache", "lower", None),
        ("Tai chi led to fewer falls.", "fewer falls", "lower", "decreases"),
        ("Tai chi did not reduce falls.", "reduce falls", "lower", "no-difference"),
        ("Magnesium shortened the time to fall asleep.", "time to fall asleep", "lower", "decreases"),
        ("The time to fall asleep did not differ.", "time to fall asleep", "lower", "no-difference"),
        ("Low doses did as well as high ones against colds.", "colds", "lower", "no-difference"),
        ("Colds were milder with zinc.", "Colds", "lower", "decreases"),
        ("Running hardly changed stature.", "stature", "higher", "no-difference"),
        ("The syrup barely touched the cough.", "cough", "lower", "no-difference"),
        ("Their babies were heavier at birth weight-in.", "birth weight", "higher", "increases"),
        ("The exercise repairs worn joints.", "joints", "higher", "increases"),
        ("Of attacks it gave a greater reduction than sham.", "attacks", "lower", "decreases"),
        ("Walking eases lower back pain.", "lower back pain", "lower", "decreases"),
        ("Diet helped people lose weight.", "lose weight", "lower", "decreases"),
        ("Aspirin cut heart attacks but increased bleeding.", "bleeding", "lower", "increases"),
        ("Aspirin cut heart attacks but increased bleeding.", "heart attacks", "lower", "decreases"),
    ],
)
def test_direction(text: str, outcome: str, valence: str, expected: str | None) -> None:
    at = text.index(outcome)
    assert direction(text, (at, at + len(outcome)), valence) == expected


def test_benefit_is_unknown_where_valence_is() -> None:
    assert benefit("decreases", "lower") == 1
    assert benefit("increases", "lower") == -1
    assert benefit("no-difference", None) == 0
    assert benefit("increases", None) is None
    assert benefit(None, "lower") is None


@pytest.mark.parametrize(
    "text",
    [
        "Aspirin was no worse than heparin at preventing stroke.",
        "Cycling was not inferior to running for stroke.",
        "Aspirin is non-inferior to heparin for stroke.",
        "Nuts were as effective as oil in preventing stroke.",
    ],
)
def test_no_worse_is_no_difference(text: str) -> None:
    start = text.index("stroke")
    assert direction(text, (start, start + 6), "lower") == "no-difference"


def test_what_was_treated_is_no_change() -> None:
    text = "After a fracture treated by surgery, pain was worse."
    assert direction(text, (8, 16), "lower") == "increases"


def test_the_risk_of_what_worsens_is_lowered() -> None:
    text = "Nuts lowered the risk of worsening heart failure."
    start = text.index("heart failure")
    assert direction(text, (start, start + 13), "lower") == "decreases"


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("The pills did not keep colds away.", ["no-difference"]),
        ("It does not really shorten them.", ["no-difference"]),
        ("The users were not more nervous.", ["no-difference"]),
        ("It did not only lower pressure.", ["decreases"]),
        ("It took not more than 20 minutes.", []),
        ("The app kept more women from getting ill.", ["decreases"]),
    ],
)
def test_what_a_verb_denies_is_no_change(text: str, meanings: list[str]) -> None:
    assert [cue.meaning for cue in change_cues(text)][: len(meanings) or None] == meanings
