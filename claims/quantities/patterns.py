"""The patterns by which a number is found and told what it is. Bounded windows, no backtracking traps:
every pattern over what stands *before* a number is searched in at most 90 characters."""

from __future__ import annotations

import re
from decimal import Decimal

from claims.quantities.units import PERIODS, UNITS

WORDS: dict[str, int] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000,
}  # fmt: skip
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_SMALL = rf"(?:(?:{_TENS})[ -](?:{_ONES})|{_TENS}|{_TEENS}|{_ONES})"
# "one hundred twenty", "a hundred and two", but not "one in a hundred and two in a thousand"
_REST = rf"(?:(?: and)?[ -]{_SMALL}(?!\w|\s(?:in|out|of)\b))"
_HUNDREDS = rf"(?:{_SMALL}|a)[ -]hundred{_REST}?"
_WORD = (
    rf"(?:{_TEENS}|{_ONES}) and (?:a half|a quarter|three[ -]quarters)"
    rf"|(?:{_HUNDREDS}|{_SMALL}|a)[ -](?:thousand|million)(?:(?: and)?[ -]{_HUNDREDS}|{_REST})?"
    rf"|{_HUNDREDS}|(?:{_SMALL}|a)[ -]dozen|{_SMALL}"
    r"|hundred|thousand|(?:a )?couple of|half an?|half"
)
DIGITS = (
    r"(?:\d{1,3}(?:,\d{3}){1,5}(?!\d)|\d{1,3}(?:[\u2002-\u200a\u202f\u205f\u00a0]\d{3}){1,5}(?!\d)"
    r"|[1-9]\d{0,2}(?: \d{3}){1,5}(?!\d)"
    r"|0,\d{1,3}(?!\d)|\d+)(?:[.·∙⋅‧]\d+)?|[.·∙⋅‧]\d+"
)
# what it can begin with is looked at first: no number begins at most places of a text
TOKEN = re.compile(
    rf"(?=[-−–\d.·∙⋅‧])(?P<sign>(?<![\w)\]%])[-−–](?=[\d.·]))?(?P<digits>{DIGITS})"
    rf"|(?=[acefhnost])(?<![\w-])(?P<word>{_WORD})(?!\w)",
    re.IGNORECASE,
)
SCALE = re.compile(r"\s(?:million|billion|thousand)\b|k\b", re.IGNORECASE)
SEPARATOR = re.compile(r"\s?[-–—‐‑−~]\s?|\s+(to|and|or|through)\s+(?:about |around |even )?", re.IGNORECASE)

# Numbers that are parts of names, references and addresses: masked before the scan.
MASK = re.compile(
    r"(?=[hwdDpPiInNaA\d\[])(?:https?://\S{1,2000}|www\.\S{1,2000}|(?i:\bdoi:?\s?)?\b10\.\d{4,9}/\S{1,300}"
    r"|(?i:\b(?:pmid|pmcid|isbn|issn|nct|actrn|isrctn)[:\s]{0,2}[\d-]{4,20}\b)"
    r"|\[\^?\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,20}\]"  # [12], [3,4], [^2]
    r"|\[@[^\]]{1,200}\]"
    r"|\b\d{1,2}:\d{2}\b|\b24/7\b|\b\d{1,2}\s?(?:a\.m\.|p\.m\.|am\b|pm\b)"
    r"|\b\d{1,2}(?:st|nd|rd|th)\b)"
)
NAMED_BEFORE = re.compile(
    r"\b(?:types?|phases?|stages?|tables?|fig(?:ure|s)?s?\.?|chapters?|sections?|level|grades?|class|no\."
    r"|number|version|volume|vol\.|issue|part|appendix|equation|box|model|experiment|tips?|reason|trial"
    r"|group|arm|vitamins? [a-k]|omega|covid|coenzyme q|line|page|pp?\.|interleukin|factor|criterion"
    r"|category|quintile|quartile|tertile|top|formula|generation|rule|lesson|myth|fact|question|item"
    r"|clusters?|agent)[ \u00a0]$",
    re.IGNORECASE,
)
NAMED_AFTER = re.compile(
    r"[-–]?D\b|[-–](?:HT|OH|ol|carat)\b|(?:[a-zA-Z]{1,3}\d)|(?:-(?:item|arm|way|point)\b)"
)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
DAY_BEFORE = re.compile(rf"\b{_MONTH}\s$")
DAY_AFTER = re.compile(rf"\s{_MONTH}\b(?!\s(?:be|have|help|also|not))")

