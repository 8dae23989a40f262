# ruff: noqa: E501 - tables of patterns read better unwrapped
"""Whether a study only observed, as far as its abstract lets that be seen.

Many abstracts of cohorts, registers and patients' records name no design. What they do say is how they looked:
odds ratios, regressions, correlations; and none of them tells that anybody was given anything, or drawn by lot.
"""

from __future__ import annotations

import re

from claims.expressions import expression
from claims.findings.sections import sentences
from claims.findings.study_facts import study_facts
from graph.designs import associational

__all__ = ["only_observed"]

_TRIED = expression(
    r"\brandom(?!\s(?:effects?|sample|forest|slope|intercept|number|coefficients?|error)|ly (?:selected|sampled|chosen|recruited))|\btrials?\b(?! registr)|\bplacebo|\bsham\b|\bassigned\b|\ballocat|\bcross-?over\b|\binterventions?\b"
    r"|\bexperiment|\bblind(?:ed|ing)?\b|\b(?:were|was) (?:then )?(?:given|administered|treated|instructed|exposed|offered|injected|infused|trained|asked to (?!complete|fill|answer|report|rate))"
    r"|\b(?:before|pre)[ -](?:and|versus|vs\.?)[ -](?:after|post)\b|\bpre-?test\b|\b(?:mice|rats|rabbits|in vitro)\b|\bsystematic|\bmeta-?analy|\bunderwent\b|\breceived (?:either|the|a|an|\d)",
    re.IGNORECASE,
)
_DRAWN = expression(
    r"\brandomi[sz]|\brandomly (?:assigned|allocated|divided)|\bplacebo|\bassigned at random", re.IGNORECASE
)
_SAYS_SO = expression(
    r"\bretrospective(?:ly)?\b|\b(?:observational|non-?interventional|epidemiologic(?:al)?|registry|database) (?:study|studies|analys[ei]s|data)\b",
    re.IGNORECASE,
)
_ACROSS = expression(r"\bcross[- ]sectional|\bsurveys?\b|\bprevalence study", re.IGNORECASE)
_LOOKED = tuple(
    expression(pattern, re.IGNORECASE)
    for pattern in (
        r"\bcohort\b|\bfollow(?:ed)?[- ]up\b",
        r"\bcase[-– ]control|\bmatched controls?\b",
        r"\bcross[- ]sectional|\bsurvey|\bquestionnaires?\b|\binterview",
        r"\bretrospective|\bobservational|\brecords?\b|\bcharts?\b|\bdatabases?\b|\bregist(?:er|ry|ries|ers)\b|\bclaims data\b",
        r"\b(?:logistic|linear|multi(?:ple|variate|variable|variat\w+)|cox|poisson|hazards?|regression)\b[^.;]{0,30}\b(?:regression|model|analys[ei]s)|\bregression\b|\badjust(?:ed|ment|ing) for\b",
        r"\bodds ratios?\b|\bORs?\b|\bhazard ratios?\b|\brelative risks?\b",
        r"\bassociat(?:ed|ions?)\b|\bcorrelat\w+",
        r"\brisk factors?\b|\bpredict(?:s|ed|ors?|ive)\b|\bdeterminants?\b",
        r"\bprevalence\b|\bpopulation[- ]based|\bepidemiolog\w+|\bgenotyp\w+|\bnational(?:ly)?\b[^.]{0,30}\b(?:sample|survey)",
    )
)
_ENOUGH = 3  # ways of looking at people as they are


def only_observed(abstract: str, title: str | None = None) -> bool:
    """Whether an abstract tells of people as they were, compared and counted: nobody was given anything.

    >>> only_observed("Records of 900 births were read. In logistic regression, late births were associated "
    ...     "with a high weight (odds ratio 1.4).")
    True
    >>> only_observed("Ninety women were randomised to tea or water; odds ratios were adjusted for age.")
    False
    """
    design = study_facts(abstract, title).design
    if design is not None and design not in associational():
        return False
    own = " ".join(
        [
            title or "",
            *(abstract[one.start : one.end] for one in sentences(abstract) if one.section != "background"),
        ]
    )
    if design == "cross-sectional" and not _ACROSS.search(own):
        return _TRIED.search(own) is None  # a questionnaire may be filled in before and after as well
    if design is not None or _SAYS_SO.search(own):
        return _DRAWN.search(own) is None
    return _TRIED.search(own) is None and sum(one.search(own) is not None for one in _LOOKED) >= _ENOUGH
