"""What was read, checked against shapes and policies before it is stored; faults name their files."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from graph.evidence import Iri
from graph.jsonld import by_property
from graph.rdf_lines import Pointing, pointing_in
from graph.reading import shipped
from graph.results import Term
from graph.shacl.neighbourhood import is_named
from graph.sources.source_files import name_of_graph
from graph.sparql import stored
from graph.store import Store
from graph.suggestions import suggested
from graph.validation import Fault, Where, check_policies, with_owner
from graph.validation import validate as validate_shapes
from ontology.terms import Adopted

if TYPE_CHECKING:
    import pyoxigraph as ox

    from graph.sources.source_files import Source

_ASKED = 50  # faults of which the store is asked who else says it
_LABELS = (Adopted.PREF_LABEL, Adopted.ALT_LABEL, Adopted.HIDDEN_LABEL)


def check(store: Store, sources: Sequence[Source], validate: bool, policies: bool) -> list[Fault]:
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
        found += _replacing(triples, where)
    if policies:
        found += check_policies(triples, beside=store, without=replaced, lines=where)
    return _said_too_often(store, suggested(placed(found, sources), triples, base=store.base), sources)


def _replacing(triples: Sequence[ox.Triple], where: Where) -> Iterator[Fault]:
    """Who names a shipped concept is told which of its names no longer count."""
    labels: dict[str, set[str]] = {}
    for one in triples:
        if one.predicate.value in _LABELS:
            labels.setdefault(_text(one.subject), set()).add(_text(one.object))
    for one in triples:
        iri = _text(one.subject)
        held = shipped().get(Iri(iri)) if is_named([(one.predicate, one.object)]) else None
        if held is None:
            continue
        lost = [name for name in (held.label, *held.synonyms) if name not in labels[iri]]
        if lost:
            said = (
                f"this replaces the shipped concept {held.label!r}, and {', '.join(lost)} no longer name it."
                " To keep its names, leave prefLabel away and write yours under altLabel."
            )
            path = one.predicate.value
            file, line = where.get((iri, path), (None, None))
            yield Fault("", "info", iri, path, None, said, file, line)


def placed(faults: Sequence[Fault], sources: Sequence[Source]) -> list[Fault]:
    """Faults of RDF, whose parser tells no lines, name the file that describes the thing and a line near."""
    if all(fault.file for fault in faults):
        return list(faults)
    found: dict[str, Source] = {}
    for source in sources:
        for triple in source.triples:
            found.setdefault(_text(triple.subject), source)
    pointing = pointing_in(triple for source in sources for triple in source.triples)
    return [one if one.file else _placed(one, found.get(one.focus), pointing) for one in faults]


def _placed(fault: Fault, source: Source | None, pointing: Pointing) -> Fault:
    if source is None:
        return fault
    fault = with_owner(fault, pointing)
    line = None
    if source.text is not None:
        line = source.text.near(fault.focus, fault.path, fault.value)
        if line is None and fault.part_of is not None:
            line = source.text.near(*fault.part_of)
    return replace(fault, file=source.path, line=line, near=line is not None)


def _said_too_often(store: Store, faults: Sequence[Fault], sources: Sequence[Source]) -> list[Fault]:
    """Faults of too many values name the values, and who else says the same of the same thing."""
    asked = {(one.focus, one.path or "") for one in faults if one.value is None and one.path is not None}
    values: dict[tuple[str, str], list[str]] = {}
    for source in sources if asked else ():
        for triple in source.triples:
            key = _text(triple.subject), triple.predicate.value
            if key in asked and _text(triple.object) not in values.setdefault(key, []):
                values[key].append(_text(triple.object))
    replaced = {source.graph for source in sources}
    held = {key: _held(store, *key, replaced) for key in sorted(asked & values.keys())[:_ASKED]}
    return [
        _with_values(
            one,
            values.get((one.focus, one.path or ""), []),
            held.get((one.focus, one.path or ""), {}),
            sources,
        )
        for one in faults
    ]


def _held(store: Store, focus: str, path: str, replaced: Container[str]) -> dict[str, list[str]]:
    """What the store says there, and stays: values by source."""
    found: dict[str, list[str]] = {}
    rows = store.rows(stored("said_by"), {"s": Term.iri(focus), "p": Term.iri(path)}) if ":" in focus else ()
    for value, graph, *_ in rows:
        if graph and value is not None and graph not in replaced:
            found.setdefault(name_of_graph(graph, store.base) or graph, []).append(value)
    return found


def _with_values(
    fault: Fault, written: Sequence[str], held: Mapping[str, Sequence[str]], sources: Sequence[Source]
) -> Fault:
    values = list(dict.fromkeys([*written, *chain.from_iterable(held.values())]))
    if fault.value is not None or len(values) < 2:
        return fault
    scheme = next((d.scheme for d in by_property().get(fault.path or "", ()) if d.scheme), None) or fault.base
    shown = ", ".join(value.removeprefix(scheme)[:60] for value in values[:4])
    message = f"{fault.message} Here are {len(values)}: {shown}{', ...' if len(values) > 4 else ''}."
    places = sorted(
        f"{source.path}:{source.lines[fault.focus, fault.path]}"
        for source in sources
        if (fault.focus, fault.path) in source.lines and source.path != fault.file
    )
    places += [f"the stored source {name}" for name in held]
    if places:
        message += f" It is also written in {', '.join(places)}: keep one."
    return replace(fault, message=message)


def _text(node: object) -> str:
    return str(getattr(node, "value", node))
