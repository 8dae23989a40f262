"""Citations in running text find their entries, in every style, and little else is taken for one."""

from __future__ import annotations

import pytest

from claims import citations, references, sentences
from claims.library import Library
from claims.marks.numbered import expand
from claims.model import InTextCitation
from claims.reading import read_text
from graph.evidence import Iri, Work

AUTHOR_YEAR = """
## References

- Haddad R, Nord A. Oats and cholesterol. Nutrients. 2020;12(3):1-9.
- Lee, A. (2019a). Tea and sleep. Sleep, 42(3), 1–9.
- Lee, A. (2019b). Coffee and sleep. Sleep, 42(4), 11–19.
- Lee, A., & Brown, C. (2021). Milk and sleep. Sleep, 44(1), 5–7.
- van den Berg, J., Ruiz-García, M., & Öz, H. (2018). Naps. Thorax, 73(2), 101–108.
- World Health Organization. (2020). Guidelines on physical activity. WHO.
"""
NUMBERED = """
## References

1. Haddad R, Nord A. Oats and cholesterol. Nutrients. 2020;12(3):1-9.
2. Lee A. Tea and sleep. Sleep. 2019;42(3):1-9.
3. Brown C. Milk and sleep. Sleep. 2021;44(1):5-7.
4. Ruiz M. Naps. Thorax. 2018;73(2):101-8.
"""


def found(text: str, references_text: str, media_type: str = "text/markdown") -> tuple[InTextCitation, ...]:
    document = read_text(text + "\n" + references_text, media_type)
    printed = references.find(document)
    return citations.find(document, printed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oats help (Haddad & Nord, 2020).", [(1,)]),
        ("Oats help (Haddad and Nord 2020).", [(1,)]),
        ("Haddad and Nord (2020) found so.", [(1,)]),
        ("As Haddad & Nord’s (2020) trial shows, oats help.", [(1,)]),
        ("Tea helps (Lee, 2019a; Haddad & Nord, 2020).", [(2,), (1,)]),
        ("Coffee does not (Lee, 2019b).", [(3,)]),
        ("Both were tried (Lee, 2019a, 2019b).", [(2, 3)]),
        ("Both were tried (Lee, 2019a, b).", [(2, 3)]),
        ("Milk helps (see Lee & Brown, 2021, p. 6).", [(4,)]),
        ("Naps help (van den Berg et al., 2018).", [(5,)]),
        ("In van den Berg et al. (2018) naps helped.", [(5,)]),
        ("Move more (World Health Organization, 2020).", [(6,)]),
        ("Move more (World Health Organization [WHO], 2020).", [(6,)]),
        ("Move more (WHO, 2020).", [(6,)]),
        ("The World Health Organization (2020) advises it.", [(6,)]),
        ("Nobody knows (Marsh et al., 2015).", [()]),
        ("Marsh (2015) showed nothing.", [()]),
        ("Nobody knows (Marsh & Reed, 2015).", [()]),
        ("The year is one off (Haddad & Nord, 2021).", [(1,)]),
        ("Haddad and Nord’s 2020 trial shows that oats help.", [(1,)]),
        ("A 2020 randomised trial by Haddad and Nord found that oats help.", [(1,)]),
        ("Van den Berg et al.'s 2018 study tried naps.", [(5,)]),
        ("Milk helps (Lee and Brown 2021: 6). Oats do (Haddad & Nord 2020, 4–6).", [(4,), (1,)]),
        ("Milch hilft (vgl. Lee & Brown, 2021, S. 6), so auch (van den Berg u. a., 2018).", [(4,), (5,)]),
        ("Selon Lee et Brown (2021), le lait aide (voir van den Berg et coll., 2018).", [(4,), (5,)]),
        ("Según Lee y Brown (2021, págs. 5-7) ayuda (véase Haddad y Nord, 2020).", [(4,), (1,)]),
        ("L'avena aiuta (Haddad e Nord, 2020). Mælk hjelper (Lee og Brown, 2021).", [(1,), (4,)]),
        ("Oats help (Haddad & Nord, 2020). They are cheap (ibid., p. 3).", [(1,), (1,)]),
        (
            "Milk helps (Lee & Brown, 2021). Naps do (van den Berg, op. cit.), or not (Ibid.).",
            [(4,), (5,), (5,)],
        ),
    ],
)
def test_author_year(text: str, expected: list[tuple[int, ...]]) -> None:
    assert [one.references for one in found(text, AUTHOR_YEAR)] == expected


