# ruff: noqa: E501, SIM905 - tables of patterns and words read better unwrapped
"""The cue tables of the strength grader: our own lists, written from health writing, as patterns.

Patterns are for lower-case text. A blank in a pattern stands for any white space. Patterns have no nested repeats over the same
characters, so that a hostile sentence costs time in proportion to its length.
"""

from __future__ import annotations

import re

from claims.alternatives import one_of


def _compile(*alternatives: str) -> re.Pattern[str]:
    return one_of((one.replace(" ", r"\s+") for one in alternatives), after=r"\b")


# Verbs that say one thing changes another: base, third person, past, -ing; regular ones by their base.
_REGULAR = (
    "reduce lower decrease diminish lessen attenuate alleviate ameliorate mitigate relieve ease suppress inhibit "
    "block curb minimise minimize dampen blunt weaken lighten "
    "increase raise elevate enhance boost augment promote stimulate induce trigger accelerate strengthen heighten "
    "improve restore maintain preserve protect reverse normalise normalize stabilise stabilize optimise optimize "
    "prevent avoid eliminate eradicate halt abolish counteract "
    "cause produce provoke generate "
    "affect influence alter modify impact modulate mediate regulate "
    "worsen aggravate exacerbate impair damage harm compromise deteriorate "
    "help enable facilitate "
    "delay slow prolong shorten extend retard hasten postpone "
    "cure treat heal activate nourish benefit lengthen soothe calm detoxify flatten halve double lubricate "
    "support elicit evoke amplify sustain counter sharpen aid ensure repair spare stabilise rejuvenate "
    "destroy harden soften loosen tighten quicken relax energise energize unclog detoxify disrupt undermine "
    "perpetuate potentiate sensitise sensitize predispose shield "
    "hamper hinder impede upregulate downregulate abrogate curtail discourage "
    # as magazines say it
    "bolster quell quench stave tame slash sap fray inflame sabotage derail clog stunt corrode irritate wreck ruin sour "
    "cripple replenish revive refresh hydrate fortify invigorate safeguard stoke fuel erode thwart avert forestall "
    "offset zap brighten banish steady dim trim rot deplete jeopardise jeopardize"
).split()
_DOUBLED = frozenset("trim dim sap zap clog rot".split())  # their last letter, in "trimmed", "trimming"
_IRREGULAR = (
    "cut cuts drive drives drove driven fight fights fought speeds sped builds kills killed burns feeds fuels save "
    "saved offset offsets shrinks shrank keeps makes strengthens hurts saves undoes stops stopped obviate obviates obviated"
).split()
IRREGULAR_PAST = frozenset("cut drove driven fought sped shrank offset".split())


def forms(base: str) -> tuple[str, ...]:
    """The base, third person, past and -ing of a regular verb."""
    if base.endswith("e"):
        return (base, base + "s", base + "d", base[:-1] + "ing")
    if base.endswith("y") and base[-2] not in "aeiou":
        return (base, base[:-1] + "ies", base[:-1] + "ied", base + "ing")
    if base == "control":
        return (base, "controls", "controlled", "controlling")
    if base in _DOUBLED:
        return (base, base + "s", base + base[-1] + "ed", base + base[-1] + "ing")
    if base.endswith(("sh", "ch", "s", "x")):
        return (base, base + "es", base + "ed", base + "ing")
    return (base, base + "s", base + "ed", base + "ing")


CAUSAL_VERBS = frozenset(form for base in _REGULAR for form in forms(base)) | frozenset(_IRREGULAR)
WORD = re.compile(r"[a-z]+")
NOUN_TOO = frozenset(
    "increase increases decrease decreases benefit benefits help cause causes damage harm harms influence "
    "influences impact impacts control controls change changes delay delays treat treats cure cures "
    "boost boosts cut cuts drive drives double lower slow produce block blocks affect raise raises support supports "
    "aid aids repair shield spare burns builds feeds fuels saves stops counter hurts "
    "fuel trim ruin ruins rot clog clogs".split()
)

