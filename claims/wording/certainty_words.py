# ruff: noqa: E501 - messages and patterns read better unwrapped
"""Words that claim more certainty or authority than a study can give."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.alternatives import lowered, number_of, one_of

MAXIMUM_LENGTH = 4000


@dataclass(frozen=True, slots=True)
class AbsoluteCue:
    """An absolute expression. ``kind``: proof, certainty, cure, guarantee, universal, total, safety.

    Offsets are the sentence's own. ``softer`` is a wording that could stand in its place, or None.
    """

    kind: str
    start: int
    end: int
    softer: str | None = None


@dataclass(frozen=True, slots=True)
class AuthorityCue:
    """An appeal to unnamed authority ("studies have shown"); offsets are the sentence's own."""

    start: int
    end: int


# what a thing does for people, told as what is so: "was cleared in all who took it" is what was counted
_DOES = (
    "works?|helps?|cures?|prevents?|protects?|stops?|clears?|heals?|relieves?|eases?|ends?|banish(?:es)?|beats?|fix(?:es)?"
    "|treats?|boosts?|wards? off|keeps? away|lifts?|soothes?|calms?|succeeds?|is effective|are effective"
)
_ONE = (
    "baby|child|infant|girl|boy|woman|man|adult|person|patient|teenager|user|mother|father|parent|smoker|worker|sufferer"
    "|runner|body|skin type|type|age|case|family|dog owner|pupil|student|nurse"
)

