"""The parts of an abstract: its sections, its sentences, and what is said of the study as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from claims import quantities

_LABELS: tuple[tuple[str, str], ...] = (
    (
        "background",
        "background|introduction|objectives?|aims?|purpose|context|importance|rationale|question|hypothesis"
        "|aims? and objectives?|background and (?:aims?|objectives?|purpose)|background/aims?"
        "|study objectives?"
        "|what is known|problem",
    ),
    (
        "methods",
        "methods?(?! and (?:results|findings))|materials? and methods?"
        "|patients? and methods?|subjects? and methods?|participants?|design"
        "|study design|design and methods|setting|settings?|interventions?|main outcome measures?"
        "|outcome measures?"
        "|main outcomes? and measures?|measurements?|measures?|exposures?|data sources?|study selection"
        "|data extraction(?: and synthesis)?|evidence (?:review|acquisition)|research design and methods"
        "|methodology|design, setting,? and participants|eligibility criteria|search methods"
        "|selection criteria"
        "|data collection and analysis|statistical analysis|patients?|population|procedures?"
        "|experimental design",
    ),
    (
        "results",
        "methods and (?:results|findings)"
        "|measurements? and main results?|(?:data|evidence) synthesis|results?"
        "|findings?|main results?"
        "|principal findings?|key results|result|outcomes?",
    ),
    (
        "conclusions",
        "conclusions?|interpretation|discussion|conclusions? and relevance|significance"
        "|authors?['’] conclusions?"
        "|summary|implications|conclusions/interpretation|meaning|practical implications|clinical relevance",
    ),
    (
        "other",
        "funding|trial registration|registration|clinical trial registration|keywords?"
        "|trial registration number"
        "|level of evidence|systematic review registration|sources? of funding|copyright|registry",
    ),
    ("title", "title"),
)
_LABEL = re.compile(
    r"(?:(?<=^)|(?<=\n)|(?<=[.!?)\]] )|(?<=[.!?)\]]  ))[ \t]*(?:"
    + "|".join(f"(?P<{kind}>{names})" for kind, names in _LABELS)
    + r")[ \t]*(?::|\.(?=\s[A-Z])|\s?[-–—](?=\s)|\n)",
    re.IGNORECASE,
)
# "OBJECTIVE To learn ... DATA SYNTHESIS Nine trials ...": labels in capitals that lost their colon
_SHOUTED = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<{kind}>{names.upper()})" for kind, names in _LABELS if kind != "title")
    + r")(?: AND [A-Z]{4,})?\b[:.]?(?=\s)"
)
# "Summary Background Women born ... Methods 640 000 women ... Findings Mortality ...": the label is lost in
# the text; three different ones make them labels
_QUIET = re.compile(
    r"(?:^|(?<=[.!?)\]] )|(?<=[.!?)\]]  )|(?<=\n))(?:Summary\s+)?(?:(?P<background>Background"
    r"|Introduction|Objectives?|Aims?|Purpose|Importance|Context"
    r"|Rationale|Question)|(?P<methods>Methods|Materials and Methods|Design|Setting|Participants"
    r"|Patients|Interventions?"
    r"|Main [Oo]utcome [Mm]easures|Main Outcomes and Measures|Data [Ss]ources)"
    r"|(?P<results>Results|Findings|Main [Rr]esults)|(?P<conclusions>Conclusions?(?: and Relevance)?"
    r"|Interpretation|Discussion)"
    r"|(?P<other>Funding|Trial [Rr]egistration))\s+(?=[A-Z0-9À-Þ])"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:vs|e\.g|i\.e|et al|al|Fig|figs?|approx|No|Dr|Mr|Ms|St|ca|cf|resp|Inc|Ltd|spp|sp|viz|incl|etc"
    r"|Eq|ref"
    r"|n\.s|min|max|wk|yr|mo|hr|h|d|s\.d|S\.D|s\.e|[A-Z])|\b[a-z]\.[a-z])\.$"
)
_END = re.compile(r"[.!?][)\]\"”’']{0,2}(?=\s+[\"“(\[]?[A-Z0-9À-Þ≥≤<>~α-ωΑ-Ω])|\n+")


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of an abstract: half-open offsets, and its section (None where there are none)."""

    start: int
    end: int
    section: str | None


