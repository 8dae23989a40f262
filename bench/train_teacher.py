# ruff: noqa: E501 - command-line script with wide tables
"""Make the answers that ``train_windows.py`` learns from beside the labels. They do not ship.

    python bench/train_teacher.py DATA VECTORS MODEL ANSWERS

DATA and VECTORS are those of ``train_windows.py``; MODEL is a folder with the files of all-MiniLM-L6-v2 (Apache-2.0,
sentence-transformers). The upper half of the encoder is trained on the labelled and written sentences of four fifths
of the documents, then answers those sentences and the same told anew (``retelling.py``). ANSWERS is the JSON file it
writes: ``rows``, the log odds of each labelled sentence in order, and ``retold``, each sentence told anew with its
own. The fifth that is left out, and ``causal_pubmed``, which nothing is trained on, say how good it is. Needs JAX,
optax, tokenizers and safetensors; about half an hour on one core.

The shipped table learnt from a teacher trained so (layers, rounds, batches and sentences as here), but its rate was
not written down and its answers were asked for in three parts, so a new run gives a table like it, not the same bytes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
import retelling
import train_windows as windows
import train_wording as wording
from safetensors.numpy import load_file
from tokenizers import Tokenizer

LAYERS, TRAINED, HEADS = 6, 3, 12
LENGTHS = (24, 36, 64)  # pieces of words; sentences of like length go together
ROUNDS, BATCH, RATE, SMOOTHED, HIDDEN = 4, 32, 1e-4, 0.05, 0.1
WEIGHTS = {
    1.0: 1.0,
    wording.ELSEWHERE: 1.0,
    wording.PLAINLY: 1.0,
    wording.AS_WRITTEN: 0.7,
    wording.AS_LOOK_ALIKE: 0.5,
}
SHARES = {wording.ELSEWHERE: 0.6}  # of the sentences that are not conclusions, each round sees as many
Tree = dict[str, Any]


class Encoder:
    """all-MiniLM-L6-v2 in two halves: the lower one is run once for each sentence, the upper one is trained."""

    def __init__(self, folder: Path) -> None:
        stored = load_file(str(folder / "model.safetensors"))
        self.weights: Tree = {
            name.removeprefix("bert."): jnp.asarray(one)
            for name, one in stored.items()
            if one.dtype.kind == "f"
        }
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(LENGTHS[-1])
        self.tokenizer.enable_padding(length=LENGTHS[-1])
        self.below = self.layers(range(LAYERS - TRAINED))
        self.lower = jax.jit(self._lower)

    def layers(self, which: range) -> Tree:
        """The parameters of some layers, one behind the other."""
        begin = "encoder.layer.0."
        names = [name.removeprefix(begin) for name in self.weights if name.startswith(begin)]
        return {name: jnp.stack([self.weights[f"encoder.layer.{i}.{name}"] for i in which]) for name in names}

    def _lower(self, ids: Any, mask: Any) -> Any:
        table = self.weights
        places = table["embeddings.position_embeddings.weight"][: ids.shape[1]]
        kinds = table["embeddings.token_type_embeddings.weight"][0]
        begun = table["embeddings.word_embeddings.weight"][ids] + places + kinds
        norm = {k.removeprefix("embeddings."): v for k, v in table.items() if k.startswith("embeddings.")}
        return through(self.below, normed(norm, "LayerNorm", begun), mask, None)


def normed(p: Tree, name: str, x: Any) -> Any:
    """Layer normalisation."""
    mean = x.mean(-1, keepdims=True)
    spread = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) / jnp.sqrt(spread + 1e-12) * p[f"{name}.weight"] + p[f"{name}.bias"]


def thinned(key: Any, x: Any) -> Any:
    """Dropout, where a key is given."""
    if key is None:
        return x
    return jnp.where(jax.random.bernoulli(key, 1 - HIDDEN, x.shape), x / (1 - HIDDEN), 0)


def layer(p: Tree, x: Any, bias: Any, keys: Any) -> Any:
    """One layer of the encoder."""

    def linear(name: str, x: Any) -> Any:
        return x @ p[f"{name}.weight"].T + p[f"{name}.bias"]

    def heads(x: Any) -> Any:
        return x.reshape(*x.shape[:2], HEADS, -1).transpose(0, 2, 1, 3)

    query, known, value = (heads(linear(f"attention.self.{one}", x)) for one in ("query", "key", "value"))
    looks = jax.nn.softmax(query @ known.transpose(0, 1, 3, 2) / np.sqrt(query.shape[-1]) + bias, -1)
    seen = linear("attention.output.dense", (looks @ value).transpose(0, 2, 1, 3).reshape(x.shape))
    x = normed(p, "attention.output.LayerNorm", x + thinned(None if keys is None else keys[0], seen))
    wide = linear("output.dense", jax.nn.gelu(linear("intermediate.dense", x), approximate=True))
    return normed(p, "output.LayerNorm", x + thinned(None if keys is None else keys[1], wide))


def through(layers: Tree, x: Any, mask: Any, key: Any) -> Any:
    """Vectors through layers; ``key`` where they are being trained."""
    bias = (1 - mask[:, None, None, :]) * -1e9
    count = next(iter(layers.values())).shape[0]
    keys = None if key is None else jax.random.split(key, 2 * count).reshape(count, 2, -1)
    return jax.lax.scan(lambda x, item: (layer(item[0], x, bias, item[1]), None), x, (layers, keys))[0]


class Sentences:
    """Sentences by length, with what the lower half says of each, in half precision."""

    def __init__(self, encoder: Encoder, texts: list[str]) -> None:
        read = encoder.tokenizer.encode_batch(texts)
        ids = np.array([one.ids for one in read], np.int32)
        self.mask = np.array([one.attention_mask for one in read], np.int32)
        self.by = np.minimum(np.searchsorted(LENGTHS, self.mask.sum(1)), len(LENGTHS) - 1)
        self.at, self.said = np.zeros(len(texts), int), []
        for k, length in enumerate(LENGTHS):
            there = np.flatnonzero(self.by == k)
            self.at[there] = np.arange(len(there))
            said = np.zeros((len(there), length, 384), np.float16)
            for start, part in batches(there, BATCH):
                said[start : start + BATCH] = np.asarray(
                    encoder.lower(ids[part, :length], self.mask[part, :length])
                )[: len(said[start : start + BATCH])]
            self.said.append(said)

    def take(self, k: int, which: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Vectors and masks of some sentences of one length."""
        return self.said[k][self.at[which]].astype(np.float32), self.mask[which, : LENGTHS[k]]


