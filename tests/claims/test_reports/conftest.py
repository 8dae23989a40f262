"""A report made by hand: an article on beetroot juice and sleep, with every kind of point in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from decimal import Decimal

import pytest

from claims.model import (
    Assessment,
    AuditReport,
    Author,
    Block,
    CausalStrength,
    Claim,
    Confidence,
    Diagnostic,
    Document,
    EvidencePointer,
    FieldComparison,
    Fix,
    InTextCitation,
    LinkedClaim,
    LinkedFinding,
    Mention,
    Proposition,
    Reference,
    ReferenceFields,
    ReferenceStatus,
    Sentence,
    Severity,
    Span,
    Verdict,
    VerifiedReference,
)
from graph.evidence import (
    Doi,
    Dose,
    EffectEstimate,
    Finding,
    GroupValue,
    Iri,
    Pmid,
    Study,
    UnconfirmedField,
    Work,
)

ARTICLE = """\
# Beetroot juice, blood pressure and sleep

**Lowers blood pressure:** A trial found that one glass a day cures high blood pressure (Adair et al., 2019).

Adults who drank beetroot juice nearly halved their risk of stroke (Bell & Choi, 2021). Science shows it.

- Magnesium makes older people fall asleep 17 minutes sooner (Dietz, 2020).

## References

Adair, P., et al. (2019). Nitrate and blood pressure. Journal of Vessels, 12(3), 45–52.

Bell, R., & Choi, S. (2021). Juice and stroke. Annals of Roots, 7, 101.

Dietz, K. (2020). Magnesium for sleep. Night, 1(1), 1.
"""

BASE = "https://w3id.org/claimspine/id/"


def iri(last: str) -> Iri:
    return Iri(BASE + last)


def span_of(text: str, quote: str) -> Span:
    start = text.index(quote)
    return Span(start, start + len(quote))


def block_of(text: str, source: str, kind: str, level: int = 0) -> Block:
    """A block whose text is ``source`` without Markdown's signs, as a reader of the file makes it."""
    start = text.index(source)
    kept = [place for place in range(len(source)) if source[place] not in "*#"]
    while kept and source[kept[0]] in " -":
        kept.pop(0)
    offsets = tuple(start + place for place in kept)
    return Block(kind, "".join(source[place] for place in kept), (*offsets, start + len(source)), level)


def document_of(text: str, path: str = "articles/beetroot.md", title: str | None = None) -> Document:
    blocks = []
    for part in text.split("\n\n"):
        part = part.strip("\n")
        if not part.strip():
            continue
        listed = part.startswith("- ")
        level = len(part) - len(part.lstrip("#"))
        kind = "list-item" if listed else ("title" if level == 1 else "heading" if level else "paragraph")
        if ". (20" in part[:40] or "et al. (20" in part[:40]:
            kind = "reference"
        blocks.append(block_of(text, part, kind, level))
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return Document(text, tuple(blocks), title, path, digest, "text/markdown")


def claim_of(
    text: str, number: int, quote: str, proposition: Proposition, cites: InTextCitation | None
) -> Claim:
    span = span_of(text, quote)
    offsets = tuple(range(span.start, span.end + 1))
    lead = "Lowers blood pressure:" if number == 1 else None
    sentence = Sentence(quote, span, offsets, number, lead, span_of(text, lead) if lead else None)
    mention = Mention(iri("concept/beetroot-juice"), "beetroot juice", ("exposure",), span)
    return Claim(
        f"claim-{number}",
        quote,
        span,
        "claim",
        sentence,
        proposition,
        (mention,),
        (),
        () if cites is None else (cites,),
    )


@pytest.fixture
def make_document() -> Callable[..., Document]:
    return document_of


