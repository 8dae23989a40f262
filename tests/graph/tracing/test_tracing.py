import difflib
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from graph import wording
from graph.errors import ClaimspineError, UnknownIdentifier
from graph.evidence import Iri, Study
from graph.reading import read_evidence
from graph.rendering import FORMATS, render
from graph.sources import load
from graph.store import Store, open_store
from graph.tracing import Traces, trace, trace_in
from graph.tracing.identifiers import unknown
from ontology.loader import DATA_BASE

ROOT = DATA_BASE + "recommendation/keep-a-bedtime"


def _short(iri: str) -> str:
    return iri.removeprefix(DATA_BASE)


ROOTS = {
    "work": "work/okafor2021sleep",
    "study": "study/routine",
    "finding": "finding/okafor2021sleep/systolic",
}


def test_the_whole_path(loaded: Store) -> None:
    found = trace(loaded, "keep-a-bedtime")
    assert found.root == ROOT
    assert [(n.kind, _short(n.iri)) for n in found.nodes] == [
        ("recommendation", "recommendation/keep-a-bedtime"),
        ("claim", "claim/routine-lowers-pressure"),
        ("mechanism", "mechanism/night-dipping"),
        ("finding", "finding/okafor2021sleep/systolic"),
        ("finding", "finding/okafor2021sleep/heart-rate"),
        ("step", "mechanism/night-dipping/deeper-sleep"),
        ("step", "mechanism/night-dipping/dip"),
        ("study", "study/routine"),
        ("work", "work/okafor2021sleep"),
    ]
    relations = [(edge.relation, _short(edge.target)) for edge in found.edges]
    assert ("supports", "finding/okafor2021sleep/systolic") in relations
    assert ("refutes", "finding/okafor2021sleep/heart-rate") in relations
    assert ("neutral", "finding/okafor2021sleep/heart-rate") in relations
    assert ("reported-in", "work/okafor2021sleep") in relations
    assert [_short(step) for step in found.unsupported_steps] == [
        "mechanism/night-dipping/deeper-sleep",
        "mechanism/night-dipping/dip",
    ]


@pytest.mark.parametrize("identifier", [ROOT, "recommendation/keep-a-bedtime", "keep-a-bedtime"])
def test_the_ways_to_name_a_thing(loaded: Store, identifier: str) -> None:
    assert trace(loaded, identifier).root == ROOT


def test_unknown_and_ambiguous_names(loaded: Store, tmp_path: Path) -> None:
    with pytest.raises(UnknownIdentifier, match="did you mean recommendation/keep-a-bedtime") as caught:
        trace(loaded, "keep-bedtime")
    assert caught.value.candidates[0] == ROOT
    for odd in ("", "x y", "http://[", '"} #', "\x00"):
        with pytest.raises(UnknownIdentifier):
            trace(loaded, odd)
    (tmp_path / "more.yaml").write_text("id: claim/keep-a-bedtime\ntype: Claim\ntext: Again.\n")
    load(loaded, [tmp_path / "more.yaml"], validate=False)
    with pytest.raises(UnknownIdentifier, match="ambiguous-identifier") as caught:
        trace(loaded, "keep-a-bedtime")
    assert [_short(iri) for iri in caught.value.candidates] == [
        "claim/keep-a-bedtime",
        "recommendation/keep-a-bedtime",
    ]
    with open_store() as empty, pytest.raises(UnknownIdentifier, match="load evidence first"):
        trace(empty, "anything")