# "lower", "slow" are adjectives unless something makes them verbs
ADJECTIVE_TOO = frozenset("lower slow double calm steady dim trim sour".split())
# the bare form of a verb after "to" is purpose, not effect, unless one of these stands before the "to"
LICENSES_INFINITIVE = frozenset(
    "helps help helped able shown found likely appears appear appeared seems seem seemed tends tend tended used "
    "effective important critical crucial essential proven said believed thought potential ability capacity power "
    "serves serve works work acts act demonstrated reported enough expected necessary useful efficient way ways "
    "tool strategy method option approach sufficient insufficient safe and unlikely fail fails failed "
    "suffice suffices sufficed much suitable".split()
)
PLURAL = frozenset(
    "people women men children data mice bacteria adults we you you they i which that who and".split()
)
MAKES_VERB = frozenset(
    "to can may might could will would does do did not help helps helped also it they which that "
    "directly naturally".split()
)
NEVER_SUBJECT = frozenset("of in with by for from on between the a an".split())
LAST_WORD = re.compile(r"([a-z0-9'’%-]+)([^a-z0-9'’%-]*)$")
BEFORE_NOUN = frozenset(
    "the a an this these those its their his her our no any some of in with by for from on and/or or "
    "significant slight modest marked further greater weight percent percentage annual mean average relative "
    "absolute dramatic substantial observed self glycemic glycaemic blood pest birth quality case disease "
    "symptom better poor poorer good tight adequate intensive metabolic weight-loss postural psychological "
    "lipid glucose pressure such possible each between over most many more less "
    "negative positive adverse beneficial favorable favourable direct synergistic clinical potential % "
    "health functional economic environmental social severe main root leading".split()
)
BEFORE_ADJECTIVE = frozenset(
    "the a an this these those its their his her our no any of in with by for from on at to than as that when "
    "show shows showing demonstrate demonstrates exhibit exhibits exhibited exhibiting more less most "
    "and and/or or but including include includes between into towards toward among under over during after before "
    "through via due despite without both either neither nor also identified identify indicate indicates indicated "
    "reflect reflects reflected suggest suggests confirmed confirm "
    "other all some such experienced revealed reported observed found detected developed explain explains associated "
    "including if because where whether about recorded additional mild moderate early late chronic acute new common "
    "first major minor slightly".split()
)
AUXILIARY = frozenset("had has have having".split())
MOSTLY_ADJECTIVE = frozenset(
    "increased decreased reduced elevated impaired altered lowered diminished affected".split()
)
DONE_TO_PEOPLE = frozenset("treated cured benefited".split())
OBJECT_NAMED = re.compile(r"\s+(?:the|their|his|her|its|our|your|these|this|all|both)\s")
# an adverb goes before a verb, not before a noun ("exclusion significantly influences")
ADVERB_BEFORE = re.compile(r"\b(?!on)[a-z]{3,}ly\s+$")
# "had adverse effects" tells what happened, "had an adverse effect on sleep" what did it
SIDE_EFFECT = re.compile(r"\b(?:side|adverse|unwanted)\s+effects?\b(?!\s+on\b)|effect\s+sizes?")
PASSIVE_BEFORE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|got|gets?|becomes?|became)\s+"
    r"(?:(?:also|not|further|often|more|less|in part|only|thus|still|[a-z]+ly)\s+){0,3}$"
)
BY_AGENT = re.compile(
    r"\s+(?:[a-z]+ly\s+)?(?:by|through|via|with the use of|in part by|partly by|mainly by|primarily by)\b"
)
INTRANSITIVE_AFTER = re.compile(
    r"\s*(?:$|[.;:,()\[]|(?:[a-z]+ly\s+)?(?:in|during|over|from|with|among|at|after|by|between|until|through|"
    r"throughout|following|within|for|as|across|compared|when|while|but|than|on|since|before|and|to)\b)"
)
NEITHER = re.compile(r"\bneither\b")
NOUN_AFTER = re.compile(r"\s+(?:in|of|group|groups|for|between|was|were|is|are|from|with|at|and|on)\b")
GERUND_AFTER = re.compile(
    r"\b(?:by|effective (?:in|at|for)|,|thereby|thus|role in|in|for|and|of)\s+(?:[a-z]+ly\s+)?$"
)

