# ruff: noqa: E501 - articles as they are written
"""Marks and links of many kinds lead to their entries: lists per section, notes that point back, other identifiers."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims import citations, references, sentences
from claims.audit import audit
from claims.model import Document
from claims.reading import read_text

ROE = "Roe A, Poe B. Invented tea and sleep. J Fict Sleep. 2021;14(2):33-9."
LAMB = "Lamb E, Shah F. Invented milk and sleep. J Fict Sleep. 2020;13(1):3-9."


def cited(document: Document) -> list[tuple[int, ...]]:
    return [one.references for one in citations.find(document, references.find(document))]


def test_marks_of_language_models() -> None:
    text = f"# Tea\n\nTea lengthened sleep by half an hour【2†source】. Milk did not.【1:0†L3-L8】\n\n**Sources**\n\n1. {LAMB}\n2. {ROE}\n"
    assert cited(read_text(text)) == [(2,), (1,)]


def test_a_list_of_linked_titles() -> None:
    text = (
        "# Tea\n\nTea lengthened sleep [1]. Milk did not [2].\n\n**Sources**\n\n"
        "1. [Invented tea and the length of sleep - Fictional Sleep](https://doi.org/10.5555/fs.14)\n"
        "2. [Invented milk for sleep at all ages](https://pubmed.ncbi.nlm.nih.gov/99000001/)\n"
    )
    document = read_text(text)
    assert [one.fields.title for one in references.find(document)] == [
        "Invented tea and the length of sleep",
        "Invented milk for sleep at all ages",
    ]
    assert cited(document) == [(1,), (2,)]


def test_lists_of_sections_that_number_anew() -> None:
    text = (
        f"# Drinks\n\n## Tea\n\nTea lengthened sleep.<sup>1</sup>\n\nReferences\n\n1. {ROE}\n\n"
        "## Milk\n\nMilk did not lengthen sleep.<sup>1</sup> Nor did water.<sup>2</sup>\n\nReferences\n\n1. PMID: 99000001\n2. PMCID: PMC9900002\n"
    )
    document = read_text(text)
    assert [one.fields.pmid or one.fields.pmcid for one in references.find(document)] == [
        None,
        "99000001",
        "PMC9900002",
    ]
    assert cited(document) == [(1,), (2,), (3,)]


@pytest.mark.parametrize("note", ["Roe and Poe, “Invented Tea,” 34.", "See note 1 above.", "Ibid., 34."])
def test_numbered_notes_that_point_back(note: str) -> None:
    first = "Ann Roe and Bo Poe, “Invented Tea and Sleep,” Fictional Sleep 14, no. 2 (2021): 33–39."
    second = "Eva Lamb, “Invented Milk,” Fictional Sleep 13, no. 1 (2020): 3–9."
    order = (second, first, note) if note.startswith("Ibid") else (first, second, note)
    text = (
        "# Tea\n\nTea lengthened sleep.[1] Milk did not.[2] The gain was large.[3]\n\n## Notes\n\n"
        + "\n".join(f"{number}. {one}" for number, one in enumerate(order, 1))
    )
    assert cited(read_text(text))[2] == ((2,) if note.startswith("Ibid") else (1,))


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Roe et al., supra note 1, at 36.", (1,)),
        ("Lamb and Shah, supra note 2, at 5; Roe et al., supra note 1, at 36.", (2, 1)),
    ],
)
def test_notes_of_lawyers_point_back_above(note: str, expected: tuple[int, ...]) -> None:
    first = "Ann Roe et al., Invented Tea and Sleep, 14 J. FICT. SLEEP 33 (2021)."
    second = "Eva Lamb & Fay Shah, Invented Milk and Sleep, 13 J. FICT. SLEEP 3 (2020)."
    text = (
        f"Tea lengthened sleep.¹ Milk did not.² The gain was large.³\n\n1. {first}\n2. {second}\n3. {note}\n"
    )
    assert cited(read_text(text, media_type="text/plain"))[2] == expected


@pytest.mark.parametrize(
    "mark", ["(Ref: {})", "[réf. {}]", "(See ref. {})", "(Source: {})", "*(Ref: {})*", "[Refs {}]"]
)
@pytest.mark.parametrize("stop", ["{}.", ". {}"])
def test_numbers_behind_their_word(mark: str, stop: str) -> None:
    first, both = stop.format(mark.format("1")), stop.format(mark.format("1, 2"))
    text = f"# Tea\n\nTea lengthened sleep {first} Tea and milk were tried {both}\n\n## References\n\n1. {ROE}\n2. {LAMB}\n"
    document = read_text(text)
    assert cited(document) == [(1,), (1, 2)]
    assert len([one for one in sentences.split(document) if "tea" in one.text.lower()]) == 3


def test_a_list_in_parts_below_its_heading() -> None:
    text = f"# Tea\n\nTea lengthened sleep [1]. Milk did not [2].\n\n## References\n\n### Trials\n\n1. {ROE}\n\n### Reviews\n\n2. {LAMB}\n"
    assert cited(read_text(text)) == [(1,), (2,)]


def test_a_list_of_numbered_links() -> None:
    text = "Tea lengthened sleep[1]. Milk did not[2].\n\nCitations:\n[1] https://doi.org/10.5555/fs.14\n[2] https://pubmed.ncbi.nlm.nih.gov/99000001/\n"
    assert cited(read_text(text)) == [(1,), (2,)]


def test_titles_with_names_behind_them_and_an_arrow_to_the_work() -> None:
    text = "Tea lengthened sleep (Roe & Poe, 2021).\n\n**Studies we mentioned**\n\n- Invented tea and sleep: a trial (Roe & Poe, 2021) → https://doi.org/10.5555/fs.14\n"
    document = read_text(text)
    assert [one.fields.title for one in references.find(document)] == ["Invented tea and sleep: a trial"]
    assert cited(document)[0] == (1,)


@pytest.mark.parametrize(
    "text",
    [
        "👉 Tea lengthened sleep.\n📖 Roe et al 2021",
        "| Sleep | Tea lengthened sleep. | B | PMID: 99000001 |\n|---|---|---|---|\n| Sleep | Tea lengthened sleep. | B | PMID: 99000001 |",
    ],
)
def test_a_source_below_its_claim_or_in_its_row(text: str) -> None:
    document = read_text(f"{text}\n\n## References\n\n- {ROE}\n")
    first = next(one for one in sentences.split(document) if "Tea lengthened" in one.text)
    assert first.text.endswith(("Roe et al 2021", "PMID: 99000001"))


def test_a_footnote_that_names_another_by_its_number() -> None:
    text = f"Tea lengthened sleep.[^1] It did so for a week.[^2]\n\n[^1]: {ROE}\n[^2]: See note 1.\n"
    assert cited(read_text(text)) == [(1,), (1,)]


@pytest.mark.parametrize("opened", ["[[@roe2021]]: ", "@roe2021: ", "[@roe2021]: "])
def test_keys_before_the_entries_of_a_list(opened: str) -> None:
    document = read_text(
        f"# Tea\n\nTea lengthened sleep [[@roe2021]].\n\n## References\n\n- {opened}{ROE}\n", "text/plain"
    )
    (entry,) = references.find(document)
    assert (entry.label, entry.fields.authors[0].family) == ("@roe2021", "Roe")
    assert cited(document) == [(1,)]


def test_a_heading_of_show_notes() -> None:
    text = "Tea talk\n\nTea lengthened sleep, as Roe et al. (2021) showed.\n\nStudies mentioned:\nRoe et al. 2021: Invented tea and the length of sleep https://doi.org/10.5555/fs.14\nLamb et al. 2020: Invented milk and the length of sleep https://doi.org/10.5555/fs.13\n"
    document = read_text(text, "text/plain")
    assert [(one.implied, one.fields.doi) for one in references.find(document)] == [
        (False, "10.5555/fs.14"),
        (False, "10.5555/fs.13"),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "https://doi.org/10.5555/fs.14",
        "PMID: 99000001",
        "☕ https://doi.org/10.5555/fs.14",
        "(Roe et al., 2021)",
        "Source: https://doi.org/10.5555/fs.14",
    ],
)
def test_a_source_behind_the_stop_belongs_to_its_sentence(source: str) -> None:
    document = read_text(f"Tea lengthened sleep. {source} Milk did not. {source}", "text/plain")
    assert [one.text for one in sentences.split(document)] == [
        f"Tea lengthened sleep. {source}",
        f"Milk did not. {source}",
    ]


def test_a_sentence_in_brackets_stays_one() -> None:
    text = "It was read twice. (The second time in 2021 by many.) Few slept. In 2021 all did."
    assert len(sentences.split(read_text(text, "text/plain"))) == 4


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("https://www.bmj.com/content/399/bmj.l9914", "10.1136/bmj.l9914"),
        ("https://www.nature.com/articles/s99999-021-00001-2", "10.1038/s99999-021-00001-2"),
        (
            "https://www.thelancet.com/journals/lancet/article/PIIS9999-6736(18)39999-1/fulltext",
            "10.1016/S9999-6736(18)39999-1",
        ),
    ],
)
def test_addresses_that_dois_are_made_of(address: str, doi: str) -> None:
    (found,) = references.find(
        read_text(f'<p>Tea <a href="{address}">lengthened sleep</a> by half an hour.</p>', "text/html")
    )
    assert found.fields.doi == doi


def test_the_doi_of_a_figure_cites_nothing() -> None:
    assert (
        references.find(
            read_text("<p>Fig 1. Tea.</p><p><a>https://doi.org/10.5555/fs.0099.g001</a></p>", "text/html")
        )
        == ()
    )


def test_a_link_and_an_entry_with_other_identifiers_are_one_work(tmp_path: Path) -> None:
    article, refs = tmp_path / "tea.md", tmp_path / "tea.ris"
    article.write_text(
        "# Tea\n\nTea [lengthened sleep](https://pubmed.ncbi.nlm.nih.gov/99000001/) by half an hour.\n\n## Sources\n\n"
        "- Roe A, Poe B. Invented tea and sleep. J Fict Sleep. 2021;14(2):33-9. doi: 10.5555/fs.14\n"
    )
    refs.write_text(
        "TY  - JOUR\nAU  - Roe, Ann\nAU  - Poe, Bo\nTI  - Invented tea and sleep\nT2  - J Fict Sleep\nPY  - 2021\nVL  - 14\nIS  - 2\nSP  - 33\nEP  - 39\n"
        "DO  - 10.5555/fs.14\nAN  - 99000001\nER  - \n"
    )
    report = audit(article, refs=[refs])
    assert [one.reference.implied for one in report.references] == [False]
    assert [one.references for one in report.citations] == [(1,)]
    assert not {one.code for one in report.diagnostics} & {"S101", "S204"}


def test_a_list_numbered_in_brackets_in_the_paragraph_of_its_heading() -> None:
    page = (
        "<main><h1>Tea</h1><p>Tea lengthened sleep <sup>1</sup>. Milk did not <sup>2</sup>.</p>"
        f"<p><strong>References:</strong> (1) {ROE} (2) {LAMB}</p></main>"
    )
    document = read_text(page, "text/html")
    assert [(one.label, one.fields.authors[0].family) for one in references.find(document)] == [
        ("1", "Roe"),
        ("2", "Lamb"),
    ]
    assert cited(document) == [(1,), (2,)]


@pytest.mark.parametrize("between", ["; see also ", ". See also ", ". Cf. "])
def test_two_works_of_one_note(between: str) -> None:
    document = read_text(f"Tea lengthened sleep.[^1]\n\n[^1]: {ROE.rstrip('.')}{between}{LAMB}\n")
    assert [one.fields.authors[0].family for one in references.find(document)] == ["Roe", "Lamb"]
    assert cited(document) == [(1, 2)]


def test_pasted_raised_numbers_behind_a_comma() -> None:
    text = f"Tea\n\nTea lengthened sleep,1 while milk did nothing at all.2\n\nReferences\n\n1. {ROE}\n\n2. {LAMB}\n"
    assert cited(read_text(text, "text/plain")) == [(1,), (2,)]


@pytest.mark.parametrize(
    "text",
    [
        "Roe and Poe found that tea lengthened sleep (2021).",
        "In Roe and Poe’s words, tea “lengthens” sleep (2021: 34).",
        "Tea lengthened sleep, as Roe argues, by an hour (2021, pp. 33–35).",
    ],
)
def test_a_year_apart_from_its_names(text: str) -> None:
    assert cited(
        read_text(
            f"# Tea\n\n{text} In Norway it did so at once (2020).\n\n## References\n\n- {ROE}\n- {LAMB}\n"
        )
    ) == [(1,)]


def test_a_heading_with_a_picture_and_titles_with_names_behind_them() -> None:
    text = (
        "# Tea\n\nTea lengthened sleep ([Roe & Poe, 2021](https://pubmed.ncbi.nlm.nih.gov/99000001/)).\n\n### 📚 Sources\n\n"
        "- [Invented tea and the length of sleep](https://pubmed.ncbi.nlm.nih.gov/99000001/) (Roe et al., 2021)\n"
    )
    document = read_text(text)
    (entry,) = references.find(document)
    assert (entry.fields.title, entry.fields.year, entry.fields.authors[0].family) == (
        "Invented tea and the length of sleep",
        2021,
        "Roe",
    )
    assert cited(document) == [(1,)]


def test_an_address_in_single_quotes_ends_before_them() -> None:
    (found,) = references.find(
        read_text("<p><a href='https://doi.org/10.5555/fs.14'>Tea</a> lengthened sleep.</p>", "text/html")
    )
    assert found.fields.doi == "10.5555/fs.14"


def test_notes_at_the_foot_of_each_page() -> None:
    text = (
        "Tea lengthened sleep by half an hour.¹ Milk did not do so in any of the groups.²\n\n____________\n"
        f"1 {ROE}\n2 {LAMB}\n\n- 1 -\n\nWater was drunk as well.³ Few drank ale.⁴\n\n____________\n"
        "3 Shah F. Invented water. J Fict Sleep. 2019;12(1):3-9.\n4 Poe B. Invented ale. J Fict Sleep. 2018;11(1):3-9.\n\n- 2 -\n"
    )
    document = read_text(text, "text/plain")
    assert [one.label for one in references.find(document)] == ["1", "2", "3", "4"]
    assert cited(document) == [(1,), (2,), (3,), (4,)]


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("https://www.mdpi.com/2072-6643/99/7/1022", "10.3390/nu99071022"),
        ("https://www.mdpi.com/1660-4601/99/12/34", "10.3390/ijerph99120034"),
    ],
)
def test_addresses_of_issues(address: str, doi: str) -> None:
    (found,) = references.find(read_text(f"Tea [lengthened sleep]({address}) by half an hour."))
    assert found.fields.doi == doi


def test_a_preprint_by_its_number() -> None:
    (found,) = references.find(read_text("Tea lengthened sleep (medRxiv 2099.02.14.99285884).", "text/plain"))
    assert found.fields.doi == "10.1101/2099.02.14.99285884"


def test_signs_that_lead_to_notes() -> None:
    text = f"TEA AND MILK\n\nTea lengthened sleep.* Milk did not.† All of this was at p < 0.05.§\n\n* {ROE}\n† {LAMB}\n"
    document = read_text(text, "text/plain")
    assert [one.label for one in references.find(document)] == ["*", "†"]
    assert cited(document) == [(1,), (2,)]
    assert len(sentences.split(document)) == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tea lengthened sleep (ROE; POE, 2021).", [(1,)]),
        ("Both were tried (ROE; POE, 2021; LAMB; SHAH, 2020).", [(1,), (2,)]),
        ("Tea lengthened sleep (Roe, J Fict Sleep 2021).", [(1,)]),
        ("Tea lengthened sleep [Lamb & Shah, Fict Sleep Med 2020].", [(2,)]),
        ("They met again (Turin, Rome 2021).", []),
    ],
)
def test_names_parted_by_semicolons_and_journals_before_years(
    text: str, expected: list[tuple[int, ...]]
) -> None:
    assert cited(read_text(f"# Tea\n\n{text}\n\n## References\n\n- {ROE}\n- {LAMB}\n")) == expected


def test_prose_with_its_source_in_brackets_is_no_entry() -> None:
    text = "Tea\n\n- Tea lengthened sleep in most of the people (Roe A et al. J Fict Sleep 2021;14:33).\n- Milk did not do so at all (Lamb E et al. J Fict Sleep 2020;13:3).\n"
    assert all(one.implied for one in references.find(read_text(text, "text/plain")))
