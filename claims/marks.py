"""Citation marks in running text, as printed, before anyone asks what they point to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape

from claims.addresses import addresses_in, defined, identifiers_of, label_of, place_of, uses_of
from claims.model import Block, Document, Span
from claims.names import signs_together


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark. ``certain`` is False where the same form often means something else.

    Author–year: ``names`` (first one enough when ``et_al``), ``year``, ``suffix``. Numeric and
    superscript: ``numbers``. Label: ``labels`` ("[Chr2016]", "[a, b]", raised letters too). Again:
    ``names``, or none for the work cited last ("ibid."). Pandoc: ``key``; footnote: ``key``, with its "^".
    Links: ``doi``, ``pmid``, ``pmcid``, and names, year or numbers where the words that are linked hold them.
    """

    text: str
    span: Span
    style: str  # author-year, numeric, parenthesis, superscript, label, again, footnote, pandoc, link
    block: int
    names: tuple[str, ...] = ()
    et_al: bool = False
    year: int | None = None
    suffix: str = ""
    numbers: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    key: str = ""
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    certain: bool = True
    told: bool = False  # "Smith's 2020 trial": a citation only where the list has such a work


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
_PIECE = re.compile(
    rf"(?:(?:see|see\s+also|e\.g\.|i\.e\.|cf\.|reviewed\s+(?:in|by)|also|as\s+in|from|source:?|data\s+from|by"
    rf"|vgl\.|siehe(?:\s+auch)?|z\.\s?B\.|nach|voir(?:\s+aussi)?|d['’]après|véase|ver)[,:]?\s+)*"
    rf"{_NAMES}(?P<possessive>['’]s)?\s*,?\s*\(?{_YEAR}\)?(?P<further>(?:\s*,\s*(?:(?:1[89]|20)\d\d[a-z]?|[a-z]))*)"
    r"(?=\s*(?:[,:]\s*(?:pp?\.|chap|ch\.|fig|table|sec|para|S\.|Kap|págs?\.|cap|\d{1,4}(?![\d.,]))[^;]{0,40}|[,;:.]?\s*)$)",
)
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
_BRACKETS = re.compile(
    r"\[\s*(?P<numbers>\d{1,3}(?:\s*[-–—,;]\s*\d{1,3}){0,30})\s*\](?:\s?[-–—]\s?\[(?P<until>\d{1,3})\])?"
    r"|\((?:see\s+)?[Rr]efs?\.?\s*(?P<named>\d{1,3}(?:\s*[-–—,;]\s*\d{1,3}){0,30})\)"
)
_PARENTHESES = re.compile(
    r"(?<=[\w.,;%\"”’)])\s?\((?P<numbers>\d{1,3}(?:\s*[-–—,;]\s*\d{1,3}){0,30})\)(?=[\s.,;:]|$)"
)
_RAISED = re.compile(r"[⁰¹²³⁴-⁹](?:[⁰¹²³⁴-⁹]|[⁻,‐˒،–-](?=[⁰¹²³⁴-⁹])){0,40}+")
_UNIT_BEFORE = re.compile(r"(?:\b(?:[cmkdµ]?m|in|ft|kg/m|R|r|χ|χ|I|η|ω|τ|s|sec|O|CO|H|N|p)|\d|[=<>×])\s?$")
_AFTER_STOP = re.compile(
    r"(?:(?<=[a-z)”\"’][.,;])|(?<=\d\d\.)(?=\d{1,2}[,–-]\d))"
    r"(?P<numbers>\d{1,2}(?:[,–-]\d{1,2}){0,8})(?=\s+[A-Z“\"(]|\s*$)"
)
_LABELS = re.compile(
    r"\[(?P<labels>[^\W_][^\[\]\n;,]{0,30}(?:\s*[;,]\s*[^\W_][^\[\]\n;,]{0,30}){0,8}|#\w{0,20}|\*)\]_?"
)
_RAISED_LETTERS = re.compile(r"(?<![^\W_])\[?[a-z](?:\s?[,;]\s?[a-z]){0,8}\]?(?![^\W_])")
_AGAIN = re.compile(
    rf"[(\[](?P<inside>(?:see\s+)?(?:{_NAMES}\s*,?\s+(?:op\.?\s?cit|loc\.?\s?cit|a\.\s?a\.\s?O)|(?:[Ii]bid(?:em)?|[Ee]bd|[Ee]benda)\b)"
    r"[^()\[\]]{0,40})[)\]]"
)
_PANDOC_GROUP = re.compile(r"\[[^\[\]\n]{0,200}?-?@[^\[\]\n]{1,400}\]")
_PANDOC_KEY = re.compile(
    r"(?<![\w@.])-?@(?P<key>[A-Za-z0-9_](?:[\w:.#$%&+?<>~/-]*[A-Za-z0-9_/])?|\{[^{}\s]{1,100}\})"
)
_FOOTNOTE = re.compile(r"\[(?P<key>\^[^\[\]\s]{1,80})\]")
_LINKED_NUMBERS = re.compile(r"[\[(]?(?P<numbers>\d{1,3}(?:\s*[-–,;]\s*\d{1,3}){0,10})[\])]?")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def find_marks(document: Document) -> tuple[Mark, ...]:
    """Every citation mark of the article's own text, in reading order, the reference list left out."""
    return _find_marks(_Same(document))


