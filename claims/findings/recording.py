"""Extracted findings as values of the graph, marked automatic."""

from __future__ import annotations

import re
from dataclasses import replace

from claims.expressions import expression
from claims.findings.extracting import ExtractedFinding, extract
from claims.findings.study_facts import study_facts
from graph.evidence import Finding, Iri, Study, Work

_BASE = "/work/"


def as_evidence(work: Work) -> tuple[Study | None, tuple[Finding, ...]]:
    """The study and the findings that a work's abstract lets be read; (None, ()) without an abstract.

    Slots that need a vocabulary (exposure, outcome, comparator, population) are left empty for the
    caller to fill from each finding's ``quote``; numbers, direction, quote role and doses are filled.
    IRIs follow from the work's and the order in the abstract, so the same abstract gives the same IRIs.

    >>> iri = Iri("https://example.org/id/work/ito2019")
    >>> study, findings = as_evidence(Work(iri, abstract="Falls were fewer (RR 0.77; 0.70-0.84)."))
    >>> findings[0].iri, findings[0].method, findings[0].effect.measure
    ('https://example.org/id/finding/ito2019/automatic-1', 'automatic', 'risk-ratio')
    """
    study, told = with_clauses(work)
    return study, tuple(finding for finding, _ in told)


def with_clauses(work: Work) -> tuple[Study | None, tuple[tuple[Finding, str], ...]]:
    """As ``as_evidence``, each finding with the words of its sentence that lead up to its estimate.

    "Pain was lower (MD −8.7) and function better (SMD 0.39)": the second estimate has "and function better".
    """
    if not work.abstract:
        return None, ()
    extracted = extract(work.abstract, title=work.title)
    facts = study_facts(work.abstract, work.title)
    overall = _certainty(work.abstract)
    study_iri = _near(work.iri, "study", "automatic")
    study = Study(
        iri=study_iri,
        label=work.title,
        design=facts.design,
        included_designs=facts.included_designs,
        sample_size=facts.sample_size,
        included_studies=facts.included_studies,
        follow_up_days=facts.follow_up_days,
        registration=facts.registration,
    )
    findings = []
    before: ExtractedFinding | None = None
    for number, (one, after) in enumerate(zip(extracted, (*extracted[1:], None), strict=False), start=1):
        finding = Finding(
            iri=_near(work.iri, "finding", f"automatic-{number}"),
            work=work.iri,
            study=study_iri,
            dose=one.doses,
            effect_direction=one.direction,
            effect=one.effect,
            groups=one.groups,
            quote_role=one.quote_role,
            method="automatic",
            certainty_level=_certainty(_bracket(work.abstract, one)) or _certainty(one.text) or overall,
            quote=one.text,
        )
        clause = _clause(one, before, after)
        if any(other is not None and other.start == one.start for other in (before, after)):
            finding = replace(finding, label=_last_words(one, clause))
        findings.append((finding, clause))
        before = one
    return study, tuple(findings)


_RATED_AS = (
    r"(?:was|were|is|are|as|to be)\b (?:(?:rated|judged|graded|assessed|considered|deemed|downgraded"
    r"|mostly|generally|only|of) )*"
    r"(?:(?:as|to be|to) )?"
)
_CERTAINTY = expression(
    r"\b(?P<level>very[ -]low|low|moderate|high)[ -](?:certainty|quality)(?! (?:trials?|studies|diet"
    r"|of life))\b"
    r"|\b(?:certainty|quality) of (?:the |this |these )?(?:(?:available|overall"
    r"|supporting) )?(?:evidence|estimates?|body of evidence) (?:\w+ ){0,3}?"
    + _RATED_AS
    + r"(?P<after>very[ -]low|low|moderate|high)\b"
    # what is rated need not be named again, and the scheme may stand for it
    r"|\b(?:GRADE )?certainty (?:ratings? )?" + _RATED_AS + r"(?P<bare>very[ -]low|low|moderate|high)\b"
    # as GRADE words it: "the evidence on adherence is very uncertain"
    r"|\bevidence (?:(?:on|about|for|of|regarding) [^,.;]{1,60} )?(?:is|was) (?P<vague>very uncertain)\b"
    r"|\bGRADE(?: (?:rating|level|certainty))?\s?[:=,]?\s(?P<graded>very[ -]low|low|moderate|high)\b",
    re.IGNORECASE,
)


