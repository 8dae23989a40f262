"""Many alternatives as one quick pattern."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.alternatives import lowered, number_of, one_of

LONG = "|".join(f"word{number}" for number in range(20))
PATTERNS = (
    r"\bmay|might",
    r"\b(?:no|not)\s+(?:clear\s+)?effect",
    r"(?<!no )clear",
    rf"(?:no|clear|tends)\s+(?:effect(?=\s+not)|{LONG})",  # too long to be written for each letter
    r"[te]\w+s? to\b",
    r"(?:an?|é|\W?\d)?effect may",
    r"\bmay not",
    r"effect|no",
)
PLAIN = re.compile("|".join(rf"(?P<n{n}>\b(?:{p}))" for n, p in enumerate(PATTERNS)), re.IGNORECASE)
WORDS = st.sampled_from(
    ["may", "Might", "NOT", "no", "clear", "effect", "tends", "to", "dismay", "-", "é", "İ", "\n"]
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_finds_what_the_plain_alternation_finds(text: str) -> None:
    quick = [(match.span(), number_of(match)) for match in one_of(PATTERNS).finditer(lowered(text))]
    plain = [(match.span(), int((match.lastgroup or "n0")[1:])) for match in PLAIN.finditer(text)]
    assert quick == plain


def test_a_capital_letter_could_never_match() -> None:
    with pytest.raises(ValueError, match="capital"):
        one_of([r"\bMay"])
    one_of([r"\w+\W(?P<name>may)"])  # escapes and names of groups are no letters of the text


def test_lowered_keeps_every_place() -> None:
    assert lowered("AİB") == "aİb"


def test_what_must_follow_follows() -> None:
    pattern = one_of(["cure", "cures"], after=r"(?!\w)")
    found = pattern.search("cures")
    assert found is not None
    assert number_of(found) == 1
    assert pattern.search("cured") is None
