"""The vocabulary: shipped labels, matching in text, abbreviations, hierarchy and surrogates."""

from __future__ import annotations

import pytest

from claims.concepts import Fit, Vocabulary, abbreviations, build, fold, vocabulary_of
from graph.evidence import Concept, Evidence, Iri
from graph.reading import shipped

BASE = "https://w3id.org/claimspine/id/concept/"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return vocabulary_of(Evidence(concepts=shipped()))


def found(vocabulary: Vocabulary, text: str) -> list[str]:
    return [mention.concept.removeprefix(BASE) for mention in vocabulary.find(text)]


def test_the_shipped_vocabulary_is_broad_and_whole() -> None:
    concepts = shipped()
    assert len(concepts) >= 500
    for name in (
        "walking", "low-back-pain", "chronic-low-back-pain", "low-back-pain-recurrence", "patient-education",
        "time-to-low-back-pain-recurrence", "no-treatment", "adults", "recovered-from-low-back-pain", "human",
        "healthy-volunteers", "pain", "disability", "neck-pain", "exercise", "vitamin-d", "sleep-duration",
        "blood-pressure", "ldl-cholesterol", "type-2-diabetes", "depression", "mediterranean-diet", "statins",
    ):  # fmt: skip
        assert Iri(BASE + name) in concepts, name
    for concept in concepts.values():
        assert concept.roles, concept.iri
        for other in (*concept.broader, *concept.surrogate_for):
            assert other in concepts, f"{concept.iri} points at {other}, which is not there"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an expression that holds a concept's name and means something else
        ("On balance, the evidence favours walking.", ["walking"]),
        ("Readers should exercise caution before they exercise.", ["exercise"]),
        ("She paid attention to what she ate.", []),
        ("The authors stressed that coffee was not tested.", ["coffee"]),
        ("The key takeaway: eat lentils.", ["legumes"]),
        ("Weigh the balance between\ncoffee and sleep.", ["coffee", "sleep"]),
        ("Your pulse rises, and a pulse such as lentils fills.", ["legumes", "legumes"]),
        ("A lower risk of falling asleep at the wheel, and a lower risk of falling.", ["falls"]),
        ("Fasting lowers fasting glucose.", ["intermittent-fasting", "blood-glucose"]),
        # ... hides no other concept that it holds, and nothing beside it
        ("blood pressure control", ["blood-pressure"]),
        ("Balance improved. On balance boards, balance improved.", ["balance", "balance"]),
        # names of bodies and journals
        ("The American Heart Association advises brisk walking.", ["walking"]),
        ("Diabetes UK and the Centers for Disease Control and Prevention say that sleep matters.", ["sleep"]),
        ("It stood in the Journal of Pain, and pain fell.", ["pain"]),
        ("Heart failure in a Cardiac Centre: A Trial", ["heart-failure"]),
    ],
)  # fmt: skip
def test_words_that_mean_something_else(vocabulary: Vocabulary, text: str, expected: list[str]) -> None:
    assert found(vocabulary, text) == expected


def test_an_other_sense_holds_one_of_the_names_and_more() -> None:
    for concept in shipped().values():
        mine = build({concept.iri: Concept(concept.iri, concept.label, concept.roles, concept.synonyms)})
        for expression in concept.other_senses:
            plain = expression.removeprefix("to ")
            assert mine.find(plain), f"{concept.label}: {expression!r} holds none of its names; take it out"
            hidden = build({concept.iri: concept}).find(plain)
            assert not hidden, f"{concept.label}: {expression!r} is still read as {hidden}"