_ABSOLUTE: tuple[tuple[str, str, str | None], ...] = (
    (
        "proof",
        r"(?:has|have) (?:now |finally |clearly |conclusively |definitively |scientifically )*proven that|(?:science|research|studies|study|evidence|trials?) (?:(?:of|in|from|on) (?:\w+ ){1,4})?(?:now |finally |clearly |conclusively |has |have )*prove[sdn]?|proves? that|proved that|proving that",
        None,
    ),
    (
        "proof",
        r"(?:scientifically|clinically|conclusively|definitively|medically) (?:proven|proved|established)",
        None,
    ),
    ("proof", r"(?:is|are|has been|have been|was|were) (?:now |finally )?proven to", None),
    (
        "proof",
        r"prove[sd]? (?:conclusively|beyond doubt|once and for all)|proof that|irrefutabl[ey]|undeniabl[ey]|"
        r"indisputabl[ey]|incontrovertibl[ey]|beyond (?:any |a )?doubt|without (?:a |any )?doubt|no doubt that|undoubtedly|unquestionably",
        None,
    ),
    (
        "certainty",
        r"(?:here|there|that|this|it|which) (?:is|was) (?:now |finally |all |the |your |our |clear |hard |solid |final |real |living |at last )*proof\b"
        r"|(?:hard|final|definitive|living|positive|undisputed|cast-iron) proof|proof (?:at last|positive|enough)"
        r"|(?:this|that|which|these|they|trial|study|results?|findings|data|experiment|analysis|paper|researchers|scientists|authors) (?:\w+ly |now |finally )*proves?\b(?! (?:little|nothing|neither|nor|no more)\b)(?! (?:(?:very|quite|so|most|more|less|especially|to be|as|too|just|an?) )*\w*(?:ful|ive|ous|able|ible|al|ant|ent|ary|ic|ing|ed|hard|easy|safe|right|wrong|popular|difficult|good|bad|better|worse|challenge|problem|success|hit)\b)",
        None,
    ),
    (
        "certainty",
        r"(?:(?:it|that|this) (?:is|was)|(?:it|that)['’]s) (?:now |therefore |thus |absolutely |quite |all but )*(?:certain|a certainty|an established fact|a proven fact|beyond (?:question|dispute|argument))\b(?! (?:types?|kinds?|groups?|people|foods?))"
        r"|(?:we|scientists|doctors|researchers) (?:can )?(?:now |finally )?(?:know|be certain|be sure|say) (?:for (?:sure|certain|a fact)|with (?:complete |absolute |full )?certainty)"
        r"|(?:is|are|was|were|has been|have been) (?:now |finally |at last )*(?:settled (?:beyond|for good|once)|established (?:beyond|once and for all)|beyond (?:all |any )?(?:question|dispute|doubt))",
        None,
    ),
    (
        "certainty",
        r"(?:no|without) question (?:that|about|but)|without (?:any )?question\b|no two ways about it|(?:leaves?|left|leaving) (?:no|little) (?:doubt|room for (?:doubt|argument)|question)|there (?:is|can be|['’]s) no (?:doubt|question|arguing|denying)\b"
        r"|beyond (?:all |any |a |the shadow of a |reasonable |all reasonable )*(?:doubt|question|dispute|argument)\b",
        None,
    ),
    (
        "certainty",
        r"(?:(?:settles|clinches) (?:it|this|that)|(?:settle[sd]?|clinche[sd]|close[sd]|ends?|ended) the (?:matter|question|issue|case|debate|argument))\b(?! (?:down|in|at|into|between|out|early|after|with|by)\b)"
        r"|(?:puts?|lays?|laid) (?:it|this|that|the (?:matter|question|issue|debate)) to (?:rest|bed)|(?:the|this|that) (?:matter|question|issue|debate|case|argument) is (?:now |finally )*(?:settled|closed|over)|case closed|end of (?:story|debate|discussion|argument)|once and for all",
        None,
    ),
    (
        "certainty",
        r"(?:conclusive|definitive|irrefutable|indisputable|unequivocal|watertight|ironclad) (?:evidence|proof|answer|demonstration|verdict)|(?:shows?|showed|shown|demonstrate[sd]?|establishe[sd]|confirm(?:s|ed)?|proves?|proved|proven) (?:\w+ )?(?:conclusively|definitively|unequivocally|beyond|once and for all|for certain|for sure)|(?:conclusively|definitively|unequivocally) (?:shows?|showed|shown|demonstrate[sd]?|establishe[sd]|confirm(?:s|ed)?)",
        None,
    ),
    ("proof", r"proven (?:cure|remedy|treatment|way|benefits?|effects?|method|solution)", None),
    (
        "cure",
        r"(?:miracle|guaranteed|complete|permanent|instant|natural|sure|magic) (?:cure|remedy|fix)s?",
        None,
    ),
    ("cure", r"cures|cured|curing|can cure|will cure|to cure", None),
    (
        "guarantee",
        r"eliminate[sd]?|eradicate[sd]?|wipe[sd] out|completely (?:reverse[sd]?|prevent(?:s|ed)?|stop(?:s|ped)?|remove[sd]?|block(?:s|ed)?|heal(?:s|ed)?|relieve[sd]?|eliminate[sd]?|abolish(?:es|ed)?)|"
        r"fully (?:reverse[sd]?|prevent(?:s|ed)?|cure[sd]?|heal(?:s|ed)?|protect(?:s|ed)?)|totally (?:prevent(?:s|ed)?|stop(?:s|ped)?|eliminate[sd]?|reverse[sd]?)|permanently [a-z]+s",
        None,
    ),
    (
        "guarantee",
        r"guarantees?|guaranteed|guaranteeing|will (?:always|never|certainly|definitely|surely)|"
        r"(?:certainly|definitely|always|invariably|inevitably|never) (?!(?:been|be|in|a|an|the|had|have|has|was|were|before|smoked|married|easy|clear|the case)\b"
        r"|[a-z]+ (?:above|below|beyond|over|under)\b)"  # a bound, of what was measured
        r"(?:[a-z]+(?:s|es)|prevent|help|work|improve|reduce|lower|cause|lead|cure|stop|protect)|(?:never|always) fails?|without fail",
        None,
    ),
    (
        "universal",
        r"(?:everyone|everybody|anyone|(?:nobody|no one)(?! (?:can|should))|all (?:people|patients|adults|women|men|children|cases|types))"
        r" (?:who [a-z]+ |over (?:the age of )?\d+ |aged [\w ]{1,20} )?(?:will|can|should|benefits?|gets?|improves?|recovers?|needs?)|works? for (?:everyone|everybody|anyone|all)"
        r"|(?:keeps?|makes?|leaves?|protects?|cures?|spares?|frees?) (?:everyone|everybody|all (?:people|patients|adults|women|men|children|babies))\b"
        r"|(?:prevents?|prevented|protects?|works?|cures?|helps?|stops?)\b[^.;,]{1,60}? (?:in|for|of) (?:all|every|every single|each and every) (?:babies|children|infants|women|men|adults|people"
        r"|patients|teenagers|workers|mothers|smokers|baby|child|woman|man|adult|person|patient)",
        None,
    ),
    (
        "universal",  # "clears acne in every single user", "works, without exception"
        rf"(?<!the\s)(?<!an\s)(?<!a\s)(?:{_DOES})\b[^.;,]{{0,60}}? (?:in|for) (?:everyone|everybody|anyone|all (?:of )?(?:those )?who|whoever|(?:every|every single|each and every|each) (?:{_ONE}))\b"
        r"|without (?:a single )?exception|(?:every|each and every) single time|in (?:every|each) single case"
        r"|(?:nobody|no one|none of those|not one person) who [^.;,]{2,60}? (?:fails|gets|catches|develops|suffers|relapses|falls|needs|goes|feels|ends up|has)",
        None,
    ),
    (
        "guarantee",  # "makes you flu-proof", "decay has no chance", "ends insomnia for good"
        r"(?:makes?|renders?|keeps?|leaves?) (?:you|them|us|your [a-z]+|their [a-z]+|the [a-z]+|people|children|bones?|hearts?) [a-z]+-?proof"
        r"|(?:has|have|stands?) no chance|(?:does|do)(?:n['’]t| not) stand a chance"
        r"|(?:ends?|banish(?:es)?|stops?|beats?|gets? rid of|rids? you of|fix(?:es)?|heals?|clears?|solves?) [^.;,]{2,50}? (?:for good|for ?ever)",
        None,
    ),
    (
        "cure",
        r"(?:there is|there['’]s|here is|here['’]s|is|are) (?:finally |now |at last |really |actually )*(?:a|the) (?!only\b)(?:[a-z]+ )?cure for",
        None,
    ),
    (
        "total",
        r"100\s*(?:%|per ?cent|percent) (?:effective|safe|protection|protective|success|natural|guaranteed|reliable|certain|cure|of (?:the )?(?:people|patients|cases))",
        None,
    ),
    (
        "total",
        r"zero (?:risk|side effects?)|no (?:known )?(?:risk|side effects?|downsides?|adverse effects?) (?:at all|whatsoever)|"
        r"(?:completely|totally|entirely|perfectly|absolutely) (?:safe|harmless|effective|risk-free|free of (?:risk|side effects))|risk-free|side-effect-free",
        None,
    ),
    (
        "total",
        r"(?:the )?(?:only|single best|single most effective) (?:way|cure|treatment|remedy|solution) (?:to|for|that)",
        None,
    ),
)
_ABSOLUTES = one_of((p.replace(" ", r"\s+") for _, p, _ in _ABSOLUTE), after=r"(?!\w)")
# A negation close before the words, or a question, takes the claim away.
_NEGATED = re.compile(
    r"\b(?:not|no|never|cannot|can't|n't|doesn't|don't|isn't|hasn't|haven't|nothing|neither|nor|without|nobody|few|hardly|"
    r"rarely|far from|fails? to|failed to|yet to|myth|false|wrong|untrue|unable|beware|claims?|claimed|claiming|"
    r"promis(?:e|es|ed|ing)|whether|if|instead of|rather than|advertised|marketed|search for|hope|hopes|would|might|may|could)\b"
    r"[^.;:!?]{0,60}$",
    re.IGNORECASE,
)
_NOT_ABSOLUTE = re.compile(
    r"(?:dry-|salt-|air-|sun-|smoke-)cured|cured (?:meat|meats|ham|bacon|sausage|pork|fish|products)|cure rates?|"
    r"money[- ]back guarantee|eliminates? (?:waste|urine|toxin from)|"
    r"(?:eliminate[sd]?|eradicate[sd]?|wipe[sd] out) (?:much|most|some|part|half|nearly|almost|an? (?:good |large )?(?:third|quarter|part|share))\b|"
    r"(?:nearly|almost|all but|virtually|practically) (?:eliminate[sd]?|eradicate[sd]?|wipe[sd] out)|(?:curing|cured) (?:salt|process)",
)

