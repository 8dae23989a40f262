from decimal import Decimal
from pathlib import Path

from graph.evidence import Dose, Iri
from graph.reading import read_concepts, read_evidence, shipped
from graph.shacl.neighbourhood import shipped_concepts
from graph.sources import load
from graph.store import Store, open_store
from ontology.loader import DATA_BASE


def _iri(name: str) -> Iri:
    return Iri(DATA_BASE + name)


def test_a_finding_with_all_its_parts(loaded: Store) -> None:
    finding = read_evidence(loaded).findings[_iri("finding/okafor2021sleep/systolic")]
    assert finding.work == _iri("work/okafor2021sleep")
    assert finding.study == _iri("study/routine")
    assert finding.effect_direction == "decreases"
    assert finding.dose == (
        Dose("min/day", Decimal(30), Decimal(30), "target"),
        Dose("session/week", Decimal(4), None, "reached"),
    )
    assert finding.effect is not None
    assert finding.effect.measure == "mean-difference"
    assert [str(n) for n in (finding.effect.value, finding.effect.low, finding.effect.high)] == [
        "-3.1",
        "-5.0",
        "-1.2",
    ]
    assert [(g.label, g.value, g.size) for g in finding.groups] == [
        ("routine", Decimal(128), 60),
        ("usual care", Decimal(131), 60),
    ]
    assert finding.certainty_level is None


def test_works_studies_claims_lines_and_mechanisms(loaded: Store) -> None:
    evidence = read_evidence(loaded)
    work = evidence.works[_iri("work/okafor2021sleep")]
    assert work.authors == ("Okafor NA", "van der Meer J", "Lind S")
    assert (work.year, work.volume, work.work_type) == (2021, "12", "journal-article")
    assert evidence.studies[_iri("study/routine")].design == "randomised-controlled-trial"
    claim = evidence.claims[_iri("claim/routine-lowers-pressure")]
    assert (claim.kind, claim.causal_strength, claim.certainty_level) == ("claim", "causal", "low")
    assert claim.certainty_reasons == ("one small trial", "the interval is wide")
    advice = evidence.claims[_iri("recommendation/keep-a-bedtime")]
    assert (advice.kind, advice.audience) == ("recommendation", "patients")
    [mechanism] = evidence.mechanisms.values()
    assert [step.label for step in mechanism.steps] == [
        "a routine deepens sleep",
        "deep sleep lowers pressure at night",
    ]
    assert mechanism.steps[0].effect == (_iri("concept/sleep-quality"),)
    assert [(line.direction, line.strength) for line in evidence.lines] == [
        ("neutral", None),
        ("refutes", "weak"),
        ("supports", "moderate"),
    ]


def test_all_is_sorted(loaded: Store) -> None:
    evidence = read_evidence(loaded)
    for name in ("concepts", "works", "studies", "findings", "claims", "mechanisms"):
        keys = list(getattr(evidence, name))
        assert keys == sorted(keys)


def test_own_concepts_win_over_shipped_ones(store: Store, tmp_path: Path) -> None:
    shipped = read_evidence(store).concepts
    assert len(shipped) > 300
    iri = _iri("concept/walking")
    assert shipped[iri].label == "walking"
    (tmp_path / "own.yaml").write_text(
        "- {id: concept/walking, type: 'skos:Concept', prefLabel: strolling, altLabel: [ambling, gait],"
        " conceptRole: [exposure, process], broader: concept/exercise}\n"
        "- {id: concept/our-own-thing, type: 'skos:Concept', prefLabel: our own thing, valence: higher}\n"
    )
    load(store, [tmp_path / "own.yaml"], validate=False)
    concepts = read_evidence(store).concepts
    assert (concepts[iri].label, concepts[iri].synonyms) == ("strolling", ("ambling", "gait"))
    assert concepts[iri].roles == ("exposure", "process")
    assert concepts[_iri("concept/our-own-thing")].valence == "higher"
    assert len(concepts) == len(shipped) + 1


def test_labels_in_other_languages_are_synonyms(store: Store, tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<concept/nap> a skos:Concept ; skos:prefLabel "Nickerchen"@de, "nap"@en .'
    )
    load(store, [tmp_path / "own.ttl"], validate=False)
    concept = read_evidence(store).concepts[_iri("concept/nap")]
    assert (concept.label, concept.synonyms) == ("nap", ("Nickerchen",))


