# ruff: noqa: E501 - articles as they are written
"""Lines of sources below what they carry, sheets of claims, authors without a year, Org mode, notes of lawyers."""

from __future__ import annotations

import pytest

from claims import citations, references, sentences
from claims.audit import Checker
from claims.model import AuditReport, Document
from claims.reading import read_text
from claims.references.verifying import same_pages
from claims.sentence.inheriting import by_sentence
from graph.errors import ClaimspineError

ROE = "Roe A, Poe B. Invented tea and sleep. J Fict Sleep. 2021;14(2):33-9"
LAMB = "Lamb E, Shah F. Invented milk and sleep. J Fict Sleep. 2020;13(1):3-9"
LIST = f"\n\n## References\n\n- {ROE}.\n- {LAMB}.\n"


def cited(document: Document) -> list[tuple[int, ...]]:
    return [one.references for one in citations.find(document, references.find(document))]


def carried(document: Document) -> dict[str, tuple[int, ...]]:
    """What each sentence without citations of its own takes over."""
    split = sentences.split(document)
    found = by_sentence(split, citations.find(document, references.find(document)))
    return {
        one.text: tuple(number for citation in taken for number in citation.references)
        for one, (_, taken) in zip(split, found, strict=True)
        if not one.is_lead
    }


def checked(text: str, media_type: str = "text/markdown") -> AuditReport:
    return Checker.of().check(read_text(text, media_type))


def test_a_line_of_sources_carries_the_paragraphs_above_it_up_to_a_heading() -> None:
    text = (
        "# Drinks\n\n## Tea\n\nTea lengthens sleep.\n\nIt also shortens the time to fall asleep.\n\n*Source: Roe and Poe, 2021*\n\n"
        f"## Milk\n\nMilk shortens sleep.\n\nSources: [Lamb 2020](https://doi.org/10.5555/milk); Roe 2021\n\n## Water\n\nWater lowers thirst.{LIST}"
    )
    taken = carried(read_text(text))
    assert taken["Tea lengthens sleep."] == taken["It also shortens the time to fall asleep."] == (1,)
    assert taken["Milk shortens sleep."] == (2, 1)
    assert taken["Water lowers thirst."] == ()


def test_a_line_that_says_more_than_its_sources_carries_nothing_above() -> None:
    text = f"# Tea\n\nTea lengthens sleep.\n\nEvidence: one trial found that nothing changed (Roe and Poe, 2021){LIST}"
    assert carried(read_text(text))["Tea lengthens sleep."] == ()


def test_references_printed_in_place_cite() -> None:
    text = f"# Questions\n\n## Tea?\n\nTea lengthens sleep.\n\n*Sources: {ROE}; {LAMB}*\n\n## Milk?\n\nMilk shortens sleep.\n\nSource: {LAMB}.\n\n## Me?\n\nAsk us: 12 High Street.\n"
    document = read_text(text)
    assert len(references.find(document)) == 3
    taken = carried(document)
    assert taken["Tea lengthens sleep."] == (1, 2)
    assert taken["Milk shortens sleep."] == (3,)


def test_remarks_below_notes_are_no_entries() -> None:
    text = f"Tea\n\nNotes:\n\nSay hello.\n\n• Tea lengthened sleep by 4 % (Roe 2021)\n• Milk shortened it (Lamb 2020)\n\nReferences\n\n{ROE}.\n\n{LAMB}.\n"
    document = read_text(text, "text/plain")
    assert [one.fields.title for one in references.find(document)] == [
        "Invented tea and sleep",
        "Invented milk and sleep",
    ]
    assert cited(document) == [(1,), (2,)]


def test_an_address_within_that_of_a_list_of_readers() -> None:
    for inside in (
        "https%3A%2F%2Fdoi.org%2F10.5555%2Ftea.1",
        "https%3A%2F%2Fjournal.example%2Fdoi%2F10.5555%2Ftea.1",
    ):
        text = f"<html><body><p>Tea helps (<a href='https://click.example/f?u={inside}&amp;s=1'>a trial</a>).</p></body></html>"
        assert [one.fields.doi for one in references.find(read_text(text, "text/html"))] == ["10.5555/tea.1"]


def test_thirteen_digits_are_no_pubmed_id() -> None:
    assert references.find(read_text("# Tea\n\nTea helps (PMID: 9780000000001).\n")) == ()


def test_authors_without_a_year() -> None:
    text = (
        "# Tea\n\nTea lengthened sleep (Roe and Poe 34). As Lamb and Shah report, milk did not (6).\n\n"
        '## Works Cited\n\nLamb, Eva, and Fay Shah. "Invented Milk and Sleep." Fictional Sleep, vol. 13, no. 1, 2020, pp. 3-9.\n\n'
        'Roe, Ann, and Bo Poe. "Invented Tea and Sleep." Fictional Sleep, vol. 14, no. 2, 2021, pp. 33-39.\n\n'
    )
    assert cited(read_text(text)) == [(2,), (1,)]


def test_authors_without_a_year_are_words_where_the_article_cites_otherwise() -> None:
    text = f"# Tea\n\nTea lengthened sleep (Roe & Poe, 2021). Lamb and Shah live here.{LIST}"
    assert cited(read_text(text)) == [(1,)]


