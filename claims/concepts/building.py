"""The vocabulary of a set of concepts, made once: their labels in every form, and what stands under what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from claims.concepts.folding import folded
from claims.concepts.vocabulary import Vocabulary
from graph.evidence import Concept, Evidence, Iri

_VERB_FORMS = {
    "die": ("die", "dies", "died", "dying"),
    "run": ("run", "runs", "ran", "running"),
    "sit": ("sit", "sits", "sat", "sitting"),
    "sleep": ("sleep", "sleeps", "slept", "sleeping"),
    "swim": ("swim", "swims", "swam", "swum", "swimming"),
    "jog": ("jog", "jogs", "jogged", "jogging"),
}
_LOW_OR_HIGH = re.compile(r"(?P<how>low|high)-(?P<what>[a-z]+) diet")
# words that say which part of a thing an outcome is: "new myopia" and "myopia progression" are myopia
_ASPECTS = frozenset(
    """
    new incident first onset incidence prevalence risk progression worsening severity symptom episode case
    recurrence duration frequency diagnosis rate of in the
    """.split()  # noqa: SIM905
)


def build(concepts: Mapping[Iri, Concept]) -> Vocabulary:
    """The vocabulary over ``concepts``."""
    by_label: dict[tuple[str, ...], list[Iri]] = {}
    exact: dict[str, list[Iri]] = {}
    for iri in sorted(concepts):
        for label in _labels(concepts[iri]):
            if _abbreviation(label):
                exact.setdefault(label, []).append(iri)
                continue
            key = folded(label)
            if key and iri not in by_label.setdefault(key, []):
                by_label[key].append(iri)
    trie: dict[str, list[tuple[tuple[str, ...], tuple[Iri, ...]]]] = {}
    for key in sorted(by_label):
        trie.setdefault(key[0], []).append((key[1:], tuple(by_label[key])))
    namesakes = _namesakes(concepts, by_label)
    return Vocabulary(
        concepts,
        {first: tuple(sorted(rest, key=lambda r: (-len(r[0]), r[0]))) for first, rest in trie.items()},
        {label: tuple(sorted(set(iris))) for label, iris in exact.items()},
        _closure(concepts, _aspects(concepts, by_label), namesakes),
        _alike(concepts),
        {
            iri: frozenset(other for other in others if iri in namesakes.get(other, ()))
            for iri, others in namesakes.items()
        },
        {iri: frozenset(_other_senses(concept)) for iri, concept in concepts.items() if concept.other_senses},
    )


def _abbreviation(label: str) -> bool:
    letters = [c for c in label if c.isalpha()]
    return 1 < len(label) <= 4 and label.isalnum() and bool(letters) and all(c.isupper() for c in letters)


def _labels(concept: Concept) -> Iterable[str]:
    for label in (concept.label, *concept.synonyms):
        levelled = _LOW_OR_HIGH.fullmatch(label)
        if levelled is not None:  # "a diet low in salt"
            yield f"diet {levelled['how']} in {levelled['what']}"
            yield f"diet that is {levelled['how']} in {levelled['what']}"
        yield from _forms(label)


def _other_senses(concept: Concept) -> Iterable[tuple[str, ...]]:
    """The folded words of what holds a name of the concept, and more words, and means something else."""
    for expression in concept.other_senses:
        for form in _forms(expression):
            words = folded(form)
            if len(words) > 1:
                yield words


def _forms(label: str) -> tuple[str, ...]:
    """A label as it stands, or the forms of a verb: "to walk"."""
    if label.startswith("to ") and len(label) > 4:
        return _verb_forms(label[3:])
    return (label,)


def _verb_forms(verb: str) -> tuple[str, ...]:
    first, _, rest = verb.partition(" ")
    forms = _VERB_FORMS.get(first)
    if forms is None:
        stem = first[:-1] if first.endswith("e") else first
        forms = (first, first + "s", stem + "ed", stem + "ing")
    return tuple(f"{form} {rest}".strip() for form in forms)


def _alike(concepts: Mapping[Iri, Concept]) -> dict[Iri, Iri]:
    """The people with a condition and the condition, each to the other."""
    by_name: dict[str, Iri] = {}
    for iri in sorted(concepts):
        by_name.setdefault(concepts[iri].label.lower(), iri)
    found: dict[Iri, Iri] = {}
    for iri in sorted(concepts):
        label = concepts[iri].label.lower()
        if label.startswith("people with "):
            condition = by_name.get(label.removeprefix("people with "))
            if condition is not None:
                found[iri], found[condition] = condition, iri
    return found


def _aspects(
    concepts: Mapping[Iri, Concept], by_label: Mapping[tuple[str, ...], list[Iri]]
) -> dict[Iri, Iri]:
    """Outcomes that nobody set under another, and the outcome whose name is in theirs beside such words."""
    found: dict[Iri, Iri] = {}
    for iri, concept in concepts.items():
        if concept.broader or "outcome" not in concept.roles:
            continue
        words = folded(concept.label)
        rest = [at for at, word in enumerate(words) if word not in _ASPECTS]
        if not rest or len(rest) == len(words):
            continue
        inner = words[rest[0] : rest[-1] + 1]
        wider = [one for one in by_label.get(inner, ()) if one != iri and "outcome" in concepts[one].roles]
        if len(wider) == 1:
            found[iri] = wider[0]
    return found


def _namesakes(
    concepts: Mapping[Iri, Concept], by_label: Mapping[tuple[str, ...], list[Iri]]
) -> dict[Iri, list[Iri]]:
    """Each concept and those, of a role that it has too, one of whose synonyms is its preferred label.

    An organisation's "riboflavin" is the shipped one; its "cycling training" is a kind of the exercise that
    is also called so.
    """
    found: dict[Iri, list[Iri]] = {}
    for iri, concept in concepts.items():
        words = folded(concept.label)
        others = [
            one
            for one in by_label.get(words, ())
            if one != iri and not set(concepts[one].roles).isdisjoint(concept.roles)
        ]
        if others:
            found[iri] = others
    return found


def _closure(
    concepts: Mapping[Iri, Concept], aspects: Mapping[Iri, Iri], namesakes: Mapping[Iri, Sequence[Iri]]
) -> dict[Iri, frozenset[Iri]]:
    """Each concept and all that it is under."""
    closed: dict[Iri, frozenset[Iri]] = {}
    for iri in concepts:
        seen: set[Iri] = set()
        todo = [*concepts[iri].broader, *([aspects[iri]] if iri in aspects else []), *namesakes.get(iri, ())]
        while todo:
            parent = todo.pop()
            if parent not in seen and parent != iri:  # a loop in someone's file must not hang us
                seen.add(parent)
                todo.extend(concepts[parent].broader if parent in concepts else ())
                todo.extend(namesakes.get(parent, ()))
        closed[iri] = frozenset(seen)
    return closed


_built: list[tuple[Mapping[Iri, Concept], Vocabulary]] = []


def vocabulary_of(evidence: Evidence) -> Vocabulary:
    """The vocabulary of ``evidence``; the last few built are kept, since every stage asks for it."""
    for concepts, vocabulary in _built:
        if concepts is evidence.concepts:
            return vocabulary
    vocabulary = build(evidence.concepts)
    _built.insert(0, (evidence.concepts, vocabulary))
    del _built[4:]
    return vocabulary
