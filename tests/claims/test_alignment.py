"""Claims and findings that tell the same result, by their numbers and their words."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from claims.alignment import NONE, NUMBERS, WORDS, alignment, content_words
from claims.audit import Checker
from claims.model import LinkedClaim, Severity
from claims.reading import read_text
from graph.evidence import EffectEstimate, Finding, GroupValue, Iri

FARM = """@article{ostby2020,
  author = {Ostby, M. and Bianchi, L.}, title = {Growing up on a zorble and asthma at school age},
  journal = {Fictional Epidemiology}, year = {2020}, volume = {33}, pages = {577--585},
  doi = {10.5555/fe.2020.0577},
  abstract = {We surveyed 8,023 schoolchildren. Growing up on a zorble was inversely associated with asthma
  (odds ratio 0.63, 95% CI 0.48 to 0.83).}
}"""
LIST = (
    "\n\n## References\n\n1. Ostby M, Bianchi L. Growing up on a zorble and asthma at school age. "
    "Fictional Epidemiology. 2020;33:577-585. doi:10.5555/fe.2020.0577\n"
)


def linked(text: str, tmp_path: Path) -> tuple[LinkedClaim, list[str]]:
    path = tmp_path / "library.bib"
    path.write_text(FARM, encoding="utf-8")
    report = Checker.of(refs=[path]).check(read_text(f"# Zorbles\n\n{text} [1].{LIST}", "text/markdown"))
    said = [one.code for one in report.diagnostics if one.severity is not Severity.INFO]
    return next(one for one in report.claims if one.claim.kind == "claim"), said


def finding(**slots: object) -> Finding:
    return Finding(Iri("urn:f"), **slots)  # type: ignore[arg-type]


def test_common_words_of_reports_say_nothing() -> None:
    assert content_words("The trial showed a significantly lower risk in the treatment group") == frozenset()
    assert content_words("Zorbles and mites") == content_words("zorble mite")


def test_an_exposure_nobody_knows_is_met_by_its_numbers(tmp_path: Path) -> None:
    one, said = linked("Children who grow up on a zorble are less likely to have asthma (OR 0.63)", tmp_path)
    assert one.findings[0].aligned == NUMBERS
    assert one.findings[0].direction == "supports"
    assert said == []


def test_numbers_printed_with_fewer_decimals_are_the_same(tmp_path: Path) -> None:
    one, _ = linked(
        "Children on a zorble scored 26.5 points lower for asthma (95% CI 10.8 to 42.2)", tmp_path
    )
    low, high = Decimal("-42.16"), Decimal("-10.77")
    effect = EffectEstimate("mean-difference", Decimal("-26.47"), low, high)
    assert alignment(one.claim, finding(effect=effect), None) == NUMBERS
    other = EffectEstimate("mean-difference", Decimal("-26.57"), Decimal("-42.34"), high)
    assert alignment(one.claim, finding(effect=other), None) == NONE


def test_a_change_printed_for_the_ratio_is_the_same(tmp_path: Path) -> None:
    one, _ = linked("Children on a zorble have a 37% lower risk of asthma", tmp_path)
    assert (
        alignment(one.claim, finding(effect=EffectEstimate("odds-ratio", Decimal("0.63"))), None) == NUMBERS
    )
    assert alignment(one.claim, finding(effect=EffectEstimate("odds-ratio", Decimal("1.37"))), None) == NONE
    round_ten, _ = linked("Children on a zorble have a 40% lower risk of asthma", tmp_path)
    odds = EffectEstimate("odds-ratio", Decimal("0.60"))
    assert alignment(round_ten.claim, finding(effect=odds), None) == NONE


def test_its_direction_and_its_outcome_are_held_against_the_claim(tmp_path: Path) -> None:
    _, turned = linked("Children who grow up on a zorble are more likely to have asthma (OR 0.63)", tmp_path)
    assert "N103" in turned
    _, other = linked("Children who grow up on a zorble are less likely to have diabetes (OR 0.63)", tmp_path)
    assert "P102" in other


def test_half_a_name_in_the_abstract_names_nothing(tmp_path: Path) -> None:
    library = tmp_path / "library.bib"
    library.write_text(
        "@article{dufre2018, author={Dufre, L. and Kamar, I.}, year={2018}, doi={10.5555/fe.2018.0340},"
        " title={Coffee and breast cancer: a cohort}, abstract={We followed 96,400 women for 9 years. "
        "Coffee was"
        " associated with a higher risk of breast cancer (hazard ratio 1.68, 95% CI 1.51 to 1.87).}}",
        encoding="utf-8",
    )
    checker = Checker.of(refs=[library])
    codes = {}
    for cancer in ("breast cancer", "lung cancer"):
        said = f"Coffee was associated with a higher risk of {cancer} in women (HR 1.68, 95% CI 1.51 to 1.87)"
        printed = "Dufre L, Kamar I. (2018). Coffee and breast cancer: a cohort. doi:10.5555/fe.2018.0340"
        text = f"# Coffee\n\n{said} (Dufre & Kamar, 2018).\n\n# References\n\n{printed}\n"
        found = checker.check(read_text(text, "text/markdown")).diagnostics
        codes[cancer] = [one.code for one in found if one.severity is not Severity.INFO]
    assert codes == {"breast cancer": [], "lung cancer": ["P102"]}


def test_a_ratio_that_is_not_the_findings_is_met_by_words(tmp_path: Path) -> None:
    one, said = linked("Children who grow up on a zorble are less likely to have asthma (OR 0.33)", tmp_path)
    assert one.findings[0].aligned == WORDS
    assert "N101" in said


def test_small_whole_numbers_agree_by_chance(tmp_path: Path) -> None:
    one, _ = linked("Children on a zorble are 5 times as likely to have asthma, 5% of them", tmp_path)
    few = finding(groups=(GroupValue("a", "percent", Decimal(5)), GroupValue("b", "percent", Decimal(7))))
    assert alignment(one.claim, few, None) == NONE
    effect = EffectEstimate("mean-difference", Decimal(5))
    assert alignment(one.claim, finding(effect=effect), None) == NONE


def test_a_topic_sentence_that_turns_its_paragraph_around(tmp_path: Path) -> None:
    library = tmp_path / "library.bib"
    library.write_text(
        "@article{aldana2018, author={Aldana, F. and Birch, E.}, year={2018}, doi={10.5555/rim.2018.0520},"
        " title={Ginger for nausea in early pregnancy}, abstract={Eleven randomised trials were "
        "pooled. Ginger"
        " relieved nausea more than placebo (mean difference 1.2 points, 95% CI 0.5 to 1.9).}}",
        encoding="utf-8",
    )
    printed = "Aldana F, Birch E. (2018). Ginger for nausea in early pregnancy. doi:10.5555/rim.2018.0520"
    checker = Checker.of(refs=[library])

    def said(first: str) -> list[str]:
        told = f"{first} Trials found it 1.2 points milder than with placebo (Aldana & Birch, 2018)."
        text = f"# Ginger\n\n{told}\n\n# References\n\n{printed}\n"
        found = checker.check(read_text(text, "text/markdown")).diagnostics
        return [one.code for one in found if one.severity is not Severity.INFO and one.claim == "claim-1"]

    assert said("Ginger relieves nausea in early pregnancy.") == []
    assert said("Ginger worsens nausea in early pregnancy.") == ["N103"]
    assert said("Ginger was long thought to worsen nausea in early pregnancy.") == []


def test_exercise_as_a_noun_is_no_order(tmp_path: Path) -> None:
    library = tmp_path / "library.bib"
    library.write_text(FARM, encoding="utf-8")
    checker = Checker.of(refs=[library])
    kinds = {}
    for sentence in (
        "Exercise during pregnancy lowers the odds of gestational diabetes by 36%",
        "Exercise probably eases the pain of osteoarthritis by 9%",
        "Exercise three times a week to lower your blood pressure",
    ):
        report = checker.check(read_text(f"# Moving\n\n{sentence} [1].{LIST}", "text/markdown"))
        (kinds[sentence],) = [one.claim.kind for one in report.claims if one.claim.kind != "lead"]
    assert list(kinds.values()) == ["claim", "claim", "recommendation"]
