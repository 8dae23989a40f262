"""Books, chapters, reports and web pages in the styles of health journals, made by a program.

Titles and people come from printed_references.py; publishers, places and bodies from the lists here.
"""

from __future__ import annotations

import random
import re

Piece = tuple[str, str]
PUBLISHERS = """
Oxford University Press|Oxford;Cambridge University Press|Cambridge;Elsevier|Philadelphia, PA;
Springer|New York, NY;Springer-Verlag|Berlin;Wiley-Blackwell|Chichester, UK;
Wolters Kluwer|Philadelphia;McGraw-Hill Education|New York;Human Kinetics|Champaign, IL;
Academic Press|San Diego, CA;Penguin Books|London;Routledge|Abingdon, UK;
Sage Publications|Thousand Oaks, CA;Guilford Press|New York, NY;
Harvard University Press|Cambridge, MA;National Academies Press|Washington, DC;
WHO Press|Geneva, Switzerland;Humana Press|Totowa, NJ, USA;Churchill Livingstone|Edinburgh;
Georg Thieme Verlag|Stuttgart;Karger|Basel, Switzerland;CRC Press|Boca Raton, FL, USA;
American Psychological Association|Washington, DC;Farrar, Straus and Giroux|New York;
Allen & Unwin|Sydney, Australia;World Health Organization|Geneva;Department of Health|London;
Agency for Healthcare Research and Quality|Rockville, MD;
Government Printing Office|Washington, D.C.;Scribner|New York;
Bohn Stafleu van Loghum|Houten, the Netherlands
"""
BODIES = """
World Health Organization;WHO;World Health Organization Regional Office for Europe;NHS England;
Public Health England;National Institute for Health and Care Excellence;
Centers for Disease Control and Prevention;American Heart Association;
EFSA Panel on Dietetic Products, Nutrition and Allergies (NDA);
Scientific Advisory Committee on Nutrition;Department of Health and Social Care;
U.S. Department of Agriculture and U.S. Department of Health and Human Services;
American College of Obstetricians and Gynecologists;
Institute of Medicine (US) Committee on Sleep Medicine and Research;
GBD 2019 Risk Factors Collaborators;NCD Risk Factor Collaboration (NCD-RisC);
The SPRINT Research Group;American Diabetes Association Professional Practice Committee;
Global Initiative for Asthma;Academy of Nutrition and Dietetics;European Society of Cardiology;
Royal College of Physicians;Australian Government Department of Health;
Agency for Healthcare Research and Quality;Harvard T.H. Chan School of Public Health
"""
KINDS = (
    "Handbook of {}",
    "{}",
    "{}",
    "Principles of {}",
    "Encyclopedia of {}",
    "Textbook of {}",
    "{} in practice",
)
SECTIONS = ("news", "health", "publications")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.replace("\n", "").split(";") if one.strip()]


def book(people: list[tuple[str, str]], titles: list[str], chance: random.Random) -> list[Piece]:
    """The pieces of one reference, each with the name of its field or ""."""
    publisher, place = chance.choice(_listed(PUBLISHERS)).split("|")
    facts = {
        "people": [chance.choice(people) for _ in range(chance.choice((1, 1, 2, 2, 3, 4)))],
        "editors": [chance.choice(people) for _ in range(chance.choice((1, 2, 3)))],
        "title": chance.choice(titles).rstrip("."),
        "container-title": _book_title(titles, chance),
        "date": str(chance.randint(1975, 2026)),
        "pages": _pages(chance),
        "edition": chance.choice(("", "", "2nd", "3rd", "4th", "9th")),
        "publisher": publisher,
        "location": place,
        "body": chance.choice(_listed(BODIES)),
        "day": f"{chance.choice(MONTHS)} {chance.randint(1, 28)}, {chance.randint(2012, 2026)}",
        "url": f"https://www.example.org/{chance.choice(SECTIONS)}/{chance.randint(1, 9999)}",
    }
    style = chance.choice(STYLES)
    return [piece for piece in style(facts, chance) if piece[0]]


