"""A batch on this machine: one process a core, results kept as they come."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from api.batch.articles import Article
from api.batch.job import Job, article_digest, audit_line, packed, unpacked
from api.batch.journal import Journal
from claims.audit import Checker

Progress = Callable[[int, int], None]

_checker: Checker | None = None  # each process's own


def run_local(
    articles: list[Article], job: Job, output: Path, *, processes: int, progress: Progress | None = None
) -> None:
    """Audit the articles and write the output, a line of JSON each, by id; go on with one that was killed."""
    with Journal(output, job.digest()) as journal:
        digests = {article.id: article_digest(article) for article in articles}
        waiting = [article for article in articles if not journal.has(article.id, digests[article.id])]
        done = len(articles) - len(waiting)
        if progress is not None:
            progress(done, len(articles))
        for id_, line in _results(waiting, job, processes):
            journal.put(id_, digests[id_], line)
            done += 1
            if progress is not None:
                progress(done, len(articles))
        journal.finish([article.id for article in articles])


def _results(articles: list[Article], job: Job, processes: int) -> Iterator[tuple[str, str]]:
    if processes <= 1 or len(articles) <= 1:
        checker = job.checker() if articles else None
        for article in articles:
            assert checker is not None
            yield article.id, audit_line(checker, article)
        return
    context = multiprocessing.get_context("spawn")  # a forked store or thread would not be ours
    with context.Pool(min(processes, len(articles)), _start, (packed(job),)) as pool:
        yield from pool.imap_unordered(
            _audit, articles, chunksize=max(1, min(16, len(articles) // processes))
        )


def _start(job: bytes) -> None:
    global _checker
    _checker = unpacked(job).checker()


def _audit(article: Article) -> tuple[str, str]:
    assert _checker is not None
    return article.id, audit_line(_checker, article)


def audit_partition(job: bytes, articles: Iterable[Article]) -> Iterator[tuple[str, str]]:
    """Audit a run of articles with one checker: what a Spark task does."""
    checker = unpacked(job).checker()
    for article in articles:
        yield article.id, audit_line(checker, article)
