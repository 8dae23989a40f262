"""What the rules on sources say of whole articles, and above all what they do not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.audit import Checker, audit
from claims.model import AuditReport, Severity
from claims.reading import read_text

BIBLIOGRAPHY = """
@article{tanaka2018,
  author = {Tanaka, Mio and Oduya, Grace and de Vries, Hendrik},
  title = {Afternoon naps and memory in older adults: a randomised trial},
  journal = {Journal of Sleep Research}, year = {2018}, volume = {27}, number = {4}, pages = {512--520},
  doi = {10.5555/jsr.2018.512}
}
@article{keller2020,
  author = {Keller, Anna and M{\\"u}ller, Jan},
  title = {Oat fibre and LDL cholesterol in adults with raised cholesterol},
  journal = {American Journal of Clinical Nutrition}, year = {2020}, volume = {111}, number = {2},
  pages = {301--310}
}
"""
NAPS = (
    "Tanaka, M., Oduya, G., & de Vries, H. (2018). Afternoon naps and memory in older adults: "
    "a randomised trial. Journal of Sleep Research, 27(4), 512–520."
)
OATS = (
    "Keller A, Müller J. Oat fibre and LDL cholesterol in adults with raised cholesterol. "
    "Am J Clin Nutr. 2020;111(2):301-10."
)


@pytest.fixture
def check(tmp_path: Path):  # type: ignore[no-untyped-def]
    def run(article: str, refs: str = BIBLIOGRAPHY, suffix: str = ".md") -> AuditReport:
        path = tmp_path / f"article{suffix}"
        path.write_text(article, encoding="utf-8")
        bibliography = tmp_path / "refs.bib"
        bibliography.write_text(refs, encoding="utf-8")
        return audit(path, refs=[bibliography] if refs else [], select=["S"])

    return run


def codes(report: AuditReport, least: Severity = Severity.WARNING) -> list[str]:
    loud = {Severity.ERROR} if least is Severity.ERROR else {Severity.ERROR, Severity.WARNING}
    return sorted({one.code for one in report.diagnostics if one.severity in loud or least is Severity.INFO})


def test_a_clean_article_is_left_alone(check) -> None:  # type: ignore[no-untyped-def]
    article = (
        "# Food and rest\n\nNaps helped memory in older adults (Tanaka et al., 2018). "
        "Oats helped too (Keller & Müller, 2020).\n\n"
        f"## References\n\n- {NAPS}\n- {OATS}\n"
    )
    report = check(article)
    assert codes(report) == []
    assert [one.status.value for one in report.references] == ["verified", "verified"]


def test_pandoc_keys_are_looked_up_in_the_bibliography(check) -> None:  # type: ignore[no-untyped-def]
    report = check(
        "# Rest\n\nNaps helped memory in older adults [@tanaka2018]. Others disagree [@nobody1999].\n"
    )
    assert [one.status.value for one in report.references] == ["verified", "not-found"]
    assert codes(report) == []
    assert codes(report, Severity.INFO) == ["S101"]


def test_author_and_year_without_a_list_are_looked_up_too(check) -> None:  # type: ignore[no-untyped-def]
    report = check("# Rest\n\nNaps helped memory in older adults (Tanaka et al., 2018).\n")
    assert [one.status.value for one in report.references] == ["verified"]


def test_without_a_library_nothing_is_missing(check) -> None:  # type: ignore[no-untyped-def]
    report = check(f"Naps helped (Tanaka et al., 2018).\n\n## References\n\n- {NAPS}\n", refs="")
    assert codes(report, Severity.INFO) == []


def test_a_work_that_the_library_lacks_is_only_noted(check) -> None:  # type: ignore[no-untyped-def]
    other = "Ward, B. (2017). Walnuts and blood lipids. European Journal of Nutrition, 56(1), 99–104."
    report = check(f"Walnuts helped (Ward, 2017).\n\n## References\n\n- {other}\n")
    assert [(one.code, one.severity) for one in report.diagnostics] == [("S101", Severity.INFO)]


def test_year_fix_is_offered_where_the_year_stands(check) -> None:  # type: ignore[no-untyped-def]
    article = f"Oats helped [1].\n\n## References\n\n1. {OATS.replace('2020;', '2016;')}\n"
    (found,) = [one for one in check(article).diagnostics if one.code == "S104"]
    assert article[found.span.start : found.span.end] == "2016"
    assert found.fix is not None
    assert found.fix.text == "2020"


def test_seed_article_has_four_invented_references_and_one_true_one() -> None:
    root = Path(__file__).parents[2]
    article = root / "examples" / "walking-spine" / "article.md"
    report = audit(article, evidence=[root / "examples" / "walking-spine" / "evidence"], select=["S"])
    by_label = {one.reference.label.split()[0]: one for one in report.references}
    said = {one.reference for one in report.diagnostics if one.reference is not None}
    led_to = {
        "Halliday": "pocovi2024walkback",
        "Hirano": "frigo2025spinelength",
        "Kim": "zhang2024opensim",
        "Shang": "haddadj2025walking",
    }
    for label, right in led_to.items():
        one = by_label[label]
        assert one.status.value == "mismatch"
        assert one.work is not None
        assert one.work.iri.endswith(right)
        assert one.reference.index in said
    true = by_label["MacKay-Lyons"]
    assert true.status.value == "verified"
    assert all(row.agrees for row in true.fields)
    assert true.reference.index not in said


def test_a_pmcid_of_another_work_is_said(tmp_path: Path) -> None:
    library = tmp_path / "library.bib"
    library.write_text(
        "@article{a, title={Tea and the sleep of nurses: a randomised trial}, "
        "author={Lee, Ann and Roy, Bob}, "
        "journal={Sleep Medicine}, year={2019}, volume={42}, pages={1-9}, pmcid={PMC6543210}}\n"
        "@article{b, title={Zinc for colds in children}, author={Able, Carl}, journal={Lancet}, year={2015}, "
        "volume={3}, pages={4-7}, pmcid={PMC1111111}}\n"
    )
    checker = Checker.of(refs=[library])
    for number, said in (("PMC6543210", []), ("PMC1111111", ["S107"])):
        entry = "Lee A, Roy B. Tea and the sleep of nurses: a randomised trial. Sleep Med. 2019;42:1-9."
        report = checker.check(
            read_text(f"Tea helps nurses sleep (Lee & Roy, 2019).\n\n## References\n\n{entry} {number}.\n")
        )
        assert [one.code for one in report.diagnostics if one.code.startswith("S1")] == said


@pytest.mark.parametrize(
    "entry",
    [
        "Tanaka M, Oduya G, Vries H de. Afternoon naps and memory in older adults: a randomised trial. "
        "J Sleep Res 2018;27:512-20.",
        "Tanaka, M., Oduya, G., & Vries, H. de. (2018). Afternoon naps and memory in older adults. "
        "Journal of Sleep Research, 27(4), 512–520.",
    ],
)
def test_harmless_variation_is_silent(check, entry: str) -> None:  # type: ignore[no-untyped-def]
    assert codes(check(f"Naps help memory [1].\n\n## References\n\n1. {entry}\n")) == []


def test_an_author_whom_the_record_lacks_is_said(check) -> None:  # type: ignore[no-untyped-def]
    entry = OATS.replace("Müller J.", "Müller J, Wren K.")
    assert codes(check(f"Oats help [1].\n\n## References\n\n1. {entry}\n")) == ["S102"]
    assert codes(check(f"Oats help [1].\n\n## References\n\n1. {OATS}\n")) == []


def test_one_fault_is_said_once(check) -> None:  # type: ignore[no-untyped-def]
    """A DOI without its slash is impossible, and the record's is offered; nothing leads elsewhere."""
    entry = f"{NAPS} https://doi.org/10.5555.jsr.2018.512"
    report = check(f"Naps help memory [1].\n\n## References\n\n1. {entry}\n")
    (said,) = [one for one in report.diagnostics if one.severity is not Severity.INFO]
    assert (said.code, said.fix and said.fix.text) == ("S108", "10.5555/jsr.2018.512")


def test_what_is_printed_as_a_doi_and_is_none(check) -> None:  # type: ignore[no-untyped-def]
    text = "Naps help memory [1].\n\n## References\n\n1. {}\n"
    assert codes(check(text.format(f"{NAPS} https://doi.org/0305100418666512"))) == ["S108"]
    assert codes(check(text.format(f"{NAPS} https://doi.org/gfz4kt"))) == [], "a short DOI"


def test_the_home_page_of_a_journal_identifies_nothing(check) -> None:  # type: ignore[no-untyped-def]
    text = "Naps help memory [1].\n\n## References\n\n1. {}\n"
    for address, said in (("https://www.sleep.example/", True), ("https://www.sleep.example/27/512", False)):
        report = check(text.format(f"{NAPS} {address}"))
        assert any(one.code == "S109" for one in report.diagnostics) is said


def test_one_work_in_two_styles_stands_twice_and_is_no_ambiguity(check) -> None:  # type: ignore[no-untyped-def]
    short = "Tanaka, M., et al. (2018). J Sleep Res, 27, 512–20. https://doi.org/10.5555/jsr.2018.512"
    report = check(f"Naps help memory (Tanaka et al., 2018).\n\n## References\n\n{NAPS}\n\n{short}\n")
    assert codes(report) == ["S110"]


def test_two_names_mean_the_entry_of_two_authors(check) -> None:  # type: ignore[no-untyped-def]
    third = "Keller, A., Müller, J., & Wren, K. (2020). Rye and sleep. Bread Notes, 3, 1–9."
    two = "Keller, A., & Müller, J. (2020). Barley and sleep. Bread Notes, 4, 11–19."
    cited = "Rye helps sleep {}.\n\n## References\n\n" + f"{two}\n\n{third}\n"
    assert "S203" not in codes(check(cited.format("(Keller & Müller, 2020)"), ""))
    assert "S203" in codes(check(cited.format("(Keller, 2020)"), ""))


ABSTRACT = (
    "Naps of half an hour helped memory a little. "
    "We conclude that napping may be considered for older adults; "
    "larger trials are needed, and sleep at night was unchanged."
)
WITH_ABSTRACT = BIBLIOGRAPHY.replace("doi = {10.5555/jsr", f"abstract = {{{ABSTRACT}}}, doi = {{10.5555/jsr")


@pytest.mark.parametrize(
    ("article", "wrong"),
    [
        ("They write that “[n]apping may be considered for older adults” [1].", False),
        ("They write: “napping may be considered … and sleep at night was unchanged” [1].", False),
        ("They write: “napping may be considered [in rest homes] for older adults” [1].", False),
        ("They write: ‘napping may be considered for older adults’ [1].", False),
        ("They write: ‘napping should be prescribed for older adults’ [1].", True),
        ("They write: «napping must be considered for all older adults» [1].", True),
        ("They write: “sleep at night was unchanged … napping may be considered” [1].", True),
        ("> Naps of half an hour helped memory very much. [1]", True),
        ("> Naps of half an hour helped memory a little. [1]", False),
        ("> Key point: older people remember more after a short rest in the afternoon. [1]", False),
    ],
)
def test_quotations_in_their_many_forms(check, article: str, wrong: bool) -> None:  # type: ignore[no-untyped-def]
    report = check(f"# Naps\n\n{article}\n\n## References\n\n1. {NAPS}\n", WITH_ABSTRACT)
    assert any(one.code == "S206" for one in report.diagnostics) is wrong


def test_a_quotation_in_html(check) -> None:  # type: ignore[no-untyped-def]
    page = "<h1>Naps</h1><p>They say <q>{}</q> [1].</p><h2>References</h2><ol><li>" + NAPS + "</li></ol>"
    for words, wrong in (
        ("napping may be <em>considered</em> for older adults", False),
        ("napping should be <em>prescribed</em> for older adults", True),
    ):
        report = check(page.format(words), WITH_ABSTRACT, ".html")
        assert any(one.code == "S206" for one in report.diagnostics) is wrong


@pytest.mark.parametrize(
    ("title", "abstract", "wrong"),
    [
        ("Oats and the heart: a narrative review", "", True),
        ("Oats and the heart", "Several trials are told of, and advice is given.", True),
        ("Oats and the heart", "We searched four databases and pooled 12 trials.", False),
        ("Oats and the heart: a systematic review", "", False),
    ],
)
def test_what_only_retells(  # type: ignore[no-untyped-def]
    check, title: str, abstract: str, wrong: bool
) -> None:
    record = (
        f"PMID- 99000001\nTI  - {title}.\nDP  - 2020\nJT  - Bread Notes\nVI  - 3\nPG  - 1-9\n"
        f"FAU - Keller, Anna\nPT  - Journal Article\nPT  - Review\n"
        + (f"AB  - {abstract}\n" if abstract else "")
    )
    article = (
        "# Oats\n\nIn a trial of 80 men, oats lowered LDL cholesterol by 7 mg/dl [1].\n\n## References\n\n"
        f"1. Keller A. {title}. Bread Notes. 2020;3:1-9.\n"
    )
    report = check(article, record)
    assert any(one.code == "S205" for one in report.diagnostics) is wrong
