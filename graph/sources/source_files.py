"""A file as a source: which graph it is, and what it says as triples.

An evidence file (YAML), a bibliography or any RDF file. Nothing outside the file is read for it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyoxigraph as ox

from graph import files, yamlld
from graph.data_base import source_path
from graph.errors import ClaimspineError
from graph.jsonld import context
from graph.rdf_lines import RdfLines
from graph.validation import Fault
from ontology.loader import DATA_BASE
from ontology.terms import Property

if TYPE_CHECKING:
    from graph.bibliography.collected import BibliographyFault

_RDF_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}
YAML_SUFFIXES = (".yaml", ".yml")
BIBLIOGRAPHIES = (".bib", ".ris", ".nbib", ".json", ".xml", ".enw", ".ciw")
TABLES = (".csv", ".tsv")  # read where they are named; in a folder they may be anything
SUFFIXES = (*YAML_SUFFIXES, *_RDF_FORMATS, *BIBLIOGRAPHIES)


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: its triples, and the line each stood on where the format tells."""

    name: str
    graph: str
    path: str
    sha256: str  # of the file's bytes
    triples: tuple[ox.Triple, ...]
    lines: yamlld.Lines = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()  # entries of a bibliography that were left out or look damaged
    resolved_against: str = DATA_BASE  # what its relative IRIs were resolved against
    text: RdfLines | None = None  # of RDF, whose parser tells no lines


def graph_name(name: str, base: str = DATA_BASE) -> str:
    """The IRI of the graph of a source.

    >>> graph_name("my notes.ttl")
    'https://w3id.org/claimspine/id/source/my%20notes.ttl'
    """
    return base + source_path(name)


def name_of_graph(graph: str, base: str = DATA_BASE) -> str:
    """The name of the source whose graph this is; empty where it is no source's.

    >>> name_of_graph("https://w3id.org/claimspine/id/source/my%20notes.ttl")
    'my notes.ttl'
    """
    start = f"{base}source/"
    return unquote(graph.removeprefix(start)) if graph.startswith(start) else ""


def read_source(path: str | PathLike[str], *, name: str | None = None, base: str = DATA_BASE) -> Source:
    """Read one file: YAML, Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML or a bibliography.

    The name is the file's, without the suffix for YAML. Graphs inside TriG and N-Quads become one.

    Raises:
        ClaimspineError: what is wrong, with file and line. Several: an ExceptionGroup.
    """
    file = files.Named(Path(path), name or Path(path).name)
    return source_of(file, files.read_bytes(path), base)


def source_of(file: files.Named, data: bytes, base: str, *, against: str | None = None) -> Source:
    """What the bytes of a file say. ``base``: of the data.

    ``against``: of an RDF document that is sent for a graph, the graph's IRI. Its relative IRIs are resolved
    against that (RFC 3986, 5.1), and it may say nothing.

    Raises:
        ClaimspineError: it cannot be read. Several: an ExceptionGroup of them.
    """
    suffix = file.path.suffix.lower()
    name = file.name.removesuffix(file.path.suffix) if suffix in YAML_SUFFIXES else file.name
    graph = graph_name(name, base)
    path = file.path.as_posix()
    digest = hashlib.sha256(data).hexdigest()
    if suffix in YAML_SUFFIXES:
        reading = yamlld.read(files.decode(data, path), path, base=base)
        if not reading.triples:
            raise ClaimspineError("nothing-to-load", "the file says nothing", path=path)
        return Source(name, graph, path, digest, tuple(reading.triples), reading.lines, (), base)
    if suffix in _RDF_FORMATS:
        text = _rdf_text(data, suffix, path, base)
        triples = _rdf(text, suffix, path, against or base)
        if not triples and against is None:
            raise ClaimspineError("nothing-to-load", "the file says nothing", path=path)
        if suffix in (".rdf", ".owl") and not text.strip():  # the engine lets it pass
            raise ClaimspineError("rdf-syntax", "cannot be read: there is no XML element", path=path)
        faults = tuple(_of_several(text, suffix, path, base))
        against = against or base
        text_lines = RdfLines(text, suffix, against)
        return Source(name, graph, path, digest, triples, {}, faults, against, text_lines)
    if suffix in (*BIBLIOGRAPHIES, *TABLES):
        from graph.bibliography import read_bibliography_bytes
        from graph.bibliography.triples import works_to_triples

        found = read_bibliography_bytes(data, path, source=name, base=base)
        if not found.works and found.faults:  # what the store has of this name is not to be lost for that
            first = found.faults[0]
            said = f"none of its entries can be used; the first: {first.message}"
            raise ClaimspineError("nothing-to-load", said, path=path, line=first.line)
        faults = tuple(fault_of(one, path) for one in found.faults)
        return Source(name, graph, path, digest, tuple(works_to_triples(found.works)), {}, faults, base)
    raise ClaimspineError(
        "unknown-format",
        f"files ending in {suffix or 'nothing'} cannot be read as evidence",
        path=path,
        hint=f"files that can be read end in {', '.join(SUFFIXES)}; EndNote and Mendeley export .ris",
    )


