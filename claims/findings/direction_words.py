"""Words and patterns by which the signs of a direction are read: a table."""

# ruff: noqa: SIM905 - words in a row are read more easily than a list of strings

from __future__ import annotations

import re

from claims.expressions import expression

#: words of a name that do not tell it from another
STOP = frozenset(
    (
        "the a an of in on for to and or with by at from as is was were are be been this that these those it "
        "its than into after before during between among per vs versus group groups patients participants "
        "subjects treatment study rate level levels score scores mean total number change changes incidence "
        "measured using use "
    ).split()
)
#: no difference
NONE = frozenset(
    (
        "no not non nor neither similar comparable equal equivalent same differ difference differences "
        "unchanged ns insignificant nonsignificant noninferior alike without "
    ).split()
)
#: less, shorter, worse
LESS = frozenset(
    (
        "reduced reduces reduce reduction reductions reducing lower lowered lowering lowers decreased "
        "decrease decreases decreasing less fewer smaller shorter shortened declined decline fell fall "
        "dropped drop diminished attenuated worse worsened inferior suppressed inhibited prevented prevents "
        "prevent weaker poorer lost loss minimized alleviated relieved faster earlier halved lowest fewest "
    ).split()
)
#: more, longer, better
MORE = frozenset(
    (
        "increased increases increase increasing higher greater more larger longer improved improvement "
        "improvements improves improve better superior rose rise raised elevated enhanced enhancement "
        "enhances gained gain prolonged favored favoured favoring favouring favor benefit beneficial "
        "effective efficacious stronger exceeded doubled tripled twice threefold twofold highest "
    ).split()
)
#: of LESS and MORE, those that tell a change, so that a larger number after them is more of it
FALLS = frozenset(
    (
        "reduced reduces reduce reduction reductions decreased decrease decreases declined decline fell fall "
        "dropped drop lost loss shortened "
    ).split()
)
RISES = frozenset(
    "increased increases increase rose rise risen raised improved improvement gained gain improve".split()
)
#: names of a comparison group
CONTROL = frozenset(
    ("control controls placebo sham usual standard conventional saline vehicle untreated ").split()
)
#: names of a treated group
TREATED = frozenset(("intervention experimental active treated intervened supplemented ").split())
#: of MORE and LESS, those that judge
BETTER = frozenset(
    (
        "improved improvement improvements improves improve better superior benefit beneficial effective "
        "efficacious enhanced relieved alleviated favored favoured favor favoring favouring "
    ).split()
)
#: the same, for the worse
WORSE = frozenset(("worse worsened inferior poorer weaker ").split())
P = expression(r"\b[pP](?:[ -]?values?)?\s?(?P<sign>=|<|>|≤|≥|=\s?<)\s?(?P<p>\d?[.·,]\s?\d+)")
CI = expression(
    r"(?:CI|confidence interval)s?\W{0,4}(?:was|of"
    r"|from)?\W{0,3}(?P<low>[-−–]?\s?\d+(?:[.·]\d+)?)\s?%?\s?(?:to|[-–—,;])\s?"
    r"(?P<high>[-−]?\s?\d+(?:[.·]\d+)?)",
    re.IGNORECASE,
)
RATIO = expression(
    r"\b(?:RR|OR|HR|IRR|aOR|aHR|aRR|[Oo]dds [Rr]atio|[Hh]azard [Rr]atio|[Rr]elative [Rr]isk"
    r"|[Rr]isk [Rr]atio|[Rr]ate [Rr]atio)\b"
)
PAIR = expression(
    r"(?P<a>\d+(?:[.·]\d+)?)\s?(?P<unit>%"
    r"|[A-Za-z/]{1,8})?(?:\s?[±(\[][^()\[\]]{0,30}[)\]]?)?\s?,?\s?(?:vs?\.?|versus|and|compared (?:with"
    r"|to)|against)\s"
    r"(?:[a-z]+\s){0,3}(?P<b>\d+(?:[.·]\d+)?)"
)
BAD = expression(
    r"pain|symptom|mortal|death|adverse|complicat|infect|pressure|anxi|depress|stress|fatigue|nausea|vomit"
    r"|bleed|relaps|recurr|fail|disab|risk|loss|inflamm|cholesterol|triglycer|glucose|hba1c|weight|bmi|cough"
    r"|itch|wound"
    r"|severity|discomfort|sensitiv|crp|edema|swelling|fall|fracture|hospital|toxic|side effect|headache"
    r"|attack"
    r"|lesion|plaque|craving|insomnia|time to|duration|length of|latency|burden|problem|difficult|error"
    r"|wrinkle",
    re.IGNORECASE,
)
GOOD = expression(
    r"quality|function|strength|surviv|knowledge|adherence|complian|satisf|cure|success|recover|score"
    r"|remission"
    r"|response|pregnan|birth|weight gain|density|capacity|performance|cognit|memory|fev|oxygen|healing"
    r"|uptake|efficacy|tolerab|accura|abstinen|cessation|mobility|balance|well-?being|sleep|clearance",
    re.IGNORECASE,
)
CODE = expression(r"\b[Gg]roup[- ]([A-Z0-9]{1,3})\b|\(([A-Z][A-Za-z0-9+-]{0,7})\)")
