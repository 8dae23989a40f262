"""Where an article's reference list stands, headed or not, and where each entry begins."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from claims.addresses import addresses_in, identifiers_of
from claims.model import Block, Document, Reference, ReferenceFields
from claims.references.implied import implied_references
from claims.references.parsing import parse
from claims.references.repeating import note_label
from claims.references.wrapping import rejoined_entries

_HEADING = re.compile(
    r"(?:\d+[.)]?\s+)?"
    r"(?:(?:key|main|selected|full|cited|scientific|list of|article|primary|secondary|other|our)\s+)?"
    r"(?:sources? of (?:the |this |our )?(?:information|evidence)|(?:information|evidence|reference) sources?"
    r"|sources? (?:and|&) references?|references? (?:and|&) sources?"
    r"|where (?:this|our) information (?:comes|came) from"
    r"|literatur(?:verzeichnis|hinweise|angaben)?|quellen(?:verzeichnis|angaben)?|einzelnachweise"
    r"|références(?: bibliographiques)?|bibliographie|referencias(?: bibliográficas)?|bibliografía|fuentes"
    r"|referências|bibliografia|riferimenti bibliografici|referenties|literatuur|bronnen|referenser|källor|"
    r"references?(?:\s+(?:list|cited|and notes|and further reading))?|bibliography|sources?"
    r"|literature(?:\s+cited)?|works\s+cited|citations?|cited\s+(?:works|literature)|resources|evidence\s+cited|studies\s+cited|"
    r"endnotes|footnotes|notes|further\s+reading)\s*:?\s*",
    re.IGNORECASE,
)
_BACKLINKS = re.compile(r"\s*[\^↑⇧]\s*(?:(?:[a-z]{1,2}|\d{1,2}\.\d{1,2})\s+){0,40}(?=[^\Wa-z]|[“\"'])")
_BACK = re.compile(r"(?:\s*[↩↵⤴⏎]\ufe0e?\d{0,2})+\s*\Z")
_LABEL_ALONE = re.compile(r"\[[^\W_][\w+:-]{0,30}\]|\d{1,3}[.)]")
_UNFINISHED = re.compile(r"[-–—,;:]\s*\Z")  # "226–" at a line's end: the number goes on with it
_LINE_HEADING = re.compile(r"(?P<heading>[^\W\d_][^.;,\d]{3,40}?:?) (?=[\[(\d]|[^\W\d_a-z])")
_LINK_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n^][^\[\]\n]*\]:\s*<?\Z", re.MULTILINE)
_YEAR = re.compile(r"(?<![\d.,-])(?:1[89]|20)\d\d[a-z]?(?!\d|[.,]\d{4})")
_NUMBER = re.compile(
    r"\s*(?:(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.)]?)(?:\s\|)?\s+(?=\S)|(\d{1,3})\.(?=[^\W\d_a-z][^\W\d_]))"
)
_KEY = re.compile(r"\s*(?:\.\.\s)?\[(?P<key>[^\W\d_][\w+:-]{0,30}|#\w{0,20}|\*)\]:?\s+(?=\S)")
_LETTER = re.compile(r"\s*(?:([a-z])[.)]|\(([a-z])\)|([a-z])(?=\s+[A-Z]))\s+(?=\S)")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_PRINTED_BY_PANDOC = re.compile(r"\{\s*#ref-(?P<key>[^\s{}]{1,80})[^{}\n]{0,80}\}[ \t]*\r?\n\s*[*_\[<\"“]*\Z")
_SUPERSCRIPT_NUMBER = re.compile(r"\s*([⁰¹²³⁴-⁹]{1,3})\s*(?=\S)")
_NAME = r"[^\W\d_a-z][\w'’`´-]+(?:\s+[^\W\d_a-z][\w'’-]+){0,2}"
_PARTICLE = (
    r"(?:(?:van|von|de|der|den|del|della|di|da|dos|la|le|el|al|bin|ter|ten|te|st\.?|mac|mc|o')\s+){0,3}"
)
_INITIALS = r"(?:[^\W\d_a-z]\.?[\s-]{0,1}){1,4}"
_AUTHOR_START = re.compile(
    rf"[\"“']?(?:{_PARTICLE}{_NAME},?\s+{_INITIALS}(?:[,;.&:(\s]|$)"  # Smith, J. | Smith JA,
    rf"|{_INITIALS}\s*{_PARTICLE}{_NAME}\s*[,;.&(]"  # J. A. Smith,
    rf"|{_PARTICLE}{_NAME},\s+{_NAME})",  # Smith, Jane
)
_ORGANISATION = re.compile(
    r"\b(?:organi[sz]ation|institutes?|society|association|college|academy|department|ministry|centers?|centres?"
    r"|foundation|council|committee|agency|service|NHS|WHO|CDC|NIH|NICE|FDA|EFSA|USDA|consortium|collaborat\w+|group)\b",
    re.IGNORECASE,
)
_LOCATOR = re.compile(
    r"\b\d{1,4}\s*\(\s*\w[\w\s–-]{0,12}\)\s*[,:]|\d{4}\s*;\s*\d{1,4}|\bpp?\.\s*\d|\bvol\.?\s*\d",
    re.IGNORECASE,
)
_PAGES = re.compile(r"[:,]\s*[a-z]?\d{1,7}\s*[–—-]\s*[a-z]?\d{1,7}\b|[:,]\s*e\d{4,}\b", re.IGNORECASE)
_LINK = re.compile(r"\b10\.\d{4,9}/\S|\bdoi\b|\bpmid\b|https?://|www\.", re.IGNORECASE)
_ET_AL = re.compile(r"\bet\s+al\b", re.IGNORECASE)
_JOURNAL = re.compile(
    r"\b(?:J|Journal|Am|Br|Eur|Int|Res|Med|Clin|Rev|Ann|Arch|Lancet|BMJ|JAMA|PLoS|Cochrane|Nutr|Sci)\b\.?"
)
_CITING = re.compile(
    r"\((?:[^()\d]{2,80}\s(?:1[89]|20)\d\d[a-z]?(?:[,;:][^()]{0,60})?|\d{1,3}(?:\s?[,–-]\s?\d{1,3})*)\)(?=[\s.,;])"
    r"|\b[^\W\d_a-z]\w+ (?:et al\.|and colleagues) \((?:1[89]|20)\d\d[a-z]?\)"
)
_BOILERPLATE = re.compile(
    r"^(?:©|copyright|disclaimer|this (?:article|content|page|information)|last (?:updated|reviewed)"
    r"|published|written by|medically|share|all rights|conflicts? of interest|funding|acknowledg"
    r"|about the author|contact|updated)",
    re.IGNORECASE,
)


def find(document: Document) -> tuple[Reference, ...]:
    """The entries of the article's reference list, in printed order, parsed.

    After them come the works that the text itself names by key or link (see ``implied``).
    """
    references: list[Reference] = []
    entries = [place for place, block in enumerate(document.blocks) if block.kind == "reference"]
    keys = dict(zip(entries, _printed_keys([document.blocks[place] for place in entries]), strict=True))
    for position in entries:
        block = document.blocks[position]
        own, start = keys[position]
        own = own or note_label(block, document.text) or _key_above(block, document.text)
        number, start = (None, start) if own else _printed_number(block, document.text)
        start, end = _without_backlinks(block.text, start)
        raw = block.text[start:end]
        fields = _with_linked(parse(raw), document, position)
        label = own or _label(number, fields, raw)
        references.append(Reference(len(references) + 1, label, raw, block.span_of(start, end), fields))
    return (*references, *implied_references(document, tuple(references)))


def _with_linked(fields: ReferenceFields, document: Document, position: int) -> ReferenceFields:
    """The fields with the DOI and the PMID that the entry links to without printing them ("[PubMed]")."""
    if fields.doi and fields.pmid:
        return fields
    block, rest = document.blocks[position], document.blocks[position + 1 :]
    following = rest[0].offsets[0] if rest else len(document.text)
    end = min(max(following, block.offsets[-1]), block.offsets[-1] + 400)
    found = [
        identifiers_of(one)
        for one in addresses_in(document.text, block.offsets[0], end)
        if not _LINK_DEFINITION.search(document.text, max(0, one.start() - 200), one.start())
    ]
    dois = {doi.lower(): doi for doi, _, _ in found if doi}
    pmids = {pmid for _, pmid, _ in found if pmid}
    pmcids = {pmcid for _, _, pmcid in found if pmcid}
    if len(dois) == 1 and not fields.doi and "10." not in block.text:  # a broken one that is printed stays
        fields = replace(fields, doi=next(iter(dois.values())))
    if len(pmids) == 1 and not fields.pmid:
        fields = replace(fields, pmid=next(iter(pmids)))
    if len(pmcids) == 1 and not fields.pmcid:
        fields = replace(fields, pmcid=next(iter(pmcids)))
    return fields


def _without_backlinks(text: str, start: int) -> tuple[int, int]:
    """Where an entry begins and ends without the signs that lead back to its citations ("^ a b", "↩")."""
    before, after = _BACKLINKS.match(text, start), _BACK.search(text, max(start, len(text) - 40))
    begin = before.end() if before else start
    end = after.start() if after else len(text)
    return (begin, end) if begin < end else (start, len(text))


def _is_footnoted_work(block: Block, text: str) -> bool:
    """Whether a footnote names a work: it looks like an entry, or is short and links to one."""
    if note_label(block, text) is None:
        return False
    if likeness(block.text) >= 3:
        return True
    linked = next(addresses_in(text, block.offsets[0], block.offsets[-1] + 1), None)
    return linked is not None and len(block.text.split()) <= 40


def mark_references(blocks: tuple[Block, ...], text: str) -> tuple[Block, ...]:
    """The blocks with those of the reference list marked as such, one block an entry."""
    blocks = _with_labels(tuple(part for block in blocks for part in _under_own_heading(block, text)), text)
    blocks = rejoined_entries(
        blocks,
        text,
        announces=is_reference_heading,
        numbered=lambda block: _printed_number(block, text)[0] is not None,
        begins=_begins_entry,
        complete=_complete,
    )
    chosen = _headed(blocks)
    if not chosen:
        chosen = _headless(blocks, text)
    chosen |= {number for number, block in enumerate(blocks) if _is_footnoted_work(block, text)}
    marked: list[Block] = []
    for position, block in enumerate(blocks):
        if position in chosen:
            marked.extend(_entries(block, text))
        else:
            marked.append(block)
    return tuple(marked)


def _with_labels(blocks: tuple[Block, ...], text: str) -> tuple[Block, ...]:
    """The blocks with the label that stands alone above an entry in it ("<dt>[Had20]</dt><dd>Haddad ...")."""
    found: list[Block] = []
    for block in blocks:
        before = found[-1] if found else None
        if (
            before is not None
            and _LABEL_ALONE.fullmatch(before.text)
            and not _UNFINISHED.search(text, max(0, before.offsets[0] - 20), before.offsets[0])
            and likeness(block.text) >= 4
        ):
            joined = (*before.offsets, *block.offsets)
            found[-1] = Block(block.kind, f"{before.text} {block.text}", joined, block.level)
        else:
            found.append(block)
    return tuple(found)


def _under_own_heading(block: Block, text: str) -> tuple[Block, ...]:
    """A block whose first line heads a list, parted from the entries below ("<b>References</b><br>Lee A")."""
    if block.kind not in ("paragraph", "list-item") or len(block.text) < 20:
        return (block,)
    first = _LINE_HEADING.match(block.text)
    if first is None or not is_reference_heading(first["heading"]):
        return (block,)
    end = first.end("heading")
    gap = text[block.offsets[end] : block.offsets[first.end()]].lower()
    if "\n" not in gap and "<br" not in gap:
        return (block,)
    return tuple(
        Block(
            kind,
            block.text[start:stop],
            (*block.offsets[start:stop], block.offsets[stop - 1] + 1),
            block.level,
        )
        for kind, start, stop in (("heading", 0, end), (block.kind, first.end(), len(block.text)))
    )


def is_reference_heading(text: str) -> bool:
    """Whether a heading announces a reference list."""
    return len(text) < 60 and _HEADING.fullmatch(text.strip(" *_#")) is not None


def likeness(text: str) -> int:
    """How much a text looks like one entry of a reference list: 0 to about 10; 4 is convincing."""
    head = text[:1500]
    start = _number_end(head)
    body = head[start:]
    points = 0
    if _AUTHOR_START.match(body):
        points += 2
    elif _ORGANISATION.search(body[:80]):
        points += 1
    if _YEAR.search(body):
        points += 1
    if re.search(r"\((?:1[89]|20)\d\d[a-z]?(?:,[^()]{0,20})?\)[.,:]?", body) or re.search(
        r"\b(?:1[89]|20)\d\d\s*;", body
    ):
        points += 1
    points += 2 * bool(_LOCATOR.search(body)) + bool(_PAGES.search(body)) + bool(_LINK.search(body))
    points += bool(_ET_AL.search(body[:200])) + bool(_JOURNAL.search(body))
    if start:
        points += 1
    words = len(body.split())
    if words > 90 or words < 4:
        points -= 3
    # Running prose: verbs in the first person, or a parenthetical citation at the very end.
    if re.search(r"\b(?:we|you|your|our|this|that|which|can|should|found that|people)\b", body.lower()):
        points -= 1
    if re.search(r"\([^()]{3,60},\s*(?:1[89]|20)\d\d[a-z]?\)[.!]?\s*$", body):
        points -= 4
    if re.search(r"\[[^\[\]]{0,200}?-?@[\w:.-]+", body):  # prose that cites by a key of a bibliography
        points -= 4
    # Prose that cites several works in brackets; an entry holds one year, at its beginning or its end.
    if len(_CITING.findall(body)) >= 2:
        points -= 4
    return points


def _headed(blocks: tuple[Block, ...]) -> set[int]:
    chosen: set[int] = set()
    for position, block in enumerate(blocks):
        if block.kind == "table" or not is_reference_heading(block.text):
            continue
        found = _under_heading(blocks, position)
        if found:
            chosen |= found
    return chosen


def _under_heading(blocks: tuple[Block, ...], position: int) -> set[int]:
    level = blocks[position].level if blocks[position].kind in ("heading", "title") else 9
    members: set[int] = set()
    doubtful = 0
    for number in range(position + 1, len(blocks)):
        block = blocks[number]
        if block.kind in ("heading", "title"):
            if likeness(block.text) >= 4:  # plain text: a short entry may look like a heading
                members.add(number)
                continue
            if block.level <= level or is_reference_heading(block.text) or not members:
                break
            continue
        points = likeness(block.text)
        if points >= 2 or (block.kind == "list-item" and points >= 1 and not _BOILERPLATE.match(block.text)):
            members.add(number)
            doubtful = 0
        else:
            doubtful += 1
            if doubtful > 3:
                break
    return members


def _headless(blocks: tuple[Block, ...], text: str) -> set[int]:
    """A run of convincing entries that ends the article, notes after it allowed.

    What is half like an entry (a web page, a guideline) is one beside convincing ones; so is a bare link
    or a dated line whose printed number is the one before that of the entry below it.
    """
    members: set[int] = set()
    below: int | None = None  # the number printed before the entry below
    doubtful: list[int] = []
    for number in range(len(blocks) - 1, -1, -1):
        block = blocks[number]
        points = -1 if _BOILERPLATE.match(block.text) or len(block.text) > 1200 else likeness(block.text)
        printed = _printed_number(block, text)[0]
        counts_on = printed is not None and below == printed + 1 and _complete(block.text)
        if points >= 4 or (counts_on and number + 1 in members):
            members.add(number)
            below = printed
            members.update(one for one in doubtful if likeness(blocks[one].text) >= 3)
            doubtful = []
        elif len(doubtful) < 3 and (points == 3 or (not members and len(block.text) < 400)):
            doubtful.append(number)
        else:
            break
    convincing = sum(likeness(blocks[number].text) >= 5 for number in members)
    if len(members) == 1 and not convincing:
        return set()
    # The article itself must be left.
    return members if len(members) < len(blocks) else set()


def _entries(block: Block, text: str) -> list[Block]:
    """One block an entry: lines of one paragraph are told apart when each begins like an entry."""
    starts = [0]
    indented = 0
    for space in re.finditer(" (?=.)", block.text, re.DOTALL):
        position = space.end()
        gap = text[block.offsets[position - 1] : block.offsets[position]]
        if "\n" in gap or "\r" in gap or "<br" in gap.lower():
            starts.append(position)
            indented += gap[-1] in " \t"
    if indented and indented < len(starts):  # printed hanging, which reading has told apart
        starts = [0]
    if len(starts) > 1:
        ends = [*starts[1:], len(block.text)]
        lines = [block.text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
        numbered = _printed_number(block, text)[0] is not None
        kept = [0]
        for number in range(1, len(starts)):
            begins = bool(_NUMBER.match(lines[number])) if numbered else _begins_entry(lines[number])
            if begins and _complete(" ".join(lines[kept[-1] : number])):
                kept.append(number)
        starts = [starts[number] for number in kept]
    bounds = [*starts, len(block.text)]
    entries = []
    for start, end in pairwise(bounds):
        while end > start and block.text[end - 1] == " ":
            end -= 1
        if end > start:
            entries.append(_part(block, start, end))
    return entries


def _part(block: Block, start: int, end: int) -> Block:
    offsets = (*block.offsets[start:end], block.offsets[end - 1] + 1)
    return Block("reference", block.text[start:end], offsets, block.level)


def _begins_entry(line: str) -> bool:
    return bool(_AUTHOR_START.match(line[_number_end(line) :]) or _NUMBER.match(line) or likeness(line) >= 4)


def _complete(text: str) -> bool:
    return bool(_YEAR.search(text) or _LINK.search(text))


def _printed_keys(entries: list[Block]) -> list[tuple[str | None, int]]:
    """The label that is printed before each entry and no number, and where the entry begins after it.

    "[Chr2016]" is one, and letters in their order are: "a. Morton RW ..." below "b. Nunes EA ...".
    """
    keyed = [_KEY.match(block.text) for block in entries]
    printed = [match["key"] for match in keyed if match]
    if printed and len(set(printed)) == len(printed):
        return [(match["key"], match.end()) if match else (None, 0) for match in keyed]
    lettered = [_LETTER.match(block.text) for block in entries]
    letters = "".join(next(filter(None, match.groups())) if match else " " for match in lettered)
    if len(letters) > 1 and _ALPHABET.startswith(letters):
        return [(letters[place], match.end()) if match else (None, 0) for place, match in enumerate(lettered)]
    return [(None, 0)] * len(entries)


def _key_above(block: Block, text: str) -> str | None:
    """The key of a list that pandoc printed ("::: {#ref-kennet2016 .csl-entry}" above an entry)."""
    start = block.offsets[0]
    match = _PRINTED_BY_PANDOC.search(text, max(0, start - 200), start)
    return f"@{match['key']}" if match else None


def _number_end(text: str) -> int:
    match = _NUMBER.match(text) or _SUPERSCRIPT_NUMBER.match(text)
    if match is None:
        keyed = _KEY.match(text)
        return keyed.end() if keyed else 0
    digits = next(group for group in match.groups() if group)
    plain = match.re is _NUMBER and match.group(3) and match.group().strip() == digits
    if plain and (not text[match.end() : match.end() + 1].isupper() or len(digits) > 3):
        return 0
    return match.end()


def _printed_number(block: Block, text: str) -> tuple[int | None, int]:
    """The entry's number and where its text begins; a list marker stands before the block."""
    end = _number_end(block.text)
    if end and any(sign.isdigit() for sign in _plain_digits(block.text[:end])) and not _KEY.match(block.text):
        digits = re.sub(r"\D", "", _plain_digits(block.text[:end]))
        return int(digits), end
    line = text.rfind("\n", 0, block.offsets[0]) + 1
    marker = re.fullmatch(
        r"[\s>*_]*(?:\[(\d{1,3})\]:?|(\d{1,3})[.)])[\s*_]*",
        text[max(line, block.offsets[0] - 40) : block.offsets[0]],
    )
    if marker:
        return int(marker.group(1) or marker.group(2)), 0
    return None, 0


def _plain_digits(text: str) -> str:
    return text.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))


def _label(number: int | None, fields: ReferenceFields, raw: str) -> str:
    if number is not None:
        return str(number)
    name = fields.authors[0].family if fields.authors else " ".join(raw.split()[:3]).strip(" .,;:")
    return f"{name} {fields.year}" if fields.year else name