def batches(which: np.ndarray, size: int) -> list[tuple[int, np.ndarray]]:
    """Places in batches of one size, the last filled up with the first of its own."""
    return [
        (start, np.concatenate([part := which[start : start + size], np.repeat(part[:1], size - len(part))]))
        for start in range(0, len(which), size)
    ]


def log_odds(p: Tree, x: Any, mask: Any, key: Any = None) -> Any:
    """(sentences, pieces, 384) to (sentences, 4)."""
    x = through(p["upper"], x, mask, key)
    kept = mask[..., None]
    return ((x * kept).sum(1) / kept.sum(1)) @ p["weights"] + p["bias"]


_answer = jax.jit(log_odds)


def answers(p: Tree, sentences: Sentences) -> np.ndarray:
    """The log odds of each level of each sentence."""
    out = np.zeros((len(sentences.by), 4), np.float32)
    for k in range(len(LENGTHS)):
        which = np.flatnonzero(sentences.by == k)
        for start, part in batches(which, 64):
            real = which[start : start + 64]
            out[real] = np.asarray(_answer(p, *sentences.take(k, part)))[: len(real)]
    return out


def trained(encoder: Encoder, sentences: Sentences, rows: list[wording.Labelled], which: np.ndarray) -> Tree:
    """The upper half and a linear answer, trained on some of the rows."""
    chance, key = np.random.default_rng(0), jax.random.PRNGKey(0)
    p: Tree = {
        "upper": encoder.layers(range(LAYERS - TRAINED, LAYERS)),
        "weights": jax.random.normal(key, (384, 4)) * 0.02,
        "bias": jnp.zeros(4),
    }
    targets = np.eye(4, dtype=np.float32)[[row.level for row in rows]] * (1 - SMOOTHED) + SMOOTHED / 4
    weights = np.array([WEIGHTS[row.weight] for row in rows], np.float32)
    shares = np.array([SHARES.get(row.weight, 1.0) for row in rows])
    steps = ROUNDS * int(shares[which].sum() / BATCH)
    rates = optax.warmup_cosine_decay_schedule(0, RATE, steps // 10 + 1, steps + 1)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rates, weight_decay=0.01))
    state = optimiser.init(p)

    def loss(p: Tree, x: Any, mask: Any, targets: Any, weights: Any, key: Any) -> Any:
        return -(weights * (targets * jax.nn.log_softmax(log_odds(p, x, mask, key))).sum(-1)).mean()

    @jax.jit
    def step(
        p: Tree, state: Any, x: Any, mask: Any, targets: Any, weights: Any, key: Any
    ) -> tuple[Tree, Any]:
        updates, state = optimiser.update(jax.grad(loss)(p, x, mask, targets, weights, key), state, p)
        return optax.apply_updates(p, updates), state

    for _ in range(ROUNDS):
        seen = which[chance.random(len(which)) < shares[which]]
        parts = []
        for k in range(len(LENGTHS)):
            there = chance.permutation(seen[sentences.by[seen] == k])
            parts += [(k, there[i : i + BATCH]) for i in range(0, len(there) - BATCH + 1, BATCH)]
        for place in chance.permutation(len(parts)):
            k, part = parts[place]
            key, now = jax.random.split(key)
            p, state = step(p, state, *sentences.take(k, part), targets[part], weights[part], now)
    return p


def main() -> None:
    """Train, tell how good it is, and write the answers."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name in ("data", "vectors", "model", "answers"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
    rows = wording.labelled(options.data) + wording.written_here()
    held = windows.left_out(rows)
    which = np.array([i for i, row in enumerate(rows) if row.document not in held])
    encoder = Encoder(options.model)
    sentences = Sentences(encoder, [row.text for row in rows])
    p = trained(encoder, sentences, rows, which)
    said = answers(p, sentences)
    apart = [i for i, row in enumerate(rows) if row.document in held and row.weight == 1.0]
    wording.report(
        "the fifth that was left out", [rows[i].level for i in apart], said[apart].argmax(1).tolist()
    )
    with (options.data / "causal_pubmed" / "dev.jsonl").open(encoding="utf-8") as file:
        unseen = [json.loads(line) for line in file]
    there = answers(p, Sentences(encoder, [row["text"] for row in unseen])).argmax(1)
    wording.report("causal_pubmed", [wording.NAMES.index(row["label"]) for row in unseen], there.tolist())
    texts = [rows[i].text for i in which]
    near = retelling.neighbours(windows.vectors_in(options.vectors), windows.frequent(options.data))
    often = [rows[i].weight != wording.ELSEWHERE for i in which]
    told = retelling.retold(texts, often, near)
    heard: list[tuple[str, list[float]]] = []
    for start in range(0, len(told), 4000):
        part = told[start : start + 4000]
        heard += zip(part, answers(p, Sentences(encoder, part)).round(2).tolist(), strict=True)
    kept = {"rows": said.round(2).tolist(), "retold": heard}
    options.answers.write_text(json.dumps(kept, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(rows)} and {len(told)} answers")


if __name__ == "__main__":
    main()
