"""Reference strings in many styles come apart into their fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.model import Author, ReferenceFields
from claims.names import read_authors, recorded_author, same_family
from claims.references import parse
from claims.references.misplaced import put_right
from claims.references.pieces import container_of, pages_of, title_of, volume_of

TITLE = "Oat fibre and blood pressure in older adults"
LEE, ROE = Author("Lee", "AB"), Author("Roe", "C")


@pytest.mark.parametrize(
    "text",
    [
        f"Lee, A. B., & Roe, C. (2019). {TITLE}. European Journal of Nutrition, 42(3), 101–109.",
        f"Lee AB, Roe C. {TITLE}. Eur J Nutr. 2019;42(3):101-109.",
        f"Lee AB, Roe C. {TITLE}. Eur J Nutr. 2019 Jun;42(3):101-9. doi: 10.1000/ejn.42.3. PMID: 31234567.",
        f"7. Lee AB, Roe C. {TITLE}. Eur J Nutr. 2019;42(3):101–109.",
        f"[7] A. B. Lee, C. Roe, {TITLE}, Eur. J. Nutr. 42 (3) (2019) 101–109.",
        f"Lee, A.B. and Roe, C. (2019) '{TITLE}', European Journal of Nutrition, 42(3), pp. 101–109.",
        f"Lee, A.B.; Roe, C. {TITLE}. Eur. J. Nutr. 2019, 42(3), 101–109.",
        f"Lee, A. B. & Roe, C. {TITLE}. Eur. J. Nutr. 42(3), 101–109 (2019).",
        f"Lee, A. B., and C. Roe. “{TITLE}.” Eur. J. Nutr., vol. 42, no. 3, 2019, pp. 101-109.",
        f"Lee, A. B., and C. Roe. “{TITLE}.” European Journal of Nutrition 42, no. 3 (2019): 101–9.",
    ],
)
def test_one_article_in_ten_styles(text: str) -> None:
    fields = parse(text)
    assert fields.authors == (LEE, ROE)
    assert fields.year == 2019
    assert fields.title == TITLE
    assert fields.journal is not None
    assert fields.journal.replace(".", "") in ("European Journal of Nutrition", "Eur J Nutr")
    assert (fields.volume, fields.issue) == ("42", "3")
    assert fields.pages in ("101-109", "101-9")


def test_identifiers_and_links() -> None:
    fields = parse(
        "Öz H, van Dongen JM, et al. Naps. Thorax. 2018;73(2):e101. doi:10.1136/thorax-2018(02)1-X."
        " PMID: 29123456"
    )
    assert fields.doi == "10.1136/thorax-2018(02)1-X"
    assert fields.pmid == "29123456"
    assert fields.et_al
    assert fields.authors == (Author("Öz", "H"), Author("van Dongen", "JM"))
    assert parse("Roe C. Naps. https://doi.org/10.1000/ABC.1.").doi == "10.1000/ABC.1"
    assert parse("Roe C. Naps. Sleep. 2019. https://pubmed.ncbi.nlm.nih.gov/29123456/").pmid == "29123456"
    assert (
        parse("NHS. Sleep (2020). Available at: https://www.nhs.uk/sleep (Accessed: 3 May 2021).").year
        == 2020
    )


def test_what_stands_for_pages_may_be_an_article_number() -> None:
    fields = parse("Kim H. Steps and falls. JAMA Netw Open. 2025;8(3):e2512345.")
    assert (fields.pages, fields.article_number) == ("e2512345", "e2512345")
    fields = parse("Kim H. Steps and falls. Gait Posture. 2025;8(3):12‑19.")
    assert (fields.pages, fields.article_number) == ("12-19", None)


def test_article_numbers_keep_their_letters() -> None:
    assert parse("Roe, C. (2017) 'Coffee and sleep', BMJ, 359, p. j5024.").pages == "j5024"
    assert (
        parse("Roe C. Shared decisions. Cochrane Database Syst Rev. 2018;(7):CD006732.").pages == "CD006732"
    )
    assert parse("Roe, C. (2017) 'Coffee and sleep', Sleep, 359, p.24.").pages == "24"


def test_et_al_is_seen_wherever_the_names_end() -> None:
    for text in (
        "Lee, A., Roe, C. et al. (2019). Oat fibre and sleep. Sleep, 42(3), 1-9.",
        "Lee A, Roe C, and others. Oat fibre and sleep. Sleep. 2019;42(3):1-9.",
        "Lee, A., Roe, C., . . . Öz, H. (2019). Oat fibre and sleep. Sleep, 42(3), 1-9.",
    ):
        assert parse(text).et_al, text


def test_article_numbers_are_told_from_pages() -> None:
    assert parse("Kim, H. (2024). Gait. Gait & Posture, 12:1377767.").article_number == "1377767"
    assert (
        parse("Kim H. Steps and falls in old age. JAMA Netw Open. 2025;8(3):e2512345.").article_number
        == "e2512345"
    )


def test_corporate_author() -> None:
    fields = parse(
        "World Health Organization. (2020). Guidelines on physical activity and sedentary behaviour. WHO."
    )
    assert fields.authors == (Author("World Health Organization"),)
    assert fields.title == "Guidelines on physical activity and sedentary behaviour"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lee AB, Roe C", [("Lee", "AB"), ("Roe", "C")]),
        ("Lee, A. B., Roe, C., & Öz, H.", [("Lee", "AB"), ("Roe", "C"), ("Öz", "H")]),
        ("A. B. Lee, C. Roe and H. Öz", [("Lee", "AB"), ("Roe", "C"), ("Öz", "H")]),
        ("Lee, Ann B., and Carl Roe", [("Lee", "AB"), ("Roe", "C")]),
        (
            "Ann Lee, Carl van den Berg, and Mia García-López",
            [("Lee", "A"), ("van den Berg", "C"), ("García-López", "M")],
        ),
        ("van den Berg J, O'Brien K", [("van den Berg", "J"), ("O'Brien", "K")]),
        ("MacKay-Lyons, M.", [("MacKay-Lyons", "M")]),
        ("Lee, A.B.; Roe, C.", [("Lee", "AB"), ("Roe", "C")]),
        ("Lee AB, Roe C, . . . Öz H", [("Lee", "AB"), ("Roe", "C"), ("Öz", "H")]),
        ("DUCLERT V.", [("DUCLERT", "V")]),
        ("Lin C-W", [("Lin", "CW")]),
        ("van 't Hof A, Lee AB", [("van 't Hof", "A"), ("Lee", "AB")]),
        ("Lee AB, Roe C; OATS Study Group", [("Lee", "AB"), ("Roe", "C"), ("OATS Study Group", "")]),
        ("Centers for Disease Control and Prevention", [("Centers for Disease Control and Prevention", "")]),
        ("Lee AB, Roe CD.", [("Lee", "AB"), ("Roe", "CD")]),
        ("Goss DL. Moore JH.", [("Goss", "DL"), ("Moore", "JH")]),
        ("GREY (P.), LEE (A.M.)", [("GREY", "P"), ("LEE", "AM")]),
        ("Bao Q *, Zhao Y*, Lee A", [("Bao", "Q"), ("Zhao", "Y"), ("Lee", "A")]),
        ("1 Lee, A. & Roe, C.", [("Lee", "A"), ("Roe", "C")]),
        ("Lee, Ann (forthcoming)", [("Lee", "A")]),
        ("Oat Group, Lee AB, van der Roe C", [("Oat Group", ""), ("Lee", "AB"), ("van der Roe", "C")]),
        ("Lee AB, Roe C; Healthy Oats Project", [("Lee", "AB"), ("Roe", "C"), ("Healthy Oats Project", "")]),
        ("Oat News", [("Oat News", "")]),
        ("Deutsche Gesellschaft für Hafer e. V.", [("Deutsche Gesellschaft für Hafer e. V", "")]),
        ("Lee AB 3rd, Roe C Jr", [("Lee", "AB"), ("Roe", "C")]),
        ("S. Ramana, B. D'Angelo, and K.-L. Wu", [("Ramana", "S"), ("D'Angelo", "B"), ("Wu", "KL")]),
        ("A. Lee, B. Roe", [("Lee", "A"), ("Roe", "B")]),
        (
            "Mulder, P. de, Haan, J. & Berg, R. van den",
            [("de Mulder", "P"), ("Haan", "J"), ("van den Berg", "R")],
        ),
        ("P. T. Harker and M. St. Clair", [("Harker", "PT"), ("St. Clair", "M")]),
        ("Public Health England", [("Public Health England", "")]),
        ("Cancer Research UK", [("Cancer Research UK", "")]),
        ("Scottish Sleep Survey Team", [("Scottish Sleep Survey Team", "")]),
    ],
)
def test_names(text: str, names: list[tuple[str, str]]) -> None:
    assert [(one.family, one.initials) for one in read_authors(text)[0]] == names


@pytest.mark.parametrize("kind", ["Editorial", "podcast", "Doctoral dissertation", "in Chinese", "Internet"])
def test_the_kind_of_a_work_is_no_part_of_its_title(kind: str) -> None:
    assert (
        parse(f"Lee, A. (2019). Oat fibre and sleep [{kind}]. Sleep, 42, 1-9.").title == "Oat fibre and sleep"
    )
    translated = "Hafer und Schlaf [Oats and sleep]"
    assert parse(f"Lee, A. (2019). {translated}. Sleep, 42, 1-9.").title == translated


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("Eur J Nutr. Published online May 11, 2019.", 2019),
        ("Eur J Nutr. Epub ahead of print 2019 May 11. PMID: 31234567.", 2019),
        ("Eur J Nutr. 2019. Online ahead of print.", 2019),
        ("Eur J Nutr. Advance online publication.", None),
    ],
)
def test_the_day_of_publishing_online_is_no_volume(printed: str, year: int | None) -> None:
    fields = parse(f"Lee AB, Roe C. {TITLE}. {printed}")
    assert (fields.title, fields.year) == (TITLE, year)
    assert (fields.volume, fields.pages) == (None, None)
    if year:
        assert fields.journal == "Eur J Nutr"


@pytest.mark.parametrize(
    "number", ["(Report No. 14)", "(Publication No. 1081)", "(Version 2)", "(NICE Guideline NG19)"]
)
def test_the_number_of_a_report_is_no_issue(number: str) -> None:
    fields = parse(f"Lee, A. B., & Roe, C. (2019). {TITLE} {number}. Ageing Research Centre.")
    assert (fields.title, fields.volume, fields.issue, fields.pages) == (TITLE, None, None, None)


def test_a_thesis_stands_in_no_journal_and_a_preprint_on_its_server() -> None:
    for thesis in ("[Doctoral dissertation, University of Leeds]", "(Master's thesis, Tea College)"):
        fields = parse(f"Lee, A. B. (2019). {TITLE} {thesis}. ProQuest Dissertations & Theses Global.")
        assert (fields.title, fields.journal, fields.container) == (TITLE, None, None)
    for server in ("medRxiv", "Research Square"):
        assert (
            parse(f"Lee, A. B. (2019). {TITLE} [Preprint]. {server}. https://doi.org/10.1101/1").journal
            == server
        )


@pytest.mark.parametrize(
    ("printed", "pages"),
    [
        ("Eur J Nutr. 2019;42(3):V01160033. Danish.", "V01160033"),
        ("Eur J Nutr. 2019;42(3):zpac012.", "zpac012"),
        ("Eur. J. Nutr., vol. 42, no. 3, 2019, article 1725000.", "1725000"),
        ("Eur J Nutr, 42(3), Article No. e77, 2019.", "e77"),
    ],
)
def test_numbers_of_articles_in_their_forms(printed: str, pages: str) -> None:
    assert parse(f"Lee AB, Roe C. {TITLE}. {printed}").pages == pages


def test_a_site_behind_a_question_and_a_publisher_that_is_the_author() -> None:
    fields = parse("Lee, A. B. (2022, June 14). Can oats help? The Conversation. https://example.org/oats")
    assert (fields.title, fields.journal) == ("Can oats help?", "The Conversation")
    assert parse(f"BMA Board of Oats. {TITLE}. BMA, 2016.").journal is None
    congress = "Proceedings of the Congress on Oats"
    printed = f"Lee AB, Roe C. {TITLE}. In: {congress}; 2018 Jun 4-7; Oslo. Oslo: Oats; 2018. p. 5-9."
    assert parse(printed).container == congress


@pytest.mark.parametrize("editors", ["Hale LA, ed", "Hale LA, Ito K, eds", "Hale LA, Ito K, editors"])
def test_a_chapter_stands_in_the_book_behind_its_editors(editors: str) -> None:
    book = "Geriatric Rehabilitation"
    printed = parse(f"Lee AB. {TITLE}. In: {editors}. {book}. 2nd ed. Elsevier; 2019:201-225.")
    assert (printed.title, printed.container, printed.pages, printed.journal) == (
        TITLE,
        book,
        "201-225",
        None,
    )


def test_a_title_may_begin_with_a_year() -> None:
    fields = parse("Lee AB, Roe C. 2011 Compendium of oats: a second update. Eur J Nutr. 2013;43(8):75-81.")
    assert (fields.title, fields.year) == ("2011 Compendium of oats: a second update", 2013)


def test_a_title_may_begin_with_in() -> None:
    printed = (
        "Lee, A.B., Roe, C., 2017. In hip pain, Oat fibre is superior to rest for function. Pain 27, 873–886."
    )
    assert parse(printed).title == "In hip pain, Oat fibre is superior to rest for function"


def test_a_department_is_no_journal() -> None:
    fields = parse("Oat Board. (n.d.). Benefits of oats. U.S. Department of Health and Human Services.")
    assert fields.journal is None


@pytest.mark.parametrize(
    ("piece", "before", "title"),
    [
        ("Salt and the heart.” The Book of Salt", "Roe (1979) “", "Salt and the heart."),
        ("On tea (translated by Ann Lee)", "Roe C. ", "On tea"),
        ("Naps and memory. PhD thesis, Leeds", "Roe C. ", "Naps and memory"),
        ("The «white» flour question", "Roe C. ", "The «white» flour question"),
    ],
)
def test_what_stands_after_a_title_is_cut(piece: str, before: str, title: str) -> None:
    assert title_of(piece, before)[0] == title


@pytest.mark.parametrize(
    ("piece", "volume"),
    [("8 vols", "8"), ("21 March", "21"), ("B262", "B262"), ("XIV", "XIV"), ("Roma", None)],
)
def test_a_volume_is_a_number(piece: str, volume: str | None) -> None:
    assert volume_of(piece) == volume


@pytest.mark.parametrize(
    ("pieces", "pages"),
    [
        (["7-10 December (pp. 281-289"], "281-289"),
        (["045012(6pp"], "045012"),
        (["-", "1-22"], "1-22"),
        (["e2512345"], "e2512345"),
        (["5", "S77–S110"], "S77–S110"),
        (["-"], None),
    ],
)
def test_pages_hold_a_number(pieces: list[str], pages: str | None) -> None:
    assert pages_of(pieces) == pages


def test_a_journal_is_named_without_in() -> None:
    assert container_of("In: Sleep Medicine, vol.") == "Sleep Medicine"
    assert container_of("Indian J Med Res") == "Indian J Med Res"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller", "Mueller"),
        ("García-López", "Garcia Lopez"),
        ("van Dongen", "Dongen"),
        ("Øvrebø", "Ovrebo"),
        ("O’Brien", "O'Brien"),
        ("de la Cruz", "De La Cruz"),
        ("Łukasik", "Lukasik"),
    ],
)
def test_families_that_agree(one: str, other: str) -> None:
    assert same_family(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Lee", "Li"), ("Smith", "Smithson"), ("Kim", "Zhang"), ("Lo", "Lopez")]
)
def test_families_that_differ(one: str, other: str) -> None:
    assert not same_family(one, other)


def test_recorded_names() -> None:
    for name in ("van Dongen JM", "van Dongen, J. M.", "van Dongen, Johanna M", "Johanna M van Dongen"):
        assert recorded_author(name) == Author("van Dongen", "JM")


@given(st.text(max_size=200))
def test_anything_parses(text: str) -> None:
    fields = parse(text)
    assert isinstance(fields, ReferenceFields)
    assert fields.year is None or 1500 <= fields.year < 2100


@pytest.mark.timeout(60)  # a hang is a failure; how fast it is stands in bench/
@pytest.mark.parametrize(
    "text", ["Lee A, " * 50_000, "A. " * 100_000, "(2019) " * 50_000, "1" * 300_000, "," * 300_000]
)
def test_hostile_strings_are_parsed(text: str) -> None:
    parse(text)


def test_a_particle_with_an_apostrophe_belongs_to_its_name() -> None:
    for printed in ("van 't Veer P, Lee AB. ", "Lee AB, van ’t Veer P. "):
        fields = parse(f"{printed}{TITLE}. Eur J Nutr. Epub ahead of print 2019 Mar 3.")
        assert sorted(one.family for one in fields.authors) == ["Lee", "van 't Veer"]
        assert fields.title == TITLE


def test_the_number_of_pubmed_central_is_read() -> None:
    text = "Lee A, Roy B. Tea and sleep. Sleep Med. 2019;42(3):1-9. PMID: 30000001; PMCID: PMC6543210."
    fields = parse(text)
    assert (fields.pmid, fields.pmcid, fields.pages) == ("30000001", "PMC6543210", "1-9")
    assert parse("Lee A. Tea. Sleep Med. 2019;42:1-9.").pmcid is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Lee, Ann. “Oats at Sea.” In Essays, vol. 3: Travels, edited by C. Roe. Leeds: Moor Press, 1988.",
            {"volume": "3", "title": "Oats at Sea"},
        ),
        (
            "Lee, Ann. Der Hafer. Vol. 7 of Gesammelte Schriften. Berlin: Moorverlag, 1958.",
            {"title": "Der Hafer", "volume": "7"},
        ),
        (
            "Lee, A., ‘Oats in Coastal Towns’ (45-64) in C. Roe (ed.), The Sea, Leeds: Moor Press, 2008.",
            {"title": "Oats in Coastal Towns", "pages": "45-64"},
        ),
        (
            "Ann Lee, Oat Farms, Hard Years: The Coast in Hunger, 1717-1721 (Leeds: Moor Press, 1989)",
            {"pages": None},
        ),
        (
            "Lee, Ann. Oats and Their Use. 2nd ed. Leeds: Moor Press, 1999. ISBN 0-00-000000-0",
            {"pages": None, "volume": None},
        ),
        (
            "Lee, Ann. “Behind the Mill”: Millers and Their Families between the Wars, in C. Roe, ed., "
            "Mill Towns (Leeds: Moor Press, 2005), 235-288.",
            {"title": "Behind the Mill”: Millers and Their Families between the Wars", "pages": "235-288"},
        ),
    ],
)
def test_what_stands_where_another_field_is_looked_for(text: str, wanted: dict[str, str | None]) -> None:
    fields = parse(text)
    assert {name: getattr(fields, name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("printed", "body", "right"),
    [
        (
            {"journal": "Oat and Plant Science XI", "pages": "46-47"},
            "",
            {"journal": "Oat and Plant Science", "volume": "XI"},
        ),
        ({"journal": "Oats VI", "volume": "4"}, "", {"journal": "Oats VI", "volume": "4"}),
        ({"title": "Oats, vol. 2"}, "Oats, vol. 2. Leeds.", {"title": "Oats, vol. 2", "volume": None}),
        ({"title": "Oats in Hunger (1717-1721)"}, "", {"title": "Oats in Hunger (1717-1721)", "pages": None}),
        (
            {"pages": "19-21"},
            "Oats. Moor Library, vols. 19–21. Leeds, 1960.",
            {"pages": None, "volume": "19"},
        ),
        ({"pages": "1801-1805"}, "Oats. pp. 1801-1805. Leeds.", {"pages": "1801-1805"}),
        ({"pages": "1801-1805", "journal": "Oats"}, "Oats, 1801-1805.", {"pages": "1801-1805"}),
    ],
)
def test_a_field_that_stood_in_another_is_put_right(
    printed: dict[str, str], body: str, right: dict[str, str | None]
) -> None:
    fields = put_right(ReferenceFields(**printed), body)  # type: ignore[arg-type]
    assert {name: getattr(fields, name) for name in right} == right
