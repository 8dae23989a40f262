"""What the web page asks for beside reports: an article's blocks and plots, rules, structure, the example."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from importlib.resources import as_file
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from markdown_it import MarkdownIt
from pydantic import BaseModel, ConfigDict, Field

from api.auditing import Asked
from api.http import pages
from api.http.access import AUDIT, Caller, Needs, client_of
from api.http.answers import service_of
from api.http.audits import checked
from api.http.kept_audits import kept_audit
from api.http.problems import documented
from api.http.resources import SINGULAR, find, full, neighbourhood
from claims import catalogue
from claims.forest import drawable
from claims.model import Block
from claims.reports import estimates
from claims.reports.parts import labels_of
from claims.rule import Rule
from graph import impact
from graph.certainty import certainty
from graph.errors import ClaimspineError, UnknownIdentifier
from graph.evidence import Evidence
from graph.gathering import gather
from graph.jsonld import BASE
from graph.rendering import document
from graph.structure import structure
from graph.tracing import trace

router = APIRouter(prefix="/api", tags=["page"], responses=documented(404, 409, 415))

MOST_FALLEN = 100
STANDINGS = ("retracted", "concern", "superseded", "corrected")
EXAMPLE_NAME = "walking-for-a-healthy-spine.md"


class ArticleBlock(BaseModel):
    """A block; ``runs`` are pairs: from this character of ``text`` on, the original goes on from there."""

    kind: str
    level: int
    text: str
    runs: list[tuple[int, int]]
    end: int


class Article(BaseModel):
    """An audited article as read. Offsets are characters (code points) of the original."""

    media_type: str
    text: str | None
    blocks: list[ArticleBlock]
    leads: list[tuple[int, int]]


@router.get("/audits/{identifier}/article")
def article(identifier: str, request: Request) -> Article:
    """The article of a kept audit: its blocks, and its original text where it is a text."""
    report = kept_audit(service_of(request), identifier).report
    read = report.document
    leads = {linked.claim.sentence.lead_span for linked in report.claims}
    return Article(
        media_type=read.media_type,
        text=read.text if read.media_type.startswith("text/") else None,
        blocks=[
            ArticleBlock(
                kind=one.kind, level=one.level, text=one.text, runs=_runs(one), end=one.offsets[len(one.text)]
            )
            for one in read.blocks
            if one.text
        ],
        leads=sorted((span.start, span.end) for span in leads if span is not None),
    )


def _runs(block: Block) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    expected = -1
    for at, offset in enumerate(block.offsets[: len(block.text)]):
        if offset != expected:
            runs.append((at, offset))
        expected = offset + 1
    return runs


class PlotRow(BaseModel):
    """An estimate of a forest plot; an interval that is not known is null."""

    name: str
    detail: str
    value: float
    low: float | None
    high: float | None
    shown: str
    direction: str


class PlotClaimed(BaseModel):
    """What the article's own words say, on the same axis."""

    words: str
    low: float
    high: float


class ForestPlot(BaseModel):
    """Estimates that share an axis; ``none`` is the value of no effect."""

    title: str
    rows: list[PlotRow]
    logarithmic: bool
    none: float | None
    unit: str
    below: str
    above: str
    claimed: PlotClaimed | None
    left_out: int


@router.get("/audits/{identifier}/plots")
def plots(identifier: str, request: Request) -> dict[str, list[ForestPlot]]:
    """The forest plots of a kept audit, by claim."""
    kept = kept_audit(service_of(request), identifier)
    names = labels_of(kept.report, kept.labels)
    found = {}
    for linked in kept.report.claims:
        made = estimates.plots(linked, names, estimates.claimed_of(linked.claim))
        if made:
            found[linked.claim.id] = [
                ForestPlot(
                    title=one.title,
                    rows=[
                        PlotRow(**{name: getattr(row, name) for name in PlotRow.model_fields})
                        for row in one.rows
                        if drawable(row, one.logarithmic)
                    ],
                    logarithmic=one.logarithmic,
                    none=one.none,
                    unit=one.unit,
                    below=one.below,
                    above=one.above,
                    claimed=None
                    if one.claimed is None
                    else PlotClaimed(words=one.claimed.words, low=one.claimed.low, high=one.claimed.high),
                    left_out=one.left_out,
                )
                for one in made
            ]
    return found


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