def test_of_many_names_few_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Comparing a wrong name with all names of a large store took seconds."""
    known = [f"{DATA_BASE}claim/{number}-goes-with-tea" for number in range(5000)]
    known += [f"{DATA_BASE}work/lowe2020tea", f"{DATA_BASE}claim/walking-lowers-recurrence"]
    compared: list[int] = []
    close = difflib.get_close_matches
    monkeypatch.setattr(
        difflib,
        "get_close_matches",
        lambda word, few, **how: compared.append(len(few)) or close(word, few, **how),
    )
    error = unknown("claim/walking-lower-recurrence", known)
    assert error.candidates == (f"{DATA_BASE}claim/walking-lowers-recurrence",)
    assert unknown("lowe2020", known).candidates == (f"{DATA_BASE}work/lowe2020tea",)
    assert max(compared) <= 2000


def test_a_trace_from_values_is_the_trace_from_the_store(loaded: Store) -> None:
    found = trace(loaded, ROOT)
    assert trace_in(read_evidence(loaded), found.root) == found


@pytest.mark.parametrize(
    "identifier",
    ["routine-lowers-pressure", "night-dipping", "deeper-sleep", "systolic", "routine", "okafor2021sleep"],
)
@pytest.mark.parametrize("format", FORMATS)
def test_any_kind_of_root_in_any_format(loaded: Store, identifier: str, format: str) -> None:
    assert render(trace(loaded, identifier), format)


def test_circles_end(store: Store, tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(
        "- {id: claim/a, type: Claim, text: A, basedOn: claim/b}\n"
        "- {id: claim/b, type: Claim, text: B, basedOn: [claim/a, claim/gone]}\n"
    )
    load(store, [tmp_path / "c.yaml"], validate=False)
    found = trace(store, "claim/a")
    assert [_short(node.iri) for node in found.nodes] == ["claim/a", "claim/b", "claim/gone"]
    for format in FORMATS:
        assert render(found, format)


def test_text(loaded: Store) -> None:
    text = render(trace(loaded, ROOT))
    assert text.startswith("Recommendation: Keep a regular bedtime.\n")
    for said in (
        "+ supports (moderate, direct): systolic pressure after twelve weeks",
        "mean difference −3.1 mmHg (95 % CI −5.0 to −1.2), lowers it",
        "− refutes (weak, indirect): resting heart rate",
        "· is neutral (indirect): resting heart rate",
        "no evidence line: nobody is known to have tested this step",
        "Okafor et al. 2021, Journal of Invented Sleep",
        "doi:10.5555/sleep.2021.100",
        "1 evidence line supports, 1 refutes, 1 is neutral; 1 study in 1 work.",
    ):
        assert said in text
    assert text == render(trace(loaded, ROOT))


def test_json_ld_says_what_the_graph_says(loaded: Store) -> None:
    document = render(trace(loaded, ROOT), "jsonld")
    written = {str(q.triple) for q in ox.parse(document, format=ox.RdfFormat.JSON_LD) if "_:" not in str(q)}
    held = {
        str(t).replace("#integer", "#nonNegativeInteger")
        for name in loaded.graph_names()
        for t in loaded.read_graph(name)
    }
    links = (
        "ns#bearsOn",
        "ns#finding>",
        "ns#direction",
        "ns#study>",
        "ns#reportedIn",
        "ns#basedOn",
        "ns#design>",
    )
    for link in links:
        assert {t for t in held if link in t} == {t for t in written if link in t}, link


def test_mermaid_escapes(store: Store, tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("""id: claim/a\ntype: Claim\ntext: 'A "b"] --> <script>; %% x'\n""")
    load(store, [tmp_path / "c.yaml"], validate=False)
    chart = render(trace(store, "claim/a"), "mermaid")
    assert "<script>" not in chart
    assert chart.count('"') == 2
    assert "%% x" not in chart


def test_svg_is_well_formed_escaped_and_told_in_words(store: Store, loaded: Store, tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(
        "id: claim/a\ntype: Claim\ntext: \"<script>alert('x')</script> & \\x08 end\"\n", encoding="utf-8"
    )
    load(store, [tmp_path / "c.yaml"], validate=False)
    picture = ElementTree.fromstring(render(trace(store, "claim/a"), "svg"))
    assert not picture.findall(".//{*}script")
    drawn = render(trace(loaded, ROOT), "svg")
    picture = ElementTree.fromstring(drawn)
    assert picture.findtext("{*}title") == "Evidence behind: Keep a regular bedtime."
    assert "1 refute" in (picture.findtext("{*}desc") or "")
    assert len(re.findall(r"<g data-iri=", drawn)) == 9
    dashes = {path.get("stroke-dasharray") for path in picture.iter("{http://www.w3.org/2000/svg}path")}
    assert {None, "8 4", "2 4"} <= dashes
    assert not re.search(r"\son\w+=|style=|href=", drawn)
    assert drawn == render(trace(loaded, ROOT), "svg")


def test_drawings_show_numbers_certainty_and_each_sign(loaded: Store) -> None:
    """Two lines on one finding, one for a claim and one against another, do not hide one another."""
    drawn = ElementTree.fromstring(render(trace(loaded, ROOT), "svg"))
    circles = [(c.get("cx"), c.get("cy")) for c in drawn.iter("{http://www.w3.org/2000/svg}circle")]
    assert len(circles) == len(set(circles)) == 3
    words = "".join(drawn.itertext())
    chart = render(trace(loaded, ROOT), "mermaid")
    for said in ("certainty (curated): low", "−3.1 mmHg"):
        assert said in words
        assert said in chart
    assert "is neutral" in chart
    assert chart.count("Okafor et al. 2021") == 1


def test_a_paper_a_study_and_a_finding_say_what_is_known_of_them(loaded: Store) -> None:
    fallen = f"<{DATA_BASE}{ROOTS['work']}> spine:standing spine:standing-retracted"
    loaded.update(f"INSERT DATA {{ GRAPH <urn:g> {{ {fallen} }} }}")
    said = {kind: render(trace(loaded, name)).splitlines()[1] for kind, name in ROOTS.items()}
    assert said["work"].endswith("doi:10.5555/sleep.2021.100, RETRACTED")
    assert "n = 120" in said["study"]
    assert said["finding"] == "mean difference −3.1 mmHg (95 % CI −5.0 to −1.2), lowers it"


def test_json_is_json(loaded: Store) -> None:
    document = json.loads(render(trace(loaded, ROOT), "json"))
    assert document["root"] == ROOT
    assert len(document["nodes"]) == 9


def test_an_unknown_format(loaded: Store) -> None:
    with pytest.raises(ClaimspineError, match="unknown-format"):
        render(trace(loaded, ROOT), "pdf")


def test_the_walking_recommendation_reaches_both_trials_and_what_speaks_against(walking: Path) -> None:
    with open_store() as store:
        load(store, [walking / "evidence"], validate=False)
        found = trace(store, "walking-most-days")
    works = {_short(node.iri) for node in found.of_kind("work")}
    assert {"work/pocovi2024walkback", "work/haddadj2025walking"} <= works
    assert any(edge.relation == "refutes" for edge in found.edges)
    assert len(found.of_kind("mechanism")) == 5


@pytest.mark.parametrize(
    ("species", "said"),
    [
        ((), "cohort, n = 40"),
        (("concept/human",), "cohort, n = 40"),
        (("concept/rat",), "cohort, in rat, n = 40"),
        (("concept/guinea-pig", "concept/rat"), "cohort, in guinea pig, rat, n = 40"),
        (("concept/human", "concept/rat"), "cohort, n = 40"),
    ],
)
def test_studies_of_other_species_say_so(species: tuple[str, ...], said: str) -> None:
    found = Study(Iri("study/a"), design="cohort", sample_size=40, species=tuple(map(Iri, species)))
    assert wording.study(found) == said


def test_traces_of_one_state_are_those_asked_for_one_by_one(loaded: Store) -> None:
    evidence = read_evidence(loaded)
    traces = Traces(evidence)
    for root in (*evidence.claims, *evidence.works, *evidence.studies, *evidence.mechanisms):
        assert traces.of(root) == trace_in(evidence, root)
