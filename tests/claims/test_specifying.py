"""Which findings of its sources a claim tells of, where it says more than its concepts do."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.alignment import content_words
from claims.audit import Checker
from claims.findings.recording import as_evidence
from claims.model import AuditReport
from claims.reading import read_text
from claims.specifying import alone_told, told_apart
from graph.evidence import Finding, Iri, Work

COFFEE = """@article{orr2020,
 author = {Orr, Pia and Vane, Tom}, title = {Kinds of coffee and mortality: a cohort study},
 journal = {Journal of Drinks}, year = {2020}, volume = {3}, pages = {10--19},
 abstract = {METHODS: We followed 40 000 adults in a cohort for 10 years. RESULTS: Mortality was lower with
 every kind of coffee: decaffeinated (HR 0.86, 95% CI 0.81-0.91); ground (HR 0.73, 95% CI 0.69-0.78); and
 instant coffee (HR 0.89, 95% CI 0.86-0.93).}
}
@article{dahl2021,
 author = {Dahl, Una and Berg, Ole}, title = {Vitamin D and falls: a randomised trial},
 journal = {Journal of Balance}, year = {2021}, volume = {4}, pages = {1--9},
 abstract = {METHODS: We randomly assigned 900 adults to vitamin D or placebo. RESULTS: The relative risk of
 falls was 0.70 (95% CI 0.60 to 0.82) in women and 0.88 (95% CI 0.79 to 0.98) in men.}
}
"""


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    refs: Path = tmp_path_factory.mktemp("refs") / "refs.bib"
    refs.write_text(COFFEE, encoding="utf-8")
    return Checker.of(refs=[refs])


def audited(checker: Checker, sentence: str) -> AuditReport:
    return checker.check(read_text(f"# Drinks and pills\n\n{sentence}\n"))


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("Instant coffee went with a 27 % lower mortality (Orr and Vane, 2020).", "27 %"),
        ("Decaf went with a 27 % lower mortality (Orr and Vane, 2020).", "27 %"),
        ("Ground coffee went with a 27 % lower mortality (Orr and Vane, 2020).", None),
        ("Instant coffee went with an 11 % lower mortality (Orr and Vane, 2020).", None),
        ("Coffee went with a 27 % lower mortality (Orr and Vane, 2020).", None),
    ],
)
def test_a_number_of_another_kind_in_the_same_sentence(
    checker: Checker, sentence: str, wrong: str | None
) -> None:
    said = [one for one in audited(checker, sentence).diagnostics if one.code == "N101"]
    assert [wrong in one.message for one in said] == ([True] if wrong else [])
    if wrong:
        assert "“ground”" in said[0].message
        assert len({pointer.iri for pointer in said[0].evidence if "finding" in pointer.iri}) == 2


def test_what_names_each_of_several_estimates_is_its_label() -> None:
    _, found = as_evidence(
        Work(
            Iri("https://example.org/id/work/x"),
            abstract="Pain was lower with heat (OR 0.80; 0.70-0.91), cold packs (OR 0.85; 0.75-0.96) and "
            "rest (OR 0.99; 0.90-1.09).",
        )
    )
    assert [one.label for one in found] == ["heat", "cold packs", "rest"]


def test_told_apart_needs_words_of_its_own_on_both_sides() -> None:
    quote = "HR 0.9 for green tea and 0.8 for black tea"
    green, black, plain = (
        Finding(Iri(f"urn:{label}"), label=label, quote=quote) for label in ("green tea", "black tea", "tea")
    )
    mine = content_words("Green tea lowers it.")
    assert told_apart(black, green, mine)
    assert not told_apart(green, black, mine)
    assert not told_apart(plain, green, mine)
    assert not told_apart(black, green, content_words("Tea lowers it."))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Advice alone did as well.", True),
        ("Half were coached; the rest were left alone.", False),
        ("Widowers living alone slept worse.", False),
    ],
)
def test_who_is_left_alone_was_given_nothing_alone(text: str, told: bool) -> None:
    assert (alone_told(text) is not None) is told
