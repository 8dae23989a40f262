"""Damage done to clean articles, one statement at a time: what the checker is asked to see by mutations.py.

The tables hold common words of health articles; each pattern is tried on every claim with a citation.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from damage_words import (
    ABSOLUTE,
    CAUSAL,
    COMPARATORS,
    FLIP,
    FLIPS,
    FROM_NONE,
    JOURNALS,
    NAMES,
    NUMBERS,
    OUTCOMES,
    PARTNERS,
    PEOPLE,
    SPELT,
    SURROGATES,
    THIRD,
    TITLES,
    WORDS,
)

from claims.findings import group_ratio
from claims.magnitude import ratio_of
from claims.model import AuditReport, Document, LinkedClaim, Span
from claims.reading import read_text

__all__ = ["Edit", "edits", "mutated"]


@dataclass(frozen=True)
class Edit:
    """One mutation: put ``text`` where ``span`` stands. ``about`` is the statement's place."""

    kind: str
    span: Span
    text: str
    about: Span
    also: tuple[tuple[Span, str], ...] = ()  # edits that go with it (a name in text and list alike)


# "may lower the risk" turns into "may raise the risk", "was lower" into "was higher"
_AS_VERB = re.compile(r"\b(?:may|might|can|could|to|not|probably|does|did|do|will|clearly)\s(?:also\s)?$")
# where turning a word around makes no claim false: what is denied, who they are, a bound ("250 or fewer")
_NO_WAY = re.compile(
    r"\b(?:not|nor|no)\s+(?:\w+\s+){0,6}$|\b(?:none|neither|never|nobody)\b[^.;:]*$|\bwho (?:had )?$|\d or $",
    re.IGNORECASE,
)
_MODAL = re.compile(r"\b(?:(?:may|might|could) (?:also )?|probably )(?P<verb>[a-z]+)\b")
_DOUBT = re.compile(r",? (?:but|though|although|and) [^.,;]*\bcertainty\b[^.,;]*(?=[.,;\[(<¹²³⁴⁵⁶⁷⁸⁹])")
_HELD_BACK = re.compile(r"\b(?:may|might|could|not)\s(?:\w+\s){0,2}$")
_AS_POPULATION = re.compile(
    r"\b(?:people|adults|women|men|children|patients|those|participants)(?: who)?(?: live"
    r"| lived)? with (?:\w+ )?$",
    re.IGNORECASE,
)
_HORIZON = re.compile(
    r"(?<=\b)(?:over|after|within|for|in)(?= )(?: the)? (?P<n>\d+|two|three|five|six|seven|nine|ten"
    r"|eleven|twelve)"
    r"(?P<unit> (?:weeks|months|years))\b",
    re.IGNORECASE,
)


def edits(report: AuditReport, chance: random.Random) -> Iterator[Edit]:
    """Every mutation that the article offers, in reading order of kinds and places."""
    text = report.document.text
    for linked in report.claims:
        claim = linked.claim
        if not claim.citations or claim.kind == "lead":
            continue
        halved = _is_halved(linked)
        for edit in _of_claim(report, claim.span, chance):
            if not (edit.kind == "inflate-word" and "hal" in edit.text and halved):
                yield edit
        for quantity in claim.quantities:
            if quantity.role == "dose" and quantity.high is None and text[quantity.span.start].isdigit():
                number = re.match(r"[\d,.]*\d", text[quantity.span.start : quantity.span.end])
                if number is None:
                    continue
                value = float(number[0].replace(",", ""))
                for factor in (4, 0.2):
                    shifted = f"{value * factor:g}"
                    at = Span(quantity.span.start, quantity.span.start + number.end())
                    yield Edit("shift-dose", at, shifted, claim.span)
        own = [one for one in claim.citations if claim.span.start <= one.span.start < claim.span.end + 6]
        places = report.document.blocks[claim.sentence.block].offsets
        beside = [  # whatever else is cited in the paragraph may be meant for this sentence too
            one
            for one in report.citations
            if places[0] <= one.span.start <= places[-1] and one.span not in [mine.span for mine in own]
        ]
        if own and not claim.citations_inherited and len(own) == 1 and not beside:
            mark = re.search(
                r"\s*(?:\(\[[^\[\]]*\]\([^()]*\)\)|\([^()]*\)|\[[^\[\]]*\]|<sup>[^<]*</sup>|[¹²³⁴⁵⁶⁷⁸⁹]+)",
                text[own[0].span.start - 2 : own[0].span.end + 120],
            )
            if mark is not None and mark.start() <= 2:
                start = own[0].span.start - 2
                yield Edit("drop-citation", Span(start + mark.start(), start + mark.end()), "", claim.span)
    for verified in report.references:
        yield from _of_reference(report, verified.reference.span, verified.reference.label, chance)


