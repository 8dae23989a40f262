"""The library finds works by every key, quickly and always in the same order; journals by any name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.journals import same_journal
from claims.library import Library, first_page, title_words
from graph.evidence import Doi, Iri, UnconfirmedField, Work


def work(name: str, **fields: object) -> Work:
    return replace(Work(Iri(f"https://example.org/work/{name}")), **fields)  # type: ignore[arg-type]


SALT = work(
    "salt",
    title="Salt substitutes and stroke in rural households",
    authors=("van der Meer PJ",),
    year=2021,
    journal="The New England Journal of Medicine",
    volume="385",
    pages="1067-1077",
    doi=Doi("10.5555/Salt.1"),
    pmid="34459569",
)
YOGA = work(
    "yoga",
    title="Yoga for anxiety",
    authors=("Brook T",),
    year=2022,
    journal="BMJ Open",
    unconfirmed=(UnconfirmedField("volume", "12"), UnconfirmedField("articleNumber", "e055001")),
)
LIBRARY = Library.of((YOGA, SALT))


def test_every_key_leads_to_the_work() -> None:
    assert LIBRARY.with_doi("https://doi.org/10.5555/SALT.1") == (SALT,)
    assert LIBRARY.with_pmid(" 34459569") == (SALT,)
    assert LIBRARY.at_locator("N Engl J Med", "385", "1067", None) == (SALT,)
    assert LIBRARY.at_locator("Lancet", "385", "1067", None) == ()
    assert LIBRARY.at_locator(None, "12", None, "E055001") == (YOGA,)
    assert LIBRARY.by_first_author("Meer", 2020) == (SALT,)
    assert LIBRARY.by_first_author("van der Meer", 2015) == ()
    assert LIBRARY.in_journal("Bmj Open", 2021) == (YOGA,)
    assert LIBRARY.like_title("Stroke and salt substitutes")[0] == SALT


def test_order_of_the_works_changes_nothing() -> None:
    assert Library.of((SALT, YOGA)) == Library.of((YOGA, SALT))
    assert Library.of(()).like_title("anything at all") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J Clin Med", "Journal of Clinical Medicine"),
        ("J. Clin. Med.", "Journal of Clinical Medicine"),
        ("The Lancet", "Lancet"),
        ("Lancet (London, England)", "The Lancet"),
        ("JAMA Netw Open", "JAMA Network Open"),
        ("N Engl J Med", "The New England Journal of Medicine"),
        ("NEJM", "New England Journal of Medicine"),
        ("Front Bioeng Biotechnol", "Frontiers in Bioengineering and Biotechnology"),
        ("Br Med J", "BMJ"),
        ("IJERPH", "International Journal of Environmental Research and Public Health"),
        ("Med Sci Sports Exerc", "Medicine & Science in Sports & Exercise"),
        ("Arch Phys Med Rehabil", "Archives of Physical Medicine and Rehabilitation"),
        ("Clin Biomech (Bristol, Avon)", "Clinical Biomechanics"),
        ("Proc Natl Acad Sci U S A", "Proceedings of the National Academy of Sciences"),
        ("PLOS ONE", "PLoS One"),
        ("J Nutr", "The Journal of Nutrition"),
        ("Dtsch Arztebl Int", "Deutsches Ärzteblatt International"),
        ("Ned Tijdschr Geneeskd", "Nederlands Tijdschrift voor Geneeskunde"),
        ("Z Gerontol Geriatr", "Zeitschrift für Gerontologie und Geriatrie"),
        ("MMWR Morb Mortal Wkly Rep", "MMWR. Morbidity and mortality weekly report"),
        ("Ann N Y Acad Sci", "Annals of the New York Academy of Sciences"),
        (
            "J Gerontol A Biol Sci Med Sci",
            "The Journals of Gerontology, Series A: Biological Sciences and Medical Sciences",
        ),
    ],
)
def test_names_of_one_journal(one: str, other: str) -> None:
    assert same_journal(one, other)
    assert same_journal(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BMJ", "BMJ Open"),
        ("Spine", "The Spine Journal"),
        ("Sleep", "Sleep Medicine"),
        ("J Clin Med", "Journal of Clinical Nutrition"),
        ("JAMA", "JAMA Network Open"),
        ("Lancet", "Lancet Neurology"),
        ("Pain", "European Journal of Pain"),
        ("Nature", "Nature Medicine"),
        ("Eur J Nutr", "European Journal of Neurology"),
        ("Am J Med", "American Journal of Cardiology"),
        ("Int J Obes", "International Journal of Oncology"),
    ],
)
def test_names_of_two_journals(one: str, other: str) -> None:
    assert not same_journal(one, other)


def test_pages_and_words() -> None:
    assert first_page("pp. 101–109") == "101"
    assert first_page("E055001") == "e055001"
    assert first_page(None) == ""
    assert title_words("Randomized trials of fibre: behaviours") == title_words(
        "Randomised trials of fibre, behaviors"
    )


@pytest.mark.timeout(60)  # a hang is a failure; how fast it is stands in bench/
def test_many_works_are_indexed_and_searched() -> None:
    works = [
        work(
            f"w{n}",
            title=f"Study {n} of tea{n % 500} and sleep{n % 77}",
            authors=(f"Name{n} A",),
            year=2000 + n % 20,
        )
        for n in range(20_000)
    ]
    library = Library.of(works)
    for n in range(0, 20_000, 1000):
        assert works[n] in library.like_title(works[n].title or "")
