"""The online sources against a local server that speaks their documented answers."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError

from api.online import OnlineSettings, Source, SourceDown, consult, open_sources
from api.online.merging import one_each, with_records
from claims.model import Author, ReferenceFields
from graph.evidence import Doi, Evidence, Iri, Pmid, Work

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Speaker:
    """A server on loopback: ``say`` maps a path to answers, the last of which is repeated."""

    address: str
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def say(self, path: str, body: object, status: int = 200, **headers: str) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.setdefault(path, []).append((status, named, data))

    def query(self, number: int) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.asked[number]).query)


@pytest.fixture
def speaker() -> Iterator[Speaker]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            held.asked.append(self.path)
            held.headers.append({name.lower(): value for name, value in self.headers.items()})
            answers = held.answers.get(self.path.partition("?")[0], [(404, {}, b"{}")])
            status, headers, body = answers.pop(0) if len(answers) > 1 else answers[0]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held = Speaker(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield held
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def asking(speaker: Speaker, tmp_path: Path) -> Callable[..., Any]:
    """Opens one source at the server; settings may be changed by name."""

    def settings(name: str, **changed: Any) -> OnlineSettings:
        told: dict[str, Any] = {f"{name}_url": speaker.address, f"{name}_per_second": 1000}
        told |= {"sources": name, "cache": tmp_path / "cache", "wait_seconds": 0.01, "timeout_seconds": 5.0}
        return OnlineSettings(**(told | changed))

    return settings


def find(settings: OnlineSettings, fields: ReferenceFields) -> tuple[Work, ...]:
    with open_sources(settings) as sources:
        return sources[0].find(fields)


def crossref(doi: str, title: str, **more: Any) -> dict[str, Any]:
    """A work as Crossref answers it."""
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": [title],
        "author": [{"given": "Berta", "family": "Hale", "sequence": "first"}, {"name": "Sleep Study Group"}],
        "container-title": ["Journal of Rest"],
        "volume": "12",
        "issue": "3",
        "page": "101-110",
        "issued": {"date-parts": [[2019, 5]]},
        "URL": f"https://doi.org/{doi}",
        **more,
    }


def message(body: object) -> dict[str, object]:
    return {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": body}


def listed(*items: object) -> dict[str, object]:
    return message({"total-results": len(items), "items": list(items)})


# --- Crossref


def test_crossref_reads_a_work(speaker: Speaker, asking: Callable[..., Any]) -> None:
    speaker.say("/works/10.5555%2Fsleep.1", message(crossref("10.5555/sleep.1", "Magnesium &amp; sleep")))
    speaker.say("/works", listed())
    (work,) = find(asking("crossref"), ReferenceFields(doi="10.5555/sleep.1"))
    assert (work.title, work.authors, work.year) == (
        "Magnesium & sleep",
        ("Hale B", "Sleep Study Group"),
        2019,
    )
    assert (work.journal, work.volume, work.issue, work.pages) == ("Journal of Rest", "12", "3", "101-110")
    assert work.recorded_by == "Crossref"
    assert work.standing is None, "nothing said is nothing known, not 'current'"


def test_crossref_notices_on_the_article(speaker: Speaker, asking: Callable[..., Any]) -> None:
    """``updated-by`` stands on the article; nothing else says that it was retracted."""
    update = {
        "DOI": "10.5555/notice",
        "type": "retraction",
        "label": "Retraction",
        "source": "retraction-watch",
    }
    update |= {"updated": {"date-parts": [[2021, 2, 3]]}}
    speaker.say(
        "/works/10.5555%2Fa", message(crossref("10.5555/a", "Garlic and colds", **{"updated-by": [update]}))
    )
    speaker.say("/works", listed())
    (work,) = find(asking("crossref"), ReferenceFields(doi="10.5555/a"))
    assert work.standing == "retracted"
    assert work.standing_note == "2021-02-03, said by Retraction Watch in Crossref, doi:10.5555/notice"


def test_crossref_notices_elsewhere(speaker: Speaker, asking: Callable[..., Any]) -> None:
    """``update-to`` stands on the notice alone; the article's own record is silent."""
    notice = crossref("10.5555/n", "Expression of concern: Garlic and colds")
    notice["update-to"] = [{"DOI": "10.5555/A", "type": "expression_of_concern", "label": "x"}]
    speaker.say("/works/10.5555%2Fa", message(crossref("10.5555/a", "Garlic and colds")))
    speaker.say("/works", listed(notice))
    works = find(asking("crossref"), ReferenceFields(doi="10.5555/a"))
    assert {work.doi: work.standing for work in works}["10.5555/a"] == "concern"
    assert speaker.query(1)["filter"] == ["updates:10.5555/a"]


