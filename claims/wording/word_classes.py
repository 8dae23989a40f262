# ruff: noqa: E501, SIM905 - word lists read better unwrapped
"""Classes of words by which the strength model sees a sentence's build: our own lists.

A class stands for any of its words, so that what is learnt of "lowers ... in patients" holds for
"shortens" too. Words in no class are content, and a run of them counts as one.
"""

from __future__ import annotations

from claims.wording import cues

# Verbs of change beyond those the rules know; their forms are made as the rules make them.
_MORE_VERBS = (
    "decelerate yield allow permit widen narrow diversify reinforce hinder hamper impede interfere transform "
    "resolve remove correct overcome offset limit maximize empower encourage discourage deter create lead result "
    "contribute bring give gain lose sensitize inactivate neutralize mask obscure degrade erode destabilize "
    "determine shape govern dictate control underlie explain account spark foster endanger threaten jeopardize "
    "burden expand extend enrich curtail arrest stop avert guard defend combat antagonize synergize abrogate kill "
    "injure disturb change perturb shift decline"
).split()
_CLASSES = {
    "ASSOCIATED": "associated association associations correlated correlation correlations correlate correlates "
    "related relationship relationships relation linked link links unrelated unassociated connected",
    "PREDICTS": "predictor predictors predict predicts predicted predictive prognostic marker markers biomarker "
    "biomarkers predicting prognosis indicator indicators",
    "RISK": "risk risks odds likelihood incidence prevalence rate rates frequency hazard",
    "FACTOR": "factor factors determinant determinants",
    "MORE": "higher lower greater fewer more less better worse larger smaller longer shorter superior inferior "
    "faster slower stronger weaker older younger poorer highest lowest most least",
    "DIFFERENT": "difference differences different differ differed differs similar comparable same equal equivalent "
    "similarly equally vary varied varies",
    "EFFECT": "effect effects effective efficacious efficacy effectiveness effectively impact impacts influence "
    "influences role roles benefit benefits beneficial advantage advantages protective ineffective",
    "CHANGE": "improvement improvements reduction reductions increase increases decrease decreases change changes "
    "decline gain gains elevation",
    "CAUSE": "cause causes causal causative due owing attributable responsible consequence consequences because",
    "MAY": "may might could would",
    "CAN": "can",
    "SEEMS": "seem seems seemed appear appears appeared tend tends tended",
    "LIKELY": "likely unlikely probably possibly potentially perhaps presumably potential possible promising promise",
    "NEEDED": "need needed needs required requires require warranted warrant necessary should must recommended "
    "recommend recommends essential important importance crucial ought advisable considered consider",
    "STUDY": "study studies trial trials research investigation investigations work",
    "RESULT": "results result findings finding data evidence analysis analyses observations",
    "SHOWS": "show shows showed shown suggest suggests suggested indicate indicates indicated demonstrate demonstrates "
    "demonstrated found observed confirm confirms confirmed conclude concluded reveal revealed revealing report "
    "reported support supports supported",
    "FURTHER": "future further additional larger long-term large prospective randomized",
    "IS": "is are was were be been being",
    "HAS": "has have had having",
    "DOES": "do does did",
    "NOT": "not no nor neither never without cannot fail failed fails unable lack none",
    "SAFE": "safe feasible tolerated safety feasibility acceptable",
    "DIAGNOSIS": "diagnosis diagnostic diagnose detection detect sensitivity specificity accuracy accurate identify "
    "identification screening assessment measure measuring predicting",
    "USE": "use used using useful utility option alternative approach method technique tool strategy",
    "WHETHER": "whether unclear unknown determine understand explore evaluate assess investigate examine how why "
    "establish",
    "PEOPLE": "patients patient group groups women men children participants subjects those cases individuals "
    "controls placebo control",
}
# Words that count as themselves: they hold a sentence together.
_ITSELF = (
    "of in with for by to from on between among than compared versus vs after before during following and or but "
    "although while whereas if that which when as at into we it they this these our , ; : ? . %"
).split()
_NOTHING = frozenset("the a an significantly significant also".split())


def _verb_class(form: str) -> str:
    if form.endswith("ing"):
        return "CHANGING"
    if form.endswith("ed") or form in cues.IRREGULAR_PAST:
        return "CHANGED"
    return "CHANGES" if form.endswith("s") else "CHANGE-TO"


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for base in _MORE_VERBS:
        table.update((form, _verb_class(form)) for form in cues.forms(base))
    table.update((form, _verb_class(form)) for form in cues.CAUSAL_VERBS)
    table.update((word, "CHANGED") for word in ("led", "gave", "brought", "kept", "made"))
    for name, words in _CLASSES.items():
        table.update((word, name) for word in words.split())
    table.update((word, word) for word in _ITSELF)
    return table


TABLE = _table()


def word_class(word: str) -> str | None:
    """The class of a lower-case word, ``_`` for content, 0 for a number, None for what is passed over.

    >>> word_class("lowers"), word_class("broccoli"), word_class("12"), word_class("the")
    ('CHANGES', '_', '0', None)
    """
    if word in _NOTHING:
        return None
    known = TABLE.get(word)
    if known is not None:
        return known
    if word[0].isdigit():
        return "0"
    if word.endswith("ly"):
        return None
    return "_" if word[0].isalpha() else "."
