"""Evidence and vocabulary of another house, on a subject that the shipped vocabulary hardly has."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.audit import Checker
from claims.model import AuditReport, Severity
from claims.reading import read_text

FOLDER = Path(__file__).parents[1] / "data" / "short_sight"

REFERENCES = """
## References

1. Quillon A, Barstow P, Ndiaye M. More lessons in the open air and new myopia in primary schools: the invented LICHTHOF cluster trial. Imaginary Ophthalmology. 2021;12(2):101-110. doi:10.5555/io.2021.0101
2. Tamsin O, Reyburn K, Sato H. Atropine 0.05 % and 0.01 % against placebo drops in short-sighted children: the imagined NOCTURNE randomised trial. Review of Imaginary Medicine. 2023;6(1):14-27. doi:10.5555/rim.2023.0014
3. Hollander J, Petrossian L, Mbeki T, Voss R. Defocus lenses with an eye-care lesson for parents against ordinary glasses: a made-up randomised trial. Imaginary Ophthalmology. 2024;15(4):220-231. doi:10.5555/io.2024.0220
"""  # noqa: E501


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker.of(evidence=[FOLDER])


def loud(checker: Checker, sentence: str) -> set[str]:
    report: AuditReport = checker.check(read_text(f"# Short sight\n\n{sentence}\n{REFERENCES}"))
    return {one.code for one in report.diagnostics if one.severity is not Severity.INFO}


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        # of the two strengths tested, the one that did nothing
        ("Atropine drops of 0.01 % slow the worsening of short sight [2].", "E102"),
        ("In children given 0.01 % atropine, the progression of myopia was slower [2].", "E102"),
        # how long it was done, and how long ago, are times too
        ("Six years of 0.05 % atropine slow the progression of myopia [2].", "P105"),
        (
            "A decade of drops later, or even 10 years on, atropine slows the progression of myopia [2].",
            "P105",
        ),
        # growth of the eye stands for it; "myopia progression" is myopia though no file says so
        ("With a lesson for parents, defocus lenses stop short sight getting worse [3].", "P102"),
        # rated moderate by the trial that is cited
        ("Time outdoors prevents the onset of myopia [1].", "E106"),
        # nothing else given
        ("With nothing else added, defocus lenses slowed the lengthening of the eye by 0.34 mm [3].", "P104"),
        ("Defocus glasses by themselves led to 0.34 mm less growth of the eyeball [3].", "P104"),
    ],
)
def test_wrong(checker: Checker, sentence: str, code: str) -> None:
    assert code in loud(checker, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Atropine drops of 0.05 % slow the worsening of short sight over a year [2].",
        "Drops with 0.01 % atropine did not clearly slow the progression of myopia [2].",
        # "myopia", of a source that measured "new myopia"
        "Fewer children who spent more time outdoors became short-sighted: 30.4 % against 39.5 % [1].",
        "Time outdoors probably prevents the onset of myopia [1].",
        "Time outdoors lowered the risk of new myopia by 23 % (Quillon 2021) [1].",
        # less of what has growth in its name
        "With a lesson for parents, defocus lenses led to 0.34 mm less growth of the eyeball [3].",
        "Together with a lesson for parents, defocus lenses slowed the lengthening of the eye [3].",
    ],
)
def test_right(checker: Checker, sentence: str) -> None:
    assert not loud(checker, sentence) & {"E102", "E106", "N103", "P102", "P104", "P105", "N101"}
