"""The evidence graph at size: loading, tracing, validation, impact, each against a named peer in one run.

    python bench/graph_scale.py --claims 10000                    # peers and all
    python bench/graph_scale.py --claims 1000000 --store FOLDER   # a store made before; no peers in memory

Prints Markdown. A and B take turns, medians; other work on the machine slows both alike, so read the
ratios. The graph comes from ``generate_graph.py``.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Self

import pyoxigraph as ox

from graph.embedded.backups import restore
from graph.embedded.store import EmbeddedStore
from graph.impact import impact
from graph.reading.nodes import Nodes
from graph.results import Term
from graph.sources import load
from graph.sparql import PREFIXES, stored
from graph.store import open_store
from graph.tracing import trace
from graph.tracing.following import _InNodes, _walked
from graph.tracing.walking import _ways, below
from graph.validation import Fault, validate
from ontology.loader import text as shipped_text

Row = tuple[str, str, str, str, str]


class Rows(list[Row]):
    """Lines of the table, told as they come: a long run may be ended early."""

    def __iadd__(self, more: Iterable[Row]) -> Self:  # type: ignore[misc,override]
        """Take them in and print them."""
        for line in more:
            self.append(line)
            print("| " + " | ".join(line) + " |", flush=True)
        return self


_SPEC = importlib.util.spec_from_file_location(
    "generate_graph", Path(__file__).with_name("generate_graph.py")
)
assert _SPEC is not None
assert _SPEC.loader is not None
generator: Any = importlib.util.module_from_spec(_SPEC)
sys.modules["generate_graph"] = generator
_SPEC.loader.exec_module(generator)


def seconds(work: Callable[[], object]) -> float:
    """The processor's time that something takes, once; that of the engine's own threads is in it."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def alternating(
    ours: Callable[[int], object],
    theirs: Callable[[int], object],
    rounds: int,
    before: Callable[[], object] = lambda: None,
    *,
    in_a_row: int = 1,
) -> tuple[float, float]:
    """Medians of two ways, so many of each in turn; each round gets its number. ``before`` it is not timed.

    Right after the other way, the processor has forgotten what this one uses. What was there before is kept
    from the garbage collector, so that neither pays for what the other holds.
    """
    gc.collect()
    gc.freeze()
    times: tuple[list[float], list[float]] = ([], [])
    for turn, start in enumerate(range(0, rounds, in_a_row)):
        pair = ((ours, times[0]), (theirs, times[1]))
        for way, kept in pair if turn % 2 else pair[::-1]:
            for number in range(start, min(start + in_a_row, rounds)):
                before()
                begun = time.process_time()
                way(number)
                kept.append(time.process_time() - begun)
    gc.unfreeze()
    return statistics.median(times[0]), statistics.median(times[1])


def told(value: float) -> str:
    """Milliseconds or seconds, three figures."""
    return f"{value:.3g} s" if value >= 1 else f"{value * 1000:.3g} ms"


def row(what: str, ours: float, peer: str, theirs: float) -> Row:
    """One line of the table; above one, the ratio says how many times as fast ours is."""
    ratio = theirs / ours
    said = f"{ratio:.2g} times as fast" if ratio >= 1 else f"{ours / theirs:.2f} times as long"
    return what, told(ours), peer, told(theirs), said


def loading(path: Path, rounds: int) -> list[Row]:
    """A source and a dump into a folder, against the engine's own bulk_load."""
    found: list[Row] = []

    def into(way: Callable[[EmbeddedStore], object]) -> float:
        with (
            tempfile.TemporaryDirectory(dir=path.parent) as folder,
            open_store(Path(folder) / "store") as store,
        ):
            assert isinstance(store, EmbeddedStore)
            return seconds(lambda: way(store))

    def raw(store: EmbeddedStore) -> None:
        store.engine.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
        store.engine.flush()

    source: list[float] = []
    dump: list[float] = []
    bare: list[float] = []
    for _ in range(rounds):
        bare.append(into(raw))
        source.append(into(lambda store: load(store, [path], validate=False)))
        dump.append(into(lambda store: restore(store, path)))
    theirs = statistics.median(bare)
    found.append(row("load as one source", statistics.median(source), "pyoxigraph bulk_load", theirs))
    found.append(row("restore a dump", statistics.median(dump), "pyoxigraph bulk_load", theirs))
    return found


def tracing(store: EmbeddedStore, articles: int, rounds: int) -> list[Row]:
    """Recommendations traced, against the same query asked of the engine with nothing done to its rows."""
    query = stored("trace")

    def raw(number: int) -> None:
        root = ox.NamedNode(generator.recommendation_iri(number * 37 % articles))
        for _ in store.engine.query(
            query,
            prefixes=PREFIXES,
            use_default_graph_as_union=True,
            substitutions={ox.Variable("root"): root},
        ):
            pass

    return _traces(store, raw, "the same SPARQL, raw", lambda n: n * 37 % articles, rounds)


