"""What an abstract says of its study as a whole: design, size, species, follow-up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from claims import quantities
from claims.expressions import expression
from claims.findings.sections import sections

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
        r"|\binclude[sd] (?:\d+|two|three|four|five|six|seven|eight|nine|ten) "
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
        r"\brandomi[sz]ed|\b(?<!mendelian )randomi[sz]ation"
        r"|\brandomly (?:assigned|allocated|divided|selected to)|\bRCT\b"
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
    (
        "simulation",
        r"\b(?:micro-?)?simulat(?:ions?|ed)\b|\bfinite element|\bmusculoskeletal model|\bmodell?ing study"
        r"|\bin silico\b|\b(?<!hidden )markov (?:\w+[- ]){0,2}model(?!l)"
        r"|\b(?:mathematical|compartment(?:al)?|transmission|agent-based|lumped-parameter|state[- ]transition"
        r"|decision[- ]analytic|life[- ]table) model(?!l)",
    ),
    ("laboratory-experiment", r"\bin vitro\b|\bcell (?:line|culture)s?\b|\bex vivo\b"),
    (
        "narrative-review",
        r"\bthis review\b|\bnarrative review|\bwe review\b|\breview of the (?:literature|evidence)",
    ),
)
_DESIGN = tuple((name, expression(pattern, re.IGNORECASE)) for name, pattern in _DESIGNS)
_SYNTHESIS = expression(
    r"\b(?:meta-?analysis of|systematic review of|review and meta-?analysis|we searched"
    r"|we included (?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:\w+ )?(?:trials|studies|rcts)"
    r"|this (?:cochrane |updated |systematic )*(?:review|meta-?analysis)\b"
    r"|databases? (?:were|was) searched|medline|pubmed|embase|eligible (?:trials|studies)"
    r"|included (?:trials|studies)|\d+ (?:trials|studies|rcts) (?:were included|involving|with|met))",
    re.IGNORECASE,
)
ANIMALS = {
    "mouse": r"mice|mouse|murine",
    "rat": r"rats?",
    "pig": r"pigs?|piglets?|porcine",
    "dog": r"dogs?|canine",
    "rabbit": r"rabbits?",
    "monkey": r"monkeys?|macaques?",
    "zebrafish": r"zebrafish",
    "cat": r"cats|feline",
    "hamster": r"hamsters?",
    "sheep": r"sheep|lambs?|ovine",
}
_ANIMALS = expression("|".join(rf"\b(?P<{name}>{words})\b" for name, words in ANIMALS.items()), re.IGNORECASE)
_CELLS = expression(
    r"\bin vitro\b|\bcell lines?\b|\bcell cultures?\b|\bcultured cells\b"
    r"|\bcells were (?:treated|incubated|exposed|cultured)\b",
    re.IGNORECASE,
)
HUMANS = expression(
    r"\b(?:participants?|patients?|adults?|men|women|volunteers|children|people|subjects|individuals"
    r"|persons|infants"
    r"|adolescents|students|workers|residents|pupils?|players?|runners?|cyclists?|swimmers?|soldiers?|boys|girls|babies|newborns|toddlers|teenagers|employees|staff|recruits|dancers|drivers|survivors|smokers|drinkers)\b",
    re.IGNORECASE,
)
_ENTERED = expression(
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
    registration: tuple[str, ...] = ()  # as registers number trials; of a synthesis, those it names


_REGISTERED = expression(r"\b(?:NCT\d{8}|ISRCTN\d{8}|ACTRN\d{14}|ChiCTR[-\w]{5,}\d|CTRI/\d{4}/\d+/\d+)\b")


def study_facts(text: str, title: str | None = None) -> StudyFacts:
    """Design, size, species and follow-up from an abstract (and its title)."""
    whole = f"{title}. {text}" if title else text
    animals = _ANIMALS.search(whole)
    humans = len(HUMANS.findall(whole))
    species = None
    if animals is not None and len(_ANIMALS.findall(whole)) > humans:
        species = animals.lastgroup
    elif humans:
        species = "human"
    found = quantities.find(text)
    if species is None and _CELLS.search(whole):
        species = "cell culture"
    counts = [quantity for quantity in found if quantity.role == "count" and quantity.high is None]
    design = _design(whole, title, species)
    return StudyFacts(
        design=design,
        included_designs=_included_designs(whole) if design in _SYNTHESES else (),
        sample_size=_sample_size(text, counts),
        included_studies=_included(text, counts),
        species=species,
        follow_up_days=_follow_up(text, found),
        registration=tuple(sorted(set(_REGISTERED.findall(text)))),
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
_OF = tuple((name, expression(pattern, re.IGNORECASE)) for name, pattern in _OF_WHAT)
_NOT_INCLUDED = expression(
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


_ASSIGNED = expression(
    r"\b(?:we randomly (?:assigned|allocated)|we randomi[sz]ed|underwent randomi[sz]ation"
    r"|(?:were|was) (?:then )?(?:randomly (?:assigned|allocated)|randomi[sz]ed (?:to|in)\b))",
    re.IGNORECASE,
)
_SEARCHED = expression(
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


_PEOPLE = expression(
    r"\b(?:participants?|people|persons?|adults?|patients?|men|women|subjects?|individuals|volunteers?"
    r"|children"
    r"|adolescents|students|nurses|workers|infants|mothers|mice|rats|animals|males|females|athletes"
    r"|residents|veterans|pupils?|players?|runners?|cyclists?|swimmers?|soldiers?|boys|girls|babies|newborns|toddlers|teenagers|employees|staff|recruits|dancers|drivers|survivors|smokers|drinkers)\b",
    re.IGNORECASE,
)


_SOMEBODY = expression(
    rf"{_PEOPLE.pattern}|\b(?:groups?|arms?|placebo|controls?|cases?|respondents|cohort|clusters?)\b",
    re.IGNORECASE,
)


def _sample_size(text: str, counts: list[quantities.FoundQuantity]) -> int | None:
    """The first count of people beside a word of entering; else the largest count of people."""
    people: list[tuple[quantities.FoundQuantity, bool]] = []
    things: list[tuple[quantities.FoundQuantity, bool]] = []
    for count in counts:
        after = text[count.end : count.end + 45]
        before = text[max(0, count.start - 60) : count.start]
        sampled = re.search(r"\b[nN]\s?=\s?$", before)
        if _PERSON_TIME.match(after):
            continue
        if not (sampled or _PEOPLE.search(re.split(r"[,;.(\d]", after, maxsplit=1)[0])) or count.value < 2:
            continue
        told = (count, bool(_ENTERED.search(before) or _ENTERED.search(after)) and not sampled)
        nobody = sampled and not _SOMEBODY.search(text, text.rfind(". ", 0, count.start) + 1, count.start)
        (things if nobody else people).append(told)  # "the trips were counted (n = 205,673)"
    people = people or things
    entered = [int(count.value) for count, entering in people if entering]
    if entered:
        return entered[0] if entered[0] >= max(entered) / 3 else max(entered)
    groups = [int(count.value) for count, _ in people]
    return max([*groups, *_both_sexes(text)], default=None)


_PERSON_TIME = expression(r"\s*(?:person|patient)[-‐– ](?:years|months|days)\b", re.IGNORECASE)
_BOTH_SEXES = expression(
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
