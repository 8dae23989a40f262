"""Magnitude words ("nearly halved", "twice as likely") as ranges of a ratio, and whether an estimate
lies in them.

>>> cue = words("It nearly halved the risk of relapse.")[0]
>>> cue.text, str(cue.low), str(cue.high)
('nearly halved', '0.475', '0.6')
"""

from __future__ import annotations

from claims.magnitude.compare import MagnitudeComparison, compare, ratio_of
from claims.magnitude.cues import MagnitudeCue, words
from claims.magnitude.rewording import Rewording, reword

__all__ = ["MagnitudeComparison", "MagnitudeCue", "Rewording", "compare", "ratio_of", "reword", "words"]
