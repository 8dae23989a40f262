# ruff: noqa: E501 - tables of patterns read better unwrapped
"""The words by which health research says that something changed, by what they say of it.

What people say outside of journals is data (``data/everyday.toml``, read by ``everyday``).
"""

from __future__ import annotations

__all__ = ["BETTER", "DECREASES", "INCREASES", "MEANINGS", "NO_DIFFERENCE", "WORSE"]

# "work" as a verb, after a plural or a verb that helps: no "shift work", "social work"
_WORK = (
    r"(?<!his )(?<!its )(?<!is )(?<!as )(?:(?<=s )|(?<=n['’]t )|(?<=not )|(?<=may )|(?<=can )|(?<=do )|(?<=ill )"
    r"|(?<=uld )|(?<=ight )|(?<=lly )|(?<=hey )|(?<=hat )|(?<=not to )|(?<=own to )|(?<=und to )|(?<=ved to )|(?<=em to )"
    r"|(?<=ems to )|(?<=ear to )|(?<=ars to ))work\b"
)

DECREASES, INCREASES, NO_DIFFERENCE = "decreases", "increases", "no-difference"
BETTER, WORSE = "better", "worse"

# One alternative per meaning; \w{0,3} takes the regular endings of a verb whose stem is written out.
MEANINGS: tuple[tuple[str, str], ...] = (
    (
        NO_DIFFERENCE,
        r"\b(?:no|not|without|never|neither|lack(?:s|ed)? of|hardly any|little or no|little to no)\s+"
        r"(?:(?:a|any|an|be|been|have|has|had|clear|significant(?:ly)?|real|measurable|statistically|"
        r"meaningful(?:ly)?|"
        r"clearly|really|reliably|noticeably|overall|major|added|additional|substantial(?:ly)?|"
        r"longer|such|further|obvious|discernible|detectable|notable|apparent|independent(?:ly)?|consistent|lasting|"
        r"direct(?:ly)?|seem to|appear to|shown to|found to|followed by|(?:saw|found|showed|had|see|find|show) any)\s+){0,4}"
        r"(?:effects?|differences?|different|gaps?|impact|benefits?|associat(?:ions?|ed?)|link(?:s|ed)?|tied|"
        r"connect(?:ed|ions?)|correlat(?:ions?|ed?)|dependent|predict(?:s|ed|ors?)?|related|"
        r"relation(?:ship)?s?|improvements?|risk factors?|(?:drop|fall|rise|dip|jump|gains?|loss|advantages?|bearing|influence|edge)\b(?!-)|"
        r"improve[sd]?|reduc(?:tions?|es?|ed)|lower(?:ed|s)?|decreases?|increase[sd]?|rais(?:es?|ed)|"
        r"change[sd]?|differ|"
        r"affect(?:s|ed)?|prevent(?:s|ed)?|help(?:s|ed)?|cut|slow(?:ed)?|protect(?:s|ed)?|cause[sd]?|"
        r"boost(?:s|ed)?|"
        r"lead to|led to|result(?:ed)? in|lose|gain|ease|relieve[sd]?|lengthen(?:ed)?|prolong(?:ed)?"
        r"|speed(?:ed)? up|"
        r"alter(?:s|ed)?|influence[sd]?|shorten(?:ed)?|extend(?:ed)?|better|work(?:s|ed)?|superior|"
        r"(?:more|less) (?:likely|common|often|frequent(?:ly)?)|rarer|"
        r"effective)\b",
    ),
    (
        NO_DIFFERENCE,  # "no sign that tea lowers it", "did not find that it fell", "did not budge"
        r"\b(?:no (?:\w+ )?(?:sign|evidence|proof|hint|indication|suggestion) (?:that|of|for)|nothing to (?:show|suggest|indicate) that)\b"
        r"|\b(?:did|do|does|could|can|would|have|has|had)(?: not|n['’]t) (?:\w+ly )?"
        r"(?:(?:find|found|show|shown|prove|proved|proven|establish(?:ed)?|confirm(?:ed)?|detect(?:ed)?|demonstrate[d]?) that\b"
        r"|(?:budged?|var(?:y|ied)|shift(?:ed)?|moved?|waver(?:ed)?|stir(?:red)?|depend(?:ed)?|matter(?:ed)?|hinge[d]?|track(?:ed)?)\b"
        r"(?! (?:house|home|forward|around|about|out)\b))",
    ),
    (
        NO_DIFFERENCE,  # "it has been ruled out that honey", before "eases": but not "cannot be ruled out that"
        r"\b(?<!not )(?<!n['’]t )(?<!not be )(?<!not been )(?:ruled out|disprove[dsn]?|debunk(?:ed|s)?|refute[ds]?|dispel(?:led|s)?|discredit(?:ed|s)?)"
        r"(?: (?:the|any|this) (?:\w+ )?(?:idea|claim|notion|myth|belief|theory|hope|view))? that (?:[^\s,;.]+ ){1,8}?"
        r"(?=(?:help|eas|reduc|lower|prevent|cur|improv|reliev|shorten|cut|protect|rais|increas|caus|work|boost|slow|treat|speed)\w*)",
    ),
    (
        NO_DIFFERENCE,  # "weighed no more than others did"; "no more than 20 minutes" is a bound
        r"\bno (?:more|less|fewer|longer|faster|slower|higher|lower|heavier|lighter|sooner|later|stronger|weaker|shorter|taller)"
        r" (?:[\w-]+ ){0,3}?than (?=[a-z])"
        r"(?!(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|half|once|twice|that|this|necessary|needed|usual)\b)",
    ),
    (
        NO_DIFFERENCE,  # "neither shorter nor longer", "neither rose nor fell"
        r"\bneither (?:\w+ly )?(?:rose|rise|raise[sd]?|fell|fall|lower(?:s|ed)?|higher|shorter|longer|better|worse|good|bad|more|less|fewer|"
        r"help(?:s|ed)?|harm(?:s|ed)?|hurts?|improve[sd]?|worsen(?:s|ed)?|increase[sd]?|decrease[sd]?|reduce[sd]?|gain(?:s|ed)?|lost|lose|"
        r"faster|slower|quicker|stronger|weaker|up|down|cut|sped|slow(?:s|ed)?|sooner|later|heavier|lighter|eased?|cause[sd]?|prevent(?:s|ed)?|"
        r"smaller|larger|bigger|greater|rarer|commoner|fitter|safer) nor\b",
    ),
    (
        NO_DIFFERENCE,  # "the link between the two vanished"
        r"\b(?:links?|associations?|effects?|benefits?|differences?|gaps?|advantages?|relation(?:ship)?s?|correlations?|edge) "
        r"(?:[^\s.;:]+ ){0,14}?(?:vanish(?:ed|es)|disappear(?:ed|s)|evaporat(?:ed|es)|melt(?:s|ed) away|went away|washed out|fell away|"
        r"los(?:t|es|ing) (?:its |their |all )?significance|(?:did|does)(?: not|n['’]t) (?:survive|hold up)|no longer (?:held|stood)|came to nothing|"
        r"(?:was|were) (?:gone|nil|zero|nullified|abolished|cancelled out|no longer (?:there|seen|present|significant)|(?:entirely |fully |wholly |largely )?(?:explained|accounted for) by))\b",
    ),
    (
        NO_DIFFERENCE,  # "left it as it was", "stayed where it was"
        r"\b(?:left|leaves?|leaving|kept) (?:[^\s.;]+ ){1,6}?"
        r"(?:untouched|unchanged|unaltered|as (?:it|they) (?:was|were|had been)|where (?:it|they) (?:was|were|had been))\b"
        r"|\b(?:stay(?:s|ed)?|remain(?:s|ed)?|was|were|held|hold(?:s)?|left|kept) (?:exactly |just |much |right |about )?"
        r"(?:where (?:it|they) (?:was|were|had been)|as (?:it|they) (?:was|were|had been)|steady|constant)\b",
    ),
    (
        NO_DIFFERENCE,
        r"\b(?:unrelated|unaltered|unmoved|indistinguishable|identical(?:ly)?(?! twins?\b)|equal(?! to (?:about )?\d)|"
        r"immaterial|(?:was|were|is|are) independent of)\b",
    ),
    (
        NO_DIFFERENCE,  # "did not have fewer falls", "never lived longer"
        r"\b(?:(?:did|do|does|have|has|had)\s+not|(?:did|do|does)n['’]t|never)\s+(?:go\s+on\s+to\s+)?(?:\w+ly\s+)?"
        r"(?:have|had|get|got|show(?:ed)?|see|saw|experience[d]?|report(?:ed)?|suffer(?:ed)?|feel|felt|"
        r"gain(?:ed)?|live[d]?|sleep|slept|stay(?:ed)?|run|do)\s+(?:any\s+|\w+ly\s+)?"
        r"(?:fewer|less|more|lower|higher|shorter|longer|greater|better|worse|stronger|faster)\b"
        r"(?!\s+than\s+\d)",
    ),
    (
        NO_DIFFERENCE,  # "no more sleepiness than with placebo"; "no more than 20 minutes" is a bound
        r"\bno (?:more|fewer|less|higher|lower|greater)\s(?!than\b)(?=[^.;]{0,60}?\bthan\b)"
        r"|(?<=with )no (?:more|fewer|less|higher|lower|greater)\s(?!than\b)"
        r"|(?<=to )no (?:more|fewer|less|higher|lower|greater)\s(?!than\b)"
        r"|\b(?<!twice )(?<!times )(?<!half )(?<!by )(?<!third )as (?:much|far|often) as (?=[a-z])"
        r"(?!(?:an?|half|one|two|three|possible|you|they|ever)\b)"
        # "were not more nervous"; "not more than 20 minutes" is a bound
        r"|\b(?:is|are|was|were|be|been|become|became|feel|felt|get|got) (?:not|no) (?:any )?(?:more|less) "
        r"(?!than\b)(?=[a-z])",
    ),
    (
        NO_DIFFERENCE,
        r"\b(?:(?:doesn|didn|don|isn|wasn|won|can|couldn)['’]?t|cannot)\s+(?:\w+\s+)?(?:reduce|lower|improve|"
        r"prevent|"
        r"affect|help|change|increase|raise|cut|differ|boost|protect|work|lead to|result in"
        r"|lose|ease|relieve)\b",
    ),
    (
        NO_DIFFERENCE,
        r"\b(?:fail(?:s|ed)? to|(?:do(?:es)?|did) (?:nothing|little) (?:for|to|against)\b"
        r"|(?:do(?:es)?|did) nothing(?: at all)?(?=\s*(?:$|[.;,(\[]))"
        r"|(?:has|have|had|with) no (?=(?:\w+ )?(?:side|adverse) (?:effects|events))"
        r"|(?:hardly|barely|scarcely) (?:ever )?(?:chang|affect|alter|differ|mov|shift|budg|help|improv|reduc"
        r"|lower|rais|increas|dent|influenc|touch)\w{1,4}"
        r"|made no difference|makes no difference|ineffective|unaffected|unchanged"
        r"|(?:similar|comparable|equal|equivalent|identical)\s+(?:\w+\s+){0,2}?(?:relief|effects?|improvements?|reductions?|benefits?"
        r"|changes?|results?|rates?|risks?|levels?|amounts?|declines?|increases?|gains?)"
        r"|no worse(?: than)?|not (?:\w+ )?(?:inferior|worse)|non-?inferior(?:ity)?"
        r"|(?<!twice )(?<!times )(?<!half )as (?:good|effective(?:ly)?|safe(?:ly)?) as"
        r"|(?:work(?:s|ed)?|d(?:o|oes|id)|fared?) (?:just |about )?as (?:well|badly) as"
        r"|(?:led to|had|have|has|gave|gives?|reported|showed|ended (?:up )?with|resulted in|produced) "
        r"(?:\w+ly )?(?:similar|comparable|identical|the same)"
        r"|equally (?!important|clear|true|striking|strong)\w+"
        r"|(?:about|much|roughly|nearly|practically|just|exactly) the same"
        r"|(?:was|were|is|are|be|stay(?:s|ed)?|remain(?:s|ed)?) (?:very |quite |broadly )?"
        r"(?:similar|the same|alike|comparable)"
        r"|(?<!twice )(?<!times )(?<!half )(?<!third )(?<!quarter )"
        r"as (?:common|frequent|likely|often|high|low|many) (?:with|in|among|on|after|as))\b",
    ),
    (
        INCREASES,
        r"\b(?:half|an? (?:third|quarter|fifth)) as (?:many|much|often|likely|common|frequent|high|long)(?: \w+){0,2} again\b",
    ),
    (
        DECREASES,  # "a fall in pain", "were down by 3"
        r"\bmore (?:slowly|rarely|seldom|infrequently|weakly|briefly)\b"
        r"|\b(?:drop|dip|slump|downturn) (?:of [^\s]+ (?:[a-z]+ )?)?in\b"
        r"|(?<=a )fall (?:of [^\s]+ (?:[a-z]+ )?)?in\b|(?<=the )fall (?:of [^\s]+ (?:[a-z]+ )?)?in\b|(?<=er )fall (?:of [^\s]+ (?:[a-z]+ )?)?in\b"
        r"|\b(?:was|were|is|are|stood) (?:\w+ly )?down\b(?! (?:to|on|with|for)\b)"
        r"|\b(?:slip(?:s|ped)?|dip(?:s|ped)?|slid(?:es?)?) (?=by\b|from\b|to [\d]|with\b|in (?:those|people|the)\b)"
        r"|\bdown (?:by|from) (?=[^\s]*\d)",
    ),
    (
        INCREASES,  # "a jump in steps", "were up by 3"
        r"\b(?:jump|climb|surge|spike|uptick|hike|upturn|uplift) (?:of [^\s]+ (?:[a-z]+ )?)?in\b"
        r"|\b(?:was|were|is|are|stood) (?:\w+ly )?up\b(?! (?:to|for|and about|in arms)\b)"
        r"|\bup (?:by|from) (?=[^\s]*\d)"
        r"|\b(?:bought|buys?|gave|gives?|gained|earned|won|(?:was|is|were) (?:good for|worth)) "
        r"(?:[\w-]+ ){0,4}?(?:extra|added|additional|another)(?= )",
    ),
    (
        DECREASES,
        r"\bkeep(?:s|ing)?\s+(?:\w+\s+){1,3}?(?:away|at bay|down|off|low|in check)\b"
        r"|\b(?:ke(?:eps?|pt|eping)|stop(?:s|ped|ping)?)\s+(?:[\w-]+\s+){1,4}?from\s+(?=\w+ing\b)"
        r"|\b(?:shav(?:es?|ed|ing)|tak(?:es?|ing)|took|knock(?:s|ed|ing)?)\s+(?=(?:[\w.,%]+\s+){1,7}(?:off|away)\b)"
        r"|\b(?:inversely|negatively) (?:associated|related|linked|correlated)\b",
    ),
    (
        DECREASES,
        r"\b(?:(?:half|an? (?:third|quarter|fifth)|two thirds) as "
        r"(?:many|much|often|likely|common|long|high)|"
        r"lower(?:s|ed|ing)?|reduc(?:es?|ed|ing|tions?)|decreas(?:es?|ed|ing)|diminish\w{0,3}|"
        r"lessen\w{0,3}|"
        r"cut(?:s|ting)?(?! (?:off|out of)\b)|halv(?:es?|ed|ing)|slash\w{0,3}|drop(?:s|ped|ping)?|"
        r"(?:fall(?:s|ing)?(?! (?:or \w+ )?asleep\b)|fell(?! asleep\b))"
        r"(?! (?:with)?in(?:side|to)?\b| outside\b| under (?:the|this|that|its)\b| between\b| in love\b)|"
        r"fewer|"
        r"less|smaller|lighter|thinner|rarer|milder|weaker|shav(?:ed|es|ing)|"
        r"declin(?:es?|ed|ing)|prevent(?:s|ed|ing|ion)?|protect(?:s|ed|ing|ion|ive)?|ward(?:s|ed|ing)? off|"
        r"stav(?:es?|ing) off|eas(?:es?|ed|ing)|reliev\w{1,3}|relief|alleviat\w{1,3}|sooth\w{1,3}|"
        r"shorten\w{0,3}|"
        r"shorter|slow(?:s|ed|ing|er)?|curb\w{0,3}|fight(?:s|ing)?|combat\w{0,3}|avoid\w{0,3}|"
        r"treat(?:s|ing|ed(?! (?:with|by|for|in|at|operatively|surgically|medically)\b))?|"
        r"cur(?:es?|ed|ing)|suppress\w{0,3}|block(?:s|ed|ing)?|trim(?:s|med|ming)?|shrink(?:s|ing)?|"
        r"shrank|weaken\w{0,3}|"
        r"eliminat\w{1,3}|banish\w{0,3}|tam(?:es?|ed|ing)|control(?:s|led|ling)?"
        r"(?! (?:groups?|arms?|people|subjects|participants|conditions?|patients|diets?|children)\b)"
        # "of the controls", "controls had less": people
        r"(?<!the controls)(?<!than controls)(?<!with controls)(?<!in controls)(?<!of controls)"
        r"(?<!and controls)"
        r"(?<!for controls)(?<!to controls)(?<!among controls)(?<!matched controls)(?<!healthy controls)"
        r"(?<!free controls)(?<!our controls)(?<!from controls)"
        r"(?!(?<=controls) (?:had|has|have|were|was|got|did|who|in|with|also|both|on|at|showed|of)\b)|"
        r"los(?:es?|ing|t)(?! (?:against|out to)\b)|"
        r"burn(?:s|ed|ing)?|"
        r"revers(?:es?|ed|ing)|delay(?:s|ed|ing)?|inhibit\w{0,3}|mitigat\w{1,3}|minimi[sz]\w{1,3})\b",
    ),
    (
        INCREASES,
        r"\b(?:increas(?:es?|ed|ing)|rais(?:es?|ed|ing)|rise(?:s|n)?|rose|rising|boost(?:s|ed|ing)?|"
        r"elevat\w{1,3}|"
        r"higher|greater|longer|taller|heavier|thicker|more|larger|bigger|commoner|likelier|deeper|extend(?:s|ed|ing)?|lengthen\w{0,3}|prolong\w{0,3}|"
        r"doubl(?:es?|ed|ing)|"
        r"tripl(?:es?|ed|ing)|trebl(?:es?|ed|ing)|quadrupl(?:es?|ed|ing)|quintupl(?:es?|ed|ing)|gain(?:s|ed|ing)?|grow(?:s|th|ing)?(?!\s+up\b)|grew(?!\s+up\b)|build(?:s|ing)?|built|promot\w{1,3}|"
        r"stimulat\w{1,3}|activat\w{1,3}|"
        # "without a known cause" is a noun
        r"(?<!specific )(?<!known )(?<!clear )(?<!obvious )(?<!(?:main|root|this|that|from) )"
        r"(?<!(?:no|an) )(?<!(?:any|the) )(?<!\ba )caus(?:es?|ed(?! by\b)|ing)|"
        r"trigger\w{0,3}|spark\w{0,3}|induc\w{1,3}|"
        r"accelerat\w{1,3}|"
        r"lead(?:s|ing)? to|led to|contribut\w{1,3} to|risk factor|"
        r"(?:twice|times) as (?:likely|common|often|frequent|many|much|long|high|prone|large|big|great|strong)|"
        r"add(?:s|ed|ing)? (?=(?:[\w.,-]+\s){1,4}?(?:minutes?|hours?|days?|months?|years?|steps|points|metres|meters|kilos?|kg|cm)\b)|"
        r"speed(?:s|ed|ing)? up|produc(?:es?|ed|"
        r"ing)|maximi[sz]\w{1,3})\b",
    ),
    (
        BETTER,
        r"\b(?:improv(?:es?|ed|ing|ements?)|better|benefi(?:ts?|cial|ted)|(?<!need )(?<!needed )(?<!needs )help(?:s|ed|ing|ful)?|"
        r"support(?:s|ed|ing)?|"
        r"advantages? (?:of|for|with)|"
        r"good for|great for|enhanc\w{1,3}|strengthen\w{0,3}|maintain(?:s|ed|ing)?|preserv\w{1,3}|"
        r"sharpen\w{0,3}|sharper|"
        r"nourish\w{0,3}|healthier|powerful|effective|restor\w{1,3}|repair(?:s|ed|ing)?|fine-tun\w{1,3}|optimi[sz]\w{1,3}|"
        r"calm(?:s|ed)|settl(?:es|ed)|(?:gentle|easy) on|stronger|smarter|steadier|fitter|sooner|faster|quicker|"
        rf"(?<!at )(?<!to )(?<!from )(?<!off )(?<!of )works|{_WORK}|"
        r"keep(?:s|ing)?\s+(?:(?:your|the|our|you|us|them|their)\s+)?(?:\w+\s+){0,2}"
        r"(?:healthy|strong|young|sharp|fit|supple|clear|in (?:good )?shape|upright|well))\b",
    ),
    (
        WORSE,
        r"\b(?:worsen\w{0,3}|worse|harm(?:s|ed|ful|ing)?|damag\w{1,3}|bad for|poorer|impair\w{0,3}|"
        r"hurt(?:s|ing)?|"
        r"disrupt\w{0,3}|aggravat\w{1,3}|endanger\w{0,3}|dangerous|"
        r"ruin(?:s|ed|ing)?|wreck(?:s|ed|ing)?|(?:hard|tough|rough) on|(?:minutes?|hours?|days?) later)\b",
    ),
)
