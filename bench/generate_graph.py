"""An evidence graph of any size, the same for the same seed, valid by the shipped shapes.

    python bench/generate_graph.py --claims 10000 --output /tmp/graph.nq

About 25 triples a claim, twenty claims an article, one named graph an article, streamed as N-Quads.
Works are cited as papers are: the k-th work with a chance of about 1/k (Zipf), so the first gathers
some five per cent of all evidence lines. Made up throughout: no study in it exists.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from ontology.loader import DATA_BASE, NAMESPACE, text

CLAIMS_OF_AN_ARTICLE = 20
WORKS_OF_AN_ARTICLE = 5

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_A, _FIRST, _REST, _NIL = (f"<{_RDF}{name}>" for name in ("type", "first", "rest", "nil"))
_TITLE = "<http://purl.org/dc/terms/title>"
_YEAR = "<http://purl.org/spar/fabio/hasPublicationYear>"
_JOURNAL = "<http://prismstandard.org/namespaces/basic/2.0/publicationName>"
_VOLUME = "<http://purl.org/ontology/bibo/volume>"
_DOI = "<http://purl.org/ontology/bibo/doi>"
_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
_ENTITY = "<http://www.w3.org/ns/prov#Entity>"

_DESIGNS = ("randomised-controlled-trial", "cohort", "cross-sectional", "case-control", "crossover-trial")
_DIRECTIONS = ("supports",) * 7 + ("refutes", "neutral", "neutral")
_NAMES = ("Abara", "Brandt", "Castro", "Demir", "Eriksen", "Fofana", "Garcia", "Hoang", "Ito", "Jansen")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """IRIs of shipped concepts by role, in N-Quads form, with their labels."""

    exposures: tuple[tuple[str, str], ...]
    outcomes: tuple[tuple[str, str], ...]
    populations: tuple[tuple[str, str], ...]


def vocabulary() -> Vocabulary:
    """The shipped concepts that claims can be about."""
    roles: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    for quad in ox.parse(text("concepts.ttl"), format=ox.RdfFormat.TURTLE):
        prop = getattr(quad.predicate, "value", "")
        if prop.endswith("conceptRole") and isinstance(quad.object, ox.NamedNode):
            roles.setdefault(quad.object.value.rpartition("-")[2], []).append(str(quad.subject))
        elif prop.endswith("prefLabel") and isinstance(quad.object, ox.Literal):
            labels[str(quad.subject)] = quad.object.value

    def of(role: str) -> tuple[tuple[str, str], ...]:
        return tuple((iri, labels[iri]) for iri in sorted(roles[role]))

    return Vocabulary(of("exposure"), of("outcome"), of("population"))


def source_iri(number: int) -> str:
    """The graph of an article, counted from 0."""
    return f"{DATA_BASE}source/article-{number:07d}"


def work_iri(number: int) -> str:
    """A work; number 1 is the most cited."""
    return f"{DATA_BASE}work/w{number}"


def recommendation_iri(article: int) -> str:
    """The recommendation of an article."""
    return f"{DATA_BASE}recommendation/r{article}"


def articles(claims: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Each article of a graph with so many claims: the IRI of its graph, and its N-Quads."""
    words = vocabulary()
    number = max(1, claims // CLAIMS_OF_AN_ARTICLE)
    works = number * WORKS_OF_AN_ARTICLE
    for article in range(number):
        graph = source_iri(article)
        lines = [*_article(article, works, random.Random(seed * 1_000_003 + article), words)]
        digest = hashlib.sha256("".join(lines).encode()).hexdigest()
        node = f"<{graph}>"
        lines += [
            f"{node} {_A} {_ENTITY}",
            f"{node} {_A} {_s('Source')}",
            f'{node} {_s("sourceName")} "article-{article:07d}"',
            f"{node} {_s('sourceKind')} {_s('sourceKind-evidence')}",
            f'{node} {_s("sha256")} "{digest}"',
        ]
        yield graph, "".join(f"{line} {node} .\n" for line in lines)


def _s(name: str) -> str:
    return f"<{NAMESPACE}{name}>"


def _cited(works: int, chance: random.Random) -> int:
    """The number of a work from 1, with a chance of about one in its number."""
    return min(works, int(math.exp(chance.random() * math.log(works + 1))))


def _article(article: int, works: int, chance: random.Random, words: Vocabulary) -> Iterator[str]:
    for place in range(WORKS_OF_AN_ARTICLE):
        yield from _work(article * WORKS_OF_AN_ARTICLE + place + 1, chance, words)
    claims = [f"<{DATA_BASE}claim/a{article}c{number}>" for number in range(CLAIMS_OF_AN_ARTICLE)]
    for number, claim in enumerate(claims):
        yield from _claim(claim, f"a{article}c{number}", works, chance, words)
    advice = f"<{recommendation_iri(article)}>"
    yield f"{advice} {_A} {_s('Recommendation')}"
    yield f'{advice} {_s("text")} "What article {article} advises."'
    yield f"{advice} {_s('audience')} {_s('audience-patients')}"
    for claim in chance.sample(claims, 4):
        yield f"{advice} {_s('basedOn')} {claim}"


def _claim(claim: str, name: str, works: int, chance: random.Random, words: Vocabulary) -> Iterator[str]:
    exposure, cause = chance.choice(words.exposures)
    outcome, effect = chance.choice(words.outcomes)
    yield f"{claim} {_A} {_s('Claim')}"
    yield f'{claim} {_s("text")} "{cause.capitalize()} changes {effect} ({name})."'
    yield f"{claim} {_s('exposure')} {exposure}"
    yield f"{claim} {_s('outcome')} {outcome}"
    yield f"{claim} {_s('population')} {chance.choice(words.populations)[0]}"
    yield f"{claim} {_s('effectDirection')} {_s('effectDirection-decreases')}"
    for place in range(chance.choice((1, 1, 1, 2))):
        line = f"<{DATA_BASE}line/{name}/{place}>"
        direction = chance.choice(_DIRECTIONS)
        finding = f"<{DATA_BASE}finding/w{_cited(works, chance)}/{chance.randrange(2)}>"
        yield f"{line} {_A} {_s('EvidenceLine')}"
        yield f"{line} {_s('bearsOn')} {claim}"
        yield f"{line} {_s('finding')} {finding}"
        yield f"{line} {_s('direction')} {_s('direction-' + direction)}"
        if direction != "neutral":
            strength = chance.choice(("strong", "moderate", "weak"))
            yield f"{line} {_s('strength')} {_s('strength-' + strength)}"
        if direction == "refutes":
            yield f'{line} {_s("rationale")} "Another population and a shorter follow-up."'
        yield f"{line} {_s('directness')} {_s('directness-' + chance.choice(('direct', 'indirect')))}"
        yield f"{line} {_s('method')} {_s('method-curated')}"


def _work(number: int, chance: random.Random, words: Vocabulary) -> Iterator[str]:
    work, study = f"<{work_iri(number)}>", f"<{DATA_BASE}study/s{number}>"
    yield f"{work} {_A} {_s('Work')}"
    yield f'{work} {_TITLE} "A study of {chance.choice(words.exposures)[1]}, number {number}"'
    yield f'{work} {_YEAR} "{chance.randrange(1990, 2025)}"^^<{_XSD}gYear>'
    yield f'{work} {_JOURNAL} "Journal of Invented Results {chance.randrange(200)}"'
    yield f'{work} {_VOLUME} "{chance.randrange(1, 90)}"'
    yield f'{work} {_DOI} "10.5555/invented.{number}"'
    yield f"{work} {_s('workType')} {_s('workType-journal-article')}"
    yield f"{work} {_s('reports')} {study}"
    first, second = f"_:w{number}a", f"_:w{number}b"
    yield f"{work} {_s('authors')} {first}"
    yield f'{first} {_FIRST} "{chance.choice(_NAMES)} A"'
    yield f"{first} {_REST} {second}"
    yield f'{second} {_FIRST} "{chance.choice(_NAMES)} B"'
    yield f"{second} {_REST} {_NIL}"
    yield f"{study} {_A} {_s('Study')}"
    yield f'{study} {_LABEL} "study {number}"'
    yield f"{study} {_s('design')} {_s('design-' + chance.choice(_DESIGNS))}"
    yield f"{study} {_s('species')} <{DATA_BASE}concept/human>"
    yield f'{study} {_s("sampleSize")} "{chance.randrange(20, 4000)}"^^<{_XSD}nonNegativeInteger>'
    for place in range(2):
        finding, effect = f"<{DATA_BASE}finding/w{number}/{place}>", f"<{DATA_BASE}effect/w{number}/{place}>"
        value = chance.randrange(40, 160)
        yield f"{finding} {_A} {_s('Finding')}"
        yield f"{finding} {_s('reportedIn')} {work}"
        yield f"{finding} {_s('study')} {study}"
        yield f"{finding} {_s('exposure')} {chance.choice(words.exposures)[0]}"
        yield f"{finding} {_s('outcome')} {chance.choice(words.outcomes)[0]}"
        yield f"{finding} {_s('effectDirection')} {_s('effectDirection-decreases')}"
        yield f"{finding} {_s('quoteRole')} {_s('quoteRole-result')}"
        yield f"{finding} {_s('method')} {_s('method-curated')}"
        yield f"{finding} {_s('effect')} {effect}"
        yield f"{effect} {_A} {_s('EffectEstimate')}"
        yield f"{effect} {_s('measure')} {_s('measure-risk-ratio')}"
        for name, number_ in (("value", value), ("low", value - 15), ("high", value + 20)):
            yield f'{effect} {_s(name)} "{number_ / 100:.2f}"^^<{_XSD}decimal>'


def write(path: Path, claims: int, seed: int = 1) -> int:
    """Write the graph to a file; gives the number of quads."""
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for _, quads in articles(claims, seed):
            out.write(quads)
            count += quads.count("\n")
    return count


def main() -> int:
    """Write a graph of so many claims."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, required=True)
    given = parser.parse_args()
    count = write(given.output, given.claims, given.seed)
    print(f"{count} quads, {count / given.claims:.1f} a claim", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