CAUSAL_PHRASES = _compile(
    r"(?:lead|leads|led) to(?! (?:conclude|the conclusion|believe))",
    r"(?:result|results|resulted) in",
    r"give[sn]? rise to|gave rise to|bring[s]? about|brought about",
    r"contribut(?:e|es|ed|ing) (?:[a-z]+ly |a |significantly |more )*(?:to|towards?)",
    r"contributions? (?:of|to)",
    r"(?:play|plays|played|playing) (?:an? |the |no )?(?:[a-z-]+ ){0,3}roles?",
    r"(?:putative|causal|causative|protective|etiologic|key|critical|crucial|central|important|therapeutic) roles?",
    r"(?:have|has|had|exert|exerts|exerted|show|shows|showed) (?:[a-z-]+ ){0,4}"
    r"(?:effects?|impact|influence|benefits?|advantages?|consequences|implications)",
    r"(?:gives?|gave|yield(?:s|ed)?|provide[sd]?|achieve[sd]?|offer(?:s|ed)?|demonstrate[sd]?) (?:an? |the )?"
    r"(?:[a-z]+ly )?(?:better|best|superior|greater|faster|shorter|longer|higher|similar|comparable|equivalent) ",
    r"(?:do|does|did|will|can|would|not|still|also) benefit (?:more |most |less )?from",
    r"account(?:s|ed)? for (?:most|much|half|part|some|all|a large part) of the (?:[a-z-]+ ){0,2}"
    r"(?:variation|variance|reduction|increase|decrease|decline|difference|effect|improvement|rise|fall)s?",
    r"(?<!cost-)(?<!cost\s)effective|efficacious|ineffective|interfer(?:e|es|ed) with",
    r"(?:convey|conveys|conveyed) (?:[a-z]+ )?benefits?|(?:do|does|did) not change",
    r"beneficial|protective|successful in",
    r"(?:is|are|was|were|be|likely|probably|possibly|partly|mainly|largely) (?:due|owing|attributable) to",
    r"(?:the |a |main |leading |major |common |primary |root |possible )?causes? of",
    r"(?:is|are|was|were|be) (?:an? |the |most |more |very |also |especially |particularly ){0,4}(?:critical|crucial|essential|"
    r"vital|key) (?:issue |factor |element )?(?:to|for|in)",
    r"(?:important |key |main |major |independent |strong )*determinants? of",
    r"responsible for|accused of|consequences? of|factors? affecting|predisposing factors?|driving factors?",
    r"outperform(?:s|ed)?|superior(?:ity)? (?:to|in|over)",
    r"(?:may|might|could|can|would|possibly|likely) (?:[a-z]+ly |also |then |thus |therefore |in part |partly |partially |even |all |well |not ){0,3}"
    r"(?:benefit|involve|derive|explain|impart|underlie|mask|hold|empower|act as|result from|play an? (?:[a-z]+ )?part|be (?:enough|insufficient|at the root|behind)|translate into|stem from|arise from|come from|account for|be (?:necessary|important|useful|helpful|critical|crucial|key|valuable|vital|essential|"
    r"effective|beneficial|safe|promising|sufficient|advantageous|favou?rable for|protective|responsible|involved|implicated|(?:in part |partly |partially )?(?:due|explained by|caused|mediated|driven)|"
    r"the result|a result|a consequence|a cause|a contributor|accompanied|attributed)|"
    r"be used as an alternative|be (?:an? |the |one )(?:[a-z-]+ ){0,5}(?:option|alternative|approach|treatment|therapy|strategy|target|intervention|tool to|way|means|agent|"
    r"cause|mechanism|factor in|contributor|solution|remedy|precursor)|prove (?:useful|helpful|effective|beneficial)|provide (?:an? )?(?:[a-z-]+ ){0,3}(?:opportunity|option|approach|strategy|alternative|solution|means|protection|relief)|"
    r"have (?:an? |the )?(?:[a-z-]+ ){0,3}(?:effects?|impact|influence|role|benefits?|consequences?|implications?)|"
    r"have (?:[a-z]+ly )?(?:affected|influenced|contributed|caused|led|increased|reduced|improved|resulted|impacted|prevented|altered|induced)|"
    r"represent (?:an? )?(?:[a-z-]+ ){0,4}(?:target|strategy|approach|treatment|therapy|option))",
    r"works? by|acts? by|serves? to|keeps? .{1,30} healthy",
    r"(?:provide|provides|provided|offer|offers|offered|confer|confers|conferred) (?:an? |the |some |particular |"
    r"additional |significant |clear |better |more |[a-z]+ ){0,3}(?:benefit|benefits|advantage|advantages|protection|"
    r"relief|improvement|improvements)",
    r"(?:had|exhibited|showed|produced|produces|achieved|achieves|promotes?|significant) (?:[a-z]+ ){0,3}improvements? in",
)