def _book_title(titles: list[str], chance: random.Random) -> str:
    kind = chance.choice(KINDS)
    return kind.format(chance.choice(titles).split(":")[0].rstrip(".").lower()).capitalize()


def _pages(chance: random.Random) -> str:
    first = chance.randint(1, 900)
    last = first + chance.randint(3, 30)
    dash = chance.choice("--–")
    return f"{first}{dash}{chance.choice((str(last), str(last)[-2:] if first > 100 else str(last)))}"


def _initials(given: str, stop: str = "", gap: str = "") -> str:
    return gap.join(word[0].upper() + stop for word in given.split())


def _filled(style: str, facts: dict, **told: str) -> list[Piece]:
    """A style with fields in braces, as pieces: what is ``told`` of a field, else the fact of its name."""
    said = facts | told
    parts = enumerate(re.split(r"\{([a-z-]+)\}", style))
    return [(said[part], part) if number % 2 else (part, "") for number, part in parts]


def _vancouver(people: list[tuple[str, str]]) -> str:
    return ", ".join(f"{family} {_initials(given)}" for given, family in people)


def _inverted(people: list[tuple[str, str]], last: str = " & ", gap: str = " ") -> str:
    names = [f"{family}, {_initials(given, '.', gap)}" for given, family in people]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + last + names[-1]


def _forward(people: list[tuple[str, str]], last: str = " & ") -> str:
    names = [f"{_initials(given, '.', ' ')} {family}" for given, family in people]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + last + names[-1]


def _numbered(chance: random.Random) -> list[Piece]:
    number = chance.choice(("", "", "7. ", "[12] "))
    return [(number.strip(), "citation-number"), (" ", "")] if number else []


def _vancouver_book(facts: dict, chance: random.Random) -> list[Piece]:
    who = "editor" if chance.random() < 0.3 else "author"
    names = _vancouver(facts["people"]) + (", editors" if who == "editor" else "")
    edition = "{edition}. " if facts["edition"] else ""
    return _numbered(chance) + _filled(
        f"{{{who}}}. {{title}}. {edition}{{location}}: {{publisher}}; {{date}}.",
        facts,
        title=facts["container-title"],
        edition=f"{facts['edition']} ed",
        **{who: names},
    )


def _vancouver_chapter(facts: dict, chance: random.Random) -> list[Piece]:
    several = len(facts["editors"]) > 1
    told = ", editors" if several else ", editor"
    if chance.random() < 0.4:
        told = ", eds" if several else ", ed"
    edition = "{edition}. " if facts["edition"] else ""
    number, before_pages = _numbered(chance), chance.choice((". p. ", ":", "; pp. "))
    return number + _filled(
        f"{{author}}. {{title}}. In: {{editor}}. {{container-title}}. {edition}"
        f"{{location}}: {{publisher}}; {{date}}{before_pages}{{pages}}.",
        facts,
        author=_vancouver(facts["people"]),
        editor=_vancouver(facts["editors"]) + told,
        edition=f"{facts['edition']} ed",
    )


def _vancouver_page(facts: dict, chance: random.Random) -> list[Piece]:
    number = _numbered(chance)
    before_link = chance.choice((" [cited 2023 Mar 4]. Available from: ", ". Available from: "))
    style = f"{{author}}. {{title}} [Internet]. {{location}}: {{publisher}}; {{date}}{before_link}{{url}}"
    return number + _filled(style, facts, author=facts["body"])


def _apa_book(facts: dict, chance: random.Random) -> list[Piece]:
    who = "editor" if chance.random() < 0.25 else "author"
    place = "{location}: " if chance.random() < 0.4 else ""
    return _filled(
        f"{{{who}}} {{date}} {{title}}{{edition}}. {place}{{publisher}}.",
        facts,
        date=f"({facts['date']}).",
        title=facts["container-title"],
        edition=f" ({facts['edition']} ed.)" if facts["edition"] else "",
        **{who: _inverted(facts["people"], ", & ") + (" (Eds.)" if who == "editor" else "")},
    )


