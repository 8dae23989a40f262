"""Concepts in running text: which exposures, outcomes, populations a sentence names.

A :class:`Vocabulary` is built once from ``Evidence.concepts`` and then reads text in one pass: words are
folded (case, number, British and American spelling) and the longest label that starts at a word wins.
Conventions of the labels are those written at the head of ``ontology/concepts.ttl``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from claims.model import Mention, Span
from graph.evidence import Concept, Evidence, Iri
from ontology.loader import DATA_BASE

__all__ = ["CLOSE", "FIT_SCORE", "Fit", "Vocabulary", "abbreviations", "vocabulary_of"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
# what may stand between two words of one label: "low-back pain", "fruit & vegetables", "PM2.5", "C. elegans"
_INNER_GAP = re.compile(r"(?:[ \t\r\n\u00a0]{1,4}|[-‐‑/.]|[ ]?[&+][ ]|\.[ ])")
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "mice": "mouse",
    "teeth": "tooth",
    "feet": "foot",
    "programme": "program",
    "slept": "sleep",
    "ran": "run",
    "sat": "sit",
    "swam": "swim",
}
_VERB_FORMS = {
    "die": ("die", "dies", "died", "dying"),
    "run": ("run", "runs", "ran", "running"),
    "sit": ("sit", "sits", "sat", "sitting"),
    "sleep": ("sleep", "sleeps", "slept", "sleeping"),
    "swim": ("swim", "swims", "swam", "swum", "swimming"),
    "jog": ("jog", "jogs", "jogged", "jogging"),
}


_KEPT_FITS = 200_000
_KEPT_TEXTS, _LONGEST_KEPT = 2_000, 8_000  # rules ask again and again of the same sentences and abstracts
_OWN = frozenset({"your", "our", "the"})  # first words of labels such as "your heart"
_LOW_OR_HIGH = re.compile(r"(?P<how>low|high)-(?P<what>[a-z]+) diet")


class Fit(StrEnum):
    """How a claim's concept stands to the evidence's."""

    SAME = "same"
    BROADER = "broader"  # the claim says more than was measured
    NARROWER = "narrower"
    SIBLING = "sibling"
    SURROGATE = "surrogate"  # the evidence measured a stand-in for what the claim names
    UNRELATED = "unrelated"


# one is the other, or part of it
CLOSE = frozenset({Fit.SAME, Fit.NARROWER, Fit.BROADER})
FIT_SCORE: Mapping[Fit, float] = {
    Fit.SAME: 1.0,
    Fit.NARROWER: 0.8,
    Fit.BROADER: 0.75,
    Fit.SURROGATE: 0.5,
    Fit.SIBLING: 0.35,
    Fit.UNRELATED: 0.0,
}


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word without case, number, possessive and national spelling: ``Fibres`` → ``fiber``."""
    word = word.lower()
    for mark in ("'", "’"):
        if mark in word:
            word = word.split(mark, 1)[0]
    word = _IRREGULAR.get(word, word)
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        if word.endswith("ies") and len(word) > 4:
            word = word[:-3] + "y"
        elif word.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
            word = word[:-2]
        else:
            word = word[:-1]
    if word.endswith("ie") and len(word) > 4:
        word = word[:-2] + "y"
    word = _IRREGULAR.get(word, word)
    if len(word) > 4:
        word = word.replace("ae", "e").replace("oe", "e").replace("our", "or").replace("ulph", "ulf")
        word = word.replace("isation", "ization").replace("ising", "izing")
        if word.endswith(("bre", "tre")):
            word = word[:-2] + "er"
        if word.endswith(("ise", "ised")):
            word = word.replace("is", "iz")
    return word


def _abbreviation(label: str) -> bool:
    letters = [c for c in label if c.isalpha()]
    return 1 < len(label) <= 4 and label.isalnum() and bool(letters) and all(c.isupper() for c in letters)


def _verb_forms(verb: str) -> tuple[str, ...]:
    first, _, rest = verb.partition(" ")
    forms = _VERB_FORMS.get(first)
    if forms is None:
        stem = first[:-1] if first.endswith("e") else first
        forms = (first, first + "s", stem + "ed", stem + "ing")
    return tuple(f"{form} {rest}".strip() for form in forms)


