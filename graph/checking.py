"""What was read, checked against shapes and policies before it is stored; faults name their files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.jsonld import BASE
from graph.store import Store
from graph.suggestions import suggested
from graph.validation import Fault, Where, check_policies
from graph.validation import validate as validate_shapes

if TYPE_CHECKING:
    from graph.sources import Source


def check(
    store: Store, sources: Sequence[Source], validate: bool, policies: bool, base: str = BASE
) -> list[Fault]:
    """The faults of sources that are about to replace what the store holds of them."""
    lines: dict[tuple[str, str | None], tuple[str, int]] = {}
    for source in sources:
        for key, line in source.lines.items():
            lines.setdefault(key, (source.path, line))
    where: Where = lines
    triples = [triple for source in sources for triple in source.triples]
    replaced = [source.graph for source in sources]
    found: list[Fault] = []
    if validate:
        found += validate_shapes(triples, beside=store, without=replaced, lines=where)
    if policies:
        found += check_policies(triples, beside=store, without=replaced, lines=where)
    if any(fault.file is None for fault in found):
        found = _in_their_files(found, sources)
    return [_said_in_several_files(one, sources) for one in suggested(found, triples, base=base)]


def _in_their_files(faults: Sequence[Fault], sources: Sequence[Source]) -> list[Fault]:
    """Faults of RDF, whose lines are not known, name the file that describes the thing."""
    files: dict[str, str] = {}
    for source in sources:
        for triple in source.triples:
            files.setdefault(str(getattr(triple.subject, "value", triple.subject)), source.path)
    return [one if one.file else replace(one, file=files.get(one.focus)) for one in faults]


def _said_in_several_files(fault: Fault, sources: Sequence[Source]) -> Fault:
    """A fault of too many values names the other files that say the same of the same thing."""
    if fault.value is not None or fault.path is None:
        return fault
    places = sorted(
        (source.path, source.lines[fault.focus, fault.path])
        for source in sources
        if (fault.focus, fault.path) in source.lines and source.path != fault.file
    )
    if not places:
        return fault
    others = ", ".join(f"{path}:{line}" for path, line in places)
    return replace(fault, message=f"{fault.message} It is also written in {others}: keep one.")
