"""A file is read with the part of the context that it uses, and means the same as with the whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.jsonld import context
from graph.yamlld import reading as yamlld

ROOT = Path(__file__).parents[3]
FILES = sorted(
    [*(ROOT / "examples").rglob("evidence/**/*.yaml"), *(ROOT / "tests" / "data").rglob("evidence.yaml")]
)


def test_enough_files() -> None:
    assert len(FILES) > 50


def test_the_part_of_the_context_that_is_used_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [path.read_text("utf-8") for path in FILES]
    in_part = [set(map(str, yamlld.read(text).triples)) for text in texts]
    monkeypatch.setattr(yamlld, "context_of", lambda nodes: context())
    for text, path, part in zip(texts, FILES, in_part, strict=True):
        whole = set(map(str, yamlld.read(text).triples))
        named = {one for one in whole if "_:" not in one}
        assert named == {one for one in part if "_:" not in one}, path
        assert len(whole) == len(part)
