"""One source at a time from bytes at hand: validated, attributed, written whole or not at all.

What was done is kept in a journal: each write adds a small named graph of its own
(``<base>journal/…``, a ``prov:Activity``) in the same transaction, and nothing ever takes one away.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from graph import files
from graph.errors import ClaimspineError, InvalidEvidence
from graph.sources.checking import check
from graph.sources.history import revised
from graph.sources.loading import LoadedSource, Removal, content_of, list_sources, unchanged_in
from graph.sources.loading import remove as find_and_remove
from graph.sources.provenance import is_provenance, provenance_of
from graph.sources.source_files import Source, graph_name, name_of_graph, source_of
from graph.store import Store
from graph.terms import ATTRIBUTED_TO, DATE_TIME, LABEL, PROV, TYPE
from graph.validation import Fault, validate
from ontology.loader import DATA_BASE

#: What a body may be, and the suffix of the files that hold such things.
MEDIA_TYPES: dict[str, str] = {
    "application/yaml": ".yaml",
    "application/x-yaml": ".yaml",
    "text/yaml": ".yaml",
    "text/x-yaml": ".yaml",
    "text/turtle": ".ttl",
    "application/n-triples": ".nt",
    "application/n-quads": ".nq",
    "application/trig": ".trig",
    "application/ld+json": ".jsonld",
    "application/rdf+xml": ".rdf",
    "application/x-bibtex": ".bib",
    "text/x-bibtex": ".bib",
    "application/x-research-info-systems": ".ris",
    "application/nbib": ".nbib",
    "application/vnd.citationstyles.csl+json": ".json",
    "application/xml": ".xml",
}
RDF_MEDIA_TYPES = {
    kind: suffix
    for kind, suffix in MEDIA_TYPES.items()
    if suffix in (".ttl", ".nt", ".jsonld", ".rdf") and not kind.endswith("yaml")
}
_NAME = re.compile(r"[\w~-][\w.~-]*(?:/[\w~-][\w.~-]*)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, and when (ISO 8601)."""

    name: str
    at: str


class Document(NamedTuple):
    """An RDF document of an upload: its bytes, and the suffix of files with its media type."""

    data: bytes
    suffix: str


@dataclass(frozen=True, slots=True)
class Put:
    """What became of an upload; ``faults`` are warnings, errors are raised."""

    source: LoadedSource
    faults: tuple[Fault, ...] = ()


def check_name(name: str) -> str:
    """A source's name: words of letters, digits, ``.``, ``_``, ``~`` and ``-``, with slashes between.

    Raises:
        ClaimspineError: ``source-name``.
    """
    if len(name) > 200 or not _NAME.fullmatch(name):
        raise ClaimspineError(
            "source-name",
            f"{name[:80]!r} cannot name a source",
            hint="use letters, digits, points, dashes and underscores, and slashes between words",
        )
    return name


def read(name: str, data: bytes, suffix: str, base: str, *, against: str | None = None) -> Source:
    """Read one upload as the file ``name`` would be read; ``against`` as for ``source_of``.

    Raises:
        ClaimspineError: what is wrong, with its line. Several: an ExceptionGroup.
    """
    shown = name if name.endswith(suffix) else name + suffix
    stored_as = name.removesuffix(suffix) + suffix if suffix == ".yaml" else name
    return source_of(files.Named(Path(shown), stored_as), data, base, against=against)