class _Same:
    """A document compared by identity: comparing two by their text costs as much as reading one."""

    __slots__ = ("document",)

    def __init__(self, document: Document) -> None:
        self.document = document

    def __hash__(self) -> int:
        return hash(self.document.sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.document is self.document


@lru_cache(maxsize=2)
def _find_marks(same: _Same) -> tuple[Mark, ...]:
    document = same.document
    addresses = list(addresses_in(document.text, 0, len(document.text)))
    starts = [match.start() for match in addresses]
    addresses_elsewhere = defined(document)
    used = uses_of(document) if addresses_elsewhere else []
    uses = [match.start() for match in used]
    marks: list[Mark] = []
    for number, block in enumerate(document.blocks):
        if block.kind == "reference" or _is_byline(block.text):
            continue
        within = used[bisect_left(uses, block.offsets[0] - 1) : bisect_left(uses, block.offsets[-1])]
        low = bisect_left(starts, block.offsets[0] - 300)
        high = bisect_left(starts, block.offsets[-1] + 300)
        found = [
            *_footnotes(document, block, number),
            *_links(document, block, number, addresses[low:high]),
            *_elsewhere(document, block, number, within, addresses_elsewhere),
            *_pandoc(block, number),
            *_author_year(block, number),
            *_narrative(block, number),
            *_told(block, number),
            *_numeric(document, block, number),
            *_again(block, number),
            *_labelled(document, block, number),
        ]
        marks.extend(_without_overlap(found))
    return tuple(sorted(marks, key=lambda mark: (mark.span, mark.style, mark.names)))


_WORDS = re.compile(r"[^\W\d_]+")
_BETWEEN_NAMES = frozenset(
    "and und et y e van von de der den del di da dos la le al bin ter ten".split()  # noqa: SIM905
)


def _is_byline(text: str) -> bool:
    """Whether a block is the names of those who wrote, with the numbers of their addresses: "Ann Lee1,2"."""
    if len(text) > 600 or text[-1] in ".?!:" or not any(sign.isdigit() for sign in text):
        return False
    words = _WORDS.findall(text)
    if len(words) < 2 or re.search(r"(?:1[89]|20)\d\d", text):
        return False
    return all(word[0].isupper() or word in _BETWEEN_NAMES for word in words) and (
        re.search(r"[a-z]\s?[\d⁰¹²³⁴-⁹][\d,*†‡ ⁰¹²³⁴-⁹]*(?:[,;]\s|$|\sand\s)", text) is not None
    )


def _without_overlap(found: list[Mark]) -> list[Mark]:
    """Earlier kinds win where two marks share characters; marks of one group share one span."""
    kept: list[Mark] = []
    taken: list[Span] = []  # in order, none touching another
    for mark in found:
        place = bisect_left(taken, mark.span)
        same = place < len(taken) and taken[place] == mark.span
        if same and any(other.span == mark.span and other.style == mark.style for other in kept[-9:]):
            kept.append(mark)
            continue
        before = taken[place - 1] if place else None
        after = taken[place] if place < len(taken) else None
        if (before and before.end > mark.span.start) or (after and after.start < mark.span.end):
            continue
        taken.insert(place, mark.span)
        kept.append(mark)
    return kept


def _author_year(block: Block, number: int) -> Iterator[Mark]:
    for group in _PAREN.finditer(block.text):
        if not re.search(r"(?:1[89]|20)\d\d", group["inside"]):
            continue
        position = group.start("inside")
        for piece in re.split(r"(;)", group["inside"]):
            stripped = piece.strip()
            start = position + len(piece) - len(piece.lstrip())
            position += len(piece)
            match = _PIECE.match(_SHORT_NAME.sub("", stripped))
            if match is None or not stripped or _not_a_name(match):
                continue
            span = block.span_of(start, start + len(stripped))
            certain = bool(match["etal"] or match["last"] or signs_together(match["first"]))
            yield from _with_years(match, stripped, span, number, certain=certain)


def _narrative(block: Block, number: int) -> Iterator[Mark]:
    for match in _NARRATIVE.finditer(block.text):
        if _not_a_name(match):
            continue
        begin = match.start()
        names = _names(match)
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
        text, span = block.text[begin : match.end()], block.span_of(begin, match.end())
        for mark in _with_years(match, text, span, number, certain=certain):
            yield replace(mark, names=names)


def _told(block: Block, number: int) -> Iterator[Mark]:
    """ "Smith's 2020 trial" and "the 2020 trial by Smith": certain only where such a work is in the list."""
    for pattern in (_POSSESSIVE, _STUDY_BY):
        for match in pattern.finditer(block.text):
            if not _not_a_name(match):
                span = block.span_of(match.start(), match.end())
                for mark in _with_years(match, match.group(), span, number, certain=False):
                    yield replace(mark, told=True)


def _not_a_name(match: re.Match[str]) -> bool:
    words = _without_article(match["first"]).lower().split()
    return (words[0] in _MONTHS and not match["etal"]) or words[-1] in _MONTHS


def _without_article(name: str) -> str:
    name = name.strip()
    return name[4:] if name.startswith("The ") and " " in name[4:] else name


def _names(match: re.Match[str]) -> tuple[str, ...]:
    names = [_without_article(match["first"])]
    if match["more"]:
        names += [
            name.strip()
            for name in re.split(r"\s*,\s*|\s*(?:&|\b(?:and|und|et|y|e|og|och|en)\b)\s*", match["more"])
            if name.strip()
        ]
    return tuple(names)


def _with_years(match: re.Match[str], text: str, span: Span, number: int, *, certain: bool) -> Iterator[Mark]:
    names = _names(match)
    year, suffix = int(match["year"]), match["suffix"] or ""
    years = [(year, suffix)]
    further = match.groupdict().get("further") or ""
    for more in re.findall(r"((?:1[89]|20)\d\d)?([a-z])?(?=\s*(?:,|;|$))", further):
        if more[0] or more[1]:
            year = int(more[0]) if more[0] else year
            years.append((year, more[1]))
    for one, letter in years:
        yield Mark(
            text, span, "author-year", number, names, bool(match["etal"]), one, letter, certain=certain
        )


def _numeric(document: Document, block: Block, number: int) -> Iterator[Mark]:
    text = block.text
    for match in _BRACKETS.finditer(text):
        numbers = match["numbers"] or match["named"]
        if match["until"]:  # "[2]-[4]"
            numbers += f"-{match['until']}"
        yield _numbered(numbers, match, "numeric", block, number)
    raised = list(_raised_runs(document, block))
    for start, end in raised:
        digits = text[start:end].translate(_DIGITS)
        numbers = expand(digits)
        if numbers and not _UNIT_BEFORE.search(text, max(0, start - 12), start):
            yield Mark(text[start:end], block.span_of(start, end), "superscript", number, numbers=numbers)
    for match in _PARENTHESES.finditer(text):
        yield _numbered(match["numbers"], match, "parenthesis", block, number, certain=False)
    for match in _AFTER_STOP.finditer(text):
        if not any(start <= match.start() < end for start, end in raised):
            yield _numbered(match["numbers"], match, "superscript", block, number, certain=False)


def _numbered(
    digits: str, match: re.Match[str], style: str, block: Block, number: int, *, certain: bool = True
) -> Mark:
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    return Mark(
        match.group().strip(),
        block.span_of(start, match.end()),
        style,
        number,
        numbers=expand(digits),
        certain=certain,
    )


def _raised_runs(document: Document, block: Block) -> Iterator[tuple[int, int]]:
    """Raised digits: Unicode superscripts, ``<sup>…</sup>`` and ``^…^`` of the original, links to a note."""
    text = block.text
    for match in _RAISED.finditer(text):
        yield match.start(), match.end()
    for match in re.finditer(r"\[?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\]?", text):
        if _is_raised(document, block, match) or _leads_to_note(document, block, match):
            yield match.start(), match.end()


def _is_raised(document: Document, block: Block, match: re.Match[str]) -> bool:
    start = block.offsets[match.start()]
    before = document.text[max(0, start - 60) : start]
    return re.search(r"(?:<sup(?:\s[^<>]*)?>(?:\s|<a\b[^<>]*>)*|\^)$", before, re.IGNORECASE) is not None


def _leads_to_note(document: Document, block: Block, match: re.Match[str]) -> bool:
    """Whether a number in running text is a link within the page and nothing else."""
    if match.start() == 0 or match.group().startswith("["):
        return False
    start, end = block.offsets[match.start()], block.offsets[match.end() - 1] + 1
    if not document.text.startswith("</a", end):
        return False
    before = document.text[max(0, start - 300) : start]
    return re.search(r"<a\s[^<>]{0,200}?href=[\"']?#[^<>]{1,200}>$", before, re.IGNORECASE) is not None


def _again(block: Block, number: int) -> Iterator[Mark]:
    """ "(ibid.)" and "(Singh and Das, op. cit.)": a work that has been cited before."""
    for match in _AGAIN.finditer(block.text):
        start, end = match.span("inside")
        names = _names(match) if match["first"] else ()
        yield Mark(match["inside"], block.span_of(start, end), "again", number, names, bool(match["etal"]))


def _labelled(document: Document, block: Block, number: int) -> Iterator[Mark]:
    """What may be the labels of entries: "[Chr2016]", "[a, b]" and raised letters."""
    plain = document.media_type == "text/plain"
    for match in _RAISED_LETTERS.finditer(block.text):
        if not plain and _is_raised(document, block, match):
            labels = tuple(re.findall("[a-z]", match.group()))
            span = block.span_of(*match.span())
            yield Mark(match.group(), span, "superscript", number, labels=labels, certain=False)
    for match in _LABELS.finditer(block.text):
        labels = tuple(one.strip() for one in re.split("[;,]", match["labels"]))
        yield Mark(match.group(), block.span_of(*match.span()), "label", number, labels=labels, certain=False)


def expand(digits: str) -> tuple[int, ...]:
    """The numbers of "1,3-5": 1, 3, 4, 5; a range of more than 40 is no range of citations."""
    numbers: list[int] = []
    for piece in re.split(r"[,;]", digits.strip("[] ")):
        ends = [int(end) for end in re.findall(r"\d+", piece) if len(end) < 6]
        if len(ends) == 2 and 0 < ends[1] - ends[0] <= 40:
            numbers.extend(range(ends[0], ends[1] + 1))
        else:
            numbers.extend(ends)
    return tuple(number for number in dict.fromkeys(numbers) if number > 0)


def _pandoc(block: Block, number: int) -> Iterator[Mark]:
    grouped: list[tuple[int, int]] = []
    for group in _PANDOC_GROUP.finditer(block.text):
        grouped.append(group.span())
        for match in _PANDOC_KEY.finditer(block.text, group.start(), group.end()):
            yield Mark(
                match.group(),
                block.span_of(match.start(), match.end()),
                "pandoc",
                number,
                key=match["key"].strip("{}"),
            )
    for match in _PANDOC_KEY.finditer(block.text):
        if any(start <= match.start() < end for start, end in grouped):
            continue
        # A lone @word may be a person's handle; a key nearly always carries a year.
        certain = re.search(r"\d{4}", match["key"]) is not None
        if certain:
            yield Mark(
                match.group(),
                block.span_of(match.start(), match.end()),
                "pandoc",
                number,
                key=match["key"].strip("{}"),
            )


def _links(document: Document, block: Block, number: int, addresses: list[re.Match[str]]) -> Iterator[Mark]:
    """DOIs and PubMed pages linked to, or printed, in the original between this block's ends."""
    end = min(block.offsets[-1] + 300, len(document.text))
    if number + 1 < len(document.blocks):
        end = min(end, max(document.blocks[number + 1].offsets[0], block.offsets[-1]))
    for match in addresses:
        if match.end() > end:
            break
        span = place_of(document.text, match, block)
        if span is None:
            continue
        yield _link(document.text, span, match, number)


def _link(text: str, span: Span, address: re.Match[str], number: int) -> Mark:
    """The mark of a link; the words that carry it may name an entry of the list."""
    words = text[span.start : span.end]
    plain = " ".join(unescape(words).strip("()[] ").split())
    named = _PIECE.match(plain)
    if named is not None and _not_a_name(named):
        named = None
    numbers = _LINKED_NUMBERS.fullmatch(words.strip())
    doi, pmid, pmcid = identifiers_of(address)
    return Mark(
        words,
        span,
        "link",
        number,
        names=_names(named) if named else (),
        et_al=bool(named and named["etal"]),
        year=int(named["year"]) if named else None,
        suffix=(named["suffix"] or "") if named else "",
        numbers=expand(numbers["numbers"]) if numbers else (),
        doi=doi,
        pmid=pmid,
        pmcid=pmcid,
    )


def _footnotes(document: Document, block: Block, number: int) -> Iterator[Mark]:
    for match in _FOOTNOTE.finditer(block.text):
        span = block.span_of(*match.span())
        printed = document.text[span.start : span.end]  # of a note within the line only its "^"
        yield Mark(printed, span, "footnote", number, key=match["key"])


def _elsewhere(
    document: Document,
    block: Block,
    number: int,
    uses: list[re.Match[str]],
    addresses: dict[str, re.Match[str]],
) -> Iterator[Mark]:
    """The links of a block whose addresses are defined elsewhere."""
    for match in uses:
        address = addresses.get(label_of(match["label"] or match["text"]))
        start, end = match.span("text")
        if address is not None and block.offsets[0] <= start and end <= block.offsets[-1] + 1:
            yield _link(document.text, Span(start, end), address, number)
