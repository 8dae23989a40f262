"""What a batch does to each article: the same bytes wherever it is done."""

from __future__ import annotations

import hashlib
import json
import pickle
from dataclasses import dataclass
from pathlib import Path

from api.batch.articles import Article
from claims.audit import Checker
from claims.reading import read_article, read_text
from claims.reports import to_dict
from claimspine import __version__
from graph.errors import ClaimspineError
from graph.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Job:
    """The evidence and the rules of a batch; small enough to send to every process."""

    evidence: Evidence
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str | None = None

    def checker(self) -> Checker:
        """The checker that every article of the batch is read by."""
        return Checker.over(self.evidence, select=self.select, ignore=self.ignore, profile=self.profile)

    def digest(self) -> str:
        """Names all that a result depends on apart from the article; another job has another."""
        profile = Path(self.profile) if self.profile else None
        written = profile.read_bytes() if profile and profile.is_file() else b""
        parts = (__version__, self.select, self.ignore, self.profile, written, self.evidence)
        return hashlib.sha256(repr(parts).encode()).hexdigest()


def packed(job: Job) -> bytes:
    """The job as bytes, for other processes of our own."""
    return pickle.dumps(job)


def unpacked(data: bytes) -> Job:
    """The job again; only ever called on what ``packed`` gave in the same run."""
    job = pickle.loads(data)
    assert isinstance(job, Job)
    return job


def article_digest(article: Article) -> str:
    """The content of an article, without which a kept result may not be used again."""
    if article.path is not None:
        try:
            return hashlib.sha256(Path(article.path).read_bytes()).hexdigest()
        except OSError:
            return ""
    return hashlib.sha256(
        f"{article.media_type}\n{article.text}".encode("utf-8", "surrogatepass")
    ).hexdigest()


def audit_line(checker: Checker, article: Article) -> str:
    """One article's report, or why there is none, as one line of JSON."""
    try:
        if article.path is not None:
            document = read_article(article.path)
        else:
            document = read_text(article.text or "", article.media_type, article.id)
    except ClaimspineError as error:
        said = {"code": error.code, "message": error.message, "hint": error.hint}
        return _line({"article": article.id, "error": said})
    labels: dict[str, str] = {one.iri: one.label for one in checker.evidence.concepts.values()}
    report = to_dict(checker.check(document), labels=labels)
    report["document"]["path"] = article.id  # where the corpus lies is no part of the result
    report["document"]["id"] = article.id
    return _line({"article": article.id, "report": report})


def _line(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
