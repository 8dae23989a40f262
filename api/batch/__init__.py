"""Auditing many articles: on this machine's processes, or on Spark."""

from api.batch.articles import Article, find_articles
from api.batch.job import Job, audit_line
from api.batch.local import run_local

__all__ = ["Article", "Job", "audit_line", "find_articles", "run_local"]
