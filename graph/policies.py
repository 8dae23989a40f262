"""Editorial policies: the ones that come with the program, and an organisation's own SHACL files.

An own file is data: Turtle, no Python. It adds rules, and turns shipped ones off with
``spine:policy-... sh:deactivated true``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from keyword import kwlist
from os import PathLike
from pathlib import Path

import pyoxigraph as ox

from graph import files
from graph.errors import ClaimspineError
from graph.sources.checking import placed
from graph.sources.source_files import SUFFIXES, read_source
from graph.store import Store
from graph.suggestions import nearest
from graph.terms import SH
from graph.validation import Fault, check_policies
from graph.vocabulary import triples as shipped
from ontology.loader import DATA_BASE, NAMESPACE
from ontology.loader import text as shipped_text

SHIPPED = "shipped"


def policy_shapes(names: Sequence[str | PathLike[str]]) -> str:
    """The shapes of several policy files as one, N-Triples; ``shipped`` names the program's own.

    Raises:
        ClaimspineError: ``unreadable-policies``; ``no-policies``: a file holds no shape; ``unknown-term``:
            it uses a term that neither SHACL nor the ontology has.
    """
    triples: list[ox.Triple] = []
    for name in names:
        own = str(name) == SHIPPED
        try:
            text = shipped_text("policies.ttl") if own else files.decode(files.read_bytes(name), str(name))
            found = [q.triple for q in ox.parse(text, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)]
        except SyntaxError as exc:
            raise ClaimspineError(
                "unreadable-policies", f"not Turtle: {exc.msg or exc}", path=Path(name), line=exc.lineno
            ) from exc
        if not own and not any(_shapes(t) for t in found):
            raise ClaimspineError(
                "no-policies",
                "the file holds no SHACL shape",
                path=Path(name),
                hint="docs/policies.md has one to start from",
            )
        if not own:
            _known_terms(found, Path(name))
        triples += found
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()


def _known_terms(found: Iterable[ox.Triple], path: Path) -> None:
    """A misspelt term would never be asked about, and the policy never broken: that is told."""
    from rdflib.namespace import SH as SHACL

    keywords = [word for word in kwlist if SH + word in SHACL]  # sh:in and sh:class are no names in Python
    shacl = {SH + name for name in (*SHACL.__annotations__, *keywords)}
    nodes = {node.value for t in found for node in (t.predicate, t.object) if isinstance(node, ox.NamedNode)}
    own = {t.subject.value for t in found if isinstance(t.subject, ox.NamedNode)}
    for known, prefix, namespace_ in ((shacl, "sh:", SH), (_own_terms(), "spine:", NAMESPACE)):
        for iri in sorted(node for node in nodes - own if node.startswith(namespace_) and node not in known):
            near = nearest(iri.removeprefix(namespace_), [one.removeprefix(namespace_) for one in known])
            raise ClaimspineError(
                "unknown-term",
                f"{prefix}{iri.removeprefix(namespace_)} is no term of {_CALLED[prefix]}",
                path=path,
                hint=f"did you mean {prefix}{near}?" if near else "docs/ontology.md lists the terms",
            )


_CALLED = {"sh:": "SHACL", "spine:": "the ontology"}


@cache
def _own_terms() -> frozenset[str]:
    held = (t for name in ("spine.ttl", "schemes.ttl", "shapes.ttl", "policies.ttl") for t in shipped(name))
    return frozenset(t.subject.value for t in held if isinstance(t.subject, ox.NamedNode))


def _shapes(triple: ox.Triple) -> bool:
    return triple.predicate.value.startswith(SH) or str(triple.object).startswith(f"<{SH}")


def check_files(
    paths: Iterable[str | PathLike[str]], names: Sequence[str | PathLike[str]], base: str = DATA_BASE
) -> tuple[Fault, ...]:
    """Where evidence files break the policies, with file and line.

    Raises:
        ClaimspineError: a file cannot be read. Several: an ExceptionGroup.
    """
    triples: list[ox.Triple] = []
    lines: dict[tuple[str, str | None], tuple[str, int]] = {}
    sources = [read_source(file.path, name=file.name, base=base) for file in files.expand(paths, SUFFIXES)]
    for source in sources:
        triples += source.triples
        for key, line in source.lines.items():
            lines.setdefault(key, (source.path, line))
    return tuple(placed(check_policies(triples, lines=lines, policies=policy_shapes(names)), sources))


def check_store(store: Store, names: Sequence[str | PathLike[str]]) -> tuple[Fault, ...]:
    """Where the evidence of a store breaks the policies."""
    return check_policies(store, policies=policy_shapes(names))