def test_one_paper_in_two_sources_is_one_work(loaded: Store, tmp_path: Path) -> None:
    bib = tmp_path / "refs.bib"
    bib.write_text(
        "@article{o, title={Bedtime ROUTINES}, doi={10.5555/SLEEP.2021.100}, abstract={Pressure fell.}}\n"
        "@article{p, title={Bedtime routines and blood pressure in shift workers.}, year=2021,"
        " author={Okafor, Ngozi A.}, pmid={77}}\n"
        "@article{q, title={Bedtime routines and blood pressure in shift workers}, year=2019,"
        " author={Okafor, Ngozi A.}}\n"
        "@article{r, title={Bedtime routines and blood pressure in shift workers}, year=2021,"
        " author={Okafor, Ngozi A.}, doi={10.5555/other}}\n"
    )
    load(loaded, [bib])
    works = read_evidence(loaded).works
    kept = works[_iri("work/okafor2021sleep")]
    assert (kept.abstract, kept.pmid, kept.volume) == ("Pressure fell.", "77", "12")
    assert kept.title == "Bedtime routines and blood pressure in shift workers"
    assert sorted(iri.rpartition("/")[2] for iri in works) == ["okafor2021sleep", "q", "r"]


def test_bad_numbers_are_unknown(store: Store, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(
        "id: finding/x\ntype: Finding\neffect: {measure: mean, value: about 3, low: NaN, high: 1e999999}\n"
        "timePointDays: soon\n"
    )
    load(store, [tmp_path / "x.yaml"], validate=False)
    [finding] = read_evidence(store).findings.values()
    assert finding.effect is not None
    assert (finding.effect.value, finding.effect.low, finding.time_point_days) == (None, None, None)


def test_a_finding_without_a_study_takes_its_works_only_one(store: Store, tmp_path: Path) -> None:
    for name, studies in (("one", "[study/a]"), ("two", "[study/a, study/b]")):
        (tmp_path / f"{name}.yaml").write_text(
            f"id: work/{name}\ntype: Work\nreports: {studies}\n"
            f"findings: [{{id: finding/{name}, type: Finding, label: f}}]\n"
        )
    load(store, [tmp_path], validate=False)
    findings = read_evidence(store).findings
    assert findings[_iri("finding/one")].study == _iri("study/a")
    assert findings[_iri("finding/two")].study is None


def test_the_walking_evidence_is_read_whole(walking: Path) -> None:
    with open_store() as store:
        load(store, [walking / "evidence"], validate=False)
        evidence = read_evidence(store)
    assert len(evidence.works) >= 56
    assert len(evidence.findings) >= 100


def test_every_field_that_values_are_made_of_has_a_key() -> None:
    """A field without a key, or a key that the context does not know, would stay empty unseen."""
    from dataclasses import fields

    from graph import evidence
    from graph.reading import values

    made = (
        (values._DOSE, evidence.Dose, ()),
        (values._UNCONFIRMED, evidence.UnconfirmedField, ()),
        (values._EFFECT, evidence.EffectEstimate, ()),
        (values._GROUP, evidence.GroupValue, ()),
        (values._WORK, evidence.Work, ("recorded_by", "standing_note")),
        (values._STUDY, evidence.Study, ()),
        (values._FINDING, evidence.Finding, ()),
        (values._CLAIM, evidence.GraphClaim, ("kind", "certainty_adjustments")),
        (values._LINE, evidence.EvidenceLine, ("bears_on",)),
        (values._STEP, evidence.MechanismStep, ()),
        (values._MECHANISM, evidence.Mechanism, ("label", "steps")),
    )
    for table, kind, elsewhere in made:
        names = {field.name for field in fields(kind)} - {"iri", *elsewhere}
        assert set(table.fields) == names
        assert len(table.by_property) == len(names)


def test_the_shipped_concepts_are_those_that_a_store_of_them_holds() -> None:
    with open_store("memory") as store:
        store.bulk_load("urn:shipped", shipped_concepts())
        assert read_concepts(store) == shipped()
