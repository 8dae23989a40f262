"""Titles side by side: whether two are one title written differently, or alike but not the same.

What never makes two titles differ: case, marks, signs, hyphens, spaces, ligatures, Greek letters and
their names, LaTeX and HTML, British or American spelling, an article at the beginning, and a subtitle
that one of the two leaves out. Every other word does.
"""

from __future__ import annotations

import html
import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz import fuzz

from claims.library import title_words
from graph.bibliography import bibtex

TITLE_AGREES = 90.0  # similarity in 0..100 from which two titles are one title, perhaps with a slip
_SUBTITLE = re.compile(r"\s*[:?!.–—]\s+|\s+[-–—]\s+|\s+\((?=[^()]*\)\s*$)")
_LEAST_HEAD = 4  # words of a title without its subtitle; fewer are no title of their own
_LEAST_STANDING = 20  # letters of a title that may be looked for in the text of an entry
_LANGUAGE = (
    r"(?:english|german|french|spanish|italian|portuguese|dutch|danish|swedish|norwegian|finnish|polish|czech|hungarian|"
    r"russian|ukrainian|turkish|greek|hebrew|arabic|persian|chinese|japanese|korean|croatian|serbian|romanian|slovenian|"
    r"slovak|bulgarian|icelandic|lithuanian|latvian|estonian|catalan|thai|vietnamese|indonesian|malay)"
)
# What databases print before or after a title and is none of it.
_ADDED = re.compile(
    r"^\W*(?:retract(?:ed|ion)|withdrawn)(?:\s+(?:article|paper|note))?\s*[:.\]–-]+\s*"
    r"|\s*[\[(](?:(?:article|text|paper|abstract|title|full text)\s)?(?:in\s)?"
    rf"{_LANGUAGE}(?:(?:\s?[,;]|\sand)\s{_LANGUAGE})*[\])]?\W*$"
    r"|\s*[\[(](?:internet|online|review|retracted|withdrawn|retracted article"
    r"|published (?:correction|erratum)[^\])]*)[\])]\W*$",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,60}>")
_RANGE = re.compile(r"(?<=\d)\s+to\s+(?=\d)")  # "aged 40 to 60" is "aged 40-60"
_WORD = re.compile(r"[^\W_]+")
_GREEK = re.compile(r"[α-ω]")
# Spellings made one, applied to both titles alike; that a few other words become one too does no harm.
_SPELLINGS = (
    (re.compile(r"ae|oe"), "e"),
    (re.compile(r"our"), "or"),
    (re.compile(r"(?<=[bcdhlmnrstvy])is(?=e|ing|ation|able)"), "iz"),
    (re.compile(r"ys(?=e|ing)"), "yz"),
    (re.compile(r"(?<=[a-z]{2})re$"), "er"),
    (re.compile(r"(?<=[a-z]{2})res$"), "ers"),
    (re.compile(r"ogue"), "og"),
    (re.compile(r"ll"), "l"),
    (re.compile(r"mme(?=s?$)"), "m"),
    (re.compile(r"(?<=[ei])nce"), "nse"),
    (re.compile(r"dgement"), "dgment"),
    (re.compile(r"sulph"), "sulf"),
    (re.compile(r"^grey"), "gray"),
    (re.compile(r"^ageing"), "aging"),
    (re.compile(r"minium"), "minum"),
)
_SAME_WORDS = {"versus": "vs", "v": "vs", "whilst": "while", "amongst": "among"}
_ARTICLES = ("the", "a", "an")