def sections(text: str) -> tuple[tuple[int, int, str], ...]:
    """(start of the section's text, its end, background|methods|results|conclusions|other|title)."""
    marks = [(match.start(), match.end(), match.lastgroup or "other") for match in _LABEL.finditer(text)]
    if sum(1 for mark in marks if mark[2] in ("results", "conclusions", "methods")) == 0:
        marks = [
            (match.start(), match.end(), match.lastgroup or "other") for match in _SHOUTED.finditer(text)
        ]
    if not marks:
        quiet = [(match.start(), match.end(), match.lastgroup or "other") for match in _QUIET.finditer(text)]
        if len({mark[2] for mark in quiet}) >= 3:
            marks = quiet
    found = []
    for index, (_, end, kind) in enumerate(marks):
        following = marks[index + 1][0] if index + 1 < len(marks) else len(text)
        found.append((end, following, kind))
    return tuple(found)


def sentences(text: str) -> tuple[Part, ...]:
    """The sentences of an abstract, white space trimmed, in order; a label belongs to none."""
    marked = sections(text)
    stretches: list[tuple[int, int, str | None]] = []
    position = 0
    for start, end, kind in marked:
        if start > position:
            label = _LABEL.search(text, position, start)
            before = label.start() if label is not None and label.end() == start else position
            if text[position:before].strip():
                stretches.append((position, before, None))
        stretches.append((start, end, kind))
        position = end
    if position < len(text):
        stretches.append((position, len(text), None))
    parts = []
    for start, end, section in stretches:
        for low, high in _split(text, start, end):
            parts.append(Part(low, high, section))
    return tuple(parts)


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    low = start
    for match in _END.finditer(text, start, end):
        if match[0][0] == "." and _ABBREVIATION.search(text[max(low, match.start() - 8) : match.start() + 1]):
            continue
        found.append((low, match.end()))
        low = match.end()
    found.append((low, end))
    trimmed = []
    for first, last in found:
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if last > first:
            trimmed.append((first, last))
    return trimmed


