"""Reference strings in the styles of health journals, with their fields known, made by a program.

The public sets hold mostly physics, computing and the humanities. Titles and names are those of the
valid entries of HALLMARK (MIT licence) and of the studies known to the example, mixed anew; journal
names, volumes and pages are drawn from lists. Nothing here is a real reference.
"""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

from printed_books import book

JOURNALS = """
The Lancet|Lancet;JAMA Network Open|JAMA Netw Open;JAMA|JAMA;BMJ|BMJ;BMJ Open|BMJ Open;
The New England Journal of Medicine|N Engl J Med;Annals of Internal Medicine|Ann Intern Med;
British Journal of Sports Medicine|Br J Sports Med;Journal of Clinical Medicine|J Clin Med;
Nutrients|Nutrients;American Journal of Clinical Nutrition|Am J Clin Nutr;Physical Therapy|Phys Ther;
Spine|Spine (Phila Pa 1976);European Heart Journal|Eur Heart J;Circulation|Circulation;
Hypertension|Hypertension;Diabetes Care|Diabetes Care;Diabetologia|Diabetologia;Sleep|Sleep;
Sleep Medicine Reviews|Sleep Med Rev;Journal of Sleep Research|J Sleep Res;
Cochrane Database of Systematic Reviews|Cochrane Database Syst Rev;PLoS ONE|PLoS One;
PLoS Medicine|PLoS Med;Frontiers in Psychology|Front Psychol;
Frontiers in Bioengineering and Biotechnology|Front Bioeng Biotechnol;
International Journal of Environmental Research and Public Health|Int J Environ Res Public Health;
BMC Public Health|BMC Public Health;BMC Musculoskeletal Disorders|BMC Musculoskelet Disord;
Journal of Physiotherapy|J Physiother;
Archives of Physical Medicine and Rehabilitation|Arch Phys Med Rehabil;
Medicine & Science in Sports & Exercise|Med Sci Sports Exerc;Sports Medicine|Sports Med;
Gait & Posture|Gait Posture;Journal of the American Geriatrics Society|J Am Geriatr Soc;
Age and Ageing|Age Ageing;Scientific Reports|Sci Rep;Nature Medicine|Nat Med;Gut|Gut;Thorax|Thorax;
Pain|Pain;European Journal of Nutrition|Eur J Nutr;The Journal of Nutrition|J Nutr;
Psychological Medicine|Psychol Med;Journal of Affective Disorders|J Affect Disord;
Clinical Biomechanics|Clin Biomech (Bristol, Avon);Journal of Neurophysiology|J Neurophysiol;
Appetite|Appetite;Obesity Reviews|Obes Rev;International Journal of Obesity|Int J Obes (Lond);
Stroke|Stroke;Heart|Heart;Journal of Bone and Mineral Research|J Bone Miner Res;
Osteoporosis International|Osteoporos Int;Nature|Nature;American Journal of Epidemiology|Am J Epidemiol;
International Journal of Epidemiology|Int J Epidemiol
"""
BODIES = [
    "World Health Organization",
    "National Institute for Health and Care Excellence",
    "American Heart Association",
    "Centers for Disease Control and Prevention",
    "NHS",
    "European Food Safety Authority",
    "National Institutes of Health",
    "US Preventive Services Task Force",
    "American Diabetes Association",
    "Global Burden of Disease Collaborators",
]
EXTRA = (
    "A randomised controlled trial|a systematic review and meta-analysis|A cohort study"
    "|results from a pilot study|a review"
)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

Piece = tuple[str, str]


