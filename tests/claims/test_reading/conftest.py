"""What holds of every document that is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claims.model import Document


@pytest.fixture(scope="session")
def offsets_hold() -> Callable[[Document], None]:
    def hold(document: Document) -> None:
        """Offsets rise, lie inside the text, and point at the very character unless it was an entity."""
        for block in document.blocks:
            assert len(block.offsets) == len(block.text) + 1
            assert list(block.offsets) == sorted(block.offsets)
            assert 0 <= block.offsets[0] <= block.offsets[-1] <= len(document.text)
            for character, offset in zip(block.text, block.offsets, strict=False):
                original = document.text[offset]
                assert original == character or original in "&\\" or character in "| " or original.isspace()

    return hold
