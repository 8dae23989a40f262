"""A printed reference into its fields, whatever style it is in; nothing is corrected.

Identifiers are cut out first, then the year, the locator (volume, issue, pages) from the end, the
authors from the beginning; what is left between them is title and journal.
"""

from __future__ import annotations

import re

from claims.model import ReferenceFields
from claims.references.names import author_run, read_authors

_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.)?doi\.org/|\bdoi\s*[:=]?\s*|\b)(10\.\d{4,9}/[^\s\"<>”]+)", re.IGNORECASE
)
# What is announced as a DOI and is none; S108 says so.
_BROKEN_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.)?doi\.org/|\bdoi\s*[:=]\s*)(1[0O][.,][^\s\"<>”]+)", re.IGNORECASE
)
_PMID = re.compile(r"(?:PMID\s*[:=]?\s*|pubmed(?:\.ncbi\.nlm\.nih\.gov|/)/?\s*)(\d{4,9})", re.IGNORECASE)
_PMC = re.compile(r"\[?\b(?:PMCID\s*:?\s*)?PMC\d+\]?", re.IGNORECASE)
_URL = re.compile(
    r"(?:(?:available|retrieved|accessed)\s+(?:from|at|on)\s*:?\s*)?(?:https?://|www\.)[^\s<>\"”]+",
    re.IGNORECASE,
)
_ACCESSED = re.compile(
    r"[\[(]?\b(?:accessed|retrieved|cited|viewed)\b[^\].;)]{0,40}(?:\d{4})?[\])]?", re.IGNORECASE
)
_YEAR_PAREN = re.compile(r"\(\s*(?P<year>(?:1[5-9]|20)\d\d)\s*(?P<suffix>[a-z])?(?:\s*,[^()]{0,25})?\s*\)")
_YEAR_DATE = re.compile(
    r"\b(?P<year>(?:1[5-9]|20)\d\d)\s*(?P<rest>[a-z]\b)?\s*(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s*\d{0,2})?"
    r"(?=\s*[;:,.)]|\s*$|\s)",
)
_VOLUME_PAGES = (
    # 2024;404(10448):134-144 | 2024; 404 (10448), 134
    re.compile(
        r"(?P<year>(?:1[5-9]|20)\d\d)[^;:()]{0,12};\s*(?:vol(?:ume)?\.?\s*)?(?P<volume>[A-Z]?\d{1,5}[A-Z]?)?\s*"
        r"(?:\(\s*(?P<issue>[^()]{1,20})\s*\))?\s*[:,;]?\s*(?:pp?\.\s*|Article\s+(?:no\.?\s*|number\s*)?)?(?P<pages>[A-Za-z]{0,3}\d[\w.]*(?:\s*[-–—‐−]\s*[A-Za-z]{0,3}\d\w*)?)?"
    ),
    # 14(1), 209 | 82(1):69-83 | 12:1377767 | 70, 520-533
    re.compile(
        r"(?<![\w(])(?:vol(?:ume)?\.?\s*)?(?P<volume>[A-Z]?\d{1,4}[A-Z]?)\s*"
        r"(?:\(\s*(?P<issue>[^()]{1,20})\s*\)|,?\s*(?:no|issue|iss|nr)\.?\s*(?P<issue2>\w+(?:[-–]\w+)?))?\s*[:,]\s*"
        r"(?:\(?(?:1[5-9]|20)\d\d\)?\s*[:,]\s*)?"
        r"(?:pp?\.?\s*|Article\s+(?:no\.?\s*|number\s*)?)?(?P<pages>[A-Za-z]{0,3}\d[\w.]*(?:\s*[-–—‐−]\s*[A-Za-z]{0,3}\d\w*)?)",
        re.IGNORECASE,
    ),
    # 8(3), alone, or volume 12 alone
    re.compile(
        r"(?<![\w(])(?:vol(?:ume)?\.?\s*)?(?P<volume>\d{1,4})\s*\(\s*(?P<issue>\d[^()]{0,12})\s*\)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bvol(?:ume)?\.?\s*(?P<volume>\d{1,4})\b(?:\s*,?\s*(?:no|issue)\.?\s*(?P<issue>\w+))?",
        re.IGNORECASE,
    ),
)
_PAGES = re.compile(
    r"\b(?:pp?\.|pages?)\s*(?P<pages>[A-Za-z]?\d+(?:\s*[-–—‐−]\s*[A-Za-z]?\d+)?)", re.IGNORECASE
)
_QUOTED = re.compile(
    r"[“\"«]\s*(?P<title>.{8,400}?)\s*[,.]?\s*[”\"»](?!\w)|(?<=[\s(])['‘](?P<single>\S.{8,400}?)[,.]?['’](?=[\s,.;:]|$)"
)
_SENTENCE_END = re.compile(r"[.?!]\s+(?=[^\W_a-z]|\d|\*|_)")
_ABBREVIATED = re.compile(r"(?:\b(?:vs|St|Dr|no|e\.g|i\.e|cf|approx|spp?|var|subsp)|\b[A-Z])$")
_IN = re.compile(r"\bIn\s*:?\s+(?=[^\W_a-z])")


def parse(text: str) -> ReferenceFields:
    """The fields of one reference string in APA, Vancouver, AMA, Harvard, MLA or a like style."""
    raw = " ".join(text.replace("*", "").replace("_", " " if " " not in text else "_").split())[:3000]
    raw = re.sub(r"^(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)])\s*", "", raw)
    doi, pmid, url, body = _identifiers(raw)
    authors_end = author_run(body)
    authors, et_al = read_authors(body[:authors_end])
    rest = body[authors_end:]
    year, locator, core = _locate(rest, body[:authors_end])
    title, journal, publisher, kind = _title_and_journal(core, locator)
    pages = locator.get("pages")
    article = None
    if pages and not re.search(r"[-–—‐−]", pages) and (re.match(r"[A-Za-z]", pages) or len(pages) >= 6):
        article, pages = pages, None
    return ReferenceFields(
        authors=authors,
        et_al=et_al,
        year=year,
        title=title,
        journal=journal,
        volume=locator.get("volume"),
        issue=locator.get("issue"),
        pages=_dashes(pages) if pages else None,
        article_number=article,
        doi=doi,
        pmid=pmid,
        url=url,
        publisher=publisher,
        kind=kind if title or journal else ("web" if url else None),
    )


def _identifiers(raw: str) -> tuple[str | None, str | None, str | None, str]:
    doi = pmid = url = None
    body = raw
    match = _DOI.search(body) or _BROKEN_DOI.search(body)
    if match:
        doi = match.group(1).rstrip(".,;:'’")
        if doi.endswith(")") and doi.count("(") < doi.count(")"):
            doi = doi[:-1].rstrip(".,;")
        if doi.endswith("]") and "[" not in doi:
            doi = doi[:-1]
        body = body[: match.start()] + " " + body[match.start(1) + len(doi) :]
    match = _PMID.search(body)
    if match:
        pmid = match.group(1)
        body = re.sub(r"https?://\S*$", " ", body[: match.start()]) + " " + body[match.end() :].lstrip("/")
    match = _URL.search(body)
    if match:
        address = re.search(r"(?:https?://|www\.)\S+", match.group())
        url = address.group().rstrip(".,;)]") if address else None
        body = body[: match.start()] + " " + body[match.end() :]
    body = _PMC.sub(" ", body)
    body = _ACCESSED.sub(" ", body)
    return doi, pmid, url, " ".join(body.split())


def _locate(rest: str, authors: str) -> tuple[int | None, dict[str, str], str]:
    """Year and locator, and what stands before and between them: title and journal."""
    late: re.Match[str] | None
    year: int | None = None
    locator: dict[str, str] = {}
    core = rest
    early = _YEAR_PAREN.match(rest.lstrip(" .,(")) or re.match(
        r"[\s.,(]*(?P<year>(?:1[5-9]|20)\d\d)[a-z]?(?:[),.:]+|\s)\s*", rest
    )
    lead = rest.lstrip(" .,")
    paren = _YEAR_PAREN.match(lead)
    if paren:
        year = int(paren["year"])
        core = lead[paren.end() :].lstrip(" .,:")
    elif early and early.re is not _YEAR_PAREN:
        year = int(early["year"])
        core = rest[early.end() :].lstrip(" .,:")
    for pattern in _VOLUME_PAGES:
        found = None
        for match in pattern.finditer(core, max(0, min(len(core) // 5, 20))):
            groups = match.groupdict()
            if groups.get("volume") or groups.get("pages"):
                value = groups.get("volume") or ""
                if (
                    groups.get("pages") is None
                    and groups.get("issue") is None
                    and groups.get("year") is None
                    and "ol" not in match.group()
                ):
                    continue
                if re.fullmatch(r"(?:1[5-9]|20)\d\d", value) and not groups.get("issue"):
                    continue
                found = match
        if found:
            groups = found.groupdict()
            if groups.get("year") and year is None:
                year = int(groups["year"])
            for name in ("volume", "pages"):
                if groups.get(name):
                    locator[name] = groups[name].strip().rstrip(".")
            issue = groups.get("issue") or groups.get("issue2")
            if issue and not (re.fullmatch(r"(?:1[5-9]|20)\d\d", issue.strip())):
                locator["issue"] = issue.strip()
            elif issue and year is None:
                year = int(issue)
            before = core[: found.start()]
            after = core[found.end() :]
            if year is None:
                late = _YEAR_PAREN.search(after) or _YEAR_DATE.search(after) or _last(_YEAR_DATE, before)
                if late:
                    year = int(late["year"])
                    if late.string is before:
                        before = before[: late.start()]
            core = before
            break
    else:
        match = _PAGES.search(core)
        if match:
            locator["pages"] = match["pages"]
            tail = core[match.end() :]
            core = core[: match.start()]
            if year is None:
                late = _YEAR_PAREN.search(tail) or _YEAR_DATE.search(tail)
                year = int(late["year"]) if late else None
    if "pages" not in locator:
        match = _PAGES.search(rest)
        if match:
            locator["pages"] = match["pages"]
    if year is None:
        paren = _last(_YEAR_PAREN, core)
        plain = _last(_YEAR_DATE, core)
        late = paren or plain
        if late:
            year = int(late["year"])
            core = core[: late.start()] + (core[late.end() :] if late is paren else "")
        else:
            anywhere = _YEAR_PAREN.search(authors)
            year = int(anywhere["year"]) if anywhere else None
    return year, locator, core.strip(" ,.;:(")


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text):
        found = match
    return found


def _title_and_journal(
    core: str, locator: dict[str, str]
) -> tuple[str | None, str | None, str | None, str | None]:
    located = bool(locator.get("volume") or locator.get("pages"))
    quoted = _QUOTED.search(core)
    if quoted and quoted.start() < 6:
        title = quoted["title"] or quoted["single"]
        rest = core[quoted.end() :].strip(" ,.;")
        chapter = re.match(r"in\s*:?\s+(?=\S)", rest, re.IGNORECASE)
        journal = rest[chapter.end() :] if chapter else rest
        return _tidy(title), _tidy(journal), None, "chapter" if chapter else "article"
    inside = _IN.search(core)
    if inside and inside.start() > 10 and core[: inside.start()].rstrip()[-1:] in ".?!,":
        container = core[inside.end() :]
        return _tidy(core[: inside.start()]), _tidy(container), None, "chapter"
    cuts = [
        match
        for match in _SENTENCE_END.finditer(core)
        if not (core[match.start()] == "." and _ABBREVIATED.search(core[: match.start()]))
    ]
    if not cuts:
        return _tidy(core), None, None, "article" if located else None
    # The title is the first sentence, unless that leaves a journal too long to be one.
    cut = cuts[0]
    for later in cuts[1:]:
        if len(core[cut.end() :].split()) <= 9 or (core[cut.start()] in "?!" and False):
            break
        cut = later
    title = core[: cut.start() + (core[cut.start()] in "?!")]
    journal = core[cut.end() :]
    publisher = None
    if not located and ":" in journal and len(journal.split()) < 9:
        publisher, journal = _tidy(journal), ""
    return _tidy(title), _tidy(journal), publisher, "article" if located else ("book" if publisher else None)


def _tidy(text: str | None) -> str | None:
    if not text:
        return None
    text = " ".join(text.split()).strip(' ,;:*_[]"“”')
    text = re.sub(r"\s*\[(?:Internet|online|Epub|Review|Article)\]", "", text, flags=re.IGNORECASE)
    text = (
        text
        if re.search(r"\b[A-Z][a-z]{0,6}\.$", text) and " " in text and len(text) < 40
        else text.rstrip(".")
    )
    return text or None


def _dashes(pages: str) -> str:
    return re.sub(r"\s*[-–—‐−]+\s*", "-", pages).strip(" .")
