"""What damage.py puts in place of what: words of health articles, names and titles that are none."""

from __future__ import annotations

import re

__all__ = [
    "ABSOLUTE",
    "CAUSAL",
    "COMPARATORS",
    "FLIP",
    "FLIPS",
    "FROM_NONE",
    "JOURNALS",
    "NAMES",
    "NUMBERS",
    "OUTCOMES",
    "PARTNERS",
    "PEOPLE",
    "RIGHT",
    "SPELT",
    "SURROGATES",
    "THIRD",
    "TITLES",
    "WORDS",
]


RIGHT = {
    "inflate-number": "N101 N102 N106 N107",
    "inflate-word": "N102 N101 N104 E106",
    "flip-direction": "N103 E102 N101 N106",
    "effect-from-none": "N103 E102 N104 C106",
    "shift-dose": "P103 N101 N107",
    "swap-population": "P101",
    "swap-outcome": "P102 S301 E102 N103",
    "surrogate": "P102 S301 M102",
    "comparator": "N108",
    "horizon": "P105 N101 N107",
    "causal": "C101 E105 E106 C102",
    "drop-hedge": "C102 E106 C101 C103",
    "absolute": "C103 C102 E106",
    "drop-partner": "P104 P103",
    "drop-citation": "S201",
    "author": "S102 S101 S107 S202",
    "year": "S104 S101 S108 S107 S202",
    "title": "S103 S101 S107",
    "journal": "S105 S101 S107",
    "locator": "S106 S101 S107",
    "doi": "S107 S106 S101 S108",
    "doi-of-another": "S107 S101",
}
FLIPS = {
    "lower": "higher", "lowered": "raised", "lowers": "raises",
    "higher": "lower", "raised": "lowered", "raises": "lowers",
    "reduced": "increased", "reduce": "increase", "reduces": "increases",
    "fell by": "rose by", "cut": "raised", "cuts": "raises",
    "less": "more", "fewer": "more",
    "less common": "more common", "more common": "less common",
    "less likely": "more likely", "more likely": "less likely",
    "more frequent": "less frequent", "less frequent": "more frequent", "less often": "more often",
    "shortened": "lengthened", "shortens": "lengthens", "sooner": "later",
    "eased": "worsened", "eases": "worsens", "ease": "worsen", "relieve": "worsen", "relieves": "worsens",
    "improve": "worsen", "improved": "worsened", "improves": "worsens",
    "milder": "worse", "better": "worse", "slow": "speed up", "lighter": "heavier",
    "prevents": "causes", "prevent": "cause",
}  # fmt: skip
FLIP = re.compile(
    r"\b(?:"
    + "|".join(sorted(FLIPS, key=len, reverse=True))
    + r")\b(?! (?:than|certainty|doses?|vitamin) \w+ h)(?!-)"
    r"(?! (?:certainty|dose|doses|vitamin|calcium|part|back|spine|known|off|still|limbs?|legs?|jaw|molars?"
    r"|body|lip|eyelids?|abdom\w+|extremit\w+|respiratory|urinary|gastro\w*|oesoph\w+|segment|bound|end|half|out)\b)"
    # a bound: "less than 78 minutes"
    r"(?! than (?:an? |about |around |some )?(?:\d|half|third|quarter|one|two|three|four|five|six|seven|eight"
    r"|nine|ten)\b)"
)
FROM_NONE = [
    (r"\bdid not (?:significantly |clearly )?reduce\b", "reduced"),
    (r"\bdid not (?:significantly |clearly )?lower\b", "lowered"),
    (r"\bdid not (?:clearly )?lengthen\b", "lengthened"),
    (r"\bdid not relieve\b", "relieved"),
    (r"\bdid not prevent\b", "prevented"),
    (r"\bdid not help\b", "helped"),
    (r"\bdid not differ\b", "improved"),
    (r"\bmade (?:no|little or no) difference to\b", "improved"),
    (r"\bfound no difference in\b", "found far less"),
    (r"\bwas about the same\b", "was much lower"),
    (r"\bwere not more likely\b", "were more likely"),
    (r"\bNor did\b", "So did"),
]
CAUSAL = [
    (
        r"\b(?:is|was|were|are) (?:associated with|linked to) (?:a )?(?:\d+ ?% )?(?:higher|increased)\b",
        "raises the",
    ),
    (
        r"\b(?:is|was|were|are) (?:associated with|linked to) (?:a )?(?:\d+ ?% )?(?:lower|less)\b",
        "lowers the",
    ),
    (r"\bgo along with less\b", "prevent"),
]
ABSOLUTE = [
    (
        r"(?<!not )(?<!may )(?<!might )(?<!probably )\b(?:reduces?|lowers?|cuts?)(?= (?:the (?:rate"
        r"|risk|odds) of )?\w)",
        "eliminates",
    ),
    (r"\b(?:reduced|lowered|cut)(?= (?:the (?:rate|risk|odds) of )?[a-z])", "completely prevented"),
    (r"\b(?:may|might) (?:relieve|reduce|lower|improve|ease)\b", "is proven to cure"),
]
WORDS = [
    (r"\b(?:shortened|cut|lowered|reduced|eased)\b(?! accidental)", "more than halved"),
    (r"\b(?:shortens|cuts|lowers|reduces|eases)\b", "more than halves"),
    (r"\bslightly lower\b", "dramatically lower"),
    (r"\bwas (?:about )?\d+ ?% lower\b", "was less than half as high"),
    (r"\ba (\d+) ?% higher\b", "a threefold higher"),
    (r"\babout a third less\b", "nine tenths less"),
    (r"\bmore than doubles\b", "quintuples"),
    (r"\babout twice as likely\b", "five times as likely"),
    (r"\bnearly three times as\b", "ten times as"),
    (r"\bslightly\b(?! lower)", "dramatically"),
    (r"\babout half a centimetre\b", "several centimetres"),
]
PEOPLE = {
    "older adults": "pregnant women", "older people": "teenagers",
    "people with hypertension": "pregnant women",
    "adults with untreated hypertension": "healthy children", "young adults": "older adults",
    "older women": "young men", "postmenopausal women": "teenage girls", "pregnant women": "older men",
    "women with": "men with", "people with insomnia": "people with dementia",
    "people with knee osteoarthritis": "healthy athletes", "children with asthma": "adults with COPD",
    "adults with obesity": "pregnant women", "students": "older adults",
    "health workers": "people with cancer",
    "adults with depression": "adolescents with anxiety", "adults with migraine": "children with epilepsy",
    "infants": "older adults", "smokers": "pregnant women", "children": "older adults", "women": "men",
    "adults": "children",
}  # fmt: skip
OUTCOMES = {
    "type 2 diabetes": "breast cancer", "gestational diabetes": "asthma", "stroke": "dementia",
    "strokes": "broken hips", "hypertension": "asthma", "systolic blood pressure": "LDL cholesterol",
    "respiratory infection": "cancer", "depression": "dementia", "hip fracture": "heart attack",
    "anxiety": "migraine", "stress": "back pain", "sleep duration": "blood pressure", "falls": "stroke",
    "knee pain": "memory", "knee osteoarthritis": "heart failure", "sleep quality": "blood pressure",
    "nausea": "back pain", "hot flushes": "migraine", "breast cancer": "lung cancer",
    "cervical cancer": "breast cancer", "tooth decay": "hair loss", "gum disease": "acne",
    "neural tube defect": "cleft lip", "birth weight": "blood pressure", "pre-eclampsia": "migraine",
    "urinary incontinence": "constipation", "autism": "epilepsy", "influenza": "pneumonia",
    "headache": "back pain", "fatigue": "diarrhoea", "fever": "diarrhoea", "weight gain": "hair loss",
    "asthma attacks": "ear infections", "migraine attacks": "strokes", "bone density": "muscle mass",
    "asthma": "diabetes",
}  # fmt: skip
SURROGATES = {
    "systolic blood pressure": "strokes", "LDL cholesterol": "heart attacks", "bone density": "hip fractures",
    "less plaque": "less tooth loss", "HbA1c": "heart attacks", "migraine days": "disability",
}  # fmt: skip
COMPARATORS = [
    (r"(?<=than )(?:with )?placebo\b", "with antidepressants"),
    (r"(?<=compared with )placebo\b", "antidepressants"),
    (r"(?<=than )sham acupuncture\b", "beta-blockers"),
    (r"(?<=compared with )stretching\b", "strength training"),
    (r"(?<=compared with )usual care\b", "strength training"),
    (r"(?<=than )usual care\b", "surgery"),
    (r"(?<=than )sleep hygiene education\b", "sleeping pills"),
    (r"(?<=compared with )a waiting list or usual care\b", "sleeping pills"),
    (r"(?<=than )(?:with )?a manual brush\b", "with dental floss"),
    (r"(?<=compared with )standard care\b", "metformin"),
]
PARTNERS = [
    (
        r" (?:combined|together) with (?:\d+ g of |supervised |sleep hygiene )?"
        r"(?:exercise|education|gum|protein a day)\b",
        "",
    ),
    (r"1\.2 g of calcium and (?=800 IU)", ""),
    (r" plus (?:patient )?education\b", ""),
    (r" and education\b", ""),
    (r"\bWith weekly behavioural support for all, ", ""),
]
NAMES = ["Brandvold", "Achterberg", "Mukherjee", "Rosenthal", "Villanueva", "Grzybowski"]
JOURNALS = ["The Lancet", "JAMA Network Open", "BMJ Open", "Nutrients"]
TITLES = [
    "A new look at old habits: results from a national survey",
    "Effects of daily routines on wellbeing in later life",
    "Cellular pathways of recovery in a laboratory model",
]
SPELT = {
    "two": 2,
    "three": 3,
    "five": 5,
    "six": 6,
    "seven": 7,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
NUMBERS = [
    (
        re.compile(r"(?<=by )(?:about )?(\d+(?:\.\d+)?)(?= (?:mm|minutes|points|kg|cm|attacks|days|g)\b)"),
        2.5,
        2.5,
    ),
    (
        re.compile(
            r"(?<![\d.–-])(\d+(?:\.\d+)?)"
            r"(?= (?:points|minutes|g|kg) (?:lower|higher|lighter|sooner|milder))"
        ),
        2.5,
        2.5,
    ),
    (re.compile(r"(?:(?<=ratio )|(?<=OR )|(?<=HR )|(?<=RR )|(?<=of ))(0\.\d\d|[1-9]\.\d\d)\b"), 0.6, 1.9),
    (re.compile(r"(?<=SMD −)(0\.\d\d)\b"), 2.4, 2.4),
]
THIRD = {"be": "is", "have": "has", "also": "also"}
