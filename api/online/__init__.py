"""Online sources of bibliographic records, off unless asked for: Crossref, PubMed, OpenAlex."""

from api.online.consulting import Consulted, consult
from api.online.settings import OnlineSettings
from api.online.source import Source, SourceDown, open_sources

__all__ = ["Consulted", "OnlineSettings", "Source", "SourceDown", "consult", "open_sources"]
