"""The vocabulary: finds concepts in text in one pass, and says how one stands to another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from claims.concepts.fit import FIT_SCORE, Fit
from claims.concepts.folding import WORD, fold
from claims.concepts.proper_names import proper_names
from claims.model import Mention, Span
from graph.evidence import Concept, Iri
from ontology.loader import DATA_BASE

# what may stand between two words of one label: "low-back pain", "fruit & vegetables", "PM2.5", "C. elegans"
_INNER_GAP = re.compile(r"(?:[ \t\r\n\u00a0]{1,4}|[-‐‑/.]|[ ]?[&+][ ]|\.[ ])")
_OWN = frozenset({"your", "our", "the"})  # first words of labels such as "your heart"
_LONGEST_SENSE = 6  # words in an expression of another sense
_KEPT_FITS = 200_000
_KEPT_TEXTS, _LONGEST_KEPT = 2_000, 8_000  # rules ask again and again of the same sentences and abstracts


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The labels of a set of concepts, ready to be found, and their hierarchy.

    ``trie`` maps a label's folded first word to the labels that start with it, longest first;
    ``exact`` maps an abbreviation, as written, to its concepts. ``other_senses`` holds the folded words of
    what holds a concept's name and means something else: "on balance", of balance.
    """

    concepts: Mapping[Iri, Concept]
    trie: Mapping[str, tuple[tuple[tuple[str, ...], tuple[Iri, ...]], ...]]
    exact: Mapping[str, tuple[Iri, ...]]
    ancestors: Mapping[Iri, frozenset[Iri]]
    alike: Mapping[Iri, Iri]  # "people with hypertension" → hypertension, and back
    namesakes: Mapping[Iri, frozenset[Iri]]  # an organisation's "fatigue" → the shipped one, and back
    other_senses: Mapping[Iri, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    known_fits: dict[tuple[Iri, Iri], Fit] = field(default_factory=dict, compare=False, repr=False)
    known_mentions: dict[str, tuple[Mention, ...]] = field(default_factory=dict, compare=False, repr=False)

    def find(self, text: str, extra: Mapping[str, Iri] | None = None) -> tuple[Mention, ...]:
        """The concepts named in ``text``, by place; spans are characters of ``text``.

        ``extra`` maps abbreviations defined elsewhere in the document to concepts. Where two concepts share
        one label, both are returned with the same span. Names of bodies and journals name no concept.
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
        words = [(*match.span(), match.group()) for match in WORD.finditer(text)]
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
                    if self._means_something_else(iri, text, words, folded, at, length):
                        continue
                    concept = self.concepts[iri]
                    found.append(Mention(iri, text[start:end], concept.roles, Span(start, end)))
            at += length
        names = proper_names(text) if found else ()
        return tuple(
            one
            for one in found
            if not any(start <= one.span.start and one.span.end <= end for start, end in names)
        )

    def _means_something_else(
        self, iri: Iri, text: str, words: list[tuple[int, int, str]], folded: list[str], at: int, length: int
    ) -> bool:
        """Whether the ``length`` words from ``at`` on stand in an expression of another sense."""
        others = self.other_senses.get(iri)
        if others is None:
            return False
        for size in range(length + 1, _LONGEST_SENSE + 1):
            for start in range(max(0, at + length - size), min(at, len(words) - size) + 1):
                meant = tuple(folded[start : start + size])
                if meant in others and self._follows(text, words, folded, start, meant[1:]):
                    return True
        return False

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
