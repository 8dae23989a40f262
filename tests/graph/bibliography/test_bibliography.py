import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.bibliography import Bibliography, bibtex, names, read_bibliography, read_bibliography_bytes
from graph.errors import ClaimspineError


def _read(text: str, name: str) -> Bibliography:
    return read_bibliography_bytes(text.encode(), name, source=name)


def test_a_bibtex_entry_field_by_field() -> None:
    [work] = _read(
        r"""@article{lind2020,
  title = {{Omega-3} and mood: 5\% of {M{\"u}nster's} adults --- a trial},
  author = {Lind, Sara M. and van der Meer, J.-P. and {WHO Expert Group} and Nguy{\~{\^e}}n, An and others},
  journal = {Nutrition \& Mood}, year = 2020, volume = 7, number = {2}, pages = {134--44},
  doi = {https://doi.org/10.5555/ABC_1}, abstract = {Mood rose by 12% (p < 0.05).}, langid = {english},
  note = {PMID: 1234567}, isbn = {978-1-2345}, url = {https://example.org/a_b}
}""",
        "a.bib",
    ).works
    assert work.iri == "https://w3id.org/claimspine/id/work/a.bib/lind2020"
    assert work.title == "Omega-3 and mood: 5% of Münster's adults — a trial"
    assert work.authors == ("Lind SM", "van der Meer JP", "WHO Expert Group", "Nguyễn A")
    assert (work.journal, work.year, work.volume, work.issue) == ("Nutrition & Mood", 2020, "7", "2")
    assert (work.pages, work.doi, work.pmid) == ("134-144", "10.5555/ABC_1", "1234567")
    assert work.abstract == "Mood rose by 12% (p < 0.05)."
    assert (work.language, work.url) == ("english", "https://example.org/a_b")
    assert work.work_type == "journal-article"


def test_broken_entries_are_named_and_good_ones_kept() -> None:
    found = _read(
        "@article{good, title={Tea and sleep}, year=2019}\n"
        "@article{open, title={Coffee}\n"
        "@article{nocomma title={x}}\n"
        "@article{good2, title={Iron}}\n"
        "@article{good, title={again}}\n"
        "@article{twice, title={one}, title={two}}\n"
        "@article{empty, year=2000}\n",
        "a.bib",
    )
    assert [work.title for work in found.works] == ["Tea and sleep", "Iron", "one"]
    assert [(f.line, f.key, f.left_out) for f in found.faults] == [
        (2, "open", True),
        (3, "nocomma", True),
        (5, "good", True),
        (6, "twice", False),
        (7, "empty", True),
    ]
    assert str(found.faults[0]).startswith("a.bib:2: open: ")
    assert "closing brace" in found.faults[0].message


def test_names_joined_to_text_are_resolved_or_said() -> None:
    found = _read(
        '@string{jn = "Journal of Naps"}\n'
        '@article{a, title = {A}, journal = jn # " and Rest"}\n'
        '@article{b, title = {B}, journal = unknown # " and Rest"}\n',
        "a.bib",
    )
    assert [work.journal for work in found.works] == ["Journal of Naps and Rest", "unknown and Rest"]
    [fault] = found.faults
    assert (fault.line, fault.key, fault.left_out) == (3, "b", False)
    assert "unknown is not defined" in fault.message


def test_a_comma_too_many_costs_no_entry() -> None:
    text = (
        "@article{one,,\n title = {Light,, and sleep},,\n year = 2020,\n , journal = {J, , of X},, }\n"
        "@article{two,\n title = {Dark}\n}\n"
    )
    entries, broken = bibtex.parse(text)
    assert [(entry.key, entry.fields) for entry in entries] == [
        ("one", {"title": "Light,, and sleep", "year": "2020", "journal": "J, , of X"}),
        ("two", {"title": "Dark"}),
    ]
    assert [(one.line, one.left_out) for one in broken] == [(1, False), (2, False), (4, False), (4, False)]
    assert all("a comma too many" in one.message for one in broken)


