"""Regular expressions that are compiled when they are first used.

For tables that many runs never need: those that read abstracts took a sixth of a start to compile.
"""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["expression"]

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


def expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As ``re.compile``, but compiled when first asked for something; only then is a fault of it found.

    >>> expression("ti[dm]es?").search("Three times").group()
    'times'
    """
    return cast("re.Pattern[str]", _Expression(pattern, flags))


class _Expression:
    """Its methods are those of the compiled pattern, put in their places when one is first asked for."""

    __slots__ = ("flags", "pattern", *_METHODS)

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