def _apa_chapter(facts: dict, chance: random.Random) -> list[Piece]:
    return _filled(
        "{author} {date} {title}. In {editor}, {container-title} ({edition}pp. {pages}). {publisher}.",
        facts,
        author=_inverted(facts["people"], ", & "),
        date=f"({facts['date']}).",
        editor=_forward(facts["editors"]) + (" (Eds.)" if len(facts["editors"]) > 1 else " (Ed.)"),
        edition=f"{facts['edition']} ed., " if facts["edition"] else "",
    )


def _apa_report(facts: dict, chance: random.Random) -> list[Piece]:
    number = f" (Report No. {chance.randint(2, 300)})" if chance.random() < 0.4 else ""
    style = "{author}. {date} {title}{genre}. {url}"
    return _filled(style, facts, author=facts["body"], date=f"({facts['date']}).", genre=number)


def _ama_page(facts: dict, chance: random.Random) -> list[Piece]:
    updated = f"Updated {facts['day']}. " if chance.random() < 0.5 else f"Published {facts['date']}. "
    who, head = "publisher", "{title}. {publisher}"
    if chance.random() < 0.5:
        who, head = "author", "{author}. {title}"
    number, noted = _numbered(chance), f"Accessed {facts['day']}. "
    told = {who: facts["body"], "date": updated, "note": noted}
    return number + _filled(f"{head}. {{date}}{{note}}{{url}}", facts, **told)


def _harvard_book(facts: dict, chance: random.Random) -> list[Piece]:
    who = facts["body"] if chance.random() < 0.5 else _inverted(facts["people"], " and ", "")
    return _filled(
        "{author} {date} {title}{edition}. {location}: {publisher}.",
        facts,
        author=who,
        date=chance.choice((f"({facts['date']})", f"{facts['date']},", f"{facts['date']}.")),
        title=facts["container-title"],
        edition=f", {facts['edition']} edn" if facts["edition"] else "",
    )


def _mdpi(people: list[tuple[str, str]]) -> str:
    return "; ".join(f"{family}, {_initials(given, '.')}" for given, family in people)


def _mdpi_book(facts: dict, chance: random.Random) -> list[Piece]:
    who = facts["body"] + "." if chance.random() < 0.4 else _mdpi(facts["people"])
    style = "{author} {title}; {publisher}: {location}, {date}."
    return _numbered(chance) + _filled(style, facts, author=who, title=facts["container-title"])


def _mdpi_chapter(facts: dict, chance: random.Random) -> list[Piece]:
    return _numbered(chance) + _filled(
        "{author} {title}. In {container-title}; {editor}; {publisher}: {location}, {date}; pp. {pages}.",
        facts,
        author=_mdpi(facts["people"]),
        editor=_mdpi(facts["editors"]) + (", Eds." if len(facts["editors"]) > 1 else ", Ed."),
    )


def _chicago_book(facts: dict, chance: random.Random) -> list[Piece]:
    given, family = facts["people"][0]
    who = f"{family}, {given}"
    style = "{author}. {title}. {location}: {publisher}, {date}."
    return _filled(style, facts, author=who, title=facts["container-title"])


def _group_article(facts: dict, chance: random.Random) -> list[Piece]:
    journal = chance.choice(
        ("Lancet", "N Engl J Med", "JAMA", "EFSA J", "BMJ", "Diabetes Care", "Eur Heart J")
    )
    volume, number = str(chance.randint(1, 420)), _numbered(chance)
    before_year = chance.choice((". ", " "))
    style = f"{{author}}. {{title}}. {{journal}}{before_year}{{date}};{{volume}}:{{pages}}."
    return number + _filled(style, facts, author=facts["body"], journal=journal, volume=volume)


STYLES = (
    _vancouver_book,
    _vancouver_chapter,
    _vancouver_page,
    _apa_book,
    _apa_chapter,
    _apa_report,
    _ama_page,
    _harvard_book,
    _mdpi_book,
    _mdpi_chapter,
    _chicago_book,
    _group_article,
)
