"""Every span of a report holds its last character whole."""

from __future__ import annotations

import pytest

from claims.audit import Checker
from claims.reading import read_text


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker.of()


@pytest.mark.parametrize(
    ("text", "media"),
    [
        ("<p>So they say. &ldquo;Green tea cures colds.&rdquo;</p>", "text/html"),
        ("<p>So they say. &#8220;Green tea cures colds&#8221;</p><p>Now.</p>", "text/html"),
        ("So they say. &ldquo;Green tea cures colds.&rdquo;", "text/markdown"),
        ("So they say. \\*Green tea cures colds\\*", "text/markdown"),
        ("So they say. Green tea cures R&D colds.", "text/markdown"),
    ],
)
def test_a_claim_ends_with_its_whole_last_character(checker: Checker, text: str, media: str) -> None:
    report = checker.check(read_text(text, media))
    (linked,) = report.claims
    span = linked.claim.span
    begin = text.index(". ") + 2
    assert text[span.start : span.end] == text[begin:].split("</p>")[0]
    assert linked.claim.sentence.span == span
    assert any(one.span == span for one in report.diagnostics)
