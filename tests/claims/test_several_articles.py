"""Articles of one site, audited together: what one says against another."""

from __future__ import annotations

from claims.audit import Checker
from claims.model import AuditReport
from claims.reading import read_text


def together(*texts: str) -> list[AuditReport]:
    documents = [
        read_text(text, "text/markdown", f"article-{number}.md") for number, text in enumerate(texts, 1)
    ]
    return Checker.of().check_together(documents)


def conflicts(report: AuditReport) -> list[str]:
    return [one.message for one in report.diagnostics if one.code == "P106"]


def test_two_articles_that_contradict_each_other_both_say_so() -> None:
    first, second, third = together(
        "# Coffee\n\nCoffee raises blood pressure.\n",
        "# Mornings\n\nGet up.\n\nCoffee lowers blood pressure.\n",
        "# Naps\n\nNapping improves memory.\n",
    )
    assert conflicts(first) == [
        "article-2.md, line 5 says otherwise of coffee and blood pressure: “Coffee lowers blood pressure.”"
    ]
    assert conflicts(second) == [
        "article-1.md, line 3 says otherwise of coffee and blood pressure: “Coffee raises blood pressure.”"
    ]
    assert conflicts(third) == []
    (told,) = (one for one in first.diagnostics if one.code == "P106")
    assert told.id in first.assessments[int((told.claim or "").split("-")[1]) - 1].diagnostics


def test_articles_that_agree_or_hedge_are_let_be() -> None:
    reports = together(
        "Coffee raises blood pressure.", "Coffee increases blood pressure.", "Coffee may lower it."
    )
    assert [conflicts(one) for one in reports] == [[], [], []]


def test_each_report_is_what_it_is_alone_where_nothing_conflicts() -> None:
    texts = ["Coffee raises blood pressure.", "Napping improves memory."]
    alone = [Checker.of().check(read_text(text, "text/markdown", "a.md")) for text in texts]
    checked = Checker.of().check_together([one.document for one in alone])
    assert checked == alone


def test_a_run_without_the_rule_does_not_compare() -> None:
    documents = [
        read_text(text, "text/markdown", "a.md")
        for text in ("Coffee raises blood pressure.", "Coffee lowers blood pressure.")
    ]
    reports = Checker.of(ignore=["P106"]).check_together(documents)
    assert [conflicts(one) for one in reports] == [[], []]