def _labels(concept: Concept) -> Iterable[str]:
    for label in (concept.label, *concept.synonyms):
        levelled = _LOW_OR_HIGH.fullmatch(label)
        if levelled is not None:  # "a diet low in salt"
            yield f"diet {levelled['how']} in {levelled['what']}"
            yield f"diet that is {levelled['how']} in {levelled['what']}"
        if label.startswith("to ") and len(label) > 4:
            yield from _verb_forms(label[3:])
        else:
            yield label


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The labels of a set of concepts, ready to be found, and their hierarchy.

    ``trie`` maps a label's folded first word to the labels that start with it, longest first;
    ``exact`` maps an abbreviation, as written, to its concepts.
    """

    concepts: Mapping[Iri, Concept]
    trie: Mapping[str, tuple[tuple[tuple[str, ...], tuple[Iri, ...]], ...]]
    exact: Mapping[str, tuple[Iri, ...]]
    ancestors: Mapping[Iri, frozenset[Iri]]
    alike: Mapping[Iri, Iri]  # "people with hypertension" → hypertension, and back
    namesakes: Mapping[Iri, frozenset[Iri]]  # an organisation's "fatigue" → the shipped one, and back
    known_fits: dict[tuple[Iri, Iri], Fit] = field(default_factory=dict, compare=False, repr=False)
    known_mentions: dict[str, tuple[Mention, ...]] = field(default_factory=dict, compare=False, repr=False)

    def find(self, text: str, extra: Mapping[str, Iri] | None = None) -> tuple[Mention, ...]:
        """The concepts named in ``text``, by place; spans are characters of ``text``.

        ``extra`` maps abbreviations defined elsewhere in the document to concepts. Where two concepts share
        one label, both are returned with the same span.
        """
        extra = {short: iri for short, iri in extra.items() if short in text} if extra else {}
        if extra or len(text) > _LONGEST_KEPT:
            return self._find(text, extra)
        found = self.known_mentions.get(text)
        if found is None:
            if len(self.known_mentions) >= _KEPT_TEXTS:
                self.known_mentions.clear()
            found = self.known_mentions[text] = self._find(text, {})
        return found

    def _find(self, text: str, extra: Mapping[str, Iri]) -> tuple[Mention, ...]:
        words = [(*match.span(), match.group()) for match in _WORD.finditer(text)]
        folded = [fold(word) for _, _, word in words]
        found: list[Mention] = []
        at = 0
        while at < len(words):
            start, end, word = words[at]
            chosen: tuple[Iri, ...] = ()
            length = 1
            second = folded[at + 1] if at + 1 < len(words) else None
            for rest, iris in self.trie.get(folded[at], ()):
                if rest and rest[0] != second:
                    continue
                if self._follows(text, words, folded, at, rest):
                    chosen, length = iris, len(rest) + 1
                    break
            if extra and length == 1 and word in extra:
                chosen = (extra[word],)
            elif not chosen and word in self.exact:
                chosen = self.exact[word]
            if (
                chosen
                and word.lower() in _OWN
                and self._reaches_further(text, words, folded, at + 1, at + length)
            ):
                chosen, length = (), 1  # "your heart rate" is no heart, but a heart rate
            if chosen:
                end = words[at + length - 1][1]
                for iri in chosen:
                    concept = self.concepts[iri]
                    found.append(Mention(iri, text[start:end], concept.roles, Span(start, end)))
            at += length
        return tuple(found)

    def _reaches_further(
        self, text: str, words: list[tuple[int, int, str]], folded: list[str], at: int, end: int
    ) -> bool:
        """Whether a label that starts at word ``at`` goes on beyond word ``end``."""
        return any(
            at + 1 + len(rest) > end and self._follows(text, words, folded, at, rest)
            for rest, _ in self.trie.get(folded[at], ())
        )

    @staticmethod
    def _follows(
        text: str, words: list[tuple[int, int, str]], folded: list[str], at: int, rest: tuple[str, ...]
    ) -> bool:
        if at + len(rest) >= len(words):
            return not rest
        for step, expected in enumerate(rest, start=1):
            if folded[at + step] != expected:
                return False
            gap = text[words[at + step - 1][1] : words[at + step][0]]
            if not _INNER_GAP.fullmatch(gap) or (gap == ". " and len(words[at + step - 1][2]) > 1):
                return False
        return True

    def under(self, iri: Iri, ancestor: Iri) -> bool:
        """Whether ``iri`` is ``ancestor`` or narrower."""
        return iri == ancestor or ancestor in self.ancestors.get(iri, frozenset())

    def fits(self, claimed: Iri, studied: Iri) -> Fit:
        """How the concept a claim names stands to the concept a finding measured."""
        known = self.known_fits.get((claimed, studied))
        if known is None:
            if len(self.known_fits) > _KEPT_FITS:
                self.known_fits.clear()
            known = self.known_fits[claimed, studied] = self._fits(claimed, studied)
        return known

    def _fits(self, claimed: Iri, studied: Iri) -> Fit:
        if claimed == studied or self.alike.get(claimed) == studied:
            return Fit.SAME
        if studied in self.namesakes.get(claimed, ()):
            return Fit.SAME
        if self.under(studied, claimed):
            return Fit.BROADER
        if self.under(claimed, studied):
            return Fit.NARROWER
        same = self.alike.get(claimed)  # "people with long-term pain", of what the sentence calls it
        if same is not None and (self.under(studied, same) or self.under(same, studied)):
            return Fit.BROADER if self.under(studied, same) else Fit.NARROWER
        concept = self.concepts.get(studied)
        if concept is not None:
            stands_for = list(concept.surrogate_for)
            for parent in self.ancestors.get(studied, frozenset()):
                known = self.concepts.get(parent)
                stands_for += known.surrogate_for if known else ()
            for target in stands_for:
                if self.under(target, claimed) or self.under(claimed, target):
                    return Fit.SURROGATE
        mine = self.concepts.get(claimed)
        if mine is not None and concept is not None and set(mine.broader) & set(concept.broader):
            return Fit.SIBLING
        return Fit.UNRELATED

    def best_fit(self, claimed: Iterable[Iri], studied: Iterable[Iri]) -> Fit | None:
        """The closest fit of any claimed with any studied concept; None when a side is unknown."""
        best: Fit | None = None
        others = tuple(studied)
        known = self.known_fits
        for one in claimed:
            for other in others:
                fit = known.get((one, other)) or self.fits(one, other)
                if fit is Fit.SAME:
                    return fit
                if best is None or FIT_SCORE[fit] > FIT_SCORE[best]:
                    best = fit
        return best

    def label(self, iri: Iri) -> str:
        """The concept's preferred label, or the IRI's last part in words."""
        concept = self.concepts.get(iri)
        return concept.label if concept else iri.rsplit("/", 1)[-1].replace("-", " ")

    def roles(self, iri: Iri) -> tuple[str, ...]:
        """What a concept may be in a claim; () for one that is not known."""
        concept = self.concepts.get(iri)
        return concept.roles if concept else ()

    def labels(self, iris: Iterable[Iri]) -> str:
        """Labels in a row, for a message: ``walking and patient education``."""
        names = [self.label(iri) for iri in iris]
        return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else ""

    def named(self, last: str) -> Iri | None:
        """The shipped concept ``concept/<last>``, if the vocabulary has it."""
        iri = Iri(f"{DATA_BASE}concept/{last}")
        return iri if iri in self.concepts else None


# words that say which part of a thing an outcome is: "new myopia" and "myopia progression" are myopia
_ASPECTS = frozenset(
    """
    new incident first onset incidence prevalence risk progression worsening severity symptom episode case
    recurrence duration frequency diagnosis rate of in the
    """.split()  # noqa: SIM905
)


def _aspects(
    concepts: Mapping[Iri, Concept], by_label: Mapping[tuple[str, ...], list[Iri]]
) -> dict[Iri, Iri]:
    """Outcomes that nobody set under another, and the outcome whose name is in theirs beside such words."""
    found: dict[Iri, Iri] = {}
    for iri, concept in concepts.items():
        if concept.broader or "outcome" not in concept.roles:
            continue
        words = tuple(fold(word) for word in _WORD.findall(concept.label))
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
        words = tuple(fold(word) for word in _WORD.findall(concept.label))
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


def build(concepts: Mapping[Iri, Concept]) -> Vocabulary:
    """The vocabulary over ``concepts``."""
    by_label: dict[tuple[str, ...], list[Iri]] = {}
    exact: dict[str, list[Iri]] = {}
    plain: dict[str, Iri] = {}
    for iri in sorted(concepts):
        plain.setdefault(concepts[iri].label.lower(), iri)
        for label in _labels(concepts[iri]):
            if _abbreviation(label):
                exact.setdefault(label, []).append(iri)
                continue
            key = tuple(fold(word) for word in _WORD.findall(label))
            if key and iri not in by_label.setdefault(key, []):
                by_label[key].append(iri)
    trie: dict[str, list[tuple[tuple[str, ...], tuple[Iri, ...]]]] = {}
    for key in sorted(by_label):
        trie.setdefault(key[0], []).append((key[1:], tuple(by_label[key])))
    alike: dict[Iri, Iri] = {}
    for iri in sorted(concepts):
        label = concepts[iri].label.lower()
        if label.startswith("people with "):
            condition = plain.get(label.removeprefix("people with "))
            if condition is not None:
                alike[iri], alike[condition] = condition, iri
    namesakes = _namesakes(concepts, by_label)
    return Vocabulary(
        concepts,
        {first: tuple(sorted(rest, key=lambda r: (-len(r[0]), r[0]))) for first, rest in trie.items()},
        {label: tuple(sorted(set(iris))) for label, iris in exact.items()},
        _closure(concepts, _aspects(concepts, by_label), namesakes),
        alike,
        {
            iri: frozenset(other for other in others if iri in namesakes.get(other, ()))
            for iri, others in namesakes.items()
        },
    )


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


_DEFINED = re.compile(r"\s?\(\s?([A-Z][A-Za-z0-9-]{0,8}[A-Z0-9]s?)(?=\s?[);,]|\s(?:and|or)\b)")


def abbreviations(texts: Iterable[str], vocabulary: Vocabulary) -> dict[str, Iri]:
    """Abbreviations that the document itself defines: ``central pattern generators (CPGs)``.

    The short form must begin with the first letter of the words it follows. Both number forms are returned.
    """
    found: dict[str, Iri] = {}
    for text in texts:
        if "(" not in text:
            continue
        for mention in vocabulary.find(text):
            defined = _DEFINED.match(text, mention.span.end)
            if defined is None:
                continue
            short = defined.group(1)
            if short[0].lower() != mention.label[0].lower() or short in found:
                continue
            found[short] = mention.concept
            other = short[:-1] if short.endswith("s") else short + "s"
            found.setdefault(other, mention.concept)
    return found