def _is_halved(linked: LinkedClaim) -> bool:
    """Whether the best finding cited bears "more than halved" out: then saying so is no damage."""
    best = next((one.finding for one in linked.findings if one.via == "citation"), None)
    if best is None:
        return False
    ratio = ratio_of(best.effect) if best.effect is not None else None
    value = ratio[0] if ratio is not None else group_ratio(best)
    return value is not None and value <= Decimal("0.5")


def _of_claim(report: AuditReport, place: Span, chance: random.Random) -> Iterator[Edit]:
    text = report.document.text[place.start : place.end]

    def at(match: re.Match[str], new: str, kind: str) -> Edit:
        return Edit(kind, Span(place.start + match.start(), place.start + match.end()), new, place)

    yield from _numbers(text, at, chance)
    for pattern, new in WORDS:
        for match in re.finditer(pattern, text):
            if not re.search(r"\bnot\s+(?:\w+\s+)?$", text[: match.start()]):
                yield at(match, new, "inflate-word")
    first = next(
        (
            m
            for m in FLIP.finditer(text)
            if not _NO_WAY.search(text[: m.start()])
            and not (m[0] == "slow" and not _AS_VERB.search(text[: m.start()]))
        ),
        None,
    )
    if first is not None:
        verb = first[0] == "lower" and _AS_VERB.search(text[: first.start()])
        yield at(first, "raise" if verb else FLIPS[first[0]], "flip-direction")
    for kind, table in (
        ("effect-from-none", FROM_NONE),
        ("causal", CAUSAL),
        ("absolute", ABSOLUTE),
        ("comparator", COMPARATORS),
        ("drop-partner", PARTNERS),
    ):
        for pattern, new in table:
            for match in re.finditer(pattern, text):
                if kind == "absolute" and _HELD_BACK.search(text[: match.start()]):
                    continue  # "may also slightly eliminates" is no sentence
                yield at(match, new, kind)
    yield from _without_hedge(text, place)
    for match in _HORIZON.finditer(text):
        word = match["n"].lower()
        value = int(word) if word.isdigit() else SPELT[word]
        yield at(match, f"{match[0].split()[0]} {value * 6}{match['unit']}", "horizon")
    for kind, words in (
        ("swap-population", PEOPLE),
        ("swap-outcome", OUTCOMES),
        ("surrogate", SURROGATES),
    ):
        done: list[tuple[int, int]] = []
        for old, new in words.items():
            match = re.search(rf"\b{old}\b", text, re.IGNORECASE)
            if match is None or any(a < match.end() and match.start() < b for a, b in done):
                continue
            if re.search(rf"\b{new}\b", text, re.IGNORECASE):
                continue  # "children, young adults and older adults alike"
            if kind == "swap-outcome" and _AS_POPULATION.search(text[: match.start()]):
                continue
            done.append(match.span())
            yield at(match, new, kind)


