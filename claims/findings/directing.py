"""Which way an intervention moved an outcome, read from a trial's text.

Rules find the sentences that speak of the outcome, mark where intervention, comparator and outcome
are named, and read the signs: words of less and more, words of no difference, p values, intervals,
the groups' values in their order. A small linear model, trained on the Evidence Inference data (MIT
licence; ``bench/train_direction.py``), weighs these signs; ``explain`` names those that decided.
Without its data file the signs vote by themselves.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from zlib import crc32

from claims.findings import direction_words as words
from claims.findings.abstracts import sentences

LABELS = ("decreased", "increased", "no_difference")
BUCKETS = 1 << 16
_LONGEST = 40_000


@dataclass(frozen=True, slots=True)
class Explanation:
    """``direction`` with the model's probability and the signs that weighed most, best first."""

    direction: str
    probability: float
    signs: tuple[str, ...]
    sentences: tuple[str, ...]


_WORD = re.compile(r"[A-Za-zα-ωΑ-Ωµ]+(?:['’][a-z]+)?|\d+(?:[.,·]\d+)*|[<>=≤≥±%+]")


# Signs that read the sentence, not only its words: counted threefold beside the hundreds of words.
_WEIGHTY = (
    "lex:", "p:", "ci:", "pair:", "near:", "net", "pairnet:", "armnum:", "sure:", "top:", "arm:", "than:",
    "named:",
)  # fmt: skip
_NAMED = {"w:OUT", "w:INT", "w:CMP"}
_STRONG = ("lex:", "p:", "ci:", "pair:", "near:", "net", "pairnet:", "armnum:", "sure:")


def direction(intervention: str, comparator: str, outcome: str, text: str) -> str:
    """What ``text`` says the intervention did to the outcome, against the comparator.

    One of increased, decreased, no_difference, unknown; "increased" is of the outcome as named, so
    less pain is "decreased". Unknown where the text is empty or says nothing that bears on it.

    >>> said = "Falls were significantly fewer with tai chi than with stretching."
    >>> direction("tai chi", "stretching", "falls", said)
    'decreased'
    """
    return explain(intervention, comparator, outcome, text).direction


def explain(
    intervention: str, comparator: str, outcome: str, text: str, *, model: Model | None = None
) -> Explanation:
    """As ``direction``, with what decided it; by the shipped model unless another is given."""
    signs = features(intervention, comparator, outcome, text)
    chosen = tuple(text_of for text_of, _ in relevant(intervention, comparator, outcome, text)[:3])
    if not signs:
        return Explanation("unknown", 0.0, (), chosen)
    model = shipped() if model is None else model
    none, up = model.bias
    weighed: list[tuple[float, float, str]] = []
    for sign, value in sorted(signs.items()):
        row = model.weights.get(crc32(sign.encode()) % BUCKETS)
        if row is not None:
            none += row[0] * value
            up += row[1] * value
            weighed.append((row[0] * value, row[1] * value, sign))
    if none > 0:
        said, probability, part = "no_difference", _share(none), [(one[0], one[2]) for one in weighed]
    elif up > 0:
        said, probability, part = (
            "increased",
            _share(-none) * _share(up),
            [(one[1], one[2]) for one in weighed],
        )
    else:
        said, probability, part = (
            "decreased",
            _share(-none) * _share(-up),
            [(-one[1], one[2]) for one in weighed],
        )
    spoken = any(sign.startswith(("lex:", "p:", "ci:", "pair:")) for sign in signs)
    if not spoken and (probability < 0.5 or not signs.keys() & _NAMED):
        return Explanation("unknown", probability, (), chosen)
    deciding = sorted(part, key=lambda one: (-one[0], one[1]))
    return Explanation(said, probability, tuple(sign for weight, sign in deciding[:8] if weight > 0), chosen)


