"""Train the sequence tagger behind ``claims.references.parse``.

    python bench/train_reference_parser.py BENCH [--check] [--write claims/references/tagger.json.gz]

BENCH is the folder with ``hallmark_refs`` (MIT; titles and names for strings made in journal styles, see
printed_references.py), ``refparse_anystyle`` (AnyStyle's core set, BSD-2-Clause) and
``refparse_grobid`` (GROBID's citation training files, Apache-2.0): reference strings with labelled
fields, one JSON object a line. Needs ``python-crfsuite``; what ships is the sparse weights only,
read and applied without it.

Fitted on as well: strings in the styles of health journals (printed_references.py) and the labelled
strings with their words mixed anew (mixed_references.py; within --check of the fitted rows alone), of
which some tokens show their form alone and not their letters. The weights are the mean of several fits.
--check measures on rows that the model was not fitted on, in folds that keep a reference's duplicates
together; --write fits on all rows.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import tempfile
from collections import Counter
from functools import cache, partial
from pathlib import Path

import pycrfsuite
from mixed_references import mixed
from printed_references import printed
from reference_fields import Counts, f1, folds_of, measured

from claims.references import parsing, tagging
from claims.references.tokens import Token, features_of, tokens_of

# How the two sets name their fields, and the tag each becomes.
TAGS = {
    "author": "A",
    "editor": "E",
    "translator": "E",
    "director": "A",
    "producer": "E",
    "title": "T",
    "title:a": "T",
    "journal": "J",
    "title:j": "J",
    "container-title": "C",
    "date": "Y",
    "biblScope:date": "Y",
    "volume": "V",
    "biblScope:volume": "V",
    "biblScope:vol": "V",
    "biblScope:issue": "I",
    "pages": "P",
    "biblScope:page": "P",
    "biblScope:pp": "P",
    "publisher": "U",
    "publishe": "U",
    "location": "L",
    "pubPlace": "L",
    "pubplace": "L",
    "collection-title": "S",
    "title:s": "S",
    "citation-number": "G",
    "orgName": "K",
    "source": "C",
    "edition": "D",
    "genre": "D",
    "medium": "D",
    "note:report": "D",
    "url": "X",
    "doi": "X",
    "isbn": "X",
    "ptr:web": "X",
}
OTHER = "N"  # notes
ROUNDS = 12  # over the strings; 25 are no better
FITS = 3  # whose mean is taken: one differs from the next by two wrong fields of a hundred
HIDDEN = 0.25  # the part of the tokens of mixed strings whose letters are not seen
LETTERS = ("w=", "w-1=", "w+1=", "w-1w=", "ww+1=", "w-2=", "w+2=", "x=", "v=")  # features that show them
HEAVIEST = 5.0  # the weight of the heaviest pair of tags, to which all weights are brought
LEAST = 0.03  # weights nearer to nothing are left out
# Fields whose first word has a tag of its own, so that the model learns where they begin.
BEGUN = "ATJCUL"
EDGES = " \t.,;:()[]{}\"'“”‘’«»`*_/"


def tag(row: dict[str, object]) -> tuple[list[Token], list[str]]:
    """The tokens of a row and their tags; what stands between fields is O."""
    text = str(row["text"])
    tokens = tokens_of(text)
    tags = ["O"] * len(tokens)
    fields = [(str(name), str(value)) for name, value in row["fields"]]  # type: ignore[attr-defined]
    has_article = any(name in ("title:a", "title") for name, _ in fields)
    cursor = 0
    for name, value in fields:
        kind = TAGS.get(name, "X" if name.startswith("idno") else OTHER)
        if name == "title:m":
            kind = "C" if has_article else "T"
        start = text.find(value, cursor)
        if start < 0:
            start = text.find(value)
        if start < 0:
            continue
        end = start + len(value)
        cursor = end
        for number, (_, begin, finish) in enumerate(tokens):
            if begin >= start and finish <= end:
                tags[number] = kind
        _trim(tokens, tags, start, end)
        if kind == "V":
            _inside_volume(tokens, tags, start, end)
        if kind in "VP":
            _words_off(tokens, tags, start, end)
    return tokens, tags


def remembered(tags: list[str]) -> list[str]:
    """The signs between fields (O) as what they follow, in small letters: "a" after authors.

    A chain sees one tag back only; so it knows across a comma which field came before.
    """
    last = "o"
    named = []
    for one in tags:
        if one == "O":
            named.append(last)
        else:
            named.append(one + "1" if one in BEGUN and last != one.lower() else one)
            last = one.lower()
    return named


def _trim(tokens: list[Token], tags: list[str], start: int, end: int) -> None:
    """Signs at the ends of a field are not part of it (the sets differ in this); "J." keeps its stop."""
    inside = [number for number, (_, begin, finish) in enumerate(tokens) if begin >= start and finish <= end]
    for order in (inside, inside[::-1]):
        for number in order:
            if tokens[number][0] not in EDGES:
                break
            tags[number] = "O"


def _inside_volume(tokens: list[Token], tags: list[str], start: int, end: int) -> None:
    """ "2013;122(2):" is a year, a volume and an issue."""
    inside = [number for number, (_, begin, finish) in enumerate(tokens) if begin >= start and finish <= end]
    seen_volume = False
    for position, number in enumerate(inside):
        word = tokens[number][0]
        following = tokens[inside[position + 1]][0] if position + 1 < len(inside) else ""
        if not re.search(r"\w", word):
            tags[number] = "O"
        elif re.fullmatch(r"(?:1[89]|20)\d\d", word) and following == ";":
            tags[number] = "Y"
        elif word.lower().strip(".") in (
            "no",
            "nr",
            "issue",
            "iss",
            "number",
            "n",
            "vol",
            "volume",
            "v",
            "band",
            "bd",
        ):
            tags[number] = "O"
        elif seen_volume and (word[0].isdigit() or word.lower() in ("suppl", "supplement", "pt")):
            tags[number] = "I"
        elif re.search(r"\d", word) or not seen_volume:
            seen_volume = seen_volume or bool(re.search(r"\d", word)) or bool(re.fullmatch("[IVXLC]+", word))


def _words_off(tokens: list[Token], tags: list[str], start: int, end: int) -> None:
    for number, (word, begin, finish) in enumerate(tokens):
        if begin < start or finish > end or word.lower() not in ("p", "pp", "pages", "page", "vol", "volume"):
            continue
        # "P05011" is the number of an article; "p.5" and "pp 5" are words before pages.
        if not (
            word == "P"
            and number + 1 < len(tokens)
            and tokens[number + 1][1] == finish
            and tokens[number + 1][0].isdigit()
        ):
            tags[number] = "O"


def read(bench: Path) -> list[dict[str, object]]:
    rows = []
    for name in ("refparse_anystyle", "refparse_grobid"):
        with (bench / name / "dev.jsonl").open(encoding="utf-8") as lines:
            rows += [{**json.loads(line), "set": name} for line in lines]
    return rows


def fit(rows: list[dict[str, object]], made: list[dict[str, object]], mixes: int) -> dict[str, object]:
    """The mean of several fits of a linear chain (averaged passive-aggressive), by feature and tag."""
    seen: dict[str, str] = {}
    read = []
    for row in [*rows, *made]:
        read.append((*_features(row, seen), False))
    read += [(*_features(row, seen), True) for row in mixed(rows, mixes)]
    states: dict[tuple[str, str], float] = {}
    moves: dict[tuple[str, str], float] = {}
    for number in range(FITS):
        one_states, one_moves = _fitted([one for one in read if one[0]], random.Random(5 + number))
        scale = HEAVIEST / max(abs(weight) for weight in one_moves.values()) / FITS
        for whole, part in ((states, one_states), (moves, one_moves)):
            for pair, weight in part.items():
                whole[pair] = whole.get(pair, 0.0) + weight * scale
    names = sorted({name for pair in moves for name in pair})
    place = {name: number for number, name in enumerate(names)}
    table: dict[str, list[tuple[int, float]]] = {}
    for (feature, label), weight in sorted(states.items()):
        if abs(weight) >= LEAST:
            table.setdefault(feature, []).append((place[label], round(weight, 2)))
    steps: list[list[tuple[int, float]]] = [[] for _ in names]
    for (before, after), weight in sorted(moves.items()):
        steps[place[before]].append((place[after], round(weight, 2)))
    return {"tags": names, "moves": steps, "states": table}


def _features(row: dict[str, object], seen: dict[str, str]) -> tuple[list[list[str]], list[str]]:
    """The features of a row's tokens, each kept once in memory, and their tags."""
    tokens, tags = tag(row)
    return [[seen.setdefault(one, one) for one in of] for of in features_of(tokens)], remembered(tags)


