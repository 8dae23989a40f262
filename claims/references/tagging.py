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
# In the model a sign between fields bears the small letter of the field before it: "a" after authors.
_MOST_TOKENS = 600
_NEVER = -1e6  # of a tag that may not follow any
_BEAM = 14.0  # tags this far behind the best never come first again: no pair of tags weighs as much


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature and tag (as they stand in the file, since few are looked at) and by pair of tags."""

    tags: tuple[str, ...]
    states: dict[str, dict[str, float]]
    moves: tuple[tuple[tuple[int, float], ...], ...]  # from each tag: the tags that may follow, with weights


def tag(text: str, tokens: list[Token], model: Model | None = None) -> list[str]:
    """The likeliest tag of each token; tokens past a bound far beyond any reference are N."""
    model = model or shipped_model()
    read = tokens[:_MOST_TOKENS]
    if not read:
        return []
    size = len(model.tags)
    place = {name: number for number, name in enumerate(model.tags)}
    states, moves = model.states, model.moves
    best: list[float] = []
    trail: list[list[int]] = []
    for number, features in enumerate(features_of(text, read)):
        score = [0.0] * size
        for feature in features:
            weights = states.get(feature)
            if weights:
                for name, weight in weights.items():
                    if name in place:
                        score[place[name]] += weight
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
    chosen = ["O" if one.islower() else one for one in named]
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
    """A model from its gzipped JSON."""
    raw = json.loads(gzip.decompress(data))
    tags = tuple(sorted({*raw["moves"], *(two for row in raw["moves"].values() for two in row)}))
    place = {name: number for number, name in enumerate(tags)}
    # A pair never seen in training may still come, where nothing else fits: the same tag again.
    moves = tuple(
        tuple((place[two], weight) for two, weight in sorted({one: 0.0, **raw["moves"].get(one, {})}.items()))
        for one in tags
    )
    return Model(tags, raw["states"], moves)
