"""Train the sequence tagger behind ``claims.references.parse``.

    python bench/train_reference_parser.py BENCH [--folds 5] [--write claims/references/tagger.json.gz]

BENCH is the folder with ``hallmark_refs`` (MIT; titles and names for strings made in journal styles, see
printed_references.py), ``refparse_anystyle`` (AnyStyle's core set, BSD-2-Clause) and
``refparse_grobid`` (GROBID's citation training files, Apache-2.0): reference strings with labelled
fields, one JSON object a line. Needs ``python-crfsuite``; what ships is the sparse weights only,
read and applied without it.

With --folds the model is measured on rows it was not fitted on, once per fold; --write fits it on
all rows; the strings made by printed_references.py are fitted on only. Nothing is ever measured on
the rows that it was fitted on.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import tempfile
from pathlib import Path

import pycrfsuite
from printed_references import printed

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
}
OTHER = "N"  # notes, genres, editions, identifiers
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
        kind = TAGS.get(name, OTHER)
        if name == "title:m":
            kind = "C" if has_article else "T"
        if name == "orgName":
            kind = "U"
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
            named.append(one)
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


def fit(
    rows: list[dict[str, object]], made: list[dict[str, object]], *, c1: float, c2: float, least: int
) -> dict[str, dict[str, object]]:
    """Fit a linear-chain conditional random field; its non-zero weights by feature and tag."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for row in rows:
        tokens, tags = tag(row)
        if tokens:
            trainer.append(features_of(str(row["text"]), tokens), remembered(tags))
    for row in made:
        tokens, tags = tag(row)
        trainer.append(features_of(str(row["text"]), tokens), remembered(tags))
    trainer.set_params({"c1": c1, "c2": c2, "max_iterations": 120, "feature.minfreq": least})
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        states: dict[str, dict[str, float]] = {}
        for (feature, label), weight in info.state_features.items():
            if abs(weight) >= 0.02:
                states.setdefault(feature, {})[label] = round(weight, 2)
        moves: dict[str, dict[str, float]] = {}
        for (one, two), weight in info.transitions.items():
            moves.setdefault(one, {})[two] = round(weight, 2)
        return {"states": dict(sorted(states.items())), "moves": dict(sorted(moves.items()))}  # type: ignore[dict-item]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only", type=int, help="with --folds: this fold alone")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--out", type=Path, help="with --folds: where to write each fold's model and rows")
    parser.add_argument("--c1", type=float, default=0.02)
    parser.add_argument("--c2", type=float, default=0.3)
    parser.add_argument("--least", type=int, default=1)
    parser.add_argument("--made", type=int, default=1200, help="how many strings in journal styles to add")
    chosen = parser.parse_args()
    rows = read(chosen.bench)
    made = printed(chosen.bench, chosen.made)
    if chosen.folds:
        order = list(range(len(rows)))
        random.Random(20240601).shuffle(order)
        for fold in range(chosen.folds):
            if chosen.only is not None and fold != chosen.only:
                continue
            held = set(order[fold :: chosen.folds])
            model = fit(
                [row for number, row in enumerate(rows) if number not in held],
                made,
                c1=chosen.c1,
                c2=chosen.c2,
                least=chosen.least,
            )
            chosen.out.mkdir(parents=True, exist_ok=True)
            write(model, chosen.out / f"fold{fold}.json.gz")
            (chosen.out / f"fold{fold}.rows.json").write_text(json.dumps(sorted(held)), encoding="utf-8")
    if chosen.write:
        write(fit(rows, made, c1=chosen.c1, c2=chosen.c2, least=chosen.least), chosen.write)


def write(model: dict[str, dict[str, object]], path: Path) -> None:
    """The weights as gzipped JSON, the same bytes for the same weights."""
    text = json.dumps(model, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))


if __name__ == "__main__":
    main()