class Group(BaseModel):
    """Studies that count as one, and why."""

    studies: list[str]
    reasons: list[str]


class Narrow(BaseModel):
    """What everything passes through."""

    id: str
    kind: str
    label: str


class Moved(BaseModel):
    """One step of a certainty, down (negative) or up, and why."""

    domain: str
    levels: int
    reason: str


class Judged(BaseModel):
    """A certainty with its reasons, and what was and was not judged: as in a trace's JSON."""

    level: str | None
    curated: bool
    computed: str | None
    at_most: bool
    reasons: list[str]
    start_reason: str
    steps: list[Moved]
    not_serious: list[str]
    not_judged: list[str]


class Carried(BaseModel):
    """How a claim, a step or the root is carried."""

    id: str
    kind: str
    label: str
    supports: int
    refutes: int
    neutral: int
    independent: list[Group]
    bottlenecks: list[Narrow]
    certainty: Judged | None


class Weak(BaseModel):
    """A weakest link, and why it is."""

    id: str
    kind: str
    label: str
    reason: str


class TraceStructure(BaseModel):
    """The structure of a trace: what it hangs on."""

    root: Carried
    parts: list[Carried]
    weakest_claim: Weak | None
    weakest_steps: list[Weak]
    unsupported_steps: list[str]


@router.get("/structure/{identifier:path}")
def structure_of(
    identifier: str,
    request: Request,
    kind: Literal["recommendation", "claim", "mechanism"] = "recommendation",
) -> TraceStructure:
    """Independent studies, bottlenecks, weakest links, untested steps and certainties below a thing."""
    followed = trace(service_of(request).store, full(identifier, kind))
    made = structure(followed)

    def carried(one: Any) -> Carried:
        judged = certainty(followed, one.iri) if one.kind in ("claim", "recommendation") else None
        return Carried(
            id=one.iri,
            kind=one.kind,
            label=one.label,
            supports=one.supports,
            refutes=one.refutes,
            neutral=one.neutral,
            independent=[Group(studies=list(g.studies), reasons=list(g.reasons)) for g in one.independent],
            bottlenecks=[Narrow(id=b.iri, kind=b.kind, label=b.label) for b in one.bottlenecks],
            certainty=None
            if judged is None
            else Judged(
                level=judged.level,
                curated=judged.curated,
                computed=judged.computed,
                at_most=judged.at_most,
                reasons=[reason for reason in judged.reasons if reason],
                start_reason=judged.start_reason,
                steps=[Moved(domain=s.domain, levels=s.levels, reason=s.reason) for s in judged.steps],
                not_serious=list(judged.not_serious),
                not_judged=list(judged.not_judged),
            ),
        )

    def weak(one: Any) -> Weak:
        return Weak(id=one.iri, kind=one.kind, label=one.label, reason=one.reason)

    return TraceStructure(
        root=carried(made.root),
        parts=[carried(one) for one in made.parts],
        weakest_claim=None if made.weakest_claim is None else weak(made.weakest_claim),
        weakest_steps=[weak(one) for one in made.weakest_steps],
        unsupported_steps=list(made.unsupported_steps),
    )


class Level(BaseModel):
    """How a claim stands: before a change, or after it."""

    certainty: str | None
    curated: bool
    computed: str | None
    independentStudies: int  # noqa: N815
    supports: int
    refutes: int
    neutral: int
    reasons: list[str]


class Reviewed(BaseModel):
    """A claim, a step or a recommendation to look at again, and why."""

    rank: int
    id: str
    kind: str
    label: str
    before: Level
    after: Level
    levelsLost: int  # noqa: N815
    independentLost: int  # noqa: N815
    weight: int
    lost: list[str]
    judgeAgain: bool  # noqa: N815
    reasons: list[str]