BODIES = """
## References

- Centers for Disease Control and Prevention. (2022). Falls among older adults. CDC.
- Department of Health and Social Care. (2019). Physical activity guidelines. DHSC.
- Food and Agriculture Organization of the United Nations. (2018). Oats of the world. FAO.
- GBD 2019 Tea and Coffee Collaborators. Burden of thirst in 204 countries. Lancet. 2020;396:1204-22.
- Agence nationale de la santé et du sommeil. (2021). Dormir mieux. Paris.
- Lee, A. (2019). Tea and sleep. Sleep, 42(3), 1–9.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Falls are common (Centers for Disease Control and Prevention, 2022).", [(1,)]),
        ("Falls (Centers for Disease Control and Prevention [CDC], 2022; Lee, 2019).", [(1,), (6,)]),
        ("The Department of Health and Social Care (2019) says so.", [(2,)]),
        ("In advice from the Department of Health and Social Care (2019), walking is good.", [(2,)]),
        ("Oats grow (see Food and Agriculture Organization of the United Nations, 2018, p. 4).", [(3,)]),
        ("The Food and Agriculture Organization of the United Nations (2018) counts oats.", [(3,)]),
        ("Thirst is common (GBD 2019 Tea and Coffee Collaborators, 2020).", [(4,)]),
        ("Sleep is short (Agence nationale de la santé et du sommeil, 2021).", [(5,)]),
        ("According to the Department of Health and Social Care (2019), walk.", [(2,)]),
        ("According to the Food and Agriculture Organization of the United Nations (2018), eat.", [(3,)]),
        ("Feet hurt (Academy of Shoes and Boots, 2011).", [()]),
        ("Feet hurt (advice of the Department of Health was renewed in 2019).", []),
    ],
)  # fmt: skip
def test_bodies_whose_names_have_small_words(text: str, expected: list[tuple[int, ...]]) -> None:
    assert [one.references for one in found(text, BODIES)] == expected


def test_two_works_of_one_author_and_year_are_ambiguous() -> None:
    (citation,) = found("Drinks matter (Lee, 2019).", AUTHOR_YEAR)
    assert citation.references == (2, 3)
    assert citation.ambiguous


@pytest.mark.parametrize(
    "text",
    [
        "It was published in JAMA Network Open (2020).",
        "It began in Norway (January 2020) and went on (2015–2020).",
        "Adults slept less (Norway, 2019).",
        "The WalkBack trial (2024) was large.",
        "The mean was 3 kg/m² (n = 2000) in Phase 2 (2019).",
        "Copyright (Figure 2, 2020).",
        "Pfizer's 2021 trial was large, and so was the 2020 review by Cochrane.",
        "Between May (2019) and June (2020) it rained.",
        "The Oats and Naps Trial (2013) was small, and the Food and Oats Act (2010) pays.",
    ],
)
def test_what_only_looks_like_a_citation(text: str) -> None:
    assert found(text, AUTHOR_YEAR) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oats help [1]. Tea too [2,3], and more [1-3].", [(1,), (2, 3), (1, 2, 3)]),
        ("Oats help.¹ Tea too.²⁻⁴", [(1,), (2, 3, 4)]),
        ("Oats help<sup>1</sup>. Tea too<sup>2,3</sup>.", [(1,), (2, 3)]),
        ("Oats help.^1^ Tea too.^2,4^", [(1,), (2, 4)]),
        ("Oats help (1). Tea does too (2,3).", [(1,), (2, 3)]),
        ("Oats help.1 Tea does too.2,3 Milk does not.4", [(1,), (2, 3), (4,)]),
        ("Nuts may help [1]. Fish may not [7].", [(1,), ()]),
        ("Weight fell by 2 kg/m² and by 10² units.[1]", [(1,)]),
        ("Oats help [1]-[3]. So they say (refs. 2, 4) (see ref 1).", [(1, 2, 3), (2, 4), (1,)]),
        ("Oats cut it by 9% (1). Tea does too (2,3).", [(1,), (2, 3)]),
        ("Oats help.<sup>1</sup> Tea too [2]. Milk does.<sup>[3]</sup>", [(1,), (2,), (3,)]),
        ("Oats help [1]. Tea too [2]. An area of x⁹.", [(1,), (2,)]),
    ],
)
def test_numbers(text: str, expected: list[tuple[int, ...]]) -> None:
    assert [one.references for one in found(text, NUMBERED)] == expected


def test_single_bracketed_numbers_in_an_author_year_article_are_no_citations() -> None:
    assert [one.style for one in found("Three arms (1) and (2) met (Haddad & Nord, 2020).", AUTHOR_YEAR)] == [
        "author-year"
    ]


def test_pandoc_keys_make_their_own_references() -> None:
    document = read_text("Oats help [@haddad2020; see @lee2019, p. 3]. So says @brown2021.", "text/markdown")
    printed = references.find(document)
    assert [one.label for one in printed] == ["@haddad2020", "@lee2019", "@brown2021"]
    cited = citations.find(document, printed)
    assert [one.references for one in cited] == [(1,), (2,), (3,)]
    assert [one.keys for one in cited] == [("@haddad2020",), ("@lee2019",), ("@brown2021",)]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Oats help [Had20]. Tea may [Lee2019, Bro21].", ("[Had20]", "[Lee2019]", "[Bro21]")),
        ("Oats help [Had20]_. Tea may [Lee2019]_ [Bro21]_.", (".. [Had20]", ".. [Lee2019]", ".. [Bro21]")),
        ("Oats help.^a^ Tea may.^b,c^", ("a.", "b.", "c.")),
        ("Oats help [a]. Tea may [b, c].", ("(a)", "(b)", "(c)")),
    ],
)
def test_entries_are_cited_by_their_labels(text: str, labels: tuple[str, ...]) -> None:
    works = [
        "Haddad R, Nord A. Oats and cholesterol. Nutrients. 2020;12(3):1-9.",
        "Lee A. Tea and sleep. Sleep. 2019;42(3):1-9.",
        "Brown C. Milk and sleep. Sleep. 2021;44(1):5-7.",
    ]
    listed = "\n\n".join(f"{label} {work}" for label, work in zip(labels, works, strict=True))
    document = read_text(
        f"{text} Some [of them] are cheap [sic].\n\n## References\n\n{listed}\n", "text/markdown"
    )
    printed = references.find(document)
    assert [one.raw for one in printed] == works
    assert [one.name for one in printed] == ["Haddad 2020", "Lee 2019", "Brown 2021"]
    cited = [one.references for one in citations.find(document, printed)]
    assert [index for one in cited for index in one] == [1, 2, 3]


def test_keys_lead_to_the_list_that_pandoc_printed() -> None:
    text = (
        "Oats help [@haddad2020; @lee2019].\n\n# References {.unnumbered}\n\n::: {#refs .csl-bib-body}\n"
        "::: {#ref-haddad2020 .csl-entry}\nHaddad R, Nord A. Oats and cholesterol. *Nutrients*. "
        "2020;12(3):1-9.\n"
        ":::\n\n::: {#ref-lee2019 .csl-entry}\nLee A. Tea and sleep. *Sleep*. 2019;42(3):1-9.\n:::\n:::\n"
    )
    document = read_text(text, "text/markdown")
    printed = references.find(document)
    assert [one.label for one in printed] == ["@haddad2020", "@lee2019"]
    assert [one.references for one in citations.find(document, printed)] == [(1,), (2,)]


def test_notes_that_point_back_cite_the_same_work() -> None:
    text = (
        "Oats help.[^1] They are cheap.[^2] Tea may.[^3] Oats again.[^4] And cheap.[^5] Nobody knows.[^6]\n\n"
        "[^1]: Haddad R, Nord A. Oats and cholesterol. Nutrients. 2020;12(3):1-9.\n"
        "[^2]: Ibid., p. 4.\n[^3]: Lee A. Tea and sleep. Sleep. 2019;42(3):1-9.\n"
        "[^4]: Haddad and Nord, “Oats and Cholesterol,” 5.\n[^5]: Lee, op. cit., p. 2.\n[^6]: Marsh, Nobody, "
        "3.\n"
    )
    document = read_text(text, "text/markdown")
    cited = citations.find(document, references.find(document))
    assert [one.references for one in cited] == [(1,), (1,), (2,), (1,), (2,)]
    assert [one.name for one in references.find(document)] == ["Haddad 2020", "Lee 2019"]


@pytest.mark.parametrize(
    "link", ['<a href="#fn{0}">{0}</a>', '<a class="note" href="#note-{0}" id="r{0}">{0}</a>']
)
def test_numbers_that_lead_to_notes_cite(link: str) -> None:
    page = (
        f"<article><p>Oats help.{link.format(1)} Tea may.{link.format(2)}</p><h2>Notes</h2><ol>"
        "<li>Haddad R, Nord A. Oats and cholesterol. Nutrients. 2020;12(3):1-9.</li>"
        "<li>Lee A. Tea and sleep. Sleep. 2019;42(3):1-9.</li></ol></article>"
    )
    document = read_text(page, "text/html")
    cited = citations.find(document, references.find(document))
    assert [(one.style, one.references) for one in cited] == [("superscript", (1,)), ("superscript", (2,))]
    split = sentences.without_raised_marks(sentences.split(document), cited)
    assert [one.text.rstrip("\u2009") for one in split if not one.is_lead] == ["Oats help.", "Tea may."]


def test_a_link_to_a_note_that_names_no_work_is_no_citation() -> None:
    page = (
        "<p>Oats help.<sup><a href='#fn1'>1</a></sup> Tea may.<sup><a "
        "href='#fn2'>2</a></sup></p><h2>Notes</h2><ol>"
        "<li id='fn1'>Rolled oats only.</li>"
        "<li id='fn2'>Haddad R, Nord A. Oats and cholesterol. Nutrients. 2020;12(3):1-9.</li></ol>"
    )
    document = read_text(page, "text/html")
    cited = citations.find(document, references.find(document))
    assert [(one.text, one.style, one.references) for one in cited] == [
        ("1", "footnote", ()),
        ("2", "superscript", (1,)),
    ]


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("https://link.springer.com/article/10.1007/s40279-016-0603-5", "10.1007/s40279-016-0603-5"),
        ("https://www.frontiersin.org/articles/10.3389/fnut.2020.00001/full", "10.3389/fnut.2020.00001"),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0161749",
            "10.1371/journal.pone.0161749",
        ),
        ("https://onlinelibrary.wiley.com/doi/abs/10.1111/jgs.15008?af=R", "10.1111/jgs.15008"),
        (
            "https://www.thelancet.com/doi/10.1016/S0140-6736(18)31788-4/fulltext",
            "10.1016/S0140-6736(18)31788-4",
        ),
    ],
)
def test_pages_of_publishers_lead_to_the_work_of_the_doi_in_them(address: str, doi: str) -> None:
    document = read_text(f"Oats help in [a review]({address}).", "text/markdown")
    (printed,) = references.find(document)
    assert printed.fields.doi == doi
    assert [one.references for one in citations.find(document, (printed,))] == [(1,)]
    assert references.parse(f"Lee A. Tea and sleep. Sleep. 2019;42:1-9. {address}").doi == doi


def test_a_doi_with_brackets_is_whole() -> None:
    for told in ("(doi.org/10.1016/S0140-6736(17)31075-9)", "<https://doi.org/10.1016/0002-9343(88)90046-2>"):
        document = read_text(f"Oats help {told}.", "text/markdown")
        (printed,) = references.find(document)
        assert printed.fields.doi == told.strip("()<>").removeprefix("https://").removeprefix("doi.org/")


def test_links_to_dois_and_pubmed() -> None:
    text = (
        "Oats [help](https://doi.org/10.5555/oat.2020.1), as "
        "[others say](https://pubmed.ncbi.nlm.nih.gov/12345678/).\n"
    )
    document = read_text(text, "text/markdown")
    printed = references.find(document)
    assert [(one.fields.doi, one.fields.pmid) for one in printed] == [
        ("10.5555/oat.2020.1", None),
        (None, "12345678"),
    ]
    cited = citations.find(document, printed)
    assert [(one.text, one.references) for one in cited] == [("help", (1,)), ("others say", (2,))]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC8578211/",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC8578211/",
        "https://europepmc.org/article/PMC/PMC8578211",
    ],
)
def test_links_to_pubmed_central(address: str) -> None:
    text = f"Oats [help]({address}).\n"
    document = read_text(text, "text/markdown")
    (printed,) = references.find(document)
    assert (printed.label, printed.fields.pmcid) == ("PMC8578211", "PMC8578211")
    (cited,) = citations.find(document, (printed,))
    assert (cited.text, cited.references) == ("help", (1,))
    work = Work(Iri("https://example.org/work/oats"), title="Oats", pmcid="PMC8578211")
    assert references.verify(printed, Library.of([work])).work == work


def test_links_whose_addresses_stand_elsewhere() -> None:
    text = (
        "Oats [help][Oat trial], [tea] does not, and [milk][nothing] is white.\n\n"
        "[oat  trial]: https://doi.org/10.5555/oat.2020.1 'A trial'\n[tea]:\n  "
        "<https://pubmed.ncbi.nlm.nih.gov/12345678/>\n"
    )
    document = read_text(text, "text/markdown")
    printed = references.find(document)
    assert [(one.fields.doi, one.fields.pmid) for one in printed] == [
        ("10.5555/oat.2020.1", None),
        (None, "12345678"),
    ]
    cited = citations.find(document, printed)
    assert [(one.text, one.references) for one in cited] == [("help", (1,)), ("tea", (2,))]


def test_a_link_on_the_name_of_an_entry_cites_the_entry() -> None:
    links = (
        "Oats help ([Haddad & Nord, 2020](https://doi.org/10.5555/oat.1)), as do "
        "[naps](https://doi.org/10.5555/nap.1)."
    )
    cited = found(links, AUTHOR_YEAR)
    assert [(one.text, one.references) for one in cited] == [("Haddad & Nord, 2020", (1,)), ("naps", (7,))]
    numbered = found('Oats help.<sup><a href="https://doi.org/10.5555/oat.1">2</a></sup>', NUMBERED)
    assert [one.references for one in numbered] == [(2,)]


def test_links_as_web_pages_print_them() -> None:
    """Signs inside the link, an address in an address, a slash written %2F."""
    text = (
        '<p>Oats help (<a href="https://pubmed.ncbi.nlm.nih.gov/12345678/">a <b>2021</b> review<i></i></a>), '
        '<a href="https://www.google.com/url?q=https://doi.org/10.5555/oat.1&amp;sa=D">really</a>, '
        '<a href="https://doi.org/10.5555%2Foat.2">so</a>.</p>'
    )
    document = read_text(text, "text/html")
    printed = references.find(document)
    assert [one.fields.doi or one.fields.pmid for one in printed] == [
        "12345678",
        "10.5555/oat.1",
        "10.5555/oat.2",
    ]
    cited = citations.find(document, printed)
    assert [one.text for one in cited] == ["a <b>2021</b> review", "really", "so"]


FOOTNOTES = """Oats lower cholesterol.[^1] Tea does not[^tea-2019]. Oats are a cereal.[^what]