def test_a_missing_comma_is_noticed_and_both_fields_kept() -> None:
    found = _read(
        "@article{a,\n  title = {A title}\n  journal = {A journal},\n  year = 2020 volume = 3\n}", "a.bib"
    )
    [work] = found.works
    assert (work.title, work.journal, work.year, work.volume) == ("A title", "A journal", 2020, "3")
    assert [(f.line, f.left_out) for f in found.faults] == [(2, False), (4, False)]
    assert "comma is missing before journal" in found.faults[0].message


def test_a_list_of_authors_that_goes_on_is_known_to() -> None:
    entry = "@misc{%s, title = {T}, author = {Lee, A and %s}}"
    text = entry % ("a", "Roe, C") + entry % ("b", "others")
    whole, cut = _read(text, "a.bib").works
    assert (whole.authors, whole.unconfirmed) == (("Lee A", "Roe C"), ())
    assert cut.authors == ("Lee A",)
    assert [(one.field, one.value) for one in cut.unconfirmed] == [("authors", "and others")]


def test_a_hash_inside_braces_is_text() -> None:
    found = _read("@misc{a, title = {Trial # 5}, year = {2001}}", "a.bib")
    assert (found.works[0].title, found.faults) == ("Trial # 5", ())


def test_a_doi_that_is_none_and_a_year_that_is_none() -> None:
    found = _read("@misc{a, title = {T}, doi = {see text}, year = {in press}}", "a.bib")
    assert (found.works[0].doi, found.works[0].year) == (None, None)
    assert len(found.faults) == 2


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("Pocovi, Natasha C.", "Pocovi NC"),
        ("Natasha C. Pocovi", "Pocovi NC"),
        ("Pocovi NC", "Pocovi NC"),
        ("van Dongen JM", "van Dongen JM"),
        ("Johanna van Dongen", "van Dongen J"),
        ("Berg, Anna van der", "van der Berg A"),
        ("Smith, Jr., John A.", "Smith JA"),
        ("King, Jr, Martin Luther", "King ML"),
        ("Jean-Paul Roux", "Roux JP"),
        ("WHO", "WHO"),
        ("Åkesson, Ö.", "Åkesson Ö"),
        ("O'Connor, S. R.", "O'Connor SR"),
    ],
)
def test_names(written: str, wanted: str) -> None:
    assert names.from_text(written) == wanted


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("10.1016/S0140-6736(24)00755-4", "10.1016/S0140-6736(24)00755-4"),
        ("https://doi.org/10.1000/a%2Cb", "10.1000/a,b"),
        ("doi: 10.1000/x.", "10.1000/x"),
        ("http://dx.doi.org/10.1000/x", "10.1000/x"),
        ("11.1000/x", None),
        ("", None),
        (None, None),
    ],
)
def test_dois(written: str | None, wanted: str | None) -> None:
    assert names.doi(written) == wanted


def test_csl_json() -> None:
    items = [
        {
            "id": "x/1",
            "type": "article-journal",
            "title": "Zinc and <i>colds</i>",
            "author": [
                {"family": "Meer", "given": "Jan Piet", "non-dropping-particle": "van der"},
                {"literal": "Cold Group"},
            ],
            "issued": {"date-parts": [[2018, 3]]},
            "container-title": "J Colds",
            "page": "e1234",
            "number": "3",
            "volume": 3,
            "DOI": "10.5555/Z",
        },
        {"type": "book", "DOI": "10.5555/Y", "issued": {"raw": "spring 1999"}},
        "junk",
    ]
    found = _read(json.dumps(items), "a.json")
    first, second = found.works
    assert (first.title, first.authors) == ("Zinc and colds", ("van der Meer JP", "Cold Group"))
    assert (first.year, first.volume, first.article_number, first.doi) == (2018, "3", "e1234", "10.5555/Z")
    assert (second.year, second.work_type) == (1999, "book")
    assert len(found.faults) == 1


