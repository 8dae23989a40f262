# ruff: noqa: SIM905 - words in a row are read more easily than a list of strings
"""What each arm of a trial had, set against the other's, and the sign of a printed estimate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from claims.expressions import expression
from claims.findings import direction_words as words
from claims.findings.outcome_sentences import token_starts

__all__ = ["arm_values", "estimate_signs", "names_an_estimate"]

_MINUS = "-−–"
_BETWEEN = frozenset(
    (
        "the a an those these patients participants subjects women men children infants people adults "
        "group groups arm arms given taking receiving who received assigned randomized randomised allocated "
        "to treated"
    ).split()
)
_HOLDS = frozenset("in with for on after under among of by during from at".split())
_ENDS = frozenset("than versus vs compared p ci".split())
_NEARLY = 0.93  # of the larger value: about the same
_UNITS, _AHEAD = 5, 8  # tokens from an arm's preposition back to its number; from an arm on to its number
_NUMBER = r"(?P<value>[-−–]?\s?\d+(?:[.·]\d+)?)"
_RANGE = r"(?P<low>[-−–]?\s?\d+(?:[.·]\d+)?)\s?%?\s?(?:to|[-–—,;])\s?(?P<high>[-−]?\s?\d+(?:[.·]\d+)?)"
_ESTIMATE = expression(
    rf"(?P<ratio>{words.RATIO.pattern}|ratio\b)?(?(ratio)|\bdifferences?\b)"
    rf"(?:(?!\b[pP]\s?[=<>≤])[^\d.;]){{0,40}}?(?<![\d.<>≤]){_NUMBER}(?![\d.·]|\s?%?\s?(?:CI|confidence))"
    rf"(?:[^\d.;()]{{0,12}}[,;(\[]\s?{_RANGE}(?!\s?%?\s?(?:CI|confidence)))?"
)


def _number(text: str) -> float:
    return float(re.sub(rf"^[{_MINUS}]\s?", "-", text.replace("·", ".").replace(",", "")))


def arm_values(sentence: str, tokens: Sequence[str], roles: Sequence[str]) -> Iterable[str]:
    """Whether the intervention's number is less or more than the comparator's, and after what kind of verb.

    An arm's number stands before it ("4.5 days with zinc") or after it ("zinc, 4.5 days"); both arms are
    read the same way. Roles are INT, CMP, OUT or empty, one a token.
    """
    starts = token_starts(sentence)
    runs = [
        (i, role)
        for i, role in enumerate(roles)
        if role in ("INT", "CMP") and (i == 0 or roles[i - 1] != role)
    ]
    for find in (_before, _after):
        places: dict[str, int] = {}
        for i, role in runs:
            place = find(tokens, roles, i)
            if place is not None and role not in places and place not in places.values():
                places[role] = place
        if len(places) == 2:
            break
    else:
        return
    values = {role: _signed(sentence, starts[place], tokens[place]) for role, place in places.items()}
    shares = {place + 1 < len(tokens) and tokens[place + 1] == "%" for place in places.values()}
    if values["INT"] == values["CMP"]:
        yield "armnum:same"
    if values["INT"] == values["CMP"] or len(shares) == 2:
        return
    way = "less" if values["INT"] < values["CMP"] else "more"
    yield f"armnum:{way}"
    first = min(places.values())
    spoken = [token.lower() for token in tokens[max(0, first - 14) : first]]
    verb = next((one for one in reversed(spoken) if one in words.FALLS or one in words.RISES), "")
    signed = min(values.values()) < 0
    kind = "signed" if signed else "fall" if verb in words.FALLS else "rise" if verb else "plain"
    yield f"armnum:{way}:{kind}"
    low, high = sorted((abs(values["INT"]), abs(values["CMP"])))
    if not signed and high and low / high > _NEARLY:
        yield "armnum:close"


def _signed(sentence: str, start: int, token: str) -> float:
    value = (
        float(token.replace(",", ".").replace("·", ".")) if token.count(",") + token.count(".") < 2 else 0.0
    )
    before = sentence[max(0, start - 2) : start]
    negative = before[-1:] in _MINUS and before[-1:] != "" and not before[:-1].strip("([ ")
    return -value if negative else value


def _before(tokens: Sequence[str], roles: Sequence[str], arm: int) -> int | None:
    """The place of the number that a preposition ties to the arm after it, or None."""
    place = arm - 1
    while (
        place >= 0
        and arm - place <= _UNITS
        and (tokens[place].lower() in _BETWEEN or roles[place] == roles[arm])
    ):
        place -= 1
    if place < 0 or tokens[place].lower() not in _HOLDS:
        return None
    for back in range(place - 1, max(-1, place - 1 - _UNITS), -1):
        token = tokens[back]
        if token[0].isdigit():
            return (
                back - 2 if back >= 2 and tokens[back - 1] == "±" and tokens[back - 2][0].isdigit() else back
            )
        if roles[back] in ("INT", "CMP") or token.lower() in _ENDS:
            return None
    return None


def _after(tokens: Sequence[str], roles: Sequence[str], arm: int) -> int | None:
    """The place of the first number after the arm and before another, or None."""
    for place in range(arm + 1, min(len(tokens), arm + 1 + _AHEAD)):
        if tokens[place][0].isdigit():
            return place
        if (roles[place] in ("INT", "CMP") and roles[place] != roles[arm]) or tokens[place].lower() in _ENDS:
            return None
    return None


def estimate_signs(sentence: str) -> Iterable[str]:
    """Whether a named ratio lies below one, or a named difference below nothing, and its bare interval."""
    for match in _ESTIMATE.finditer(sentence):
        null = 1.0 if match["ratio"] else 0.0
        value = _number(match["value"])
        if match["ratio"] and not 0 < value < 30:
            continue
        kind = "ratio" if match["ratio"] else "difference"
        yield f"est:{kind}:{'less' if value < null else 'more' if value > null else 'same'}"
        if match["low"]:
            low, high = _number(match["low"]), _number(match["high"])
            if low <= value <= high:
                yield "ci:null" if low <= null <= high else "ci:below" if high < null else "ci:above"


def names_an_estimate(tokens: Sequence[str], place: int) -> bool:
    """Whether "difference" at ``place`` names a number ("difference 1.2"), and so denies nothing.

    >>> names_an_estimate("mean difference was 1.2 kg".split(), 1)
    True
    """
    if any(token.lower() in words.NONE for token in tokens[max(0, place - 4) : place]):
        return False
    for token in tokens[place + 1 : place + 7]:
        if token[0].isdigit():
            return True
        if token.lower() in words.NONE or token.lower() == "p":
            return False
    return False
