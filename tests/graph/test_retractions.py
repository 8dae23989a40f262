"""Retraction data as the standing of works: by DOI or PubMed id, never by title."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import ClaimspineError
from graph.evidence import Doi, Evidence, Iri, Pmid, Work
from graph.retractions import Retractions, read_retractions, with_retractions

HEADER = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,"
    "RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,"
    "RetractionNature,Reason,Paywalled,Notes"
)


def row(nature: str, date: str, doi: str = "", pmid: str = "0", title: str = "Kale and falls") -> str:
    about = f'1,"{title}",,,Leaves,,,"Ann Oak;Bo Elm",,,{date} 0:00,10.5555/n,0,5/1/2015 0:00'
    return f'{about},"{doi}",{pmid},{nature},+Error;,No,'


def read(path: Path, *rows: str) -> Retractions:
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return read_retractions(path)


def standing(data: Retractions, doi: str | None = None, pmid: str | None = None, **more: str) -> Work:
    work = Work(
        Iri("urn:w"),
        title="Kale and falls",
        doi=Doi(doi) if doi else None,
        pmid=Pmid(pmid) if pmid else None,
        standing=more.get("standing"),
    )
    return with_retractions(Evidence(works={work.iri: work}), data).works[work.iri]


@pytest.mark.parametrize(
    ("nature", "expected"),
    [
        ("Retraction", "retracted"),
        ("Expression of concern", "concern"),
        ("Correction", "corrected"),
        ("?", None),
    ],
)
def test_natures(tmp_path: Path, nature: str, expected: str | None) -> None:
    data = read(tmp_path / "r.csv", row(nature, "3/14/2020", "10.5555/KALE,1"))
    found = standing(data, "10.5555/kale,1")
    assert found.standing == expected
    if expected:
        assert found.standing_note == "2020-03-14, Error, doi:10.5555/n"
    assert data.unread == (expected is None)


def test_by_pubmed_id_and_never_by_title(tmp_path: Path) -> None:
    data = read(tmp_path / "r.csv", row("Retraction", "3/14/2020", "unavailable", "123"))
    assert standing(data, pmid="123").standing == "retracted"
    assert standing(data).standing is None, "the title alone is the same"
    assert standing(data, pmid="0").standing is None, "0 is written for none"


def test_identifiers_that_contradict_each_other_are_of_two_works(tmp_path: Path) -> None:
    data = read(tmp_path / "r.csv", row("Retraction", "3/14/2020", "10.5555/k", "123"))
    assert standing(data, "10.5555/k", "999").standing is None
    assert standing(data, "10.5555/other", "123").standing is None
    assert standing(data, "10.5555/k", "123").standing == "retracted"


def test_notices_under_either_identifier_are_of_one_work(tmp_path: Path) -> None:
    """A later notice may name the PubMed id alone; another row says which DOI that is."""
    rows = [
        row("Correction", "2/2/2019", "10.5555/k", "123"),
        row("Expression of concern", "3/3/2020", "", "123"),
    ]
    data = read(tmp_path / "r.csv", *rows)
    found = standing(data, "10.5555/k")
    assert (found.standing, found.pmid) == ("concern", "123")
    works = {found.iri: found}
    assert with_retractions(Evidence(works=works), data, [(None, "123")]).works.keys() == works.keys()


def test_the_order_of_notices(tmp_path: Path) -> None:
    rows = [row("Reinstatement", "12/1/2021", "10.5555/k"), row("Retraction", "3/14/2020", "10.5555/k")]
    assert standing(read(tmp_path / "a.csv", *rows), "10.5555/k").standing is None
    rows.append(row("Retraction", "1/2/2022", "10.5555/k"))
    assert standing(read(tmp_path / "b.csv", *rows), "10.5555/k").standing == "retracted"


def test_a_milder_word_takes_nothing_back(tmp_path: Path) -> None:
    data = read(tmp_path / "r.csv", row("Correction", "3/14/2020", "10.5555/k"))
    assert standing(data, "10.5555/k", standing="retracted").standing == "retracted"
    assert standing(data, "10.5555/else", standing="current").standing == "current"


def test_a_work_known_only_from_the_data(tmp_path: Path) -> None:
    data = read(tmp_path / "r.csv", row("Retraction", "3/14/2020", "10.5555/k"))
    asked = [("10.5555/K", None), ("10.5555/none", None), (None, None)]
    (work,) = with_retractions(Evidence(), data, asked).works.values()
    assert (work.doi, work.standing, work.title) == ("10.5555/k", "retracted", "Kale and falls")
    assert work.year is None
    assert {(one.field, one.value) for one in work.unconfirmed} == {("journal", "Leaves"), ("year", "2015")}


def test_windows_bytes_are_read(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(
        "\n".join([HEADER, row("Retraction", "3/14/2020", "10.5555/k", title="Café")]).encode("cp1252")
    )
    assert standing(read_retractions(path), "10.5555/k").standing == "retracted"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a,b\n1,2\n", "not-retraction-data"),
        (b"", "not-retraction-data"),
        (b"\x00\x01", "not-text"),
        ((HEADER + "\n" + "x" * 200_000 + "\n").encode(), "csv-syntax"),
    ],
)
def test_what_is_no_retraction_data(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(data)
    with pytest.raises(ClaimspineError) as caught:
        read_retractions(path)
    assert caught.value.code == code
