"""The rules of the catalogue with their pages, for the page to draw."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from fastapi import APIRouter
from markdown_it import MarkdownIt
from pydantic import BaseModel

from api.http.problems import documented
from claims import catalogue
from claims.rule import Rule
from graph.errors import ClaimspineError

router = APIRouter(prefix="/api", tags=["page"], responses=documented(404, 409, 415))


class RuleSummary(BaseModel):
    """A rule of the catalogue."""

    code: str
    name: str
    title: str
    severity: str
    confidence: str
    status: str
    since: str
    sources: list[str]


class Said(BaseModel):
    """A piece of a rule's page: a paragraph, a heading, an item of a list, a row, or code."""

    kind: Literal["paragraph", "heading", "item", "code", "row"]
    text: list[tuple[str, str]]
    """Runs of words: how they are set (plain, code, strong, emphasis, link) and what they say."""
    language: str = ""


class RulePage(RuleSummary):
    """A rule and its page."""

    body: list[Said]


@router.get("/rules")
def rules() -> list[RuleSummary]:
    """Every rule, by code."""
    return [RuleSummary(**_rule(one)) for one in catalogue.all_rules()]


@router.get("/rules/{code}")
def rule_page(code: str) -> RulePage:
    """Why a point is made, how to mend it, what the rule cannot see, with examples."""
    try:
        found = catalogue.find_rule(code[:60])
    except ClaimspineError as exc:
        raise ClaimspineError("no-such-rule", exc.message, hint=exc.hint) from exc
    return RulePage(**_rule(found), body=list(_body(found.code)))


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.title,
        "severity": rule.severity.value,
        "confidence": rule.confidence.value,
        "status": rule.status,
        "since": rule.since,
        "sources": list(rule.sources),
    }


@cache
def _body(code: str) -> tuple[Said, ...]:
    whole = catalogue.page(catalogue.find_rule(code))
    at = whole.find("\n## ")
    said: list[Said] = []
    kind: Literal["paragraph", "heading", "item", "row"] = "paragraph"
    in_item = False
    for token in MarkdownIt("commonmark", {"html": False}).enable("table").parse(whole[at + 1 :]):
        match token.type:
            case "heading_open":
                kind = "heading"
            case "list_item_open":
                in_item = True
            case "list_item_close":
                in_item = False
            case "paragraph_open":
                kind = "item" if in_item else "paragraph"
            case "td_open" | "th_open":
                kind = "row"
            case "fence" | "code_block":
                said.append(Said(kind="code", text=[("code", token.content)], language=token.info.strip()))
            case "inline":
                said.append(Said(kind=kind, text=_words(token.children or [])))
    return tuple(said)


def _words(children: list[Any]) -> list[tuple[str, str]]:
    how = ["plain"]
    said: list[tuple[str, str]] = []
    for one in children:
        match one.type:
            case "strong_open":
                how.append("strong")
            case "em_open":
                how.append("emphasis")
            case "link_open":
                how.append("plain")
            case "strong_close" | "em_close" | "link_close":
                how.pop()
            case "code_inline":
                said.append(("code", one.content))
            case "softbreak" | "hardbreak":
                said.append((how[-1], " "))
            case _ if one.content:
                said.append((how[-1], one.content))
    return said
