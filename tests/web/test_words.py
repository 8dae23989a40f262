"""The page's words are the reports': its tables are generated, its sentences are put together alike."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from claims.reports import evidence_parts, phrases
from graph import wording
from graph.evidence import Dose, EffectEstimate, GroupValue, Iri, Study, Work

WEB = Path(__file__).parents[2] / "web"
# The page's module without its types, asked for [function, arguments ...] one after the other.
RUN = """
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const ts = createRequire(process.argv[1] + "/package.json")("typescript");
const js = (name) => ts.transpileModule(readFileSync(`${process.argv[1]}/src/${name}.ts`, "utf8"),
  { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } }).outputText;
const url = (text) => "data:text/javascript;base64," + Buffer.from(text).toString("base64");
const tables = JSON.stringify(url(js("words.tables")));
const words = await import(url(js("words").replaceAll('"./words.tables"', tables)));
const asked = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(asked.map(([name, ...given]) => words[name](...given))));
"""


def estimate(
    measure: str, value: str | None, low: str | None = None, high: str | None = None, **more: object
):
    ends = (None if end is None else Decimal(end) for end in (low, high))
    return EffectEstimate(measure, None if value is None else Decimal(value), *ends, **more)


ESTIMATES = [
    estimate("hazard-ratio", "0.72", "0.61", "0.85", level=Decimal(95), p_value=Decimal("0.0002")),
    estimate("mean-difference", "-3.5", "-6", "-1", level=Decimal(95), unit="mmHg"),
    estimate("mean-difference", "1", unit="day", p_value=Decimal("0.001"), p_bound="less-than"),
    estimate("percent-reduction", "28", None, "41"),
    estimate("risk-ratio", None, p_value=Decimal("0.04")),
    estimate("other", "12345.5", "0.0000004", None),
    estimate("standardised-mean-difference", "-0.3"),
]
GROUPS = [
    GroupValue("walking", "median", Decimal(208), Decimal(149), Decimal(295), Decimal(95), "day", 351),
    GroupValue("placebo", "percent", Decimal("14.5"), size=1200),
    GroupValue("placebo", "mean"),
]
DOSES = [
    Dose("min/day", Decimal(20), Decimal(30), "target"),
    Dose("session/week", Decimal(5), Decimal(5)),
    Dose("cup/day", Decimal(1)),
    Dose("IU/day", None, Decimal(2000), "reached"),
    Dose("person"),
]
STUDIES = [
    Study(Iri("urn:s"), "WalkBack", "randomised-controlled-trial", sample_size=1701),
    Study(Iri("urn:s"), None, "non-randomised-trial"),
    Study(Iri("urn:s"), "a study"),
]
WORKS = [
    Work(Iri("urn:w"), title="Walking.", authors=("A", "B", "C", "D"), year=2024, journal="J", volume="9",
         issue="2", pages="1-9", doi="10.5555/x"),
    Work(Iri("urn:w"), title="Tea", authors=("Ito K.",), journal="J", volume="9", article_number="e3",
         pmid="7"),
]  # fmt: skip
CASES: list[tuple[list[object], str]] = [
    *((["effect", evidence_parts.effect_dict(one)], wording.estimate(one)) for one in ESTIMATES),
    *((["group", evidence_parts.group_dict(one)], wording.group(one)) for one in GROUPS),
    *((["dose", evidence_parts.dose_dict(one)], phrases.dose_text(one)) for one in DOSES),
    *((["studyText", evidence_parts.study_dict(one)], phrases.study_text(one)) for one in STUDIES),
    *((["workText", evidence_parts.work_dict(one)], phrases.work_text(one)) for one in WORKS),
    (["ruleName", "co-intervention-dropped"], phrases.rule_name("co-intervention-dropped")),
    (["number", "0.60"], wording.number(Decimal("0.60"))),
    (["amount", -1, "percentage_point"], wording.amount(Decimal(-1), "percentage_point")),
]


def test_the_tables_are_generated() -> None:
    spec = importlib.util.spec_from_file_location("web_words", WEB / "words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.TARGET.read_text(encoding="utf-8") == module.tables(), "run `make web-types`"


def test_page_and_reports_speak_alike() -> None:
    beside = Path(sys.executable).parent / "node"
    node = shutil.which("node") or (str(beside) if beside.exists() else None)
    if node is None or not (WEB / "node_modules" / "typescript").exists():
        pytest.skip("Node and the page's packages are not installed: make web")
    done = subprocess.run(
        [node, "--input-type=module", "-e", RUN, "--", str(WEB)],
        input=json.dumps([asked for asked, _ in CASES]),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [said for _, said in CASES]