class Fallen(BaseModel):
    """A work that no longer stands as it was, and what rests on it, in the order to look again."""

    root: str
    label: str
    standing: str
    change: str
    lines: int
    affected: list[Reviewed]
    notJudged: int  # noqa: N815


@router.get("/re-review")
def re_review(request: Request) -> list[Fallen]:
    """Works that are retracted, in doubt, superseded or corrected, and what rests on each."""
    service = service_of(request)
    works = [one for one in service.state().evidence.works.values() if one.standing not in (None, "current")]
    works.sort(key=lambda one: (STANDINGS.index(str(one.standing)), one.iri))
    found = []
    for one in works[:MOST_FALLEN]:
        change = "corrected" if one.standing == "corrected" else "retracted"
        said = impact.document(impact.impact(service.store, one.iri, change=change))
        told = {name: said[name] for name in ("root", "label", "change", "lines", "affected", "notJudged")}
        found.append(Fallen(standing=str(one.standing), **told))
    return found


@router.get("/near/{identifier:path}")
def near(identifier: str, request: Request) -> dict[str, Any]:
    """A thing and what it is linked to directly, as nodes and edges without JSON-LD's context."""
    evidence = service_of(request).state().evidence
    kind = identifier.removeprefix(BASE).partition("/")[0]
    if kind not in SINGULAR.values():
        raise UnknownIdentifier("unknown-identifier", f"nothing here is called {identifier[:200]!r}")
    return document(neighbourhood(evidence, find(evidence, identifier, kind), kind), linked=False)


class Query_(BaseModel):  # noqa: N801
    """An example query, with the question that it answers."""

    name: str
    title: str
    question: str
    text: str


@router.get("/queries")
def queries() -> list[Query_]:
    """The example queries that ship with the program, by name."""
    held = resources.files("graph") / "queries" / "examples"
    if not held.is_dir():
        return []
    files = sorted((one for one in held.iterdir() if one.name.endswith(".rq")), key=lambda one: one.name)
    return [_query(one.name.removesuffix(".rq"), one.read_text(encoding="utf-8")) for one in files]


def _query(name: str, text: str) -> Query_:
    """The comment at its head: a title, then the question."""
    lines = text.splitlines()
    head = []
    for line in lines:
        if not line.startswith("#"):
            break
        head.append(re.sub(r"^#\s*(?i:title:|question:)?\s*", "", line).strip())
    said = [line for line in head if line]
    body = "\n".join(lines[len(head) :]).strip() + "\n"
    title = said[0].rstrip(".") if said else name.replace("-", " ").replace("_", " ")
    return Query_(name=name, title=title, question=" ".join(said[1:]), text=body)


class ExampleRequest(BaseModel):
    """The example's article, or the same as its reader has edited it."""

    model_config = ConfigDict(extra="forbid")

    text: str | None = Field(None, min_length=1, max_length=200_000)


class Example(BaseModel):
    """The audit of the walking example, made with its own evidence."""

    audit: str
    name: str


@router.post("/example", status_code=201)
def example(
    asked: ExampleRequest, request: Request, caller: Annotated[Caller, Depends(Needs(AUDIT))]
) -> Example:
    """Audit the walking example against the evidence here and the example's own; nothing is stored."""
    article_as_shipped = pages.read("example/article.md")
    if article_as_shipped is None:
        raise ClaimspineError("no-such-asset", "the example is not built in", hint="run `make web`")
    text = asked.text or article_as_shipped.decode("utf-8")
    service = service_of(request)
    article = Asked(
        text=text,
        word=None,
        media_type="text/markdown",
        name=EXAMPLE_NAME,
        references=(),
        select=(),
        ignore=(),
        profile=None,
        characters=service.settings.article_characters,
        beside=_example_evidence(),
    )
    return Example(audit=checked(service, article, caller, client_of(request)).id, name=EXAMPLE_NAME)


@cache
def _example_evidence() -> Evidence:
    with as_file(pages.folder() / "example" / "evidence") as held:
        return gather(evidence=[held]).evidence
