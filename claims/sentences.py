"""Blocks into sentences, each with exact offsets and the lead or heading that stands above it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from claims.model import Block, Document, InTextCitation, Sentence, Span

# Words whose full stop does not end a sentence, lower case, without the stop.
_ABBREVIATIONS = frozenset(
    """
    al approx art av avg ca cf ch chap co corp dept diff dr ed eds eg e.g e.g. est etc ext fig figs fl
    hon hr hrs ie i.e i.e. inc incl jr lat lb lbs ltd max med min mins mr mrs ms mt no nos nr op oz p pp
    para prof pt pts ref refs rev resp sec sect sr st suppl tab temp univ viz vol vols vs wk wks wt yr
    yrs jan feb mar apr jun jul aug sep sept oct nov dec mo tbsp tsp i.v s.c i.m b.i.d t.i.d q.d u.s u.k
    e.u d.c p.o a.m p.m ph.d m.d
    """.split()  # noqa: SIM905
)
# After these a capital may well begin a new sentence ("60 min. Walking ..."), so a capital ends it.
_MAY_END = frozenset(
    """
    etc min mins hr hrs yr yrs wk wks mo al inc co ltd corp oz lb lbs u.s u.k e.u a.m p.m no
    """.split()  # noqa: SIM905
)
_MARK = re.compile(
    r"[.!?…]+"
    # closing quotes and brackets, then superscript or bracketed citations set after the stop
    r"(?:[\"'”’)\]]{0,3}(?:(?:\[\^[^\[\]\s]{1,80}\]){1,9}|\s?\[@[^\[\]\n]{1,120}\](?=\s+[A-Z\"“(]|\s*$)|\s\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,9}\](?=\s+[A-Z\"“(]|\s*$)|\[\d[^\[\]\n]{0,40}\]|(?:【\d[^【】\n]{0,80}】){1,9}|[*†‡§¶]{1,3}|[⁰¹²³⁴-⁹⁻,]{1,12}|\^\[?[\da-z](?:[,;–-]?\s?[\da-z]){0,9}\]?\^|\[[^\W\d_][\w+:-]{0,20}(?:[,;]\s?[\w+:-]{1,20}){0,5}\]_?(?=\s+[A-Z\"“(]|\s*$)|(?<=[.!?])(?:(?<!\d\.)|(?<=\d{4}\.)|(?<=\d\d\.)(?=\d{1,2}[,–-]\d))\d{1,3}(?:[,–-]\d{1,3}){0,5}(?=\s+[A-Z\"“(]|$))?)?"
    r"[\"'”’)\]]{0,3}"
    r"(?=\s|$)"
)
# A source set behind the stop is no sentence: "... sleep. PMID: 123456", "... sleep. (Lee et al., 2020)",
# "... sleep. (Ref: 3)", "... sleep. Lee et al 2020; Roe & Poe 2021".
_ADDRESS = r"(?:https?://\S+|(?:doi:\s?)?10\.\d{4,9}/\S+|PMID:?\s?\d{4,9}|PMC\d{4,9}|@\w*\d{4}\w*)"
_PAIR_AND_YEAR = (
    r"(?-i:[^\W\d_a-z])[\w'’-]{1,40},?\s(?:et\sal\b\.?|(?:&|and)\s(?-i:[^\W\d_a-z])[\w'’-]{1,40}),?"
    r"\s\(?(?:1[89]|20)\d\d[a-z]?\b\)?"
)
_NUMBERS = r"\d{1,3}(?:(?:\s?[,;–&-]\s?|\s(?:and|et)\s)\d{1,3}){0,9}"
_SOURCE = re.compile(
    r"(?:\|\s[^|\n.]{0,30}(?=\s\|)\s?){0,6}"  # short cells of a table's row between a claim and its source
    rf"[^\w(\[]*(?:[(\[](?:see\s)?(?:r[eé]f(?:erence)?|source|note)s?\.?\s?:?\s?{_NUMBERS}[)\]]"
    rf"|{_PAIR_AND_YEAR}(?:;\s{_PAIR_AND_YEAR}){{0,5}}"
    rf"|[([]?(?:(?:source|via|from|study|paper|link|refs?|see)s?\s?:?\s?)?{_ADDRESS}(?:[\s,;|&)\]]+{_ADDRESS})*"
    r"|\((?:[^().]|\b(?:al|[A-Z]|pp?|cf|e\.g|n\.d)\.){3,150}\b(?:(?:1[89]|20)\d\d[a-z]?|n\.d\.|in press)"
    r"(?:[,:]\s?(?:pp?\.\s?)?[\d–-]{1,9})?\))[^\w(\[“\"'‘]*",
    re.IGNORECASE,
)
_RAISED_BEHIND = re.compile(
    r"(?:(?<=\d[.!?])|(?<=[.!?])(?=[a-z]))(?P<raised>(?:\d{1,3}|[a-z]|[ivxl]{2,7})(?:[,–-](?:\d{1,3}|[a-z]|[ivxl]{2,7})){0,5})"
    r"(?=\s[A-Z\"“(])"
)
_WORD_BEFORE = re.compile(r"[^\s(\[\"“‘]+$")
_OPENER = re.compile(r"[\"'“‘(\[¿¡*]*[^\W_]")
_INITIALS = re.compile(r"(?:[A-Z]\.-?){1,4}$")
_LEAD = re.compile(r"(?P<lead>[^\W\d_][^:.!?;\n]{2,78})(?P<colon>:)\s+(?=[\"“'‘(]?[^\W_a-z])")
_LEAD_STOP = re.compile(
    r"\b(?:found|finds?|show(?:s|ed|n)?|report(?:s|ed)|conclud(?:es|ed)|said|says|suggest(?:s|ed))\b"
    r"|\b(?:include|includes|including|following|is|are|was|were|example|instance|note|namely|such as)\s*$"
    r"|[(\[]|\bet al\b",
    re.IGNORECASE,
)
# "The U.S. The rest": what begins a sentence even after the abbreviation of a country.
_STARTER = re.compile(r"(?:The|A|An|It|This|That|These|Those|In|But|And|However|There|They|We|Most|Some)\b")
_BOLD_CLOSE = re.compile(r"\*\*|__|</(?:strong|b)\s*>", re.IGNORECASE)
_BOLD_OPEN = re.compile(r"(?:\*\*|__|<(?:strong|b)(?:\s[^<>]*)?>)\s*$", re.IGNORECASE)


def split(document: Document) -> tuple[Sentence, ...]:
    """The sentences of an article in reading order; its reference list is left out.

    Headings and run-in leads ("Lowers risk of back pain: ...") are sentences too (``is_lead``),
    and are the ``lead`` of what stands under them.
    """
    sentences: list[Sentence] = []
    heading: tuple[str, Span] | None = None
    for number, block in enumerate(document.blocks):
        if block.kind == "reference":
            continue
        if block.kind in ("title", "heading"):
            sentence = _sentence(block, 0, len(block.text), number, None, is_lead=True)
            sentences.append(sentence)
            heading = (sentence.text, sentence.span) if block.kind == "heading" else None
            continue
        lead = heading
        start = 0
        end_of_lead = _run_in(block, document.text) if block.kind != "table" else 0
        if end_of_lead:
            text_end = len(block.text[:end_of_lead].rstrip(" :.–—"))
            sentence = _sentence(block, 0, text_end, number, None, is_lead=True)
            sentences.append(sentence)
            lead = (sentence.text, sentence.span)
            start = end_of_lead
        sentences.extend(
            _sentence(block, begin, end, number, lead, is_lead=False)
            for begin, end in _with_raised(block, _bounds(block.text, start))
        )
    return tuple(sentences)


def _with_raised(block: Block, bounds: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences parted behind raised numbers that follow a number's stop: "0 to 100.^1^ In adults"."""
    found: list[tuple[int, int]] = []
    for begin, end in bounds:
        first = begin
        for match in _RAISED_BEHIND.finditer(block.text, begin, end):
            # In the original something stands between the stop and the number: markup that raises it.
            if block.offsets[match.start("raised")] - block.offsets[match.start("raised") - 1] > 1:
                found.append((first, match.end()))
                first = match.end() + 1
        found.append((first, end))
    return found


