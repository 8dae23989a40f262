"""Where a claim and its nearest sentences speak against one another: denial, amount, worth, time, number."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from claims.support import cues
from claims.support.features import MAXIMUM_LENGTH, Reading, heaviest, read, sentences_of, share

_NUMBER = re.compile(r"(?<![A-Za-z0-9-])(\d+(?:,\d{3})*(?:[.·]\d+)?)(?![A-Za-z0-9]*[A-Za-z])")
_SPELT = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "half": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
_CLOSE, _FAR = 0.15, 0.7  # differences of logarithms: about 15 % and a factor of two
_WITH_OVERLAP = (
    "denial_odd", "denial_claim_only", "worth_opposed", "quantity_opposed", "likeness_opposed", "way_opposed",
    "way_same", "number_unmet", "extreme",
)  # fmt: skip


def opposing_features(claim: str, text: str, weights: Mapping[str, float]) -> dict[str, float]:
    """The signs, 0 to 1 or small counts; those in ``_WITH_OVERLAP`` also weighed by the words in common."""
    claim = claim[:MAXIMUM_LENGTH]
    said, default = read(claim), heaviest(weights)
    parts = sentences_of(text)
    shares = [share(said.content, read(part).content, weights, default) for part in parts]
    order = sorted(range(len(parts)), key=lambda i: (-shares[i], i))[:2]
    near = " ".join(parts[i] for i in order)
    mine, theirs = _denials(claim), _denials(near)
    features: dict[str, float] = {
        "extreme": float(bool(cues.EXTREME.search(claim))),
        "denial_claim": mine,
        "denial_text": theirs,
        "denial_differs": float((mine > 0) != (theirs > 0)),
        "denial_odd": float(mine % 2 != theirs % 2),
        "denial_claim_only": float(mine > 0 and theirs == 0),
        "denial_both": float(mine > 0 and theirs > 0),
    }
    features["extreme_only"] = float(features["extreme"] > 0 and not cues.EXTREME.search(near))
    for name, (one, other, _) in cues.OPPOSED.items():
        a, b = (float(bool(sign.search(claim))) for sign in (one, other))
        x, y = (float(bool(sign.search(near))) for sign in (one, other))
        features |= {f"{name}_claim_one": a, f"{name}_claim_other": b}
        features |= {f"{name}_text_one": x, f"{name}_text_other": y}
        features[f"{name}_opposed"] = float((a > b and y > x) or (b > a and x > y))
        features[f"{name}_same"] = float((a > b and x > y) or (b > a and y > x))
    features |= _numbers(claim, text)
    ways = _way(said, mine) * _way(read(near), theirs)
    features["way_same"], features["way_opposed"] = float(ways > 0), float(ways < 0)
    features |= {f"overlap_and_{name}": features[name] * shares[order[0]] for name in _WITH_OVERLAP}
    return features


def _denials(text: str) -> int:
    return min(3, len(cues.DENYING.findall(text)))


def _way(one: Reading, denials: int) -> int:
    """Rise or fall, turned round by each denial."""
    way = (one.rising > one.falling) - (one.rising < one.falling)
    return way if denials % 2 == 0 else -way


def _numbers(claim: str, text: str) -> dict[str, float]:
    mine, theirs = _read_numbers(claim), _read_numbers(text)
    gaps = [
        min((abs(math.log((one + 1e-6) / (other + 1e-6))) for other in theirs), default=9.0)
        for one in sorted(mine)
        if one > 0
    ]
    return {
        "number_count": float(min(3, len(mine))),
        "number_met": len(mine & theirs) / len(mine) if mine else 0.0,
        "number_unmet": float(bool(mine - theirs) and bool(theirs)),
        "number_close": float(bool(gaps) and min(gaps) < _CLOSE),
        "number_far": float(bool(gaps) and bool(theirs) and min(gaps) > _FAR),
    }


def _read_numbers(text: str) -> set[float]:
    found = {float(match[1].replace(",", "").replace("·", ".")) for match in _NUMBER.finditer(text)}
    found |= {float(_SPELT[word]) for word in re.findall(r"[a-z]+", text.lower()) if word in _SPELT}
    return found
