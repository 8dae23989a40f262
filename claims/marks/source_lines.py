"""The words that announce the sources of what stands above them: "Source: Lee 2019; Roe et al., 2021"."""

from __future__ import annotations

import re

SOURCE_WORD = re.compile(
    r"[\W_]*(?:(?:data|evidence|information|research|key|main|our|the)\s){0,2}"
    r"(?:sources?|references?|refs?|evidence|stud(?:y|ies)|trials?|citations?|reviews?|based\son|taken\sfrom|adapted\sfrom"
    r"|quellen?|literatur|belege?|studien?|fuentes?|referencias?|bron(?:nen)?|fonti?|fontes?|källor)"
    r"(?:\(s\)|/\w{1,12})?\s?:\s*",
    re.IGNORECASE,
)