# Words of effect that decide only where no verb does.
CAUSAL_HINTS = _compile(
    r"(?:leading|resulting|contributing) (?:to|in)|(?:due|owing|attributable) to|efficacy|effectiveness|helpful",
    r"(?:no|significant|beneficial|positive|negative|adverse|protective|favou?rable|detrimental|direct|synergistic|"
    r"similar|greater|profound|deciding|little|additional|the|an?|any|these|treatment|dose|their|its|of|greatest|"
    r"cardiovascular|clinical|survival|short-term|long-term|therapeutic|health|better|some) (?:[a-z-]+ ){0,2}"
    r"(?:effects?|impact|influence|benefits?|advantages?|implications)",
    r"[a-z]+ing roles?",
    r"(?<!side\s)(?<!adverse\s)(?<!random\s)(?<!fixed\s)effects? (?:of|on|was|were|is|are|in|upon)",
    r"(?:the|a|its|their) (?:[a-z]+ )?roles? of [^.;]{2,80} in",
    r"(?:caused|driven|explained|mediated|induced|triggered|produced|brought about|influenced|affected|"
    r"modulated|determined|prompted) (?:[a-z]+ly )?(?:by|through)",
    r"dose-response|causality|dependence|attribut(?:ed|able) to|because of|as a result of|thanks to",
    r"(?:a |the |strong |key |important )?roles? for|involvement (?:of|in)|implicated in|holds? the key to|(?:lead|leads|led) (?:people|patients|them|children|adults|individuals|those) to|poses?|posed",
    r"(?<!more\s)(?<!less\s)(?:key to|good for|bad for|vital (?:to|for)|harmful|detrimental|advantageous)",
    r"improvements? (?:in|of)|protection (?:against|from)",
)

HELPS_TO_TELL = re.compile(
    r"\s+(?:(?:us|to|clinicians|physicians|doctors|in|the|better|explain|with)\s+){0,3}(?:identif|differentiat|detect|predict|distinguish|guid|"
    r"inform|explain|determin|clarif|diagnos|understand|interpret|elucidat|select|plan|develop|target|stratif|recogni|assess|monitor)",
)
SUPPORTS_IDEA = re.compile(
    r"\s+(?:the|a|an|our|this|that|its|their|continued|such|further|previous|earlier|use|using|inclusion)\b(?:\s+[a-z-]+){0,2}?\s*"
    r"(?:hypothes|suggestion|idea|notion|view|concept|theor|use\b|need|finding|conclusion|existence|presence|recommend|that\b|claim|guideline|warning|excision)|\s+that\b",
)
REPORTS = re.compile(
    r"\b(?:results?|findings?|data|stud(?:y|ies)|evidence|analys[ei]s|we|report|review|trial|literature|observations?|research)\b"
    r"[^.;]{0,60}$",
)

CORRELATIONAL = _compile(
    r"(?:un)?associat(?:ed|es|e|ing|ions?) (?:with|to|between|of|was|were|is|are|among)?",
    r"associations?|correlat[a-z]+|interrelationships?",
    r"(?:un)?relat(?:ed|es|ing) (?:to|with)",
    r"relationships?|relation between",
    r"link(?:s|ed|ing)? (?:to|with|between|directly to)",
    r"predict(?:s|ed|or|ors|ive)?",
    r"(?:is|are|was|were|be|been|as|remains?|identified|independent|significant|important|major|strong|main|notable|a|an|the|some|certain|known|other|these) (?:[a-z]+ ){0,2}risk (?:factors?|indicators?|markers?|predictors?)|risk factors? (?:for|of)",
    r"prognostic|(?:bio)?markers?|susceptibility|predispos(?:e|es|ed|ition|itions)",
    r"coincid(?:e|es|ed|ing)|discriminators?|indicators?|tied to|prone to|proportional(?:ly)? to|hand in hand|tracks? with",
    r"connect(?:ed|ions?) (?:to|with|between)|interactions? between",
    r"at (?:an? )?(?:[a-z]+ )?(?:higher|increased|high|greater|elevated|two times|lower|reduced|significant) risk",
)