def without_raised_marks(
    sentences: tuple[Sentence, ...], citations: Iterable[InTextCitation]
) -> tuple[Sentence, ...]:
    """The sentences with thin spaces for raised citations set right behind a word or a number.

    "After 12 weeks³" and "a ratio of 2.17³" would else be read as another word and another number.
    """
    raised = sorted(
        one.span
        for one in citations
        if one.style == "superscript" or (one.style == "footnote" and not one.text.startswith("[^"))
    )
    if not raised:
        return sentences
    found = []
    for sentence in sentences:
        characters = list(sentence.text)
        first = bisect_left(raised, Span(sentence.span.start, sentence.span.start))
        for span in raised[first:]:
            if span.start >= sentence.span.end:
                break
            start = bisect_left(sentence.offsets, span.start)
            end = min(bisect_left(sentence.offsets, span.end), len(characters))
            if characters[start - 1 : start] == ["^"] == characters[end : end + 1]:
                start, end = start - 1, end + 1
            if start > 0 and not characters[start - 1].isspace():
                characters[start:end] = _THIN_SPACE * (end - start)
        text = "".join(characters)
        found.append(sentence if text == sentence.text else replace(sentence, text=text))
    return tuple(found)


_THIN_SPACE = "\u2009"


def split_text(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a plain text (an abstract, say) as start and end."""
    return tuple(_bounds(text, 0))


def _sentence(
    block: Block, start: int, end: int, number: int, lead: tuple[str, Span] | None, *, is_lead: bool
) -> Sentence:
    offsets = (*block.offsets[start:end], block.offsets[end - 1] + 1)
    return Sentence(
        text=block.text[start:end],
        span=block.span_of(start, end),
        offsets=offsets,
        block=number,
        lead=lead[0] if lead else None,
        lead_span=lead[1] if lead else None,
        is_lead=is_lead,
    )


def _bounds(text: str, start: int) -> list[tuple[int, int]]:
    bounds = []
    begin = start
    for match in _MARK.finditer(text, start):
        if match.start() > begin and _ends_sentence(text, match):
            bounds.append((begin, match.end()))
            begin = match.end()
    bounds.append((begin, len(text)))
    return _with_sources(text, trimmed(text, bounds))


def _with_sources(text: str, bounds: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences with the sources that stand alone behind their stops."""
    found: list[tuple[int, int]] = []
    for begin, end in bounds:
        source = _SOURCE.match(text, begin, end) if found else None
        if source is not None and (source.end() == end or text[source.end()].isupper()):
            found[-1] = (found[-1][0], begin + len(source.group().rstrip()))
            begin = source.end()
        if begin < end:
            found.append((begin, end))
    return found


def trimmed(text: str, bounds: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches of a text without the white space at their ends; those of nothing else are left out."""
    found = []
    for first, last in bounds:
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if last > first:
            found.append((first, last))
    return found


def _ends_sentence(text: str, mark: re.Match[str]) -> bool:
    rest = mark.end()
    while rest < len(text) and text[rest].isspace():
        rest += 1
    if rest >= len(text):
        return True
    opener = _OPENER.match(text, rest, rest + 12)
    first = text[opener.end() - 1] if opener else text[rest]
    if first.islower():
        return False
    if not mark.group().startswith(".") or mark.group().startswith(".."):
        return True
    before = _WORD_BEFORE.search(text, max(0, mark.start() - 40), mark.start())
    word = before.group() if before else ""
    lowered = word.lower().rstrip(".")
    if lowered == "no" and word == "No" and first.isupper() and before:
        answer = text[: before.start()].rstrip()[-1:]  # "No. In a trial ...", but "Table No. A1"
        return answer in ("", ".", "!", "?", ":", "”", '"') and text[rest : rest + 2].isalpha()
    if lowered in _ABBREVIATIONS:
        if lowered == "al":  # "et al. (2020)" goes on; "et al. The trial" does not
            return first.isupper()
        if lowered in ("u.s", "u.k", "e.u"):
            return _STARTER.match(text, rest) is not None
        return lowered in _MAY_END and first.isupper() and lowered not in ("co", "no")
    if len(word) == 1 and word.isalpha() and word.isupper():
        # An initial ("J. Smith") unless it is a vitamin, a group or the pronoun that ends a sentence.
        ahead = text[max(0, mark.start() - 14) : mark.start() - 1].rstrip().lower()
        return ahead.endswith(("vitamin", "hepatitis", "group", "arm", "type", "part", "phase", "omega"))
    if _INITIALS.search(word + ".") and "." in word:
        return lowered in _MAY_END and first.isupper()
    return True


def _run_in(block: Block, original: str) -> int:
    """Where the text after a run-in lead begins; 0 when the block has none."""
    bold = _bold_lead(block, original)
    if bold:
        return bold
    match = _LEAD.match(block.text)
    if match is None or len(match["lead"].split()) > 10 or _LEAD_STOP.search(match["lead"]):
        return 0
    if block.text[match.end() : match.end() + 1].isdigit() and len(match["lead"].split()) > 3:
        return 0  # "Fewer children fell ill: 30 % against 40 %" is one sentence
    return match.end()


def _bold_lead(block: Block, original: str) -> int:
    text, offsets = block.text, block.offsets
    if not _BOLD_OPEN.search(original, max(0, offsets[0] - 60), offsets[0]):
        return 0
    for position in range(1, min(len(text), 120)):
        gap = original[offsets[position - 1] + 1 : offsets[position]]
        if gap and _BOLD_CLOSE.search(gap):
            lead = text[:position].rstrip(" :.–—")
            rest = position
            while rest < len(text) and text[rest] in " :.–—":
                rest += 1
            marked = text[len(lead) : rest].strip() != ""
            if rest < len(text) and len(lead.split()) <= 14 and marked and not text[rest].islower():
                return rest
            return 0
    return 0