def _numbers(
    text: str, at: Callable[[re.Match[str], str, str], Edit], chance: random.Random
) -> Iterator[Edit]:
    """Larger effects in numbers: percentages moved, amounts and ratios made further from none."""
    for match in re.finditer(r"(?<![\d.])(\d+(?:\.\d+)?)(?= ?%(?! ?CI))", text):
        value = float(match[1])
        raised = value + chance.choice((17, 23, 31)) if value < 60 else value - 25
        yield at(match, f"{raised:.{len(match[1].partition('.')[2])}f}", "inflate-number")
    for pattern, below, above in NUMBERS:
        for match in pattern.finditer(text):
            value = float(match[1])
            places = len(match[1].partition(".")[2])
            yield at(match, f"{value * (below if value < 1 else above):.{places}f}", "inflate-number")


def _without_hedge(text: str, place: Span) -> Iterator[Edit]:
    """A modal taken away, and with it whatever the sentence says of certainty."""
    for match in _MODAL.finditer(text):
        verb = match["verb"]
        if verb.endswith("ly") or verb in ("also", "be", "have", "not", "explain"):
            continue
        if "probably" not in match[0]:
            verb = THIRD.get(verb, verb + ("es" if verb.endswith(("ss", "sh", "ch")) else "s"))
            plural = re.search(
                r"\b(?:lessons|supplements|programmes|they|pills|drinks|covers)\s$", text[: match.start()]
            )
            verb = match["verb"] if plural else verb
        doubts = tuple(
            (Span(place.start + doubt.start(), place.start + doubt.end()), "")
            for doubt in _DOUBT.finditer(text, match.end())
        )
        span = Span(place.start + match.start(), place.start + match.end())
        yield Edit("drop-hedge", span, verb, place, doubts)


def _of_reference(report: AuditReport, place: Span, label: str, chance: random.Random) -> Iterator[Edit]:
    document = report.document
    text = document.text[place.start : place.end]
    verified = next(one for one in report.references if one.reference.span == place)
    fields = verified.reference.fields
    if verified.work is None or not fields.authors or not text.strip() or len(text) < 40:
        return

    def swap(kind: str, old: str | None, new: str) -> Iterator[Edit]:
        found = text.find(old) if old else -1
        if old and found >= 0 and old != new:
            start = place.start + found
            yield Edit(kind, Span(start, start + len(old)), new, place)

    name = chance.choice(NAMES)
    family = fields.authors[0].family
    cited = [
        (Span(match.start(), match.end()), name)
        for match in re.finditer(rf"\b{re.escape(family)}\b", document.text)
        if not place.start <= match.start() < place.end and match.start() < place.start
    ]
    for edit in swap("author", family, name):
        yield Edit(edit.kind, edit.span, edit.text, place, tuple(cited))
    if fields.year:
        year = fields.year + chance.choice((-4, -3, 2, 3))
        for edit in swap("year", str(fields.year), str(year)):
            beside = rf"({re.escape(family)}[^()\n]{{0,40}}?\(?){fields.year}"
            also = [
                (Span(m.end() - 4, m.end()), str(year))
                for m in re.finditer(beside, document.text[: place.start])
            ]
            yield Edit(edit.kind, edit.span, edit.text, place, tuple(also))
    yield from swap("title", fields.title, chance.choice(TITLES))
    yield from swap("journal", fields.journal, chance.choice(JOURNALS))
    if fields.pages and fields.pages[0].isdigit():
        first = re.match(r"\d+", fields.pages)
        assert first is not None
        yield from swap(
            "locator", fields.pages[: first.end()], str(int(first[0]) + chance.choice((40, 57, 311)))
        )
    if fields.doi:
        yield from swap(
            "doi",
            fields.doi,
            fields.doi[:-2] + f"{(int(fields.doi[-2:]) + 37) % 100:02d}"
            if fields.doi[-2:].isdigit()
            else fields.doi + "7",
        )
        others = [
            one.work.doi
            for one in report.references
            if one.work is not None and one.work.doi and one.work.doi != verified.work.doi
        ]
        if others:
            yield from swap("doi-of-another", fields.doi, chance.choice(sorted(set(others))))


def mutated(document: Document, edit: Edit) -> Document:
    """The article with the edit made."""
    text = document.text
    for span, new in sorted([(edit.span, edit.text), *edit.also], reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return read_text(text, document.media_type, document.path)