COMPARED = _compile(
    r"(?:more|less|as) likely|risk factors?|predicting|(?:increases?|decreases?|rises?|declines?|falls?) (?:[a-z]+ )?with|(?:is|are) (?:more |highly |very |also )?(?:common|prevalent|high) among|had the (?:worst|best|highest|lowest)",
    r"(?:higher|lower|greater|smaller|larger|worse|better|fewer|more(?! than)|less(?! than)|longer|shorter|older|younger|poorer|"
    r"faster|slower|stronger|heavier|taller) (?:[a-z0-9/()-]+ ){0,14}?than",
    r"(?:had|have|has|having|showed|exhibited|with) (?:an? )?(?:significantly |much |far )?(?:higher|lower|greater|worse|better|more|"
    r"fewer|longer|shorter|poorer)",
    r"(?:an? )?(?:increased|decreased|higher|lower|elevated|reduced|greater|markedly increased) "
    r"(?:[a-z]+ ){0,3}(?:risks?|odds|prevalence|incidence|likelihood|rates?|levels?|concentrations?|frequency)",
    r"(?:was|were|is|are) (?:significantly |also |much |slightly |markedly |considerably )?(?:higher|lower|greater|worse|better|longer|shorter|"
    r"increased|decreased|reduced|elevated|more|less|smaller|larger)(?! (?:known|established|documented|understood|described|studied|recogni[sz]ed|suited|placed))",
    r"differ(?:s|ed)?(?: significantly)?|differences?|different",
    r"(?:compared|comparison) (?:with|to)|than (?:those|in|among|for|that|controls?|patients|women|men|subjects|participants|children|people|normal|healthy|placebo|the)",
    r"(?:increase|decrease|reduction|decline|improvement|change|rise|gain)s? in",
    r"(?:increased|decreased|declined|rose|risen|fell|fallen|grew|grown|dropped)|variations? in",
    r"odds ratios?|hazard ratios?|relative risks?",
    r"comparable between|similar between",
    r"(?:high|low) risks? (?:of|for)(?! bias)|(?:is|are|was|were) (?:also )?at risk|(?:may|might|could) be (?:higher|lower|greater|worse|better|longer|shorter)|significant interactions?|tend(?:s|ed)? to be|risk of(?! bias)|(?:more|less) (?:common|frequent|prevalent)|(?:varied|varies|vary) (?:by|with|according)",
    r"dependent|highest|lowest",
)

MODAL = _compile(
    r"may|might|could|would|possibly|potentially|perhaps|probably|presumably|plausibl[ey]",
    r"seem(?:s|ed)?(?: to)?|appear(?:s|ed)?(?: to)?",
    r"(?<!more\s)(?<!less\s)(?<!as\s)likely(?: to)?|tend(?:s|ed)? to",
    r"potential|possible|theoretically|likelihood",
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
)
SUBORDINATE = re.compile(
    r"(?:although|though|while|despite|in spite of|given that|because|since|as|whereas|if)\b[^,;]{3,160},\s+",
)

