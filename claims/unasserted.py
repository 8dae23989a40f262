# ruff: noqa: E501 - tables of patterns read better unwrapped
"""Sentences that assert nothing checkable: where to read on, what a thing is, what was done, what may be asked.

Each pattern is one kind of sentence. A sentence with a result in it ("the trial compared ... and found")
is not silenced by how it begins.
"""

from __future__ import annotations

import re
from functools import lru_cache

from claims import wording
from claims.alternatives import lowered

__all__ = ["NOT_SHOWN", "asserts_nothing", "denied_from", "tells_of"]

# "..., which has not been shown to ease it": what follows is said to be unknown
NOT_SHOWN = re.compile(
    r"\b(?:ha(?:s|ve|d)|was|were|is|are)(?: never| not|n['’]t)(?: yet| so far)?(?: been)? "
    r"(?:shown|proven|proved|tested|demonstrated|found|known|studied|measured|looked at)\b"
    r"|\b(?:whether|nobody (?:has|knows)|no one (?:has|knows)|no (?:study|trial|one) has|remains? (?:unclear|unknown|open|untested))\b",
    re.IGNORECASE,
)

_NOT_ASSERTED = re.compile(
    r"^(?:whether|if you|(?:methods?|objectives?|aims?)\s*:|this article|in this article|we (?:look|examine|"
    r"review)\b"
    r"|read on|see also|(?:please\s)?(?:talk to|speak to|consult|tell|ask|contact|call|ring|phone|visit|inform|see)\s"
    r"(?:your|a|the|an|us|our|with)\b)"
)
# "Can magnesium help you sleep? What the evidence says", "Skip breakfast? Fasting explained": a title
_ASKS_FIRST = re.compile(
    r"^[^?.!]{3,120}\?\s(?:(?:here['’]s |here is |see )?(?:what|how|why|whether|where|when)\b[^?.!]*"
    r"|[^?.!]{0,60}\b(?:explained|explored|examined|reviewed|fact[- ]checked|uncovered|compared|the (?:evidence|science|facts|truth|"
    r"research|studies)|(?:a|an|our) (?:guide|review|look|overview|explainer)(?: [^?.!]{0,40})?))$"
)
# where the reader is led, and what is for sale
_LEADS_ON = re.compile(
    r"^(?:the|this|our|that|each|every)\s(?:(?:next|following|previous|last|first|second|final|full|rest of)\s)?(?:(?:the|this)\s)?"
    r"(?:section|chapter|part|article|page|post|leaflet|booklet|guide|guideline|table|figure|box|appendix|video|podcast|"
    r"list|tub|pack|bottle|jar|tube)\b[^,;:.]{0,20}?\s(?:covers?|explains?|turns?|looks?|describes?|sets? out|is (?:about|for)|"
    r"contains?|lists?|discuss(?:es)?|deals?|walks you|takes you|was (?:last )?(?:updated|written|reviewed)|holds|has \d)\b"
    r"|^(?:in|on|over) (?:the|this|our) (?:next|following|previous|last) (?:section|chapter|part|page|post|article|table)\b"
    r"|^(?:scroll|click|tap|browse|shop|order|buy|subscribe|sign up|download|share|pre-?order|register)\b"
    r"|^add\b[^.;]{0,60}\bto (?:your|the) (?:basket|cart|bag|order)\b"
    r"|^our\b[^,;:.]{0,60}?\b(?:comes? from|is made (?:in|from|with|by)|are made (?:in|from|with|by)|is sourced|are sourced)\b"
    r"|^(?:our\s(?:\w+\s){0,2}?|we\b\s?(?:\w+ly\s)?)(?:clinics?|team|cent(?:re|er)s?|hospital|practice|service|shop|store|company|"
    r"website|therapists?|experts?|pharmacists?|nurses|doctors|physiotherapists|dentists)?\s?"
    r"(?:offers?|sells?|stocks?|ships?|provides? (?:care|help|advice|support|treatment)|delivers?|opens?|are open|is open|welcomes?|make\s)"
)
# what letters and pages end with
_MAILING = re.compile(
    r"^(?:you(?:['’]re| are) (?:receiving|getting) this|you(?:['’]ve| have)? (?:received|signed up|subscribed|opted)"
    r"|(?:this|the) (?:e-?mail|message|newsletter|page|site|website|content|information) (?:was sent|is sent|is intended|is provided|is for"
    r"|uses|does not (?:provide|replace)|is not (?:intended|a substitute|meant))"
    r"|view (?:this|it) (?:e-?mail )?(?:in|online)|unsubscribe|forward this|follow us|copyright\b|©|all rights reserved|we use cookies"
    r"|(?:this|today['’]s) (?:episode|show|post|video|newsletter|podcast) (?:is|was) (?:brought|sponsored|supported|made possible))"
)
_FOR_SALE = re.compile(
    r"(?<![\w-])free (?:delivery|shipping|returns|samples?)\b|\bmoney-back\b|\bterms and conditions\b"
)
# what happens at the doctor's, and what one has a right to hear
_PROCEDURE = re.compile(
    r"\b(?:you|your (?:doctor|dentist|nurse|midwife|surgeon|pharmacist|optician|therapist|team|gp|physio\w*)|"
    r"(?:the|a) (?:doctor|nurse|dentist|surgeon|midwife|technician|member of staff))\s(?:will|may|might|can|should)\s"
    r"(?:(?:also|usually|then|first)\s)?(?:be (?:asked|given|sent|offered|invited|told|shown|weighed|seen|referred)|ask|check|give|"
    r"send|offer|invite|tell|show|explain|discuss|put|insert|talk|refer|examine|prescribe)\b"
    r"|\b(?:drops|gel|a needle|a tube|a sample|a scan|the swab)\swill be\b"
    r"|\b(?:should|must|will) be (?:told|informed|asked|(?:given|offered) (?:the (?:chance|opportunity)|information|advice|time|support to)|"
    r"encouraged to (?:ask|discuss)|involved in)\b"
    r"|^(?:keep|store)\b[^.;]{0,60}\b(?:fridge|refrigerator|out of (?:the )?(?:reach|sight)|room temperature|dry place)\b"
)
# "Statins are drugs that ...", "a coil is a small device placed in the womb": no judgement among the adjectives
_DEFINES = re.compile(
    r"^(?:an?\s|the\s)?[^,;:.]{2,60}?\s(?:is|are)\s(?:(?:also|simply|usually|often|actually)\s)?(?:an?\s|the\s|one of the\s)?"
    r"(?!(?:[\w-]+\s){0,3}?(?:safe|effective|proven|powerful|best|helpful|useful|natural remedy|good|great|better|cheap|risk|leading|main)\b)"
    r"(?:(?!(?:to|with|by|in|for|from|than|linked|tied|associated|related)\b)[\w-]+,?\s){0,4}?(?:drugs?|medicines?|medications?|hormones?|minerals?|vitamins?|herbs?|plants?|conditions?|disorders?|"
    r"illness(?:es)?|proteins?|amino acids?|compounds?|substances?|nutrients?|enzymes?|chemicals?|pigments?|spices?|fungus|fungi|"
    r"bacteri(?:um|a)|virus(?:es)?|devices?|procedures?|operations?|techniques?|types?|kinds?|forms?|groups?|class(?:es)?|famil(?:y|ies)|"
    r"agonists?|antagonists?|inhibitors?|organs?|tissues?|layers?|glands?|questionnaires?|sugars?|acids?|molecules?|extracts?)"
    r"(?:$|[.,;]|\s(?:that|which|used|made|found|produced|in which|where|of|from|with|placed|worn|taken|designed|derived|given|"
    r"extracted|called|known|affecting|at|in|on|behind|under)\b)"
    r"|^[^,;:.]{2,60}?\s(?:is|are) (?:defined|classified|divided|diagnosed|spread|transmitted|passed on)\b"
    r"|^[^,;:.]{2,60}?\s(?:refers? to|belongs? to|consists? of|comes? in (?:several|many|two|three|various|different))\b"
)
_HAS_LONG_BEEN = re.compile(
    r"\b(?:has|have) (?:long |also )?been (?:\w+ly )?(?:used|grown|eaten|drunk|prized|practi[sc]ed|known|sold|revered|brewed|"
    r"cultivated|harvested|around|part of|a part of|taken|valued)\b[^.;]{0,60}\b(?:for|since|over)\s(?:\w+\s){0,3}?"
    r"(?:centur(?:y|ies)|thousands|millennia|generations|years|ancient|antiquity|\d{3,4})\b"
)
_SOUGHT = (
    ((" is ", " are ", " refer", " belong", " consist", " come"), _DEFINES),
    ((" been ",), _HAS_LONG_BEEN),
    (("free ", "money-back", "terms and"), _FOR_SALE),
    (
        (
            "you",
            "doctor",
            "nurse",
            "dentist",
            "surgeon",
            "midwi",
            "technici",
            " staff",
            " be ",
            "keep",
            "store",
        ),
        _PROCEDURE,
    ),
)
# what was done in a study, or in the writing of a text
_METHOD = re.compile(
    r"^(?:we|the (?:authors|researchers|investigators|team|reviewers|panel|committee|trial|study|review|group|scientists))\s"
    r"(?:(?:also|then|first|systematically)\s)?(?:searched|screened|enrolled|recruited|included|randomi[sz]ed|assigned|rated|"
    r"assessed|graded|extracted|analy[sz]ed|pooled|interviewed|surveyed|followed|invited|measured|collected|excluded|registered|"
    r"plan|published|used|asked|gave|tested|compared)\b"
)
_FINDS = re.compile(
    r"\b(?:found|finds?|showed|shows?|shown|saw|reported|concluded|revealed|learned|discovered|who (?:had|were|took))\b"
)
# the writer's own life, where nothing is cited
_OWN_LIFE = re.compile(
    r"(?<!phase )(?<!type )(?<!stage )(?<!class )(?<!grade )\bI(?:['’](?:m|ve|d|ll))?\b(?!\s(?:diabetes|trials?|errors?)|[-,])"
    r"|\b[Mm]y\b|\b[Mm]yself\b"
)
# "A survey cannot tell whether ...", "this does not prove that ...": what follows is not asserted
_DENIED = re.compile(
    r"\b(?:can(?:not|['’]t| not)|(?:could|do|does|did)(?: not|n['’]t))\s+(?:\w+\s+)?"
    r"(?:show|prove|tell|establish|demonstrate|determine|say|mean|confirm|settle|know)\s+"
    r"(?:us\s+)?(?:that|whether|if|how|which|why|what|cause)\b"
    r"|\b(?:not|un)\s?(?:yet\s)?(?:known|clear|proven|certain|established)\s+(?:whether|if|that|how)\b"
    r"|\bno (?:proof|evidence|way to (?:know|tell|say)) (?:that|whether|if)\b"
    r"|\b(?:remains?|is still|stays) (?:unclear|unknown|uncertain|to be seen|an open question)\b"
)
# what a thing is, how it is used, what was studied: told, but not as what it does
_TELLS_OF = re.compile(
    r"^[^,;:]{1,60}?\b(?:is|are|was|were)\s+(?:an?|the|any|one of)\s"
    r"|\b(?:trials?|stud(?:y|ies)|researchers|scientists|authors|teams?|reviews?|doctors|physicians|we)\b"
    r"[^.;]{0,40}\b(?:test(?:ed|s)?|look(?:ed|s)? (?:at|for|into)|examine[sd]?|ask(?:ed|s)?|recruited|"
    r"enrolled|follow(?:ed|s)|measured|stud(?:ied|y)|investigate[sd]?|compare[sd]?|gave|prescribe[sd]?|recommend(?:ed|s)?)\b"
    r"|\b(?:is|are|was|were|been)\s+(?:\w+ly\s|often\s|also\s|sometimes\s|widely\s)?(?:sold|used|prescribed|"
    r"marketed|advertised|promoted|studied|tested|named|called|licensed|approved|discovered|invented|"
    r"known as|made (?:by|from|of)|found in|defined|compared)\b"
)


