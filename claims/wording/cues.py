"""The cue tables of the strength grader: our own lists, written from health writing, as patterns.

A blank in a pattern stands for any white space. Patterns have no nested repeats over the same
characters, so that a hostile sentence costs time in proportion to its length.
"""

from __future__ import annotations

import re


def _compile(*alternatives: str, prefix: str = r"\b(?:", suffix: str = r")\b") -> re.Pattern[str]:
    return re.compile((prefix + "|".join(alternatives) + suffix).replace(" ", r"\s+"), re.IGNORECASE)


# Verbs that say one thing changes another: base, third person, past, -ing; regular ones by their base.
_REGULAR = (
    "reduce lower decrease diminish lessen attenuate alleviate ameliorate mitigate relieve ease suppress inhibit "
    "block curb minimise minimize dampen blunt weaken lighten "
    "increase raise elevate enhance boost augment promote stimulate induce trigger accelerate strengthen heighten "
    "improve restore maintain preserve protect reverse normalise normalize stabilise stabilize optimise optimize "
    "prevent avoid eliminate eradicate halt abolish counteract "
    "cause produce provoke generate "
    "affect influence alter modify impact modulate mediate determine regulate control change "
    "worsen aggravate exacerbate impair damage harm compromise deteriorate "
    "help enable facilitate "
    "delay slow prolong shorten extend retard hasten postpone "
    "cure treat heal activate nourish benefit lengthen soothe calm detoxify flatten halve double lubricate"
).split()
_IRREGULAR = (
    "cut cuts cutting drive drives drove driven driving fight fights fought fighting ward keep keeps".split()
)
IRREGULAR_PAST = frozenset("cut drove driven fought".split())
_NO_FINAL_E_DROP = frozenset[str]()


def _forms(base: str) -> tuple[str, ...]:
    if base.endswith("e"):
        return (base, base + "s", base + "d", base[:-1] + "ing")
    if base.endswith("y") and base[-2] not in "aeiou":
        return (base, base[:-1] + "ies", base[:-1] + "ied", base + "ing")
    if base == "control":
        return (base, "controls", "controlled", "controlling")
    if base == "curb":
        return (base, "curbs", "curbed", "curbing")
    if base.endswith(("sh", "ch", "s", "x")):
        return (base, base + "es", base + "ed", base + "ing")
    return (base, base + "s", base + "ed", base + "ing")


CAUSAL_VERBS = _compile(
    *(form for base in _REGULAR for form in _forms(base)), *_IRREGULAR, "protect(?:s|ed|ing)?"
)
NOUN_TOO = frozenset(
    "increase increases decrease decreases benefit benefits help cause causes damage harm harms influence "
    "influences impact impacts control controls change changes delay delays treat treats cure cures "
    "boost boosts boost cut cuts drive drives double lower slow produce block blocks affect".split()
)

LAST_WORD = re.compile(r"([a-z0-9'’-]+)[^a-z0-9]*$")
BEFORE_NOUN = frozenset(
    "the a an this that these those its their his her our no any some of in with by for from on and/or or "
    "significant slight modest marked further greater weight percent percentage annual mean average relative "
    "absolute dramatic substantial observed self glycemic glycaemic blood pest birth quality case disease "
    "symptom better poor poorer good tight adequate intensive metabolic pain weight-loss potential postural "
    "lipid glucose pressure such statistically clinically possible each between over most many more less "
    "negative positive adverse beneficial favorable favourable direct".split()
)
BEFORE_ADJECTIVE = frozenset(
    "the a an this these those its their his her our no any of in with by for from on at to than as "
    "significantly-increased had has have having show showed shows demonstrated exhibited exhibit more less most "
    "and/or or including include between into towards toward among under over during after before through "
    "via due despite without is are was were be been being mildly severely genetically both either "
    "other all some such mean experienced had revealed reported observed found detected".split()
)
PASSIVE_BEFORE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|got|gets?|not|becomes?|became)\s+"
    r"(?:(?:also|not|further|often|more|less|partly|mainly|largely|in part|only|thus|still|[a-z]+ly)\s+){0,3}$"
)
BY_AGENT = re.compile(
    r"\s+(?:[a-z]+ly\s+)?(?:by|through|via|with the use of|in part by|partly by|mainly by|primarily by)\b"
)
INTRANSITIVE_AFTER = re.compile(
    r"\s*(?:$|[.;:,)]|(?:[a-z]+ly\s+)?(?:in|during|over|from|with|among|at|after|by|between|until|through|"
    r"throughout|following|within|for|as|across|compared|when|while|but|than|on|since|before|and|to)\b)"
)
NOUN_AFTER = re.compile(r"\s+(?:in|of|group|groups|for|between|was|were|is|are|from|with|at|and|on)\b")
GERUND_AFTER = re.compile(
    r"\b(?:by|effective (?:in|at|for)|,|thereby|thus|role in|in|for|and|of)\s+(?:[a-z]+ly\s+)?$"
)
GERUND_OBJECT = re.compile(r"\s+[a-z0-9-]")

