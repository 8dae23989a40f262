"""Names of bodies that sign: "Department of Health and Social Care", "GBD 2019 Tea Collaborators"."""

from __future__ import annotations

import re

from claims.names import corporate, signs_together

_SMALL = frozenset(
    """
    of for on in to and & the de des du del la le les et y e für und zur der voor van het per di della do da
    """.split()  # noqa: SIM905
)
_LOWER_CASE_TITLES = frozenset("de des du del della für voor".split())  # noqa: SIM905
_ENDING = re.compile(r"(?:(?:[^\W\d_a-zà-öø-ÿ][\w'’.‐-]*|\d{4}|[a-zà-ÿ&]{1,5}),?\s)+$")
_LONGEST = 150  # characters


def is_body(name: str) -> bool:
    """Whether a whole name is that of a body, its words capitals but for the small ones between them.

    >>> is_body("Centers for Disease Control and Prevention"), is_body("Department of Health advice came in")
    (True, False)
    """
    if not (corporate(name) or signs_together(name)):
        return False
    words = name.replace(",", " ").split()
    if words[0][0].islower() or words[-1] in _SMALL:
        return False
    small = [word for word in words if word[0].islower() and word not in _SMALL]
    return not small or not _LOWER_CASE_TITLES.isdisjoint(words)


def body_ending(text: str) -> str | None:
    """The body's name of several words that a text ends with, where small words join them; None without one.

    >>> body_ending("Advice of the Academy of Nutrition and Dietetics")
    'Academy of Nutrition and Dietetics'
    """
    found = _ENDING.search(text[-_LONGEST:] + " ")
    words = found.group().split() if found else []
    names = [
        " ".join(words[start:])
        for start, word in enumerate(words)
        if word[0].isupper() and not _SMALL.isdisjoint(words[start:]) and words[start + 1] != "to"
    ]
    bodies = [name for name in names if is_body(name)]
    led = [name for name in bodies if corporate(name.split()[0])]
    return led[0] if led else bodies[-1] if bodies else None
