"""Proof of a report: hashes of what went in and what came out, and the triples that the claims rest on.

With it anyone who has the article and the evidence can run the audit again and see whether it still
says the same (``claimspine verify``), or put the query to any store that holds the same graph.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from claims.audit import Checker
from claims.model import AuditReport
from claims.reports.parts import to_dict
from graph.errors import ClaimspineError
from graph.store import Store
from graph.tracing.paths import PATH_QUERY, paths_below

__all__ = ["PROOF_VERSION", "Comparison", "Inputs", "compare", "inputs_of", "proof_of", "proof_within"]

PROOF_VERSION = "1"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an audit was asked with, as the caller named it: paths, a store, selected rules."""

    article: str
    refs: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    store: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing that a proof holds: whether it is the same now. ``detail`` says what is not."""

    what: str  # article, references and evidence, vocabulary, rules, paths, result
    same: bool
    detail: str = ""


def proof_of(report: AuditReport, checker: Checker, inputs: Inputs, stores: Sequence[Store]) -> Json:
    """The proof of one report. ``stores`` hold the graph that the checker's evidence was read from.

    ``paths`` gives for each claim the roots (evidence lines and findings, each with the work it came
    from) and the triples on the way down from them, as N-Triples, sorted; the triples stand once, in
    ``triples``. What was read out of an abstract by machine is not in the graph: its root is the work.
    """
    roots: dict[str, tuple[str, ...]] = {}
    for linked in report.claims:
        named = [one.line or _root(one.finding.iri, one.finding.method, one.work) for one in linked.findings]
        roots[linked.claim.id] = tuple(dict.fromkeys(iri for iri in named if iri))
    triples = paths_below(stores, (iri for found in roots.values() for iri in found))
    return {
        "version": PROOF_VERSION,
        "inputs": dataclasses.asdict(inputs),
        "hashes": {**hashes_of(report, checker), "paths": _hash(triples)},
        "query": PATH_QUERY,
        "paths": [{"claim": claim, "roots": list(found)} for claim, found in roots.items()],
        "triples": triples,
    }


def _root(finding: str, method: str | None, work: Any) -> str | None:
    if method != "automatic":
        return finding
    return None if work is None else str(work.iri)


def hashes_of(report: AuditReport, checker: Checker) -> dict[str, str]:
    """SHA-256 of the article's bytes, the evidence, the vocabulary, the rules and the result."""
    evidence = checker.evidence
    held = (evidence.works, evidence.studies, evidence.findings, evidence.claims, evidence.mechanisms)
    rules = [(one.code, one.name, one.severity, one.status) for one in checker.rules]
    return {
        "article": report.document.sha256,
        "evidence": _hash([*held, evidence.lines]),
        "vocabulary": _hash(evidence.concepts),
        "rules": _hash([rules, checker.profile.name, checker.profile.allowances]),
        "result": result_hash(to_dict(report)),
    }


def result_hash(report: Mapping[str, Any]) -> str:
    """SHA-256 of what a report says, whatever the tool's version, the labels and the article's path."""
    said = {key: value for key, value in report.items() if key not in ("tool", "proof", "document")}
    return _hash(_without_labels(said))


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Comparison, ...]:
    """Two proofs, hash by hash."""
    was, now = old["hashes"], new["hashes"]
    told = {
        "article": "the article",
        "evidence": "references and evidence",
        "vocabulary": "the vocabulary",
        "rules": "the rules and the profile",
        "paths": "the triples behind the claims",
        "result": "the result",
    }
    return tuple(
        Comparison(name, was.get(key) == now[key], "" if was.get(key) == now[key] else _detail(key, old, new))
        for key, name in told.items()
    )


def _detail(key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    if key != "paths":
        return ""
    gone = len(set(old.get("triples", ())) - set(new["triples"]))
    come = len(set(new["triples"]) - set(old.get("triples", ())))
    return f"{gone} triples gone, {come} new"


def proof_within(report: Any) -> Json:
    """The proof that a report (parsed from JSON) carries, looked over.

    Raises ClaimspineError: no-proof, damaged-proof (also where the report was changed after it was
    written, so that it no longer fits its own proof).
    """
    proof = report.get("proof") if isinstance(report, dict) else None
    if proof is None:
        raise ClaimspineError(
            "no-proof", "the report carries no proof", hint="write it with `audit --format json --proof`"
        )
    if not isinstance(proof, dict) or proof.get("version") != PROOF_VERSION:
        raise ClaimspineError("damaged-proof", "the proof in this report cannot be read")
    hashes, inputs = proof.get("hashes"), proof.get("inputs")
    if not isinstance(hashes, dict) or not _is_whole(hashes, inputs):
        raise ClaimspineError("damaged-proof", "the proof in this report cannot be read")
    lines = proof.get("triples")
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise ClaimspineError("damaged-proof", "the proof in this report lists no triples")
    if result_hash(report) != hashes["result"] or _hash(lines) != hashes.get("paths"):
        raise ClaimspineError(
            "damaged-proof",
            "the report was changed after it was written: it does not fit its own proof",
            hint="ask for the report as it was written, or audit the article again",
        )
    return proof


def inputs_of(proof: Mapping[str, Any]) -> Inputs:
    """What the audit was asked with, from a proof that ``proof_within`` gave."""
    held = proof["inputs"]
    lists = {key: tuple(held[key]) for key in ("refs", "evidence", "select", "ignore")}
    return Inputs(held["article"], store=held["store"], profile=held["profile"], **lists)


def _is_whole(hashes: object, inputs: object) -> bool:
    if not isinstance(hashes, dict) or not isinstance(inputs, dict):
        return False
    lists = ("refs", "evidence", "select", "ignore")
    return (
        all(isinstance(hashes.get(key), str) for key in ("article", "evidence", "result", "paths"))
        and isinstance(inputs.get("article"), str)
        and all(isinstance(inputs.get(key), list) for key in lists)
        and all(isinstance(item, str) for key in lists for item in inputs[key])
        and all(key in inputs and isinstance(inputs[key], str | None) for key in ("store", "profile"))
    )


def _without_labels(value: Any) -> Any:
    """Concepts by IRI alone: a label may be given or not, and says nothing more."""
    if isinstance(value, dict):
        if set(value) == {"id", "label"}:
            return value["id"]
        return {key: _without_labels(one) for key, one in value.items()}
    return [_without_labels(one) for one in value] if isinstance(value, list) else value


def _hash(value: object) -> str:
    text = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def _plain(value: object) -> object:
    """JSON of our frozen values: fields in order, numbers as their digits, nothing left to chance."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return {
            one.name: _plain(found)
            for one in fields
            if (found := getattr(value, one.name)) is not None and found != ()
        }
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, Iterable):
        return [_plain(one) for one in value]
    raise TypeError(f"no hash for a {type(value).__name__}")
