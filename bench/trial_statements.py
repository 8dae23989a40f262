"""Statements about real trials, one right and two wrong each: how many of the wrong ones the audit flags.

    python bench/trial_statements.py DATA/evidence_inference/dev.jsonl [--half 0] [--form active]

Each question of Evidence Inference (MIT licence) that its abstract answers is made into three sentences
that cite it: that the outcome rose, fell, did not differ. One of them is right. The bibliography holds the
abstract and nothing is curated. One half of the trials is measured; for it the direction model is trained
anew on the other rows, so that it has not seen them. Needs scikit-learn, as ``train_direction.py`` does.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import train_direction

from claims.audit import Checker
from claims.findings import directing
from claims.model import AuditReport, Severity
from claims.reading import read_text

Row = dict[str, str]
FORMS = {
    "active": {
        "increased": "{i} increased {o} compared with {c} [1].",
        "decreased": "{i} reduced {o} compared with {c} [1].",
        "no_difference": "{i} made no difference to {o} compared with {c} [1].",
    },
    "was": {
        "increased": "{o} was higher with {i} than with {c} [1].",
        "decreased": "{o} was lower with {i} than with {c} [1].",
        "no_difference": "{o} did not differ between {i} and {c} [1].",
    },
    "short": {
        "increased": "{i} raised {o} [1].",
        "decreased": "{i} lowered {o} [1].",
        "no_difference": "{i} had no effect on {o} [1].",
    },
}
_LONGEST = 110  # characters of a name; a longer one makes no sentence
_IGNORED = ("P106",)  # three sentences that contradict one another are what this asks for


def answered(row: Row) -> bool:
    """Whether the span that answers a question is a sentence of the abstract."""
    span, abstract = row["evidence"].strip(), row["abstract"] or ""
    asked = (row["intervention"], row["comparator"], row["outcome"])
    return (
        len(span.split()) >= 6
        and (span[:40] in abstract or span[-40:] in abstract)
        and all(len(name) <= _LONGEST for name in asked)
    )


def trials(path: Path, half: int) -> list[list[Row]]:
    """The questions that abstracts answer, by trial; every second trial."""
    by_abstract: dict[str, list[Row]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if answered(row):
            by_abstract.setdefault(row["abstract"], []).append(row)
    ordered = sorted(by_abstract.values(), key=lambda rows: rows[0]["id"])
    return [rows for number, rows in enumerate(ordered) if number % 2 == half]


def model_without(path: Path, pmcids: set[str]) -> directing.Model:
    """The direction model, trained on the rows of other trials."""
    signs, labels, groups, _ = train_direction.read(path)
    kept = np.array([group not in pmcids for group in groups])
    x = train_direction.matrix(signs)
    pair = train_direction.fitted(x[kept], labels[kept], (0.05, 0.1))
    weights = np.vstack([one.coef_[0] for one in pair]).T
    heavy = np.flatnonzero(np.abs(weights).sum(axis=1) > 1e-4)
    none, up = (float(one.intercept_[0]) for one in pair)
    return directing.Model({int(n): (float(weights[n, 0]), float(weights[n, 1])) for n in heavy}, (none, up))


def statements(rows: list[Row], form: str) -> list[tuple[str, str, Row]]:
    """(sentence, what it says, its row), each three times."""
    told = []
    for row in rows:
        i, c, o = (row[name].strip(" .") for name in ("intervention", "comparator", "outcome"))
        for label, words in FORMS[form].items():
            sentence = words.format(i=i, c=c, o=o)
            told.append((sentence[0].upper() + sentence[1:], label, row))
    return told


def audited(rows: list[Row], sentences: list[str], folder: Path) -> AuditReport:
    """The report on an article of these sentences, with the trial's abstract as its one reference."""
    title, body = _titled(rows[0]["abstract"])
    entry = {"title": title, "author": "Marlow, Jane and Finch, Peter", "journal": "Journal of Trials"}
    entry |= {"year": "2019", "volume": "4", "pages": "1--9", "abstract": body}
    fields = ", ".join(f"{name}={{{_plain(value)}}}" for name, value in entry.items())
    bibliography = folder / "trial.bib"
    bibliography.write_text(f"@article{{trial, {fields}}}", "utf-8")
    listed = f"## References\n\n1. Marlow J, Finch P. {title}. Journal of Trials. 2019;4:1-9."
    text = "\n\n".join([*sentences, listed])
    return Checker.of(refs=[bibliography], ignore=_IGNORED).check(read_text(text, "text/markdown"))


def _titled(abstract: str) -> tuple[str, str]:
    match = re.match(r"TITLE:\s*\n(.*)\n", abstract)
    return (match[1].strip(), abstract[match.end() :].strip()) if match else ("A trial", abstract)


def _plain(value: str) -> str:
    return re.sub(r"[{}]", "", value).replace("%", r"\%").replace("&", r"\&").replace("\n", " ")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1), default=0)
    parser.add_argument("--form", choices=sorted(FORMS), default="active")
    options = parser.parse_args()
    chosen = trials(options.data, options.half)
    model = model_without(options.data, {row["pmcid"] for rows in chosen for row in rows})
    directing.shipped = lambda: model  # type: ignore[assignment]
    tried, flagged, verdicts = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    with tempfile.TemporaryDirectory() as folder:
        for done, rows in enumerate(chosen, start=1):
            told = statements(rows, options.form)
            report = audited(rows, [sentence for sentence, _, _ in told], Path(folder))
            verdict = {one.claim: one.verdict.value for one in report.assessments}
            place = 0
            for sentence, label, row in told:
                start = report.document.text.index(sentence, place)
                place = start + len(sentence)
                kind = "right" if label == row["label"] else "wrong"
                said = [
                    one
                    for one in report.diagnostics
                    if start <= one.span.start < place and one.severity is not Severity.INFO
                ]
                tried[kind] += 1
                flagged[kind] += any(one.code[0] != "S" for one in said)
                at = [one.claim.id for one in report.claims if start <= one.claim.span.start < place]
                verdicts[kind, verdict[at[0]] if at else "no claim"] += 1
            if done % 25 == 0:
                print(f"{done} of {len(chosen)} trials", file=sys.stderr, flush=True)
    print(f"{len(chosen)} trials, half {options.half}, form {options.form}")
    for kind in ("wrong", "right"):
        share = flagged[kind] / tried[kind]
        told_of = ", ".join(f"{name} {n}" for (which, name), n in verdicts.most_common() if which == kind)
        print(
            f"{kind}: {flagged[kind]} of {tried[kind]} flagged at warning or above ({share:.0%}); {told_of}"
        )


if __name__ == "__main__":
    main()
