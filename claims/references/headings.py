"""The headings that announce a reference list, in the languages that articles keep their lists in."""

from __future__ import annotations

import re

_HEADING = re.compile(
    r"(?:\d+[.)]?\s+)?"
    r"(?:(?:key|main|selected|full|cited|scientific|list of|article|primary|secondary|other|our)\s+)?"
    r"(?:sources? of (?:the |this |our )?(?:information|evidence)|(?:information|evidence|reference) sources?"
    r"|sources? (?:and|&) references?|references? (?:and|&) sources?"
    r"|(?:studies|papers|research|articles|trials|sources|evidence|links|reading)\s(?:that\s)?(?:(?:we|i)(?:['’]ve)?\s)?"
    r"(?:mentioned|discussed|cited|referenced|used|read|covered|talked\sabout|spoke\sabout|drew\son|relied\son)"
    r"(?:\s(?:in|on)\s(?:this|the|our)\s\w{3,12})?"
    r"|where (?:this|our) information (?:comes|came) from"
    r"|literatur(?:verzeichnis|hinweise|angaben)?|quellen(?:verzeichnis|angaben)?|einzelnachweise"
    r"|références(?: bibliographiques)?|bibliographie|referencias(?: bibliográficas)?|bibliografía|fuentes"
    r"|referências|bibliografia|riferimenti bibliografici|referenties|literatuur|bronnen|referenser|källor|"
    r"references?(?:\s+(?:list|cited|and notes|and further reading))?|bibliography|sources?"
    r"|literature(?:\s+cited)?|works\s+cited|citations?|cited\s+(?:works|literature)|resources|evidence\s+cited|studies\s+cited|"
    r"endnotes|footnotes|notes|further\s+reading)"
    r"(?:,?\s\(?(?:in\s(?:the\s)?order\sof\s(?:appearance|mention|citation)|in\salphabetical\sorder|by\s(?:section|chapter|topic)|selected|cited)\)?)?(?:\s\(\d{1,3}\))?\s*:?\s*",
    re.IGNORECASE,
)


_AROUND = re.compile(r"^[\W_]+|[^\w:)]+$")  # signs and pictures about the words


def is_reference_heading(text: str) -> bool:
    """Whether a heading announces a reference list."""
    return len(text) < 60 and _HEADING.fullmatch(_AROUND.sub("", text)) is not None


_NOTES = re.compile(r"(?:foot|end)?notes", re.IGNORECASE)


def heads_notes(text: str) -> bool:
    """Whether what stands below a heading may be remarks as well as references: "Notes"."""
    return _NOTES.fullmatch(_AROUND.sub("", text).rstrip(": ")) is not None
