"""Batches: a folder, a Parquet file, a kill in the middle, and Spark: always the same bytes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from api.batch import Article, Job, find_articles, run_local
from api.batch.journal import Journal
from graph.errors import ClaimspineError
from graph.gathering import gather

CLAIMS = (
    "Walking lowers the risk of chronic low back pain.",
    "Garlic cures every cold.",
    "Tea is drunk warm.",
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "deep").mkdir()
    for number in range(12):
        place = folder / ("deep" if number % 3 == 0 else ".") / f"article-{number:02}.md"
        place.write_text(f"# Article {number}\n\n{CLAIMS[number % 3]}\n", encoding="utf-8")
    (folder / "empty.md").write_text("\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def job(walking: Path) -> Job:
    return Job(gather(evidence=[walking / "evidence"]).evidence)


@pytest.fixture(scope="module")
def expected(corpus: Path, job: Job, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    output = tmp_path_factory.mktemp("expected") / "out.jsonl"
    run_local(find_articles(corpus), job, output, processes=1)
    return output.read_bytes()


def test_one_line_an_article_by_id_and_errors_in_their_place(expected: bytes) -> None:
    results = [json.loads(line) for line in expected.splitlines()]
    ids = [one["article"] for one in results]
    assert len(ids) == 13
    assert ids == sorted(ids)
    assert [one["article"] for one in results if "error" in one] == ["empty.md"]
    garlic = next(one for one in results if one["article"] == "article-01.md")
    assert "C103" in {point["code"] for point in garlic["report"]["diagnostics"]}


def test_two_processes_write_the_same_bytes(corpus: Path, job: Job, expected: bytes, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    output = tmp_path / "out.jsonl"
    run_local(find_articles(corpus), job, output, processes=2, progress=lambda *done: seen.append(done))
    assert output.read_bytes() == expected
    assert seen[-1] == (13, 13)
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.jsonl"]


def test_parquet_gives_the_same_reports(corpus: Path, job: Job, expected: bytes, tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="the extra claimspine[parquet] is not installed")
    import pyarrow.parquet as parquet

    paths = sorted(corpus.rglob("*.md"))
    table = pyarrow.table(
        {
            "id": [path.relative_to(corpus).as_posix() for path in paths],
            "text": [path.read_text("utf-8") for path in paths],
        }
    )
    parquet.write_table(table, tmp_path / "corpus.parquet")
    output = tmp_path / "out.jsonl"
    run_local(find_articles(tmp_path / "corpus.parquet"), job, output, processes=1)
    assert output.read_bytes() == expected


def test_a_batch_that_was_killed_goes_on(
    corpus: Path, walking: Path, expected: bytes, tmp_path: Path
) -> None:
    many = tmp_path / "many"
    for number in range(40):
        shutil.copytree(corpus, many / f"{number:02}")
    output = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "claimspine", "batch", many, "--evidence", walking / "evidence"]
    command += ["--output", output, "--jobs", "2"]
    partial = tmp_path / "out.jsonl.partial"
    first = subprocess.Popen(list(map(str, command)), stderr=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (partial.exists() and partial.stat().st_size > 1000):
        time.sleep(0.02)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert not output.exists(), "nothing half-written stands where the output goes"
    with partial.open("ab") as torn:
        torn.write(b'{"article": "torn')
    kept = partial.read_bytes().count(b"\n")
    assert 0 < kept < 40 * 13
    second = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=200)
    assert second.returncode == 2, "the empty articles are said"
    lines = output.read_bytes().splitlines()
    assert len(lines) == 40 * 13
    assert not partial.exists()
    assert [json.loads(line)["article"] for line in lines[:2]] == ["00/article-01.md", "00/article-02.md"]


def test_a_kept_result_is_used_only_for_the_same_article_and_job(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    with Journal(output, "job") as journal:
        journal.put("a.md", "digest", "{}")
    with Journal(output, "job") as journal:
        assert journal.has("a.md", "digest")
        assert not journal.has("a.md", "changed")
        assert not journal.has("b.md", "digest")
    with Journal(output, "another") as journal:
        assert not journal.has("a.md", "digest")


def test_a_folder_may_be_named_from_here(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Executors of Spark have another working folder: each article was said to be missing."""
    monkeypatch.chdir(corpus.parent)
    found = find_articles(Path(corpus.name))
    assert found == find_articles(corpus)
    assert all(Path(str(article.path)).is_absolute() for article in found)


def test_what_is_no_batch_is_refused(tmp_path: Path) -> None:
    for where in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(ClaimspineError, match=r"article"):
            find_articles(where)


def test_spark_with_two_workers_writes_the_same_bytes(
    corpus: Path, job: Job, expected: bytes, tmp_path: Path
) -> None:
    pytest.importorskip("pyspark", reason="the extra claimspine[spark] is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17")
    from api.batch.spark import run_spark

    output = tmp_path / "out.jsonl"
    run_spark(find_articles(corpus), job, output, master="local-cluster[2,1,1024]")
    assert output.read_bytes() == expected


def test_articles_can_be_sent_to_other_processes() -> None:
    import pickle

    article = Article("a", text="Tea.")
    assert pickle.loads(pickle.dumps(article)) == article