def test_ris() -> None:
    found = _read(
        "stray\nTY  - JOUR\nTI  - Yoga for sleep:\n a trial\nAU  - Lind, Sara\nAU  - Okafor, N. A.\n"
        "PY  - 2015/03/01\nJO  - J Yoga\nVL  - 4\nSP  - 10\nEP  - 19\nDO  - 10.5555/y\nAB  - Slept well.\n"
        "ER  - \n\nTY  - BOOK\nT1  - Open record\n",
        "a.ris",
    )
    first, second = found.works
    assert (first.title, first.authors) == ("Yoga for sleep: a trial", ("Lind S", "Okafor NA"))
    assert (first.year, first.pages, first.doi, first.abstract) == (2015, "10-19", "10.5555/y", "Slept well.")
    assert second.work_type == "book"
    assert [fault.line for fault in found.faults] == [1, 16]


def test_nbib() -> None:
    [work] = _read(
        "PMID- 31234567\nTI  - Salt and stroke: a\n      cohort study.\nLID - 10.5555/s [doi]\n"
        "AB  - Salt was associated\n      with stroke.\nFAU - Lind, Sara M\nAU  - Lind SM\nLA  - eng\n"
        "PT  - Journal Article\nPT  - Retracted Publication\nDP  - 2019 May\nJT  - Journal of Salt\n"
        "VI  - 3\nIP  - 1\nPG  - 100-9\nPMC - PMC123456\n",
        "a.nbib",
    ).works
    assert (work.title, work.authors) == ("Salt and stroke: a cohort study", ("Lind SM",))
    assert (work.doi, work.pmid, work.pmcid, work.pages) == ("10.5555/s", "31234567", "PMC123456", "100-109")
    assert (work.abstract, work.standing, work.year) == (
        "Salt was associated with stroke.",
        "retracted",
        2019,
    )


@pytest.mark.parametrize(
    ("title", "standing"),
    [
        ("RETRACTED: Salt and stroke", "retracted"),
        ("{RETRACTED} ARTICLE: Salt and stroke", "retracted"),
        ("[Retracted] Salt and stroke", "retracted"),
        ("Salt and stroke (Retracted article. See vol. 4, p. 1)", "retracted"),
        ("Retraction: Salt and stroke", None),
        ("Retracted papers on salt: a survey", None),
        ("WITHDRAWN: Salt and stroke", None),
    ],
)
def test_a_title_that_says_that_its_work_is_retracted(title: str, standing: str | None) -> None:
    [work] = _read(f"@article{{a, title = {{{title}}}, author = {{Lind, Sara}}, year = 2019}}", "a.bib").works
    assert work.standing == standing