def same_title(printed: str, record: str) -> bool:
    """Whether two titles are the same words, however they are spelt and set.

    >>> same_title("Oat Fiber and β-Glucan", "Oat fibre and beta-glucan: a randomised trial")
    True
    >>> same_title("Oat fibre for blood pressure", "Oat fibre and blood pressure")
    False
    """
    one, other = _key(printed), _key(record)
    if not one or not other:
        return False
    if one == other:
        return True
    if any(one == _key(part) for part in _in_two_languages(record)) or any(
        other == _key(part) for part in _in_two_languages(printed)
    ):
        return True
    if any(
        _key(short) in (_key(head) for head in _heads(long))
        for short, long in ((printed, record), (record, printed))
    ):
        return True
    named, short = _without_name(printed, record), _shortened(printed, record)
    return (named != printed and same_title(named, record)) or (
        short is not None and short == _shortened(record, printed)
    )


_NAME_BEHIND = re.compile(r"\s*\((?P<name>[A-Z][A-Z0-9-]{2,15})\)\W*$")
_ACRONYM = re.compile(r"\b[A-Z]{2,6}s?\b")


def _without_name(title: str, other: str) -> str:
    """A title without the name of a trial in brackets behind it, where the other has that name elsewhere."""
    match = _NAME_BEHIND.search(title)
    if match is None or not re.search(rf"\b{re.escape(match['name'])}\b", other):
        return title
    return title[: match.start()]


def _shortened(title: str, other: str) -> str | None:
    """The key of a title in which the words that the other title abbreviates are abbreviated too."""
    shorts = (
        {found.rstrip("s") for found in _ACRONYM.findall(f"{title} {other}")} if title != other else set()
    )
    if not shorts:
        return None
    words = _WORD.findall(_plain(title))
    kept: list[str] = []
    position = 0
    while position < len(words):
        for size in range(6, 1, -1):
            run = words[position : position + size]
            if len(run) == size and "".join(word[0] for word in run).upper() in shorts:
                kept.append("".join(word[0] for word in run).upper())
                position += size
                break
        else:
            word = words[position]
            kept.append(word.rstrip("s") if word.rstrip("s") in shorts else word)
            position += 1
    return _key(" ".join(kept))


def is_main_title(printed: str, record: str) -> bool:
    """Whether a printed title is the recorded one without its subtitle, however short it is.

    >>> is_main_title("Exercised", "Exercised: why something we never evolved to do is healthy")
    True
    """
    main, _, subtitle = _plain(record).partition(": ")
    return bool(subtitle) and _key(printed) == _key(main)


def stands_in(title: str, text: str) -> bool:
    """Whether a title of some length stands whole in a text, word for word."""
    wanted = _key(title)
    return len(wanted) >= _LEAST_STANDING and wanted in _key(text)


_IN_BRACKETS = re.compile(r"\W*\[[^\[\]]+\]\W*")
_ENGLISH = re.compile(r"\b(?:the|of|and|with|from|by|their|its|among|between|versus|on)\b", re.IGNORECASE)
_FOREIGN = re.compile(
    r"\b(?:der|die|das|den|dem|des|und|bei|von|für|zur|zum|im|eine?r?|le|la|les|du|de|et|chez|dans|des|pour|el|los|"
    r"las|en|y|con|para|del|il|di|nel|della|een|het|van|voor|og|av|til|och|hos|för|em|do|da|dos|w|na|ve|bir)\b"
    r"|[^\W\d_a-zA-Z]",
    re.IGNORECASE,
)


def translated(bracketed: str, other: str) -> bool:
    """Whether one title is in brackets, as databases print translations, and the other in another language.

    Such two cannot be compared word by word. What the other is its small words tell, and its letters.

    >>> translated("[Sleep and health of nurses].", "Schlaf und Gesundheit bei Pflegekräften")
    True
    """
    if _IN_BRACKETS.fullmatch(bracketed) is None or _ENGLISH.search(other) is not None:
        return False
    return _FOREIGN.search(other) is not None


def title_similarity(printed: str, record: str) -> float:
    """How alike two titles are, 0 to 100; a subtitle that one of them leaves out costs nothing."""
    return max(
        _similarity(one, other)
        for one in (printed, *_in_two_languages(printed))
        for other in (record, *_in_two_languages(record))
    )


