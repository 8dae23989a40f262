"""Claims opposed by the result of an abstract that is nearest in words. Works and drugs are invented."""

from pathlib import Path

import pytest

from claims.audit import Checker
from claims.linking.opposing import opposed
from claims.linking.weighing import of_another
from claims.model import AuditReport, Severity
from claims.reading import read_text
from claims.sentence.differing import stretches
from claims.sentence.going import goings, sides

TITLE = "Zelatone or brannick tea for people with gravel lung"
ABSTRACT = " ".join(
    (
        "Background: Zelatone may act on quendrin. Methods: We randomly assigned 240 adults to zelatone or",
        "brannick tea. Results: Stair climbing was slower with zelatone than with tea (p=0.003). Coughing at",
        "night did not differ between the groups (p=0.61). Hoarseness was commoner in the tea group than in",
        "the zelatone group, and hiccups rose in both groups from baseline. Breast soreness was higher with",
        "zelatone (p=0.01), whereas corridor speed was alike. Although sneezing was less frequent with tea,",
        "the difference was not significant (p=0.20). Levels of IL-2 were higher with tea.",
    )
)
BIB = f"""@article{{moss2018, title={{{TITLE}}}, author={{Moss, Ada}},
 journal={{Fictional Medicine}}, year={{2018}}, volume={{3}}, pages={{1--9}}, abstract={{{ABSTRACT}}}}}"""


@pytest.mark.parametrize(
    ("text", "said", "told"),
    [
        ("Those on zelatone coughed significantly less at night.", "decreases", "no-difference"),
        ("At night the two groups coughed differently.", "changes", "no-difference"),
        ("People sneezed more often on zelatone.", "increases", "no-difference"),
        ("Zelatone bore no relation to how hoarse people were.", "no-difference", "increases"),
        ("It was the zelatone group that was hoarse more often.", "increases", "increases"),
        ("Hoarseness was rarer in the tea group.", "decreases", "increases"),
        ("The tea drinkers had higher corridor speed.", "increases", "no-difference"),
        ("Their interleukin-2 was lower.", "decreases", "increases"),
    ],
)
def test_a_claim_that_the_nearest_result_opposes(text: str, said: str, told: str) -> None:
    found = opposed(text, TITLE, ABSTRACT)
    assert found is not None
    assert (found.said, found.told) == (said, told)


@pytest.mark.parametrize(
    "text",
    [
        "Coughing at night was much the same in both groups.",
        "Hoarseness was commoner in the tea group.",
        "Those on zelatone were hoarse less often than those given tea.",
        "Sneezing did not differ significantly.",
        "Zelatone may make people cough less at night.",  # what may be is not opposed by what was not seen
        "Hiccups did not differ between zelatone and tea.",  # told within groups alone
        "Muscle soreness was lower with zelatone.",  # of another soreness
        "The trial took place in a seaside town.",
        "Their interleukin-9 was lower.",
        "Nobody coughed harder at night on zelatone than on tea.",
        "People coughed less at night, but not by a significant margin.",
    ],
)
def test_a_claim_that_nothing_opposes(text: str) -> None:
    assert opposed(text, TITLE, ABSTRACT) is None


def test_an_outcome_that_is_known_has_to_be_named() -> None:
    text = "Zelatone raised the hoarseness of those in the tea group."
    assert opposed(text, TITLE, ABSTRACT, outcome="stair climbing") is None


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Pain was lower, whereas sleep did not change.", ["some", "none"]),
        ("Pain was lower with A, but not significantly (p = 0.3).", ["none"]),
        ("Pain was lower with A (p=0.3).", ["none"]),
        ("The odds ratio for pain was 0.96 (95% CI 0.80 to 1.20).", ["none"]),
        ("Pain fell (OR 0.5, 95% CI 0.3 to 0.8; OR 0.9, 95% CI 0.7 to 1.2).", ["both"]),
        ("Zelatone is not noninferior to tea.", [None]),
        ("Drug-induced rash was seen in ten.", [None]),
        ("As many as 30% of them had it.", [None]),
        ("NO inhalation raised the pressure.", ["some"]),
        ("Cutting down lowered pressure compared with no change.", ["some"]),
        ("At least forty of them took part.", [None]),
        ("Pain was lower without affecting sleep.", ["some", "none"]),
        ("It is unlikely to affect sleep.", ["none"]),
    ],
)
def test_what_says_that_something_differed(text: str, kinds: list[str | None]) -> None:
    assert [one.kind for one in stretches(text)] == kinds


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("Pain was lower with A than with B.", [False]),
        ("They walked more slowly.", [False]),
        ("Urea fell, flow was higher and odour was less.", [False, True, False]),
        ("The fall in pain was seen at doses of 20 mg or more.", [False]),
        ("A smaller decrease was seen.", []),
        ("The difference was greater.", []),
        ("Savings were seen too, but to a lesser extent.", [False]),
        ("It improved sleep and lowered pain.", [False]),
    ],
)
def test_which_way_parts_go(text: str, ways: list[bool]) -> None:
    assert [one.up for one in goings(text)] == ways


def test_sides() -> None:
    assert sides("Use was lower with A than with B in older men.")[1].strip() == "with B"
    assert of_another("Tea cut breast cancer.", "Endometrial cancer rose.")


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    refs: Path = tmp_path_factory.mktemp("refs") / "refs.bib"
    refs.write_text(BIB, encoding="utf-8")
    return Checker.of(refs=[refs])


def audited(checker: Checker, sentence: str) -> AuditReport:
    listed = f"Moss A. (2018). {TITLE}. Fictional Medicine, 3, 1-9."
    return checker.check(read_text(f"{sentence}\n\n# References\n\n{listed}\n", "text/markdown"))


@pytest.mark.parametrize(
    ("sentence", "code", "words"),
    [
        ("Those on zelatone coughed significantly less at night (Moss, 2018).", "E102", "did not differ"),
        ("Hoarseness was rarer in the tea group (Moss, 2018).", "N103", "Hoarseness was commoner"),
    ],
)
def test_the_audit_warns_of_it(checker: Checker, sentence: str, code: str, words: str) -> None:
    report = audited(checker, sentence)
    (said,) = [one for one in report.diagnostics if one.code in ("E102", "N103")]
    assert (said.code, said.severity) == (code, Severity.WARNING)
    assert words in said.message
    assert any("tea" in at.quote or "night" in at.quote for at in said.evidence)


def test_a_cited_sentence_that_is_no_claim_is_held_against_it_too(checker: Checker) -> None:
    report = audited(checker, "It was the zelatone group that was hoarse more often (Moss, 2018).")
    assert not report.claims
    (said,) = [one for one in report.diagnostics if one.code in ("E102", "N103")]
    assert (said.code, said.severity, said.claim) == ("N103", Severity.WARNING, None)
    assert "around" in said.message
    assert any(at.quote.startswith("Hoarseness was commoner") for at in said.evidence)


def test_nothing_after_a_while_says_nothing_of_all_the_time(checker: Checker) -> None:
    report = audited(checker, "Zelatone made no difference to hoarseness after two weeks (Moss, 2018).")
    assert not [one for one in report.diagnostics if one.code in ("E102", "N103")]


def test_one_study_alone_is_asked(checker: Checker) -> None:
    report = audited(checker, "Zelatone alone made people hoarse more often (Moss, 2018).")
    assert not [one for one in report.diagnostics if one.code in ("E102", "N103")]
