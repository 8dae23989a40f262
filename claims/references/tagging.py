"""Tagging the tokens of a reference by a small trained model (a linear-chain random field).

The weights (tagger.json.gz, made by bench/train_reference_parser.py from AnyStyle's and GROBID's
public reference strings) are sparse and plain; the best sequence is found in pure Python.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

from claims.references.tokens import Token, features_of

# A author, E editor, T title, J journal, C book or proceedings, Y date, V volume, I issue, P pages,
# U publisher, L place, S series, G number in the list, N anything else that is named, O signs between.
_MOST_TOKENS = 600


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature (pairs of tag and weight) and by pair of neighbouring tags."""

    tags: tuple[str, ...]
    states: dict[str, tuple[tuple[int, float], ...]]
    moves: tuple[tuple[float, ...], ...]  # moves[to][from]


def tag(text: str, tokens: list[Token], model: Model | None = None) -> list[str]:
    """The likeliest tag of each token; tokens past a bound far beyond any reference are N."""
    model = model or shipped_model()
    read = tokens[:_MOST_TOKENS]
    if not read:
        return []
    size = len(model.tags)
    span = range(size)
    states, moves = model.states, model.moves
    best: list[float] = []
    trail: list[list[int]] = []
    for number, features in enumerate(features_of(text, read)):
        score = [0.0] * size
        for feature in features:
            weights = states.get(feature)
            if weights:
                for position, weight in weights:
                    score[position] += weight
        if number:
            back = []
            total = []
            for to in span:
                sums = [one + two for one, two in zip(best, moves[to], strict=True)]
                top = max(sums)
                back.append(sums.index(top))
                total.append(top + score[to])
            trail.append(back)
            best = total
        else:
            best = score
    at = best.index(max(best))
    path = [at]
    for back in reversed(trail):
        at = back[at]
        path.append(at)
    chosen = [model.tags[position] for position in reversed(path)]
    return chosen + ["N"] * (len(tokens) - len(read))


@cache
def shipped_model() -> Model:
    """The model that comes with Claimspine."""
    return read_model(resources.files("claims.references").joinpath("tagger.json.gz").read_bytes())


def read_model(data: bytes) -> Model:
    """A model from its gzipped JSON."""
    raw = json.loads(gzip.decompress(data))
    tags = tuple(sorted({*raw["moves"], *(two for row in raw["moves"].values() for two in row)}))
    place = {name: number for number, name in enumerate(tags)}
    states = {
        feature: tuple((place[name], weight) for name, weight in sorted(weights.items()) if name in place)
        for feature, weights in raw["states"].items()
    }
    moves = tuple(tuple(raw["moves"].get(one, {}).get(two, 0.0) for one in tags) for two in tags)
    return Model(tags, states, moves)
