"""What an operator may set: limits, who may read, where things are. Every setting has a safe default.

Read from the environment (``CLAIMSPINE_QUERY_SECONDS=5``); ``claimspine serve`` options win.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

Megabytes = Annotated[int, Field(ge=1, le=1_000_000)]


class Settings(BaseSettings):
    """The settings of the service. docs/deployment.md has them as a table."""

    model_config = SettingsConfigDict(env_prefix="CLAIMSPINE_", extra="ignore", frozen=True)

    tokens_file: Path | None = Field(
        default=None, description="Where the hashes of the access tokens are kept."
    )
    open_reading: bool = Field(default=True, description="Reading and auditing need no token.")
    hosts: str = Field(default="", description="Host names this service answers to; empty: any.")
    origins: str = Field(default="*", description="Web origins that may read answers; empty: none.")

    request_mb: Megabytes = Field(default=16, description="The largest body of a request, in megabytes.")
    article_characters: int = Field(default=2_000_000, ge=1, description="The longest article.")
    query_characters: int = Field(default=100_000, ge=1, description="The longest query.")
    page_size: int = Field(
        default=50, ge=1, le=1000, description="Items on a page of a list, unless asked for."
    )
    requests_per_minute: int = Field(
        default=600, ge=0, description="Requests of one client a minute; 0: any."
    )
    audits_per_minute: int = Field(default=60, ge=0, description="Audits of one client a minute; 0: any.")
    audits_at_once: int = Field(default=2, ge=1, description="Audits that run at the same time.")
    audit_seconds: float = Field(default=60.0, gt=0, description="The longest time of checking an article.")
    audit_mb: Megabytes = Field(
        default=1024, description="Memory of checking an article beyond the evidence."
    )
    audits_kept: int = Field(default=500, ge=1, description="Reports that can be asked for again.")

    query_workers: int = Field(
        default=3,
        ge=1,
        le=64,
        description="Processes that answer strangers' queries; one client is given all but one of them.",
    )
    query_seconds: float = Field(default=10.0, gt=0, description="The longest time a query may take.")
    update_seconds: float = Field(
        default=60.0, gt=0, description="The longest time of trying a SPARQL update on a copy."
    )
    query_mb: Megabytes = Field(default=512, description="Memory of one query beyond its snapshot.")
    query_rows: int = Field(default=1_000_000, ge=1, description="The most rows, or triples, of an answer.")
    answer_mb: Megabytes = Field(default=64, description="The largest answer to a query.")
    answers_kept_mb: int = Field(
        default=32,
        ge=0,
        description="Answers of up to 256 kB that are given again while nothing is written; 0: none.",
    )
    queries_waiting: int = Field(
        default=64, ge=0, description="Queries that may wait for a worker; one client's are half of them."
    )
    snapshot_in_memory_quads: int = Field(
        default=2_000_000, ge=0, description="A store up to this size is copied into the workers' memory."
    )
    lookups_quads: int = Field(
        default=2_000_000,
        ge=0,
        description="A store up to this size answers queries of one triple pattern without a worker.",
    )
    ahead_quads: int = Field(
        default=2_000_000,
        ge=0,
        description="The evidence of a store up to this size is read at the start, and after writes, before "
        "anybody asks; 0: of none.",
    )
    snapshot_seconds: float = Field(
        default=5.0, ge=0, description="How old a snapshot from disk may be while writes go on."
    )
    remote_seconds: float = Field(
        default=30.0,
        ge=0,
        description="How long evidence read from a SPARQL service is used before it is read anew.",
    )