def fault_of(one: BibliographyFault, path: str) -> Fault:
    """What is wrong with an entry of a bibliography, told as other faults are."""
    return Fault("", one.severity, one.key or path, None, None, one.message, one.file, one.line)


def _rdf_text(data: bytes, suffix: str, path: str, base: str) -> str:
    text = files.decode(data, path)
    if suffix == ".jsonld":
        text = _local_context(text, path, base)
    if suffix in (".rdf", ".owl"):
        _no_entity_bombs(text, path)
    return text


def _rdf(text: str, suffix: str, path: str, base: str) -> tuple[ox.Triple, ...]:
    try:
        triples = tuple([quad.triple for quad in _quads(text, suffix, base)])
    except SyntaxError as exc:
        line = exc.lineno if exc.lineno and exc.lineno > 0 else None
        raise ClaimspineError(
            "rdf-syntax", f"cannot be read: {exc.msg or exc}", path=path, line=line, column=exc.offset
        ) from exc
    return triples


def _quads(text: str, suffix: str, base: str) -> Iterable[ox.Quad]:
    return ox.parse(text, format=_RDF_FORMATS[suffix], base_iri=base, rename_blank_nodes=True)


_NAMED = Property.SOURCE_NAME


def _of_several(text: str, suffix: str, path: str, base: str) -> Iterable[Fault]:
    """A dump of a store is read as one source, as any file is; whoever wants its sources back is told how."""
    if _NAMED.rpartition("#")[2] in text and any(
        quad.predicate.value == _NAMED and quad.subject == quad.graph_name
        for quad in _quads(text, suffix, base)
    ):
        said = "this is a whole store, read as one source; `claimspine restore` brings its own sources back"
        yield Fault("", "info", path, None, None, said, path)


_ENTITY_DECLARATION = re.compile(r"<!ENTITY\s+[^\s%&'\">]+\s+(?:\"[^\"&%]{0,300}\"|'[^'&%]{0,300}')\s*>")


def _no_entity_bombs(text: str, path: str) -> None:
    """Short entities that abbreviate IRIs are common in OWL files; nested and outside ones are refused."""
    if len(_ENTITY_DECLARATION.findall(text)) != text.count("<!ENTITY"):
        raise ClaimspineError(
            "xml-entities", "the XML defines nested or outside entities: refused", path=path
        )


def _local_context(text: str, path: str, base: str) -> str:
    """JSON-LD whose context is written in it; without one, the ontology's applies."""
    try:
        document = json.loads(text, parse_float=str, parse_int=str)
    except json.JSONDecodeError as exc:
        raise ClaimspineError(
            "json-syntax", f"not well-formed JSON: {exc.msg}", path=path, line=exc.lineno, column=exc.colno
        ) from exc
    except RecursionError as exc:
        raise ClaimspineError("json-too-deep", "the JSON is nested too deeply", path=path) from exc
    stack, seen = [document], False
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack += value
        elif isinstance(value, dict):
            stack += value.values()
            for key in ("@context", "@import"):
                written = value.get(key)
                parts = written if isinstance(written, list) else [written]
                if any(isinstance(part, str) for part in parts):
                    raise ClaimspineError(
                        "json-ld-remote-context",
                        "the context must stand in the file: no context is fetched",
                        path=path,
                        hint="write the context out, or leave it away to use the ontology's own",
                    )
                seen = seen or written is not None
    if seen or not isinstance(document, dict | list):
        return text
    inner = document if isinstance(document, list) else [document]
    return json.dumps({"@context": context(base), "@graph": inner})
