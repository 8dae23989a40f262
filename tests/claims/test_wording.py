"""What the wording of a sentence is taken to claim."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import wording
from claims.model import CausalStrength
from claims.wording.candidates import candidates
from claims.wording.rewriting import associational, table, tentative
from claims.wording.strength import LEVELS
from claims.wording.word_classes import TABLE

CAUSAL = [
    ("Oat fibre lowers cholesterol in adults.", "lowers"),
    ("Resistance training improved bone density in older women.", "improved"),
    ("A late supper leads to heartburn.", "leads to"),
    ("Protects against kidney stones", "Protects"),
    ("Mindfulness was more effective than waiting for anxiety.", "effective"),
    ("Vaccination prevents severe influenza.", "prevents"),
    ("It directly supports the immune system.", "supports"),
    ("Headaches were reduced by acupuncture.", "reduced"),
    ("Creatine did not improve memory.", "improve"),
]
CORRELATIONAL = [
    ("Coffee intake was associated with a lower risk of gout.", "associated with"),
    ("Short sleep is a risk factor for obesity.", "risk factor"),
    ("Grip strength predicts survival in older men.", "predicts"),
    ("Women who ate nuts had a lower risk of diabetes.", "lower"),
    ("Vitamin D levels were lower in people with asthma than in controls.", "lower"),
    ("Screen time correlates with myopia.", "correlates"),
]
CONDITIONAL = [
    ("Zinc may shorten a cold.", "may shorten"),
    ("Probiotics could help prevent eczema in infants.", "could help"),
    ("Ginger appears to reduce nausea in pregnancy.", "appears to reduce"),
    ("Yoga might be an effective treatment for low mood.", "might"),
    ("Beetroot juice may play a role in lowering blood pressure.", "may play"),
]
NONE = [
    "Further trials are needed to find out whether magnesium improves sleep.",
    "All adults should be screened for hypertension.",
    "About one in five participants had diabetes.",
    "Trial registration: NCT01234567.",
    "Does green tea burn fat?",
    "We measured grip strength three times.",
    "It is unclear whether turmeric helps.",
]


@pytest.mark.parametrize(
    ("text", "strength", "words"),
    [
        *((text, CausalStrength.CAUSAL, words) for text, words in CAUSAL),
        *((text, CausalStrength.CORRELATIONAL, words) for text, words in CORRELATIONAL),
        *((text, CausalStrength.CONDITIONAL_CAUSAL, words) for text, words in CONDITIONAL),
    ],
)
def test_strength_and_the_words_that_carry_it(text: str, strength: CausalStrength, words: str) -> None:
    cue = wording.causal_cue(text)
    assert cue is not None
    assert cue.strength == strength == wording.causal_strength(text)
    assert words in text[cue.start : cue.end]


@pytest.mark.parametrize("text", NONE)
def test_no_relation_is_claimed(text: str) -> None:
    assert wording.causal_cue(text) is None
    assert wording.causal_strength(text) == CausalStrength.NONE


@pytest.mark.parametrize(
    "text",
    [
        "Increased screen time was associated with worse sleep.",
        "Patients with reduced kidney function had fewer strokes than those without.",
        "A marked increase in weight was seen among shift workers.",
    ],
)
def test_a_verb_form_used_as_adjective_or_noun_is_not_causal(text: str) -> None:
    assert wording.causal_strength(text) == CausalStrength.CORRELATIONAL


def test_white_space_never_changes_the_strength() -> None:
    for text, _ in (*CAUSAL, *CORRELATIONAL, *CONDITIONAL):
        assert wording.causal_strength(text.replace(" ", "  ")) == wording.causal_strength(text)
        assert wording.causal_strength(text.replace(" ", "\n")) == wording.causal_strength(text)


@pytest.mark.parametrize(
    ("claim", "source", "relation"),
    [
        ("Tea prevents stroke.", "Tea drinking was associated with fewer strokes.", "exaggerates"),
        ("Tea may prevent stroke.", "Tea prevented stroke in the trial group.", "downplays"),
        ("Naps improve memory.", "A nap improved memory in students.", "same"),
        ("Tea can prevent stroke.", "Tea may prevent stroke.", "same"),
        ("Tea prevents stroke.", "Tea can prevent stroke.", "exaggerates"),
        ("Tea was linked to stroke.", "Tea causes strokes.", "downplays"),
    ],
)
def test_claim_against_source(claim: str, source: str, relation: str) -> None:
    assert wording.compare_strength(claim, source) == relation


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Walking lowers blood pressure.", 0),
        ("Walking probably lowers blood pressure.", 1),
        ("Walking may lower blood pressure.", 2),
        ("It is uncertain whether walking lowers blood pressure.", 3),
        ("The trial ran in May 2019.", 0),
        ("Take as little as possible.", 0),
        ("Smokers were more likely to cough.", 0),
        ("The drug could be responsible.", 2),
        ("One reason could be that smokers move less.", 2),
        ("She could run ten miles.", 0),
        ("Genes appear to matter.", 2),
        ("The rash appeared on day two.", 0),
        ("Nets averted 35 cases (95% uncertainty interval 24 to 47).", 0),
        ("There is much uncertainty about nets.", 3),
    ],
)
def test_hedge_ladder(text: str, level: int) -> None:
    assert wording.hedge_level(text) == level
    assert wording.hedged(text) == (level > 0)


def test_hedge_cues_are_in_order_and_point_at_their_words() -> None:
    text = "Fish oil may help, and it is possible that olive oil does too."
    cues = wording.hedge_cues(text)
    assert [text[cue.start : cue.end] for cue in cues] == ["may", "possible"]
    assert [cue.start for cue in cues] == sorted(cue.start for cue in cues)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("This tea cures diabetes.", "cure"),
        ("Fasting is scientifically proven to reverse ageing.", "proof"),
        ("Research proves coffee is good for you.", "proof"),
        ("Our plan guarantees weight loss.", "guarantee"),
        ("The vaccine is 100% effective.", "total"),
        ("It works for everyone.", "universal"),
        ("Honey always helps a cough.", "guarantee"),
        ("Here is proof that naps help.", "certainty"),
        ("It is now certain that naps help.", "certainty"),
        ("That settles the question of naps.", "certainty"),
        ("No question that naps help.", "certainty"),
        ("These data prove naps help.", "certainty"),
        ("We now know for sure that naps help.", "certainty"),
        ("The gel clears acne in every single user, young or old.", "universal"),
        ("It helps, without exception.", "universal"),
        ("No one who naps at noon suffers from it.", "universal"),
        ("Milk makes your teeth decay-proof.", "guarantee"),
        ("The drops end it, and the cough stands no chance.", "guarantee"),
        ("Walking ends it for good.", "guarantee"),
        ("At last there is a cure for colds.", "cure"),
    ],
)
def test_absolute_words(text: str, kind: str) -> None:
    assert [cue.kind for cue in wording.absolute_cues(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "The tea wiped out much of the gap.",
        "It all but eliminated falls.",
        "No diet cures diabetes.",
        "There is no proven cure for tinnitus.",
        "Nothing guarantees a good night.",
        "Bacon and other cured meats are salty.",
        "Does it cure anything?",
        "The cure rate was 60 %.",
        "She had always been active.",
        "The nap proved useful to most.",
        "This proves very popular with nurses.",
        "It is not certain that naps help.",
        "She settled it with a phone call.",
        "There is no definitive evidence for naps.",
        "Exercise improved pain in most participants.",
        "The load never drops below that of lying down.",
        "Pain was eased in all who took it.",
        "There is no cure for colds.",
        "Screening is offered to every single woman over 50.",
        "Each time you nap, your pulse falls.",
        "Nobody who took part was cured.",
        "There was less pain at the end in everyone.",
    ],
)
def test_words_that_are_not_absolute(text: str) -> None:
    assert wording.absolute_cues(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Science says naps are good.",
        "Studies have shown that tea helps.",
        "Many experts agree that sugar is harmful.",
        "It is well known that stress raises blood pressure.",
        "Doctors recommend ten thousand steps.",
        "The method is backed by science.",
    ],
)
def test_vague_authority(text: str) -> None:
    assert len(wording.vague_authority_cues(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The World Health Organization recommends 150 minutes a week.",
        "A trial of 600 nurses found fewer infections.",
        "Studies of naps differ in length.",
        "Sports science is a young field.",
    ],
)
def test_named_or_neutral_sources_are_not_vague(text: str) -> None:
    assert wording.vague_authority_cues(text) == ()


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        ("Coffee lowers the risk of gout by 20 %.", "Coffee is associated with a 20 % lower risk of gout."),
        ("Nuts reduce heart attacks.", "Nuts are associated with fewer heart attacks."),
        ("Regular naps directly boost memory.", "Regular naps are associated with better memory."),
        ("Sunlight protects against myopia.", "Sunlight is associated with a lower risk of myopia."),
        (
            "Short sleep raises your risk of obesity.",
            "Short sleep is associated with a higher risk of obesity.",
        ),
        ("Gardening can reduce anxiety.", "Gardening is associated with less anxiety."),
        ("Late suppers lead to heartburn.", "Late suppers are associated with heartburn."),
        ("Eating nuts cut mortality.", "Eating nuts was associated with lower mortality."),
    ],
)
def test_told_as_an_association(text: str, rewritten: str) -> None:
    cue = wording.causal_cue(text)
    assert cue is not None
    found = associational(text, cue.start, cue.end)
    assert found is not None
    fixed = text[: found.start] + found.text + text[found.end :]
    assert fixed == rewritten
    assert wording.causal_strength(fixed) == CausalStrength.CORRELATIONAL


def test_a_heading_is_told_as_a_link() -> None:
    found = associational("Lowers risk of gout", 0, 6, heading=True)
    assert found is not None
    assert found.text + "Lowers risk of gout"[found.end :] == "Linked to a lower risk of gout"
    assert associational("Lowers risk of gout", 0, 6) is None


@pytest.mark.parametrize(
    "text",
    [
        "People who nap reduce their risk of stroke.",  # people are not "associated with"
        "Coffee prevents gout by up to a third.",  # no place for the number
        "It lowers blood pressure.",
        "Exercise helps to keep weight down.",
    ],
)
def test_no_fix_where_grammar_is_not_sure(text: str) -> None:
    cue = wording.causal_cue(text)
    assert cue is None or associational(text, cue.start, cue.end) is None


def test_every_verb_of_the_table_can_be_rewritten() -> None:
    assert len(table()["verbs"]) >= 50
    for verb in table()["verbs"]:
        first, _, rest = verb.partition(" ")
        third = first[:-1] + "ies" if first.endswith("y") and first[-2] not in "aeiou" else first + "s"
        text = f"Tea {third}{' ' + rest if rest else ''} blood pressure."
        found = associational(text, 4, len(text) - 1)
        assert found is not None, verb
        assert found.text.startswith("is associated with"), verb


def test_may_is_put_before_the_verb() -> None:
    text = "Saffron improves mood."
    found = tentative(text, 8, 16)
    assert found is not None
    assert text[: found.start] + found.text + text[found.end :] == "Saffron may improve mood."


@pytest.mark.timeout(60)  # a hang is a failure; how fast it is stands in bench/
@pytest.mark.parametrize(
    "bomb",
    [
        "may " * 20_000,
        "increased " * 20_000,
        "a" * 200_000,
        "the significant " * 20_000 + "effect of",
        "associated " * 20_000,
        "not known " * 20_000,
        "(" * 100_000,
        "more likely to be " * 20_000,
        "studies studies studies many several " * 10_000,
        "although " + "x, " * 50_000,
        "risk " * 30_000 + "by 20",
    ],
    ids=lambda bomb: bomb[:18],
)
def test_hostile_sentences_end(bomb: str) -> None:
    wording.causal_cue(bomb)
    wording.hedge_cues(bomb)
    wording.absolute_cues(bomb)
    wording.vague_authority_cues(bomb)
    associational(bomb, 0, 10)


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("zinc shortens colds, but further trials are needed.", "causal", "main"),
        ("although zinc shortens colds, sleep was not measured.", "causal", "before"),
        ("further trials should test whether zinc shortens colds.", "causal", "silent"),
        ("zinc was associated with shorter colds.", "correlational", "main"),
        ("zinc failed to shorten colds.", "causal", "main"),
        ("neither zinc nor sleep affect the length of a cold.", "causal", "main"),
        ("zinc had an adverse effect on taste.", "causal", "main"),
        ("zinc gave better results than honey.", "causal", "main"),
        ("children did not benefit from zinc.", "causal", "main"),
        ("zinc should be taken early and may shorten a cold.", "causal", "main"),
        ("zinc should be taken early because it shortens colds.", "causal", "main"),
        ("how zinc shortens colds is poorly understood.", "causal", "silent"),
        ("this review discusses how zinc shortens colds.", "causal", "silent"),
        ("little is known about the effect of zinc.", "hinted", "silent"),
    ],
)
def test_candidates_and_the_clause_they_stand_in(text: str, kind: str, place: str) -> None:
    assert (kind, place) in {(one.kind, one.place) for one in candidates(text)}


def test_a_side_effect_that_happened_is_no_effect_on_something() -> None:
    assert not candidates("two children had adverse effects.")


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Neither the dose nor the timing of the tablets affects survival.", CausalStrength.CAUSAL),
        ("Nuts are good for the heart.", CausalStrength.CAUSAL),
        ("Commuters who cycle live longer.", CausalStrength.CORRELATIONAL),
        ("The rash may have been triggered by nickel.", CausalStrength.CONDITIONAL_CAUSAL),
        ("Nurses should ask every patient about pain.", CausalStrength.NONE),
        ("Evening classes failed to improve the sleep of carers.", CausalStrength.CAUSAL),
        ("Night work has adverse effects on digestion.", CausalStrength.CAUSAL),
        ("Deafness was twice as common among miners as among farmers.", CausalStrength.CORRELATIONAL),
        ("Swimming may thus ease stiffness and so spare people surgery.", CausalStrength.CONDITIONAL_CAUSAL),
        ("How swimming eases stiffness is poorly understood.", CausalStrength.NONE),
        ("Fewer than half of the miners had had their hearing tested.", CausalStrength.NONE),
    ],
)
def test_strength_where_the_rules_alone_are_unsure(text: str, strength: CausalStrength) -> None:
    assert wording.causal_strength(text) == strength


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Sage tea quells hot flushes.", CausalStrength.CAUSAL),
        ("Stair climbing trimmed the waists of clerks.", CausalStrength.CAUSAL),
        ("A cold flat saps the strength of the old.", CausalStrength.CAUSAL),
        ("Rye bread might stave off hunger until noon.", CausalStrength.CONDITIONAL_CAUSAL),
        ("The trim of the gown was washed.", CausalStrength.NONE),
        ("A steady supply of gloves was arranged.", CausalStrength.NONE),
    ],
)
def test_everyday_verbs_carry_a_strength(text: str, strength: CausalStrength) -> None:
    cue = wording.causal_cue(text)
    assert (CausalStrength.NONE if cue is None else cue.strength) == strength


@given(
    st.lists(st.sampled_from([*TABLE, "zinc", "colds", "12", "-", "Sleep", "whether", "nct"]), max_size=25)
)
def test_every_answer_but_none_points_at_its_words(words: list[str]) -> None:
    text = " ".join(words)
    cue = wording.causal_cue(text)
    if cue is not None:
        assert cue.strength != CausalStrength.NONE
        assert text[cue.start : cue.end].strip()
    shares = wording.strength_shares(text)
    assert sum(shares) == pytest.approx(1)
    assert all(0 <= one <= 1 for one in shares)


def test_the_weights_hold_words_and_no_sentences() -> None:
    path = Path(wording.__file__).parents[1] / "data" / "strength.json"
    assert path.stat().st_size < 5_000_000
    stored = json.loads(path.read_text("utf-8"))
    assert stored["levels"] == [level.value for level in LEVELS]
    assert len(stored["signs"]) > 10_000
    assert all(len(weights) == 4 for weights in stored["signs"].values())
    assert all(len(sign.split(" ")) <= 5 for sign in stored["signs"])


def test_labels_point_at_sentences_and_hold_none() -> None:
    folder = Path(__file__).parents[2] / "bench" / "labels"
    with (folder / "causal_strength.tsv").open(encoding="utf-8", newline="") as file:
        labels = list(csv.DictReader(file, delimiter="\t"))
    assert len(labels) >= 3_500
    levels = {level.value for level in LEVELS}
    for label in labels:
        assert set(label) == {"set", "row", "field", "start", "end", "sha256", "part", "level"}
        assert label["level"] in levels
        assert int(label["start"]) < int(label["end"])
        assert re.fullmatch(r"[0-9a-f]{8}", label["sha256"])
    for name, least in (("plain_sentences.tsv", 150), ("written_conclusions.tsv", 1_100)):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            written = list(csv.DictReader(file, delimiter="\t"))
        assert len(written) >= least
        assert {row["level"] for row in written} == levels
        assert len({row["sentence"] for row in written}) == len(written)