[^1]: Haddad R, Nord A. Oats and cholesterol. Nutrients. 2020;12(3):1-9.
[^tea-2019]: <https://doi.org/10.5555/tea.2019.7>
[^what]: A grass that people
    have grown for long.

    Tea is none.
"""


def test_footnotes_that_name_works_are_references() -> None:
    document = read_text(FOOTNOTES, "text/markdown")
    printed = references.find(document)
    assert [(one.label, one.fields.year, one.fields.doi) for one in printed] == [
        ("^1", 2020, None),
        ("^tea-2019", None, "10.5555/tea.2019.7"),
    ]
    cited = citations.find(document, printed)
    assert [(one.text, one.style, one.references) for one in cited] == [
        ("[^1]", "footnote", (1,)),
        ("[^tea-2019]", "footnote", (2,)),
    ]
    said = [one.text for one in sentences.split(document)]
    assert said[0] == "Oats lower cholesterol.[^1]"
    assert said[-2:] == ["A grass that people have grown for long.", "Tea is none."]


def test_spans_are_those_of_the_original() -> None:
    text = "**Oats** help (*Haddad* & Nord, 2020; Lee & Brown, 2021)."
    cited = found(text, AUTHOR_YEAR)
    assert [one.span.start for one in cited] == [text.index("Haddad"), text.index("Lee")]


def test_expanding_ranges() -> None:
    assert expand("1,3-5") == (1, 3, 4, 5)
    assert expand("7–7") == (7,)
    assert expand("3-900") == (3, 900)


@pytest.mark.timeout(60)  # a hang is a failure; how fast it is stands in bench/
@pytest.mark.parametrize(
    "text",
    [
        "(A " * 60_000,
        "Van der " * 60_000,
        "(" * 100_000 + "2020)",
        "Lee, " * 60_000 + "2020)",
        "[1," * 60_000,
    ],
)
def test_hostile_text_is_searched(text: str) -> None:
    document = read_text("x " + text, "text/plain")
    citations.find(document, ())


@pytest.mark.parametrize(
    ("text", "expected", "differs"),
    [
        ("Oats help (Haddad & Nord, 2021).", [(1,)], True),
        ("Naps help (van den Berg et al., 2017).", [(5,)], True),
        ("Oats help (Haddad & Nord, 2020).", [(1,)], False),
        ("Oats help (Haddad & Nord, 2016).", [()], False),  # too far off to be a slip
        ("Tea helps (Lee, 2020).", [()], False),  # three entries might be meant
        ("Oats help (Haddad & Brown, 2021).", [()], False),
    ],
)
def test_a_year_that_is_one_off_leads_to_the_only_entry_that_can_be_meant(
    text: str, expected: list[tuple[int, ...]], differs: bool
) -> None:
    cited = found(text, AUTHOR_YEAR)
    assert [one.references for one in cited] == expected
    assert [one.year_differs for one in cited] == [differs]


def test_a_body_signs_for_its_members_without_a_list() -> None:
    members = ("Marlow Study Group", "Reed AB", "Oduya KL")
    works = [
        Work(Iri("https://example.org/id/work/a"), title="Bread and sleep", authors=members, year=2015),
        Work(
            Iri("https://example.org/id/work/b"),
            title="Soup and falls",
            authors=("Veld J", "Adeyemi C", "Harrow Research Group"),
            year=2019,
        ),
    ]
    text = "Bread helps (Marlow Study Group, 2015). The Harrow Research Group (2019) found fewer falls."
    document = read_text(text, "text/markdown")
    printed = references.find(document)
    assert [one.references for one in citations.find(document, printed)] == [(1,), (2,)]
    verified = [references.verify(one, Library.of(works)) for one in printed]
    assert [(one.work and one.work.title, one.status.value) for one in verified] == [
        ("Bread and sleep", "verified"),
        ("Soup and falls", "verified"),
    ]


SIMILAR = """
## References

