"""What may be set about the online sources: whom to ask, how often, how long, who asks.

Read from the environment (``CLAIMSPINE_ONLINE_MAILTO=editor@example.org``).
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SOURCES = ("crossref", "pubmed", "openalex")


class OnlineSettings(BaseSettings):
    """The settings of the online sources. docs/references.md has them as a table."""

    model_config = SettingsConfigDict(env_prefix="CLAIMSPINE_ONLINE_", extra="ignore", frozen=True)

    sources: str = Field(default=",".join(SOURCES), description="Which to ask, parted by commas.")
    mailto: str = Field(
        default="",
        description="A mail address at which the sources can reach whoever runs this.",
    )
    cache: Path | None = Field(
        default=None, description="Folder of kept answers; unset: the user's cache folder."
    )
    cache_days: float = Field(default=7.0, ge=0, description="How long an answer is used; 0: keep none.")
    timeout_seconds: float = Field(default=20.0, gt=0, description="The longest wait for one answer.")
    attempts: int = Field(default=3, ge=1, le=10, description="How often a failing request is tried.")
    wait_seconds: float = Field(
        default=30.0, ge=0, description="The longest wait between two tries; a longer Retry-After gives up."
    )
    answer_mb: float = Field(default=8.0, gt=0, description="The largest answer, in megabytes.")

    crossref_url: str = Field(default="https://api.crossref.org", description="Where Crossref is.")
    crossref_per_second: int = Field(default=5, ge=1, description="Requests to Crossref a second.")
    pubmed_url: str = Field(
        default="https://eutils.ncbi.nlm.nih.gov/entrez/eutils", description="Where the E-utilities are."
    )
    pubmed_per_second: int = Field(
        default=3, ge=1, description="Requests to PubMed a second; without a key three are allowed."
    )
    pubmed_key: SecretStr | None = Field(default=None, description="An NCBI API key.")
    openalex_url: str = Field(default="https://api.openalex.org", description="Where OpenAlex is.")
    openalex_per_second: int = Field(default=5, ge=1, description="Requests to OpenAlex a second.")
    openalex_key: SecretStr | None = Field(default=None, description="An OpenAlex API key.")

    @field_validator("sources")
    @classmethod
    def _known(cls, value: str) -> str:
        unknown = sorted(set(_parts(value)) - set(SOURCES))
        if unknown:
            raise ValueError(f"no such source: {', '.join(unknown)}; there are {', '.join(SOURCES)}")
        return value

    @field_validator("mailto")
    @classmethod
    def _plain(cls, value: str) -> str:
        if value and (not value.isascii() or not value.isprintable() or "@" not in value or " " in value):
            raise ValueError("give a plain mail address")
        return value

    @field_validator("crossref_url", "pubmed_url", "openalex_url")
    @classmethod
    def _web(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("give a http or https address")
        return value.rstrip("/")

    def wanted(self) -> tuple[str, ...]:
        """The sources to ask, each once, in the order of ``SOURCES``."""
        named = set(_parts(self.sources))
        return tuple(name for name in SOURCES if name in named)


def _parts(value: str) -> list[str]:
    return [part.strip().lower() for part in value.split(",") if part.strip()]