def put(
    store: Store,
    name: str,
    data: bytes,
    suffix: str,
    author: Author,
    *,
    against: str | None = None,
) -> Put:
    """Read, validate beside the store, and replace the graph of the source ``name``.

    The same bytes again change nothing. ``against`` as for ``source_of``.

    Raises:
        ClaimspineError: the upload cannot be read. Several: an ExceptionGroup.
        InvalidEvidence: it breaks a shape; nothing was written.
    """
    check_name(name)
    known = {held.graph: held for held in list_sources(store)}
    shown = Path(name if name.endswith(suffix) else name + suffix)
    stored_as = name.removesuffix(suffix) + suffix if suffix == ".yaml" else name
    held = unchanged_in(store, known, files.Named(shown, stored_as), data, against)
    if held is not None:
        return Put(LoadedSource(held.name, held.graph, held.path or "", "unchanged", 0))
    source = read(name, data, suffix, store.base, against=against)
    faults = (*source.faults, *check(store, [source], True, False))
    refuse(faults)
    status = "replaced" if source.graph in known else "added"
    triples = [*content_of(source), *provenance_of(source, author.at, author.name)]
    noted = revised(store, {source.name: (source.sha256, source.path)}, author.at)
    write(store, {source.graph: triples, **noted}, author, f"put {name}", digest=source.sha256)
    loaded = LoadedSource(source.name, source.graph, source.path, status, len(source.triples))
    return Put(loaded, tuple(fault for fault in faults if fault.severity != "error"))


def refuse(faults: Iterable[Fault]) -> None:
    """Raise when one of the faults is an error.

    Raises:
        InvalidEvidence: with the errors.
    """
    broken = tuple(fault for fault in faults if fault.severity == "error")
    if broken:
        raise InvalidEvidence(
            f"{len(broken)} fault{'s' if len(broken) > 1 else ''}; nothing was written", faults=broken
        )


def remove(store: Store, name: str, author: Author) -> Removal:
    """Remove the source, exactly its graph, and note in the journal who did it.

    Raises:
        ClaimspineError: ``no-such-source``.
    """
    removal = find_and_remove(_Journalled(store, author), name)  # type: ignore[arg-type]
    pointers = tuple(one for one in removal.dangling if not one.subject.startswith(store.base + "journal/"))
    return replace(removal, dangling=pointers)


class _Journalled:
    """A store whose deletions are written into the journal in the same transaction."""

    def __init__(self, store: Store, author: Author) -> None:
        self._store, self._author = store, author

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def delete_graph(self, name: str) -> None:
        removed = name_of_graph(name, self._store.base)
        write(
            self._store,
            {name: None, **revised(self._store, {removed: None}, self._author.at)},
            self._author,
            f"delete {removed or name}",
        )


def write_checked(
    store: Store,
    graphs: Mapping[str, Sequence[ox.Triple] | None],
    author: Author,
    what: str,
) -> tuple[Fault, ...]:
    """Validate these graphs beside the rest of the store, then replace them all together.

    Raises:
        InvalidEvidence: one breaks a shape; nothing was written.
    """
    faults = checked(store, graphs)
    write(store, graphs, author, what)
    return faults


def checked(store: Store, graphs: Mapping[str, Sequence[ox.Triple] | None]) -> tuple[Fault, ...]:
    """What is to be said of these graphs beside the rest of the store.

    Raises:
        InvalidEvidence: one breaks a shape.
    """
    new = [triple for triples in graphs.values() if triples for triple in triples]
    faults = validate(new, beside=store, without=list(graphs)) if new else ()
    refuse(faults)
    return faults


def write(
    store: Store,
    graphs: Mapping[str, Sequence[ox.Triple] | None],
    author: Author,
    what: str,
    *,
    digest: str | None = None,
) -> str:
    """Replace graphs and add the journal's entry, in one transaction; gives the entry's IRI."""
    touched = sorted(graph for graph in graphs if not graph.startswith(store.base + "history/"))
    seed = "\n".join([author.at, author.name, what, digest or "", *touched])
    entry = f"{store.base}journal/{author.at[:10]}-{hashlib.sha256(seed.encode()).hexdigest()[:20]}"
    node = ox.NamedNode(entry)
    told = [
        ox.Triple(node, TYPE, ox.NamedNode(PROV + "Activity")),
        ox.Triple(node, LABEL, ox.Literal(what)),
        ox.Triple(node, ox.NamedNode(PROV + "endedAtTime"), ox.Literal(author.at, datatype=DATE_TIME)),
        ox.Triple(node, ATTRIBUTED_TO, ox.Literal(author.name)),
        *[ox.Triple(node, ox.NamedNode(PROV + "used"), ox.NamedNode(graph)) for graph in touched],
    ]
    store.replace_graphs({**graphs, entry: told})
    return entry


