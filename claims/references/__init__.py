"""The printed reference list: finding it, parsing its entries, verifying them against a library."""

from claims.references.finding import find
from claims.references.parsing import parse
from claims.references.verifying import verify

__all__ = ["find", "parse", "verify"]
