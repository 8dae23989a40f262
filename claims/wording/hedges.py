# ruff: noqa: E501 - messages and patterns read better unwrapped
"""Hedges: words that hold back from asserting, graded on the ladder that GRADE wording uses.

The levels follow the plain-language statements of the GRADE working group (Santesso et al. 2020,
J Clin Epidemiol 119:126-135): 0 is "reduces", 1 is "probably reduces", 2 is "may reduce" and 3 is
"we are uncertain whether". The cue list is our own; words that hedge only in some company ("can",
"could", "or", "appear", "potential") are matched with that company.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from claims.alternatives import lowered, number_of, one_of

MAXIMUM_LENGTH = 4000  # a longer "sentence" is a table or an attack; only its head is read


@dataclass(frozen=True, slots=True)
class HedgeCue:
    """A hedging expression. ``level`` 1 (probably) .. 3 (uncertain); offsets are the sentence's own."""

    level: int
    start: int
    end: int


# level, name, pattern. Names make a cue's reason readable in tests and measurements.
_TABLE: tuple[tuple[int, str, str], ...] = (
    (3, "unknown", r"\b(?:un(?:clear|certain|known|resolved|established|determined))\b"),
    (
        3,
        "not known",
        r"\b(?:not|never|remains? to be|yet to be|little|far from) "
        r"(?:yet |been |fully |well |entirely |completely |currently |clearly |be |is |still )*"
        r"(?:known (?!to\b)|known$|known\W|clear\b|certain\b|established\b|elucidated\b|proven\b|proved\b)",
    ),
    (
        3,
        "uncertainty",
        r"\b(?:uncertainty(?! (?:intervals?|ranges?|bounds?|limits?|analys[ei]s))|no (?:firm|clear|definitive) (?:evidence|conclusions?)|inconclusive)\b",
    ),
    (
        3,
        "open question",
        r"\b(?:determine|investigate|examine|know|clear|unclear|unknown|ask|asked|test|tested|explore|see|"
        r"established?|question|questions|address|addressed|assess|evaluate|understand|wonder|learn|"
        r"examined|determined|investigated|explored|as to) (?:of )?(?:whether|if)\b",
    ),
    (3, "whether", r"\bwhether\b"),
    (2, "may", r"\b(?:may|might)\b(?! \d)"),
    (
        2,
        "could",
        r"\bcould (?:[a-z]+ly |also |then |thus |therefore |well )*(?:be (?:an? |the |one |that |due |a result|involved|"
        r"responsible|related|explained|important|useful|helpful|beneficial|linked|caused|mediated|attributed|"
        r"used|considered|part|associated|effective|relevant|of )|"
        r"(?:have|play|help|lead|reduce|lower|raise|increase|improve|contribute|explain|account|represent|serve|"
        r"provide|result|cause|affect|influence|protect|prevent|benefit|reflect|facilitate|promote|boost|act|"
        r"function|mediate|potentially|possibly|involve|occur|arise|support|slow|ease|cut|trigger|worsen|"
        r"mean|suggest|indicate|regulate|modulate|enhance|offer|allow|make|bind|interact|constitute)\b)",
    ),
    (
        2,
        "suggest",
        r"\bsuggest(?:s|ed|ing|ive|ion|ions|ively)?\b(?! (?:citation|reading|retail|donation|use)\b)",
    ),
    (2, "appear", r"\b(?:appears?|appeared|appearing) (?:[a-z]+ly )?(?:to |that\b|not |as (?:if|though))"),
    (2, "it appears", r"\bit (?:therefore |thus )?(?:appears|seems|seemed|appeared)\b"),
    (
        2,
        "appear adjective",
        r"\bappear(?:s|ed)? (?:[a-z]+ly )?(?:un|in|im|non)?[a-z]+(?:al|ant|ent|ar|ous|ive|ic|"
        r"ble|ory|ely|less|ful|normal|safe|due|key|better|worse|resistant)\b",
    ),
    (2, "seem", r"\bseem(?:s|ed|ing|ingly)?\b"),
    (2, "apparently", r"\b(?:apparently|seemingly|presumably|supposedly|purportedly|conceivably|arguably)\b"),
    (2, "possible", r"\b(?:possib(?:le|ly|ility|ilities)|perhaps|maybe|plausib(?:le|ly))\b(?<!as possible)"),
    (2, "potentially", r"\b(?:potentially|theoretically|hypothetically|tentatively)\b"),
    (
        2,
        "potential",
        r"\bpotential (?!to |of |for |energy|difference|difference|confounder|confounding|participant|user|donor)(?=[a-z])",
    ),
    (2, "potential to", r"\b(?:the|has|have) potential (?:to|for|of)\b"),
    (
        2,
        "hypothesis",
        r"\b(?:hypothes[ie]s(?:e[ds]?|ing)?|hypothesiz(?:e|es|ed|ing)|hypothetical|speculat[a-z]+|"
        r"postulat(?:e|es|ed|ing)|conjectur[a-z]+|presum(?:e|es|ed|ably)|suppos(?:e|ed|es)|"
        r"putative(?:ly)?|candidate (?:gene|genes|mechanism|mechanisms)|proposal)\b",
    ),
    (
        2,
        "thought",
        r"\b(?:thought|believed|assumed|considered|suspected|proposed|alleged|felt|said|expected) "
        r"(?:to |that\b|by (?:some|many)\b)",
    ),
    (
        2,
        "we believe",
        r"\b(?:we|authors|researchers|scientists|experts|they|i|some|many|who|is|are|was|were|been|commonly|"
        r"widely|generally|also|it is|previously) (?:have |has |also |therefore |thus |now |further |thereby )*"
        r"(?:believe|think|propose|speculate|suspect|assume|thought|believed|proposed|suspected|assumed)\b",
    ),
    (2, "propose", r"\b(?:proposes?|proposing|notion that|idea that|view that|concept that|theory that)\b"),
    (
        2,
        "imply",
        r"\b(?:impl(?:y|ies|ied|ying)|implicat(?:e|es|ing) (?!in\b|as\b|by\b)(?:an? |the |these |that ))",
    ),
    (
        2,
        "limited evidence",
        r"\b(?:(?:limited|preliminary|early|emerging|some|weak|mixed|indirect|circumstantial|low-certainty|"
        r"low-quality|scarce|sparse|growing) (?:[a-z]+ )?(?:evidence|data|findings|results|signs|hints))\b",
    ),
    (
        2,
        "hint",
        r"\b(?:hint(?:s|ed|ing)? (?:at|that)|point(?:s|ed|ing)? to(?:wards?)?|raises? the (?:question|concern))\b",
    ),
    (2, "not exclude", r"\b(?:can(?:not| not)|could not|can't) (?:be )?(?:exclude|rule)d?(?: out)?\b"),
    (2, "if confirmed", r"\bif (?:confirmed|replicated|true|so|proven|verified)\b"),
    (
        2,
        "would",
        r"\bwould (?:[a-z]+ly )?(?:suggest|indicate|imply|seem|appear|be expected|argue|support the)\b",
    ),
    (
        1,
        "indicate",
        r"\bindicat(?:e|es|ed|ing) (?:(?:[a-z0-9(),-]+ ){0,6}?that\b|an? (?:important |possible |critical |direct |"
        r"key |novel )?(?:role|involvement|link|relationship|mechanism)|(?:either|some) )|\bindicating (?!whether)(?=[a-z])",
    ),
    (
        1,
        "likely",
        r"\b(?:(?:most |more |very |quite |highly )?likely|unlikely|probab(?:le|ly)|likelihood that)\b",
    ),
    (1, "tend", r"\btend(?:s|ed|ing)? to\b"),
    (1, "in part", r"\b(?:in all likelihood|for the most part likely)\b"),
    (
        1,
        "support idea",
        r"\bsupport(?:s|ing|ed)? (?:the|a|this|our|an) (?:[a-z]+ )?(?:idea|notion|view|hypothesis|concept|possibility|theory)\b",
    ),
)

