"""Words of size where no estimate of the finding told can be held against them; doses of two arms."""

from __future__ import annotations

import pytest

from claims.audit import Checker
from claims.model import Severity
from claims.reading import read_text

LIBRARY = """@article{sand2019,
  author = {Sand, K. and Ruhl, T.},
  title = {Open windows and headaches in offices},
  journal = {Journal of Invented Medicine},
  year = {2019},
  abstract = {We followed 2100 office workers. Closed windows went with headaches (odds ratio 2.2, 95 % CI 1.6 to 5.4) and with sore eyes (odds ratio 1.7, 95 % CI 1.2 to 2.4).}
}
@article{falk2020,
  author = {Falk, O. and Berg, N.},
  title = {Two strengths of a lotion against itching},
  journal = {Journal of Invented Medicine},
  year = {2020},
  abstract = {We randomised 210 adults with itching to 20 mg or 80 mg of invented lotion a day. Itching did not differ between 80 mg and 20 mg.}
}
"""  # noqa: E501
REFERENCES = """
## References

Falk, O., & Berg, N. (2020). Two strengths of a lotion against itching. Journal of Invented Medicine.

Sand, K., & Ruhl, T. (2019). Open windows and headaches in offices. Journal of Invented Medicine.
"""


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    library = tmp_path_factory.mktemp("sizes") / "library.bib"
    library.write_text(LIBRARY, "utf-8")
    return Checker.of(refs=[library])


def loud(checker: Checker, sentence: str) -> set[str]:
    report = checker.check(read_text(f"# At work\n\n{sentence}\n{REFERENCES}"))
    return {one.code for one in report.diagnostics if one.severity is not Severity.INFO}


@pytest.mark.parametrize("word", ["ten times as likely", "nine times as likely"])
def test_nothing_that_the_source_prints_comes_near(checker: Checker, word: str) -> None:
    said = f"Those who kept the windows closed were {word} to have complaints (Sand & Ruhl, 2019)."
    assert "N102" in loud(checker, said)


@pytest.mark.parametrize("word", ["twice as likely", "more likely"])
def test_something_that_the_source_prints_comes_near(checker: Checker, word: str) -> None:
    said = f"Those who kept the windows closed were {word} to have complaints (Sand & Ruhl, 2019)."
    assert "N102" not in loud(checker, said)


@pytest.mark.parametrize(("dose", "wrong"), [("20 mg", False), ("60 mg", True), ("4 mg", True)])
def test_the_dose_of_those_compared_with(checker: Checker, dose: str, wrong: bool) -> None:
    said = f"In 210 adults 80 mg of lotion a day did not ease itching more than {dose} (Falk & Berg, 2020)."
    assert ("P103" in loud(checker, said)) is wrong