def leaning(outcome: str, text: str) -> tuple[float, float]:
    """Log odds that ``text`` tells of no difference in ``outcome``; and of a rise, if there is one.

    Asks nothing of who was compared with whom, so ``outcome`` may be a whole claim or question.
    """
    model = shipped()
    none, up = model.bias
    for sign, value in sorted(features("", "", outcome, text).items()):
        row = model.weights.get(crc32(sign.encode()) % BUCKETS)
        if row is not None:
            none += row[0] * value
            up += row[1] * value
    return none, up


def _share(total: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))


@dataclass(frozen=True, slots=True)
class Model:
    """Two linear judgements: is there no difference; and where there is one, is it a rise."""

    weights: dict[int, tuple[float, float]]
    bias: tuple[float, float]


_BY_HAND = {
    "lex:none": (2.0, 0.0),
    "p:not": (2.0, 0.0),
    "ci:null": (2.0, 0.0),
    "p:yes": (-2.0, 0.0),
    "net:less:arm": (-0.5, -1.5),
    "net:more:arm": (-0.5, 1.5),
    "lex:less": (-0.5, -1.0),
    "lex:more": (-0.5, 1.0),
}


def by_hand() -> Model:
    """A few weights set by hand: the rules alone."""
    return Model({crc32(name.encode()) % BUCKETS: row for name, row in _BY_HAND.items()}, (0.0, 0.0))


@cache
def shipped() -> Model:
    """The shipped weights; without their file, those set by hand."""
    source = resources.files("claims.findings").joinpath("direction_weights.json")
    if not source.is_file():
        return by_hand()
    stored = json.loads(source.read_text("utf-8"))
    scale = stored["scale"]
    weights = {
        bucket: (row[0] * scale, row[1] * scale)
        for bucket, row in zip(_unpacked(stored["buckets"]), stored["weights"], strict=True)
    }
    none, up = stored["bias"]
    return Model(weights, (none, up))


def _unpacked(steps: Sequence[int]) -> Iterable[int]:
    """Bucket numbers are stored as the steps between them."""
    total = 0
    for step in steps:
        total += step
        yield total


def _tokens(text: str) -> list[str]:
    return [match[0] for match in _WORD.finditer(text)]


@lru_cache(maxsize=4096)
def _stems(text: str) -> tuple[str, ...]:
    """The content words of a name, cut to seven letters, abbreviations whole."""
    stems = []
    for token in _tokens(text):
        lowered = token.lower()
        if lowered in words.STOP or (len(lowered) < 2 and not lowered.isdigit()):
            continue
        stems.append(_stem(lowered))
    return tuple(dict.fromkeys(stems))


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word[:8]


def relevant(intervention: str, comparator: str, outcome: str, text: str) -> list[tuple[str, float]]:
    """The sentences of ``text`` that speak of the outcome, with their fit, best first."""
    body = text[:_LONGEST]
    wanted = set(_stems(outcome))
    arms = set(_stems(intervention)) | set(_stems(comparator))
    abbreviations = _abbreviations(body, outcome)
    scored: list[tuple[float, int, str]] = []
    parts = sentences(body)
    for number, part in enumerate(parts):
        sentence = body[part.start : part.end]
        tokens = _tokens(sentence)
        stems = {_stem(token.lower()) for token in tokens}
        met = len(wanted & stems) / max(1, len(wanted))
        if abbreviations & set(tokens):
            met = max(met, 0.9)
        arm = len(arms & stems) / max(1, len(arms))
        lowered = {token.lower() for token in tokens}
        said = bool(lowered & (words.LESS | words.MORE | words.NONE)) or bool(words.P.search(sentence))
        place = {
            "results": 0.35,
            "conclusions": 0.3,
            "background": -0.5,
            "methods": -0.5,
            "title": -0.1,
            "other": -1.0,
        }
        fit = 1.6 * met + 0.35 * arm + (0.45 if said else 0.0) + place.get(part.section or "", 0.0)
        fit += 0.1 * number / max(1, len(parts))
        scored.append((fit, number, sentence))
    ordered = sorted(scored, key=lambda one: (-one[0], one[1]))
    return [(sentence, fit) for fit, _, sentence in ordered]


