"""One article as it was sent, and what came of it: run in a child of the audit worker.

What checks articles is loaded where it is first used: the service is there before, and checks none itself.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from claims.library import Library
from claims.model import AuditReport, Document
from claims.reports import to_dict
from claims.rule import Rule, with_profile
from graph.errors import ClaimspineError
from graph.evidence import Evidence
from graph.reading.differences import Difference, applied

if TYPE_CHECKING:
    from claims.profile import Profile
    from graph.gathering import Gathered
    from graph.validation import Fault


@dataclass(frozen=True, slots=True)
class Asked:
    """An article: a text, or the bytes of a file that is none; its bibliographies, each with a suffix.

    ``beside`` is evidence that counts for this article only. With ``claims_only`` no rule is asked: what
    comes of it are the claims, each with all findings that bear on it.
    """

    text: str | None
    word: bytes | None
    media_type: str
    name: str
    references: tuple[tuple[str, str], ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    profile: str | None
    characters: int
    beside: Evidence | None = None
    claims_only: bool = False


@dataclass(frozen=True, slots=True)
class Audited:
    """The report; the report as the JSON text that answers are made of; what its concepts are called.

    ``faults`` are the entries of its bibliographies that could not be used, or look damaged; the ``file`` of
    each is the number of the bibliography, from 0.
    """

    report: AuditReport
    written: str
    labels: dict[str, str]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """The evidence of one state of the store, and what every audit needs of it."""

    evidence: Evidence
    library: Library
    labels: dict[str, str]


def held(evidence: Evidence) -> Held:
    """Make ready for audits."""
    return Held(evidence, Library.of(evidence.works.values()), labels_in(evidence))


def renewed(known: Held, differs: Difference) -> Held:
    """The same after a write, with all that it did not touch."""
    evidence = applied(known.evidence, differs)
    library, labels = known.library, known.labels
    if evidence.works is not known.evidence.works:
        library = Library.of(evidence.works.values())
    if evidence.concepts is not known.evidence.concepts:
        labels = labels_in(evidence)
    return Held(evidence, library, labels)


def labels_in(evidence: Evidence) -> dict[str, str]:
    """What the concepts are called, for a report."""
    return {str(concept.iri): concept.label for concept in evidence.concepts.values()}


def imported() -> None:
    """Have the modules loaded that an audit loads when it comes to them."""
    from claims.audit import Checker
    from claims.reading import read_text

    Checker.over(Evidence()).check(
        read_text("# Tea\n\nTea prevents colds (Adams, 2020).", "text/markdown", "a")
    )


def warm(known: Held) -> None:
    """Have read and made what the first article would have to wait for: models, patterns, the vocabulary.

    Two articles are audited that have a little of all that articles have.
    """
    for path in sorted(files("api").joinpath("warming").iterdir(), key=lambda path: path.name):
        kind = "text/html" if path.name.endswith(".html") else "text/markdown"
        text = path.read_text(encoding="utf-8")
        audited(Asked(text, None, kind, path.name, (), (), (), None, len(text)), known)


def audited(asked: Asked, known: Held) -> Audited:
    """Audit an article.

    Raises:
        ClaimspineError: ``article-too-large``, and what the readers say; or a group of them.
    """
    from claims.audit import Checker, understand
    from graph.gathering import merged

    document = _document(asked)
    if len(document.text) > asked.characters:
        raise ClaimspineError("article-too-large", f"an article has at most {asked.characters:,} characters")
    evidence = known.evidence
    listed = _references(asked, evidence.base)
    for more in (asked.beside, None if listed is None else listed.evidence):
        evidence = evidence if more is None else merged(evidence, more)
    library = known.library if evidence is known.evidence else Library.of(evidence.works.values())
    if asked.claims_only:
        facts = understand(document, evidence, library)
        return Audited(
            AuditReport(document, facts.references, facts.citations, facts.claims, (), (), evidence.base),
            "",
            {},
        )
    policy, rules = policy_of(asked)
    report = Checker(evidence, library, rules, policy).check(document)
    labels = known.labels if evidence is known.evidence else labels_in(evidence)
    faults = (
        () if listed is None else tuple(replace(one, file=Path(one.file or "").stem) for one in listed.faults)
    )
    return Audited(report, written(report, labels), labels, faults)


def policy_of(asked: Asked) -> tuple[Profile, tuple[Rule, ...]]:
    """The profile and the rules that the article is checked by."""
    from claims.catalogue import choose
    from claims.profile import read_profile

    policy = read_profile(asked.profile)
    return policy, with_profile(choose(asked.select, asked.ignore), policy.severities)


def written(report: AuditReport, labels: dict[str, str]) -> str:
    """The report as JSON text."""
    whole = to_dict(report, labels=labels)
    return json.dumps(whole, ensure_ascii=False, allow_nan=False)


def _document(asked: Asked) -> Document:
    from claims.reading import read_article, read_text
    from claims.reading.messages import is_message

    if asked.word is None:
        return read_text(asked.text or "", asked.media_type, asked.name)
    with tempfile.TemporaryDirectory(prefix="article-", dir=".") as folder:
        suffix = Path(asked.name).suffix.lower() if is_message(Path(asked.name)) else ".docx"
        path = Path(folder, f"article{suffix}")
        path.write_bytes(asked.word)
        try:
            document = read_article(path)
        except ClaimspineError as exc:
            exc.path = None
            raise
    return replace(document, path=asked.name)


def _references(asked: Asked, base: str) -> Gathered | None:
    from graph.gathering import gather

    if not asked.references:
        return None
    with tempfile.TemporaryDirectory(prefix="references-", dir=".") as folder:
        paths = []
        for number, (text, suffix) in enumerate(asked.references):
            path = Path(folder, f"{number}{suffix}")
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        try:
            return gather(refs=paths, base=base)
        except ClaimspineError as exc:
            if exc.path is not None:
                exc.message = f"references/{Path(exc.path).stem}: {exc.message}"
                exc.path = None
            raise
