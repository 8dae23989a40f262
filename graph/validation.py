"""SHACL: content against the ontology's shapes, policies apart from structure.

A fault is a value. Validation reads what was parsed, before it is stored (the engine keeps numbers,
not their digits). pySHACL is the reference engine and is imported only when it is needed.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

import pyoxigraph as ox

from graph.embedded.store import EmbeddedStore
from graph.jsonld import by_property, definitions
from graph.rdf_lines import Pointing, owner_of
from graph.reading.nodes import last_part
from graph.shacl.compiling import compiled as shapes_compiled
from graph.shacl.neighbourhood import Neighbourhood, declared, not_replaced
from graph.shacl.shape import Breach, Shape, run
from graph.shacl.shapes_graph import Unsupported, parsed
from graph.shacl.spelling import is_misspelt, wanted
from graph.shacl.surroundings import around
from graph.store import Store
from graph.terms import SH, TYPE
from ontology.loader import DATA_BASE
from ontology.loader import text as shipped_text

_PATH, _DATATYPE, _MESSAGE = (ox.NamedNode(SH + name) for name in ("path", "datatype", "message"))
Where = Mapping[tuple[str, str | None], tuple[str, int]]  # (subject, property) → (file, line)


@dataclass(frozen=True, slots=True)
class Fault:
    """One breach of a shape. ``severity`` is error, warning or info; ``line`` counts from 1.

    ``near``: the line is where the thing is described in an RDF file, whose parser tells no lines.
    """

    shape: str
    severity: str
    focus: str
    path: str | None
    value: str | None
    message: str
    file: str | None = None
    line: int | None = None
    near: bool = False
    base: str = DATA_BASE
    part_of: tuple[str, str] | None = None  # of a node without a name: the thing and its property

    @property
    def part(self) -> str | None:
        """What a node without a name is: ``effect of finding/x``."""
        if self.part_of is None:
            return None
        owner, prop = self.part_of
        key = next((d.key for d in by_property().get(prop, ()) if not d.reverse), last_part(prop))
        return f"{key} of {owner.removeprefix(self.base)}"

    def __str__(self) -> str:
        """``file:line: severity: message (node, key: value)``, spelt as in evidence files."""
        line = "" if not self.line else f" near line {self.line}:" if self.near else f"{self.line}:"
        where = "" if self.file is None else f"{self.file}:{line} "
        said = self.part or self.focus.removeprefix(self.base)
        key = next((d for d in by_property().get(self.path or "", ()) if not d.reverse), None)
        if key is not None and not self.message.startswith(key.key):
            said += f", {key.key}"
        if self.value is not None and self.value != self.focus:
            said += f": {self.value.removeprefix((key and key.scheme) or self.base).removeprefix(self.base)}"
        return f"{where}{self.severity}: {self.message} ({said})"


def validate(
    data: Store | Iterable[ox.Triple],
    *,
    beside: Store | None = None,
    without: Collection[str] = (),
    lines: Where | None = None,
    shapes: str | None = None,
    reference: bool = False,
) -> tuple[Fault, ...]:
    """The faults of ``data``: a whole store, or triples not yet stored.

    ``beside`` is a store that the triples refer to; what they point at is taken from there (and from
    the shipped vocabulary), but only nodes that ``data`` itself describes are reported. ``without``
    names graphs of ``beside`` that are about to be replaced and do not count. ``lines`` says
    where a triple stood. ``shapes`` is Turtle; by default the ontology's shapes. ``reference``
    asks pySHACL even where the shapes can be compiled (``graph.shacl``).

    Raises:
        ClaimspineError: the shapes themselves cannot be read.
    """
    text = shipped_text("shapes.ttl") if shapes is None else shapes
    return _under(data, beside, _validate(data, beside, without, lines or {}, text, reference))


def check_policies(
    data: Store | Iterable[ox.Triple],
    *,
    beside: Store | None = None,
    without: Collection[str] = (),
    lines: Where | None = None,
    policies: str | None = None,
    reference: bool = False,
) -> tuple[Fault, ...]:
    """As :func:`validate`, for editorial policies (``ontology/policies.ttl``, or an organisation's own)."""
    text = shipped_text("policies.ttl") if policies is None else policies
    return _under(data, beside, _validate(data, beside, without, lines or {}, text, reference))


def _under(
    data: Store | Iterable[ox.Triple], beside: Store | None, faults: tuple[Fault, ...]
) -> tuple[Fault, ...]:
    """The faults, with what ids stand under and, of a store, what nodes without a name are part of."""
    base = getattr(beside or data, "base", DATA_BASE)
    if isinstance(data, EmbeddedStore):
        faults = tuple(with_owner(one, partial(_triples_to, data)) for one in faults)
    return faults if base == DATA_BASE else tuple(replace(one, base=base) for one in faults)


def with_owner(fault: Fault, pointing: Pointing) -> Fault:
    """The fault; of a node without a name, with the thing that it is a part of."""
    owner = owner_of(fault.focus, pointing)
    return fault if owner is None else replace(fault, part_of=owner)


def _triples_to(store: EmbeddedStore, node: str) -> Iterator[ox.Triple]:
    try:
        blank = ox.BlankNode(node)
    except ValueError:
        return
    for quad in store.engine.quads_for_pattern(None, None, blank):
        yield quad.triple


def _validate(
    data: Store | Iterable[ox.Triple],
    beside: Store | None,
    without: Collection[str],
    lines: Where,
    shapes: str | None,
    reference: bool,
) -> tuple[Fault, ...]:
    if shapes is None:
        return ()
    compiled = None
    if not reference:
        with suppress(Unsupported):
            compiled = shapes_compiled(shapes)
    if isinstance(data, EmbeddedStore) and compiled is not None:
        return _screened(data, shapes, lines)
    triples = _of_store(data) if hasattr(data, "graph_names") else list(data)
    focus = {str(triple.subject) for triple in triples}
    broken = {id(triple): fault for triple in triples if (fault := _misspelt(triple, lines, shapes))}
    sound = [declared(t) for t in triples if id(t) not in broken]
    breaches: Iterable[Breach]
    if compiled is not None and (beside is None or isinstance(beside, EmbeddedStore)):
        breaches = _beside(compiled, sound, beside, without)
    else:
        sound += [] if hasattr(data, "graph_names") else around(triples, beside, without)
        breaches = run(compiled, sound) if compiled is not None else _of_reference(sound, shapes)
    found = _of_breaches((one for one in breaches if str(one.focus) in focus), lines)
    return tuple(sorted([*broken.values(), *dict.fromkeys(found)], key=_order))


def _of_reference(triples: list[ox.Triple], shapes: str) -> Iterable[Breach]:
    from graph.shacl import reference

    return reference.breaches(triples, shapes)


def _screened(store: EmbeddedStore, shapes: str, lines: Where) -> tuple[Fault, ...]:
    from graph.shacl.screening import misspelt, screen

    odd = misspelt(store)
    broken = [fault for triple in odd if (fault := _misspelt(triple, lines, shapes))]
    found = _of_breaches(screen(store, shapes, odd), lines)
    return tuple(sorted(dict.fromkeys([*broken, *found]), key=_order))


def _beside(
    compiled: tuple[Shape, ...],
    sound: list[ox.Triple],
    beside: EmbeddedStore | None,
    without: Collection[str],
) -> Iterable[Breach]:
    """Only nodes that the triples describe are judged, so the size of the store does not matter."""
    data = Neighbourhood(sound, beside, without)
    by_class: dict[object, list[Shape]] = {}
    others: list[Shape] = []
    for shape in compiled:
        if all(kind == "targetClass" for kind, _ in shape.targets):
            for one in {one for _, node in shape.targets for one in data.subclasses(node)}:
                by_class.setdefault(one, []).append(shape)
        else:
            others.append(shape)
    for node in data.near:
        types = data.out[node].get(TYPE, ())
        chosen = {id(shape): shape for kind in types for shape in by_class.get(kind, ())}
        for shape in chosen.values():
            yield from shape.run(data, node)
        for shape in others:
            if shape.chooses(data, node):
                yield from shape.run(data, node)


def _of_breaches(breaches: Iterable[Breach], lines: Where) -> Iterable[Fault]:
    for breach in breaches:
        node, shape = _bare(breach.focus), breach.shape
        path = breach.path.value if isinstance(breach.path, ox.NamedNode) else None
        value = None if breach.value is None else _bare(breach.value)
        message = "; ".join(breach.messages)
        file, line = _where(lines, node, path or _property_named(message), value)
        yield Fault(
            shape=shape.value if isinstance(shape, ox.NamedNode) else "",
            severity={"Warning": "warning", "Info": "info"}.get(breach.severity, "error"),
            focus=node,
            path=path,
            value=value,
            message=message,
            file=file,
            line=line,
        )


def _bare(node: Any) -> str:
    return str(getattr(node, "value", node))


@lru_cache(maxsize=8)
def _asking_for_datatypes(shapes: str) -> dict[tuple[str, str], set[str]]:
    """The messages of the shapes that ask for a datatype, by property and datatype."""
    found: dict[tuple[str, str], set[str]] = {}
    for said in parsed(shapes).triples.out.values():
        for path, datatype in itertools.product(said.get(_PATH, ()), said.get(_DATATYPE, ())):
            found.setdefault((_bare(path), _bare(datatype)), set()).update(map(_bare, said.get(_MESSAGE, ())))
    return found


def _misspelt(triple: ox.Triple, lines: Where, shapes: str) -> Fault | None:
    """A literal that its own datatype does not allow. pySHACL cannot compare such literals at all."""
    node = triple.object
    if not isinstance(node, ox.Literal) or not is_misspelt(node):
        return None
    focus = getattr(triple.subject, "value", str(triple.subject))
    path = triple.predicate.value
    key = next((d.key for d in by_property().get(path, ())), last_part(path))
    file, line = _where(lines, focus, path, None)
    messages = _asking_for_datatypes(shapes).get((path, node.datatype.value), set())
    return Fault(
        shape=node.datatype.value,
        severity="error",
        focus=focus,
        path=path,
        value=node.value,
        message=min(messages) if len(messages) == 1 else f"{key}: write {wanted(node)}.",
        file=file,
        line=line,
    )


def _order(fault: Fault) -> tuple[str, int, str, str, str, str]:
    return (
        fault.file or "",
        fault.line or 0,
        fault.focus,
        fault.path or "",
        fault.message,
        fault.value or "",
    )


def _of_store(store: Any) -> list[ox.Triple]:
    seen = [triple for name in store.graph_names() for triple in store.read_graph(name)]
    return seen + not_replaced(seen)


def _property_named(message: str) -> str | None:
    """The property of the key that a message begins with (``value: ...``, ``low, high: ...``)."""
    key = message.partition(":")[0].partition(",")[0]
    known = definitions().get(key)
    return None if known is None or known.reverse else known.iri


def _where(lines: Where, subject: str, path: str | None, value: str | None) -> tuple[str | None, int | None]:
    """The line of the value, else of the property, of its node, of the node that owns it."""
    found = lines.get((subject, value)) if value is not None else None
    found = found or lines.get((subject, path)) or lines.get((subject, None))
    while found is None and "/" in subject:
        subject = subject.rpartition("/")[0]
        found = lines.get((subject, None))
    return found or (None, None)