_VAGUE = one_of(
    [
        (
            r"\b(?<!these\s)(?<!those\s)(?<!the\s)(?<!our\s)(?<!both\s)(?<!this\s)(?<!two\s)(?<!three\s)(?<!such\s)(?<!their\s)(?:(?:modern |current |new |recent |cutting-edge |the latest )?(?:science|research|evidence) (?:clearly |now |also |has |have |long |consistently |repeatedly )*"
            r"(?:shows?|shown|says?|proves?|proved|proven|tells us|confirms?|confirmed|demonstrates?|demonstrated|suggests?|suggested|indicates?|indicated|"
            r"agrees?|backs|supports?|has found|found|reveals?|revealed|points to)|"
            r"(?:(?:many|several|some|most|numerous|countless|multiple|various|recent|new|other|a number of|dozens of|hundreds of|plenty of|scientific|clinical|research|more and more) )*"
            r"(?:studies|trials|papers|surveys|experiments) (?:clearly |now |also |have |consistently |repeatedly |increasingly )*"
            r"(?:show|shown|say|prove|proved|proven|tell us|confirm|confirmed|demonstrate|demonstrated|suggest|suggested|indicate|indicated|agree|found|find|reveal|revealed|"
            r"link|linked|point to|report|reported|support)|"
            r"(?:(?:many|several|some|most|leading|top|health|medical|nutrition|sleep|fitness|heart|independent) )*"
            r"(?:experts?|scientists?|doctors?|researchers?|physicians?|specialists?|nutritionists?|dietitians?|physiotherapists?|cardiologists?|clinicians?|professionals) "
            r"(?:now |also |all |widely |increasingly |have long |have |long |generally |often )*"
            r"(?:agree|agreed|say|says|believe|believed|recommend|recommended|know|known|claim|think|confirm|confirmed|warn|suggest|advise|swear by|found|find|discovered|discover)|"
            r"it (?:is|has been|has long been) (?:well |widely |generally |long |scientifically |clinically |clearly |repeatedly )*"
            r"(?:known|proven|established|accepted|recognised|recognized|documented|shown|demonstrated|agreed|believed) that|"
            r"(?:according to|in the opinion of) (?:many |some |most |leading |recent |several |the latest )*(?:experts|scientists|doctors|researchers|studies|research|science)|"
            r"(?:backed|supported|confirmed) by (?:science|research|studies|experts|scientists|modern science)|science-backed|evidence-backed|"
            r"(?:a|one|another) (?:growing|large|vast|huge) (?:body|number) of (?:evidence|research|studies) (?:shows?|suggests?|supports?|indicates?|confirms?|links?)|"
            r"there is (?:strong|good|solid|ample|plenty of|overwhelming|compelling|clear) (?:scientific |clinical )?evidence (?:that|for))\b"
        ).replace(" ", r"\s+")
    ]
)