CAUSAL_PHRASES = _compile(
    r"(?:lead|leads|led|leading) to",
    r"(?:result|results|resulted|resulting) in",
    r"give[sn]? rise to|gave rise to|bring[s]? about|brought about",
    r"contribut(?:e|es|ed|ing) (?:[a-z]+ly |a |significantly |more )*(?:to|towards?)",
    r"contributions? (?:of|to)",
    r"(?:play|plays|played|playing) (?:an? |the |no )?(?:[a-z-]+ ){0,3}roles?",
    r"(?:putative|causal|causative|protective|etiologic|key|critical|crucial|central|important|therapeutic) roles?",
    r"(?:have|has|had|having|exert|exerts|exerted|show|shows|showed|no|significant|beneficial|positive|negative|"
    r"adverse|protective|favou?rable|detrimental|direct|synergistic|similar|greater|profound|deciding|little|"
    r"additional|the|an?|any|these|treatment|dose|their|its|of) (?:[a-z-]+ ){0,2}"
    r"(?:effects?|impact|influence|benefits?|implications) (?:on|of|for|against|in|to|with|than|was|were|did|does)",
    r"(?:has|have|had|with|the|significant|clinical|survival|no|short-term|long-term|some|better|of|additional|"
    r"cardiovascular|therapeutic|health|the) (?:[a-z-]+ ){0,2}benefits?",
    r"effective(?:ly|ness)?|efficacious|efficacy|ineffective",
    r"beneficial|helpful|successful(?:ly)?|protective",
    r"(?:caused|driven|explained|mediated|induced|triggered|produced|brought about|influenced|affected|"
    r"modulated|determined|prompted) (?:[a-z]+ly )?(?:by|through)",
    r"(?:due|owing|attributable) to",
    r"(?:the |a |main |leading |major |common |primary |root |possible )?causes? of",
    r"(?:is|are|was|were|be) (?:an? |the |most |more |very |also |especially |particularly )*(?:critical|crucial|essential|"
    r"vital|key) (?:issue |factor |element )?(?:to|for|in)",
    r"(?:important |key |main |major |independent |strong )*determinants? of",
    r"responsible for|accused of|consequences? of|factors? affecting|predisposing factors?|driving factors?",
    r"outperform(?:s|ed)?|superior(?:ity)? (?:to|in|over)",
    r"works? by|acts? by|serves? to|keeps? .{1,30} healthy",
    r"(?:provide|provides|provided|offer|offers|offered|confer|confers|conferred) (?:an? |the |some |particular |"
    r"additional |significant |clear |better |more |[a-z]+ ){0,3}(?:benefit|benefits|advantage|advantages|protection|"
    r"relief|improvement|improvements)",
    r"(?:had|exhibited|showed|produced|produces|achieved|achieves|promotes?|significant) (?:[a-z]+ ){0,3}improvements? in",
)

CORRELATIONAL = _compile(
    r"(?:un)?associat(?:ed|es|e|ing|ions?) (?:with|to|between|of|was|were|is|are|among)?",
    r"associations?|correlat[a-z]+|interrelationships?",
    r"(?:un)?relat(?:ed|es|ing) (?:to|with)",
    r"relationships?|relation between",
    r"link(?:s|ed|ing)? (?:to|with|between|directly to)",
    r"(?:strong|independent|significant|important|major|good|weak|useful|only|accurate)?\s*predict(?:s|ed|ing|or|ors|ive|ion)?",
    r"risk (?:factors?|indicators?|markers?|predictors?)",
    r"prognostic|(?:bio)?markers?|susceptibility|predispos(?:e|es|ed|ition|itions)",
    r"coincid(?:e|es|ed|ing)|discriminators?|indicators?",
    r"at (?:an? )?(?:[a-z]+ )?(?:higher|increased|high|greater|elevated|two times|lower|reduced|significant) risk",
)