# A clause with one of these asserts no relation: advice, need of research, the study's own importance.
ASSERTS_NOTHING = _compile(
    r"should(?! possibly)|(?:is|are|be|was|were) (?:[a-z]+ly )?recommended|(?:we|authors|guidelines) (?:[a-z]+ )?recommend|recommend that|we (?:suggest|propose|advise) (?!that)|"
    r"(?:is|are|be|still|was|were|remains?) (?:also |urgently |still |therefore |thus |not |highly |greatly )*"
    r"(?:needed|required|warranted|mandatory|advisable|indicated(?! as)|desirable|worthwhile|suggested(?! as| to| that))",
    r"(?<!may\sbe\s)(?<!might\sbe\s)(?:necessary|needed)|(?:may|might) (?:also )?(?:warrant|need|require|inform)|may be warranted",
    r"needs? to (?:be|include|address|consider)|(?:is|are|was|were|remains?|highlights?|an?|urgent|suggest(?:s|ing)?|demonstrates?|indicates?|shows?) (?:also |still |urgent |the |a |clear |strong )*needs? (?:to|for|of)|needs? (?:further|confirmation|replication)|warrants?",
    r"(?:future|further|additional|more|larger|longer|continued) (?:[a-z,-]+ ){0,6}(?:stud(?:y|ies)|research|trials?|work|investigations?|evaluation|exploration)",
    r"must|ought to|it is (?:important|essential|crucial|vital)|important to|special attention|requires? (?:further|special|greater|careful)",
    r"(?:underscor(?:es?|ing)|emphasi[sz](?:es?|ing)|highlight(?:s|ing)?|stress(?:es)?|reinforc(?:es?|ing)|suggest(?:s|ing)?|support(?:s|ing)?) (?:the |an? )?(?:[a-z]+ ){0,2}(?:need|importance|requirement|value|necessity|urgency|use of|usefulness)|call for",
    r"^\W*if\b|if (?:this|these|our|confirmed)|could consider|considered? (?:for|when|before)|consideration of|attention to",
    r"(?:findings|results|data|study|observations?|observation is|work|review|research|paper|nurses|physicians|clinicians|providers) (?:also |may |might |could |can |will |should |have |has |had )*"
    r"(?:contributes?|implications?|inform|explain|help to (?:inform|guide)|provides? (?:a |an )?(?:insights?|support|suitable|rationale|benchmark|new insights?))",
    r"(?:these|this|our|the|study|such) (?:[a-z]+ )?(?:findings|results|data|observations|insights|information) (?:can|may|might|could|will|would) (?!be (?:due|explained|attributed|related|because|the result)|result from|reflect)",
    r"aim(?:s|ed)? to|in order to (?:assess|determine)|to (?:assess|evaluate|investigate|explore|examine) (?:the|whether|if|how)",
    r"^\W*whether|(?:tell|say|sure|ask|wonder|determin|clarif|examin|investigat|unclear|unknown|know|question|explor|assess|test|evaluat|establish|confirm|understand|see|elucidate|address)[a-z]* (?:of |as to |if )?whether|clarify if|remains? to be|not (?:yet )?(?:been )?(?:known|determined|established)|yet to be|why (?:not|has|have|did|does|do|is|are)|how to|(?:understand|investigate|examine|explore|determine|clarify|compare|assess)[a-z]* how",
    r"(?:poorly|not (?:fully|well|completely|yet|entirely)) (?:understood|elucidated|explained)|little is known|"
    r"(?:is|are|was|were|remains?) (?:still )?(?:debated|discussed|reviewed|summari[sz]ed|controversial|unclear|unknown)|merits?|deserves?|"
    r"(?:conflicting|inconsistent|mixed) (?:results|findings|evidence)|not clear (?:whether|if|how)|too (?:short|small|few) to|"
    r"(?:review|paper|study|commentary|article|work) (?:summari[sz]es|examines|outlines|describes|discusses|reviews|explores|was undertaken)|"
    r"(?:evaluated|investigat(?:ed|ing)|examined|assessed|looked at) the (?:[a-z]+ ){0,2}(?:effects?|efficacy|effectiveness|impact|role|influence)|"
    r"better (?:understanding|knowledge) of|knowledge of these|understanding (?:these|how)",
    r"non-?inferior(?:ity)?|feasib(?:le|ility)(?! approach| and effective)|eligible|sensitivity and specificity",
)
# A sentence with one of these is apparatus, not prose.
APPARATUS = _compile(
    r"trial registration|clinicaltrials|identifier:?|registered (?:at|on|with|in|as|\d)|registered\W*$|^\W*registered|(?:^|\()funded by|(?:trials?|clinical) regist[a-z]+|nct ?\d+|isrctn ?\d+|copyright|cite this|limitations?:"
)
# Where a sentence is cut into clauses that assert, or not, by themselves.
CLAUSE = re.compile(
    r";|:|(?<=[.!?])\s+|\b(?:found|shows?|showed|shown|suggests?|suggested|revealed|demonstrates?|demonstrated|concluded|confirmed|indicates?) that\s|"
    r",\s+(?=(?:and|but|yet|so|whereas|while|although|though|however|which|suggesting|indicating|reinforcing|"
    r"supporting|highlighting|underscoring|emphasi[sz]ing|we|thus|therefore|thereby)\b)|\s(?=and (?:should|must|needs?|warrants?|may|might|could)\b)|"
    r"\s(?=(?:but|whereas|although)\s)|\s(?=(?:because|since|as) (?:it|they|this|these)\s)",
)