def test_a_doi_with_a_comma_is_asked_for_whole_and_never_as_a_filter(
    speaker: Speaker, asking: Callable[..., Any]
) -> None:
    doi = "10.1016/S0140,6736(05)1;2-<3>#x?y"
    notice = crossref("10.5555/n2", "Retraction: Salt, sweat and hearts")
    notice["update-to"] = [{"DOI": doi.lower(), "type": "retraction", "label": "Retraction"}]
    path = "/works/10.1016%2FS0140%2C6736%2805%291%3B2-%3C3%3E%23x%3Fy"
    speaker.say(path, message(crossref(doi, "Salt, sweat and hearts")))
    speaker.say("/works", listed(notice))
    fields = ReferenceFields(doi=doi, title="Salt, sweat and hearts", authors=(Author("Hale", "B"),))
    works = find(asking("crossref"), fields)
    assert next(work for work in works if work.doi == doi).standing == "retracted"
    assert speaker.asked[0] == path
    assert not any("filter" in asked for asked in speaker.asked)
    assert speaker.query(1)["query.bibliographic"] == ["Salt, sweat and hearts Hale"]


@pytest.mark.parametrize(
    ("more", "standing"),
    [
        ({"updated-by": [{"type": "erratum", "DOI": "10.5555/e"}]}, "corrected"),
        ({"updated-by": [{"type": "new_version", "DOI": "10.5555/e"}]}, "superseded"),
        ({"updated-by": [{"type": "Retraction", "DOI": "10.5555/r"}, {"type": "correction"}]}, "retracted"),
        ({"updated-by": [{"type": "partial_retraction"}]}, "corrected"),
        ({"updated-by": [{"type": "something-new"}]}, None),
        ({"updated-by": "broken"}, None),
        ({"relation": {"is-replaced-by": [{"id": "10.5555/v2", "id-type": "doi"}]}}, "superseded"),
        (
            {
                "updated-by": [
                    {"type": "retraction", "updated": {"date-parts": [[2020]]}},
                    {"type": "reinstatement", "updated": {"date-parts": [[2021]]}},
                ]
            },
            None,
        ),
    ],
)
def test_crossref_standings(
    speaker: Speaker, asking: Callable[..., Any], more: dict[str, object], standing: str | None
) -> None:
    speaker.say("/works/10.5555%2Fb", message(crossref("10.5555/b", "Yoga and backs", **more)))
    speaker.say("/works", listed())
    (work,) = find(asking("crossref"), ReferenceFields(doi="10.5555/b"))
    assert work.standing == standing


def test_a_publishers_mark_in_the_title(speaker: Speaker, asking: Callable[..., Any]) -> None:
    speaker.say("/works/10.5555%2Fm", message(crossref("10.5555/m", "RETRACTED ARTICLE: Zinc and hair")))
    speaker.say("/works", listed())
    (work,) = find(asking("crossref"), ReferenceFields(doi="10.5555/m"))
    assert (work.title, work.standing) == ("Zinc and hair", "retracted")


def test_a_doi_that_crossref_does_not_know_is_no_failure(
    speaker: Speaker, asking: Callable[..., Any]
) -> None:
    speaker.say("/works", listed())
    assert find(asking("crossref"), ReferenceFields(doi="10.5555/none", title="Nothing at all")) == ()


# --- PubMed

EFETCH = b"""<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">31000001</PMID><Article>
<Journal><JournalIssue><Volume>7</Volume><Issue>2</Issue><PubDate><Year>2018</Year></PubDate></JournalIssue>
<Title>Archives of Naps</Title></Journal><ArticleTitle>Naps and blood pressure in nurses.</ArticleTitle>
<Pagination><MedlinePgn>45-52</MedlinePgn></Pagination>
<Abstract><AbstractText Label="RESULTS">Naps lowered systolic pressure by 4 mmHg.</AbstractText></Abstract>
<AuthorList><Author><LastName>Okafor</LastName><ForeName>Ada</ForeName><Initials>A</Initials></Author></AuthorList>
<PublicationTypeList><PublicationType>Journal Article</PublicationType>%s</PublicationTypeList></Article>
<CommentsCorrectionsList>%s</CommentsCorrectionsList></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="doi">10.5555/naps.9</ArticleId></ArticleIdList></PubmedData>
</PubmedArticle></PubmedArticleSet>"""


def search_result(*ids: str, **more: object) -> dict[str, object]:
    return {
        "header": {"type": "esearch"},
        "esearchresult": {"count": str(len(ids)), "idlist": list(ids), **more},
    }


