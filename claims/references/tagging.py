"""Tagging the tokens of a reference by a small trained model (a linear chain, averaged passive-aggressive).

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
# U publisher, L place, S series, G number in the list, K body, D kind and edition, X identifier,
# N anything else that is named, O signs between. "A1" is the first word of a field, "A" the rest.
# In the model a sign between fields bears the small letter of the field before it: "a" after authors.
_MOST_TOKENS = 600
_NEVER = -1e6  # of a tag that may not follow any
_BEAM = 14.0  # tags this far behind the best never come first again: no pair of tags weighs as much


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature (pairs of tag and weight) and by pair of neighbouring tags; tags by their place.

    The weights by feature are as they stand in the file, since few of them are looked at.
    """

    tags: tuple[str, ...]
    states: dict[str, list[tuple[int, float]]]
    moves: tuple[tuple[tuple[int, float], ...], ...]  # from each tag: the tags that may follow, with weights


def tag(tokens: list[Token]) -> list[str]:
    """The likeliest tag of each token; tokens past a bound far beyond any reference are N."""
    model = shipped_model()
    read = tokens[:_MOST_TOKENS]
    if not read:
        return []
    size = len(model.tags)
    states, moves = model.states, model.moves
    best: list[float] = []
    trail: list[list[int]] = []
    for number, features in enumerate(features_of(read)):
        score = [0.0] * size
        for feature in features:
            weights = states.get(feature)
            if weights:
                for position, weight in weights:
                    score[position] += weight
        if number:
            best, back = _step(best, score, moves)
            trail.append(back)
        else:
            best = score
    at = best.index(max(best))
    path = [at]
    for back in reversed(trail):
        at = back[at]
        path.append(at)
    named = [model.tags[position] for position in reversed(path)]
    chosen = ["O" if one.islower() else one[0] for one in named]
    return chosen + ["N"] * (len(tokens) - len(read))


def _step(
    best: list[float], score: list[float], moves: tuple[tuple[tuple[int, float], ...], ...]
) -> tuple[list[float], list[int]]:
    """One token further: the best score under each tag, and the tag before it that gives it."""
    floor = max(best) - _BEAM
    total = [_NEVER] * len(score)
    back = [0] * len(score)
    for before, sofar in enumerate(best):
        if sofar < floor:
            continue
        for to, move in moves[before]:
            if sofar + move > total[to]:
                total[to] = sofar + move
                back[to] = before
    return [one + two for one, two in zip(total, score, strict=True)], back


@cache
def shipped_model() -> Model:
    """The model that comes with Claimspine."""
    return read_model(resources.files("claims.references").joinpath("tagger.json.gz").read_bytes())


def read_model(data: bytes) -> Model:
    """A model from its gzipped JSON: its tags, and weights by feature and by pair of tags."""
    raw = json.loads(gzip.decompress(data))
    tags = tuple(raw["tags"])
    # A pair never seen in training may still come, where nothing else fits: the same tag again.
    moves = tuple(tuple(sorted({place: 0.0, **dict(row)}.items())) for place, row in enumerate(raw["moves"]))
    return Model(tags, raw["states"], moves)
