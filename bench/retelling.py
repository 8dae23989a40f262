# ruff: noqa: E501 - command-line script with wide tables
"""Labelled sentences told anew, for a teacher to answer: words replaced, clauses cut, two sentences joined.

What a large model knows of words reaches a small one by its answers to many sentences like those it will meet (Jiao
and others, TinyBERT, 2020; Tang and others, 2019); the sets hold no more conclusions, so they are told anew. A retold
sentence need not make sense: its level is the teacher's, not that of the sentence it comes from. Nothing of it ships.
Verbs of change are also replaced by the everyday ones of ``claims/data/everyday.toml``, in the same form.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import resources

import numpy as np

from claims.wording.cues import forms
from claims.wording.word_classes import word_class

WORDS = 14_000  # the most frequent with a vector are replaced and put in
NEAR, NEAR_TELLING = 20, 8  # neighbours to choose from, of a word of content and of one with a class
CONTENT, TELLING = 0.35, 0.15  # share of each that is replaced
EVERYDAY = 0.2  # share of the verbs of change for which an everyday one is put in
JOINED, CUT = 0.3, 0.2  # share of sentences that are joined with another, or lose a clause
OFTEN, SELDOM = 4, 2  # tellings of a conclusion or a sentence written here, and of any other
_FORMS = {"CHANGE-TO": 0, "CHANGES": 1, "CHANGED": 2, "CHANGING": 3}
_PART = re.compile(r"[A-Za-z]+|[^A-Za-z]+")
_CLAUSE = re.compile(
    r"(?<=[,;]) |(?<=\bthat) | (?=\b(?:and|but|while|whereas|although|because|which|suggesting|indicating)\b)"
)


def neighbours(known: Mapping[str, Sequence[float]], counted: Counter[str]) -> dict[str, list[str]]:
    """The nearest words, by their vectors, of each word that was counted four times."""
    words = [w for w, n in counted.most_common() if n >= 4 and w in known and len(w) > 2][:WORDS]
    table = np.array([known[word][:100] for word in words], np.float32)
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    found = {}
    for start in range(0, len(words), 1000):
        cosines = table[start : start + 1000] @ table.T
        for i, row in enumerate(cosines, start):
            found[words[i]] = [words[j] for j in np.argsort(-row, kind="stable")[: NEAR + 1] if j != i]
    return found


def everyday_verbs() -> list[tuple[str, str, str, str]]:
    """Everyday verbs of change in four forms (ease, eases, eased, easing), with the particle where they have one."""
    read = tomllib.loads(resources.files("claims.data").joinpath("everyday.toml").read_text("utf-8"))
    irregular: dict[str, str] = read.pop("irregular")
    found = []
    for section in read.values():
        for wording in [*section.get("verbs", ()), *section.get("doubtful", ()), *section.get("apart", ())]:
            verb, _, rest = wording.partition(" ")
            told = irregular[verb].split() if verb in irregular else list(forms(verb)[1:])
            four = (verb, told[0], told[1] if len(told) > 2 else verb, told[-1])
            found.append(tuple(f"{one} {rest}".rstrip() for one in four))
    return [(a, b, c, d) for a, b, c, d in found]


def clauses(text: str) -> list[str]:
    """The clauses of a sentence, by its commas and conjunctions."""
    return [part for part in _CLAUSE.split(text) if part]


def retold(
    sentences: Sequence[str], often: Sequence[bool], near: dict[str, list[str]], seed: int = 0
) -> list[str]:
    """Each sentence told anew several times; the same input gives the same output."""
    chance = np.random.default_rng(seed)
    parted = [clauses(one) for one, much in zip(sentences, often, strict=True) if much]

    verbs = everyday_verbs()

    def replaced(text: str) -> str:
        out = []
        for part in _PART.findall(text):
            kind = word_class(part.lower()) if part.lower() in near else None
            if kind in _FORMS and chance.random() < EVERYDAY:
                part = verbs[int(chance.integers(len(verbs)))][_FORMS[kind]]
            elif kind is not None and chance.random() < (CONTENT if kind == "_" else TELLING):
                choice = near[part.lower()][: NEAR if kind == "_" else NEAR_TELLING]
                part = choice[int(chance.integers(len(choice)))]
            out.append(part)
        return "".join(out)

    def joined(text: str) -> str:
        one, other = clauses(text), parted[int(chance.integers(len(parted)))]
        here, there = int(chance.integers(1, len(one) + 1)), int(chance.integers(len(other)))
        if chance.random() < 0.5:
            return " ".join(one[:here]).rstrip(".") + " " + " ".join(other[there:])
        return " ".join(other[: there + 1]).rstrip(".") + " " + " ".join(one[here - 1 :])

    def cut(text: str) -> str:
        parts = clauses(text)
        lost = int(chance.integers(len(parts)))
        return " ".join(parts[:lost] + parts[lost + 1 :]) if len(parts) > 1 else text

    told = []
    for sentence, much in zip(sentences, often, strict=True):
        for _ in range(OFTEN if much else SELDOM):
            way = chance.random()
            text = joined(sentence) if way < JOINED else cut(sentence) if way < JOINED + CUT else sentence
            text = replaced(text)
            if 4 <= len(text.split()) <= 60:
                told.append(text)
    return told
