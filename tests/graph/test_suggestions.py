from pathlib import Path

import pytest

from graph.describing import describe
from graph.errors import InvalidEvidence
from graph.evidence import Iri
from graph.reading import read_evidence, shipped
from graph.sources import load
from graph.store import Store, open_store
from graph.suggestions import class_names, concept_id, nearest, scheme_values
from graph.validation import Fault, validate
from ontology.loader import DATA_BASE

WORK = """
id: work/x
type: Work
title: A title
reports:
  - {id: study/x, type: Study, design: cohort, sampleSize: 12}
findings:
  - id: finding/x/pressure
    type: Finding
    label: pressure
    study: study/x
    outcome: concept/blood-pressure
    quoteRole: result
    obtainedBy: measured
    method: curated
"""
CLAIM = """
id: claim/x
type: Claim
text: Sleep lowers pressure.
evidence:
  - id: line/x
    type: EvidenceLine
    finding: finding/x/pressure
    direction: supports
    strength: weak
    method: curated
"""


def _faults(folder: Path, **files: str) -> list[Fault]:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    try:
        report = load(open_store(), [folder])
    except InvalidEvidence as exc:
        return [fault for fault in exc.faults if isinstance(fault, Fault)]
    return list(report.faults)


def test_what_is_sound_is_not_spoken_of(tmp_path: Path) -> None:
    assert _faults(tmp_path, work=WORK, claim=CLAIM) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("design: cohort", "design: chort", "Did you mean cohort? (study/x: chort)"),
        ("finding: finding/x/pressure", "finding: finding/x/presure", "Did you mean finding/x/pressure?"),
        ("concept/blood-pressure", "concept/blood-presure", "Did you mean concept/blood-pressure?"),
        ("concept/blood-pressure", "hypertension", "Did you mean concept/"),
        ("study: study/x", "study: study/y", "(finding/x/pressure: study/y)"),
        ("text: Sleep", "effectdirection: decreases\ntext: Sleep", "did you mean effectDirection?"),
        ("text: Sleep", "direction: supports\ntext: Sleep", "(claim/x, direction: supports)"),
        ("sampleSize: 12", "sampleSize: -3", "above 0"),
    ],
)
def test_what_was_probably_meant_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    try:
        faults = _faults(tmp_path, work=WORK.replace(old, new), claim=CLAIM.replace(old, new))
        told = "\n".join(map(str, faults))
    except Exception as exc:
        told = str(exc)
    assert said in told


def test_a_key_on_the_wrong_thing_is_named(tmp_path: Path) -> None:
    wrong = CLAIM.replace("text:", "steps: [claim/x]\ntext:")
    assert any("(claim/x, steps" in str(fault) for fault in _faults(tmp_path, work=WORK, claim=wrong))
    doses = CLAIM.replace("text:", "comparatorDose: {type: Dose, low: 1, unit: min/day}\ntext:")
    told = "\n".join(map(str, _faults(tmp_path, work=WORK, claim=doses)))
    assert "(claim/x, comparatorDose: claim/x/comparatorDose)" in told


def test_one_thing_in_two_files_names_both(tmp_path: Path) -> None:
    other = (
        "id: work/y\ntype: Work\ntitle: B\nreports:\n  - {id: study/x, type: Study, design: case-control}\n"
    )
    [fault] = _faults(tmp_path, work=WORK, claim=CLAIM, other=other)
    assert fault.file is not None
    assert fault.file.endswith("other.yaml")
    assert "Here are 2: " in fault.message
    assert f"It is also written in {tmp_path / 'work.yaml'}:6: keep one." in fault.message


def test_too_many_values_are_named(tmp_path: Path) -> None:
    [fault] = _faults(tmp_path, work=WORK.replace("title: A title", "title: A title\nyear: [2020, 2021]"))
    assert fault.message.endswith("in four digits. Here are 2: 2020, 2021.")


def test_a_fault_of_the_whole_thing_stands_on_the_line_of_its_key(tmp_path: Path) -> None:
    effect = "    effect:\n      type: EffectEstimate\n      measure: odds-ratio\n      value: 0\n"
    [fault] = _faults(tmp_path, work=WORK + effect)
    assert fault.line == (WORK + effect)[: (WORK + effect).index("value: 0")].count("\n") + 1