def absolute_cues(sentence: str) -> tuple[AbsoluteCue, ...]:
    """Expressions that claim proof, cure, certainty or universality and are not denied in the sentence.

    >>> [cue.kind for cue in absolute_cues("Honey cures coughs.")], absolute_cues("Honey is no proven cure.")
    (['cure'], ())
    """
    text = sentence[:MAXIMUM_LENGTH]
    if text.rstrip().endswith("?"):
        return ()
    small = lowered(text)
    words = tuple(_ABSOLUTES.finditer(small))
    blocked = [match.span() for match in _NOT_ABSOLUTE.finditer(small)] if words else []
    found = []
    for match in words:
        start, end = match.span()
        if any(low < end and start < high for low, high in blocked):
            continue
        if _NEGATED.search(text[max(0, start - 90) : start]):
            continue
        kind, _, softer = _ABSOLUTE[number_of(match)]
        found.append(AbsoluteCue(kind, start, end, softer))
    return tuple(found)


def vague_authority_cues(sentence: str) -> tuple[AuthorityCue, ...]:
    """Appeals to science or experts that name no source. Whether one is cited is for the caller to see.

    >>> cue, = vague_authority_cues("Science shows that naps help.")
    >>> cue.start, cue.end
    (0, 13)
    """
    text = sentence[:MAXIMUM_LENGTH]
    return tuple(
        AuthorityCue(match.start(), match.end())
        for match in _VAGUE.finditer(lowered(text))
        if not _ASKED.search(text, max(0, match.start() - 24), match.start())
    )


# "What the trials say about weight": an announcement, which asserts nothing
_ASKED = re.compile(
    r"\b(?:what|which|how|whether)\s+(?:(?:do|does|did|the|many|most|recent)\s+){0,2}$", re.IGNORECASE
)