@pytest.fixture
def report() -> AuditReport:
    """Three claims, three references, five points."""
    text = ARTICLE
    document = document_of(text, title="Beetroot juice, blood pressure and sleep")
    adair = Work(
        iri("work/adair2019"),
        title="Dietary nitrate and clinic blood pressure in adults with hypertension: a randomised trial",
        authors=("Adair P", "Nowak T", "Singh V", "Okoye B"),
        year=2019,
        journal="Journal of Vessels",
        volume="12",
        issue="3",
        pages="45-52",
        doi=Doi("10.5555/jv.2019.45"),
        pmid=Pmid("31000001"),
        standing="current",
        unconfirmed=(UnconfirmedField("issue", "3"),),
    )
    choi = Work(
        iri("work/choi2021"),
        title="Vegetable juice and stroke: a cohort study",
        authors=("Choi S", "Bell R"),
        year=2021,
        journal="Annals of Roots",
        volume="8",
        article_number="e101",
        standing="retracted",
    )
    trial = Study(
        iri("study/jv"),
        "VESSEL",
        "randomised-controlled-trial",
        sample_size=240,
        registration=("NCT00000001",),
    )
    cohort = Study(iri("study/roots"), "ROOTS", "prospective-cohort", sample_size=10432)
    references = []
    for index, (quote, fields, status, work, compared) in enumerate(
        (
            (
                "Adair, P., et al. (2019). Nitrate and blood pressure. Journal of Vessels, 12(3), 45–52.",
                ReferenceFields((Author("Adair", "P"),), True, 2019, "Nitrate and blood pressure"),
                ReferenceStatus.MISMATCH,
                adair,
                (
                    FieldComparison("authors", "Adair P, et al.", "Adair P, Nowak T, Singh V, Okoye B", True),
                    FieldComparison("year", "2019", "2019", True),
                    FieldComparison("title", "Nitrate and blood pressure", adair.title, False),
                    FieldComparison("issue", "3", "3", True, confirmed=False),
                    FieldComparison("doi", None, str(adair.doi), None),
                ),
            ),
            (
                "Bell, R., & Choi, S. (2021). Juice and stroke. Annals of Roots, 7, 101.",
                ReferenceFields((Author("Bell", "R"), Author("Choi", "S")), False, 2021, "Juice and stroke"),
                ReferenceStatus.RETRACTED,
                choi,
                (FieldComparison("volume", "7", "8", False),),
            ),
            (
                "Dietz, K. (2020). Magnesium for sleep. Night, 1(1), 1.",
                ReferenceFields((Author("Dietz", "K"),), False, 2020, "Magnesium for sleep"),
                ReferenceStatus.NOT_FOUND,
                None,
                (),
            ),
        ),
        start=1,
    ):
        printed = Reference(index, quote.split(" (")[0], quote, span_of(text, quote), fields)
        references.append(VerifiedReference(printed, status, work, ("title",) if work else (), compared))
    citations = tuple(
        InTextCitation(quote, span_of(text, quote), "author-year", (quote.strip("()"),), (index,))
        for index, quote in enumerate(
            ("(Adair et al., 2019)", "(Bell & Choi, 2021)", "(Dietz, 2020)"), start=1
        )
    )
    pressure, stroke = iri("concept/systolic-blood-pressure"), iri("concept/stroke")
    juice = iri("concept/beetroot-juice")
    lowered = Finding(
        iri("finding/adair2019/systolic"),
        "clinic systolic pressure at four weeks",
        adair.iri,
        trial.iri,
        (juice,),
        outcome=(pressure,),
        dose=(Dose("mL/day", Decimal(250), Decimal(250), "target"),),
        effect_direction="decreases",
        effect=EffectEstimate(
            "mean-difference",
            Decimal("-7.7"),
            Decimal("-11.2"),
            Decimal("-4.1"),
            Decimal(95),
            "mmHg",
            better="lower",
        ),
        quote="clinic systolic pressure fell by 7.7 mmHg",
        method="curated",
    )
    stroke_risk = Finding(
        iri("finding/choi2021/stroke"),
        "first stroke over nine years",
        choi.iri,
        cohort.iri,
        (juice,),
        outcome=(stroke,),
        effect_direction="decreases",
        effect=EffectEstimate("hazard-ratio", Decimal("0.91"), Decimal("0.80"), Decimal("1.04"), Decimal(95)),
        method="automatic",
    )
    stroke_old = Finding(
        iri("finding/choi2021/stroke-over-70"),
        "first stroke, over 70 years of age",
        choi.iri,
        cohort.iri,
        (juice,),
        outcome=(stroke,),
        effect=EffectEstimate("hazard-ratio", Decimal("1.20")),
        groups=(GroupValue("juice", "percent", Decimal("3.1"), unit="percent", size=512),),
    )
    claims = (
        LinkedClaim(
            claim_of(
                text,
                1,
                "A trial found that one glass a day cures high blood pressure (Adair et al., 2019).",
                Proposition(
                    exposure=(juice,),
                    outcome=(pressure,),
                    dose=(Dose("glass/day", Decimal(1), Decimal(1)),),
                    effect_direction="decreases",
                    causal_strength=CausalStrength.CAUSAL,
                    causal_span=span_of(text, "cures"),
                ),
                citations[0],
            ),
            (adair,),
            (LinkedFinding(lowered, trial, adair, "supports", "citation", 0.83, iri("line/1")),),
        ),
        LinkedClaim(
            claim_of(
                text,
                2,
                "Adults who drank beetroot juice nearly halved their risk of stroke (Bell & Choi, 2021).",
                Proposition(
                    exposure=(juice,),
                    outcome=(stroke,),
                    population=(iri("concept/adults"),),
                    effect_direction="decreases",
                    magnitude="nearly halved",
                    magnitude_span=span_of(text, "nearly halved"),
                    causal_strength=CausalStrength.CORRELATIONAL,
                ),
                citations[1],
            ),
            (choi,),
            (
                LinkedFinding(stroke_risk, cohort, choi, "neutral", "citation", 0.9),
                LinkedFinding(stroke_old, cohort, choi, "refutes", "topic", 0.5),
            ),
        ),
        LinkedClaim(
            claim_of(
                text,
                3,
                "Magnesium makes older people fall asleep 17 minutes sooner (Dietz, 2020).",
                Proposition(exposure=(iri("concept/magnesium"),), horizon_days=Decimal(56), hedged=True),
                citations[2],
            ),
            (),
            (),
        ),
    )
    pointers = (
        EvidencePointer(choi.iri, "work", "Choi and Bell 2021, Annals of Roots"),
        EvidencePointer(stroke_risk.iri, "finding", "first stroke: HR 0.91 (95 % CI 0.80 to 1.04)"),
    )
    diagnostics = (
        Diagnostic(
            "C103",
            "absolute-wording",
            Severity.ERROR,
            Confidence.HIGH,
            "“cures” is more than a fall of 7.7 mmHg",
            span_of(text, "cures"),
            "claim-1",
            fix=Fix(span_of(text, "cures"), "lowers"),
            id="diagnostic-1",
        ),
        Diagnostic(
            "N102",
            "magnitude-word-differs",
            Severity.WARNING,
            Confidence.HIGH,
            "“nearly halved” stands for a ratio of 0.50 to 0.60; the cohort found HR 0.91 (0.80 to 1.04)",
            span_of(text, "nearly halved"),
            "claim-2",
            evidence=pointers,
            id="diagnostic-2",
        ),
        Diagnostic(
            "N104",
            "interval-includes-no-effect",
            Severity.WARNING,
            Confidence.MEDIUM,
            "the interval 0.80 to 1.04 includes no effect",
            span_of(text, "halved their risk of stroke"),
            "claim-2",
            evidence=pointers,
            id="diagnostic-3",
        ),
        Diagnostic(
            "C104",
            "vague-authority",
            Severity.INFO,
            Confidence.LOW,
            "“Science shows” names no study",
            span_of(text, "Science shows"),
            id="diagnostic-4",
        ),
        Diagnostic(
            "S103",
            "reference-title-differs",
            Severity.ERROR,
            Confidence.HIGH,
            "no work has this title; the locator belongs to another",
            span_of(text, "Nitrate and blood pressure"),
            reference=1,
            id="diagnostic-5",
        ),
    )
    assessments = (
        Assessment("claim-1", Verdict.OVERSTATED, "moderate", ("one trial, not masked",), ("diagnostic-1",)),
        Assessment("claim-2", Verdict.CONTRADICTED, "very-low", (), ("diagnostic-2", "diagnostic-3")),
        Assessment("claim-3", Verdict.NOT_ENOUGH_INFORMATION, None, (), ()),
    )
    return AuditReport(document, tuple(references), citations, claims, diagnostics, assessments)
