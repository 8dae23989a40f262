"""The signs, in a trial's text, of which way an intervention moved an outcome: what the model weighs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from claims.findings import direction_words as words
from claims.findings.arm_values import arm_values, estimate_signs, names_an_estimate
from claims.findings.outcome_sentences import LONGEST, relevant, short_forms, stem, stems_of, tokens_of

__all__ = ["NAMED", "features", "named"]

# Signs that read the sentence, not only its words: counted threefold beside the hundreds of words.
_WEIGHTY = (
    "lex:", "p:", "ci:", "est:", "pair:", "near:", "net", "pairnet:", "armnum:", "sure:", "top:", "arm:",
    "than:", "named:",
)  # fmt: skip
#: The signs that one of the things asked of is named at all.
NAMED = {"w:OUT", "w:INT", "w:CMP"}
# Signs that count once more where the sentence that fits best carries them.
_STRONG = ("lex:", "p:", "ci:", "est:", "pair:", "near:", "net", "pairnet:", "armnum:", "sure:")


def features(intervention: str, comparator: str, outcome: str, text: str) -> dict[str, float]:
    """The signs of a text, by name; the model's input."""
    ranked = relevant(intervention, comparator, outcome, text)
    if not ranked:
        return {}
    signs: dict[str, float] = {}
    body = text[:LONGEST]
    abbreviations = short_forms(body, outcome)
    names = (stems_of(intervention), stems_of(comparator), stems_of(outcome))
    codes = (
        _arm_codes(intervention) | short_forms(body, intervention),
        _arm_codes(comparator) | short_forms(body, comparator),
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


def named(outcome: str, text: str, best: str) -> str:
    """How much of an outcome the sentence ``best`` of ``text`` names: all, half, some, none."""
    return _named(outcome, short_forms(text[:LONGEST], outcome), best)


def _named(outcome: str, short: set[str], best: str) -> str:
    wanted = stems_of(outcome)
    tokens = tokens_of(best)
    met = len(set(wanted) & {stem(token.lower()) for token in tokens}) / max(1, len(wanted))
    return "all" if met == 1 or short & set(tokens) else "half" if met >= 0.5 else "some" if met else "none"


def _document_signs(whole: Sequence[str]) -> Iterable[str]:
    text = " ".join(whole)
    not_significant = len(
        re.findall(r"no (?:statistically )?significant|not significant|did not|no difference", text, re.I)
    )
    yield f"doc:none:{min(not_significant, 3)}"


def _outcome_signs(outcome: str, short: set[str], best: str) -> Iterable[str]:
    """What is asked, and how far the best sentence speaks of it: the unnamed most often did not differ."""
    wanted = stems_of(outcome)
    valence = _valence(outcome)
    yield f"named:{_named(outcome, short, best)}"
    yield f"valence:{valence}"
    for asked in wanted:
        yield f"asked:{asked}"
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
    tokens = tokens_of(sentence)
    roles: list[str] = []
    controls = words.CONTROL - set(names[0])
    for place, token in enumerate(tokens):
        cut = stem(token.lower())
        grouped = len(token) > 1 or (place and tokens[place - 1].lower() in ("group", "groups", "arm"))
        if token in codes[0] - codes[1] and grouped:
            roles.append("INT")
        elif token in codes[1] - codes[0] and grouped:
            roles.append("CMP")
        elif cut in names[2] or token in short:
            roles.append("OUT")
        elif cut in names[0] and cut not in names[1]:
            roles.append("INT")
        elif (cut in names[1] and cut not in names[0]) or token.lower() in controls:
            roles.append("CMP")
        elif token.lower() in words.TREATED:
            roles.append("INT")
        else:
            roles.append("")
    plain: list[str] = []
    for place, (token, role) in enumerate(zip(tokens, roles, strict=True)):
        if role:
            if not plain or plain[-1] != role:
                plain.append(role)
        elif token[0].isdigit():
            if not plain or plain[-1] != "NUM":
                plain.append("NUM")
        elif token.lower() in ("difference", "differences") and names_an_estimate(tokens, place):
            plain.append("estimate")
        else:
            plain.append(
                "more" if token == "times" and tokens[place + 1 : place + 2] == ["as"] else token.lower()
            )
    signs.extend("w:" + word for word in set(plain))
    signs.extend(f"b:{first} {second}" for first, second in pairwise(plain))
    signs.extend(
        f"t:{first} {second} {third}"
        for first, second, third in zip(plain, plain[1:], plain[2:], strict=False)
    )
    signs.extend(_lexicon(plain, outcome))
    numbers = [*_numbers(sentence), *estimate_signs(sentence)]
    signs.extend(numbers)
    signs.extend(_order(plain))
    nets = list(_nets(plain, _valence(outcome)))
    arms = [role for role in roles if role in ("INT", "CMP")]
    nets.extend(_pair_nets(numbers, arms))
    nets.extend(arm_values(sentence, tokens, roles))
    if any(word in words.NONE for word in plain) or "p:not" in numbers or "ci:null" in numbers:
        sure = "none"
    else:
        told = {"p:yes", "ci:below", "ci:above"} & set(numbers) or {"significantly", "significant"} & set(
            plain
        )
        sure = "yes" if told else "open"
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


def _lexicon(plain: list[str], outcome: str) -> Iterable[str]:
    head = stems_of(outcome)
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