# Words that hold a hedge's form without hedging.
_NOT_HEDGES = re.compile(
    r"\b(?:as (?:soon|much|many|little|early|far|quickly|often|well|simple|close(?:ly)?) as possible|"
    r"(?:\d+|in|since|of|by|on|early|late|mid|until|from|last) (?-i:May)\b|(?-i:May) (?=\d)|"
    r"(?:more|less|most|least|equally|as|times|times as|twice as|half as|fold) likely to (?!be due|reflect)|"
    r"(?:makes?|made|making) it possible|whether or not\b(?= they| you| it| the)|"
    r"best possible|likely (?:than|as)|may not exceed|if possible|where possible|when possible|"
    r"action potentials?|membrane potentials?|(?:evoked|oxidation|redox|resting|ion) potentials?)\b",
    re.IGNORECASE,
)

_ALTERNATIVES = one_of(pattern.replace(" ", r"\s") for _, _, pattern in _TABLE)


@lru_cache(maxsize=2048)
def hedge_cues(sentence: str) -> tuple[HedgeCue, ...]:
    """The hedging expressions of a sentence, in reading order, without overlaps.

    >>> [sentence[c.start:c.end] for sentence in ["Green tea may help."] for c in hedge_cues(sentence)]
    ['may']
    """
    text = sentence[:MAXIMUM_LENGTH]
    words = tuple(_ALTERNATIVES.finditer(lowered(text)))
    blocked = [match.span() for match in _NOT_HEDGES.finditer(text)] if words else []
    found = []
    for match in words:
        start, end = match.span()
        if any(low <= start < high for low, high in blocked):
            continue
        found.append(HedgeCue(_TABLE[number_of(match)][0], start, len(text[:end].rstrip())))
    return tuple(found)


def hedged(sentence: str) -> bool:
    """Whether the sentence holds back from asserting what it says.

    >>> hedged("Walking may lower blood pressure."), hedged("Walking lowers blood pressure.")
    (True, False)
    """
    return bool(hedge_cues(sentence))


def hedge_level(sentence: str) -> int:
    """How far the sentence is hedged: 0 not, 1 probably, 2 may, 3 uncertain (the strongest hedge counts).

    >>> hedge_level("It is unclear whether magnesium helps sleep.")
    3
    """
    return max((cue.level for cue in hedge_cues(sentence)), default=0)
