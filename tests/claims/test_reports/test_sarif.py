"""SARIF 2.1.0: the shape that the standard demands of what we write, and its values."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from claims.model import AuditReport, Confidence, Diagnostic, Document, Severity, Span
from claims.reports import render
from claims.reports.sarif import render_sarif
from claims.rule import Rule


def _object(required: tuple[str, ...] = (), /, **properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


TEXT = {"type": "string", "minLength": 1}
COUNT = {"type": "integer", "minimum": 0}
LINE = {"type": "integer", "minimum": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
RANK = {"type": "number", "minimum": -1, "maximum": 100}
MESSAGE = _object(("text",), text=TEXT)
LOCATION = _object(
    ("uri",), uri={"type": "string", "pattern": r"^[^\s<>\"{}|\\^`]+$"}, uriBaseId=TEXT, index=COUNT
)
REGION = _object(
    ("startLine", "charOffset", "charLength"),
    startLine=LINE,
    startColumn=LINE,
    endLine=LINE,
    endColumn=LINE,
    charOffset=COUNT,
    charLength=COUNT,
    snippet=_object(("text",), text={"type": "string"}),
)
# Sections 3.13 to 3.57 of the standard, as far as this project writes them; written here, since
# the standard's own schema is not ours to ship.
SCHEMA = _object(
    ("version", "runs"),
    **{
        "$schema": TEXT,
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": _object(
                ("tool", "results"),
                tool=_object(
                    ("driver",),
                    driver=_object(
                        ("name",),
                        name=TEXT,
                        version=TEXT,
                        semanticVersion=TEXT,
                        rules={
                            "type": "array",
                            "uniqueItems": True,
                            "items": _object(
                                ("id",),
                                id=TEXT,
                                name=TEXT,
                                shortDescription=MESSAGE,
                                help=MESSAGE,
                                defaultConfiguration=_object(level=LEVEL, rank=RANK),
                            ),
                        },
                    ),
                ),
                columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                originalUriBaseIds={"type": "object", "additionalProperties": _object(description=MESSAGE)},
                artifacts={
                    "type": "array",
                    "uniqueItems": True,
                    "items": _object(
                        location=LOCATION,
                        mimeType={"type": "string", "pattern": "[^/]+/.+"},
                        hashes={"type": "object", "additionalProperties": TEXT},
                        description=MESSAGE,
                    ),
                },
                results={
                    "type": "array",
                    "items": _object(
                        ("message",),
                        ruleId=TEXT,
                        ruleIndex=COUNT,
                        level=LEVEL,
                        rank=RANK,
                        message=MESSAGE,
                        locations={
                            "type": "array",
                            "items": _object(
                                physicalLocation=_object(
                                    ("artifactLocation",), artifactLocation=LOCATION, region=REGION
                                )
                            ),
                        },
                        partialFingerprints={"type": "object", "additionalProperties": TEXT},
                        properties={"type": "object"},
                        fixes={
                            "type": "array",
                            "items": _object(
                                ("artifactChanges",),
                                description=MESSAGE,
                                artifactChanges={
                                    "type": "array",
                                    "minItems": 1,
                                    "items": _object(
                                        ("artifactLocation", "replacements"),
                                        artifactLocation=LOCATION,
                                        replacements={
                                            "type": "array",
                                            "minItems": 1,
                                            "items": _object(
                                                ("deletedRegion",),
                                                deletedRegion=REGION,
                                                insertedContent=_object(text={"type": "string"}),
                                            ),
                                        },
                                    ),
                                },
                            ),
                        },
                    ),
                },
            ),
        },
    },
)


def _run(report: AuditReport, **keywords: Any) -> dict[str, Any]:
    log = json.loads(render(report, "sarif", **keywords))
    jsonschema.validate(log, SCHEMA)
    run: dict[str, Any] = log["runs"][0]
    return run


def test_results_point_at_the_words(report: AuditReport) -> None:
    run = _run(report)
    assert run["columnKind"] == "unicodeCodePoints"
    found = next(one for one in run["results"] if one["ruleId"] == "N102")
    place = found["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "articles/beetroot.md", "uriBaseId": "SRCROOT", "index": 0}
    region = place["region"]
    assert region["snippet"]["text"] == "nearly halved"
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (5, 33, 46)
    start = region["charOffset"]
    assert report.document.text[start : start + region["charLength"]] == "nearly halved"
    assert found["level"] == "warning"
    assert run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == "N102"


def test_a_fix_is_a_replacement(report: AuditReport) -> None:
    found = next(one for one in _run(report)["results"] if one["ruleId"] == "C103")
    change = found["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert change["insertedContent"]["text"] == "lowers"
    assert change["deletedRegion"]["charLength"] == len("cures")


def test_rules_are_told_with_title_and_sources(report: AuditReport) -> None:
    rule = Rule(
        "N102",
        "magnitude-word-differs",
        "A magnitude word that the estimate does not license",
        Severity.WARNING,
        Confidence.HIGH,
        "0.1",
        "stable",
        ("Cochrane Handbook 6.4, 2023, chapter 15",),
        lambda rule, facts: (),
    )
    told = {one["id"]: one for one in _run(report, rules=[rule])["tool"]["driver"]["rules"]}
    assert told["N102"]["shortDescription"]["text"] == "A magnitude word that the estimate does not license."
    assert "Cochrane Handbook" in told["N102"]["help"]["text"]
    assert told["C103"]["name"] == "AbsoluteWording"


@pytest.mark.parametrize(
    ("path", "uri", "based"),
    [
        ("docs/my article.md", "docs/my%20article.md", True),
        ("./a.md", "a.md", True),
        ("/tmp/ä.md", "file:///tmp/%C3%A4.md", False),
        ("C:\\texts\\a.md", "file:///C:/texts/a.md", False),
        ("", "article", True),
    ],
)
def test_paths_become_uris(path: str, uri: str, based: bool, make_document: Callable[..., Document]) -> None:
    one = Diagnostic("C103", "x", Severity.INFO, Confidence.LOW, "m", Span(0, 1))
    run = _run(AuditReport(make_document("Tea.", path=path), (), (), (), (one,), ()))
    location = run["artifacts"][0]["location"]
    assert location["uri"] == uri
    assert ("uriBaseId" in location) is based
    assert ("originalUriBaseIds" in run) is based


def test_fingerprints_outlive_an_edit_elsewhere_and_tell_twins_apart(
    make_document: Callable[..., Document],
) -> None:
    def prints(text: str) -> list[str]:
        points = tuple(
            Diagnostic("C103", "x", Severity.INFO, Confidence.LOW, "m", Span(at, at + 5))
            for at in range(len(text))
            if text.startswith("cures", at)
        )
        run = _run(AuditReport(make_document(text), (), (), (), points, ()))
        return [one["partialFingerprints"]["claimWords/v1"] for one in run["results"]]

    first = prints("Tea cures. Milk cures.")
    assert len(set(first)) == 2
    assert prints("New words. Tea cures. Milk cures.") == first


def test_a_word_file_has_no_regions_and_no_fixes(report: AuditReport) -> None:
    word = replace(
        report.document,
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        path="a.docx",
        packed=True,
    )
    run = _run(replace(report, document=word))
    assert all("region" not in one["locations"][0]["physicalLocation"] for one in run["results"])
    assert not any("fixes" in one for one in run["results"])
    assert any(one["message"]["text"].startswith("“cures”: ") for one in run["results"])


def test_several_articles_share_a_run(report: AuditReport, make_document: Callable[..., Document]) -> None:
    other = AuditReport(make_document("Tea.", path="b.md"), (), (), (), (), ())
    log = json.loads(render_sarif([other, report]))
    jsonschema.validate(log, SCHEMA)
    assert [one["location"]["uri"] for one in log["runs"][0]["artifacts"]] == ["b.md", "articles/beetroot.md"]
    places = [one["locations"][0]["physicalLocation"] for one in log["runs"][0]["results"]]
    assert {place["artifactLocation"]["index"] for place in places} == {1}
