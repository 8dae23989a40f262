"""What a sentence says of the study it cites, what the source says of the same, and whether the two agree.

Not what the study found: how many it took, how it was designed. The sentence is read once (``said``), each
source once (``source``); ``comparing`` puts the two side by side, and the rules tell where they differ.
"""

from claims.study.comparing import compared
from claims.study.said import statements
from claims.study.source import StudySource, read_source

__all__ = ["StudySource", "compared", "read_source", "statements"]