def note(kind: str) -> bytes:
    return b'<CommentsCorrections RefType="%s"><RefSource>x</RefSource></CommentsCorrections>' % kind.encode()


@pytest.mark.parametrize(
    ("types", "notes", "standing"),
    [
        (b"", b"", None),
        (b"<PublicationType>Retracted Publication</PublicationType>", b"", "retracted"),
        (b"", note("RetractionIn"), "retracted"),
        (b"", note("ExpressionOfConcernIn") + note("ErratumIn"), "concern"),
        (b"", note("ErratumIn"), "corrected"),
        (b"", note("UpdateIn"), "superseded"),
        (b"", note("CommentIn") + note("RetractionOf"), None),
    ],
)
def test_pubmed(
    speaker: Speaker, asking: Callable[..., Any], types: bytes, notes: bytes, standing: str | None
) -> None:
    speaker.say("/esearch.fcgi", search_result("31000001"))
    speaker.say("/efetch.fcgi", EFETCH % (types, notes))
    settings = asking("pubmed", mailto="editor@example.org", pubmed_key="secret-key")
    (work,) = find(settings, ReferenceFields(doi="10.5555/naps.9"))
    assert (work.pmid, work.doi, work.title) == (
        "31000001",
        "10.5555/naps.9",
        "Naps and blood pressure in nurses",
    )
    assert work.abstract == "RESULTS: Naps lowered systolic pressure by 4 mmHg."
    assert work.standing == standing
    asked = speaker.query(0)
    assert asked["term"] == ['"10.5555/naps.9"[doi]']
    assert (asked["tool"], asked["email"], asked["api_key"]) == (
        ["claimspine"],
        ["editor@example.org"],
        ["secret-key"],
    )


def test_pubmed_searches_by_title_without_its_syntax(speaker: Speaker, asking: Callable[..., Any]) -> None:
    speaker.say("/esearch.fcgi", search_result())
    fields = ReferenceFields(
        title='Naps [all] OR "deep": pressure?', journal="Archives", volume="7", pages="45-52"
    )
    assert find(asking("pubmed"), fields) == ()
    assert speaker.query(0)["term"] == ["Naps all deep pressure[title]"]
    assert speaker.query(1)["term"] == ['"Archives"[journal] AND 7[volume] AND 45[page]']


def test_pubmed_xml_that_is_a_bomb_counts_as_no_answer(speaker: Speaker, asking: Callable[..., Any]) -> None:
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    bomb = entities + b"<PubmedArticleSet><PubmedArticle>&b;</PubmedArticle></PubmedArticleSet>"
    speaker.say("/efetch.fcgi", bomb)
    with pytest.raises(SourceDown):
        find(asking("pubmed"), ReferenceFields(pmid="1"))


# --- OpenAlex

OPENALEX = {
    "id": "https://openalex.org/W77",
    "doi": "https://doi.org/10.5555/tea,1",
    "display_name": "Tea and anxiety",
    "publication_year": 2022,
    "ids": {"openalex": "https://openalex.org/W77", "pmid": "https://pubmed.ncbi.nlm.nih.gov/36000077"},
    "authorships": [{"author": {"display_name": "Mei Lin Wu"}, "raw_author_name": "Wu, Mei-Lin"}],
    "primary_location": {"source": {"display_name": "Mind"}},
    "biblio": {"volume": "3", "issue": "1", "first_page": "9", "last_page": "19"},
    "type": "article",
    "is_retracted": False,
    "abstract_inverted_index": {"Tea": [0], "calms": [1], "people": [2]},
}


@pytest.mark.parametrize(("retracted", "standing"), [(True, "retracted"), (False, None), (None, None)])
def test_openalex(
    speaker: Speaker, asking: Callable[..., Any], retracted: bool | None, standing: str | None
) -> None:
    speaker.say("/works/doi:10.5555%2Ftea%2C1", OPENALEX | {"is_retracted": retracted})
    (work,) = find(asking("openalex"), ReferenceFields(doi="10.5555/tea,1"))
    assert (work.doi, work.pmid, work.authors) == ("10.5555/tea,1", "36000077", ("Wu ML",))
    assert (work.journal, work.pages, work.abstract) == ("Mind", "9-19", "Tea calms people")
    assert work.standing == standing


def test_openalex_by_title(speaker: Speaker, asking: Callable[..., Any]) -> None:
    speaker.say("/works", {"meta": {"count": 1}, "results": [OPENALEX, {"id": "https://openalex.org/W78"}]})
    (work,) = find(asking("openalex"), ReferenceFields(title="Tea, coffee | and: anxiety"))
    assert work.title == "Tea and anxiety"
    assert speaker.query(0)["filter"] == ["title.search:Tea coffee and anxiety"]