def _certainty(text: str) -> str | None:
    """The certainty that a text gives to evidence, where it gives just one.

    >>> _certainty("Certainty was rated very low with GRADE."), _certainty("(SMD -0.4; GRADE: low)")
    ('very-low', 'low')
    """
    if not any(word in text for word in ("ertain", "uality", "GRADE")):
        return None
    levels = {
        "very-low" if match["vague"] else match[match.lastgroup or 0].lower().replace(" ", "-")
        for match in _CERTAINTY.finditer(text)
    }
    return levels.pop() if len(levels) == 1 else None


def _bracket(abstract: str, one: ExtractedFinding) -> str:
    """What stands behind an estimate in the same bracket: "RR 0.75, ...; low-certainty evidence)"."""
    if one.effect_end is None:
        return ""
    end = abstract.find(")", one.effect_end, one.end)
    return abstract[one.effect_end : end] if end >= 0 else ""


# "was 0.69 (…) for oil and 0.72 (…) for nuts": what an estimate is of stands behind it
_FOR_EACH = expression(
    r"[)\]]?\s+(?:for|with|in|among)\s[^.;()]{3,90}?(?=,?\s+and\s|,\s|[.;(]|$)", re.IGNORECASE
)


def _clause(one: ExtractedFinding, before: ExtractedFinding | None, after: ExtractedFinding | None) -> str:
    """The part of the sentence from the estimate before this one to this one.

    Where each of several estimates is followed by what it is of ("for nuts"), that, with the sentence's
    beginning.
    """
    if one.effect_end is None:
        return one.text
    together = [other for other in (before, after) if other is not None and other.start == one.start]
    behind = [
        _FOR_EACH.match(one.text, each.effect_end - one.start)
        for each in (one, *together)
        if each.effect_end is not None
    ]
    if together and behind[0] is not None and all(behind):
        first = min(each.effect_start for each in (one, *together) if each.effect_start is not None)
        return one.text[: first - one.start] + behind[0].group()
    start = one.start
    if before is not None and before.start == one.start and before.effect_end is not None:
        start = before.effect_end
    return one.text[start - one.start : one.effect_end - one.start]


_LAST_WORDS = expression(
    r"(?:^|[;,:.()\[\]]|\b(?:for|with|in|among|and|or|by|of|to|on|than|was|were|is|are)\b)\s*"
    r"(?P<words>(?:(?!(?:for|with|in|among|and|or|by|of|to|on|than|was|were|is|are)\b)[^\W\d_][\w'’-]*\s*){1,4})$",
    re.IGNORECASE,
)


def _last_words(one: ExtractedFinding, clause: str) -> str | None:
    """What names one of several estimates of a sentence: the words right before it, or those behind it.

    "Ground" and "instant coffee", of "0.86 for decaf; ground (HR 0.73 …); and instant coffee (HR 0.89 …)".
    """
    if one.effect_start is not None and one.effect_end is not None:
        estimate = one.text[one.effect_start - one.start : one.effect_end - one.start]
        clause = clause.removesuffix(estimate)
    bracket = max(clause.rfind("("), clause.rfind("["))
    if bracket > max(clause.rfind(")"), clause.rfind("]")):
        clause = clause[:bracket]
    named = _LAST_WORDS.search(clause.rstrip(" ,;:"))
    return named["words"].strip() if named and len(named["words"].strip()) > 2 else None


def _near(work: Iri, kind: str, name: str) -> Iri:
    """An IRI beside the work's: …/work/x → …/finding/x/name."""
    head, found, last = work.rpartition(_BASE)
    if found:
        return Iri(f"{head}/{kind}/{last}/{name}")
    return Iri(f"{work}#{kind}-{name}")
