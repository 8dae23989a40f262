# ruff: noqa: E501 - records as programs write them
"""One plainly invented paper as each program exports it: all of it is read, whatever the program."""

from __future__ import annotations

import csv

import pytest

from graph.bibliography import read_bibliography_bytes
from graph.errors import ClaimspineError

ISI = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Owl, O
   Pipit, P
AF Owl, Olga
   Pipit, Pia
TI Naps in owls &
   pipits
SO BIRD SLEEP
LA English
DT Article
AB Owls nap longer
   than pipits.
PY 2021
VL 6
IS 1
BP 30
EP 39
DI 10.5555/bs.9
PM 31234567
UT WOS:000012345600001
ER

PT J
AU Jay, J
TI Naps in jays
SO BIRD SLEEP
PY 2018
AR e12
ER

EF
"""
ENW = """%0 Journal Article
%T Naps in owls & pipits
%A Owl, Olga
%A Pipit, Pia
%J Bird Sleep
%V 6
%N 1
%P 30-39
%D 2021
%R 10.5555/bs.9
%M 31234567
%X Owls nap longer than pipits.

%0 Book
%T On jays
%A Jay, J.
%D 2018
"""
XML = """<?xml version="1.0" encoding="UTF-8" ?><xml><records><record><source-app name="EndNote" version="20.1">EndNote</source-app>
<rec-number>12</rec-number><ref-type name="Journal Article">17</ref-type><contributors><authors>
<author><style face="normal">Owl, Olga</style></author><author>Pipit, P.</author></authors></contributors>
<titles><title><style face="normal" size="100%">Naps in owls &amp; </style><style face="italic">pipits</style></title>
<secondary-title>Bird Sleep</secondary-title></titles><periodical><full-title>Bird Sleep</full-title></periodical>
<pages>30-39</pages><volume>6</volume><number>1</number><dates><year><style>2021</style></year></dates>
<accession-num>31234567</accession-num><abstract>Owls nap longer than pipits.</abstract>
<electronic-resource-num>10.5555/bs.9</electronic-resource-num><remote-database-provider>NLM</remote-database-provider>
</record></records></xml>"""
SCOPUS = """"Authors","Author full names","Title","Year","Source title","Volume","Issue","Art. No.","Page start","Page end","DOI","Link","Abstract","Document Type","PubMed ID"
"Owl O.; Pipit P.","Owl, Olga (1); Pipit, Pia (2)","Naps in owls & pipits","2021","Bird Sleep","6","1","","30","39","10.5555/bs.9","https://example.org/x","Owls nap longer than pipits.","Article","31234567"
"""
PUBMED = """PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI
31234567,Naps in owls & pipits.,"Owl O, Pipit P.",Bird Sleep. 2021 May;6(1):30-39. doi: 10.5555/bs.9.,Owl O,Bird Sleep,2021,2021/05/01,,,10.5555/bs.9
"""
COVIDENCE = """Title,Authors,Abstract,Published Year,Published Month,Journal,Volume,Issue,Pages,Accession Number,DOI,Ref,Covidence #,Study,Notes,Tags
Naps in owls & pipits,"Owl, O.; Pipit, P.",Owls nap longer than pipits.,2021,,Bird Sleep,6,1,30-39,,10.5555/bs.9,1,#12,Owl 2021,,
"""
RAYYAN = """key,title,year,month,day,journal,issn,volume,issue,pages,authors,url,language,publisher,location,abstract,notes,doi,keywords,pubmed_id,pmc_id
rayyan-1,Naps in owls & pipits,2021,1,1,Bird Sleep,,6,1,30-39,"Owl, O. and Pipit, P.",,eng,,,Owls nap longer than pipits.,"RAYYAN-INCLUSION: {""Ann""=>""Included""}",10.5555/bs.9,,31234567,
"""
ZOTERO = """"Key";"Item Type";"Publication Year";"Author";"Title";"Publication Title";"DOI";"Abstract Note";"Pages";"Issue";"Volume"
"ABCD1234";"journalArticle";"2021";"Owl, Olga; Pipit, Pia";"Naps in owls & pipits";"Bird Sleep";"10.5555/bs.9";"Owls nap longer than pipits.";"30-39";"1";"6"
"""
RIS = """TY  -JOUR
AU  -Owl, O
AU  -Pipit, P
TI  -Naps in <i>owls</i> &amp; pipits
T2  -Bird Sleep
PY  -2021
VL  -6
IS  -1
SP  -30
EP  -39
DO  -10.5555/bs.9
AB  -Owls nap longer than pipits.
N1  -PMID: 31234567
ER  -
"""


@pytest.mark.parametrize(
    ("text", "name", "more"),
    [
        (ISI, "savedrecs.txt", 1),
        (ISI, "owls.ciw", 1),
        (ENW, "scholar.enw", 1),
        (XML, "library.xml", 0),
        (SCOPUS, "scopus.csv", 0),
        ("\ufeff" + SCOPUS.replace("\n", "\r\n"), "scopus.csv", 0),
        (PUBMED, "csv-owls-set.csv", 0),
        (COVIDENCE, "review_1.csv", 0),
        (RAYYAN, "articles.csv", 0),
        (ZOTERO, "My Library.csv", 0),
        (RIS, "tight.ris", 0),
    ],
)
def test_a_paper_as_a_program_exports_it(text: str, name: str, more: int) -> None:
    read = read_bibliography_bytes(text.encode(), name, source=name)
    assert not [fault for fault in read.faults if "closed" not in fault.message]
    work, *others = read.works
    assert work.title == "Naps in owls & pipits"
    assert work.authors == ("Owl O", "Pipit P")
    assert (work.journal or "").casefold() == "bird sleep"
    assert (work.year, work.volume, work.issue, work.pages) == (2021, "6", "1", "30-39")
    assert work.doi == "10.5555/bs.9"
    assert work.pmid in ("31234567", None if name in ("review_1.csv", "My Library.csv") else "")
    assert work.abstract == (None if name == "csv-owls-set.csv" else "Owls nap longer than pipits.")
    assert len(others) == more


def test_what_is_wrong_with_a_row_is_told_with_its_line() -> None:
    text = 'Title,Authors,Year,DOI\nNaps,"Owl, O.",soon,10.5555/x\n,"Jay, J.",2020,\n'
    read = read_bibliography_bytes(text.encode(), "a.csv", source="a.csv")
    assert [work.title for work in read.works] == ["Naps"]
    assert [(fault.line, fault.left_out) for fault in read.faults] == [(2, False), (3, True)]


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Title,Authors,DOI\n" + '"' + "x" * 1_100_000 + '",y,z\n', "a.csv", "csv-syntax"),
        (
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><xml><records><record/></records></xml>',
            "a.xml",
            "xml-entities",
        ),
        ("<xml><records><record></records></xml>", "a.xml", "xml-syntax"),
    ],
)
def test_exports_that_cannot_be_read(text: str, name: str, code: str) -> None:
    with pytest.raises(ClaimspineError) as raised:
        read_bibliography_bytes(text.encode(), name, source=name)
    assert raised.value.code == code


def test_reading_a_table_changes_nothing_for_who_reads_other_tables() -> None:
    before = csv.field_size_limit()
    read_bibliography_bytes(b"Title,Authors,DOI\nTea,Owl O,10.5555/tea.1\n", "a.csv", source="a")
    assert csv.field_size_limit() == before