def test_notes_of_british_lawyers() -> None:
    text = (
        "TEA AT LAW\n\nTea lengthened sleep.1 The gain was large.2 Milk did not.3 The gain held.4\n\n"
        "1 Ann Roe and Bo Poe, 'Invented Tea and Sleep' (2021) 14(2) Fictional Sleep 33, 35.\n2 Ibid 36.\n"
        "3 Eva Lamb, 'Invented Milk and Sleep' (2020) 13(1) New Fictional Journal of Sleep 3.\n4 Roe and Poe (n 1) 38.\n"
    )
    document = read_text(text, "text/plain")
    found = [one.fields for one in references.find(document)]
    assert [(one.journal, one.volume, one.pages) for one in found] == [
        ("Fictional Sleep", "14", "33"),
        ("New Fictional Journal of Sleep", "13", "3"),
    ]
    assert cited(document) == [(1,), (1,), (2,), (1,)]


def test_sheets_of_claims() -> None:
    tabs = "id\tclaim\tsource\tlink\n1\tTea lengthens sleep in adults\tRoe 2021\t10.5555/tea.1\n2\tMilk shortens sleep in adults\t\tPMID: 99000001\n"
    document = read_text(tabs, "text/plain")
    assert [block.kind for block in document.blocks] == ["table", "table"]
    assert [one.fields.doi or one.fields.pmid for one in references.find(document)] == [
        "10.5555/tea.1",
        "99000001",
    ]
    commas = 'id,claim,source\n1,"Tea, ""green"" or black, lengthens sleep",Roe 2021\n2,Milk shortens sleep in adults,Lamb 2020\n'
    document = read_text(commas, "text/plain")
    assert document.blocks[0].text == '1 | Tea, "green" or black, lengthens sleep | Roe 2021'
    block = document.blocks[0]
    assert all(
        commas[at] == sign for at, sign in zip(block.offsets, block.text, strict=False) if sign.isalnum()
    )


def test_a_bibliography_as_a_sheet_is_no_article(tmp_path) -> None:
    from claims.reading import read_article

    path = tmp_path / "works.csv"
    path.write_text(
        "Title,Year,DOI\nInvented tea and the sleep of adults,2021,10.5555/t\nInvented milk and the sleep of adults,2020,10.5555/m\n"
    )
    with pytest.raises(ClaimspineError, match="a table"):
        read_article(path)


def test_org_mode() -> None:
    text = (
        "#+TITLE: Drinks\n#+AUTHOR: Tea helps Ann\n\n* DONE Tea :drinks:\n  CLOSED: [2024-03-03 Sun]\n  :PROPERTIES:\n  :ID: tea-helps\n  :END:\n"
        "  Tea /always/ lengthens sleep [fn:roe]. A [[https://doi.org/10.5555/milk][trial]] of milk did not.\n"
        "- Water helps [fn::See Loos C. Invented water. J Fict Sleep. 2019;12(1):1-9.]\n#+begin_comment\nTea cures colds.\n#+end_comment\n"
        f"# Tea cures colds.\n\n* Footnotes\n[fn:roe] {ROE}.\n"
    )
    document = read_text(text)
    shown = [block.text for block in document.blocks]
    assert shown[:2] == ["Drinks", "Tea"]
    assert not any(word in " ".join(shown) for word in ("cures", "CLOSED", "Ann", "ID"))
    assert "Tea always lengthens sleep [^roe]. A trial of milk did not." in shown
    found = {one.label: one.index for one in references.find(document)}
    assert len(found) == 3
    assert cited(document) == [(found["^roe"],), (found["10.5555/milk"],), (2 - (found["^roe"] == 2),)]
    for block in document.blocks:
        assert all(
            text[at] == sign
            for at, sign in zip(block.offsets, block.text, strict=False)
            if sign.isalnum() and "^" not in block.text
        )


def test_raised_letters_right_behind_a_word() -> None:
    text = f"<html><body><h1>Tea</h1><p>Tea lengthens sleep<sup>a</sup> and milk<sup>a,b</sup> does not.</p><h2>References</h2><p>a. {ROE}.</p><p>b. {LAMB}.</p></body></html>"
    assert cited(read_text(text, "text/html")) == [(1,), (1, 2)]


def test_a_mark_without_its_note_is_said() -> None:
    report = checked(
        f"# Tea\n\nTea lengthens sleep.[^roe] Milk does not.[^lost] Letters are [^a-z]+.\n\n[^roe]: {ROE}.\n"
    )
    assert [one.message for one in report.diagnostics if one.code == "S202"] == ["[^lost] leads to no note"]


def test_pages_online_only_and_other_alphabets() -> None:
    from claims.journals import same_journal
    from claims.names import same_family

    assert same_pages("88–97", "88-97.e4")
    assert not same_pages("88-97.e3", "88-97.e4")
    assert not same_pages("88-96", "88-97.e4")
    assert same_journal("The Cochrane Library", "Cochrane Database of Systematic Reviews")
    assert same_family("Ščerbakov", "Shcherbakov")
    assert not same_family("Ščerbakov", "Sherbakova")
