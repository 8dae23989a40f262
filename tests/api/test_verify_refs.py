"""``verify-refs``, and ``audit`` with retraction data and online sources, as a user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

LIBRARY = """@article{okoro2019,
  author = {Okoro, Ada and Lind, Bo T. and Sato, Ken},
  title = {Oat fibre and cholesterol in adults with raised lipids: a randomised trial},
  journal = {Journal of Grain Medicine}, year = {2019}, volume = {12}, number = {3}, pages = {101--110},
  doi = {10.5555/oat.19}
}
@article{frey2016,
  author = {Frey, Eva}, title = {Afternoon naps and reaction time in night nurses},
  journal = {Sleep Practice}, year = {2016}, volume = {4}, pages = {7--15}, doi = {10.5555/nap.16}
}
"""
MINE = """% kept
@string{grain = "Journal of Grain Medicine"}
@Article{oats,
  AUTHOR = "Okoro, Ada and Lind, B. T. and Nobody, X.",
  title = {{Oat} fibre and cholesterol in adults with raised lipids: a randomised trial},
  journal = grain,
  year = 2017,
  volume = {12}, pages = {101--110},
  keywords = {mine \\& kept},
}

@misc{ghost, title = {Moonlight and the knees of postmen}, author = {Nix, Al}, year = {2020}}
"""
HEADER = "RetractionDOI,RetractionDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason,Title"


def run(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMSPINE_ONLINE")}
    return subprocess.run(
        [sys.executable, "-m", "claimspine", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        env=plain | more,
    )


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "library.bib"
    path.write_text(LIBRARY)
    return path


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.bib"
    path.write_text(MINE)
    return path


def retractions(folder: Path, nature: str, doi: str) -> Path:
    path = folder / "rw.csv"
    path.write_text(f"{HEADER}\n10.5555/n,3/14/2020 0:00,{doi},0,{nature},+Error,Oat fibre and more\n")
    return path


def test_text(mine: Path, library: Path) -> None:
    done = run("verify-refs", mine, "--refs", library)
    assert done.returncode == 1, done.stderr
    assert "2 references: 1 mismatched, 1 not found" in done.stdout
    assert "year: 2017 → 2019" in done.stdout
    assert "doi: missing → 10.5555/oat.19" in done.stdout


def test_json(mine: Path, library: Path) -> None:
    whole = json.loads(run("verify-refs", mine, "--refs", library, "--format", "json").stdout)
    oats, ghost = whole["references"]
    assert (oats["key"], oats["status"], oats["work"]["doi"]) == ("oats", "mismatch", "10.5555/oat.19")
    assert [one["field"] for one in oats["corrections"]] == ["authors", "year", "doi"]
    assert (ghost["key"], ghost["status"], ghost["work"]) == ("ghost", "not-found", None)
    assert whole["summary"]["references"] == 2


def test_corrected_bibtex_keeps_all_else(mine: Path, library: Path) -> None:
    done = run("verify-refs", mine, "--refs", library, "--format", "bibtex")
    wanted = MINE.replace(
        '"Okoro, Ada and Lind, B. T. and Nobody, X."', "{Okoro, Ada and Lind, B. T. and Sato, K.}"
    ).replace("year = 2017", "year = 2019")
    wanted = wanted.replace("{mine \\& kept}", "{mine \\& kept},\n  doi = {10.5555/oat.19}")
    assert done.stdout == wanted
    assert "oats: year: 2017 → 2019" in done.stderr


def test_corrected_bibtex_verifies(mine: Path, library: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.bib"
    run("verify-refs", mine, "--refs", library, "--format", "bibtex", "--output", out)
    again = json.loads(run("verify-refs", out, "--refs", library, "--format", "json").stdout)
    assert [one["status"] for one in again["references"]] == ["verified", "not-found"]
    assert again["references"][0]["corrections"] == []


def test_another_title_at_the_same_place_is_told_and_not_corrected(tmp_path: Path, library: Path) -> None:
    path = tmp_path / "made-up.bib"
    made_up = "@article{x, author={Halden, M.}, title={Rye bread and mood in winter},"
    path.write_text(
        made_up + " journal={Journal of Grain Medicine}, year={2018}, volume={12}, pages={101--110}}\n"
    )
    done = run("verify-refs", path, "--refs", library, "--format", "json")
    (one,) = json.loads(done.stdout)["references"]
    assert done.returncode == 1
    assert one["status"] == "mismatch"
    assert one["corrections"] == []
    assert "another work may be meant" in one["uncorrected"]
    assert run("verify-refs", path, "--refs", library, "--format", "bibtex").stdout == path.read_text()


def test_a_word_in_the_title_is_told_and_corrected(tmp_path: Path, library: Path) -> None:
    path = tmp_path / "mine.bib"
    path.write_text(LIBRARY.replace("naps and reaction", "naps for reaction").replace("Sato, Ken", "others"))
    done = run("verify-refs", path, "--refs", library)
    assert done.returncode == 1
    assert "2 references: 1 verified, 1 mismatched" in done.stdout
    corrected = run("verify-refs", path, "--refs", library, "--format", "bibtex").stdout
    assert "{Afternoon naps and reaction time in night nurses}" in corrected


def test_all_right_is_exit_0(library: Path, tmp_path: Path) -> None:
    done = run("verify-refs", library, "--refs", library)
    assert done.returncode == 0, done.stdout
    assert "2 verified" in done.stdout


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "a.json",
            '[{"id": "o", "type": "article-journal", "title": "%s", "issued": {"date-parts": [[2019]]}}]',
        ),
        ("a.ris", "TY  - JOUR\nID  - o\nTI  - %s\nPY  - 2019\nER  - \n"),
        ("a.nbib", "PMID- 77\nTI  - %s\nDP  - 2019\n"),
        ("a.txt", "TY  - JOUR\nID  - o\nTI  - %s\nPY  - 2019\nER  - \n"),
        (
            "a.md",
            "# Oats\n\nOats help.\n\n## References\n\n"
            "Okoro, A., et al. (2019). %s. Journal of Grain Medicine, 12(3), 101-110.\n",
        ),
    ],
)
def test_lists_of_every_kind(tmp_path: Path, library: Path, name: str, text: str) -> None:
    title = "Oat fibre and cholesterol in adults with raised lipids: a randomised trial"
    path = tmp_path / name
    path.write_text(text % title)
    (one,) = json.loads(run("verify-refs", path, "--refs", library, "--format", "json").stdout)["references"]
    assert (one["status"], one["work"]["doi"]) == ("verified", "10.5555/oat.19")
    written = run("verify-refs", path, "--refs", library, "--format", "bibtex").stdout
    assert f"title = {{{title}}}" in written
    assert "doi = {10.5555/oat.19}" in written


def test_with_nothing_to_verify_against_nothing_is_missing(mine: Path) -> None:
    done = run("verify-refs", mine)
    assert done.returncode == 0
    assert "2 not checked" in done.stdout
    assert "nothing to verify against" in done.stderr


def test_what_contradicts_itself_needs_no_library(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    doi = "10.48550/arXiv.2310.01362"
    path.write_text(
        f"@article{{a, title={{Tea and sleep}}, author={{Wu, A}}, year={{2012}}, doi={{{doi}}}}}\n"
    )
    done = run("verify-refs", path)
    assert done.returncode == 1
    assert "cannot be right" in done.stdout


@pytest.mark.parametrize(("text", "said"), [("# Tea\n\nTea is nice.\n", "no reference list"), ("", "empty")])
def test_what_holds_no_references(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(text)
    done = run("verify-refs", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_year_that_is_yet_to_come() -> None:
    from claims.library import Library
    from claims.model import Reference, ReferenceFields, Span
    from claims.references.checking import check

    def told(year: int) -> bool:
        reference = Reference(1, "", "", Span(0, 0), ReferenceFields(title="Tea and sleep", year=year))
        return bool(check([reference], Library(), this_year=2026)[0].contradictions)

    assert [told(year) for year in (1999, 2026, 2027, 2028)] == [False, False, False, True]


# --- Retraction data


@pytest.mark.parametrize(
    ("nature", "code", "known"),
    [
        ("Retraction", "T101", True),
        ("Retraction", "T101", False),
        ("Expression of concern", "T102", True),
        ("Correction", "T103", False),
    ],
)
def test_audit_with_retractions(tmp_path: Path, library: Path, nature: str, code: str, known: bool) -> None:
    """A rule fires whether the library holds the work or the article alone prints its DOI."""
    article = tmp_path / "a.md"
    article.write_text(
        "# Oats\n\nOat fibre lowered cholesterol in one trial (Okoro, 2019).\n\n## References\n\n"
        "Okoro, A., Lind, B. T., & Sato, K. (2019). Oat fibre and cholesterol in adults with raised lipids: "
        "a randomised trial. Journal of Grain Medicine, 12(3), 101-110. https://doi.org/10.5555/oat.19\n"
    )
    data = retractions(tmp_path, nature, "10.5555/OAT.19")
    refs = ("--refs", library) if known else ()
    done = run("audit", article, *refs, "--retractions", data, "--select", "T", "--format", "json")
    said = [one["code"] for one in json.loads(done.stdout)["diagnostics"]]
    assert said == [code], done.stderr


def test_a_standing_is_only_what_was_said(tmp_path: Path, library: Path) -> None:
    data = retractions(tmp_path, "Retraction", "10.5555/another")
    done = run("verify-refs", library, "--refs", library, "--retractions", data, "--format", "json")
    assert done.returncode == 0
    assert [one["standing"] for one in json.loads(done.stdout)["references"]] == [None, None]


def test_every_setting_is_documented() -> None:
    from api.online import OnlineSettings

    page = (Path(__file__).parents[2] / "docs" / "references.md").read_text()
    for name in OnlineSettings.model_fields:
        assert f"`CLAIMSPINE_ONLINE_{name.upper()}`" in page, name


def test_verify_refs_with_retractions(tmp_path: Path, library: Path) -> None:
    data = retractions(tmp_path, "Retraction", "10.5555/oat.19")
    done = run("verify-refs", library, "--retractions", data)
    assert done.returncode == 1
    assert "RETRACTED" in done.stdout
    assert "2020-03-14, Error, doi:10.5555/n" in done.stdout


def test_wrong_retraction_data(tmp_path: Path, mine: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    done = run("verify-refs", mine, "--retractions", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "OriginalPaperDOI" in done.stderr


# --- Online


@pytest.fixture
def crossref() -> Iterator[tuple[str, dict[str, Any]]]:
    """A Crossref that knows the works put into the dictionary, by DOI."""
    known: dict[str, Any] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            doi = unquote(path.removeprefix("/works/"))
            items = [] if "filter=" in query else list(known.values())
            found = known.get(doi) if path != "/works" else {"items": items}
            body = json.dumps({"status": "ok", "message": found}).encode()
            self.send_response(200 if found is not None else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", known
    server.shutdown()
    server.server_close()


def online(address: str, folder: Path, **more: str) -> dict[str, str]:
    told = {
        "SOURCES": "crossref",
        "CROSSREF_URL": address,
        "CROSSREF_PER_SECOND": "100",
        "WAIT_SECONDS": "0.01",
    }
    told |= {"CACHE": str(folder / "cache"), "MAILTO": "editor@example.org"}
    return {f"CLAIMSPINE_ONLINE_{name}": value for name, value in (told | more).items()}


OATS = {
    "DOI": "10.5555/oat.19",
    "type": "journal-article",
    "title": ["Oat fibre and cholesterol in adults with raised lipids: a randomised trial"],
    "author": [
        {"family": "Okoro", "given": "Ada"},
        {"family": "Lind", "given": "Bo T."},
        {"family": "Sato", "given": "Ken"},
    ],
    "container-title": ["Journal of Grain Medicine"],
    "volume": "12",
    "page": "101-110",
    "issued": {"date-parts": [[2019]]},
    "updated-by": [{"DOI": "10.5555/n", "type": "retraction", "source": "publisher"}],
}


def test_online(mine: Path, tmp_path: Path, crossref: tuple[str, dict[str, Any]]) -> None:
    address, known = crossref
    known[OATS["DOI"]] = OATS
    done = run("verify-refs", mine, "--online", "--format", "json", **online(address, tmp_path))
    assert done.returncode == 1, done.stderr
    oats, ghost = json.loads(done.stdout)["references"]
    assert (oats["status"], oats["standing"], oats["work"]["recorded_by"]) == (
        "retracted",
        "retracted",
        "Crossref",
    )
    assert (ghost["status"], ghost["answered"], ghost["silent"]) == ("not-found", ["Crossref"], [])


def test_a_source_that_is_off_is_never_not_found(mine: Path, tmp_path: Path) -> None:
    done = run("verify-refs", mine, "--online", "--format", "json", **online("http://127.0.0.1:9", tmp_path))
    assert done.returncode == 2
    whole = json.loads(done.stdout)
    assert [one["status"] for one in whole["references"]] == ["unchecked", "unchecked"]
    assert [one["standing"] for one in whole["references"]] == [None, None]
    assert "cannot be reached" in whole["sources"][0]["down"]
    assert "Crossref gave no answer" in done.stderr


def test_audit_online(tmp_path: Path, crossref: tuple[str, dict[str, Any]]) -> None:
    address, known = crossref
    known[OATS["DOI"]] = OATS
    article = tmp_path / "a.md"
    article.write_text(
        "# Oats\n\nOat fibre lowered cholesterol in one trial (Okoro, 2019).\n\n## References\n\n"
        "Okoro, A., Lind, B. T., & Sato, K. (2019). Oat fibre and cholesterol in adults with raised lipids: "
        "a randomised trial. Journal of Grain Medicine, 12, 101-110.\n"
    )
    done = run("audit", article, "--online", "--select", "T,S101", **online(address, tmp_path))
    assert "T101" in done.stdout, done.stderr
    assert done.returncode == 1
    off = run("audit", article, "--online", "--select", "T,S101", **online("http://127.0.0.1:9", tmp_path))
    assert off.returncode == 2
    assert "gave no answer" in off.stderr
    refused = run("audit", article, "--online", "--proof", "--format", "json")
    assert (refused.returncode, refused.stdout) == (2, "")


def test_audit_online_tells_of_a_newer_version(tmp_path: Path, crossref: tuple[str, dict[str, Any]]) -> None:
    address, known = crossref
    known[OATS["DOI"]] = OATS | {"updated-by": [{"DOI": "10.5555/oat.25", "type": "new_version"}]}
    article = tmp_path / "a.md"
    article.write_text(
        "# Oats\n\nOat fibre lowered cholesterol [in a trial](https://doi.org/10.5555/oat.19).\n"
    )
    done = run("audit", article, "--online", "--select", "T", "--format", "json", **online(address, tmp_path))
    assert [one["code"] for one in json.loads(done.stdout)["diagnostics"]] == ["T104"], done.stderr


def test_a_wrong_setting_is_told(mine: Path) -> None:
    done = run("verify-refs", mine, "--online", CLAIMSPINE_ONLINE_SOURCES="myspace")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no such source: myspace" in done.stderr