def put_graph(
    store: Store,
    graph: str,
    documents: Sequence[Document],
    author: Author,
    *,
    merge: bool = False,
) -> str:
    """Make the documents the content of a named graph, or with ``merge`` add them to it.

    Gives ``added``, ``replaced`` or ``unchanged``. Relative IRIs are resolved against the graph's. Documents
    that say nothing make an empty graph, where the engine keeps such, and add nothing. The graph of a source
    stays one: it is written with its provenance, as ``put`` does.

    Raises:
        ClaimspineError: a document cannot be read, or the graph cannot be named so.
        InvalidEvidence: they break a shape; nothing was written.
    """
    there = store.has_graph(graph)
    if name_of_graph(graph, store.base):
        return _put_source(store, graph, documents, author, merge=merge, there=there)
    before = set(store.read_graph(graph)) if there else set()
    new = _said(documents, graph, store.base)
    triples = new | before if merge else new
    if triples == before and (there or merge):
        return "unchanged"
    write_checked(store, {graph: sorted(triples, key=str)}, author, f"put graph {graph}")
    return "replaced" if there or not store.has_graph(graph) else "added"


def _put_source(
    store: Store,
    graph: str,
    documents: Sequence[Document],
    author: Author,
    *,
    merge: bool,
    there: bool,
) -> str:
    name = name_of_graph(graph, store.base)
    if merge or len(documents) != 1:
        held = set(content(store.read_graph(graph), graph, store.base)) if merge and there else set()
        new = _said(documents, graph, store.base)
        if merge and new <= held:
            return "unchanged"
        joined = serialize(sorted(held | new, key=str), "ntriples").encode("utf-8")
        documents = [Document(joined, ".nt")]
    data, suffix = documents[0]
    return put(store, name, data, suffix, author, against=graph).source.status


def _said(documents: Sequence[Document], graph: str, base: str) -> set[ox.Triple]:
    """What they say together; blank nodes of two are never one (RDF 1.1 Semantics, 4.1)."""
    found: set[ox.Triple] = set()
    for data, suffix in documents:
        found.update(read("upload", data, suffix, base, against=graph).triples)
    return found


def source_text(store: Store, name: str, format: str) -> str:
    """A source as ``yaml`` evidence, or in an RDF format (turtle, ntriples, jsonld, rdfxml).

    Raises:
        ClaimspineError: ``no-such-source``; ``not-writable-as-yaml`` where the context has no key.
    """
    from graph.yamlld.writing import to_yaml

    graph = graph_name(name, store.base)
    if not store.has_graph(graph):
        raise ClaimspineError("no-such-source", f"there is no source named {name!r}")
    triples = store.read_graph(graph)
    if format == "yaml":
        return to_yaml(triples, base=store.base)
    return serialize(content(triples, graph, store.base), format, store.base)


def content(triples: Iterable[ox.Triple], graph: str, base: str) -> list[ox.Triple]:
    """The triples of a graph, sorted; of a source without the provenance that stands beside them."""
    of_source = bool(name_of_graph(graph, base))
    return sorted((t for t in triples if not (of_source and is_provenance(t, graph))), key=str)


def serialize(triples: Iterable[ox.Triple], format: str, base: str = DATA_BASE) -> str:
    """Triples as turtle, ntriples, jsonld or rdfxml; ``base`` is what the prefix ``id:`` stands for."""
    from graph.abbreviating import abbreviated
    from graph.engine import GRAPH_FORMATS
    from graph.sparql import prefixes

    return abbreviated(list(triples), GRAPH_FORMATS[format], prefixes(base)).decode("utf-8")


def put_document(
    store: Store, graph: str, document: Mapping[str, object], author: Author, what: str
) -> tuple[Fault, ...]:
    """Validate a JSON-LD document in the ontology's terms and make it the whole content of a graph.

    Raises:
        InvalidEvidence: it breaks a shape; nothing was written.
    """
    import json

    source = read("document.jsonld", json.dumps(document).encode("utf-8"), ".jsonld", store.base)
    return write_checked(store, {graph: source.triples}, author, what)
