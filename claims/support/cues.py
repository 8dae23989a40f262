# ruff: noqa: E501 - patterns read better in one line each
"""What claims, questions and results are worded with: a table of patterns, each with what it is in words."""

from __future__ import annotations

import re


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


#: what a result sentence says of a difference
RESULT_CUES = {
    "none": (
        re.compile(
            r"\bno (?:statistically |clinically )?(?:significant |apparent |clear |substantial |major |measurable |such )?"
            r"(?:\w+ ){0,2}?(?:differences?|effects?|associations?|correlations?|relationships?|changes?|evidence|improvement|"
            r"increase|decrease|reduction|influence|impact|benefit|interaction|trend)\b"
            r"|\b(?:did|do|does|was|were|is|are|could|has|have|had) not\b"
            r"|\bnot (?:statistically |significantly )?(?:significant|associated|different|correlated|related|predict\w*|"
            r"affect\w*|influenc\w*|differ\w*|improv\w*|increas\w*|chang\w*)"
            r"|\bneither\b|\bnon-?significant|\bunaffected|\bunchanged|\bindependent of\b|\bfailed to\b"
            r"|\b(?:without|lack of|absence of) (?:\w+ )?(?:effect|differ|association|correlation|evidence|significant|influence)"
            r"|\bNS\b",
            re.IGNORECASE,
        ),
        "words of no difference",
    ),
    "same": (
        _words(
            r"similar|comparable|equivalent|equal(?:ly)?|same|identical|as (?:well|good|effective|safe|high|low) as"
        ),
        "words of likeness",
    ),
    "significant": (
        re.compile(
            r"(?<!no )(?<!not )(?<!non-)(?<!no statistically )(?<!not statistically )\bsignifican(?:t|tly)\b"
            r"|\b(?:strongly|highly|markedly|substantially|independently) (?:\w+ )?(?:associated|correlated|increas\w+|"
            r"reduc\w+|improv\w+|predict\w*|related|higher|lower)"
            r"|\b(?:was|were) associated|\bcorrelated with\b|\bpredict(?:s|ed|ive|or)\b",
            re.IGNORECASE,
        ),
        "words of a significant difference",
    ),
    "p_small": (re.compile(r"\bp\s*(?:<|&lt;?|≤|=)\s*0?\.0[0-4]", re.IGNORECASE), "a p value below 0.05"),
    "p_large": (
        re.compile(r"\bp\s*(?:>|&gt;?)\s*0?\.\d|\bp\s*=\s*0?\.(?:0[5-9]|[1-9])", re.IGNORECASE),
        "a p value of 0.05 or more",
    ),
    "mixed": (
        _words(
            r"however|although|but|whereas|while|except|only (?:in|for|when|if|the)|nevertheless|despite|limited|partial\w*|"
            r"borderline|trend|tend\w*|vari(?:ed|able|ation)|depend\w*|some|further (?:studies|research)|inconclusive|"
            r"controvers\w+|small"
        ),
        "words of a mixed result",
    ),
    "good": (
        _words(
            r"improv\w+|effective\w*|success\w*|safe\w*|feasib\w*|reliab\w*|accura\w+|benefi\w+|better|superior|excellent|good|"
            r"agree\w*|concord\w*|useful|increas\w+|higher|greater|more"
        ),
        "words of success or rise",
    ),
    "bad": (
        _words(
            r"fail\w*|poor\w*|worse|inferior|complicat\w+|low(?:er)?|less|decreas\w+|few(?:er)?|inadequate\w*|insufficient\w*|"
            r"unable|rare\w*|limited|error\w*|discrepan\w*|disagree\w*|inaccura\w+|unreliable|underestimat\w*|overestimat\w*|"
            r"missed"
        ),
        "words of failure or fall",
    ),
    "hedged": (
        _words(r"may|might|could|suggest\w*|possibl\w*|potential\w*|likely|appear\w*|seem\w*"),
        "hedging words",
    ),
}

#: a sentence that reports
REPORTING = _words(
    r"we (?:find|found|show|report|demonstrate|observed|estimate|identified|detect)\w*|results?|conclusions?|findings?|"
    r"significant\w*|associated|our (?:data|results|findings|study)"
)
#: a sentence that says what was asked or done
PREPARING = _words(
    r"background|importance|objectives?|methods?|design|setting|participants|data sources?|aims?|purpose|introduction|"
    r"to (?:assess|evaluate|investigate|determine|describe|estimate|examine|compare)|"
    r"we (?:aimed|sought|conducted|performed|used|reviewed|surveyed|analy[sz]ed|collected)|"
    r"(?:was|were) (?:\w+ )?(?:enrolled|included|collected|recruited|performed|measured|assessed|evaluated|studied|examined|"
    r"calculated|reviewed|randomi[sz]ed|asked|obtained|analy[sz]ed|compared)"
)
#: a number that a result is told with
RESULT_NUMBER = re.compile(r"\d+(?:\.\d+)?\s*%|\bCI\b|\bp\s*[<=>]|\d+ vs\.? \d|±|\+/-", re.IGNORECASE)
#: how a text opens
OPENS_PREPARING = re.compile(
    r"(?:background|importance|objective|method|data|design|aim|purpose|setting)", re.IGNORECASE
)
OPENS_REPORTING = re.compile(r"(?:conclu|result|interpret|finding)", re.IGNORECASE)