- Ashgrove, A. (2010). Oats and deaths. *J Tea, 2*, 1–2.
- Ashgrove, A., & Dorn, C. (2013). Oats again. *J Tea, 3*, 1–2.
- Ashgrove, J. (2010). Tea and deaths. *J Tea, 4*, 1–2.
- Bureau of Nowhere [BoN]. (2021). Walking and driving. https://example.org/bon
- Finch, G., Gull, H., & Hawk, I. (in press). Naps at work. *J Tea*.
- Grebe, J. (n.d.). On napping. Retrieved May 1, 2020, from https://www.example.com/naps
- Lark, N. (2016). Fickle memory. Tea Press.
- McÉwan, A., & Ó Briain, B. (2011). Balance in Cork. *J Tea, 5*, 1–9.
- Nguyễn Văn An, & Trần, B. (2020). Balance in Hue. *J Tea, 6*, 1–9.
- Oat drinkers’ survey. (2021, May). Tea Consumer, 12–14.
- U.S. Tea and Oats Administration. (2020). What you need to know. https://example.com/toa
- van Ree, J., D'Olier, K., & St. Clair, L. (2014). Naps in Rome. *J Tea, 7*, 1–9.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deaths fell (J. Ashgrove, 2010), or not (A. Ashgrove, 2010).", [(3,), (1,)]),
        ("Deaths fell (Ashgrove J, 2010). A. Ashgrove (2010) found so.", [(3,), (1,)]),
        ("Ashgrove, A., & Dorn, C. (2013) found it again.", [(2,)]),
        ("Naps help (Finch et al., in press; Grebe, n.d.).", [(5,), (6,)]),
        ("Finch et al. (in press) say so, and Grebe (n.d.) found it.", [(5,), (6,)]),
        ("Nobody knows (Marsh & Reed, forthcoming).", [()]),
        ("As Lark (1998/2016) noted, memory is fickle.", [(7,)]),
        ("It helps (McÉwan & Ó Briain, 2011; Nguyễn Văn An & Trần, 2020).", [(8,), (9,)]),
        ("It helps (Van Ree, D'Olier, & St. Clair, 2014, Table 2).", [(12,)]),
        ("Van Ree/D'Olier/St. Clair (2014) found so.", [(12,)]),
        ("Van Ree et. al. (2014), Finch & al. (in press) and van Ree's group (2014) say so.",
         [(12,), (5,), (12,)]),
        ("It helps (McÉwan & Ó Briain 2011, Lark 2016, Ashgrove and Dorn 2013).", [(8,), (7,), (2,)]),
        ("It helps (for reviews, see Ashgrove & Dorn, 2013; but cf. McÉwan & Ó Briain, 2011).",
         [(2,), (8,)]),
        ("It helps (Marsh, as cited in Lark, 2016). Marsh (1990, cited in McÉwan & Ó Briain, 2011) found it.",
         [(7,), (), (8,)]),
        ("It helps (see Lark, 2016, for a dissenting view).", [(7,)]),
        ("Van Ree et al., 2014, found little; see McÉwan and Ó Briain 2011.", [(12,), (8,)]),
        ("One in three naps (TOA, 2020; BoN, 2021; “Oat drinkers’ survey”, 2021).", [(11,), (4,), (10,)]),
        ("Oats help {Lark, 2016 #45} and [Ashgrove, 2013 #1; van Ree, 2014 #2].", [(7,), (2,), (12,)]),
        ("It helps (van Ree, J., D'Olier, K., St. Clair, L. et al. 2014).", [(12,)]),
        ("It helps [Ashgrove A, Dorn C. 2013]; (Ashgrove J. J Tea 2010).", [(2,), (3,)]),
        ("The TOA (2020) repeats it; the BoN (2021) does not.", [(11,), (4,)]),
        ("He said so (J. Lark, personal communication, 12 March 2016).", []),
        ("In May 2016 it rained {of 2016}, and 2,016 of 2020 came (n = 2016).", []),
    ],
)  # fmt: skip
def test_names_years_and_words_about_them_in_many_hands(text: str, expected: list[tuple[int, ...]]) -> None:
    assert [one.references for one in found(text, SIMILAR)] == expected