def test_a_day_that_is_not_in_the_calendar(tmp_path: Path) -> None:
    [fault] = _faults(tmp_path, work=WORK.replace("title:", "publishedOnline: 2023-02-29\ntitle:"))
    assert "publishedOnline" in fault.message
    assert _faults(tmp_path, work=WORK.replace("title:", "publishedOnline: 2024-02-29\ntitle:")) == []


def test_words_are_compared_whatever_their_case_and_separators() -> None:
    assert (
        nearest("Mean_Difference", scheme_values("https://w3id.org/claimspine/ns#measure-"))
        == "mean-difference"
    )
    assert nearest("shoeSize", ["sampleSize", "groupSize"]) is None
    assert concept_id("High blood pressure") is not None
    assert concept_id("inner peace") is None
    assert "Finding" in class_names()
    assert "Concept" in class_names()


def test_a_fault_of_rdf_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "study.ttl").write_text(
        "@prefix spine: <https://w3id.org/claimspine/ns#> .\n"
        "<https://w3id.org/claimspine/id/study/x> a spine:Study ; spine:design spine:design-chort .\n"
    )
    [fault] = _faults(tmp_path)
    assert str(fault).startswith(f"{tmp_path / 'study.ttl'}: near line 2: error: design:")
    assert "Did you mean cohort?" in fault.message


def test_whoever_names_a_shipped_concept_replaces_it_and_is_told_what_is_lost(
    store: Store, tmp_path: Path
) -> None:
    path, iri = tmp_path / "a.yaml", Iri(DATA_BASE + "concept/sore-throat")
    path.write_text("id: concept/sore-throat\ntype: Concept\nprefLabel: sore throat after surgery\n", "utf-8")
    [fault] = load(store, [path]).faults
    assert (fault.severity, fault.file, fault.line) == ("info", str(path), 3)
    assert "replaces the shipped concept 'sore throat', and sore throat, " in fault.message
    held = read_evidence(store).concepts[iri]
    assert (held.label, held.synonyms) == ("sore throat after surgery", ())
    assert validate(store) == validate(store, reference=True) == ()
    names = ", ".join(["raw throat", shipped()[iri].label, *shipped()[iri].synonyms])
    path.write_text(
        f"id: concept/sore-throat\ntype: Concept\nprefLabel: throat\naltLabel: [{names}]\n", "utf-8"
    )
    assert load(store, [path]).faults == ()


def test_other_names_of_a_shipped_concept_extend_it(store: Store, tmp_path: Path) -> None:
    path, iri = tmp_path / "a.ttl", Iri(DATA_BASE + "concept/sore-throat")
    path.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        f'<{iri}> a skos:Concept ; skos:prefLabel "Halsweh"@de ; skos:altLabel "raw throat"@en .',
        "utf-8",
    )
    assert load(store, [path]).faults == ()
    before, held = shipped()[iri], read_evidence(store).concepts[iri]
    assert (held.label, held.roles, held.valence, held.broader) == (
        before.label,
        before.roles,
        before.valence,
        before.broader,
    )
    assert set(held.synonyms) == {*before.synonyms, "raw throat", "Halsweh"}
    assert validate(store) == validate(store, reference=True) == ()
    triples = store.read_graph(store.graph_names()[0])
    assert validate(triples) == validate(triples, reference=True) == ()
    assert {one.object.value for one in describe(store, iri)} >= {"sore throat", "Halsweh"}


def test_what_the_store_says_already_is_named_with_its_source(tmp_path: Path) -> None:
    (tmp_path / "first.yaml").write_text(WORK.replace("title: A title", "title: A title\nyear: 2020"))
    (tmp_path / "second.yaml").write_text("id: work/x\ntype: Work\nyear: 2021\n")
    with open_store() as store:
        load(store, [tmp_path / "first.yaml"])
        with pytest.raises(InvalidEvidence) as caught:
            load(store, [tmp_path / "second.yaml"])
        [fault] = caught.value.faults
        assert fault.message.endswith(
            "Here are 2: 2021, 2020. It is also written in the stored source first: keep one."
        )
        (tmp_path / "first.yaml").write_text(WORK.replace("title: A title", "title: A title\nyear: 2021"))
        load(store, [tmp_path / "first.yaml"])  # what it said before is gone
