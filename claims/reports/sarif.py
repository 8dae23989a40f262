"""SARIF 2.1.0 (OASIS Standard, 27 March 2020), for code scanning and editors."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from claims.model import AuditReport, Confidence, Diagnostic, Document, Severity, Span
from claims.reports.parts import TOOL_NAME, with_ids
from claims.reports.phrases import rule_name
from claims.reports.positions import Lines, one_line, ordered
from claims.rule import Rule
from claimspine import __version__

Json = dict[str, Any]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_RANKS = {Confidence.HIGH: 90.0, Confidence.MEDIUM: 60.0, Confidence.LOW: 30.0}
_ROOT = "SRCROOT"


def render_sarif(reports: Sequence[AuditReport], *, rules: Iterable[Rule] = ()) -> str:
    """One run over one or several articles. ``rules`` gives the titles and sources of the rules.

    Columns count Unicode code points (section 3.14.17), offsets are characters of the decoded
    article; an article that is not text itself (.docx) gets no regions, only the words quoted.
    """
    known = {rule.code: rule for rule in rules}
    found = {one.code: one for report in reports for one in report.diagnostics}
    codes = sorted(known.keys() | found.keys())
    index = {code: place for place, code in enumerate(codes)}
    results: list[Json] = []
    for place, report in enumerate(reports):
        lines = Lines(report.document.text)
        seen: dict[str, int] = {}
        for one in with_ids(report):
            results.append(_result(one, report.document, place, lines, index[one.code], seen))
    run: Json = {
        "tool": {
            "driver": {
                "name": TOOL_NAME,
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(code, known.get(code), found.get(code)) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(report.document) for report in reports],
        "results": results,
    }
    if any("uriBaseId" in _location(report.document) for report in reports):
        run["originalUriBaseIds"] = {
            _ROOT: {"description": {"text": "The folder that the article's path starts from."}}
        }
    whole = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _rule(code: str, rule: Rule | None, found: Diagnostic | None) -> Json:
    name = rule.name if rule else (found.name if found else code)
    title = rule.title if rule else rule_name(name).capitalize()
    told: Json = {
        "id": code,
        "name": "".join(part.capitalize() for part in name.split("-")) or code,
        "shortDescription": {"text": f"{title.rstrip('.')}." if title else code},
    }
    if rule is not None:
        if rule.sources:
            told["help"] = {"text": f"Sources: {'; '.join(rule.sources)}. See: {TOOL_NAME} explain {code}"}
        told["defaultConfiguration"] = {"level": _LEVELS[rule.severity], "rank": _RANKS[rule.confidence]}
    return told


def _location(document: Document) -> Json:
    """An artifact location: relative paths hang on a base id, absolute ones are ``file:`` URIs."""
    path = (document.path or "article").replace("\\", "/")
    if path.startswith("/"):
        return {"uri": "file://" + quote(path, errors="replace")}
    if len(path) > 2 and path[1] == ":" and path[2] == "/":
        return {"uri": "file:///" + quote(path, safe="/:", errors="replace")}
    while path.startswith("./"):
        path = path[2:]
    return {"uri": quote(path, errors="replace"), "uriBaseId": _ROOT}


def _artifact(document: Document) -> Json:
    told: Json = {"location": _location(document), "mimeType": document.media_type}
    if document.sha256:
        told["hashes"] = {"sha-256": document.sha256}
    if document.title:
        told["description"] = {"text": one_line(document.title)}
    return told


def _region(span: Span, document: Document, lines: Lines) -> Json:
    start, end = ordered(span)
    end = min(end, len(document.text))
    start = min(start, end)
    first, last = lines.position(start), lines.position(end)
    return {
        "startLine": first.line,
        "startColumn": first.column,
        "endLine": last.line,
        "endColumn": last.column,
        "charOffset": start,
        "charLength": end - start,
    }


def _result(
    one: Diagnostic, document: Document, artifact: int, lines: Lines, rule: int, seen: dict[str, int]
) -> Json:
    start, end = ordered(one.span)
    words = document.text[start:end]
    is_text = not document.packed
    place: Json = {"artifactLocation": _location(document) | {"index": artifact}}
    if is_text:
        place["region"] = _region(one.span, document, lines) | {"snippet": {"text": words}}
    message = one_line(one.message)
    if not is_text and words:
        message = f"“{one_line(words)}”: {message}"
    # The same words faulted the same way are the same result after the article was edited elsewhere.
    print_ = hashlib.sha256("\0".join((one.code, one_line(words))).encode("utf-8", "replace")).hexdigest()[
        :32
    ]
    seen[print_] = seen.get(print_, 0) + 1
    told: Json = {
        "ruleId": one.code,
        "ruleIndex": rule,
        "level": _LEVELS[one.severity],
        "rank": _RANKS[one.confidence],
        "message": {"text": message or one.name},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"claimWords/v1": f"{print_}:{seen[print_]}"},
        "properties": {
            "id": one.id,
            "confidence": one.confidence.value,
            "claim": one.claim,
            "reference": one.reference,
            "evidence": [{"id": at.iri, "kind": at.kind, "quote": at.quote} for at in one.evidence],
        },
    }
    if one.fix is not None and is_text:
        region = _region(one.fix.span, document, lines)
        told["fixes"] = [
            {
                "description": {"text": "A wording that the evidence licenses."},
                "artifactChanges": [
                    {
                        "artifactLocation": _location(document) | {"index": artifact},
                        "replacements": [
                            {"deletedRegion": region, "insertedContent": {"text": one.fix.text}}
                        ],
                    }
                ],
            }
        ]
    return told