def _fitted(
    read: list[tuple[list[list[str]], list[str], bool]], chance: random.Random
) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    """The weights of one fit, by feature and tag and by pair of tags."""
    trainer = pycrfsuite.Trainer(algorithm="pa", verbose=False)
    for features, tags, hidden in chance.sample(read, len(read)):
        trainer.append(_hiding(features, chance) if hidden else features, tags)
    trainer.set_params({"max_iterations": ROUNDS})
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
    return dict(info.state_features), dict(info.transitions)


def _hiding(features: list[list[str]], chance: random.Random) -> list[list[str]]:
    """The features without those that show letters, of some of the tokens."""
    return [
        [one for one in of if not one.startswith(LETTERS)] if chance.random() < HIDDEN else of
        for of in features
    ]


def check(rows: list[dict[str, object]], made: list[dict[str, object]], mixes: int, folds: int) -> None:
    """F1 of each field on rows that the model was not fitted on, all rows in turn."""
    total: dict[str, Counts] = {}
    for fold, numbers in enumerate(folds_of(rows, folds)):
        held = set(numbers)
        model = fit([row for number, row in enumerate(rows) if number not in held], made, mixes)
        tagging.shipped_model = partial(tagging.read_model, packed(model))
        tagging.shipped_model = cache(tagging.shipped_model)
        parsing.parse.cache_clear()
        found = measured([rows[number] for number in sorted(held)], parsing.parse)
        for name, counts in found.items():
            for field, one in counts.items():
                total.setdefault(name, {}).setdefault(field, Counter()).update(one)
        print(f"fold {fold + 1} of {folds}", flush=True)
    for name, counts in total.items():
        print(name, ", ".join(f"{field} {f1(one):.3f}" for field, one in counts.items()))


def packed(model: dict[str, object]) -> bytes:
    """The weights as gzipped JSON, the same bytes for the same weights."""
    text = json.dumps(model, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode("utf-8"), mtime=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--check", action="store_true", help="measure by cross-validation")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", type=Path)
    parser.add_argument(
        "--made", type=int, default=1800, help="how many strings in the styles of health journals"
    )
    parser.add_argument("--mixes", type=int, default=2, help="how often each labelled string is mixed anew")
    chosen = parser.parse_args()
    rows = read(chosen.bench)
    made = printed(chosen.bench, chosen.made)
    if chosen.check:
        check(rows, made, chosen.mixes, chosen.folds)
    if chosen.write:
        chosen.write.write_bytes(packed(fit(rows, made, chosen.mixes)))


if __name__ == "__main__":
    main()