#: what a claim or a question is about
ASKED_CUES = {
    "need": (
        r"necessary|need\w*|necessit\w*|requir\w*|mandatory|essential|obligatory|must|always|all|routine\w*|indispensable|"
        r"justif\w*|indicat\w*|should",
        "of need",
    ),
    "safe": (
        r"safe\w*|feasib\w*|possible|viable|acceptab\w*|appropriate|valid\w*|reliab\w*|accura\w*|useful\w*|effective|efficac\w*|"
        r"efficien\w*|adequate\w*|worthwhile|able|option|alternative|practical|work|success\w*|represent\w*|trust|rely",
        "of safety or use",
    ),
    "affect": (
        r"influenc\w*|affect\w*|impact\w*|effects?|chang\w*|alter\w*|matter|modif\w*|depend\w*|modulat\w*|role|contribut\w*",
        "of an effect",
    ),
    "differ": (r"differ\w*|distinct|discrepan\w*|vary|variation|disparit\w*|gap", "of a difference"),
    "associated": (
        r"associat\w*|correlat\w*|relat\w*|link\w*|risk factors?|predict\w*|prognos\w*|marker|indicator|factor|cause\w*",
        "of an association",
    ),
    "improve": (
        r"improv\w*|reduc\w*|increas\w*|decreas\w*|enhanc\w*|prevent\w*|prolong\w*|better|superior|more|less|benefi\w*|"
        r"advantag\w*|lower|higher|worse\w*|result in|lead to|promot\w*|help",
        "of a rise, fall or benefit",
    ),
    "same": (
        r"same|similar\w*|equal\w*|equivalen\w*|compar\w*|identical|agree\w*|coincide|consistent",
        "of likeness",
    ),
    "bad": (
        r"contraindicat\w*|problem\w*|weak|harm\w*|danger\w*|risk|underestimat\w*|overestimat\w*|under\w+|over\w+|lost|delay\w*|"
        r"limit\w*|confound\w*|barrier|artefact|myth|mistake",
        "of harm or failure",
    ),
    "really": (r"really|still|real|truly|actually|indeed|always|ever", "of doubt"),
    "there": (r"(?:is|are) there", "whether there is"),
    "we": (r"we|our", "of the writers"),
    "or": (r"or|versus|vs", "of alternatives"),
    "know": (r"know\w*|aware\w*|understand\w*|want|prefer\w*|willing", "of knowledge or wishes"),
    "negative": (r"no|not|\w+n't|without", "with a negation"),
}
ASKED = {name: (_words(pattern), f"a statement {words}") for name, (pattern, words) in ASKED_CUES.items()}
#: how a question opens, also after a topic and a colon
OPENINGS = {
    "can": re.compile(r"^(?:.*[:?.,-] )?(?:can|could|may|might|is it possible)\b", re.IGNORECASE),
    "do": re.compile(r"^(?:.*[:?.,-] )?(?:do|does|did|has|have)\b", re.IGNORECASE),
    "is": re.compile(r"^(?:.*[:?.,-] )?(?:is|are|was|were)\b", re.IGNORECASE),
    "should": re.compile(r"^(?:.*[:?.,-] )?(?:should|must|do we need|need)\b", re.IGNORECASE),
    "topic": re.compile(r"[:;.?].{8,}$"),
}