# --- Manners, bounds, hostility


def test_answers_are_kept_without_who_asked(
    speaker: Speaker, asking: Callable[..., Any], tmp_path: Path
) -> None:
    speaker.say("/esearch.fcgi", search_result("31000001"))
    speaker.say("/efetch.fcgi", EFETCH % (b"", b""))
    settings = asking("pubmed", mailto="editor@example.org", pubmed_key="secret-key")
    first = find(settings, ReferenceFields(doi="10.5555/naps.9"))
    again = find(settings, ReferenceFields(doi="10.5555/naps.9"))
    assert first == again
    assert len(speaker.asked) == 2, "the second run asks nothing"
    assert "mailto:editor@example.org" in speaker.headers[0]["user-agent"]
    kept = b"".join(path.read_bytes() for path in (tmp_path / "cache").iterdir())
    assert b"esearchresult" in kept
    assert b"secret-key" not in kept


def test_nothing_is_kept_when_that_is_wished(
    speaker: Speaker, asking: Callable[..., Any], tmp_path: Path
) -> None:
    speaker.say("/works", listed())
    for _ in range(2):
        find(asking("crossref", cache_days=0), ReferenceFields(title="Salt and sleep"))
    assert len(speaker.asked) == 2
    assert not (tmp_path / "cache").exists()


def test_a_busy_source_is_asked_again(speaker: Speaker, asking: Callable[..., Any]) -> None:
    speaker.say("/works", b"busy", 503)
    speaker.say("/works", b"slow down", 429, Retry_After="0")
    speaker.say("/works", listed(crossref("10.5555/c", "Salt and sleep")))
    (work,) = find(asking("crossref"), ReferenceFields(title="Salt and sleep"))
    assert work.doi == "10.5555/c"
    assert len(speaker.asked) == 3


def test_a_long_retry_after_gives_up_at_once(speaker: Speaker, asking: Callable[..., Any]) -> None:
    speaker.say("/works", b"", 429, Retry_After="3600")
    with pytest.raises(SourceDown, match="429"):
        find(asking("crossref"), ReferenceFields(title="Salt and sleep"))
    assert len(speaker.asked) == 1


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, b""), (403, b"no"), (200, b"<html>maintenance</html>"), (200, b"[]"), (200, b'{"message": 3}')],
)
def test_what_cannot_be_read_is_never_nothing_found(
    speaker: Speaker, asking: Callable[..., Any], status: int, body: bytes
) -> None:
    speaker.say("/works", body, status)
    with pytest.raises(SourceDown, match="Crossref"):
        find(asking("crossref"), ReferenceFields(title="Salt and sleep"))


def test_another_host_is_never_asked(speaker: Speaker, asking: Callable[..., Any]) -> None:
    port = speaker.address.rpartition(":")[2]
    speaker.say("/works", b"", 302, Location=f"http://localhost:{port}/elsewhere")
    speaker.say("/elsewhere", listed())
    with pytest.raises(SourceDown, match="redirects to another host, localhost"):
        find(asking("crossref"), ReferenceFields(title="Salt and sleep"))
    assert not any("elsewhere" in asked for asked in speaker.asked)


def test_a_redirection_on_the_same_host_is_followed(speaker: Speaker, asking: Callable[..., Any]) -> None:
    speaker.say("/works", b"", 301, Location="/v2/works")
    speaker.say("/v2/works", listed(crossref("10.5555/d", "Salt and sleep")))
    assert find(asking("crossref"), ReferenceFields(title="Salt and sleep"))[0].doi == "10.5555/d"
    speaker.answers["/v2/works"] = [(301, {"Location": "/v2/works"}, b"")]
    with pytest.raises(SourceDown, match="circle"):
        find(asking("crossref", cache_days=0), ReferenceFields(title="Salt and sleep"))


def test_a_printed_doi_cannot_lead_out_of_the_path(speaker: Speaker, asking: Callable[..., Any]) -> None:
    speaker.say("/works", listed())
    find(asking("crossref"), ReferenceFields(doi="10.5555/../../admin?x=1#y@127.0.0.1"))
    assert speaker.asked[0] == "/works/10.5555%2F..%2F..%2Fadmin%3Fx%3D1%23y%40127.0.0.1"