def test_no_label_means_two_things_of_one_role() -> None:
    owners: dict[tuple[str, str], set[str]] = {}
    for concept in shipped().values():
        for label in (concept.label, *concept.synonyms):
            for role in concept.roles:
                owners.setdefault((" ".join(map(fold, label.split())), role), set()).add(concept.iri)
    doubled = {key: iris for key, iris in owners.items() if len(iris) > 1}
    assert not doubled, f"give one of them another label in ontology/concepts.ttl: {sorted(doubled)}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She walks daily.", ["walking"]),
        ("Two hours of Walking", ["walking"]),
        ("low-back pain and sleep-quality", ["low-back-pain", "sleep-quality"]),
        ("Fibre intake, oestrogen and behaviour", ["dietary-fibre", "hormone-replacement-therapy"]),
        ("dietary fiber", ["dietary-fibre"]),
        ("recurrent low back pain", ["low-back-pain-recurrence"]),
        ("LDL fell while ldl did not", ["ldl-cholesterol"]),
        ("fruit & vegetables", ["fruit-and-vegetables"]),
        ("older women with high blood pressure", ["older-adults", "hypertension"]),
        ("PM2.5 levels", ["air-pollution"]),
        ("women's health", ["women"]),
    ],
)
def test_mentions(vocabulary: Vocabulary, text: str, expected: list[str]) -> None:
    assert found(vocabulary, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The price falls in the long run.",
        "They run a shop and stand for election.",
        "He was fast",
        "The dash to the door",
    ],
)
def test_everyday_words_are_no_concepts(vocabulary: Vocabulary, text: str) -> None:
    assert not {"falls", "standing", "intermittent-fasting", "dash-diet"} & set(found(vocabulary, text))


def test_words_of_two_sentences_make_no_label(vocabulary: Vocabulary) -> None:
    assert "walking-pace" not in found(vocabulary, "He liked walking. Speed was all to her.")


def test_spans_are_those_of_the_text(vocabulary: Vocabulary) -> None:
    text = "Does vitamin D prevent falls in older adults?"
    for mention in vocabulary.find(text):
        assert text[mention.span.start : mention.span.end] == mention.label


def test_abbreviations_defined_in_the_text(vocabulary: Vocabulary) -> None:
    text = "Central pattern generators (CPGs) sit in the cord. A CPG makes rhythm."
    short = abbreviations([text], vocabulary)
    assert short["CPG"] == short["CPGs"] == Iri(BASE + "central-pattern-generation")
    last = vocabulary.find("A CPG makes rhythm.", short)
    assert [mention.concept for mention in last] == [Iri(BASE + "central-pattern-generation")]
    assert not abbreviations(["We ate nuts (see Table 2)."], vocabulary)
    assert not abbreviations(["knee pain (BMI 31)"], vocabulary)


@pytest.mark.parametrize(
    ("claimed", "studied", "fit"),
    [
        ("walking", "walking", Fit.SAME),
        ("exercise", "walking", Fit.BROADER),
        ("chronic-low-back-pain", "back-pain", Fit.NARROWER),
        ("stroke", "blood-pressure", Fit.SURROGATE),
        ("fractures", "bone-density", Fit.SURROGATE),
        ("heart-attack", "ldl-cholesterol", Fit.SURROGATE),
        ("yoga", "tai-chi", Fit.SIBLING),
        ("acne", "stroke", Fit.UNRELATED),
        ("people-with-type-2-diabetes", "type-2-diabetes", Fit.SAME),
    ],
)
def test_fits(vocabulary: Vocabulary, claimed: str, studied: str, fit: Fit) -> None:
    assert vocabulary.fits(Iri(BASE + claimed), Iri(BASE + studied)) is fit


def test_unknown_slots_have_no_fit(vocabulary: Vocabulary) -> None:
    assert vocabulary.best_fit((), (Iri(BASE + "walking"),)) is None


def test_an_organisation_adds_its_own_words() -> None:
    own = Concept(Iri(BASE + "forest-kindergarten"), "forest kindergarten", ("exposure",), ("to wander",))
    vocabulary = build({**shipped(), own.iri: own})
    assert found(vocabulary, "Wandering to the Forest Kindergartens") == ["forest-kindergarten"] * 2


def test_a_loop_in_a_file_does_not_hang() -> None:
    one = Concept(Iri("urn:a"), "alpha", ("outcome",), broader=(Iri("urn:b"),))
    two = Concept(Iri("urn:b"), "beta", ("outcome",), broader=(Iri("urn:a"),))
    vocabulary = build({one.iri: one, two.iri: two})
    assert vocabulary.under(Iri("urn:a"), Iri("urn:b"))


@pytest.mark.timeout(60)  # a hang is a failure; how fast it is stands in bench/
def test_a_long_hostile_text_ends(vocabulary: Vocabulary) -> None:
    text = "low back low back pain (A " * 40_000
    vocabulary.find(text)
