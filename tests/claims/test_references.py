"""Each entry of a reference list is held against the work that it means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.audit import Checker
from claims.library import Library
from claims.model import (
    Author,
    FieldComparison,
    Reference,
    ReferenceFields,
    ReferenceStatus,
    VerifiedReference,
)
from claims.reading import read_text
from claims.references import find, parse, verify
from claims.references.author_lists import authors_agree
from claims.references.identifiers import contradictions
from claims.references.titles import same_title
from claims.references.verifying import same_pages
from claims.reports.overview import summary
from graph.evidence import Doi, Iri, UnconfirmedField, Work


def work(name: str, **fields: object) -> Work:
    return replace(Work(Iri(f"https://example.org/work/{name}")), **fields)  # type: ignore[arg-type]


OATS = work(
    "oats",
    title="Oat fibre and blood pressure in older adults: a randomised controlled trial",
    authors=("Lee AB", "Roe C", "van den Berg J"),
    year=2019,
    journal="European Journal of Nutrition",
    volume="42",
    issue="3",
    pages="101-109",
    doi=Doi("10.5555/EJN.2019.101"),
    pmid="31234567",
    published_online="2018-12-03",
)
NAPS = work(
    "naps",
    title="Afternoon naps and the memory of shift workers",
    authors=("Öz H", "Ruiz-García M"),
    year=2020,
    journal="Thorax",
    volume="75",
    article_number="e101",
)
STEPS = work(
    "steps",
    title="Daily steps and the risk of depression in older women",
    authors=("Ivanova T",),
    year=2021,
    journal="JAMA Network Open",
    doi=Doi("10.1001/jamanetworkopen.2021.12345"),
    unconfirmed=(UnconfirmedField("volume", "4"), UnconfirmedField("articleNumber", "e2112345")),
)
LIBRARY = Library.of((OATS, NAPS, STEPS))
PRINTED = "Lee AB, Roe C, et al. Oat fiber and blood pressure in older adults. Eur J Nutr. 2019;42(3):101-9."


def check(text: str, library: Library = LIBRARY) -> VerifiedReference:
    return verify(parse(text), library)


def differing(verified: VerifiedReference) -> list[str]:
    return [row.field for row in verified.fields if row.agrees is False and row.confirmed]


@pytest.mark.parametrize(
    "text",
    [
        PRINTED,
        "Lee, A. B., Roe, C., & van den Berg, J. (2019). Oat fibre and blood pressure in older "
        "adults: A randomized controlled trial. European Journal of Nutrition, 42(3), 101–109. https://doi.org/10.5555/ejn.2019.101",
        "Lee AB, Roe C, van den Berg J. Oat fibre and blood pressure in older adults. Eur J Nutr. 2018."
        " PMID: 31234567",
        "Oz H, Ruiz Garcia M. Afternoon naps and the memory of shift workers. Thorax. 2020;75:e101.",
        "Lee AB, Roe C, van den Berg J. Oat fibre and blood pressure in older adults. Eur J Nutr. 2019.",
    ],
)
def test_right_references_are_verified(text: str) -> None:
    verified = check(text)
    assert verified.status is ReferenceStatus.VERIFIED, verified.fields
    assert differing(verified) == []


@pytest.mark.parametrize(
    ("printed", "agrees"),
    [
        ("Published online 2019.", None),
        ("2019. Epub ahead of print.", None),
        ("Published online 2018.", False),
        ("2019;75:e101.", False),
    ],
)
def test_the_year_of_publishing_online_is_no_other_year(printed: str, agrees: bool | None) -> None:
    verified = verify(
        f"Öz H, Ruiz García M. Afternoon naps and the memory of shift workers. Thorax. {printed}", LIBRARY
    )
    assert verified.work is not None
    assert verified.work.year == 2020
    assert [row.agrees for row in verified.fields if row.field == "year"] == [agrees]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("Lee AB, Roe C", "Lund AB, Roe C", "authors"),
        ("Lee AB, Roe C", "Roe C, Lee AB", "authors"),
        ("Lee AB", "Lee KW", "authors"),
        ("2019;", "2014;", "year"),
        ("42(3)", "47(3)", "volume"),
        ("42(3)", "42(5)", "issue"),
        ("101-9", "210-9", "pages"),
        ("Eur J Nutr", "N Engl J Med", "journal"),
        ("Oat fiber and", "Oat fiber for", "title"),
        ("older adults", "older women", "title"),
        ("pressure in", "pressures in", "title"),
    ],
)
def test_one_wrong_field_is_the_one_that_differs(old: str, new: str, field: str) -> None:
    verified = check(PRINTED.replace(old, new))
    assert verified.work == OATS
    assert verified.status is ReferenceStatus.MISMATCH
    assert differing(verified) == [field]


def test_another_title_at_the_same_place_names_the_right_work() -> None:
    verified = check("Hall P. Whole grains lower cholesterol in men. Eur J Nutr. 2019;42(3):101-109.")
    assert verified.work == OATS
    assert verified.matched_by == ("locator",)
    assert {"authors", "title"} <= set(differing(verified))


def test_identifier_of_another_work_is_kept_apart() -> None:
    verified = check(PRINTED + " doi:10.1001/jamanetworkopen.2021.12345")
    assert verified.work == OATS
    assert verified.candidates == (STEPS.iri,)
    assert verified.status is ReferenceStatus.MISMATCH


def test_invented_reference_is_led_back_to_the_work_it_was_made_after() -> None:
    verified = check(
        "Marsh, K., et al. (2021). Steps per day and depression among older women. JAMA Network Open."
    )
    assert verified.work == STEPS
    assert verified.matched_by == ("context",)
    assert verified.status is ReferenceStatus.MISMATCH


@pytest.mark.parametrize(
    "text",
    [
        "Marsh, K., et al. (2021). Zinc lozenges for the common cold in children. JAMA Network Open.",
        "Marsh, K., et al. (2012). Steps per day and depression among older women. JAMA Network Open.",
        "Marsh K. Cold water swimming. Thorax. 2020;75(9):900-8.",
        "Lee AB. Vitamin D and bone. Bone. 2019;12:1-9.",
    ],
)
def test_works_that_the_library_lacks_are_not_found(text: str) -> None:
    assert check(text).status is ReferenceStatus.NOT_FOUND


def test_two_works_that_fit_are_ambiguous() -> None:
    twin = replace(
        STEPS,
        iri=Iri("https://example.org/work/steps2"),
        title="Daily steps and the risk of dementia in older women",
        doi=None,
    )
    verified = check(
        "Marsh, K. (2021). Daily steps in older women. JAMA Network Open.", Library.of((STEPS, twin))
    )
    assert verified.status is ReferenceStatus.AMBIGUOUS
    assert set(verified.candidates) == {STEPS.iri, twin.iri}


def test_an_unconfirmed_value_may_agree_but_never_differs() -> None:
    agreeing = check(
        "Ivanova T. Daily steps and the risk of depression in older women. "
        "JAMA Netw Open. 2021;4(2):e2112345."
    )
    assert agreeing.status is ReferenceStatus.VERIFIED
    assert FieldComparison("volume", "4", "4", True, False) in agreeing.fields
    other = check(
        "Ivanova T. Daily steps and the risk of depression in older women. "
        "JAMA Netw Open. 2021;9(2):e2199999."
    )
    assert other.status is ReferenceStatus.VERIFIED
    assert FieldComparison("volume", "9", "4", False, False) in other.fields


PREPRINT = work(
    "preprint",
    title="Evening light and the timing of sleep in teenagers",
    authors=("Moreau P",),
    year=2022,
    doi=Doi("10.1101/2022.03.04.22271234"),
)


@pytest.mark.parametrize(
    ("journal", "agrees"), [("medRxiv", True), ("bioRxiv or medRxiv", True), ("Sleep", False)]
)
def test_a_preprint_is_not_the_paper_in_a_journal(journal: str, agrees: bool) -> None:
    fields = ReferenceFields((Author("Moreau", "P"),), year=2022, title=PREPRINT.title, journal=journal)
    verified = verify(fields, Library.of((PREPRINT,)))
    assert differing(verified) == ([] if agrees else ["journal"])


def journal_with(dois: tuple[str | None, ...]) -> Library:
    """Works of one journal and year with these DOIs, one with none, and as many of another with DOIs."""
    found = [
        work(f"w{n}", title=f"Naps number {n} of many", year=2020, journal="Thorax", doi=doi and Doi(doi))
        for n, doi in enumerate(dois)
    ]
    others = [
        work(f"o{n}", title=f"Salt {n}", year=2020, journal="Gut", doi=Doi(f"10.1000/{n}")) for n in range(6)
    ]
    bare = work("bare", title="Whistling and the lung", authors=("Roe C",), year=2020, journal="Thorax")
    return Library.of((*found, *others, bare))


@pytest.mark.parametrize(
    ("dois", "note"),
    [
        (
            tuple(f"10.1136/{n}" for n in range(6)),
            "the record has no DOI, and those of Thorax begin with 10.1136",
        ),
        ((None,) * 6, "the record has no DOI, nor have the 6 other works of Thorax of those years"),
        (("10.1136/1", "10.7777/2", *(None,) * 4), None),
        ((None,) * 3, None),
    ],
)
def test_a_doi_that_the_record_lacks(dois: tuple[str | None, ...], note: str | None) -> None:
    printed = parse("Roe C. Whistling and the lung. Thorax. 2020;75:1-9. doi:10.7777/abc.1")
    verified = verify(printed, journal_with(dois))
    (row,) = [row for row in verified.fields if row.field == "doi"]
    assert (row.agrees, row.note) == ((False, note) if note else (None, ""))


def test_a_bibliography_without_dois_says_nothing_by_it() -> None:
    """Thorax, Heart and Lung were exported without DOIs; Gut, from elsewhere, has them."""
    plain = [
        work(f"{name}{n}", title=f"{name} {n}", year=2020, journal=name)
        for name in ("Heart", "Lung")
        for n in range(5)
    ]
    library = Library.of((*journal_with((None,) * 6).works, *plain))
    printed = parse("Roe C. Whistling and the lung. Thorax. 2020;75:1-9. doi:10.7777/abc.1")
    (row,) = [row for row in verify(printed, library).fields if row.field == "doi"]
    assert row.agrees is None


TRANSLATED = work(
    "translated",
    title="Hafer und Blutdruck bei älteren Menschen",
    authors=("Lee AB", "Roe C"),
    year=2014,
    journal="Ernährungs-Umschau",
    volume="61",
    pages="269-273",
)


@pytest.mark.parametrize(
    ("title", "record", "agrees"),
    [
        ("[Oats and blood pressure in older people]", TRANSLATED.title, None),
        ("[Oats and blood pressure in older people]", "[Oats and blood pressure in older people].", True),
        ("[Oats and blood pressure in older people]", "Naps and the memory of men on shifts", False),
        ("Hafer und Blutdruck bei älteren Menschen", "[Oats and blood pressure in older people].", None),
        (f"{TRANSLATED.title} [Oats and blood pressure in older people]", TRANSLATED.title, True),
        ("Hafer und Blutzucker bei älteren Menschen", TRANSLATED.title, False),
    ],
)
def test_a_translated_title_is_no_other_title(title: str, record: str, agrees: bool | None) -> None:
    library = Library.of((replace(TRANSLATED, title=record),))
    verified = check(f"Lee AB, Roe C. {title}. Ernährungs-Umschau. 2014;61:269-73.", library)
    assert [row.agrees for row in verified.fields if row.field == "title"] == [agrees]
    assert (differing(verified) == ["title"]) is (agrees is False)


def test_a_book_may_be_printed_without_its_subtitle() -> None:
    book = work("book", title="Oats: why they never bore us", authors=("Lee AB",), year=2014)
    assert check("Lee AB. Oats. London: Faber; 2014.", Library.of((book,))).status is ReferenceStatus.VERIFIED


def test_retracted_work() -> None:
    verified = check(PRINTED, Library.of((replace(OATS, standing="retracted"),)))
    assert verified.status is ReferenceStatus.RETRACTED


def test_a_reference_and_its_fields_are_verified_alike() -> None:
    reference = Reference(
        3, "Lee 2019", PRINTED, find(read_text(f"x.\n\n## References\n\n{PRINTED}"))[0].span, parse(PRINTED)
    )
    assert verify(reference, LIBRARY).fields == verify(parse(PRINTED), LIBRARY).fields


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("134-44", "134-144"),
        ("69–83", "69-83"),
        ("e5592", "5592"),
        ("5270", "e05270"),
        ("101", "101-109"),
        ("S12-S19", "S12-9"),
    ],
)
def test_same_pages(one: str, other: str) -> None:
    assert same_pages(one, other)


@pytest.mark.parametrize(("one", "other"), [("134-44", "134-149"), ("69-83", "68-83"), ("e5592", "e5593")])
def test_other_pages(one: str, other: str) -> None:
    assert not same_pages(one, other)


RECORD = ("Lee AB", "Roe C", "van Dongen JM", "Öz H")


def names_agree(printed: str, record: tuple[str, ...], *, more: bool = False) -> bool:
    fields = parse(f"{printed}. Oats and naps. Gut. 2019;1(2):3-9.")
    return authors_agree(fields.authors, record, cut=fields.et_al, more=more)


@pytest.mark.parametrize(
    "printed",
    [
        "Lee AB, et al",
        "Lee A, Roe C, et al",
        "Lee AB, Roe C, van Dongen JM, Oz H",
        "Lee AB, ... Öz H",
    ],
)
def test_author_lists_that_agree(printed: str) -> None:
    assert names_agree(printed, RECORD)


@pytest.mark.parametrize(
    "printed",
    [
        "Roe C, Lee AB, et al",
        "Li AB, Roe C, et al",
        "Lee AB, Roe C, Kim D",
        "Lee AB, van Dongen JM, et al",
        # A list that is cut short without a word looks like the whole list.
        "Lee A, Roe C",
        "Lee AB, Öz H",
    ],
)
def test_author_lists_that_differ(printed: str) -> None:
    assert not names_agree(printed, RECORD)


def test_a_body_may_be_missing_from_either_list() -> None:
    assert names_agree("Lee AB, Roe C", ("Lee AB", "Roe C", "OATS Study Group"))
    assert names_agree("Lee AB, Roe C", ("Lee AB", "OATS Study Group", "Roe C"))
    assert not names_agree("Lee AB, Roe C", ("OATS Study Group",))


@pytest.mark.parametrize(
    ("short", "body", "same"),
    [
        ("CDC", "Centers for Disease Control and Prevention", True),
        ("NICE", "National Institute for Health and Care Excellence", True),
        ("WHO", "World Health Organization", True),
        ("FDA", "Food and Drug Administration", True),
        ("AHA", "American Diabetes Association", False),
        ("NIH", "National Heart, Lung, and Blood Institute", False),
        ("CDC", "Council on Diet", False),
    ],
)
def test_bodies_and_their_first_letters(short: str, body: str, same: bool) -> None:
    assert authors_agree((Author(short, ""),), (body,)) is same
    assert authors_agree((Author(body, ""),), (short,)) is same


def test_a_record_may_name_the_first_authors_only() -> None:
    assert names_agree("Lee AB, Roe C, van Dongen JM", RECORD[:2], more=True)
    assert not names_agree("Lee AB, Roe C, van Dongen JM", RECORD[:2])
    assert not names_agree("Lee AB, Kim D", RECORD[:2], more=True)


def test_authors_left_out_without_a_word_are_told_apart_from_other_authors() -> None:
    shortened = check(PRINTED.replace(", et al", ""))
    assert differing(shortened) == ["authors"]
    (row,) = [row for row in shortened.fields if row.field == "authors"]
    assert row.note == "2 of 3 authors are printed, without “et al.”"
    (row,) = [row for row in check(PRINTED.replace("Lee AB", "Lund AB")).fields if row.field == "authors"]
    assert row.agrees is False
    assert row.note == ""


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Roe C. Steps. JAMA Netw Open. 2025;8(3):e2835297.", "e2835297"),
        ("Roe C. Steps. JAMA Netw Open. 2025;8(3):e2512345.", None),
        ("Roe C. Steps. JAMA Netw Open. 2019;2(1):e187344.", None),
        ("Roe C. Salt. BMJ. 2021;372:n71.", None),
        ("Roe C. Salt. BMJ. 2012;344:n71.", "n71"),
        ("Roe C. Tea. Nutrients. 2019;11(4):512. doi:10.3390/nu11040512", None),
        ("Roe C. Tea. Nutrients. 2019;11(4):612. doi:10.3390/nu11040512", "10.3390/nu11040512"),
        ("Roe C. Tea. Nutrients. 2015;16(4):512.", "16"),
        ("Roe C. Tea. J Clin Med. 2024;14(1):209.", None),
        (
            "Roe C. Gait. Lancet. 2014;393:1-9. doi:10.1016/S0140-6736(24)00755-4",
            "10.1016/S0140-6736(24)00755-4",
        ),
        ("Roe C. Gait. Lancet. 2024;404:134-44. doi:10.1016/S0140-6736(24)00755-4", None),
        ("Roe C. Sleep. N Engl J Med. 2021;384:403-16. doi:10.1056/NEJMoa2035389", None),
        ("Roe C. Sleep. N Engl J Med. 2011;364:403-16. doi:10.1056/NEJMoa2035389", "10.1056/NEJMoa2035389"),
        ("Roe C. Deep sleep. arXiv:2113.01234 (2021).", "arXiv:2113.01234"),
        ("Roe C. Deep sleep. arXiv:2103.01234 (2021).", None),
        ("Roe C. Naps. Thorax. 2020;75:1-9. doi:10.1136", "10.1136"),
    ],
)
def test_identifiers_that_cannot_be(text: str, wrong: str | None) -> None:
    fields = parse(text)
    assert [one.printed for one in contradictions(fields, text)] == ([wrong] if wrong else [])


def test_line_of_volumes_is_read_from_the_library() -> None:
    known = [
        work(str(year), journal="Journal of Naps", year=year, volume=str(year - 1990))
        for year in (2001, 2005, 2010)
    ]
    fields = ReferenceFields(journal="J Naps", year=2012, volume="30", issue="2")
    assert [one.printed for one in contradictions(fields, "", known)] == ["30"]
    assert list(contradictions(replace(fields, volume="22"), "", known)) == []
    assert list(contradictions(fields, "", known[:2])) == []


@pytest.mark.timeout(60)  # a hang is a failure; how fast it is stands in bench/
def test_thirty_references_are_verified() -> None:
    crowd = [
        work(
            f"w{n}",
            title=f"Walking study {n} of pain and sleep in group {n % 97}",
            authors=(f"Name{n} A",),
            year=1990 + n % 30,
            journal="Thorax",
        )
        for n in range(5000)
    ]
    library = Library.of((*crowd, OATS, NAPS, STEPS))
    fields = parse(PRINTED)
    verify(fields, library)
    for _ in range(30):
        assert verify(fields, library).work == OATS


def test_without_a_library_nothing_is_looked_up() -> None:
    entry = "Haddad R, Nord A. Oats and cholesterol. Nutrients. 2020;12(3):1-9."
    assert verify(entry, Library.of(())).status is ReferenceStatus.UNCHECKED
    text = f"# Oats\n\nOats help (Haddad & Nord, 2020).\n\n## References\n\n- {entry}\n"
    report = Checker.of().check(read_text(text, "text/markdown"))
    assert summary(report).endswith(
        "1 reference read; no bibliography or evidence was given to look them up in."
    )
    assert not [one for one in report.diagnostics if one.code == "S101"]


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ("Noise and hearing. Geneva: Press; 2021. ISBN 978-92-4-002048-1", False),
        ("Noise and hearing. Geneva: Press; 2021. ISBN 978-92-4-002048-2", True),
        ("Noise and hearing. ISBN: 0-306-40615-2.", False),
        ("Noise and hearing. ISBN: 0-306-40615-3.", True),
    ],
)
def test_the_last_digit_of_an_isbn(entry: str, wrong: bool) -> None:
    assert any("last digit" in one.why for one in contradictions(parse(entry), entry)) is wrong


def record(**fields: str) -> Work:
    return Work(
        Iri("urn:w"),
        title="Walnuts at night and waking in tired clerks: the NUTTY randomised trial",
        authors=("Oak A", "Elm B"),
        year=2021,
        journal="Leaves",
        pages="11-19",
        **fields,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("printed", "fields"),
    [
        ("Oak A, Elm B. Walnuts at night and waking in tired clerks. Leaves 2021;29 Suppl. 1:11-19.",
         {"volume": "29", "issue": "Suppl 1"}),
        ("Oak A, Elm B. Walnuts at night and waking in tired clerks. Leaves 2021;6:11-19.",
         {"volume": "2021", "issue": "6"}),
        ("Oak A, Elm B. Walnuts at night and waking in tired clerks (NUTTY). Leaves 2021;29:11-19.",
         {"volume": "29"}),
        ("Oak A, Elm B. Walnuts at night and waking in tired clerks. Leaves 2021;29:11-19. "
         "doi:10.1101/2021.01.02.21250001v3", {"volume": "29", "doi": Doi("10.1101/2021.01.02.21250001")}),
    ],
)  # fmt: skip
def test_harmless_forms_of_a_place_and_a_name(printed: str, fields: dict[str, str]) -> None:
    assert verify(printed, Library.of([record(**fields)])).status is ReferenceStatus.VERIFIED


def test_a_title_with_abbreviated_words() -> None:
    assert same_title("Hemp and BMD in men aged 40-60", "Hemp and bone mineral density in men aged 40 to 60")
    assert not same_title(
        "Hemp and BMI in men aged 40-60", "Hemp and bone mineral density in men aged 40 to 60"
    )


def test_a_place_of_two_records_leads_to_either() -> None:
    one, other = (
        record(volume="5"),
        replace(record(volume="5"), iri=Iri("urn:x"), title="Kale at noon and falls"),
    )
    found = verify(
        "Oak A, Elm B. Walnuts at night and waking in tired clerks. Leaves 2021;5:11-19.",
        Library.of([one, other]),
    )
    assert (found.work, found.candidates) == (one, ())
