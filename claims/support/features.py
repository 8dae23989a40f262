# ruff: noqa: E501, SIM905 - word lists read better as words
"""What a claim and a text have in common, and where they part: the numbers behind ``judge``.

Every feature has a name and a meaning that can be told; nothing is learnt from single words. The weights of
words (rarer is heavier) come from ``claims/data/support.json``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from claims.wording.comparing import RANKS
from claims.wording.hedges import hedge_level
from claims.wording.strength import causal_strength

MAXIMUM_LENGTH = 20_000  # characters of a text that are read
MAXIMUM_SENTENCES = 80

_TOKEN = re.compile(r"[A-Za-zÀ-ɏͰ-Ͽ][A-Za-z0-9À-ɏͰ-Ͽ-]*|\d+(?:[.,·]\d+)*")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"(#])")
_MARKER = re.compile(r"<\|\w+\|>")
_NUMBER = re.compile(r"(?<![A-Za-z0-9-])\d+(?:[.,·]\d+)*(?![A-Za-z0-9]*[A-Za-z])")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|n['’]t|[a-z]+n['’]t|fail(?:s|ed)?|lack(?:s|ed|ing)?|absence|"
    r"unlikely|unable|unaffected|unchanged|rarely|nothing|nobody|non-significant|insignificant)\b",
    re.IGNORECASE,
)

STOPWORDS = frozenset(
    """a an the and or but if of at by for with about against between into through during before after above below to from
    in on off over under again further then once here there when where why how both each few more most other some such than
    too very can will just should now is are was were be been being have has had having do does did doing would could may
    might must this that these those it its they them their we our us you your he she his her i me my who which what as
    also not no nor only own same so because while until although however therefore thus et al using used use based study
    studies result results found show shown shows showed suggest suggests suggested""".split()
)
RISING = frozenset(
    """increas higher high rais elevat more greater improv enhanc boost promot induc stimul upregul gain grow rise rose
    strengthen accelerat worsen exacerbat longer faster larger bigger better exceed aggravat amplif activat positiv
    outperform superior rapid double doubl common frequent""".split()
)
FALLING = frozenset(
    """decreas lower low reduc less fewer diminish declin drop fall fell suppress inhibit prevent attenuat alleviat mitigat
    weaken slow shorter smaller worse loss lose downregul block protect limit minim negativ inferior rare inactivat
    halv cut eliminat abolish impair""".split()
)
OPPOSITES = (
    ("more", "less"), ("more", "fewer"), ("higher", "lower"), ("high", "low"), ("increas", "decreas"), ("increas", "reduc"),
    ("improv", "worsen"), ("better", "worse"), ("effectiv", "ineffectiv"), ("positiv", "negativ"), ("longer", "shorter"),
    ("before", "after"), ("earlier", "later"), ("early", "late"), ("safe", "unsafe"), ("safe", "harm"), ("common", "rare"),
    ("rapid", "slow"), ("symptomat", "asymptomat"), ("same", "differ"), ("similar", "differ"), ("equal", "differ"),
    ("men", "women"), ("male", "female"), ("adult", "child"), ("old", "young"), ("older", "younger"), ("mild", "sever"),
    ("strong", "weak"), ("major", "minor"), ("all", "some"), ("most", "few"), ("always", "rare"), ("activ", "inactiv"),
    ("upregul", "downregul"), ("stimul", "inhibit"), ("induc", "inhibit"), ("promot", "inhibit"), ("promot", "suppress"),
    ("present", "absent"), ("known", "unknown"), ("likely", "unlikely"), ("abl", "unabl"), ("direct", "indirect"),
    ("benefici", "harm"), ("help", "harm"), ("gain", "loss"), ("larg", "small"), ("inside", "outside"), ("indoor", "outdoor"),
    ("first", "last"), ("highest", "lowest"), ("greater", "less"), ("faster", "slower"), ("caus", "prevent"),
)  # fmt: skip
STRONG_WORDS = frozenset(
    """only all every always never most everyone first prove cure eliminate guarantee entirely completely exclusively same
    identical equal solely primary main major significant strong direct""".split()
)


def stem(word: str) -> str:
    """A word cut to what its forms share: ``increases``, ``increasing`` → ``increas``."""
    word = word.lower()
    if len(word) <= 3:
        return word
    for suffix in ("ations", "ation", "ingly", "edly", "ively", "ments", "ment", "ness", "ings", "ing", "ies", "ied", "ely",
                   "ally", "ions", "ion", "ive", "ity", "es", "ed", "ly", "al", "ic", "e", "s", "y"):  # fmt: skip
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read once: stems in order, its set of content stems, numbers, signs."""

    text: str
    stems: tuple[str, ...]
    content: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    numbers: frozenset[str]
    names: frozenset[str]
    negations: int
    rising: int
    falling: int