def _similarity(printed: str, record: str) -> float:
    (first, first_head), (second, second_head) = _telling(printed), _telling(record)
    if not first or not second:
        return 0.0
    best = fuzz.ratio(first, second)
    if best >= TITLE_AGREES:
        return float(best)
    for short, head in ((first, second_head), (second, first_head)):
        if head is not None:
            best = max(best, fuzz.ratio(short, head))
    return float(best)


def is_slip(printed: str, record: str) -> bool:
    """Whether two titles that are not the same are alike enough to mean one work."""
    return title_similarity(printed, record) >= TITLE_AGREES


def differing_words(printed: str, record: str) -> tuple[str, str]:
    """The words in which two titles differ, of the one and of the other; signs are left out.

    >>> differing_words("Naps for memory in men", "Naps and memory in men")
    ('for', 'and')
    """
    one, other = _WORD.findall(printed), _WORD.findall(record)
    keys = [[_spelling(word) for word in words] for words in (one, other)]
    found: tuple[list[str], list[str]] = ([], [])
    matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    for kind, start, end, start_other, end_other in matcher.get_opcodes():
        if kind != "equal":
            found[0].append(" ".join(one[start:end]))
            found[1].append(" ".join(other[start_other:end_other]))
    return " … ".join(filter(None, found[0])), " … ".join(filter(None, found[1]))


_TRANSLATED = re.compile(r"(?P<own>[^\[\]]{10,400}?)[\s.]*\[(?P<other>[^\[\]]{10,400})\][\s.]*")


def _in_two_languages(title: str) -> tuple[str, ...]:
    """A title and its translation in brackets behind it, where both are long enough to be titles."""
    if "[" not in title:
        return ()
    match = _TRANSLATED.fullmatch(_plain(title))
    parts = (match["own"], match["other"]) if match else ()
    return parts if all(len(part.split()) >= _LEAST_HEAD for part in parts) else ()


def _heads(title: str) -> list[str]:
    """The title cut at each place where a subtitle may begin."""
    plain = _plain(title)
    heads = [plain[: match.start() + (plain[match.start()] in "?!")] for match in _SUBTITLE.finditer(plain)]
    return [head for head in heads if len(head.split()) >= _LEAST_HEAD]


@lru_cache(maxsize=16384)
def _plain(title: str) -> str:
    """A title without LaTeX, HTML and what databases add to it."""
    if "&" in title or "<" in title:
        title = _TAG.sub("", html.unescape(title))
    if "\\" in title or "{" in title or title.count("$") > 1:
        title = bibtex.plain(title)
    return _ADDED.sub("", title).strip()


@lru_cache(maxsize=16384)
def _key(title: str) -> str:
    """The letters and digits of a title, one spelling, no spaces."""
    text = unicodedata.normalize("NFKD", _plain(title).replace("&", " and ")).casefold()
    text = _RANGE.sub("-", text)
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    text = _GREEK.sub(lambda found: unicodedata.name(found[0]).split()[-1].lower(), text)
    words = [_spelling(word) for word in _WORD.findall(text)]
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return "".join(words)


@lru_cache(maxsize=65536)
def _spelling(word: str) -> str:
    word = word.casefold()
    word = _SAME_WORDS.get(word, word)
    for pattern, written in _SPELLINGS:
        word = pattern.sub(written, word)
    return word


@lru_cache(maxsize=16384)
def _telling(title: str) -> tuple[str, str | None]:
    """The telling words of a title, and those before its subtitle where it has one."""
    head = re.split(r"\s*[:?.–—]\s+|\s+[-–—]\s+", title, maxsplit=1)[0]
    long_enough = head != title and len(head.split()) >= _LEAST_HEAD
    return " ".join(_all_words(title)), " ".join(_all_words(head)) if long_enough else None


def _all_words(title: str) -> tuple[str, ...]:
    """Every telling word, for a rough comparison; spelling is made one."""
    return title_words(title) or tuple(re.findall(r"\w+", title.lower()))