_DESIGNS: tuple[tuple[str, str], ...] = (
    ("clinical-guideline", r"\bclinical practice guideline|\bguideline (?:panel|committee|development)"),
    ("network-meta-analysis", r"\bnetwork meta-?analys[ie]s"),
    (
        "meta-analysis",
        r"\bmeta-?analy[sz]|\bpooled (?:analys[ie]s|estimates?|data) (?:of|from|across) "
        r"(?:\d+|individual|(?:\w+ ){0,2}(?:cohorts|studies|trials))\b"
        r"|\bfrom \d+ (?:\w+ ){0,3}(?:cohorts|studies|trials) were (?:pooled|combined)\b",
    ),
    (
        "systematic-review",
        r"\bsystematic(?:ally)? review|\bsystematic literature|\bcochrane review"
        r"|\bincluded (?:\d+|two|three|four|five|six|seven|eight|nine|ten) "
        r"(?:\w+ ){0,2}(?:trials|studies|rcts)\b|\b(?:search methods|selection criteria)\b",
    ),
    ("cluster-randomised-trial", r"\bcluster[- ]randomi[sz]|\brandomi[sz]ed clusters"),
    (
        "animal-experiment",
        r"\b(?:mice|rats|mouse model|rat model|zebrafish|rodents?|sprague|wistar|c57bl|piglets)\b",
    ),
    ("crossover-trial", r"\bcross-?over\b"),
    (
        "non-randomised-trial",
        r"\bnon-?randomi[sz]ed|\bquasi-?experiment|\bsingle[- ]arm|\bopen[- ]label pilot"
        r"|\bwithout randomi[sz]ation",
    ),
    (
        "randomised-controlled-trial",
        r"\brandomi[sz]ed|\brandomi[sz]ation|\brandomly (?:assigned|allocated|divided|selected to)|\bRCT\b"
        r"|\b(?:placebo|vehicle|sham)[- ]controlled|\bdouble[- ](?:blind|masked)"
        r"|\bassigned at random|\bintention[- ]to[- ]treat"
        r"|\bwe (?:\w+ )?assigned [\d,]+ ",
    ),
    ("case-control", r"\bcase[-–‐ ]control"),
    (
        "cohort",
        r"\bcohort\b|\bprospective(?:ly)? (?:study|followed|examined|evaluated|assessed|investigated|studied)"
        r"|\bperson-years\b|\blongitudinal|\bfollow(?:ed|-?up) (?:for"
        r"|of) (?:a (?:median|mean)"
        r" of )?\d+(?:\.\d+)? years|\bnurses['’]? health|\bbiobank\b|\bregistry[- ]based"
        r"|\bpopulation-based study",
    ),
    ("cross-sectional", r"\bcross[- ]sectional|\bsurvey(?:ed)?\b|\bprevalence study|\bquestionnaires?\b"),
    ("case-series", r"\bcase (?:series|reports?)\b"),
    ("simulation", r"\bsimulat(?:ion|ed)\b|\bfinite element|\bmusculoskeletal model|\bmodell?ing study"),
    ("laboratory-experiment", r"\bin vitro\b|\bcell (?:line|culture)s?\b|\bex vivo\b"),
    (
        "narrative-review",
        r"\bthis review\b|\bnarrative review|\bwe review\b|\breview of the (?:literature|evidence)",
    ),
)
_DESIGN = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _DESIGNS)
_SYNTHESIS = re.compile(
    r"\b(?:meta-?analysis of|systematic review of|review and meta-?analysis|we searched"
    r"|we included (?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:\w+ )?(?:trials|studies|rcts)"
    r"|this (?:cochrane |updated |systematic )*(?:review|meta-?analysis)\b"
    r"|databases? (?:were|was) searched|medline|pubmed|embase|eligible (?:trials|studies)"
    r"|included (?:trials|studies)|\d+ (?:trials|studies|rcts) (?:were included|involving|with|met))",
    re.IGNORECASE,
)
_ANIMALS = re.compile(
    r"\b(?P<mouse>mice|mouse|murine)\b|\b(?P<rat>rats?)\b|\b(?P<pig>pigs?|piglets?|porcine)\b"
    r"|\b(?P<dog>dogs?|canine)\b"
    r"|\b(?P<rabbit>rabbits?)\b|\b(?P<monkey>monkeys?|macaques?)\b|\b(?P<zebrafish>zebrafish)\b"
    r"|\b(?P<cat>cats|feline)\b",
    re.IGNORECASE,
)
_HUMANS = re.compile(
    r"\b(?:participants?|patients?|adults?|men|women|volunteers|children|people|subjects|individuals"
    r"|persons|infants"
    r"|adolescents|students|workers|residents|pupils?|players?|runners?|cyclists?|swimmers?|soldiers?|boys|girls|babies|newborns|toddlers|teenagers|employees|staff|recruits|dancers|drivers|survivors|smokers|drinkers)\b",
    re.IGNORECASE,
)
_ENTERED = re.compile(
    r"\b(?:randomi[sz]ed|randomly (?:assigned|allocated)|enrol?led|recruited|included|assigned|allocated"
    r"|participated"
    r"|analy[sz]ed|took part|comprised|consisted of|followed|completed|sample of|total of|cohort of"
    r"|trial (?:of|in|with)"
    r"|study (?:of|in|with))\b",
    re.IGNORECASE,
)
_DAYS = {"day": Decimal(1), "week": Decimal(7), "month": Decimal("30.4375"), "year": Decimal("365.25")}


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """What an abstract says of its study; None where it does not say."""

    design: str | None = None
    included_designs: tuple[str, ...] = ()  # of a synthesis, where it says of what
    sample_size: int | None = None
    included_studies: int | None = None
    species: str | None = None
    follow_up_days: Decimal | None = None


