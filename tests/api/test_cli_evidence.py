"""impact, export, sources, duplicates, policies and examples, as a user runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from graph.errors import ClaimspineError

WORK = """\
id: work/berg2020light
type: Work
workType: journal-article
title: Evening light and the sleep of older adults
authors: [Berg AB]
year: 2020
journal: Journal of Invented Light
doi: 10.5555/light.2020
reports:
  - {id: study/light, type: Study, label: LIGHT, design: cohort, species: concept/human, sampleSize: 80}
findings:
  - id: finding/berg2020light/sleep
    type: Finding
    label: hours asleep
    study: study/light
    exposure: concept/sleep
    outcome: concept/sleep-quality
    effectDirection: decreases
    quoteRole: result
    obtainedBy: measured
    method: curated
"""
CLAIM = """\
id: claim/light-shortens-sleep
type: Claim
text: Evening light shortens sleep.
evidence:
  - id: line/light
    type: EvidenceLine
    finding: finding/berg2020light/sleep
    direction: supports
    strength: moderate
    directness: direct
    method: curated
"""
BIB = "@article{b, title={Evening light and the sleep of older adults}, author={Berg, A. B.}, year={2020}}"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "evidence"
    folder.mkdir()
    (folder / "berg.yaml").write_text(WORK)
    (folder / "claim.yaml").write_text(CLAIM)
    return folder


def test_impact(files: Path) -> None:
    done = run("impact", "berg2020light", "--evidence", files)
    assert done.exit_code == 0, done.output
    assert "certainty: very low → not enough to judge" in done.stdout
    said = json.loads(run("impact", "berg2020light", "--evidence", files, "--format", "json").stdout)
    assert said["counts"]["claims"] == 1
    assert isinstance(run("impact", "light-shortens-sleep", "--evidence", files).exception, ClaimspineError)


def test_impact_of_corrected_numbers(files: Path) -> None:
    numbers = "measure: mean-difference, value: -24, low: -40, high: -8, unit: min"
    effect = f"    effect: {{type: EffectEstimate, {numbers}}}\n"
    (files / "berg.yaml").write_text(WORK + effect)
    done = run("impact", "--correct", "berg2020light/sleep=-4,-20,12", "--evidence", files)
    assert done.exit_code == 0, done.output
    assert (
        "mean difference −24 min (interval −40 to −8) → mean difference −4 min (interval −20 to 12)"
        in done.stdout
    )
    assert "lines for it: 1 → 0" in done.stdout
    done = run("impact", "--correct", "berg2020light/sleep=-30,-45,-15", "--evidence", files)
    assert "lines for it: 1;" in done.stdout or "lines for it: 1\n" in done.stdout
    for wrong in ([], ["--correct", "berg2020light/sleep"], ["--correct", "nothing=1"]):
        assert isinstance(run("impact", *wrong, "--evidence", files).exception, ClaimspineError)


def test_export_to_a_table_and_of_a_report(files: Path, tmp_path: Path) -> None:
    done = run("export", "--evidence", files, "--format", "csv", "--date", "2026-02-03")
    [row] = csv.DictReader(io.StringIO(done.stdout))
    assert row["claim_text"] == "Evening light shortens sleep."
    report = tmp_path / "report.json"
    document = {"id": "urn:doc", "title": "T", "path": "a.md", "sha256": "x"}
    report.write_text(json.dumps({"document": document, "claims": []}))
    done = run("export", "--report", report, "--format", "claimreview")
    assert json.loads(done.stdout)["@graph"] == []
    for wrong in (["--format", "csv"], ["--format", "fhir"]):
        assert isinstance(run("export", "--report", report, *wrong).exception, ClaimspineError)
    report.write_text("{not json")
    refused = run("export", "--report", report, "--format", "claimreview")
    assert isinstance(refused.exception, ClaimspineError)
    refused = run("export", "--evidence", files, "--format", "csv", "--sign", report)
    assert isinstance(refused.exception, ClaimspineError)


def test_sources_history_and_duplicates(files: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    done = run("load", files, "--store", store)
    assert done.exit_code == 0, done.output
    (tmp_path / "refs.bib").write_text(BIB)
    done = run("load", tmp_path / "refs.bib", "--store", store)
    assert "read as one:" in done.output
    assert "the same title, year (2020) and first author" in done.output
    listed = run("sources", "--store", store).stdout.splitlines()
    assert [line.split(":")[0] for line in listed] == ["berg", "claim", "refs.bib"]
    [merge] = json.loads(run("duplicates", "--store", store, "--format", "json").stdout)
    assert merge["kept"].endswith("work/berg2020light")
    assert "differentFrom" in run("duplicates", "--store", store).output
    run("remove", "refs.bib", "--store", store)
    rows = json.loads(run("sources", "--store", store, "--history", "--format", "json").stdout)
    assert [(row["source"], row["removed"]) for row in rows] == [
        ("berg", False),
        ("claim", False),
        ("refs.bib", True),
    ]
    assert "removed 20" in run("sources", "--store", store, "--history").stdout


def test_policies_of_a_house(files: Path, tmp_path: Path) -> None:
    own = tmp_path / "house.ttl"
    own.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix spine: <https://w3id.org/claimspine/ns#> .\n"
        "<urn:shape> a sh:NodeShape ; sh:targetClass spine:Claim ; sh:property <urn:dose> .\n"
        "<urn:dose> a sh:PropertyShape ; sh:path spine:dose ; sh:minCount 1 ;\n"
        '  sh:severity sh:Violation ; sh:message "dose: say how much."@en .\n'
    )
    done = run("validate", files, "--policies", own)
    assert done.exit_code == 1
    assert "claim.yaml:1: error: dose: say how much." in done.stdout
    assert run("validate", files, "--policies", "shipped").exit_code == 0
    (files / "broken.yaml").write_text("id: claim/broken\ntype: Claim\ntext: x\neffectDirection: sideways\n")
    done = run("validate", files, "--policies", own)
    assert done.exit_code == 1
    assert "the policies were not asked: mend the errors first" in done.stderr


def test_examples_are_listed_and_asked(files: Path) -> None:
    assert "contested-claims: " in run("query", "--example", "list").stdout
    done = run("query", "--example", "single-study-claims", "--evidence", files, "--format", "csv")
    assert "Evening light shortens sleep." in done.stdout
    assert isinstance(run("query", "--example", "nope", "--evidence", files).exception, ClaimspineError)
    both = run("query", "ASK {}", "--example", "designs", "--evidence", files)
    assert isinstance(both.exception, ClaimspineError)


@pytest.mark.parametrize(
    "update",
    ["INSERT DATA { <urn:a> <urn:b> 1 }", "# note\nPREFIX x: <urn:x> delete where { ?s ?p ?o }", "CLEAR ALL"],
)
def test_an_update_is_no_query(files: Path, update: str) -> None:
    done = run("query", update, "--evidence", files)
    assert isinstance(done.exception, ClaimspineError)
    assert done.exception.code == "not-a-query"
    assert "load" in (done.exception.hint or "")


def test_an_empty_list_and_the_kinds_of_faults_are_told(files: Path) -> None:
    done = run("duplicates", "--evidence", files)
    assert done.exit_code == 0
    assert "no two records are read as one" in done.stderr
    (files / "mechanism.yaml").write_text(
        "id: mechanism/night\ntype: Mechanism\nlabel: night\nsteps:\n"
        "  - {id: mechanism/night/dip, type: MechanismStep, label: sleep lowers pressure,\n"
        "     cause: concept/sleep, stepEffect: concept/sleep-quality, species: concept/human}\n"
    )
    done = run("validate", files, "--policies", "shipped")
    assert "0 errors, 1 warning\n" in done.stderr, done.output
