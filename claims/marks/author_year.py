"""Marks of authors, mostly with a year: "(Lee & Park, 2020)", "Lee et al. (2020)", "Lee's 2020 trial"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from claims.marks.bodies import body_ending, is_body
from claims.marks.mark import Mark
from claims.marks.printed_names import (
    NAMES,
    PERSON_WITH_INITIALS,
    UPPER,
    YEAR,
    first_initials,
    names_of,
    without_article,
)
from claims.marks.source_lines import alone
from claims.marks.undated import UNDATED, undated
from claims.model import Block, Span
from claims.names import signs_together

_PAREN = re.compile(
    r"[(\[{](?P<inside>[^()\[\]{}]{3,600}(?:(?:\([^()]{0,80}\)|\[[^()\[\]]{0,40}\])[^()\[\]]{0,200})?)[)\]}]"
)
# Brazil's standard parts the authors of one work by semicolons: "(LEE; ROE, 2019)".
_CAPITALS = re.compile(
    rf"(?P<names>(?:{UPPER}[A-ZÀ-Þ'’-]+(?:\s{UPPER}[A-ZÀ-Þ'’-]+)?;\s){{1,6}})(?P<rest>{UPPER}[A-ZÀ-Þ'’-]+(?:\s{UPPER}[A-ZÀ-Þ'’-]+)?,\s(?:1[89]|20)\d\d)"
)
_DATED = re.compile(rf"(?:1[89]|20)\d\d|[(\[,]\s?(?i:{UNDATED})|\sn\.\s?d\.|\s(?:in press|forthcoming)[)\];]")
_SEE = (
    r"(?:(?:(?:for\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,3}(?:reviews?|overviews?|summary|details?|discussion|examples?),?\s+)?"
    r"(?:but\s+|and\s+)?(?:see|cf\.)(?:\s+also)?|see\s+(?:for\s+)?(?:example|instance)|but|contra|e\.g\.|i\.e\.|reviewed\s+(?:in|by)"
    r"|(?:as\s+)?(?:cited|quoted|reported|described|discussed|reviewed|summari[sz]ed)\s+(?:in|by)"
    r"|also|as\s+in|from|in|source:?|data\s+from|adapted\s+from|by"
    r"|vgl\.|siehe(?:\s+auch)?|z\.\s?B\.|nach|voir(?:\s+aussi)?|d['’]après|véase|ver)[,:]?\s+)*"
)
_SEE_BEFORE = re.compile(rf"(?i:{_SEE})\Z")
_PLACE = r"(?:pp?\.|chap|ch\.|fig|table|sec|para|box|app|supp|S\.|Kap|págs?\.|cap|§|\d{1,4}(?![\d.,]))"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|fall|winter)"
_YEAR_TO_END = (
    rf"\s*,?\s*\(?{YEAR}\)?(?P<further>(?:\s*,\s*(?:(?:1[89]|20)\d\d[a-z]?|[a-z]))*)"
    rf"(?=\s*(?:[,:]\s*(?i:{_PLACE})[^;]{{0,40}}|,\s*(?:\d{{1,2}}\s)?(?i:{_MONTH})[a-z]*\.?(?:\s\d{{1,2}})?"
    r"|,?\s*\#\d{1,6}|\s\[[A-Z][\w -]{1,15}\]|[,;:.]?\s*)$)"
)
NAMES_AND_YEAR = re.compile(rf"{_SEE}{NAMES}(?P<possessive>['’]s)?{_YEAR_TO_END}")
_WITHIN = re.compile(
    rf"(?<![\w'’.-]){NAMES}(?:\s*[,(\[]\s*|\s+|(?<=\.)){YEAR}"
    r"(?P<further>(?:\s*,\s*(?:(?:1[89]|20)\d\d[a-z]?|[a-z](?!\w)))*)"
)
# "Lee, O. I., Roe, C. F., Shah, D. et al. 2020", "Lee RW, Roe A. 2016", "Lee RW et al. J Tea 2016"
_LISTED = re.compile(
    rf"{_SEE}(?P<first>{PERSON_WITH_INITIALS})(?P<more>)(?P<last>)(?P<etal>)"
    rf"(?:[.,]|(?<=\.)\s|\s(?:et\s+al|and|&))[^;\d]{{0,150}}?\b{YEAR}"
)
# As lecturers cite: "Lee and Roe, J Sleep 2019" or "Lee et al. Lancet 2019;393:4".
_WITH_JOURNAL = re.compile(
    rf"{_SEE}{NAMES}[,.:]?\s(?P<journal>{UPPER}[\w.&-]*(?:\s(?:{UPPER}[\w.&-]*|of|the|and|in|for)){{0,7}}),?\s{YEAR}"
    r"(?:\s?[;,:]\s?[\w():;.–-]{1,30})?$"
)
_JOURNAL_WORD = re.compile(
    r"\b(?:J|Journal|Am|Br|Eur|Int|Res|Med|Medicine|Clin|Clinical|Ann|Annals|Arch|Rev|Lancet|BMJ|JAMA|NEJM|PLo?S|PLOS|Cochrane"
    r"|Nutr\w*|Sci|Science|Nature|Proc|Epidemiol|Psychol|Psychiatry|Cell|Circulation)\b"
)
_BODY_AND_YEAR = re.compile(rf"{_SEE}(?:the\s+)?(?P<body>[^\W\d_a-z][^;:()\[\]]{{5,150}}?){_YEAR_TO_END}")
_YEAR_AND_COMMA = re.compile(r"(?:1[89]|20)\d\d[a-z]?,\s")
_TITLE_AND_YEAR = re.compile(
    rf"{_SEE}[\"“'‘*_]{{0,2}}(?P<title>[^\W\d_][^;\"“”()\[\]]{{3,150}}?)[,.]?[\"”'’*_]{{0,2}}{_YEAR_TO_END}"
)
_SHORT_NAME = re.compile(r"\s*\[[A-Z][\w.&-]{1,15}\](?=\W)")  # World Health Organization [WHO]
_WORK = (
    r"(?:study|trial|review|meta-analysis|paper|work|report|survey|analysis|cohort|group|team|lab|laboratory)"
)
_NARRATIVE = re.compile(
    rf"(?<![\w-])(?<!\sv\.\s)(?<!\svs\.\s){NAMES}(?:['’]s?)?(?:\s+{_WORK})?\s*[(\[]{YEAR}(?P<further>(?:\s*[,;]\s*(?:1[89]|20)\d\d[a-z]?)*)"
    r"(?P<tail>\s*[,:;]\s*[^()\[\]]{1,120})?[)\]]"
)
_PLAIN = re.compile(
    rf"(?<![\w'’.-]){NAMES}(?:['’]s?)?,?\s+{YEAR}(?![\w)\]])"
)  # "Lee et al., 2020, found", "Lee's 2020 trial"
_STUDY = (
    r"(?:[\w-]{1,30}\s+){0,3}?"
    r"(?:trials?|stud(?:y|ies)|reviews?|meta-analys[ei]s|analys[ei]s|papers?|cohort|experiment|survey|report)"
)
_STUDY_BY = re.compile(
    rf"\b(?P<year>(?:1[89]|20)\d\d)(?P<suffix>[a-z])?\s+{_STUDY}\s+(?:by|from)\s+{NAMES}(?!\s*[(\[])"
)  # the 2020 trial by Smith
_FOUND_IN = re.compile(
    rf"(?<![\w'’.-]){NAMES}\s(?:[a-z]+ly\s)?(?:found|showed|reported|concluded|observed|demonstrated|wrote|noted|published|suggested)"
    rf"(?:\s(?:it|this|so|the same))?\s(?:in|back in)\s{YEAR}(?![\w)\]])"
)  # Smith and colleagues found in 2015
# "Lee and Roe found that tea helped (2019, p. 4)": the year apart from its names
_YEAR_APART = re.compile(
    r"(?<=[\w”\"’%,.;])\s\((?P<year>(?:1[89]|20)\d\d)(?P<suffix>[a-z])?(?:\s?[:,]\s?(?:pp?\.\s?)?\d[\d–-]{0,9})?\)"
)
_FAMILY_NAMED = re.compile(rf"(?<![\w'’.-]){UPPER}[\w'’‐-]{{2,40}}")
_REPORTS = re.compile(
    r"\s*,?\s*(?:who\s+|also\s+|recently\s+|in\s+\w+\s+)?(?:found|show|report|conclud|demonstrat|observ|suggest|argu|note|describ|estimat|examin"
    r"|compar|review|analy[sz]|investigat|propos|stud(?:y|ied)|confirm|state|stress|wrote|write|measur|test|randomi[sz]|follow)",
)
_MONTHS = frozenset(
    """
    january february march april may june july august september october november december jan feb mar
    apr jun jul aug sep sept oct nov dec spring summer autumn fall winter since until from after before
    during in by about around the a an this these update updated published figure fig table version
    copyright accessed retrieved reviewed monday tuesday wednesday thursday friday saturday sunday phase
    """.split()  # noqa: SIM905
)
_LEADING = frozenset(
    """
    in as for while but when after although because yet nach laut bei selon chez según pour volgens secondo
    enligt ifølge segundo
    """.split()  # noqa: SIM905
)
_AGAIN = re.compile(
    rf"[(\[](?P<inside>(?:see\s+)?(?:{NAMES}\s*,?\s+(?:op\.?\s?cit|loc\.?\s?cit|a\.\s?a\.\s?O)|(?:[Ii]bid(?:em)?|[Ee]bd|[Ee]benda)\b)"
    r"[^()\[\]]{0,40})[)\]]"
)
_TITLED = re.compile(
    r"\s(?:Study|Trial|Survey|Act|Scale|Index|Cohort|Program(?:me)?|Registry|Agreement|Conference)$"
)
_AGAIN_WORDS = re.compile(r"cit\b|[Ii]bid|[Ee]b(?:d|enda)\b|a\.\s?a\.\s?O")


def dated(block: Block, number: int) -> Iterator[Mark]:
    """The marks of a block that have a year, or "n.d." or "in press" in its place; surer forms first."""
    if _DATED.search(block.text):
        yield from in_brackets(block, number)
        yield from in_running_text(block, number)
        yield from told_as_studies(block, number)


def in_brackets(block: Block, number: int) -> Iterator[Mark]:
    """ "(Lee & Park, 2020; Shah et al., 2019a)": one mark a work."""
    yield from _apart(block, number)
    for group in _PAREN.finditer(block.text):
        if not _DATED.search(group["inside"]) or (group.group()[0] == "{" and "#" not in group["inside"]):
            continue
        position = group.start("inside")
        for piece in re.split(r"(;)", _CAPITALS.sub(_joined, group["inside"])):
            start = position + len(piece) - len(piece.lstrip())
            position += len(piece)
            yield from _in_piece(block, number, start, piece.strip())


def _apart(block: Block, number: int) -> Iterator[Mark]:
    """What stands as in brackets without them: behind "Source:", in a cell of a table that holds no more."""
    for start, piece in alone(block):
        if NAMES_AND_YEAR.fullmatch(piece.rstrip(".")) or _WITH_JOURNAL.match(piece):
            yield from _in_piece(block, number, start, piece)


def _joined(match: re.Match[str]) -> str:
    """The names of one work without the semicolons between them, as long as they were."""
    names = match["names"].rstrip("; ").split(";")
    last = match["names"][len(match["names"].rstrip("; ")) :].replace(";", "&")
    return ",".join(names) + last + match["rest"]


def _in_piece(block: Block, number: int, start: int, piece: str) -> Iterator[Mark]:
    """The marks between two semicolons; those with words about them that are not of citing only if listed."""
    written = _SHORT_NAME.sub("", piece)
    span = block.span_of(start, start + len(piece))
    match = _BODY_AND_YEAR.match(written)
    if match is not None and is_body(match["body"]) and not _YEAR_AND_COMMA.search(match["body"]):
        yield from _with_years(match, (match["body"].strip(" ,"),), piece, span, number, certain=True)
        return
    match = _LISTED.match(piece)
    if match is not None and NAMES_AND_YEAR.match(written) is None:
        for mark in _with_years(match, names_of(match), piece, span, number, certain=False):
            yield replace(mark, told=True, et_al=True)
        return
    within = [match for match in _WITHIN.finditer(piece) if not is_no_name(match)]
    if len(within) > 1:
        yield from _in_turn(block, number, start, piece, within)
        return
    match = NAMES_AND_YEAR.match(written)
    if match is not None:
        if not is_no_name(match):
            certain = bool(match["etal"] or match["last"] or signs_together(match["first"]))
            yield from _with_years(match, names_of(match), piece, span, number, certain=certain)
        return
    match = _WITH_JOURNAL.match(written)
    if match is not None and not is_no_name(match):
        sure = _JOURNAL_WORD.search(match["journal"]) is not None
        for mark in _with_years(match, names_of(match), piece, span, number, certain=sure):
            yield replace(mark, told=not sure, et_al=True)  # the first author may stand for all
        return
    if within:
        yield from _in_turn(block, number, start, piece, within)
        return
    match = _TITLE_AND_YEAR.match(written)
    if match is not None:
        for mark in _with_years(match, (match["title"].strip(),), piece, span, number, certain=False):
            yield replace(mark, told=True)


def _in_turn(
    block: Block, number: int, start: int, piece: str, within: list[re.Match[str]]
) -> Iterator[Mark]:
    """Works parted by commas or words: "Lee & Park 2016, Shah et al. 2017", "Lee, as cited in Shah, 2017"."""
    end = 0
    for match in within:
        before = piece[end : match.start()].strip(" ,.and&")
        certain = (
            bool(match["etal"] or match["last"]) and _SEE_BEFORE.fullmatch(f"{before} ".lstrip()) is not None
        )
        span = block.span_of(start + match.start(), start + match.end())
        for mark in _with_years(match, names_of(match), match.group(), span, number, certain=certain):
            yield replace(mark, told=not certain)
        end = match.end()


def in_running_text(block: Block, number: int) -> Iterator[Mark]:
    """ "Lee et al. (2020) found": authors in the sentence, the year in brackets."""
    for match in _NARRATIVE.finditer(block.text):
        if is_no_name(match):
            continue
        begin = match.start()
        names = names_of(match)
        word, _, rest = names[0].partition(" ")
        if rest and word.lower() in _LEADING:
            begin, names = match.start() + len(word) + 1, (rest.strip(), *names[1:])
        certain = bool(match["etal"] or match["last"] or signs_together(names[0]))
        titled = not match["etal"] and _TITLED.search(match["last"] or "") is not None
        if titled:
            certain = False  # "the Oats and Naps Trial (2013)"
        elif not certain:
            # One name before a year is an author when the sentence goes on to say what was found.
            alone = " " not in match["first"] or first_initials(match) != ""
            certain = alone and _REPORTS.match(block.text, match.end()) is not None
        elif " " in names[0] and match["etal"] and not signs_together(match["first"]):
            # "Whereas Haddadj et al. (2025)": words before the name are not part of it.
            begin = match.start() + match["first"].rfind(names[0].rsplit(" ", 1)[1])
        end = match.end("more" if match["more"] else "first")
        if not match["etal"] and (body := body_ending(block.text[:end])) and not _TITLED.search(body):
            begin, names, certain = end - len(body), (body,), True
        last = match.end()
        if match["tail"] and _DATED.search(match["tail"]):  # "Lee (2018, cited in Shah, 2021)"
            last = match.start("tail")
        text, span = block.text[begin:last], block.span_of(begin, last)
        for mark in _with_years(match, names, text, span, number, certain=certain):
            yield replace(mark, told=titled)


def told_as_studies(block: Block, number: int) -> Iterator[Mark]:
    """ "Smith's 2020 trial", "the 2020 trial by Smith", "Smith et al., 2020, found": if listed."""
    for pattern in (_STUDY_BY, _FOUND_IN, _PLAIN):
        for match in pattern.finditer(block.text):
            if not is_no_name(match):
                span = block.span_of(match.start(), match.end())
                sure = pattern is _FOUND_IN and bool(match["etal"])
                for mark in _with_years(match, names_of(match), match.group(), span, number, certain=sure):
                    yield replace(mark, told=not sure)
    for match in _YEAR_APART.finditer(block.text):
        span, text = block.span_of(match.start() + 1, match.end()), match.group().strip()
        named = _FAMILY_NAMED.findall(block.text, max(0, match.start() - 200), match.start())
        for name in dict.fromkeys(re.sub(r"['’]s$", "", one) for one in named[-8:]):
            for mark in _with_years(match, (name,), text, span, number, certain=False):
                yield replace(mark, told=True)


def is_no_name(match: re.Match[str]) -> bool:
    """Whether what stands before the year is a month, a version, a figure and no author."""
    if match["etal"]:
        return False
    words = without_article(match["first"]).lower().replace(",", "").split()
    return words[0] in _MONTHS or (words[-1] in _MONTHS and not match["last"])


def _with_years(
    match: re.Match[str], names: tuple[str, ...], text: str, span: Span, number: int, *, certain: bool
) -> Iterator[Mark]:
    parts = match.groupdict()
    et_al = bool(parts.get("etal"))
    initials = first_initials(match) if parts.get("first") else ""
    if parts.get("undated"):
        yield Mark(
            text,
            span,
            "author-year",
            number,
            names,
            et_al,
            undated=undated(match["undated"]),
            certain=certain,
        )
        return
    year, suffix = max(int(match["year"]), int(parts.get("again") or 0)), match["suffix"] or ""
    years = [(year, suffix)]
    for more in re.findall(r"((?:1[89]|20)\d\d)?([a-z])?(?=\s*(?:,|;|$))", parts.get("further") or ""):
        if more[0] or more[1]:
            year = int(more[0]) if more[0] else year
            years.append((year, more[1]))
    for one, letter in years:
        yield Mark(
            text, span, "author-year", number, names, et_al, one, letter, initials=initials, certain=certain
        )


def again(block: Block, number: int) -> Iterator[Mark]:
    """ "(ibid.)" and "(Singh and Das, op. cit.)": a work that has been cited before."""
    if not _AGAIN_WORDS.search(block.text):
        return
    for match in _AGAIN.finditer(block.text):
        start, end = match.span("inside")
        names = names_of(match) if match["first"] else ()
        yield Mark(match["inside"], block.span_of(start, end), "again", number, names, bool(match["etal"]))
