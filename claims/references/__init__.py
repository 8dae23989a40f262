"""The printed reference list: finding it, parsing its entries, verifying them against a library."""

from claims.references.finding import find
from claims.references.linked import each_once, with_identifiers
from claims.references.parsing import parse
from claims.references.verifying import verify

__all__ = ["each_once", "find", "parse", "verify", "with_identifiers"]