@lru_cache(maxsize=4096)
def read(text: str) -> Reading:
    """What the features look at in one sentence or claim."""
    words = _TOKEN.findall(_MARKER.sub(" ", text))
    stems = tuple(stem(word) for word in words if not word[0].isdigit())
    content = [
        stem(word)
        for word in words
        if not word[0].isdigit() and word.lower() not in STOPWORDS and len(word) > 1
    ]
    names = frozenset(
        word.lower()
        for word in words[1:]
        if not word[0].isdigit() and (word[0].isupper() or any(c.isdigit() for c in word))
    )
    kinds = frozenset(stems)
    return Reading(
        text,
        stems,
        frozenset(content),
        frozenset(pairwise(content)),
        frozenset(n.replace("·", ".").rstrip(".,") for n in _NUMBER.findall(_MARKER.sub(" ", text))),
        names,
        len(_NEGATION.findall(text)),
        len(kinds & RISING),
        len(kinds & FALLING),
    )


def sentences_of(text: str) -> list[str]:
    """A rough cut into sentences: enough for overlap, and quick."""
    found = [part.strip() for part in _SENTENCE.split(text[:MAXIMUM_LENGTH]) if part.strip()]
    return found[:MAXIMUM_SENTENCES] or [""]


def meets(claim: str, text: str) -> bool:
    """Whether any content word of the claim is in the text."""
    content = read(claim[:MAXIMUM_LENGTH]).content
    return any(content & read(part).content for part in sentences_of(text))


def heaviest(weights: Mapping[str, float]) -> float:
    """The weight of a word never seen: that of the rarest."""
    return max(weights.values(), default=1.0)


def share(part: frozenset[str], whole: frozenset[str], weights: Mapping[str, float], default: float) -> float:
    """How much of the weight of ``part`` lies in ``whole``, 0 to 1."""
    total = sum(weights.get(one, default) for one in part)
    if not total:
        return 0.0
    return sum(weights.get(one, default) for one in part if one in whole) / total


def _sign(one: Reading) -> int:
    return (one.rising > one.falling) - (one.rising < one.falling)


