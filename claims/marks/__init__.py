"""Citation marks in running text, as printed, before anyone asks what they point to."""

from claims.marks.finding import find_marks
from claims.marks.mark import Mark

__all__ = ["Mark", "find_marks"]