def _traces(
    store: EmbeddedStore,
    peers: Callable[[int], object],
    peer: str,
    article: Callable[[int], int],
    rounds: int,
    where: str = "",
) -> list[Row]:
    """Different recommendations: with nothing kept of earlier traces, one after the other, and once more."""

    def ours(number: int) -> None:
        trace(store, generator.recommendation_iri(article(number)))

    ours(rounds), peers(rounds)
    found = []
    for in_a_row in (1, rounds // 2) if where else (1,):
        told = f"{where}, {in_a_row} in a row" if in_a_row > 1 else where

        def measured(before: Callable[[], object] = lambda: None, in_a_row: int = in_a_row) -> Any:
            return _peer(alternating(ours, peers, rounds, before, in_a_row=in_a_row), peer)

        found.append(row(f"trace a recommendation{told}, nothing kept", *measured(store.forget)))
        store.forget()  # each as after a write
        found.append(row(f"trace a recommendation{told}, others traced before", *measured()))
        found.append(row(f"trace a recommendation{told}, its nodes kept", *measured()))
    return found


def _peer(pair: tuple[float, float], name: str) -> tuple[float, str, float]:
    return pair[0], name, pair[1]


def tracing_rdflib(store: EmbeddedStore, path: Path, rounds: int) -> list[Row]:
    """The same trace by rdflib, which gives the rows alone; that they hold the same trace is seen once.

    Reading the text of the query is half of the time, and a prepared one is saved that.
    Whoever writes the walk by hand on its triples in memory has the same rows sooner than by any query.
    """
    import rdflib
    from rdflib.plugins.sparql import prepareQuery

    graph = rdflib.Graph()
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS):
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    query = stored("trace")

    def theirs(number: int) -> None:
        root = rdflib.URIRef(generator.recommendation_iri(number))
        list(graph.query(query, initNs=PREFIXES, initBindings={"root": root}))

    def rows(number: int) -> None:
        root = generator.recommendation_iri(number)
        for _ in below(store, "trace", root):
            pass

    prepared = prepareQuery(query, initNs=PREFIXES)

    def ready(number: int) -> None:
        root = rdflib.URIRef(generator.recommendation_iri(number))
        list(graph.query(prepared, initBindings={"root": root}))

    def by_hand(number: int) -> list[Any]:
        return _walked_by_hand(graph, rdflib.URIRef(generator.recommendation_iri(number)))

    root, nodes = generator.recommendation_iri(1), Nodes()
    found = graph.query(query, initNs=PREFIXES, initBindings={"root": rdflib.URIRef(root)})
    nodes.add((str(s), str(p), str(o)) for s, p, o, _ in found)
    assert _walked(_InNodes(nodes), root) == trace(store, root)
    assert {tuple(row[:3]) for row in found} == set(by_hand(1))
    peer = "rdflib, its rows alone"
    return [
        row("the rows of a trace, in memory, nothing kept", *_peer(alternating(rows, theirs, rounds), peer)),
        *_traces(store, theirs, peer, lambda number: number, rounds, ", in memory"),
        *_traces(store, ready, f"{peer}, query prepared", lambda number: number, rounds, ", in memory"),
        row(
            "the rows of a trace, in memory, nothing kept",
            *_peer(alternating(rows, by_hand, rounds), "rdflib's triples walked by hand"),
        ),
    ]


def _walked_by_hand(graph: Any, root: Any) -> list[Any]:
    """The triples that the query finds below a root, from rdflib's own index."""
    forward, backward = ({type(root)(getattr(way, "value", way)) for way in ways} for ways in _ways("trace"))
    found, seen, queue = [], {root}, [root]
    while queue:
        node = queue.pop()
        ahead = [subject for way in backward for subject in graph.subjects(way, node)]
        for triple in graph.triples((node, None, None)):
            found.append(triple)
            if triple[1] in forward and not hasattr(triple[2], "datatype"):
                ahead.append(triple[2])
        for one in ahead:
            if one not in seen:
                seen.add(one)
                queue.append(one)
    return found


def _term(node: Any) -> Any:
    import rdflib

    if isinstance(node, ox.NamedNode):
        return rdflib.URIRef(node.value)
    if isinstance(node, ox.BlankNode):
        return rdflib.BNode(node.value)
    return rdflib.Literal(node.value, datatype=rdflib.URIRef(node.datatype.value))