@pytest.mark.parametrize("compressed", [False, True])
def test_a_huge_answer_is_refused(speaker: Speaker, asking: Callable[..., Any], compressed: bool) -> None:
    import gzip

    body = b" " * 3_000_000
    if compressed:
        speaker.say("/works", gzip.compress(body), Content_Encoding="gzip")
    else:
        speaker.say("/works", body)
    with pytest.raises(SourceDown, match="larger than 1 MB"):
        find(asking("crossref", answer_mb=1), ReferenceFields(title="Salt and sleep"))


def test_the_pace_is_kept(speaker: Speaker, asking: Callable[..., Any]) -> None:
    import time

    speaker.say("/works", listed())
    started = time.monotonic()
    with open_sources(asking("crossref", crossref_per_second=3, cache_days=0)) as sources:
        for number in range(5):
            sources[0].find(ReferenceFields(title=f"Salt and sleep {number}"))
    assert time.monotonic() - started >= 0.9, (
        "five requests at three a second take more than a second's window"
    )


def test_a_source_that_is_off_is_said_to_be(asking: Callable[..., Any]) -> None:
    with pytest.raises(SourceDown, match="cannot be reached"):
        find(asking("openalex", openalex_url="http://127.0.0.1:9"), ReferenceFields(title="Salt and sleep"))


@pytest.mark.parametrize(
    "wrong", [{"sources": "crossref,myspace"}, {"crossref_url": "file:///etc"}, {"mailto": "x"}]
)
def test_wrong_settings(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        OnlineSettings(**wrong)  # type: ignore[arg-type]


# --- Several sources together


@dataclass
class Told:
    """A source that says what it was made to say, or nothing."""

    name: str
    works: tuple[Work, ...] | None
    times: int = 0

    def find(self, fields: ReferenceFields) -> tuple[Work, ...]:
        self.times += 1
        if self.works is None:
            raise SourceDown("source-down", f"{self.name} gave no answer that can be used: off")
        return self.works


def work(name: str, **fields: Any) -> Work:
    return Work(
        Iri(f"urn:{name}"), **({"title": "Tea and anxiety", "year": 2022, "authors": ("Wu ML",)} | fields)
    )


def test_silence_is_kept_apart_from_answers() -> None:
    here: Source = Told("Crossref", (work("a", doi=Doi("10.5555/t")),))
    off = Told("PubMed", None)
    asked = consult([ReferenceFields(title=f"Tea {number}") for number in range(5)], [here, off])
    assert asked.answered == (("Crossref",),) * 5
    assert asked.silent == (("PubMed",),) * 5
    assert "off" in asked.down["PubMed"]
    assert off.times == 2, "a source that is off is not asked again and again"
    assert len(asked.works) == 1


def test_a_notice_is_not_taken_for_the_article() -> None:
    notice = work("n", title="Retraction: Tea and anxiety", doi=Doi("10.5555/n"))
    source = Told("Crossref", (notice,))
    assert consult([ReferenceFields(title="Tea and anxiety")], [source]).works == ()
    assert consult([ReferenceFields(doi="10.5555/n")], [source]).works == (notice,)


def test_one_record_for_each_work() -> None:
    crossref = work("c", doi=Doi("10.5555/T"), journal="Mind", volume="3", recorded_by="Crossref")
    pubmed = work("p", doi=Doi("10.5555/t"), pmid=Pmid("36"), volume="4", year=2023, standing="retracted")
    other = work("o", doi=Doi("10.5555/other"))
    (joined, second) = one_each([crossref, pubmed, other])
    assert (joined.pmid, joined.standing, joined.journal) == ("36", "retracted", "Mind")
    assert joined.volume is None, "two sources that contradict each other confirm nothing"
    assert [one.field for one in joined.unconfirmed] == ["volume"]
    assert joined.published_online == "2023", "either year is one that the work appeared in"
    assert second == other


def test_records_beside_the_evidence() -> None:
    ours = work("ours", doi=Doi("10.5555/t"), title="Our title", standing="current")
    grave = work("grave", doi=Doi("10.5555/g"), title="Graver", standing="retracted")
    held = Evidence(works={one.iri: one for one in (ours, grave)})
    told = [
        work(
            "x", doi=Doi("10.5555/T"), title="Their title", volume="3", standing="concern", standing_note="n"
        ),
        work("y", doi=Doi("10.5555/g"), standing="corrected"),
        work("z", doi=Doi("10.5555/z"), title="New"),
    ]
    known = with_records(held, told).works
    assert (known[ours.iri].title, known[ours.iri].volume) == ("Our title", "3")
    assert (known[ours.iri].standing, known[ours.iri].standing_note) == ("concern", "n")
    assert known[grave.iri].standing == "retracted", "a milder word takes nothing back"
    assert set(known) == {ours.iri, grave.iri, Iri("urn:z")}