#: pairs of kinds of words that speak against one another
OPPOSED = {
    "quantity": (
        _words(
            r"most|majority|many|large|common\w*|often|frequent\w*|nearly all|more than|over|severe\w*|strong\w*|high\w*|"
            r"substantial\w*|widespread|major|significant\w*|considerabl\w*"
        ),
        _words(
            r"few|fewer|minority|small|rare\w*|little|least|minimal\w*|seldom|hardly|barely|insignificant\w*|negligible|"
            r"less than|under|mild|weak\w*|slight\w*|low\w*|none|no"
        ),
        "amount",
    ),
    "worth": (
        _words(
            r"effective\w*|improv\w+|benefi\w+|success\w*|safe\w*|protect\w*|prevent\w*|reduc\w*|inhibit\w*|treat\w*|help\w*|"
            r"recover\w*|efficac\w*|promising|potent|robust|well tolerated|support\w*|accura\w+|sensitiv\w*|reliable"
        ),
        _words(
            r"worse\w*|harm\w*|ineffective\w*|unsafe|danger\w*|fail\w*|adverse|risk\w*|increas\w* (?:mortality|death)|toxic\w*|"
            r"detriment\w*|useless|inferior|poor\w*|unreliable|exacerbat\w*|sever\w*|fatal\w*|dead\w*|impair\w*|damage\w*"
        ),
        "benefit and harm",
    ),
    "time": (
        _words(
            r"before|early|earlier|first|immediate\w*|initial\w*|short|rapid\w*|quick\w*|soon|days?|hours?|minutes?|seconds?"
        ),
        _words(r"after|late|later|last\w*|long\w*|slow\w*|delay\w*|weeks?|months?|years?|persist\w*"),
        "time",
    ),
    "likeness": (
        _words(r"same|similar\w*|equal\w*|identical\w*|comparable|no different|regardless|independent\w*"),
        re.compile(
            r"\b(?:differ\w*|unlike|distinct|var(?:y|ied|ies)|higher|lower|greater)\b|\b(?:more|less)\b.{0,80}\bthan\b",
            re.IGNORECASE,
        ),
        "likeness",
    ),
}
#: words that leave no room
EXTREME = _words(
    r"all|every|always|never|none|only|completely|entirely|exclusively|fully|totally|everyone|no one|nobody|any|least|most|worst|"
    r"best|solely|guarantee\w*|definitive\w*|proven|impossible|cannot"
)
#: denials, also those inside a word
DENYING = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|can['’]t|[a-z]+n['’]t|fail(?:s|ed)?|lack\w*|absence|"
    r"un(?:related|likely|able|affected|changed|safe|necessary|known|common|associated|clear|reliable|successful)|"
    r"in(?:effective|active|sufficient|significant|accurate|ability|capable|frequent)\w*|non-?\w+|negative|impossible|"
    r"dis(?:prov|agree)\w*|refut\w*|useless|harmless|immune)\b",
    re.IGNORECASE,
)

#: how a citing sentence leans on what it cites
CITING_CUES = {
    "background": (
        r"previous(?:ly)?|prior|earlier|recent(?:ly)?|others?|has been|have been|had been|known|reported|studies have|"
        r"well established|literature",
        "words of earlier work",
    ),
    "own": (r"we|our|here|this study|present study|these (?:data|results|findings)", "words of own work"),
    "method": (
        r"(?:were|was)\s+(?:\w+\s+){0,2}(?:measured|calculated|performed|obtained|collected|assessed|determined|used|analy[sz]ed|"
        r"recruited|purchased|isolated|evaluated|defined|estimated)|according to|as (?:previously )?described|protocol|method|"
        r"software",
        "words of method",
    ),
    "review": (r"review|meta-analys[ei]s|systematic", "words of reviews"),
    "hedged": (
        r"may|might|could|suggest\w*|possibl\w*|potential\w*|likely|appear\w*|seem\w*|hypothes\w*|indicat\w*|probabl\w*",
        "hedging words",
    ),
    "reporting": (
        r"show(?:ed|n|s)?|demonstrat\w+|found|report(?:ed|s)?|reveal\w*|observ\w+|identif\w+|confirm\w+|conclud\w+|describ\w+|"
        r"propos\w+|suggest\w*",
        "words of reporting",
    ),
    "studies": (
        r"stud(?:y|ies)|trials?|meta-analys[ie]s|reports?|investigat\w+|experiments?|evidence|data|authors?|group|colleagues|et al",
        "words for studies",
    ),
    "many": (
        r"(?:several|many|numerous|various|multiple|recent|previous|other|some|most|few)\s+(?:\w+\s+)?"
        r"(?:stud|report|author|trial|investig|evidence)\w*",
        "words for several studies",
    ),
    "contrast": (
        r"in contrast|contrary|however|although|whereas|while|but|despite|unlike|conversely|inconsistent|controvers\w+",
        "words of contrast",
    ),
    "agreement": (
        r"consistent with|in line with|in agreement|agree\w*|similar(?:ly)? to|in accordance|as (?:shown|reported|described)|"
        r"likewise|similarly",
        "words of agreement",
    ),
    "listing": (r"such as|including|e\.g\.|for example|for instance|among others|like", "words of a list"),
    "comparing": (
        r"more|less|higher|lower|greater|better|worse|increas\w+|decreas\w+|reduc\w+|improv\w+",
        "words of more or less",
    ),
    "causing": (
        r"caus\w+|lead\w*|led|induc\w+|result\w* in|due to|because|contribut\w+|promot\w+|mediat\w+|trigger\w*|affect\w*|via|"
        r"through",
        "words of cause",
    ),
}
CITING = {name: (_words(pattern), words) for name, (pattern, words) in CITING_CUES.items()}