def printed(bench: Path, count: int, seed: int = 7) -> list[dict[str, object]]:
    """``count`` rows in the form of the public sets: a text and its fields in order."""
    chance = random.Random(seed)
    journals = [tuple(one.strip().split("|")) for one in JOURNALS.replace("\n", "").split(";") if one.strip()]
    people, titles = _material(bench)
    styles = [
        _apa,
        _apa,
        _vancouver,
        _vancouver,
        _vancouver,
        _harvard,
        _mla,
        _chicago,
        _nature,
        _mdpi,
        _elsevier,
        _web,
    ]
    rows = []
    for number in range(count):
        if chance.random() < 0.35:
            rows.append(_row(book(people, titles, chance)))
            continue
        title = chance.choice(titles)
        if chance.random() < 0.3:
            title = f"{title.split(':')[0]}: {chance.choice(EXTRA.split('|'))}"
        facts = {
            "people": [chance.choice(people) for _ in range(chance.choice((1, 2, 2, 3, 3, 4, 6, 8)))],
            "title": title,
            "journal": chance.choice(journals),
            "year": str(chance.randint(1985, 2026)),
            "volume": str(chance.randint(1, 420)),
            "issue": chance.choice(
                ["", str(chance.randint(1, 12)), str(chance.randint(1, 12)), "Suppl 1", "10448"]
            ),
            "pages": _pages(chance),
            "etal": chance.random() < 0.3,
        }
        pieces = chance.choice(styles)(facts, chance)
        if chance.random() < 0.25:
            pieces = [
                *pieces,
                (" ", ""),
                ("doi:" if chance.random() < 0.5 else "https://doi.org/", ""),
                (f"10.1000/x{number}", "doi"),
            ]
        rows.append(_row(pieces))
    return rows


def _row(pieces: list[Piece]) -> dict[str, object]:
    return {
        "text": "".join(text for text, _ in pieces),
        "fields": [[name, text] for text, name in pieces if name],
        "set": "printed",
    }


