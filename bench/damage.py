"""Damage done to clean articles, one statement at a time: what the checker is asked to see by mutations.py.

The tables hold common words of health articles; each pattern is tried on every claim with a citation.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from claims.findings import group_ratio
from claims.magnitude import ratio_of
from claims.model import AuditReport, Document, LinkedClaim, Span
from claims.reading import read_text

__all__ = ["RIGHT", "Edit", "edits", "mutated"]


@dataclass(frozen=True)
class Edit:
    """One mutation: put ``text`` where ``span`` stands. ``about`` is the statement's place."""

    kind: str
    span: Span
    text: str
    about: Span
    also: tuple[tuple[Span, str], ...] = ()  # edits that go with it (a name in text and list alike)


RIGHT = {
    "inflate-number": "N101 N102 N106 N107",
    "inflate-word": "N102 N101 N104 E106",
    "flip-direction": "N103 E102 N101 N106",
    "effect-from-none": "N103 E102 N104 C106",
    "shift-dose": "P103 N101 N107",
    "swap-population": "P101",
    "swap-outcome": "P102 S301 E102 N103",
    "surrogate": "P102 S301 M102",
    "comparator": "N108",
    "horizon": "P105 N101 N107",
    "causal": "C101 E105 E106 C102",
    "drop-hedge": "C102 E106 C101 C103",
    "absolute": "C103 C102 E106",
    "drop-partner": "P104 P103",
    "drop-citation": "S201",
    "author": "S102 S101 S107 S202",
    "year": "S104 S101 S108 S107 S202",
    "title": "S103 S101 S107",
    "journal": "S105 S101 S107",
    "locator": "S106 S101 S107",
    "doi": "S107 S106 S101 S108",
    "doi-of-another": "S107 S101",
}
_FLIPS = {
    "lower": "higher", "lowered": "raised", "lowers": "raises",
    "higher": "lower", "raised": "lowered", "raises": "lowers",
    "reduced": "increased", "reduce": "increase", "reduces": "increases",
    "fell by": "rose by", "cut": "raised", "cuts": "raises",
    "less": "more", "fewer": "more",
    "less common": "more common", "more common": "less common",
    "less likely": "more likely", "more likely": "less likely",
    "more frequent": "less frequent", "less frequent": "more frequent", "less often": "more often",
    "shortened": "lengthened", "shortens": "lengthens", "sooner": "later",
    "eased": "worsened", "eases": "worsens", "ease": "worsen", "relieve": "worsen", "relieves": "worsens",
    "improve": "worsen", "improved": "worsened", "improves": "worsens",
    "milder": "worse", "better": "worse", "slow": "speed up", "lighter": "heavier",
    "prevents": "causes", "prevent": "cause",
}  # fmt: skip
_FLIP = re.compile(
    r"\b(?:"
    + "|".join(sorted(_FLIPS, key=len, reverse=True))
    + r")\b(?! (?:than|certainty|doses?|vitamin) \w+ h)"
    r"(?! (?:certainty|dose|doses|vitamin|calcium|part|back|spine|known|off|still)\b)"
)
# "may lower the risk" turns into "may raise the risk", "was lower" into "was higher"
_AS_VERB = re.compile(r"\b(?:may|might|can|could|to|not|probably|does|did|do|will|clearly)\s(?:also\s)?$")
_FROM_NONE = [
    (r"\bdid not (?:significantly |clearly )?reduce\b", "reduced"),
    (r"\bdid not (?:significantly |clearly )?lower\b", "lowered"),
    (r"\bdid not (?:clearly )?lengthen\b", "lengthened"),
    (r"\bdid not relieve\b", "relieved"),
    (r"\bdid not prevent\b", "prevented"),
    (r"\bdid not help\b", "helped"),
    (r"\bdid not differ\b", "improved"),
    (r"\bmade (?:no|little or no) difference to\b", "improved"),
    (r"\bfound no difference in\b", "found far less"),
    (r"\bwas about the same\b", "was much lower"),
    (r"\bwere not more likely\b", "were more likely"),
    (r"\bNor did\b", "So did"),
]
_CAUSAL = [
    (
        r"\b(?:is|was|were|are) (?:associated with|linked to) (?:a )?(?:\d+ ?% )?(?:higher|increased)\b",
        "raises the",
    ),
    (
        r"\b(?:is|was|were|are) (?:associated with|linked to) (?:a )?(?:\d+ ?% )?(?:lower|less)\b",
        "lowers the",
    ),
    (r"\bgo along with less\b", "prevent"),
]
_MODAL = re.compile(r"\b(?:(?:may|might|could) (?:also )?|probably )(?P<verb>[a-z]+)\b")
_DOUBT = re.compile(r",? (?:but|though|although|and) [^.,;]*\bcertainty\b[^.,;]*(?=[.,;\[(<¹²³⁴⁵⁶⁷⁸⁹])")
_ABSOLUTE = [
    (
        r"(?<!not )(?<!may )(?<!might )(?<!probably )\b(?:reduces?|lowers?|cuts?)(?= (?:the (?:rate"
        r"|risk|odds) of )?\w)",
        "eliminates",
    ),
    (r"\b(?:reduced|lowered|cut)(?= (?:the (?:rate|risk|odds) of )?[a-z])", "completely prevented"),
    (r"\b(?:may|might) (?:relieve|reduce|lower|improve|ease)\b", "is proven to cure"),
]
_HELD_BACK = re.compile(r"\b(?:may|might|could|not)\s(?:\w+\s){0,2}$")
_WORDS = [
    (r"\b(?:shortened|cut|lowered|reduced|eased)\b(?! accidental)", "more than halved"),
    (r"\b(?:shortens|cuts|lowers|reduces|eases)\b", "more than halves"),
    (r"\bslightly lower\b", "dramatically lower"),
    (r"\bwas (?:about )?\d+ ?% lower\b", "was less than half as high"),
    (r"\ba (\d+) ?% higher\b", "a threefold higher"),
    (r"\babout a third less\b", "nine tenths less"),
    (r"\bmore than doubles\b", "quintuples"),
    (r"\babout twice as likely\b", "five times as likely"),
    (r"\bnearly three times as\b", "ten times as"),
    (r"\bslightly\b(?! lower)", "dramatically"),
    (r"\babout half a centimetre\b", "several centimetres"),
]
_PEOPLE = {
    "older adults": "pregnant women", "older people": "teenagers",
    "people with hypertension": "pregnant women",
    "adults with untreated hypertension": "healthy children", "young adults": "older adults",
    "older women": "young men", "postmenopausal women": "teenage girls", "pregnant women": "older men",
    "women with": "men with", "people with insomnia": "people with dementia",
    "people with knee osteoarthritis": "healthy athletes", "children with asthma": "adults with COPD",
    "adults with obesity": "pregnant women", "students": "older adults",
    "health workers": "people with cancer",
    "adults with depression": "adolescents with anxiety", "adults with migraine": "children with epilepsy",
    "infants": "older adults", "smokers": "pregnant women", "children": "older adults", "women": "men",
    "adults": "children",
}  # fmt: skip
_OUTCOMES = {
    "type 2 diabetes": "breast cancer", "gestational diabetes": "asthma", "stroke": "dementia",
    "strokes": "broken hips", "hypertension": "asthma", "systolic blood pressure": "LDL cholesterol",
    "respiratory infection": "cancer", "depression": "dementia", "hip fracture": "heart attack",
    "anxiety": "migraine", "stress": "back pain", "sleep duration": "blood pressure", "falls": "stroke",
    "knee pain": "memory", "knee osteoarthritis": "heart failure", "sleep quality": "blood pressure",
    "nausea": "back pain", "hot flushes": "migraine", "breast cancer": "lung cancer",
    "cervical cancer": "breast cancer", "tooth decay": "hair loss", "gum disease": "acne",
    "neural tube defect": "cleft lip", "birth weight": "blood pressure", "pre-eclampsia": "migraine",
    "urinary incontinence": "constipation", "autism": "epilepsy", "influenza": "pneumonia",
    "headache": "back pain", "fatigue": "diarrhoea", "fever": "diarrhoea", "weight gain": "hair loss",
    "asthma attacks": "ear infections", "migraine attacks": "strokes", "bone density": "muscle mass",
    "asthma": "diabetes",
}  # fmt: skip
_AS_POPULATION = re.compile(
    r"\b(?:people|adults|women|men|children|patients|those|participants)(?: who)?(?: live"
    r"| lived)? with (?:\w+ )?$",
    re.IGNORECASE,
)
_SURROGATES = {
    "systolic blood pressure": "strokes", "LDL cholesterol": "heart attacks", "bone density": "hip fractures",
    "less plaque": "less tooth loss", "HbA1c": "heart attacks", "migraine days": "disability",
}  # fmt: skip
_COMPARATORS = [
    (r"(?<=than )(?:with )?placebo\b", "with antidepressants"),
    (r"(?<=compared with )placebo\b", "antidepressants"),
    (r"(?<=than )sham acupuncture\b", "beta-blockers"),
    (r"(?<=compared with )stretching\b", "strength training"),
    (r"(?<=compared with )usual care\b", "strength training"),
    (r"(?<=than )usual care\b", "surgery"),
    (r"(?<=than )sleep hygiene education\b", "sleeping pills"),
    (r"(?<=compared with )a waiting list or usual care\b", "sleeping pills"),
    (r"(?<=than )(?:with )?a manual brush\b", "with dental floss"),
    (r"(?<=compared with )standard care\b", "metformin"),
]
_HORIZON = re.compile(
    r"(?<=\b)(?:over|after|within|for|in)(?= )(?: the)? (?P<n>\d+|two|three|five|six|seven|nine|ten"
    r"|eleven|twelve)"
    r"(?P<unit> (?:weeks|months|years))\b",
    re.IGNORECASE,
)
_PARTNERS = [
    (
        r" (?:combined|together) with (?:\d+ g of |supervised |sleep hygiene )?"
        r"(?:exercise|education|gum|protein a day)\b",
        "",
    ),
    (r"1\.2 g of calcium and (?=800 IU)", ""),
    (r" plus (?:patient )?education\b", ""),
    (r" and education\b", ""),
    (r"\bWith weekly behavioural support for all, ", ""),
]
_NAMES = ["Brandvold", "Achterberg", "Mukherjee", "Rosenthal", "Villanueva", "Grzybowski"]
_JOURNALS = ["The Lancet", "JAMA Network Open", "BMJ Open", "Nutrients"]
_TITLES = [
    "A new look at old habits: results from a national survey",
    "Effects of daily routines on wellbeing in later life",
    "Cellular pathways of recovery in a laboratory model",
]


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
    for pattern, new in _WORDS:
        for match in re.finditer(pattern, text):
            if not re.search(r"\bnot\s+(?:\w+\s+)?$", text[: match.start()]):
                yield at(match, new, "inflate-word")
    first = next(
        (
            m
            for m in _FLIP.finditer(text)
            if not re.search(r"\b(?:not|nor|no)\s+(?:\w+\s+){0,4}$", text[: m.start()], re.IGNORECASE)
        ),
        None,
    )
    if first is not None:
        verb = first[0] == "lower" and _AS_VERB.search(text[: first.start()])
        yield at(first, "raise" if verb else _FLIPS[first[0]], "flip-direction")
    for kind, table in (
        ("effect-from-none", _FROM_NONE),
        ("causal", _CAUSAL),
        ("absolute", _ABSOLUTE),
        ("comparator", _COMPARATORS),
        ("drop-partner", _PARTNERS),
    ):
        for pattern, new in table:
            for match in re.finditer(pattern, text):
                if kind == "absolute" and _HELD_BACK.search(text[: match.start()]):
                    continue  # "may also slightly eliminates" is no sentence
                yield at(match, new, kind)
    yield from _without_hedge(text, place)
    for match in _HORIZON.finditer(text):
        word = match["n"].lower()
        value = int(word) if word.isdigit() else _SPELT[word]
        yield at(match, f"{match[0].split()[0]} {value * 6}{match['unit']}", "horizon")
    for kind, words in (
        ("swap-population", _PEOPLE),
        ("swap-outcome", _OUTCOMES),
        ("surrogate", _SURROGATES),
    ):
        done: list[tuple[int, int]] = []
        for old, new in words.items():
            match = re.search(rf"\b{old}\b", text, re.IGNORECASE)
            if match is None or any(a < match.end() and match.start() < b for a, b in done):
                continue
            if kind == "swap-outcome" and _AS_POPULATION.search(text[: match.start()]):
                continue
            done.append(match.span())
            yield at(match, new, kind)


