# ruff: noqa: E501 - lists of pieces
"""Whatever is handed in: a document, or a message; never a crash, never a hang. Bounded on purpose.

``bench/speed.py --large`` measures the same with 10 MB, ``bench/fuzz.py`` goes on for as long as wanted.
"""

from __future__ import annotations

import contextlib
import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.allowances import find_allowances
from claims.audit import Checker
from claims.findings import extract
from claims.model import AuditReport
from claims.profile import read_profile
from claims.reading import read_article, read_text
from claims.references import parse
from claims.reports import FORMATS, render
from graph.bibliography import read_bibliography
from graph.errors import ClaimspineError
from graph.sources.source_files import read_source

FICTITIOUS = Path(__file__).parents[1] / "data" / "fictitious"
MEDIA = ("text/markdown", "text/plain", "text/html")
QUICK = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# Pieces that mean something to one reader or another, glued in any order.
PIECES = st.sampled_from(
    [
        "Zinc lowers the risk of colds by 12% (Able, 2019). ",
        "\n\n", "\n", "# References\n\n", "## ", "- ", "1. ", "> ", "```\n", "`", "**", "*", "_", "[", "](", ")",
        "<!--", "-->", "<!-- claimspine: allow C101 because x -->", "<p>", "</p>", "<script>", "<sup>1</sup>",
        "&amp;", "&#0;", "&#x110000;", "¹²", "[1]", "[1-9999]", "[@able2019]", "@", "(Able et al., 2019; b)",
        "Able A, et al. (2019). Zinc. Lancet, 12(3), 45–67. doi:10.1000/x", "10.1000/", "https://", "PMID: 1",
        "95% CI 0·60–0·85", "p<0.05", "HR ", "1e999", "9" * 40, "½", "−", "–", "%", "\x00", "\ufeff", "\u202e",
        "\ud800", "é", "e\u0301", "中文。", "\r\n", "\t", " " * 50, "mg", "minutes a day", "30 min, 5 times a week",
        "|a|b|\n|--|--|\n", "---\n", "{", "}", "\\", "$$",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=12), max_size=30).map("".join)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker.of(evidence=[FICTITIOUS / "sleep" / "evidence.yaml"])


def well_formed(report: AuditReport) -> None:
    """Spans lie in the text, and no rule crashed."""
    size = len(report.document.text)
    assert "X900" not in {one.code for one in report.diagnostics}, report.diagnostics
    for one in report.diagnostics:
        assert 0 <= one.span.start <= one.span.end <= size
    for linked in report.claims:
        assert 0 <= linked.claim.span.start <= linked.claim.span.end <= size


@QUICK
@given(text=TEXTS, media=st.sampled_from(MEDIA))
def test_any_text_is_audited_or_refused(checker: Checker, text: str, media: str) -> None:
    try:
        document = read_text(text, media)
    except ClaimspineError:
        return
    report = checker.check(document)
    well_formed(report)
    find_allowances(document)
    for format_ in FORMATS:
        render(report, format_)


@QUICK
@given(data=st.binary(max_size=300), suffix=st.sampled_from([".md", ".txt", ".html", ".docx", ".rtf", ""]))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"article{suffix}"
    path.write_bytes(data)
    with contextlib.suppress(ClaimspineError):
        read_article(path)


DOCX_XML = st.lists(
    st.sampled_from(
        ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>Zinc", "</w:t>", "<w:tbl>", "</w:tbl>", "<w:br/>", "&x;"]
    ),
    max_size=25,
).map("".join)


@QUICK
@given(body=DOCX_XML, entity=st.booleans(), part=st.sampled_from(["word/document.xml", "other.xml"]))
def test_any_word_file_is_read_or_refused(tmp_path: Path, body: str, entity: bool, part: str) -> None:
    head = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' if entity else ""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(part, f"{head}<w:document {space}><w:body>{body}</w:body></w:document>")
    path = tmp_path / "article.docx"
    path.write_bytes(made.getvalue())
    try:
        document = read_article(path)
    except ClaimspineError:
        return
    assert "root:" not in document.text