PUBMED = """<?xml version="1.0" encoding="UTF-16"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2024//EN" "x.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>222</PMID><Article>
<Journal><JournalIssue><Volume>9</Volume><PubDate>
<MedlineDate>2016 Nov-Dec</MedlineDate></PubDate></JournalIssue>
<Title>Journal of Knees</Title></Journal><ArticleTitle>Knees <i>and</i> stairs.</ArticleTitle>
<Pagination><MedlinePgn>77-9</MedlinePgn></Pagination><ELocationID EIdType="doi">10.5555/k</ELocationID>
<Abstract><AbstractText Label="METHODS">Stairs.</AbstractText><AbstractText>Fine.</AbstractText></Abstract>
<AuthorList><Author><LastName>Lind</LastName><Initials>SM</Initials></Author>
<Author><CollectiveName>Knee Group</CollectiveName></Author></AuthorList><Language>eng</Language>
<PublicationTypeList><PublicationType>Meta-Analysis</PublicationType></PublicationTypeList>
</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""


def test_pubmed_xml() -> None:
    [work] = _read(PUBMED, "a.xml").works
    assert (work.title, work.authors) == ("Knees and stairs", ("Lind SM", "Knee Group"))
    assert (work.year, work.pages, work.doi, work.pmid) == (2016, "77-79", "10.5555/k", "222")
    assert work.abstract == "METHODS: Stairs.\nFine."
    assert work.work_type == "review"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><PubmedArticleSet>&d;</PubmedArticleSet>',
            "xml-entities",
        ),
        (
            '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><PubmedArticleSet>&b;</PubmedArticleSet>',
            "xml-entities",
        ),
        ("<PubmedArticleSet>", "xml-syntax"),
        ("<other/>", "not-a-bibliography"),
    ],
)
def test_hostile_xml(text: str, code: str) -> None:
    with pytest.raises(ClaimspineError, match=code):
        _read(text, "a.xml")


def test_the_format_is_told_from_the_text(tmp_path: Path) -> None:
    for text in (
        "@misc{a, title={T}}",
        '[{"title": "T"}]',
        "TY  - JOUR\nTI  - T\nER  - \n",
        "PMID- 1\nTI  - T\n",
    ):
        file = tmp_path / "export"
        file.write_text(text)
        assert [work.title for work in read_bibliography(file).works] == ["T"]
    (tmp_path / "export").write_text("Dear editor,")
    with pytest.raises(ClaimspineError, match="not-a-bibliography"):
        read_bibliography(tmp_path / "export")


def test_broken_encoding_is_named(tmp_path: Path) -> None:
    file = tmp_path / "latin.bib"
    file.write_bytes("@misc{a,\n title={Schl\xe4frigkeit}}".encode("latin-1"))
    with pytest.raises(ClaimspineError) as caught:
        read_bibliography(file)
    assert (caught.value.code, caught.value.line) == ("not-utf-8", 2)


_BIB = st.text(list('@{}",=#\\% \nabcarticle0159&'), max_size=120)


@settings(max_examples=150, deadline=None)
@given(_BIB | _BIB.map(lambda text: "@article{k, title = {T}, x = " + text))
def test_no_bibtex_crashes_the_reader(text: str) -> None:
    entries, broken = bibtex.parse(text)
    assert all(entry.line >= 1 for entry in entries)
    assert all(fault.message for fault in broken)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.sampled_from([".bib", ".ris", ".nbib", ".json", ".xml"]))
def test_no_bibliography_crashes_the_reader(text: str, suffix: str) -> None:
    try:
        found = _read(text, f"a{suffix}")
    except ClaimspineError:
        return
    assert isinstance(found, Bibliography)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", '[{"id": "x", "title": "T", "DOI": "see below"}]', "doi: 'see below' is not a DOI"),
        ("a.json", '[{"id": "x", "title": "T", "PMID": "none"}]', "pmid: 'none' is not a PubMed number"),
        ("a.json", '[{"id": "x", "title": "T", "issued": {"date-parts": [[null]]}}]', "is not a year"),
        ("a.json", '[{"id": "x", "title": "T", "author": "Lind S"}]', "author: is not a list of names"),
        ("a.ris", "TY  - JOUR\nTI  - T\nDO  - soon\nER  - \n", "doi: 'soon' is not a DOI"),
        ("a.ris", "TY  - JOUR\nTI  - T\nPY  - in press\nER  - \n", "year: 'in press' is not a year"),
        ("a.nbib", "PMID- 12\nTI  - T\n\nPMID- twelve\nTI  - U\n", "pmid: 'twelve' is not a PubMed number"),
        ("a.bib", "@article{x, title={T}, pmid={twelve}}", "pmid: 'twelve' is not a PubMed number"),
    ],
)
def test_a_field_that_cannot_be_read_is_named(name: str, text: str, said: str) -> None:
    found = _read(text, name)
    assert [fault.message for fault in found.faults if said in fault.message]
    assert "T" in [work.title for work in found.works]


@pytest.mark.parametrize(
    ("author", "read"),
    [
        ("{The {LIGHT} Study Group}", ("The LIGHT Study Group",)),
        ("{{WHO}} and {{Council of {E}urope}}", ("WHO", "Council of Europe")),
        (r"{\AA}kesson, K. and {van der Holm}, B.", ("Åkesson K", "van der Holm B")),
        ("{A} and {Ida} {Holm}", ("A", "Holm I")),
    ],
)
def test_a_body_that_signs_is_whole_in_braces(author: str, read: tuple[str, ...]) -> None:
    [work] = _read(f"@misc{{a, title={{Tea}}, author={{{author}}}}}", "a.bib").works
    assert work.authors == read


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"{H$_{\textrm{2}}$O} and CO$_2$", "H2O and CO2"),
        (r"VO$_{2max}$, a\_b and 10$^{-3}$", "VO2max, a_b and 10^-3"),
        (r"H{\textless}sub{\textgreater}2{\textless}/sub{\textgreater}O", "H2O"),
        (
            r"{\textless}i{\textgreater}E. coli{\textless}/i{\textgreater}, p {\textless} 0.05",
            "E. coli, p < 0.05",
        ),
    ],
)
def test_lowered_figures_and_markup_of_reference_programs(written: str, text: str) -> None:
    assert bibtex.plain(written) == text


def test_identifiers_where_endnote_and_zotero_put_them() -> None:
    record = (
        "TY  - JOUR\nTI  - Tea\nM3  - doi: 10.5555/a.1\nC2  - PMC1234567\nAN  - 29876543\nDP  - {}\nER  -\n"
    )
    [work] = _read(record.format("NLM"), "a.ris").works
    assert (work.doi, work.pmid, work.pmcid) == ("10.5555/a.1", "29876543", "PMC1234567")
    [work] = _read(record.format("Embase").replace("C2  - PMC", "C2  - "), "a.ris").works
    assert (work.pmid, work.pmcid) == (None, None)
    [work] = _read("TY  - JOUR\nTI  - Tea\nM3  - Journal Article\nER  -\n", "a.ris").works
    assert work.doi is None
    item = {"id": "a", "title": "Tea", "note": "PMID: 31234567\nPMCID: PMC7000001\ntex.ids= b"}
    [work] = _read(json.dumps([item]), "a.json").works
    assert (work.pmid, work.pmcid) == ("31234567", "PMC7000001")
    [work] = _read("@misc{a, title={Tea}, note={PMCID: PMC1234}}", "a.bib").works
    assert (work.pmid, work.pmcid) == (None, "PMC1234")


def test_pubmed_titles_in_brackets_and_groups_among_authors() -> None:
    text = "PMID- 1\nTI  - {}\nFAU - Berg, Anna B\nCN  - LIGHT Study Group\n"
    for written, read in (
        ("[Light and sleep].", "Light and sleep"),
        ("Light and sleep [corrected].", "Light and sleep [corrected]"),
        ("[Light] and [sleep].", "[Light] and [sleep]"),
    ):
        [work] = _read(text.format(written), "a.nbib").works
        assert work.title == read
    assert work.authors == ("Berg AB", "LIGHT Study Group")


@pytest.mark.parametrize(
    ("text", "name"), [("<?xml version='1.0'?><html/>", "a.xml"), ("a,b\n1,2\n", "a.csv")]
)
def test_what_is_no_bibliography_is_told_what_is(text: str, name: str) -> None:
    with pytest.raises(ClaimspineError) as raised:
        _read(text, name)
    assert raised.value.code == "not-a-bibliography"
    assert "EndNote .enw or .xml" in (raised.value.hint or "")


@pytest.mark.parametrize(
    ("written", "recorded"),
    [
        ("WHO Working Group on Imagined Falls", "WHO Working Group on Imagined Falls"),
        ("Nameless Council on Falls", "Nameless Council on Falls"),
        ("Friends of the Invented Spine", "Friends of the Invented Spine"),
        ("Department of Fictional Health, Education and Welfare",) * 2,
        ("Society, Invented Gait", "Invented Gait Society"),
        ("Anna van der Berg", "van der Berg A"),
        ("Berg, Anna", "Berg A"),
    ],
)
def test_a_body_among_the_authors_keeps_its_name(written: str, recorded: str, tmp_path: Path) -> None:
    (tmp_path / "r.ris").write_text(f"TY  - JOUR\nAU  - {written}\nTI  - On falls\nER  - \n")
    (tmp_path / "b.bib").write_text(f"@article{{k, author={{{written}}}, title={{On falls}}}}")
    assert read_bibliography(tmp_path / "r.ris").works[0].authors == (recorded,)
    if " and " not in written:  # which parts names there
        assert read_bibliography(tmp_path / "b.bib").works[0].authors == (recorded,)