def study_facts(text: str, title: str | None = None) -> StudyFacts:
    """Design, size, species and follow-up from an abstract (and its title)."""
    whole = f"{title}. {text}" if title else text
    animals = _ANIMALS.search(whole)
    humans = len(_HUMANS.findall(whole))
    species = None
    if animals is not None and len(_ANIMALS.findall(whole)) > humans:
        species = animals.lastgroup
    elif humans:
        species = "human"
    found = quantities.find(text)
    counts = [quantity for quantity in found if quantity.role == "count" and quantity.high is None]
    design = _design(whole, title, species)
    return StudyFacts(
        design=design,
        included_designs=_included_designs(whole) if design in _SYNTHESES else (),
        sample_size=_sample_size(text, counts),
        included_studies=_included(text, counts),
        species=species,
        follow_up_days=_follow_up(text, found),
    )


_SYNTHESES = frozenset({"meta-analysis", "network-meta-analysis", "systematic-review"})
_OF_WHAT: tuple[tuple[str, str], ...] = (
    (
        "randomised-controlled-trial",
        r"\b(?:randomi[sz]ed(?:,? (?:\w+[- ]){0,2}controlled)? (?:clinical |comparative )?trials|RCTs"
        r"|controlled (?:clinical )?trials)\b",
    ),
    ("non-randomised-trial", r"\b(?:non-?|quasi-?)randomi[sz]ed"),
    (
        "cohort",
        r"\b(?:cohorts\b|(?:cohort|prospective|longitudinal|follow-up)"
        r"(?: (?:cohort|observational|(?:and|or) [\w-]+(?: [\w-]+)?))? studies)",
    ),
    ("case-control", r"\bcase[-–‐ ]control(?: (?:and|or) [\w-]+)? studies"),
    ("cross-sectional", r"\bcross[- ]sectional(?: (?:and|or) [\w-]+)? (?:studies|surveys)"),
)
_OF = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _OF_WHAT)
_NOT_INCLUDED = re.compile(
    r"\b(?:future|further|more|larger?|need(?:ed|s)?|no|lack of|few|well-designed|high-quality|exclud\w+"
    r"|unlike)\s(?:[\w,-]+\s){0,3}$|\b(?:non|quasi)-?$",
    re.IGNORECASE,
)


def _included_designs(whole: str) -> tuple[str, ...]:
    """The designs that a review says it includes: "108 RCTs", "a meta-analysis of 15 cohorts"."""
    return tuple(
        name
        for name, pattern in _OF
        if any(
            not _NOT_INCLUDED.search(whole[max(0, match.start() - 60) : match.start()])
            for match in pattern.finditer(whole)
        )
    )


_ASSIGNED = re.compile(
    r"\b(?:we randomly (?:assigned|allocated)|we randomi[sz]ed|underwent randomi[sz]ation"
    r"|(?:were|was) (?:then )?(?:randomly (?:assigned|allocated)|randomi[sz]ed (?:to|in)\b))",
    re.IGNORECASE,
)
_SEARCHED = re.compile(
    r"\b(?:we searched|were searched|was searched|medline|pubmed|embase|cochrane|(?:we|review) included \d+"
    r"|included (?:trials|studies)|eligible (?:trials|studies))\b",
    re.IGNORECASE,
)


def _is_trial(whole: str) -> bool:
    """Whether the abstract tells of people it assigned itself, and not of papers it searched for."""
    return _ASSIGNED.search(whole) is not None and _SEARCHED.search(whole) is None


def _without_background(whole: str) -> str:
    """The text without what it says of others' studies, where its sections tell."""
    kept, position = [], 0
    for start, end, kind in sections(whole):
        if kind == "background":
            kept.append(whole[position:start])
            position = end
    return "".join(kept) + whole[position:]