BIBLIOGRAPHIES = {
    ".bib": ["@article{a,", "title = {Zinc}", ",", "}", "@string{x=", "# x", "author = {Able, A and }", "@", "%", '"', "{", "\\'e", "\n"],
    ".ris": ["TY  - JOUR\n", "TI  - Zinc\n", "AU  - Able, A\n", "ER  - \n", "PY  - 20", "\n", "  - "],
    ".nbib": ["PMID- 1\n", "TI  - Zinc\n", "      more\n", "FAU - Able\n", "\n", "AB  - "],
    ".json": ['[{"type":"article",', '"title":"Zinc"', '"issued":{"date-parts":[["x"]]}', "}", "]", ",", "null", "[", "{"],
    ".xml": ["<PubmedArticleSet>", "<PubmedArticle>", "</PubmedArticle>", "<ArticleTitle>", "&x;", "<!DOCTYPE x>", "</PubmedArticleSet>"],
    ".yaml": ["- id: work/a\n", "  type: Work\n", "  year: x\n", "&a [*a]\n", "!!python/object:os.system\n", "\t", "? : {", "---\n", "title: |\n", "  dose: [{type: Dose, low: 1e999}]\n"],
    ".ttl": ["@prefix : <x> .", "<a> <b> <c> .", "<a>", '"""', "[", "]", "."],
}  # fmt: skip


@QUICK
@given(data=st.data(), suffix=st.sampled_from(sorted(BIBLIOGRAPHIES)))
def test_any_bibliography_or_evidence_is_read_or_refused(
    tmp_path: Path, data: st.DataObject, suffix: str
) -> None:
    pieces = st.sampled_from(BIBLIOGRAPHIES[suffix]) | st.text(max_size=8)
    text = "".join(data.draw(st.lists(pieces, max_size=25)))
    path = tmp_path / f"file{suffix}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    read = read_source if suffix in (".yaml", ".ttl") else read_bibliography
    try:
        read(path)
    except* ClaimspineError:
        pass


PROFILE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["off", "error", "C101"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["severities", "fail_on", "allowances", "codes", "words", "reason", "C101", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


@QUICK
@given(content=PROFILE.map(str) | st.text(max_size=40))
def test_any_profile_is_read_or_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "profile.yaml"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    with contextlib.suppress(ClaimspineError):
        read_profile(path)


@QUICK
@given(text=TEXTS)
def test_any_reference_and_any_abstract_is_taken_apart(text: str) -> None:
    parse(text)
    extract(text)


BOMBS = {
    "one word": "a" * 60_000,
    "digits": "1" * 60_000,
    "numbers": "1, " * 20_000,
    "brackets": "[" * 30_000,
    "parentheses": "(" * 60_000,
    "stars": "*" * 60_000,
    "quotation marks": "> " * 20_000,
    "citations": "(Able, 2019; Baker et al., 2020) " * 600,
    "percentages": "12% lower risk " * 3_000,
    "references": "# References\n\n" + "Able A. (2019). Zinc. Lancet, 12(3), 45-67.\n\n" * 800,
    "superscripts": "²" * 60_000,
    "white space": "a" + " " * 60_000 + "b",
    "new lines": "a" + "\n" * 60_000 + "b",
    "tags": "<b>" * 20_000,
    "of the of the": "of the " * 9_000,
    "names": "Able, Baker, " * 4_500,
    "sentences": "Zinc lowers the risk of colds by 12% (Able, 2019). " * 600,
}


@pytest.mark.parametrize("media", MEDIA)
@pytest.mark.parametrize("name", BOMBS)
def test_bombs_end_soon(checker: Checker, name: str, media: str) -> None:
    began = time.process_time()
    with contextlib.suppress(ClaimspineError):
        well_formed(checker.check(read_text(f"Zinc helps. {BOMBS[name]} So.", media)))
    assert time.process_time() - began < 5, "60 kB in 5 s; 10 MB has to end in 10"


@pytest.mark.timeout(60)  # a hang is a failure
@pytest.mark.parametrize("name", BOMBS)
def test_abstracts_and_references_like_bombs_end(name: str) -> None:
    extract(BOMBS[name])
    parse(BOMBS[name])
