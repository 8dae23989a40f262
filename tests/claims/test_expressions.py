"""Regular expressions that are compiled when first used."""

from __future__ import annotations

import re

import pytest

from claims.expressions import expression


def test_does_what_a_compiled_pattern_does() -> None:
    lazy, plain = expression(r"(?P<n>\d+) ?mg", re.IGNORECASE), re.compile(r"(?P<n>\d+) ?mg", re.IGNORECASE)
    text = "From 20 MG to 40 mg a day"
    assert [one.span() for one in lazy.finditer(text)] == [one.span() for one in plain.finditer(text)]
    assert lazy.sub("x", text) == plain.sub("x", text)
    assert lazy.findall(text) == plain.findall(text)
    assert lazy.split(text) == plain.split(text)
    assert lazy.match(text, 5) is not None
    assert lazy.search(text, 8, 12) is None
    assert lazy.fullmatch("20mg") is not None
    assert lazy.pattern == plain.pattern


def test_is_compiled_when_first_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_ = re.compile
    monkeypatch.setattr(re, "compile", lambda one, flags=0: compiled.append(one) or compile_(one, flags))
    lazy = expression(r"walk\w*")
    assert compiled == []
    assert lazy.search("walking") is not None
    assert lazy.match("walked") is not None
    assert compiled == [r"walk\w*"]


def test_a_fault_is_found_when_it_is_used() -> None:
    broken = expression("(")
    with pytest.raises(re.error):
        broken.search("anything")


def test_has_nothing_else() -> None:
    with pytest.raises(AttributeError):
        _ = expression("a").scanner  # type: ignore[attr-defined]