def validating(store: EmbeddedStore, path: Path, peers: bool) -> list[Row]:
    """The whole store, against pySHACL and pyrudof on the same triples."""
    held: dict[str, Any] = {}
    ours = statistics.median(
        seconds(lambda: held.update(ours=validate(store))) for _ in range(3 if peers else 1)
    )
    if not peers:
        return [("validate the whole store", told(ours), "", "", f"{len(held['ours'])} faults")]
    triples = [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)]
    theirs = seconds(lambda: held.update(theirs=validate(triples, reference=True)))
    with open_store() as memory:
        restore(memory, path)
        near = statistics.median(seconds(lambda: held.update(near=validate(memory))) for _ in range(3))
    same = held["near"] == held["ours"] and _same(held["ours"], held["theirs"])
    peer = f"pySHACL ({'same' if same else 'OTHER'} results)"
    found = [
        row("validate the whole store, on disk", ours, peer, theirs),
        row("validate the whole store, in memory", near, peer, theirs),
    ]
    try:
        import pyrudof
    except ImportError:
        return found
    with tempfile.NamedTemporaryFile(suffix=".nt") as file:
        file.write(ox.serialize(dict.fromkeys(triples), format=ox.RdfFormat.N_TRIPLES) or b"")
        file.flush()
        rudof = pyrudof.Rudof(pyrudof.RudofConfig())
        rudof.read_shacl(shipped_text("shapes.ttl"), pyrudof.ShaclFormat.Turtle)
        reading = seconds(lambda: rudof.read_data(file.name, pyrudof.RDFFormat.NTriples))
        checking = seconds(lambda: held.update(rudof=rudof.validate_shacl()))
        found.append(
            row(
                "validate the whole store, in memory",
                near,
                f"pyrudof (reading {told(reading)} apart)",
                checking,
            )
        )
    return found


def _same(ours: Iterable[Fault], theirs: Iterable[Fault]) -> bool:
    return {(f.shape, f.focus, f.path) for f in ours} == {(f.shape, f.focus, f.path) for f in theirs}


def one_article(store: EmbeddedStore, articles: int, rounds: int, peers: bool) -> list[Row]:
    """An article of twenty claims taken out of the store and judged beside it."""

    def ours(number: int) -> None:
        name = generator.source_iri(number * 53 % articles)
        assert validate(store.read_graph(name), beside=store, without=[name]) == ()

    def theirs(number: int) -> None:
        name = generator.source_iri(number * 53 % articles)
        triples = store.read_graph(name)
        near = {t.object for t in triples if isinstance(t.object, ox.NamedNode)}
        near -= {t.subject for t in triples}
        around = [q.triple for node in near for q in store.engine.quads_for_pattern(node, None, None)]
        validate([*triples, *around], reference=True)

    ours(0)
    if not peers:
        return [("validate one article", told(alternating(ours, lambda _: None, rounds)[0]), "", "", "")]
    return [
        row(
            "validate one article",
            *_peer(alternating(ours, theirs, rounds), "pySHACL, what it names beside it"),
        )
    ]


def impacts(store: EmbeddedStore) -> list[Row]:
    """The most cited work falls: which claims and recommendations change, against a plain query."""
    root = generator.work_iri(1)
    plain = (
        "SELECT DISTINCT ?c ?r ?root WHERE { ?root ^spine:reportedIn ?f ."
        " ?l spine:finding ?f ; spine:bearsOn ?c . OPTIONAL { ?r spine:basedOn ?c } }"
    )
    rows: list[int] = []
    theirs = [
        seconds(lambda: rows.append(sum(1 for _ in store.rows(plain, {"root": Term.iri(root)}))))
        for _ in range(3)
    ]
    held: list[Any] = []
    ours = [seconds(lambda: held.append(impact(store, root, limit=50))) for _ in range(3)]
    found = row(
        f"impact of the most cited work ({held[-1].lines} lines), 50 claims judged again",
        statistics.median(ours),
        f"a plain query for names ({rows[-1]} rows)",
        statistics.median(theirs),
    )
    return [found]


def main() -> int:
    """Run what was asked for and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--store", type=Path, help="a store made before; else one is made and thrown away")
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument(
        "--skip", default="", help="commas between: load, trace, rdflib, whole, article, impact"
    )
    parser.add_argument("--no-peers", action="store_true", help="without pySHACL, rdflib and pyrudof")
    given = parser.parse_args()
    skip, peers = set(given.skip.split(",")), not given.no_peers
    work = Path(tempfile.mkdtemp(prefix="graph-scale-"))
    path = work / "graph.nq"
    articles = max(1, given.claims // generator.CLAIMS_OF_AN_ARTICLE)
    found = Rows()
    print(f"### {given.claims:,} claims\n")
    print("| what | ours | peer | peer's | ratio |\n|---|---|---|---|---|", flush=True)
    try:
        if given.store is None or "load" not in skip or (peers and not {"rdflib", "whole"} <= skip):
            count = generator.write(path, given.claims)
            print(f"{given.claims:,} claims, {count:,} quads", file=sys.stderr)
        if "load" not in skip:
            found += loading(path, 3)
        with open_store(given.store or work / "store") as store:
            assert isinstance(store, EmbeddedStore)
            if given.store is None:
                restore(store, path)
            if "trace" not in skip:
                found += tracing(store, articles, given.rounds)
            if "rdflib" not in skip and peers:
                with open_store() as memory:
                    assert isinstance(memory, EmbeddedStore)
                    restore(memory, path)
                    found += tracing_rdflib(memory, path, 22)
            if "article" not in skip:
                found += one_article(store, articles, given.rounds, peers)
            if "impact" not in skip:
                found += impacts(store)
            if "whole" not in skip:
                found += validating(store, path, peers)
    finally:
        shutil.rmtree(work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