def asserts_nothing(text: str, cited: bool) -> bool:
    """Whether the sentence says nothing that a study could bear out; ``cited`` says whether it names a source.

    >>> asserts_nothing("Statins are drugs that lower cholesterol.", True), asserts_nothing("Statins are safe.", True)
    (True, False)
    """
    if text.rstrip().endswith("?") or len(text) < 8:
        return True
    low = lowered(text)
    if _ASKS_FIRST.match(low) is not None:
        return True
    if (
        _NOT_ASSERTED.match(low)
        or _LEADS_ON.match(low)
        or _MAILING.match(low)
        or (_METHOD.match(low) and not _FINDS.search(low))
    ):
        return True
    # a pattern is only tried where a word is there that all it finds holds: most sentences have none
    if any(
        any(word in low for word in words) and pattern.search(low) is not None for words, pattern in _SOUGHT
    ):
        return True
    return not cited and _OWN_LIFE.search(text) is not None


def denied_from(text: str) -> int | None:
    """Where a sentence begins to say that something is not known, unless what it claims stands before."""
    denied = _DENIED.search(lowered(text))
    if denied is None:
        return None
    cue = wording.causal_cue(text)
    return denied.start() if cue is None or denied.start() < cue.start else None


@lru_cache(maxsize=2048)
def tells_of(text: str) -> bool:
    """Whether the sentence only says what a thing is, how it is used or what was studied."""
    return _TELLS_OF.search(lowered(text)) is not None