def _material(bench: Path) -> tuple[list[tuple[str, str]], list[str]]:
    people, titles = set(), set()
    with (bench / "hallmark_refs" / "dev.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            fields = json.loads(line)["fields"]
            title = re.sub(r"[{}\\$]", "", fields.get("title", ""))
            if 4 <= len(title.split()) <= 25:
                titles.add(title)
            for name in re.split(r"\s+and\s+", re.sub(r"[{}\\\"]", "", fields.get("author", ""))):
                words = name.split()
                if 2 <= len(words) <= 4 and "," not in name and all(word[0].isalpha() for word in words):
                    people.add((" ".join(words[:-1]), words[-1]))
    people |= {
        ("Hendrik", "van Dongen"),
        ("Maria", "García-López"),
        ("Jean", "de la Cruz"),
        ("Mary Ann", "O'Brien"),
    }
    return sorted(people), sorted(titles)


def _pages(chance: random.Random) -> str:
    first = chance.randint(1, 2000)
    last = first + chance.randint(1, 20)
    dash = chance.choice("--–")
    return chance.choice(
        [
            f"{first}{dash}{last}",
            f"{first}{dash}{last}",
            f"{first}{dash}{str(last)[-2:]}",
            f"e{first}",
            f"e2{first:06d}",
            f"{first * 97}",
            str(first),
        ]
    )


def _initials(given: str, stop: str = "", gap: str = "") -> str:
    return gap.join(word[0].upper() + stop for word in given.split())


def _etal(names: list[str], facts: dict[str, object], most: int) -> tuple[list[str], str]:
    if facts["etal"] or len(names) > 6:
        return names[:most], " et al"
    return names, ""


def _people(facts: dict[str, object]) -> list[tuple[str, str]]:
    return facts["people"]  # type: ignore[return-value]


def _apa(facts: dict[str, object], chance: random.Random) -> list[Piece]:
    names = [f"{family}, {_initials(given, '.', ' ')}" for given, family in _people(facts)]
    if facts["etal"]:
        authors = f"{names[0]}, et al."
    elif len(names) > 1:
        authors = ", ".join(names[:-1]) + chance.choice((", & ", " & ", ", and ")) + names[-1]
    else:
        authors = names[0]
    pieces = [
        (authors, "author"),
        (" ", ""),
        (f"({facts['year']}).", "date"),
        (" ", ""),
        (str(facts["title"]), "title"),
        (". ", ""),
    ]
    pieces += [(facts["journal"][0], "journal")]  # type: ignore[index]
    if chance.random() < 0.1:
        return [*pieces, (".", "")]
    pieces += [(", ", ""), (str(facts["volume"]), "volume")]
    if facts["issue"]:
        pieces += [("(", ""), (str(facts["issue"]), "biblScope:issue"), (")", "")]
    return [
        *pieces,
        (chance.choice((", ", ":", ", Article ")), ""),
        (str(facts["pages"]), "pages"),
        (".", ""),
    ]


def _vancouver(facts: dict[str, object], chance: random.Random) -> list[Piece]:
    names, tail = _etal(
        [f"{family} {_initials(given)}" for given, family in _people(facts)], facts, chance.choice((1, 3, 6))
    )
    number = chance.choice(("", "", "12. ", "[3] "))
    pieces = [(number.strip(), "citation-number"), (" ", "")] if number else []
    pieces += [
        (", ".join(names) + ("," if tail else "") + tail, "author"),
        (". ", ""),
        (str(facts["title"]), "title"),
    ]
    pieces += [(". ", ""), (facts["journal"][1 if chance.random() < 0.8 else 0], "journal")]  # type: ignore[index]
    month = f" {chance.choice(MONTHS)} {chance.randint(1, 28)}" if chance.random() < 0.15 else ""
    pieces += [
        (chance.choice((". ", " ", ", ")), ""),
        (str(facts["year"]) + month, "date"),
        (chance.choice((";", "; ")), ""),
        (str(facts["volume"]), "volume"),
    ]
    if facts["issue"]:
        pieces += [("(", ""), (str(facts["issue"]), "biblScope:issue"), (")", "")]
    return [*pieces, (chance.choice((":", ": ")), ""), (str(facts["pages"]), "pages"), (".", "")]


def _harvard(facts: dict[str, object], chance: random.Random) -> list[Piece]:
    names, tail = _etal([f"{family}, {_initials(given, '.')}" for given, family in _people(facts)], facts, 1)
    authors = (
        (", ".join(names[:-1]) + " and " if len(names) > 1 else "") + names[-1] + (tail + "." if tail else "")
    )
    year = chance.choice((f" ({facts['year']}) ", f", {facts['year']}. "))
    opened, closed = chance.choice((("'", "', "), ("‘", "’, "), ("", ". ")))
    pieces = [
        (authors, "author"),
        (year[: year.index(str(facts["year"]))], ""),
        (str(facts["year"]), "date"),
        (year[year.index(str(facts["year"])) + 4 :] + opened, ""),
    ]
    pieces += [
        (str(facts["title"]), "title"),
        (closed, ""),
        (facts["journal"][0], "journal"),
        (", ", ""),
        (str(facts["volume"]), "volume"),
    ]  # type: ignore[index]
    if facts["issue"]:
        pieces += [("(", ""), (str(facts["issue"]), "biblScope:issue"), (")", "")]
    return [
        *pieces,
        (chance.choice((", pp. ", ", pp.", ", p. ")), ""),
        (str(facts["pages"]), "pages"),
        (".", ""),
    ]


def _given_last(facts: dict[str, object]) -> str:
    people = _people(facts)
    first = f"{people[0][1]}, {people[0][0]}"
    if facts["etal"] or len(people) > 3:
        return first + ", et al"
    rest = [f"{given} {family}" for given, family in people[1:]]
    return ", and ".join([", ".join([first, *rest[:-1]]), rest[-1]]) if rest else first


def _mla(facts: dict[str, object], chance: random.Random) -> list[Piece]:
    pieces = [
        (_given_last(facts), "author"),
        (chance.choice((". “", '. "')), ""),
        (str(facts["title"]), "title"),
        (chance.choice((".” ", '." ')), ""),
    ]
    pieces += [(facts["journal"][0], "journal"), (", vol. ", ""), (str(facts["volume"]), "volume")]  # type: ignore[index]
    if facts["issue"]:
        pieces += [(", no. ", ""), (str(facts["issue"]), "biblScope:issue")]
    return [
        *pieces,
        (", ", ""),
        (str(facts["year"]), "date"),
        (", pp. ", ""),
        (str(facts["pages"]), "pages"),
        (".", ""),
    ]


def _chicago(facts: dict[str, object], chance: random.Random) -> list[Piece]:
    pieces = [
        (_given_last(facts), "author"),
        (". “", ""),
        (str(facts["title"]), "title"),
        (".” ", ""),
        (facts["journal"][0], "journal"),
        (" ", ""),
    ]  # type: ignore[index]
    pieces += [(str(facts["volume"]), "volume")]
    if facts["issue"]:
        pieces += [(", no. ", ""), (str(facts["issue"]), "biblScope:issue")]
    return [
        *pieces,
        (" (", ""),
        (str(facts["year"]), "date"),
        ("): ", ""),
        (str(facts["pages"]), "pages"),
        (".", ""),
    ]


def _nature(facts: dict[str, object], chance: random.Random) -> list[Piece]:
    names, tail = _etal(
        [f"{family}, {_initials(given, '.', ' ')}" for given, family in _people(facts)], facts, 1
    )
    authors = (
        (", ".join(names[:-1]) + " & " if len(names) > 1 else "") + names[-1] + (tail + "." if tail else "")
    )
    pieces = [
        (authors, "author"),
        (" ", ""),
        (str(facts["title"]), "title"),
        (". ", ""),
        (facts["journal"][1], "journal"),
        (" ", ""),
    ]  # type: ignore[index]
    pieces += [
        (str(facts["volume"]), "volume"),
        (", ", ""),
        (str(facts["pages"]), "pages"),
        (" (", ""),
        (str(facts["year"]), "date"),
        (").", ""),
    ]
    return pieces


def _mdpi(facts: dict[str, object], chance: random.Random) -> list[Piece]:
    names, tail = _etal([f"{family}, {_initials(given, '.')}" for given, family in _people(facts)], facts, 3)
    pieces = [
        ("; ".join(names) + (";" + tail + "." if tail else ""), "author"),
        (" ", ""),
        (str(facts["title"]), "title"),
        (". ", ""),
    ]
    pieces += [
        (facts["journal"][1], "journal"),
        (" ", ""),
        (str(facts["year"]), "date"),
        (", ", ""),
        (str(facts["volume"]), "volume"),
    ]  # type: ignore[index]
    return [*pieces, (", ", ""), (str(facts["pages"]), "pages"), (".", "")]


def _elsevier(facts: dict[str, object], chance: random.Random) -> list[Piece]:
    names, tail = _etal([f"{_initials(given, '.')} {family}" for given, family in _people(facts)], facts, 2)
    pieces = [
        (", ".join(names) + ("," + tail + "." if tail else ""), "author"),
        (", ", ""),
        (str(facts["title"]), "title"),
        (", ", ""),
    ]
    pieces += [
        (facts["journal"][1], "journal"),
        (". " if chance.random() < 0.3 else " ", ""),
        (str(facts["volume"]), "volume"),
        (" (", ""),
        (str(facts["year"]), "date"),
    ]  # type: ignore[index]
    return [*pieces, (") ", ""), (str(facts["pages"]), "pages"), (".", "")]


def _web(facts: dict[str, object], chance: random.Random) -> list[Piece]:
    body = chance.choice(BODIES)
    pieces = [
        (body, "author"),
        (". ", ""),
        (f"({facts['year']}).", "date"),
        (" ", ""),
        (str(facts["title"]), "title"),
        (". ", ""),
    ]
    if chance.random() < 0.5:
        pieces = [
            (body, "author"),
            (". ", ""),
            (str(facts["title"]), "title"),
            (". ", ""),
            (str(facts["year"]), "date"),
            (". ", ""),
        ]
    return [*pieces, (f"https://www.example.org/{chance.randint(1, 999)}", "url")]