def _design(whole: str, title: str | None, species: str | None) -> str | None:
    own = _without_background(whole)
    for text in (title or "", own):
        for name, pattern in _DESIGN:
            if name == "animal-experiment" and species == "human":
                continue
            match = pattern.search(text)
            if match is None:
                continue
            if (
                name in ("meta-analysis", "systematic-review")
                and text is own
                and (not _SYNTHESIS.search(own) or _is_trial(own))
            ):
                continue  # a trial's introduction mentions earlier reviews
            if (
                name == "cohort"
                and text is own
                and re.search(r"\brandomi[sz]ed|\brandomly assigned|\bintention[- ]to[- ]treat", own, re.I)
            ):
                continue
            return name
    return None


_PEOPLE = re.compile(
    r"\b(?:participants?|people|persons?|adults?|patients?|men|women|subjects?|individuals|volunteers?"
    r"|children"
    r"|adolescents|students|nurses|workers|infants|mothers|mice|rats|animals|males|females|athletes"
    r"|residents|veterans|pupils?|players?|runners?|cyclists?|swimmers?|soldiers?|boys|girls|babies|newborns|toddlers|teenagers|employees|staff|recruits|dancers|drivers|survivors|smokers|drinkers)\b",
    re.IGNORECASE,
)


def _sample_size(text: str, counts: list[quantities.FoundQuantity]) -> int | None:
    """The first count of people beside a word of entering; else the largest count of people."""
    people = []
    for count in counts:
        after = text[count.end : count.end + 45]
        before = text[max(0, count.start - 60) : count.start]
        sampled = re.search(r"\b[nN]\s?=\s?$", before)
        if _PERSON_TIME.match(after):
            continue
        if not (sampled or _PEOPLE.search(re.split(r"[,;.(\d]", after, maxsplit=1)[0])) or count.value < 2:
            continue
        people.append((count, bool(_ENTERED.search(before) or _ENTERED.search(after)) and not sampled))
    entered = [int(count.value) for count, entering in people if entering]
    if entered:
        return entered[0] if entered[0] >= max(entered) / 3 else max(entered)
    groups = [int(count.value) for count, _ in people]
    return max([*groups, *_both_sexes(text)], default=None)


_PERSON_TIME = re.compile(r"\s*(?:person|patient)[-‐– ](?:years|months|days)\b", re.IGNORECASE)
_BOTH_SEXES = re.compile(
    r"\b(?P<one>\d[\d,  ]{0,9}) (?P<who>men|women|boys|girls|males|females) and "
    r"(?P<other>\d[\d,  ]{0,9}) (?!(?P=who))(?:men|women|boys|girls|males|females)\b"
)


def _both_sexes(text: str) -> list[int]:
    """The sum where men and women are counted apart: "61,204 men and 88,410 women"."""
    return [
        sum(int(re.sub(r"\D", "", match[side])) for side in ("one", "other"))
        for match in _BOTH_SEXES.finditer(text)
    ]


def _included(text: str, counts: list[quantities.FoundQuantity]) -> int | None:
    for count in counts:
        after = re.split(r"[,;.(]", text[count.end : count.end + 40], maxsplit=1)[0]
        if re.search(r"\b(?:studies|trials|rcts|cohorts)\b", after, re.IGNORECASE) and count.value >= 2:
            return int(count.value)
    return None


def _follow_up(text: str, found: tuple[quantities.FoundQuantity, ...]) -> Decimal | None:
    """The longest stretch of time that is told as follow-up, in days."""
    longest = None
    for quantity in found:
        if quantity.role != "duration" or quantity.unit not in _DAYS:
            continue
        near = text[max(0, quantity.start - 60) : quantity.start]
        after = text[quantity.end : quantity.end + 25]
        if not (re.search(r"follow", near, re.I) or re.search(r"^[- ]?(?:of )?follow", after, re.I)):
            continue
        days = (quantity.high or quantity.value) * _DAYS[quantity.unit]
        longest = days if longest is None else max(longest, days)
    return longest
