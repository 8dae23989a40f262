"""Words in runs of one, two and three: a second, plainer look at a sentence's causal strength.

``claims.wording.signs`` sees classes of words and what the rules found; this sees the words themselves, as
they follow one another. The two err on different sentences, so that both together are right more often.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

_TOKEN = re.compile(r"[a-z]+|\d+|[,;]")
_MOST = 400  # tokens read: a sentence that goes on is a table


def runs_of(text: str) -> list[str]:
    """The runs of a sentence in lower case, with repeats.

    >>> runs_of("zinc may help")
    ['zinc', 'may', 'help', 'zinc may', 'may help', 'zinc may help']
    """
    tokens = _TOKEN.findall(text)[:_MOST]
    pairs, triples = pairwise(tokens), zip(tokens, tokens[1:], tokens[2:], strict=False)
    return [*tokens, *map(" ".join, pairs), *map(" ".join, triples)]


def run_scores(text: str, table: Mapping[str, Sequence[int]], scale: float) -> list[float]:
    """What the runs of a sentence in lower case add to the log odds of each level.

    A row of ``table`` is a run's rarity (inverse document frequency) and its weight for each level, all in
    units of ``scale``. Runs count by the logarithm of how often they occur times their rarity, made one long.
    """
    known = [(n, row) for run, n in Counter(runs_of(text)).items() if (row := table.get(run)) is not None]
    if not known:
        return [0.0, 0.0, 0.0, 0.0]
    amounts = [(1 + math.log(n)) * row[0] * scale for n, row in known]
    size = math.sqrt(sum(amount * amount for amount in amounts))
    return [
        sum(amount * row[i] for amount, (_, row) in zip(amounts, known, strict=True)) * scale / size
        for i in range(1, 5)
    ]