_SPELT = {
    "two": 2,
    "three": 3,
    "five": 5,
    "six": 6,
    "seven": 7,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
_NUMBERS = [
    (
        re.compile(r"(?<=by )(?:about )?(\d+(?:\.\d+)?)(?= (?:mm|minutes|points|kg|cm|attacks|days|g)\b)"),
        2.5,
        2.5,
    ),
    (
        re.compile(
            r"(?<![\d.–-])(\d+(?:\.\d+)?)"
            r"(?= (?:points|minutes|g|kg) (?:lower|higher|lighter|sooner|milder))"
        ),
        2.5,
        2.5,
    ),
    (re.compile(r"(?:(?<=ratio )|(?<=OR )|(?<=HR )|(?<=RR )|(?<=of ))(0\.\d\d|[1-9]\.\d\d)\b"), 0.6, 1.9),
    (re.compile(r"(?<=SMD −)(0\.\d\d)\b"), 2.4, 2.4),
]


def _numbers(
    text: str, at: Callable[[re.Match[str], str, str], Edit], chance: random.Random
) -> Iterator[Edit]:
    """Larger effects in numbers: percentages moved, amounts and ratios made further from none."""
    for match in re.finditer(r"(?<![\d.])(\d+(?:\.\d+)?)(?= ?%(?! ?CI))", text):
        value = float(match[1])
        raised = value + chance.choice((17, 23, 31)) if value < 60 else value - 25
        yield at(match, f"{raised:.{len(match[1].partition('.')[2])}f}", "inflate-number")
    for pattern, below, above in _NUMBERS:
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
            verb = _THIRD.get(verb, verb + ("es" if verb.endswith(("ss", "sh", "ch")) else "s"))
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


_THIRD = {"be": "is", "have": "has", "also": "also"}


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

    name = chance.choice(_NAMES)
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
    yield from swap("title", fields.title, chance.choice(_TITLES))
    yield from swap("journal", fields.journal, chance.choice(_JOURNALS))
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
