"""Marks of authors, mostly with a year: "(Lee & Park, 2020)", "Lee et al. (2020)", "Lee's 2020 trial"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from claims.marks.bodies import body_ending, is_body
from claims.marks.mark import Mark
from claims.model import Block, Span
from claims.names import signs_together

_PARTICLES = r"(?:(?:van|von|de|der|den|del|della|di|da|dos|la|le|el|al|bin|ter|ten)\s+){0,3}"
_NAME = rf"{_PARTICLES}[^\W\d_a-zà-öø-ÿ][\w'’‐-]{{1,40}}"
_NAMES = (
    rf"(?P<first>{_NAME}(?:\s+[^\W\d_a-z][\w'’‐-]{{1,40}}){{0,7}}?)"
    rf"(?P<more>(?:\s*,\s*{_NAME}){{0,6}}\s*,?\s*(?:&|and|und|et|y|e|og|och|en)\s+(?P<last>{_NAME}(?:\s+[^\W\d_a-z][\w'’-]{{1,40}}){{0,3}}?))?"
    r"(?P<etal>\s*,?\s*(?:et\s+al\b\.?|and\s+(?:colleagues|coworkers|co-workers|others)"
    r"|u\.\s?a\.|und\s+(?:Kollegen|Mitarbeiter)|et\s+(?:coll?\.|collaborateurs|collègues)"
    r"|y\s+(?:cols?\.|colaboradores)))?"
)
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?P<suffix>[a-z])?(?![\d–-])"
_PAREN = re.compile(
    r"[(\[](?P<inside>[^()\[\]]{3,600}(?:(?:\([^()]{0,80}\)|\[[^()\[\]]{0,40}\])[^()\[\]]{0,200})?)[)\]]"
)
_SEE = (
    r"(?:(?:see|see\s+also|e\.g\.|i\.e\.|cf\.|reviewed\s+(?:in|by)|also|as\s+in|from|source:?|data\s+from|by"
    r"|vgl\.|siehe(?:\s+auch)?|z\.\s?B\.|nach|voir(?:\s+aussi)?|d['’]après|véase|ver)[,:]?\s+)*"
)
_YEAR_TO_END = (
    rf"\s*,?\s*\(?{_YEAR}\)?(?P<further>(?:\s*,\s*(?:(?:1[89]|20)\d\d[a-z]?|[a-z]))*)"
    r"(?=\s*(?:[,:]\s*(?:pp?\.|chap|ch\.|fig|table|sec|para|S\.|Kap|págs?\.|cap|\d{1,4}(?![\d.,]))[^;]{0,40}|[,;:.]?\s*)$)"
)
NAMES_AND_YEAR = re.compile(rf"{_SEE}{_NAMES}(?P<possessive>['’]s)?{_YEAR_TO_END}")
_BODY_AND_YEAR = re.compile(rf"{_SEE}(?:the\s+)?(?P<body>[^\W\d_a-z][^;:()\[\]]{{5,150}}?){_YEAR_TO_END}")
_SHORT_NAME = re.compile(r"\s*\[[A-Z][\w.&-]{1,15}\]")  # World Health Organization [WHO]
_NARRATIVE = re.compile(
    rf"(?<![\w-]){_NAMES}(?:['’]s?)?(?:\s+(?:study|trial|review|meta-analysis))?\s*[(\[]{_YEAR}(?P<further>(?:\s*[,;]\s*(?:1[89]|20)\d\d[a-z]?)*)"
    r"(?:\s*[,:]\s*(?:pp?\.|S\.|págs?\.|chap|\d{1,4}(?![\d.,]))[^()\[\]]{0,40})?[)\]]"
)
_STUDY = (
    r"(?:[\w-]{1,30}\s+){0,3}?"
    r"(?:trials?|stud(?:y|ies)|reviews?|meta-analys[ei]s|analys[ei]s|papers?|cohort|experiment|survey|report)"
)
_POSSESSIVE = re.compile(rf"(?<![\w-]){_NAMES}['’]s?\s+{_YEAR}(?=\s+{_STUDY}\b)")  # Smith's 2020 trial
_STUDY_BY = re.compile(
    rf"\b{_YEAR}\s+{_STUDY}\s+(?:by|from)\s+{_NAMES}(?!\s*[(\[])"
)  # the 2020 trial by Smith
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
    rf"[(\[](?P<inside>(?:see\s+)?(?:{_NAMES}\s*,?\s+(?:op\.?\s?cit|loc\.?\s?cit|a\.\s?a\.\s?O)|(?:[Ii]bid(?:em)?|[Ee]bd|[Ee]benda)\b)"
    r"[^()\[\]]{0,40})[)\]]"
)


def in_brackets(block: Block, number: int) -> Iterator[Mark]:
    """ "(Lee & Park, 2020; Shah et al., 2019a)": one mark a work."""
    for group in _PAREN.finditer(block.text):
        if not re.search(r"(?:1[89]|20)\d\d", group["inside"]):
            continue
        position = group.start("inside")
        for piece in re.split(r"(;)", group["inside"]):
            stripped = piece.strip()
            start = position + len(piece) - len(piece.lstrip())
            position += len(piece)
            written = _SHORT_NAME.sub("", stripped)
            span = block.span_of(start, start + len(stripped))
            match = NAMES_AND_YEAR.match(written)
            if match is None:
                match = _BODY_AND_YEAR.match(written)
                if match is not None and is_body(match["body"]):
                    yield from _with_years(match, (match["body"],), stripped, span, number, certain=True)
                continue
            if is_no_name(match):
                continue
            certain = bool(match["etal"] or match["last"] or signs_together(match["first"]))
            yield from _with_years(match, names_of(match), stripped, span, number, certain=certain)


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
        if not certain:
            # One name before a year is an author when the sentence goes on to say what was found.
            alone = " " not in names[0]
            certain = alone and _REPORTS.match(block.text, match.end()) is not None
        elif " " in match["first"] and match["etal"] and not signs_together(match["first"]):
            # "Whereas Haddadj et al. (2025)": words before the name are not part of it.
            begin = match.start() + match["first"].rfind(" ") + 1
        end = match.end("more" if match["more"] else "first")
        if not match["etal"] and (body := body_ending(block.text[:end])):
            begin, names, certain = end - len(body), (body,), True
        text, span = block.text[begin : match.end()], block.span_of(begin, match.end())
        yield from _with_years(match, names, text, span, number, certain=certain)


def told_as_studies(block: Block, number: int) -> Iterator[Mark]:
    """ "Smith's 2020 trial" and "the 2020 trial by Smith": certain only where such a work is in the list."""
    for pattern in (_POSSESSIVE, _STUDY_BY):
        for match in pattern.finditer(block.text):
            if not is_no_name(match):
                span = block.span_of(match.start(), match.end())
                for mark in _with_years(match, names_of(match), match.group(), span, number, certain=False):
                    yield replace(mark, told=True)


def is_no_name(match: re.Match[str]) -> bool:
    """Whether what stands before the year is a month, a version, a figure and no author."""
    words = _without_article(match["first"]).lower().split()
    return (words[0] in _MONTHS and not match["etal"]) or words[-1] in _MONTHS


def _without_article(name: str) -> str:
    name = name.strip()
    return name[4:] if name.startswith("The ") and " " in name[4:] else name


def names_of(match: re.Match[str]) -> tuple[str, ...]:
    """The family names of a match, in printed order."""
    names = [_without_article(match["first"])]
    if match["more"]:
        names += [
            name.strip()
            for name in re.split(r"\s*,\s*|\s*(?:&|\b(?:and|und|et|y|e|og|och|en)\b)\s*", match["more"])
            if name.strip()
        ]
    return tuple(names)


def _with_years(
    match: re.Match[str], names: tuple[str, ...], text: str, span: Span, number: int, *, certain: bool
) -> Iterator[Mark]:
    year, suffix = int(match["year"]), match["suffix"] or ""
    years = [(year, suffix)]
    further = match.groupdict().get("further") or ""
    for more in re.findall(r"((?:1[89]|20)\d\d)?([a-z])?(?=\s*(?:,|;|$))", further):
        if more[0] or more[1]:
            year = int(more[0]) if more[0] else year
            years.append((year, more[1]))
    for one, letter in years:
        et_al = bool(match.groupdict().get("etal"))
        yield Mark(text, span, "author-year", number, names, et_al, one, letter, certain=certain)


def again(block: Block, number: int) -> Iterator[Mark]:
    """ "(ibid.)" and "(Singh and Das, op. cit.)": a work that has been cited before."""
    for match in _AGAIN.finditer(block.text):
        start, end = match.span("inside")
        names = names_of(match) if match["first"] else ()
        yield Mark(match["inside"], block.span_of(start, end), "again", number, names, bool(match["etal"]))