UNIT = re.compile(
    r"(?P<gap>\s?[-‐‑]?\s?)(?:"
    + "|".join(f"(?P<u{number}>{forms})" for number, (_, _, forms) in enumerate(UNITS))
    + ")"
)
_PERIOD = "|".join(sorted((re.escape(word) for word in PERIODS), key=lambda word: (-len(word), word)))
_PERIOD_ADVERB = "daily|weekly|nightly|monthly|annually|yearly"
ADJACENT_PERIOD = re.compile(
    rf"(?:\s?/\s?(?P<slash>{_PERIOD})|\s(?:per|an?|each|every|in a|of each)\s(?:single\s)?(?P<each>{_PERIOD})"
    rf"|\s(?P<adverb>{_PERIOD_ADVERB}))\b(?!-)",
    re.IGNORECASE,
)
#: "30 minutes *of brisk walking per day*"
OF_PERIOD = re.compile(
    r"(?:\s(?!(?<!or )(?:less|more|longer|shorter|later|earlier|sooner|faster|slower)\b"
    r"|but\b|than\b|per\b|each\b|every\b|an?\b|for\b|if\b|versus\b|vs\b|to\b|once\b|twice\b"
    r"|times\b|days?\b|nights?\b|sessions?\b|occasions?\b|mornings?\b|evenings?\b)"
    r"[A-Za-z][\w'’-]{0,24}){1,5}?"
    rf"\s(?:(?:per|each|every|an?)\s(?P<one>{_PERIOD})"
    r"|(?P<two>daily|weekly|nightly)(?!\s(?:life|living)))\b",
    re.IGNORECASE,
)

#: what a number's left neighbour ends with → the comparison it makes; the first that fits counts
COMPARISON_BEFORE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "at-least",
        (" at least", "≥", "=>", ">=", " no less than", " no fewer than", " not less than", " minimum",
         " minimum of", " min."),
    ),
    (
        "at-most",
        (" at most", "≤", "<=", " no more than", " not more than", " up to", " maximum", " maximum of",
         " at the most"),
    ),
    (
        "more-than",
        (" more than", " greater than", " longer than", " higher than", " larger than", " older than",
         " over", " above", " exceed", " exceeds", " exceeded", " exceeding", ">", " beyond"),
    ),
    (
        "less-than",
        (" less than", " fewer than", " lower than", " shorter than", " smaller than", " younger than",
         " under", " below", "<", " not yet", " not yet reached", " short of", " not reached"),
    ),
    (
        "about",
        (" about", " around", " approximately", " approx", " approx.", " roughly", " nearly", " almost", "~",
         "≈", "∼", " circa", " ca", " ca.", " some", " close to", " just over", " just under",
         " approaching"),
    ),
)  # fmt: skip
#: words that may stand between the comparison and the number ("about a 1 % rise")
COMPARISON_FILLERS = (" a", " an", " the", " total of", " average of")
COMPARISON_AFTER: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "at-least",
        re.compile(r"\+|\s?(?:or|and) (?:more|longer|greater|higher|above|over|older|up)\b", re.IGNORECASE),
    ),
    (
        "at-most",
        re.compile(r"\s?(?:or|and) (?:less|fewer|shorter|lower|below|under|younger)\b", re.IGNORECASE),
    ),
)

