"""The article keeps its claims and its references as printed; the bibliography keeps the truth."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.bibliography import read_bibliography
from graph.evidence import Evidence

PRINTED = (
    "Halliday, M. H., et al. (2024). Walking reduces recurrence of low back pain: A randomized controlled"
    " trial. The Lancet.",
    "Hirano, K., et al. (2024). Spinal elongation and postural adaptations during walking in healthy adults."
    " Journal of Clinical Medicine, 14(1), 209.",
    "Kim, H., et al. (2024). Gait biomechanics and lumbar muscle activation in individuals with and without"
    " low back pain. Frontiers in Bioengineering and Biotechnology, 12:1377767.",
    "MacKay-Lyons, M. (2002). Central pattern generation of locomotion: A review of the evidence."
    " Physical Therapy, 82(1), 69–83.",
    "Shang, Y., et al. (2025). Associations of walking with chronic low back pain incidence: A cohort study."
    " JAMA Network Open, 8(3), e2835297",
)
STATEMENTS = (
    ("Science shows",),
    ("100 minutes", "23 %", "78 minutes", "JAMA Network Open", "(Shang et al., 2025)"),
    ("three to five times per week", "~130 minutes", "nearly halved the risk", "112", "208", "The Lancet"),
    ("about 1 %", "lordosis", "Journal of Clinical Medicine", "(Hirano et al., 2024)"),
    ("compression and decompression", "may nourish", "(Hirano et al., 2024)"),
    ("Frontiers in Bioengineering and Biotechnology", "forced bracing", "(Kim et al., 2024)"),
    ("central pattern generators", "strain on the spine", "(MacKay-Lyons, 2002)"),
    ("inner ear", "alignment", "(MacKay-Lyons, 2002)"),
    ("20–30 minutes of walking most days",),
)


@pytest.fixture(scope="module")
def lines(walking: Path) -> list[str]:
    return (walking / "article.md").read_text(encoding="utf-8").splitlines()


def test_the_five_references_are_printed_exactly(lines: list[str]) -> None:
    listed = [line.removeprefix("- ") for line in lines[lines.index("## References") + 1 :] if line]
    assert listed == list(PRINTED), "the printed references are the example: leave every character of them"


def test_the_nine_statements_make_the_same_claims(lines: list[str]) -> None:
    body = [line for line in lines[: lines.index("## References")] if line and not line.startswith("#")]
    assert len(body) == len(STATEMENTS)
    for line, words in zip(body, STATEMENTS, strict=True):
        for word in words:
            assert word in line, f"{word!r} is what the example is about; it is gone from: {line[:60]}..."


def test_the_bibliography_agrees_with_the_evidence(walking: Path, evidence: Evidence) -> None:
    bibliography = read_bibliography(walking / "references.bib")
    assert not bibliography.faults
    records = {work.doi or work.title: work for work in evidence.works.values()}
    assert len(bibliography.works) == len(PRINTED)
    for work in bibliography.works:
        record = records.get(work.doi or work.title)
        assert record is not None, f"{work.title}: no such work in the evidence"
        assert (work.title, work.year, work.journal) == (record.title, record.year, record.journal)
        assert len(work.authors) == len(record.authors), f"{work.title}: authors differ from the evidence"
        assert work.volume == record.volume
        assert work.issue == record.issue
        assert work.doi == record.doi


def test_unconfirmed_fields_stay_out_of_the_bibliography(walking: Path, evidence: Evidence) -> None:
    text = (walking / "references.bib").read_text(encoding="utf-8")
    for work in evidence.works.values():
        key = work.iri.rsplit("/", 1)[-1]
        entry = re.search(rf"@article\{{{re.escape(key)},(.*?)\n\}}", text, re.DOTALL)
        if entry is None:
            continue
        for field in work.unconfirmed:
            assert field.value not in entry[1].split("doi")[0], (
                f"{key}: {field.field} was not seen in a source"
            )
