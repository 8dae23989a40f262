# ruff: noqa: E501 - tables of patterns read better unwrapped
"""The features of a study's design: how articles say them, and what a source says that has or lacks each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["ALL", "FEATURES", "NOT_CURATED", "OF_CURATED"]


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a design. ``said``: a sentence tells it of the study that it cites. ``strict``: a source
    surely has it. ``loose``: it may have it. ``apart``: the features that no study has as well as this one."""

    name: str
    said: str | None
    strict: str
    loose: str
    apart: tuple[str, ...] = ()


_TRIAL = r"randomi[sz]ed(?:[\w,-]*\s){0,4}trial|randomly (?:assigned|allocated|divided|assorted)|(?:was|were|we) (?:then )?randomi[sz]ed"
_NO_LOT = r"\bnon-?\s?randomi[sz]ed|\b(?:not|never) randomi[sz]ed|\bwithout randomi[sz]ation|\bquasi-?(?:experiment|randomi[sz]ed)"
_OBSERVED = (
    "retrospective",
    "observational",
    "cohort",
    "cross-sectional",
    "case-control",
    "survey",
    "narrative",
    "case series",
)
ALL = (
    Feature(
        "randomised",
        r"\brandomi[sz](?:ed|ing|ation)\b|\brandomly (?:assigned|allocated|allotted|split|divided|given|put|sorted|shared)\b"
        r"|\b(?:split|divided|assigned|allocated|allotted|sorted|put|given|shared out|dealt out|grouped|distributed)\b"
        r"[^.;:]{0,60}?\bat random\b|\b(?:drew|drawn by|drawing) lots?\b"
        r"|\bby (?:lot|lottery|the (?:toss|flip|spin) of a coin|coin toss)\b|\brct\b"
        r"|\b(?:at random|random (?:draw|allocation|assignment|order|numbers?)|pure chance)\b",
        _TRIAL,
        r"(?<!non-)(?<!non)(?<!not )(?<!without )random(?![- ](?:effects?|forest|intercept))|\bRCTs?\b|by lot\b|coin toss",
        ("non-randomised", *_OBSERVED, "before-after", "historical controls"),
    ),
    Feature(
        "all randomised",
        r"\b(?:all|each|every|only)\b(?:(?!\bpatients?\b|\bparticipants?\b|\bpeople\b|\bwomen\b|\bmen\b|\bchildren\b)[^.;:]){0,50}?"
        r"\brandomi[sz]ed\b(?!\s(?:to|into|between))",
        r"only randomi[sz]ed",
        r"(?!)",
        ("non-randomised",),
    ),
    Feature(
        "non-randomised",
        r"\bnon-?\s?randomi[sz]ed|\bquasi-?(?:experiment|randomi[sz]ed)"
        r"|\b(?:no|nobody|no one|nothing|none|not|never|neither|without)\b[^.;:,]{0,20}"
        r"\b(?:randomi[sz](?:ation|ed|ing)|randomly|at random|(?:by|drew) lots?)\b"
        r"(?![^.;:,]{0,20}\b(?:trials?|stud(?:y|ies)|evidence|data|comparisons?|work|research|tests?)\b)",
        _NO_LOT,
        r"non-?random|quasi|retrospect|observational|histor",
        ("randomised",),
    ),
    Feature(
        "historical controls", None, r"\bhistorical(?:ly)? (?:control|comparison|cohort|compar)", r"histor"
    ),
    Feature(
        "trial",
        r"\b(?:the|this|that|their|its|his|her|an?|one|it['’]s|in)\s(?:[\w-]+\s){0,3}trial\b",
        r"\btrial\b",
        r"trial|random|assign|allocat|placebo|intervention|experiment|treated|therapy",
        (*_OBSERVED, "modelled"),
    ),
    Feature(
        "cohort",
        r"\bcohort stud(?:y|ies)\b|\blongitudinal study\b",
        r"\bcohort stud|\blongitudinal study|\bfollow-?up study|\bcohorts? of\b",
        r"cohort|longitudinal|follow|person-years|prospective|regist|database|years later",
        ("case-control", "cross-sectional", "randomised"),
    ),
    Feature(
        "followed over time",
        r"\b(?:followed|tracked|watched|observed|monitored)\b[^.;:]{0,50}?\b(?:over|for|across|down|through)"
        r" (?:several|many|a number of|the|some) (?:months|years|decades)\b"
        r"|\b(?:followed|tracked|watched)\b[^.;:]{0,50}?\bforward in time\b",
        r"\bcohort stud|\blongitudinal\b|\bfollow(?:ed)?[ -]?up\b|\bprospective",
        r"cohort|longitudinal|follow|prospective|random|later|over time|(?:for|over|after|during) [\w-]+ (?:months|years)",
        ("cross-sectional",),
    ),
    Feature(
        "cross-sectional",
        r"\bcross-?sectional\b|\b(?:a|one) snapshot\b|\bat (?:one|a single) point in time\b|\ba one-off survey\b",
        r"\bcross-?sectional\b",
        r"cross-?section|survey|baseline|questionnaire|prevalence|interview",
        ("randomised", "cohort", "case-control"),
    ),
    Feature(
        "case-control",
        r"\bcase[- –]control\b",
        r"\bcase[- –‐]control\b",
        r"case[- –‐]control|\bcontrols\b|matched|nested",
        ("randomised", "cohort", "cross-sectional"),
    ),
    Feature(
        "retrospective",
        r"\bretrospective(?:ly)?\b|\bwent (?:back )?through the (?:notes|records|charts|files)\b",
        r"\bretrospective(?:ly)?\b|\b(?:charts?|records|notes)\b[^.;]{0,60}\breviewed\b"
        r"|\b(?:patients|children|women|men|infants|adults|cases|procedures|operations)\b[^.;]{0,120}?\bwere (?:\w+ly )?reviewed\b",
        r"retrospect|records|chart|database|regist|reviewed|case[- ]control|post[- ]hoc|secondary|histor|notes|archiv|collected",
        ("prospective", "randomised"),
    ),
    Feature(
        "prospective",
        r"\bprospective(?:ly)?\b",
        r"\bprospective(?:ly)?\b",
        r"prospective|random|trial",
        ("retrospective",),
    ),
    Feature(
        "observational", None, r"\bobservational\b|\bcase series\b|\bregistry[- ]based\b", r"observational"
    ),
    Feature(
        "survey",
        None,
        r"\bsurvey(?:ed)?\b|\bquestionnaires? (?:was|were) (?:sent|mailed|posted|completed|administered)",
        r"survey|questionnaire",
    ),
    Feature("narrative", None, r"\bnarrative review|\bthis review\b|\bwe review(?:ed)? the\b", r"review"),
    Feature(
        "before-after",
        None,
        r"\bbefore[- ]and[- ]after\b|\bpre-?post\b|\bsingle[- ]arm\b|\black of a control group",
        r"before",
    ),
    Feature(
        "double-blind",
        r"\b(?:double|triple)[- ](?:blind|mask)\w*|\bneither\b[^.;:]{0,60}\bknew\b",
        r"\b(?:double|triple)[- ](?:blind|mask)",
        r"double|triple|(?:\band\b|,|both|all)[^.;]{0,60}(?:blind|mask)|(?:blind|mask)[^.;]{0,40}(?:\band\b|both|all)",
        ("open", "single-blind", *_OBSERVED, "modelled"),
    ),
    Feature(
        "blinded",
        r"\b(?:blinded|masked)\b|\b(?:hidden|concealed|kept) from (?:the |both )?"
        r"(?:patients|participants|volunteers|everyone|doctors|staff|investigators)\b",
        r"\b(?:double|triple|single)[- ](?:blind|mask)",
        r"(?<!un)(?<!non-)(?<!non)(?<!not )(?:blind|mask)",
        ("open",),
    ),
    Feature("single-blind", None, r"\bsingle[- ](?:blind|mask)", r"single"),
    Feature(
        "open",
        r"\bopen-label\b|\bunblinded\b|\bunmasked\b|\bno blinding\b|\b(?:everyone|everybody|patients|participants) knew (?:which|what|who)\b",
        r"\bopen[- ]label\b|\bunblinded\b|\bunmasked\b|\bnon-?blinded\b|\bnot (?:blinded|masked)\b",
        r"\bopen\b|unblind|unmask|non-?blind|not (?:blind|mask)",
        ("double-blind",),
    ),
    Feature(
        "crossover",
        r"\bcross-?over (?:trial|study|design)\b|\b(?:acted|served) as (?:his|her|their|its) own controls?\b"
        r"|\beach (?:person|patient|volunteer|participant|man|woman|child) (?:took|tried|had|got|received) both\b",
        r"\bcross-?over\b",
        r"cross-?over|own control|both|within-|each|order|sequence|conditions",
        ("parallel",),
    ),
    Feature(
        "parallel",
        r"\bparallel[- ](?:group|arm|design|trial)|\bin parallel\b|\b(?:groups?|arms?) (?:\w+ )?side by side\b"
        r"|\b(?:never|but not) both\b|\b(?:nobody|no one|none)\b[^.;:,]{0,30}?\b(?:crossed over|swapped|switched)\b",
        r"\bparallel[- ](?:group|arm|design|randomi)|\bparallel\b[^.;]{0,20}\btrial",
        r"parallel",
        ("crossover",),
    ),
    Feature(
        "without controls",
        r"\b(?:no|without an?|without any) (?:control|comparison) group\b",
        r"\bsingle[- ]arm\b|\black of a control group\b|\bwithout a control",
        r"no control|without|single[- ]arm|lack|uncontrolled|before",
        ("randomised", "placebo-controlled"),
    ),
    Feature(
        "placebo-controlled",
        r"\bplacebo[- ]controlled\b",
        r"\bplacebo[- ]controlled\b",
        r"placebo|sham|dummy|vehicle|double|blind|mask|random",
        (*_OBSERVED, "modelled"),
    ),
    Feature(
        "case series",
        r"\ba (?:[\w-]+ )?case (?:series|report)\b|\ba series of cases\b",
        r"\bcase (?:series|reports?)\b",
        r"\bcases?\b|series|report",
        ("randomised", "cohort", "cross-sectional", "review"),
    ),
    Feature(
        "review",
        r"\b(?:an?|the|this|their|that)\s(?:[\w-]+\s){0,2}(?:systematic review|meta-?analysis)\b",
        r"\bsystematic review\b|\bmeta-?analys[ie]s\b",
        r"review|meta-?anal|pool|studies|trials|literature|searched|evidence|cochrane|cohorts",
        ("randomised", "retrospective", "cross-sectional", "case-control", "cohort"),
    ),
    Feature(
        "modelled",
        r"\b(?:computer|mathematical) (?:models?|simulations?)\b|\bsimulated\b|\bmodelling study\b",
        r"\bsimulat(?:ion|ed)\b|\bmodell?ing\b|\bfinite element",
        r"model|simulat|comput|opensim|estimat",
        ("randomised", "retrospective", "cross-sectional", "case-control", "cohort", "measured"),
    ),
    Feature(
        "measured", None, r"\btelemetr|\bimplanted (?:sensor|transducer)|\bpressure sensor\b", r"measured"
    ),
    Feature(
        "multicentre",
        r"\bmulti-?cent(?:re|er)\b|\b(?:at|across|in|from) (?:several|many|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:hospitals|centres|centers|clinics)\b",
        r"\bmulti-?cent(?:re|er)\b",
        r"multi|centres|centers|hospitals|sites|clinics|practices|countries",
        ("single-centre",),
    ),
    Feature(
        "single-centre",
        r"\bsingle-?\s?(?:cent(?:re|er)|site)\b|\bat (?:one|a single) (?:hospital|clinic|centre|center|site)\b",
        r"\bsingle-?\s?(?:cent(?:re|er)|site|institution)\b",
        r"single|\bone\b|\ba (?:tertiary|university|teaching|district|large|regional|general)",
        ("multicentre",),
    ),
)
FEATURES = {one.name: one for one in ALL}
OF_CURATED: Mapping[str, tuple[str, ...]] = {
    "randomised-controlled-trial": ("randomised", "trial", "assigned"),
    "cluster-randomised-trial": ("randomised", "trial", "assigned"),
    "crossover-trial": ("randomised", "trial", "assigned", "crossover"),
    "non-randomised-trial": ("non-randomised", "trial", "assigned"),
    "cohort": ("cohort", "observational"),
    "case-control": ("case-control", "observational"),
    "cross-sectional": ("cross-sectional", "observational"),
    "case-series": ("observational", "case series"),
    "narrative-review": ("narrative",),
    "systematic-review": ("review",),
    "meta-analysis": ("review",),
    "network-meta-analysis": ("review",),
    "clinical-guideline": ("narrative",),
    "expert-opinion": ("narrative",),
    "biomechanical-model": ("modelled",),
    "simulation": ("modelled",),
    "in-vivo-measurement": ("measured",),
}
# what a study of a curated design cannot have been, where the record says nothing that may be meant for it
NOT_CURATED: Mapping[str, tuple[str, ...]] = {
    "randomised": ("biomechanical-model", "simulation", "in-vivo-measurement", "laboratory-experiment", "within-person-experiment"),
    "trial": ("biomechanical-model", "simulation", "in-vivo-measurement", "clinical-guideline"),
    "cohort": ("laboratory-experiment", "within-person-experiment", "in-vivo-measurement", "biomechanical-model",
               "simulation", "narrative-review", "clinical-guideline"),
    "case-control": ("laboratory-experiment", "within-person-experiment", "in-vivo-measurement", "meta-analysis",
                     "biomechanical-model", "simulation", "narrative-review", "clinical-guideline"),
    "cross-sectional": ("meta-analysis", "narrative-review", "clinical-guideline"),
    "review": ("laboratory-experiment", "within-person-experiment", "in-vivo-measurement", "biomechanical-model",
               "simulation", "case-series"),
    "modelled": ("laboratory-experiment", "within-person-experiment", "narrative-review", "clinical-guideline",
                 "meta-analysis"),
}  # fmt: skip