COUNT_NOUN = re.compile(
    r"(?:\s|-)(?:[a-z][a-z-]{1,20}\s){0,3}?(?:participants?|people|persons?|adults?|patients?|men|women|subjects?"
    r"|individuals|volunteers?|children|adolescents|teenagers|boys|girls|students|pupils|players|residents|employees|nurses|workers|veterans"
    r"|runners|athletes|mothers|infants|babies|studies|trials|cohorts|papers|articles|rcts|reviews"
    r"|meta-analyses|cases|deaths|events|countries|centres|centers|hospitals|sites|clinics|cities|mice|rats"
    r"|animals|responders|users|smokers|drinkers|twins|pairs|survivors|households|families|americans|britons"
    r"|australians|employees|physicians|episodes|falls|fractures|respondents|schools|pregnancies|births"
    r"|members|seniors|consumers|males|females|controls)\b",
    re.IGNORECASE,
)
SAMPLE = re.compile(r"\b[nN]\s?(?:=|of)\s?$|\btotal of\s$")
STATISTIC_BEFORE = re.compile(
    r"(?:\b(?:a?HRs?|a?RRs?|a?ORs?|IRR|SMD|MD|WMD|PR|SHR|hazard ratios?|risk ratios?|odds ratios?"
    r"|relative risks?|rate ratios?|mean differences?|ratios?|Cohen'?s d|coefficients?|beta|kappa"
    r"|correlation|d|g|r|I2|I²)\)?\s?(?:\[?\(?\s?)?(?:=|:|,|was|were|of|is)?\s?|[=]\s?)$"
)
P_BEFORE = re.compile(
    r"\b[pP](?:[ -]?values?)?(?:\s(?:of|was|for (?:trend|interaction)))?\s?[=<>≤≥≈]\s?$|\b[pP]\s?$"
)
INTERVAL_BEFORE = re.compile(
    r"(?:\bCrI|\bCIs?|confidence intervals?|credible intervals?|confidence limits|\bIQR"
    r"|interquartile range|\brange)\)?\s?(?:[,:;=\[(]|of|was|from|is)?\s?[\[(]?\s?$",
    re.IGNORECASE,
)
LEVEL_AFTER = re.compile(
    r"\s?-?(?:CrI|CIs?\b|confidence|credible|uncertainty intervals?|UIs?\b|prediction)", re.IGNORECASE
)
AGE_BEFORE = re.compile(
    r"(?:\baged?|\bages|\bage (?:of|range|group|was|is)|\bages of|\bmean age(?: of| was| is)?"
    r"|\baged?(?: between| from| over| under)|\bolder than|\byounger than)[\s:(]*$",
    re.IGNORECASE,
)
PEOPLE_OVER = re.compile(
    r"\b(?:people|adults?|men|women|persons|those|patients|anyone|everyone|individuals|children|seniors"
    r"|if you(?:'re| are))\s(?:who are\s)?(?:over|under|above|below|past)(?: the age of)?\s$",
    re.IGNORECASE,
)
AGE_AFTER = re.compile(
    r"\s?-?years?[- ](?:olds?|of age)\b|-year-olds?\b|\syears? (?:and|or) (?:older|over|above|younger)\b"
    r"|\s(?:and|or) (?:older|younger)\b|[- ](?:olds?|of age)\b",
    re.IGNORECASE,
)
DURATION_BEFORE = re.compile(
    r"\b(?:after|within|over|during|in(?=\sthe\b)|every|for|throughout|until|before|by|last(?:ed|ing|s)?"
    r"|follow(?:ed|ing|-)?[- ]?up(?: of| was| period of)?|median|past|previous|next|first|at)\s"
    r"(?:(?:the|an?|just|only|about|around|approximately|roughly|up to|at least|more than|over|least|of"
    r"|median|mean|period|follow-up|last|past|next|first|previous)\s){0,4}$",
    re.IGNORECASE,
)
# "84 grams lighter", "200 ml less than the others": what came of it, not what was given
SIZED_AFTER = re.compile(
    r"\s(?:lighter|heavier|bigger|smaller|(?:less|more|lower|higher)(?=\s(?:at|than|on|after|in)\b|\s?[.,;(]|$))",
    re.IGNORECASE,
)
CHANGE_AFTER = re.compile(
    r"\s(?:less|more|longer|shorter|later|earlier|fewer|faster|slower|sooner|quicker)\b(?!\sthan\s\w+\s(?:a|per)\b)",
    re.IGNORECASE,
)
CHANGED_BY = re.compile(
    r"\b(?:shorten|lengthen|reduc|cut|increas|rose|fell|decreas|improv|delay|advanc|extend|rise|fall|drop|gain)\w{0,4}"
    r"\s(?:[\w-]+\s){0,5}(?:by|of)\s(?:an?\s)?(?:about\s|around\s|roughly\s|nearly\s|only\s|an average of\s)?"
    r"$",
    re.IGNORECASE,
)
SLEPT = re.compile(
    r"\b(?:total sleep time|sleep (?:onset )?latency|sleep duration|sleep time)\s(?:\w+\s){0,2}"
    r"(?:was|were|averaged|fell|rose|went|increased|decreased)\s(?:by\s|from\s|to\s|about\s|around\s)*$",
    re.IGNORECASE,
)
#: "reduces drinking, by about 20 g a week": what is set off by a comma is what came of it
BY_ITSELF = re.compile(
    r"\w,\sby\s(?:an average of\s|about\s|around\s|roughly\s|some\s|only\s)?$", re.IGNORECASE
)
FOR_BEFORE = re.compile(r"\bfor\s(?:at least\s|about\s|around\s|up to\s|just\s|only\s|a\s)?$", re.IGNORECASE)
FROM = re.compile(
    r"\bfrom\s(?:an?\s|the\s)?(?:(?:mean|median|average|baseline|score|value|level|rate|total|initial)\s){0,3}"
    r"(?:of\s)?(?:about\s|around\s|roughly\s)?$",
    re.IGNORECASE,
)
CHANGE = re.compile(
    r"\b(?:increas|ris|rose|extend|lengthen|fell|fall|drop|cut|decreas|reduc|grew|grow|improv|went|lower"
    r"|decline|climb|rais|jump|shorten|prolong|shr[aiu]nk|push|delay|stretch)\w{0,6}\b",
    re.IGNORECASE,
)
SUMMARY = re.compile(r"\b(?:median|mean|average|baseline|score|rate)\b", re.IGNORECASE)
BETWEEN = re.compile(r"\b(?:between)\s(?:the ages of\s|ages\s)?$", re.IGNORECASE)
UNIT_BEFORE = re.compile(r"(?P<unit>days?|weeks?|months?|minutes?|hours?)\b[^.;]{0,40}$", re.IGNORECASE)
YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|from|by|until|before|after|during|between|to|and|of|early|late|mid|spring|summer"
    rf"|autumn|fall|winter|the|year|{_MONTH})\s|[(,;]\s?|al\.,?\s|[–-])$",
    re.IGNORECASE,
)