def _abbreviations(text: str, outcome: str) -> set[str]:
    """Short forms that the text defines for the outcome: "systolic blood pressure (SBP)"."""
    found = set()
    wanted = set(_stems(outcome))
    for match in re.finditer(r"\(([A-Z][A-Za-z0-9-]{1,9})\)", text):
        before = text[max(0, match.start() - 80) : match.start()]
        stems = [_stem(token.lower()) for token in _tokens(before)[-5:]]
        if wanted and len(wanted & set(stems)) >= max(1, (len(wanted) + 1) // 2):
            found.add(match[1])
    return found


def features(intervention: str, comparator: str, outcome: str, text: str) -> dict[str, float]:
    """The signs of a text, by name; the model's input."""
    ranked = relevant(intervention, comparator, outcome, text)
    if not ranked:
        return {}
    signs: dict[str, float] = {}
    abbreviations = _abbreviations(text[:_LONGEST], outcome)
    names = (_stems(intervention), _stems(comparator), _stems(outcome))
    codes = (_arm_codes(intervention), _arm_codes(comparator))
    body = text[:_LONGEST]
    codes = (
        codes[0] | _abbreviations(body, intervention),
        codes[1] | _abbreviations(body, comparator),
    )
    only = len(ranked) <= 4
    for place, (sentence, fit) in enumerate(ranked[: 4 if only else 3]):
        weight = 1.0 if place == 0 else 0.6 if place == 1 else 0.4
        if fit < 0.5 and place:
            weight *= 0.5
        found = _signs(sentence, names, abbreviations, outcome, codes)
        for sign in found:
            signs[sign] = max(signs.get(sign, 0.0), weight)
        if place == 0:
            for sign in found:
                if sign.startswith(_STRONG):
                    signs["top:" + sign] = 1.0
    whole = [sentence for sentence, _ in ranked]
    for sign in _document_signs(whole):
        signs[sign] = 0.5
    for sign in _outcome_signs(outcome, abbreviations, ranked[0][0]):
        signs[sign] = 1.0
    signs = {sign: value * 3 if sign.startswith(_WEIGHTY) else value for sign, value in signs.items()}
    size = math.sqrt(sum(value * value for value in signs.values()))
    return {sign: value * 4 / size for sign, value in signs.items()}


def _document_signs(whole: Sequence[str]) -> Iterable[str]:
    text = " ".join(whole)
    not_significant = len(
        re.findall(r"no (?:statistically )?significant|not significant|did not|no difference", text, re.I)
    )
    yield f"doc:none:{min(not_significant, 3)}"


def _outcome_signs(outcome: str, short: set[str], best: str) -> Iterable[str]:
    """What is asked, and how far the best sentence speaks of it: the unnamed most often did not differ."""
    wanted = _stems(outcome)
    tokens = _tokens(best)
    met = len(set(wanted) & {_stem(token.lower()) for token in tokens}) / max(1, len(wanted))
    named = "all" if met == 1 or short & set(tokens) else "half" if met >= 0.5 else "some" if met else "none"
    valence = _valence(outcome)
    yield f"named:{named}"
    yield f"valence:{valence}"
    for stem in wanted:
        yield f"asked:{stem}"
    if wanted:
        yield f"head:{wanted[-1]}"


def _arm_codes(name: str) -> frozenset[str]:
    """Codes that a name gives its arm: "Group A" or "(TA)"."""
    return frozenset(match[1] or match[2] for match in words.CODE.finditer(name))


def _signs(
    sentence: str,
    names: tuple[tuple[str, ...], ...],
    short: set[str],
    outcome: str,
    codes: tuple[frozenset[str], frozenset[str]],
) -> list[str]:
    signs: list[str] = []
    tokens = _tokens(sentence)
    roles: list[str] = []
    controls = words.CONTROL - set(names[0])
    for place, token in enumerate(tokens):
        stem = _stem(token.lower())
        grouped = len(token) > 1 or (place and tokens[place - 1].lower() in ("group", "groups", "arm"))
        if token in codes[0] - codes[1] and grouped:
            roles.append("INT")
        elif token in codes[1] - codes[0] and grouped:
            roles.append("CMP")
        elif stem in names[2] or token in short:
            roles.append("OUT")
        elif stem in names[0] and stem not in names[1]:
            roles.append("INT")
        elif (stem in names[1] and stem not in names[0]) or token.lower() in controls:
            roles.append("CMP")
        elif token.lower() in words.TREATED:
            roles.append("INT")
        else:
            roles.append("")
    plain: list[str] = []
    for token, role in zip(tokens, roles, strict=True):
        if role:
            if not plain or plain[-1] != role:
                plain.append(role)
        elif token[0].isdigit():
            if not plain or plain[-1] != "NUM":
                plain.append("NUM")
        else:
            plain.append(token.lower())
    signs.extend("w:" + word for word in set(plain))
    signs.extend(f"b:{first} {second}" for first, second in pairwise(plain))
    signs.extend(
        f"t:{first} {second} {third}"
        for first, second, third in zip(plain, plain[1:], plain[2:], strict=False)
    )
    signs.extend(_lexicon(plain, outcome))
    numbers = list(_numbers(sentence))
    signs.extend(numbers)
    signs.extend(_order(plain))
    nets = list(_nets(plain, _valence(outcome)))
    arms = [role for role in roles if role in ("INT", "CMP")]
    nets.extend(_pair_nets(numbers, arms))
    nets.extend(_arm_numbers(tokens, roles))
    if any(word in words.NONE for word in plain) or "p:not" in numbers or "ci:null" in numbers:
        sure = "none"
    else:
        sure = "yes" if "p:yes" in numbers or "significantly" in plain or "significant" in plain else "open"
    signs.append("sure:" + sure)
    for net in set(nets):
        signs.extend((net, f"{net}&{sure}"))
    return signs


def _valence(outcome: str) -> int:
    """−1 where less of the outcome is better, 1 where more is, 0 unknown."""
    bad, good = words.BAD.search(outcome) is not None, words.GOOD.search(outcome) is not None
    return 0 if bad == good else -1 if bad else 1


def _nets(plain: list[str], valence: int) -> Iterable[str]:
    """Words of less and more turned to the intervention's side: "longer in the control group" is less."""
    for index, word in enumerate(plain):
        sign = -1 if word in words.LESS else 1 if word in words.MORE else 0
        if not sign:
            continue
        if word in words.BETTER or word in words.WORSE:
            if not valence:
                continue
            sign = valence if word in words.BETTER else -valence
        ahead = plain[index + 1 : index + 14]
        stop = next(
            (place for place, one in enumerate(ahead) if one in ("than", "compared", "versus", "vs")), None
        )
        near = ahead if stop is None else ahead[:stop]
        arm = next((one for one in near if one in ("INT", "CMP")), None)
        if arm is None:
            arm = next((one for one in reversed(plain[:index]) if one in ("INT", "CMP")), None)
        if arm is None and stop is not None:
            other = next((one for one in ahead[stop:] if one in ("INT", "CMP")), None)
            arm = {"INT": "CMP", "CMP": "INT"}.get(other or "")
        close = "OUT" in plain[max(0, index - 6) : index + 7]
        way = "less" if sign * (-1 if arm == "CMP" else 1) < 0 else "more"
        yield f"net:{way}:{'arm' if arm else 'bare'}"
        if close:
            yield f"netnear:{way}"


def _pair_nets(numbers: list[str], arms: list[str]) -> Iterable[str]:
    if not arms:
        return
    for sign in ("less", "more"):
        if f"pair:{sign}" in numbers:
            turned = sign if arms[0] == "INT" else {"less": "more", "more": "less"}[sign]
            yield f"pairnet:{turned}"


def _arm_numbers(tokens: list[str], roles: list[str]) -> Iterable[str]:
    """The first number after each arm, set against one another."""
    values: dict[str, float] = {}
    for index, role in enumerate(roles):
        if role not in ("INT", "CMP") or role in values:
            continue
        for token in tokens[index + 1 : index + 9]:
            if token[0].isdigit():
                values[role] = float(re.sub(r"[,·]", ".", token).split(".")[0] or 0)
                break
    if len(values) == 2 and values["INT"] != values["CMP"]:
        yield "armnum:" + ("less" if values["INT"] < values["CMP"] else "more")


def _lexicon(plain: list[str], outcome: str) -> Iterable[str]:
    head = _stems(outcome)
    outs = [index for index, word in enumerate(plain) if word == "OUT"]
    for index, word in enumerate(plain):
        kind = _kind(word)
        if kind is None:
            continue
        if kind != "none" and any(
            before in ("no", "not", "nor", "neither", "without")
            for before in plain[max(0, index - 4) : index]
        ):
            kind = "not-" + kind
        yield "lex:" + kind
        nearest = min((abs(index - out) for out in outs), default=99)
        if nearest <= 3:
            yield "near:" + kind
            yield "near:" + word
        elif nearest <= 8:
            yield "mid:" + kind
        side = [out for out in outs if out != index]
        if side:
            yield ("before:" if index < min(side, key=lambda out: abs(out - index)) else "after:") + kind
        if head:
            yield f"x:{word}|{head[-1]}"
            yield f"k:{kind}|{head[-1]}"
            yield f"k0:{kind}|{head[0]}"


def _kind(word: str) -> str | None:
    if word in words.LESS:
        return "less"
    if word in words.MORE:
        return "more"
    return "none" if word in words.NONE else None


def _order(plain: list[str]) -> Iterable[str]:
    """Which arm is named first, and which stands after "than" or "in"."""
    first = next((word for word in plain if word in ("INT", "CMP")), None)
    if first:
        yield f"first:{first}"
    for index, word in enumerate(plain):
        if word == "than":
            after = next((one for one in plain[index : index + 7] if one in ("INT", "CMP")), None)
            before = [
                one for one in plain[max(0, index - 12) : index] if one in words.LESS or one in words.MORE
            ]
            kind = "" if not before else "less" if before[-1] in words.LESS else "more"
            yield f"than:{after}:{kind}"
        if word in words.LESS or word in words.MORE:
            kind = "less" if word in words.LESS else "more"
            after = next((one for one in plain[index + 1 : index + 10] if one in ("INT", "CMP")), None)
            before_arm = next(
                (one for one in reversed(plain[max(0, index - 10) : index]) if one in ("INT", "CMP")), None
            )
            yield f"arm:{kind}:after:{after}"
            yield f"arm:{kind}:before:{before_arm}"


def _numbers(sentence: str) -> Iterable[str]:
    for match in words.P.finditer(sentence):
        value = float("0" + re.sub(r"[·,]", ".", match["p"]).replace(" ", "").lstrip("0"))
        if match["sign"].startswith(">") or match["sign"] == "≥":
            yield "p:not" if value >= 0.05 else "p:unclear"
        elif value > 0.05 or (value == 0.05 and match["sign"] == "="):
            yield "p:not"
        else:
            yield "p:yes"
            yield "p:very" if value <= 0.01 else "p:just"
    for match in words.CI.finditer(sentence):
        low, high = (
            float(re.sub(r"[−–\s]", "-", one).replace("·", ".").replace("--", "-"))
            for one in match.group("low", "high")
        )
        null = 1.0 if words.RATIO.search(sentence) else 0.0
        if low <= null <= high:
            yield "ci:null"
        elif high < null:
            yield "ci:below"
        elif low > null:
            yield "ci:above"
    for match in words.PAIR.finditer(sentence):
        first, second = (float(one.replace("·", ".")) for one in match.group("a", "b"))
        if first < second:
            yield "pair:less"
        elif first > second:
            yield "pair:more"
        ratio = first / second if second else 2.0
        if 0.9 <= ratio <= 1.1:
            yield "pair:close"
