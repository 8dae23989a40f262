"""Where an article's reference list stands, headed or not, and where each entry begins."""

from __future__ import annotations

import re
from itertools import pairwise

from claims.addresses import addresses_in
from claims.model import Block
from claims.reading.wrapping import each_begins
from claims.references.headings import heads_notes, is_reference_heading
from claims.references.in_place import in_line, sources_in_line
from claims.references.labels import number_end, numbered, printed_number
from claims.references.likeness import begins_entry, complete, likeness
from claims.references.page_notes import noted, with_numbers
from claims.references.repeating import is_pointer, note_label, points_back
from claims.references.wrapping import rejoined_entries

_LABEL_ALONE = re.compile(
    r"\[[^\W_][\w+:-]{0,30}\]|\d{1,3}[.)]|(?P<word>(?:foot|end)?note\s|ref(?:erence)?\s)\d{1,3}[.:]?",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(r"[-–—,;:]\s*\Z")  # "226–" at a line's end: the number goes on with it
_LINE_HEADING = re.compile(r"(?P<heading>[^\W\d_][^.;,\d]{3,40}?:?) (?=[\[(\d]|[^\W\d_a-z])")
_LINK_ALONE = re.compile(
    r"(?:https?://|www\.|doi:\s?10\.|doi\.org/|10\.\d{4})\S+|(?:PMID:?\s?\d{4,9}|(?:PMCID:?\s?)?PMC\d{4,9})\W?",
    re.IGNORECASE,
)
# A number in a line begins an entry where a name or a title follows it.
_COUNTED = (
    re.compile(r"(?:(?<=\s)|\A)\[(?P<number>\d{1,3})\]\s+(?=\S)"),
    re.compile(r"(?:(?<=\s)|\A)\((?P<number>\d{1,3})\)\s+(?=[^\W\d_])"),
    re.compile(r"(?:(?<=[.)\d/]\s)|\A)(?P<number>\d{1,3})[.)]\s+(?=[^\W\d_])"),
)
# A note that only cites: "Self-reported; Lee et al. 2016.", "^ Lee 2016, p. 12."
_POINTING = re.compile(
    r"(?:\^\s(?:[a-z]{1,2}\s){0,9})?(?:[^.;]{3,60};\s)?"
    r"[^\W\d_a-z][^.;:()\d]{1,60}(?:et al\.)?,?\s\(?(?:19|20)\d\d[a-z]?\)?"
    r"(?:[,:]\s(?:pp?\.?\s)?\d[\d\s,–-]{0,15})?\.?"
)
_NEXT_WORK = re.compile(
    r"(?:;\s+(?:(?:see|cf\.|and|also|compare)\s+){0,3}"
    r"|\.\s+(?:[Ss]ee(?:\salso)?|[Cc]ompare|[Cc]f\.|[Ff]or (?:an?|the) \w+,? see)\s+)"
    r"(?=[^\W\d_a-z])"
)
# What publishers set below an entry: "Article CAS PubMed Google Scholar".
_LINK_ROW = re.compile(
    r"(?:\W*(?:article|abstract|full text|view(?: article| record)?|crossref|cas|ads|pubmed(?: central)?"
    r"|pmc(?: free article)?|google(?: scholar)?|scopus|web of science|mathscinet|pdf|link|doi|medline"
    r"|download(?: citation| pdf)?)\b)+\W*",
    re.IGNORECASE,
)
_BOILERPLATE = re.compile(
    r"^(?:©|copyright|disclaimer|this (?:article|content|page|information)|last (?:updated|reviewed)"
    r"|published|written by|medically|share|all rights|conflicts? of interest|funding|acknowledg"
    r"|about the author|contact|updated)",
    re.IGNORECASE,
)


def mark_references(blocks: tuple[Block, ...], text: str) -> tuple[Block, ...]:
    """The blocks with those of the reference list marked as such, one block an entry.

    Where the article's own markup says which they are, reading has marked them.
    """
    known = any(block.kind == "reference" for block in blocks)
    blocks = _with_labels(tuple(part for block in blocks for part in _under_own_heading(block, text)), text)
    blocks = with_numbers(rejoined_entries(blocks, text), text)
    chosen = set() if known else _headed(blocks, text)
    if not chosen and not known:
        chosen = _headless(blocks, text)
        chosen |= _below_pages(blocks, text, chosen)
    notes = {number for number, block in enumerate(blocks) if note_label(block, text) is not None}
    notes |= noted(blocks, text)
    chosen |= {number for number in notes if _names_work(blocks[number], text)}
    chosen -= {number for number in notes if _POINTING.fullmatch(blocks[number].text)}
    marked: list[Block] = []
    for position, block in enumerate(blocks):
        if position in chosen:
            one_note = note_label(block, text) is not None
            one_line = position > 0 and sources_in_line(blocks, position - 1, text)
            entries = _works_of_note(block) if one_note else _entries(block, text)
            marked.extend(_works_of_note(block) if one_line and len(entries) == 1 else entries)
        elif not (marked and marked[-1].kind == "reference" and _LINK_ROW.fullmatch(block.text)):
            marked.append(block)
    return tuple(marked)


def _with_labels(blocks: tuple[Block, ...], text: str) -> tuple[Block, ...]:
    """The blocks with the label that stands alone above an entry in it ("<dt>[Had20]</dt><dd>Haddad ...")."""
    found: list[Block] = []
    for block in blocks:
        before = found[-1] if found else None
        alone = _LABEL_ALONE.fullmatch(before.text) if before else None
        if (
            before is not None
            and alone
            and not _LINK_ROW.fullmatch(before.text)
            and not _UNFINISHED.search(text, max(0, before.offsets[0] - 20), before.offsets[0])
            and likeness(block.text) >= 4
        ):
            begin = alone.end("word") if alone["word"] else 0
            joined = (*before.offsets[begin:], *block.offsets)
            found[-1] = Block(block.kind, f"{before.text[begin:]} {block.text}", joined, block.level)
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
    gap = text[block.offsets[end] : block.offsets[first.end()]]
    below = block.text[first.end() :]
    if in_line(gap) and not (block.text[end - 1] == ":" and likeness(below[:300]) >= 4):
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


def _headed(blocks: tuple[Block, ...], text: str) -> set[int]:
    chosen: set[int] = set()
    for position, block in enumerate(blocks):
        if block.kind == "table" or not is_reference_heading(block.text):
            continue
        found = _under_heading(blocks, position, text)
        if found:
            chosen |= found
    return chosen


def _under_heading(blocks: tuple[Block, ...], position: int, text: str) -> set[int]:
    level = blocks[position].level if blocks[position].kind in ("heading", "title") else 9
    members: set[int] = set()
    if sources_in_line(blocks, position, text):  # the line that it begins, and entries that go on below
        for number in range(position + 1, len(blocks)):
            if blocks[number].kind in ("heading", "title") or _points(blocks[number], text) < 4:
                break
            members.add(number)
        return members
    doubtful = 0
    remarks = heads_notes(blocks[position].text)
    for number in range(position + 1, len(blocks)):
        block = blocks[number]
        if block.kind in ("heading", "title"):
            points = likeness(block.text)
            if points >= 4 or (
                points == 3 and next(addresses_in(block.text, 0, len(block.text)), None)
            ):  # plain text: a short entry may look like a heading
                members.add(number)
                continue
            if block.level <= level or is_reference_heading(block.text):
                break
            if not members and not (number + 1 < len(blocks) and _points(blocks[number + 1], text) >= 4):
                break
            continue
        points = _points(block, text)
        if _listed(block, points, text) and (not remarks or points >= 4 or _counted(block, text)):
            members.add(number)
            doubtful = 0
        else:
            doubtful += 1
            if doubtful > 3:
                break
    return members


def _listed(block: Block, points: int, text: str) -> bool:
    """Whether a block below a heading for references is one of them."""
    if points >= _LISTED:
        return True
    return (
        block.kind == "list-item"
        and (points >= 1 or _LINK_ALONE.fullmatch(block.text) is not None or _leads_to_work(block, text))
        and not _BOILERPLATE.match(block.text)
    )


def _counted(block: Block, text: str) -> bool:
    return printed_number(block, text)[0] is not None or note_label(block, text) is not None


def _leads_to_work(block: Block, text: str) -> bool:
    """Whether a title that stands alone is a link to a work ("[Tea and sleep](https://doi.org/...)")."""
    if len(block.text.split()) < 4 or _LINK_ROW.fullmatch(block.text):
        return False
    end = block.offsets[-1]
    line = min(len(text), *(at for sign in ("\n", "</a") if (at := text.find(sign, end)) >= 0), end + 300)
    start = max(text.rfind("<a", 0, block.offsets[0]), block.offsets[0] - 300, 0)
    start = start if text[start : start + 2] == "<a" else block.offsets[0]
    return next(addresses_in(text, start, line), None) is not None


def _points(block: Block, text: str) -> int:
    """The likeness of a block, or of most of its lines where they are entries of their own.

    A paragraph of numbers with a link each is a list too ("[1] https://... [2] https://...").
    """
    entries = [one.text for one in _entries(block, text)]
    if len(entries) == 1:
        return likeness(block.text)
    points = sorted(likeness(entry) for entry in entries)[len(entries) // 2]
    if block.kind == "paragraph" and all(
        _LINK_ALONE.fullmatch(one[number_end(one) :].strip()) for one in entries
    ):
        return max(points, _LISTED)
    return points


_LISTED = 2  # below a heading that is enough


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
        printed = printed_number(block, text)[0]
        follows = printed is not None and below == printed + 1
        counts_on = follows and complete(block.text)
        if printed is not None and (follows or not members) and points_back(block.text):
            below, doubtful = printed, []
        elif points >= 4 or (counts_on and number + 1 in members):
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


def _below_pages(blocks: tuple[Block, ...], text: str, chosen: set[int]) -> set[int]:
    """The notes of earlier pages, where those of the last are numbered from theirs on: 1, 2, then 3, 4."""
    numbers = [one for place in chosen if (one := printed_number(blocks[place], text)[0]) is not None]
    if not numbers or min(numbers) == 1:
        return set()
    found: set[int] = set()
    following = 1
    for place, block in enumerate(blocks):
        if place not in chosen and printed_number(block, text)[0] == following and _points(block, text) >= 4:
            found.add(place)
            following += len(_entries(block, text))
    return found if following == min(numbers) else set()


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
        counted = printed_number(block, text)[0] is not None
        apart = not counted and each_begins(lines) and all(complete(line) for line in lines)
        kept = [0]
        for number in range(1, len(starts)):
            begins = apart or (numbered(lines[number]) if counted else begins_entry(lines[number]))
            if begins and complete(" ".join(lines[kept[-1] : number])):
                kept.append(number)
        starts = [starts[number] for number in kept]
    if len(starts) == 1:
        starts = _counted_in_line(block.text)
    bounds = [*starts, len(block.text)]
    entries = []
    for start, end in pairwise(bounds):
        while end > start and block.text[end - 1] == " ":
            end -= 1
        if end > start:
            entries.append(_part(block, start, end))
    return entries


def _counted_in_line(text: str) -> list[int]:
    """Where entries begin that follow one another in one line: "[1] Lee A ... [2] Roe B ..."."""
    for pattern in _COUNTED:
        found = list(pattern.finditer(text))
        if not found or found[0].start() > 0:
            continue
        starts: list[int] = []
        for match in found:
            if int(match["number"]) == int(found[0]["number"]) + len(starts):
                starts.append(match.start())
        ends = [*starts[1:], len(text)]
        if len(starts) > 1 and all(complete(text[a:b]) for a, b in zip(starts, ends, strict=True)):
            return starts
    return [0]


def _part(block: Block, start: int, end: int) -> Block:
    offsets = (*block.offsets[start:end], block.offsets[end - 1] + 1)
    return Block("reference", block.text[start:end], offsets, block.level)


def _works_of_note(block: Block) -> list[Block]:
    """The works of a note or a line of sources, and what points back before them ("Ibid.; ...")."""
    starts, ends = [0], []
    for match in _NEXT_WORK.finditer(block.text):
        before, after = block.text[starts[-1] : match.start()], block.text[match.end() :]
        named = likeness(before) >= 3 or is_pointer(before)
        if named and likeness(after.partition(";")[0]) >= 3:
            starts.append(match.end())
            ends.append(match.start())
    works = []
    for start, end in zip(starts, [*ends, len(block.text)], strict=True):
        one = _part(block, start, end)
        pointing = len(starts) > 1 and is_pointer(one.text)
        works.append(Block("paragraph", one.text, one.offsets, one.level) if pointing else one)
    return works


def _names_work(block: Block, text: str) -> bool:
    """Whether a footnote names a work: it looks like an entry, or is short and links to one."""
    if likeness(block.text) >= 3:
        return True
    linked = next(addresses_in(text, block.offsets[0], block.offsets[-1] + 1), None)
    return linked is not None and len(block.text.split()) <= 40
