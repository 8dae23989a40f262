"""What a page shows of one reference: as it is printed, and what it actually is."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from claims.model import ReferenceStatus, VerifiedReference
from claims.reports import phrases
from claims.reports.points import Point
from claims.reports.positions import one_line, visible

_FIELD_NAMES = {
    "article_number": "article number",
    "doi": "DOI",
    "pmid": "PMID",
    "et_al": "“et al.”",
    "url": "URL",
}


@dataclass(frozen=True, slots=True)
class ReferenceCard:
    """A reference as the page shows it."""

    index: int
    label: str
    raw: str
    status: str
    status_class: str
    sign: str
    work: str | None
    link: str | None
    standing: str | None
    verdict: str
    fields: tuple[tuple[str, str | None, str | None, str, str, bool], ...]
    points: tuple[Point, ...]


def reference_card(one: VerifiedReference, points: tuple[Point, ...]) -> ReferenceCard:
    """A reference with the points on it."""
    return ReferenceCard(
        index=one.reference.index,
        label=one_line(one.reference.name),
        raw=visible(one.reference.raw),
        status=phrases.STATUS_WORDS[one.status],
        status_class=one.status.value,
        sign=phrases.STATUS_SIGNS[one.status],
        work=None
        if one.work is None
        else phrases.work_text(one.work, authors=6, identifier=_link(one) is None),
        link=_link(one),
        standing=None if one.work is None else phrases.standing_text(one.work),
        verdict=_reference_verdict(one),
        fields=tuple(
            _compared(field.field, field.printed, field.recorded, field.agrees, field.confirmed)
            for field in one.fields
        ),
        points=points,
    )


def _link(one: VerifiedReference) -> str | None:
    """An https link to the work, from its identifiers alone: a recorded URL may lead anywhere."""
    work = one.work
    if work is None:
        return None
    if work.doi:
        return "https://doi.org/" + quote(work.doi, safe="/:;()._-")
    if work.pmid and work.pmid.isdecimal():
        return f"https://pubmed.ncbi.nlm.nih.gov/{work.pmid}/"
    return None


def _reference_verdict(one: VerifiedReference) -> str:
    wrong = [
        _FIELD_NAMES.get(field.field, field.field.replace("_", " "))
        for field in one.fields
        if field.agrees is False
    ]
    if one.work is None:
        if one.candidates:
            fit = phrases.count(len(one.candidates), "work fits", "works fit")
            return f"{fit} what is printed equally well."
        if one.status is ReferenceStatus.UNCHECKED:
            return f"Not looked up: {phrases.NO_LIBRARY}."
        return "No such work in the library given to this run."
    differs = f" (differs in {', '.join(wrong)})" if wrong else ""
    guessed = phrases.guessed_by(one)
    if wrong and guessed:
        return f"Most likely meant, by {guessed}{differs}:"
    return f"What it actually is{differs}:" if wrong else "The work it names:"


def _compared(
    field: str, printed: str | None, recorded: str | None, agrees: bool | None, confirmed: bool
) -> tuple[str, str | None, str | None, str, str, bool]:
    """Name, printed, recorded, class, words, and whether the record is confirmed."""
    if agrees is None:
        state, words = "unknown", "? not compared"
    else:
        state, words = ("agrees", "✔ agrees") if agrees else ("differs", "✖ differs")
    return (
        _FIELD_NAMES.get(field, field.replace("_", " ")),
        None if printed is None else one_line(printed),
        None if recorded is None else one_line(recorded),
        state,
        words,
        confirmed,
    )
