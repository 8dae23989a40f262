"""Asking the online sources about a list of references, and saying which of them answered what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from api.online.connection import SourceDown
from api.online.merging import one_each
from api.online.records import is_notice
from api.online.source import Source
from claims.model import ReferenceFields
from graph.evidence import Work

_FAILURES = 2  # running, after which a source is not asked again in this run

Told = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Consulted:
    """What the sources know. ``answered`` and ``silent`` name sources, one tuple for each reference."""

    works: tuple[Work, ...] = ()
    answered: tuple[tuple[str, ...], ...] = ()
    silent: tuple[tuple[str, ...], ...] = ()
    down: Mapping[str, str] = field(default_factory=dict)  # by name: what went wrong


@dataclass(frozen=True, slots=True)
class _Answers:
    works: tuple[tuple[Work, ...] | None, ...]  # None: no answer
    why: str | None


def consult(
    references: Sequence[ReferenceFields], sources: Sequence[Source], told: Told | None = None
) -> Consulted:
    """Ask every source about every reference; sources side by side, each at its own pace.

    A source that fails twice running is not asked again; its references count as not answered, which is
    never the same as "no such work" or "not retracted". ``told`` is called after every answer.
    """
    if not references or not sources:
        return Consulted(answered=((),) * len(references), silent=((),) * len(references))
    with ThreadPoolExecutor(max_workers=len(sources)) as pool:
        answers = list(pool.map(lambda source: _ask(source, references, told), sources))
    works = [
        work
        for number, fields in enumerate(references)
        for answer in answers
        for work in answer.works[number] or ()
        if _wanted(work, fields)
    ]
    every = range(len(references))
    pairs = list(zip(sources, answers, strict=True))
    return Consulted(
        one_each(works),
        tuple(tuple(s.name for s, a in pairs if a.works[number] is not None) for number in every),
        tuple(tuple(s.name for s, a in pairs if a.works[number] is None) for number in every),
        {source.name: answer.why for source, answer in pairs if answer.why is not None},
    )


def _ask(source: Source, references: Sequence[ReferenceFields], told: Told | None) -> _Answers:
    found: list[tuple[Work, ...] | None] = []
    why: str | None = None
    failures = 0
    for fields in references:
        answer: tuple[Work, ...] | None = None
        if failures < _FAILURES:
            try:
                answer = source.find(fields)
                failures = 0
            except SourceDown as exc:
                why = why or exc.message
                failures += 1
        found.append(answer)
        if told is not None:
            told()
    return _Answers(tuple(found), why)


def _wanted(work: Work, fields: ReferenceFields) -> bool:
    """Not a notice about another work, unless that is what is printed."""
    printed = fields.title or ""
    asked = bool(fields.doi and work.doi and fields.doi.lower() == work.doi.lower())
    return asked or not is_notice(work.title or "") or is_notice(printed)
