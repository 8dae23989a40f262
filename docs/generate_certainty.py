"""The page on certainty: the walking recommendation worked through, from the program's own judgement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.certainty import SOURCES, Judgement, certainty
from graph.rendering.account import mechanism_of
from graph.sources import load
from graph.store import open_store
from graph.tracing import Trace, trace
from graph.tracing.structure import Structure, structure

ROOT = Path(__file__).parents[1]

INTRODUCTION = """# How certain is it? The walking recommendation, worked through

Claimspine judges the body of evidence behind each claim after GRADE, and gives a reason for each step.
This page is written by the program from the evidence in `examples/walking-spine/evidence`; `claimspine
trace walking-most-days` tells the same. It is not medical advice.

## The rules that are followed

1. **Start.** Randomised trials start high, observational studies low, other designs very low. A synthesis
   starts where the studies that it includes start; where these are not recorded it starts low, and so does
   a guideline. Trials and other designs are rated apart, and the better rated body counts. ({start})
2. **Down.** Papers of one trial or cohort count once; trials stand for the synthesis of them that is named
   too. Risk of bias: high in at least half of the supporting studies ({risk-of-bias}).
   Inconsistency: strong or moderate lines against it, two steps where at least as
   many independent studies refute as support it; where the interval of such a finding includes the most
   precise estimate for the claim, or that of a finding of no difference excludes it, a person is asked
   ({inconsistency}). Indirectness: no supporting line is
   direct; two steps where none is from people ({indirectness}). Imprecision: all intervals include no effect,
   fewer than 400 people in all, or, behind ratios whose counts are recorded, fewer than 300 people with the
   outcome among fewer than 4,000; for a claim of no difference, an interval with room for a ratio below 0.75
   or above 1.25 ({imprecision}).
3. **Publication bias** is never inferred from the published studies alone: it is named as not assessed
   unless a person judged it. ({publication-bias})
4. **Up**, only from low and when nothing went down: a large effect in every study that gives one (a risk at
   least doubled or halved; two steps for fivefold; odds ratios, and ratios of
   other things than risks, are left aside), or more of the effect with
   each of three or more rising doses. That plausible confounding would work against the effect is for a
   person to say. ({large-effect})
5. **A person's judgement wins.** A curated step takes the place of the program's in its domain, and a
   curated level takes the place of the computed one, which is shown beside it.
6. **Unknown moves nothing.** What is not recorded is listed as not judged, and the computed level then says
   *at most*: knowing more could only lower it. Where nothing supports a claim there is no level at all, which
   is not the same as very low.
7. **A recommendation** is as certain as the least certain of the claims that it needs ({recommendation}).
   Findings of retracted works are left out and named, and so is a synthesis that pools a trial whose papers
   are retracted: it still counts, as *at most*.

## What is left to a panel

- The level is of a direction: that there is an effect (or none of importance), not that it reaches a
  threshold that matters to patients. Where one decides, imprecision is a person's to judge.
- The size of an effect is no reason to lower certainty; a small gain that is sure is of high certainty.
- Studies are weighed alike for risk of bias, since their weights in a pooling are seldom recorded; how far
  pooled results differ (I², prediction intervals) is asked of a person.
- Non-randomised studies start low. Starting them high and rating down with ROBINS-I (GRADE guidelines 18:
  Schünemann and others, J Clin Epidemiol 2019, 111: 105-114) is done by a curated level.
- A guideline's advice is no evidence of its own: a claim that rests on guidelines alone is *at most low*
  until the studies behind them are recorded.
- A mechanism never raises or lowers certainty; its gaps are told beside it.
"""


def page_text() -> str:
    """The whole page."""
    with open_store() as store:
        load(store, [ROOT / "examples/walking-spine/evidence"], validate=False)
        found = trace(store, "recommendation/walking-most-days")
    text = INTRODUCTION
    for domain, source in SOURCES.items():
        text = text.replace("{" + domain + "}", source)
    lines = [text, "## The recommendation", "", f"> {found.node(found.root).label}", ""]
    lines += _judgement(certainty(found, found.root))
    lines += ["", "## The claims it rests on"]
    for node in sorted(found.of_kind("claim"), key=lambda one: one.iri):
        lines += ["", f"### {node.label}", ""]
        lines += _lines_for(found, node.iri)
        lines += _judgement(certainty(found, node.iri))
    lines += ["", "## What it hangs on", "", *_structure(structure(found), found)]
    return "\n".join([*lines, ""])


def _words(level: str | None) -> str:
    return "none: nothing to judge" if level is None else level.replace("-", " ")


def _lines_for(found: Trace, claim: str) -> Iterator[str]:
    counts = dict.fromkeys(("supports", "refutes", "neutral"), 0)
    for edge in found.edges:
        if edge.source == claim and edge.relation in counts:
            counts[edge.relation] += 1
    yield (
        f"Lines: {counts['supports']} support it, {counts['refutes']} refute it,"
        f" {counts['neutral']} are neutral."
    )
    yield ""


def _judgement(judged: Judgement) -> Iterator[str]:
    most = "at most " if judged.at_most and not judged.curated else ""
    who = " (a curator's judgement)" if judged.curated else ""
    yield f"**Certainty: {most}{_words(judged.level)}**{who}"
    yield ""
    if judged.curated:
        yield from (f"- the curator: {reason}" for reason in judged.curated_reasons)
        if judged.computed is not None:
            most = "at most " if judged.at_most else ""
            yield f"- the program, from the steps below: {most}{_words(judged.computed)}"
    yield f"- {judged.start_reason}"
    for step in judged.steps:
        way = "up" if step.levels > 0 else "down"
        who = "curated" if step.curated else "computed"
        domain = step.domain.replace("-", " ")
        yield f"- {way} {abs(step.levels)} for {domain} ({who}): {step.reason}. *{step.source}*"
    yield from (f"- not serious: {one}" for one in judged.not_serious)
    yield from (f"- not judged: {one}" for one in judged.not_judged)


def _structure(held: Structure, found: Trace) -> Iterator[str]:
    root = held.root
    yield (
        f"{len(root.independent)} independent studies (one registration, cohort or synthesis counts once)"
        f" carry it; {root.supports} lines support it or a claim under it, {root.refutes} refute,"
        f" {root.neutral} are neutral."
    )
    if root.bottlenecks:
        yield "All of it passes through " + ", ".join(one.label for one in root.bottlenecks) + "."
    else:
        yield "No single study, cohort or laboratory carries all of it."
    yield ""
    if held.weakest_claim is not None:
        yield f"- weakest claim: {held.weakest_claim.label} {held.weakest_claim.reason.capitalize()}."
    for link in held.weakest_steps:
        if link.iri not in held.unsupported_steps:
            yield f"- weakest step of {mechanism_of(found, link.iri)}: {link.label} ({link.reason})"
    steps = [f"{found.node(iri).label} ({mechanism_of(found, iri)})" for iri in held.unsupported_steps]
    yield f"- steps that nothing supports, {len(steps)} in all: " + "; ".join(sorted(steps))
