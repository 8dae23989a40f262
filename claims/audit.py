"""The audit: every stage in order, each a pure function over frozen values.

read → sentences → references and citations → claims → links → rules → verdicts → report
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from claims import citations, contested, linking, propositions, references, sentences, verdicts
from claims.allowances import Allowance, find_allowances, split_allowed
from claims.catalogue import choose
from claims.cited import cited_sentences
from claims.fixing import keep_clean_fixes
from claims.library import Library
from claims.model import AuditReport, Confidence, Diagnostic, Document, Severity, Span
from claims.pointing import less_sure
from claims.profile import Profile, read_profile
from claims.reading import read_article
from claims.rule import Facts, Rule, with_profile
from claims.rules.d101_unused_allowance import of_unused
from claims.rules.d102_allowance_without_reason import without_reason
from claims.rules.p106_internal_conflict import between
from claims.spans import whole
from graph.evidence import Evidence
from graph.gathering import gather
from graph.store import Store
from graph.validation import Fault


@dataclass(frozen=True, slots=True)
class Checker:
    """What stays the same from article to article: the evidence, its index, the rules, the policy.

    ``faults`` are the bibliography entries that could not be used; the good ones are in.
    """

    evidence: Evidence
    library: Library
    rules: tuple[Rule, ...]
    profile: Profile = field(default_factory=Profile)
    faults: tuple[Fault, ...] = ()

    @classmethod
    def of(
        cls,
        *,
        refs: Sequence[str | Path] = (),
        evidence: Sequence[str | Path] = (),
        store: Store | None = None,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        profile: str | Path | None = None,
        base: str | None = None,
    ) -> Checker:
        """A checker over bibliographies, evidence files or folders and, where given, a store.

        ``base`` is what the ids of the files stand under; None: what the store says, else the default.

        Raises ClaimspineError, or a group of them, where one of these cannot be read or is invalid.
        """
        gathered = gather(store=store, evidence=evidence, refs=refs, base=base)
        made = cls.over(gathered.evidence, select=select, ignore=ignore, profile=profile)
        return replace(made, faults=gathered.faults)

    @classmethod
    def over(
        cls,
        evidence: Evidence,
        *,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        profile: str | Path | None = None,
    ) -> Checker:
        """A checker over evidence that has been read, for a program that holds it already."""
        policy = read_profile(profile)
        rules = with_profile(choose(select, ignore), policy.severities)
        return cls(evidence, Library.of(evidence.works.values()), rules, policy)

    def check(self, document: Document) -> AuditReport:
        """Audit one article that has been read; fixes that do not re-check clean are left out."""
        return keep_clean_fixes(self._judge(document), self._judge)

    def check_together(self, documents: Iterable[Document]) -> list[AuditReport]:
        """Audit the articles of one site: each for itself, and what one says against another (P106)."""
        reports = [self.check(document) for document in documents]
        rule = next((one for one in self.rules if one.code == "P106"), None)
        if rule is None:
            return reports
        told = [(report.document, report.claims) for report in reports]
        for place, report in enumerate(reports):
            others = [*told[:place], *told[place + 1 :]]
            beside = tuple(between(rule, report.claims, others, self.evidence))
            if beside:
                judged = self._judge(report.document, beside)
                reports[place] = keep_clean_fixes(judged, self._judge)
        return reports

    def _judge(self, document: Document, beside: tuple[Diagnostic, ...] = ()) -> AuditReport:
        facts = understand(document, self.evidence, self.library)
        said = [*(less_sure(one) for rule in self.rules for one in run_rule(rule, facts)), *beside]
        allowances = find_allowances(document, self.profile.allowances)
        kept, unused = split_allowed(said, allowances)
        diagnostics = number((*kept, *self._about_allowances(allowances, unused)))
        report = AuditReport(
            document=document,
            references=facts.references,
            citations=facts.citations,
            claims=tuple(linking.keep_best(one) for one in facts.claims),
            diagnostics=diagnostics,
            assessments=contested.with_notes(verdicts.assess(facts, diagnostics), facts.claims),
            base=self.evidence.base,
        )
        return whole(report)

    def _about_allowances(
        self, allowances: tuple[Allowance, ...], unused: tuple[Allowance, ...]
    ) -> Iterable[Diagnostic]:
        for rule in self.rules:
            if rule.code == "D101":
                yield from of_unused(rule, unused)
            elif rule.code == "D102":
                yield from without_reason(rule, allowances)


def audit(
    article: str | Path,
    *,
    refs: Sequence[str | Path] = (),
    evidence: Sequence[str | Path] = (),
    store: Store | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    profile: str | Path | None = None,
) -> AuditReport:
    """Audit one article file. For several articles over the same evidence keep a ``Checker``.

    Raises ClaimspineError, or a group of them, where an input cannot be read.
    """
    document = read_article(Path(article))
    checker = Checker.of(
        refs=refs, evidence=evidence, store=store, select=select, ignore=ignore, profile=profile
    )
    return checker.check(document)


def understand(document: Document, evidence: Evidence, library: Library) -> Facts:
    """All stages before the rules: what the article says, and what of the evidence bears on it."""
    split = sentences.split(document)
    verified = references.each_once(references.verify(one, library) for one in references.find(document))
    cited = citations.find(document, references.with_identifiers(verified))
    split = sentences.without_raised_marks(split, cited)
    stated = propositions.extract(document, split, cited, evidence)
    linked = linking.link(stated, verified, evidence)
    own = tuple(cited_sentences(split, cited, verified, linked))
    return Facts(document, split, verified, cited, linked, evidence, own, library)


def run_rule(rule: Rule, facts: Facts) -> tuple[Diagnostic, ...]:
    """What the rule says; a rule that crashes says X900 instead, and the audit goes on."""
    try:
        return tuple(rule.check(rule, facts))
    except Exception as exc:  # one rule's bug must not lose the other rules' findings
        return (
            Diagnostic(
                code="X900",
                name="rule-crashed",
                severity=Severity.ERROR,
                confidence=Confidence.HIGH,
                message=f"rule {rule.code} {rule.name} crashed ({type(exc).__name__}: {exc}); "
                "what it would have said is missing from this report",
                span=Span(0, 0),
            ),
        )


def number(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics in reading order, each said once, with an id per code (``N102-1``)."""
    unique = sorted(
        set(diagnostics),
        key=lambda one: (one.span, one.code, one.claim or "", one.reference or 0, one.message),
    )
    counts: dict[str, int] = {}
    numbered = []
    for diagnostic in unique:
        counts[diagnostic.code] = counts.get(diagnostic.code, 0) + 1
        numbered.append(replace(diagnostic, id=f"{diagnostic.code}-{counts[diagnostic.code]}"))
    return tuple(numbered)
