"""The catalogue: every rule found in ``claims/rules``, and the page that explains each."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

import claims.rules
from claims.rule import Rule
from graph.errors import ClaimspineError

_MODULE = re.compile(r"[a-z]\d{3}_\w+")


@cache
def _by_module() -> tuple[tuple[str, Rule], ...]:
    """Each rule with the stem of the module that declares it, by code."""
    found: dict[str, tuple[str, Rule]] = {}
    for info in pkgutil.iter_modules(claims.rules.__path__):
        if not _MODULE.fullmatch(info.name):
            continue
        module = importlib.import_module(f"claims.rules.{info.name}")
        declared = [value for value in vars(module).values() if isinstance(value, Rule)]
        if len(declared) != 1:
            raise TypeError(f"claims/rules/{info.name}.py declares {len(declared)} rules; one is wanted")
        found[declared[0].code] = (info.name, declared[0])
    return tuple(found[code] for code in sorted(found))


def all_rules() -> tuple[Rule, ...]:
    """Every declared rule, ordered by code.

    >>> [rule.code for rule in all_rules()] == sorted(rule.code for rule in all_rules())
    True
    """
    return tuple(rule for _, rule in _by_module())


def find_rule(code: str) -> Rule:
    """The rule with this code or name.

    Raises:
        ClaimspineError: ``unknown-rule``; its hint names the nearest.
    """
    wanted = code.strip().lower()
    for rule in all_rules():
        if wanted in (rule.code.lower(), rule.name):
            return rule
    from rapidfuzz import process

    names = [text for rule in all_rules() for text in (rule.code, rule.name)]
    near = [match[0] for match in process.extract(code, names, limit=3)]
    hint = f"nearest: {', '.join(near)}; see `claimspine rules`"
    raise ClaimspineError("unknown-rule", f"there is no rule {code!r}", hint=hint)


def choose(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """The rules whose code starts with one of ``select`` (all, when empty) and none of ``ignore``.

    A selector is a code (``N102``), a code's beginning (``N``, ``S1``) or a rule's name.

    Raises:
        ClaimspineError: ``unknown-rule``: a selector picks nothing.
    """
    selected, ignored = tuple(select), tuple(ignore)
    for selector in (*selected, *ignored):
        if not any(_picks(selector, rule) for rule in all_rules()):
            find_rule(selector)
    return tuple(
        rule
        for rule in all_rules()
        if (not selected or any(_picks(one, rule) for one in selected))
        and not any(_picks(one, rule) for one in ignored)
    )


def _picks(selector: str, rule: Rule) -> bool:
    return rule.code.lower().startswith(selector.lower()) or rule.name == selector.lower()


def page(rule: Rule) -> str:
    """The rule's page as Markdown: a generated header, then the words written for it."""
    stem = next(stem for stem, one in _by_module() if one.code == rule.code)
    written = resources.files(claims.rules).joinpath(f"{stem}.md").read_text(encoding="utf-8").strip()
    header = [
        f"# {rule.code} {rule.name}",
        "",
        f"**{rule.title}.**",
        "",
        f"Severity: {rule.severity} · Confidence: {rule.confidence} · "
        f"Status: {rule.status} · Since: {rule.since}",
    ]
    if rule.sources:
        header += ["", "Sources: " + "; ".join(rule.sources)]
    return "\n".join([*header, "", written, ""])