def test_a_mark_ends_where_another_begins() -> None:
    first, second = found("Marsh (1990, cited in Lark and Ree, 2016) found it.", SIMILAR)
    assert (first.text, second.text) == ("Marsh (1990", "Lark and Ree, 2016")


PAGE = """
<h2>References</h2><ol>
<li>Haddad R, Nord A. Oats and cholesterol. <i>Nutrients</i>. 2020;12(3):1-9.</li>
<li>Lee A. Tea and sleep. <i>Sleep</i>. 2019;42(3):1-9.</li>
<li>Brown C. Milk and sleep. <i>Sleep</i>. 2021;44(1):5-7.</li></ol>
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oats help<sup>1(p12)</sup>. Tea too<sup>1(pp3-5),3</sup>.", [(1,), (1, 3)]),
        ("Oats help<sup>(1)</sup>. Tea too<sup>(2,3)</sup>.", [(1,), (2, 3)]),
        (
            'Oats help<sup><a href="/a#ref-CR1" data-track="click" title="Haddad, R. &amp; Nord, A. Oats and '
            'cholesterol. Nutrients 12, 1–9 (2020)." id="ref-link-section-d1e1">1</a>,'
            '<a href="/a#ref-CR2">2</a></sup>.',
            [(1, 2)],
        ),
        ('Oats help<span style="font-size:9pt;vertical-align:super">1</span>.', [(1,)]),
    ],
)
def test_raised_numbers_of_pages(text: str, expected: list[tuple[int, ...]]) -> None:
    cited = found(f"<html><body><p>{text}</p>", PAGE, "text/html")
    assert [one.references for one in cited] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oats help [1, p. 12]. Tea too [2: 33-35], milk [3, Table 2].", [(1,), (2,), (3,)]),
        ("Oats help [1 p.12]. Tea too [2 (pp. 3–5)].", [(1,), (2,)]),
        ("Oats lowered LDL.1,2 Tea did not.3(p201) So it is.", [(1, 2), (3,)]),
        ("Oats help [1, 2 and 3]. Tea too [1 & 2] (refs. 1 and 3).", [(1, 2, 3), (1, 2), (1, 3)]),
        ("At [02:10] and [11:45] she drank oats [1] in [1 L] of water.", [(1,)]),
    ],
)
def test_numbers_with_a_place_behind_them(text: str, expected: list[tuple[int, ...]]) -> None:
    assert [one.references for one in found(text, NUMBERED)] == expected


def test_a_case_at_law_is_no_citation() -> None:
    assert found("In Marsh v. Nowhere (2016) the judges found so.", AUTHOR_YEAR) == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Oats help (Nutrients 2020;12(3):1-9).", ("Nutrients", 2020, "12", "1-9")),
        ("Oats help (see Haddad et al. Fict J Nutr. 2020 May 4;12:e33).", ("Fict J Nutr", 2020, "12", "e33")),
        ("Oats help; Invented BMJ 2019; 364: l1234 said so.", ("Invented BMJ", 2019, "364", "l1234")),
    ],
)
def test_a_place_in_a_journal_names_a_work(text: str, place: tuple[str, int, str, str]) -> None:
    document = read_text(text, "text/markdown")
    (implied,) = references.find(document)
    fields = implied.fields
    assert (fields.journal, fields.year, fields.volume, fields.pages) == place
    assert [one.references for one in citations.find(document, (implied,))] == [(1,)]


def test_a_place_in_a_journal_leads_to_the_entry_that_has_it() -> None:
    cited = found("Oats help (Nutrients 2020;12:1-9), and Sleep 2019;42:99 says so.", NUMBERED)
    assert [one.references for one in cited] == [(1,), (5,)]


CODED = """
## References

- National Institute for Health and Care Excellence. Low back pain. NICE guideline [NG59]. London: NICE; 2016.
- Oat Study Group. Oats and colds. 2021. Registered as NCT01234567.
- World Health Organization. WHO guidelines on oats. Geneva: WHO; 2020.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Offer exercise (NICE NG59), says NG 59. Not so SIGN 136.", [(1,), (1,)]),
        ("Offer exercise (NICE, 2016 [NG59]; WHO guidelines 2020).", [(1,), (3,)]),
        ("Imaging does not help [NG59, section 1.1].", [(1,)]),
        ("The trial NCT01234567 is over, NCT01234568 is not.", [(2,)]),
    ],
)
def test_codes_of_guidelines_and_registers(text: str, expected: list[tuple[int, ...]]) -> None:
    assert [one.references for one in found(text, CODED)] == expected
