"""A batch on Spark: for corpora, and clusters that are there already.

Executors need this package and its libraries in their Python, and, for a folder, the same paths.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from api.batch.articles import Article
from api.batch.job import Job, packed
from api.batch.local import Progress, audit_partition
from graph.errors import ClaimspineError


def run_spark(
    articles: list[Article],
    job: Job,
    output: Path,
    *,
    master: str | None = None,
    progress: Progress | None = None,
) -> None:
    """Audit the articles on Spark and write the same bytes that ``run_local`` writes.

    ``master`` is Spark's (``local[4]``, ``spark://host:7077``); without it Spark's own configuration
    says.

    Raises:
        ClaimspineError: PySpark is not installed, or there is no Java.
    """
    try:
        from pyspark import StorageLevel
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as exc:
        raise ClaimspineError(
            "spark-not-installed", "PySpark is not installed", hint="pip install 'claimspine[spark]'"
        ) from exc
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    builder: Any = SparkSession.builder.appName("claimspine batch")
    builder = builder.config("spark.ui.enabled", "false")
    builder = builder.config("spark.ui.showConsoleProgress", str(sys.stderr.isatty()).lower())
    if master:
        builder = builder.master(master)
    try:
        session = builder.getOrCreate()
    except Exception as exc:  # py4j has several ways to say that Java is missing or the master is not there
        raise ClaimspineError(
            "no-spark",
            f"Spark did not start: {exc}",
            hint="it needs Java 17 or later, and a master that answers",
        ) from exc
    try:
        context = session.sparkContext
        shared = context.broadcast(packed(job))

        def audited(part: Iterable[Article]) -> Iterator[tuple[str, str]]:
            return audit_partition(shared.value, part)

        slices = max(1, min(len(articles), context.defaultParallelism * 4))
        results = context.parallelize(articles, slices).mapPartitions(audited)
        results = results.persist(StorageLevel.DISK_ONLY)
        results.count()  # all partitions at once; what follows only collects, in order
        neighbour = output.with_name(f".{output.name}.whole")
        with neighbour.open("wb") as whole:
            for done, (_, line) in enumerate(results.toLocalIterator(), 1):  # partition by partition
                whole.write(f"{line}\n".encode())
                if progress is not None:
                    progress(done, len(articles))
        neighbour.replace(output)
    finally:
        session.stop()