COMPARED = _compile(
    r"(?:more|less|as) likely",
    r"(?:higher|lower|greater|smaller|larger|worse|better|fewer|more|less|longer|shorter|older|younger|poorer|"
    r"faster|slower|stronger|heavier|taller) (?:[a-z0-9/()-]+ ){0,14}?than",
    r"(?:had|have|has|having|showed|exhibited|with) (?:an? )?(?:significantly |much )?(?:higher|lower|greater|worse|better|"
    r"fewer|longer|shorter|poorer)",
    r"(?:an? )?(?:increased|decreased|higher|lower|elevated|reduced|greater|high|low|markedly increased) "
    r"(?:[a-z]+ ){0,3}(?:risks?|odds|prevalence|incidence|likelihood|rates?|levels?|concentrations?|frequency)",
    r"(?:was|were|is|are) (?:significantly |also |much |slightly |markedly |considerably )?(?:higher|lower|greater|worse|better|longer|shorter|"
    r"increased|decreased|reduced|elevated|more|less|smaller|larger)",
    r"differ(?:s|ed)?(?: significantly)?|differences?|different",
    r"compared (?:with|to)|in comparison|versus|than",
    r"(?:increase|decrease|reduction|decline|improvement|change|rise|gain)s? in",
    r"(?:increased|decreased|declined|rose|fell|grew)",
    r"odds ratios?|hazard ratios?|relative risks?",
    r"comparable|similar(?:ly)?",
    r"risk of",
    r"dependent|highest|lowest",
)

MODAL = _compile(
    r"may|might|could|possibly|potentially|perhaps|probably|presumably|plausibl[ey]|would",
    r"seem(?:s|ed)? to|appear(?:s|ed)? to|seem(?:s|ed)?",
    r"(?:is|are|was|were|more|most|very) likely|likely|tend(?:s|ed)? to",
    r"potential|possible|promise|promising|theoretically|hypothes[a-z]+|inconclusive|likel(?:y|ihood)",
)

CLAUSE_BREAK = re.compile(
    r";|\b(?:whereas|although|while|because|since)\b|,\s+(?:but|which|and)\b", re.IGNORECASE
)

REPORTING = re.compile(
    r"[\W]*(?:in (?:conclusion|summary|short|brief|this [^,]{1,80}),?\s+|to conclude,?\s+|thus,?\s+|therefore,?\s+|"
    r"however,?\s+|moreover,?\s+|furthermore,?\s+|finally,?\s+|overall,?\s+|collectively,?\s+|taken together,?\s+|"
    r"conclusions?:?\s+)?"
    r"(?:(?:our|the|these|this|present|current|collective|recent)\s+(?:[a-z0-9-]+\s+){0,4}?)?"
    r"(?:results?|findings?|data|stud(?:y|ies)|analys[ei]s|evidence|observations?|trial|meta-analysis|review|we|it|"
    r"investigation|work|research)\s+(?:[a-z0-9-]+\s+){0,6}?"
    r"(?:suggest|suggests|suggested|indicate|indicates|indicated|show|shows|showed|demonstrate|demonstrates|"
    r"demonstrated|confirm|confirms|confirmed|conclude|concluded|found|find|support|supports|reveal|revealed|reveals|"
    r"propose|imply|implies)\s+(?:strongly\s+|clearly\s+)?(?:the view of other studies\s+|the hypothesis\s+|the concept\s+|the concern\s+|the theory\s+)?that\s+",
    re.IGNORECASE,
)
SUBORDINATE = re.compile(
    r"(?:although|though|while|despite|in spite of|given that|because|since|as|whereas|if)\b[^,;]{3,160},\s+",
    re.IGNORECASE,
)

ASSERTS_NOTHING = _compile(
    # advice and need
    r"should|recommended|recommends?|recommendations?|we suggest|we propose|we advise|need(?:s|ed)? (?:to|for)|(?:is|are|be|still) (?:also |urgently |still |therefore |thus )?"
    r"(?:needed|required|necessary|warranted|mandatory|advisable|indicated|desirable|worthwhile)|is needed|warrants?|needs? (?:further|confirmation)",
    r"(?:future|further|additional|more|larger|longer|prospective|randomi[sz]ed|continued) (?:[a-z,-]+ ){0,6}(?:stud(?:y|ies)|research|trials?|work|investigations?|evaluation|exploration)",
    r"must|ought to|important to|essential to|special attention|require(?:s|d)? (?:further|special|greater|careful|a|an)|"
    r"highlights? the (?:need|importance)|underscores? the|importance of|the need for|call for",
    # apparatus
    r"trial registration|clinicaltrials|identifier|registered|funded by|registry|NCT\d+|ISRCTN\d+|copyright|doi:|cite this",
    r"limitations?:|interpreted (?:with caution|cautiously)|to our knowledge|first (?:study|report|time|prospective)",
    r"whether|unclear|unknown|remains? to be|not (?:yet )?(?:been )?(?:known|determined|established)",
)
ASSERTS_ANYWAY = re.compile(r"(?!)")
