"""Profiles: an organisation's policy as data.

A profile is a YAML file that maps rules to severities (or ``off``), says at which severity an
audit fails, and may carry allowances::

    severities: {C103: error, S204: off}
    fail_on: warning
    allowances:
      - {codes: [C101], words: "walking lowers", reason: "trial evidence in the print edition"}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

import yaml

import claims.profiles
from claims.allowances import WordedAllowance
from claims.catalogue import find_rule
from claims.model import Severity
from graph.errors import ClaimspineError

KEYS = {"description", "severities", "fail_on", "allowances"}
FAIL_ON = ("error", "warning", "info", "never")


@dataclass(frozen=True, slots=True)
class Profile:
    """Severities by code (``None``: off), the failing severity, and allowances."""

    name: str = "default"
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    fail_on: str = "error"
    allowances: tuple[WordedAllowance, ...] = ()


def shipped_profiles() -> tuple[str, ...]:
    """The names of the profiles that come with Claimspine."""
    folder = resources.files(claims.profiles)
    names = [entry.name for entry in folder.iterdir()]
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def read_profile(name_or_path: str | Path | None) -> Profile:
    """A shipped profile by name, or an organisation's own by path; ``None`` is the default one.

    Raises:
        ClaimspineError: ``unknown-profile``, or what is wrong with the file.
    """
    if name_or_path is None:
        return Profile()
    name = str(name_or_path)
    if name in shipped_profiles():
        text = resources.files(claims.profiles).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
        return _parse(name, name, text)
    path = Path(name_or_path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise ClaimspineError(
            "unknown-profile",
            f"there is no profile {name!r}, and no readable file of that name",
            hint=f"shipped profiles: {', '.join(shipped_profiles())}",
        ) from exc
    return _parse(path.stem, str(path), text)


def _parse(name: str, path: str, text: str) -> Profile:
    try:
        data = yaml.safe_load(text) or {}
    except yaml.YAMLError as exc:
        raise ClaimspineError("bad-profile", f"the profile is not YAML: {exc}", path=path) from exc
    if not isinstance(data, dict) or (unknown := set(data) - KEYS):
        named = f" ({', '.join(sorted(map(str, unknown)))})" if isinstance(data, dict) else ""
        raise ClaimspineError(
            "bad-profile",
            f"a profile holds severities, fail_on, allowances and description, and nothing else{named}",
            path=path,
        )
    severities: dict[str, Severity | None] = {}
    for code, written in (data.get("severities") or {}).items():
        level = "off" if written is False else str(written)  # YAML 1.1 reads a bare "off" as false
        if level != "off" and level not in tuple(Severity):
            raise ClaimspineError(
                "bad-profile",
                f"{code}: {written!r} is no severity",
                hint="error, warning, info or off",
                path=path,
            )
        severities[find_rule(str(code)).code] = None if level == "off" else Severity(level)
    fail_on = str(data.get("fail_on", "error"))
    if fail_on not in FAIL_ON:
        said = f"fail_on: {fail_on!r} is not one of {', '.join(FAIL_ON)}"
        raise ClaimspineError("bad-profile", said, path=path)
    return Profile(name, severities, fail_on, tuple(_allowances(data.get("allowances") or [], path)))


def _allowances(entries: object, path: str) -> list[WordedAllowance]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ClaimspineError("bad-profile", "allowances is a list of {codes, words, reason}", path=path)
    found = []
    for entry in entries:
        codes, words = entry.get("codes"), entry.get("words")
        if not isinstance(codes, list) or not codes or not isinstance(words, str) or not words.strip():
            raise ClaimspineError("bad-profile", "an allowance needs codes (a list) and words", path=path)
        reason = entry.get("reason")
        found.append(WordedAllowance(tuple(map(str, codes)), words, str(reason) if reason else None))
    return found
