"""Start a rule: its module and its page, with the examples to write first."""

from __future__ import annotations

import re
import sys
from pathlib import Path

RULES = Path(__file__).parents[1] / "claims" / "rules"

MODULE = '''"""{code}: (what is asked, in a line)."""

from __future__ import annotations

from collections.abc import Iterable

from claims.model import Confidence, Diagnostic, Severity
from claims.rule import Facts, Rule, rule


@rule(
    "{code}",
    "{name}",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    status="preview",
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """(What the diagnostic says, in a line)."""
    return ()
'''

PAGE = """## Why is this bad?

## How to fix

## Known limits

## Examples

### Bad

```markdown article
A sentence at fault. <!-- expect: {code} -->
```

### Good

```markdown article
A sentence that is fine.
```

## References
"""


def main() -> int:
    """Write both files, or say why not (exit status 2)."""
    code, name = [*sys.argv[1:], "", ""][:2]
    if not re.fullmatch(r"[SCENPMTGD]\d{3}", code) or not re.fullmatch(r"[a-z]+(-[a-z]+)+", name):
        print(
            "say: make new-rule CODE=N109 NAME=what-is-wrong (topic letter, three digits; kebab-case)",
            file=sys.stderr,
        )
        return 2
    if taken := sorted(RULES.glob(f"{code.lower()}_*.py")):
        print(f"{code} is taken by {taken[0].name}; a code is never used twice", file=sys.stderr)
        return 2
    stem = RULES / f"{code.lower()}_{name.replace('-', '_')}"
    stem.with_suffix(".py").write_text(MODULE.format(code=code, name=name), "utf-8")
    stem.with_suffix(".md").write_text(PAGE.format(code=code), "utf-8")
    print(f"written: {stem.name}.py and {stem.name}.md; examples first")
    return 0


if __name__ == "__main__":
    sys.exit(main())
