"""Queries to start from: each a file with a title and the question that it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graph.errors import ClaimspineError

_HEADER = re.compile(
    r"# title: (?P<title>[^\n]+)\n# question: (?P<question>[^\n]+)\n(?:# empty: (?P<empty>[^\n]+)\n)?"
)


@dataclass(frozen=True, slots=True)
class Example:
    """A query. ``sparql`` is whole, with its prefixes, and runs on any SPARQL 1.1 engine.

    ``empty``: why it answers nothing on the walking example, where it does not.
    """

    name: str
    title: str
    question: str
    sparql: str
    empty: str | None = None


@cache
def all_examples() -> tuple[Example, ...]:
    """The examples, by title.

    >>> len(all_examples()) >= 20
    True
    """
    folder = files("graph").joinpath("queries", "examples")
    found = []
    for entry in folder.iterdir():
        name, dot, suffix = entry.name.rpartition(".")
        if dot and suffix == "rq":
            text = entry.read_text(encoding="utf-8")
            header = _HEADER.match(text)
            assert header is not None, f"{entry.name} has no title and question"
            found.append(Example(name, header["title"], header["question"], text, header["empty"]))
    return tuple(sorted(found, key=lambda example: (example.title, example.name)))


def example(name: str) -> Example:
    """The example with this name.

    Raises:
        ClaimspineError: ``no-such-example``, with the names there are.
    """
    for one in all_examples():
        if one.name == name:
            return one
    names = ", ".join(sorted(one.name for one in all_examples()))
    raise ClaimspineError("no-such-example", f"there is no example named {name!r}", hint=f"one of {names}")
