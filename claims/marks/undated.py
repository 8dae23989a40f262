"""What is printed in the place of a year that is not known yet, or never will be: "n.d.", "in press"."""

from __future__ import annotations

UNDATED = (
    r"(?:n\.\s?d\.?|no\s+date|undated|in\s+press|in\s+preparation|in\s+print|forthcoming|submitted|accepted"
    r"|under\s+review|o\.\s?J\.?|s\.\s?f\.?|s\.\s?d\.?|im\s+(?:Druck|Erscheinen)|sous\s+presse|en\s+prensa)"
)


def undated(text: str) -> str:
    """The words for a missing year, to be compared: "n. d." and "n.d." are the same.

    >>> undated("N. d."), undated("in  press")
    ('nd', 'in press')
    """
    return " ".join(text.lower().replace(".", "").split()).replace("n d", "nd")