def compare(claim: str, text: str, weights: Mapping[str, float]) -> dict[str, float]:
    """The named features of a claim beside a text; all are finite, most lie in 0..1."""
    default = heaviest(weights)
    said = read(claim[:MAXIMUM_LENGTH])
    parts = [read(part) for part in sentences_of(text)]
    everything = frozenset().union(*(part.content for part in parts))
    all_numbers = frozenset().union(*(part.numbers for part in parts))
    all_names = frozenset().union(*(part.names for part in parts))
    all_pairs = frozenset().union(*(part.pairs for part in parts))
    shares = [share(said.content, part.content, weights, default) for part in parts]
    order = sorted(range(len(parts)), key=lambda i: (-shares[i], i))
    best = parts[order[0]]
    second = parts[order[1]] if len(order) > 1 else best
    heavy = sorted(said.content, key=lambda one: (-weights.get(one, default), one))[:4]
    missing = said.content - everything
    common = said.content & best.content
    near_claim = _near(said, common)
    near_best = _near(best, common)
    negated = said.negations > 0
    best_negated = best.negations > 0
    opposed = sum(_opposed(said, part) for part in (best, second)) / 2
    hedge_gap = hedge_level(best.text) - hedge_level(claim)
    gap = RANKS[causal_strength(claim)] - max(RANKS[causal_strength(part.text)] for part in (best, second))
    unmatched = said.numbers - all_numbers
    features = {
        "coverage": share(said.content, everything, weights, default),
        "coverage_best": shares[order[0]],
        "coverage_second": shares[order[1]] if len(order) > 1 else 0.0,
        "coverage_best_squared": shares[order[0]] ** 2,
        "coverage_two": share(said.content, best.content | second.content, weights, default),
        "pairs": len(said.pairs & all_pairs) / max(1, len(said.pairs)),
        "reverse": share(best.content, said.content, weights, default),
        "heavy_missing": sum(one in missing for one in heavy) / max(1, len(heavy)),
        "missing_count": min(8, len(missing)) / 8,
        "names_missing": len(said.names - all_names) / max(1, len(said.names)) if said.names else 0.0,
        "has_names": float(bool(said.names)),
        "has_numbers": float(bool(said.numbers)),
        "numbers_met": len(said.numbers & all_numbers) / max(1, len(said.numbers)),
        "numbers_unmet": float(bool(unmatched and all_numbers)),
        "numbers_absent": float(bool(unmatched and not all_numbers)),
        "negation_claim_only": float(negated and not best_negated),
        "negation_text_only": float(best_negated and not negated),
        "negation_both": float(best_negated and negated),
        "direction_same": float(_sign(said) * _sign(best) > 0),
        "direction_opposed": float(_sign(said) * _sign(best) < 0),
        "direction_near_same": float(near_claim * near_best > 0),
        "direction_near_opposed": float(near_claim * near_best < 0),
        "direction_claim_only": float(_sign(said) != 0 and _sign(best) == 0),
        "opposites": min(1.0, opposed),
        "hedge_gap_up": max(0, hedge_gap) / 3,
        "hedge_gap_down": max(0, -hedge_gap) / 3,
        "strength_up": max(0, gap) / 3,
        "strength_down": max(0, -gap) / 3,
        "strong_words": float(bool({w.lower() for w in _TOKEN.findall(claim)} & STRONG_WORDS)),
        "strong_words_missing": float(
            bool({stem(w) for w in _TOKEN.findall(claim) if w.lower() in STRONG_WORDS} - set(best.stems))
        ),
        "length_claim": math.log1p(len(said.stems)) / 5,
        "length_text": math.log1p(sum(len(part.stems) for part in parts)) / 7,
        "sentences": math.log1p(len(parts)) / 4,
    }
    features["overlap_and_negation"] = features["coverage_best"] * abs(float(negated) - float(best_negated))
    features["overlap_and_opposite"] = features["coverage_best"] * features["opposites"]
    features["overlap_and_direction"] = features["coverage_best"] * features["direction_opposed"]
    features["overlap_and_unmet"] = features["coverage_best"] * features["numbers_unmet"]
    return features


def _near(one: Reading, common: frozenset[str]) -> int:
    """The sign of the direction words within four words of a shared word."""
    places = [i for i, word in enumerate(one.stems) if word in common]
    total = 0
    for i, word in enumerate(one.stems):
        if (word in RISING or word in FALLING) and any(abs(i - place) <= 4 for place in places):
            total += 1 if word in RISING else -1
    return (total > 0) - (total < 0)


def _opposed(claim: Reading, part: Reading) -> float:
    """Whether the claim has one of a pair of opposites and the text the other alone."""
    mine, theirs = set(claim.stems), set(part.stems)
    for one, other in OPPOSITES:
        if one in mine and other in theirs and one not in theirs and other not in mine:
            return 1.0
        if other in mine and one in theirs and other not in theirs and one not in mine:
            return 1.0
    return 0.0
