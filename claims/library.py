"""The works at hand, indexed for matching a printed reference in well under a millisecond each."""

from __future__ import annotations

import math
import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

from claims.journals import journal_key, same_journal
from claims.names import corporate, fold, recorded_author, without_particles
from graph.evidence import Work
from graph.reading.nodes import last_part

_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(
    """
    a an the of and or in on for to with without by from at as is are was were be been its it their this
    that these those into between among during after before within versus vs via not no does do can may
    using use based new
    """.split()  # noqa: SIM905
)
# Words of design that say how and not what: of little weight for the subject of a work.
_DESIGN = frozenset(
    """
    study studies trial trials randomised controlled random cohort review systematic meta analysis
    analyses metaanalysis prospective retrospective cross sectional longitudinal observational protocol
    pilot clinical effect effects effectiveness efficacy association associations associated
    relationship impact influence role evidence results report research investigation evaluation
    comparison outcomes outcome incidence prevalence risk individuals patients adults people
    participants population based year years blind blinded double placebo multicentre multicenter
    network umbrella narrative scoping update guideline guidelines
    """.split()  # noqa: SIM905
)
_MOST_POSTINGS = 4000  # a word in more works than this is no help in finding candidates


def signing(work: Work) -> tuple[str, ...]:
    """The names that a work is cited by: its first author's, and a body's that signs with its members."""
    names = [recorded_author(name).family for name in work.authors[:1]]
    names += [name for name in (*work.authors[1:2], *work.authors[2:][-1:]) if corporate(name)]
    return tuple(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class Library:
    """Works with their indexes. Made by ``Library.of``; positions are places in ``works``."""

    works: tuple[Work, ...] = ()
    by_doi: dict[str, list[int]] = field(default_factory=dict)
    by_pmid: dict[str, list[int]] = field(default_factory=dict)
    by_pmcid: dict[str, list[int]] = field(default_factory=dict)
    by_key: dict[str, list[int]] = field(default_factory=dict)
    by_locator: dict[str, list[int]] = field(default_factory=dict)
    by_author: dict[str, list[int]] = field(default_factory=dict)
    by_journal_year: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    by_word: dict[str, array[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, works: Iterable[Work]) -> Library:
        """Index works, in IRI order so that the same works always give the same answers."""
        ordered = tuple(sorted(works, key=lambda work: work.iri))
        by_doi: dict[str, list[int]] = defaultdict(list)
        by_pmid: dict[str, list[int]] = defaultdict(list)
        by_pmcid: dict[str, list[int]] = defaultdict(list)
        by_key: dict[str, list[int]] = defaultdict(list)
        by_locator: dict[str, list[int]] = defaultdict(list)
        by_author: dict[str, list[int]] = defaultdict(list)
        by_journal_year: dict[tuple[str, int], list[int]] = defaultdict(list)
        by_word: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for position, work in enumerate(ordered):
            by_key[_last_part(work.iri)].append(position)
            doi = recorded(work, "doi")[0]
            if doi:
                by_doi[plain_doi(doi)].append(position)
            pmid = recorded(work, "pmid")[0]
            if pmid:
                by_pmid[pmid.strip()].append(position)
            pmcid = recorded(work, "pmcid")[0]
            if pmcid:
                by_pmcid[pmcid.strip().upper()].append(position)
            for key in sorted(locator_keys(work)):
                by_locator[key].append(position)
            for name in signing(work):
                by_author[author_key(name)].append(position)
            journal = recorded(work, "journal")[0]
            if journal and work.year:
                by_journal_year[_journal_initial(journal), work.year].append(position)
            for word in sorted(set(title_words(recorded(work, "title")[0] or ""))):
                by_word[word].append(position)
        return cls(
            ordered,
            dict(by_doi),
            dict(by_pmid),
            dict(by_pmcid),
            dict(by_key),
            dict(by_locator),
            dict(by_author),
            dict(by_journal_year),
            dict(by_word),
        )

    def with_doi(self, doi: str) -> tuple[Work, ...]:
        """The works that carry a DOI, in whatever way it is written."""
        return tuple(self.works[position] for position in self.by_doi.get(plain_doi(doi), ()))

    def with_pmcid(self, pmcid: str) -> tuple[Work, ...]:
        """The works with this PMCID, with its letters."""
        return tuple(self.works[position] for position in self.by_pmcid.get(pmcid.strip().upper(), ()))

    def with_pmid(self, pmid: str) -> tuple[Work, ...]:
        """The works that carry a PubMed number."""
        return tuple(self.works[position] for position in self.by_pmid.get(pmid.strip(), ()))

    def with_key(self, key: str) -> tuple[Work, ...]:
        """The works whose IRI ends in a citation key, as those of a bibliography do."""
        return tuple(self.works[position] for position in self.by_key.get(_last_part(key), ()))

    def at_locator(
        self, journal: str | None, volume: str | None, pages: str | None, article_number: str | None
    ) -> tuple[Work, ...]:
        """The works at a place: journal and volume with the first page or the article number.

        Without a journal only an article number of five signs or more will do.
        """
        first = first_page(article_number or pages)
        if not first:
            return ()
        found = []
        for position in self.by_locator.get(_locator(volume, first), ()):
            work = self.works[position]
            named = recorded(work, "journal")[0]
            if (journal and named and same_journal(journal, named)) or (not journal and len(first) >= 5):
                found.append(work)
        return tuple(found)

    def by_first_author(self, family: str, year: int | None) -> tuple[Work, ...]:
        """The works whose first author has this family name, of this year and its neighbours."""
        return tuple(
            work
            for work in (self.works[position] for position in self.by_author.get(author_key(family), ()))
            if year is None or work.year is None or abs(work.year - year) <= 1
        )

    def in_journal(self, journal: str, year: int) -> tuple[Work, ...]:
        """The works of a journal in a year and its neighbours."""
        initial = _journal_initial(journal)
        return tuple(
            work
            for near in (year - 1, year, year + 1)
            for work in (self.works[position] for position in self.by_journal_year.get((initial, near), ()))
            if same_journal(journal, recorded(work, "journal")[0] or "")
        )

    def like_title(self, title: str, *, most: int = 30) -> tuple[Work, ...]:
        """The works whose titles share the rarest words with this one, best first."""
        scores: dict[int, float] = defaultdict(float)
        words = sorted(set(title_words(title)), key=lambda word: (len(self.by_word.get(word, ())), word))
        known = [word for word in words if word in self.by_word]
        for number, word in enumerate(known[:14]):
            postings = self.by_word[word]
            if len(postings) > _MOST_POSTINGS and number >= 3:
                break
            weight = self.weight(word)
            for position in postings:
                scores[position] += weight
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:most]
        return tuple(self.works[position] for position, _ in best)

    def weight(self, word: str) -> float:
        """How much a word tells about the subject: rarer is more, words of design little."""
        if word in _DESIGN_WORDS:
            return 0.3
        # A small library says little about which words are rare, so the spread is kept narrow.
        size = len(self.works) + 50
        return 1.0 + math.log(size / (len(self.by_word.get(word, ())) + 5)) / 4


def recorded(work: Work, name: str) -> tuple[str | None, bool]:
    """A field of a record and whether it is confirmed; an unconfirmed value stands in for none."""
    value = getattr(work, name)
    if value is not None:
        return str(value), True
    wanted = _UNCONFIRMED_NAMES.get(name, (name,))
    for one in work.unconfirmed:
        if one.field in wanted:
            return one.value, False
    return None, True


_UNCONFIRMED_NAMES = {
    "article_number": ("article_number", "articleNumber", "elocator", "pages_or_elocator"),
    "pages": ("pages", "pages_or_elocator"),
    "published_online": ("published_online", "publishedOnline"),
}


# Servers of preprints, which number the versions of one work behind its DOI: "v2", "/v1", ".v3".
_VERSION = re.compile(r"(?<=\d)[./]?v\d{1,2}(?:\.(?:full|abstract)(?:\.pdf)?(?:\+html)?)?$")
_OF_PREPRINTS = re.compile(r"10\.(?:1101|64898|48550|21203|20944|22541|26434|31219|31234|31235|51224)/")


@lru_cache(maxsize=65_536)
def plain_doi(doi: str) -> str:
    """A DOI without its resolver and the version of a preprint, in lower case, as DOIs are compared.

    >>> plain_doi("https://doi.org/10.1101/2021.03.15.21253601v2")
    '10.1101/2021.03.15.21253601'
    """
    plain = re.sub(r"^(?:https?://)?(?:dx\.)?doi\.org/|^doi:\s*", "", doi.strip().lower()).rstrip(".,;")
    return _VERSION.sub("", plain) if _OF_PREPRINTS.match(plain) else plain


def first_page(pages: str | None) -> str:
    """The first page or the article number, plain: "e2515592" and "E2515592" alike, no zeros before."""
    if not pages:
        return ""
    match = re.match(r"\s*(?:pp?\.?\s*)?([a-z]{0,4}\d[\w.]*)", pages.strip(), re.IGNORECASE)
    return match.group(1).lower().lstrip("0").rstrip(".") if match else ""


def _locator(volume: str | None, first: str) -> str:
    return f"{(volume or '').strip().lower().lstrip('0')}:{re.sub('^e(?=[0-9])', '', first)}"


def locator_keys(work: Work) -> set[str]:
    """The keys under which a work's place is indexed (volume with first page or article number)."""
    volume = recorded(work, "volume")[0]
    keys = set()
    for name in ("pages", "article_number"):
        first = first_page(recorded(work, name)[0])
        if first:
            keys.add(_locator(volume, first))
    return keys


def author_key(family: str) -> str:
    """The key under which a first author is indexed: the last part, without marks or particles."""
    parts = re.split(r"[\s\-‐–]+", without_particles(family))
    return fold(parts[0])


@lru_cache(maxsize=16384)
def title_words(title: str) -> tuple[str, ...]:
    """The telling words of a title: lower case, no marks, one spelling of British and American words."""
    plain = title.lower()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return tuple(
        _one_spelling(word)
        for word in _WORD.findall(plain)
        if word not in _STOP and (len(word) > 1 or word.isdigit())
    )


_ISE = re.compile(r"iz(?=(?:e|ed|es|ing|ation|ations)$)")
_OR = re.compile(r"our(?=s?$|al$)")


@lru_cache(maxsize=65536)
def _one_spelling(word: str) -> str:
    word = _ISE.sub("is", word)
    word = word.replace("aemi", "emi").replace("oed", "ed").replace("paed", "ped").replace("haem", "hem")
    word = _OR.sub("or", word)
    if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word


_DESIGN_WORDS = frozenset(_one_spelling(word) for word in _DESIGN)


def _last_part(iri: str) -> str:
    return unquote(last_part(iri)).lower()


def _journal_initial(journal: str) -> str:
    return journal_key(journal)[:1]