SHARE = re.compile(
    r"(?i:(one|two|three|four|six|seven|eight|nine|\d{1,4}))\s(?i:in|out of)(?i:\severy)?\s"
    r"(?i:(three|four|five|six|seven|eight|nine|ten|twenty|hundred|\d{1,3}(?:,\d{3})*))\b(?![%.,]\d)"
)
PRESSURE = re.compile(r"(\d{2,3})\s?/\s?(\d{2,3})(?=\s?mm\s?Hg)(\s?mm\s?Hg)")

# Words that stand for a frequency: value, other end, unit. "Most" is more than half: of the seven
# days at least four; all seven would be "every day", so at most six.
FREQUENCIES: tuple[tuple[re.Pattern[str], Decimal, Decimal | None, str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), Decimal(value), Decimal(high) if high else None, unit)
    for pattern, value, high, unit in (
        (r"most days(?: of (?:the|each|every) week| (?:a|per|each) week)?\b", "4", "6", "session/week"),
        (r"most nights\b", "4", "6", "session/week"),
        (r"(?:every other|every second|alternate) days?\b", "3.5", "", "session/week"),
        (r"(?:every (?:single )?(?:day|morning|evening|night)|each day)\b", "1", "", "session/day"),
        (r"weekdays\b", "5", "", "session/week"),
        (r"once (?:a|per|every|each) (?:day|night)\b|once[- ]daily\b", "1", "", "session/day"),
        (r"twice (?:a|per|every|each) day\b|twice[- ]daily\b", "2", "", "session/day"),
        (r"(?:thrice daily|thrice a day)\b", "3", "", "session/day"),
        (r"once (?:a|per|every|each) week\b|once[- ]weekly\b", "1", "", "session/week"),
        (r"twice (?:a|per|every|each) week\b|twice[- ]weekly\b", "2", "", "session/week"),
        (r"thrice (?:weekly|a week|per week)\b", "3", "", "session/week"),
        (r"once (?:a|per|every|each) month\b", "1", "", "session/month"),
        (r"twice (?:a|per|every|each) month\b", "2", "", "session/month"),
        (
            r"(?:daily|nightly)\b(?!\s(?:life|lives|living|routine|basis|activit|dose|diet|function|task))",
            "1",
            "",
            "session/day",
        ),
        (
            r"weekly\b(?!\s(?:\w+\s)?(?:scores?|diar(?:y|ies)|averages?|means?|number|counts?|visits?|rates?|total))",
            "1",
            "",
            "session/week",
        ),
    )
)
FREQUENCY_START = re.compile(
    r"\b(?=(?:most|every|each|alternate|weekdays|once|twice|thrice|daily|nightly|weekly)\b)", re.IGNORECASE
)
